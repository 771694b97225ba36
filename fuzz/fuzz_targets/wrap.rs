//! Rows are no wider than the measure, unless one glyph is, and joined they are the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wenmai::text::width::{Ambiguous, cells, clusters};
use wenmai::text::wrap::{Measure, wrap};

fuzz_target!(|input: (u8, bool, &str)| {
    let (width, wide, text) = input;
    let ambiguous = if wide { Ambiguous::Wide } else { Ambiguous::Narrow };
    let width = usize::from(width);
    let rows = wrap(text, Measure { cells: width, indent: 0, ambiguous });
    let mut from = 0;
    for row in &rows {
        let shown = row.text(text);
        let seen = clusters(shown).filter(|(_, cluster)| cells(cluster, ambiguous) > 0);
        let one = seen.count() <= 1;
        assert!(one || cells(shown, ambiguous) <= width, "{shown:?} in {width}");
        let between = text.get(from..row.bytes.start).unwrap();
        assert!(between.chars().all(char::is_whitespace));
        from = row.bytes.end;
    }
    assert!(text.get(from..).unwrap().chars().all(char::is_whitespace));
});
