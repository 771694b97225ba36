//! Names of files that are made here: readable, and safe on every file system.

use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use url::Url;

use crate::text::sanitize::{is_invisible, sanitize};

/// The longest name without its ending, in characters and in bytes: file systems allow 255 bytes,
/// and a number and an ending come after.
const LONGEST: (usize, usize) = (80, 200);

/// A file name without its ending, from a title or whatever else a page is called by: no separator,
/// no control character, no dot, none of the signs that shells or file systems take for their own.
/// Empty where nothing is left.
pub(super) fn stem(title: &str) -> String {
    let mut name = String::new();
    let (mut chars, mut gap) = (0, false);
    for c in sanitize(title).nfc().filter(|c| !is_invisible(*c)) {
        // Editors and spreadsheets take a name that begins with these for an order.
        let is_order = name.is_empty() && matches!(c, '+' | '=' | ',' | '＋' | '＝' | '－');
        if is_gap(c) || is_order {
            gap = true;
            continue;
        }
        let dash = gap && !name.is_empty();
        if chars + usize::from(dash) + 1 > LONGEST.0 || name.len() + 1 + c.len_utf8() > LONGEST.1 {
            break;
        }
        if dash {
            name.push('-');
            chars += 1;
        }
        name.push(c);
        chars += 1;
        gap = false;
    }
    if is_reserved(&name) { format!("{name}-") } else { name }
}

/// What a dash stands for in a file name.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || (c.is_ascii_punctuation() && !matches!(c, '(' | ')' | '+' | ',' | '='))
        // Full-width forms that some systems fold to the signs themselves.
        || matches!(c, '／' | '＼' | '．' | '：' | '\u{2024}'..='\u{2026}' | '\u{2044}' | '\u{2215}')
}

/// Names that Windows keeps for devices.
fn is_reserved(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().find_map(|device| lower.strip_prefix(device));
    matches!(lower.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|number| {
            let mut digits = number.chars();
            // The small figures of Latin-1 count too.
            let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
            digits.next().is_some_and(is_digit) && digits.next().is_none()
        })
}

/// What a page is called by whose text has no title: the last part of its address.
pub(super) fn name_of_address(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return String::new() };
    let mut parts = url.path_segments().into_iter().flatten();
    let last = parts.rfind(|part| !part.is_empty());
    let last = last.map(|part| part.rsplit_once('.').map_or(part, |(name, _)| name));
    last.or(url.host_str()).unwrap_or_default().to_owned()
}

/// Endings under which a page is saved. Whatever a server calls its pages, they are HTML.
const ENDINGS: [&str; 8] = ["txt", "md", "csv", "json", "jsonl", "docx", "epub", "xml"];

/// The ending for a page of the web, from what the server says it is, else from its address.
pub(super) fn ending_of_page(media: Option<&str>, address: &str) -> String {
    let named = match media.unwrap_or_default().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some("html"),
        "text/markdown" => Some("md"),
        "text/csv" => Some("csv"),
        "application/x-ndjson" | "application/jsonl" => Some("jsonl"),
        "application/json" => Some("json"),
        "application/epub+zip" => Some("epub"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Some("docx"),
        _ => None,
    };
    let path = Url::parse(address).ok().map(|url| url.path().to_ascii_lowercase());
    let ending = path.as_deref().and_then(|path| path.rsplit_once('.')).map(|(_, ending)| ending);
    let in_address = ENDINGS.iter().find(|known| ending == Some(**known)).copied();
    let plain = media.is_some_and(|media| media.eq_ignore_ascii_case("text/plain"));
    let guessed = in_address.unwrap_or(if plain { "txt" } else { "html" });
    named.unwrap_or(guessed).to_owned()
}

/// The ending of a file that is copied: its own, where it is a plain one.
pub(super) fn ending_of_file(path: &Path) -> String {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let plain =
        (1..=8).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    if plain { ending.to_ascii_lowercase() } else { "txt".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_becomes_a_name_that_can_be_read() {
        let cases = [
            ("国务院关于印发《计划》的通知", "国务院关于印发《计划》的通知"),
            ("沪府〔2022〕1号：通 知", "沪府〔2022〕1号-通-知"),
            ("../../etc/passwd", "etc-passwd"),
            ("a/b\\c:d*e?f\"g<h>i|j", "a-b-c-d-e-f-g-h-i-j"),
            ("AI 2.0.html", "AI-2-0-html"),
            ("-rf ~", "rf"),
            ("甲\u{1b}[2J\n乙\u{202e}丙\u{200b}", "甲-乙丙"),
            ("CON", "CON-"),
            ("com1", "com1-"),
            ("COM¹", "COM¹-"),
            ("lpt³", "lpt³-"),
            ("comx", "comx"),
            ("+:!touch x", "touch-x"),
            ("=+-一", "一"),
            ("…", ""),
            ("", ""),
        ];
        for (title, name) in cases {
            assert_eq!(stem(title), name, "{title:?}");
        }
        assert_eq!(stem(&"长".repeat(500)).chars().count(), 66);
        assert_eq!(stem(&"a".repeat(500)).len(), 80);
    }

    #[test]
    fn the_ending_is_what_the_server_says_else_what_the_address_does() {
        let cases = [
            (Some("text/html"), "http://a.cn/t.jsp", "html"),
            (None, "http://a.cn/t.shtml?x=.csv", "html"),
            (Some("application/octet-stream"), "http://a.cn/a.DOCX", "docx"),
            (Some("text/plain"), "http://a.cn/a", "txt"),
            (Some("text/plain"), "http://a.cn/a.md", "md"),
            (None, "http://a.cn/", "html"),
        ];
        for (media, address, ending) in cases {
            assert_eq!(ending_of_page(media, address), ending, "{media:?} {address}");
        }
        assert_eq!(name_of_address("http://a.cn/zc/2022/t1.html?x=1"), "t1");
        assert_eq!(name_of_address("http://a.cn/"), "a.cn");
        assert_eq!(ending_of_file(Path::new("a.HTML")), "html");
        assert_eq!(ending_of_file(Path::new("a.通知")), "txt");
    }

    proptest! {
        #[test]
        fn no_title_makes_a_name_that_leaves_its_folder(title in any::<String>()) {
            let name = stem(&title);
            prop_assert!(name.len() <= 204 && !name.starts_with(['-', '.', '~', '+', '=']));
            prop_assert!(!name.chars().any(|c| c.is_control() || "/\\:*?\"<>|.".contains(c)));
            prop_assert_eq!(stem(&name), name);
        }
    }
}
