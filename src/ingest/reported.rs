//! What users of related programs reported about reading files, each with our own input and what is
//! right. The report is beside the test.

use std::path::Path;

use super::samples::{body, document_of};
use super::{Options, RawFile, documents, load};
use crate::document::EncodingEvidence;
use crate::error::Error;
use crate::text::sanitize::is_harmful;

#[test]
fn escape_sequences_in_title_and_body_vanish_and_the_text_around_them_stays() {
    // https://github.com/shanselman/winget-tui/pull/32
    let escapes = ["\x1B[2J", "\x1B]0;标题\x07", "\x1B]52;c;eA==\x07", "\x1Bc", "\u{9B}31m"];
    for escape in escapes {
        let page = format!(
            "<html><head><title>关于{escape}计划的通知</title></head><body>\
             <p>各单位要认真{escape}组织实施，抓好落实。</p></body></html>"
        );
        let read = document_of("a.html", page.as_bytes());
        assert_eq!(read.metadata.title, "关于计划的通知", "{escape:?}");
        assert_eq!(body(&read), ["各单位要认真组织实施，抓好落实。"], "{escape:?}");
        let plain = document_of("a.txt", format!("通知\n\n各单位{escape}抓好落实。\n").as_bytes());
        assert!(body(&plain).contains(&"各单位抓好落实。"), "{:?}", body(&plain));
    }
}

#[test]
fn a_tab_parts_words() {
    // https://github.com/ratatui/ratatui/issues/876
    let read = document_of("a.txt", "通知\n\n第一条\t总则如下。\n\n序号\t名称\t金额\n".as_bytes());
    let text = body(&read).join("\n");
    assert!(text.contains("第一条 总则如下。"), "{text}");
    assert!(!text.contains("序号名称") && !text.contains('\t'), "{text}");
}

#[test]
fn every_kind_of_line_end_ends_a_line() {
    // https://github.com/earendil-works/pi/issues/6760
    let text = "甲的通知。\n乙的内容。\n丙的内容。\n\n丁的内容。\n";
    let expected = document_of("a.txt", text.as_bytes());
    for ends in ["\r\n", "\r", "\u{85}", "\u{2028}"] {
        let read = document_of("a.txt", text.replace('\n', ends).as_bytes());
        assert_eq!(body(&read), body(&expected), "{ends:?}");
    }
    let mixed =
        document_of("a.txt", "甲的通知。\r\n乙的内容。\r丙的内容。\r\n\r\n丁的内容。".as_bytes());
    assert_eq!(body(&mixed), body(&expected));
}

#[test]
fn a_page_that_claims_gb2312_is_read_as_the_larger_set() {
    // https://github.com/chardet/chardet/pull/33
    let page = "<html><head><meta charset=gb2312><title>公示</title></head><body>\
        <p>经研究，朱镕、王喆等同志任职前公示如下，公示期为五个工作日。</p></body></html>";
    let (bytes, ..) = encoding_rs::GBK.encode(page);
    let read = document_of("a.html", &bytes);
    assert_eq!(body(&read), ["经研究，朱镕、王喆等同志任职前公示如下，公示期为五个工作日。"]);
}

#[test]
fn an_encoding_is_guessed_from_all_bytes_however_long_the_head_is() {
    // https://github.com/adbar/trafilatura/issues/541
    let head = "var a = 1; function f() { return a; }\n".repeat(600);
    for (encoding, text) in [
        (encoding_rs::GBK, "环境保护条例实施细则自公布之日起施行，由主管部门负责解释。"),
        (encoding_rs::BIG5, "環境保護條例實施細則自公布之日起施行，由主管機關負責解釋。"),
    ] {
        let page = format!(
            "<html><head><script>{head}</script><style>{head}</style></head>\
             <body><p>{text}</p></body></html>"
        );
        let (bytes, ..) = encoding.encode(&page);
        let read = document_of("a.html", &bytes);
        assert_eq!(body(&read), [text]);
        assert_eq!(read.encoding.evidence, EncodingEvidence::Detected);
        assert!(!read.encoding.name.is_empty());
    }
}

