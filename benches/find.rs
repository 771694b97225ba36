//! What a keystroke and a full-text query cost. The texts are made from the seeds by a chain of
//! characters (each follows two that it follows there), so that bytes are as frequent as in real
//! policy prose; the generator starts from a fixed number. The seeds are about standards, which are
//! 3.7 % of their characters; the generated texts are about one of [`SUBJECTS`] each, so that the most
//! frequent word of all is as frequent as in 210 regional regulations (应当: 0.9 %).
//!
//! `cargo bench --bench find` measures single queries; behind them stand the worst of twenty queries
//! in small and large libraries and, where ripgrep is installed, the same words counted by it in the
//! same texts as files. `FIND_BENCH_DOCUMENTS` (default 100000) is the size of the large library;
//! `FIND_BENCH_TEXTS=FOLDER` takes the texts there, again and again, in place of made ones.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use wenmai::document::{
    Block, BlockKind, DocId, Document, Encoding, EncodingEvidence, Heading, Metadata,
};
use wenmai::find::fulltext::search;
use wenmai::find::query::{Mode, Query};
use wenmai::find::text_index::TextIndex;
use wenmai::find::topics::Topics;
use wenmai::ingest;
use wenmai::text::script::Script;
use wenmai::themes::ThemeIndex;

/// What texts are about; 标准 of the seeds, and three others in its place.
const SUBJECTS: [&str; 4] = ["标准", "数据", "养老", "农业"];

/// Words of every frequency, among them some that are nowhere.
const QUERIES: [&str; 20] = [
    "标准",
    "应当",
    "发展",
    "标准化",
    "人工智能",
    "产业链",
    "区块链",
    "量子",
    "国家标准化",
    "卫星互联网",
    "技术",
    "企业",
    "2035",
    "ai",
    "管理",
    "標準",
    "企业 创新",
    "标准 -企业",
    "人工智能|大数据",
    "\"、大数据\"",
];

/// What a person types, keystroke by keystroke.
const TYPED: [&str; 6] = ["rgzn", "rengongzhineng", "人工zn", "標準化", "guojia bz", "cyl"];

fn main() {
    divan::main();
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    keystrokes();
    report(10_000);
    let large = std::env::var("FIND_BENCH_DOCUMENTS").ok().and_then(|n| n.parse().ok());
    report(large.unwrap_or(100_000));
}

#[divan::bench(args = QUERIES)]
fn full_text_of_ten_thousand(bencher: divan::Bencher<'_, '_>, query: &str) {
    static LIBRARY: LazyLock<(Vec<Document>, TextIndex)> = LazyLock::new(|| {
        let documents = documents(10_000);
        let arena = TextIndex::build(&documents);
        (documents, arena)
    });
    let query = Query::parse(query, Mode::Words).unwrap();
    let (documents, arena) = &*LIBRARY;
    bencher.bench(|| search(arena, documents, &query));
}

static TOPICS: LazyLock<Topics> = LazyLock::new(|| {
    let documents = titles(100_000);
    Topics::new(&documents, &ThemeIndex::default())
});

#[divan::bench(args = ["r", "rg", "rgzn", "rengong", "人工zn", "标准", "zhonghua", "xyz"])]
fn keystroke_over_hundred_thousand(typed: &str) -> usize {
    TOPICS.find(typed, 100).total
}

#[divan::bench]
fn arena_of_a_thousand(bencher: divan::Bencher<'_, '_>) {
    let documents = documents(1_000);
    bencher.bench(|| TextIndex::build(&documents).bytes());
}

/// Every prefix of everything typed, over 100,000 titles.
fn keystrokes() {
    let mut times: Vec<(Duration, String)> = Vec::new();
    for typed in TYPED {
        for end in 1..=typed.chars().count() {
            let prefix: String = typed.chars().take(end).collect();
            times.push((median(|| TOPICS.find(&prefix, 100).total), prefix));
        }
    }
    times.sort();
    let middle = &times[times.len() / 2];
    let worst = &times[times.len() - 1];
    println!("keystroke over 100000: median {:?}, worst {:?} ({})", middle.0, worst.0, worst.1);
}

