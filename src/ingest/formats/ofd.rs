//! OFD files (GB/T 33190-2016): the national format of printed pages. Text objects say where each
//! character is set; `paged` makes a text of them, as of a PDF's.

use super::archive::{MemberArchive, resolved};
use super::xml::{self, Element, Node};
use super::{Contents, left_out, limits};
use crate::error::{Refusal, Warning};
use crate::ingest::paged::{Direction, Glyph, Joiner, Rule, Sheet};

/// Reads the file `archive`.
pub(super) fn read(archive: &mut MemberArchive<'_>) -> Result<Contents, Refusal> {
    if archive.has("Encryptions.xml") || archive.has("encryptions.xml") {
        return Err(Refusal::NeedsPassword);
    }
    let root = archive.text("OFD.xml").ok_or(Refusal::Damaged)?;
    let (mut joiner, mut pages, mut glyphs, mut pictures) = (Joiner::default(), 0, 0, false);
    let mut missing = 0;
    for document in &documents(&root) {
        let Some(source) = archive.text(document) else {
            missing += 1;
            continue;
        };
        let outline = Outline::of(&source, document);
        let templates: Vec<(String, Option<String>)> =
            outline.templates.into_iter().map(|(id, name)| (id, archive.text(&name))).collect();
        for name in outline.pages {
            if pages >= limits::PAGES || glyphs > limits::GLYPHS {
                break;
            }
            let Some(source) = archive.text(&name) else {
                missing += 1;
                continue;
            };
            pages += 1;
            let mut page = PageReader {
                width: outline.size.0,
                height: outline.size.1,
                ..PageReader::default()
            };
            page.read(&source);
            for used in std::mem::take(&mut page.templates) {
                let own = templates.iter().find(|(id, _)| *id == used);
                if let Some((_, Some(template))) = own {
                    page.read(template);
                }
            }
            glyphs += page.glyphs.len();
            pictures |= page.pictures;
            joiner.add(page.into_sheet());
        }
    }
    if glyphs == 0 {
        return Err(match () {
            () if pages == 0 => Refusal::Damaged,
            () if pictures => Refusal::OnlyPictures,
            () => Refusal::NoText,
        });
    }
    let mut contents = Contents { kind: "ofd".into(), ..Contents::pieces(joiner.finish()) };
    contents.warnings.extend(archive.cut_at().map(left_out));
    if missing > 0 {
        contents.warn(Warning::PartsMissing(missing));
    }
    Ok(contents)
}

/// The documents that a file lists.
fn documents(source: &str) -> Vec<String> {
    let (mut documents, mut text) = (Vec::new(), String::new());
    xml::read(source, |node| match node {
        Node::Open(_) => text.clear(),
        Node::Text(part) => text.push_str(part),
        Node::Close("DocRoot") => documents.push(resolved("", text.trim())),
        Node::Close(_) => {}
    });
    documents
}

/// The pages and templates of a document.
struct Outline {
    pages: Vec<String>,
    templates: Vec<(String, String)>,
    /// Width and height of its pages.
    size: (f32, f32),
}

impl Outline {
    fn of(source: &str, base: &str) -> Self {
        let mut outline = Self { pages: Vec::new(), templates: Vec::new(), size: A4 };
        let mut text = String::new();
        xml::read(source, |node| match node {
            Node::Open(e) => {
                text.clear();
                let place = || e.get("BaseLoc").map(|place| resolved(base, &place));
                match e.name() {
                    "Page" => outline.pages.extend(place()),
                    "TemplatePage" => {
                        let id = e.get("ID").unwrap_or_default().into_owned();
                        outline.templates.extend(place().map(|place| (id, place)));
                    }
                    _ => {}
                }
            }
            Node::Text(part) => text.push_str(part),
            Node::Close("PhysicalBox") => {
                outline.size = size_of(&text).unwrap_or(A4);
            }
            Node::Close(_) => {}
        });
        outline
    }
}

/// Width and height of a page in millimetres, where none is said.
const A4: (f32, f32) = (210.0, 297.0);

fn size_of(physical: &str) -> Option<(f32, f32)> {
    let numbers = numbers(physical);
    Some((*numbers.get(2)?, *numbers.get(3)?))
}

/// A matrix as `a b c d e f`.
type Transform = [f32; 6];
const IDENTITY: Transform = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// An object with a place of its own.
#[derive(Debug, Clone, Copy)]
struct Object {
    matrix: Transform,
    /// Its corner on the page.
    corner: (f32, f32),
    size: f32,
    /// Width of characters, in the object's own size.
    stretch: f32,
}

