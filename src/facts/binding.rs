//! How binding a text is: words of duty (应当, 必须) and of prohibition (不得, 禁止) against words of
//! encouragement (鼓励, 支持) and of permission (可以), each with its sentence.
//!
//! Only the verb counts: 支持政策, 资金支持 and 引导基金 are things, 可以 after 不 prohibits, and 不得不
//! says none of it. Source of the kinds: 全国人大常委会法工委《立法技术规范（试行）（一）》, 2009.

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::document::{DocIndex, Document, Place};
use crate::text::fold::fold;
use crate::text::sentences::sentences;
use crate::text::{CharCounter, Span, SpanCutter};

/// What a word does to whom it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BindingKind {
    /// 应当, 必须: it must be done.
    Duty,
    /// 不得, 禁止: it must not be done.
    Ban,
    /// 鼓励, 支持, 引导, 倡导: it is wished for.
    Encouragement,
    /// 可以: it may be done.
    Permission,
}

/// A word that binds, or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BindingWord {
    /// What it does.
    pub kind: BindingKind,
    /// The word.
    pub place: Place,
    /// Its sentence.
    pub sentence: Place,
}

#[expect(clippy::expect_used, reason = "a built-in pattern, compiled by a test")]
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("不得不|不得|不应当|不可以|禁止|严禁|必须|应当|鼓励|支持|引导|倡导|可以")
        .expect("pattern of words that bind")
});

/// The words of a document that bind or do not, in reading order; headings bind nobody.
pub fn binding_words(document: &Document, at: DocIndex) -> Vec<BindingWord> {
    let mut found = Vec::new();
    for (block, text) in (0u32..).zip(&document.blocks) {
        if text.kind == crate::document::BlockKind::Heading || !WORDS.is_match(&text.text) {
            continue;
        }
        let folded = fold(&text.text);
        let mut cutter = SpanCutter::new(folded.as_str());
        for span in sentences(folded.as_str()) {
            let sentence = cutter.cut(span);
            let place = |span: Span| Place { document: at, block, span: folded.shown(span) };
            let mut counter = CharCounter::new(sentence);
            for word in WORDS.find_iter(sentence) {
                let before = sentence.get(..word.start()).unwrap_or_default();
                let after = sentence.get(word.end()..).unwrap_or_default();
                let start = span.start + counter.chars_before(word.start());
                let end = span.start + counter.chars_before(word.end());
                if let Some(kind) = kind_of(word.as_str(), before, after) {
                    let (place, sentence) = (place(Span::new(start, end)), place(span));
                    found.push(BindingWord { kind, place, sentence });
                }
            }
        }
    }
    found
}

fn kind_of(word: &str, before: &str, after: &str) -> Option<BindingKind> {
    match word {
        "必须" | "应当" => Some(BindingKind::Duty),
        "不得" | "不应当" | "不可以" => Some(BindingKind::Ban),
        "禁止" | "严禁" => (!after.starts_with(['性', '区', '类'])).then_some(BindingKind::Ban),
        "可以" => Some(BindingKind::Permission),
        "鼓励" | "支持" | "引导" | "倡导" => {
            is_verb(before, after).then_some(BindingKind::Encouragement)
        }
        // 不得不 and whatever else is matched only to be passed over.
        _ => None,
    }
}

/// Characters of the longest subject between the beginning of a clause and its verb.
const SUBJECT: usize = 12;

/// True where a word that may be a noun is the verb of its clause: after no more than a subject, and
/// before what is supported.
fn is_verb(before: &str, after: &str) -> bool {
    const THINGS: [&str; 14] = [
        "政策", "力度", "体系", "作用", "措施", "资金", "基金", "项目", "范围", "对象", "标准",
        "类", "性", "下",
    ];
    // What makes a thing of the word, or another verb whose object it is.
    const GOVERNS: [&str; 20] = [
        "的", "对", "为", "给予", "提供", "加大", "加强", "获得", "享受", "政策", "资金", "金融",
        "财政", "技术", "强化", "落实", "争取", "受到", "得到", "不",
    ];
    let ends_clause = |c: char| "。,;:!?()、\n".contains(c);
    let clause = before.rsplit(ends_clause).next().unwrap_or_default();
    let named = THINGS.iter().any(|thing| after.starts_with(thing));
    let nothing_follows = after.chars().next().is_none_or(|c| ends_clause(c) && c != '、');
    let governed = GOVERNS.iter().any(|word| clause.contains(word));
    !named && !nothing_follows && !governed && clause.chars().count() <= SUBJECT
}

/// How often each kind occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct BindingCounts {
    pub duty: usize,
    pub ban: usize,
    pub encouragement: usize,
    pub permission: usize,
}

impl BindingCounts {
    /// Counts one more of `kind`.
    pub fn add(&mut self, kind: BindingKind) {
        match kind {
            BindingKind::Duty => self.duty += 1,
            BindingKind::Ban => self.ban += 1,
            BindingKind::Encouragement => self.encouragement += 1,
            BindingKind::Permission => self.permission += 1,
        }
    }

    /// Words of every kind.
    pub fn all(&self) -> usize {
        self.duty + self.ban + self.encouragement + self.permission
    }

    /// Share of the words that bind, 0 to 1; `None` where there is no word of any kind.
    pub fn share(&self) -> Option<f64> {
        (self.all() > 0).then(|| (self.duty + self.ban) as f64 / self.all() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::samples::document;

    fn kinds(text: &str) -> Vec<BindingKind> {
        let document = document("a", &[text]);
        binding_words(&document, DocIndex(0)).iter().map(|one| one.kind).collect()
    }

    #[test]
    fn verbs_count_and_the_things_of_the_same_name_do_not() {
        use BindingKind::{Ban, Duty, Encouragement, Permission};
        for (text, expected) in [
            ("渔港应当设置标志，必须保持畅通。", vec![Duty, Duty]),
            ("任何人不得占用航道，严禁倾倒废物。", vec![Ban, Ban]),
            ("國家鼓勵、支持和引導社會資本建設漁港。", vec![Encouragement; 3]),
            ("渔民可以申请补助，但不可以转让。", vec![Permission, Ban]),
            ("各县要落实支持政策，加大资金支持力度。", vec![]),
            ("设立渔业引导基金，对渔民给予支持。", vec![]),
            ("属于禁止类项目的，不予核准。", vec![]),
            ("渔船不得不停航的，应当报告。", vec![Duty]),
        ] {
            assert_eq!(kinds(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_comes_with_its_place_and_its_sentence() {
        let mut document = document("a", &["渔港应当畅通", "甲。渔船不得夜航；乙。"]);
        document.blocks[0].kind = BlockKind::Heading;
        let found = binding_words(&document, DocIndex(0));
        let [word] = found[..] else { panic!("{found:?}") };
        let text = &document.blocks[1].text;
        assert_eq!((word.place.block, word.place.span.of(text)), (1, "不得"));
        assert_eq!(word.sentence.span.of(text), "渔船不得夜航；");
    }

    #[test]
    fn the_share_is_of_all_words_and_of_none_where_there_is_no_word() {
        let mut counts = BindingCounts::default();
        assert_eq!(counts.share(), None);
        for kind in [
            BindingKind::Duty,
            BindingKind::Ban,
            BindingKind::Permission,
            BindingKind::Encouragement,
        ] {
            counts.add(kind);
        }
        assert_eq!((counts.all(), counts.share()), (4, Some(0.5)));
    }
}
