//! Matrix: how often each theme is mentioned in each region, document, year, or by each issuer, and
//! what one of them has that another lacks. Every number comes from the theme index.
//!
//! [`Matrix::new`] makes it; rows are in the order of the themes, best first, until
//! [`Matrix::sort`] or [`Matrix::keep`] wants others.

use std::collections::BTreeMap;

use crate::document::{Collection, DocIndex, Summary};
use crate::text::fold::fold_key;
use crate::text::region::order_of;
use crate::themes::{ThemeId, ThemeIndex, ThemeKind};

/// What the columns of a matrix are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Axis {
    /// Regions: 全国 first, then the provinces in the order of their official codes.
    #[default]
    Region,
    /// Documents, in library order.
    Document,
    /// Years of signing or publication, the earliest first.
    Year,
    /// Issuing bodies, those with most documents first.
    Issuer,
}

/// The region of texts for the whole country.
pub const NATIONAL: &str = "全国";

/// The column of the documents of which the region, year or issuer is unknown.
pub const UNKNOWN: &str = "不明";

/// The documents that one column counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The region, the id of the document, the year, or the issuer.
    pub name: String,
    /// Its documents, in library order.
    pub documents: Vec<DocIndex>,
    /// Characters of all its documents.
    pub characters: usize,
}

/// How often a theme is mentioned in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ThemeCell {
    /// Mentions.
    pub mentions: u32,
    /// Documents with a mention.
    pub documents: u32,
}

impl ThemeCell {
    /// Mentions by 10,000 characters of the column; 0 where it has no character.
    pub fn per_10k(self, column: &Column) -> f64 {
        f64::from(self.mentions) * 10_000.0 / column.characters.max(1) as f64
    }
}

/// The mentions of one theme by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeRow {
    /// The theme.
    pub theme: ThemeId,
    /// One cell a column.
    pub cells: Vec<ThemeCell>,
}

impl ThemeRow {
    /// Mentions in all columns.
    pub fn mentions(&self) -> u32 {
        self.cells.iter().map(|cell| cell.mentions).sum()
    }

    /// Columns with a mention.
    pub fn columns(&self) -> u32 {
        self.cells.iter().filter(|cell| cell.mentions > 0).count() as u32
    }

    fn mentions_in(&self, column: usize) -> u32 {
        self.cells.get(column).map_or(0, |cell| cell.mentions)
    }
}

/// Themes by columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// The columns, [`UNKNOWN`] last. A joint issue is in the column of each of its issuers; every other
    /// document is in one.
    pub columns: Vec<Column>,
    /// The themes, best first; every theme with a mention in any column.
    pub rows: Vec<ThemeRow>,
}

/// The order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RowOrder {
    /// Themes best for comparing first.
    #[default]
    Rank,
    /// By name.
    Name,
    /// Most mentions in all columns first.
    Mentions,
    /// Themes of most columns first.
    Columns,
    /// Most mentions in this column first.
    Column(usize),
}

/// What a column lacks, and what it alone has, seen from another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The column, by its number.
    pub column: usize,
    /// Themes that the other column mentions and this one does not, those first of which most
    /// mentions were to be expected here.
    pub lacks: Vec<Missing>,
    /// Themes that this column mentions and the other one does not, those first of which most
    /// mentions were to be expected there.
    pub adds: Vec<Missing>,
}

/// A theme that a column does not mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missing {
    /// The theme.
    pub theme: ThemeId,
    /// How many mentions were to be expected ([`Matrix::expected`]).
    pub expected: f64,
}

impl Missing {
    /// False where so few mentions were to be expected that none says little. By the Poisson
    /// distribution none of three expected ones has a probability of 5 %.
    pub fn says_something(self) -> bool {
        self.expected >= 3.0
    }
}

impl Matrix {
    /// Counts the subjects of `index`, which was built from `documents`.
    pub fn new<D: Collection + ?Sized>(documents: &D, index: &ThemeIndex, by: Axis) -> Self {
        Self::of_kind(documents, index, by, ThemeKind::Subject)
    }

