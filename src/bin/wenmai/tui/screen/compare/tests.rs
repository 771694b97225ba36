use crate::tui::event::{Event, Mouse};
use crate::tui::testing::{Reading, document, plans};
use crate::ui::palette::Palette;
use ratatui::layout::{Position, Rect};
use wenmai::library::Library;
use wenmai::text::width::cells;
use wenmai::themes::vocabulary::Lexicon;

/// The plans of 北京 and others, that of 北京 open, compared with so many others.
fn comparing(width: u16, height: u16, others: usize) -> Reading {
    let mut reading = Reading::of(plans(), width, height);
    reading.press("c");
    if others == 1 {
        reading.type_text("上海");
    }
    for _ in 1..others {
        reading.press("Tab");
    }
    reading.press("Tab Enter");
    reading
}

/// The part of a row between two borders of the column `at`.
fn part(row: &str, at: usize) -> &str {
    row.split('│').nth(at + 1).unwrap_or_default()
}

/// The row, from 0, in which `text` is in column `at`.
fn row_of(reading: &Reading, text: &str, at: usize) -> usize {
    let screen = reading.screen();
    let found = screen.lines().position(|row| part(row, at).contains(text));
    found.unwrap_or_else(|| panic!("{text} in column {at}:\n{screen}"))
}

#[test]
fn the_divider_stands_in_one_column_whatever_is_written_beside_it() {
    // https://github.com/Wilfred/difftastic/pull/301
    let left = ["左", "你好你好你好，人工智能。", "ab", "ﾊﾟ“”…人工智能"];
    let right = ["右", "你人工智能", "abcdef", "人工智能"];
    let documents =
        vec![document("a", None, "2022-01-01", &left), document("b", None, "2021-01-01", &right)];
    let library = Library::new(documents, Vec::new(), Lexicon::default());
    let mut reading = Reading::of(library, 60, 20);
    reading.press("c Tab Enter");
    let divider = |y: u16| (1..59).filter(|x| reading.buffer[(*x, y)].symbol() == "│").collect();
    let first: Vec<u16> = divider(1);
    assert!(!first.is_empty(), "{}", reading.screen());
    for y in 2..15 {
        assert_eq!(first, divider(y), "row {y}:\n{}", reading.screen());
    }
}

#[test]
fn marked_texts_come_first_and_are_chosen_already() {
    let mut reading = Reading::of(plans(), 120, 36);
    reading.press("1 G M");
    assert!(reading.screen().contains("✓"), "{}", reading.screen());
    reading.press("2 c");
    let screen = reading.screen();
    let first = screen.lines().nth(3).unwrap_or_default();
    assert!(first.contains("▌2 浙江"), "{screen}");
    reading.press("Enter");
    let screen = reading.screen();
    assert!(screen.contains("─ 北京 · 2022-06-10") && screen.contains("─ 浙江 · "), "{screen}");
    assert!(screen.contains("共同 "), "{screen}");
    reading.press("q 1 G M");
    assert!(!reading.screen().contains("✓"), "{}", reading.screen());
}

#[test]
fn typing_finds_a_title_and_enter_starts_with_it() {
    let mut reading = Reading::of(plans(), 120, 36);
    reading.press("c").type_text("zhejiang");
    assert!(reading.screen().contains("▌  浙江 · 浙江"), "{}", reading.screen());
    reading.press("Enter");
    assert!(reading.screen().contains("─ 浙江 · "), "{}", reading.screen());
    reading.press("q c").type_text("没有这个");
    assert!(reading.screen().contains("没有符合的文本"), "{}", reading.screen());
    assert!(reading.press("Enter Esc").screen().contains("共同主题"));
}

#[test]
fn three_more_texts_are_the_most() {
    let mut reading = Reading::new(120, 36);
    reading.press("c Tab Tab Tab Tab");
    assert!(reading.screen().contains("最多对照 4 篇"), "{}", reading.screen());
}

#[test]
fn the_other_column_follows_the_theme_under_the_cursor() {
    let mut reading = comparing(120, 36, 1);
    // 北京 says it in its second paragraph, 上海 far down in its last one.
    let (lead, other) = ("北京建设集成电路基地", "上海建设集成电路高地");
    reading.press("}");
    assert!(reading.row(34).contains("集成电路"), "{}", reading.screen());
    assert_eq!(row_of(&reading, lead, 0), row_of(&reading, other, 1), "{}", reading.screen());
    let followed = reading.drawn_in_area(Rect::new(0, 0, 120, 31), Palette::PLAIN.theme);
    assert!(followed.contains("集成电路") && !followed.contains("人工智能"), "{followed}");
    reading.press("}");
    assert_eq!(row_of(&reading, "发展人工智能", 0), row_of(&reading, "人工智能赋能", 1));
}

