//! Figures of one object across texts: region, year, done or promised, the figure, and the line beside
//! it; or the figures of one text. A region that is not listed has none here, which is not zero. They
//! are looked for on a thread.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::layout::{Position, Rect};
use wenmai::document::DocIndex;
use wenmai::facts::across::{FigureIn, ObjectPattern};
use wenmai::facts::targets::TargetKind;

use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, inset};
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::query::{Answer, Asked, FiguresOf, Job};
use crate::tui::widget::wrapped::draw_wrapped;
use crate::tui::widget::{kwic, list, list_frame};
use crate::ui::action::Action;
use crate::ui::messages::Message;
use crate::ui::over_time::OverTime;

/// Cells of region, year, done or promised, and the figure.
const COLUMNS: [u16; 4] = [10, 8, 9, 14];

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum FigureOrder {
    /// Regions, in each the years, results before promises.
    #[default]
    Region,
    /// Years, in each the regions.
    Year,
    /// The largest value first.
    Value,
}

/// The figures that are open.
#[derive(Debug)]
pub(crate) struct PromisesScreen {
    of: FiguresOf,
    /// The open text.
    document: DocIndex,
    /// The object and what it is called, where one is asked for.
    across: Option<(String, ObjectPattern)>,
    number: u64,
    unasked: bool,
    found: Option<Arc<[FigureIn]>>,
    /// The rows in their order, as numbers of `found`.
    rows: Vec<usize>,
    order: FigureOrder,
    sorted: bool,
    cursor: Cursor,
}

impl PromisesScreen {
    /// The figures of `object`, called `name`, in all texts; `document` is open.
    pub(crate) fn across(name: String, object: ObjectPattern, document: DocIndex) -> Self {
        let of = FiguresOf::Object(object.clone());
        Self { across: Some((name, object)), ..Self::new(of, document) }
    }

    /// The figures of `document`, in reading order.
    pub(crate) fn of(document: DocIndex) -> Self {
        Self::new(FiguresOf::Document(document), document)
    }

    fn new(of: FiguresOf, document: DocIndex) -> Self {
        Self {
            of,
            document,
            across: None,
            number: 0,
            unasked: true,
            found: None,
            rows: Vec::new(),
            order: FigureOrder::default(),
            sorted: false,
            cursor: Cursor::default(),
        }
    }

    /// From all texts to the open one, and back.
    fn turn(&mut self, context: &ScreenContext) {
        let other = match (&self.of, &self.across) {
            (FiguresOf::Object(_), _) => FiguresOf::Document(self.document),
            (FiguresOf::Document(_), Some((_, object))) => FiguresOf::Object(object.clone()),
            (FiguresOf::Document(_), None) => return,
        };
        let across = self.across.take();
        *self = Self { across, ..Self::new(other, self.document) };
        self.sort(context);
    }

    fn figure(&self, row: usize) -> Option<&FigureIn> {
        self.found.as_ref()?.get(*self.rows.get(row)?)
    }

    fn place(&self) -> Option<JumpTarget> {
        let place = self.figure(self.cursor.chosen)?.target.place;
        let (block, span) = (Some(place.block), Some(place.span));
        Some(JumpTarget { document: place.document, block, span })
    }

    fn land(&self) -> Outcome {
        self.place().map_or(Outcome::Done, Outcome::Land)
    }

