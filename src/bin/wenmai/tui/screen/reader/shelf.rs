//! The documents pane: all documents by region, the whole country first, then the provinces in the
//! order of their official codes; in a region the newest first. Jumps between documents go along
//! this order, too.

use std::collections::HashMap;

use ratatui::layout::Rect;
use wenmai::document::{Card, DocIndex};
use wenmai::keep::kept::Standing;
use wenmai::library::Library;

use super::super::Desk;
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::messages::Message;
use crate::tui::widget::list::mark;

/// Regions in the order of GB/T 2260 (administrative division codes), the whole country before.
const REGIONS: [&str; 35] = [
    "全国",
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "台湾",
    "香港",
    "澳门",
];

/// The documents in their order.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    /// The documents as they stand.
    order: Vec<DocIndex>,
    /// Of each document, by its index in the library, its place in `order`.
    places: Vec<usize>,
    rows: Vec<Row>,
    /// Of each place in `order` its row.
    row_of: Vec<usize>,
    /// How documents stand to what the user keeps: of those that have been in view.
    standings: HashMap<DocIndex, Standing>,
    made_for: u64,
    /// The chosen document, as a place in `order`; its top is a row.
    pub(crate) cursor: Cursor,
}

#[derive(Debug)]
enum Row {
    Region { name: Option<String>, documents: usize },
    Document(usize),
}

impl Shelf {
    /// The documents of `library`.
    pub(crate) fn new(library: &Library) -> Self {
        let mut order: Vec<DocIndex> = library.indices().collect();
        order.sort_by_cached_key(|ix| library.card(*ix).map(|card| (key(&card), *ix)));
        let mut shelf = Self { places: vec![0; order.len()], ..Self::default() };
        for (place, ix) in order.iter().enumerate() {
            if let Some(slot) = shelf.places.get_mut(ix.get()) {
                *slot = place;
            }
        }
        for group in order.chunk_by(|a, b| region_of(library, *a) == region_of(library, *b)) {
            let name = group.first().and_then(|ix| region_of(library, *ix));
            shelf.rows.push(Row::Region { name, documents: group.len() });
            for _ in group {
                shelf.rows.push(Row::Document(shelf.row_of.len()));
                shelf.row_of.push(shelf.rows.len() - 1);
            }
        }
        shelf.order = order;
        shelf
    }

    /// The place of a document.
    pub(crate) fn place(&self, document: DocIndex) -> usize {
        self.places.get(document.get()).copied().unwrap_or_default()
    }

    /// All documents in their order.
    pub(crate) fn order(&self) -> &[DocIndex] {
        &self.order
    }

    /// The chosen document.
    pub(crate) fn chosen(&self) -> Option<DocIndex> {
        self.order.get(self.cursor.chosen).copied()
    }

    /// Chooses `document`.
    pub(crate) fn choose(&mut self, document: DocIndex) {
        self.cursor.chosen = self.place(document);
    }

    /// Moves in the pane, of which `height` rows are in view.
    pub(crate) fn step(&mut self, step: Step, height: usize) {
        self.cursor.step(step, self.order.len(), height);
    }

    /// The document in row `row` of the pane.
    pub(crate) fn document_in(&self, row: usize) -> Option<DocIndex> {
        match self.rows.get(self.cursor.top + row)? {
            Row::Document(place) => self.order.get(*place).copied(),
            Row::Region { .. } => None,
        }
    }

    /// Brings the chosen document, and the name of its region where it is the first of it, into a
    /// pane of `height` rows.
    pub(crate) fn lay_out(&mut self, height: usize, desk: &Desk) {
        let row = self.row_of.get(self.cursor.chosen).copied().unwrap_or_default();
        let mut window = Cursor { chosen: row, top: self.cursor.top };
        window.show(self.rows.len(), height, 1);
        let above = row.saturating_sub(1);
        let headed = matches!(self.rows.get(above), Some(Row::Region { .. }));
        if headed && window.top == row && height > 1 {
            window.top = above;
        }
        self.cursor.top = window.top;
        self.stand(height, desk);
    }

