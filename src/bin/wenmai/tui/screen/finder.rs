//! The finder: themes, titles and headings by a few keys, best first, with the place under the
//! cursor beside them. Matching runs on a thread; typing never waits for it.

use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use wenmai::find::filters::Kind;
use wenmai::find::topics::{Entry, TopicHit, TopicsFound, Via};
use wenmai::text::width::clusters;

use super::preview::Preview;
use super::{Landing, Outcome, ScreenContext};
use crate::tui::canvas::{Canvas, Focused, inset, inside, line_of};
use crate::tui::cursor::{Cursor, Step};
use crate::tui::event::Mouse;
use crate::tui::geometry::body;
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::{self, Pointed};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::messages::Message;

/// The finder that is open.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    prompt: Prompt,
    cursor: Cursor,
    found: Option<TopicsFound>,
    /// Number of the query that is shown or awaited, and whether it is still to be asked.
    number: u64,
    unasked: bool,
    preview: Preview,
}

impl Finder {
    /// With nothing typed yet: everything, in its order.
    pub(crate) fn new() -> Self {
        Self { unasked: true, ..Self::default() }
    }

    /// The query that is to be asked now.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        if !std::mem::take(&mut self.unasked) {
            return None;
        }
        self.number = number;
        let asked = Asked::Topics(self.prompt.text().to_owned());
        Some(Job { number: self.number, asked })
    }

    /// Takes the answer to query `number`; one to an older query comes too late.
    pub(crate) fn answered(&mut self, number: u64, answer: Answer) {
        if let (true, Answer::Topics(found)) = (number == self.number, answer) {
            self.found = Some(found);
            self.cursor = Cursor::default();
        }
    }

    pub(crate) fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        if self.prompt.act(action) {
            self.unasked = true;
            return Outcome::Done;
        }
        match (list::step_of(action), action) {
            (Some(step), _) => self.step(step, context),
            (_, Action::Open) => return self.land(context),
            (_, Action::Cancel) => return Outcome::Close,
            _ => {}
        }
        Outcome::Done
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.prompt.insert(text);
        self.unasked = true;
    }

    pub(crate) fn mouse(
        &mut self,
        mouse: Mouse,
        cell: Position,
        context: &ScreenContext,
    ) -> Outcome {
        let rows = (Parts::of(context.area).list, self.hits().len());
        match list::point((mouse, cell), rows, &mut self.cursor) {
            Pointed::Row => self.land(context),
            Pointed::Moved | Pointed::Beside => Outcome::Done,
        }
    }

    pub(crate) fn lay_out(&mut self, context: &ScreenContext) {
        let height = Parts::of(context.area).list.height.into();
        self.cursor.show(self.hits().len(), height, 1);
        let entry = self.chosen(context);
        self.preview = entry.map_or_else(Preview::default, |entry| Preview::of(entry, context));
    }

    pub(crate) fn draw(
        &self,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) -> Option<Position> {
        let parts = Parts::of(context.area);
        canvas.clear(parts.body);
        parts.draw_borders(context.say(Message::FinderTitle), context, canvas);
        let caret = self.prompt.draw(parts.prompt, " > ", canvas);
        let hits = self.hits().iter().enumerate().skip(self.cursor.top);
        for (line, (at, hit)) in hits.take(parts.list.height.into()).enumerate() {
            let line = line_of(parts.list, line);
            draw_hit(line, (hit, at == self.cursor.chosen), context, canvas);
        }
        self.draw_count(parts.count, context, canvas);
        if let Some(preview) = parts.preview {
            self.preview.draw(inset(inside(preview), 1, 1), canvas);
        }
        Some(caret)
    }

    fn draw_count(&self, line: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let faint = canvas.look.palette.faint;
        let line = inset(line, 1, 1);
        let Some(found) = &self.found else {
            canvas.write_cut(line, context.say(Message::Indexing), faint);
            return;
        };
        if let Some(wrong) = &found.ignored {
            canvas.write_cut(line, &wrong.to_string(), faint);
        } else if found.total == 0 {
            canvas.write_cut(line, context.say(Message::NoTopic), faint);
        } else {
            let at = (self.cursor.chosen + 1).to_string();
            canvas.write_cut(line, &format!("{at} / {}", found.total), faint);
        }
    }

    fn hits(&self) -> &[TopicHit] {
        self.found.as_ref().map_or(&[], |found| &found.hits)
    }

    fn chosen<'d>(&self, context: &'d ScreenContext) -> Option<&'d Entry> {
        context.themes()?;
        context.library.topics().entry(self.hits().get(self.cursor.chosen)?)
    }

    fn step(&mut self, step: Step, context: &ScreenContext) {
        let height = Parts::of(context.area).list.height.into();
        self.cursor.step(step, self.hits().len(), height);
    }

    fn land(&self, context: &ScreenContext) -> Outcome {
        let Some(entry) = self.chosen(context) else { return Outcome::Done };
        match (entry.theme, entry.document) {
            (Some(theme), _) => Outcome::Theme(theme),
            (None, Some(document)) => {
                Outcome::Land(Landing { document, block: entry.block, span: None })
            }
            (None, None) => Outcome::Done,
        }
    }
}

/// The parts of the screen.
pub(super) struct Parts {
    pub(super) body: Rect,
    pub(super) left: Rect,
    pub(super) prompt: Rect,
    pub(super) list: Rect,
    pub(super) count: Rect,
    pub(super) preview: Option<Rect>,
}

