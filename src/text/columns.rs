//! How wide the columns of a table are: each as wide as what it holds where all fit, otherwise the
//! widest share what the others leave, in proportion to what they hold.

/// Cells between two columns.
pub const GAP: usize = 2;

/// A column that holds more is at least so wide, in cells: four Chinese characters.
const NARROWEST: usize = 8;

/// The widths, in cells, of columns that would take `natural`, so that all of them fit into `cells`
/// with [`GAP`] between two; `None` where the columns would be too narrow to be read.
pub fn widths(natural: &[usize], cells: usize) -> Option<Vec<usize>> {
    let gaps = GAP * natural.len().checked_sub(1)?;
    let room = cells.checked_sub(gaps)?;
    let least: usize = natural.iter().map(|width| (*width).clamp(1, NARROWEST)).sum();
    if least > room {
        return None;
    }
    // From the narrowest on each takes what it needs, as long as that is no more than an equal share
    // of what is left.
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|at| natural.get(*at));
    let natural_of = |at: usize| natural.get(at).copied().unwrap_or_default().max(1);
    let mut left = room;
    let mut wide = order.len();
    for at in &order {
        if natural_of(*at) * wide > left {
            break;
        }
        left -= natural_of(*at);
        wide -= 1;
    }
    let (fitting, wide) = order.split_at(order.len() - wide);
    let mut widths = vec![0; natural.len()];
    let mut set = |at: usize, width: usize| {
        if let Some(slot) = widths.get_mut(at) {
            *slot = width;
        }
    };
    for at in fitting {
        set(*at, natural_of(*at));
    }
    // The others share the rest in proportion to what they hold beyond the least.
    let spare = left.saturating_sub(wide.len() * NARROWEST);
    let beyond = |at: usize| natural_of(at).saturating_sub(NARROWEST);
    let all: usize = wide.iter().map(|at| beyond(*at)).sum();
    for at in wide {
        let share = (spare * beyond(*at)).checked_div(all).unwrap_or_default();
        set(*at, natural_of(*at).min(NARROWEST + share));
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_that_fit_are_as_wide_as_what_they_hold() {
        assert_eq!(widths(&[4, 10, 6], 40), Some(vec![4, 10, 6]));
        assert_eq!(widths(&[4, 100, 6], 40), Some(vec![4, 26, 6]));
        assert_eq!(widths(&[60, 60, 4], 40), Some(vec![16, 16, 4]));
        // Twice as much beyond the least gets twice as much of the room.
        assert_eq!(widths(&[4, 28, 48], 40), Some(vec![4, 13, 18]));
        assert_eq!(widths(&[60, 60, 60, 60, 60], 40), None);
        assert_eq!(widths(&[], 40), None);
        assert_eq!(widths(&[0], 1), Some(vec![1]));
    }

    proptest! {
        #[test]
        fn columns_never_exceed_the_room_and_none_is_unreadable(
            natural in proptest::collection::vec(0usize..200, 1..9),
            cells in 0usize..160,
        ) {
            if let Some(widths) = widths(&natural, cells) {
                let gaps = GAP * (natural.len() - 1);
                prop_assert!(widths.iter().sum::<usize>() + gaps <= cells);
                for (width, natural) in widths.iter().zip(&natural) {
                    prop_assert!(*width >= (*natural).clamp(1, NARROWEST));
                }
            }
        }
    }
}
