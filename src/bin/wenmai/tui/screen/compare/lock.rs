//! The lock: the other columns follow the sentence under the cursor of the leading one, to where
//! they say the same, mention the same theme, or have a section of the same name.

use wenmai::compare::comparison::{Excerpt, nearest_passage};
use wenmai::compare::counterpart::{Counterpart, CounterpartKind, Together};
use wenmai::text::fold::fold_key;
use wenmai::themes::ThemeId;

use super::CompareScreen;
use super::Lock;
use super::side::Side;
use crate::tui::context::ScreenContext;
use crate::ui::messages::Message;

impl CompareScreen {
    pub(super) fn toggle_lock(&mut self, context: &ScreenContext) {
        self.lock = match self.lock {
            Lock::Locked => Lock::Free,
            Lock::Free => Lock::Locked,
        };
        self.followed = None;
        self.follow(context);
    }

    /// Lets the other columns follow, if they are locked and the lead is on another sentence
    /// than before.
    pub(super) fn follow(&mut self, context: &ScreenContext) {
        let (Some(index), Some(comparison)) = (context.themes(), self.comparison.clone()) else {
            return;
        };
        let height = self.stage(context).height();
        let Some(lead) = self.sides.get(self.lead) else { return };
        let Some(at) = lead.pane.sentence(context) else { return };
        if self.lock == Lock::Free || self.followed == Some((self.lead, at)) {
            return;
        }
        let documents = context.library.documents();
        let together = Together { documents, index, comparison: &comparison };
        let from = lead.pane.document;
        let row = lead.pane.cursor_line().saturating_sub(lead.pane.top);
        let preferred = self.theme();
        for (_, side) in self.sides.iter_mut().enumerate().filter(|(n, _)| *n != self.lead) {
            let found = together.counterpart(from, at, side.pane.document, preferred);
            let before = side.partner.map(|partner| partner.excerpt);
            if let Some(Counterpart { excerpt, .. }) = found
                && (before != Some(excerpt) || !side.sees(excerpt, height))
            {
                side.pane.here = None;
                side.pane.put_in_row(excerpt, row, height);
            }
            side.partner = found;
        }
        self.followed = Some((self.lead, at));
    }

    /// Brings the other columns to the passage nearest in wording to the leading paragraph.
    pub(super) fn align(&mut self, context: &ScreenContext) {
        let height = self.stage(context).height();
        let Some(lead) = self.sides.get(self.lead) else { return };
        let document = context.document(lead.pane.document);
        let block = document.and_then(|text| text.blocks.get(lead.pane.cursor.block as usize));
        let (Some(block), at) = (block, lead.pane.sentence(context)) else { return };
        let row = lead.pane.cursor_line().saturating_sub(lead.pane.top);
        let mut aligned = 0usize;
        for (_, side) in self.sides.iter_mut().enumerate().filter(|(n, _)| *n != self.lead) {
            let other = context.document(side.pane.document);
            let found = other.and_then(|other| nearest_passage(&block.text, other));
            let found = found.map(|(excerpt, _)| excerpt);
            if let Some(excerpt) = found {
                side.pane.here = None;
                side.pane.put_in_row(excerpt, row, height);
                aligned += 1;
            }
            let said = |excerpt: Excerpt| {
                let there = other.and_then(|text| text.blocks.get(excerpt.block as usize));
                let there = there.map_or("", |there| excerpt.span.of(&there.text));
                if fold_key(&block.text).contains(&fold_key(there)) {
                    CounterpartKind::Wording
                } else {
                    CounterpartKind::NearWording
                }
            };
            side.partner = found.map(|excerpt| Counterpart { kind: said(excerpt), excerpt });
        }
        self.followed = at.map(|at| (self.lead, at));
        let (found, all) = (aligned.to_string(), (self.sides.len() - 1).to_string());
        self.notice = Some(context.tell(Message::Aligned, &[&found, &all]));
    }

    /// What the other columns follow.
    pub(super) fn lock_status(&self, context: &ScreenContext) -> String {
        if self.lock == Lock::Free {
            return context.say(Message::Unlocked).to_owned();
        }
        if self.comparison.is_none() || context.themes().is_none() {
            return context.say(Message::Comparing).to_owned();
        }
        let others = self.sides.iter().enumerate().filter(|(n, _)| *n != self.lead);
        let mut grounds: Vec<String> =
            others.map(|(_, side)| kind(side.partner.map(|one| one.kind), context)).collect();
        // One word where all follow the same, else one for each column.
        grounds.dedup();
        context.tell(Message::Locked, &[&grounds.join(" · ")])
    }

    /// The theme that a column is followed or follows by: in the leading one the first of those.
    pub(super) fn ground_theme(&self, at: usize) -> Option<ThemeId> {
        let theme = |side: &Side| match side.partner.map(|partner| partner.kind) {
            Some(CounterpartKind::Theme(theme)) => Some(theme),
            _ => None,
        };
        if at != self.lead {
            return self.sides.get(at).and_then(theme);
        }
        let mut others = self.sides.iter().enumerate().filter(|(n, _)| *n != self.lead);
        others.find_map(|(_, side)| theme(side))
    }
}

/// What a column follows, in words.
fn kind(kind: Option<CounterpartKind>, context: &ScreenContext) -> String {
    let message = match kind {
        Some(CounterpartKind::Theme(theme)) => return context.theme_name(theme).to_owned(),
        Some(CounterpartKind::Wording) => Message::GroundWording,
        Some(CounterpartKind::NearWording) => Message::GroundNearWording,
        Some(CounterpartKind::Section) => Message::GroundSection,
        Some(CounterpartKind::Same) => Message::GroundSame,
        None => Message::GroundNone,
    };
    context.say(message).to_owned()
}
