//! How long it takes to open: the whole program in a pseudo-terminal from its start to its first full
//! screen, beside `less` (and `bat`, where it is installed) on the text of the seeds in the same run; and how
//! long `wenmai index` takes before that, beside a Python that only parses and cuts the same texts.
//!
//! `cargo bench --bench opening [largest library]`, by default 10,000 texts. The Python is
//! `WENMAI_PEER_PYTHON` (default `python3`), and needs jieba.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

#[path = "made/peer.rs"]
mod peer;
#[path = "made/texts.rs"]
#[allow(dead_code, reason = "each bench takes what it needs")]
mod texts;

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use texts::{CHARACTERS, Random, paragraph, subject};

const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
/// Rows that hold something once a screen is full; a pager may leave its last one empty.
const FULL: usize = 36;
/// The longest that a program may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// Starts of each program, in turn with the others.
const STARTS: usize = 15;

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    if std::env::args().any(|arg| arg == "--test" || arg == "--list") {
        return;
    }
    let largest = numbers.first().copied().unwrap_or(10_000);
    let cache = tempfile::tempdir().unwrap();
    index_once(None, cache.path());
    first_frames("the seeds", None, cache.path());
    let large = write_large(cache.path());
    keys("one text of 10 MB", &large, cache.path());
    for count in [1_000, 10_000, 100_000].into_iter().filter(|count| *count <= largest) {
        let folder = tempfile::tempdir().unwrap();
        write_library(folder.path(), count);
        index(folder.path(), count, cache.path());
        first_frames(&format!("{count} texts"), Some(folder.path()), cache.path());
        keys(&format!("{count} texts"), folder.path(), cache.path());
    }
}

/// Texts of 40 characters a line and more, in folders of a thousand.
fn write_library(folder: &Path, count: usize) {
    let mut random = Random(17);
    for number in 0..count {
        let inner = folder.join(format!("{:03}", number / 1000));
        std::fs::create_dir_all(&inner).unwrap();
        let mut text = format!("关于推进{}的实施意见\n\n", subject(&mut random));
        for _ in 0..6 {
            text.push_str(&paragraph(&mut random, CHARACTERS / 6));
            text.push_str("\n\n");
        }
        std::fs::write(inner.join(format!("{number:06}.txt")), text).unwrap();
    }
}

fn wenmai(cache: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wenmai"));
    for folder in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(folder, cache);
    }
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// The median time to a full screen of every program, and ours against the others.
fn first_frames(what: &str, folder: Option<&Path>, cache: &Path) {
    let text = plain_text(cache);
    let mut ours = wenmai(cache);
    ours.args(folder);
    let pager = |name: &str, arguments: &[&str]| {
        let mut command = CommandBuilder::new(name);
        command.args(arguments);
        command.arg(&text);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command
    };
    let mut programs = vec![("wenmai", ours), ("less", pager("less", &[]))];
    let bats = ["bat", "batcat"].into_iter().filter(|name| is_there(name));
    programs.extend(bats.map(|name| ("bat", pager(name, &["--paging=always"]))));
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); programs.len()];
    for _ in 0..=STARTS {
        for ((_, program), times) in programs.iter().zip(&mut times) {
            times.push(time_to_full_screen(program).0);
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median_of_warm).collect();
    let (_, bytes, memory) = time_to_full_screen(&programs[0].1);
    print!("{what}: first frame {:.1?}, {bytes} bytes, {memory} MB", medians[0]);
    for ((name, _), median) in programs.iter().zip(&medians).skip(1) {
        let ratio = medians[0].as_secs_f64() / median.as_secs_f64();
        print!("; {name} {median:.1?}, {ratio:.1} times");
    }
    println!();
}

