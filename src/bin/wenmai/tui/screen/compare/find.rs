//! `/` in a comparison: looks for a text in the leading column as it is typed.

use super::{CompareScreen, FindInput};
use crate::tui::context::ScreenContext;
use crate::tui::find::Find;
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::Action;

impl CompareScreen {
    pub(super) fn start_find(&mut self, context: &ScreenContext) {
        let Some(side) = self.leading() else { return };
        side.pane.find = Some(Find::typed(side.pane.document, context));
        let origin = side.pane.cursor;
        self.input = Some(FindInput { prompt: Prompt::default(), origin });
    }

    /// Answers an action while the line is typed.
    pub(super) fn act_finding(&mut self, action: Action, context: &ScreenContext) {
        let Some(find) = &mut self.input else { return };
        if find.prompt.act(action) {
            self.find_again(context);
            return;
        }
        let origin = find.origin;
        match action {
            Action::Open => self.input = None,
            Action::Cancel => {
                self.input = None;
                let height = self.stage(context).height();
                if let Some(side) = self.leading() {
                    side.pane.find = None;
                    side.pane.here = None;
                    side.pane.cursor_to(origin, height);
                }
            }
            Action::Down => self.next_hit(1, context),
            Action::Up => self.next_hit(-1, context),
            _ => {}
        }
        let wanted = |side: &mut super::Side| {
            side.pane.find.as_ref().is_some_and(|find| find.wanted.is_empty())
        };
        if self.input.is_none()
            && let Some(side) = self.leading()
            && wanted(side)
        {
            side.pane.find = None;
        }
    }

    /// Looks for what is in the line now, from where it was opened.
    pub(super) fn find_again(&mut self, context: &ScreenContext) {
        let Some(find) = &self.input else { return };
        let (wanted, origin) = (find.prompt.text().to_owned(), find.origin);
        let height = self.stage(context).height();
        let Some(side) = self.leading() else { return };
        side.pane.here = None;
        side.pane.cursor_to(origin, height);
        let Some(find) = &mut side.pane.find else { return };
        find.look_for(&wanted);
        let cursor = (origin.block, origin.character);
        let behind = find.hits.partition_point(|hit| (hit.block, hit.span.start) < cursor);
        let hit = find.hits.get(behind).or(find.hits.first()).copied();
        if let Some(hit) = hit {
            self.stand_on(hit, context);
        }
    }
}
