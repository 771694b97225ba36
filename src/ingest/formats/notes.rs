//! Marks that editors of notes (Obsidian) and makers of sites (Hugo, Hexo) add to Markdown: links to
//! other notes are their text, embedded files, comments, short codes and names of blocks are not.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

#[expect(clippy::expect_used, reason = "built-in pattern")]
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?s)(?P<embed>!\[\[[^\]\n]+\]\])",
        r"|\[\[(?P<link>[^\]\n|]+)(?:\|(?P<shown>[^\]\n]+))?\]\]",
        r"|(?P<comment>%%.*?%%)",
        r"|==(?P<bright>[^=\n]+)==",
        r"|(?P<code>\{\{[<%].*?[%>]\}\}|\{%[^\n]*?%\})",
        r"|(?m:(?P<block>[ \t]\^[A-Za-z0-9-]+[ \t]*$))",
        r"|(?m:^(?P<quote>[ \t]*>[ \t]*)\[![A-Za-z-]+\][+-]?[ \t]*)",
        r"|(?m:(?P<query>^```(?:dataview|dataviewjs|query|tasks)\b.*?^```[ \t]*$))"
    ))
    .expect("the pattern of marks compiles")
});

/// `text` without such marks.
pub(in crate::ingest) fn without_marks(text: &str) -> Cow<'_, str> {
    let may_have =
        ["[[", "%%", "==", "{{", "{%", " ^", "[!", "```dataview", "```query", "```tasks"];
    if !may_have.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    {
        return Cow::Borrowed(text);
    }
    MARK.replace_all(text, |found: &Captures<'_>| {
        let part = |name: &str| found.name(name).map(|part| part.as_str());
        if let Some(link) = part("link") {
            // A link into a note is called by the note.
            let note = link.split(['#', '^']).next().filter(|note| !note.is_empty());
            return part("shown").unwrap_or(note.unwrap_or(link)).to_owned();
        }
        part("bright").or(part("quote")).unwrap_or_default().to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_their_text_and_other_marks_go() {
        for (text, plain) in [
            (
                "见 [[上海条例|上海的条例]] 与 [[深圳条例#第二章]]，![[图.png]]",
                "见 上海的条例 与 深圳条例，",
            ),
            ("==高亮==推动%%批注%%[[人工智能]]发展", "高亮推动人工智能发展"),
            ("正文。 ^block1\n下文", "正文。\n下文"),
            ("> [!note] 摘录\n> 正文", "> 摘录\n> 正文"),
            ("{{< notice >}}短码{{< /notice >}}", "短码"),
            ("```dataview\nlist\n```\n后", "\n后"),
            ("a == b 与 2^10，[[]]", "a == b 与 2^10，[[]]"),
        ] {
            assert_eq!(without_marks(text), plain);
        }
    }
}
