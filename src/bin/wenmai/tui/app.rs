//! The program's state, and how an event changes it. Nothing is read or written here: what is to be
//! done outside comes back as an effect.

mod anywhere;
mod outcome;

use std::collections::VecDeque;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use wenmai::annotations::reading_state::Change;
use wenmai::error::Error;
use wenmai::library::Library;
use wenmai::library::refresh::Progress;

use super::annotation_session::AnnotationSession;
use super::background::Background;
use super::canvas::{Canvas, Look, inset};
use super::context::ScreenContext;
use super::effect::Effect;
use super::event::{Event, Mouse};
use super::geometry::{Around, Pane, Panes, status_line};
use super::moved::Moved;
use super::query::{Answer, Asked, Job};
use super::screen::reader::Reader;
use super::screen::{Outcome, Screen};
use super::shared_text::Wording;
use super::widget::status;
use crate::ui::action::Action;
use crate::ui::keymap::{KeyPress, Keymap, Meaning, Mode};
use crate::ui::messages::Message;
use crate::ui::palette::Palette;

/// Everything that is shown, and what it depends on.
#[derive(Debug)]
pub(crate) struct App {
    context: ScreenContext,
    /// Keys that were pressed and begin a longer chord.
    begun: Vec<KeyPress>,
    /// Keys that wait for the answer to what was typed before them.
    held: VecDeque<KeyPress>,
    reader: Reader,
    /// What is open over the reader, the last one on top.
    over: Vec<Box<dyn Screen>>,
    /// The matrix and the comparison that were closed last: they open again as they were left.
    kept: Vec<Box<dyn Screen>>,
    /// Number of the last query.
    asked: u64,
    /// The last query about a library that is no longer shown.
    outdated: u64,
    /// A library that takes the place of this one when nothing is open over the reader.
    next: Option<Arc<Library>>,
    /// What takes back the changes of annotations, the last one at the end.
    undo: Vec<Vec<Change>>,
    /// How often the next movement is to be done: digits typed before it.
    count: usize,
    /// What is said over a screen, until the next key.
    notice: Option<String>,
    /// Why there is nothing to read.
    failure: Option<Arc<Error>>,
}

/// The largest count of a movement.
const MOST_COUNT: usize = 10_000;

impl App {
    /// The reader on the document of `library` that was open last, else on the first one.
    pub(crate) fn new(
        library: Arc<Library>,
        keeping: AnnotationSession,
        keymap: Keymap,
        today: jiff::civil::Date,
        look: Look,
        area: Rect,
    ) -> Self {
        let wording = Wording::default();
        let (marks, compared) = (Vec::new(), Vec::new());
        let context = ScreenContext {
            library,
            themes_ready: false,
            indexing: None,
            skipped: Vec::new(),
            marks,
            compared,
            wording,
            keeping,
            today,
            keymap,
            look,
            area,
        };
        let reader = Reader::new(&context);
        Self {
            context,
            begun: Vec::new(),
            held: VecDeque::new(),
            reader,
            over: Vec::new(),
            kept: Vec::new(),
            asked: 0,
            outdated: 0,
            next: None,
            undo: Vec::new(),
            count: 0,
            notice: None,
            failure: None,
        }
    }

    /// Says from the first frame on that files are being read.
    pub(crate) fn reading_files(&mut self) {
        self.context.indexing = Some(Progress { read: 0, of: 0 });
    }

    /// The library that is shown.
    pub(crate) fn library(&self) -> &Arc<Library> {
        &self.context.library
    }

    /// Why there is nothing to read, where that is so.
    pub(crate) fn failure(self) -> Option<anyhow::Error> {
        self.failure.and_then(Arc::into_inner).map(anyhow::Error::from)
    }

    /// Answers an event.
    pub(crate) fn update(&mut self, event: Event) -> Effect {
        let effect = self.answer(event);
        self.finish(effect)
    }

    /// Answers the next of the keys that have waited, if it need not wait any longer.
    pub(crate) fn replay(&mut self) -> Option<Effect> {
        if self.awaits() {
            return None;
        }
        let key = self.held.pop_front()?;
        let effect = self.press(key);
        Some(self.finish(effect))
    }

