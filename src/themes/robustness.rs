//! Texts that no author wrote: one repeated character, nothing but marks, no end of a sentence; and
//! a lexicon that holds nothing.

use super::ThemeIndex;
use crate::document::Document;
use crate::samples::regional_document;
use crate::themes::vocabulary::Lexicon;

fn names(documents: &[Document], lexicon: &Lexicon) -> Vec<String> {
    let index = ThemeIndex::build(documents, lexicon);
    index.themes().iter().map(|theme| theme.name.clone()).collect()
}

const PROSE: &str = "推动人工智能、区块链、集成电路等领域发展。";

#[test]
fn texts_without_words_have_no_themes_and_take_none_from_others() {
    let repeated = "标".repeat(5_000);
    let marks = "，。、；：？！“”《》（）—…".repeat(500);
    for odd in [repeated.as_str(), &marks, "《".repeat(3_000).as_str(), " ", "a", "0123456789"] {
        let documents = [
            regional_document("a", "北京", &[odd, PROSE]),
            regional_document("b", "上海", &[PROSE, odd, odd]),
        ];
        let themes = names(&documents, &Lexicon::default());
        assert_eq!(themes, names(&[prose("北京"), prose("上海")], &Lexicon::default()));
        assert!(themes.iter().any(|theme| theme == "人工智能"));
    }
}

fn prose(region: &str) -> Document {
    regional_document(region, region, &[PROSE])
}

#[test]
fn a_text_without_a_stop_is_read_to_its_end() {
    let endless = "人工智能和区块链的".repeat(3_000);
    let documents =
        [regional_document("a", "北京", &[&endless]), regional_document("b", "上海", &[PROSE])];
    let index = ThemeIndex::build(&documents, &Lexicon::default());
    let theme = index.find("人工智能").and_then(|id| index.theme(id)).unwrap();
    assert_eq!(theme.mentions, 3_001);
}

#[test]
fn nothing_known_beforehand_is_needed() {
    assert_eq!(names(&[], &Lexicon::default()), Vec::<String>::new());
    let themes = names(&[prose("北京"), prose("上海")], &Lexicon::empty());
    assert!(themes.iter().any(|theme| theme == "集成电路"), "{themes:?}");
}
