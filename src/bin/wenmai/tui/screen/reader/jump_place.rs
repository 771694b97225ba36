//! A place that the jump list leads back to.

use wenmai::document::DocIndex;
use wenmai::themes::ThemeId;

use crate::tui::find::Hit;
use crate::tui::widget::article::{Anchor, Spot};

/// What was on top of which document, and what was highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct JumpPlace {
    pub(super) document: DocIndex,
    pub(super) anchor: Anchor,
    pub(super) cursor: Spot,
    pub(super) here: Option<Hit>,
    pub(super) active: Option<ThemeId>,
}