    /// True while what is typed is not answered yet.
    fn awaits(&self) -> bool {
        match self.over.last() {
            Some(screen) => screen.awaits(&self.context),
            None => self.reader.awaits(),
        }
    }

    fn finish(&mut self, effect: Effect) -> Effect {
        self.remember();
        if effect != Effect::None {
            return effect;
        }
        let next = if self.over.is_empty() { self.next.take() } else { None };
        if let Some(library) = next {
            self.replace(library);
            return Effect::NewLibrary;
        }
        self.asked += 1;
        let job = match self.over.last_mut() {
            Some(screen) => screen.take_job(self.asked),
            None => self.reader.take_job(self.asked),
        };
        job.or_else(|| self.wording_job()).map_or(effect, Effect::Ask)
    }

    /// Remembers where the open document stands.
    fn remember(&mut self) {
        let Some((index, spot, read)) = self.reader.stands_at(&self.context) else { return };
        let library = Arc::clone(&self.context.library);
        if let Some(document) = library.document(index) {
            self.context.keeping.leave(index, document, spot, read);
        }
    }

    /// What is to be written of what the user keeps.
    pub(crate) fn take_pending(&mut self) -> Vec<Change> {
        self.context.keeping.take_pending()
    }

    /// The search for what the open document shares, where it is wanted and not known.
    fn wording_job(&mut self) -> Option<Job> {
        let document = self.reader.document();
        let sought = self.context.wording.take(document);
        sought.then_some(Job { number: self.asked, asked: Asked::Wording(document) })
    }

    fn answer(&mut self, event: Event) -> Effect {
        match event {
            Event::Key(key) if self.held.is_empty() || self.breaks_off(key) => {
                self.held.clear();
                return self.press(key);
            }
            Event::Key(key) => self.held.push_back(key),
            Event::Paste(text) => self.type_text(&text),
            Event::Mouse(mouse, cell) => return self.point(mouse, cell),
            Event::Answered(number, _) if number <= self.outdated => {}
            Event::Answered(_, Answer::Report(Ok(path))) => {
                let told =
                    self.context.tell(Message::ReportWritten, &[&path.display().to_string()]);
                self.reader.notify(told);
            }
            Event::Answered(_, Answer::Report(Err(why))) => {
                self.reader.notify(self.context.tell(Message::NotDone, &[&why]));
            }
            Event::Answered(_, Answer::Wording(document, shared)) => {
                self.context.wording.found(document, shared);
            }
            Event::Answered(number, answer) => match self.over.last_mut() {
                Some(screen) => screen.answered(number, answer),
                None => self.reader.answered(number, &answer, &self.context),
            },
            Event::ThemesReady(library) if Arc::ptr_eq(&library, &self.context.library) => {
                self.context.themes_ready = true;
                let known = self.context.library.has_shared_text();
                let characters = self.context.library.themes().all_characters();
                self.context.wording.want_if_cheap(if known { 0 } else { characters });
            }
            Event::Copied(copied) => {
                self.reader.notify_copied(&copied, &self.context);
                self.notice = self.reader.notice().map(str::to_owned);
            }
            Event::SettingKept(path) => {
                let told = self.context.tell(Message::SettingKept, &[&path.display().to_string()]);
                self.reader.notify(told);
            }
            Event::Edited(text) => {
                let outcome = self.reader.note_edited(&text, &self.context);
                return self.settle(outcome);
            }
            Event::Background(background) => self.follow_background(background),
            Event::NotDone(why) => {
                self.reader.notify(self.context.tell(Message::NotDone, &[&why]));
            }
            Event::NotKept(why) => self.reader.notify_not_kept(&why, &self.context),
            Event::ThemesReady(_) => {}
            Event::Library(library) => self.next = Some(library),
            Event::Indexing(progress) => self.context.indexing = progress,
            Event::Skipped(skipped) => self.context.skipped = skipped,
            Event::Trouble(trouble) => self.reader.notify(trouble),
            Event::Failed(error) => {
                self.failure = Some(error);
                return Effect::Fail;
            }
            Event::Resize => {}
            Event::Continued => return Effect::Redraw,
            Event::StopAsked => return Effect::Suspend,
            Event::Ended(_) | Event::InputLost => return Effect::Quit,
        }
        Effect::None
    }

