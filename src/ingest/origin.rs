//! Where a saved page came from, in the comment by which browsers mark what they save:
//! `<!-- saved from url=(0018)http://www.gov.cn/ -->`, the number being the length of the address.

use crate::text::web_address::WebAddress;

/// Bytes at the beginning of a page among which the mark is put or searched for.
const HEAD: usize = 1024;

/// The page with the mark after its document type. What does not begin as HTML does, pages in
/// UTF-16, and those that have a mark, stay as they are.
pub fn mark(bytes: Vec<u8>, address: &str) -> Vec<u8> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let wide =
        head.contains(&0) || head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let breaks_out = address.contains(['<', '>', '\n']) || !address.is_ascii();
    let text = String::from_utf8_lossy(head);
    let is_html = text.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
    if !is_html || wide || breaks_out || origin(&text).is_some() {
        return bytes;
    }
    let at = behind_doctype(head);
    let (before, after) = bytes.split_at_checked(at).unwrap_or((&bytes, &[]));
    let mark = format!("<!-- saved from url=({:04}){address} -->\n", address.len());
    [before, mark.as_bytes(), after].concat()
}

/// The byte after the document type and its line end, or after the byte order mark.
fn behind_doctype(head: &[u8]) -> usize {
    let mark = if head.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let rest = head.get(mark..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let rest = rest.get(blanks..).unwrap_or_default();
    let is_doctype = rest.get(..9).is_some_and(|begins| begins.eq_ignore_ascii_case(b"<!doctype"));
    let end = rest.iter().position(|byte| *byte == b'>').filter(|_| is_doctype);
    let Some(end) = end else { return mark };
    let lines = rest.get(end + 1..).unwrap_or_default();
    let lines = lines.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    mark + blanks + end + 1 + lines
}

/// The address in the mark of a page, or of a comment of it.
pub fn origin(text: &str) -> Option<WebAddress> {
    let (_, behind) = text.split_once("saved from url=(")?;
    let (length, address) = behind.split_once(')')?;
    let length: usize = length.trim().parse().ok()?;
    WebAddress::parse(address.get(..length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_learns_where_it_came_from_once() {
        let address = "http://www.gov.cn/a--b.htm";
        let mark_of = |page: &str| String::from_utf8(mark(page.into(), address)).unwrap();
        let said = "<!-- saved from url=(0026)http://www.gov.cn/a--b.htm -->\n";
        assert_eq!(mark_of("<p>甲"), format!("{said}<p>甲"));
        let page = mark_of("\u{FEFF}<!DOCTYPE html>\r\n<p>甲");
        assert_eq!(page, format!("\u{FEFF}<!DOCTYPE html>\r\n{said}<p>甲"));
        assert_eq!(origin(&page), WebAddress::parse(address));
        assert_eq!(mark_of(&page), page);
        assert_eq!(mark_of("%PDF-1.7"), "%PDF-1.7");
        assert_eq!(mark(vec![0xFF, 0xFE, 60, 0], address), [0xFF, 0xFE, 60, 0]);
    }

    #[test]
    fn only_addresses_of_the_web_are_believed() {
        assert_eq!(origin("saved from url=(0019)javascript:alert(1)"), None);
        assert_eq!(origin("saved from url=(9999)http://a.cn/"), None);
        assert_eq!(origin("saved from url=(0002)汉"), None);
    }
}
