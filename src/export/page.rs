//! The frame of a report in HTML: one page that needs no other file, fetches nothing and runs
//! nothing.

use crate::text::markup::{Html, Own, Text, Written};

/// The page with `title` as its heading and `body` below it.
pub(super) fn page(lang: &'static str, title: &str, body: &Html) -> Html {
    Html::of([
        Own("<!DOCTYPE html>\n<html lang=\""),
        Own(lang),
        Own(HEAD),
        Own("<title>"),
        Text(title),
        Own("</title>\n<style>"),
        Own(STYLE),
        Own("</style>\n</head>\n<body>\n<h1>"),
        Text(title),
        Own("</h1>\n"),
        Written(body),
        Own("</body>\n</html>\n"),
    ])
}

const HEAD: &str = "\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n";

const STYLE: &str = "body{max-width:72em;margin:2em auto;padding:0 1em;line-height:1.7;\
    font-family:serif;color:#222;background:#fff}h1{font-size:1.4em}h2{font-size:1.15em;\
    margin-top:2em;border-bottom:2px solid #888}h3{font-size:1em;margin:1.5em 0 .5em}\
    h2 small,h3 small{font-weight:normal;color:#666;margin-left:.7em}\
    table{border-collapse:collapse;width:100%;margin:1em 0}\
    th,td{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top;\
    overflow-wrap:anywhere}thead th{border-bottom:2px solid #888}table.counts{width:auto;min-width:16em}\
    td.n,th.n{text-align:right;white-space:nowrap}table.even{table-layout:fixed}\
    blockquote{margin:.8em 0;padding:.1em 0 .1em 1em;border-left:3px solid #ccc;max-width:42em;\
    overflow-wrap:anywhere}blockquote p{margin:0;text-align:justify}\
    blockquote footer{font-size:.85em;color:#666}cite{font-style:normal}\
    mark{background:#ffe9a8;color:inherit}i{font-style:normal;border-bottom:2px dotted #2a6db0}\
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1e21}\
    mark{background:#6b5310}h2 small,h3 small,blockquote footer{color:#aaa}a{color:#8cc8ff}}\
    @media print{body{max-width:none;margin:0}blockquote{break-inside:avoid}\
    thead{display:table-header-group}}";
