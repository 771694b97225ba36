//! Who issued a text, and which medium it came from, as names: the bodies of a joint issue one by one
//! under their full names, and a source without what the page adds to it.

use std::sync::LazyLock;

use regex::Regex;

use super::page::Page;
use super::pattern::built_in;

/// Settles issuer and source of `page`.
pub(super) fn settle(page: &mut Page) {
    let known = &mut page.metadata;
    known.source = known.source.take().and_then(|source| clean_source(&source));
    known.issuer = known.issuer.take().and_then(|issuer| clean_issuer(&issuer));
    let mut issuers = known.issuer.as_deref().map(bodies).unwrap_or_default();
    for issuer in issuers.iter_mut().filter(|issuer| is_bare_department(issuer)) {
        if let Some(ministry) = ministry_of(issuer, page) {
            issuer.insert_str(0, ministry);
        }
    }
    page.metadata.issuers = issuers;
}

/// True for a department of a ministry that is called without the ministry: 科技司.
fn is_bare_department(issuer: &str) -> bool {
    issuer.ends_with('司')
        && !issuer.ends_with("公司")
        && !crate::text::is_longer(issuer, LONGEST_DEPARTMENT)
        && !BODIES.iter().any(|(full, _)| issuer.starts_with(full))
}

/// Characters of the longest name of a department.
const LONGEST_DEPARTMENT: usize = 8;

/// Pieces at either end of a text that name the ministry of a department.
const NAMING: usize = 4;

/// The ministry whose department is called `issuer` in `page`: the one that its source, title, head
/// or end name, where they name but one.
fn ministry_of(issuer: &str, page: &Page) -> Option<&'static str> {
    let known = &page.metadata;
    let kept: Vec<&str> = page.kept().map(|piece| piece.text.as_str()).collect();
    let end = kept.iter().rev().take(NAMING);
    let said = [known.source.as_deref(), Some(known.title.as_str())].into_iter().flatten();
    let texts: Vec<&str> = said.chain(kept.iter().take(NAMING).chain(end).copied()).collect();
    let names = |text: &str, behind: &str| {
        let mut named = BODIES.iter().filter(|(full, short)| {
            let is_named = |name: &str| {
                !name.is_empty()
                    && text.match_indices(name).any(|(at, _)| {
                        text.get(at + name.len()..).is_some_and(|rest| rest.starts_with(behind))
                    })
            };
            is_named(full) || is_named(short)
        });
        named.next().map(|(full, _)| *full)
    };
    let own = texts.iter().find_map(|text| names(text, issuer));
    let mut any: Vec<&str> = texts.iter().filter_map(|text| names(text, "")).collect();
    any.sort_unstable();
    any.dedup();
    own.or_else(|| any.first().copied().filter(|_| any.len() == 1))
}

/// What a page puts beside a source: links, counts of readers and comments.
static BESIDE_SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    built_in(concat!(
        r"[\s　|│｜丨·]+(?:有?\d+\s*人(?:参与|评论|阅读)|\d+\s*条(?:评论)?|网友评论|我要评论|发表评论|查看评论|",
        r"评论|举报|收藏|分享|打印|纠错|关闭|字号|字体|点击|浏览|阅读|第\d+页|上一页|下一页|\[|【|大中小).*$"
    ))
});

/// The medium that `source` names, without what is beside it; `None` where nothing is left.
fn clean_source(source: &str) -> Option<String> {
    let source = source.trim_matches(EDGES);
    let bare = BESIDE_SOURCE.replace(source, "");
    let bare = bare.trim_matches(EDGES);
    let is_name = bare.chars().any(char::is_alphabetic) && bare != "无" && bare != "未知";
    is_name.then(|| bare.to_owned())
}

const EDGES: [char; 8] = [' ', '　', '|', '│', '｜', '丨', '：', ':'];

