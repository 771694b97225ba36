//! Fingerprint table: for every fingerprint of a library that is in more than one place, in which
//! documents it is, or that it is too common to say anything, and which letters around it are
//! common as well. It is built once for a library, in memory that does not grow with it, and looked
//! up by hash, so that comparing two documents costs two documents.
//!
//! It is stored as blocks of neighbouring hashes, each of a few kilobytes.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::document::{Collection, DocIndex, Document};
use crate::reuse::fingerprints::{Bounds, Spread, winnow};
use crate::reuse::gram::{GRAM, WINDOW};
use crate::reuse::normalized::{LetterClass, NormalizedText};
use crate::reuse::stock_phrases;

/// Where the blocks of a table are.
pub trait Blocks: Sync {
    /// The blocks in which these hashes lie, each once, in any order. `hashes` are in order.
    fn blocks_of(&self, hashes: &[u32]) -> Vec<Block>;
}

/// Neighbouring hashes of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The first hash.
    pub first: u32,
    /// The packed entries.
    pub bytes: Vec<u8>,
}

/// A table in memory, its blocks in order.
#[derive(Debug, Default)]
pub struct MemoryTable(Vec<Block>);

impl MemoryTable {
    /// The table of `documents`.
    pub fn build<D: Collection + ?Sized>(documents: &D) -> Self {
        let mut blocks = Vec::new();
        // Without a folder nothing is written that could fail.
        let _ = build(documents, None, |block| {
            blocks.push(block);
            io::Result::Ok(())
        });
        Self(blocks)
    }
}

impl Blocks for MemoryTable {
    fn blocks_of(&self, hashes: &[u32]) -> Vec<Block> {
        let mut numbers: Vec<usize> = hashes
            .iter()
            .filter_map(|hash| self.0.partition_point(|b| b.first <= *hash).checked_sub(1))
            .collect();
        numbers.dedup();
        numbers.into_iter().filter_map(|at| self.0.get(at).cloned()).collect()
    }
}

/// What a table knows of a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    hash: u32,
    pub(crate) spread: Spread,
    /// The documents with it, in order, each as the distance from the one before; none for one that
    /// says nothing.
    documents: Vec<u32>,
    /// The letters around it that are common, too.
    common: Vec<LetterContext>,
}

/// A run of letters that touches a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct LetterContext {
    side: LetterSide,
    /// Letters of it.
    length: u8,
    hash: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum LetterSide {
    Before,
    After,
}

impl Entry {
    /// The documents with it.
    pub(crate) fn documents(&self) -> impl Iterator<Item = DocIndex> {
        self.documents.iter().scan(0, |at, step| {
            *at += step;
            Some(DocIndex(*at))
        })
    }

    /// The letters of this fingerprint at `letter`, with those around that are as common; `None` if
    /// it is not common.
    pub(crate) fn common_around(
        &self,
        letters: &NormalizedText,
        letter: u32,
    ) -> Option<Range<u32>> {
        if self.spread == Spread::Seldom {
            return None;
        }
        let mut range = letter..letter + GRAM as u32;
        let own = contexts(letters, letter);
        for context in own.iter().flatten().filter(|context| self.common.contains(context)) {
            match context.side {
                LetterSide::Before => {
                    range.start = range.start.min(letter - u32::from(context.length))
                }
                LetterSide::After => {
                    range.end = range.end.max(letter + GRAM as u32 + u32::from(context.length));
                }
            }
        }
        Some(range)
    }
}

/// Contexts on one side.
const LENGTHS: usize = WINDOW - 1;

/// The runs of letters that touch the fingerprint at `letter`, inside its document: what winnowing
/// leaves out at the ends of a wording.
fn contexts(letters: &NormalizedText, letter: u32) -> [Option<LetterContext>; 2 * LENGTHS] {
    let bounds = letters.document_range(letter);
    let end = letter + GRAM as u32;
    std::array::from_fn(|at| {
        let length = (at % LENGTHS + 1) as u32;
        let (side, range) = match at < LENGTHS {
            true => (LetterSide::Before, letter.checked_sub(length)?..letter),
            false => (LetterSide::After, end..end + length),
        };
        if range.start < bounds.start || range.end > bounds.end {
            return None;
        }
        let hash = letters.of(range).iter().fold(0x811C_9DC5_u32, |hash, letter| {
            (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193)
        });
        Some(LetterContext { side, length: length as u8, hash: (hash ^ (hash >> 16)) as u16 })
    })
}

