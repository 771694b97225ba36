//! Annotating the open document: marks with a letter, bookmarks and notes are made here and gone to.

use wenmai::annotations::entry::{Annotation, Extent, Kind, Uid};
use wenmai::annotations::reading_state::Change;
use wenmai::document::DocIndex;

use super::input::{Input, NoteInput, PendingKey};
use super::{Outcome, Reader};
use crate::tui::context::ScreenContext;
use crate::tui::effect::Effect;
use crate::tui::screen::JumpTarget;
use crate::tui::widget::article::{Anchor, Spot};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::messages::Message;

impl Reader {
    /// Waits for the letter of a mark.
    pub(super) fn await_letter(&mut self, pending: PendingKey, context: &ScreenContext) {
        let message = match pending {
            PendingKey::SetMark => Message::MarkWhich,
            PendingKey::GoToMark => Message::GoWhich,
        };
        self.notice = Some(context.say(message).to_owned());
        self.input = Some(Input::Letter(pending));
    }

    /// Takes the letter.
    pub(crate) fn take_letter(&mut self, letter: char, context: &ScreenContext) -> Outcome {
        self.notice = None;
        match self.input.take() {
            Some(Input::Letter(PendingKey::SetMark)) => self.set_mark(letter, context),
            Some(Input::Letter(PendingKey::GoToMark)) => self.go_to_mark(letter, context),
            other => {
                self.input = other;
                Outcome::Done
            }
        }
    }

    fn set_mark(&mut self, letter: char, context: &ScreenContext) -> Outcome {
        let old =
            context.keeping.mark(letter, &context.library).map(|(entry, _)| entry.uid.clone());
        let Some(entry) = self.new_entry(Kind::Mark(letter), context) else { return Outcome::Done };
        let told = context.tell(Message::MarkSet, &[&letter.to_string(), &line(&entry.quote)]);
        self.notice = Some(told);
        let removed = old.map(Change::Remove);
        Outcome::Annotate(removed.into_iter().chain([Change::Put(entry)]).collect())
    }

    fn go_to_mark(&mut self, letter: char, context: &ScreenContext) -> Outcome {
        match context.keeping.mark(letter, &context.library) {
            Some((entry, document)) => Outcome::Recall(document, entry.uid.clone()),
            None => {
                self.notice = Some(context.tell(Message::NoSuchMark, &[&letter.to_string()]));
                Outcome::Done
            }
        }
    }

    /// An entry about what is selected, else the paragraph that is being read.
    fn new_entry(&self, kind: Kind, context: &ScreenContext) -> Option<Annotation> {
        let document = context.document(self.pane.document)?;
        let extent = self.chosen_extent(context)?;
        let path = context.keeping.path(document);
        Some(Annotation::new(kind, &path, document, extent))
    }

    /// Sets a bookmark, or takes off the one that is there.
    pub(super) fn bookmark(&mut self, context: &ScreenContext) -> Outcome {
        let Some(entry) = self.new_entry(Kind::Bookmark, context) else { return Outcome::Done };
        self.selection = None;
        let there = self.gutter.bookmark(entry.extent.from.block);
        if let Some(uid) = there.map(|there| there.uid.clone()) {
            self.notice = Some(context.say(Message::BookmarkRemoved).to_owned());
            return Outcome::Annotate(vec![Change::Remove(uid)]);
        }
        self.notice = Some(context.tell(Message::BookmarkSet, &[&line(&entry.quote)]));
        Outcome::Annotate(vec![Change::Put(entry)])
    }

    /// Opens the line in which a note is written; of the note that is there already, to change it.
    pub(super) fn start_note(&mut self, context: &ScreenContext) {
        let Some(extent) = self.chosen_extent(context) else { return };
        let mut prompt = Prompt::of_lines();
        let mut there = self.gutter.notes(extent.from.block);
        let old = there.find(|(_, there)| *there == extent || self.selection.is_none());
        prompt.insert(old.and_then(|(entry, _)| entry.note()).unwrap_or_default());
        let old = old.map(|(entry, _)| entry.uid.clone());
        drop(there);
        self.input = Some(Input::Note(NoteInput { prompt, extent, old }));
        self.leave_drawer(context);
    }

    /// Opens the note in the user's editor.
    pub(super) fn note_in_editor(&mut self, context: &ScreenContext) -> Outcome {
        self.start_note(context);
        self.edit_note()
    }

    fn edit_note(&mut self) -> Outcome {
        match &self.input {
            Some(Input::Note(note)) => {
                Outcome::Effect(Effect::EditText(note.prompt.text().to_owned()))
            }
            _ => Outcome::Done,
        }
    }

    /// Takes the note as the editor left it. One that was left as it was changes nothing.
    pub(crate) fn note_edited(&mut self, text: &str, context: &ScreenContext) -> Outcome {
        let Some(Input::Note(note)) = &mut self.input else { return Outcome::Done };
        let same = note.prompt.text().trim() == text.trim();
        if same {
            self.input = None;
            return Outcome::Done;
        }
        note.prompt = Prompt::of_lines();
        note.prompt.insert(text.trim_end());
        self.end_note(context)
    }

