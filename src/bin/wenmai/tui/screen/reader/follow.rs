//! Following: from mention to mention of the active theme, in this document, to other documents and
//! to other regions; and from hit to hit of what is looked for.

use ratatui::layout::Rect;
use wenmai::document::DocIndex;
use wenmai::themes::ThemeId;

use super::direction::Direction;
use super::input::Input;
use super::{Outcome, Reader};
use crate::tui::canvas::inside;
use crate::tui::context::ScreenContext;
use crate::tui::find::{Find, Hit};
use crate::tui::geometry::Pane;
use crate::tui::picker::Picked;
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;
use crate::ui::messages::Message;

impl Reader {
    /// Makes `theme` the active one.
    pub(super) fn choose_theme(&mut self, theme: ThemeId) {
        self.active = Some(theme);
        self.pane.find = None;
        self.themes.choose(theme);
    }

    /// The theme that Enter and the brackets follow: the active one, else the chosen one.
    pub(crate) fn followed(&self) -> Option<ThemeId> {
        self.active.or_else(|| self.themes.chosen())
    }

    /// The theme that Enter follows from the pane with the focus.
    pub(super) fn followed_by_enter(&self) -> Option<ThemeId> {
        match self.focus {
            Pane::Themes => self.themes.chosen(),
            Pane::Article | Pane::Documents => self.followed(),
        }
    }

    /// Follows `theme` to the next document.
    pub(super) fn follow_on(&mut self, theme: ThemeId, context: &ScreenContext) {
        if context.themes_ready {
            self.follow_to(theme, Direction::Document(1), context);
        }
    }

    /// Goes to the first mention of the followed theme in another document.
    pub(super) fn follow(&mut self, direction: Direction, context: &ScreenContext) {
        if let Some(wording) = self.searched() {
            let wording = wording.to_owned();
            match self.next_found(direction, context) {
                Some(there) => self.walk_on(there, 1, context),
                None => self.refuse(&wording, direction, context),
            }
            return;
        }
        let Some(theme) = self.followed().filter(|_| context.themes_ready) else {
            let message =
                if context.themes_ready { Message::NoActiveTheme } else { Message::Indexing };
            self.notice = Some(context.say(message).to_owned());
            return;
        };
        self.follow_to(theme, direction, context);
    }

    /// Makes `theme` the active one and goes to its first mention in another document.
    fn follow_to(&mut self, theme: ThemeId, direction: Direction, context: &ScreenContext) {
        let Some(there) = self.next_place(theme, direction, context) else {
            self.choose_theme(theme);
            self.refuse(context.theme_name(theme), direction, context);
            return;
        };
        let first = context.mentions_of(theme, there).next();
        self.jumps.leave(self.jump_place());
        self.choose_theme(theme);
        self.show_document(there, context);
        self.pane.anchor = Default::default();
        self.lay_out(context);
        self.themes.choose(theme);
        self.lay_out(context);
        if let Some(mention) = first {
            self.jump_to_hit(Hit::of(mention), context);
        }
    }

    /// What the library was searched for, where `n` walks its results.
    pub(super) fn searched(&self) -> Option<&str> {
        let find = self.pane.find.as_ref().filter(|find| find.documents().is_some())?;
        Some(&find.wanted)
    }

    /// The document with results to which a way leads.
    pub(super) fn next_found(
        &self,
        direction: Direction,
        context: &ScreenContext,
    ) -> Option<DocIndex> {
        let documents = self.pane.find.as_ref()?.documents()?;
        self.next_among(documents, direction, context)
    }

    fn refuse(&mut self, name: &str, direction: Direction, context: &ScreenContext) {
        let message = match direction {
            Direction::Document(_) => Message::NoOtherDocument,
            Direction::Region(_) => Message::NoOtherRegion,
        };
        self.notice = Some(context.tell(message, &[name]));
    }

