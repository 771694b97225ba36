//! An article set in lines: title, facts, an empty line, then the blocks. Of a long article only a
//! stretch is set, around what is read; lines are counted from its beginning. Drawing picks the lines
//! in view. A place in the text finds its line again at every width and in every stretch.

mod draw;
mod layout_line;
mod stretch;
mod table;

use std::ops::Range;

use wenmai::document::{Block, BlockKind, Document, RemovalReason, Table};
use wenmai::text::Span;
use wenmai::text::sanitize::sanitize;
use wenmai::text::width;
use wenmai::text::wrap::{Measure, WrappedLine, wrap};

use layout_line::{CellLine, LayoutLine, LineContent};
pub(crate) use layout_line::{LayoutKey, Removals, Spot};
use ratatui::style::Style;
use stretch::{characters_before, stretch};
use table::TableLayout;

use super::facts::{facts, reason_message};

/// Full-width characters of a line: the bounds.
pub(crate) const MEASURE: (usize, usize) = (10, 80);

/// A place that stays the same at every width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// So many lines below the top of the title.
    Head(usize),
    /// The empty line above a block.
    Above(u32),
    /// At a character.
    Text(Spot),
}

impl Default for Anchor {
    fn default() -> Self {
        Self::Head(0)
    }
}

/// The lines of a table in columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TableLines {
    start: usize,
    /// The first line below its headings.
    body: usize,
    end: usize,
}

/// What of a set article is drawn, and how parts of it stand out.
pub(crate) struct View<'v> {
    pub(crate) document: &'v Document,
    /// The first line in view.
    pub(crate) top: usize,
    /// The styles of parts of a block, of those that reach into a range of its characters.
    pub(crate) marks: &'v dyn Fn(u32, Span) -> Vec<(Span, Style)>,
}

/// An article set in lines.
#[derive(Debug, Clone)]
pub(crate) struct ArticleLayout {
    setting: LayoutKey,
    title: String,
    facts: String,
    removed: Vec<String>,
    /// The blocks that are set.
    stretch: Range<usize>,
    lines: Vec<LayoutLine>,
    /// Of each of them its first line.
    first_lines: Vec<usize>,
    /// Of each block of the article the characters before it, and at the end all of them.
    before: Vec<usize>,
    /// Tables that are set in columns under headings.
    tables: Vec<TableLines>,
    /// Lines of the head; none where the stretch begins further down.
    head: usize,
}

impl ArticleLayout {
    /// Sets `document` around the block number `block`: all of a short one, else at least `reach`
    /// lines before the block and behind it, as far as there are so many.
    pub(crate) fn around(
        document: &Document,
        block: usize,
        reach: usize,
        setting: LayoutKey,
    ) -> Self {
        Self::with(document, characters_before(document), block, reach, setting)
    }

    /// Sets another stretch of the same `document`, as [`ArticleLayout::around`].
    pub(crate) fn on_around(self, document: &Document, block: usize, reach: usize) -> Self {
        Self::with(document, self.before, block, reach, self.setting)
    }

    fn with(
        document: &Document,
        before: Vec<usize>,
        block: usize,
        reach: usize,
        setting: LayoutKey,
    ) -> Self {
        let mut set = Self {
            setting,
            title: sanitize(&document.metadata.title).into_owned(),
            facts: facts(document, setting.lang),
            removed: Vec::new(),
            stretch: stretch(&before, block, reach, setting.cells),
            lines: Vec::new(),
            first_lines: Vec::new(),
            tables: Vec::new(),
            before,
            head: 0,
        };
        if set.stretch.start == 0 {
            set.set_head();
        }
        set.set_body(document);
        set
    }

    /// True where `anchor` has `margin` lines before and behind it, or all that there are.
    pub(crate) fn surrounds(&self, anchor: Anchor, margin: usize) -> bool {
        let inside = match anchor {
            Anchor::Head(_) => self.stretch.start == 0,
            Anchor::Above(block) | Anchor::Text(Spot { block, .. }) => {
                // Behind the last block there is nothing more to set.
                self.stretch.contains(&(block as usize)) || self.is_last(block as usize)
            }
        };
        let line = self.line(anchor);
        inside
            && (self.stretch.start == 0 || line >= margin)
            && (self.has_end() || line + margin < self.lines.len())
    }

    fn is_last(&self, block: usize) -> bool {
        self.has_end() && block >= self.stretch.end
    }

    /// The blocks that are set.
    pub(crate) fn stretch(&self) -> Range<usize> {
        self.stretch.clone()
    }

