//! Who is named before a title as the one that issued it: 国务院《…》, 甲省人民政府印发的《…》, 我市《…》.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::region::{Clues, Region, RegionLevel, find};

/// Whose text is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// Nobody is named.
    Nobody,
    /// The text's own place: 我市, or a body without a place.
    Own,
    /// A body of the whole country, as written; empty for 国家.
    National(String),
    /// Another place.
    Place(Region),
}

/// Bytes before a title in which its issuer is looked for.
const NEAR: usize = 150;

#[expect(clippy::expect_used, reason = "built-in pattern")]
static ISSUER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<body>[\p{Han}、 ]*?(?:国务院|党中央|中共中央|中央|国家|全国人大|全国|部|部委|委|局|厅|办公厅|办公室|院",
        r"|政府|府办|常委会|委员会|银行|总行|署|会|中心|协会|省|自治区|市|区|县|州))",
        r"(?:等(?:[\p{Han}\d]{0,8}?(?:部门|单位|部委|局|委))?)?",
        r"(?:联合|共同|近日|日前|于[^《》,;。]{1,16}?)?(?:关于)?(?:印发|发布|公布|出台|制定|下发|修订|颁布|转发|通过|批准)?的?\s*$"
    ))
    .expect("pattern of issuers")
});

/// Who is named at the end of `before`, the folded text before 《.
pub(super) fn issuer_in(before: &str) -> Named {
    let from = before.len().saturating_sub(NEAR);
    let near = (from..=before.len()).find_map(|at| before.get(at..)).unwrap_or_default();
    let clause =
        near.rsplit([',', ';', '。', ':', '》', '(', ')', '“', '”']).next().unwrap_or_default();
    let Some(body) = ISSUER.captures(clause).and_then(|found| found.name("body")) else {
        return Named::Nobody;
    };
    let body = without_verbs(body.as_str().trim());
    if body.chars().count() < 2 && body != "省" && body != "市" {
        return Named::Nobody;
    }
    if ["我", "本", "全"]
        .iter()
        .any(|own| body.strip_prefix(own).is_some_and(|rest| rest.chars().count() <= 3))
    {
        return Named::Own;
    }
    let region = find(&Clues { issuer: Some(body), ..Clues::default() });
    match region {
        Some(region) if region.level != RegionLevel::National => Named::Place(region),
        Some(_) => Named::National(body.trim_start_matches("国家").to_owned()),
        None if is_national(body) => Named::National(body.trim_start_matches("国家").to_owned()),
        // 省住房城乡建设厅, 市政府: the text's own.
        None if body.starts_with(['省', '市', '区', '县', '州']) => Named::Own,
        None => Named::Nobody,
    }
}

/// A body without what a sentence says before it: 根据, 按照, 落实.
fn without_verbs(body: &str) -> &str {
    const VERBS: [&str; 20] = [
        "根据",
        "依据",
        "按照",
        "依照",
        "贯彻落实",
        "贯彻",
        "落实",
        "执行",
        "参照",
        "结合",
        "为",
        "与",
        "和",
        "以及",
        "及",
        "认真",
        "严格",
        "对照",
        "符合",
        "现将",
    ];
    let mut body = body.trim();
    while let Some(rest) = VERBS.iter().find_map(|verb| body.strip_prefix(verb)) {
        body = rest.trim_start();
    }
    match body.rfind("根据").or_else(|| body.rfind("按照")).or_else(|| body.rfind("落实")) {
        Some(at) => body.get(at + "根据".len()..).unwrap_or(body),
        None => body,
    }
}

fn is_national(body: &str) -> bool {
    const BODIES: [&str; 12] = [
        "国务院",
        "中央",
        "国家",
        "全国",
        "总局",
        "人民银行",
        "银保监会",
        "证监会",
        "最高人民",
        "金融监管总局",
        "总行",
        "总署",
    ];
    let ministry = body.ends_with('部') && !body.ends_with("支部") && !body.ends_with("组织部");
    BODIES.iter().any(|name| body.contains(name)) || ministry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_before_a_title_are_own_national_or_of_a_place() {
        let national = |body: &str| Named::National(body.to_owned());
        for (before, issuer) in [
            ("根据国务院", national("国务院")),
            ("按照农业农村部等三部门联合印发的", national("农业农村部")),
            ("根据我市", Named::Own),
            ("根据省农业农村厅", Named::Own),
            ("违反", Named::Nobody),
            ("依照", Named::Nobody),
        ] {
            assert_eq!(issuer_in(before), issuer, "{before}");
        }
        let Named::Place(place) = issuer_in("落实四川省人民政府印发的") else {
            panic!("no place")
        };
        assert_eq!(place.name, "四川");
    }
}
