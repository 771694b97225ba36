//! A date as precisely as a text says it: a day, a month or only a year. Work reports and columns of
//! tables often name no more than a year, which must not be shown as its first of January.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The year alone.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// A day, a month or a year. Ordered by its first day: 2025 comes after 2024-12-31 and before
/// 2025-01, which comes before 2025-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

impl PartialDate {
    /// The year `year`, or `None` where the calendar has no such year.
    pub fn of_year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, precision: Precision::Year })
    }

    /// A month of a year, or `None` where the calendar has no such month.
    pub fn of_month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, precision: Precision::Month })
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The day, where it is known.
    pub fn day(self) -> Option<Date> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// The first day that it may be.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    pub fn last_day(self) -> Date {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Its month, from 1, where it is known.
    pub fn month(self) -> Option<i8> {
        (self.precision > Precision::Year).then(|| self.first.month())
    }

    /// It with two digits of the year and without the day, for narrow columns: 25-03, and 2025 where
    /// no more is known.
    pub fn abbreviated(self) -> String {
        match self.precision {
            Precision::Year => self.to_string(),
            Precision::Month | Precision::Day => self.first.strftime("%y-%m").to_string(),
        }
    }

    /// It without the day: 2025-03, and 2025 where no more is known.
    pub fn without_day(self) -> Self {
        Self { precision: self.precision.min(Precision::Month), ..self }.normal()
    }

    fn normal(self) -> Self {
        let first = match self.precision {
            Precision::Year => self.first.first_of_year(),
            Precision::Month => self.first.first_of_month(),
            Precision::Day => self.first,
        };
        Self { first, ..self }
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> Self {
        Self { first: day, precision: Precision::Day }
    }
}

/// ISO 8601, as much of it as is known: 2025, 2025-03, 2025-03-01.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.precision {
            Precision::Year => f.pad(&format!("{year:04}")),
            Precision::Month => f.pad(&format!("{year:04}-{month:02}")),
            Precision::Day => f.pad(&self.first.to_string()),
        }
    }
}

/// What [`fmt::Display`] writes.
impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let number =
            |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?;
        let mut parts = text.split('-');
        let year = parts.next().filter(|year| year.len() == 4).and_then(number).ok_or(NoDate)?;
        let month: Option<i16> =
            parts.next().map(|month| number(month).ok_or(NoDate)).transpose()?;
        let day = parts.next().map(|day| number(day).ok_or(NoDate)).transpose()?;
        let found = match (month, day, parts.next()) {
            (None, None, None) => Self::of_year(year),
            (Some(month), None, None) => Self::of_month(year, month as i8),
            (Some(month), Some(day), None) => {
                let day: Option<Date> = Date::new(year, month as i8, day as i8).ok();
                day.map(Self::from)
            }
            _ => None,
        };
        found.ok_or(NoDate)
    }
}

/// A text that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no date: write YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NoDate;

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_is_shown_as_precisely_as_it_is_known() {
        let cases = [
            ("2025", Precision::Year, "2025", "2025-12-31"),
            ("2024-02", Precision::Month, "24-02", "2024-02-29"),
            ("2025-03-01", Precision::Day, "25-03", "2025-03-01"),
        ];
        for (text, precision, short, last) in cases {
            let date = date(text);
            assert_eq!((date.to_string().as_str(), date.precision()), (text, precision));
            assert_eq!(
                (date.abbreviated().as_str(), date.last_day().to_string().as_str()),
                (short, last)
            );
            assert_eq!(date.day().is_some(), precision == Precision::Day);
            assert_eq!(date.month().is_some(), precision != Precision::Year);
        }
        assert_eq!(date("2025-03-17").without_day(), date("2025-03"));
        assert_eq!(date("2025").without_day(), date("2025"));
    }

    #[test]
    fn dates_are_ordered_by_their_first_day() {
        let ordered = ["2024-12-31", "2025", "2025-01", "2025-01-01", "2025-02"].map(date);
        assert!(ordered.is_sorted());
        assert_eq!(date("2025-02").first_day(), Date::constant(2025, 2, 1));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in
            ["", "25", "2025-13", "2025-02-30", "2025-1-1-1", "2025-+1", "二〇二五", "2025-"]
        {
            assert_eq!(text.parse::<PartialDate>(), Err(NoDate), "{text}");
        }
    }
}
