//! What cleaning must make of pages and texts, each case for a kind of page: the whole way from bytes
//! to document. Beside every kind are neighbours that must stay as they are.

use std::fmt::Write as _;

use super::samples::{body, document_of};
use crate::document::{Document, RemovalReason};

fn page(title: &str, body: &str) -> Document {
    let head = format!("<meta charset=\"utf-8\"><title>{title}</title>");
    document_of("a.html", format!("<html><head>{head}</head><body>{body}</body></html>"))
}

fn removed(document: &Document, reason: RemovalReason) -> Vec<&str> {
    let all = document.removed.iter().filter(|one| one.reason == reason);
    all.map(|one| one.text.as_str()).collect()
}

const FIRST: &str = "市里昨天召开会议，研究改造工作，要求各区按时完成任务。";
const SECOND: &str = "会议指出，资金由市、区两级承担，完工后由居民验收。";
const THIRD: &str = "各区每月报送进度，逾期未完成的，通报批评。";

#[test]
fn a_wrapper_called_like_an_aside_keeps_its_article() {
    let names = [
        "page-share",
        "has-footer",
        "content ad",
        "main-comment-open",
        "qr-page",
        "toolbar-fixed",
        "detail_copyright",
        "related-wrap",
        "pagination-on",
        "rank",
        "side main",
        "foot_fixed",
        "statement",
        "next",
        "tuijian-box",
        "hot",
    ];
    let inner = [
        format!("<p>{FIRST}</p><p>{SECOND}</p>"),
        format!("<div class=\"TRS_Editor\"><p>{FIRST}</p><p>{SECOND}</p></div>"),
        format!("<div><div>{FIRST}</div><div>{SECOND}</div></div>"),
        format!("{FIRST}<br><br>{SECOND}"),
    ];
    let around = [
        "<div class=\"b\"><p>地址：城东路八号</p></div>",
        "<div class=\"foot\">某某网站 地址：某路一号，邮编：100000，电话：010-00000000，技术支持：某某公司。</div>",
        "",
    ];
    let all = names.len() * inner.len() * around.len();
    for n in 0..all {
        let name = names[n % names.len()];
        let inner = &inner[n / names.len() % inner.len()];
        let around = around[n / names.len() / 4 % around.len()];
        for attribute in ["class", "id"] {
            let document = page(
                "研究改造工作",
                &format!("<h1>研究改造工作</h1><div {attribute}=\"{name}\">{inner}</div>{around}"),
            );
            assert_eq!(body(&document), [FIRST, SECOND], "{attribute} {name} {inner} {around}");
            assert!(!document.metadata.incomplete, "{name}");
        }
    }
}

#[test]
fn what_is_called_and_made_as_an_aside_goes() {
    let asides = [
        "<div class=\"share\">分享到：<a>微信</a> <a>微博</a> <a>QQ</a></div>",
        "<div class=\"comment-box\"><textarea></textarea><button>发表评论</button></div>",
        "<div class=\"related\"><h3>相关阅读</h3><ul><li><a>东城新建公园</a><li><a>西城修路</a></ul></div>",
        "<div class=\"qrcode\">扫一扫在手机打开当前页</div>",
        "<footer>版权所有：某某网 京ICP备1号</footer>",
        "<nav><a>首页</a><a>新闻</a><a>政务</a></nav>",
    ];
    for aside in asides {
        let text = format!("<h1>研究改造工作</h1><div><p>{FIRST}</p><p>{SECOND}</p>{aside}</div>");
        assert_eq!(body(&page("研究改造工作", &text)), [FIRST, SECOND], "{aside}");
    }
}

#[test]
fn a_short_article_beside_a_longer_notice_or_footer_stays() {
    let notice =
        "免责声明：本网站所载内容仅供参考，转载须注明来源，如有侵权请联系本网站删除。".repeat(2);
    let footer = "某某网站 地址：某路一号，邮编：100000，电话：010-00000000，传真：010-1，技术支持：某某公司，\
                  建议使用浏览器，分辨率1024。";
    let short =
        ["经研究，同意甲市设立综合保税区。", "扩大以工代训范围。", "你委请示收悉，现批复如下。"];
    for text in short {
        for around in [
            format!("<div><p>{notice}</p></div>"),
            format!("<div class=foot>{footer}</div>"),
            format!("<div class=bottom><p>{footer}</p></div>"),
            format!("<div class=statement>{notice}</div>"),
            format!("<table><tr><td>{footer}</td></tr></table>"),
        ] {
            let document = page(
                "关于某事项的批复",
                &format!("<h1>关于某事项的批复</h1><div class=c><p>{text}</p></div>{around}"),
            );
            assert_eq!(body(&document), [text], "{around}");
        }
    }
    let measures = format!(
        "<h1>关于某事项的通知</h1><p>扩大以工代训范围。</p><p>支持灵活就业人员参保。</p><div><p>{notice}</p></div>"
    );
    let document = page("关于某事项的通知", &measures);
    assert_eq!(body(&document), ["扩大以工代训范围。", "支持灵活就业人员参保。"]);
}

