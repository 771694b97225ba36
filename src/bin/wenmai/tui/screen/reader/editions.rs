//! The edition before the open text, or the one picked text, and what changed.

use super::Reader;
use crate::tui::context::ScreenContext;
use crate::tui::screen::Outcome;
use crate::tui::screen::diff::{DiffScreen, editions_of};
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
}
