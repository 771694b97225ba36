//! Which documents of a library name one another, and what they do to one another: titles in 《》 and
//! document numbers (国发〔2021〕23号), each with its sentence, the document that is meant, and the
//! relation that the sentence states. A short title that the text itself introduces (《国家标准化发展
//! 纲要》，以下简称《纲要》) leads to the same document as the full one.
//!
//! A title is never enough by itself: a text cites an earlier text, of the nation, its own province
//! or city, or of the issuer named before 《》. Where that leaves a doubt, nothing is linked and the
//! candidates are listed.

mod issuer;
mod relation;
mod titles;

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use issuer::{Named, issuer_in};
use relation::InSentence;
pub use relation::Relation;
use titles::Resolved;
pub use titles::{Bearing, Titles};

use crate::document::{DocIndex, Document, Place};
use crate::text::fold::{Folded, fold, fold_key};
use crate::text::{CharCounter, Span};

/// A title in 《》, or a document number alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The title without its marks, or the number.
    pub place: Place,
    /// The sentence around it.
    pub sentence: Place,
    /// The title as shown, the full one where a short one stands for it; of a number alone the number.
    pub title: String,
    /// The number after the title, or alone.
    pub number: Option<String>,
    /// The document that is meant.
    pub document: Option<DocIndex>,
    /// Documents that bear the title, where none is linked.
    pub candidates: Vec<DocIndex>,
    /// What the citing text does to it.
    pub relation: Relation,
}

/// Characters between a full title and the short one that it is given.
const INTRODUCTION: usize = 14;
/// Blocks at the beginning of a text in which it says what it rests on.
const OPENING: usize = 16;

/// The citations of one document, in reading order.
pub fn citations(at: DocIndex, document: &Document, titles: &Titles) -> Vec<Citation> {
    let citing = fold_key(&document.metadata.title);
    let mut short = FxHashMap::default();
    let mut found = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let folded = fold(&block.text);
        let reading = CitationParser {
            document: at,
            block: number as u32,
            text: &block.text,
            folded: &folded,
            titles,
            citing: &citing,
            is_opening: number < OPENING,
        };
        reading.read(&mut short, &mut found);
    }
    found
}

/// A block while it is read.
struct CitationParser<'r> {
    document: DocIndex,
    block: u32,
    text: &'r str,
    folded: &'r Folded,
    titles: &'r Titles,
    citing: &'r str,
    is_opening: bool,
}