/// The worst of the queries over so many documents, alone and beside ripgrep.
fn report(count: usize) {
    let documents = documents(count);
    let start = Instant::now();
    let arena = TextIndex::build(&documents);
    let megabytes = arena.bytes() / 1_000_000;
    println!("arena of {count}: {megabytes} MB in {:?}", start.elapsed());
    let mut times: Vec<(Duration, &str)> = QUERIES
        .iter()
        .map(|input| {
            let query = Query::parse(input, Mode::Words).unwrap();
            (median(|| search(&arena, &documents, &query).documents.len()), *input)
        })
        .collect();
    times.sort();
    let (middle, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("full text: median {:?} ({}), worst {:?} ({})", middle.0, middle.1, worst.0, worst.1);
    beside_ripgrep(&documents, &times);
}

fn beside_ripgrep(documents: &[Document], times: &[(Duration, &str)]) {
    if Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("ripgrep is not installed: nothing to compare with");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for document in documents {
        let lines: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
        let path = folder.path().join(format!("{}.txt", document.id));
        std::fs::write(path, lines.join("\n")).unwrap();
    }
    let plain = times.iter().filter(|(_, query)| query.chars().all(char::is_alphanumeric));
    for (ours, query) in plain {
        let theirs = median(|| count_with_ripgrep(folder.path(), query));
        let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
        println!("{query}: {ours:?}, rg -c {theirs:?}, {ratio:.0} times");
    }
}

fn count_with_ripgrep(folder: &Path, query: &str) -> usize {
    let mut command = Command::new("rg");
    let output = command.args(["-c", "--fixed-strings", query]).arg(folder).output().unwrap();
    output.stdout.len()
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

/// Documents of about 1,200 characters in twenty blocks.
fn documents(count: usize) -> Vec<Document> {
    if let Some(folder) = std::env::var_os("FIND_BENCH_TEXTS") {
        return documents_of(Path::new(&folder), count);
    }
    let mut chain = Chain::new();
    (0..count)
        .map(|n| {
            let subject = SUBJECTS[n % SUBJECTS.len()];
            let mut text = |length| chain.text(length).replace("标准", subject);
            let title = text(24);
            document(n, title, (0..20).map(|_| text(60)).collect())
        })
        .collect()
}

/// The paragraphs of the texts in `folder`, in documents of about 1,200 characters.
fn documents_of(folder: &Path, count: usize) -> Vec<Document> {
    let texts = ingest::read(&[folder.to_owned()], &ingest::Options::default()).unwrap().documents;
    let mut blocks = texts.iter().flat_map(|text| &text.blocks).map(|block| &block.text).cycle();
    (0..count)
        .map(|n| {
            let (mut taken, mut length) = (Vec::new(), 0);
            while length < 1_200 {
                let text = blocks.next().unwrap();
                length += text.chars().count().max(1);
                taken.push(text.clone());
            }
            document(n, format!("{n}"), taken)
        })
        .collect()
}

/// Documents that are a title and a heading.
fn titles(entries: usize) -> Vec<Document> {
    let mut chain = Chain::new();
    (0..entries / 2)
        .map(|n| {
            let heading = chain.text(12);
            let mut document = document(n, chain.text(24), Vec::new());
            document.outline.push(Heading { level: 1, title: heading, block: 0 });
            document
        })
        .collect()
}

fn document(number: usize, title: String, texts: Vec<String>) -> Document {
    let block = |text| Block { kind: BlockKind::Paragraph, level: 0, text };
    Document {
        id: DocId::new(&format!("{number:06}")),
        path: format!("{number:06}.txt").into(),
        metadata: Metadata { title, ..Metadata::default() },
        blocks: texts.into_iter().map(block).collect(),
        outline: Vec::new(),
        tables: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

/// Characters that follow each other as in the seeds.
struct Chain {
    followers: HashMap<[char; 2], Vec<char>>,
    starts: Vec<[char; 2]>,
    state: u64,
}

impl Chain {
    fn new() -> Self {
        let seeds = [
            include_str!("../seeds/000_f3723bb989fa58f4.txt"),
            include_str!("../seeds/001_2ca1a81684a8934b.txt"),
            include_str!("../seeds/002_ecabdc249f8b88a0.txt"),
            include_str!("../seeds/003_d2a90affa70c836c.txt"),
            include_str!("../seeds/004_11fc27c4cc949552.txt"),
        ];
        let mut followers: HashMap<[char; 2], Vec<char>> = HashMap::new();
        let mut starts = Vec::new();
        for seed in seeds {
            let text: Vec<char> = seed.chars().filter(|c| is_prose(*c)).collect();
            for three in text.windows(3) {
                followers.entry([three[0], three[1]]).or_default().push(three[2]);
                starts.push([three[0], three[1]]);
            }
        }
        Self { followers, starts, state: 20_221_128 }
    }

    /// SplitMix64.
    fn next(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn text(&mut self, characters: usize) -> String {
        let pick = self.next(self.starts.len());
        let [mut a, mut b] = self.starts[pick];
        let mut text = String::with_capacity(characters * 3);
        for _ in 0..characters {
            text.push(a);
            let choice = self.next(1 << 20);
            let c = self.followers.get(&[a, b]).map_or('。', |all| all[choice % all.len()]);
            (a, b) = (b, c);
        }
        text
    }
}

fn is_prose(c: char) -> bool {
    wenmai::text::is_han(c) || c.is_ascii_digit() || "，。、；：“”《》（）".contains(c)
}