    /// Shows `library` in the place of the one that is shown; what is read stays where it is.
    fn replace(&mut self, library: Arc<Library>) {
        let before = std::mem::replace(&mut self.context.library, library);
        let moved = Moved::new(&before, &self.context.library);
        self.outdated = self.asked;
        self.kept.clear();
        self.context.themes_ready = self.context.library.known_themes().is_some();
        self.context.wording = self.context.wording.begin_anew();
        self.context.keeping.begin_anew();
        for documents in [&mut self.context.marks, &mut self.context.compared] {
            *documents = documents.iter().filter_map(|one| moved.document(*one)).collect();
        }
        if before.is_empty() {
            self.reader = Reader::new(&self.context);
        } else {
            self.reader.replaced(&moved, &self.context);
        }
    }

    /// Takes colours for the background that the terminal has, unless the user has chosen others since.
    fn follow_background(&mut self, background: Background) {
        if self.context.look.palette == Palette::SIXTEEN {
            self.context.look.palette = match background {
                Background::Dark => Palette::DARK,
                Background::Light => Palette::LIGHT,
            };
        }
    }

    /// Takes a new size of the terminal.
    pub(crate) fn resize(&mut self, area: Rect) {
        let before = std::mem::replace(&mut self.context.area, area);
        self.reader.resized(before, &self.context);
    }

    /// Prepares drawing: sets what a change of size, document or view has made necessary.
    pub(crate) fn lay_out(&mut self) {
        self.reader.lay_out(&self.context);
        if let Some(screen) = self.over.last_mut() {
            screen.lay_out(&self.context);
        }
    }

