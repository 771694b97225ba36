//! The numbers of ordered lists, which browsers draw and sources do not have: 按前述第2项 needs them.

use super::attributes::Attributes;
use crate::ingest::list_numbers::{chinese_numeral, roman};

/// The lists around, and the number of the item that begins.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    lists: Vec<Option<OrderedList>>,
    next: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct OrderedList {
    number: i32,
    style: NumberStyle,
}

#[derive(Debug, Clone, Copy)]
enum NumberStyle {
    Decimal,
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
    Han,
}

impl Numbers {
    /// A list begins, where `name` is one.
    pub(super) fn open(&mut self, name: &str, attributes: &impl Attributes) {
        match name {
            "ol" => self.lists.push(list(attributes)),
            "ul" | "dl" | "menu" | "dir" => self.lists.push(None),
            _ => {}
        }
    }

    /// A list ends, where `name` is one.
    pub(super) fn close(&mut self, name: &str) {
        if matches!(name, "ol" | "ul" | "dl" | "menu" | "dir") {
            self.lists.pop();
            self.next = None;
        }
    }

    /// An item begins.
    pub(super) fn item(&mut self, attributes: &impl Attributes) {
        self.next = None;
        let Some(Some(list)) = self.lists.last_mut() else { return };
        let said = attributes.all().find(|(name, _)| *name == "value");
        if let Some(number) = said.and_then(|(_, value)| value.trim().parse().ok()) {
            list.number = number;
        }
        self.next = Some(list.label());
        list.number = list.number.saturating_add(1);
    }

    /// The number of the item whose first line this is.
    pub(super) fn take(&mut self) -> Option<String> {
        self.next.take()
    }
}

fn list(attributes: &impl Attributes) -> Option<OrderedList> {
    let mut list = OrderedList { number: 1, style: NumberStyle::Decimal };
    for (name, value) in attributes.all() {
        match name {
            "start" => list.number = value.trim().parse().unwrap_or(1),
            "type" => {
                list.style = match value.trim() {
                    "a" => NumberStyle::Lower,
                    "A" => NumberStyle::Upper,
                    "i" => NumberStyle::LowerRoman,
                    "I" => NumberStyle::UpperRoman,
                    _ => NumberStyle::Decimal,
                }
            }
            "style" => {
                let style = value.to_ascii_lowercase();
                if style.contains("list-style") && style.contains("none") {
                    return None;
                }
                if ["cjk-ideographic", "trad-chinese", "simp-chinese", "cjk-decimal"]
                    .iter()
                    .any(|name| style.contains(name))
                {
                    list.style = NumberStyle::Han;
                }
            }
            _ => {}
        }
    }
    Some(list)
}

impl OrderedList {
    fn label(self) -> String {
        let number = u32::try_from(self.number).unwrap_or_default();
        let letter = |first: u8| char::from(first + (number.max(1) - 1) as u8).to_string();
        let written = match (self.style, number) {
            (NumberStyle::Lower, 1..=26) => letter(b'a'),
            (NumberStyle::Upper, 1..=26) => letter(b'A'),
            (NumberStyle::LowerRoman, 1..) => roman(number).to_lowercase(),
            (NumberStyle::UpperRoman, 1..) => roman(number),
            (NumberStyle::Han, 1..=99) => chinese_numeral(number),
            _ => self.number.to_string(),
        };
        let end = if matches!(self.style, NumberStyle::Han) { "、" } else { ". " };
        written + end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_style_of_the_list() {
        let cases = [
            (NumberStyle::Decimal, 5, "5. "),
            (NumberStyle::Lower, 2, "b. "),
            (NumberStyle::Upper, 27, "27. "),
            (NumberStyle::LowerRoman, 4, "iv. "),
            (NumberStyle::UpperRoman, 1999, "MCMXCIX. "),
            (NumberStyle::Han, 21, "二十一、"),
            (NumberStyle::Han, 10, "十、"),
            (NumberStyle::Han, 100, "100、"),
        ];
        for (style, number, label) in cases {
            assert_eq!(OrderedList { number, style }.label(), label, "{style:?} {number}");
        }
    }
}
