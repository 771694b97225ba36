//! What a user keeps survives a program that is killed while it writes. The test starts itself again
//! as the program that is killed: no time is waited for, it is killed after so many notes.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use wenmai::annotations::database::AnnotationStore;
use wenmai::annotations::entry::{Annotation, Extent, Kind, Point, Uid};
use wenmai::annotations::reading_state::Change;

const FOLDER: &str = "WENMAI_TEST_WRITES_INTO";
const WANTED: usize = 10_000;

fn entry(number: usize) -> Annotation {
    let point = |character| Point { block: number as u32, character };
    let kind = if number.is_multiple_of(2) {
        Kind::Bookmark
    } else {
        Kind::Note(format!("第{number}条笔记").repeat(20))
    };
    Annotation {
        uid: Uid(format!("{number:06}")),
        path: format!("/texts/{}.txt", number % 97),
        kind,
        extent: Extent { from: point(0), to: point(9) },
        quote: "推动标准供给由数量规模型向质量效益型转变".to_owned(),
        made: number as i64,
    }
}

/// Not a test of its own: it writes notes and says so after each, until it is killed.
#[test]
fn a_program_that_writes() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = AnnotationStore::open(Path::new(&folder)).unwrap();
    let first = store.load().unwrap().entries().count();
    for number in first..WANTED {
        store.write(&[Change::Put(entry(number))]).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "written {number}").unwrap();
        out.flush().unwrap();
    }
}

/// Starts the program and kills it once it has said that it wrote `number`; the last it said.
fn run_and_kill(folder: &Path, number: usize) -> Option<usize> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["annotations::a_program_that_writes", "--exact", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut last = None;
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        let said = line.split("written ").nth(1).and_then(|number| number.parse().ok());
        last = said.or(last);
        if last.is_some_and(|last| last >= number) {
            break;
        }
    }
    // What it writes while the signal is on its way is written, or not, but never by halves.
    child.kill().unwrap();
    child.wait().unwrap();
    last
}

#[test]
fn ten_thousand_bookmarks_and_notes_outlive_a_program_that_is_killed_again_and_again() {
    let folder = tempfile::tempdir().unwrap();
    for number in [0, 1, 13, 400, 401, 2_000, 2_777, 5_003, 9_998, WANTED - 1] {
        let said = run_and_kill(folder.path(), number).unwrap_or(number);
        let kept = AnnotationStore::open(folder.path()).unwrap().load().unwrap();
        let entries: Vec<&Annotation> = kept.entries().collect();
        assert!(entries.len() > said, "{said} was said, {} are there", entries.len());
        for (number, kept) in entries.into_iter().enumerate() {
            assert_eq!(*kept, entry(number));
        }
    }
    let kept = AnnotationStore::open(folder.path()).unwrap().load().unwrap();
    assert_eq!(kept.entries().count(), WANTED);
}
