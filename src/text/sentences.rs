//! Sentences: the pieces of a block that end with 。！？ or ；. They are what is set side by side
//! where two documents mention one theme, and where a passage nearest in wording is searched for.

use crate::text::Span;

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | ';')
}

/// Marks that belong to the sentence that they close.
fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》')
}

/// The sentences of `text` in order, as characters, without spaces before them. Together they hold
/// every character that is no such blank.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = None;
    let mut ended = false;
    let mut length = 0;
    for (at, c) in (0u32..).zip(text.chars()) {
        length = at + 1;
        let goes_on = ends_sentence(c) || closes(c);
        if let Some(begun) = start.filter(|_| ended && !goes_on) {
            spans.push(Span::new(begun, at));
            start = None;
            ended = false;
        }
        if start.is_none() && !c.is_whitespace() {
            start = Some(at);
        }
        ended |= ends_sentence(c);
    }
    spans.extend(start.map(|begun| Span::new(begun, length)));
    spans
}

/// The sentence of `text` in which `character` is; the last one for a character after all of them.
/// `None` where there is no sentence.
pub fn sentence_at(text: &str, character: u32) -> Option<Span> {
    let all = sentences(text);
    let at = all.partition_point(|span| span.end <= character);
    all.get(at).or(all.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_behind_its_mark_and_closing_quotation_marks() {
        let text = "他说：“加快建设！”　二是推进；三是";
        let parts: Vec<_> = sentences(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(parts, ["他说：“加快建设！”", "二是推进；", "三是"]);
        assert_eq!(sentences(""), []);
        assert_eq!(sentences("　 "), []);
    }
}
