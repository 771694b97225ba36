//! The reader: documents, article, themes. One document is open at a character that stays on top
//! whatever the width; a theme is active, and its mentions stand out and lead to other documents.

mod act;
mod annotate;
mod arrangement;
mod direction;
mod documents_pane;
mod draw;
mod filing;
mod follow;
mod gutter;
mod input;
mod jump_place;
mod jumps;
mod look_up;
mod notices;
mod over_time;
mod place;
mod pointer;
mod select;
mod selection;
mod shared;
mod themes_pane;
mod wording;

use ratatui::layout::Rect;
use wenmai::citation::Style as Citation;
use wenmai::document::DocIndex;
use wenmai::themes::ThemeId;

use super::article_pane::{ArticlePane, Measured};
use super::chooser::ChooserScreen;
use super::compare::Start;
use super::concordance::ConcordanceScreen;
use super::outline::OutlineScreen;
use super::search::SearchScreen;
use super::{JumpTarget, Outcome};
use crate::tui::canvas::inside;
use crate::tui::context::ScreenContext;
use crate::tui::effect::Effect;
use crate::tui::geometry::{Around, Pane, Panes, column};
use crate::tui::jump_list::JumpList;
use crate::tui::moved::Moved;
use crate::tui::query::{Answer, Job};
use crate::tui::shared_text::NationalStyle;
use crate::tui::source::Target;
use crate::tui::widget::article::{Anchor, MEASURE, Removals, Spot};
use crate::ui::keymap::Mode;
use crate::ui::messages::Message;
use documents_pane::DocumentsPane;
use gutter::GutterMarks;
use input::Input;
use jump_place::JumpPlace;
use selection::Selection;
use themes_pane::ThemesPane;
use wording::WordingQuery;

/// The state of the reader.
#[derive(Debug)]
pub(crate) struct Reader {
    documents: DocumentsPane,
    pane: ArticlePane,
    themes: ThemesPane,
    jumps: JumpList<JumpPlace>,
    /// The theme whose mentions are highlighted and followed.
    active: Option<ThemeId>,
    /// What is being typed, while something is.
    input: Option<Input>,
    selection: Option<Selection>,
    /// A wording that is searched for in the library.
    wording: Option<WordingQuery>,
    gutter: GutterMarks,
    focus: Pane,
    around: Around,
    removals: Removals,
    national: NationalStyle,
    /// Full-width characters of a line.
    measure: usize,
    citation: Citation,
    /// Where the mouse button went down.
    pressed: Option<Spot>,
    /// Whether the last action went through the jump list.
    in_history: bool,
    /// What the last action has to say.
    notice: Option<String>,
}

impl Reader {
    /// The document that was open last, where it was left; else the library's first.
    pub(crate) fn new(context: &ScreenContext) -> Self {
        let mut documents = DocumentsPane::new(&context.library);
        let first = context.keeping.last(&context.library).or(documents.first());
        let first = first.unwrap_or(DocIndex(0));
        documents.choose(first);
        let mut pane = ArticlePane::new(first);
        pane.start_at(left_at(first, context));
        Self {
            documents,
            pane,
            themes: ThemesPane::default(),
            jumps: JumpList::default(),
            active: None,
            input: None,
            selection: None,
            wording: None,
            gutter: GutterMarks::default(),
            focus: Pane::default(),
            around: Around::default(),
            removals: Removals::default(),
            national: NationalStyle::default(),
            measure: context.look.page.measure,
            citation: context.look.page.citation,
            pressed: None,
            in_history: false,
            notice: None,
        }
    }

