//! What is wrong with a query, in the language of the interface; for the search screen and the commands.

use wenmai::find::filters::{FIELDS, Wrong};
use wenmai::find::query::QueryError;

use super::lang::Lang;
use super::locales::{filled, text};

/// What is wrong with a query, and at which character.
pub(crate) fn explained(error: &QueryError, lang: Lang) -> String {
    let say = |key: &str, parts: &[&str]| filled(text(lang, &format!("query.{key}")), parts);
    let what = match &error.what {
        Wrong::TooLong => say("too-long", &[]),
        Wrong::Date(typed) => say("date", &[typed]),
        Wrong::Kind(typed) => say("kind", &[typed]),
        Wrong::Level(typed) => say("level", &[typed]),
        Wrong::Field(typed) => say("field", &[typed, &FIELDS.join(text(lang, "page.comma"))]),
        Wrong::NotInOr => say("not-in-or", &[]),
        Wrong::FilterInOr => say("filter-in-or", &[]),
        // The crate says it in English only.
        Wrong::Pattern(said) if lang == Lang::English => format!("{}: {said}", say("pattern", &[])),
        Wrong::Pattern(_) => say("pattern", &[]),
        Wrong::LargePattern => say("large-pattern", &[]),
    };
    say("place", &[&what, &(error.at + 1).to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use wenmai::find::query::{Mode, Query};

    #[test]
    fn a_wrong_query_is_explained_in_the_language() {
        for (typed, mode, english, chinese) in [
            ("甲 dat:2023", Mode::Words, "no filter is called “dat”", "没有筛选项“dat”"),
            ("date:soon", Mode::Words, "“soon” is no date", "“soon”不是日期"),
            ("(甲", Mode::Pattern, "invalid regular expression: ", "正则表达式有误"),
        ] {
            let error = Query::parse(typed, mode).expect_err(typed);
            let said = [Lang::English, Lang::Chinese].map(|lang| explained(&error, lang));
            assert!(said[0].starts_with(english), "{}", said[0]);
            assert!(said[1].starts_with(chinese), "{}", said[1]);
            assert!(!said[1].contains("error"), "{}", said[1]);
        }
    }
}
