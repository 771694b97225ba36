//! What a text does to one that it cites, by the words of the sentence around the title. A draft does
//! nothing yet.

use serde::Serialize;

/// How a text is related to one that it cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// It names it.
    Cites,
    /// It rests on it: 根据《X》制定本办法.
    Implements,
    /// It changes it: 对《X》作如下修改.
    Amends,
    /// It ends it: 《X》同时废止.
    Repeals,
    /// It takes its place, or is a new edition of it.
    Replaces,
}

/// A title in its sentence.
pub(super) struct InSentence<'s> {
    /// The folded title of the citing text.
    pub(super) citing: &'s str,
    /// What the sentence says before the title, and after it.
    pub(super) before: &'s str,
    pub(super) after: &'s str,
    /// True where the title is that of the citing text itself, in another edition.
    pub(super) is_own: bool,
    /// True in the first blocks, where a text says what it rests on.
    pub(super) is_opening: bool,
}

/// Characters after a title in which what becomes of it is said.
const REACH: usize = 120;

impl InSentence<'_> {
    /// The relation that the sentence states.
    pub(super) fn relation(&self) -> Relation {
        let near: String = self.after.chars().take(REACH).collect();
        let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
        const DRAFTS: [&str; 4] = ["征求意见", "草案", "送审", "讨论稿"];
        let is_draft = has(self.citing, &DRAFTS);
        let ends = self.is_ended();
        let replaces = has(self.before, &["代替", "替代", "取代"])
            || has(&near, &["被本", "由本"]) && has(&near, &["代替", "替代", "取代"]);
        let amended = near.find("修改").or_else(|| near.find("修订")).or_else(|| near.find("修正"));
        let amends = amended.is_some_and(|at| at <= AMEND_BYTES)
            && self.is_object()
            && has(
                &near,
                &[
                    "如下修改",
                    "以下修改",
                    "作出修改",
                    "进行修改",
                    "修改为",
                    "作如下",
                    "作以下",
                    "予以修改",
                ],
            )
            || self.citing.contains("关于修改") && self.before.ends_with("决定对");
        match () {
            () if is_draft => self.implements(&near),
            () if replaces || ends && self.is_own => Relation::Replaces,
            () if ends => Relation::Repeals,
            () if amends => Relation::Amends,
            () => self.implements(&near),
        }
    }

    /// True where 对 or 将 is right before the title, or before a list that it ends.
    fn is_object(&self) -> bool {
        let words = outside_brackets(self.before);
        words.trim_end_matches(['、', '和', '及', ' ', '》']).ends_with(['对', '将'])
    }

    /// True where the sentence ends the title: nothing but further titles, numbers and a few words
    /// are between both. The end may only be spoken of: 被废止的, 废止后.
    fn is_ended(&self) -> bool {
        const ENDS: [&str; 5] = ["废止", "停止执行", "停止施行", "失效", "不再执行"];
        const DENIED: [&str; 5] = ["不", "未", "被", "继续", "经"];
        const GOES_ON: [&str; 5] = ["的", "前", "后", "程序", "或"];
        let near = self.after.char_indices().nth(REACH).and_then(|(at, _)| self.after.get(..at));
        let near = near.unwrap_or(self.after);
        let first = ENDS.iter().filter_map(|end| near.find(end).map(|at| (at, *end))).min();
        let Some((at, end)) = first else { return false };
        let (between, rest) = (near.get(..at).unwrap_or_default(), near.get(at + end.len()..));
        let words = outside_brackets(between);
        let mut clauses = words.rsplit(',');
        let last = clauses.next().unwrap_or_default();
        let only = clauses
            .all(|clause| clause.trim_matches(['、', '和', '及', '与', '原', ' ']).is_empty());
        let spoken = rest.is_some_and(|rest| GOES_ON.iter().any(|word| rest.starts_with(word)));
        only && last.chars().count() <= BETWEEN
            && !DENIED.iter().any(|word| last.ends_with(word))
            && !spoken
    }

    fn implements(&self, near: &str) -> Relation {
        const BASES: [&str; 12] = [
            "根据",
            "依据",
            "依照",
            "按照",
            "贯彻",
            "落实",
            "为实施",
            "为执行",
            "遵照",
            "以",
            "为了实施",
            "为了贯彻",
        ];
        const MAKES: [&str; 14] = [
            "制定本",
            "制定如下",
            "特制定",
            "现制定",
            "结合",
            "现提出",
            "现就",
            "现印发",
            "提出以下",
            "提出如下",
            "制订本",
            "编制本",
            "作出如下",
            "起草",
        ];
        let based = BASES.iter().any(|word| self.before.contains(word));
        let titled = self.citing.contains("实施") && self.is_opening && based;
        let made = self.is_opening
            && based
            && MAKES.iter().any(|word| near.contains(word) || self.after.contains(word));
        if titled || made { Relation::Implements } else { Relation::Cites }
    }
}

/// Bytes between a title and the word that it is changed.
const AMEND_BYTES: usize = 60;

/// Characters between a title and its end, further titles and brackets not counted.
const BETWEEN: usize = 18;

/// A text without what is in 《》 or brackets.
fn outside_brackets(text: &str) -> String {
    let mut depth = 0i32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '《' | '(' | '〔' | '[' => depth += 1,
            // The title itself is closed first.
            '》' | ')' | '〕' | ']' => depth = (depth - 1).max(0),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(citing: &str, before: &str, after: &str) -> Relation {
        InSentence { citing, before, after, is_own: false, is_opening: true }.relation()
    }

    #[test]
    fn relations_follow_from_their_sentence() {
        let cases = [
            ("甲市渔港办法", "根据", "等法律,结合本市实际,制定本办法", Relation::Implements),
            (
                "甲市渔港办法",
                "自2021年1月1日起施行,",
                "(甲府〔2001〕3号)同时废止",
                Relation::Repeals,
            ),
            ("甲市渔港办法(征求意见稿)", "自2021年起施行,", "同时废止", Relation::Cites),
            ("关于修改渔港办法的决定", "决定对", "作如下修改", Relation::Amends),
            ("甲市渔港办法", "本标准代替", "", Relation::Replaces),
            ("甲市渔港办法", "违反", "规定的,责令改正", Relation::Cites),
            ("甲市渔港办法", "依照", "执行", Relation::Cites),
            ("甲市渔港办法", "对", "》被废止的部分", Relation::Cites),
            ("甲市渔港办法", "按照", "要求办理,《旧办法》同时废止", Relation::Cites),
            ("甲市渔港办法", "", "》(甲府1号)、《丙》自本办法施行之日起废止", Relation::Repeals),
        ];
        for (citing, before, after, wanted) in cases {
            assert_eq!(relation(citing, before, after), wanted, "{before}《X》{after}");
        }
        let own = InSentence {
            citing: "甲",
            before: "",
            after: "同时废止",
            is_own: true,
            is_opening: false,
        };
        assert_eq!(own.relation(), Relation::Replaces);
    }
}