    /// Goes on in the library that has taken the place of the old one, at the same place; a document
    /// that has gone gives way to the first one.
    pub(crate) fn replaced(&mut self, moved: &Moved<'_>, context: &ScreenContext) {
        let stays = moved.document(self.pane.document);
        let anchor = if stays.is_some() { self.pane.anchor } else { Anchor::default() };
        let document = stays.unwrap_or(DocIndex(0));
        let cursor = self.pane.cursor;
        self.pane = ArticlePane::new(document);
        self.pane.start_at(anchor);
        if stays.is_some() {
            self.pane.cursor = cursor;
        }
        let chosen = self.documents.chosen().and_then(|one| moved.document(one));
        self.documents = DocumentsPane::new(&context.library);
        self.documents.choose(chosen.unwrap_or(document));
        self.themes.forget();
        self.active = self.active.and_then(|theme| moved.theme(theme));
        self.input = None;
        self.selection = None;
        self.wording = None;
        self.gutter = GutterMarks::default();
        self.national = NationalStyle::default();
        self.jumps.carry(|stop| {
            let document = moved.document(stop.document)?;
            let active = stop.active.and_then(|theme| moved.theme(theme));
            Some(JumpPlace { document, active, ..stop })
        });
    }

    /// The open document.
    pub(crate) fn document(&self) -> DocIndex {
        self.pane.document
    }

    /// What keys mean here now.
    pub(crate) fn mode(&self) -> Mode {
        match self.input {
            None => Mode::Reading,
            Some(Input::Letter(_)) => Mode::Letter,
            Some(_) => Mode::Typing,
        }
    }

    /// True where Tab was most likely meant as Ctrl-i, which many terminals send as the same byte.
    pub(crate) fn tab_is_forward(&self) -> bool {
        self.in_history && self.jumps.has_ahead()
    }

    /// What is to be searched for: what the documents pane is filtered by, or a wording.
    pub(crate) fn take_job(&mut self, number: u64) -> Option<Job> {
        self.documents.take_job(number).or_else(|| self.wording.as_mut()?.take_job(number))
    }

    /// True while the documents pane does not yet show what is typed into its filter.
    pub(crate) fn awaits(&self) -> bool {
        matches!(self.input, Some(Input::FilterDocuments)) && self.documents.picker.awaits()
    }

    /// Takes what was found for the documents pane, or of a wording.
    pub(crate) fn answered(&mut self, number: u64, answer: &Answer, context: &ScreenContext) {
        match answer {
            Answer::Documents(found) => self.documents.answered(number, found, context),
            Answer::Text(found, _) => self.looked_up(number, found, context),
            _ => {}
        }
    }

    /// Opens the source of the open document in the user's editor.
    fn edit_source(&mut self, context: &ScreenContext) -> Outcome {
        match context.document(self.pane.document) {
            Some(document) => Outcome::Effect(Effect::Edit(document.path.clone())),
            None => Outcome::Done,
        }
    }

    /// Opens the page of the open document, or else its source, in the browser.
    fn browse(&mut self, context: &ScreenContext) -> Outcome {
        let Some(document) = context.document(self.pane.document) else { return Outcome::Done };
        let target = match &document.metadata.url {
            Some(address) => Target::Page(address.clone()),
            None => Target::File(document.path.clone()),
        };
        Outcome::Effect(Effect::Browse(target))
    }

    /// The style in which quotes are cited; the next one from now on where `turns`.
    pub(crate) fn citation(&mut self, turns: bool) -> Citation {
        if turns {
            self.citation = self.citation.next();
        }
        self.citation
    }

    /// Cites in this style from now on.
    pub(crate) fn cite(&mut self, citation: Citation) {
        self.citation = citation;
    }

    /// The open document, the character on top, and whether its end is in view.
    pub(crate) fn stands_at(&self, context: &ScreenContext) -> Option<(DocIndex, Spot, bool)> {
        let typeset = self.pane.typeset.as_ref()?;
        if typeset.setting().document != self.pane.document {
            return None;
        }
        let head = matches!(self.pane.anchor, Anchor::Head(_));
        let spot = if head { Spot::default() } else { self.pane.spot().unwrap_or_default() };
        let read = typeset.has_end() && self.pane.top + self.height(context) >= typeset.len();
        Some((self.pane.document, spot, read))
    }

    /// Marks the chosen document of the documents pane, elsewhere the open one.
    fn mark(&self) -> Outcome {
        let chosen = self.documents.chosen().filter(|_| self.focus == Pane::Documents);
        Outcome::Mark(chosen.unwrap_or(self.pane.document))
    }