#[test]
fn a_byte_order_mark_is_no_text_and_outweighs_what_a_page_claims() {
    // https://github.com/vaibhav-kakde-in/mdhero/pull/124
    // Of two files put together each brings its own.
    let both = "\u{FEFF}第一章 总则\n\n第一条 为了规范管理，制定本办法。\n\u{FEFF}第二章 罚则\n\n第二条 违反本办法的，责令改正。\n";
    let read = document_of("a.txt", both.as_bytes());
    assert!(!read.metadata.title.contains('\u{FEFF}'));
    let chapters = read.outline.iter().filter(|heading| heading.title.contains('章'));
    let chapters: Vec<&str> = chapters.map(|heading| heading.title.as_str()).collect();
    assert_eq!(chapters, ["第一章 总则", "第二章 罚则"]);
    let page = "\u{FEFF}<html><head><meta charset=gbk><title>办法</title></head><body>\
        <p>第一条 为了规范管理，制定本办法。</p></body></html>";
    let read = document_of("a.html", page.as_bytes());
    assert_eq!(body(&read), ["第一条 为了规范管理，制定本办法。"]);
    assert_eq!(read.encoding.name, "UTF-8");
}

#[test]
fn a_disclaimer_is_not_the_article_however_long_it_is() {
    // https://github.com/kingname/GeneralNewsExtractor/issues/60
    let said = [
        "第一条 支持企业建设研发机构，按投入给予补助。",
        "第二条 支持高校和企业共同培养紧缺人才，给予奖励。",
        "第三条 本办法自发布之日起施行，有效期三年。",
    ];
    let notice = "免责声明：本网站所载内容仅供参考，不构成任何建议，本网站不对其准确性负责，转载请注明来源。\
        Disclaimer: all materials on this website are for reference only and shall not be deemed advice. "
        .repeat(2);
    let paragraphs = said.map(|line| format!("<p>{line}</p>")).concat();
    let page = format!(
        "<html><head><title>若干措施</title></head><body><div class=c>{paragraphs}</div>\
         <div class=statement>{notice}</div></body></html>"
    );
    let read = document_of("a.html", page.as_bytes());
    assert_eq!(body(&read), said);
}

#[test]
fn a_source_newline_between_two_han_characters_is_nothing_and_between_words_a_blank() {
    // https://github.com/gettalong/kramdown/issues/587
    let read = document_of(
        "a.html",
        "<html><body><p>加快建设全国\n  统一大市场 plan\nA</p></body></html>".as_bytes(),
    );
    assert_eq!(body(&read), ["加快建设全国统一大市场 plan A"]);
}

#[test]
fn ruby_leaves_its_base() {
    // https://github.com/mozilla/readability/issues/575
    let page = "<html><body><p><ruby>政<rp>(</rp><rt>zhèng</rt><rp>)</rp>策<rt>cè</rt></ruby>措施\
        如下。</p></body></html>";
    assert_eq!(body(&document_of("a.html", page.as_bytes())), ["政策措施如下。"]);
}

#[test]
fn half_a_character_in_an_escape_costs_only_itself() {
    let rows = "{\"title\":\"关于甲的通知\",\"text\":\"各单位\\ud83d要抓好落实。\"}\n\
        {\"title\":\"关于乙的通知\",\"text\":\"写作\\\\ud83d的是文字，\\ud83d\\ude00是一个字。\"}\n";
    let raw = RawFile { path: "a.jsonl".into(), bytes: rows.as_bytes().to_vec().into() };
    let read = documents(raw, &Options::default()).unwrap();
    let texts: Vec<_> = read.iter().flat_map(body).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].starts_with("各单位") && texts[0].ends_with("要抓好落实。"), "{texts:?}");
    assert_eq!(texts[1], "写作\\ud83d的是文字，\u{1F600}是一个字。");
    let page = "<html><body><p>各单位&#xD83D;&#55357;&#x80;要抓好落实。</p></body></html>";
    let read = document_of("a.html", page.as_bytes());
    assert!(!body(&read).concat().chars().any(is_harmful), "{:?}", body(&read));
    let front = "---\ntitle: \"关于\\ud83d的通知\\e[2J\"\n---\n\n各单位要抓好落实。\n";
    let read = document_of("a.md", front.as_bytes());
    assert!(!read.metadata.title.chars().any(is_harmful), "{:?}", read.metadata.title);
    assert_eq!(body(&read), ["各单位要抓好落实。"]);
}

