//! The numbers of ordered lists, which browsers draw and sources do not have: 按前述第2项 needs them.

use super::attributes::Attributes;

/// The lists around, and the number of the item that begins.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    lists: Vec<Option<List>>,
    next: Option<String>,
}

#[derive(Debug, Clone, Copy)]
struct List {
    number: i32,
    style: Style,
}

#[derive(Debug, Clone, Copy)]
enum Style {
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

fn list(attributes: &impl Attributes) -> Option<List> {
    let mut list = List { number: 1, style: Style::Decimal };
    for (name, value) in attributes.all() {
        match name {
            "start" => list.number = value.trim().parse().unwrap_or(1),
            "type" => {
                list.style = match value.trim() {
                    "a" => Style::Lower,
                    "A" => Style::Upper,
                    "i" => Style::LowerRoman,
                    "I" => Style::UpperRoman,
                    _ => Style::Decimal,
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
                    list.style = Style::Han;
                }
            }
            _ => {}
        }
    }
    Some(list)
}

impl List {
    fn label(self) -> String {
        let letter = |first: u8| match u8::try_from(self.number) {
            Ok(number @ 1..=26) => char::from(first + number - 1).to_string(),
            _ => self.number.to_string(),
        };
        match self.style {
            Style::Decimal => format!("{}. ", self.number),
            Style::Lower => format!("{}. ", letter(b'a')),
            Style::Upper => format!("{}. ", letter(b'A')),
            Style::LowerRoman => format!("{}. ", roman(self.number).to_lowercase()),
            Style::UpperRoman => format!("{}. ", roman(self.number)),
            Style::Han => format!("{}、", han(self.number)),
        }
    }
}

fn roman(number: i32) -> String {
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut rest, mut out) = (number, String::new());
    for (value, sign) in signs {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// 一 to 九十九; digits beyond.
fn han(number: i32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: i32| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).copied();
    match (number / 10, number % 10) {
        _ if !(1..100).contains(&number) => number.to_string(),
        (0, ones) => digit(ones).unwrap_or_default().to_owned(),
        (1, ones) => format!("十{}", digit(ones).unwrap_or_default()),
        (tens, ones) => {
            format!("{}十{}", digit(tens).unwrap_or_default(), digit(ones).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_style_of_the_list() {
        let cases = [
            (Style::Decimal, 5, "5. "),
            (Style::Lower, 2, "b. "),
            (Style::Upper, 27, "27. "),
            (Style::LowerRoman, 4, "iv. "),
            (Style::UpperRoman, 1999, "MCMXCIX. "),
            (Style::Han, 21, "二十一、"),
            (Style::Han, 10, "十、"),
            (Style::Han, 100, "100、"),
        ];
        for (style, number, label) in cases {
            assert_eq!(List { number, style }.label(), label, "{style:?} {number}");
        }
    }
}
