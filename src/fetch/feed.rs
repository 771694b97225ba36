//! A feed: the addresses of the pages that a site names in RSS, Atom or JSON Feed.

use std::path::Path;

use feed_rs::model::{Entry, Link};
use url::Url;

use crate::error::{Error, NotText, Result};
use crate::ingest::{Options, RawFile, decode};
use crate::text::web_address::WebAddress;

/// The addresses of the pages that a feed names, in its order, each once. `source` is the address
/// or the path of the feed; addresses in it may be relative to that.
///
/// # Errors
/// It is no feed.
pub fn entries(source: &str, bytes: Vec<u8>, options: &Options) -> Result<Vec<WebAddress>> {
    let path = Path::new(source);
    let decoded = decode(RawFile { path: path.to_owned(), bytes: bytes.into() }, options)?;
    // The text is UTF-8 now, whatever its head declares.
    let text = without_declaration(&decoded.text);
    let base = Url::parse(source).ok().map(String::from);
    let parser = feed_rs::parser::Builder::new().base_uri(base.as_deref()).build();
    let feed = parser
        .parse(text.as_bytes())
        .map_err(|_| Error::NotText { path: path.to_owned(), what: NotText::NoFeed })?;
    let mut addresses = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for address in feed.entries.iter().filter_map(address) {
        if seen.insert(address.clone()) {
            addresses.push(address);
        }
    }
    Ok(addresses)
}

/// The feed without `<?xml … ?>` and what is before it.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    match text.starts_with("<?xml") {
        true => text.split_once("?>").map_or(text, |(_, rest)| rest).trim_start(),
        false => text,
    }
}

/// The page of an entry: its first link that is no other form of it.
fn address(entry: &Entry) -> Option<WebAddress> {
    let is_page = |link: &&Link| matches!(link.rel.as_deref(), None | Some("alternate"));
    let page = entry.links.iter().find(is_page).or(entry.links.first());
    page.and_then(|link| WebAddress::parse(&link.href))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &[u8]) -> Result<Vec<String>> {
        let found = entries("http://a.cn/feed/all.xml", feed.to_vec(), &Options::default());
        Ok(found?.into_iter().map(String::from).collect())
    }

    #[test]
    fn rss_and_atom_name_pages_whatever_their_encoding() {
        let rss = "<?xml version=\"1.0\" encoding=\"gb2312\"?>\n<rss version=\"2.0\"><channel>\
            <title>政策</title><link>http://a.cn/</link><description>新的政策文件</description>\
            <item><title>关于加快发展的通知</title><link>http://a.cn/1.html</link></item>\
            <item><title>同一条</title><link>http://a.cn/1.html</link></item>\
            <item><title>不安全</title><link>javascript:alert(1)</link></item></channel></rss>";
        let (gbk, ..) = encoding_rs::GBK.encode(rss);
        assert_eq!(read(&gbk).unwrap(), ["http://a.cn/1.html"]);
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>政策</title>\
            <id>x</id><updated>2024-01-01T00:00:00Z</updated>\
            <entry><id>1</id><title>甲</title><updated>2024-01-01T00:00:00Z</updated>\
            <link rel=\"self\" href=\"1.atom\"/><link href=\"../zc/1.html\"/></entry></feed>";
        assert_eq!(read(atom.as_bytes()).unwrap(), ["http://a.cn/zc/1.html"]);
    }

    #[test]
    fn what_is_no_feed_says_so() {
        for text in ["<html><body><p>网页</p></body></html>", "通知", "<rss", "{}"] {
            let error = read(text.as_bytes()).unwrap_err().to_string();
            assert!(
                error.contains("http://a.cn/feed/all.xml") && error.contains("feed"),
                "{error}"
            );
        }
    }

    #[test]
    fn neither_entities_nor_depth_of_a_feed_grow() {
        let entities: String = (1..30)
            .map(|n| format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)))
            .collect();
        let bomb = format!(
            "<!DOCTYPE rss [<!ENTITY e0 \"甲\">{entities}]><rss version=\"2.0\"><channel>\
             <title>&e29;</title><item><link>http://a.cn/1</link></item></channel></rss>"
        );
        let _ = read(bomb.as_bytes());
        let deep = format!(
            "<rss version=\"2.0\"><channel>{}{}</channel></rss>",
            "<a>".repeat(100_000),
            "</a>".repeat(100_000)
        );
        let _ = read(deep.as_bytes());
    }
}
