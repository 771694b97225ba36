//! Tables that drawn lines show: lines that touch make a grid, and the glyphs inside it belong to its
//! cells. What is left of the page are the glyphs of running text.

use super::{Glyph, GlyphCell, Rule, rows};

/// A table of a page.
pub(super) struct GridTable {
    /// Its upper edge.
    pub(super) top: f32,
    /// Base line, size and cells of each row.
    pub(super) rows: Vec<(f32, f32, Vec<GlyphCell>)>,
}

/// Lines of a page that are looked at; drawings have more.
const MOST: usize = 4000;
/// Distance within which lines touch.
const NEAR: f32 = 3.0;

/// The tables that `rules` make, and the glyphs outside of them.
pub(super) fn tables(glyphs: Vec<Glyph>, rules: &[Rule]) -> (Vec<GridTable>, Vec<Glyph>) {
    if rules.len() < 4 || rules.len() > MOST {
        return (Vec::new(), glyphs);
    }
    let mut grids: Vec<Grid> = connected(rules).into_iter().filter_map(Grid::of).collect();
    if grids.is_empty() {
        return (Vec::new(), glyphs);
    }
    let mut rest = Vec::new();
    for glyph in glyphs {
        match grids.iter_mut().find(|grid| grid.holds(&glyph)) {
            Some(grid) => grid.glyphs.push(glyph),
            None => rest.push(glyph),
        }
    }
    let mut tables = Vec::new();
    for grid in grids {
        match grid.into_table() {
            Ok(table) => tables.push(table),
            // A frame or a drawing: its text is text.
            Err(mut glyphs) => rest.append(&mut glyphs),
        }
    }
    tables.sort_by(|a, b| a.top.total_cmp(&b.top));
    (tables, rest)
}