/// Marks what `entries` call common in these blocks.
pub(crate) fn mark_common(
    letters: &mut NormalizedText,
    blocks: &[usize],
    entries: &FxHashMap<u32, Entry>,
) {
    let common: Vec<(Range<u32>, Spread)> = blocks
        .par_iter()
        .flat_map_iter(|block| {
            let letters = &*letters;
            winnow(letters, letters.range_of(*block))
                .into_iter()
                .filter(|fingerprint| !letters.is_void(fingerprint.letter()))
                .filter_map(|fingerprint| {
                    let entry = entries.get(&fingerprint.hash())?;
                    Some((entry.common_around(letters, fingerprint.letter())?, entry.spread))
                })
        })
        .collect();
    for (range, spread) in common {
        let weight =
            if spread == Spread::StockPhrase { LetterClass::None } else { LetterClass::Little };
        stock_phrases::lessen(letters, range, weight);
    }
}

/// The entries of `hashes` that are common; all others are seldom.
pub(crate) fn look_up_common<B: Blocks + ?Sized>(
    table: &B,
    hashes: Vec<u32>,
) -> FxHashMap<u32, Entry> {
    let common = |entry: Entry| Entry { documents: Vec::new(), ..entry };
    look_up(table, hashes, |entry| (entry.spread > Spread::Seldom).then(|| common(entry)))
}

/// The documents that have one of `hashes`, in order; those of stock phrases are left out.
pub(crate) fn documents_with<B: Blocks + ?Sized>(table: &B, hashes: Vec<u32>) -> Vec<DocIndex> {
    let entries = look_up(table, hashes, Some);
    let mut found: Vec<DocIndex> = entries.values().flat_map(Entry::documents).collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

/// What `wanted` takes of the entries of `hashes`, as far as the table has them.
fn look_up<B: Blocks + ?Sized>(
    table: &B,
    mut hashes: Vec<u32>,
    wanted: impl Fn(Entry) -> Option<Entry> + Sync,
) -> FxHashMap<u32, Entry> {
    hashes.sort_unstable();
    hashes.dedup();
    let blocks = table.blocks_of(&hashes);
    let of_block = |block: &Block| -> Vec<Entry> {
        let entries: Vec<Entry> = postcard::from_bytes(&block.bytes).unwrap_or_default();
        let asked = entries.into_iter().filter(|e| hashes.binary_search(&e.hash).is_ok());
        asked.filter_map(&wanted).collect()
    };
    let found: Vec<Vec<Entry>> = blocks.par_iter().map(of_block).collect();
    found.into_iter().flatten().map(|entry| (entry.hash, entry)).collect()
}

/// Documents that are read together.
const BATCH: usize = 512;
/// Bytes of the entries of a block, about.
const BLOCK: usize = 4096;

/// Builds the table of `documents`, block by block in the order of hashes. What does not fit into
/// memory meanwhile goes into files in `folder` that vanish with the program.
///
/// # Errors
/// What `put` returns, and that a file cannot be written.
pub fn build<D: Collection + ?Sized, E: From<io::Error>>(
    documents: &D,
    folder: Option<&Path>,
    mut put: impl FnMut(Block) -> Result<(), E>,
) -> Result<(), E> {
    let mut places = Places::new(folder);
    for batch in documents.indices().collect::<Vec<_>>().chunks(BATCH) {
        for of_document in documents.map_some(batch, places_of) {
            places.add(of_document)?;
        }
    }
    let bounds = stock_phrases::bounds(documents.count());
    let mut block = Vec::new();
    let mut bytes = 0;
    for partition in 0..PARTITIONS {
        let mut part = places.take(partition)?;
        part.par_sort_unstable();
        for group in part.chunk_by(|a, b| a.hash == b.hash) {
            let Some(entry) = entry(group, bounds) else { continue };
            bytes += 8 + 2 * entry.documents.len() + 4 * entry.common.len();
            block.push(entry);
            if bytes >= BLOCK {
                put(packed(&mut block)?)?;
                bytes = 0;
            }
        }
    }
    if !block.is_empty() {
        put(packed(&mut block)?)?;
    }
    Ok(())
}

fn packed(entries: &mut Vec<Entry>) -> io::Result<Block> {
    let first = entries.first().map_or(0, |entry| entry.hash);
    let bytes = postcard::to_allocvec(entries).map_err(io::Error::other)?;
    entries.clear();
    Ok(Block { first, bytes })
}

/// A fingerprint at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PlaceOf {
    hash: u32,
    document: u32,
    /// Hashes of the contexts, 0 where there is none.
    contexts: [u16; 2 * LENGTHS],
}

