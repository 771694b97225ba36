//! PDF files: the interpreter of hayro says which glyph is set where, and `paged` makes a text of
//! them. Files with an owner password open without one; the rest is refused in words.

use std::sync::Arc;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::{Contents, limits};
use crate::error::{Refusal, Warning};
use crate::ingest::paged::{Direction, Glyph, Joiner, Rule, Sheet};

/// Bytes in which the mark of a PDF is looked for: some begin with other bytes.
const HEAD: usize = 1024;

/// True for the beginning of a PDF.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let at = memchr::memmem::find(head, b"%PDF-");
    at.is_some_and(|at| head.get(..at).is_some_and(|before| !before.contains(&b'\n') || at < 64))
}

/// Reads the PDF `bytes`.
pub(super) fn read(bytes: &[u8]) -> Result<Contents, Refusal> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Refusal::NeedsPassword,
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let mut joiner = Joiner::default();
    let mut seen = Seen::default();
    let mut cut = None;
    for (number, page) in pdf.pages().iter().enumerate() {
        if number >= limits::PAGES || seen.glyphs > limits::GLYPHS {
            cut = Some(number);
            break;
        }
        let (width, height) = page.render_dimensions();
        let initial = page.initial_transform(true).to_kurbo();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let settings = InterpreterSettings::default();
        let mut context = Context::new(initial, bounds, &cache, pdf.xref(), settings);
        let mut device = Extractor { bounds, ..Extractor::default() };
        interpret_page(page, &mut context, &mut device);
        seen.glyphs += device.glyphs.len() + device.unknown;
        seen.unknown += device.unknown;
        seen.pictures += device.pictures;
        seen.known += device.glyphs.len();
        joiner.add(Sheet::turned(device.glyphs, device.rules, (width, height)));
    }
    if seen.known == 0 || seen.unknown > seen.known {
        return Err(match () {
            () if seen.unknown > 0 => Refusal::NoCharacterMap,
            () if seen.pictures > 0 => Refusal::OnlyPictures,
            () => Refusal::NoText,
        });
    }
    let mut contents = Contents { kind: "pdf".into(), ..Contents::pieces(joiner.finish()) };
    if let Some(pages) = cut {
        contents.warn(Warning::PagesLeftOut(pages));
    }
    if seen.unknown > 0 {
        contents.warn(Warning::UnknownGlyphs(seen.unknown));
    }
    Ok(contents)
}

/// What pages had so far.
#[derive(Default)]
struct Seen {
    glyphs: usize,
    known: usize,
    unknown: usize,
    pictures: usize,
}

/// Takes down what is drawn on a page.
#[derive(Default)]
struct Extractor {
    bounds: Rect,
    /// Glyphs with the direction of their line.
    glyphs: Vec<(Glyph, Direction)>,
    rules: Vec<Rule>,
    /// Glyphs of no known character.
    unknown: usize,
    pictures: usize,
}

/// Rules of a page that are kept; drawings have more.
const RULES: usize = 5000;

impl Extractor {
    fn glyph(&mut self, transform: Affine, glyph: &PositionedGlyph<'_>, mode: WritingMode) {
        let Some(text) = text_of(glyph) else {
            self.unknown += 1;
            return;
        };
        let whole = transform * glyph.transform();
        let at = whole * Point::ZERO;
        let vector = |x: f64, y: f64| whole * Point::new(x, y) - at;
        let advance = match &**glyph {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(drawn) => drawn.advance_width(),
        };
        let along = vector(f64::from(advance.unwrap_or(EM as f32)), 0.0);
        let size = vector(0.0, EM).hypot();
        let direction = match mode {
            WritingMode::Horizontal => {
                let unit = vector(EM, 0.0);
                Direction::of(unit.x as f32, unit.y as f32)
            }
            // Lines that run down, from right to left.
            WritingMode::Vertical => Direction::Down,
        };
        if !self.bounds.inflate(self.bounds.width() * 0.1, self.bounds.height() * 0.1).contains(at)
        {
            return;
        }
        let count = text.chars().count().max(1) as f64;
        let width = if mode == WritingMode::Vertical { size } else { along.hypot() } / count;
        let step = if mode == WritingMode::Vertical { vector(0.0, -EM) } else { along } / count;
        for (nth, c) in text.chars().enumerate() {
            let at = at + step * nth as f64;
            let glyph =
                Glyph { c, x: at.x as f32, y: at.y as f32, width: width as f32, size: size as f32 };
            self.glyphs.push((glyph, direction));
        }
    }

    fn line(&mut self, a: Point, b: Point) {
        let flat = (a.x - b.x).abs() < 1.0 || (a.y - b.y).abs() < 1.0;
        if flat && self.rules.len() < RULES {
            let sorted = |a: f64, b: f64| (a.min(b) as f32, a.max(b) as f32);
            self.rules.push(Rule { x: sorted(a.x, b.x), y: sorted(a.y, b.y) });
        }
    }
}

/// Units of a glyph's em.
const EM: f64 = 1000.0;

fn text_of(glyph: &PositionedGlyph<'_>) -> Option<String> {
    let text = match glyph.as_unicode()? {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    };
    let unknown = |c: char| c == '\0' || c == '\u{FFFD}' || matches!(c, '\u{E000}'..='\u{F8FF}');
    (!text.is_empty() && !text.chars().all(unknown)).then_some(text)
}

impl<'a> Device<'a> for Extractor {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let elements = path.elements();
        if elements.len() > RULES || self.rules.len() >= RULES {
            return;
        }
        if !matches!(mode, DrawMode::Stroke(_)) {
            // A filled rectangle is a line where it is thin.
            let drawn = props.transform.transform_rect_bbox(path.bounding_box());
            if drawn.width().min(drawn.height()) < 2.5 {
                let (x, y) = (drawn.center().x, drawn.center().y);
                match drawn.width() > drawn.height() {
                    true => self.line(Point::new(drawn.x0, y), Point::new(drawn.x1, y)),
                    false => self.line(Point::new(x, drawn.y0), Point::new(x, drawn.y1)),
                }
            }
            return;
        }
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        for element in elements {
            match element {
                PathEl::MoveTo(to) => (start, at) = (*to, *to),
                PathEl::LineTo(to) => {
                    self.line(props.transform * at, props.transform * *to);
                    at = *to;
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => at = *to,
                PathEl::ClosePath => {
                    self.line(props.transform * at, props.transform * start);
                    at = start;
                }
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if self.glyphs.len() > limits::GLYPHS {
            return;
        }
        for glyph in run.glyphs() {
            self.glyph(props.transform, glyph, run.writing_mode());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