impl CitationParser<'_> {
    fn read(&self, short: &mut FxHashMap<String, String>, found: &mut Vec<Citation>) {
        let numbers = numbers_in(self.folded);
        let mut used = vec![false; numbers.len()];
        let mut all = Vec::new();
        let mut last: Option<Cited> = None;
        for cited in cited_in(self.folded) {
            if let Some(full) = last.as_ref().filter(|full| introduces(self.folded, full, &cited)) {
                let full = short.get(&full.title).unwrap_or(&full.title).clone();
                short.insert(cited.title.clone(), full);
            }
            // 《X》(国发〔2021〕23号): the number of the title before it.
            let next = numbers.partition_point(|number| number.bytes.start < cited.bytes.end);
            let own = numbers.get(next).filter(|number| {
                let between = self.folded.as_str().get(cited.bytes.end..number.bytes.start);
                between.is_some_and(|text| matches!(text, "》(" | "》" | "》〔" | "》,"))
            });
            if own.is_some() {
                used.iter_mut().skip(next).take(1).for_each(|used| *used = true);
            }
            all.push(self.titled(&cited, own, short));
            last = Some(cited);
        }
        let alone = numbers.iter().zip(&used).filter(|(_, used)| !**used);
        all.extend(alone.filter_map(|(number, _)| self.numbered(number)));
        all.sort_by_key(|citation| citation.place.span.start);
        found.extend(all);
    }

    fn titled(
        &self,
        cited: &Cited,
        number: Option<&Cited>,
        short: &FxHashMap<String, String>,
    ) -> Citation {
        let title = short.get(&cited.title).unwrap_or(&cited.title);
        let sentence = self.sentence(cited);
        let before = self.folded.as_str().get(..cited.bytes.start).unwrap_or_default();
        let before = before.strip_suffix('《').unwrap_or(before);
        let is_own = self.titles.is_own(self.document, title);
        let relation = self.relation(cited, &sentence, is_own);
        let by_number = number.map(|number| self.titles.numbered(self.document, &number.title));
        let resolved = match by_number {
            Some(resolved) if resolved.document.is_some() => resolved,
            _ => {
                let named = if *title == cited.title { issuer_in(before) } else { Named::Nobody };
                // A text ends only texts of its own place.
                let ends = matches!(relation, Relation::Repeals | Relation::Replaces);
                let issuer = if ends && named == Named::Nobody { Named::Own } else { named };
                let year = number.and_then(|number| year_of(&number.title));
                self.titles.resolve(self.document, title, (&issuer, year))
            }
        };
        // A text that names its own title means itself, unless it ends an older edition.
        let resolved =
            if is_own && relation != Relation::Replaces { Resolved::default() } else { resolved };
        let shown = if *title == cited.title { cited.shown.of(self.text) } else { title };
        Citation {
            place: self.place(cited.shown),
            sentence: self.place(self.shown_of(&sentence)),
            title: shown.to_owned(),
            number: number.map(|number| number.shown.of(self.text).to_owned()),
            document: resolved.document,
            candidates: resolved.candidates,
            relation,
        }
    }

    fn numbered(&self, number: &Cited) -> Option<Citation> {
        let resolved = self.titles.numbered(self.document, &number.title);
        let sentence = self.sentence(number);
        let shown = number.shown.of(self.text).to_owned();
        // Its own number at its head is no citation.
        let is_line =
            self.folded.as_str().trim().chars().count() <= number.title.chars().count() + 2;
        (!is_line).then(|| Citation {
            place: self.place(number.shown),
            sentence: self.place(self.shown_of(&sentence)),
            title: shown.clone(),
            number: Some(shown),
            document: resolved.document,
            candidates: resolved.candidates,
            relation: self.relation(number, &sentence, false),
        })
    }

    fn relation(&self, cited: &Cited, sentence: &std::ops::Range<usize>, is_own: bool) -> Relation {
        let text = self.folded.as_str();
        let in_sentence = InSentence {
            citing: self.citing,
            before: text
                .get(sentence.start..cited.bytes.start)
                .unwrap_or_default()
                .trim_end_matches('《'),
            after: text.get(cited.bytes.end..sentence.end).unwrap_or_default(),
            is_own,
            is_opening: self.is_opening,
        };
        in_sentence.relation()
    }

    fn place(&self, span: Span) -> Place {
        Place { document: self.document, block: self.block, span }
    }

    /// The bytes of the sentence around a title, as far as [`SENTENCE`] on either side.
    fn sentence(&self, cited: &Cited) -> std::ops::Range<usize> {
        let text = self.folded.as_str();
        let ends = |c: char| matches!(c, '。' | '!' | '?' | ';');
        let before = text.get(..cited.bytes.start).unwrap_or_default();
        let mut start = cited.bytes.start;
        for (at, c) in before.char_indices().rev() {
            if ends(c) || cited.bytes.start - at > SENTENCE {
                break;
            }
            start = at;
        }
        let after = text.get(cited.bytes.end..).unwrap_or_default();
        let mut end = cited.bytes.end;
        for (at, c) in after.char_indices() {
            if at > SENTENCE {
                break;
            }
            end = cited.bytes.end + at + c.len_utf8();
            if ends(c) {
                break;
            }
        }
        start..end
    }

    fn shown_of(&self, bytes: &std::ops::Range<usize>) -> Span {
        let mut counter = CharCounter::new(self.folded.as_str());
        let start = counter.chars_before(bytes.start);
        self.folded.shown(Span::new(start, counter.chars_before(bytes.end)))
    }
}

/// Bytes of a sentence on either side of a title.
const SENTENCE: usize = 600;

/// A title or a number in a folded block.
#[derive(Debug, Clone)]
struct Cited {
    title: String,
    /// Bytes of the folded block.
    bytes: std::ops::Range<usize>,
    shown: Span,
}

fn cited_in(folded: &Folded) -> Vec<Cited> {
    let text = folded.as_str();
    let mut counter = CharCounter::new(text);
    let mut open = None;
    let mut found = Vec::new();
    for (byte, c) in text.char_indices() {
        match c {
            '《' => open = Some(byte + c.len_utf8()),
            '》' => {
                let Some(start) = open.take().filter(|start| *start < byte) else { continue };
                let span = Span::new(counter.chars_before(start), counter.chars_before(byte));
                let title = text.get(start..byte).unwrap_or_default().to_owned();
                found.push(Cited { title, bytes: start..byte, shown: folded.shown(span) });
            }
            _ => {}
        }
    }
    found
}

