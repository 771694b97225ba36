//! Questions over time about the open text: what changed since the edition before, who used a wording
//! first, and where a paragraph came from.

use wenmai::facts::across::ObjectPattern;
use wenmai::themes::Theme;

use super::Reader;
use crate::tui::context::ScreenContext;
use crate::tui::screen::Outcome;
use crate::tui::screen::diff::{DiffScreen, editions_of};
use crate::tui::screen::lineage::LineageScreen;
use crate::tui::screen::promises::PromisesScreen;
use crate::tui::screen::trace::TraceScreen;
use crate::ui::messages::Message;
use crate::ui::over_time::OverTime;

impl Reader {
    /// Opens the differences between the open text and the picked one, the older first; where none is
    /// picked, and the edition before.
    pub(super) fn diff(&mut self, context: &ScreenContext) -> Outcome {
        let own = self.pane.document;
        let mut picked = context.marks.iter().copied().filter(|one| *one != own);
        let pair = match (picked.next(), picked.next()) {
            (Some(other), None) => {
                let date = |at| context.card(at).and_then(|card| card.metadata.date());
                Some(if date(other) <= date(own) { (other, own) } else { (own, other) })
            }
            _ => editions_of(own, context),
        };
        let screen = pair.and_then(|(old, new)| DiffScreen::new(old, new, context));
        match screen {
            Some(screen) => Outcome::open(screen),
            None => {
                self.notice = Some(OverTime::NoEdition.say(context.look.lang).to_owned());
                Outcome::Done
            }
        }
    }

    /// The history of the selected wording, or of the theme that is followed.
    pub(super) fn trace(&mut self, context: &ScreenContext) -> Outcome {
        let theme = self.followed().map(|theme| context.theme_name(theme).to_owned());
        let searched = self.searched().map(str::to_owned);
        let wording =
            self.selected(context).or(searched).or(theme).filter(|wording| !wording.is_empty());
        match wording {
            Some(wording) => {
                self.selection = None;
                Outcome::open(TraceScreen::new(&wording))
            }
            None => {
                self.notice = Some(context.say(Message::NoActiveTheme).to_owned());
                Outcome::Done
            }
        }
    }

    /// The lineage of the selected wording, or of the paragraph under the cursor.
    pub(super) fn lineage(&mut self, context: &ScreenContext) -> Outcome {
        let extent = self.chosen_extent(context).zip(context.document(self.pane.document));
        let Some((extent, document)) = extent else { return Outcome::Done };
        self.selection = None;
        Outcome::open(LineageScreen::new(&extent.text(document)))
    }

    /// The promises and results of the selected wording, or of the theme that is followed with its other
    /// names; without either, of the open text.
    pub(super) fn promises(&mut self, context: &ScreenContext) -> Outcome {
        let theme = self.followed().and_then(|theme| context.theme(theme));
        let names = |theme: &Theme| {
            ObjectPattern::new(&theme.name)
                .map(|pattern| (theme.name.clone(), pattern.or(theme.aliases.iter().cloned())))
        };
        let selected = self.selected(context);
        let object = match selected {
            Some(wording) => ObjectPattern::new(&wording).map(|pattern| (wording, pattern)),
            None => theme.and_then(names),
        };
        self.selection = None;
        Outcome::open(match object {
            Some((name, pattern)) => PromisesScreen::across(name, pattern, self.pane.document),
            None => PromisesScreen::of(self.pane.document),
        })
    }

    fn selected(&self, context: &ScreenContext) -> Option<String> {
        let document = context.document(self.pane.document)?;
        Some(self.selection?.extent(document).text(document))
    }
}