#[test]
fn a_page_with_prose_always_has_a_body() {
    let items: String = (1..5).fold(String::new(), |mut items, n| {
        let _ = write!(items, "<li><a href=\"{n}.html\">任命某某{n}为市教育局副局长</a></li>");
        items
    });
    let decision = page("任免决定", &format!("<h1>任免决定</h1><div><ul>{items}</ul></div>"));
    assert_eq!(decision.blocks.len(), 4, "{:?}", decision.removed);
    let alone = page("题", "<div><p>政策解读</p></div>");
    assert_eq!(body(&alone), ["政策解读"]);
    let speech = page("声明", "<div>本网站内容未经授权不得转载，违者追究法律责任。</div>");
    assert!(!speech.blocks.is_empty());
    let script = page("国务院关于某事的意见", "<div id=app></div><script>window.x={}</script>");
    assert!(script.metadata.incomplete && !script.warnings.is_empty());
}

#[test]
fn lines_of_a_notice_stay_in_its_container() {
    let stays = [
        "公示期内如有异议，请与市人力资源社会保障局联系。",
        "凡非本市户籍人员申请入学的，应当提供居住证。",
        "未经权利人许可，不得复制、使用其作品。",
        "请下载“个人所得税”APP进行申报。",
        "扫描二维码加入报名咨询群。",
        "服务热线：12345",
        "建立健全知识产权侵权举报投诉、维权援助机制，建设快速维权中心。",
        "侵权举报电话：12315",
        "主办单位：市住房城乡建设局",
        "请使用谷歌浏览器登录报名系统。",
        "账号：62220000000000",
        "一、记者站的设立",
        "数据来源：市统计局",
        "关注“某某人社”微信公众号，进入服务大厅办理。",
        "点击“我要办理”进入申请页面。",
        "承办单位：市体育总会",
        "电子邮箱：someone@example.net",
        "邮编：100000",
        "三、版权登记",
        "转载、摘编他人作品，应当注明出处。",
        "（二）关注老年人用餐。",
        "如对评审结果有异议，可在五日内书面提出。",
        "监督电话：010-00000000",
        "开户行：某某银行城东支行",
        "来源单位：市统计局、市财政局",
        "投稿邮箱：someone@example.net",
        "记者现场见闻",
        "通讯员队伍建设",
    ];
    for container in ["TRS_Editor", "content", "zoom"] {
        for line in stays {
            let text = format!(
                "<h1>关于某某工作的通知</h1><div class=\"{container}\"><p>{FIRST}</p><p>{SECOND}</p>\
                 <p>{line}</p><p>{THIRD}</p></div>"
            );
            let document = page("关于某某工作的通知", &text);
            assert_eq!(body(&document), [FIRST, SECOND, line, THIRD], "{container}");
            assert_eq!(document.metadata.byline, None);
        }
    }
    let heading = format!(
        "<h1>关于某某工作的通知</h1><div class=\"content\"><p>{FIRST}</p><p>相关文件</p><p>{SECOND}</p></div>"
    );
    let document = page("关于某某工作的通知", &heading);
    assert_eq!(body(&document), [FIRST, "相关文件", SECOND]);
}

#[test]
fn lists_of_links_that_are_the_text_stay() {
    let names = ["1.某表", "2.某册", "3.某单", "4.某图", "5.某书"];
    let list = |ending: &str, open: &str, close: &str| -> String {
        names.iter().fold(String::new(), |mut list, name| {
            let _ = write!(list, "{open}<a href=\"{name}.doc\">{name}{ending}</a>{close}");
            list
        })
    };
    for ending in [".doc", ""] {
        for (list, is_table) in [
            (format!("<ul>{}</ul>", list(ending, "<li>", "</li>")), false),
            (list(ending, "<p>", "</p>"), false),
            (format!("<div>{}</div>", list(ending, "", "<br>")), false),
            (format!("<table>{}</table>", list(ending, "<tr><td>", "</td></tr>")), true),
        ] {
            let text = format!(
                "<h1>关于某某工作的通知</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>附件：</p>{list}</div>"
            );
            let document = page("关于某某工作的通知", &text);
            let body = body(&document);
            let kept = names.iter().filter(|name| body.iter().any(|line| line.contains(*name)));
            assert_eq!(kept.count(), names.len(), "{is_table} {list}: {body:?}");
        }
    }
}

