//! Web archives (WARC 1.0 and 1.1, ISO 28500): the HTML pages among the responses of a crawl, each
//! with its address and the day on which it was fetched.

use std::borrow::Cow;
use std::io::Read;

use super::{Budget, Text};
use crate::document::Metadata;
use crate::ingest::decode;
use crate::text::web_address::WebAddress;

/// True for the beginning of a web archive.
pub(super) fn is_warc(bytes: &[u8]) -> bool {
    bytes.starts_with(b"WARC/1.")
}

/// A page of the archive.
pub(super) struct Response {
    pub(super) metadata: Metadata,
    pub(super) text: Text,
}

/// The pages of the archive `bytes`, and how many records break off.
pub(super) fn read(bytes: &[u8], budget: &mut Budget) -> (Vec<Response>, usize) {
    let (mut pages, mut damaged) = (Vec::new(), 0);
    let mut rest = bytes;
    while let Some(start) = memchr::memmem::find(rest, b"WARC/1.") {
        let record = rest.get(start..).unwrap_or_default();
        let Some((head, block)) = head_of(record) else { break };
        let length = field(head, "Content-Length").and_then(|length| length.parse().ok());
        let length: usize = length.unwrap_or(0);
        damaged += usize::from(block.len() < length);
        let body = block.get(..length.min(block.len())).unwrap_or_default();
        rest = block.get(body.len()..).unwrap_or_default();
        let kind = field(head, "WARC-Type").unwrap_or_default();
        let address = field(head, "WARC-Target-URI");
        let address =
            address.and_then(|address| WebAddress::parse(address.trim_matches(['<', '>'])));
        let html = match &*kind {
            "response" => response(body, budget),
            "resource" if field(head, "Content-Type").is_some_and(|kind| is_html(&kind)) => {
                Some(Cow::Borrowed(body))
            }
            _ => None,
        };
        if let Some(html) = html.filter(|html| !html.trim_ascii().is_empty()) {
            let metadata = Metadata { url: address, ..Metadata::default() };
            pages.push(Response { metadata, text: Text::Source(decode::text_of(&html)) });
        }
    }
    (pages, damaged)
}

/// The body of an HTTP response that is a page and was answered.
fn response<'b>(bytes: &'b [u8], budget: &mut Budget) -> Option<Cow<'b, [u8]>> {
    let (head, body) = head_of(bytes)?;
    let status = head.lines().next()?.split(' ').nth(1)?;
    if !status.starts_with('2') || !field(head, "Content-Type").is_some_and(|kind| is_html(&kind)) {
        return None;
    }
    let says = |name: &str, value: &str| {
        field(head, name).is_some_and(|found| found.eq_ignore_ascii_case(value))
    };
    let body = match says("Transfer-Encoding", "chunked") {
        true => Cow::Owned(unchunked(body)),
        false => Cow::Borrowed(body),
    };
    if !says("Content-Encoding", "gzip") {
        return Some(body);
    }
    unzipped(&body, budget).map(Cow::Owned)
}

/// What a gzip file holds, as far as the budget allows.
pub(super) fn unzipped(bytes: &[u8], budget: &mut Budget) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let reader = flate2::read::MultiGzDecoder::new(bytes);
    let read = reader.take(budget.left).read_to_end(&mut plain);
    budget.left = budget.left.saturating_sub(plain.len() as u64);
    (read.is_ok() || !plain.is_empty()).then_some(plain)
}

fn is_html(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    kind.starts_with("text/html") || kind.starts_with("application/xhtml")
}

/// Bytes of the longest head.
const HEAD: usize = 64 << 10;

/// The head of a record or response, and what follows the empty line.
fn head_of(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let begins = bytes.get(..bytes.len().min(HEAD))?;
    let ends = [&b"\r\n\r\n"[..], b"\n\n"]
        .map(|end| Some((memchr::memmem::find(begins, end)?, end.len())));
    let (at, end) = ends.into_iter().flatten().min()?;
    let head = std::str::from_utf8(bytes.get(..at)?).ok()?;
    Some((head, bytes.get(at + end..)?))
}

fn field(head: &str, name: &str) -> Option<String> {
    let value = head.lines().find_map(|line| {
        let (own, value) = line.split_once(':')?;
        own.trim().eq_ignore_ascii_case(name).then_some(value)
    });
    value.map(|value| value.trim().to_owned())
}

/// A body in chunks (RFC 9112, 7.1) as a whole; one that is none stays as it is.
fn unchunked(body: &[u8]) -> Vec<u8> {
    let (mut whole, mut rest) = (Vec::new(), body);
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = std::str::from_utf8(rest.get(..end).unwrap_or_default()).unwrap_or_default();
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return if whole.is_empty() { body.to_vec() } else { whole };
        };
        let chunk = rest.get(end + 1..).unwrap_or_default();
        whole.extend_from_slice(chunk.get(..size.min(chunk.len())).unwrap_or_default());
        if size == 0 || size >= chunk.len() {
            break;
        }
        let after = chunk.get(size..).unwrap_or_default();
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, body: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.cn/1\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    }

    #[test]
    fn answered_pages_are_read_and_the_rest_is_left() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
            4\r\n<p>a\r\n4\r\n</p>\r\n0\r\n\r\n";
        let archive = record("warcinfo", "software: x")
            + &record("response", page)
            + &record("response", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\n<p>x</p>")
            + &record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx");
        assert!(is_warc(archive.as_bytes()));
        let (pages, damaged) = read(archive.as_bytes(), &mut Budget::new(100, 100));
        assert_eq!((pages.len(), damaged), (1, 0));
        assert_eq!(pages[0].metadata.url.as_ref().map(WebAddress::as_str), Some("http://a.cn/1"));
        assert!(matches!(&pages[0].text, Text::Source(html) if html == "<p>a</p>"));
        let cut = archive.get(..archive.len() / 2).unwrap();
        assert_eq!(read(cut.as_bytes(), &mut Budget::new(100, 100)).1, 1);
    }
}
