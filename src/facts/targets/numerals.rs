//! Numerals: the value of a number as policy prose writes it, in Arabic or Chinese digits: 3,500,
//! 3.5万, 两千, 二〇三〇, 一亿二千万, 三点五.

/// The value of a folded numeral; `None` where a character is no part of one, or nothing is there.
pub(in crate::facts) fn value(text: &str) -> Option<f64> {
    let mut parser = NumeralParser::default();
    let mut chars = text.chars().filter(|c| *c != ',').peekable();
    chars.peek()?;
    for c in chars {
        parser.take(c)?;
    }
    let value = parser.total + parser.section + parser.digit.unwrap_or_default();
    value.is_finite().then_some(value)
}

#[derive(Debug, Default)]
struct NumeralParser {
    /// What is before the last 万 or 亿.
    total: f64,
    /// What came after it, without the last digit.
    section: f64,
    digit: Option<f64>,
    /// The worth of the next digit after a point.
    decimal: Option<f64>,
}

impl NumeralParser {
    fn take(&mut self, c: char) -> Option<()> {
        match (digit(c), unit(c)) {
            (Some(digit), _) => self.push(digit),
            (_, Some(unit)) => self.multiply(unit),
            _ if matches!(c, '.' | '点') && self.decimal.is_none() => self.decimal = Some(0.1),
            _ => return None,
        }
        Some(())
    }

    fn push(&mut self, digit: f64) {
        let before = self.digit.unwrap_or_default();
        self.digit = Some(match self.decimal {
            None => before * 10.0 + digit,
            Some(worth) => before + digit * worth,
        });
        self.decimal = self.decimal.map(|worth| worth / 10.0);
    }

    fn multiply(&mut self, unit: f64) {
        self.decimal = None;
        let digit = self.digit.take();
        if unit < 1e4 {
            self.section += digit.unwrap_or(1.0) * unit;
            return;
        }
        let section = self.section + digit.unwrap_or_default();
        self.section = 0.0;
        // 2万亿 multiplies the whole, 一亿二千万 adds to it.
        self.total = match unit {
            1e8 => (self.total + section) * unit,
            _ => self.total + section * unit,
        };
    }
}

fn digit(c: char) -> Option<f64> {
    let chinese = "零一二三四五六七八九".chars().position(|digit| digit == c);
    match c {
        '〇' | '○' => Some(0.0),
        '两' => Some(2.0),
        _ => c.to_digit(10).or(chinese.map(|at| at as u32)).map(f64::from),
    }
}

fn unit(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1000.0),
        '万' => Some(1e4),
        '亿' => Some(1e8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_both_kinds_have_their_value() {
        let cases = [
            ("400", 400.0),
            ("3,500", 3500.0),
            ("3.5", 3.5),
            ("3.5万", 35_000.0),
            ("2万亿", 2e12),
            ("十", 10.0),
            ("五十", 50.0),
            ("一百", 100.0),
            ("一百零五", 105.0),
            ("两千", 2000.0),
            ("二〇三〇", 2030.0),
            ("一亿二千万", 1.2e8),
            ("三点五", 3.5),
            ("1.25亿", 1.25e8),
            ("十二万", 120_000.0),
        ];
        for (text, wanted) in cases {
            let found = value(text).unwrap();
            assert!((found - wanted).abs() < 1e-6 * wanted, "{text}: {found}");
        }
    }

    #[test]
    fn what_is_no_numeral_has_no_value() {
        for text in ["", "甲", "3个", "1.2.3"] {
            assert_eq!(value(text), None, "{text}");
        }
        let endless = "九".repeat(5000);
        assert_eq!(value(&endless), None, "too large for a number");
    }
}
