use crate::tui::event::{Event, Mouse};
use crate::tui::testing::Reading;
use crate::ui::palette::Palette;
use ratatui::layout::Position;
use wenmai::library::Library;
use wenmai::themes::vocabulary::Lexicon;

#[test]
fn regions_are_counted_and_enter_lands_on_the_first_mention() {
    let mut reading = Reading::new(120, 36);
    let screen = reading.press("x").screen();
    assert!(screen.contains("主题 × 地区：次"), "{screen}");
    let row = screen.lines().find(|row| row.contains("▌人工智能")).expect("a row").to_owned();
    let numbers: Vec<&str> = row.split(' ').filter(|word| word.parse::<u32>().is_ok()).collect();
    assert_eq!(numbers, ["2", "3", "1", "1"], "{row}");
    reading.press("l l Enter");
    assert!(reading.screen().contains("上海 · 新华网"), "{}", reading.screen());
    assert_eq!(reading.drawn_in(Palette::PLAIN.here), "人工智能");
    assert!(reading.press("Ctrl-o").screen().contains("北京 · 新华网"));
}

#[test]
fn it_opens_again_as_it_was_left() {
    let mut reading = Reading::new(120, 36);
    let left = reading.press("x v l j j j").screen();
    reading.press("Enter");
    assert_eq!(reading.press("x").screen(), left);
    reading.press("q");
    assert_eq!(reading.press("x").screen(), left);
}

#[test]
fn rows_are_sorted_by_a_column_and_filtered_as_one_types() {
    let mut reading = Reading::new(120, 36);
    reading.press("x l S");
    let screen = reading.screen();
    assert!(screen.contains("按北京排序"), "{screen}");
    reading.press("/").type_text("物聯");
    let screen = reading.screen();
    assert!(screen.contains("物联网") && !screen.contains("▌人工智能"), "{screen}");
    reading.press("Enter");
    assert_eq!(reading.caret, None);
    assert!(reading.press("Esc").screen().contains("人工智能"));
    reading.press("/").type_text("没有");
    assert!(reading.screen().contains("没有主题符合筛选"));
}

#[test]
fn columns_may_be_documents_years_and_issuers() {
    let mut reading = Reading::new(120, 36);
    reading.press("x W");
    assert!(reading.screen().contains("北京 22-06"), "{}", reading.screen());
    reading.press("W");
    let screen = reading.screen();
    assert!(screen.contains("主题 × 年份") && screen.contains("2021"), "{screen}");
    reading.press("W");
    assert!(reading.screen().contains("不明"), "{}", reading.screen());
    assert!(reading.press("W").screen().contains("主题 × 地区"));
}

#[test]
fn gaps_are_named_against_the_whole_country_or_a_column_of_ones_own() {
    let mut reading = Reading::new(120, 36);
    reading.press("x l l");
    let screen = reading.screen();
    assert!(screen.contains("全国有而上海无 1：区块链"), "{screen}");
    assert!(screen.contains("上海有而全国无 "), "{screen}");
    reading.press("= h");
    assert!(reading.screen().contains("上海有而北京无 1：生物医药"), "{}", reading.screen());
}

#[test]
fn a_cell_without_a_mention_says_so_and_stays() {
    let mut reading = Reading::new(120, 36);
    reading.press("x l l /").type_text("区块链").press("Enter Enter");
    assert!(reading.screen().contains("上海没有提到区块链"), "{}", reading.screen());
}

#[test]
fn the_pointer_chooses_a_cell_then_opens_it_and_a_name_sorts() {
    let mut reading = Reading::new(120, 36);
    let screen = reading.press("x").screen();
    let head = screen.lines().nth(1).expect("a head");
    let cells = wenmai::text::width::cells(head.split("上海").next().unwrap(), Default::default());
    let click = |row: u16| Event::Mouse(Mouse::Click, Position::new(cells as u16 + 1, row));
    reading.send(click(3));
    assert!(reading.row(34).contains("上海："), "{}", reading.row(34));
    reading.send(click(1));
    assert!(reading.screen().contains("按上海排序"));
    reading.send(click(3));
    assert!(reading.screen().contains("上海 · 新华网"), "{}", reading.screen());
}

#[test]
fn numbers_stand_in_their_columns_at_every_row() {
    for (width, height) in [(120, 36), (80, 24), (200, 50)] {
        let mut reading = Reading::new(width, height);
        let screen = reading.press("x").screen();
        for row in screen.lines().take(usize::from(height) - 2) {
            let cells = wenmai::text::width::cells(row, Default::default());
            assert_eq!(cells, usize::from(width), "{row}");
            assert!(row.ends_with(['│', '┐', '┘', '┤']), "{row}");
        }
    }
}

#[test]
fn an_empty_library_has_an_empty_matrix_and_every_size_is_drawn() {
    let none = Library::new(Vec::new(), Vec::new(), Lexicon::default());
    let mut reading = Reading::of(none, 80, 24);
    reading.press("x l S j G Enter v W =");
    assert!(reading.screen().contains("没有可按文本统计的共同主题"), "{}", reading.screen());
    let mut reading = Reading::new(80, 24);
    for keys in ["x", "W", "/", "Esc l l l l l l", "v"] {
        reading.press(keys);
        for (width, height) in (0..=60).step_by(3).flat_map(|w| (0..=20).map(move |h| (w, h))) {
            reading.resize(width, height);
        }
    }
}

#[test]
fn whole_screens_look_as_they_were_reviewed() {
    for (width, height) in [(80, 24), (120, 40), (30, 8)] {
        let mut reading = Reading::new(width, height);
        reading.press("x l");
        insta::assert_snapshot!(format!("matrix_{width}x{height}"), reading.screen());
    }
}