#[expect(clippy::expect_used, reason = "built-in pattern")]
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Han}a-z]{1,10}\s?[〔\[(【](?:19|20)\d\d[〕\])】]\s?(?:第)?\d{1,5}号")
        .expect("pattern of document numbers")
});

/// The document numbers of a folded block.
fn numbers_in(folded: &Folded) -> Vec<Cited> {
    let text = folded.as_str();
    let mut counter = CharCounter::new(text);
    let number = |found: regex::Match<'_>| {
        // 按照国发〔2021〕23号: the verb is no part of it.
        let lead =
            VERBS.iter().find(|verb| found.as_str().starts_with(**verb)).map_or(0, |v| v.len());
        let bytes = found.start() + lead..found.end();
        let span = Span::new(counter.chars_before(bytes.start), counter.chars_before(bytes.end));
        let title = text.get(bytes.clone()).unwrap_or_default().to_owned();
        Cited { title, bytes, shown: folded.shown(span) }
    };
    NUMBER.find_iter(text).map(number).collect()
}

/// Words before a number in running text.
const VERBS: [&str; 10] =
    ["根据", "按照", "依据", "依照", "落实", "贯彻", "执行", "废止", "转发", "和"];

/// The year in a document number.
fn year_of(number: &str) -> Option<i16> {
    let digits = number.split(['〔', '[', '(', '【']).nth(1)?;
    digits.get(..4)?.parse().ok()
}

