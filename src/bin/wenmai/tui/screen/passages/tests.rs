use crate::tui::testing::{Reading, sharing};
use crate::ui::palette::Palette;

fn open(width: u16, height: u16) -> Reading {
    let mut reading = Reading::of(sharing(), width, height);
    reading.press("p");
    reading
}

#[test]
fn passages_stand_by_the_other_document_with_what_differs_marked() {
    let reading = open(120, 36);
    let screen = reading.screen();
    assert!(screen.contains("与其他文本相同的文字 2"), "{screen}");
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}\n{screen}"));
    assert!(at("上海 · 上海方案") < at("全国 · 国家纲要"), "{screen}");
    assert!(screen.contains("本文"), "{screen}");
    let area = ratatui::layout::Rect::new(60, 1, 59, 33);
    let differs = reading.drawn_in_area(area, Palette::PLAIN.hit);
    assert!(differs.contains("测试") && differs.contains("检验"), "{differs}\n{screen}");
}

#[test]
fn enter_goes_to_the_other_place_and_the_way_back_is_open() {
    let mut reading = open(120, 36);
    reading.press("] Enter");
    let screen = reading.screen();
    assert!(screen.contains("全国 · 新华网"), "{screen}");
    let there = reading.drawn_in(Palette::PLAIN.here);
    assert!(there.contains("由数量规模型向质量效益型转变"), "{there}");
    reading.press("Ctrl-o");
    assert!(reading.screen().contains("北京 · 新华网"), "{}", reading.screen());
    assert!(reading.drawn_in(Palette::PLAIN.here).contains("由数量规模型向质量效益型转变"));
}

#[test]
fn brackets_go_from_document_to_document_and_the_order_can_be_that_of_reading() {
    let mut reading = open(120, 36);
    reading.press("S ] [ Enter");
    assert!(reading.screen().contains("上海 · 新华网"), "{}", reading.screen());
    reading.press("Ctrl-o p ] ] Enter");
    assert!(reading.screen().contains("全国 · 新华网"), "{}", reading.screen());
}

#[test]
fn a_document_that_shares_nothing_says_so_and_every_size_is_drawn() {
    let mut reading = Reading::of(sharing(), 80, 24);
    reading.press("1 G Enter p");
    assert!(reading.screen().contains("没有与其他文本相同的文字"), "{}", reading.screen());
    reading.press("Enter j S ] q");
    let mut reading = open(80, 24);
    for keys in ["j", "S", "G"] {
        reading.press(keys);
        for (width, height) in (0..=80).step_by(4).flat_map(|w| (0..=24).map(move |h| (w, h))) {
            reading.resize(width, height);
        }
    }
}

#[test]
fn borders_stand_in_their_columns_at_every_row() {
    for (width, height) in [(120, 36), (80, 24), (60, 24), (200, 50)] {
        for row in open(width, height).screen().lines().take(usize::from(height) - 2) {
            let cells = wenmai::text::width::cells(row, Default::default());
            assert_eq!(cells, usize::from(width), "{row}");
            assert!(row.ends_with(['│', '┐', '┘', '┤']), "{row}");
        }
    }
}

#[test]
fn whole_screens_look_as_they_were_reviewed() {
    for (width, height) in [(80, 24), (120, 40), (30, 8)] {
        insta::assert_snapshot!(format!("passages_{width}x{height}"), open(width, height).screen());
    }
}
