//! The five texts that are compiled into the program, byte for byte as they lie under `seeds/`, so
//! that a first start has something to read anywhere.

use std::borrow::Cow;
use std::path::PathBuf;

use super::load::RawFile;

macro_rules! seed {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../seeds/", $name)))
    };
}

/// File name and content, in the order of their names.
const SEEDS: [(&str, &[u8]); 5] = [
    seed!("000_f3723bb989fa58f4.txt"),
    seed!("001_2ca1a81684a8934b.txt"),
    seed!("002_ecabdc249f8b88a0.txt"),
    seed!("003_d2a90affa70c836c.txt"),
    seed!("004_11fc27c4cc949552.txt"),
];

/// The compiled-in files as if they had been loaded from `seeds/`.
pub(super) fn files() -> impl Iterator<Item = RawFile> {
    SEEDS.iter().map(|(name, bytes)| RawFile {
        path: PathBuf::from("seeds").join(name),
        bytes: Cow::Borrowed(*bytes),
    })
}