/// Rules in groups that touch.
fn connected(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut parent: Vec<usize> = (0..rules.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while let Some(above) = parent.get(at).copied().filter(|above| *above != at) {
            let grand = parent.get(above).copied().unwrap_or(above);
            if let Some(own) = parent.get_mut(at) {
                *own = grand;
            }
            at = above;
        }
        at
    }
    let touches = |a: &Rule, b: &Rule| {
        a.x.0 - NEAR <= b.x.1
            && b.x.0 - NEAR <= a.x.1
            && a.y.0 - NEAR <= b.y.1
            && b.y.0 - NEAR <= a.y.1
    };
    // From the left, so that a rule is compared only with those that may reach it.
    let mut order: Vec<usize> = (0..rules.len()).collect();
    let left = |at: &usize| rules.get(*at).map_or(0.0, |rule| rule.x.0);
    order.sort_by(|a, b| left(a).total_cmp(&left(b)));
    for (n, at) in order.iter().enumerate() {
        let Some(rule) = rules.get(*at) else { continue };
        for other in order.iter().skip(n + 1) {
            let Some(next) = rules.get(*other) else { continue };
            if next.x.0 > rule.x.1 + NEAR {
                break;
            }
            if touches(rule, next) {
                let (a, b) = (root(&mut parent, *at), root(&mut parent, *other));
                if let Some(own) = parent.get_mut(a) {
                    *own = b;
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Rule>> =
        std::collections::BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        let group = root(&mut parent, at);
        groups.entry(group).or_default().push(*rule);
    }
    groups.into_values().collect()
}

struct Grid {
    /// Where its lines are, from left to right and from top to bottom.
    xs: Vec<f32>,
    ys: Vec<f32>,
    across: Vec<Rule>,
    down: Vec<Rule>,
    glyphs: Vec<Glyph>,
}

impl Grid {
    /// The grid of rules that touch; `None` for a single line or a frame without any inside.
    fn of(rules: Vec<Rule>) -> Option<Self> {
        let (across, down): (Vec<Rule>, Vec<Rule>) =
            rules.into_iter().partition(|rule| rule.x.1 - rule.x.0 >= rule.y.1 - rule.y.0);
        let xs = places(down.iter().map(|rule| rule.x.0));
        let ys = places(across.iter().map(|rule| rule.y.0));
        (xs.len() >= 3 && ys.len() >= 3).then_some(Self {
            xs,
            ys,
            across,
            down,
            glyphs: Vec::new(),
        })
    }

    fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = centre(glyph);
        let between = |all: &[f32], at: f32| {
            all.first().is_some_and(|first| at > *first)
                && all.last().is_some_and(|last| at < *last)
        };
        between(&self.xs, x) && between(&self.ys, y)
    }

    /// True where a line parts column `at` from the next one in row `row`.
    fn is_parted(&self, row: usize, at: usize) -> bool {
        let (Some(x), Some(y)) = (self.xs.get(at + 1), middle(&self.ys, row)) else { return true };
        self.down.iter().any(|rule| (rule.x.0 - x).abs() <= NEAR && rule.y.0 <= y && y <= rule.y.1)
    }

    /// True where a line is below row `row` in column `at`.
    fn is_closed(&self, row: usize, at: usize) -> bool {
        let (Some(y), Some(x)) = (self.ys.get(row + 1), middle(&self.xs, at)) else { return true };
        self.across
            .iter()
            .any(|rule| (rule.y.0 - y).abs() <= NEAR && rule.x.0 <= x && x <= rule.x.1)
    }

    fn into_table(self) -> Result<GridTable, Vec<Glyph>> {
        let (columns, lines) = (self.xs.len() - 1, self.ys.len() - 1);
        if columns * lines > MOST {
            return Err(self.glyphs);
        }
        // For each place of the grid the one whose cell it is part of.
        let mut owner: Vec<usize> = (0..columns * lines).collect();
        for row in 0..lines {
            for at in 0..columns {
                let own = row * columns + at;
                let from = match () {
                    () if at > 0 && !self.is_parted(row, at - 1) => own - 1,
                    () if row > 0 && !self.is_closed(row - 1, at) => own - columns,
                    () => continue,
                };
                let from = owner.get(from).copied().unwrap_or(own);
                if let Some(own) = owner.get_mut(own) {
                    *own = from;
                }
            }
        }
        let mut cells: Vec<Vec<Glyph>> = vec![Vec::new(); columns * lines];
        for glyph in &self.glyphs {
            let (x, y) = centre(glyph);
            let at = (self.ys.partition_point(|line| *line < y).saturating_sub(1)) * columns
                + self.xs.partition_point(|line| *line < x).saturating_sub(1);
            if let Some(cell) = owner.get(at).and_then(|own| cells.get_mut(*own)) {
                cell.push(*glyph);
            }
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled < 2 {
            return Err(self.glyphs);
        }
        let mut table =
            GridTable { top: self.ys.first().copied().unwrap_or(0.0), rows: Vec::new() };
        for row in 0..lines {
            let own = row * columns..(row + 1) * columns;
            let bottom = self.ys.get(row + 1).copied().unwrap_or(0.0);
            let mut size = 0.0f32;
            let mut texts = Vec::new();
            for at in own {
                let glyphs = cells.get_mut(at).map(std::mem::take).unwrap_or_default();
                size = glyphs.iter().map(|glyph| glyph.size).fold(size, f32::max);
                let (left, right) = (at % columns, at % columns + 1);
                texts.push(GlyphCell {
                    text: cell_text(glyphs),
                    left: self.xs.get(left).copied().unwrap_or(0.0),
                    right: self.xs.get(right).copied().unwrap_or(0.0),
                });
            }
            if texts.iter().any(|cell| !cell.text.is_empty()) {
                table.rows.push((bottom, size, texts));
            }
        }
        Ok(table)
    }
}

/// The lines of a cell as one: nothing between Han characters, a space between Latin words.
fn cell_text(glyphs: Vec<Glyph>) -> String {
    let mut text = String::new();
    for row in rows::of(glyphs, 0) {
        crate::ingest::plain::join(&mut text, &row.text());
    }
    text
}

fn centre(glyph: &Glyph) -> (f32, f32) {
    (glyph.x + glyph.width / 2.0, glyph.y - glyph.size * 0.35)
}

fn middle(all: &[f32], at: usize) -> Option<f32> {
    Some((all.get(at)? + all.get(at + 1)?) / 2.0)
}

/// `values` in order, those that are near each other once.
fn places(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = values.filter(|value| value.is_finite()).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|b, a| (*b - *a).abs() <= NEAR);
    all
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::set;
    use super::*;

    fn across(y: f32, x: (f32, f32)) -> Rule {
        Rule { x, y: (y, y) }
    }

    fn down(x: f32, y: (f32, f32)) -> Rule {
        Rule { x: (x, x), y }
    }

    #[test]
    fn lines_make_a_table_whose_merged_cells_are_one() {
        let mut rules: Vec<Rule> = [0.0, 20.0, 60.0].map(|y| across(y, (0.0, 200.0))).to_vec();
        rules.extend([0.0, 200.0].map(|x| down(x, (0.0, 60.0))));
        // The first row is one cell.
        rules.push(down(100.0, (20.0, 60.0)));
        let mut glyphs = set("表头", 80.0, 15.0, 10.0);
        glyphs.extend(set("指标", 10.0, 40.0, 10.0));
        glyphs.extend(set("到2027年达", 110.0, 35.0, 10.0));
        glyphs.extend(set("到一百项", 110.0, 50.0, 10.0));
        glyphs.extend(set("表下的话", 0.0, 80.0, 10.0));
        let (tables, rest) = tables(glyphs, &rules);
        let rows: Vec<Vec<&str>> = (tables[0].rows.iter())
            .map(|(_, _, cells)| cells.iter().map(|cell| cell.text.as_str()).collect())
            .collect();
        assert_eq!(rows, [vec!["表头", ""], vec!["指标", "到2027年达到一百项"]]);
        assert_eq!(rest.len(), 4);
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        let mut rules: Vec<Rule> = [0.0, 60.0].map(|y| across(y, (0.0, 200.0))).to_vec();
        rules.extend([0.0, 200.0].map(|x| down(x, (0.0, 60.0))));
        let (tables, rest) = tables(set("框里的话", 10.0, 30.0, 10.0), &rules);
        assert_eq!((tables.len(), rest.len()), (0, 4));
    }
}