    /// The same for its bodies.
    pub fn of_bodies<D: Collection + ?Sized>(documents: &D, index: &ThemeIndex, by: Axis) -> Self {
        Self::of_kind(documents, index, by, ThemeKind::Body)
    }

    fn of_kind<D: Collection + ?Sized>(
        documents: &D,
        index: &ThemeIndex,
        by: Axis,
        kind: ThemeKind,
    ) -> Self {
        let columns = columns(documents, by);
        let mut columns_of = vec![Vec::new(); documents.count()];
        for (number, column) in columns.iter().enumerate() {
            for document in &column.documents {
                if let Some(own) = columns_of.get_mut(document.get()) {
                    own.push(number);
                }
            }
        }
        let row = |(rank, theme): (usize, &crate::themes::Theme)| {
            let mut cells = vec![ThemeCell::default(); columns.len()];
            for (document, mentions) in theme.documents.iter() {
                for column in columns_of.get(document.get()).into_iter().flatten() {
                    if let Some(cell) = cells.get_mut(*column) {
                        cell.mentions += mentions;
                        cell.documents += 1;
                    }
                }
            }
            ThemeRow { theme: ThemeId(rank as u32), cells }
        };
        let subjects = index.subjects().len();
        let (from, themes) = match kind {
            ThemeKind::Subject => (0, index.subjects()),
            ThemeKind::Body => (subjects, index.bodies()),
        };
        let themes = themes.iter().enumerate().map(|(at, theme)| (from + at, theme));
        let mut rows: Vec<ThemeRow> = themes.map(row).collect();
        rows.retain(|row| row.cells.iter().any(|cell| cell.mentions > 0));
        Self { columns, rows }
    }

    /// Puts the rows in order; equal rows stay in the order of the themes.
    pub fn sort(&mut self, order: RowOrder, index: &ThemeIndex) {
        let name = |row: &ThemeRow| index.theme(row.theme).map_or("", |theme| theme.name.as_str());
        self.rows.sort_by(|one, other| {
            let most_first = |count: fn(&ThemeRow) -> u32| count(other).cmp(&count(one));
            let order = match order {
                RowOrder::Rank => one.theme.cmp(&other.theme),
                RowOrder::Name => name(one).cmp(name(other)),
                RowOrder::Mentions => most_first(ThemeRow::mentions),
                RowOrder::Columns => most_first(ThemeRow::columns),
                RowOrder::Column(column) => other.mentions_in(column).cmp(&one.mentions_in(column)),
            };
            order.then(one.theme.cmp(&other.theme))
        });
    }

