//! Sentences about penalties: who fails to do what is fined, ordered, prosecuted. They name offences
//! and offices, not what a text is about, and so they offer no candidates.

/// Words of a sentence that says what follows from a breach.
const CONSEQUENCES: [&str; 13] = [
    "罚款",
    "没收",
    "吊销",
    "责令",
    "处分",
    "追究",
    "刑事责任",
    "行政处罚",
    "违法所得",
    "停产停业",
    "依法给予",
    "予以警告",
    "治安管理处罚",
];

/// The bytes of a folded block that lie in sentences about penalties.
#[derive(Debug, Default)]
pub struct Penalties(Vec<std::ops::Range<u32>>);

impl Penalties {
    /// Those of `block`.
    pub fn of(block: &str) -> Self {
        if !CONSEQUENCES.iter().any(|word| block.contains(word)) {
            return Self::default();
        }
        let mut start = 0;
        let mut ranges = Vec::new();
        for sentence in block.split_inclusive('。') {
            let end = start + sentence.len() as u32;
            if CONSEQUENCES.iter().any(|word| sentence.contains(word)) {
                ranges.push(start..end);
            }
            start = end;
        }
        Self(ranges)
    }

    /// True for a byte of such a sentence.
    pub fn contain(&self, byte: u32) -> bool {
        self.0.iter().any(|range| range.contains(&byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sentence_with_a_consequence_is_one_about_penalties() {
        let text = "保护湿地。毁坏湿地的，处一万元以下罚款；情节严重的，吊销执照。建立湿地公园。";
        let penalties = Penalties::of(text);
        let at = |word: &str| text.find(word).unwrap() as u32;
        assert!(penalties.contain(at("毁坏")) && penalties.contain(at("执照")));
        assert!(!penalties.contain(at("保护")) && !penalties.contain(at("公园")));
    }
}
