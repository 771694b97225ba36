//! HTML read tag by tag without a tree, for pages that nest too deep. Linear in their size; the
//! article is not distinguished from what is around it.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::attributes::Attributes;
use super::walk::{LONGEST_CODE, Walker};
use crate::ingest::page::RawBlock;

/// The pieces of `source` in reading order.
pub(super) fn pieces(source: &str) -> Vec<RawBlock> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(source));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

#[derive(Default)]
struct Sink(RefCell<Walker>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut walker = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => walker.text(&text),
            Token::CommentToken(text) => walker.keep_code(&text, LONGEST_CODE),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                walker.open(&tag.name, &tag);
                return raw_text(&tag);
            }
            Token::TagToken(tag) => walker.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// Inside scripts and style sheets a `<` begins no tag.
fn raw_text(tag: &Tag) -> TokenSinkResult<()> {
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noscript" => TokenSinkResult::RawData(RawKind::Rawtext),
        "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

impl Attributes for Tag {
    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attrs.iter().map(|attr| (&*attr.name.local, &*attr.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_pages_give_their_text_in_order() {
        let source =
            format!("{}<p>甲&nbsp;乙</p>丙<script>a<b</script>{}", "<div>".repeat(9), "</div>");
        let kept: Vec<String> =
            pieces(&source).into_iter().filter(RawBlock::is_kept).map(|piece| piece.text).collect();
        assert_eq!(kept, ["甲 乙", "丙"]);
    }
}
