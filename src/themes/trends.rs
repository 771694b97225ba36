//! Which themes rise and which fall from year to year: the slope of the share of a year's documents
//! that mention a theme.
//!
//! Sources: the slope is the median of the slopes between all pairs of years (Sen, Journal of the
//! American Statistical Association 63, 1968, after Theil, 1950); whether years and shares agree in
//! order is Kendall's tau (Mann, Econometrica 13, 1945).

use std::collections::BTreeMap;

use super::{Theme, ThemeId, ThemeIndex};
use crate::document::{Collection, DocIndex};

/// The fewest documents of a year that is looked at.
const FEWEST_DOCUMENTS: u32 = 20;
/// The fewest such years that show a trend.
const FEWEST_YEARS: usize = 5;
/// The fewest documents that must mention a theme.
const FEWEST_MENTIONING: u32 = 10;
/// The least agreement of years and shares in order, from -1 to 1.
const LEAST_TAU: f64 = 0.5;

/// How a theme went from the first year to the last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The theme.
    pub theme: ThemeId,
    /// Change of its share of documents by year; above 0 for one that rises.
    pub slope: f64,
    /// Kendall's tau.
    pub tau: f64,
}

/// The documents of a library by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Years {
    /// Complete years with enough documents, each with their number.
    counted: BTreeMap<i16, u32>,
    of_document: Vec<Option<i16>>,
}

impl Years {
    /// The years of `documents`. The last one is taken for incomplete and left out.
    pub fn of<D: Collection + ?Sized>(documents: &D) -> Self {
        let year = |at: DocIndex| Some(documents.card(at)?.metadata.date()?.year());
        let of_document: Vec<Option<i16>> = documents.indices().map(year).collect();
        let mut counted: BTreeMap<i16, u32> = BTreeMap::new();
        for year in of_document.iter().flatten() {
            *counted.entry(*year).or_default() += 1;
        }
        counted.pop_last();
        counted.retain(|_, documents| *documents >= FEWEST_DOCUMENTS);
        Self { counted, of_document }
    }

    /// How many years are looked at.
    pub fn len(&self) -> usize {
        self.counted.len()
    }

    /// True where none is.
    pub fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// True where they are enough for a trend.
    pub fn are_enough(&self) -> bool {
        self.len() >= FEWEST_YEARS
    }

    /// The share of each year's documents that mention `theme`, the earliest first; `None` where
    /// too few do.
    fn shares(&self, theme: &Theme) -> Option<Vec<(f64, f64)>> {
        let mut mentioning: BTreeMap<i16, u32> = BTreeMap::new();
        for at in theme.documents.documents() {
            if let Some(year) = self.of_document.get(at.get()).copied().flatten()
                && self.counted.contains_key(&year)
            {
                *mentioning.entry(year).or_default() += 1;
            }
        }
        let all: u32 = mentioning.values().sum();
        let share = |(year, documents): (&i16, &u32)| {
            let mentioning = mentioning.get(year).copied().unwrap_or_default();
            (f64::from(*year), f64::from(mentioning) / f64::from(*documents))
        };
        (all >= FEWEST_MENTIONING).then(|| self.counted.iter().map(share).collect())
    }
}

/// The subjects of `index` that rise or fall over `years`, the steepest rise first. None where the
/// years are too few.
pub fn trends(index: &ThemeIndex, years: &Years) -> Vec<Trend> {
    if !years.are_enough() {
        return Vec::new();
    }
    let trend = |(theme, id): (&Theme, u32)| {
        let (slope, tau) = slope_and_tau(&years.shares(theme)?)?;
        let clear = slope != 0.0 && tau.abs() >= LEAST_TAU;
        clear.then_some(Trend { theme: ThemeId(id), slope, tau })
    };
    let mut all: Vec<Trend> = index.subjects().iter().zip(0..).filter_map(trend).collect();
    all.sort_by(|a, b| b.slope.total_cmp(&a.slope).then(a.theme.cmp(&b.theme)));
    all
}

/// The median slope between all pairs of points, and Kendall's tau; `None` for fewer than two.
fn slope_and_tau(points: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut slopes = Vec::new();
    let mut agreement = 0.0;
    for (at, (year, share)) in points.iter().enumerate() {
        for (later, share_later) in points.iter().skip(at + 1) {
            let difference = share_later - share;
            slopes.push(difference / (later - year));
            agreement += if difference == 0.0 { 0.0 } else { difference.signum() };
        }
    }
    slopes.sort_by(f64::total_cmp);
    let middle = slopes.len() / 2;
    let upper = *slopes.get(middle)?;
    let median = if slopes.len().is_multiple_of(2) {
        (upper + slopes.get(middle - 1)?) / 2.0
    } else {
        upper
    };
    Some((median, agreement / slopes.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, PartialDate};
    use crate::samples::{document, index};

    #[test]
    fn slope_is_the_median_and_one_outlier_does_not_turn_it() {
        let points = [(2020.0, 0.1), (2021.0, 0.2), (2022.0, 0.9), (2023.0, 0.4), (2024.0, 0.5)];
        let (slope, tau) = slope_and_tau(&points).unwrap();
        assert!((slope - 0.1).abs() < 1e-9, "{slope}");
        assert!((tau - 0.6).abs() < 1e-9, "{tau}");
        assert_eq!(slope_and_tau(&points[..1]), None);
    }

    fn library(years: i16, documents: u32) -> Vec<Document> {
        let mut all = Vec::new();
        for year in 0..=years {
            for number in 0..documents {
                let rises = number * 10 < documents * year as u32;
                let text = if rises { "渔业" } else { "林业" };
                let mut one = document(&format!("{year}-{number:02}"), &[text]);
                one.metadata.signed = PartialDate::of_year(2000 + year);
                all.push(one);
            }
        }
        all
    }

    #[test]
    fn rising_theme_comes_first_and_the_last_year_is_cut() {
        let documents = library(6, 20);
        let index = index(&documents, &["林业", "渔业"]);
        let years = Years::of(&documents);
        assert_eq!(years.len(), 6);
        let found = trends(&index, &years);
        assert_eq!(found.iter().map(|one| one.theme.0).collect::<Vec<_>>(), [1, 0]);
        assert!((found[0].slope - 0.1).abs() < 1e-9 && (found[1].slope + 0.1).abs() < 1e-9);
    }

    #[test]
    fn few_years_or_few_documents_show_no_trend() {
        for (years, documents) in [(4, 20), (6, 19)] {
            let documents = library(years, documents);
            let index = index(&documents, &["林业", "渔业"]);
            assert!(trends(&index, &Years::of(&documents)).is_empty());
        }
    }
}