    /// The document to which a way leads, if there is another one.
    pub(super) fn next_place(
        &self,
        theme: ThemeId,
        direction: Direction,
        context: &ScreenContext,
    ) -> Option<DocIndex> {
        let documents = &context.themes()?.theme(theme)?.documents;
        self.next_among(documents.documents(), direction, context)
    }

    fn next_among(
        &self,
        documents: impl Iterator<Item = DocIndex>,
        direction: Direction,
        context: &ScreenContext,
    ) -> Option<DocIndex> {
        let mut ring: Vec<(usize, DocIndex)> =
            documents.map(|ix| (self.documents.place(ix), ix)).collect();
        ring.sort_unstable();
        let here = self.documents.place(self.pane.document);
        // Everything behind this document comes first, then round to what is before it.
        let behind = ring.partition_point(|(place, _)| *place < here);
        ring.rotate_left(behind);
        ring.retain(|(_, ix)| *ix != self.pane.document);
        match direction {
            Direction::Document(1) => ring.first().map(|(_, ix)| *ix),
            Direction::Document(_) => ring.last().map(|(_, ix)| *ix),
            Direction::Region(by) => self.next_region(&ring, by, context),
        }
    }

    fn next_region(
        &self,
        ring: &[(usize, DocIndex)],
        by: isize,
        context: &ScreenContext,
    ) -> Option<DocIndex> {
        let region = |ix: DocIndex| context.region(ix);
        let here = region(self.pane.document);
        let mut elsewhere = ring.iter().map(|(_, ix)| *ix).filter(|ix| region(*ix) != here);
        if by > 0 {
            return elsewhere.next();
        }
        // Back to a region means to its first document.
        let last = region(elsewhere.next_back()?);
        let mut of_region: Vec<_> = ring.iter().filter(|(_, ix)| region(*ix) == last).collect();
        of_region.sort_unstable();
        of_region.first().map(|(_, ix)| *ix)
    }

    /// The places that `n` walks: the hits of what is looked for, else the active theme's mentions.
    pub(super) fn hits(&self, context: &ScreenContext) -> Vec<Hit> {
        if let Some(find) = &self.pane.find {
            return find.hits.clone();
        }
        let followed = self.active.or_else(|| self.themes.chosen());
        let themes = followed.into_iter();
        themes
            .flat_map(|theme| context.mentions_of(theme, self.pane.document))
            .map(Hit::of)
            .collect()
    }

    /// Goes to the next hit in this document, or the one before, going round.
    pub(super) fn next_hit(&mut self, by: isize, context: &ScreenContext) {
        if self.pane.find.is_none() && self.active.is_none() {
            self.active = self.themes.chosen();
        }
        let hits = self.hits(context);
        let elsewhere = self.pane.find.as_ref().and_then(|find| find.next_document(by));
        if let (true, Some(document)) = (hits.is_empty(), elsewhere) {
            self.walk_on(document, by, context);
            return;
        }
        if hits.is_empty() {
            self.notice = Some(self.nothing_here(context));
            return;
        }
        let count = hits.len() as isize;
        let next = self.pane.step_among(&hits, by, self.height(context));
        let over = next < 0 || next >= count;
        if over && let Some(document) = self.pane.find.as_ref().and_then(|f| f.next_document(by)) {
            self.walk_on(document, by, context);
            return;
        }
        if over {
            let message = if by > 0 { Message::WentRound } else { Message::WentRoundBack };
            self.notice = Some(context.say(message).to_owned());
        }
        if let Some(hit) = hits.get(next.rem_euclid(count) as usize) {
            self.jump_to_hit(*hit, context);
        }
    }

    /// To the first hit of the next document with results, or to the last one of the one before.
    fn walk_on(&mut self, document: DocIndex, by: isize, context: &ScreenContext) {
        self.jumps.leave(self.jump_place());
        self.show_document(document, context);
        self.pane.anchor = Default::default();
        self.lay_out(context);
        let hits = self.hits(context);
        let hit = if by > 0 { hits.first() } else { hits.last() };
        if let Some(hit) = hit {
            self.jump_to_hit(*hit, context);
        }
    }

