//! The guard before the terminal: what is printed holds nothing that steers one but the program's
//! own colours, whatever text it is made of. Texts of documents are clean already; nothing that was
//! forgotten gets past this.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use wenmai::text::sanitize::{is_harmful, sanitize};

/// `text` with its line ends and styles, and without what else must not reach a terminal.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_harmful(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\x1B']) {
        let (line, behind) = rest.split_at_checked(at).unwrap_or((rest, ""));
        safe.push_str(&sanitize(line));
        let kept = style_at(behind).unwrap_or(if behind.starts_with('\n') { "\n" } else { "" });
        safe.push_str(kept);
        // An escape that is no style goes out with its sequence.
        let sequence = if kept.is_empty() { behind.find('\n').unwrap_or(behind.len()) } else { 0 };
        let (unclean, _) = behind.split_at_checked(sequence).unwrap_or_default();
        safe.push_str(&sanitize(unclean));
        rest = behind.get(kept.len() + sequence..).unwrap_or_default();
    }
    safe.push_str(&sanitize(rest));
    Cow::Owned(safe)
}

/// The style with which `text` begins: ESC, a bracket, numbers, m.
fn style_at(text: &str) -> Option<&str> {
    let numbers = text.strip_prefix("\x1B[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers.get(end..)?.starts_with('m').then(|| text.get(..end + 3)).flatten()
}

/// JSON in which what must not reach a terminal is escaped; a script reads the same strings.
#[derive(Default)]
struct Safe<'i>(PrettyFormatter<'i>);

impl Formatter for Safe<'_> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        text: &str,
    ) -> io::Result<()> {
        out.write_all(escaped_json(text).as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

/// JSON with what must not reach a terminal escaped. In JSON that is only inside strings, but for
/// line ends.
fn escaped_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) && c != '\n' {
            let units = c
                .encode_utf16(&mut [0; 2])
                .iter()
                .map(|unit| format!("\\u{unit:04x}"))
                .collect::<String>();
            safe.push_str(&units);
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Writes `value` as JSON with a line end.
pub(crate) fn write_json(value: &impl Serialize, mut to: impl Write) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut to, Safe::default());
    value.serialize(&mut json)?;
    to.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn styles_and_line_ends_pass_and_nothing_else_that_steers() {
        let styled = "\x1B[2m甲\x1B[0m\n\x1B[1;33m乙\x1B[0m\n";
        assert_eq!(guarded(styled), styled);
        let cases = [
            ("甲\x1B[2J乙\n丙", "甲乙\n丙"),
            ("\x1B]0;x\x07甲\x1B[1m乙", "甲乙"),
            ("\x1B[1", ""),
            ("甲\r\n乙\u{202E}", "甲 \n乙"),
        ];
        for (text, safe) in cases {
            assert_eq!(guarded(text), safe, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_printed_only_styles_reach_the_terminal(
            text in "(\\PC|[\u{1b}\u{9b}\u{9d}\u{7}\\[\\];0-9mJ\n\r\t\u{202E}\u{E0041}])*"
        ) {
            let safe = guarded(&text).into_owned();
            let mut rest = safe.as_str();
            while let Some(at) = rest.find(|c| is_harmful(c) && c != '\n') {
                let (_, behind) = rest.split_at(at);
                let style = style_at(behind);
                prop_assert!(style.is_some(), "{safe:?}");
                rest = behind.strip_prefix(style.unwrap_or_default()).unwrap_or_default();
            }
            prop_assert_eq!(guarded(&safe), safe.as_str());
        }

        #[test]
        fn json_reads_back_and_holds_nothing_harmful(text in any::<String>()) {
            let mut json = Vec::new();
            write_json(&[&text], &mut json).unwrap();
            let json = String::from_utf8(json).unwrap();
            prop_assert!(!json.chars().any(|c| is_harmful(c) && c != '\n'), "{json:?}");
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), vec![text]);
        }
    }
}
