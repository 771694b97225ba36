//! What each stage costs alone, from the bytes of a file to the row on the screen, on one core: the
//! seeds, with bytes of their files a second. `cargo bench --bench stages`.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use wenmai::document::Document;
use wenmai::find::text_index::TextIndex;
use wenmai::ingest::{Decoded, Options, Page, RawFile, clean, decode, load, parse};
use wenmai::reuse::passages;
use wenmai::text::fold::fold;
use wenmai::text::segment::segment;
use wenmai::text::wrap::{Measure, wrap};
use wenmai::themes::ThemeIndex;
use wenmai::themes::candidates;
use wenmai::themes::folded::FoldedDocument;
use wenmai::themes::vocabulary::Lexicon;

fn main() {
    divan::main();
}

static OPTIONS: LazyLock<Options> = LazyLock::new(Options::default);

static FILES: LazyLock<Vec<RawFile>> = LazyLock::new(|| {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(seeds).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| load(path, &OPTIONS).unwrap()).collect()
});

static DECODED: LazyLock<Vec<Decoded>> =
    LazyLock::new(|| FILES.iter().map(|file| decode(file.clone(), &OPTIONS).unwrap()).collect());

static PAGES: LazyLock<Vec<Page>> =
    LazyLock::new(|| DECODED.iter().flat_map(|text| parse(text.clone(), &OPTIONS)).collect());

static DOCUMENTS: LazyLock<Vec<Document>> =
    LazyLock::new(|| PAGES.iter().map(|page| clean(page.clone())).collect());

static FOLDED: LazyLock<Vec<FoldedDocument>> =
    LazyLock::new(|| DOCUMENTS.iter().map(FoldedDocument::of).collect());

/// A stage over all seeds.
fn stage<T: Clone, U>(bencher: Bencher<'_, '_>, all: &[T], of: impl Fn(T) -> U + Sync) {
    let bytes: usize = FILES.iter().map(|file| file.bytes.len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| all.to_vec())
        .bench_local_values(|all| all.into_iter().map(&of).collect::<Vec<U>>());
}

fn texts() -> Vec<&'static str> {
    DOCUMENTS.iter().flat_map(|one| &one.blocks).map(|block| block.text.as_str()).collect()
}

#[divan::bench]
fn a_decode(bencher: Bencher<'_, '_>) {
    stage(bencher, &FILES, |file| decode(file, &OPTIONS).unwrap());
}

#[divan::bench]
fn b_parse(bencher: Bencher<'_, '_>) {
    stage(bencher, &DECODED, |text| parse(text, &OPTIONS));
}

#[divan::bench]
fn c_clean(bencher: Bencher<'_, '_>) {
    stage(bencher, &PAGES, clean);
}

#[divan::bench]
fn d_fold(bencher: Bencher<'_, '_>) {
    stage(bencher, &texts(), fold);
}

#[divan::bench]
fn e_segment(bencher: Bencher<'_, '_>) {
    stage(bencher, &FOLDED.iter().flat_map(FoldedDocument::blocks).collect::<Vec<_>>(), segment);
}

#[divan::bench]
fn f_candidates(bencher: Bencher<'_, '_>) {
    stage(bencher, &FOLDED.iter().collect::<Vec<_>>(), candidates::of);
}

#[divan::bench]
fn g_themes(bencher: Bencher<'_, '_>) {
    stage(bencher, &[&*DOCUMENTS], |all| ThemeIndex::build(all, &Lexicon::default()));
}

#[divan::bench]
fn h_wording(bencher: Bencher<'_, '_>) {
    stage(bencher, &[&*DOCUMENTS], |all| passages::Passages::find(all, &passages::Scope::Library));
}

#[divan::bench]
fn i_arena(bencher: Bencher<'_, '_>) {
    stage(bencher, &[&*DOCUMENTS], |all| TextIndex::build(all).bytes());
}

#[divan::bench(args = [20, 40, 76])]
fn j_wrap(bencher: Bencher<'_, '_>, cells: usize) {
    stage(bencher, &texts(), |text| wrap(text, Measure::new(cells)));
}
