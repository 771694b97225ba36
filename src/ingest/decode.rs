//! Decoding: from bytes to text, whatever the file is labelled. Second stage of the line.
//!
//! The order: what the user named; a byte order mark; valid UTF-8, which no other encoding is by
//! chance; a declaration that the bytes agree with; and last a guess over all the bytes (a prefix
//! of a GBK file looks like windows-1252 too often). GB2312 and GBK are read as GB18030, which
//! holds both: pages that declare the smaller one use the larger.

mod frequencies;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED,
};
use regex::bytes::Regex;

use super::Options;
use super::load::RawFile;
use super::pattern::bytes_built_in;
use crate::document::{Encoding, EncodingEvidence};
use crate::error::{Error, NotText, Result, Warning};

type Charset = &'static encoding_rs::Encoding;

/// The text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Where the file lies.
    pub path: PathBuf,
    /// Its text; lines end with `\n`.
    pub text: String,
    /// The encoding and how it was found.
    pub encoding: Encoding,
    /// What was noticed.
    pub warnings: Vec<Warning>,
}

/// Decodes `raw`.
///
/// # Errors
/// The file is no text: a known binary format, or bytes that no encoding makes text of.
pub(super) fn decode(raw: RawFile, options: &Options) -> Result<Decoded> {
    let RawFile { path, bytes } = raw;
    if let Some(what) = binary_format(&bytes) {
        return Err(Error::NotText { path, what });
    }
    let choice = choose(&bytes, options);
    let (charset, evidence, DecodedText { text, damaged }) =
        (choice.charset, choice.evidence, choice.text(&bytes));
    check_is_text(&text, evidence, &path)?;
    let evidence = if damaged { EncodingEvidence::Doubtful } else { evidence };
    let encoding = Encoding { name: charset.name().to_owned(), evidence };
    let warnings = damaged.then(|| unreadable(&text, charset)).into_iter().collect();
    let text = without_marks(text);
    if text.trim().is_empty() {
        return Err(Error::Empty { path });
    }
    Ok(Decoded { path, text: with_plain_line_ends(text), encoding, warnings })
}

/// The text of `bytes`, a part of a file whose surroundings declare its encoding.
pub(super) fn text_declared(bytes: &[u8], declared: Option<Charset>) -> String {
    let is_sure = marked(bytes).or_else(|| valid_utf8(bytes)).is_some();
    let declared = declared.map(widened).filter(|charset| !is_sure && *charset != UTF_8);
    match declared.and_then(|charset| fitting(charset, bytes)) {
        Some(read) => with_plain_line_ends(without_marks(read.text)),
        None => text_of(bytes),
    }
}

/// The text of `bytes`, a part of a file, in whatever encoding.
pub(super) fn text_of(bytes: &[u8]) -> String {
    let text = choose(bytes, &Options::default()).text(bytes).text;
    with_plain_line_ends(without_marks(text))
}

fn unreadable(text: &str, charset: Charset) -> Warning {
    let count = unreadable_places(text);
    Warning::Undecodable(count, charset.name().to_owned())
}

fn unreadable_places(text: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}").count()
}

struct Choice<'b> {
    charset: Charset,
    evidence: EncodingEvidence,
    /// Bytes of the mark in front of the text.
    mark: usize,
    /// The text, where it was decoded to see whether the encoding fits.
    read: Option<DecodedText<'b>>,
}

/// What an encoding makes of bytes.
struct DecodedText<'b> {
    text: Cow<'b, str>,
    /// True where some of them could not be read.
    damaged: bool,
}

impl<'b> DecodedText<'b> {
    fn of(charset: Charset, bytes: &'b [u8]) -> Self {
        let (text, damaged) = charset.decode_without_bom_handling(bytes);
        Self { text, damaged }
    }
}

impl<'b> Choice<'b> {
    fn new(charset: Charset, evidence: EncodingEvidence) -> Self {
        Self { charset, evidence, mark: 0, read: None }
    }

    fn text(self, bytes: &'b [u8]) -> DecodedText<'b> {
        let body = bytes.get(self.mark..).unwrap_or_default();
        self.read.unwrap_or_else(|| DecodedText::of(self.charset, body))
    }
}

fn choose<'b>(bytes: &'b [u8], options: &Options) -> Choice<'b> {
    forced(bytes, options)
        .or_else(|| marked(bytes))
        .or_else(|| valid_utf8(bytes))
        .or_else(|| wide_without_mark(bytes))
        .or_else(|| declared(bytes))
        .unwrap_or_else(|| guessed(bytes))
}