fn places_of(at: DocIndex, document: &Document) -> Vec<PlaceOf> {
    let mut letters = NormalizedText::read(std::slice::from_ref(document));
    stock_phrases::mark_known(&mut letters);
    let fingerprints =
        letters.all_blocks().flat_map(|block| winnow(&letters, letters.range_of(block)));
    let counted = fingerprints.filter(|fingerprint| !letters.is_void(fingerprint.letter()));
    let place = |fingerprint: crate::reuse::fingerprints::Fingerprint| PlaceOf {
        hash: fingerprint.hash(),
        document: at.0,
        contexts: contexts(&letters, fingerprint.letter()).map(|c| c.map_or(0, |c| c.hash)),
    };
    counted.map(place).collect()
}

/// The entry of a fingerprint, of all its places; `None` for a single place.
fn entry(group: &[PlaceOf], bounds: Bounds) -> Option<Entry> {
    let [first, _, ..] = group else { return None };
    let documents = group.chunk_by(|a, b| a.document == b.document).filter_map(<[_]>::first);
    let documents: Vec<u32> = documents.map(|p| p.document).take(bounds.often + 1).collect();
    let spread = bounds.spread_of(documents.len());
    let least = match spread {
        Spread::Seldom => usize::MAX,
        Spread::Often => bounds.seldom,
        Spread::StockPhrase => bounds.often,
    };
    let mut steps = Vec::new();
    if spread < Spread::StockPhrase {
        let mut last = 0;
        for document in documents {
            steps.push(document - last);
            last = document;
        }
    }
    let mut common = Vec::new();
    if spread > Spread::Seldom {
        for at in 0..2 * LENGTHS {
            let mut counts: FxHashMap<u16, usize> = FxHashMap::default();
            for place in group {
                *counts.entry(place.contexts.get(at).copied().unwrap_or_default()).or_default() +=
                    1;
            }
            let side = if at < LENGTHS { LetterSide::Before } else { LetterSide::After };
            let length = (at % LENGTHS + 1) as u8;
            let often = counts.into_iter().filter(|(hash, n)| *n > least && *hash != 0);
            common.extend(often.map(|(hash, _)| LetterContext { side, length, hash }));
        }
        common.sort_unstable();
    }
    Some(Entry { hash: first.hash, spread, documents: steps, common })
}

/// Parts of the hashes, each small enough to be sorted in memory.
const PARTITIONS: usize = 64;
/// Places that are held in memory, 80 MB.
const HELD: usize = 4 << 20;
/// Bytes of a place in a file.
const PLACE: usize = 8 + 4 * LENGTHS;

/// The places of a library, by the first bits of their hashes.
struct Places<'f> {
    folder: Option<&'f Path>,
    held: Vec<Vec<PlaceOf>>,
    count: usize,
    files: Vec<File>,
}

impl<'f> Places<'f> {
    fn new(folder: Option<&'f Path>) -> Self {
        Self { folder, held: vec![Vec::new(); PARTITIONS], count: 0, files: Vec::new() }
    }

