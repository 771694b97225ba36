//! Setting a paragraph in rows of cells by the rules of Chinese typesetting: no row begins with a
//! closing mark or ends with an opening one, a row between two Han characters breaks anywhere else,
//! Latin words stay whole while they fit, and every row is filled as far as these rules let it.
//!
//! Sources: break opportunities of UAX #14 (unicode-linebreak) with the line start and line end
//! prohibition rules of W3C CLREQ (中文排版需求, 3.1.6) put above them, because UAX #14 never
//! breaks before “ and lets rows start with —.

use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::width::{Ambiguous, cluster_cells, clusters};

/// The column a paragraph is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    /// Cells of a row.
    pub cells: usize,
    /// Blank cells before the first row, already inside `cells`.
    pub indent: usize,
    /// How wide ambiguous characters are.
    pub ambiguous: Ambiguous,
}

impl Measure {
    /// Rows of `cells` cells without an indent, ambiguous characters narrow.
    pub fn new(cells: usize) -> Self {
        Self { cells, indent: 0, ambiguous: Ambiguous::Narrow }
    }
}

/// One row of a wrapped paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedLine {
    /// The bytes of the paragraph that the row shows, without spaces at its end.
    pub bytes: Range<usize>,
    /// The characters of the paragraph that belong to the row, with the spaces at its end, so
    /// that the rows of a paragraph cover all of it.
    pub chars: Range<usize>,
    /// Blank cells before the row's text.
    pub indent: usize,
}

impl WrappedLine {
    /// The row's part of the `paragraph` that it was cut from.
    pub fn text<'p>(&self, paragraph: &'p str) -> &'p str {
        paragraph.get(self.bytes.clone()).unwrap_or_default()
    }
}

/// True for what may not begin a row.
fn never_starts(c: char) -> bool {
    matches!(
        c,
        '。' | '，'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〉'
            | '〕'
            | '］'
            | '｝'
            | '”'
            | '’'
            | '…'
            | '—'
            | '·'
            | '～'
            | '％'
            | '‰'
            | '℃'
            | '%'
            | ','
            | '.'
            | ';'
            | ':'
            | '?'
            | '!'
            | ')'
            | ']'
            | '}'
            | '»'
    )
}

/// True for what may not end a row.
fn never_ends(c: char) -> bool {
    matches!(
        c,
        '（' | '《'
            | '「'
            | '『'
            | '【'
            | '〈'
            | '〔'
            | '［'
            | '｛'
            | '“'
            | '‘'
            | '('
            | '['
            | '{'
            | '«'
    )
}

/// Sets `text`, a paragraph without line ends, in rows. An empty paragraph is one empty row. No row
/// is wider than the measure, unless the measure is narrower than a single character.
pub fn wrap(text: &str, measure: Measure) -> Vec<WrappedLine> {
    let mut setter = Setter::new(text, measure);
    for piece in pieces(text, measure.ambiguous) {
        setter.set(&piece);
    }
    setter.finish()
}

/// A cluster with what the setter must know of it.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    byte: usize,
    bytes: usize,
    chars: usize,
    cells: usize,
    blank: bool,
    /// A row may begin with this piece.
    opens: Break,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Break {
    /// A row may begin here.
    Allowed,
    /// Inside a word, or where UAX #14 sees none: only where the row has no better place.
    InWord,
    /// A mark forbids it: the very last resort.
    Forbidden,
}

/// The clusters of `text`, each with the break before it.
fn pieces(text: &str, ambiguous: Ambiguous) -> impl Iterator<Item = Cluster> {
    let mut opportunities = linebreaks(text).map(|(byte, _)| byte).peekable();
    let mut before: Option<char> = None;
    let mut quotes = 0usize;
    clusters(text).map(move |(byte, cluster)| {
        while opportunities.next_if(|at| *at < byte).is_some() {}
        let unicode_allows = opportunities.peek() == Some(&byte);
        let first = cluster.chars().next().unwrap_or(' ');
        let opens = break_between(before, first, quotes, unicode_allows);
        quotes += usize::from(first == '"');
        before = cluster.chars().next_back();
        Cluster {
            byte,
            bytes: cluster.len(),
            chars: cluster.chars().count(),
            cells: cluster_cells(cluster, ambiguous),
            // A mark may be on a space, and is seen.
            blank: cluster.chars().all(char::is_whitespace),
            opens,
        }
    })
}

