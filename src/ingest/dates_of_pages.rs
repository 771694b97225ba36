//! Days of whole sources: what is between title and text, histories of laws, signatures, and
//! what must not be taken for one of them.

use super::samples::document_of;
use crate::document::{Document, Metadata};

const TEXT: &str = "城东的河堤昨天修好，两岸的路灯也都亮了。附近的居民说，晚上散步方便多了。";

/// A page with `line` between title and text.
fn page(line: &str) -> Metadata {
    let source = format!(
        "<html><head><title>城东河堤修好</title></head><body><h1>城东河堤修好</h1>{line}\
         <div><p>{TEXT}</p><p>{TEXT}</p></div></body></html>"
    );
    document_of("a.html", source).metadata
}

fn shown(date: Option<crate::document::PartialDate>) -> Option<String> {
    date.map(|date| date.to_string())
}

#[test]
fn lines_between_title_and_text_date_the_page() {
    let cases = [
        ("<p>http://news.example.org 2006年07月01日 09:21 《城东周刊》</p>", "2006-07-01"),
        ("<p>2006-07-02 06:40更新 来源：转载文章</p>", "2006-07-02"),
        ("<p>发布: 2021-7-3 13:18 | 点击: 313</p>", "2021-07-03"),
        ("<p>发表于：2006-07-04 12:30</p>", "2006-07-04"),
        ("<p><span>城东人文</span> <span>2020-07-05 18:14:21</span></p>", "2020-07-05"),
        ("<p>[ 2019年7月6日 ] 点击：12</p>", "2019-07-06"),
        ("<p><time datetime=\"2019-07-07T10:00:00+08:00\">7月7日</time></p>", "2019-07-07"),
        ("<p>２０１９年７月８日</p>", "2019-07-08"),
        ("<p>［2024-07-09］</p>", "2024-07-09"),
        ("<p>二◯一七年七月</p>", "2017-07"),
        ("<p>二 〇 一 七 年 七 月 十 日</p>", "2017-07-10"),
        ("<p>中華民國106年7月11日</p>", "2017-07-11"),
        ("<p>NEWS.EXAMPLE.COM　2005年07月12日14:15</p>", "2005-07-12"),
        ("<p>2022-07-13 00:00:00:0</p>", "2022-07-13"),
        ("<span itemprop=\"datePublished\" content=\"2022-07-14\">七月</span>", "2022-07-14"),
    ];
    for (line, date) in cases {
        let known = page(line);
        assert_eq!(shown(known.date()).as_deref(), Some(date), "{line}");
        assert_eq!(shown(known.published).as_deref(), Some(date), "{line}");
    }
}

#[test]
fn a_name_beside_a_day_is_a_source_only_where_it_names_a_medium() {
    let cases = [
        ("<p>关注中心 2004-07-17 5:54:13</p>", None),
        ("<p>城东人文 2004-07-17 5:54:13</p>", None),
        ("<p>2004-07-17 5:54 城东晚报</p>", Some("城东晚报")),
        ("<p>2004-07-17 5:54 《城东周刊》</p>", Some("城东周刊")),
        ("<p>2004-07-17 城东融媒体中心</p>", Some("城东融媒体中心")),
    ];
    for (line, source) in cases {
        let known = page(line);
        assert_eq!(shown(known.date()).as_deref(), Some("2004-07-17"), "{line}");
        assert_eq!(known.source.as_deref(), source, "{line}");
    }
}

#[test]
fn other_days_between_title_and_text_date_no_page() {
    let lines = [
        "<p>截至2024年7月1日的统计</p>",
        "<p>2024年7月1日至2024年7月31日</p>",
        "<p>自2024年7月1日起施行</p>",
        "<p>热线：2024-0701</p>",
        "<p>城东2024年度总结</p>",
        "<p>本表有效期为2024年7月1日</p>",
        "<p>2024年7月1日第三次会议的决定</p>",
    ];
    for line in lines {
        assert_eq!(page(line).date(), None, "{line}");
    }
}

