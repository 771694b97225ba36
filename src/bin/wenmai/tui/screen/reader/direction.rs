//! The direction in which a theme is followed.

/// A way along a theme, forward (1) or back (-1) in the order of the documents pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To the next document.
    Document(isize),
    /// To the first document of the next region.
    Region(isize),
}