    fn nothing_here(&self, context: &ScreenContext) -> String {
        match (&self.pane.find, self.followed()) {
            (Some(find), _) => context.tell(Message::NotFound, &[&find.wanted]),
            (None, Some(theme)) => {
                context.tell(Message::NoMentionHere, &[context.theme_name(theme)])
            }
            (None, None) => context.say(Message::NoActiveTheme).to_owned(),
        }
    }

    pub(super) fn jump_to_hit(&mut self, hit: Hit, context: &ScreenContext) {
        self.pane.stand_on(hit, self.height(context));
    }

    /// Opens the prompt of `/`: in the side panes their filter, elsewhere the search in the text.
    pub(super) fn start_find(&mut self, context: &ScreenContext) {
        match self.focus {
            Pane::Themes => {
                self.themes.picker.start();
                self.input = Some(Input::FilterThemes);
            }
            Pane::Documents => {
                self.documents.picker.start();
                self.input = Some(Input::FilterDocuments);
            }
            Pane::Article => {
                self.input = Some(Input::Find(Prompt::default(), self.jump_place()));
                self.pane.find = Some(Find::typed(self.pane.document, context));
            }
        }
    }

    /// Answers an action while the text of `/` is typed.
    pub(super) fn act_finding(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let Some(Input::Find(prompt, origin)) = &mut self.input else { return Outcome::Done };
        let origin = *origin;
        if prompt.act(action) {
            self.find_again(context);
            return Outcome::Done;
        }
        match action {
            Action::Open => {
                self.input = None;
                let nothing = self.pane.find.as_ref().is_none_or(|find| find.wanted.is_empty());
                if nothing {
                    self.pane.find = None;
                } else if self.jump_place().anchor != origin.anchor {
                    self.jumps.leave(origin);
                }
            }
            Action::Cancel => {
                self.input = None;
                self.pane.find = None;
                self.return_to(origin, context);
            }
            Action::Down => self.next_hit(1, context),
            Action::Up => self.next_hit(-1, context),
            _ => {}
        }
        Outcome::Done
    }

    /// Searches for what is typed after `/` now, from where that was opened.
    fn find_again(&mut self, context: &ScreenContext) {
        let Some(Input::Find(prompt, origin)) = &self.input else { return };
        let (wanted, origin) = (prompt.text().to_owned(), *origin);
        if let Some(find) = &mut self.pane.find {
            find.look_for(&wanted);
        }
        self.pane.here = None;
        self.pane.anchor = origin.anchor;
        self.lay_out(context);
        let hits = self.hits(context);
        let first = self.pane.first_from(&hits, 1);
        if let Some(hit) = hits.get(first).or(hits.first()) {
            self.jump_to_hit(*hit, context);
        }
    }

    /// Answers an action while the filter of a side pane is typed.
    pub(super) fn act_filtering(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        let panes = self.panes(context);
        let height = |area: Option<Rect>| area.map_or(1, |area| inside(area).height.into());
        let picked = match self.input {
            Some(Input::FilterThemes) => self.themes.act(action, height(panes.themes)),
            _ => self.documents.act(action, height(panes.documents), context),
        };
        match picked {
            Picked::Open => {
                self.input = None;
                self.open(context);
            }
            Picked::Typed if action == Action::Cancel => self.input = None,
            Picked::Close => self.input = None,
            Picked::Other(Action::Pick) if matches!(self.input, Some(Input::FilterDocuments)) => {
                return self.documents.chosen().map_or(Outcome::Done, Outcome::Mark);
            }
            Picked::Other(action) => self.refuse_action(action, context),
            Picked::Done | Picked::Typed => {}
        }
        Outcome::Done
    }