/// True where `short` is given to `full`: 《…》(以下简称《…》).
fn introduces(folded: &Folded, full: &Cited, short: &Cited) -> bool {
    let between = folded.as_str().get(full.bytes.end..short.bytes.start).unwrap_or_default();
    let near = between.chars().count() <= INTRODUCTION;
    near && ["简称", "下称"].iter().any(|word| between.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PartialDate;
    use crate::samples::regional_document;

    fn titled(id: &str, region: &str, title: &str, text: &str) -> Document {
        let mut document = regional_document(id, region, &[text]);
        title.clone_into(&mut document.metadata.title);
        document
    }

    fn dated(mut document: Document, day: &str) -> Document {
        document.metadata.signed = day.parse::<PartialDate>().ok();
        document
    }

    /// The documents that the citations of the first lead to.
    fn linked(documents: &[Document]) -> Vec<Option<u32>> {
        let titles = Titles::of(documents);
        let found = citations(DocIndex(0), &documents[0], &titles);
        found.iter().map(|c| c.document.map(|d| d.0)).collect()
    }

    #[test]
    fn titles_in_marks_lead_to_the_document_that_bears_them() {
        let documents = [
            titled(
                "a",
                "北京",
                "甲市供水条例（2020-01-01）",
                "依据《節水辦法》《甲市供水条例》《无此文件》。",
            ),
            titled(
                "b",
                "北京",
                "节水办法",
                "见《甲市供水条例》（以下简称《条例》）。《条例》规定了。",
            ),
            titled("c", "北京", "国务院印发《绿色发展纲要》", "《条例》"),
        ];
        let titles = Titles::of(&documents);
        let all = |at: u32| citations(DocIndex(at), &documents[at as usize], &titles);
        let targets = |at| all(at).iter().map(|c| c.document.map(|d| d.0)).collect::<Vec<_>>();
        assert_eq!(targets(0), [Some(1), None, None]);
        assert_eq!(targets(1), [Some(0), Some(0), Some(0)]);
        assert_eq!(targets(2), [None]);
        assert_eq!(all(0)[0].title, "節水辦法");
        assert_eq!(all(0)[0].place.span, Span::new(3, 7));
        assert_eq!(titles.document("绿色发展纲要"), Some(DocIndex(2)));
    }

    #[test]
    fn marks_out_of_order_are_no_citation() {
        let documents = [titled("a", "北京", "", "》《》《甲《乙》》")];
        let found = citations(DocIndex(0), &documents[0], &Titles::of(&documents));
        assert_eq!(found.iter().map(|c| c.title.as_str()).collect::<Vec<_>>(), ["乙"]);
    }

    #[test]
    fn a_text_cites_the_nation_its_own_place_or_the_named_issuer() {
        let citing = |text: &str| dated(titled("a", "四川", "渔业意见", text), "2023-05-01");
        let others =
            |region: &str| dated(titled("b", region, "关于优化渔船贷款的通知", ""), "2023-01-01");
        for (text, region, link) in [
            ("落实《关于优化渔船贷款的通知》。", "全国", Some(1)),
            ("落实《关于优化渔船贷款的通知》。", "四川", Some(1)),
            ("落实《关于优化渔船贷款的通知》。", "山东", None),
            ("参照山东省人民政府《关于优化渔船贷款的通知》。", "山东", Some(1)),
            ("落实农业农村部《关于优化渔船贷款的通知》。", "四川", None),
        ] {
            let found = linked(&[citing(text), others(region)]);
            assert_eq!(found, [link], "{text} {region}");
        }
        let documents = [citing("落实《关于优化渔船贷款的通知》。"), others("山东")];
        let found = citations(DocIndex(0), &documents[0], &Titles::of(&documents));
        assert_eq!(found[0].candidates, [DocIndex(1)]);
    }

    #[test]
    fn the_edition_in_force_on_the_day_is_cited_and_no_later_text() {
        let law = |id: &str, day: &str| dated(titled(id, "全国", "渔业法", ""), day);
        let citing =
            dated(titled("a", "四川", "渔业意见", "根据《中华人民共和国渔业法》。"), "2015-05-01");
        let all = [
            citing.clone(),
            law("b", "2000-01-01"),
            law("c", "2013-01-01"),
            law("d", "2020-01-01"),
        ];
        assert_eq!(linked(&all), [Some(2)]);
        assert_eq!(linked(&[citing, law("d", "2020-01-01")]), [None]);
    }

    #[test]
    fn exact_titles_come_before_notices_news_and_readings() {
        let text = "根据《渔业规划》。";
        let national = |id: &str, title: &str| titled(id, "全国", title, "");
        let mut documents = vec![
            titled("a", "四川", "渔业意见", text),
            national("b", "四川省实施《渔业规划》办法"),
            national("c", "《渔业规划》解读"),
        ];
        assert_eq!(linked(&documents), [Some(2)]);
        documents.push(national("d", "国务院发布《渔业规划》"));
        assert_eq!(linked(&documents), [Some(3)]);
        documents.push(national("e", "关于印发《渔业规划》的通知"));
        assert_eq!(linked(&documents), [Some(4)]);
        documents.push(national("f", "渔业规划"));
        assert_eq!(linked(&documents), [Some(5)]);
    }

    #[test]
    fn own_titles_drafts_and_numbers_of_other_years_lead_nowhere() {
        let draft = dated(titled("b", "四川", "渔业办法（征求意见稿）", ""), "2021-01-01");
        let old = dated(titled("c", "四川", "渔船通知", ""), "2020-01-01");
        let text = "为落实《渔业办法》，将《渔船通知》（川渔〔2022〕5号）和《渔业意见》调整。";
        let mut own = dated(titled("d", "四川", "渔业意见", ""), "2020-01-01");
        own.metadata.number = None;
        let citing = dated(titled("a", "四川", "渔业意见", text), "2023-01-01");
        assert_eq!(linked(&[citing, draft, old, own]), [None, None, None]);
    }

    #[test]
    fn document_numbers_are_citations() {
        let mut cited = titled("b", "全国", "关于渔业的意见", "");
        cited.metadata.number = Some("国发〔2021〕23号".to_owned());
        let text = "按照国发[2021]23号要求办理，《渔业旧办法》（国发〔2021〕23号）同时废止。国发〔1999〕1号";
        let documents = [titled("a", "四川", "渔业意见", text), cited];
        let found = citations(DocIndex(0), &documents[0], &Titles::of(&documents));
        let short: Vec<_> =
            found.iter().map(|c| (c.title.as_str(), c.document.map(|d| d.0), c.relation)).collect();
        assert_eq!(
            short,
            [
                ("国发[2021]23号", Some(1), Relation::Cites),
                ("渔业旧办法", Some(1), Relation::Repeals),
                ("国发〔1999〕1号", None, Relation::Cites),
            ]
        );
    }

    #[test]
    fn a_sentence_states_the_relation() {
        let text = "根据《渔业法》，制定本办法。自2021年1月1日起施行，《渔港旧办法》同时废止。";
        let documents = [titled("a", "四川", "渔港办法", text)];
        let found = citations(DocIndex(0), &documents[0], &Titles::of(&documents));
        assert_eq!(found[0].relation, Relation::Implements);
        assert_eq!(found[1].relation, Relation::Repeals);
        assert_eq!(
            found[1].sentence.span.of(text),
            "自2021年1月1日起施行，《渔港旧办法》同时废止。"
        );
    }
}