    /// Answers an action while a note is written.
    pub(super) fn act_noting(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        match action {
            Action::Open => return self.end_note(context),
            Action::NoteEditor => return self.edit_note(),
            Action::Cancel => self.input = None,
            _ => {
                if let Some(Input::Note(note)) = &mut self.input {
                    note.prompt.act(action);
                }
            }
        }
        Outcome::Done
    }

    fn end_note(&mut self, context: &ScreenContext) -> Outcome {
        let (Some(Input::Note(note)), Some(document)) =
            (self.input.take(), context.document(self.pane.document))
        else {
            return Outcome::Done;
        };
        let words = note.prompt.text().trim().to_owned();
        self.selection = None;
        let message = match (words.is_empty(), &note.old) {
            (true, None) => return Outcome::Done,
            (true, Some(_)) => Message::NoteRemoved,
            (false, _) => Message::NoteKept,
        };
        self.notice = Some(context.say(message).to_owned());
        if words.is_empty() {
            return Outcome::Annotate(note.old.map(Change::Remove).into_iter().collect());
        }
        let path = context.keeping.path(document);
        let mut entry = Annotation::new(Kind::Note(words), &path, document, note.extent);
        if let Some(old) = note.old {
            entry.uid = old;
        }
        Outcome::Annotate(vec![Change::Put(entry)])
    }

    /// Goes to an entry about the document `index`.
    pub(crate) fn recall(&mut self, index: DocIndex, uid: &Uid, context: &ScreenContext) {
        let Some(document) = context.document(index) else { return };
        let entries = context.keeping.entries(document);
        let Some((entry, extent)) = entries.into_iter().find(|(entry, _)| entry.uid == *uid) else {
            return;
        };
        let (block, span) = (extent.from.block, extent.part_of(extent.from.block));
        let whole = Extent::of_block(document, block) == extent;
        let span = span.filter(|_| !whole && extent.to.block == block);
        let target = JumpTarget { document: index, block: Some(block), span };
        let note = entry.note().map(str::to_owned);
        self.jump(target, context);
        if span.is_none() {
            let line = self
                .pane
                .typeset
                .as_ref()
                .map_or(0, |typeset| typeset.line(Anchor::Text(Spot { block, character: 0 })));
            self.pane.bring_to_top(line, self.height(context));
        }
        self.notice = note.map(|note| context.tell(Message::NoteSays, &[&in_one_line(&note)]));
    }

    /// The note about the paragraph that is being read.
    pub(super) fn note_here(&self, context: &ScreenContext) -> Option<String> {
        let (entry, _) = self.gutter.notes(self.pane.cursor.block).next()?;
        Some(context.tell(Message::NoteSays, &[&in_one_line(entry.note()?)]))
    }
}

/// A note with a sign for each end of a line.
fn in_one_line(note: &str) -> String {
    note.replace('\n', " ⏎ ")
}