    /// Finds out how the documents in view stand.
    fn stand(&mut self, height: usize, desk: &Desk) {
        if std::mem::replace(&mut self.made_for, desk.keeping.seen()) != desk.keeping.seen() {
            self.standings.clear();
        }
        for row in self.rows.iter().skip(self.cursor.top).take(height) {
            let Row::Document(place) = row else { continue };
            let Some(ix) = self.order.get(*place) else { continue };
            if let (false, Some(card)) = (self.standings.contains_key(ix), desk.card(*ix)) {
                self.standings.insert(*ix, desk.keeping.standing(&card));
            }
        }
    }

    /// Draws the rows; `open` is the document that is being read.
    pub(crate) fn draw(&self, area: Rect, view: ShelfView<'_>, canvas: &mut Canvas<'_>) {
        let rows = self.rows.iter().skip(self.cursor.top).take(area.height.into());
        for (at, row) in rows.enumerate() {
            let line = line_of(area, at);
            match row {
                Row::Region { name, documents } => {
                    draw_region(line, name.as_deref(), *documents, canvas);
                }
                Row::Document(place) => self.draw_document((line, *place), &view, canvas),
            }
        }
    }

    fn draw_document(
        &self,
        (line, place): (Rect, usize),
        view: &ShelfView<'_>,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        let Some(ix) = self.order.get(place) else { return };
        let Some(card) = view.desk.card(*ix) else { return };
        let (chosen, open) = (place == self.cursor.chosen, *ix == view.open);
        let focused = view.focus == Focused::Yes;
        let rest = mark(line, if focused { chosen } else { open }, view.focus, canvas);
        let date = card.metadata.date();
        let date = date.map_or_else(|| dash(view.desk), |date| date.to_string());
        let rest = canvas.write(rest, &date, palette.faint);
        let standing = self.standings.get(ix).copied().unwrap_or(Standing::Opened);
        let [new, changed] = canvas.look.glyphs.unseen;
        let sign = match standing {
            _ if view.desk.marks.contains(ix) => canvas.look.glyphs.marked,
            Standing::New if !open => new,
            Standing::Changed if !open => changed,
            _ => "",
        };
        canvas.write(rest, sign, palette.key);
        let read = standing == Standing::Read && !open;
        let style = if read { palette.faint } else { palette.text };
        canvas.write_cut(inset(rest, 1, 1), &card.metadata.title, style);
        if chosen && focused {
            canvas.paint(line, palette.chosen);
        } else if open {
            canvas.paint(inset(line, 1, 0), palette.marked);
        }
    }
}

/// What the drawing of the shelf must know.
#[derive(Clone, Copy)]
pub(crate) struct ShelfView<'v> {
    pub(crate) desk: &'v Desk,
    pub(crate) open: DocIndex,
    pub(crate) focus: Focused,
}

fn draw_region(line: Rect, name: Option<&str>, documents: usize, canvas: &mut Canvas<'_>) {
    let (palette, lang) = (canvas.look.palette, canvas.look.lang);
    let rest = canvas.write_right(inset(line, 1, 1), &documents.to_string(), palette.faint);
    let name = name.unwrap_or(lang.say(Message::RegionUnknown));
    canvas.write_cut(rest, name, palette.heading);
}

/// An unknown date, as wide as a known one.
fn dash(desk: &Desk) -> String {
    let sign = desk.say(Message::DateUnknown);
    format!("{}{sign}", " ".repeat(10usize.saturating_sub(desk.look.cells(sign))))
}

/// The region that a document is counted for.
pub(crate) fn region_of(library: &Library, document: DocIndex) -> Option<String> {
    Some(library.card(document)?.metadata.region?.name)
}

/// By this a document finds its place: region, then date, newest first and undated last.
fn key(card: &Card) -> impl Ord + use<> {
    let region = card.metadata.region.as_ref().map(|region| region.name.clone());
    let number = region.as_ref().map_or(usize::MAX, |name| {
        REGIONS.iter().position(|known| known == name).unwrap_or(REGIONS.len())
    });
    let date = card.metadata.date();
    (number, region, date.is_none(), std::cmp::Reverse(date))
}
