//! Standard output: JSON for a script; aligned columns, wrapped text and a little colour for a
//! person.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use wenmai::text::sanitize::{is_harmful, sanitize};
use wenmai::text::width::{Ambiguous, cells};

use crate::cli::{Color, Global};

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It printed an answer.
    Done,
    /// Nothing in the library matched.
    NothingMatched,
    /// A document is not what was expected of it.
    Differs,
}

/// Where a command prints.
pub(crate) struct Output {
    stream: AutoStream<Stdout>,
    /// True where the reader is a script.
    pub(crate) json: bool,
    /// How wide ambiguous characters are.
    pub(crate) ambiguous: Ambiguous,
}

/// The colour of what matched.
pub(crate) const MATCH: anstyle::Style =
    anstyle::AnsiColor::Yellow.on_default().effects(anstyle::Effects::BOLD);
/// The colour of what stands back.
pub(crate) const DIM: anstyle::Style = anstyle::Style::new().effects(anstyle::Effects::DIMMED);

impl Output {
    /// Output as the options want it.
    pub(crate) fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Auto => AutoStream::choice(&std::io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            stream: AutoStream::new(std::io::stdout(), choice),
            json: global.json,
            ambiguous: global.ambiguous.resolve(),
        }
    }

    /// Columns of the terminal that reads, `None` where none does.
    pub(crate) fn terminal_width(&self) -> Option<u16> {
        if !std::io::stdout().is_terminal() {
            return None;
        }
        crossterm::terminal::size().ok().map(|(columns, _)| columns).filter(|columns| *columns > 0)
    }

    /// Prints `value` as one JSON document.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> anyhow::Result<()> {
        let mut writer = BufWriter::new(&mut self.stream);
        let mut json = serde_json::Serializer::with_formatter(&mut writer, Safe::default());
        value.serialize(&mut json).map_err(std::io::Error::from)?;
        writer.write_all(b"\n")?;
        Ok(writer.flush()?)
    }

    /// Prints `text`, which may carry the styles above and nothing else that steers a terminal.
    pub(crate) fn print(&mut self, text: &str) -> anyhow::Result<()> {
        // A byte order mark that stands at the very beginning is ours.
        let (mark, text) = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => ("\u{FEFF}", rest),
            None => ("", text),
        };
        self.stream.write_all(mark.as_bytes())?;
        self.stream.write_all(guarded(text).as_bytes())?;
        Ok(self.stream.flush()?)
    }

    /// Prints the rows in columns aligned by display width. A column named in `right` is flush
    /// right; the last column is not filled.
    pub(crate) fn table(&mut self, rows: &[Vec<String>], right: &[usize]) -> anyhow::Result<()> {
        self.print(&self.aligned(rows, right))
    }

    /// The rows as [`Output::table`] prints them.
    pub(crate) fn aligned(&self, rows: &[Vec<String>], right: &[usize]) -> String {
        let mut widths: Vec<usize> = Vec::new();
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cells(cell, self.ambiguous));
            }
        }
        let mut text = String::new();
        for row in rows {
            self.push_row(&mut text, row, (&widths, right));
        }
        text
    }

    fn push_row(&self, text: &mut String, row: &[String], (widths, right): (&[usize], &[usize])) {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let cell = sanitize(cell);
            let fill = " ".repeat(width.saturating_sub(cells(&cell, self.ambiguous)));
            let (before, after) =
                if right.contains(&column) { (fill.as_str(), "") } else { ("", fill.as_str()) };
            line.push_str(&format!("{before}{cell}{after}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// `text` with its line ends and styles, and without what else must not reach a terminal. Texts of
/// documents are clean already; nothing that was forgotten gets past this.
fn guarded(text: &str) -> Cow<'_, str> {
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
pub(crate) struct Safe<'i>(PrettyFormatter<'i>);

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

/// JSON with what must not reach a terminal escaped. In JSON that stands only inside strings, but for
/// line ends.
pub(crate) fn escaped_json(json: &str) -> String {
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

/// `value` as JSON, as [`Output::json`] prints it.
pub(crate) fn json_text(value: &impl Serialize) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Safe::default()))?;
    bytes.push(b'\n');
    Ok(String::from_utf8(bytes)?)
}

/// Writes bytes that are no text of a document.
pub(crate) fn write_all(bytes: &[u8]) -> anyhow::Result<Outcome> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn styles_and_line_ends_pass_and_nothing_else_that_steers() {
        let styled = format!("{DIM}甲{DIM:#}\n{MATCH}乙{MATCH:#}\n");
        assert_eq!(guarded(&styled), styled);
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
            let json = json_text(&[&text]).unwrap();
            prop_assert!(!json.chars().any(|c| is_harmful(c) && c != '\n'), "{json:?}");
            prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), vec![text]);
        }
    }
}
