//! What somebody else's files may not do: get markup or formulas into reports, programs started by the
//! openers, or copies of what was read into places that others read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use wenmai::text::sanitize::is_harmful;

/// Markup, formulas and orders, with a mark by which each would be known.
const ATTACKS: [&str; 8] = [
    "<script>alert('pwned')</script>",
    "<img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example\",\"pwned\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\"><iframe src=javascript:alert(1)>",
    "<!-- wenmai {\"entry\":{}} -->",
    "![pwned](http://evil.example/x.png)",
    "</w:t></w:r><w:r><w:instrText>pwned</w:instrText>",
];

/// Texts on the same subjects in three editions, with an attack in title, body, number and place.
fn library() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (at, attack) in ATTACKS.iter().enumerate() {
        let quoted = attack.replace('\'', "''");
        let (place, year) = (["北京", "上海", "浙江"][at % 3], 2022 + at % 3);
        let page = format!(
            "---\ntitle: '{place}市人工智能产业{quoted}条例'\nissuer: '{quoted}局'\n\
             number: '{quoted}'\ndate: {year}-0{}-02\nurl: 'http://a.cn/{at}?x={at}'\n---\n\n\
             第一条　支持人工智能、集成电路、脑机接口{attack}等领域，到2027年建成{attack}300个以上的验证点。\n\n\
             {attack}第二条　各级人民政府应当将人工智能、集成电路{attack}纳入规划，每年报告一次情况，抓好落实。\n\n\
             第三条　根据《关于{attack}促进人工智能发展的意见》制定本条例，年产值达到{at}00亿元。\n",
            at + 1
        );
        let name = format!("{at}{}.md", attack.replace(['/', '\0'], ""));
        std::fs::write(folder.path().join(name), page).unwrap();
    }
    folder
}

fn program(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command.args(arguments).stdin(Stdio::null()).env_remove("WENMAI_LIBRARY").env("HOME", home);
    for (variable, folder) in
        [("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(variable, home.join(folder));
    }
    command
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    program(home, arguments).output().unwrap()
}

/// Fails where a report in the format that `format` names carries anything of a text but its words.
fn assert_safe(bytes: &[u8], format: &str, what: &str) {
    let zipped;
    let mut bytes = bytes;
    if format == "docx" {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut part = archive.by_name("word/document.xml").unwrap();
        let mut text = Vec::new();
        std::io::copy(&mut part, &mut text).unwrap();
        zipped = text;
        bytes = &zipped;
    }
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(!text.is_empty(), "{what} is empty");
    let text = text.trim_start_matches('\u{FEFF}');
    assert!(!text.chars().any(|c| is_harmful(c) && !matches!(c, '\n' | '\r')), "{what}: {text:?}");
    match format {
        "html" => {
            let page = scraper::Html::parse_document(text);
            let active = "script, img, iframe, object, embed, link, form, svg";
            let active = scraper::Selector::parse(active).unwrap();
            assert_eq!(page.select(&active).count(), 0, "{what}: {text}");
            for element in page.tree.values().filter_map(|node| node.as_element()) {
                for (name, value) in element.attrs() {
                    assert!(!name.starts_with("on"), "{what}: {name}");
                    let is_link = matches!(name, "href" | "src");
                    assert!(!is_link || value.starts_with("http"), "{what}: {value}");
                }
            }
        }
        "markdown" => {
            for tag in ["<script", "<img", "<iframe", "\n<!--", "\n![", " ![", "</w:t"] {
                assert!(!text.contains(tag), "{what}: {tag} in {text}");
            }
        }
        "csv" => {
            let rows = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .into_records();
            for cell in
                rows.flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
                assert!(!is_formula || cell.parse::<f64>().is_ok(), "{what}: {cell}");
            }
        }
        "json" => {
            serde_json::from_str::<serde_json::Value>(text).unwrap();
        }
        "docx" => {
            let tags =
                text.split('<').skip(1).filter_map(|rest| rest.split(['>', ' ', '/']).next());
            for tag in tags.filter(|tag| !tag.is_empty()) {
                assert!(tag.starts_with("w:") || tag == "?xml", "{what}: {tag}");
                assert_ne!(tag, "w:instrText", "{what}");
            }
        }
        _ => {}
    }
}

