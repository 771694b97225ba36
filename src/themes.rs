//! What ties documents together: the themes that they share, and every mention of them. The index
//! is built from cleaned documents in two steps: a [`vocabulary`] of themes is chosen, then their
//! [`mentions`] are found in the folded text.

pub mod candidate_table;
pub mod candidates;
pub mod corpus;
pub mod counts;
pub mod dispersion;
pub mod draft;
pub mod folded;
pub mod grammar;
mod index;
pub mod keyness;
pub mod lexicon;
pub mod mentions;
pub mod neighbours;
pub mod penalties;
pub mod phrases;
pub mod postings;
pub mod private;
pub mod ranking;
pub mod related;
pub mod term_structure;
mod theme;
pub mod trends;
pub mod usage;
pub mod vocabulary;
pub mod wording;

#[cfg(test)]
mod robustness;

pub use index::ThemeIndex;
pub use theme::{Mention, Theme, ThemeId, ThemeKind};

#[cfg(test)]
mod tests {
    use super::vocabulary::Lexicon;
    use super::*;
    use crate::samples::regional_document;

    fn names(index: &ThemeIndex) -> Vec<&str> {
        index.themes().iter().map(|theme| theme.name.as_str()).collect()
    }

    #[test]
    fn themes_are_what_two_texts_share_with_their_mentions_by_region() {
        let documents = [
            regional_document(
                "a",
                "北京",
                &["重点支持人工智能、脑机接口、智能网联汽车等领域。", "人工智能是重点。"],
            ),
            regional_document(
                "b",
                "上海",
                &["在人工智能、区块链、脑机接口、智能网联汽车等方面加快布局。"],
            ),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let theme = index.theme(index.find("人工智能").unwrap()).unwrap();
        assert_eq!((theme.mentions, theme.documents.len()), (3, 2));
        assert_eq!(theme.regions, [("北京".to_owned(), 2), ("上海".to_owned(), 1)]);
        for name in ["脑机接口", "智能网联汽车"] {
            assert!(index.find(name).is_some(), "{name} in {:?}", names(&index));
        }
        for name in ["区块链", "领域", "等领域", "重点", "方面"] {
            assert_eq!(index.find(name), None, "{name}");
        }
    }

    // https://github.com/meilisearch/charabia/issues/331
    #[test]
    fn the_same_text_in_both_scripts_has_the_same_themes_and_counts() {
        let texts = ["国际论坛推动人工智能、集成电路、知识产权等领域合作。"];
        let traditional = ["國際論壇推動人工智能、集成電路、知識產權等領域合作。"];
        let build = |a: &[&str], b: &[&str]| {
            let documents = [regional_document("a", "北京", a), regional_document("b", "上海", b)];
            ThemeIndex::build(&documents, &Lexicon::default())
        };
        let (same, mixed) = (build(&texts, &texts), build(&texts, &traditional));
        assert_eq!(same.themes(), mixed.themes());
        assert!(names(&build(&traditional, &traditional)).contains(&"知識產權"));
        assert!(mixed.find("知識產權").is_some());
    }

    #[test]
    fn aliases_count_for_their_theme_and_latin_ones_only_as_words() {
        let documents = [
            regional_document("a", "北京", &["实现碳达峰、碳中和。发展AI技术，与MAIL无关。"]),
            regional_document("b", "上海", &["推进“双碳”工作。人工智能赋能。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let counts = |name: &str| {
            let theme = index.theme(index.find(name).unwrap()).unwrap();
            (theme.name.clone(), theme.mentions)
        };
        assert_eq!(counts("双碳"), ("碳达峰碳中和".to_owned(), 2));
        assert_eq!(counts("ai"), ("人工智能".to_owned(), 2));
    }

    // 非物质文化遗产 was listed as 物质文化遗产, 元宇宙 as 宇宙产业, 关键信息基础设施 as 基础设施.
    #[test]
    fn theme_never_begins_a_character_late() {
        let text = "加强非物质文化遗产保护，发展元宇宙产业，完善关键信息基础设施。";
        let list = "支持非物质文化遗产、元宇宙、关键信息基础设施等领域。";
        let documents = [
            regional_document("a", "北京", &[text, list]),
            regional_document("b", "上海", &[list, text]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        for name in ["非物质文化遗产", "元宇宙", "关键信息基础设施"] {
            assert!(index.find(name).is_some(), "{name} in {:?}", names(&index));
        }
        for fragment in ["物质文化遗产", "宇宙产业", "宇宙", "基础设施", "信息基础设施"]
        {
            assert_eq!(index.find(fragment), None, "{fragment} in {:?}", names(&index));
        }
    }

    #[test]
    fn broader_theme_counts_its_narrower_ones_with_direct_counts_beside() {
        let texts = ["人工智能、生成式人工智能服务。", "生成式人工智能服务、区块链。"];
        let documents = [
            regional_document("a", "北京", &texts),
            regional_document("b", "上海", &["生成式人工智能服务、区块链、人工智能。"]),
            regional_document("c", "浙江", &["生成式人工智能服务、区块链。"]),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let id = index.find("人工智能").unwrap();
        let theme = index.theme(id).unwrap();
        assert_eq!((theme.mentions, theme.documents.len()), (6, 3));
        assert_eq!((theme.direct, theme.direct_documents().len()), (2, 2));
        let narrower: Vec<&str> =
            index.narrower(id).iter().map(|id| index.theme(*id).unwrap().name.as_str()).collect();
        assert_eq!(narrower, ["生成式人工智能"]);
        let mentions = index.look_in(&documents[0]);
        assert_eq!(mentions.iter().filter(|one| one.theme == id).count(), 3);
        assert_eq!(mentions.iter().filter(|one| one.theme == id && one.direct).count(), 1);
    }

    #[test]
    fn fields_of_departments_are_bodies_and_penalties_offer_nothing() {
        let text = [
            "县级以上自然资源主管部门应当保护湿地、河道、野生动物。",
            "自然资源、住房城乡建设等部门按照职责做好湿地、河道、野生动物保护。",
            "玩忽职守、滥用职权、徇私舞弊的，依法给予处分。",
            "自然资源主管部门负责湿地、河道管理。联系电话：010-62345678，湿地处。",
        ];
        let documents = [
            regional_document("a", "北京", &text),
            regional_document("b", "上海", &text),
            regional_document("c", "浙江", &text),
        ];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let subjects: Vec<&str> =
            index.subjects().iter().map(|theme| theme.name.as_str()).collect();
        let bodies: Vec<&str> = index.bodies().iter().map(|theme| theme.name.as_str()).collect();
        for subject in ["湿地", "河道", "野生动物"] {
            assert!(subjects.contains(&subject), "{subject} in {subjects:?}");
        }
        assert!(bodies.contains(&"自然资源"), "{bodies:?}");
        for none in ["自然资源", "玩忽职守", "滥用职权", "徇私舞弊", "联系电话"]
        {
            assert!(!subjects.contains(&none), "{none} in {subjects:?}");
        }
    }

    // https://github.com/voyanttools/Voyant/issues/42
    #[test]
    fn notions_that_end_like_a_paper_or_a_body_are_subjects() {
        let text = &[
            "加强法治政府建设，健全数字政府、突发事件、生产布局。",
            "处置突发事件，建设法治政府，县政府和渔业局应当配合，优化生产布局。",
        ];
        let documents =
            [regional_document("a", "北京", text), regional_document("b", "上海", text)];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        let kind = |name: &str| index.find(name).and_then(|id| index.theme(id)).map(|t| t.kind);
        for name in ["法治政府", "突发事件", "生产布局"] {
            assert_eq!(kind(name), Some(ThemeKind::Subject), "{name} in {:?}", names(&index));
        }
        for name in ["县政府", "渔业局"] {
            assert_ne!(kind(name), Some(ThemeKind::Subject), "{name}");
        }
    }

    #[test]
    fn noun_used_without_its_neighbour_is_no_fragment() {
        let text: Vec<String> = (0..16)
            .map(|n| {
                let alone = if n % 3 == 0 { "缴存公积金，提取公积金。" } else { "" };
                format!("使用住房公积金，住房公积金照旧，住房公积金。{alone}")
            })
            .collect();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        let documents =
            [regional_document("a", "北京", &text), regional_document("b", "上海", &text)];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        for name in ["住房公积金", "公积金"] {
            assert!(index.find(name).is_some(), "{name} in {:?}", names(&index));
        }
    }

    #[test]
    fn conjunction_beside_a_wording_makes_no_fragment_of_it() {
        let text: Vec<String> =
            ["一", "二", "三", "四", "五"].map(|n| format!("渔港污染和赤潮，第{n}。")).into();
        let text: Vec<&str> = text.iter().map(String::as_str).collect();
        let documents =
            [regional_document("a", "北京", &text), regional_document("b", "上海", &text)];
        let index = ThemeIndex::build(&documents, &Lexicon::default());
        assert!(index.find("赤潮").is_some(), "{:?}", names(&index));
    }

    #[test]
    fn texts_that_share_only_marks_and_particles_share_no_theme() {
        let documents = [
            regional_document("a", "北京", &["，、“”\u{3000}的，了的"]),
            regional_document("b", "上海", &["的、“”，\u{3000}的"]),
        ];
        assert!(ThemeIndex::build(&documents, &Lexicon::default()).themes().is_empty());
        assert!(ThemeIndex::build(&[], &Lexicon::empty()).themes().is_empty());
    }
}
