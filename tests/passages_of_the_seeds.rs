//! What the five compiled-in texts share: the runs and near pairs that were read in them by hand,
//! and the summary of a report that repeats its own full text.

use wenmai::document::{DocIndex, Document, Place};
use wenmai::facts::targets::{TargetKind, targets};
use wenmai::ingest::{Options, seeds};
use wenmai::reuse::passages::{Passage, Passages, Scope};
use wenmai::themes::ThemeIndex;

/// The national outline of standardisation, as a news report with a summary before its full text.
const OUTLINE: &str = "002";
/// The opinion on technical norms of measurement.
const OPINION: &str = "004";

fn index(documents: &[Document], prefix: &str) -> DocIndex {
    let at = documents.iter().position(|doc| doc.id.as_str().starts_with(prefix)).unwrap();
    DocIndex(at as u32)
}

fn text<'d>(documents: &'d [Document], place: &Place) -> &'d str {
    place.span.of(&documents[place.document.get()].blocks[place.block as usize].text)
}

fn between<'d>(documents: &'d [Document], found: &[Passage]) -> Vec<(&'d str, &'d str, f64)> {
    let shown = |p: &Passage| (text(documents, &p.a), text(documents, &p.b), p.similarity);
    found.iter().map(shown).collect()
}

#[test]
fn the_outline_and_the_opinion_share_what_was_read_in_them() {
    let documents = seeds(&Options::default()).documents;
    let (outline, opinion) = (index(&documents, OUTLINE), index(&documents, OPINION));
    let found = Passages::find(&documents, &Scope::Library);
    let shared: Vec<_> = found.between(outline, opinion).collect();
    let shared = between(&documents, &shared);
    for run in ["由数量规模型向质量效益型", "关键技术指标的一致性程度"] {
        assert!(
            shared.iter().any(|(a, b, like)| *like >= 1.0 && a.contains(run) && b.contains(run)),
            "{run}: {shared:#?}"
        );
    }
    let near = [
        (
            "标准供给由政府主导向政府与市场并重转变",
            "计量技术规范供给由政府主导向政府引导和需求驱动并重转变",
        ),
        ("开放融合的标准化工作格局全面形成", "开放融合的计量技术委员会工作格局全面形成"),
    ];
    for (ours, theirs) in near {
        let is_pair = |(a, b, like): &&(&str, &str, f64)| {
            (0.55..1.0).contains(like) && a.contains(ours) && b.contains(theirs)
        };
        assert_eq!(shared.iter().filter(is_pair).count(), 1, "{ours}: {shared:#?}");
    }
    assert!(
        near.iter().all(|(ours, _)| shared.iter().filter(|(a, ..)| a.contains(ours)).count() == 1)
    );
}

#[test]
fn the_summary_of_the_outline_is_a_repetition_and_no_sharing() {
    let documents = seeds(&Options::default()).documents;
    let outline = index(&documents, OUTLINE);
    let found = Passages::find(&documents, &Scope::Library);
    assert!(found.shared().iter().all(|p| p.a.document != p.b.document));
    let repeats: Vec<_> = found.repeats().iter().filter(|p| p.a.document == outline).collect();
    assert!(repeats.len() >= 5, "{repeats:?}");
    assert!(
        repeats
            .iter()
            .all(|p| p.b.document == outline && (p.a.block, p.a.span) < (p.b.block, p.b.span))
    );
    let said = "标准供给由政府主导向政府与市场并重转变";
    assert!(repeats.iter().any(|p| text(&documents, &p.a).contains(said)));
}

#[test]
fn the_promised_figures_are_found_with_their_days() {
    let documents = seeds(&Options::default()).documents;
    let found: Vec<(String, Option<i16>)> = (0u32..)
        .map(DocIndex)
        .zip(&documents)
        .flat_map(|(at, document)| targets(document, at, &ThemeIndex::default()))
        .filter(|target| target.kind == TargetKind::Promise)
        .map(|target| (target.figure, target.deadline.and_then(|day| day.year())))
        .collect();
    for (figure, year) in [
        ("400项以上", 2027),
        ("50%以上", 2025),
        ("85%以上", 2025),
        ("18个月以内", 2025),
        ("50个以上", 2025),
    ] {
        let wanted = (figure.to_owned(), Some(year));
        assert!(found.contains(&wanted), "{figure} {year}: {found:#?}");
    }
    // 115, 4039 and 996 standards were reported, not promised.
    assert!(!found.iter().any(|(figure, _)| figure.contains("115") || figure.contains("4039")));
}