#[test]
fn surroundings_of_an_article_go() {
    let dated: String = (1..7).fold(String::new(), |mut list, n| {
        let _ = write!(list, "<div><a href=\"{n}\">第{n}批城市更新项目今天开工建设</a><span>2019-09-0{n}</span></div>");
        list
    });
    let links: String = (1..6).fold(String::new(), |mut list, n| {
        let _ = write!(list, "<li><a href=\"{n}\">第{n}批城市更新项目今天开工建设</a></li>");
        list
    });
    let surroundings = [
        "<div class=\"next\"><span>阅读下一篇</span><h3><a>城东新建两座公园</a></h3><p>记者昨天在城东看到，两座公园已经开放，…</p></div>".to_owned(),
        format!("<div><h4>作者最近文章</h4>{dated}</div>"),
        format!("<h4>小编最近文章</h4><div>{dated}</div>"),
        format!("<div>你可能会喜欢</div><ul>{links}</ul>"),
        format!("<div class=\"x\"><b>热门新闻排行榜</b><ol>{links}</ol></div>"),
        "<p>【免责声明】本文仅代表作者本人观点，与本网无关。本网对文中陈述保持中立，请读者仅作参考。</p>".to_owned(),
        format!("<div class=\"list\">{dated}</div>"),
        "<p>上一篇：<a>城东新建公园</a></p><p>下一篇：<a>城西修路</a></p>".to_owned(),
        "<p>（声明：本文内容不构成投资建议，据此操作，风险自担。）</p>".to_owned(),
        "<p>打开微信，点击“扫一扫”</p><p>分享到朋友圈</p>".to_owned(),
        "<p>责任编辑：张三</p><p>热词</p>".to_owned(),
    ];
    for after in surroundings {
        let text = format!(
            "<h1>研究改造工作</h1><div class=w><div class=a><p>{FIRST}</p><p>{SECOND}</p></div>{after}</div>"
        );
        assert_eq!(body(&page("研究改造工作", &text)), [FIRST, SECOND], "{after}");
        let inside =
            format!("<h1>研究改造工作</h1><div class=a><p>{FIRST}</p><p>{SECOND}</p>{after}</div>");
        assert_eq!(body(&page("研究改造工作", &inside)), [FIRST, SECOND], "inside {after}");
    }
    let trail = format!(
        "<div>首页 &gt; 时政新闻 &gt; 研究改造工作</div><h1>研究改造工作</h1><div><p>{FIRST}</p><p>{SECOND}</p></div>"
    );
    assert_eq!(body(&page("研究改造工作", &trail)), [FIRST, SECOND]);
}

#[test]
fn what_ends_an_article_stays() {
    let ends = [
        "<p>某某市人民政府</p><p>2019年9月1日</p>",
        "<div class=sign>某某市人民政府<br>2019年9月1日</div>",
        "<p>（此件公开发布）</p>",
        "<p>附件：1.某表</p>",
        "<table><tr><td>区</td><td>数量</td></tr><tr><td>城东</td><td>12</td></tr></table>",
        "<p>特此通知</p>",
        "<p>抄送：市委办公室，市人大常委会办公室。</p>",
        "<p>联系人：张三，电话：010-00000000。</p>",
    ];
    for end in ends {
        let text = format!(
            "<h1>研究改造工作</h1><div class=w><div class=a><p>{FIRST}</p><p>{SECOND}</p></div>{end}</div>"
        );
        let document = page("研究改造工作", &text);
        let shown: String =
            body(&document).concat().chars().filter(|c| c.is_alphanumeric()).collect();
        let plain = end.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
        for part in plain {
            let part: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
            assert!(shown.contains(&part), "{end}: {:?} {:?}", body(&document), document.removed);
        }
    }
}