#[test]
fn days_inside_the_text_date_nothing() {
    let texts = [
        "城东河堤修好\n\n2024年7月1日，城东的河堤修好了，两岸的路灯也都亮了。\n\n居民都说方便。\n",
        "活动安排\n\n城东的活动有两项，都在河堤上举行，欢迎居民参加。\n\n2024年7月1日 09:00 开幕\n\n活动由街道举办，有问题可以打电话。\n",
        "城东河堤修好\n\n（河堤在2024年7月1日修好）两岸的路灯也都亮了，居民都说方便。\n",
    ];
    for text in texts {
        assert_eq!(document_of("a.txt", text).metadata.date(), None, "{text}");
    }
}

#[test]
fn a_report_is_dated_by_the_day_on_which_it_was_given() {
    let cases = [
        "政府工作报告\n（2025年1月15日）\n\n各位代表：现在，我代表市政府向大会报告工作。\n",
        "政府工作报告\n——2025年1月15日在城东市第三届人民代表大会第四次会议上\n城东市市长 某某某\n\n各位代表：现在，我代表市政府向大会报告工作。\n",
        "# 政府工作报告\n\n（二〇二五年一月十五日）\n\n各位代表：现在，我代表市政府向大会报告工作。\n",
    ];
    for text in cases {
        let known = document_of("a.md", text).metadata;
        assert_eq!(shown(known.signed).as_deref(), Some("2025-01-15"), "{text}");
        assert_eq!(known.published, None, "{text}");
    }
}

#[test]
fn a_year_in_the_title_of_a_yearly_report_is_a_year() {
    let text = "各位代表：现在，我代表市政府向大会报告工作，请予审议。\n";
    let cases = [
        ("2025年城东市政府工作报告", Some("2025")),
        ("城东市2024年政府工作报告", Some("2024")),
        ("二〇二三年政府工作报告", Some("2023")),
        ("城东市教育局2022年工作要点", Some("2022")),
        ("2030年前碳达峰行动方案", None),
        ("2021—2025年发展规划", None),
        ("关于2024年预算执行情况和2025年预算草案的报告", None),
        ("2023年统计公报", None),
        ("城东市“2025年”展望", None),
    ];
    for (title, date) in cases {
        let known = document_of("a.md", format!("# {title}\n\n{text}\n{text}")).metadata;
        assert_eq!(shown(known.date()).as_deref(), date, "{title}");
    }
}

fn law(history: &[&str]) -> Document {
    let text = "# 城东市河堤条例\n\n".to_owned()
        + &history.join("\n\n")
        + "\n\n## 第一章 总则\n\n第一条 为了保护河堤，制定本条例。\n\n第二条 本条例自发布之日起施行。\n";
    document_of("a.md", &text)
}

#[test]
fn a_history_of_any_length_dates_a_law_by_its_last_day() {
    let years: Vec<String> = (2001..=2014)
        .map(|year| format!("{year}年5月6日 城东市第三届人民代表大会常务委员会第{year}次会议修正"))
        .collect();
    let lines: Vec<&str> = years.iter().map(String::as_str).collect();
    let law = law(&lines);
    assert_eq!(shown(law.metadata.signed).as_deref(), Some("2014-05-06"));
    assert!(!law.blocks.iter().any(|block| block.text.contains("修正")), "{:?}", law.blocks);
    assert_eq!(law.removed.iter().filter(|one| one.text.contains("修正")).count(), 14);
}

