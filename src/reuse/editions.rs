//! Editions: texts of a library that are stages of one text: drafts (征求意见稿, 草案), editions (修订, 修正)
//! and successors (a plan and the next one). They have one title once the words and numbers that
//! name the stage are taken away, one region, and enough wording in common.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::document::{Collection, DocIndex, PartialDate, Summary};
use crate::text::fold::fold_key;

/// What a text is among the stages of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    /// For comment, for a first or second reading.
    Draft,
    /// In force, or once in force.
    Edition,
    /// The next plan, or the text that replaced the one before.
    Successor,
}

/// A stage of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The document.
    pub document: DocIndex,
    /// Its date.
    pub date: Option<PartialDate>,
    /// What it is.
    pub kind: StageKind,
}

/// The stages of one text, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editions {
    /// The title that they have in common.
    pub title: String,
    /// The stages.
    pub members: Vec<Stage>,
}

/// A title without what names the stage, and whether it names a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TitleKey {
    /// Folded; empty where nothing is left.
    pub(crate) key: String,
    /// The key without its last word where that names a kind of law: 印花税 of both 印花税暂行条例 and
    /// 印花税法.
    pub(crate) subject: String,
    /// Numbers that were taken away: of a plan, of years.
    pub(crate) numbers: Vec<String>,
    pub(crate) draft: bool,
}

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static DRAFT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:公开)?征求意见(?:的)?稿?|意见征集稿|(?:修订|修正)?草案|送审稿|讨论稿|审议稿|[一二三]次审议")
        .expect("pattern of drafts")
});

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static STAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:19|20)\d{2}(?:年)?(?:[-—~至到](?:19|20)?\d{2,4}年?)?(?:修订|修正)?(?:版|本|稿)?|\d{1,2}月\d{1,2}日|第?[一二三四五六七八九十]+(?:个)?五年|十[一二三四五六七八九]五|修订版?|修正版?|修改|试行|暂行|最新版?|全文|中华人民共和国",
    )
    .expect("pattern of stages")
});

/// The key of a title.
pub(crate) fn title_key(title: &str) -> TitleKey {
    let folded: String = fold_key(title).chars().filter(|c| !c.is_whitespace()).collect();
    // Of a notice that issues a text, the text.
    let inner = folded.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map(|(t, _)| t);
    let named = match inner {
        Some(inner) if folded.contains("印发") || folded.starts_with('《') => inner.to_owned(),
        _ => folded.clone(),
    };
    let draft = DRAFT.is_match(&folded);
    let numbers = STAGE.find_iter(&named).map(|found| found.as_str().to_owned());
    let numbers = numbers.filter(|word| word.chars().any(|c| c.is_ascii_digit() || c == '五'));
    let numbers: Vec<String> = numbers.collect();
    let without = DRAFT.replace_all(&named, "");
    let without = STAGE.replace_all(&without, "");
    let key: String = without.chars().filter(|c| c.is_alphanumeric()).collect();
    // A title that is a date names no text.
    let names = key.chars().any(char::is_alphabetic);
    let key = if names { key } else { String::new() };
    let kind = LAW_KINDS.iter().find_map(|kind| key.strip_suffix(kind));
    let subject = kind.filter(|subject| subject.chars().count() >= SHORTEST);
    let subject = subject.unwrap_or(&key).to_owned();
    TitleKey { key, subject, numbers, draft }
}

/// Kinds of laws, by which a title ends: a subject may pass from one to another.
const LAW_KINDS: [&str; 6] = ["条例", "办法", "规定", "规则", "细则", "法"];

/// Characters of the shortest key, or subject of a law, that names a text: 税法, 监察.
const SHORTEST: usize = 2;
/// The same where the texts have less in common: 通知 and 要点 name no text.
const SHORTEST_OF_PLANS: usize = 4;
/// Share of the smaller sample that two editions have in common at least.
const EDITION: f64 = 0.3;
/// The same for a text that succeeds another.
const SUCCESSOR: f64 = 0.05;

