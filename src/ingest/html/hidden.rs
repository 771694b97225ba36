//! What a page says is not to be seen: attributes, styles of an element, and classes and ids that its
//! own style sheets hide. Whether it is hidden in the end is decided where the prose of the page is
//! known: scripts show some containers only once a page is loaded.

use rustc_hash::FxHashSet;
use scraper::node::Element;

/// Bytes of style sheets that are read.
const SHEETS: usize = 1 << 20;

/// The names that the style sheets inside a page hide, each as `.class` or `#id`.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    hidden: FxHashSet<String>,
    /// A sheet of its own may give any element a ground.
    pub(super) any: bool,
}

impl Sheets {
    /// Reads the `<style>` elements of `source`.
    pub(super) fn of(source: &str) -> Self {
        let mut sheets = Self::default();
        let bytes = source.as_bytes();
        sheets.any = find(bytes, b"stylesheet").is_some();
        let (mut at, mut read) = (0, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, b"<style")) {
            let start = at + found;
            let length = bytes.get(start..).and_then(|rest| find(rest, b"</style"));
            let end = length.map_or(bytes.len(), |length| start + length);
            let inside = source.get(start..end).unwrap_or_default();
            read += inside.len();
            if read > SHEETS {
                break;
            }
            sheets.any = true;
            sheets.add(inside.split_once('>').map_or("", |(_, sheet)| sheet));
            at = end.max(start + 1);
        }
        sheets
    }

    /// Rules inside `@media` and the like hold only sometimes and are left out.
    fn add(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut rest = sheet.as_str();
        while let Some((selectors, behind)) = rest.split_once('{') {
            if selectors.trim_start().starts_with('@') {
                rest = behind_block(behind);
                continue;
            }
            let (body, next) = behind.split_once('}').unwrap_or((behind, ""));
            let seen = hides(body);
            if let Some(hidden) = seen {
                for selector in selectors.split(',') {
                    let Some(name) = simple(selector.trim()) else { continue };
                    match hidden {
                        true => self.hidden.insert(name.to_owned()),
                        false => self.hidden.remove(name),
                    };
                }
            }
            rest = next;
        }
    }

    /// True where one of the names of an element is hidden.
    pub(super) fn hide(&self, element: &Element) -> bool {
        !self.hidden.is_empty()
            && element.attrs().any(|(name, value)| match name {
                "id" => self.hidden.contains(&format!("#{}", value.trim())),
                "class" => value
                    .split_ascii_whitespace()
                    .any(|class| self.hidden.contains(&format!(".{class}"))),
                _ => false,
            })
    }
}

/// ASCII letters in any case.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let places = memchr::memchr2_iter(first, first.to_ascii_uppercase(), bytes);
    places.into_iter().find(|at| {
        bytes.get(*at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        rest = behind.split_once("*/").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

/// What follows the block whose `{` is just before `inside`.
fn behind_block(inside: &str) -> &str {
    let mut depth = 1;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return inside.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

/// The name of a selector that is one class or id, with or without a tag before it.
fn simple(selector: &str) -> Option<&str> {
    let at = selector.find(['.', '#'])?;
    let (tag, name) = selector.split_at_checked(at)?;
    let is_word =
        |word: &str| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    let inner = name.get(1..)?;
    (is_word(tag) && is_word(inner) && !inner.is_empty()).then_some(name)
}

/// Whether declarations hide an element (`true`), show it (`false`), or say nothing about it.
fn hides(declarations: &str) -> Option<bool> {
    let mut said = None;
    for (name, value) in parts(declarations) {
        match name.as_str() {
            "display" => said = Some(value == "none"),
            "visibility" => said = Some(matches!(value.as_str(), "hidden" | "collapse")),
            _ => {}
        }
        if said == Some(true) {
            return said;
        }
    }
    said
}

/// Names and values of declarations, in lower case and without spaces and `!important`.
fn parts(declarations: &str) -> impl Iterator<Item = (String, String)> {
    declarations.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        let value = value.to_ascii_lowercase();
        let value = value.strip_suffix("!important").unwrap_or(&value).to_owned();
        Some((name.trim().to_ascii_lowercase(), value))
    })
}

/// What an element says about the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Seen {
    /// It is not to be seen.
    pub(super) hidden: bool,
    /// It is only for the eye: `aria-hidden`. Text beside it says the same.
    pub(super) aside: bool,
    /// Its type has no size, or has one.
    pub(super) sizeless: Option<bool>,
    /// The colours of type and ground, where it names them.
    pub(super) colour: Option<Colour>,
    pub(super) ground: Option<Colour>,
}

/// A colour, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Colour {
    White,
    Other,
}

