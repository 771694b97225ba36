//! A query, while it is typed and whole, is refused at a place inside it or finds only places that
//! are there.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use wenmai::find::fulltext::search;
use wenmai::find::query::{Mode, Query};
use wenmai::ingest::{Options, seeds};
use wenmai::library::Library;
use wenmai::themes::vocabulary::Lexicon;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let read = seeds(&Options::default());
    Library::new(read.documents, read.skipped, Lexicon::default())
});

fuzz_target!(|typed: &str| {
    for mode in [Mode::Words, Mode::Pattern] {
        match Query::parse(typed, mode) {
            Err(error) => assert!(error.at <= typed.chars().count()),
            Ok(query) => {
                let found = search(LIBRARY.arena(), LIBRARY.documents(), &query);
                for one in &found.documents {
                    let document = LIBRARY.document(one.document).unwrap();
                    for hit in found.hits_in(LIBRARY.arena(), LIBRARY.documents(), one.document) {
                        let text = &document.blocks[hit.place.block as usize].text;
                        assert!(hit.place.span.end as usize <= text.chars().count());
                    }
                }
            }
        }
    }
});
