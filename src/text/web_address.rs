//! Address of a page of the web, as a text names it: http or https with a host and nothing that
//! could be taken for something else. Ingest makes it of whatever a source says; all others only
//! read it, so nothing that an opener would run, no path and no option is ever taken for an
//! address.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::text::sanitize::is_harmful;

/// An address of the web.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct WebAddress(String);

/// Bytes of the longest address; servers refuse longer ones (RFC 9110, section 4.1, asks for
/// 8,000).
const LONGEST: usize = 8_000;

impl WebAddress {
    /// The address that `text` is, without blanks around it. `None` for every other scheme, for an
    /// address without a host or with a name and a password, and for one that holds blanks,
    /// backslashes, angle brackets, quotation marks or characters that are not shown.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_odd = |c: char| {
            c.is_whitespace() || is_harmful(c) || matches!(c, '\\' | '<' | '>' | '"' | '`')
        };
        // Browsers find a host also where slashes are missing; people do not.
        let (scheme, _) = text.split_once("://")?;
        let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        if !is_web || text.len() > LONGEST || text.contains(is_odd) {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let has_host = url.host_str().is_some_and(|host| !host.is_empty());
        let is_plain = url.username().is_empty() && url.password().is_none();
        (has_host && is_plain).then(|| Self(text.to_owned()))
    }

    /// As the source wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As a browser asks for it: ASCII, with what is none escaped.
    pub fn href(&self) -> String {
        let url = Url::parse(&self.0).map(String::from);
        // What markup could take for the end of the address.
        let escape = |url: String| url.replace('\'', "%27").replace('(', "%28").replace(')', "%29");
        url.map(escape).unwrap_or_default()
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

impl TryFrom<String> for WebAddress {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an address of the web")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_and_https_with_a_host_are_addresses() {
        let good = [
            "http://www.gov.cn/zhengce/2022-01/t1.htm?a=1&b=(2)#x",
            " HTTPS://例子.中国/政策 ",
            "http://10.0.0.1:8080/",
            "http://[2001:db8::1]/",
        ];
        for text in good {
            assert_eq!(WebAddress::parse(text).unwrap().as_str(), text.trim());
        }
        let bad = [
            "",
            "run.command",
            "/etc/passwd",
            "../x",
            "-option",
            "--help",
            "www.gov.cn",
            "//www.gov.cn/",
            "http:/a.cn",
            "http://",
            "https:///",
            "http:a.cn",
            "javascript:alert(1)",
            "javascript://a.cn/%0aalert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "smb://a.cn/x",
            "ms-word:ofe|u|http://a.cn",
            "http://www.gov.cn@evil.example/",
            "http://a:b@a.cn/",
            "http://a.cn/ b",
            "http://a.cn\\@evil.example/",
            "http://a.cn/\u{1b}[2J",
            "http://a.cn/\u{202e}x",
            "http://a.cn/\"><script>",
            "http://a.cn:99999/",
        ];
        for text in bad {
            assert_eq!(WebAddress::parse(text), None, "{text:?}");
        }
        assert_eq!(WebAddress::parse(&format!("http://a.cn/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn a_browser_gets_ascii_that_no_markup_ends() {
        let address = WebAddress::parse("HTTP://例子.cn/政策'(一)?x=[1]|2").unwrap();
        let href = address.href();
        assert_eq!(href, "http://xn--fsqu00a.cn/%E6%94%BF%E7%AD%96%27%28%E4%B8%80%29?x=[1]|2");
        assert_eq!(WebAddress::parse(&href).map(|again| again.href()), Some(href));
    }

    #[test]
    fn a_stored_address_is_parsed_again() {
        let stored = serde_json::from_str::<WebAddress>("\"javascript:alert(1)\"");
        assert!(stored.is_err());
        let address = WebAddress::parse("http://a.cn/1").unwrap();
        let json = serde_json::to_string(&address).unwrap();
        assert_eq!(json, "\"http://a.cn/1\"");
        assert_eq!(serde_json::from_str::<WebAddress>(&json).unwrap(), address);
    }
}
