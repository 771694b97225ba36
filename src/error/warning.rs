//! What was noticed while a file was read, and did not stop anything. A warning is data; its sentence in
//! the language of the interface is in the locale files of the program, under `warning`.

use serde::{Deserialize, Serialize};

use super::Refusal;

/// What was noticed about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Warning {
    /// The title was in the text so many times.
    #[error("title repeated {0} times")]
    TitleRepeated(usize),
    /// So many passages were there twice in a row; one of each is left.
    #[error("removed {0} passages repeated in a row")]
    PassagesRepeated(usize),
    /// So many copies of the whole text were removed.
    #[error("removed {0} duplicate copies of the text")]
    TextRepeated(usize),
    /// So many groups of pinyin between characters were removed.
    #[error("removed {0} injected pinyin groups")]
    InjectedPinyin(usize),
    /// So many NUL characters were removed.
    #[error("removed {0} NUL characters")]
    NulCharacters(usize),
    /// Question marks in the place of spaces were removed from so many lines.
    #[error("removed question marks in place of spaces from {0} lines")]
    LostSpaces(usize),
    /// So many places of damaged GBK, shifted by a byte, were restored.
    #[error("restored {0} places shifted by a byte")]
    ShiftedBytes(usize),
    /// So many characters for private use are shown as 〓.
    #[error("{0} private-use characters are shown as 〓")]
    PrivateUse(usize),
    /// So many places are no text in the encoding of this name.
    #[error("{0} places could not be read as {1}")]
    Undecodable(usize, String),
    /// The source ends at a login wall.
    #[error("the source stops at a login wall; the end of the text is missing")]
    LoginWall,
    /// Cleaning left nothing; the longest removed part is shown.
    #[error("cleaning left nothing; the longest removed part is shown")]
    Rescued,
    /// There is no text that could be a document.
    #[error("no text that could be a document")]
    NoText,
    /// The front matter is malformed and was read line by line.
    #[error("malformed front matter, read line by line")]
    FrontMatter,
    /// The text breaks off, since the file is damaged.
    #[error("the text breaks off: the file is damaged")]
    BreaksOff,
    /// So many records of a web archive break off.
    #[error("{0} records of the archive break off")]
    RecordsBreakOff(usize),
    /// So many parts of the file are missing.
    #[error("{0} parts of the file are missing")]
    PartsMissing(usize),
    /// So many chapters of a book are missing; the name of the first.
    #[error("{0} chapters of the book are missing: {1}")]
    ChaptersMissing(usize, String),
    /// So many chapters of a book have no address.
    #[error("{0} chapters of the book have no address")]
    ChaptersUnnamed(usize),
    /// So many glyphs of a PDF do not say which characters they are.
    #[error("{0} glyphs do not say which characters they are")]
    UnknownGlyphs(usize),
    /// Only the first pages were read.
    #[error("only the first {0} pages are read: split the file")]
    PagesLeftOut(usize),
    /// Only this number of rows of a table was read.
    #[error("only the first {0} rows are read: split the table")]
    RowsLeftOut(usize),
    /// Only this number of MB of a text was read.
    #[error("only the first {0} MB are read: split the file")]
    EndLeftOut(u64),
    /// What exceeds so many MB when unpacked was left out.
    #[error("unpacked, it is larger than {0} MB; the rest is left out")]
    TooLargeUnpacked(u64),
    /// Files of an archive beyond this number were left out.
    #[error("it has more than {0} files; the rest is left out: unpack it")]
    TooManyMembers(usize),
    /// A file of an archive was skipped: its name, and why where that is known.
    #[error("{}: {}; skipped", .0, .1.as_ref().map_or_else(String::new, ToString::to_string))]
    MemberSkipped(String, Option<Refusal>),
    /// A cached text can no longer be read.
    #[error("the text can no longer be read")]
    Lost,
}

