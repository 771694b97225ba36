//! The gaps of the chosen column: what another one, most often the whole country, mentions and it
//! does not, and the reverse.

use ratatui::layout::Rect;
use wenmai::compare::matrix::Missing;

use super::{MatrixScreen, label};
use crate::tui::canvas::{Canvas, inset, line_of};
use crate::tui::context::ScreenContext;
use crate::tui::widget::flow::{Room, flow};
use crate::ui::messages::Message;

impl MatrixScreen {
    pub(super) fn draw_gaps(&self, area: Rect, context: &ScreenContext, canvas: &mut Canvas<'_>) {
        let Some(counts) = self.counts.as_ref().filter(|_| area.height > 0) else { return };
        let base = self.base(context);
        let name = |at| counts.columns.get(at).map(|column| label(column, self.by, context));
        let Some((of_base, of_chosen)) = name(base).zip(name(self.column)) else { return };
        let others = || context.say(Message::TheOthers).to_owned();
        let (gap, chosen) = if base == self.column {
            (counts.gap_of_the_rest(base), others())
        } else {
            (counts.gap(base, self.column), of_chosen)
        };
        let half = area.height / 2;
        let lines = Rect { height: half, ..area };
        draw_list(lines, [&of_base, &chosen], &gap.lacks, context, canvas);
        let lines = Rect { y: area.y + half, ..lines };
        draw_list(lines, [&chosen, &of_base], &gap.adds, context, canvas);
    }
}

fn draw_list(
    area: Rect,
    [has, lacks]: [&str; 2],
    themes: &[Missing],
    context: &ScreenContext,
    canvas: &mut Canvas<'_>,
) {
    let count = themes.len().to_string();
    let mut head = context.tell(Message::Lacks, &[has, lacks, &count]);
    if themes.is_empty() {
        head.truncate(head.trim_end_matches([':', '：', ' ']).len());
    }
    // What was hardly to be expected says little.
    let telling = themes.iter().take_while(|one| one.says_something()).count();
    let names: Vec<String> = themes
        .iter()
        .take(telling)
        .map(|one| format!("{} ({:.0})", context.theme_name(one.theme), one.expected))
        .chain(themes.iter().skip(telling).map(|one| context.theme_name(one.theme).to_owned()))
        .collect();
    let names = names.iter().map(String::as_str);
    let lines = flow(
        &head,
        names,
        Room {
            cells: usize::from(area.width).saturating_sub(2),
            lines: area.height.into(),
            indent: 4,
        },
        canvas.look,
    );
    let palette = canvas.look.palette;
    for (at, line) in lines.iter().enumerate() {
        let area = inset(line_of(area, at), 1, 1);
        let Some(names) = line.strip_prefix(head.as_str()).filter(|_| at == 0) else {
            canvas.write_cut(area, line, palette.text);
            continue;
        };
        let rest = canvas.write_cut(area, &head, palette.heading);
        canvas.write_cut(rest, names, palette.text);
    }
}