    /// Keeps the themes whose name contains `wording`, in any script, width or case, and that have
    /// at least `least` mentions in all columns together.
    pub fn keep(&mut self, wording: &str, least: u32, index: &ThemeIndex) {
        let wanted = fold_key(wording.trim());
        let fits = |row: &ThemeRow| {
            let named = index.theme(row.theme).is_some_and(|t| fold_key(&t.name).contains(&wanted));
            named && row.mentions() >= least
        };
        self.rows.retain(fits);
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// How many mentions of a theme are to be expected in `column`, by how often all other columns
    /// mention it for their length.
    pub fn expected(&self, row: &ThemeRow, column: usize) -> f64 {
        let (mut mentions, mut characters) = (0_u32, 0_usize);
        for ((cell, other), at) in row.cells.iter().zip(&self.columns).zip(0..) {
            if at != column {
                mentions += cell.mentions;
                characters += other.characters;
            }
        }
        let here = self.columns.get(column).map_or(0, |column| column.characters);
        f64::from(mentions) * here as f64 / characters.max(1) as f64
    }

    /// The gaps of `column` against the column `against`.
    pub fn gap(&self, against: usize, column: usize) -> Gap {
        Gap { column, lacks: self.only_in(against, column), adds: self.only_in(column, against) }
    }

    /// What every other column lacks of what `column` has, as `lacks`, and what any other has that
    /// it has not, as `adds`.
    pub fn gap_of_the_rest(&self, column: usize) -> Gap {
        let known = |row: &ThemeRow| -> Vec<usize> {
            let named = |at: &usize| self.columns.get(*at).is_some_and(|c| c.name != UNKNOWN);
            (0..row.cells.len()).filter(named).filter(|at| row.mentions_in(*at) > 0).collect()
        };
        let expected_elsewhere = |row: &ThemeRow| {
            let here = self.columns.get(column).map_or(0, |column| column.characters);
            let all: usize = self.columns.iter().map(|column| column.characters).sum();
            let rate = f64::from(row.mentions_in(column)) / here.max(1) as f64;
            rate * all.saturating_sub(here) as f64
        };
        let lacks = self.rows.iter().filter(|row| known(row) == [column]);
        let lacks = lacks.map(|row| (row, expected_elsewhere(row)));
        let adds = self.rows.iter().filter(|row| {
            let columns = known(row);
            !columns.is_empty() && !columns.contains(&column)
        });
        let adds = adds.map(|row| (row, self.expected(row, column)));
        Gap { column, lacks: most_expected(lacks), adds: most_expected(adds) }
    }

    /// The gaps of every other column against the column `against`: of regions against 全国. What is
    /// unknown, and a year without texts, lack nothing.
    pub fn gaps(&self, against: usize) -> Vec<Gap> {
        let is_one = |column: &Column| column.name != UNKNOWN && !column.documents.is_empty();
        let others = (0..self.columns.len())
            .filter(|column| *column != against && self.columns.get(*column).is_some_and(is_one));
        others.map(|column| self.gap(against, column)).collect()
    }

    fn only_in(&self, inside: usize, outside: usize) -> Vec<Missing> {
        let has =
            |row: &ThemeRow, column: usize| row.cells.get(column).is_some_and(|c| c.mentions > 0);
        let rows = self.rows.iter().filter(|row| has(row, inside) && !has(row, outside));
        most_expected(rows.map(|row| (row, self.expected(row, outside))))
    }
}

/// The themes of these rows with what was expected, most first, then best first.
fn most_expected<'r>(rows: impl Iterator<Item = (&'r ThemeRow, f64)>) -> Vec<Missing> {
    let missing = |(row, expected): (&ThemeRow, f64)| Missing { theme: row.theme, expected };
    let mut all: Vec<Missing> = rows.map(missing).collect();
    all.sort_by(|a, b| b.expected.total_cmp(&a.expected).then(a.theme.cmp(&b.theme)));
    all
}

fn columns<D: Collection + ?Sized>(documents: &D, by: Axis) -> Vec<Column> {
    let mut named: BTreeMap<String, Column> = BTreeMap::new();
    for index in (0..documents.count() as u32).map(DocIndex) {
        let Some(card) = documents.card(index) else { continue };
        for name in names_of(&card, by) {
            let column = named.entry(name.clone()).or_insert_with(|| empty(name));
            column.documents.push(index);
            column.characters += card.characters as usize;
        }
    }
    if by == Axis::Year {
        fill_years(&mut named);
    }
    let mut columns: Vec<Column> = named.into_values().collect();
    match by {
        Axis::Year => columns.sort_by_key(|column| column.name == UNKNOWN),
        Axis::Document => columns.sort_by_key(|column| column.documents.clone()),
        Axis::Region => {
            columns.sort_by_key(|column| (column.name == UNKNOWN, order_of(&column.name)))
        }
        Axis::Issuer => columns.sort_by_key(|column| {
            (column.name == UNKNOWN, std::cmp::Reverse(column.documents.len()))
        }),
    }
    columns
}

fn empty(name: String) -> Column {
    Column { name, documents: Vec::new(), characters: 0 }
}

/// Years without a text that are filled in at most: beyond, a wrong date has torn the row apart.
const MOST_YEARS: i16 = 120;

