//! What a page prints about itself in lines of its own: the other title, who wrote it, who edited
//! it. Each such line becomes metadata and leaves the article.

use std::sync::LazyLock;

use regex::Regex;

use super::page::{Page, Piece};
use crate::document::{Metadata, RemovalReason};

/// Reads such lines of `page`.
pub(super) fn read_lines(page: &mut Page) {
    let Page { metadata, pieces, .. } = page;
    for piece in pieces.iter_mut().filter(|piece| piece.is_kept()) {
        if let Some(reason) = read(piece, metadata) {
            piece.remove(reason);
        }
    }
}

/// Characters of the longest line that is looked at.
const LONGEST: usize = 150;

fn read(piece: &Piece, known: &mut Metadata) -> Option<RemovalReason> {
    let line = piece.text.as_str();
    if line.chars().nth(LONGEST).is_some() {
        return None;
    }
    let (reason, field, value) = match () {
        () if let Some(title) = captured(&ORIGINAL_TITLE, line) => {
            (RemovalReason::OriginalTitle, &mut known.original_title, title)
        }
        () if let Some(editor) = captured(&EDITOR, line) => {
            (RemovalReason::EditorLine, &mut known.editor, editor)
        }
        () if BYLINE.as_ref().is_some_and(|pattern| pattern.is_match(line)) => {
            (RemovalReason::Byline, &mut known.byline, line)
        }
        () => return None,
    };
    if field.is_none() && !value.is_empty() {
        *field = Some(value.to_owned());
    }
    Some(reason)
}

type Pattern = LazyLock<Option<Regex>>;

static ORIGINAL_TITLE: Pattern = LazyLock::new(|| {
    Regex::new(r"^[（(【\[]?\s*原(?:标题|題|标题为|标题是)\s*[:：]\s*(.+?)\s*[)）】\]]?$").ok()
});

static EDITOR: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[（(【\[]?\s*(?:责任编辑|責任編輯|责编|責編|本文编辑|值班编辑|编辑|編輯)\s*[:：]\s*",
        r"(.{0,40}?)\s*[)）】\]]?$"
    ))
    .ok()
});

static BYLINE: Pattern = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:[（(]\s*)?(?:[^\s，。：:]{0,10}\s*)?(?:见习|实习|本报|特约|首席)?(?:记者|通讯员)",
        r"\s*[:：]?\s*(?:[\p{Han}·]{1,5}[\s、，/|]*){1,6}(?:[)）])?(?:\s*(?:报道|文|摄|图))?$"
    ))
    .ok()
});

static NUMBER: Pattern = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}（）()]{1,20}[〔\[［﹝（(【]\s*(?:19|20)\d{2}\s*[〕\]］﹞）)】]\s*第?\s*\d{1,5}\s*号$").ok()
});

/// True for a line that is a 发文字号 and nothing else: 国发〔2019〕5号.
pub(super) fn is_document_number(line: &str) -> bool {
    NUMBER.as_ref().is_some_and(|pattern| pattern.is_match(line.trim()))
}

fn captured<'t>(pattern: &Pattern, line: &'t str) -> Option<&'t str> {
    pattern.as_ref()?.captures(line)?.get(1).map(|found| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_the_page_become_metadata() {
        let mut known = Metadata::default();
        let mut read = |line: &str| read(&Piece::text(line), &mut known);
        assert_eq!(read("（原标题：甲与乙）"), Some(RemovalReason::OriginalTitle));
        assert_eq!(read("责任编辑：张三"), Some(RemovalReason::EditorLine));
        assert_eq!(read("见习记者 李四"), Some(RemovalReason::Byline));
        assert_eq!(read("本报记者 王五 赵六"), Some(RemovalReason::Byline));
        assert_eq!(read("记者从市场监管局获悉，今年将修订标准。"), None);
        assert_eq!(read("编辑出版工作要点"), None);
        assert_eq!(known.original_title.as_deref(), Some("甲与乙"));
        assert_eq!(known.editor.as_deref(), Some("张三"));
        assert_eq!(known.byline.as_deref(), Some("见习记者 李四"));
    }
}