    fn add(&mut self, places: Vec<PlaceOf>) -> io::Result<()> {
        self.count += places.len();
        for place in places {
            if let Some(part) =
                self.held.get_mut(place.hash as usize / (u32::MAX as usize / PARTITIONS + 1))
            {
                part.push(place);
            }
        }
        if self.count > HELD && self.folder.is_some() { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        while let Some(folder) = self.folder.filter(|_| self.files.len() < PARTITIONS) {
            self.files.push(tempfile::tempfile_in(folder)?);
        }
        for (part, file) in self.held.iter_mut().zip(&mut self.files) {
            let mut bytes = Vec::with_capacity(part.len() * PLACE);
            for place in part.drain(..) {
                bytes.extend(place.hash.to_le_bytes());
                bytes.extend(place.document.to_le_bytes());
                place.contexts.iter().for_each(|hash| bytes.extend(hash.to_le_bytes()));
            }
            file.write_all(&bytes)?;
        }
        self.count = 0;
        Ok(())
    }

    /// All places of a partition.
    fn take(&mut self, partition: usize) -> io::Result<Vec<PlaceOf>> {
        let mut places = self.held.get_mut(partition).map(std::mem::take).unwrap_or_default();
        let Some(file) = self.files.get_mut(partition) else { return Ok(places) };
        file.rewind()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        file.set_len(0)?;
        places.reserve(bytes.len() / PLACE);
        let number = |bytes: &[u8]| bytes.try_into().map_or(0, u32::from_le_bytes);
        places.extend(bytes.chunks_exact(PLACE).map(|place| {
            let (hash, rest) = place.split_at(4);
            let (document, hashes) = rest.split_at(4);
            let context = |at: usize| hashes.get(2 * at..2 * at + 2).unwrap_or_default();
            PlaceOf {
                hash: number(hash),
                document: number(document),
                contexts: std::array::from_fn(|at| {
                    context(at).try_into().map_or(0, u16::from_le_bytes)
                }),
            }
        }));
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::document;

    #[test]
    fn places_that_were_spilled_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let place =
            |n: u32| PlaceOf { hash: n.wrapping_mul(0x9E37_79B9), document: n, contexts: [7; 6] };
        let mut places = Places::new(Some(folder.path()));
        places.add((0..100).map(place).collect()).unwrap();
        places.spill().unwrap();
        places.add((100..150).map(place).collect()).unwrap();
        let mut all: Vec<_> = (0..PARTITIONS).flat_map(|n| places.take(n).unwrap()).collect();
        all.sort_by_key(|place| place.document);
        assert_eq!(all, (0..150).map(place).collect::<Vec<_>>());
        let parts = std::fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(parts, 0, "files have no name");
    }

    #[test]
    fn entries_name_documents_until_they_are_too_common() {
        let own = |n: u32| char::from_u32(0x5000 + n).unwrap().to_string().repeat(12);
        let few = "沿江岸线实行生态保护修复优先";
        let documents: Vec<_> = (0..60)
            .map(|n| {
                let shared = if n < 3 { few } else { "" };
                document(
                    &n.to_string(),
                    &[&format!("{}，所需经费纳入同级财政预算{shared}", own(n))],
                )
            })
            .collect();
        let table = MemoryTable::build(&documents);
        let letters = NormalizedText::read(&documents[..1]);
        let hashes = winnow(&letters, letters.range_of(0)).iter().map(|f| f.hash()).collect();
        let entries = look_up(&table, hashes, Some);
        let spreads: std::collections::BTreeSet<Spread> =
            entries.values().map(|entry| entry.spread).collect();
        assert!(spreads.contains(&Spread::StockPhrase) && spreads.contains(&Spread::Seldom));
        let seldom =
            entries.values().find(|e| e.spread == Spread::Seldom && e.documents.len() == 3);
        let found: Vec<_> = seldom.unwrap().documents().collect();
        assert_eq!(found, [DocIndex(0), DocIndex(1), DocIndex(2)]);
    }
}