    /// True where the first line is that of the article.
    pub(crate) fn has_beginning(&self) -> bool {
        self.stretch.start == 0
    }

    /// True where the last line is that of the article.
    pub(crate) fn has_end(&self) -> bool {
        self.stretch.end + 1 == self.before.len()
    }

    /// What it was made for.
    pub(crate) fn setting(&self) -> LayoutKey {
        self.setting
    }

    /// The number of lines that are set.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Characters of the article before `spot`.
    pub(crate) fn characters_before(&self, spot: Spot) -> usize {
        let block = self.before.get(spot.block as usize).or(self.before.last());
        block.copied().unwrap_or_default() + spot.character as usize
    }

    /// Characters of the article.
    pub(crate) fn characters(&self) -> usize {
        self.before.last().copied().unwrap_or_default()
    }

    /// The share of the article, in percent, that is read where `line` is the last one in view.
    pub(crate) fn percent(&self, line: usize) -> usize {
        let behind = |line: &LayoutLine| match line.source {
            LineContent::Block(block) => {
                Some(self.characters_before(Spot { block, character: line.row.chars.end as u32 }))
            }
            _ => None,
        };
        let seen = self.lines.get(..=line.min(self.lines.len().saturating_sub(1)));
        let read = seen.and_then(|seen| seen.iter().rev().find_map(behind)).unwrap_or_default();
        (read * 100).checked_div(self.characters()).unwrap_or(100)
    }

    /// The line in which `anchor` stands.
    pub(crate) fn line(&self, anchor: Anchor) -> usize {
        match anchor {
            Anchor::Head(line) => line.min(self.head.saturating_sub(1)),
            Anchor::Above(block) => {
                let line = self.line_of(Spot { block, character: 0 });
                line.saturating_sub(usize::from(self.blank(line.wrapping_sub(1))))
            }
            Anchor::Text(spot) => self.line_of(spot),
        }
    }

    fn blank(&self, line: usize) -> bool {
        let is_blank = |source| matches!(source, LineContent::Blank | LineContent::Rule);
        self.lines.get(line).is_some_and(|line| is_blank(line.source))
    }

    fn line_of(&self, spot: Spot) -> usize {
        let block = spot.block as usize;
        let last = self.lines.len().saturating_sub(1);
        let Some(nth) = block.checked_sub(self.stretch.start) else { return 0 };
        let Some(first) = self.first_lines.get(nth) else { return last };
        let of_block = self.lines.get(*first..).unwrap_or_default();
        if of_block.first().is_some_and(|line| !line.cells.is_empty()) {
            return first + table::line_of(of_block, spot);
        }
        let behind = of_block.partition_point(|line| {
            line.source == LineContent::Block(spot.block)
                && line.row.chars.end <= spot.character as usize
        });
        // Behind its last character a spot is in the block's last line.
        let inside =
            of_block.get(behind).is_some_and(|l| l.source == LineContent::Block(spot.block));
        first + if inside { behind } else { behind.saturating_sub(1) }
    }

    /// The place that stays on top when `line` is on top.
    pub(crate) fn anchor(&self, line: usize) -> Anchor {
        if line < self.head {
            return Anchor::Head(line);
        }
        match self.spot_from(line) {
            Some(spot) if self.blank(line) => Anchor::Above(spot.block),
            spot => spot.map_or(Anchor::Head(0), Anchor::Text),
        }
    }

    /// The lines of a block; `None` where it is not laid out.
    pub(crate) fn lines_of(&self, block: u32) -> Option<Range<usize>> {
        let nth = (block as usize).checked_sub(self.stretch.start)?;
        let first = *self.first_lines.get(nth)?;
        Some(first..self.line_of(Spot { block, character: u32::MAX }) + 1)
    }

    /// The first line of each removed piece that is shown.
    pub(crate) fn removed_lines(&self) -> Vec<usize> {
        let mut last = None;
        let lines = self.lines.iter().enumerate().filter_map(|(at, line)| match line.source {
            LineContent::Removed(number) if last != Some(number) => {
                last = Some(number);
                Some(at)
            }
            _ => None,
        });
        lines.collect()
    }

    /// The first character at or below `line`, or the last one above it.
    pub(crate) fn spot_from(&self, line: usize) -> Option<Spot> {
        let spot = |line: &LayoutLine| match line.source {
            LineContent::Block(block) => {
                Some(Spot { block, character: line.row.chars.start as u32 })
            }
            _ => None,
        };
        let line = line.min(self.lines.len());
        let (above, below) = self.lines.split_at_checked(line)?;
        below.iter().find_map(spot).or_else(|| above.iter().rev().find_map(spot))
    }