fn break_between(before: Option<char>, next: char, quotes: usize, unicode_allows: bool) -> Break {
    let Some(before) = before else { return Break::Forbidden };
    // A straight quotation mark opens or closes by its turn.
    let closes = |c| never_starts(c) || c == '"' && quotes % 2 == 1;
    let opens = |c| never_ends(c) || c == '"' && quotes % 2 == 1;
    if closes(next) || opens(before) {
        return Break::Forbidden;
    }
    let (opening, closed) = (never_ends(next) || next == '"', is_closing(before, quotes));
    if unicode_allows || opening && is_wide(before) || closed && (is_wide(next) || opening) {
        return Break::Allowed;
    }
    Break::InWord
}

fn is_closing(c: char, quotes: usize) -> bool {
    matches!(c, '”' | '’' | '…' | '—') || c == '"' && quotes.is_multiple_of(2)
}

/// True for characters of Chinese text, which need no space between words.
fn is_wide(c: char) -> bool {
    super::is_han(c)
        || ('\u{3001}'..='\u{303F}').contains(&c)
        || ('\u{FF01}'..='\u{FF60}').contains(&c)
        || matches!(c, '”' | '’' | '“' | '‘' | '…' | '—')
}

/// Where a row could be cut, should the piece that comes not fit.
#[derive(Debug, Clone, Copy, Default)]
struct Cut {
    /// Byte and character at which the next row would begin, and the cells set before it.
    byte: usize,
    char: usize,
    cells: usize,
    /// Byte after the last visible cluster before the cut.
    visible: usize,
}

struct Setter<'t> {
    text: &'t str,
    measure: Measure,
    rows: Vec<WrappedLine>,
    start: Cut,
    here: Cut,
    last_allowed: Option<Cut>,
    last_in_word: Option<Cut>,
}

impl<'t> Setter<'t> {
    fn new(text: &'t str, measure: Measure) -> Self {
        let start = Cut::default();
        Self {
            text,
            measure,
            rows: Vec::new(),
            start,
            here: start,
            last_allowed: None,
            last_in_word: None,
        }
    }

    fn room(&self) -> usize {
        self.measure.cells.saturating_sub(self.indent()).max(1)
    }

    fn indent(&self) -> usize {
        // An indent that leaves no column is no indent.
        let fits = self.measure.indent + 2 <= self.measure.cells;
        if self.rows.is_empty() && fits { self.measure.indent } else { 0 }
    }

    fn set(&mut self, piece: &Cluster) {
        if self.here.byte > self.start.byte {
            match piece.opens {
                Break::Allowed => self.last_allowed = Some(self.here),
                Break::InWord => self.last_in_word = Some(self.here),
                Break::Forbidden => {}
            }
        }
        // Blanks at the end of a row hang outside it.
        while !piece.blank
            && self.used() + piece.cells > self.room()
            && self.here.byte > self.start.byte
        {
            self.cut();
        }
        self.here.byte = piece.byte + piece.bytes;
        self.here.char += piece.chars;
        self.here.cells += piece.cells;
        if !piece.blank {
            self.here.visible = self.here.byte;
        }
    }

    fn used(&self) -> usize {
        self.here.cells - self.start.cells
    }

    /// Ends the row at the best place after it.
    fn cut(&mut self) {
        let cut = self.last_allowed.or(self.last_in_word).unwrap_or(self.here);
        self.push_row(cut);
        self.start = cut;
        self.last_allowed = None;
        self.last_in_word = self.last_in_word.filter(|later| later.byte > cut.byte);
    }

    fn push_row(&mut self, end: Cut) {
        self.rows.push(WrappedLine {
            bytes: self.start.byte..end.visible.max(self.start.byte),
            chars: self.start.char..end.char,
            indent: self.indent(),
        });
    }

