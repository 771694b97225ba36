//! A long time at the reader without a terminal: random keys, pastes, clicks and sizes, and texts
//! that try to steer the screen. After each step the screen is well formed.

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;
use wenmai::ingest::{Options, RawFile, documents};
use wenmai::library::Library;
use wenmai::text::sanitize::{MOST_MARKS, is_harmful};
use wenmai::themes::vocabulary::Lexicon;

use super::event::{Event, Mouse};
use super::testing::{Reading, plans, sharing};
use crate::ui::action::TABLE;
use crate::ui::keymap::KeyPress;

/// Numbers that are the same in every run (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Fails unless every row is as wide as the screen, no glyph is cut in half, and no cell holds what
/// steers a terminal.
fn assert_well_formed(buffer: &Buffer, what: &str) {
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            let symbol = cell.symbol();
            assert!(!symbol.chars().any(is_harmful), "{what}: {symbol:?} at {x}, {y}");
            assert!(symbol.chars().count() <= 2 * MOST_MARKS + 8, "{what}: {symbol:?}");
            let width = cell.cell_width().max(1);
            assert!(x + width <= buffer.area.right(), "{what}: {symbol:?} is cut at {x}, {y}");
            for behind in 1..width {
                let covered = buffer[(x + behind, y)].symbol();
                assert!(covered.trim().is_empty(), "{what}: {covered:?} under {symbol:?}");
            }
            x += width;
        }
    }
}

/// Something that happens to the reader.
fn any_event(random: &mut Random, (width, height): (u16, u16)) -> Event {
    let typed = ["标", "准", "r", "g", "a", "[", "(", ".", "*", "\"", "-", ":", " ", "1"];
    match random.below(20) {
        0 => Event::Paste("标准\x1B[2J\u{202E}化\n第二行".repeat(1 + random.below(50))),
        1..=2 => {
            let mouse = *random.one_of(&[Mouse::Click, Mouse::WheelDown, Mouse::WheelUp]);
            let (x, y) = (random.below(width.into()), random.below(height.into()));
            Event::Mouse(mouse, Position::new(x as u16, y as u16))
        }
        3..=5 => {
            let key = random.one_of::<&str>(&typed);
            Event::Key(parse(key))
        }
        _ => {
            let entry = random.one_of(TABLE);
            let keys = entry.keys;
            let key = if keys.is_empty() { "j" } else { random.one_of::<&str>(keys) };
            Event::Key(parse(key))
        }
    }
}

fn parse(name: &str) -> KeyPress {
    KeyPress::parse(if name == " " { "Space" } else { name }).unwrap()
}

/// Presses `keys` keys at random, each followed by a look at the screen; another size every 50.
fn soak(reading: &mut Reading, seed: u64, keys: usize) {
    let mut random = Random(seed);
    let mut size = (120, 36);
    for step in 0..keys {
        if step % 50 == 0 {
            size = (random.below(160) as u16, random.below(50) as u16);
            reading.resize(size.0, size.1);
        }
        reading.send(any_event(&mut random, size));
        assert_well_formed(&reading.buffer, &format!("seed {seed:#x}, step {step}, {size:?}"));
    }
}

/// Texts on the same subjects that hold what must not be drawn.
fn hostile() -> Library {
    let attacks = ["\x1B[2J", "\u{9B}31m", "\u{202E}", "\u{E0041}", "\x07", "\u{301}", "\u{FE0F}"];
    let read = attacks.iter().enumerate().flat_map(|(at, attack)| {
        let heap = attack.repeat(if *attack == "\x07" { 3 } else { 300 });
        let text = format!(
            "关于{heap}人工智能产业的通知{at}\n\n一、总体{attack}要求\n\n支持人工智能、集成电路、\
             脑机{heap}接口等领域，到2027年建成{attack}300个以上的验证点。\n"
        );
        let raw =
            RawFile { path: format!("{at}{attack}.txt").into(), bytes: text.into_bytes().into() };
        documents(raw, &Options::default()).unwrap()
    });
    Library::new(read.collect(), Vec::new(), Lexicon::default())
}

/// Two texts too long to be set whole.
fn long() -> Library {
    let text = |id: &str| {
        let paragraph = |n: usize| "支持人工智能、集成电路等领域发展。".repeat(n * 5 % 7) + id;
        let paragraphs: Vec<String> = (0..900).map(paragraph).collect();
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        super::testing::document(id, Some("北京"), "2022-01-01", &paragraphs)
    };
    Library::new(vec![text("甲"), text("乙")], Vec::new(), Lexicon::default())
}

/// Keys in all; `WENMAI_SOAK=100000 cargo test --bin wenmai -- --nocapture random_keys` for a long
/// time at it.
fn keys() -> usize {
    std::env::var("WENMAI_SOAK").ok().and_then(|keys| keys.parse().ok()).unwrap_or(1200)
}

/// Keys between two looks at the memory.
const BATCH: usize = 100;
/// Megabytes by which memory may be more in the second half than at the end of the first.
#[cfg(target_os = "linux")]
const SWAY: u64 = 16;

#[test]
fn a_while_of_random_keys_leaves_every_screen_well_formed_and_memory_flat() {
    let libraries = [plans(), sharing(), hostile(), long()];
    let mut readings = libraries.map(|library| Reading::of(library, 120, 36));
    let mut measured = Vec::new();
    for batch in 0..keys().div_ceil(BATCH) {
        let reading = &mut readings[batch % 4];
        soak(reading, 0x5EED ^ ((batch as u64) << 8 | 1), BATCH);
        measured.push(memory());
    }
    let (early, late) = (measured[measured.len() / 2], measured[measured.len() - 1]);
    println!("{} keys; {} MB halfway, {} MB at the end", keys(), early >> 20, late >> 20);
    #[cfg(target_os = "linux")]
    assert!(late < early + (SWAY << 20), "{early} grew to {late}");
}

#[test]
fn a_query_takes_a_paste_of_a_million_characters() {
    let mut reading = Reading::new(80, 24);
    reading.press("s").send(Event::Paste("标准\x1B[2J化".repeat(200_000)));
    assert_well_formed(&reading.buffer, "a paste");
    reading.press("Esc");
    assert!(reading.screen().contains("人工智能"), "{}", reading.screen());
}

#[test]
fn the_end_of_one_very_long_line_is_a_key_away() {
    // https://github.com/gwsw/less/issues/621
    let line = "标准化，".repeat(50_000) + "终";
    let only = super::testing::document("a", None, "2022-01-01", &["长", &line]);
    let mut reading = Reading::of(Library::new(vec![only], Vec::new(), Lexicon::default()), 80, 24);
    reading.press("G");
    assert!(reading.screen().contains('终'), "{}", reading.screen());
    reading.press("PgUp PgUp");
    assert!(!reading.screen().contains('终'));
    reading.resize(60, 20).press("G");
    assert!(reading.screen().contains('终'));
}

/// Memory of this process, in bytes; 0 where the system does not tell.
fn memory() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4096
}