    /// The beginning of the last line of text at or above `line`, or of the first one below it.
    pub(crate) fn spot_up_to(&self, line: usize) -> Option<Spot> {
        let above = self.lines.get(..=line.min(self.lines.len().checked_sub(1)?))?;
        let spot = |line: &LayoutLine| match line.source {
            LineContent::Block(block) => {
                Some(Spot { block, character: line.row.chars.start as u32 })
            }
            _ => None,
        };
        above.iter().rev().find_map(spot).or_else(|| self.spot_from(line))
    }

    /// The cell of `line` at which `spot` stands, from 0.
    pub(crate) fn cell_of(&self, line: usize, spot: Spot, document: &Document) -> usize {
        let block = document.blocks.get(spot.block as usize);
        let Some((line, block)) = self.lines.get(line).zip(block) else { return 0 };
        let holds = |cell: &&CellLine| cell.row.chars.contains(&(spot.character as usize));
        let cell = line.cells.iter().find(holds);
        let (before, row) = cell.map_or((line.row.indent, &line.row), |cell| (cell.x, &cell.row));
        let start = row.chars.start as u32;
        let ahead = Span::new(start, spot.character.max(start)).of(&block.text);
        before + width::cells(ahead, self.setting.ambiguous)
    }

    /// The character at a cell of `line`, or the nearest one in it; `None` where the line is no
    /// text.
    pub(crate) fn spot_at(&self, line: usize, cell: usize, document: &Document) -> Option<Spot> {
        let line = self.lines.get(line)?;
        let LineContent::Block(block) = line.source else { return None };
        let in_cell =
            line.cells.iter().rev().find(|one| one.x <= cell && !one.row.chars.is_empty());
        let part = in_cell.or(line.cells.first());
        let (before, row) = part.map_or((line.row.indent, &line.row), |one| (one.x, &one.row));
        let text = row.text(&document.blocks.get(block as usize)?.text);
        let mut right = before;
        let mut character = row.chars.start as u32;
        for (_, cluster) in width::clusters(text) {
            right += width::cluster_cells(cluster, self.setting.ambiguous);
            if right > cell {
                break;
            }
            character += cluster.chars().count() as u32;
        }
        let last = (row.chars.end as u32).saturating_sub(1);
        Some(Spot { block, character: character.min(last.max(row.chars.start as u32)) })
    }

    /// The first line of the block after the one that stands in `line`, or of the one before.
    pub(crate) fn paragraph(&self, line: usize, on: bool) -> usize {
        if on {
            let next = self.first_lines.partition_point(|first| *first <= line);
            return self.first_lines.get(next).copied().unwrap_or(line);
        }
        let before = self.first_lines.partition_point(|first| *first < line);
        before.checked_sub(1).and_then(|b| self.first_lines.get(b)).copied().unwrap_or(0)
    }

    fn set_head(&mut self) {
        let measure = Measure { ambiguous: self.setting.ambiguous, ..self.measure(0) };
        self.push_text(LineContent::Title, &self.title.clone(), measure);
        self.push_text(LineContent::Facts, &self.facts.clone(), measure);
        self.push_blank();
        self.head = self.lines.len();
    }

    fn set_body(&mut self, document: &Document) {
        let Range { start, end } = self.stretch;
        let blocks = document.blocks.iter().enumerate().take(end).skip(start);
        let mut removed = document.removed.iter().enumerate().peekable();
        while start > 0 && removed.next_if(|(_, piece)| (piece.before as usize) < start).is_some() {
        }
        let mut table: Option<TableLayout> = None;
        for (number, block) in blocks {
            while let Some((at, piece)) =
                removed.next_if(|(_, piece)| piece.before as usize <= number)
            {
                self.push_removed(at, piece.reason, &piece.text);
            }
            let before = number.checked_sub(1).and_then(|n| document.blocks.get(n));
            let apart = |before| {
                let opened = table.as_ref().is_some_and(TableLayout::is_opened);
                air_between(before, block) || (opened && block.kind == BlockKind::TableRow)
            };
            if before.is_some_and(apart) {
                self.push_blank();
            }
            match document.table_of(number as u32) {
                Some(of) => {
                    if table.as_ref().is_none_or(|table: &TableLayout| !table.is_of(of)) {
                        table = Some(TableLayout::new(document, of, &self.setting));
                    }
                    let from = self.lines.len();
                    self.first_lines.push(from);
                    let rows = table.iter().flat_map(|table| table.rows(number as u32, block));
                    self.lines.extend(rows);
                    if table.as_ref().is_some_and(|table| !table.is_opened()) {
                        self.extend_table(of, number as u32, from);
                    }
                }
                None => self.push_block(number as u32, block),
            }
        }
        for (at, piece) in removed.filter(|_| end == document.blocks.len()) {
            self.push_removed(at, piece.reason, &piece.text);
        }
    }