#[test]
fn n_goes_from_mention_to_mention_and_the_others_come_along() {
    let mut reading = comparing(120, 36, 1);
    reading.press("l");
    let chosen = reading.drawn_in_area(Rect::new(0, 33, 120, 1), Palette::PLAIN.theme);
    assert!(chosen.contains("人工智能1|1") || chosen.contains("集成电路1|1"), "{chosen}");
    assert!(reading.row(34).contains(" 1/1"), "{}", reading.row(34));
    reading.press("]");
    let screen = reading.screen();
    assert!(screen.contains("─ 上海"), "{screen}");
    reading.press("n");
    assert!(reading.row(34).contains("已到末尾，回到第一处"), "{}", reading.row(34));
    reading.press("Esc");
    assert!(!reading.row(34).contains("1/1"));
}

#[test]
fn unlocked_columns_stay_where_they_are() {
    let mut reading = comparing(120, 24, 1);
    reading.press("L");
    assert!(reading.row(22).contains("未联动"), "{}", reading.row(22));
    let before: Vec<String> =
        reading.screen().lines().take(20).map(|row| part(row, 1).to_owned()).collect();
    reading.press("G");
    let after: Vec<String> =
        reading.screen().lines().take(20).map(|row| part(row, 1).to_owned()).collect();
    assert_eq!(before, after);
    reading.press("L");
    assert!(reading.row(22).contains("联动："), "{}", reading.row(22));
}

#[test]
fn columns_are_brought_together_by_wording() {
    let mut reading = comparing(120, 36, 1);
    reading.press("L } } } =");
    assert!(reading.row(34).contains("已按文字对齐"), "{}", reading.row(34));
    let lead = row_of(&reading, "完善全市统一的测试方法", 0);
    assert_eq!(lead, row_of(&reading, "健全全市统一的检验方法", 1), "{}", reading.screen());
}

#[test]
fn wording_that_only_comes_near_is_not_called_the_same() {
    let mut reading = comparing(120, 36, 1);
    reading.press("} } } = Tab Tab");
    assert!(reading.row(34).contains("相近的文字"), "{}", reading.row(34));
    assert!(!reading.row(34).contains("相同的文字"), "{}", reading.row(34));
}

#[test]
fn each_column_finds_text_of_its_own_and_the_cursor_comes_back() {
    let mut reading = comparing(120, 36, 1);
    let place = |reading: &Reading| reading.row(34).split("   ").last().map(str::to_owned);
    reading.press("Tab");
    let before = place(&reading);
    reading.press("/").type_text("高地").press("Esc");
    assert_eq!(place(&reading), before);
    reading.press("/").type_text("高地");
    assert!(reading.caret.is_some());
    assert!(reading.row(34).contains("1/1"), "{}", reading.row(34));
    reading.press("Enter");
    assert!(reading.row(34).contains("/高地 1/1"), "{}", reading.row(34));
    reading.press("Esc");
    assert!(!reading.row(34).contains("高地"), "{}", reading.row(34));
}

#[test]
fn enter_reads_on_and_the_comparison_opens_again_as_it_was() {
    let mut reading = comparing(120, 36, 1);
    let left = reading.press("} } Tab").screen();
    reading.press("Enter");
    assert!(reading.row(0).contains("─ 上海行动计划"), "{}", reading.screen());
    assert!(reading.screen().contains("人工智能赋能"), "{}", reading.screen());
    reading.press("Ctrl-o");
    assert!(reading.screen().contains("北京 · 新华网"));
    assert_eq!(reading.press("c Enter").screen(), left);
    reading.press("Enter");
    assert_eq!(reading.press("c Enter").screen(), left);
}

