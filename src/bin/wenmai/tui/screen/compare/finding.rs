//! `/` in a comparison: looks for a text in the leading column as it is typed.

use super::{Compare, ScreenContext};
use crate::tui::screen::reader::find::Find;
use crate::tui::widget::article::Spot;
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;

/// The line that is typed, and where the cursor stood before.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) prompt: Prompt,
    origin: Spot,
}

impl Compare {
    pub(super) fn start_find(&mut self, context: &ScreenContext) {
        let Some(side) = self.leading() else { return };
        side.column.find = Some(Find::typed(side.column.document, context));
        let origin = side.cursor;
        self.finding = Some(Finding { prompt: Prompt::default(), origin });
    }

    /// Answers an action while the line is typed.
    pub(super) fn act_finding(&mut self, action: Action, context: &ScreenContext) {
        let Some(finding) = &mut self.finding else { return };
        if finding.prompt.act(action) {
            self.find_again(context);
            return;
        }
        let origin = finding.origin;
        match action {
            Action::Open => self.finding = None,
            Action::Cancel => {
                self.finding = None;
                let height = self.stage(context).height();
                if let Some(side) = self.leading() {
                    side.column.find = None;
                    side.column.here = None;
                    side.stand(origin, height);
                }
            }
            Action::Down => self.next_hit(1, context),
            Action::Up => self.next_hit(-1, context),
            _ => {}
        }
        let wanted = |side: &mut super::Side| {
            side.column.find.as_ref().is_some_and(|find| find.wanted.is_empty())
        };
        if self.finding.is_none()
            && let Some(side) = self.leading()
            && wanted(side)
        {
            side.column.find = None;
        }
    }

    /// Looks for what stands in the line now, from where it was opened.
    pub(super) fn find_again(&mut self, context: &ScreenContext) {
        let Some(finding) = &self.finding else { return };
        let (wanted, origin) = (finding.prompt.text().to_owned(), finding.origin);
        let height = self.stage(context).height();
        let Some(side) = self.leading() else { return };
        side.column.here = None;
        side.stand(origin, height);
        let Some(find) = &mut side.column.find else { return };
        find.look_for(&wanted);
        let cursor = (origin.block, origin.character);
        let behind = find.hits.partition_point(|hit| (hit.block, hit.span.start) < cursor);
        let hit = find.hits.get(behind).or(find.hits.first()).copied();
        if let Some(hit) = hit {
            self.stand_on(hit, context);
        }
    }
}