    /// Notes where a table is whose row `number` begins in line `from`. One of which the first row
    /// is not set has no headings to show.
    fn extend_table(&mut self, table: Table, number: u32, from: usize) {
        let end = self.lines.len();
        if number == table.block && table.heading_rows > 0 {
            self.tables.push(TableLines { start: from, body: end, end });
            return;
        }
        let Some(lines) = self.tables.last_mut().filter(|lines| lines.end == from) else { return };
        lines.end = end;
        if table.is_heading(number) {
            lines.body = end;
        }
    }

    /// The lines of the headings that stay in sight above the rows of their table, in a window of
    /// `height` lines from line `top` on. They cover so many of its first lines.
    pub(crate) fn headings(&self, top: usize, height: usize) -> Range<usize> {
        let after = self.tables.partition_point(|lines| lines.start < top);
        let lines = after.checked_sub(1).and_then(|at| self.tables.get(at));
        let lines = lines.filter(|lines| {
            let count = lines.body - lines.start;
            count <= height / HEADINGS_SHARE && top + count < lines.end
        });
        lines.map_or(0..0, |lines| lines.start..lines.body)
    }

    fn push_block(&mut self, number: u32, block: &Block) {
        self.first_lines.push(self.lines.len());
        let indent = match block.kind {
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Note => self.setting.indent,
            BlockKind::Heading | BlockKind::TableRow | BlockKind::Signature => 0,
        };
        let from = self.lines.len();
        // An item of an inner list is set in further, all its lines.
        let inner = match block.kind {
            BlockKind::Item => INNER * usize::from(block.level.min(DEEPEST)),
            _ => 0,
        };
        let inner = if self.setting.cells >= 4 * inner { inner } else { 0 };
        let mut measure = self.measure(indent);
        measure.cells -= inner;
        self.push_text(LineContent::Block(number), &block.text, measure);
        let set = self.lines.get_mut(from..).unwrap_or_default();
        set.iter_mut().for_each(|line| line.row.indent += inner);
        if block.kind == BlockKind::Signature {
            for line in set.iter_mut() {
                let used = width::cells(line.row.text(&block.text), self.setting.ambiguous);
                line.row.indent = self.setting.cells.saturating_sub(used);
            }
        }
    }

    fn push_removed(&mut self, number: usize, reason: RemovalReason, text: &str) {
        self.removed.resize(number + 1, String::new());
        if self.setting.removals == Removals::Hidden {
            return;
        }
        let label = self.setting.lang.say(reason_message(reason));
        let shown = format!("[{label}] {}", sanitize(text).trim());
        self.push_text(LineContent::Removed(number as u32), &shown, self.measure(0));
        if let Some(kept) = self.removed.get_mut(number) {
            *kept = shown;
        }
    }

    fn push_text(&mut self, source: LineContent, text: &str, measure: Measure) {
        let rows = wrap(text, measure);
        self.lines.extend(rows.into_iter().map(|row| LayoutLine::of(source, row)));
    }

    fn push_blank(&mut self) {
        let row = WrappedLine { bytes: 0..0, chars: 0..0, indent: 0 };
        self.lines.push(LayoutLine::of(LineContent::Blank, row));
    }

    fn measure(&self, indent: usize) -> Measure {
        // In a very narrow column the indent would only be in the way.
        let indent = if self.setting.cells >= 4 * indent { indent } else { 0 };
        Measure { cells: self.setting.cells, indent, ambiguous: self.setting.ambiguous }
    }
}

/// Headings of a table stay in sight where they take no more than this part of the height.
const HEADINGS_SHARE: usize = 4;

/// Cells by which an inner list is set in, and the deepest one that is.
const INNER: usize = 4;
const DEEPEST: u8 = 4;

/// True where an empty line parts two blocks: everywhere but between rows, items and signatures.
fn air_between(before: &Block, block: &Block) -> bool {
    let close = matches!(block.kind, BlockKind::TableRow | BlockKind::Signature | BlockKind::Item);
    !(close && before.kind == block.kind)
}
