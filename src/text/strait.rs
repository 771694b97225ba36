//! Words that only one side of the Taiwan strait uses, and what the other side says for them: 網路
//! and 网络, 軟體 and 软件. For queries: what a text says is never replaced.
//!
//! Source: the table `TWPhrases` of OpenCC, in `strait.txt`. A pair is left out where the word of
//! Taiwan is also one of the mainland in another sense (檔案, 支援, 智慧): where general Chinese has it
//! often, or not much more rarely than the word of the mainland. A test holds that.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Characters of the longest wording that is looked at.
const LONGEST: usize = 40;

/// Folded words with what the other side says for them.
type Sides = FxHashMap<&'static str, &'static str>;

/// From Taiwan's words, and from those of the mainland: of the latter only to words of three
/// characters and more, since shorter ones are also parts of two words of the mainland (安排程序 holds
/// 排程, 关系结构 holds 系结).
static PAIRS: LazyLock<[Sides; 2]> = LazyLock::new(|| {
    let long = |(taiwan, _): &(&str, &str)| taiwan.chars().nth(2).is_some();
    let mainland = pairs().filter(long).map(|(taiwan, mainland)| (mainland, taiwan));
    [pairs().collect(), mainland.collect()]
});

/// Words of Taiwan, each with that of the mainland, folded.
fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("strait.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' '))
}

/// What the other side of the strait says for the `folded` wording, folded; nothing where it has no
/// word that only one side uses. 软体园区 gives 软件园区, 信息安全 gives 资讯安全.
pub fn other_side(folded: &str) -> Option<String> {
    if folded.chars().nth(LONGEST).is_some() {
        return None;
    }
    PAIRS.iter().find_map(|side| replaced(folded, side))
}

/// `folded` with the longest words of `side` replaced, from left to right.
fn replaced(folded: &str, side: &Sides) -> Option<String> {
    let mut other = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
        let mut longest = ends.filter_map(|end| {
            let word = rest.get(..end)?;
            Some((end, side.get(word)?))
        });
        let (end, word) = match longest.next() {
            Some((end, word)) => (end, *word),
            None => (c.len_utf8(), rest.get(..c.len_utf8())?),
        };
        other.push_str(word);
        rest = rest.get(end..)?;
    }
    (other != folded).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold_key;
    use crate::text::segment::frequency;

    #[test]
    fn words_of_one_side_have_those_of_the_other() {
        let cases = [
            ("軟體", "软件"),
            ("網路", "网络"),
            ("人工智慧產業", "人工智能产业"),
            ("資訊安全", "信息安全"),
            ("半導體晶片", "半导体芯片"),
            ("智慧財產權", "知识产权"),
            ("积体电路", "集成电路"),
            ("移动通信", "行动通讯"),
            ("信息安全", "资讯安全"),
        ];
        for (one, other) in cases {
            assert_eq!(other_side(&fold_key(one)).as_deref(), Some(other), "{one}");
        }
    }

    /// The most occurrences in the dictionary's texts of a word that is only Taiwan's.
    const RARE: usize = 100;
    /// How many times more frequent the word of the mainland is there.
    const RARER: usize = 10;
    /// Words that the mainland uses, too, though its dictionary hardly has them: 专案组, 线上线下.
    const OTHER_SENSES: [&str; 7] =
        ["专案", "线上", "全域性", "资料来源", "永续性", "优先顺序", "许可权"];

    #[test]
    fn table_is_openccs_without_words_of_both_sides() {
        let mut made: Vec<(String, String)> = Vec::new();
        for (mainland, forms) in hanconv::RawDictionary::TWPhrases.var_iter() {
            let [taiwan] = forms.as_slice() else { continue };
            let (mainland, taiwan) = (fold_key(mainland), fold_key(taiwan));
            let often = frequency(&taiwan);
            let only_of_taiwan = taiwan.chars().nth(1).is_some()
                && mainland.chars().nth(1).is_some()
                && !mainland.contains(&taiwan)
                && !taiwan.contains(&mainland)
                && !OTHER_SENSES.contains(&taiwan.as_str())
                && often <= RARE
                && often * RARER <= frequency(&mainland);
            if only_of_taiwan {
                made.push((taiwan, mainland));
            }
        }
        made.sort();
        made.dedup();
        let shipped: Vec<_> = pairs().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        assert_eq!(shipped, made);
    }

    #[test]
    fn words_that_both_sides_use_stay() {
        for word in [
            "档案",
            "支援",
            "智慧",
            "资讯",
            "文件",
            "专案",
            "线上",
            "指标",
            "通道",
            "尼日尔",
            "渔业",
            "",
        ] {
            assert_eq!(other_side(word), None, "{word}");
        }
    }
}
