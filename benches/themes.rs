//! How long vocabulary and mentions take over a generated library, from nothing and when one
//! document is added. The texts are the same in every run.
//!
//! `cargo bench --bench themes` also tells the peak of memory at 10,000 documents, and compares
//! with the TextRank of python's jieba over the same texts in the same run, where a Python has it
//! (`WENMAI_PEER_PYTHON`, default `python3`).

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::process::Command;
use std::time::{Duration, Instant};

use divan::Bencher;
use wenmai::document::{Block, BlockKind, DocId, Document, Encoding, EncodingEvidence, Metadata};
use wenmai::links::ThemeIndex;
use wenmai::links::corpus::Corpus;
use wenmai::links::vocabulary::Lexicon;
use wenmai::text::region::{Region, RegionEvidence, RegionLevel};
use wenmai::text::script::Script;

/// Characters of a document: 10,000 of them are 36 MB.
const CHARACTERS: usize = 1200;

const REGIONS: [&str; 8] = ["全国", "北京", "上海", "浙江", "广东", "山东", "河南", "重庆"];
const HEADS: [&str; 24] = [
    "产业", "技术", "服务", "设施", "平台", "标准", "体系", "机制", "工程", "项目", "资源", "能力",
    "数据", "网络", "安全", "管理", "治理", "保护", "监测", "评价", "交易", "教育", "金融", "物流",
];
const FIRSTS: [&str; 30] = [
    "智能", "数字", "绿色", "生态", "海洋", "农业", "交通", "能源", "水利", "医疗", "养老", "文化",
    "旅游", "体育", "应急", "消防", "气象", "测绘", "矿山", "森林", "湿地", "草原", "冷链", "航空",
    "轨道", "港口", "口岸", "园区", "社区", "乡村",
];
const FRAMES: [(&str, &str); 8] = [
    ("加快推进", "等领域发展，"),
    ("建立健全", "的工作机制，"),
    ("重点支持", "等方向，"),
    ("各级人民政府应当加强", "工作。"),
    ("鼓励企业开展", "研究，"),
    ("到2030年，", "水平明显提升；"),
    ("围绕", "等方面，"),
    ("依法保障", "。"),
];

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// Small numbers far more often than large ones, as words in texts.
    fn skewed(&mut self, bound: usize) -> usize {
        let limit = self.below(bound) + 1;
        self.below(limit)
    }
}

fn subject(random: &mut Random) -> String {
    let first = FIRSTS[random.skewed(FIRSTS.len())];
    let head = HEADS[random.skewed(HEADS.len())];
    match random.below(3) {
        0 => format!("{first}{}{head}", FIRSTS[random.skewed(FIRSTS.len())]),
        _ => format!("{first}{head}"),
    }
}

fn paragraph(random: &mut Random, characters: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    while written < characters {
        let (before, after) = FRAMES[random.below(FRAMES.len())];
        let items: Vec<String> = (0..=random.below(4)).map(|_| subject(random)).collect();
        let clause = format!("{before}{}{after}", items.join("、"));
        written += clause.chars().count();
        text.push_str(&clause);
    }
    text
}

fn library(documents: usize) -> Vec<Document> {
    let mut random = Random(11);
    (0..documents).map(|number| document(&mut random, number)).collect()
}

fn document(random: &mut Random, number: usize) -> Document {
    let region = Region {
        name: REGIONS[number % REGIONS.len()].to_owned(),
        level: RegionLevel::Province,
        city: None,
        county: None,
        evidence: RegionEvidence::Issuer,
    };
    let text = |random: &mut Random| paragraph(random, CHARACTERS / 6);
    let block = |text| Block { kind: BlockKind::Paragraph, level: 0, text };
    Document {
        id: DocId::new(&format!("{number:06}")),
        path: format!("{number:06}.txt").into(),
        metadata: Metadata { region: Some(region), ..Metadata::default() },
        blocks: (0..6).map(|_| block(text(random))).collect(),
        outline: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

/// The dictionary is loaded before anything is measured.
fn main() {
    let _ = wenmai::text::segment::surprise("人工智能");
    if !std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        compare_with_text_rank(&library(1000));
        measure_memory();
    }
    divan::main();
}

fn build(documents: &[Document]) -> usize {
    ThemeIndex::build(documents, &Lexicon::default()).themes().len()
}

/// Linux tells the peak of a process's memory.
fn measure_memory() {
    let documents = library(10_000);
    let themes = build(&documents);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("unknown here");
    println!("10,000 documents, {themes} themes: peak of memory {peak}");
}

/// Seconds that jieba's TextRank takes for the texts once its dictionaries are loaded.
const PEER: &str = "
import sys, json, time
import jieba.analyse
texts = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
jieba.analyse.textrank(texts[0])
start = time.perf_counter()
for text in texts:
    jieba.analyse.textrank(text)
print(time.perf_counter() - start)
";

fn compare_with_text_rank(documents: &[Document]) {
    let start = Instant::now();
    divan::black_box(build(documents));
    let ours = start.elapsed();
    print!("{} documents: {ours:.0?}", documents.len());
    match text_rank(documents) {
        Some(theirs) => println!(
            "; TextRank of python jieba {theirs:.0?}, {:.0} times",
            theirs.as_secs_f64() / ours.as_secs_f64()
        ),
        None => println!("; python jieba is not installed: nothing to compare with"),
    }
}

fn text_rank(documents: &[Document]) -> Option<Duration> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("texts.jsonl");
    let text = |document: &Document| -> String {
        let blocks = document.blocks.iter().map(|block| block.text.as_str());
        serde_json::to_string(&blocks.collect::<Vec<_>>().join("\n")).unwrap() + "\n"
    };
    std::fs::write(&path, documents.iter().map(text).collect::<String>()).unwrap();
    let python = std::env::var("WENMAI_PEER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).args(["-c", PEER]).arg(&path).output().ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

#[divan::bench(args = [1000, 10_000, 100_000], sample_count = 2, sample_size = 1)]
fn vocabulary_and_mentions(bencher: Bencher<'_, '_>, documents: usize) {
    let documents = library(documents);
    let lexicon = Lexicon::default();
    bencher.bench_local(|| ThemeIndex::build(&documents, &lexicon).themes().len());
}

#[divan::bench(args = [10_000], sample_count = 3, sample_size = 1)]
fn one_document_more(bencher: Bencher<'_, '_>, documents: usize) {
    let documents = library(documents + 1);
    let lexicon = Lexicon::default();
    let Some((last, known)) = documents.split_last() else { return };
    let corpus = || {
        let mut corpus = Corpus::new(lexicon.clone());
        corpus.add(known);
        corpus.index();
        corpus
    };
    bencher.with_inputs(corpus).bench_local_refs(|corpus| {
        corpus.add(std::slice::from_ref(last));
        corpus.index().themes().len()
    });
}