    fn sort(&mut self, context: &ScreenContext) {
        let Some(found) = &self.found else { return };
        self.sorted = true;
        self.rows = (0..found.len()).collect();
        let of_document = matches!(self.of, FiguresOf::Document(_));
        if of_document && self.order == FigureOrder::Region {
            return;
        }
        let region = |one: &FigureIn| context.region(one.document).map(str::to_owned);
        let year = |one: &FigureIn| one.target.deadline.as_ref().and_then(|day| day.year());
        let is_promise = |one: &FigureIn| one.target.kind != TargetKind::Result;
        match self.order {
            FigureOrder::Region => self.rows.sort_by_cached_key(|at| {
                let one = &found[*at];
                let region = region(one);
                // The whole country first, what has no region last.
                let rank = (region.is_none(), region.as_deref() != Some("全国"));
                (rank, region, year(one), is_promise(one))
            }),
            FigureOrder::Year => self.rows.sort_by_cached_key(|at| {
                let one = &found[*at];
                (year(one).is_none(), year(one), is_promise(one), region(one))
            }),
            FigureOrder::Value => self.rows.sort_by(|a, b| {
                let (a, b) = (&found[*a].target, &found[*b].target);
                a.unit.cmp(&b.unit).then(b.value.total_cmp(&a.value))
            }),
        }
    }

    fn title(&self, context: &ScreenContext) -> String {
        let lang = context.look.lang;
        let own = OverTime::PromisesOf.say(lang);
        let across = self.across.as_ref().filter(|_| matches!(self.of, FiguresOf::Object(_)));
        let name = across.map_or(own, |(name, _)| name.as_str());
        let Some(found) = &self.found else { return name.to_owned() };
        let documents: BTreeSet<DocIndex> = found.iter().map(|one| one.document).collect();
        let counts = [found.len(), documents.len()].map(|count| count.to_string());
        OverTime::PromisesHead.tell(lang, &[name, &counts[0], &counts[1]])
    }

    fn draw_row(
        &self,
        line: Rect,
        one: &FigureIn,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let (lang, palette) = (context.look.lang, canvas.look.palette);
        let target = &one.target;
        let year = target.deadline.as_ref().and_then(|day| day.year());
        let kind = match target.kind {
            TargetKind::Result => OverTime::Done,
            TargetKind::Promise | TargetKind::Limit => OverTime::Promised,
        };
        let cells = [
            context.region(one.document).unwrap_or("—").to_owned(),
            year.map_or_else(|| "—".to_owned(), |year| year.to_string()),
            kind.say(lang).to_owned(),
            target.figure.clone(),
        ];
        let styles = [palette.heading, palette.faint, palette.faint, palette.theme];
        let mut rest = line;
        for ((cell, width), style) in cells.iter().zip(COLUMNS).zip(styles) {
            let width = width.min(rest.width);
            let room = Rect { width: width.saturating_sub(1), ..rest };
            canvas.write_cut(room, cell, style);
            rest = inset(rest, width, 0);
        }
        let block = context
            .document(one.document)
            .and_then(|document| document.blocks.get(target.place.block as usize));
        if let Some(block) = block.filter(|_| rest.width > 8) {
            kwic::draw(rest, &block.text, target.place.span, palette.theme, canvas);
        }
    }

    /// Object and document of the chosen figure.
    fn status(&self, context: &ScreenContext) -> String {
        let Some(one) = self.figure(self.cursor.chosen) else { return String::new() };
        let card = context.card(one.document);
        let title = card.map_or_else(String::new, |card| card.metadata.title);
        let order = match self.order {
            FigureOrder::Region => OverTime::SortRegion,
            FigureOrder::Year => OverTime::SortYear,
            FigureOrder::Value => OverTime::SortValue,
        };
        let order = order.say(context.look.lang);
        format!("{} {} · {title} · {order}", one.target.object, one.target.figure)
    }
}

impl Screen for PromisesScreen {
    fn hints(&self) -> &'static [Action] {
        &[Action::Open, Action::Sort, Action::Scope, Action::Cancel]
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        Some(Job { number, asked: Asked::Figures(self.of.clone()) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Figures(found)) = (number == self.number, answer) {
            self.found = Some(found);
            self.sorted = false;
        }
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if let Some(step) = list::step_of(action) {
            let height = list_frame::inner(context.area).height.into();
            self.cursor.step(step, self.rows.len(), height);
            return Outcome::Done;
        }
        match action {
            Action::Open => self.land(),
            Action::Cancel | Action::Quit | Action::Promises => Outcome::Close,
            Action::Scope => {
                self.turn(context);
                Outcome::Done
            }
            Action::Sort => {
                self.order = match self.order {
                    FigureOrder::Region => FigureOrder::Year,
                    FigureOrder::Year => FigureOrder::Value,
                    FigureOrder::Value => FigureOrder::Region,
                };
                self.sorted = false;
                self.cursor = Cursor::default();
                Outcome::Done
            }
            _ => Outcome::Ignored,
        }
    }

