//! The finder: themes, titles and headings by a few keys, best first, with the place under the
//! cursor beside them. Matching runs on a thread; typing never waits for it.

use ratatui::layout::{Position, Rect};
use wenmai::find::filters::Kind;
use wenmai::find::topics::{Entry, TopicHit, TopicsFound, Via};
use wenmai::text::width::clusters;
use wenmai::themes::ThemeId;

use super::preview::Preview;
use super::{JumpTarget, Outcome, Screen};
use crate::tui::canvas::{Canvas, Focused, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::event::Mouse;
use crate::tui::picker::{Picked, Picker, PickerAreas};
use crate::tui::query::{Answer, Asked, Job};
use crate::tui::widget::list::{self, Pointed};
use crate::ui::action::Action;
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;

/// The finder that is open.
#[derive(Debug)]
pub(crate) struct FinderScreen {
    picker: Picker,
    found: Option<TopicsFound>,
    preview: Preview,
}

impl Screen for FinderScreen {
    fn mode(&self) -> Mode {
        self.picker.mode()
    }

    fn take_job(&mut self, number: u64) -> Option<Job> {
        let typed = self.picker.take_query(number)?;
        Some(Job { number, asked: Asked::Topics(typed) })
    }

    fn answered(&mut self, number: u64, answer: Answer) {
        if let Answer::Topics(found) = answer
            && self.picker.takes(number)
        {
            self.found = Some(found);
        }
    }

    fn awaits(&self, context: &ScreenContext) -> bool {
        self.picker.awaits() || context.themes().is_none()
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let height = PickerAreas::of(context.area).list.height.into();
        match self.picker.act(action, self.hits().len(), height) {
            Picked::Open => self.land(context),
            Picked::Close => Outcome::Close,
            Picked::Other(_) => Outcome::Ignored,
            Picked::Done | Picked::Typed => Outcome::Done,
        }
    }

    fn target(&self, context: &ScreenContext) -> Option<JumpTarget> {
        let entry = self.chosen(context)?;
        let first = |theme: ThemeId| {
            let document = context.theme(theme)?.documents.documents().next()?;
            let mention = context.mentions_of(theme, document).next()?;
            let (block, span) = (Some(mention.block), Some(mention.span));
            Some(JumpTarget { document, block, span })
        };
        match (entry.theme, entry.document) {
            (Some(theme), _) => first(theme),
            (None, document) => {
                document.map(|document| JumpTarget { document, block: entry.block, span: None })
            }
        }
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.picker.type_text(text);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let area = PickerAreas::of(context.area).list;
        match self.picker.point(mouse, cell, area, self.hits().len()) {
            Pointed::Row => self.land(context),
            Pointed::Moved | Pointed::Beside => Outcome::Done,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let height = PickerAreas::of(context.area).list.height.into();
        self.picker.show(self.hits().len(), height);
        let entry = self.chosen(context);
        self.preview = entry.map_or_else(Preview::default, |entry| Preview::of(entry, context));
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let areas = PickerAreas::of(context.area);
        areas.draw_frame(context.say(Message::FinderTitle), context, canvas);
        let cursor = self.picker.draw_prompt(areas.prompt, " > ", canvas);
        let hits = self.hits().iter().enumerate().skip(self.picker.cursor.top);
        for (line, (at, hit)) in hits.take(areas.list.height.into()).enumerate() {
            let chosen = at == self.picker.cursor.chosen;
            draw_hit(line_of(areas.list, line), hit, chosen, context, canvas);
        }
        self.draw_count(areas.count, context, canvas);
        if let Some(preview) = areas.preview() {
            self.preview.draw(preview, canvas);
        }
        cursor
    }
}

impl FinderScreen {
    /// With nothing typed yet: everything, in its order.
    pub(crate) fn new() -> Self {
        Self { picker: Picker::asking(), found: None, preview: Preview::default() }
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
            let at = (self.picker.cursor.chosen + 1).to_string();
            canvas.write_cut(line, &format!("{at} / {}", found.total), faint);
        }
    }

    fn hits(&self) -> &[TopicHit] {
        self.found.as_ref().map_or(&[], |found| &found.hits)
    }

    fn chosen<'d>(&self, context: &'d ScreenContext) -> Option<&'d Entry> {
        context.themes()?;
        context.library.topics().entry(self.hits().get(self.picker.cursor.chosen)?)
    }

    fn land(&self, context: &ScreenContext) -> Outcome {
        let Some(entry) = self.chosen(context) else { return Outcome::Done };
        match (entry.theme, entry.document) {
            (Some(theme), _) => Outcome::Theme(theme),
            (None, Some(document)) => {
                Outcome::Land(JumpTarget { document, block: entry.block, span: None })
            }
            (None, None) => Outcome::Done,
        }
    }
}

fn draw_hit(
    line: Rect,
    hit: &TopicHit,
    chosen: bool,
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let palette = canvas.look.palette;
    let Some(entry) = context.library.topics().entry(hit) else { return };
    let rest = list::mark(line, chosen, Focused::Yes, canvas);
    let rest = canvas.write_right(inset(rest, 0, 1), &kind(entry, context), palette.faint);
    let reason = reason(hit, context);
    let rest = canvas.write_right(inset(rest, 0, 1), &reason, palette.faint);
    write_matched(inset(rest, 0, 1), &entry.text, &hit.matched, canvas);
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
fn write_matched(line: Rect, text: &str, matched: &[u32], canvas: &mut Canvas<'_>) {
    let style = canvas.look.palette.text;
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
        let list = super::PickerAreas::of(reading.buffer.area).list;
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
