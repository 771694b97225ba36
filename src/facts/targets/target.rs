//! A target: a figure with what it counts, the day, and whether it is promised, was reached or is a
//! limit. `targets` finds them.

use serde::Serialize;

use super::figures::Bound;
use crate::document::{PartialDate, Place};
use crate::themes::ThemeId;

/// What a figure is to its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetKind {
    /// It is to be reached.
    Promise,
    /// It was reached.
    Result,
    /// It must be kept, whatever the day.
    Limit,
}

/// Which way a figure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It grows, or grows by that much.
    Up,
    /// It falls, or falls by that much.
    Down,
    /// It comes to that value.
    Reach,
}

/// The day by which a target is to be reached, or in which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// As the text writes it, folded: 到2027年. The year where only a heading names it.
    pub text: String,
    /// As much of the day as is named.
    pub date: Option<PartialDate>,
    /// Where it is, `None` where a heading or the text's own year says it.
    pub place: Option<Place>,
}

impl Deadline {
    /// Its year, where it names one.
    pub fn year(&self) -> Option<i16> {
        self.date.map(PartialDate::year)
    }
}

/// A figure of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The figure with its unit and the bound after it.
    pub place: Place,
    /// The clauses up to the full stop around it, at most 200 characters on either side.
    pub statement: Place,
    pub kind: TargetKind,
    /// The figure as text, folded, with the bound before it: 400项以上, 不低于50%.
    pub figure: String,
    /// The figure as a number, in its unit: 3.5万亿元 is 3.5e12. Of a range the lower end.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// What it was before, where the same clause says so: 由30%调整为20%.
    pub from: Option<f64>,
    /// The unit: 项, %, 元; 倍 for 翻一番, which is 2.
    pub unit: String,
    /// On which side of the figure the target is met; `None` where it is the figure as it is.
    pub bound: Option<Bound>,
    pub direction: Option<Direction>,
    /// What is counted or measured, folded; empty where the statement does not say.
    pub object: String,
    pub deadline: Option<Deadline>,
    /// The theme mentioned nearest to the figure in its statement.
    pub theme: Option<ThemeId>,
}