    fn target(&self, _context: &ScreenContext) -> Option<JumpTarget> {
        self.place()
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (list_frame::inner(context.area), self.rows.len());
        if list_frame::is_opened(mouse, cell, area, len, &mut self.cursor) {
            return self.land();
        }
        Outcome::Done
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        if !self.sorted {
            self.sort(context);
        }
        self.cursor.show(self.rows.len(), list_frame::inner(context.area).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        list_frame::draw(context.area, &self.title(context), canvas);
        let area = list_frame::inner(context.area);
        if self.rows.is_empty() {
            let said = match &self.found {
                Some(_) => OverTime::NoPromise.say(context.look.lang),
                None => context.say(Message::Seeking),
            };
            draw_wrapped(inset(area, 1, 1), said, canvas);
        }
        list_frame::draw_rows(area, self.cursor, self.rows.len(), canvas, |line, at, canvas| {
            if let Some(one) = self.figure(at) {
                self.draw_row(line, one, context, canvas);
            }
        });
        list_frame::draw_status(context.area, &self.status(context), canvas);
        None
    }
}

#[cfg(test)]
mod tests {
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    use crate::tui::testing::{Reading, document};

    fn library() -> Library {
        let text = |id, region, date, said| document(id, Some(region), date, &["工作报告", said]);
        let documents = vec![
            text(
                "a",
                "浙江",
                "2024-01-01",
                "到2025年，研发投入强度达到3.3%以上，港口吞吐量达到20亿吨。",
            ),
            text(
                "b",
                "上海",
                "2024-01-01",
                "2023年研发投入强度达到4.4%。到2027年，研发投入强度达到4.8%。",
            ),
            text("c", "福建", "2024-01-01", "没有这样的数。"),
        ];
        Library::new(documents, Vec::new(), Lexicon::default())
    }

    #[test]
    fn the_figures_of_the_open_text_are_one_key_away() {
        let mut reading = Reading::of(library(), 100, 24);
        let screen = reading.press("P W").screen();
        assert!(screen.contains("本文指标：2 个数，1 篇"), "{screen}");
        reading.press("j Enter");
        assert!(reading.screen().contains("文本"), "{}", reading.screen());
    }

    #[test]
    fn a_text_without_figures_says_how_to_go_on() {
        let text = document("c", Some("福建"), "2024-01-01", &["工作报告", "没有这样的数。"]);
        let library = Library::new(vec![text], Vec::new(), Lexicon::default());
        let screen = Reading::of(library, 100, 24).press("P").screen();
        assert!(screen.contains("没有目标或成效的数"), "{screen}");
    }

    #[test]
    fn figures_of_a_theme_come_by_region_then_by_year_then_by_value() {
        let mut reading = Reading::of(library(), 100, 24);
        let lines = |screen: &str| -> Vec<String> {
            let rows = screen.lines().skip(1).take(3);
            let letters =
                |row: &str| row.chars().filter(|c| !" │▌".contains(*c)).collect::<String>();
            rows.map(letters)
                .map(|row| row.split(['%', '。']).next().unwrap_or("").to_owned())
                .collect()
        };
        let by_region = lines(&reading.press("3 Enter 2 P").screen());
        assert_eq!(by_region, ["上海2023已完成4.4", "上海2027目标4.8", "浙江2025目标3.3"]);
        let by_year = lines(&reading.press("S").screen());
        assert_eq!(by_year[1], "浙江2025目标3.3");
        let by_value = lines(&reading.press("S").screen());
        assert!(by_value[0].contains("4.8"), "{by_value:?}");
    }
}
