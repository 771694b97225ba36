//! How long vocabulary and mentions take over a generated library, from nothing. The texts are the same in every run.
//!
//! `cargo bench --bench themes` also tells the peak of memory at 10,000 documents, and compares
//! with the TextRank of python's jieba over the same texts in the same run, where a Python has it
//! (`WENMAI_PEER_PYTHON`, default `python3`).

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

#[path = "made/peer.rs"]
mod peer;
#[path = "made/texts.rs"]
#[allow(dead_code, reason = "each bench takes what it needs")]
mod texts;

use std::time::{Duration, Instant};

use divan::Bencher;
use wenmai::document::{Block, BlockKind, DocId, Document, Encoding, EncodingEvidence, Metadata};
use wenmai::text::region::{Region, RegionEvidence, RegionLevel};
use wenmai::text::script::Script;
use wenmai::themes::ThemeIndex;
use wenmai::themes::vocabulary::Lexicon;

use texts::{CHARACTERS, Random, paragraph};

const REGIONS: [&str; 8] = ["全国", "北京", "上海", "浙江", "广东", "山东", "河南", "重庆"];
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
        tables: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

/// The dictionary is loaded before anything is measured.
fn main() {
    let _ = wenmai::text::segment::surprisal("人工智能");
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
    peer::seconds(PEER, &path)
}

#[divan::bench(args = [1000, 10_000, 100_000], sample_count = 2, sample_size = 1)]
fn vocabulary_and_mentions(bencher: Bencher<'_, '_>, documents: usize) {
    let documents = library(documents);
    let lexicon = Lexicon::default();
    bencher.bench_local(|| ThemeIndex::build(&documents, &lexicon).themes().len());
}