#[test]
fn what_a_page_hides_is_kept_apart() {
    let hidden = [
        "<span style=\"display:none\">暗藏词</span>",
        "<span style=\"DISPLAY: none;\">暗藏词</span>",
        "<span hidden>暗藏词</span>",
        "<span style=\"visibility:hidden\">暗藏词</span>",
        "<span style=\"font-size:0\">暗藏词</span>",
        "<font style=\"font-size:0px;color:#fff\">暗藏词</font>",
        "<font color=\"#ffffff\">暗藏词</font>",
        "<span aria-hidden=\"true\">暗藏词</span>",
        "<span class=\"x9\">暗藏词</span>",
    ];
    for piece in hidden {
        let sheet = if piece.contains("x9") { "<style>.x9{display:none}</style>" } else { "" };
        let text = format!("{sheet}<div><p>前文{piece}后文。</p><p>{FIRST}</p></div>");
        let document = page("题目在此", &text);
        assert_eq!(body(&document), ["前文后文。", FIRST], "{piece}");
        assert_eq!(removed(&document, RemovalReason::Hidden), ["暗藏词"], "{piece}");
    }
    let shown = [
        "<span style=\"display:inline\">明示词</span>",
        "<span style=\"font-size:10px\">明示词</span>",
        "<span style=\"text-decoration:none;overflow:hidden\">明示词</span>",
        "<span aria-hidden=\"false\">明示词</span>",
        "<font color=\"#ff0000\">明示词</font>",
        "<span style=\"background:#369;color:#fff\">明示词</span>",
        "<span class=\"y\">明示词</span>",
        "<span style=\"font-size:0\"><b style=\"font-size:14px\">明示词</b></span>",
    ];
    for piece in shown {
        let sheet = "<style>.y:hover{display:none}@media print{.y{display:none}}</style>";
        let sheet = if piece.contains('y') { sheet } else { "" };
        let text = format!("{sheet}<div><p>前文{piece}后文。</p><p>{FIRST}</p></div>");
        assert_eq!(body(&page("题目在此", &text)), ["前文明示词后文。", FIRST], "{piece}");
    }
    // What a script shows once the page is loaded.
    let late = format!(
        "<div id=\"js_content\" style=\"visibility: hidden; opacity: 0;\"><p>{FIRST}</p><p>{SECOND}</p></div>"
    );
    assert_eq!(body(&page("题目在此", &late)), [FIRST, SECOND]);
    let keys = "<table><tr><td><span aria-hidden=true>0001</span>甲</td><td>12</td></tr><tr><td><span aria-hidden=true>0002</span>乙</td><td>13</td></tr></table>";
    let document = page("题目在此", &format!("<div><p>{FIRST}</p>{keys}</div>"));
    assert_eq!(body(&document), [FIRST, "甲 │ 12", "乙 │ 13"]);
}

#[test]
fn preformatted_lines_and_numbers_of_lists_stay() {
    let lines =
        "第一条 为了管理，制定本办法。\n第二条 本办法适用于全市。\n第三条 自公布之日起施行。";
    for (open, close) in [
        ("<pre>", "</pre>"),
        ("<div style=\"white-space: pre\">", "</div>"),
        ("<div style=\"white-space:pre-wrap\">", "</div>"),
        ("<pre class=x>\n", "\n</pre>"),
    ] {
        let document = page("某某办法", &format!("<div><p>{FIRST}</p>{open}{lines}{close}</div>"));
        assert_eq!(
            body(&document).get(1..),
            Some(lines.lines().collect::<Vec<_>>().as_slice()),
            "{open}"
        );
    }
    let list = "<ol><li>第一件事，要办好。<li>第二件事，要办快。</ol><ol start=5><li>第五件事，也要办。</ol>";
    let document = page("某某办法", &format!("<div><p>{FIRST}</p>{list}</div>"));
    let expected =
        [FIRST, "1. 第一件事，要办好。", "2. 第二件事，要办快。", "5. 第五件事，也要办。"];
    assert_eq!(body(&document), expected);
    let own = "<ol><li>一、甲事，要办好。<li>（二）乙事，要办快。</ol><ul><li>丙事，也要办。</ul>";
    let document = page("某某办法", &format!("<div><p>{FIRST}</p>{own}</div>"));
    assert_eq!(
        body(&document).get(1..),
        Some(["一、甲事，要办好。", "（二）乙事，要办快。", "丙事，也要办。"].as_slice())
    );
}

