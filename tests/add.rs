//! `add` against a small server on this machine: what it saves, where, and what it says when it
//! cannot.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A server that knows these pages; the path of each stands before it. `HERE` in a page is the
/// server's own address.
fn server(pages: Vec<(&'static str, &'static str, &'static [u8])>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let address = here.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
            let asked = request.split(' ').nth(1).unwrap_or_default();
            let found = pages.iter().find(|(path, ..)| *path == asked);
            let (status, media, body) = match found {
                Some((_, media, body)) => ("200 OK", *media, *body),
                None => ("404 Not Found", "text/plain", &b""[..]),
            };
            let body = match std::str::from_utf8(body) {
                Ok(text) => text.replace("HERE", &here).into_bytes(),
                Err(_) => body.to_vec(),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), &body].concat());
        }
    });
    address
}

fn add(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    command.arg("add").args(arguments).arg("-L").arg(folder);
    command
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn list(folder: &Path) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    let output = command.args(["list", "--json", "-L"]).arg(folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const PAGE: &str = "<!DOCTYPE html><html><head><meta charset=\"utf-8\">\
    <title>关于加快低空经济发展的通知</title></head><body>\
    <h1>关于加快低空经济发展的通知</h1><p>各有关单位：为加快低空经济发展，现就有关事项通知如下。</p>\
    <p>一、完善基础设施，建设起降场地。</p></body></html>";

/// 《关于渔业的通知》 with its body in GBK, which the page declares as gb2312.
const GBK_PAGE: &[u8] = b"<html><head><meta charset=gb2312><title>\xB9\xD8\xD3\xDA\xD3\xE6\xD2\xB5\
    \xB5\xC4\xCD\xA8\xD6\xAA</title></head><body><p>\xB8\xF7\xB5\xA5\xCE\xBB\xA3\xBA\xCF\xD6\xBD\xAB\
    \xD3\xD0\xB9\xD8\xCA\xC2\xCF\xEE\xCD\xA8\xD6\xAA\xC8\xE7\xCF\xC2\xA1\xA3</p></body></html>";

#[test]
fn a_page_of_the_web_is_saved_under_its_title_and_knows_its_address() {
    let at = server(vec![("/a.jsp", "text/html", PAGE.as_bytes()), ("/b", "text/html", GBK_PAGE)]);
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (format!("{at}/a.jsp"), format!("{at}/b"));
    let output = add(folder.path(), &[&a, &b]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let paths: Vec<_> = text(&output.stdout).lines().collect();
    let named = |name: &str| folder.path().join(name).display().to_string();
    assert_eq!(paths, [named("关于加快低空经济发展的通知.html"), named("关于渔业的通知.html")]);
    let rows = list(folder.path());
    let urls: Vec<_> = rows.iter().map(|row| row["url"].as_str().unwrap()).collect();
    assert_eq!(urls, [a.as_str(), b.as_str()]);
    assert_eq!(rows[1]["title"], "关于渔业的通知");
    // The same page once more is not saved again.
    let again = add(folder.path(), &["--json", &a]);
    let record: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((&record[0]["new"], list(folder.path()).len()), (&Value::Bool(false), 2));
}

#[test]
fn what_cannot_be_had_is_said_and_the_rest_is_saved() {
    let at = server(vec![
        ("/a", "text/html", PAGE.as_bytes()),
        ("/p", "application/pdf", &b"%PDF-1.4"[..]),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let [gone, pdf, good] = ["gone", "p", "a"].map(|path| format!("{at}/{path}"));
    let output = add(folder.path(), &[&gone, &pdf, "ftp://a.cn/x", "no-such-file.html", &good]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    for (source, reason) in [
        (gone.as_str(), "404"),
        (pdf.as_str(), "it is damaged"),
        ("ftp://a.cn/x", "only http and https"),
        ("no-such-file.html", "not found"),
    ] {
        let line = said.lines().find(|line| line.contains(source));
        assert!(line.is_some_and(|line| line.contains(reason)) || !cfg!(unix), "{said}");
    }
    assert_eq!(list(folder.path()).len(), 1);
    let small = add(folder.path(), &["--largest", "100", &good]);
    assert!(text(&small.stderr).contains("limit of 100 bytes"), "{}", text(&small.stderr));
}

#[test]
fn a_feed_brings_the_pages_that_it_names() {
    const FEED: &str = "<rss version=\"2.0\"><channel><title>政策</title>\
        <item><title>甲</title><link>HERE/a</link></item>\
        <item><title>乙</title><link>HERE/b</link></item>\
        <item><title>丙</title><link>HERE/gone</link></item></channel></rss>";
    let at = server(vec![
        ("/feed", "application/rss+xml", FEED.as_bytes()),
        ("/a", "text/html", PAGE.as_bytes()),
        ("/b", "text/html", GBK_PAGE),
    ]);
    let (folder, feed) = (tempfile::tempdir().unwrap(), format!("{at}/feed"));
    let two = add(folder.path(), &["--feed", "--limit", "2", &feed]);
    assert_eq!(two.status.code(), Some(0), "{}", text(&two.stderr));
    assert_eq!(list(folder.path()).len(), 2);
    let all = add(folder.path(), &["--feed", &feed]);
    assert_eq!(all.status.code(), Some(2));
    assert_eq!(text(&all.stdout).matches("already there").count(), 2);
    let page = add(folder.path(), &["--feed", &format!("{at}/a")]);
    assert!(text(&page.stderr).contains("no feed"), "{}", text(&page.stderr));
}

#[test]
fn a_file_is_copied_into_the_folder_that_is_named() {
    let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (file, inner) = (from.path().join("x.html"), to.path().join("new"));
    std::fs::write(&file, PAGE).unwrap();
    let [file, inner] = [&file, &inner].map(|path| path.to_str().unwrap());
    let output = add(to.path(), &["--to", inner, file]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let copy = Path::new(inner).join("关于加快低空经济发展的通知.html");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), PAGE);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    let nowhere = command
        .args(["add", file])
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("WENMAI_LIBRARY")
        .output()
        .unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("--to"), "{}", text(&nowhere.stderr));
}
