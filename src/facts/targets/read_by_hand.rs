//! Five short texts read sentence by sentence, three plans and two work reports: what each promises,
//! reports and limits, against what is found.

use super::*;
use crate::document::{Block, PartialDate};
use crate::samples::document;
use crate::text::fold::fold_key;

use TargetKind::{Limit, Promise, Result};

/// A text with its year, its paragraphs and its figures: kind, figure, object and year.
type Text = (
    &'static str,
    i16,
    &'static [&'static str],
    &'static [(TargetKind, &'static str, &'static str, Option<i16>)],
);

const TEXTS: [Text; 5] = [
    (
        "甲省渔业发展“十四五”规划",
        2021,
        &[
            "一、发展基础",
            "“十三五”期间，渔业产值年均增长6.2%，渔民人均收入达到2.4万元。截至2020年底，建成渔港32座。",
            "二、主要目标",
            "到2025年，渔业产值达到500亿元，渔业科技进步贡献率达到66%以上，渔民人均收入年均增长7%左右。渔业治理更加有效。",
            "——渔港更加完备。新建改建渔港15座，渔港绿化率达到35%以上。",
            "——生态更加优良。养殖尾水达标排放率达到90%，海洋捕捞总量控制在80万吨以内。",
            "到2035年，基本实现渔业现代化。",
            "三、重点任务",
            "（一）强化科技支撑。2023年底前，组建渔业重点实验室3个，培育渔业龙头企业50家以上。",
            "（二）完善设施。实施渔港提升工程，改造老旧渔船1200艘。",
        ],
        &[
            (Result, "6.2%", "渔业产值", Some(2020)),
            (Result, "2.4万元", "渔民人均收入", Some(2020)),
            (Result, "32座", "渔港", Some(2020)),
            (Promise, "500亿元", "渔业产值", Some(2025)),
            (Promise, "66%以上", "渔业科技进步贡献率", Some(2025)),
            (Promise, "7%左右", "渔民人均收入", Some(2025)),
            (Promise, "15座", "渔港", Some(2025)),
            (Promise, "35%以上", "渔港绿化率", Some(2025)),
            (Promise, "90%", "养殖尾水达标排放率", Some(2025)),
            (Promise, "80万吨以内", "海洋捕捞总量", Some(2025)),
            (Promise, "3个", "渔业重点实验室", Some(2023)),
            (Promise, "50家以上", "渔业龙头企业", Some(2023)),
            (Promise, "1200艘", "老旧渔船", None),
        ],
    ),
    (
        "乙市渔业数字化行动计划（2024—2027年）",
        2024,
        &[
            "一、总体目标",
            "力争到2027年，建成智慧渔场20个，渔船北斗终端覆盖率、渔港视频覆盖率分别达到95%、100%。",
            "数字渔业产值翻一番，渔业用能强度下降13.5%。",
            "二、重点任务",
            "1.建设数字渔港。每年新增数字渔港2座以上，2026年底前全部接入市级平台。",
            "2.加强培训。三年内培训渔民1万人次。",
            "三、保障措施",
            "对购置终端的渔民给予补助，每艘补助不超过5000元。",
        ],
        &[
            (Promise, "20个", "智慧渔场", Some(2027)),
            (Promise, "95%", "渔船北斗终端覆盖率", Some(2027)),
            (Promise, "100%", "渔港视频覆盖率", Some(2027)),
            (Promise, "翻一番", "数字渔业产值", None),
            (Promise, "13.5%", "渔业用能强度", None),
            (Promise, "2座以上", "数字渔港", None),
            (Promise, "1万人次", "渔民", None),
            (Limit, "不超过5000元", "每艘补助", None),
        ],
    ),
    (
        "关于促进丙县水产加工业发展的意见",
        2022,
        &[
            "到2025年，全县规模以上水产加工企业超过40家，加工转化率由2021年的45%提高到60%。",
            "支持企业技术改造。对投资1000万元以上的项目优先安排用地。",
            "加工废水排放浓度不得高于50毫克/升。",
            "| 指标 │ 2021年 │ 2025年 │ 属性",
            "| 水产加工产值（亿元） │ 20 │ 35 │ 预期性",
            "| 冷链流通率（%） │ 30 │ ≥45 │ 约束性",
        ],
        &[
            (Promise, "超过40家", "规模以上水产加工企业", Some(2025)),
            (Promise, "60%", "加工转化率", Some(2025)),
            (Limit, "不得高于50毫克/升", "加工废水排放浓度", None),
            (Promise, "35亿元", "水产加工产值", Some(2025)),
            (Promise, "≥45%", "冷链流通率", Some(2025)),
        ],
    ),
    (
        "2026年丁省政府工作报告",
        2026,
        &[
            "一、2025年工作回顾",
            "过去一年，渔业产值增长5.8%，达到620亿元。新建渔港8座，远洋、近海渔船分别减少12艘、35艘。",
            "二、2026年重点工作",
            "今年发展主要预期目标是：渔业产值增长6%左右；渔民收入增长与经济增长同步；渔港吞吐量达到300万吨；单位产值能耗降低2%左右。",
            "（一）建设现代渔业。新建渔港5座、改造渔港12座，培育远洋渔业企业10家以上。",
            "（二）保障民生。在去年救助渔民2000人的基础上，再救助渔民1500人。",
        ],
        &[
            (Result, "5.8%", "渔业产值", Some(2025)),
            (Result, "620亿元", "渔业产值", Some(2025)),
            (Result, "8座", "渔港", Some(2025)),
            (Result, "12艘", "远洋渔船", Some(2025)),
            (Result, "35艘", "近海渔船", Some(2025)),
            (Promise, "6%左右", "渔业产值", Some(2026)),
            (Promise, "300万吨", "渔港吞吐量", Some(2026)),
            (Promise, "2%左右", "单位产值能耗", Some(2026)),
            (Promise, "5座", "渔港", Some(2026)),
            (Promise, "12座", "渔港", Some(2026)),
            (Promise, "10家以上", "远洋渔业企业", Some(2026)),
            (Promise, "1500人", "渔民", Some(2026)),
        ],
    ),
    (
        "戊市2023年政府工作报告",
        2023,
        &[
            "2022年，渔业投资突破30亿元，同比增长11%；渔业贷款余额48亿元。",
            "今年是渔业提质的关键之年。主要预期目标：渔业投资增长10%以上，渔业贷款余额达到60亿元。",
            "新增冷库容量5万吨，渔港污水处理率提高到92%，办好10件渔民实事。",
            "第三条第2项所称渔船，共有12个类型。",
        ],
        &[
            (Result, "突破30亿元", "渔业投资", Some(2022)),
            (Result, "11%", "渔业投资", Some(2022)),
            (Result, "48亿元", "渔业贷款余额", Some(2022)),
            (Promise, "10%以上", "渔业投资", Some(2023)),
            (Promise, "60亿元", "渔业贷款余额", Some(2023)),
            (Promise, "5万吨", "冷库容量", Some(2023)),
            (Promise, "92%", "渔港污水处理率", Some(2023)),
            (Promise, "10件", "渔民实事", Some(2023)),
        ],
    ),
];