#[test]
fn rows_are_exactly_in_their_columns_and_begin_with_no_closing_mark() {
    for (others, sizes) in
        [(1, [(120, 36), (80, 24), (101, 30)]), (3, [(120, 36), (200, 50), (133, 20)])]
    {
        for (width, height) in sizes {
            let mut reading = comparing(width, height, others);
            for keys in ["j", "n", "G", "Tab", "L"] {
                let screen = reading.press(keys).screen();
                let first = screen.lines().next().unwrap_or_default();
                let total = cells(first, Default::default());
                let columns = usize::from(height) - 4;
                for row in screen.lines().take(columns) {
                    assert_eq!(cells(row, Default::default()), total, "{row}");
                    for at in 0..row.split('│').count().saturating_sub(2) {
                        let text = part(row, at).trim_start_matches(['▌', ' ']);
                        assert!(
                            !text.starts_with(['，', '。', '、', '；', '”', '）', '》']),
                            "{row}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn borders_stand_under_each_other_at_every_row() {
    let reading = comparing(120, 36, 3);
    let screen = reading.screen();
    let at = |row: &str, signs: &[char]| -> Vec<usize> {
        row.char_indices()
            .filter(|(_, c)| signs.contains(c))
            .map(|(byte, _)| cells(row.get(..byte).unwrap_or_default(), Default::default()))
            .collect()
    };
    let above = at(screen.lines().next().unwrap_or_default(), &['┌', '┬', '┐']);
    assert_eq!(above.len(), 5, "{screen}");
    for row in screen.lines().skip(1).take(30) {
        assert_eq!(at(row, &['│']), above, "{row}");
    }
}

#[test]
fn a_narrow_terminal_shows_one_column_and_says_so() {
    let mut reading = comparing(30, 8, 1);
    let screen = reading.screen();
    assert!(screen.contains("北京") && screen.contains("1/2"), "{screen}");
    assert!(screen.contains("显示 1/2 栏"), "{screen}");
    reading.press("Tab");
    let screen = reading.screen();
    assert!(screen.contains("上海") && screen.contains("2/2"), "{screen}");
}

#[test]
fn a_text_with_an_empty_one_and_with_one_of_another_script() {
    let texts = |texts: &[&str], id, region| document(id, Some(region), "2022-01-01", texts);
    let documents = vec![
        texts(
            &["甲", "发展人工智能、大数据。", "推进近海捕捞向远洋捕捞转变，开展试点。"],
            "a",
            "北京",
        ),
        texts(&["乙"], "b", "上海"),
        texts(&["Annual report", "Nothing in Chinese here."], "c", "浙江"),
    ];
    let library = Library::new(documents, Vec::new(), Lexicon::default());
    let mut reading = Reading::of(library, 120, 30);
    for title in ["乙", "Annual"] {
        reading.press("c").type_text(title).press("Enter j G = n ] l L /").type_text("x");
        reading.press("Enter Esc");
        let screen = reading.screen();
        assert!(screen.contains("没有正文") || screen.contains("没有共同的主题"), "{screen}");
        reading.press("q");
    }
}

#[test]
fn the_wheel_scrolls_the_column_under_it_and_a_click_gives_the_lead() {
    let mut reading = comparing(120, 20, 1);
    let lead: Vec<String> =
        reading.screen().lines().take(15).map(|row| part(row, 0).to_owned()).collect();
    reading.send(Event::Mouse(Mouse::WheelDown, Position::new(90, 5)));
    let after: Vec<String> =
        reading.screen().lines().take(15).map(|row| part(row, 0).to_owned()).collect();
    assert_eq!(lead, after);
    reading.send(Event::Mouse(Mouse::Click, Position::new(90, 5)));
    reading.press("Enter");
    assert!(reading.screen().contains("上海 · 新华网"), "{}", reading.screen());
}

#[test]
fn every_size_and_every_key_is_drawn_without_a_panic() {
    let mut reading = comparing(120, 36, 3);
    for keys in ["j", "n", "/", "Esc Tab Tab", "L G", "="] {
        reading.press(keys);
        for (width, height) in
            (0..=110).step_by(3).flat_map(|w| (0..=20).step_by(2).map(move |h| (w, h)))
        {
            reading.resize(width, height);
        }
    }
    let mut reading = comparing(120, 36, 2);
    for entry in crate::ui::action::TABLE {
        for key in entry.keys.iter().filter(|key| !["q", "Q", "Ctrl-c"].contains(*key)) {
            reading.press(key);
        }
    }
}

#[test]
fn whole_screens_look_as_they_were_reviewed() {
    for (width, height, others) in [(80, 24, 1), (120, 40, 1), (30, 8, 1), (120, 30, 3)] {
        let mut reading = comparing(width, height, others);
        reading.press("} }");
        insta::assert_snapshot!(
            format!("compare_{}_{width}x{height}", others + 1),
            reading.screen()
        );
    }
    let mut reading = Reading::of(plans(), 80, 24);
    reading.press("c Tab");
    insta::assert_snapshot!("chooser_80x24", reading.screen());
}