/// The groups of texts of `documents` that are stages of one text, by title.
pub fn editions<D: Collection + ?Sized>(documents: &D) -> Vec<Editions> {
    type Member = (DocIndex, Summary, TitleKey);
    let mut groups: BTreeMap<(String, Option<String>), Vec<Member>> = BTreeMap::new();
    for at in documents.indices() {
        let Some(card) = documents.card(at) else { continue };
        let key = title_key(&card.metadata.title);
        if key.key.chars().count() < SHORTEST {
            continue;
        }
        let region = card.metadata.region.as_ref();
        let place = region.map(|region| {
            format!("{} {}", region.name, region.city.as_deref().unwrap_or_default())
        });
        groups.entry((key.subject.clone(), place)).or_default().push((at, card, key));
    }
    let groups = groups.into_values().filter(|group| group.len() > 1);
    let mut found: Vec<Editions> = groups.flat_map(|group| stages(documents, group)).collect();
    found.sort_by(|x, y| x.title.cmp(&y.title));
    found
}

/// The groups of which `document` may be a stage: as [`editions`], from texts of its title only.
pub fn editions_like<D: Collection + ?Sized>(documents: &D, document: DocIndex) -> Vec<Editions> {
    let Some(own) = documents.card(document) else { return Vec::new() };
    let asked = title_key(&own.metadata.title).subject;
    if asked.chars().count() < SHORTEST {
        return Vec::new();
    }
    let like = |at: DocIndex| {
        let card = documents.card(at)?;
        let key = title_key(&card.metadata.title);
        let same_region = card.metadata.region.as_ref().map(|region| &region.name)
            == own.metadata.region.as_ref().map(|region| &region.name);
        (key.subject == asked && same_region).then_some((at, card, key))
    };
    let group: Vec<_> = documents.indices().filter_map(like).collect();
    if group.len() < 2 { Vec::new() } else { stages(documents, group) }
}

/// Parts a group of one title into groups of one wording, each in order of time.
fn stages<D: Collection + ?Sized>(
    documents: &D,
    mut group: Vec<(DocIndex, Summary, TitleKey)>,
) -> Vec<Editions> {
    group.sort_by_key(|(at, card, _)| {
        let date = card.metadata.date();
        (date.is_none(), date, *at)
    });
    let samples: Vec<FxHashSet<u64>> =
        group.iter().map(|(at, ..)| sample(documents, *at)).collect();
    let mut taken = vec![false; group.len()];
    let mut found = Vec::new();
    for first in 0..group.len() {
        if taken[first] {
            continue;
        }
        let mut members = vec![first];
        for next in first + 1..group.len() {
            let belongs = members.iter().any(|one| {
                let (before, after) = (&group[*one], &group[next]);
                let like = containment(&samples[*one], &samples[next]);
                let succeeds = before.2.numbers != after.2.numbers
                    && after.2.key.chars().count() >= SHORTEST_OF_PLANS;
                match before.2.key == after.2.key {
                    true => like >= if succeeds { SUCCESSOR } else { EDITION },
                    // Another kind of law of the same subject: a new text says what it ends.
                    false => {
                        like >= EDITION
                            || like >= SUCCESSOR && ends(documents, after.0, &before.2.key)
                    }
                }
            });
            if !taken[next] && belongs {
                taken[next] = true;
                members.push(next);
            }
        }
        // The same text twice is a copy and no edition.
        let distinct: BTreeMap<u64, usize> =
            members.iter().rev().map(|at| (group[*at].1.fingerprint, *at)).collect();
        let mut members: Vec<usize> = distinct.into_values().collect();
        members.sort_unstable();
        if members.len() > 1 {
            found.push(group_of(&group, &members));
        }
    }
    found
}