/// The text that a pager is given: that of the seeds, more than a screen of it.
fn plain_text(cache: &Path) -> PathBuf {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut all = String::new();
    for entry in std::fs::read_dir(seeds).unwrap() {
        all.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let path = cache.join("seeds.txt");
    std::fs::write(&path, all).unwrap();
    path
}

fn is_there(name: &str) -> bool {
    Command::new(name).arg("--version").stdout(Stdio::null()).status().is_ok()
}

fn median_of_warm(mut times: Vec<Duration>) -> Duration {
    times.remove(0);
    times.sort();
    times[times.len() / 2]
}

/// From the start of the program to its first full screen; the bytes that it had sent until then,
/// and its memory in MB (Linux only).
fn time_to_full_screen(command: &CommandBuilder) -> (Duration, usize, u64) {
    let start = Instant::now();
    let mut session = Session::start(command);
    session.read_until(Session::is_full);
    let time = start.elapsed();
    (time, session.sent, session.child.process_id().map_or(0, memory))
}

/// A program in a pseudo-terminal.
struct Session {
    child: Box<dyn Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    keys: Box<dyn Write + Send>,
    screen: vt100::Parser,
    sent: usize,
    /// Ends that the program has sent of frames: of synchronised updates.
    frames: usize,
    /// While it is there the program is killed when it takes too long.
    _watch: Sender<()>,
}

impl Session {
    fn start(command: &CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(SIZE).unwrap();
        let cells = |cells: u16| NonZeroU16::new(cells).unwrap();
        let child = pair.slave.spawn_command(command.clone()).unwrap();
        let mut killer = child.clone_killer();
        let (watch, watched) = channel::<()>();
        std::thread::spawn(move || {
            if watched.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                killer.kill().unwrap();
            }
        });
        Self {
            child,
            reader: pair.master.try_clone_reader().unwrap(),
            keys: pair.master.take_writer().unwrap(),
            screen: vt100::Parser::new(cells(SIZE.rows), cells(SIZE.cols), 0),
            sent: 0,
            frames: 0,
            _watch: watch,
        }
    }

    fn is_full(&self) -> bool {
        let rows = self.screen.screen().rows(0, SIZE.cols);
        rows.filter(|row| !row.trim().is_empty()).count() >= FULL
    }

    fn read_until(&mut self, seen: impl Fn(&Self) -> bool) {
        let mut bytes = [0; 65536];
        while !seen(self) {
            let count = self.reader.read(&mut bytes).unwrap_or(0);
            assert!(count > 0, "it ended: {}", self.screen.screen().contents());
            self.sent += count;
            self.frames +=
                bytes[..count].windows(8).filter(|eight| eight == b"\x1B[?2026l").count();
            self.screen.process(&bytes[..count]);
        }
    }

    /// From a key to the end of the frame that answers it.
    fn answer(&mut self, key: &str) -> Duration {
        let (before, start) = (self.frames, Instant::now());
        self.keys.write_all(key.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self.read_until(|session| session.frames > before);
        start.elapsed()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How long keys take until their frame is there, in the article and in the list of documents.
fn keys(what: &str, path: &Path, cache: &Path) {
    let mut command = wenmai(cache);
    command.arg(path);
    let mut session = Session::start(&command);
    session.read_until(|session| session.screen.screen().contents().contains("─ "));
    // What is found behind the first frame is drawn, too; then it is quiet.
    std::thread::sleep(Duration::from_secs(3));
    session.answer("2");
    print!("{what}: a key to its frame");
    for (place, focus, keys) in
        [("article", "2", ["j", "\x04", "}"]), ("list", "1", ["j", "\x04", "j"])]
    {
        session.answer(focus);
        let mut times: Vec<Duration> =
            keys.iter().cycle().take(300).map(|key| session.answer(key)).collect();
        times.sort();
        print!("; {place} median {:.1?}, of a hundred the slowest {:.1?}", times[150], times[296]);
    }
    println!();
}

/// One text of ten million bytes.
fn write_large(folder: &Path) -> PathBuf {
    let (mut random, mut text) = (Random(5), String::from("关于推进海洋牧场建设的实施意见\n\n"));
    while text.len() < 10_000_000 {
        text.push_str(&paragraph(&mut random, 200));
        text.push_str("\n\n");
    }
    let path = folder.join("large.txt");
    std::fs::write(&path, text).unwrap();
    path
}

fn memory(process: u32) -> u64 {
    let pages = std::fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
    let resident = pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    (resident.unwrap_or(0) * 4096) >> 20
}

/// How long indexing takes at first, and when nothing and when one text has changed.
fn index(folder: &Path, count: usize, cache: &Path) {
    let first = index_once(Some(folder), cache);
    let unchanged = index_once(Some(folder), cache);
    let one = folder.join("000").join("000000.txt");
    std::fs::write(&one, format!("{}\n海洋牧场。\n", std::fs::read_to_string(&one).unwrap()))
        .unwrap();
    let changed = index_once(Some(folder), cache);
    print!("index of {count}: {first:.2?}; unchanged {unchanged:.2?}; one changed {changed:.2?}");
    match (count <= 10_000).then(|| peer::seconds(PEER, folder)).flatten() {
        Some(theirs) => println!(
            "; Python with jieba {theirs:.0?}, {:.0} times",
            theirs.as_secs_f64() / first.as_secs_f64()
        ),
        None => println!(),
    }
}

/// How long it takes to index `folder`, or the seeds.
fn index_once(folder: Option<&Path>, cache: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wenmai"));
    for folder in ["XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(folder, cache);
    }
    let start = Instant::now();
    let status = command.arg("index").args(folder).stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
    start.elapsed()
}

/// What a Python pipeline does at least: read, cut into words with their kinds, rank them.
const PEER: &str = "
import pathlib, sys, time
import jieba.analyse
start = time.perf_counter()
for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):
    jieba.analyse.textrank(path.read_text(encoding='utf-8'))
print(time.perf_counter() - start)
";
