//! A long time at the reader in a pseudo-terminal: random keys at random sizes, with fixed seeds.

use super::harness::{ESC, Terminal};

/// Numbers that are the same in every run (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len() as u64) as usize).copied().unwrap_or_default()
    }
}

/// Keys that lead everywhere and never out.
const KEYS: [&str; 58] = [
    "j", "k", "\x04", "\x15", " ", "g", "G", "{", "}", "\t", "\x1B[Z", "1", "2", "3", "h", "l",
    "\r", "]", "[", ">", "<", "n", "N", "\x0F", "\x7F", "/", "t", "s", "o", "K", "W", "M", "c",
    "L", "p", "u", "U", "D", "x", "v", "=", "r", "z", "+", "-", "S", "T", "?", "B", "b", "y", ESC,
    "标", "准", "化", "\x1B[A", "\x1B[B", "\x0C",
];

/// Memory of the program, in bytes.
#[cfg(target_os = "linux")]
fn memory(terminal: &Terminal) -> u64 {
    let id = terminal.child.process_id().unwrap();
    let pages = std::fs::read_to_string(format!("/proc/{id}/statm")).unwrap();
    pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap() * 4096
}

/// Batches of a hundred keys; `WENMAI_SOAK=5000 cargo test --test terminal -- --nocapture soak` for a
/// long time at it.
#[cfg(target_os = "linux")]
fn batches() -> usize {
    let keys = std::env::var("WENMAI_SOAK").ok().and_then(|keys| keys.parse::<usize>().ok());
    keys.map_or(4, |keys| keys.div_ceil(100).max(1))
}

/// The help screen runs what is chosen in it, also that the reader stops for the shell: then a shell
/// of few words lets it go on.
#[cfg(target_os = "linux")]
fn continue_when_stopped(terminal: &Terminal) {
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};
    let id = terminal.child.process_id().and_then(|id| Pid::from_raw(id.cast_signed())).unwrap();
    std::thread::spawn(move || {
        while waitid(WaitId::Pid(id), WaitIdOptions::STOPPED).is_ok_and(|stopped| stopped.is_some())
        {
            let _ = kill_process(id, Signal::CONT);
        }
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_soak_in_a_pseudo_terminal_ends_in_the_reader_with_memory_flat() {
    let mut random = Random(0x5EED);
    let mut terminal = Terminal::start(120, 36, &[]);
    terminal.wait_for("共同主题");
    continue_when_stopped(&terminal);
    let mut measured = Vec::new();
    for batch in 0..batches() {
        let (columns, rows) = (20 + random.below(150) as u16, 5 + random.below(45) as u16);
        terminal.resize(columns, rows);
        for _ in 0..100 {
            let key = random.one_of(&KEYS);
            terminal.press(key);
        }
        // Whatever is open closes, and the reader is there again at its own size and answers.
        terminal.press(&ESC.repeat(12));
        terminal.resize(120, 36);
        let asked = format!("soak{batch}");
        terminal.press(&format!("2\x0Ct{asked}"));
        terminal.wait_for(&format!("> {asked}"));
        terminal.press(&ESC.repeat(2));
        measured.push(memory(&terminal));
        println!("batch {batch}: {} MB, {} bytes sent", measured[batch] >> 20, terminal.sent.len());
    }
    let (early, late) = (measured[measured.len() / 2], measured[measured.len() - 1]);
    assert!(late < early + (32 << 20), "{early} grew to {late}");
    terminal.press("Q");
    assert!(terminal.finish().success());
}
