//! The program in a real pseudo-terminal, read as a terminal reads it. Nothing sleeps: every step
//! waits for a text on the screen.

#![cfg(unix)]
pub(crate) mod harness;
mod hostile;
mod life;
mod soak;

use harness::Terminal;

/// The beginning of the text that opens first: the first row of the list.
const FIRST: &str = "近日，市场监管总局发布";

/// Opens the Beijing text by its row.
fn open_beijing(terminal: &mut Terminal) {
    terminal.wait_for(FIRST);
    terminal.press("1/北京\r");
    terminal.wait_for("北京市市场监管局近日发布");
}

#[test]
fn a_theme_leads_from_the_beijing_text_to_the_shanghai_text_and_back() {
    let mut terminal = Terminal::start(120, 36, &[]);
    open_beijing(&mut terminal);
    terminal.wait_for("人工智能      ");
    // The pane of themes, its best theme, the next text that speaks of it.
    terminal.press("3");
    terminal.press("\r");
    let screen = terminal.wait_for("截至2021年底");
    assert!(screen.contains("“上海标准”行动计划发布"), "{screen}");
    terminal.press("\x0F");
    terminal.wait_for("北京市市场监管局近日发布");
    terminal.press("q");
    let (well, screen) = terminal.end();
    assert!(well);
    assert!(!screen.screen().alternate_screen() && !screen.screen().hide_cursor());
}

#[test]
fn the_paragraph_under_the_cursor_stays_when_the_size_changes() {
    let mut terminal = Terminal::start(60, 16, &[]);
    open_beijing(&mut terminal);
    // On to the second paragraph, on a screen that is drawn again.
    terminal.press("}\x0C");
    for (columns, rows) in [(30, 8), (200, 50), (120, 36)] {
        terminal.resize(columns, rows);
        terminal.wait("the cursor beside the second paragraph", |screen| {
            screen.lines().any(|row| row.contains("▌    标准验证点是对标准"))
        });
    }
    terminal.press("q");
    assert!(terminal.end().0);
}

#[test]
fn the_reader_opens_again_at_the_paragraph_where_it_was_left_however_it_ended() {
    let data = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start_in(data.path(), (60, 16), &[]);
    open_beijing(&mut terminal);
    // The cursor is on the first paragraph when a text is opened.
    terminal.press("}\x0Cma");
    terminal.wait_for("记号 a");
    // Killed, not quit.
    terminal.child.kill().unwrap();
    terminal.end();
    let mut terminal = Terminal::start_in(data.path(), (120, 36), &[]);
    terminal.wait_for("标准验证点是对标准");
    let second =
        |screen: &str| screen.lines().take(2).any(|row| row.contains("a    标准验证点是对标准"));
    terminal.wait("the second paragraph on top with its mark", second);
    terminal.press("q");
    assert!(terminal.end().0);
}

#[test]
fn without_a_folder_to_write_in_the_reader_says_so_and_goes_on() {
    let mut terminal = Terminal::start(120, 36, &[]);
    terminal.wait_for("位置与批注无法保存");
    terminal.press("maj'a");
    terminal.wait_for(FIRST);
    terminal.press("q");
    assert!(terminal.end().0);
}

#[test]
fn the_colours_follow_the_ground_that_the_terminal_names_and_no_key_is_lost() {
    for (ground, focus) in [("ffff/ffff/ffff", 25), ("1111/1111/1111", 110)] {
        let mut terminal = Terminal::start(120, 36, &["--color", "always"]);
        terminal.wait_for(FIRST);
        // What a terminal answers, between two keys.
        terminal.press(&format!("}}\x1B]11;rgb:{ground}\x1B\\3:outline\r"));
        terminal.wait_for("─ 大纲 ─");
        let shown = terminal.screen.screen().contents_formatted();
        assert!(shown.contains(&format!("38;5;{focus}")), "{ground}: no colour {focus}");
        terminal.press("Q");
        assert!(terminal.end().0);
    }
}
