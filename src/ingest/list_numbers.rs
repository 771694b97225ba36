//! Automatic numbers of lists, by the formats that Word names (ECMA-376, part 1, 17.18.59
//! ST_NumberFormat): a counter and a format give 一、 （二） 第三条 ④ iv. HTML has a few of them.

/// `number` as `format` writes it; empty where the format writes nothing.
pub(super) fn written(number: u32, format: &str) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographLegalTraditional"
        | "koreanCounting" => chinese(number, &PLAIN),
        "chineseLegalSimplified" => chinese(number, &LEGAL),
        "chineseCounting" | "taiwaneseCounting" if number < 100 => chinese(number, &PLAIN),
        "chineseCounting"
        | "taiwaneseCounting"
        | "ideographDigital"
        | "taiwaneseDigital"
        | "japaneseDigitalTenThousand"
        | "koreanDigital2" => digits(number, "〇一二三四五六七八九"),
        "ideographTraditional" => cycled(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycled(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographZodiacTraditional" => {
            cycled(number, "甲乙丙丁戊己庚辛壬癸") + &cycled(number, "子丑寅卯辰巳午未申酉戌亥")
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, "０１２３４５６７８９"),
        "decimalZero" => format!("{number:02}"),
        "upperLetter" => letters(number).to_uppercase(),
        "lowerLetter" => letters(number),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        _ => number.to_string(),
    }
}

/// Digits and units of Chinese numerals.
struct Numerals {
    digits: [&'static str; 10],
    units: [&'static str; 4],
    /// True where 10 is 壹拾 and not 十.
    says_one_ten: bool,
}

const PLAIN: Numerals = Numerals {
    digits: ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
    units: ["", "十", "百", "千"],
    says_one_ten: false,
};

const LEGAL: Numerals = Numerals {
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    units: ["", "拾", "佰", "仟"],
    says_one_ten: true,
};

/// 一, 十二, 一百零一; digits above 9999.
pub(super) fn chinese_numeral(number: u32) -> String {
    chinese(number, &PLAIN)
}

fn chinese(number: u32, numerals: &Numerals) -> String {
    if number == 0 || number > 9999 {
        return if number == 0 { numerals.digits[0].to_owned() } else { number.to_string() };
    }
    let mut text = String::new();
    let mut skipped = false;
    for place in (0..4u32).rev() {
        let digit = (number / 10u32.pow(place) % 10) as usize;
        if digit == 0 {
            skipped |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            text.push_str(numerals.digits[0]);
        }
        let is_lone_ten = place == 1 && digit == 1 && text.is_empty() && !numerals.says_one_ten;
        if !is_lone_ten {
            text.push_str(numerals.digits.get(digit).unwrap_or(&""));
        }
        text.push_str(numerals.units.get(place as usize).unwrap_or(&""));
    }
    text
}

fn digits(number: u32, all: &str) -> String {
    let digit = |c: char| all.chars().nth(c.to_digit(10)? as usize);
    number.to_string().chars().filter_map(digit).collect()
}

fn cycled(number: u32, all: &str) -> String {
    let count = all.chars().count() as u32;
    all.chars().nth((number.max(1) - 1).rem_euclid(count) as usize).into_iter().collect()
}

fn enclosed(number: u32, first: char, last: u32) -> String {
    match number {
        1.. if number <= last => {
            char::from_u32(u32::from(first) + number - 1).map(String::from).unwrap_or_default()
        }
        _ => number.to_string(),
    }
}

/// a to z, then aa, bb …
fn letters(number: u32) -> String {
    let number = number.max(1) - 1;
    let letter = char::from(b'a' + (number % 26) as u8);
    std::iter::repeat_n(letter, (number / 26 + 1).min(9) as usize).collect()
}

/// I to MMMCMXCIX; digits beyond.
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
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
    if number > 3999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_format_says() {
        for (number, format, text) in [
            (1, "chineseCountingThousand", "一"),
            (10, "chineseCountingThousand", "十"),
            (12, "chineseCounting", "十二"),
            (20, "japaneseCounting", "二十"),
            (101, "chineseCountingThousand", "一百零一"),
            (110, "chineseCountingThousand", "一百一十"),
            (1020, "chineseCountingThousand", "一千零二十"),
            (100, "chineseCounting", "一〇〇"),
            (10, "chineseLegalSimplified", "壹拾"),
            (13, "ideographTraditional", "丙"),
            (3, "ideographZodiac", "寅"),
            (20, "decimalEnclosedCircleChinese", "⑳"),
            (21, "decimalEnclosedCircle", "21"),
            (2, "decimalEnclosedParen", "⑵"),
            (15, "decimalFullWidth", "１５"),
            (7, "decimalZero", "07"),
            (27, "lowerLetter", "aa"),
            (1994, "upperRoman", "MCMXCIV"),
            (3, "bullet", ""),
            (3, "decimal", "3"),
        ] {
            assert_eq!(written(number, format), text, "{number} {format}");
        }
    }
}