    /// Draws a frame; where the terminal's cursor stands.
    pub(crate) fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        let mut canvas = Canvas::new(buffer, &self.context.look);
        let caret = self.reader.draw(&self.context, &mut canvas);
        let Some(screen) = self.over.last() else { return caret };
        self.draw_hints(screen.as_ref(), &mut canvas);
        let cursor = screen.draw(&self.context, &mut canvas);
        if let Some(notice) = &self.notice {
            let line = status_line(self.context.area);
            canvas.clear(line);
            canvas.write_cut(inset(line, 1, 1), notice, canvas.look.palette.focus);
        }
        cursor
    }

    /// The keys of what is open over the reader, in the place of the reader's own.
    fn draw_hints(&self, screen: &dyn Screen, canvas: &mut Canvas<'_>) {
        if let Some(line) = Panes::of(self.context.area, Pane::Article, Around::Everything).hints {
            canvas.clear(line);
            let mode = screen.mode();
            status::hints(line, &self.context.keymap, mode, screen.hints(), canvas);
        }
    }

    fn mode(&self) -> Mode {
        self.over.last().map_or_else(|| self.reader.mode(), |screen| screen.mode())
    }

    /// True for a key that does not wait: it cancels, or leaves.
    fn breaks_off(&self, key: KeyPress) -> bool {
        let meaning = self.context.keymap.meaning(self.mode(), &[key]);
        matches!(meaning, Meaning::Does(Action::Cancel | Action::QuitNow | Action::Suspend))
    }

    fn press(&mut self, key: KeyPress) -> Effect {
        // Several keys may come between two frames; each needs the lines that the last one made.
        self.lay_out();
        let mode = self.mode();
        if self.over.is_empty() && key.is_tab() && self.reader.tab_is_forward() {
            return self.act(Action::Forward);
        }
        self.begun.push(key);
        let meaning = self.context.keymap.meaning(mode, &self.begun);
        if let Some(effect) = self.count_digit(key, mode, meaning) {
            return effect;
        }
        let count = std::mem::take(&mut self.count);
        let begun = std::mem::take(&mut self.begun);
        match (meaning, key.character()) {
            (Meaning::Does(action), _) if self.awaits() && action.uses_list() => {
                self.held.push_front(key);
                Effect::None
            }
            (Meaning::Does(action), _) if count > 1 => self.repeat(action, count),
            (Meaning::Does(action), _) => self.act(action),
            (Meaning::Begins, _) => {
                self.reader.notify_begun(&begun);
                self.begun = begun;
                Effect::None
            }
            (Meaning::Nothing, _) if begun.len() > 1 => {
                self.reader.notify_begun(&[]);
                Effect::None
            }
            (Meaning::Nothing, Some(c)) if mode == Mode::Letter => {
                let outcome = self.reader.take_letter(c, &self.context);
                self.settle(outcome)
            }
            (Meaning::Nothing, Some(c)) if mode == Mode::Typing => {
                self.type_text(c.encode_utf8(&mut [0; 4]));
                Effect::None
            }
            (Meaning::Nothing, _) => Effect::None,
        }
    }

    /// Takes a digit of a count. One that is bound to an action only goes on with a count.
    fn count_digit(&mut self, key: KeyPress, mode: Mode, meaning: Meaning) -> Option<Effect> {
        let digit = key.character().and_then(|c| c.to_digit(10))?;
        let begins = meaning == Meaning::Nothing && digit > 0;
        if mode != Mode::Reading || self.begun.len() > 1 || !(begins || self.count > 0) {
            return None;
        }
        self.begun.clear();
        self.count = (self.count * 10 + digit as usize).min(MOST_COUNT);
        self.reader.notify(self.count.to_string());
        Some(Effect::None)
    }

    /// Does a movement so many times; with a count the end of a text is that paragraph.
    fn repeat(&mut self, action: Action, count: usize) -> Effect {
        if matches!(action, Action::Bottom | Action::Top) && self.over.is_empty() {
            return self.settle(Outcome::GoTo(count.to_string()));
        }
        if !action.repeats() {
            return self.act(action);
        }
        for _ in 1..count {
            let effect = self.act(action);
            if effect != Effect::None {
                return effect;
            }
            self.lay_out();
        }
        self.act(action)
    }

    fn type_text(&mut self, text: &str) {
        match self.over.last_mut() {
            Some(screen) => screen.type_text(text, &self.context),
            None => self.reader.type_text(text, &self.context),
        }
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::Suspend => return Effect::Suspend,
            Action::Redraw => return Effect::Redraw,
            Action::QuitNow => return Effect::Quit,
            Action::Undo => {
                self.undo();
                return Effect::None;
            }
            Action::Palette => {
                self.context.look.palette = self.context.look.palette.next();
                self.reader.notify_palette(&self.context);
                return Effect::None;
            }
            Action::Passages
            | Action::NextShared
            | Action::SharedElsewhere
            | Action::DimNational => {
                self.context.wording.want();
            }
            _ => {}
        }
        self.notice = None;
        let outcome = match self.over.last_mut() {
            Some(screen) => screen.act(action, &self.context),
            None => self.reader.act(action, &self.context),
        };
        match outcome {
            Outcome::Ignored => self.act_over_screen(action),
            outcome => self.settle(outcome),
        }
    }

    fn point(&mut self, mouse: Mouse, cell: Position) -> Effect {
        self.lay_out();
        let outcome = match self.over.last_mut() {
            Some(screen) => screen.mouse(mouse, cell, &self.context),
            None => {
                self.reader.mouse(mouse, cell, &self.context);
                Outcome::Done
            }
        };
        self.settle(outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Reading;
    use super::*;
    use crate::ui::action::TABLE;

    #[test]
    fn every_size_is_drawn_without_a_panic_whatever_is_open() {
        let mut reading = Reading::new(80, 24);
        // https://github.com/lablup/all-smi/issues/326
        for keys in ["2", "1", "3", "/", "Esc", "?", "q", "o", "q", "r", "z", "z", "2 /"] {
            reading.press(keys);
            for (width, height) in (0..=60).flat_map(|w| (0..=20).map(move |h| (w, h))) {
                reading.resize(width, height);
            }
        }
    }

    #[test]
    fn a_key_does_what_its_row_of_the_table_says_or_nothing_but_never_panics() {
        for entry in TABLE {
            for key in entry.keys {
                for start in ["2", "1", "3", "?", "o", "/", "x", "p", "c Tab Enter"] {
                    Reading::new(60, 16).press(start).press(key).press(key);
                }
            }
        }
    }

    #[test]
    fn q_closes_what_is_open_first_and_then_leaves() {
        let mut reading = Reading::new(80, 24);
        reading.press("?");
        assert!(reading.screen().contains("帮助"));
        assert_eq!(reading.press("q").effect, Effect::None);
        assert_eq!(reading.press("1 q").effect, Effect::None);
        assert_eq!(reading.press("q").effect, Effect::Quit);
    }

    #[test]
    fn the_hint_bar_says_only_what_keys_really_do() {
        let reading = Reading::new(200, 24);
        let hints = reading.row(23);
        for hint in ["] [ 换文本", "> < 换地区", "Ctrl-o 返回", "? 帮助", "q 退出"] {
            assert!(hints.contains(hint), "{hint} in {hints}");
        }
    }

    #[test]
    fn whole_screens_look_as_they_were_reviewed() {
        for (width, height) in [(80, 24), (120, 40), (30, 8)] {
            let reading = Reading::new(width, height);
            insta::assert_snapshot!(format!("reader_{width}x{height}"), reading.screen());
        }
        insta::assert_snapshot!("help_80x24", Reading::new(80, 24).press("?").screen());
        insta::assert_snapshot!("outline_80x24", Reading::new(80, 24).press("o").screen());
        insta::assert_snapshot!("documents_80x24", Reading::new(80, 24).press("1").screen());
    }

    #[test]
    fn help_is_searched_and_does_what_is_chosen() {
        let mut reading = Reading::new(80, 24);
        reading.press("? /").type_text("outline");
        assert!(reading.caret.is_some());
        assert!(reading.screen().contains("本文大纲"));
        assert!(!reading.screen().contains("半屏"));
        reading.press("Enter");
        assert!(reading.screen().contains("─ 大纲 ─"), "{}", reading.screen());
    }

    #[test]
    fn keys_typed_ahead_wait_for_the_answer_to_what_was_typed() {
        let typed = |text: &str| text.chars().map(|c| c.to_string()).collect::<Vec<_>>().join(" ");
        for (keys, opens) in [
            (format!("1 g / {} Enter", typed("上海推进")), "上海 · 新华网"),
            (format!("t {} Enter", typed("gjfzgy")), "全国 · 新华网 · 2021-10-10"),
            (format!("s {} Enter", typed("计量测试")), "全国 · 新华网 · 2022-07-19"),
        ] {
            let mut reading = Reading::new(120, 36);
            reading.burst(&keys);
            assert!(reading.screen().contains(opens), "{keys}\n{}", reading.screen());
        }
    }

    #[test]
    fn escape_does_not_wait_and_takes_back_the_keys_that_do() {
        let mut reading = Reading::new(120, 36);
        reading.burst("t g j Enter Esc");
        assert!(reading.screen().contains("共同主题"), "{}", reading.screen());
        assert!(reading.screen().contains("北京 · 新华网"), "{}", reading.screen());
    }

    fn numbered() -> Reading {
        let texts: Vec<String> =
            (1..60).map(|n| format!("第{n}项，抓好落实，及时报告。")).collect();
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.insert(0, "通知");
        texts.push("第十二条　附则。");
        let only = super::super::testing::document("a", None, "2022-01-01", &texts);
        let lexicon = wenmai::themes::vocabulary::Lexicon::default();
        Reading::of(Library::new(vec![only], Vec::new(), lexicon), 120, 24)
    }

    #[test]
    fn a_count_repeats_a_movement_and_a_number_goes_to_a_paragraph() {
        let mut reading = numbered();
        let place = |reading: &Reading| reading.row(22).trim_start().to_owned();
        reading.press("5 }");
        assert!(place(&reading).starts_with("第 6 段"), "{}", place(&reading));
        reading.press("4 1 }");
        assert!(place(&reading).starts_with("第 47 段"), "{}", place(&reading));
        reading.press("g :").type_text("12").press("Enter");
        assert!(place(&reading).starts_with("第 12 段"), "{}", place(&reading));
        for typed in ["a12", "第12条", "第十二条"] {
            reading.press("g :").type_text(typed).press("Enter");
            assert!(place(&reading).starts_with("第 60 段"), "{typed}: {}", place(&reading));
        }
        reading.press(":").type_text("a99").press("Enter");
        assert!(place(&reading).contains("没有这一段"), "{}", place(&reading));
        // Without a count the digits are what they are bound to.
        assert!(reading.press("1 j").screen().contains("文本"), "{}", reading.screen());
    }

    #[test]
    fn the_cursor_reaches_the_last_paragraph_and_what_is_copied_is_its() {
        for (width, height) in [(120, 36), (80, 24), (30, 8)] {
            let mut reading = Reading::new(width, height);
            reading.press("2 g } } }");
            reading.press("y");
            let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
            assert!(text.contains("支持企业在人工智能"), "{width}x{height}: {text}");
            reading.press("g y");
            let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
            assert!(text.contains("一、总体要求"), "{width}x{height}: {text}");
            reading.press("G m a g ' a y");
            let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
            assert!(text.contains("支持企业在人工智能"), "{width}x{height}: {text}");
        }
    }

    #[test]
    fn help_commands_copying_and_bookmarks_work_on_every_screen() {
        for open in ["c Tab Enter", "x", "K", "p", "o", "B"] {
            let mut reading = Reading::new(120, 36);
            reading.press(open);
            let before = reading.screen();
            let help = reading.press("?").screen();
            assert!(help.contains("─ 帮助 ─"), "{open}\n{help}");
            reading.press("Esc");
            assert_eq!(reading.screen(), before, "{open}");
            assert!(reading.press(":").row(34).starts_with(':'), "{open}");
            reading.press("Esc");
            assert_eq!(reading.screen(), before, "{open}");
        }
        for open in ["c Tab Enter", "K"] {
            let mut reading = Reading::new(120, 36);
            reading.press(open).press("y");
            assert!(matches!(reading.effect, Effect::Copy(_)), "{open}");
            assert!(reading.press("b").row(34).contains("书签："), "{}", reading.row(34));
        }
    }

    #[test]
    fn a_typed_list_is_quoted_and_bookmarked_by_alt_keys() {
        for open in ["s", "t"] {
            let mut reading = Reading::new(120, 36);
            reading.press(open).type_text("集成电路").press("Alt-y");
            let Effect::Copy(text) = &reading.effect else { panic!("{open} {:?}", reading.effect) };
            assert!(text.contains("集成电路") && text.contains("《"), "{text}");
            assert!(reading.press("Alt-b").row(34).contains("书签："), "{}", reading.row(34));
            reading.press("Alt-a").type_text("待查").press("Enter");
            assert!(reading.row(34).contains("批注已保存"), "{}", reading.row(34));
        }
    }

    #[test]
    fn the_matrix_copies_its_rows_and_passages_both_sides() {
        let mut reading = Reading::new(120, 36);
        reading.press("x y");
        let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
        let rows: Vec<Vec<&str>> = text.lines().map(|row| row.split('\t').collect()).collect();
        assert_eq!(rows.len(), 2, "{text}");
        assert_eq!(rows[0][..3], ["次", "全国", "北京"], "{text}");
        assert_eq!(rows[1][..2], ["人工智能", "2"], "{text}");
        let one = rows.len();
        reading.press("Y");
        let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
        assert!(text.lines().count() > one, "{text}");

        let mut reading = Reading::of(super::super::testing::sharing(), 120, 36);
        reading.press("p y");
        let Effect::Copy(text) = &reading.effect else { panic!("{:?}", reading.effect) };
        assert!(text.contains("《北京行动方案》") && text.contains("《上海方案》"), "{text}");
    }

    #[test]
    fn no_key_is_silent_on_any_screen() {
        let mut silent = Vec::new();
        let starts = ["2", "1", "3", "?", "o", "x", "p", "K", "B", "c Tab Enter", "E"];
        for start in starts {
            for entry in TABLE.iter().filter(|entry| !entry.keys.is_empty()) {
                let mut reading = Reading::new(120, 36);
                reading.press(start).press("j");
                let before = reading.buffer.clone();
                reading.press(entry.keys[0]);
                // What is already at an end, or a movement in an empty list, may stay as it is.
                let moves = entry.group == crate::ui::action::Group::Move;
                let is_seen = reading.buffer != before || reading.effect != Effect::None;
                let nothing_open = entry.action == Action::Cancel;
                let moves = moves
                    || (entry.action.repeats() || entry.action == Action::Sort)
                        && ["x", "p"].contains(&start);
                if !(is_seen || moves || nothing_open) {
                    silent.push(format!("{start}: {}", entry.name));
                }
            }
        }
        assert_eq!(silent, Vec::<String>::new());
    }
}