/// `issuer` without marks around it and telephone numbers before it.
fn clean_issuer(issuer: &str) -> Option<String> {
    let bare = issuer.trim_matches(EDGES).trim_start_matches(['《', '〈']);
    let bare =
        bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c.is_whitespace());
    // Where a number was before it, it is a contact.
    let had_number = issuer.trim_start().starts_with(|c: char| c.is_ascii_digit());
    (!bare.is_empty() && !had_number).then(|| bare.to_owned())
}

/// The bodies that `issuer` names, each once, in order.
fn bodies(issuer: &str) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for part in issuer.split(['、', '，', ',', '；', ';', '/', '|', '│', '\n']) {
        for name in split_at_blanks(part.trim()) {
            for name in run_together(name) {
                let name = full_name(name);
                if !name.is_empty() && !bodies.contains(&name) {
                    bodies.push(name);
                }
            }
        }
    }
    bodies
}

/// Blanks part names of bodies, but not the letters of one (民 政 部).
fn split_at_blanks(names: &str) -> Vec<&str> {
    let parts: Vec<&str> = names.split_whitespace().collect();
    match parts.iter().all(|part| part.chars().nth(2).is_some()) {
        true => parts,
        false => vec![names],
    }
}

/// Bodies of the whole country that a joint issue writes one after the other without a mark:
/// 中国人民银行国家金融监督管理总局.
fn run_together(names: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = vec![0];
    for (full, _) in BODIES {
        for (at, _) in names.match_indices(full) {
            // A body's own department goes on after its name.
            if at > 0
                && BODIES
                    .iter()
                    .any(|(other, _)| names.get(..at).is_some_and(|head| head.ends_with(other)))
            {
                starts.push(at);
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([names.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| names.get(*start..end)).collect()
}

/// `name` as it is written in full. A department of a ministry counts for the ministry: 科技司,
/// 工业和信息化部科技司 and 工信部科技司 are one issuer.
fn full_name(name: &str) -> String {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_matches(['（', '）', '(', ')', '《', '》']);
    for (full, short) in BODIES {
        for form in [full, short].into_iter().filter(|form| !form.is_empty()) {
            if let Some(rest) = bare.strip_prefix(form)
                && is_department(rest)
            {
                return format!("{full}{rest}");
            }
        }
    }
    bare.to_owned()
}

/// True for what is after a ministry where its department is meant, or nothing.
fn is_department(rest: &str) -> bool {
    rest.is_empty()
        || ["司", "办公厅", "局", "室", "中心", "党组"].iter().any(|end| rest.ends_with(end))
}

/// Bodies of the whole country with a short name in use: full name, short name.
const BODIES: [(&str, &str); 32] = [
    ("国家发展和改革委员会", "国家发展改革委"),
    ("国家发展和改革委员会", "国家发改委"),
    ("国家发展和改革委员会", "发展改革委"),
    ("工业和信息化部", "工信部"),
    ("科学技术部", "科技部"),
    ("人力资源和社会保障部", "人力资源社会保障部"),
    ("人力资源和社会保障部", "人社部"),
    ("住房和城乡建设部", "住房城乡建设部"),
    ("住房和城乡建设部", "住建部"),
    ("文化和旅游部", "文旅部"),
    ("国家卫生健康委员会", "国家卫生健康委"),
    ("国家卫生健康委员会", "国家卫健委"),
    ("国家卫生健康委员会", "卫生健康委"),
    ("国家市场监督管理总局", "市场监管总局"),
    ("国家互联网信息办公室", "国家网信办"),
    ("中央网络安全和信息化委员会办公室", "中央网信办"),
    ("国家税务总局", "税务总局"),
    ("国家广播电视总局", "广电总局"),
    ("国家标准化管理委员会", "国家标准委"),
    ("国家医疗保障局", "国家医保局"),
    ("国家药品监督管理局", "国家药监局"),
    ("国家林业和草原局", "国家林草局"),
    ("国家金融监督管理总局", "金融监管总局"),
    ("中国证券监督管理委员会", "证监会"),
    ("中国人民银行", "人民银行"),
    ("教育部", ""),
    ("财政部", ""),
    ("商务部", ""),
    ("公安部", ""),
    ("民政部", ""),
    ("自然资源部", ""),
    ("农业农村部", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_a_joint_issue_are_taken_one_by_one_under_full_names() {
        let cases: [(&str, &[&str]); 12] = [
            ("工信部科技司", &["工业和信息化部科技司"]),
            ("工业和信息化部科技司", &["工业和信息化部科技司"]),
            ("工信部 财政部 国家发改委", &["工业和信息化部", "财政部", "国家发展和改革委员会"]),
            ("教育部、科技部", &["教育部", "科学技术部"]),
            (
                "国家网信办、工业和信息化部、公安部、工信部",
                &["国家互联网信息办公室", "工业和信息化部", "公安部"],
            ),
            ("中国人民银行国家金融监督管理总局", &["中国人民银行", "国家金融监督管理总局"]),
            ("民 政 部", &["民政部"]),
            ("某省教育厅", &["某省教育厅"]),
            ("某市教育局 某市财政局", &["某市教育局", "某市财政局"]),
            ("中国人民银行重庆市分行", &["中国人民银行重庆市分行"]),
            ("财政部某市监管局", &["财政部某市监管局"]),
            ("", &[]),
        ];
        for (issuer, wanted) in cases {
            assert_eq!(bodies(issuer), wanted, "{issuer}");
        }
    }

    #[test]
    fn a_department_alone_is_of_the_ministry_that_its_text_names() {
        let encoding = crate::document::Encoding {
            name: "UTF-8".into(),
            evidence: crate::document::EncodingEvidence::Valid,
        };
        for (line, source, wanted) in [
            ("现将工信部科技司的工作安排公布如下。", None, "工业和信息化部科技司"),
            ("现将工作安排公布如下。", Some("工信部"), "工业和信息化部科技司"),
            ("教育部科技司和工信部装备司商定如下。", None, "教育部科技司"),
            ("教育部、财政部商定如下。", Some("商务部"), "科技司"),
            ("现将工作安排公布如下。", None, "科技司"),
        ] {
            let mut page = Page::new("a.txt".into(), encoding.clone());
            page.metadata.issuer = Some("科技司".into());
            page.metadata.source = source.map(str::to_owned);
            page.pieces = vec![super::super::page::RawBlock::text(line)];
            settle(&mut page);
            assert_eq!(page.metadata.issuers, [wanted], "{line}");
        }
        assert!(!is_bare_department("某某公司") && !is_bare_department("教育部科技司"));
    }

    #[test]
    fn a_contact_is_no_issuer() {
        let none = ["13601121401 某某大赛组委会", "010-12345678 某局", "", "：", "2025 某会"];
        for issuer in none {
            assert_eq!(clean_issuer(issuer), None, "{issuer}");
        }
        for issuer in ["某某大赛组委会", "第三届人民代表大会", "一〇一中学", "某局（代章）"]
        {
            assert_eq!(clean_issuer(issuer).as_deref(), Some(issuer));
        }
        assert_eq!(clean_issuer("《国务院").as_deref(), Some("国务院"));
    }

    #[test]
    fn a_source_is_the_medium_alone() {
        let cases = [
            ("城东周刊 举报", Some("城东周刊")),
            ("第三财经日报(上海)　有0人参与", Some("第三财经日报(上海)")),
            ("城东日报　　　网友评论 0 条", Some("城东日报")),
            ("城东经济报道 │ │ 发表评论 │ │ 查看评论", Some("城东经济报道")),
            ("转载文章 │ 第1页/共1页 << 上一页", Some("转载文章")),
            ("城东网 【字体：大中小】", Some("城东网")),
            ("城东收藏报", Some("城东收藏报")),
            ("阅读与评论杂志", Some("阅读与评论杂志")),
            ("分享城东公众号", Some("分享城东公众号")),
            ("城东评论网", Some("城东评论网")),
            ("打印技术周刊", Some("打印技术周刊")),
            ("无", None),
            ("|", None),
        ];
        for (source, wanted) in cases {
            assert_eq!(clean_source(source).as_deref(), wanted, "{source}");
        }
    }
}