/// Columns from which on there is room for a preview.
const WITH_PREVIEW: u16 = 72;

impl Parts {
    pub(super) fn of(area: Rect) -> Self {
        let body = body(area);
        let beside = body.width >= WITH_PREVIEW;
        let width = if beside { (body.width * 9 / 20).max(34) } else { body.width };
        let left = Rect { width, ..body };
        let preview = Rect { x: body.x + width - 1, width: body.width - width + 1, ..body };
        let inner = inside(left);
        let count = line_of(inner, inner.height.saturating_sub(1).into());
        let list = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(3),
            ..inner
        };
        let prompt = line_of(inner, 0);
        Self { body, left, prompt, list, count, preview: beside.then_some(preview) }
    }

    pub(super) fn draw_borders(
        &self,
        title: &str,
        context: &ScreenContext,
        canvas: &mut Canvas<'_>,
    ) {
        let palette = canvas.look.palette;
        if let Some(preview) = self.preview {
            canvas.border(
                preview,
                context.say(Message::PreviewTitle),
                palette.border_of(Focused::No),
            );
        }
        canvas.border(self.left, title, palette.border_of(Focused::Yes));
        if self.preview.is_some() {
            let [above, below, ..] = canvas.look.glyphs.tees;
            let x = self.left.right() - 1;
            canvas.join(x, self.left.y, above);
            canvas.join(x, self.left.bottom().saturating_sub(1), below);
        }
    }
}

fn draw_hit(
    line: Rect,
    (hit, chosen): (&TopicHit, bool),
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let Some(entry) = context.library.topics().entry(hit) else { return };
    let rest = list::mark(line, chosen, Focused::Yes, canvas);
    let rest = canvas.write_right(inset(rest, 0, 1), &kind(entry, context), palette.faint);
    let reason = reason(hit, context);
    let rest = canvas.write_right(inset(rest, 0, 1), &reason, palette.faint);
    write_matched(inset(rest, 0, 1), (&entry.text, &hit.matched), palette.text, canvas);
    if chosen {
        canvas.paint(line, palette.chosen);
    }
}

/// By what it was found.
fn reason(hit: &TopicHit, context: &ScreenContext) -> String {
    if let Some(alias) = &hit.alias {
        return format!("= {alias}");
    }
    let message = match hit.via {
        Via::Text => return String::new(),
        Via::Script => Message::ViaScript,
        Via::Alias => Message::ViaAlias,
        Via::Pinyin => Message::ViaPinyin,
        Via::Initials => Message::ViaInitials,
    };
    context.say(message).to_owned()
}

/// What it is.
fn kind(entry: &Entry, context: &ScreenContext) -> String {
    match entry.kind {
        Kind::Theme => context.tell(
            Message::ThemeCounts,
            &[&entry.documents.to_string(), &entry.mentions.to_string()],
        ),
        Kind::Title => context.say(Message::KindTitle).to_owned(),
        _ => context.say(Message::KindHeading).to_owned(),
    }
}

/// Writes text with some of its characters standing out.
fn write_matched(
    line: Rect,
    (text, matched): (&str, &[u32]),
    style: Style,
    canvas: &mut Canvas<'_>,
) {
    let hit = style.patch(canvas.look.palette.hit);
    let mut rest = line;
    let mut character = 0u32;
    for (_, cluster) in clusters(text) {
        let next = character + cluster.chars().count() as u32;
        let at = matched.partition_point(|place| *place < character);
        let met = matched.get(at).is_some_and(|place| *place < next);
        rest = canvas.write(rest, cluster, if met { hit } else { style });
        character = next;
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::Reading;

    #[test]
    fn initials_lead_to_a_title_and_what_met_them_stands_out() {
        let mut reading = Reading::new(120, 36);
        reading.press("t").type_text("sztlz").type_text(" ");
        reading.press("Backspace Backspace").type_text("xx");
        assert!(reading.screen().contains("没有相近的条目"));
        reading.press("Ctrl-u").type_text("gjfzgy");
        let screen = reading.screen();
        assert!(screen.contains("▌国家发展纲要"), "{screen}");
        assert!(screen.contains("首字母 标题"));
        assert!(screen.contains("量子信息"), "the preview shows the text");
        let hit = crate::ui::palette::Palette::PLAIN.hit;
        let list = super::Parts::of(reading.buffer.area).list;
        assert!(reading.drawn_in_area(list, hit).starts_with("国家发展纲要"));
        reading.press("Enter");
        assert!(reading.screen().contains("全国 · 新华网 · 2021-10-10"));
        assert!(reading.press("Ctrl-o").screen().contains("先行先试"));
    }

    #[test]
    fn the_caret_stands_in_the_prompt_at_every_moment() {
        let mut reading = Reading::new(80, 24);
        reading.press("t");
        let empty = reading.caret.expect("a caret");
        reading.type_text("人工");
        let typed = reading.caret.expect("a caret");
        assert_eq!((typed.x - empty.x, typed.y), (4, empty.y));
    }

    #[test]
    fn an_answer_to_an_older_query_comes_too_late() {
        use crate::tui::event::Event;
        use crate::tui::query::Answer;
        use wenmai::find::topics::TopicsFound;
        let mut reading = Reading::new(120, 36);
        reading.press("t").type_text("gjfzgy");
        reading.send(Event::Answered(1, Answer::Topics(TopicsFound::default())));
        assert!(reading.screen().contains("▌国家发展纲要"));
    }
}
