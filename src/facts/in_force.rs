//! From when and until when a text is in force, with the sentence that says so: 自2021年1月1日起施行,
//! 自公布之日起施行, 有效期五年.

use std::sync::LazyLock;

use regex::Regex;

use super::targets::numeral;
use crate::document::{DocIndex, Document, PartialDate, Place};
use crate::text::fold::fold;
use crate::text::sentences::sentences;

/// The time in which a text is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce {
    pub from: Option<PartialDate>,
    /// The last day.
    pub until: Option<PartialDate>,
    /// The sentences that say so.
    pub sentences: Vec<Place>,
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:本[\p{Han}()]{0,12}|并)?自(?:(?P<y>\d{4}|[〇○零一二三四五六七八九]{4})年(?P<m>[\d一二三四五六七八九十]{1,3})月(?P<d>[\d一二三四五六七八九十]{1,3})日",
        r"|(?P<now>(?:发布|公布|印发|颁布|发文|下发)之日))(?:起)?(?:正式)?(?:施行|实施|执行|生效)"
    ))
    .expect("pattern of days in force")
});

#[expect(clippy::expect_used, reason = "built-in pattern")]
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:本[\p{Han}]{1,10}|,|^|执行|施行|实施)有效期(?:限)?(?:为|至|到|截至|:)?(?:(?P<y>\d{4}|[〇○零一二三四五六七八九]{4})年(?P<m>[\d一二三四五六七八九十]{1,3})月(?P<d>[\d一二三四五六七八九十]{1,3})日",
        r"|(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})年)",
        r"|(?:施行|实施|执行)(?:至|到)(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
    ))
    .expect("pattern of last days in force")
});

/// When `document` is in force, as far as it says so itself. A text that names no last day has none.
pub fn in_force(document: &Document, at: DocIndex) -> InForce {
    let issued = document.metadata.date();
    let mut found = InForce { from: document.metadata.effective, ..InForce::default() };
    for (number, block) in (0u32..).zip(&document.blocks) {
        if !["施行", "实施", "执行", "生效", "有效期"].iter().any(|word| block.text.contains(word))
        {
            continue;
        }
        let folded = fold(&block.text);
        let mut cutter = crate::text::SpanCutter::new(folded.as_str());
        for span in sentences(folded.as_str()) {
            let sentence = cutter.cut(span);
            let from = FROM.captures(sentence).filter(|_| found.from.is_none()).and_then(|day| {
                let named = day_of(&day, ["y", "m", "d"]);
                named.or(day.name("now").and(issued))
            });
            found.from = found.from.or(from);
            let until =
                UNTIL.captures(sentence).filter(|_| found.until.is_none()).and_then(|day| {
                    let named =
                        day_of(&day, ["y", "m", "d"]).or_else(|| day_of(&day, ["y2", "m2", "d2"]));
                    let years = || {
                        let years = numeral(day.name("years")?.as_str())? as i32;
                        last_day(found.from.or(issued)?, years)
                    };
                    named.or_else(years)
                });
            found.until = found.until.or(until);
            if from.is_some() || until.is_some() {
                let place = Place { document: at, block: number, span: folded.shown(span) };
                found.sentences.push(place);
            }
        }
    }
    found
}

/// The day before that of `from`, so many years later.
fn last_day(from: PartialDate, years: i32) -> Option<PartialDate> {
    let later = |year: i16| PartialDate::of_year(year.checked_add(i16::try_from(years).ok()?)?);
    let Some(day) = from.day() else { return later(from.year()) };
    let end = day.checked_add(jiff::Span::new().years(years)).ok()?;
    end.yesterday().ok().map(PartialDate::from)
}

fn day_of(found: &regex::Captures<'_>, names: [&str; 3]) -> Option<PartialDate> {
    let [year, month, day] = names.map(|name| found.name(name).and_then(|n| numeral(n.as_str())));
    let date = jiff::civil::Date::new(year? as i16, month? as i8, day? as i8).ok()?;
    Some(date.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    fn said(text: &str) -> (Option<String>, Option<String>) {
        let mut document = document("a", &[text]);
        document.metadata.signed = "2021-03-05".parse().ok();
        let found = in_force(&document, DocIndex(0));
        (found.from.map(|day| day.to_string()), found.until.map(|day| day.to_string()))
    }

    #[test]
    fn days_in_force_are_read_with_their_sentence() {
        let day = |day: &str| Some(day.to_owned());
        for (text, from, until) in [
            ("本办法自2021年4月1日起施行。", day("2021-04-01"), None),
            ("本办法自公布之日起施行，有效期五年。", day("2021-03-05"), day("2026-03-04")),
            (
                "本通知自2021年4月1日起执行，有效期至2023年3月31日。",
                day("2021-04-01"),
                day("2023-03-31"),
            ),
            ("自二〇二一年五月一日起施行。", day("2021-05-01"), None),
            ("许可证有效期五年。", None, None),
            ("渔港管理另行规定。", None, None),
        ] {
            assert_eq!(said(text), (from, until), "{text}");
        }
    }
}
