//! Articles of WeChat accounts (mp.weixin.qq.com): the account, the time and the address, which the
//! page keeps in elements and scripts of its own.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;

use crate::document::Metadata;
use crate::ingest::dates;
use crate::text::web_address::WebAddress;

#[expect(clippy::expect_used, reason = "built-in pattern")]
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("patterns of WeChat pages compile")
}

static ACCOUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"id="js_name"[^>]*>\s*([^<]{1,60}?)\s*<"#));
static NICKNAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"var nickname\s*=\s*(?:htmlDecode\()?["']([^"']{1,60})["']"#));
static PRINTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"id="publish_time"[^>]*>\s*([^<]{4,40}?)\s*<"#));
static CREATED: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\bct\s*=\s*["'](\d{9,11})["']"#));
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?:property="og:url"\s+content="|var msg_link\s*=\s*["'])(https?://[^"'<>\s]+)"#)
});

/// What the page `html` says about itself in this way; `None` for other pages.
pub(in crate::ingest) fn metadata(html: &str) -> Option<Metadata> {
    let has = |text: &str| memchr::memmem::find(html.as_bytes(), text.as_bytes()).is_some();
    if !has("js_name") && !has("rich_media_title") {
        return None;
    }
    let first = |pattern: &Regex| {
        let found = pattern.captures(html)?.get(1)?;
        Some(found.as_str().trim().to_owned())
    };
    let created = first(&CREATED).and_then(|seconds| seconds.parse().ok());
    let created = created.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let created = created.and_then(|at| dates::beijing_date(&at.to_string()));
    let printed = first(&PRINTED).and_then(|date| dates::beijing_date(&date));
    Some(Metadata {
        source: first(&ACCOUNT).or_else(|| first(&NICKNAME)),
        published: printed.or(created),
        url: first(&ADDRESS).and_then(|url| WebAddress::parse(&url.replace("&amp;", "&"))),
        ..Metadata::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_time_and_address_are_found() {
        let page = "<meta property=\"og:url\" content=\"http://mp.weixin.qq.com/s?a=1&amp;b=2\" />\
            <a id=\"js_name\" href=\"#\"> 首都之窗 </a><em id=\"publish_time\"></em><script>var ct = \"1706150400\";</script>";
        let found = metadata(page).unwrap();
        assert_eq!(found.source.as_deref(), Some("首都之窗"));
        assert_eq!(found.published.map(|day| day.to_string()).as_deref(), Some("2024-01-25"));
        assert_eq!(
            found.url.as_ref().map(WebAddress::as_str),
            Some("http://mp.weixin.qq.com/s?a=1&b=2")
        );
        assert_eq!(metadata("<p>var ct = \"1706150400\"</p>"), None);
    }
}