    /// Asks with what the open document is to be compared.
    fn choose_others(&self, context: &ScreenContext) -> Outcome {
        let under = self.documents.chosen().filter(|_| self.focus == Pane::Documents);
        let lead = under.unwrap_or(self.pane.document);
        if context.document(lead).is_none() {
            return Outcome::Done;
        }
        let is_open = lead == self.pane.document;
        let spot = if is_open { self.pane.cursor } else { Spot::default() };
        let start = Start { spot, measure: self.measure };
        Outcome::open(ChooserScreen::new(lead, start, self.documents.order(), context))
    }

    fn cancel(&mut self, context: &ScreenContext) {
        if self.focus_is_drawer(context) {
            self.focus = Pane::Article;
        } else if self.focus == Pane::Documents && self.documents.picker.is_open() {
            self.documents.clear_filter(&context.library);
        } else if self.focus == Pane::Themes && self.themes.picker.is_open() {
            self.themes.picker.clear();
        } else if self.pane.find.take().is_some() {
            self.pane.here = None;
        } else {
            self.active = None;
            self.pane.here = None;
        }
    }

    fn toggle_removed(&mut self, context: &ScreenContext) {
        let removed =
            context.document(self.pane.document).map_or(0, |document| document.removed.len());
        let number = removed.to_string();
        let (removals, message) = match self.removals {
            _ if removed == 0 => (Removals::Hidden, Message::NothingRemoved),
            Removals::Hidden => (Removals::Shown, Message::RemovedShown),
            Removals::Shown => (Removals::Hidden, Message::RemovedHidden),
        };
        self.removals = removals;
        if removals == Removals::Shown {
            self.lay_out(context);
            self.pane.show_removed(self.height(context));
        }
        self.notice = Some(context.tell(message, &[&number]));
    }

    pub(crate) fn set_measure(&mut self, measure: usize, context: &ScreenContext) {
        self.measure = measure.clamp(MEASURE.0, MEASURE.1);
        self.notice = Some(context.tell(Message::MeasureIs, &[&self.measure.to_string()]));
    }

    /// Makes lines longer, or shorter, from the length that is shown.
    fn widen(&mut self, by: isize, context: &ScreenContext) {
        let area = self.panes(context).text();
        let most = usize::from(column(area, MEASURE.1, context.look.page).width) / 2;
        let shown = self.measure.min(most);
        let measure = shown.saturating_add_signed(by).clamp(MEASURE.0, MEASURE.1);
        if measure > most {
            self.notice = Some(context.tell(Message::MeasureIsMost, &[&most.to_string()]));
            return;
        }
        self.set_measure(measure, context);
    }

    /// Goes to a place of the open document that was typed: a paragraph (12) or an article (a12,
    /// 第十二条, 第12条).
    pub(crate) fn go_to_place(&mut self, typed: &str, context: &ScreenContext) {
        let Some(document) = context.document(self.pane.document) else { return };
        match place::find(document, typed) {
            Some(block) => {
                let document = self.pane.document;
                self.jump(JumpTarget { document, block: Some(block), span: None }, context);
                let line = self.pane.cursor_line();
                self.pane.bring_to_top(line, self.height(context));
            }
            None => self.notice = Some(context.tell(Message::NoSuchPlace, &[typed])),
        }
    }

    fn outline(&self, context: &ScreenContext) -> OutlineScreen {
        OutlineScreen::new(self.pane.document, self.pane.cursor.block, context)
    }

    fn concordance(&mut self, context: &ScreenContext) -> Outcome {
        if let Some(find) = self.pane.find.as_ref().filter(|find| find.documents().is_some()) {
            return Outcome::open(SearchScreen::about(&find.wanted));
        }
        match self.followed_by_enter().filter(|_| context.themes_ready) {
            Some(theme) => Outcome::open(ConcordanceScreen::new(theme, self.pane.document)),
            None => {
                self.notice = Some(context.say(Message::NoActiveTheme).to_owned());
                Outcome::Done
            }
        }
    }

    /// Keeps the article in sight where a new size, not the user, has made a drawer of the pane
    /// with the focus, and where there is room for nothing else.
    pub(crate) fn resized(&mut self, before: Rect, context: &ScreenContext) {
        let was_drawer = Panes::of(before, self.focus, self.around).drawers();
        if self.focus_is_drawer(context) && !(was_drawer && self.panes(context).bordered) {
            self.focus = Pane::Article;
        }
    }