#[test]
fn cells_that_span_others_are_filled() {
    let cases = [
        (
            "<tr><td rowspan=2>城东<td>学校<td>3<tr><td>医院<td>1",
            vec!["城东 │ 学校 │ 3", "城东 │ 医院 │ 1"],
        ),
        (
            "<tr><th>项目<th colspan=2>2020年<tr><td>公园<td>上半年3座<td>下半年5座",
            vec!["项目 │ 2020年 │ 2020年", "公园 │ 上半年3座 │ 下半年5座"],
        ),
        ("<tr><td colspan=3>附表一<tr><td>甲<td>乙<td>丙", vec!["附表一", "甲 │ 乙 │ 丙"]),
        (
            "<tr><td rowspan=3>甲<td rowspan=2>乙<td>1<tr><td>2<tr><td>丙<td>3<tr><td>丁<td>戊<td>4",
            vec!["甲 │ 乙 │ 1", "甲 │ 乙 │ 2", "甲 │ 丙 │ 3", "丁 │ 戊 │ 4"],
        ),
        (
            "<tr><td>甲<td rowspan=2>乙<tr><td>丙<tr><td>丁<td>戊",
            vec!["甲 │ 乙", "丙 │ 乙", "丁 │ 戊"],
        ),
        ("<tr><td>甲<td>乙<tr><td rowspan=x>丙<td colspan=0>丁", vec!["甲 │ 乙", "丙 │ 丁"]),
    ];
    for (rows, expected) in cases {
        let document = page(
            "题目在此",
            &format!("<div><p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p></div>"),
        );
        let all = body(&document);
        assert_eq!(all.get(1..all.len() - 1), Some(expected.as_slice()), "{rows}");
    }
    let layout = format!(
        "<table><tr><td>首页</td><td>新闻</td></tr><tr><td colspan=2><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>"
    );
    assert_eq!(body(&page("研究改造工作", &layout)), [FIRST, SECOND]);
}

#[test]
fn rows_of_a_table_of_names_stay_at_the_end() {
    let table = "<table><tr><th>序号</th><th>单位</th></tr><tr><td>1</td><td>城东第一水利公司</td></tr>\
                 <tr><td>2</td><td>城西水利集团</td></tr><tr><td>3</td><td>城南勘测中心</td></tr></table>";
    let foot = "<div class=\"footer\"><p>主办：某某市人民政府办公室</p><p>网站标识码：1234560001</p></div>";
    let document = page(
        "河堤示范单位公示",
        &format!(
            "<h2>河堤示范单位公示</h2><div class=\"content\"><p>{FIRST}</p>{table}</div>{foot}"
        ),
    );
    assert_eq!(
        body(&document),
        [FIRST, "序号 │ 单位", "1 │ 城东第一水利公司", "2 │ 城西水利集团", "3 │ 城南勘测中心"]
    );
}

#[test]
fn links_that_a_sentence_announces_are_the_text() {
    let links: String = ["甲", "乙", "丙", "丁"]
        .map(|n| format!("<li><a href=\"x\">《{n}地河堤办法》</a></li>"))
        .concat();
    for (announces, count) in [
        ("现将有关文件列出，请点击查看。", 5),
        ("有关文件目录见下。", 5),
        ("市里昨天召开会议，研究改造工作。", 1),
    ] {
        let document = page(
            "河堤文件汇编",
            &format!("<div class=\"content\"><p>{announces}</p><ul>{links}</ul></div>"),
        );
        assert_eq!(body(&document).len(), count, "{announces}");
    }
}