/// The beginning of a quote, in one line.
fn line(quote: &str) -> String {
    quote.lines().next().unwrap_or_default().chars().take(24).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::tui::annotation_session::AnnotationSession;
    use crate::tui::effect::Effect;
    use crate::tui::event::Event;
    use crate::tui::testing::{Reading, document, shared_library};
    use wenmai::annotations::identity::Origin;
    use wenmai::annotations::reading_state::Annotations;
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    /// A low screen, so that the text moves, at its second paragraph.
    fn on() -> Reading {
        let mut reading = Reading::new(120, 9);
        reading.press("}");
        reading
    }

    #[test]
    fn a_mark_is_gone_to_from_another_document_and_stands_in_the_margin() {
        let mut reading = on();
        reading.press("m q");
        assert!(reading.row(7).contains("记号 q："), "{}", reading.row(7));
        let marked = reading.row(1);
        assert!(marked.contains("q "), "{marked}");
        reading.press("1 g Enter");
        assert!(reading.screen().contains("推动集成电路"));
        reading.press("' q");
        assert_eq!(reading.row(1), marked);
        reading.press("' z");
        assert!(reading.row(7).contains("没有记号 z"), "{}", reading.row(7));
        reading.press("m Esc j");
        assert!(!reading.row(7).contains("没有记号"), "{}", reading.row(7));
    }

    #[test]
    fn a_note_is_written_shown_changed_and_taken_off() {
        let mut reading = on();
        reading.press("a").type_text("先看").press("Enter");
        assert!(reading.row(7).contains("批注已保存"), "{}", reading.row(7));
        reading.press("Tab");
        assert!(reading.row(7).contains("批注：先看"), "{}", reading.row(7));
        reading.press("a").type_text("这里").press("Enter Tab");
        assert!(reading.row(7).contains("先看这里"), "{}", reading.row(7));
        reading.press("a Ctrl-u Enter");
        assert!(reading.row(7).contains("批注已删除"), "{}", reading.row(7));
        assert!(!reading.press("Tab").row(7).contains("先看"));
    }

    #[test]
    fn a_note_of_two_lines_comes_back_from_the_editor() {
        let mut reading = on();
        reading.press("A");
        assert_eq!(reading.effect, Effect::EditText(String::new()));
        reading.send(Event::Edited("第一行\n第二行\n".to_owned()));
        assert!(reading.row(7).contains("批注已保存"), "{}", reading.row(7));
        assert!(reading.press("Tab").row(7).contains("第一行 ⏎ 第二行"), "{}", reading.row(7));
        reading.press("Tab Tab a Alt-Enter").type_text("三").press("Alt-e");
        assert_eq!(reading.effect, Effect::EditText("第一行\n第二行\n三".to_owned()));
        // Left as it was, or with an editor that failed, nothing is lost.
        reading.send(Event::NotDone("vi".to_owned()));
        reading.press("Enter Tab");
        assert!(reading.row(7).contains("第一行 ⏎ 第二行 ⏎ 三"), "{}", reading.row(7));
        reading.resize(120, 24).press("B");
        assert!(reading.screen().contains("第一行 ⏎ 第二行"), "{}", reading.screen());
    }

    #[test]
    fn bookmarks_are_listed_filtered_gone_to_and_taken_off() {
        let mut reading = on();
        reading.press("b");
        let there = reading.row(1);
        reading.press("1 g Enter b").resize(120, 24);
        let screen = reading.press("B").screen();
        assert!(screen.contains("◆ 聚焦人工智能") && screen.contains("◆ 推动集成电路"), "{screen}");
        reading.press("/").type_text("聚焦");
        assert!(!reading.screen().contains("◆ 推动"), "{}", reading.screen());
        reading.resize(120, 9).press("Enter");
        assert_eq!(reading.row(1), there);
        reading.resize(120, 24).press("B X");
        let screen = reading.screen();
        assert!(screen.contains("记号、书签、批注 1"), "{screen}");
        assert!(screen.contains("◆ 聚焦") && !screen.contains("◆ 推动"), "{screen}");
    }

    #[test]
    fn a_selection_is_noted_where_it_is() {
        let mut reading = Reading::new(120, 24);
        reading.press("v j j a").type_text("三句").press("Enter j");
        let screen = reading.press("B").screen();
        assert!(screen.contains("✎ 三句"), "{screen}");
    }

    fn texts(first: &[&str]) -> Arc<Library> {
        let texts: Vec<String> =
            (1..60).map(|n| format!("第{n}项，抓好落实，及时报告。")).collect();
        let all = ["通知"].iter().chain(first).copied().chain(texts.iter().map(String::as_str));
        let all: Vec<&str> = all.collect();
        let documents = vec![document("a", None, "", &all), document("b", None, "", &["乙", "丙"])];
        Arc::new(Library::new(documents, Vec::new(), Lexicon::default()))
    }

    fn nothing() -> AnnotationSession {
        AnnotationSession::new(Annotations::default(), Origin::Seeds, "tests".to_owned())
    }

    /// What is kept after `reading`, for a new start.
    fn left(reading: &mut Reading) -> AnnotationSession {
        let mut kept = Annotations::default();
        reading.app.take_pending().into_iter().for_each(|change| kept.apply(change));
        AnnotationSession::new(kept, Origin::Seeds, "tests".to_owned())
    }

    #[test]
    fn the_document_opens_again_where_it_was_left_at_another_width_and_after_an_edit() {
        let library = texts(&[]);
        let mut reading = Reading::keeping(&library, nothing(), (120, 36));
        reading.press("} } } }");
        assert!(reading.row(1).contains("第5项"), "{}", reading.screen());
        let kept = left(&mut reading);
        let mut again = Reading::keeping(&library, kept, (50, 12));
        assert!(again.row(1).contains("第5项"), "{}", again.screen());
        // Two paragraphs more stand in front of it now.
        again.press("}");
        let mut kept = nothing();
        again.app.take_pending().into_iter().for_each(|change| kept.change(change));
        let edited = Reading::keeping(&texts(&["新的一段。", "又一段。"]), kept, (50, 12));
        assert!(edited.row(1).contains("第6项"), "{}", edited.screen());
    }

    #[test]
    fn new_and_changed_texts_are_told_apart_in_the_list() {
        let mut reading = Reading::keeping(&shared_library(), nothing(), (120, 24));
        let signs = |reading: &Reading| reading.screen().matches('•').count();
        assert_eq!(signs(&reading), 4);
        reading.press("1 G Enter");
        assert_eq!(signs(&reading), 3);
        let library = texts(&[]);
        let mut reading = Reading::keeping(&library, nothing(), (120, 24));
        reading.press("1 G Enter");
        let kept = left(&mut reading);
        let changed = Reading::keeping(&texts(&["新的一段。"]), kept, (120, 24));
        assert!(changed.screen().contains("~通知"), "{}", changed.screen());
    }
}