    /// Rows of the article that nothing ever covers.
    fn height(&self, context: &ScreenContext) -> usize {
        let panes = self.panes(context);
        // Without a status line the last row is where messages and prompts appear.
        let covered = usize::from(panes.status.is_none());
        usize::from(panes.text().height).saturating_sub(covered)
    }

    /// Where the panes stand.
    fn panes(&self, context: &ScreenContext) -> Panes {
        Panes::of(context.area, self.focus, self.around)
    }

    fn focus_is_drawer(&self, context: &ScreenContext) -> bool {
        self.focus != Pane::Article && self.panes(context).drawers()
    }

    fn leave_drawer(&mut self, context: &ScreenContext) {
        if self.focus_is_drawer(context) {
            self.focus = Pane::Article;
        }
    }

    /// Sets the article and fills the lists where anything they depend on has changed. Drawing
    /// needs it.
    pub(crate) fn lay_out(&mut self, context: &ScreenContext) {
        let panes = self.panes(context);
        let cells = column(panes.text(), self.measure, context.look.page).width.into();
        self.pane.set(Measured { cells, removals: self.removals }, context);
        self.pane.carry_cursor(self.height(context));
        self.gutter.fill(self.pane.document, context);
        if self.themes.fill(self.pane.document, context)
            && let Some(theme) = self.active
        {
            self.themes.choose(theme);
        }
        if let Some(area) = panes.documents {
            self.documents.lay_out(inside(area).height.into(), context);
        }
        if let Some(area) = panes.themes {
            self.themes.lay_out(inside(area), context);
        }
    }
}

/// Where a document was left; its beginning, if it was never open.
fn left_at(document: DocIndex, context: &ScreenContext) -> Anchor {
    let place = context.document(document).and_then(|document| context.keeping.place(document));
    place.map_or_else(Anchor::default, Anchor::Text)
}

#[cfg(test)]
mod tests {
    use crate::tui::event::{Event, Mouse};
    use crate::tui::testing::{Reading, document};
    use ratatui::layout::Position;
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    fn long() -> Reading {
        let texts: Vec<String> = (1..60)
            .map(|n| format!("第{n}项，各地区各部门要结合实际抓好落实，重大事项及时报告。"))
            .collect();
        let texts: Vec<&str> =
            std::iter::once("通知").chain(texts.iter().map(String::as_str)).collect();
        let only = document("a", Some("全国"), "2022-01-01", &texts);
        Reading::of(Library::new(vec![only], Vec::new(), Lexicon::default()), 120, 36)
    }

    #[test]
    fn the_same_paragraph_stays_on_top_at_every_size() {
        let mut reading = long();
        reading.press("Ctrl-d Ctrl-d Ctrl-d } }");
        let top = reading.row(1);
        let item = top.split('项').next().unwrap().split('第').nth(1).unwrap().to_owned();
        let item = format!("第{item}项");
        assert!(top.contains(&item), "{top}");
        for (width, height) in [(30, 8), (200, 50), (60, 12), (20, 5)] {
            reading.resize(width, height);
            let text = reading.screen();
            let first = text.lines().find(|row| row.contains('项')).unwrap_or_default();
            assert!(first.contains(&item), "{width}x{height}:\n{text}");
        }
        reading.resize(120, 36);
        assert_eq!(reading.row(1), top);
    }

    #[test]
    fn moving_goes_by_rows_screens_paragraphs_and_to_both_ends() {
        let mut reading = long();
        let head = reading.row(1);
        assert!(reading.press("G").screen().contains("第59项"));
        assert!(reading.screen().contains("100%"));
        let bottom = reading.screen();
        assert_eq!(reading.press("j Space").screen(), bottom);
        assert_eq!(reading.press("g").row(1), head);
        reading.press("j j Ctrl-d Ctrl-u k k");
        assert_eq!(reading.row(1), head);
        assert!(reading.press("g } }").row(1).contains("第3项"));
        assert!(reading.press("{").row(1).contains("第2项"));
    }