    fn finish(mut self) -> Vec<WrappedLine> {
        if self.rows.is_empty() || self.here.byte > self.start.byte {
            self.push_row(self.here);
        }
        debug_assert_eq!(self.here.byte, self.text.len());
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::cells;
    use proptest::prelude::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, Measure::new(width)).into_iter().map(|row| row.text(text)).collect()
    }

    #[test]
    fn mixed_text_fills_its_rows() {
        // https://github.com/ratatui/ratatui/issues/1199
        assert_eq!(
            rows("关于 WTO 规则衔接与落实的若干意见", 12),
            ["关于 WTO 规", "则衔接与落实", "的若干意见"]
        );
    }

    #[test]
    fn marks_stay_on_their_side() {
        assert_eq!(rows("甲乙丙，丁", 6), ["甲乙", "丙，丁"]);
        assert_eq!(rows("甲乙《丙》丁", 6), ["甲乙", "《丙》", "丁"]);
        assert_eq!(rows("推动“双碳”目标", 6), ["推动", "“双碳”", "目标"]);
        assert_eq!(rows("面向——全域", 4), ["面", "向——", "全域"]);
        assert_eq!(rows("推动\"双碳\"目标", 6), ["推动", "\"双碳\"", "目标"]);
    }

    #[test]
    fn a_word_wider_than_the_row_is_cut() {
        assert_eq!(rows("internationalization", 8), ["internat", "ionaliza", "tion"]);
        assert_eq!(rows("政策", 2), ["政", "策"]);
    }

    #[test]
    fn spaces_at_the_end_of_a_row_hang_outside_it() {
        let text = "政策 文本";
        let rows = wrap(text, Measure::new(4));
        assert_eq!(rows.iter().map(|row| row.text(text)).collect::<Vec<_>>(), ["政策", "文本"]);
        assert_eq!(rows.iter().map(|row| row.chars.clone()).collect::<Vec<_>>(), [0..3, 3..5]);
    }

    #[test]
    fn a_short_word_stays_whole_before_one_that_is_cut() {
        assert_eq!(rows("ab internationalization", 8), ["ab", "internat", "ionaliza", "tion"]);
        assert_eq!(rows("政策internationalization", 8), ["政策", "internat", "ionaliza", "tion"]);
    }

    #[test]
    fn straight_quotation_marks_open_and_close_by_turns() {
        assert_eq!(rows("甲\"乙\"丙\"丁\"", 4), ["甲", "\"乙\"", "丙", "\"丁\""]);
    }

    #[test]
    fn an_empty_paragraph_is_one_empty_row() {
        assert_eq!(
            wrap("", Measure::new(8)),
            [WrappedLine { bytes: 0..0, chars: 0..0, indent: 0 }]
        );
    }

    #[test]
    fn the_indent_belongs_to_the_first_row_and_to_the_measure() {
        let measure = Measure { cells: 8, indent: 4, ambiguous: Ambiguous::Narrow };
        let text = "甲乙丙丁戊己";
        let rows = wrap(text, measure);
        assert_eq!(rows.iter().map(|row| row.text(text)).collect::<Vec<_>>(), ["甲乙", "丙丁戊己"]);
        assert_eq!(rows.iter().map(|row| row.indent).collect::<Vec<_>>(), [4, 0]);
    }

    #[test]
    fn an_indent_needs_a_column_of_its_own() {
        for (cells, indent) in [(2, 0), (3, 0), (4, 2), (5, 2)] {
            let measure = Measure { cells, indent: 2, ambiguous: Ambiguous::Narrow };
            let rows = wrap("甲乙丙", measure);
            assert_eq!(rows.first().map(|row| row.indent), Some(indent), "{cells}");
            assert!(rows.iter().skip(1).all(|row| row.indent == 0), "{cells}");
        }
    }

    #[test]
    fn no_phrase_is_lost_or_moved_at_any_width() {
        // https://github.com/wustho/epr/issues/30
        let text: String = (1..=80).map(|n| format!("第{n}项、")).collect();
        for width in 2..=80 {
            assert_eq!(rows(&text, width).concat(), text, "{width}");
        }
    }

    fn blank(text: Option<&str>) -> bool {
        text.is_some_and(|text| text.chars().all(char::is_whitespace))
    }

    /// Text as it comes: Han, marks in pairs and alone, Latin words, numbers, spaces.
    fn policy_text() -> impl Strategy<Value = String> {
        let atoms = prop_oneof![
            6 => "[一-龥]{1,8}",
            2 => "[，。、；：？！…—”》）]",
            2 => "[“《（「]",
            1 => "[a-zA-Z]{1,12}",
            1 => "[0-9]{1,4}%?",
            1 => " ",
            1 => "[a\u{300}-\u{302}\u{3000} ]{1,3}",
        ];
        proptest::collection::vec(atoms, 0..60).prop_map(|atoms| atoms.concat())
    }

    proptest! {
        // https://github.com/dandavison/delta/issues/1727
        #[test]
        fn rows_are_never_too_wide_and_give_the_text_back(
            text in policy_text(), width in 2usize..80, indent in 0usize..5, wide: bool,
        ) {
            let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
            let rows = wrap(&text, Measure { cells: width, indent, ambiguous });
            let mut from = 0;
            for row in &rows {
                prop_assert!(cells(row.text(&text), ambiguous) + row.indent <= width);
                prop_assert!(blank(text.get(from..row.bytes.start)));
                from = row.bytes.end;
            }
            prop_assert!(blank(text.get(from..)));
            let chars: usize = rows.iter().map(|row| row.chars.len()).sum();
            prop_assert_eq!(chars, text.chars().count());
        }

        #[test]
        fn any_text_at_any_width_is_covered(text in "\\PC{0,60}", width in 0usize..20) {
            let rows = wrap(&text, Measure::new(width));
            prop_assert_eq!(rows.last().map(|row| row.chars.end), Some(text.chars().count()));
        }
    }
}