#[test]
fn every_form_of_a_history_gives_its_days() {
    let cases: [(&[&str], &str, Option<&str>); 9] = [
        (
            &[
                "2013年1月22日城东市人大常委会批准2013年2月9日城东市人民政府公告第14号公布自2014年3月1日施行",
            ],
            "2013-02-09",
            Some("2014-03-01"),
        ),
        (
            &[
                "2004年4月3日 城东市第一届人民代表大会第二次会议通过",
                "2012年5月4日 《关于修改〈城东市河堤条例〉的决定》修改",
            ],
            "2012-05-04",
            None,
        ),
        (
            &["2004年4月3日 城东市人民政府令第2号发布", "2005年1月1日 施行"],
            "2004-04-03",
            Some("2005-01-01"),
        ),
        (&["（2004年4月3日城东市第一届人民代表大会第二次会议通过）"], "2004-04-03", None),
        (
            &[
                "（2004年4月3日城东市第一届人民代表大会第二次会议通过",
                "2012年5月4日第三届人民代表大会第五次会议修订）",
            ],
            "2012-05-04",
            None,
        ),
        (
            &["根据2012年5月4日城东市第三届人民代表大会第五次会议《关于修改两件法规的决定》修正"],
            "2012-05-04",
            None,
        ),
        (&["一九九八年四月三日 城东市第一届人民代表大会第二次会议通过"], "1998-04-03", None),
        (
            &[
                "2004年4月3日 城东市第一届人民代表大会第二次会议通过",
                "2012年5月4日 城东市人民代表大会常务委员会《关于修改〈城东市河堤条例〉和",
                "两件法规的决定》修正",
            ],
            "2012-05-04",
            None,
        ),
        (&["2012年5月4日 《国务院关于修改部分行政法规的决定》第三次修订）"], "2012-05-04", None),
    ];
    for (history, signed, effective) in cases {
        let law = law(history);
        assert_eq!(shown(law.metadata.signed).as_deref(), Some(signed), "{history:?}");
        assert_eq!(shown(law.metadata.effective).as_deref(), effective, "{history:?}");
        let in_body = law
            .blocks
            .iter()
            .filter(|block| block.text.contains("条例》") || block.text.contains("会议"))
            .count();
        assert_eq!(in_body > 0, history[0].starts_with('（'), "{history:?}: {:?}", law.blocks);
    }
}

#[test]
fn what_looks_like_a_history_stays() {
    let lines = [
        "2012年5月4日，城东市人民代表大会开会，条例获得通过",
        "2012年5月4日前已经批准",
        "条例在2012年5月4日由市人民代表大会通过",
        "第三条所称决定，是2012年5月4日市人民政府公布",
        "2012年5月4日通过的决定，由市人民政府执行。由市水务局公布",
    ];
    for line in lines {
        let law = law(&[line]);
        assert_eq!(law.metadata.signed, None, "{line}");
        assert!(law.blocks.iter().any(|block| block.text == line), "{line}: {:?}", law.blocks);
    }
}

#[test]
fn the_last_article_says_from_when_a_law_is_in_force() {
    let text =
        |last: &str| format!("# 城东市河堤条例\n\n第一条 为了保护河堤，制定本条例。\n\n{last}\n");
    let cases = [
        ("第二条 本条例自2012年11月1日起施行。", Some("2012-11-01")),
        ("第二条 本条例自二〇一二年十一月一日起施行。2001年的条例同时废止。", Some("2012-11-01")),
        ("第二条 本条例自发布之日起施行。", None),
        ("第二条 2012年11月1日前建成的，不适用本条例。", None),
        ("第二条 原条例2001年1月1日实施，同时废止。", None),
    ];
    for (last, date) in cases {
        let known = document_of("a.md", text(last)).metadata;
        assert_eq!(shown(known.effective).as_deref(), date, "{last}");
        assert_eq!(known.date(), None, "{last}");
    }
}

#[test]
fn numbers_of_documents_are_read_in_every_width_and_script() {
    let numbers = [
        "苏政发〔２０２４〕３１号",
        "蘇政發〔2024〕31號",
        "城政办发〔2024〕3号",
        "城政办发［2024］3号",
        "城水函(2024)第12号",
    ];
    for number in numbers {
        let text = format!("关于河堤的通知\n{number}\n\n各街道：请按要求做好河堤的检查。\n");
        assert_eq!(document_of("a.txt", &text).metadata.number.as_deref(), Some(number));
    }
    for other in
        ["城东一号", "河堤（2024）说明", "参见城政发〔2024〕3号文", "〔2024〕3号", "2024年第3号"]
    {
        let text = format!("关于河堤的通知\n{other}\n\n各街道：请按要求做好河堤的检查。\n");
        assert_eq!(document_of("a.txt", &text).metadata.number, None, "{other}");
    }
}
