//! What is said of a diff: its counts in a line, and the remark beside each row.

use wenmai::reuse::edition_diff::{DiffRow, EditionDiff, Reason, Status};

use super::lang::Lang;
use super::over_time::OverTime;

/// True for a row that is shown where unchanged ones are not: not those that only have another number
/// or only what was replaced throughout, which the counts and notes say.
pub(crate) fn differs(row: &DiffRow) -> bool {
    let only_renumbered = row.status == Status::Same && row.reasons == [Reason::Renumbered];
    let differs = row.status != Status::Same || !row.reasons.is_empty();
    differs && !only_renumbered && !row.only_everywhere
}

/// The counts in a line, or that there is no difference.
pub(crate) fn counts(diff: &EditionDiff, lang: Lang) -> String {
    if diff.is_same() {
        return OverTime::NoDifference.say(lang).to_owned();
    }
    let summary = diff.summary();
    let only_renumbered =
        |row: &&DiffRow| row.status == Status::Same && row.reasons == [Reason::Renumbered];
    let counts = [
        (OverTime::Same, summary.same),
        (OverTime::Changed, summary.changed),
        (OverTime::Added, summary.added),
        (OverTime::Removed, summary.removed),
        (OverTime::Moved, summary.moved),
        (OverTime::Split, summary.split),
        (OverTime::Merged, summary.merged),
        (OverTime::Renumbered, diff.rows.iter().filter(only_renumbered).count()),
        (OverTime::XrefOnly, summary.xref_only),
        (OverTime::PunctuationOnly, summary.punctuation_only),
    ];
    let said = counts.iter().filter(|(word, count)| *count > 0 || *word == OverTime::Same);
    let said: Vec<String> =
        said.map(|(word, count)| word.tell(lang, &[&count.to_string()])).collect();
    said.join(" · ")
}

/// What is said beside a row; empty for one of which nothing is to be said.
pub(crate) fn remark(diff: &EditionDiff, row: &DiffRow, lang: Lang) -> String {
    let said = row.reasons.iter().filter_map(|reason| reason_of(diff, row, *reason, lang));
    said.collect::<Vec<_>>().join(OverTime::ListSeparator.say(lang))
}

fn reason_of(diff: &EditionDiff, row: &DiffRow, reason: Reason, lang: Lang) -> Option<String> {
    let word = match reason {
        Reason::Changed => OverTime::RemarkChanged,
        Reason::Added => OverTime::RemarkAdded,
        Reason::Removed => OverTime::RemarkRemoved,
        Reason::Split => OverTime::RemarkSplit,
        Reason::Merged => OverTime::RemarkMerged,
        Reason::XrefOnly => OverTime::RemarkXref,
        Reason::PunctuationOnly => OverTime::RemarkPunctuation,
        Reason::SameNumber => OverTime::RemarkSameNumber,
        Reason::Renumbered => {
            let old = diff.old_of(row)?.label.as_deref()?;
            let new = diff.new_of(row)?.label.as_deref()?;
            return Some(OverTime::RemarkRenumbered.tell(lang, &[old, new]));
        }
        Reason::Moved => match diff.new_heading(row).and_then(|head| head.label.as_deref()) {
            Some(chapter) => return Some(OverTime::RemarkMovedTo.tell(lang, &[chapter])),
            None => OverTime::RemarkMoved,
        },
    };
    Some(word.say(lang).to_owned())
}