    /// Takes typed or pasted text into the prompt that has the cursor.
    pub(crate) fn type_text(&mut self, text: &str, context: &ScreenContext) {
        self.notice = None;
        match &mut self.input {
            Some(Input::Find(prompt, _)) => {
                prompt.insert(text);
                self.find_again(context);
            }
            Some(Input::Note(note)) => note.prompt.insert(text),
            Some(Input::FilterThemes) => self.themes.picker.type_text(text),
            Some(Input::FilterDocuments) => self.documents.type_text(text, context),
            Some(Input::Letter(_)) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tui::testing::{Reading, document};
    use crate::ui::palette::Palette;
    use wenmai::library::Library;
    use wenmai::themes::vocabulary::Lexicon;

    /// The document that is open, by the order in the documents pane: 全国 (2), 北京, 上海, unknown.
    fn open(reading: &Reading) -> &'static str {
        let screen = reading.screen();
        let shown = |what: &str| screen.lines().take(4).any(|row| row.contains(what));
        match () {
            () if shown("北京 · 新华网") => "北京",
            () if shown("上海 · 新华网") => "上海",
            () if shown("全国 · 新华网 · 2021") => "纲要",
            () if shown("全国 · 新华网 · 2022") => "计量",
            () => "纪要",
        }
    }

    #[test]
    fn enter_on_a_theme_lands_on_its_next_mention_elsewhere_and_the_way_leads_back() {
        let mut reading = Reading::new(120, 36);
        assert_eq!(open(&reading), "北京");
        let start = reading.press("3").screen();
        assert!(start.contains("▌人工智能"), "{start}");
        reading.press("Enter");
        assert_eq!(open(&reading), "上海");
        assert_eq!(reading.drawn_in(Palette::PLAIN.here), "人工智能");
        reading.press("Enter Enter");
        assert_eq!(open(&reading), "计量");
        reading.press("Ctrl-o Ctrl-o Ctrl-o");
        assert_eq!(reading.screen(), start);
        reading.press("Ctrl-i");
        assert_eq!(open(&reading), "上海");
    }

    #[test]
    fn a_smaller_screen_shows_the_mention_that_was_jumped_to_not_the_pane_it_came_from() {
        let mut reading = Reading::new(120, 36);
        reading.press("3 Enter");
        for (width, height) in [(30, 8), (60, 20), (200, 50)] {
            reading.resize(width, height);
            assert!(reading.screen().contains("上海推进数字化转型"), "{width}x{height}");
            assert!(!reading.row(1).contains("▌") || width == 200, "{width}x{height}");
        }
    }

    #[test]
    fn tab_is_ctrl_i_straight_after_going_back_and_turns_the_focus_otherwise() {
        let mut reading = Reading::new(120, 36);
        reading.press("3 Enter Ctrl-o Tab");
        assert_eq!(open(&reading), "上海");
        reading.press("Ctrl-o j Tab");
        assert_eq!(open(&reading), "北京");
    }

    #[test]
    fn brackets_walk_documents_and_angles_walk_regions_both_ways_round() {
        let mut reading = Reading::new(120, 36);
        let walk = |reading: &mut Reading, key: &str| {
            let mut seen = Vec::new();
            for _ in 0..5 {
                reading.press(key);
                seen.push(open(reading));
            }
            seen
        };
        assert_eq!(walk(&mut reading, "]"), ["上海", "纪要", "计量", "纲要", "北京"]);
        assert_eq!(walk(&mut reading, "["), ["纲要", "计量", "纪要", "上海", "北京"]);
        assert_eq!(walk(&mut reading, ">"), ["上海", "纪要", "计量", "北京", "上海"]);
        assert_eq!(walk(&mut reading, "<"), ["北京", "计量", "纪要", "上海", "北京"]);
    }

    #[test]
    fn n_walks_the_mentions_of_this_document_and_goes_round() {
        let mut reading = Reading::new(120, 36);
        reading.press("n");
        assert!(reading.row(34).contains("人工智能 1/"), "{}", reading.row(34));
        reading.press("n");
        assert!(reading.row(34).contains("人工智能 2/"));
        reading.press("N N");
        assert!(reading.row(34).contains("已到开头，转到最后一处"));
    }

    #[test]
    fn the_status_line_says_where_enter_leads() {
        let mut reading = Reading::new(120, 36);
        reading.press("]");
        assert!(
            reading.row(34).contains("⏎ 下一处：地区不详，國際論壇紀要"),
            "{}",
            reading.row(34)
        );
    }

    #[test]
    fn two_hundred_jumps_lead_back_to_the_first_place() {
        let mut reading = Reading::new(120, 36);
        let start = reading.press("3").screen();
        for _ in 0..200 {
            reading.press("]");
        }
        for _ in 0..200 {
            reading.press("Backspace");
        }
        assert_eq!(reading.screen(), start);
    }

    #[test]
    fn the_line_of_a_mention_far_down_is_in_view_at_the_first_press() {
        let filler = "各地区各部门要结合实际认真贯彻落实，重大事项及时报告。".repeat(8);
        let mut texts = vec!["长文"];
        texts.extend((0..40).map(|_| filler.as_str()));
        texts.push("推动人工智能、物联网发展。");
        let documents = vec![
            document("a", Some("北京"), "2022-01-01", &["短文", "发展人工智能、物联网等产业。"]),
            document("b", Some("上海"), "2022-01-01", &texts),
        ];
        for (width, height) in [(120, 36), (80, 24), (30, 8), (200, 50)] {
            let library = Library::new(documents.clone(), Vec::new(), Lexicon::default());
            let mut reading = Reading::of(library, width, height);
            reading.press("]");
            assert_eq!(reading.drawn_in(Palette::PLAIN.here), "人工智能", "{width}x{height}");
        }
    }

    #[test]
    fn the_filter_narrows_the_themes_as_one_types_in_either_script() {
        let mut reading = Reading::new(120, 36);
        reading.press("3 /").type_text("物聯");
        let screen = reading.screen();
        assert!(screen.contains("▌物联网") && !screen.contains("▌人工智能"), "{screen}");
        reading.press("Enter");
        assert_eq!(open(&reading), "上海");
        reading.press("3 Esc");
        assert!(reading.screen().contains("集成电路"));
        reading.press("/").type_text("没有").press("Enter");
        assert!(reading.screen().contains("没有主题符合筛选"));
    }

    #[test]
    fn the_concordance_lists_every_mention_in_one_column_and_lands_on_it() {
        let mut reading = Reading::new(120, 36);
        reading.press("3 K");
        let screen = reading.screen();
        assert!(screen.contains("人工智能："), "{screen}");
        let rows: Vec<usize> = screen
            .lines()
            .filter(|row| row.starts_with('│'))
            .filter_map(|row| row.get(..row.find("人工智能")?))
            .map(|before| wenmai::text::width::cells(before, Default::default()))
            .collect();
        assert!(rows.len() >= 5 && rows.iter().filter(|at| **at == rows[1]).count() >= 5);
        reading.press("S S W");
        assert!(reading.screen().contains("，本文，按后文"));
        reading.press("Enter");
        // By what stands after, a blank comes first.
        assert_eq!(reading.drawn_in(Palette::PLAIN.here), "AI");
    }

    #[test]
    fn related_documents_stand_below_the_themes_and_open() {
        let mut reading = Reading::new(120, 36);
        let screen = reading.screen();
        assert!(screen.contains("├─ 相近的文本 "), "{screen}");
        reading.press("3 G");
        let last = reading.screen();
        assert!(last.lines().any(|row| row.contains("▌") && row.contains("题")), "{last}");
        reading.press("Enter");
        assert_ne!(open(&reading), "北京");
    }

    #[test]
    fn before_the_themes_are_known_the_pane_says_so_and_jumps_wait() {
        let mut reading = Reading::unindexed(120, 36);
        assert!(reading.screen().contains("正在提取主题"));
        reading.press("] 3 Enter n K t Esc");
        assert_eq!(open(&reading), "北京");
    }
}