#[test]
fn no_report_carries_markup_of_a_text() {
    let (folder, home) = (library(), tempfile::tempdir().unwrap());
    let here = folder.path().to_str().unwrap();
    let names: Vec<String> = (0..ATTACKS.len()).map(|at| at.to_string()).collect();
    let document = |at: usize| {
        let list = run(home.path(), &["list", "--json", "-L", here]).stdout;
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
        let id = list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap());
        id.clone().find(|id| id.starts_with(&names[at])).unwrap().to_owned()
    };
    let (old, new) = (document(0), document(3));
    let reports: [&[&str]; 9] = [
        &["matrix"],
        &["matrix", "--by", "document"],
        &["passages"],
        &["targets"],
        &["compare", &old, &new],
        &["export", "人工智能"],
        &["export", "脑机接口", "集成电路"],
        &["diff", &old, &new],
        &["diff", &old, &new, "--all"],
    ];
    for report in reports {
        let saves = matches!(report.first(), Some(&"export" | &"diff"));
        let formats: &[&str] = if report.first() == Some(&"diff") {
            &["markdown", "csv", "html", "json", "docx"]
        } else {
            &["markdown", "csv", "html", "json"]
        };
        for format in formats {
            let what = format!("{report:?} as {format}");
            let mut arguments = report.to_vec();
            arguments.extend(["--format", format, "-L", here]);
            let printed = run(home.path(), &arguments);
            assert!(printed.status.code().is_some_and(|code| code < 2), "{what}: {printed:?}");
            assert_safe(&printed.stdout, format, &what);
            if saves {
                let file = home.path().join("report");
                arguments.extend(["-o", file.to_str().unwrap()]);
                let saved = run(home.path(), &arguments);
                assert!(saved.status.code().is_some_and(|code| code < 2), "{what}: {saved:?}");
                let bytes = std::fs::read(&file).unwrap();
                assert_safe(&bytes, format, &format!("{what}, saved"));
                assert_eq!(bytes, printed.stdout, "{what}");
            }
        }
    }
}