impl Seen {
    /// What `element` says.
    pub(super) fn of(element: &Element) -> Self {
        let mut seen = Self::default();
        for (name, value) in element.attrs() {
            match name {
                "hidden" => seen.hidden |= !value.eq_ignore_ascii_case("until-found"),
                "aria-hidden" => seen.aside = value.trim().eq_ignore_ascii_case("true"),
                "color" => seen.colour = Some(colour(value)),
                "bgcolor" => seen.ground = Some(colour(value)),
                "background" => seen.ground = Some(Colour::Other),
                "style" => seen.read(value),
                _ => {}
            }
        }
        seen
    }

    fn read(&mut self, style: &str) {
        self.hidden |= hides(style) == Some(true);
        for (name, value) in parts(style) {
            match name.as_str() {
                "font-size" => self.sizeless = Some(is_zero(&value)),
                "font" if value.starts_with("0px/") => self.sizeless = Some(true),
                "color" => self.colour = Some(colour(&value)),
                "background-color" | "background" => self.ground = Some(colour(&value)),
                _ => {}
            }
        }
    }
}

/// True for `0`, `0px` and the like, and for less than a pixel.
fn is_zero(size: &str) -> bool {
    let number = size.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let is_pixels = matches!(size.get(number.len()..), Some("" | "px" | "pt"));
    number
        .parse::<f32>()
        .is_ok_and(|size| size == 0.0 || (is_pixels && (0.0..=1.0).contains(&size)))
}

fn colour(value: &str) -> Colour {
    let value = value.trim().to_ascii_lowercase();
    let bare = value.trim_start_matches('#');
    let is_white = matches!(bare, "fff" | "ffffff" | "fefefe" | "white")
        || matches!(value.as_str(), "rgb(255,255,255)" | "rgba(255,255,255,1)" | "transparent");
    if is_white { Colour::White } else { Colour::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_one_class_or_id_hide_and_others_do_not() {
        let sheets = Sheets::of(
            "<style>.a, p.b{color:red; DISPLAY : none !important}/* .c{display:none} */\
             #d{visibility:hidden}.e p{display:none}.f:after{display:none}\
             @media print{.g{display:none}}.h{display:none}.h{display:block}.i{font-size:0}</style>",
        );
        let mut hidden: Vec<&str> = sheets.hidden.iter().map(String::as_str).collect();
        hidden.sort_unstable();
        assert_eq!(hidden, ["#d", ".a", ".b"]);
    }

    #[test]
    fn declarations_are_read_whatever_their_blanks() {
        let cases = [
            ("display:none", Some(true)),
            ("color:red;visibility : hidden", Some(true)),
            ("display:block", Some(false)),
            ("text-decoration:none", None),
            ("overflow:hidden", None),
            ("", None),
        ];
        for (style, said) in cases {
            assert_eq!(hides(style), said, "{style}");
        }
        let zero = ["0", "0px", "0em", "1px", ".1px"];
        let shown = ["12px", "1em", "100%", "small", ""];
        assert!(zero.iter().all(|size| is_zero(size)) && !shown.iter().any(|size| is_zero(size)));
    }
}