#[test]
fn disclaimers_named_for_a_site_go() {
    for line in [
        "新浪声明：此消息系转载自合作媒体，登载此文出于传递更多信息之目的。",
        "平台声明：该文观点仅代表作者本人，本平台仅提供信息存储空间服务。",
        "某某网声明：本文版权归原作者所有。",
        "本文来自微信公众号“城东观察”，某某网经授权发布。",
        "以上内容仅供参考，投资有风险，入市需谨慎。",
    ] {
        let document =
            page("河堤改造", &format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{line}</p></div>"));
        assert_eq!(body(&document), [FIRST, SECOND], "{line}");
    }
    for line in [
        "参赛者应当声明：作品为本人原创，不侵犯他人版权。",
        "申请人声明：所报内容真实。",
        "发言人声明：双方将继续合作。",
        "本文由微信公众号发布，不代表工程已经完工。",
    ] {
        let document =
            page("河堤改造", &format!("<div><p>{FIRST}</p><p>{line}</p><p>{SECOND}</p></div>"));
        assert_eq!(body(&document), [FIRST, line, SECOND], "{line}");
    }
}

#[test]
fn a_headline_that_has_the_short_title_of_the_head_is_the_title() {
    let text = format!("<p>{FIRST}</p><p>{SECOND}</p>");
    for (said, above, title) in [
        ("公示", "<h2>2021年河堤示范单位公示</h2>", "2021年河堤示范单位公示"),
        ("河堤", "<h2>河堤改造推进会召开</h2>", "河堤改造推进会召开"),
        (
            "城东日报",
            "<p align=center><b>河堤改造加快推进</b></p><p align=center>年底前完成三百公里</p>",
            "河堤改造加快推进",
        ),
        ("城东水利局-河堤管理要点", "<h2>河堤管理要点</h2>", "河堤管理要点"),
        ("河堤改造推进会召开", "<h2>公示</h2>", "河堤改造推进会召开"),
        ("咏堤", "<p>长堤十里柳如烟，</p>", "咏堤"),
    ] {
        let document = page(said, &format!("{above}<div class=\"content\">{text}</div>"));
        assert_eq!(document.metadata.title, title, "{said}");
    }
}

#[test]
fn nothing_vanishes() {
    let document = page(
        "题目在此",
        &format!(
            "<div><p>{FIRST}</p><p>身高不足1&#xE010;4米的，免票。</p><textarea>框内文字</textarea>\
                  <select><option>选项</option></select><button>按钮</button></div>"
        ),
    );
    assert_eq!(body(&document), [FIRST, "身高不足1〓4米的，免票。"]);
    assert_eq!(document.warnings.len(), 1);
    let removed: String = document.removed.iter().map(|one| one.text.as_str()).collect();
    for text in ["框内文字", "选项", "按钮"] {
        assert!(removed.contains(text), "{text}");
    }
    let zeros = document_of("a.txt", "一段\0正文，有停顿。\n又一段正文。");
    assert_eq!((body(&zeros)[0], zeros.warnings.len()), ("一段正文，有停顿。", 1));
}

mod properties {
    use proptest::prelude::*;

    use super::document_of;

    /// Han characters and digits of a text, counted.
    fn signs(text: &str) -> Vec<char> {
        let is_one = |c: &char| ('\u{4E00}'..='\u{9FFF}').contains(c) || c.is_ascii_digit();
        let mut signs: Vec<char> = text.chars().filter(is_one).collect();
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    proptest! {
        #[test]
        fn every_han_character_and_digit_is_somewhere(parts in prop::collection::vec(
            (0_usize..24, "[一-龥0-9]{1,12}", "[，。：；、]?"), 1..16))
        {
            let wraps = [
                ("<p>", "</p>"), ("<div>", "</div>"), ("<span style=\"display:none\">", "</span>"),
                ("<textarea>", "</textarea>"), ("<table><tr><td>", "</td><td rowspan=2>一</td></tr></table>"),
                ("<a href=x>", "</a>"), ("<ul><li><a>", "</a></li></ul>"), ("<pre>", "</pre>"),
                ("<select><option>", "</option></select>"), ("<div class=share>", "</div>"),
                ("<h2>", "</h2>"), ("<footer>", "</footer>"), ("<ol><li>", "</li></ol>"), ("<b>", "</b>"),
                ("<div hidden>", "</div>"), ("<button>", "</button>"), ("<noscript>", "</noscript>"),
                ("<svg><text>", "</text></svg>"), ("<ruby>", "<rt>1</rt></ruby>"), ("", "<br>"),
                ("<div style=\"white-space:pre\">", "\n</div>"), ("<td>", "</td>"),
                ("<div class=\"TRS_Editor\">", "</div>"), ("<article><p>", "</p></article>"),
            ];
            let mut body = String::new();
            let mut text = String::new();
            for (wrap, words, stop) in &parts {
                let (open, close) = wraps[*wrap];
                body.push_str(&format!("{open}{words}{stop}{close}"));
                text.push_str(words);
            }
            let document = document_of("a.html", format!("<html><body>{body}</body></html>"));
            let known = &document.metadata;
            let mut all = known.title.clone();
            for text in [&known.byline, &known.source, &known.editor, &known.number, &known.issuer] {
                all.push_str(text.as_deref().unwrap_or_default());
            }
            all.extend(document.blocks.iter().map(|block| block.text.as_str()));
            all.extend(document.removed.iter().map(|one| one.text.as_str()));
            let found = signs(&all);
            for sign in signs(&text) {
                prop_assert!(found.contains(&sign), "{sign} of {body}");
            }
        }
    }
}