#[test]
fn aliases_that_multiply_in_front_matter_end_by_limit() {
    let mut front = "---\ntitle: 通知\na0: &a0 [甲, 乙]\n".to_owned();
    for level in 1..40 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        front.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    front.push_str("---\n\n各单位要抓好落实。\n");
    let read = document_of("a.md", front.as_bytes());
    assert!(body(&read).contains(&"各单位要抓好落实。"), "{:?}", body(&read));
}

fn write(folder: &Path, name: &str) {
    std::fs::write(folder.join(name), "各单位要抓好落实。").unwrap();
}

fn names(found: &load::FileList) -> Vec<String> {
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    load::distinct(found.files.clone()).iter().map(name).collect()
}

#[cfg(unix)]
#[test]
fn a_loop_of_links_is_seen_and_a_file_is_listed_once() {
    // https://github.com/dotenv-linter/dotenv-linter/issues/326
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt");
    symlink(".", folder.path().join("回环")).unwrap();
    symlink("乙", folder.path().join("甲")).unwrap();
    symlink("甲", folder.path().join("乙")).unwrap();
    symlink("a.txt", folder.path().join("b.txt")).unwrap();
    let found = load::find(folder.path());
    assert_eq!(names(&found), ["a.txt"]);
    assert_eq!(found.skipped.len(), 3, "{:?}", found.skipped);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_listed_with_its_reason_and_the_rest_is_read() {
    // https://github.com/tbillington/kondo/issues/16
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        write(folder.path(), name);
    }
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    symlink("nothing", folder.path().join("d.txt")).unwrap();
    let mode = |path: &Path, bits| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(bits)).unwrap();
    };
    mode(&folder.path().join("c.txt"), 0);
    mode(&closed, 0);
    let read = super::read(&[folder.path().to_owned()], &Options::default()).unwrap();
    // The superuser may read everything.
    let all = std::fs::read(folder.path().join("c.txt")).is_ok();
    mode(&closed, 0o700);
    assert_eq!(read.documents.len(), if all { 3 } else { 2 });
    assert_eq!(read.skipped.len(), if all { 1 } else { 3 }, "{:?}", read.skipped);
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_or_hold_escapes_are_read_and_shown_safely() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let names: [&[u8]; 4] = [b"\xCD\xA8\xD6\xAA.txt", b"a\nb.txt", b"c\x1B[2Jd.txt", b"A\nB.txt"];
    for name in names {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::write(path, "各单位要抓好落实。").unwrap();
    }
    let read = super::read(&[folder.path().to_owned()], &Options::default()).unwrap();
    let ids: std::collections::BTreeSet<_> =
        read.documents.iter().map(|document| document.id.as_str().to_owned()).collect();
    // Twins but for their case are two files.
    assert_eq!(ids.len(), 4, "{ids:?}");
    assert!(!ids.iter().any(|id| id.chars().any(is_harmful)), "{ids:?}");
}

#[test]
fn a_file_beyond_the_limit_is_refused_with_its_size() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.txt");
    // Four gigabytes of nothing take no room.
    std::fs::File::create(&path).unwrap().set_len(4 << 30).unwrap();
    let refused = load(&path, &Options::default()).unwrap_err();
    assert!(matches!(refused, Error::TooLarge { bytes, .. } if bytes == 4 << 30), "{refused}");
    let gone = load(&folder.path().join("vanished.txt"), &Options::default()).unwrap_err();
    assert!(matches!(gone, Error::Read { .. }), "{gone}");
}

#[cfg(unix)]
#[test]
fn sockets_and_devices_are_never_opened() {
    use std::os::unix::net::UnixListener;
    let folder = tempfile::tempdir().unwrap();
    let _socket = UnixListener::bind(folder.path().join("socket.txt")).unwrap();
    write(folder.path(), "a.txt");
    let special = ["/dev/zero", "/dev/null", "/dev/tty"].map(std::path::PathBuf::from);
    for path in &special {
        assert!(load(path, &Options::default()).is_err(), "{}", path.display());
    }
    let read = super::read(&[folder.path().to_owned()], &Options::default()).unwrap();
    assert_eq!(read.documents.len(), 1);
}