/// The figures of a text as they are found.
fn found((title, year, paragraphs, _): &Text) -> Vec<(TargetKind, String, String, Option<i16>)> {
    let mut document = document("a", paragraphs);
    (*title).clone_into(&mut document.metadata.title);
    document.metadata.signed = PartialDate::of_year(*year);
    for block in &mut document.blocks {
        if let Some(row) = block.text.strip_prefix("| ") {
            *block = Block { kind: BlockKind::TableRow, level: 0, text: row.to_owned() };
        }
    }
    let year = |target: &Target| target.deadline.as_ref().and_then(Deadline::year);
    targets(&document, DocIndex(0), &ThemeIndex::default())
        .into_iter()
        .map(|target| (target.kind, target.figure.clone(), target.object.clone(), year(&target)))
        .collect()
}

#[test]
fn three_plans_and_two_reports_are_read_as_by_hand() {
    let (mut right, mut all_found, mut all_wanted) = (0, 0, 0);
    let mut faults = Vec::new();
    for text in &TEXTS {
        let mut wanted: Vec<_> = text
            .3
            .iter()
            .map(|(kind, figure, object, year)| (*kind, fold_key(figure), fold_key(object), *year))
            .collect();
        all_wanted += wanted.len();
        for target in found(text) {
            all_found += 1;
            match wanted.iter().position(|one| *one == target) {
                Some(at) => {
                    right += 1;
                    wanted.remove(at);
                }
                None => faults.push(format!("found {target:?}")),
            }
        }
        faults.extend(wanted.iter().map(|target| format!("missed {target:?}")));
    }
    // At least 90 % of what is found is right, and at least 85 % of what there is is found.
    assert!(right * 10 >= all_found * 9, "{right} of {all_found}: {faults:#?}");
    assert!(right * 20 >= all_wanted * 17, "{right} of {all_wanted}: {faults:#?}");
}