#[derive(Default)]
struct PageReader {
    width: f32,
    height: f32,
    glyphs: Vec<(Glyph, Direction)>,
    rules: Vec<Rule>,
    templates: Vec<String>,
    pictures: bool,
}

impl PageReader {
    fn read(&mut self, source: &str) {
        let mut object = None;
        let mut code: Option<Code> = None;
        let mut text = String::new();
        let mut path = None;
        let mut groups = Vec::new();
        xml::read(source, |node| match node {
            Node::Open(e) => {
                text.clear();
                match e.name() {
                    "Template" => {
                        self.templates.extend(e.get("TemplateID").map(|id| id.into_owned()))
                    }
                    "ImageObject" => self.pictures = true,
                    "PageBlock" | "CompositeObject" => groups.push(()),
                    "TextObject" => object = Some(object_of(e)),
                    "PathObject" => path = Some(object_of(e)),
                    "TextCode" => code = Some(Code::of(e, code.take())),
                    _ => {}
                }
            }
            Node::Text(part) => text.push_str(part),
            Node::Close(name) => match name {
                "PhysicalBox" => {
                    let own = size_of(&text).unwrap_or((self.width, self.height));
                    (self.width, self.height) = own;
                }
                "TextCode" => {
                    if let (Some(object), Some(code)) = (&object, &code) {
                        self.set(object, code, &text);
                    }
                }
                "TextObject" => (object, code) = (None, None),
                "AbbreviatedData" => {
                    if let Some(object) = path.take() {
                        self.draw(&object, &text);
                    }
                }
                _ => {}
            },
        });
    }

    fn set(&mut self, object: &Object, code: &Code, text: &str) {
        let (mut x, mut y) = (code.x, code.y);
        let characters: Vec<char> =
            text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
        let count = characters.len();
        for (at, c) in characters.into_iter().enumerate() {
            let step = |deltas: &[f32]| deltas.get(at).or(deltas.last()).copied();
            let advance = step(&code.dx).or_else(|| {
                // Without widths a character is as wide as it is high, Latin ones half.
                (code.dy.is_empty()).then(|| object.size * if c.is_ascii() { 0.5 } else { 1.0 })
            });
            let (left, base) = object.place(x, y);
            let (right, up) = object.place(x + object.size, y);
            let (along, rise) = (right - left, up - base);
            let size = (along * along + rise * rise).sqrt();
            if self.glyphs.len() <= limits::GLYPHS {
                let usual = if c.is_ascii() { 0.5 } else { 1.0 } * size * object.stretch;
                let next = advance.filter(|step| *step > 0.0 && at + 1 < count);
                let width =
                    next.map_or(usual, |step| (step * size / object.size.max(0.01)).min(usual));
                let glyph = Glyph { c, x: left, y: base, width, size };
                self.glyphs.push((glyph, Direction::of(along, rise)));
            }
            x += advance.unwrap_or(0.0);
            y += step(&code.dy).unwrap_or(0.0);
        }
    }

    /// Lines along an axis: `M x y L x y …`.
    fn draw(&mut self, object: &Object, data: &str) {
        let mut words = data.split_ascii_whitespace();
        let mut last = None;
        while let Some(word) = words.next() {
            match word {
                "M" | "L" | "S" => {
                    let mut next = || words.next().and_then(|word| word.parse::<f32>().ok());
                    let (Some(x), Some(y)) = (next(), next()) else { return };
                    let to = object.place(x, y);
                    if let Some(from) = last.filter(|_| word == "L") {
                        self.line(from, to);
                    }
                    last = Some(to);
                }
                _ => {}
            }
        }
    }

    fn line(&mut self, a: (f32, f32), b: (f32, f32)) {
        let flat = (a.0 - b.0).abs() < 0.4 || (a.1 - b.1).abs() < 0.4;
        if flat && self.rules.len() < RULES {
            self.rules
                .push(Rule { x: (a.0.min(b.0), a.0.max(b.0)), y: (a.1.min(b.1), a.1.max(b.1)) });
        }
    }