/// Adds the years without texts between the first and the last.
fn fill_years(named: &mut BTreeMap<String, Column>) {
    let mut years = named.keys().filter_map(|name| name.parse::<i16>().ok());
    let Some(first) = years.next() else { return };
    let last = years.next_back().unwrap_or(first);
    if last - first > MOST_YEARS {
        return;
    }
    for year in first..last {
        named.entry(year.to_string()).or_insert_with_key(|name| empty(name.clone()));
    }
}

/// The columns that count a document.
fn names_of(card: &Summary, by: Axis) -> Vec<String> {
    let facts = &card.metadata;
    let mut names: Vec<String> = match by {
        Axis::Region => facts.region.iter().map(|region| region.name.clone()).collect(),
        Axis::Document => vec![card.id.to_string()],
        Axis::Year => facts.date().iter().map(|date| date.year().to_string()).collect(),
        Axis::Issuer if facts.issuers.is_empty() => facts.issuer.iter().cloned().collect(),
        Axis::Issuer => facts.issuers.clone(),
    };
    if names.is_empty() {
        names.push(UNKNOWN.to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::samples::{about, document, index};
    use proptest::prelude::*;

    fn library() -> (Vec<Document>, ThemeIndex) {
        let documents = vec![
            about(document("a", &["渔业渔业林业"]), "浙江"),
            about(document("b", &["渔业牧业"]), "全国"),
            about(document("c", &["渔业"]), "浙江"),
            document("d", &["牧业"]),
        ];
        let index = index(&documents, &["渔业", "牧业", "林业"]);
        (documents, index)
    }

    #[test]
    fn cells_count_mentions_documents_and_rate() {
        let (documents, index) = library();
        let matrix = Matrix::new(&documents, &index, Axis::Region);
        let names: Vec<_> = matrix.columns.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names, ["全国", "浙江", UNKNOWN]);
        let cell = matrix.rows[0].cells[1];
        assert_eq!(cell, ThemeCell { mentions: 3, documents: 2 });
        assert!((cell.per_10k(&matrix.columns[1]) - 3750.0).abs() < 1e-9);
    }

    #[test]
    fn every_cell_agrees_with_the_theme_index() {
        let (documents, index) = library();
        let matrix = Matrix::new(&documents, &index, Axis::Region);
        for row in &matrix.rows {
            for (region, mentions) in &index.theme(row.theme).unwrap().regions {
                let column = matrix.column(region).unwrap();
                assert_eq!(row.cells[column].mentions, *mentions);
            }
        }
    }

    #[test]
    fn rows_are_sorted_and_kept_as_asked() {
        let (documents, index) = library();
        let names = |matrix: &Matrix| -> String {
            let name = |row: &ThemeRow| index.theme(row.theme).unwrap().name.clone();
            matrix.rows.iter().map(name).collect::<Vec<_>>().join(" ")
        };
        let mut matrix = Matrix::new(&documents, &index, Axis::Region);
        let national = matrix.column(NATIONAL).unwrap();
        for (order, wanted) in [
            (RowOrder::Name, "林业 渔业 牧业"),
            (RowOrder::Rank, "渔业 牧业 林业"),
            (RowOrder::Columns, "渔业 牧业 林业"),
            (RowOrder::Mentions, "渔业 牧业 林业"),
            (RowOrder::Column(national), "渔业 牧业 林业"),
            (RowOrder::Column(1 - national), "渔业 林业 牧业"),
            (RowOrder::Column(99), "渔业 牧业 林业"),
        ] {
            matrix.sort(order, &index);
            assert_eq!(names(&matrix), wanted, "{order:?}");
        }
        matrix.keep("業", 2, &index);
        assert_eq!(names(&matrix), "渔业 牧业");
        matrix.keep("林", 0, &index);
        assert!(matrix.rows.is_empty());
    }

    proptest! {
        #[test]
        fn every_cell_of_a_random_library_counts_what_the_index_counts(
            texts in proptest::collection::vec(("[渔林牧业和，]{0,12}", 0..3usize), 0..8)
        ) {
            let regions = ["全国", "浙江", "上海"];
            let documents: Vec<Document> = texts.iter().enumerate().map(|(at, (text, region))| {
                about(document(&at.to_string(), &[text]), regions[*region])
            }).collect();
            let index = index(&documents, &["渔业", "牧业", "林业"]);
            for by in [Axis::Region, Axis::Document] {
                let matrix = Matrix::new(&documents, &index, by);
                for (rank, theme) in index.themes().iter().enumerate() {
                    let row = matrix.rows.iter().find(|row| row.theme == ThemeId(rank as u32));
                    prop_assert_eq!(row.map_or(0, ThemeRow::mentions), theme.mentions);
                    for (number, column) in matrix.columns.iter().enumerate() {
                        let inside = theme.documents.iter()
                            .filter(|(document, _)| column.documents.contains(document));
                        let wanted = inside.map(|(_, mentions)| mentions).sum::<u32>();
                        prop_assert_eq!(row.map_or(0, |row| row.mentions_in(number)), wanted);
                    }
                }
            }
        }
    }

    #[test]
    fn gaps_name_what_a_region_lacks_and_what_it_adds() {
        let (documents, index) = library();
        let matrix = Matrix::new(&documents, &index, Axis::Region);
        let gaps = matrix.gaps(matrix.column(NATIONAL).unwrap());
        let names = |missing: &[Missing]| -> Vec<_> {
            missing.iter().map(|one| index.theme(one.theme).unwrap().name.clone()).collect()
        };
        assert_eq!(gaps.len(), 1);
        assert_eq!(names(&gaps[0].lacks), ["牧业"]);
        assert_eq!(names(&gaps[0].adds), ["林业"]);
        let rest = matrix.gap_of_the_rest(matrix.column(NATIONAL).unwrap());
        assert_eq!(
            (names(&rest.lacks), names(&rest.adds)),
            (vec!["牧业".into()], vec!["林业".into()])
        );
    }

    #[test]
    fn columns_may_be_documents_and_an_empty_library_has_none() {
        let (documents, index) = library();
        assert_eq!(Matrix::new(&documents, &index, Axis::Document).columns.len(), 4);
        assert_eq!(Matrix::new(&[], &ThemeIndex::default(), Axis::Region), Matrix::default());
    }

    #[test]
    fn no_document_is_dropped_and_years_without_texts_are_columns() {
        let mut documents: Vec<Document> =
            ["a", "b", "c", "d"].iter().map(|id| document(id, &["渔业和牧业"])).collect();
        for (one, date) in documents.iter_mut().zip(["2019", "2022-03-01", ""]) {
            one.metadata.signed = date.parse().ok();
        }
        documents[0].metadata.issuers = vec!["甲局".to_owned(), "乙局".to_owned()];
        documents[1].metadata.issuers = vec!["乙局".to_owned()];
        let index = index(&documents, &["渔业", "牧业"]);
        let columns = |by| {
            let matrix = Matrix::new(&documents, &index, by);
            let counts: Vec<(String, u32)> = matrix
                .columns
                .iter()
                .zip(&matrix.rows[0].cells)
                .map(|(column, cell)| (column.name.clone(), cell.documents))
                .collect();
            counts
        };
        let owned = |all: &[(&str, u32)]| -> Vec<(String, u32)> {
            all.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        let years = [("2019", 1), ("2020", 0), ("2021", 0), ("2022", 1), (UNKNOWN, 2)];
        assert_eq!(columns(Axis::Year), owned(&years));
        assert_eq!(columns(Axis::Issuer), owned(&[("乙局", 2), ("甲局", 1), (UNKNOWN, 2)]));
        assert_eq!(columns(Axis::Region), owned(&[(UNKNOWN, 4)]));
        let matrix = Matrix::new(&documents, &index, Axis::Year);
        let gaps = matrix.gaps(0);
        assert_eq!(gaps.iter().map(|gap| gap.column).collect::<Vec<_>>(), [3]);
    }
}