impl Warning {
    /// Its name in the texts of the interface.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TitleRepeated(_) => "title-repeated",
            Self::PassagesRepeated(_) => "passages-repeated",
            Self::TextRepeated(_) => "text-repeated",
            Self::InjectedPinyin(_) => "injected-pinyin",
            Self::NulCharacters(_) => "nul-characters",
            Self::LostSpaces(_) => "lost-spaces",
            Self::ShiftedBytes(_) => "shifted-bytes",
            Self::PrivateUse(_) => "private-use",
            Self::Undecodable(..) => "undecodable",
            Self::LoginWall => "login-wall",
            Self::Rescued => "rescued",
            Self::NoText => "no-text",
            Self::FrontMatter => "front-matter",
            Self::BreaksOff => "breaks-off",
            Self::RecordsBreakOff(_) => "records-break-off",
            Self::PartsMissing(_) => "parts-missing",
            Self::ChaptersMissing(..) => "chapters-missing",
            Self::ChaptersUnnamed(_) => "chapters-unnamed",
            Self::UnknownGlyphs(_) => "unknown-glyphs",
            Self::PagesLeftOut(_) => "pages-left-out",
            Self::RowsLeftOut(_) => "rows-left-out",
            Self::EndLeftOut(_) => "end-left-out",
            Self::TooLargeUnpacked(_) => "too-large-unpacked",
            Self::TooManyMembers(_) => "too-many-members",
            Self::MemberSkipped(..) => "member-skipped",
            Self::Lost => "lost",
        }
    }

    /// What its sentence names, in order: counts and names. Why a member was skipped is not among them,
    /// since it is a text of its own.
    pub fn details(&self) -> Vec<String> {
        match self {
            Self::TitleRepeated(n)
            | Self::PassagesRepeated(n)
            | Self::TextRepeated(n)
            | Self::InjectedPinyin(n)
            | Self::NulCharacters(n)
            | Self::LostSpaces(n)
            | Self::ShiftedBytes(n)
            | Self::PrivateUse(n)
            | Self::RecordsBreakOff(n)
            | Self::PartsMissing(n)
            | Self::ChaptersUnnamed(n)
            | Self::UnknownGlyphs(n)
            | Self::PagesLeftOut(n)
            | Self::RowsLeftOut(n)
            | Self::TooManyMembers(n) => vec![n.to_string()],
            Self::TooLargeUnpacked(megabytes) | Self::EndLeftOut(megabytes) => {
                vec![megabytes.to_string()]
            }
            Self::Undecodable(n, name) | Self::ChaptersMissing(n, name) => {
                vec![n.to_string(), name.clone()]
            }
            Self::MemberSkipped(name, _) => vec![name.clone()],
            Self::LoginWall
            | Self::Rescued
            | Self::NoText
            | Self::FrontMatter
            | Self::BreaksOff
            | Self::Lost => Vec::new(),
        }
    }

    /// Every kind of warning, once.
    pub fn all() -> [Self; 26] {
        [
            Self::TitleRepeated(2),
            Self::PassagesRepeated(1),
            Self::TextRepeated(1),
            Self::InjectedPinyin(1),
            Self::NulCharacters(1),
            Self::LostSpaces(1),
            Self::ShiftedBytes(1),
            Self::PrivateUse(1),
            Self::Undecodable(1, "gbk".to_owned()),
            Self::LoginWall,
            Self::Rescued,
            Self::NoText,
            Self::FrontMatter,
            Self::BreaksOff,
            Self::RecordsBreakOff(1),
            Self::PartsMissing(1),
            Self::ChaptersMissing(1, "1.xhtml".to_owned()),
            Self::ChaptersUnnamed(1),
            Self::UnknownGlyphs(1),
            Self::PagesLeftOut(1),
            Self::RowsLeftOut(1),
            Self::EndLeftOut(64),
            Self::TooLargeUnpacked(64),
            Self::TooManyMembers(1),
            Self::MemberSkipped("a.pdf".to_owned(), None),
            Self::Lost,
        ]
    }
}