    #[test]
    fn find_counts_as_you_type_goes_round_and_leads_back_on_escape() {
        let mut reading = long();
        reading.press("/").type_text("第3");
        assert!(reading.row(34).contains("1/11"), "{}", reading.row(34));
        assert!(reading.caret.is_some());
        reading.press("Enter");
        assert_eq!(reading.caret, None);
        reading.press("n n");
        assert!(reading.row(34).contains("3/11"));
        reading.press("N N N");
        assert!(reading.row(34).contains("11/11"));
        let top = reading.row(1);
        reading.press("/").type_text("第59").press("Esc");
        assert_eq!(reading.row(1), top);
    }

    #[test]
    fn the_next_hit_is_the_one_behind_the_last_whatever_the_size_is_meanwhile() {
        let mut reading = long();
        reading.press("/").type_text("落实");
        reading.press("Enter n n n n");
        assert!(reading.row(34).contains("/落实 5/59"), "{}", reading.row(34));
        reading.resize(30, 8).press("n").resize(120, 36);
        assert!(reading.row(34).contains("/落实 6/59"), "{}", reading.row(34));
        // Whoever has scrolled away goes on from where he is.
        reading.resize(30, 8).press("g n").resize(120, 36);
        assert!(reading.row(34).contains("/落实 1/59"), "{}", reading.row(34));
    }

    #[test]
    fn a_hit_is_found_across_two_rows_and_in_the_other_script() {
        // https://github.com/tmux/tmux/issues/1935
        let only = document("a", None, "", &["标题", "一二三四统一大市场，國際論壇"]);
        let library = Library::new(vec![only], Vec::new(), Lexicon::default());
        let mut reading = Reading::of(library, 12, 7);
        reading.press("/").type_text("统一大市");
        assert_eq!(reading.drawn_in(crate::ui::palette::Palette::PLAIN.hit_here), "统一大市");
        reading.press("Esc /").type_text("国际论坛");
        assert_eq!(reading.drawn_in(crate::ui::palette::Palette::PLAIN.hit_here), "國際論壇");
    }

    #[test]
    fn what_cleaning_took_out_is_shown_in_place_and_hidden_again() {
        let mut reading = Reading::new(120, 36);
        assert!(!reading.screen().contains("扫码下载客户端"));
        reading.press("r");
        assert!(reading.screen().contains("[推广] 扫码下载客户端"));
        assert!(reading.row(34).contains("已清理的 1 段"));
        assert!(!reading.press("r").screen().contains("扫码下载客户端"));
    }

    #[test]
    fn documents_stand_by_region_with_the_newest_first_and_open() {
        let mut reading = Reading::new(120, 36);
        let screen = reading.screen();
        let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}"));
        assert!(at("全国计量") < at("国家发展"));
        assert!(at("国家发展") < at(" 北京  "));
        assert!(at(" 上海  ") < at("地区不详"));
        reading.press("1 g Enter");
        assert!(reading.screen().contains("推动集成电路"));
        reading.press("Ctrl-o");
        assert!(reading.screen().contains("先行先试"));
    }

    #[test]
    fn the_wheel_scrolls_the_pane_under_the_pointer_and_a_click_opens() {
        let mut reading = long();
        let documents = reading.row(1).chars().take(20).collect::<String>();
        reading.send(Event::Mouse(Mouse::WheelDown, Position::new(60, 10)));
        assert!(reading.row(1).starts_with(&documents));
        assert!(!reading.row(1).contains("通知"));

        let mut reading = Reading::new(120, 36);
        let row = reading.screen().lines().position(|row| row.contains("国家发展")).unwrap();
        reading.send(Event::Mouse(Mouse::Click, Position::new(15, row as u16)));
        assert!(reading.screen().contains("量子信息"));
    }

    #[test]
    fn an_empty_library_and_an_empty_document_say_so() {
        let none = Library::new(Vec::new(), Vec::new(), Lexicon::default());
        assert!(Reading::of(none, 80, 24).screen().contains("没有文本"));
        let empty = document("a", None, "", &["只有标题"]);
        let library = Library::new(vec![empty], Vec::new(), Lexicon::default());
        assert!(Reading::of(library, 80, 24).screen().contains("本文没有正文"));
    }
}