fn group_of(group: &[(DocIndex, Summary, TitleKey)], members: &[usize]) -> Editions {
    let mut numbers: Option<&Vec<String>> = None;
    let mut kinds: Option<&String> = None;
    let mut stages = Vec::new();
    for at in members {
        let (document, card, key) = &group[*at];
        let before = kinds.replace(&key.key);
        let other_kind = before.is_some_and(|before| *before != key.key);
        let succeeds = other_kind
            || numbers.is_some_and(|before| *before != key.numbers && !key.numbers.is_empty());
        let kind = match (key.draft, succeeds) {
            (true, _) => StageKind::Draft,
            (false, true) => StageKind::Successor,
            (false, false) => StageKind::Edition,
        };
        numbers = Some(&key.numbers);
        stages.push(Stage { document: *document, date: card.metadata.date(), kind });
    }
    let last = members.last().map(|at| group[*at].1.metadata.title.clone());
    Editions { title: last.unwrap_or_default(), members: stages }
}

/// Blocks at the end of a text in which it says what it ends.
const CLOSING: usize = 8;

/// True where the last blocks of the text say that a title of that key is no longer in force.
fn ends<D: Collection + ?Sized>(documents: &D, at: DocIndex, key: &str) -> bool {
    let Some(document) = documents.document(at) else { return false };
    document.blocks.iter().rev().take(CLOSING).any(|block| {
        let ended = ["废止", "失效", "代替", "取代"];
        let text = fold_key(&block.text);
        let mut titles = text.split('《').skip(1).filter_map(|rest| rest.split_once('》'));
        ended.iter().any(|word| text.contains(word))
            && titles.any(|(title, _)| title_key(title).key == key)
    })
}

/// Hashes of every fourth run of six letters of a text.
fn sample<D: Collection + ?Sized>(documents: &D, at: DocIndex) -> FxHashSet<u64> {
    use std::hash::{Hash, Hasher};
    let Some(document) = documents.document(at) else { return FxHashSet::default() };
    let text: Vec<char> = document
        .blocks
        .iter()
        .flat_map(|block| block.text.chars())
        .filter(|c| c.is_alphanumeric())
        .take(20_000)
        .collect();
    let hash = |run: &[char]| {
        let mut hasher = rustc_hash::FxHasher::default();
        run.hash(&mut hasher);
        hasher.finish()
    };
    // Chosen by their own value, so that an insertion does not shift all that follow.
    text.windows(6).map(hash).filter(|hash| hash % 4 == 0).collect()
}