/// True for the name or a label of an encoding (WHATWG).
pub fn is_encoding(name: &str) -> bool {
    encoding_rs::Encoding::for_label(name.as_bytes()).is_some()
}

fn forced<'b>(bytes: &'b [u8], options: &Options) -> Option<Choice<'b>> {
    let charset = widened(encoding_rs::Encoding::for_label(options.encoding.as_ref()?.as_bytes())?);
    let mark = match encoding_rs::Encoding::for_bom(bytes) {
        Some((named, length)) if named == charset => length,
        _ => 0,
    };
    Some(Choice { mark, ..Choice::new(charset, EncodingEvidence::Forced) })
}

/// GB18030 where one of its subsets is named.
fn widened(charset: Charset) -> Charset {
    if charset == GBK { GB18030 } else { charset }
}

fn marked(bytes: &[u8]) -> Option<Choice<'_>> {
    let (charset, mark) = encoding_rs::Encoding::for_bom(bytes)?;
    Some(Choice { mark, ..Choice::new(charset, EncodingEvidence::Mark) })
}

/// Damaged places a file of this many multi-byte characters may have and still be UTF-8.
const SOUND_PER_DAMAGED: usize = 100;

fn valid_utf8(bytes: &[u8]) -> Option<Choice<'_>> {
    // Many times faster than the standard library's.
    if encoding_rs::Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return Some(Choice::new(UTF_8, EncodingEvidence::Valid));
    }
    // A cut or slightly damaged file: nothing but UTF-8 has so many sound sequences.
    let (mut sound, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
        if damaged > SOUND_PER_DAMAGED && sound < damaged {
            return None;
        }
    }
    (sound >= damaged * SOUND_PER_DAMAGED || (damaged == 1 && sound >= 8))
        .then(|| Choice::new(UTF_8, EncodingEvidence::Doubtful))
}

/// UTF-16 without a mark: Chinese text in it has line ends and digits with a zero byte, always on
/// the same side.
fn wide_without_mark(bytes: &[u8]) -> Option<Choice<'_>> {
    memchr::memchr(0, bytes)?;
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = bytes.len() / 100 + 1;
    let charset = match (even, odd) {
        (0, n) if n >= enough => UTF_16LE,
        (n, 0) if n >= enough => UTF_16BE,
        _ => return None,
    };
    Some(Choice::new(charset, EncodingEvidence::Detected))
}

/// A declaration is in a meta tag, an XML head or a JSP directive; a charset named anywhere
/// else (a script's address, a running text) declares nothing.
static DECLARATION: LazyLock<Regex> = LazyLock::new(|| {
    bytes_built_in(concat!(
        r#"(?i-u)<(?:meta\s[^>]{0,300}?charset|\?xml\s[^>]{0,200}?encoding"#,
        r#"|%@\s*page\s[^>]{0,300}?(?:charset|pageEncoding))\s*=\s*["']?\s*([a-z0-9_:.-]+)"#
    ))
});

/// Bytes in which a declaration is looked for: long heads of scripts come before some.
const HEAD: usize = 64 << 10;

fn declared(bytes: &[u8]) -> Option<Choice<'_>> {
    let head = bytes.get(..HEAD.min(bytes.len()))?;
    let label = DECLARATION.captures(head)?.get(1)?.as_bytes();
    let charset = widened(encoding_rs::Encoding::for_label(label)?);
    let believable = charset != UTF_8 && charset != X_USER_DEFINED && !charset.is_single_byte();
    let read = Some(fitting(charset, bytes).filter(|_| believable)?);
    Some(Choice { read, ..Choice::new(charset, EncodingEvidence::Declared) })
}

fn guessed(bytes: &[u8]) -> Choice<'_> {
    if let Some(charset) = frequencies::chinese(bytes) {
        return Choice::new(charset, EncodingEvidence::Detected);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = widened(detector.guess(None, Utf8Detection::Allow));
    Choice::new(better_of(guess, bytes), EncodingEvidence::Detected)
}

/// Damage rules out every encoding for the detector, and what is left then is a Western one that
/// reads anything. A Chinese file with a damaged place is read as what fits best.
fn better_of(guess: Charset, bytes: &[u8]) -> Charset {
    if !guess.is_single_byte() {
        return guess;
    }
    [GB18030, BIG5, EUC_KR, SHIFT_JIS, EUC_JP]
        .into_iter()
        .min_by_key(|charset| damage(charset, bytes))
        .filter(|charset| fitting(charset, bytes).is_some())
        .unwrap_or(guess)
}

