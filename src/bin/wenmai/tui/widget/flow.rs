//! Names one after the other in a few lines: none is parted, and … says that there are more.

use crate::tui::canvas::Look;

/// Blanks between two names.
const GAP: &str = "  ";

/// The room for names: so many lines of so many cells, those after the first indented.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) cells: usize,
    pub(crate) lines: usize,
    /// Blanks before every line but the first.
    pub(crate) indent: usize,
}

/// `names` after `head`, as many as there is room for.
pub(crate) fn flow<'n>(
    head: &str,
    names: impl Iterator<Item = &'n str>,
    room: Room,
    look: &Look,
) -> Vec<String> {
    let Room { cells: room, lines, indent } = room;
    let mut flowed = vec![head.to_owned()];
    let mut names = names.peekable();
    let mut begun = true;
    while let Some(name) = names.next() {
        // The last line keeps room for the sign that there are more.
        let last = flowed.len() >= lines;
        let spare =
            if last && names.peek().is_some() { look.cells(GAP) + look.cells("…") } else { 0 };
        let gap = if begun { "" } else { GAP };
        let Some(line) = flowed.last_mut() else { break };
        let wanted = look.cells(line) + look.cells(gap) + look.cells(name) + spare;
        if wanted <= room {
            line.push_str(gap);
            line.push_str(name);
            begun = false;
        } else if last {
            line.push_str(if begun { "…" } else { "  …" });
            break;
        } else {
            flowed.push(format!("{}{name}", " ".repeat(indent)));
        }
    }
    flowed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::look;

    #[test]
    fn no_name_is_parted_and_what_is_left_out_is_said() {
        let names = || ["人工智能", "大数据", "物联网", "区块链"].into_iter();
        let flow =
            |room, lines| flow("共同：", names(), Room { cells: room, lines, indent: 1 }, &look());
        assert_eq!(flow(40, 1), ["共同：人工智能  大数据  物联网  区块链"]);
        assert_eq!(flow(30, 1), ["共同：人工智能  大数据  …"]);
        assert_eq!(flow(22, 2), ["共同：人工智能  大数据", " 物联网  区块链"]);
        assert_eq!(flow(4, 1), ["共同：…"]);
    }
}
