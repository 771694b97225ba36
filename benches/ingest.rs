//! How fast files become articles: pages as government sites and news sites serve them, in UTF-8
//! and GBK, and plain texts, made here from the seeds with a fixed number so that every run reads
//! the same. Beside the speed in MB of the file per second stands that of trafilatura over the same
//! files in the same run, where a Python has it (`WENMAI_PEER_PYTHON`, default `python3`): once with
//! the title, author and date that a document has here too, and once for the text alone.
//!
//! `cargo bench --bench ingest` also reads what is made to be slow: deep nesting, one endless line,
//! a million attributes. There the time must grow with the size and no faster.
//!
//! What the made pages hold, in percent of their bytes, and in brackets the middle one of saved pages
//! (nine of news sites, eight of government sites): news prose 32 (6), text of links 12 (5), attributes
//! 36 (34), scripts 8 (9), style sheets 0 (6), tags a kilobyte 19 (18); government prose 39 (30),
//! attributes 36 (46), scripts 6 (0), tags a kilobyte 17 (14). The made ones have more of what is dear
//! to read, and are left so.
//!
//! `INGEST_BENCH_FILES=FOLDER` reads the files of a folder in place of all these: pages that were
//! saved, often enough that they make some megabytes.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

#[path = "made/peer.rs"]
mod peer;

use std::path::Path;
use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use wenmai::ingest::{Options, documents, load};

fn main() {
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    if let Some(folder) = std::env::var_os("INGEST_BENCH_FILES") {
        return report("pages of the folder", Path::new(&folder));
    }
    let kinds: [(&str, Vec<File>); 5] = [
        ("gov.cn pages, UTF-8", pages(300, government)),
        ("gov.cn pages, GBK", pages(300, government).into_iter().map(in_gbk).collect()),
        ("news pages, UTF-8", pages(300, news)),
        ("plain texts, UTF-8", pages(300, plain)),
        ("plain texts, GBK without a label", pages(300, plain).into_iter().map(in_gbk).collect()),
    ];
    for (kind, files) in &kinds {
        let folder = tempfile::tempdir().unwrap();
        for (number, file) in files.iter().enumerate() {
            let name = format!("{number:04}.{}", file.ending);
            std::fs::write(folder.path().join(name), &file.bytes).unwrap();
        }
        report(kind, folder.path());
    }
    hostile();
}

/// The speed over the files of `folder` on one core, and the peer's where it applies.
fn report(kind: &str, folder: &Path) {
    let megabytes = megabytes(folder);
    let ours = median(|| read_all(folder));
    let speed = megabytes / ours.as_secs_f64();
    println!("{kind}: {megabytes:.1} MB, {speed:.0} MB/s load to clean");
    if !kind.contains("pages") {
        return;
    }
    for (what, with_metadata) in [("with metadata", "True"), ("text alone", "False")] {
        let script = PEER.replace("WITH_METADATA", with_metadata);
        let Some(theirs) = peer::seconds(&script, folder) else {
            return println!("  trafilatura is not installed: nothing to compare with");
        };
        println!(
            "  trafilatura, {what}: {:.2} MB/s, {:.0} times",
            megabytes / theirs.as_secs_f64(),
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
}

fn megabytes(folder: &Path) -> f64 {
    let sizes = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().metadata().unwrap().len());
    sizes.sum::<u64>() as f64 / 1e6
}

fn read_all(folder: &Path) -> usize {
    let options = Options::default();
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| documents(load(&path, &options).unwrap(), &options).unwrap())
        .map(|documents| documents.iter().map(|d| d.blocks.len()).sum::<usize>())
        .sum()
}

/// Seconds that trafilatura takes for the files once it is loaded and warm.
const PEER: &str = "
import sys, time, glob
import trafilatura
files = [open(f, 'rb').read() for f in sorted(glob.glob(sys.argv[1] + '/*'))]
trafilatura.extract(files[0])
start = time.perf_counter()
for file in files:
    trafilatura.extract(file, include_comments=False, with_metadata=WITH_METADATA)
print(time.perf_counter() - start)
";

/// Inputs that cost a careless reader more than their size: each at three sizes, ten times apart.
fn hostile() {
    let nested = |tag: &'static str| {
        move |n: usize| format!("<html><body>{}正文。", format!("<{tag}>").repeat(n))
    };
    for tag in ["div", "table", "b", "font", "span", "ul", "blockquote", "ruby"] {
        grows(&format!("nested {tag}"), [1_000, 10_000, 100_000], nested(tag));
    }
    grows("closed div", [1_000, 10_000, 100_000], |n| {
        format!("<html><body>{}正文。{}", "<div>".repeat(n), "</div>".repeat(n))
    });
    grows("attributes of a tag", [10_000, 100_000, 1_000_000], |n| {
        let attributes: String = (0..n).map(|at| format!(" a{at}=1")).collect();
        format!("<html><body><p{attributes}>正文。</p>")
    });
    grows("paragraphs", [10_000, 100_000, 1_000_000], |n| {
        format!("<html><body>{}", "<p>文</p>".repeat(n))
    });
    grows("lines of front matter", [1_000, 10_000, 100_000], |n| {
        format!("---\n{}---\n正文。\n", "key: value\n".repeat(n))
    });
    let line = |n: usize| "推动标准化改革，提高水平。".repeat(n / 39);
    grows("one line of text, bytes", [500_000, 5_000_000, 50_000_000], line);
    grows("one line of HTML text, bytes", [500_000, 5_000_000, 50_000_000], |n| {
        format!("<html><body><p>{}</p>", line(n))
    });
    grows("one row of JSON Lines, bytes", [500_000, 5_000_000, 50_000_000], |n| {
        format!("{{\"title\":\"题\",\"text\":\"{}\"}}\n", line(n))
    });
}