fn containment(a: &FxHashSet<u64>, b: &FxHashSet<u64>) -> f64 {
    let least = a.len().min(b.len());
    if least == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / least as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::samples::regional_document;

    const BODY: [&str; 3] = [
        "为了加强渔港监督管理，保障渔业船舶停泊安全，根据有关法律，制定本办法，适用于本省行政区域内渔港。",
        "渔业船舶进出渔港，应当向渔港管理机构报告，服从调度，并按照指定的泊位停泊，不得占用航道。",
        "渔港管理机构应当建立安全巡查制度，对停泊船舶的消防、救生设备进行检查，及时消除隐患。",
    ];

    fn text(id: &str, title: &str, date: &str, body: &[&str]) -> Document {
        let mut document = regional_document(id, "浙江", body);
        document.metadata.title = title.to_owned();
        document.metadata.published = Some(date.parse().unwrap());
        document
    }

    #[test]
    fn drafts_editions_and_successors_are_one_group_oldest_first() {
        let changed = [BODY[0], BODY[1], "渔港管理机构每半年报告一次。"];
        let next = [BODY[0], "推进智慧渔港建设，完善岸电设施，发展休闲渔业。"];
        let documents = [
            text("a", "浙江省渔港管理办法（2020年修订）", "2020-05-01", &changed),
            text("b", "浙江省渔港管理办法（征求意见稿）", "2015-03-01", &BODY),
            text("c", "浙江省渔港管理办法", "2016-01-01", &[BODY[0], BODY[1], BODY[2], "附则。"]),
            text("d", "浙江省渔港管理办法（2023—2025年）", "2023-01-01", &next),
            text("e", "浙江省林场管理办法", "2016-01-01", &["林场由林业主管部门管理。"]),
        ];
        let found = editions(&documents);
        assert_eq!(found.len(), 1, "{found:?}");
        let members: Vec<_> = found[0].members.iter().map(|m| (m.document.0, m.kind)).collect();
        assert_eq!(members[..2], [(1, StageKind::Draft), (2, StageKind::Edition)]);
        assert_eq!(members.len(), 4);
        assert_eq!(members[3], (3, StageKind::Successor));
    }

    #[test]
    fn the_same_title_with_another_content_is_another_text() {
        let documents = [
            text(
                "a",
                "关于印发工作要点的通知",
                "2020-05-01",
                &["渔港由渔业主管部门管理，按年考核。"],
            ),
            text(
                "b",
                "关于印发工作要点的通知",
                "2021-05-01",
                &["林场建设应当符合林地保护利用规划。"],
            ),
        ];
        assert!(editions(&documents).is_empty());
    }

    #[test]
    fn a_short_title_has_editions() {
        let changed = [BODY[0], BODY[1], "渔港管理机构每半年报告一次。"];
        let documents = [
            text("a", "中华人民共和国渔业法", "2000-05-01", &BODY),
            text("b", "中华人民共和国渔业法", "2013-05-01", &changed),
        ];
        assert_eq!(editions(&documents)[0].members.len(), 2);
        assert_eq!(editions_like(&documents, DocIndex(1))[0].members.len(), 2);
    }

    #[test]
    fn a_law_succeeds_the_regulation_that_it_ends() {
        let own = "渔船税的纳税人是在境内拥有渔船的单位和个人，按照船舶吨位计征，每年缴纳一次，\
                   由税务机关征收，税额由各省在规定幅度内确定，报财政部门备案，并向社会公布。";
        let common = "渔业船舶进出渔港，应当向渔港管理机构报告，服从调度。";
        let grouped = |title: &str, closing: &str| {
            let documents = [
                text("a", "中华人民共和国渔船税暂行条例", "1988-08-06", &BODY),
                text("b", title, "2021-06-10", &[own, common, closing]),
            ];
            let found = editions(&documents);
            found.first().map(|group| group.members.iter().map(|one| one.kind).collect::<Vec<_>>())
        };
        let both = Some(vec![StageKind::Edition, StageKind::Successor]);
        let ends = "本法自公布之日起施行，《中华人民共和国渔船税暂行条例》同时废止。";
        assert_eq!(grouped("中华人民共和国渔船税法", ends), both);
        assert_eq!(grouped("中华人民共和国渔船税法", "本法自公布之日起施行。"), None);
        // A text below the law, and one of another subject, end nothing of the kind.
        assert_eq!(grouped("中华人民共和国渔船税法实施条例", ends), None);
        assert_eq!(grouped("中华人民共和国渔港税法", ends), None);
    }

    #[test]
    fn a_copy_is_no_edition() {
        let documents = [
            text("a", "浙江省渔港管理办法", "2020-05-01", &BODY),
            text("b", "浙江省渔港管理办法", "2020-05-02", &BODY),
        ];
        assert!(editions(&documents).is_empty());
    }

    #[test]
    fn titles_lose_what_names_the_stage() {
        let cases = [
            ("中华人民共和国渔业法（2013年修正）", "渔业法"),
            ("《浙江省渔港管理办法（征求意见稿）》", "浙江省渔港管理办法"),
            ("关于印发《渔业发展第十四个五年规划》的通知", "渔业发展规划"),
            ("国家标准化发展“十四五”规划", "国家标准化发展规划"),
            ("2014-09-30 00:00:00", ""),
        ];
        for (title, key) in cases {
            assert_eq!(title_key(title).key, key, "{title}");
        }
    }
}