    /// The page in points, as those of a PDF are.
    fn into_sheet(self) -> Sheet {
        let glyph = |(g, direction): (Glyph, Direction)| {
            let (x, y) = (g.x * POINTS, g.y * POINTS);
            (Glyph { x, y, width: g.width * POINTS, size: g.size * POINTS, ..g }, direction)
        };
        let scaled = |(a, b): (f32, f32)| (a * POINTS, b * POINTS);
        let rule = |rule: &Rule| Rule { x: scaled(rule.x), y: scaled(rule.y) };
        let size = (self.width * POINTS, self.height * POINTS);
        let glyphs = self.glyphs.into_iter().map(glyph).collect();
        Sheet::turned(glyphs, self.rules.iter().map(rule).collect(), size)
    }
}

/// Points of a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// Lines of a page that are kept.
const RULES: usize = 5000;

impl Object {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.matrix;
        (self.corner.0 + a * x + c * y + e, self.corner.1 + b * x + d * y + f)
    }
}

fn object_of(e: &Element<'_>) -> Object {
    let own = |name: &str| e.get(name).map(|value| numbers(&value)).unwrap_or_default();
    let corner = own("Boundary");
    let matrix = Transform::try_from(own("CTM")).unwrap_or(IDENTITY);
    Object {
        matrix,
        corner: (corner.first().copied().unwrap_or(0.0), corner.get(1).copied().unwrap_or(0.0)),
        size: e.number("Size").unwrap_or(0.0),
        stretch: e.number("HScale").unwrap_or(1.0),
    }
}

/// Where the characters of a text are: the first, and the steps to the next ones.
struct Code {
    x: f32,
    y: f32,
    dx: Vec<f32>,
    dy: Vec<f32>,
}

impl Code {
    /// A place that is not said is that of the code before.
    fn of(e: &Element<'_>, before: Option<Self>) -> Self {
        let steps = |name: &str| e.get(name).map(|steps| deltas(&steps)).unwrap_or_default();
        let (x, y) = before.map_or((0.0, 0.0), |before| (before.x, before.y));
        Self {
            x: e.number("X").unwrap_or(x),
            y: e.number("Y").unwrap_or(y),
            dx: steps("DeltaX"),
            dy: steps("DeltaY"),
        }
    }
}

/// Steps, of which `g 5 4.2` are five of 4.2.
fn deltas(text: &str) -> Vec<f32> {
    let mut all = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
            let step = words.next().and_then(|step| step.parse().ok()).unwrap_or(0.0);
            all.extend(std::iter::repeat_n(step, count.min(STEPS)));
        } else if let Ok(step) = word.parse() {
            all.push(step);
        }
        if all.len() > STEPS {
            break;
        }
    }
    all
}

/// Steps of one text.
const STEPS: usize = 10_000;

fn numbers(text: &str) -> Vec<f32> {
    text.split_ascii_whitespace().filter_map(|word| word.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::archive::packed;
    use super::*;

    #[test]
    fn text_objects_are_joined_to_paragraphs() {
        let line = |y: u32, x: u32, text: &str| {
            format!(
                "<ofd:TextObject Boundary=\"20 {y} 170 6\" Size=\"5.6\"><ofd:TextCode X=\"{x}\" Y=\"5\" \
                 DeltaX=\"g {} 5.6\">{text}</ofd:TextCode></ofd:TextObject>",
                text.chars().count() - 1
            )
        };
        let full = "推动标准化与科技创新互动发展提升产业标准化水平提升水平";
        let lines =
            line(40, 0, full) + &line(50, 0, full) + &line(60, 0, "化。") + &line(70, 0, full);
        let page = format!(
            "<ofd:Page><ofd:Content><ofd:Layer>{lines}</ofd:Layer></ofd:Content></ofd:Page>"
        );
        let bytes = packed(&[
            ("OFD.xml", b"<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
            ("Doc_0/Document.xml", b"<ofd:Document><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/0.xml\"/></ofd:Pages></ofd:Document>"),
            ("Doc_0/Pages/0.xml", page.as_bytes()),
        ]);
        let contents = read(&mut MemberArchive::open(&bytes, 1 << 20).unwrap()).unwrap();
        let super::super::Text::Pieces(pieces) = contents.text else { unreachable!() };
        let shown: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(shown, [format!("{full}{full}化。").as_str(), full]);
    }

    #[test]
    fn steps_may_be_grouped() {
        assert_eq!(deltas("1 g 2 3.5 4"), [1.0, 3.5, 3.5, 4.0]);
        assert_eq!(deltas("g 99999999 1").len(), STEPS);
    }
}