fn grows(kind: &str, sizes: [usize; 3], make: impl Fn(usize) -> String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    print!("{kind}:");
    for size in sizes {
        std::fs::write(&path, make(size)).unwrap();
        let start = Instant::now();
        std::hint::black_box(read_all(folder.path()));
        print!(" {size} in {:.0?}", start.elapsed());
    }
    println!();
}

/// The median of five runs, behind one that warms up.
fn median(mut run: impl FnMut() -> usize) -> Duration {
    std::hint::black_box(run());
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[2]
}

struct File {
    ending: &'static str,
    bytes: Vec<u8>,
}

fn in_gbk(file: File) -> File {
    let text = String::from_utf8(file.bytes).unwrap().replace("charset=utf-8", "charset=gbk");
    File { ending: file.ending, bytes: GB18030.encode(&text).0.into_owned() }
}

fn pages(count: usize, make: fn(&mut Source) -> File) -> Vec<File> {
    let mut source = Source::new();
    let one = |number| {
        source.seed = number % source.seeds.len();
        make(&mut source)
    };
    (0..count).map(one).collect()
}

/// A notice in the frame of a government portal: typeset by Word, every span with its style.
fn government(source: &mut Source) -> File {
    let title = format!("某省人民政府关于{}的通知", source.words(12));
    let body: String = (0..40)
        .map(|_| {
            let text = source.paragraph();
            format!(
                "<p style=\"text-indent: 2em; font-family: 宋体; font-size: 12pt; line-height: 2;\">\
                 <span style=\"font-family: 宋体; font-size: 12pt;\">　　{text}</span></p>\r\n"
            )
        })
        .collect();
    let facts = format!(
        "<table><tr><td>索 引 号：</td><td>000014349/2019-1</td><td>主题分类：</td><td>工业</td></tr>\
         <tr><td>发文机关：</td><td>某省人民政府</td><td>成文日期：</td><td>2019年01月27日</td></tr>\
         <tr><td>标　　题：</td><td>{title}</td><td>发文字号：</td><td>某政发〔2019〕5号</td></tr></table>"
    );
    let main = format!(
        "{facts}<div class=\"TRS_Editor\"><p align=center><b>{title}</b></p>{body}\
         <p align=right>某省人民政府</p><p align=right>2019年1月27日</p></div>"
    );
    File { ending: "html", bytes: framed(&title, &main, source).into_bytes() }
}

/// A report in the frame of a news site.
fn news(source: &mut Source) -> File {
    let title = source.words(20);
    let body: String = (0..20).map(|_| format!("<p>　　{}</p>\n", source.paragraph())).collect();
    let main = format!(
        "<h1>{title}</h1><div class=\"info\">2022年02月17日 08:46 来源：某某日报</div>\
         <div class=\"article-content\">{body}<p>（责任编辑：王某）</p></div>"
    );
    File { ending: "html", bytes: framed(&title, &main, source).into_bytes() }
}

fn plain(source: &mut Source) -> File {
    let lines: String = (0..60).map(|_| format!("　　{}\n", source.paragraph())).collect();
    File { ending: "txt", bytes: format!("{}\n\n{lines}", source.words(20)).into_bytes() }
}

fn framed(title: &str, main: &str, source: &mut Source) -> String {
    let script = "function show(id) { document.getElementById(id).style.display = 'block'; }\n";
    let links: String = (0..50)
        .map(|at| {
            let name = source.words(14);
            format!(
                "<li class=\"item\"><a href=\"http://www.example.cn/zwgk/2019/{at}.html\" \
                 target=\"_blank\" title=\"{name}\">{name}</a><span>02-17</span></li>\n"
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" \
         content=\"text/html; charset=utf-8\"><title>{title}_某省人民政府</title>\
         <script>{}</script></head><body><div class=\"nav\"><ul>{links}</ul></div>\
         <div class=\"main\">{main}</div><div class=\"side\"><h3>热门</h3><ul>{links}</ul></div>\
         <div class=\"footer\"><p>主办：某省人民政府办公厅</p><p>某ICP备12345678号</p></div>\
         </body></html>",
        script.repeat(40)
    )
}

/// Sentences of the seeds in a random order that is the same in every run. Each file is written from
/// one seed: a text has one script, and of five files one has injected pinyin and one leftover tags.
struct Source {
    seeds: Vec<Vec<&'static str>>,
    /// The seed of the file that is written.
    seed: usize,
    state: u64,
}

impl Source {
    fn new() -> Self {
        let seeds = [
            include_str!("../seeds/000_f3723bb989fa58f4.txt"),
            include_str!("../seeds/001_2ca1a81684a8934b.txt"),
            include_str!("../seeds/002_ecabdc249f8b88a0.txt"),
            include_str!("../seeds/003_d2a90affa70c836c.txt"),
            include_str!("../seeds/004_11fc27c4cc949552.txt"),
        ];
        let is_one = |text: &&str| !text.contains('\n') && text.chars().count() > 20;
        let sentences =
            |seed: &'static str| seed.split_inclusive('。').map(str::trim).filter(is_one).collect();
        Self { seeds: seeds.into_iter().map(sentences).collect(), seed: 0, state: 20_221_128 }
    }

    /// SplitMix64.
    fn next(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn sentence(&mut self) -> &'static str {
        let at = self.next(self.seeds[self.seed].len());
        self.seeds[self.seed][at]
    }

    fn paragraph(&mut self) -> String {
        (0..3).map(|_| self.sentence()).collect()
    }

    fn words(&mut self, characters: usize) -> String {
        let letters = self.sentence().chars().filter(|c| wenmai::text::is_han(*c));
        letters.take(characters).collect()
    }
}