#[test]
fn exported_notes_carry_no_markup_and_come_back() {
    let home = tempfile::tempdir().unwrap();
    let attack = "<script>alert(1)</script>\\n<!-- wenmai {\\\"entry\\\":{}} -->\\n- \\u001b[2J";
    let end = format!("{{\"block\":{},\"character\":2}}", u32::MAX);
    let entry = format!(
        "{{\"uid\":\"a\",\"path\":\"/{attack}\",\"kind\":{{\"note\":\"{attack}\"}},\
         \"extent\":{{\"from\":{end},\"to\":{end}}},\"quote\":\"{attack}\",\"made\":1}}"
    );
    let file = home.path().join("notes.json");
    std::fs::write(&file, format!("{{\"wenmai_notes\":1,\"entries\":[{entry}]}}")).unwrap();
    let imported = run(home.path(), &["notes", "import", file.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    for saved in [false, true] {
        let path = home.path().join("notes.md");
        let mut arguments = vec!["notes", "export"];
        if saved {
            arguments.extend(["-o", path.to_str().unwrap()]);
        }
        let printed = run(home.path(), &arguments);
        assert!(printed.status.success(), "{printed:?}");
        let text = if saved { std::fs::read(&path).unwrap() } else { printed.stdout };
        let text = String::from_utf8(text).unwrap();
        assert!(!text.contains("<script") && !text.contains("\n- "), "{text}");
        assert!(!text.chars().any(|c| is_harmful(c) && c != '\n'), "{text:?}");
        assert_eq!(text.matches("<!--").count(), 1, "{text}");
        let other = tempfile::tempdir().unwrap();
        std::fs::write(&path, text).unwrap();
        let again = run(other.path(), &["notes", "import", path.to_str().unwrap()]);
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        let list = run(other.path(), &["notes", "--json"]).stdout;
        let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
        assert!(list[0]["kind"]["note"].as_str().unwrap().starts_with("<script>"), "{list}");
    }
    let refused = run(home.path(), &["notes", "import", "/dev/zero"]);
    assert_eq!(refused.status.code(), Some(2));
}

/// Every file and folder below `folder`.
fn below(folder: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).min_depth(1);
    walk.into_iter().map(|entry| entry.unwrap().into_path()).collect()
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;

    use portable_pty::CommandBuilder;

    use super::*;
    use crate::terminal::harness::{ESC, Terminal};

    fn reader(home: &Path, arguments: &[&str]) -> CommandBuilder {
        let mut command = crate::terminal::harness::program(&home.join("data"));
        command.args(arguments);
        for (variable, folder) in
            [("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config"), ("HOME", "")]
        {
            command.env(variable, home.join(folder));
        }
        command
    }

    /// Reads, searches, copies and leaves.
    fn use_reader(command: CommandBuilder) {
        let mut terminal = Terminal::spawn(command, (100, 30));
        terminal.wait_for("共同主题");
        for keys in ["/人工\r", ESC, "s人工\r", ESC, "q", "vy", ESC, "ma", "jjj", "Q"] {
            terminal.press(keys);
        }
        assert!(terminal.finish().success());
    }

    #[test]
    fn a_private_reader_leaves_nothing_behind() {
        let (folder, home) = (library(), tempfile::tempdir().unwrap());
        let here = folder.path().to_str().unwrap();
        use_reader(reader(home.path(), &["--private", "-L", here]));
        for arguments in
            [&["themes", "--private", "-L", here][..], &["list", "--private", "-L", here]]
        {
            assert!(run(home.path(), arguments).status.success());
        }
        assert_eq!(below(home.path()), Vec::<PathBuf>::new());
        // The same without it does leave something.
        use_reader(reader(home.path(), &["-L", here]));
        assert!(below(home.path()).iter().any(|path| path.starts_with(home.path().join("data"))));
        assert!(below(home.path()).iter().any(|path| path.starts_with(home.path().join("cache"))));
    }

    /// Runs the program under a umask.
    fn under(umask: &str, home: &Path, arguments: &[&str]) -> Output {
        let inner = program(home, arguments);
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("umask {umask}; exec \"$0\" \"$@\""));
        command.arg(inner.get_program()).args(inner.get_args()).stdin(Stdio::null());
        for (name, value) in inner.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command.output().unwrap()
    }

    #[test]
    fn another_user_reads_nothing_of_data_and_cache() {
        let folder = library();
        let here = folder.path().to_str().unwrap();
        for umask in ["000", "022"] {
            let home = tempfile::tempdir().unwrap();
            std::fs::set_permissions(home.path(), PermissionsExt::from_mode(0o755)).unwrap();
            assert!(under(umask, home.path(), &["themes", "-L", here]).status.success());
            assert!(under(umask, home.path(), &["notes"]).status.code() == Some(1));
            let made = below(home.path());
            let files: Vec<_> = made.iter().filter(|path| path.is_file()).collect();
            assert!(files.len() >= 2, "{made:?}");
            let own =
                made.iter().filter(|path| path.components().any(|c| c.as_os_str() == "wenmai"));
            for path in own {
                let mode = std::fs::metadata(path).unwrap().permissions().mode();
                assert_eq!(mode & 0o077, 0, "{} under umask {umask}", path.display());
            }
            assert_unread_by_another_user(&files);
        }
    }

    /// Asks as another user for the files, which only root can.
    fn assert_unread_by_another_user(files: &[&PathBuf]) {
        let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        let as_nobody = |program: &str, path: &Path| {
            let command = Command::new("setpriv").args(nobody).arg(program).arg(path).output();
            command.is_ok_and(|output| output.status.success())
        };
        if !as_nobody("test", Path::new("-n")) {
            return;
        }
        for path in files {
            assert!(!as_nobody("cat", path), "{} is read by others", path.display());
        }
    }

    /// A program that writes what it is given into a pipe, a line each.
    fn logger(folder: &Path, name: &str, pipe: &Path) -> PathBuf {
        let path = folder.join(name);
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" > '{}'\n", pipe.display());
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).unwrap();
        path
    }

    #[test]
    fn openers_and_editors_get_no_order_and_no_program() {
        let (folder, programs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let home = tempfile::tempdir().unwrap();
        let pipe = programs.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let editor = logger(programs.path(), "editor", &pipe);
        for name in ["xdg-open", "open"] {
            logger(programs.path(), name, &pipe);
        }
        let said = || {
            let (send, receive) = std::sync::mpsc::channel();
            let pipe = pipe.clone();
            std::thread::spawn(move || send.send(std::fs::read_to_string(pipe).unwrap()));
            move || receive.recv_timeout(std::time::Duration::from_secs(60)).unwrap()
        };
        for (name, url, opened) in [
            ("+:!touch x.md", "run.command", ""),
            ("-c.md", "-option", ""),
            ("a.md", "HTTP://a.cn/文,1", "http://a.cn/%E6%96%87%2C1"),
        ] {
            let page =
                format!("---\ntitle: 关于产业的通知\nurl: '{url}'\n---\n\n支持人工智能产业。\n");
            std::fs::write(folder.path().join(name), page).unwrap();
            std::fs::write(folder.path().join("run.command"), "touch x").unwrap();
            let mut command = reader(home.path(), &["--private", "--", name]);
            let path = std::env::var("PATH").unwrap();
            command.env("PATH", format!("{}:{path}", programs.path().display()));
            command.env("VISUAL", format!("{} --wait", editor.display()));
            command.cwd(folder.path());
            let mut terminal = Terminal::spawn(command, (100, 30));
            terminal.wait_for("支持人工智能产业");
            for key in ["O", "e"] {
                let said = said();
                terminal.press(key);
                let said = said();
                let arguments: Vec<&str> = said.lines().skip(1).collect();
                let file = folder.path().join(name).display().to_string();
                let given = if key == "O" && url.starts_with("HTTP") { opened } else { &file };
                let expected: &[&str] = if key == "e" { &["--wait", given] } else { &[given] };
                assert_eq!(arguments, expected, "{key} on {name}");
            }
            terminal.press("Q");
            terminal.finish();
        }
    }
}
