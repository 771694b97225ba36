//! The printing commands as a script sees them: what they print, where, and the exit code.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn wenmai(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    // What a test reads is not kept for the user.
    command
        .args(arguments)
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null());
    command
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = wenmai(arguments);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}; {}", stderr(&output)))
}

/// A folder with files of these names and contents.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn text_of(path: &Path) -> &str {
    path.to_str().unwrap()
}

const GOOD: &str = "关于加快人工智能产业发展的通知\n\n各有关单位：现就有关事项通知如下。\n";
/// Bytes that no encoding reads as text.
const NOISE: [u8; 64] = {
    let mut bytes = [0u8; 64];
    let mut at = 0;
    while at < 64 {
        bytes[at] = (at as u8).wrapping_mul(151) ^ 0x8D;
        at += 1;
    }
    bytes
};

#[test]
fn the_seeds_open_without_any_path() {
    let list = json(&["list", "--json"]);
    assert_eq!(list.as_array().unwrap().len(), 5);
}

#[test]
fn an_input_that_cannot_be_read_is_named_and_ends_with_2() {
    let folder = folder(&[("empty.txt", b""), ("noise.bin", &NOISE)]);
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    for path in [
        folder.path().join("missing.txt"),
        folder.path().join("empty.txt"),
        folder.path().join("noise.bin"),
        inner,
        folder.path().to_path_buf(),
    ] {
        let output = wenmai(&["list", "-L", text_of(&path)]);
        assert_eq!(output.status.code(), Some(2), "{}", path.display());
        assert!(stderr(&output).contains(text_of(&path)), "{}", stderr(&output));
        assert!(stderr(&output).lines().count() >= 2, "no way out: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn a_bad_file_among_good_ones_is_a_warning() {
    let folder =
        folder(&[("good.txt", GOOD.as_bytes()), ("noise.bin", &NOISE), ("empty.txt", b"")]);
    let output = wenmai(&["list", "-L", text_of(folder.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("关于加快人工智能产业发展的通知"));
    assert!(stderr(&output).contains("noise.bin") && stderr(&output).contains("empty.txt"));
}

#[test]
fn columns_of_a_table_are_named_where_they_cannot_be_guessed() {
    let table =
        "题名,原文,年月\n甲的通知,\"甲一。\n甲二。\",2020-01-02\n乙的通知,乙。,2021-03-04\n";
    let folder = folder(&[("rows.txt", table.as_bytes())]);
    let library = ["-L", text_of(folder.path()), "--json"];
    let titles = |more: &[&str]| -> Vec<String> {
        let all = json(&[&["list"], &library[..], more].concat());
        let title = |row: &Value| row["title"].as_str().unwrap().to_owned();
        all.as_array().unwrap().iter().map(title).collect()
    };
    assert_eq!(titles(&[]).len(), 1);
    let named = ["--column", "title=题名, text=原文,date=年月"];
    assert_eq!(titles(&named), ["甲的通知", "乙的通知"]);
    let row = json(&[&["show", "rows#2"], &library[..], &named].concat());
    assert_eq!((&row["date"], &row["body"][0]["text"]), (&"2021-03-04".into(), &"乙。".into()));
    for wrong in ["text", "page=原文"] {
        assert_eq!(wenmai(&["list", "--column", wrong]).status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn a_name_that_could_mean_several_documents_lists_them() {
    let output = wenmai(&["show", "00"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("000_f3723bb989fa58f4"), "{}", stderr(&output));
    assert!(stderr(&output).contains("004_11fc27c4cc949552"));
    assert_eq!(wenmai(&["show", "no such text"]).status.code(), Some(2));
}

#[test]
fn a_document_answers_to_its_id_a_prefix_and_a_part_of_its_title() {
    for name in ["001_2ca1a81684a8934b", "001", "三大先导产业"] {
        let shown = json(&["show", name, "--json"]);
        assert_eq!(shown["id"], "001_2ca1a81684a8934b", "{name}");
    }
}

#[test]
fn nothing_that_matches_ends_with_1() {
    for arguments in [["xref", "量子养殖"], ["outline", "000"]] {
        assert_eq!(wenmai(&arguments).status.code(), Some(1), "{arguments:?}");
    }
}

#[test]
fn every_mention_lies_where_xref_says() {
    let mentions = json(&["xref", "人工智能", "--json"]);
    assert_eq!(mentions.as_array().unwrap().len(), 12);
    for mention in mentions.as_array().unwrap() {
        let shown = json(&["show", mention["document"].as_str().unwrap(), "--json"]);
        let block = &shown["body"][mention["block"].as_u64().unwrap() as usize]["text"];
        let found: String = block
            .as_str()
            .unwrap()
            .chars()
            .skip(mention["start"].as_u64().unwrap() as usize)
            .take((mention["end"].as_u64().unwrap() - mention["start"].as_u64().unwrap()) as usize)
            .collect();
        assert_eq!(mention["match"], found.as_str());
    }
}

#[test]
fn themes_and_xref_print_the_same_facts() {
    for theme in json(&["themes", "--json"]).as_array().unwrap().iter().take(20) {
        let name = theme["theme"].as_str().unwrap();
        let mentions = json(&["xref", name, "--json"]);
        assert_eq!(mentions.as_array().unwrap().len() as u64, theme["mentions"].as_u64().unwrap());
        let by_document = theme["by_document"].as_object().unwrap();
        assert_eq!(by_document.len() as u64, theme["documents"].as_u64().unwrap());
        for (id, count) in by_document {
            let there = mentions.as_array().unwrap().iter().filter(|m| m["document"] == **id);
            assert_eq!(there.count() as u64, count.as_u64().unwrap(), "{name} in {id}");
        }
    }
}

#[test]
fn mentions_can_be_narrowed_to_a_region_or_a_document() {
    let count = |arguments: &[&str]| json(arguments).as_array().unwrap().len();
    assert_eq!(count(&["xref", "人工智能", "--region", "全国", "--json"]), 8);
    assert_eq!(count(&["xref", "人工智能", "--region", "上海市", "--json"]), 2);
    assert_eq!(count(&["xref", "人工智能", "--doc", "003", "--json"]), 1);
    assert_eq!(wenmai(&["xref", "人工智能", "--region", "火星"]).status.code(), Some(2));
}

#[test]
fn output_that_no_terminal_reads_carries_no_escape() {
    for arguments in [["xref", "人工智能"], ["show", "003"], ["themes", "002"]] {
        let output = wenmai(&arguments);
        assert!(!output.stdout.contains(&0x1B), "{arguments:?}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn a_shown_article_wraps_to_the_width_that_is_asked_for() {
    let whole = wenmai(&["show", "--body", "001"]);
    let narrow = wenmai(&["show", "--body", "--width", "20", "001"]);
    assert!(stdout(&narrow).lines().count() > 5 * stdout(&whole).lines().count());
    assert_eq!(stdout(&narrow).replace('\n', ""), stdout(&whole).replace('\n', ""));
}

#[test]
fn a_reader_that_closes_early_is_no_error() {
    // https://github.com/sharkdp/fd/issues/24
    let mut child =
        command(&["show", "002"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!stderr(&output).contains("panic"));
}

#[test]
fn check_names_each_field_that_is_not_as_expected() {
    let expected =
        "{\"file\":\"a.txt\",\"title\":\"关于加快人工智能产业发展的通知\",\"paragraphs\":1}\n";
    let wrong = "{\"file\":\"a.txt\",\"region\":\"全国\",\"must_keep\":[\"脑机接口\"]}\n{\"file\":\"b.txt\"}\n";
    let folder = folder(&[
        ("a.txt", GOOD.as_bytes()),
        ("good.jsonl", expected.as_bytes()),
        ("wrong.jsonl", wrong.as_bytes()),
    ]);
    let path = text_of(folder.path()).to_owned();
    let check = |name: &str, json: &[&str]| {
        let rows = format!("{path}/{name}");
        wenmai(&[&["check", &path, "--expected", &rows], json].concat())
    };
    let output = check("good.jsonl", &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).ends_with("1 files, 0 not as expected\n"));
    let output = check("wrong.jsonl", &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let fields: Vec<&str> = rows[0]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["must_keep", "region"]);
    assert!(rows[1]["error"].as_str().unwrap().contains("b.txt"));
}

#[test]
fn every_cell_of_the_matrix_is_what_themes_count() {
    let themes = json(&["themes", "--json"]);
    for (by, counts) in [("region", "regions"), ("document", "by_document")] {
        let matrix = json(&["matrix", "--json", "--by", by]);
        let rows: std::collections::BTreeMap<&str, &Value> = matrix
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["theme"].as_str().unwrap(), &row["cells"]))
            .collect();
        for theme in themes.as_array().unwrap() {
            let name = theme["theme"].as_str().unwrap();
            let counted = theme[counts].as_object().unwrap();
            for (column, cell) in rows[name].as_object().unwrap() {
                let wanted = counted.get(column).and_then(Value::as_u64).unwrap_or(0);
                assert_eq!(cell["mentions"].as_u64(), Some(wanted), "{name} in {column}");
            }
            for column in counted.keys() {
                assert!(rows[name].get(column).is_some(), "{name}: no {column}");
            }
        }
        assert_eq!(rows.len(), themes.as_array().unwrap().len());
    }
}

#[test]
fn a_matrix_is_sorted_narrowed_and_told_by_its_gaps() {
    let first = |arguments: &[&str]| json(arguments)[0]["theme"].as_str().unwrap().to_owned();
    let by_beijing = ["matrix", "--json", "--sort-by", "北京", "--limit", "1"];
    let count = |theme: &str| {
        let rows = json(&["matrix", "--json", "--theme", theme]);
        let row = rows.as_array().unwrap().iter().find(|row| row["theme"] == theme).unwrap();
        row["cells"]["北京"]["mentions"].as_u64().unwrap()
    };
    let most = count(&first(&by_beijing));
    for row in json(&["matrix", "--json"]).as_array().unwrap() {
        assert!(row["cells"]["北京"]["mentions"].as_u64().unwrap() <= most);
    }
    let gaps = json(&["matrix", "--json", "--gaps"]);
    let names: Vec<_> = gaps.as_array().unwrap().iter().map(|gap| &gap["column"]).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    let turned = json(&["matrix", "--json", "--gaps", "--against", "浙江"]);
    let national = turned.as_array().unwrap().iter().find(|gap| gap["column"] == "全国").unwrap();
    let zhejiang = gaps.as_array().unwrap().iter().find(|gap| gap["column"] == "浙江").unwrap();
    assert_eq!(national["lacks"], zhejiang["adds"]);
    assert_eq!(national["adds"], zhejiang["lacks"]);
    assert_eq!(wenmai(&["matrix", "--against", "火星"]).status.code(), Some(2));
    assert_eq!(wenmai(&["matrix", "--theme", "量子养殖"]).status.code(), Some(1));
}

#[test]
fn a_text_compares_with_another_script_but_not_with_itself_or_with_nothing() {
    let itself = wenmai(&["compare", "000", "000"]);
    assert_eq!(itself.status.code(), Some(2));
    assert!(stderr(&itself).contains("second time"), "{}", stderr(&itself));
    // 003 is set in traditional characters.
    let scripts = json(&["compare", "001", "003", "--json"]);
    let themes = scripts["themes"].as_array().unwrap();
    let shared = themes.iter().find(|theme| theme["theme"] == "人工智能").unwrap();
    assert_eq!(shared["mentions"]["003_d2a90affa70c836c"], 1);
    let folder = folder(&[
        ("a.txt", GOOD.as_bytes()),
        ("b.txt", "关于渔业的通知\n".as_bytes()),
        ("c.txt", "An English text\n\nabout something else altogether.\n".as_bytes()),
    ]);
    for other in ["b", "c"] {
        let output = wenmai(&["compare", "a", other, "-L", text_of(folder.path())]);
        assert_eq!(output.status.code(), Some(1), "{other}: {}", stderr(&output));
        assert!(stderr(&output).contains("share no theme"), "{}", stderr(&output));
    }
}

#[test]
fn targets_are_printed_by_theme_and_region_in_every_format() {
    let all = json(&["targets", "--json"]);
    let zhejiang = json(&["targets", "--json", "--region", "浙江"]);
    assert!(zhejiang.as_array().unwrap().len() < all.as_array().unwrap().len());
    let target = &zhejiang[0];
    assert_eq!(target["figure"], "400项以上");
    assert_eq!((target["value"].as_f64(), target["year"].as_u64()), (Some(400.0), Some(2027)));
    let theme = all.as_array().unwrap().iter().find_map(|t| t["theme"].as_str()).unwrap();
    let of_theme = json(&["targets", "--json", "--theme", theme]);
    assert!(of_theme.as_array().unwrap().iter().any(|t| t["theme"] == theme));
    assert!(all.as_array().unwrap().iter().all(|t| t["kind"] == "promise"));
    for (format, begins) in [("csv", "document,region"), ("html", "<!DOCTYPE"), ("markdown", "# ")]
    {
        let output = wenmai(&["targets", "--format", format]);
        assert!(stdout(&output).starts_with(begins), "{format}: {}", stdout(&output));
    }
    assert!(stdout(&wenmai(&["targets"])).contains("400项以上"));
    assert_eq!(wenmai(&["targets", "--theme", "量子养殖"]).status.code(), Some(1));
}

#[test]
fn csv_may_begin_with_a_byte_order_mark() {
    for command in [&["passages"][..], &["matrix"], &["targets"], &["compare", "000", "001"]] {
        let with = wenmai(&[command, &["--format", "csv", "--bom"]].concat());
        let without = wenmai(&[command, &["--format", "csv"]].concat());
        assert!(with.stdout.starts_with("\u{FEFF}".as_bytes()), "{command:?}");
        assert_eq!(with.stdout.get(3..).unwrap(), without.stdout);
    }
}

#[test]
fn citations_lead_to_the_document_that_bears_the_title() {
    let citing = "甲市关于节水的通知\n\n各单位：依据《节水办法》《无此文件》，加强管理。\n";
    let files: [(&str, &[u8]); 2] = [
        ("a.txt", citing.as_bytes()),
        ("b.txt", "节水办法\n\n第一条　为了节约用水，制定本办法。\n".as_bytes()),
    ];
    let folder = folder(&files);
    let path = text_of(folder.path());
    let all = json(&["citations", "-L", path, "--json"]);
    let told: Vec<_> = all.as_array().unwrap().iter().map(|c| (&c["title"], &c["cited"])).collect();
    let (a, b) = (Value::from("节水办法"), Value::from("无此文件"));
    assert_eq!(told, [(&a, &Value::from("b")), (&b, &Value::Null)]);
    let linked = wenmai(&["citations", "a", "--linked", "-L", path]);
    assert_eq!(stdout(&linked), "a\n   0  cites 《节水办法》 → b\n");
    assert_eq!(wenmai(&["citations", "b", "-L", path]).status.code(), Some(1));
}

#[test]
fn distinctive_themes_carry_their_statistic() {
    let all = json(&["themes", "001", "--distinctive", "--json"]);
    let rows = all.as_array().unwrap();
    assert!(!rows.is_empty());
    let sure: Vec<f64> = rows.iter().map(|r| r["log_likelihood"].as_f64().unwrap()).collect();
    assert!(sure.is_sorted_by(|a, b| a >= b) && sure.iter().all(|g| *g >= 6.63));
    assert_eq!(wenmai(&["themes", "--distinctive"]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_a_folder_is_passed_over_and_nobody_waits_for_its_other_end() {
    let folder = folder(&[("good.txt", GOOD.as_bytes())]);
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status();
    assert!(made.unwrap().success());
    for more in [&["--no-cache"][..], &[]] {
        let output = wenmai(&[&["list", "-L", text_of(folder.path())], more].concat());
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(stdout(&output).lines().count(), 1);
        assert!(stderr(&output).contains("pipe.txt"), "{}", stderr(&output));
    }
}

#[test]
fn limit_and_offset_cut_the_rows_of_every_list() {
    for command in
        [&["list"][..], &["themes"], &["search", "标准"], &["xref", "标准"], &["passages"]]
    {
        let rows = |more: &[&str]| {
            let value = json(&[command, &["--json"], more].concat());
            value.as_array().unwrap().clone()
        };
        let all = rows(&[]);
        assert!(all.len() > 2, "{command:?}");
        assert_eq!(rows(&["--limit", "2"]), all[..2], "{command:?}");
        assert_eq!(rows(&["--offset", "1", "--limit", "1"]), all[1..2], "{command:?}");
        let beyond = wenmai(&[command, &["--json", "--offset", "100000"]].concat());
        assert_eq!(beyond.status.code(), Some(0), "{command:?}");
        assert_eq!(String::from_utf8_lossy(&beyond.stdout).trim(), "[]", "{command:?}");
    }
}