/// Places of `bytes` that `charset` cannot read.
fn damage(charset: Charset, bytes: &[u8]) -> usize {
    unreadable_places(&DecodedText::of(charset, bytes).text)
}

/// The text of `bytes` where `charset` reads nearly all of them; the end of a cut file may be half a
/// character.
fn fitting(charset: Charset, bytes: &[u8]) -> Option<DecodedText<'_>> {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let read = DecodedText::of(charset, bytes);
    let damage = unreadable_places(&read.text);
    (damage.saturating_sub(1) * SOUND_PER_DAMAGED <= high).then_some(read)
}

/// Control characters and unreadable places beyond which bytes are no text, as a share of 1/N.
const TEXT_PER_NOISE: usize = 50;
/// The same where UTF-8 is certain: bytes that are no text are hardly ever valid, so that such
/// characters were put there by somebody, and come out when the text is cleaned.
const UTF_8_PER_NOISE: usize = 4;

fn check_is_text(text: &str, evidence: EncodingEvidence, path: &std::path::Path) -> Result<()> {
    let noise = noise(text);
    let certain = matches!(evidence, EncodingEvidence::Valid | EncodingEvidence::Mark);
    let per_noise = if certain && text.chars().any(crate::text::is_han) {
        UTF_8_PER_NOISE
    } else {
        TEXT_PER_NOISE
    };
    if noise >= 2 && noise * per_noise > text.chars().count() {
        let what = NotText::NoEncoding;
        return Err(Error::NotText { path: path.to_owned(), what });
    }
    Ok(())
}

/// Control characters and unreadable places of `text`. Escape is left out: the output of a terminal
/// is a text.
fn noise(text: &str) -> usize {
    let controls: usize = text.as_bytes().chunks(COUNTED).map(controls).sum();
    // U+0080 to U+009F, of which U+0085 ends a line.
    let bytes = text.as_bytes();
    let is_high = |at: usize| matches!(bytes.get(at + 1), Some(0x80..=0x9F)) && !is_nel(bytes, at);
    let high = memchr::memchr_iter(0xC2, bytes).filter(|at| is_high(*at)).count();
    controls + high + unreadable_places(text)
}

/// Bytes whose count fits into a byte, so that many are counted at once.
const COUNTED: usize = 128;

fn controls(bytes: &[u8]) -> usize {
    let is_control = |b: u8| ((b < 0x20) & !is_layout(b)) | (b == 0x7F);
    bytes.iter().fold(0u8, |count, b| count + u8::from(is_control(*b))).into()
}

fn is_nel(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1) == Some(&0x85)
}

fn is_layout(byte: u8) -> bool {
    // Tab to carriage return, and escape.
    (byte.wrapping_sub(b'\t') <= b'\r' - b'\t') | (byte == 0x1B)
}

/// `text` without byte order marks: files that were put together leave one for each.
fn without_marks(text: Cow<'_, str>) -> Cow<'_, str> {
    match memchr::memmem::find(text.as_bytes(), "\u{FEFF}".as_bytes()) {
        Some(_) => text.replace('\u{FEFF}', "").into(),
        None => text,
    }
}

/// `\n` for every line end that files have: CRLF, CR, NEL, LS and PS.
fn with_plain_line_ends(text: Cow<'_, str>) -> String {
    let text = without_returns(text);
    let has = |end: &&str| memchr::memmem::find(text.as_bytes(), end.as_bytes()).is_some();
    match ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(has) {
        true => text.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n"),
        false => text.into_owned(),
    }
}

/// `text` with `\n` for each CRLF and CR.
fn without_returns(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        let (line, behind) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(line);
        out.push('\n');
        let behind = behind.get(1..).unwrap_or_default();
        rest = behind.strip_prefix('\n').unwrap_or(behind);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The name of a binary format by its first bytes.
fn binary_format(bytes: &[u8]) -> Option<NotText> {
    const FORMATS: [(&[u8], NotText); 10] = [
        (b"\x89PNG", NotText::Image),
        (b"\xFF\xD8\xFF", NotText::Image),
        (b"GIF8", NotText::Image),
        (b"\x7FELF", NotText::Program),
        (b"MZ\x90", NotText::Program),
        (b"BZh", NotText::Archive),
        (b"\xFD7zXZ", NotText::Archive),
        (b"7z\xBC\xAF", NotText::Archive),
        (b"Rar!", NotText::Archive),
        (b"SQLite format 3", NotText::Database),
    ];
    FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}
