//! A place of a document as it is typed: the number of a paragraph, or of an article (条).

use wenmai::document::Document;

/// The block that `typed` names: a paragraph by its number from 1, an article by `a12`, 第12条 or
/// 第十二条.
pub(super) fn find(document: &Document, typed: &str) -> Option<u32> {
    if let Ok(number) = typed.parse::<u32>() {
        let last = document.blocks.len() as u32;
        return number.checked_sub(1).map(|block| block.min(last.saturating_sub(1)));
    }
    let number = match typed.strip_prefix('a') {
        Some(number) => number,
        None => typed.strip_prefix('第')?.strip_suffix('条')?,
    };
    let labels = match number.parse::<u32>() {
        Ok(value) => vec![format!("第{number}条"), format!("第{}条", chinese(value)?)],
        Err(_) => vec![format!("第{number}条")],
    };
    let begins = |text: &str| labels.iter().any(|label| text.starts_with(label.as_str()));
    document.blocks.iter().position(|block| begins(&block.text)).map(|block| block as u32)
}

/// A number below 10,000 in Chinese numerals: 一百零五.
fn chinese(value: u32) -> Option<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if value == 0 || value > 9999 {
        return None;
    }
    let mut text = String::new();
    let mut zero = false;
    for (power, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = value / power % 10;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text.push('零');
        }
        zero = false;
        // 十二, not 一十二.
        if !(digit == 1 && power == 10 && text.is_empty()) {
            text.push(*DIGITS.get(digit as usize)?);
        }
        text.push_str(unit);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::testing::document;

    #[test]
    fn numbers_are_written_as_articles_write_them() {
        for (value, text) in [
            (2, "二"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (110, "一百一十"),
        ] {
            assert_eq!(chinese(value).as_deref(), Some(text));
        }
    }

    #[test]
    fn paragraphs_and_articles_are_found_by_their_numbers() {
        let text = document("a", None, "", &["法", "第一条　甲", "续", "第十二条　乙"]);
        for (typed, block) in [
            ("2", Some(1)),
            ("99", Some(2)),
            ("0", None),
            ("a12", Some(2)),
            ("第十二条", Some(2)),
            ("第12条", Some(2)),
            ("a3", None),
            ("x", None),
        ] {
            assert_eq!(find(&text, typed), block, "{typed}");
        }
    }
}
