//! What must hold whatever is read: nothing harmful in a block, the same document every time, no
//! panic, and no more than linear time in nesting.

use proptest::prelude::*;

use super::{Options, RawFile, documents};
use crate::document::Document;
use crate::text::sanitize::sanitize;

fn read(bytes: &[u8]) -> Vec<Document> {
    let raw = RawFile { path: "a/b.txt".into(), bytes: bytes.to_vec().into() };
    documents(raw, &Options::default()).unwrap_or_default()
}

/// Texts that look like what the parsers look for.
fn pieces_of_pages() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "<div>",
        "</div>",
        "<p>",
        "<table><tr><td>",
        "</td></tr></table>",
        "<br>",
        "<h1>",
        "---\n",
        "title: ",
        "\n",
        "　　",
        "第一条 ",
        "一、",
        "（一）",
        "2020年1月2日",
        "來源：",
        "產(chǎn)",
        "(",
        "?",
        "【打印】",
        "# ",
        "| a | b |\n",
        "<%",
        "%>",
        "&nbsp;",
        "\u{1B}[2J",
        "\u{202E}",
        "{\"text\":\"",
        "\"}\n",
        "title,text\n",
        "。",
        "标准化",
        "关于",
        "号",
        "〔2020〕",
        "a",
        "<!--",
        "-->",
        "<script>",
        "原标题：",
        "责任编辑：",
        "发文机关：",
        "\t",
        "│",
        "!",
        "Ａ",
    ]);
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read(&bytes);
    }

    #[test]
    fn blocks_hold_nothing_harmful_and_cleaning_is_deterministic(text in pieces_of_pages()) {
        let documents = read(text.as_bytes());
        for document in &documents {
            let title = std::iter::once(document.metadata.title.as_str());
            let blocks = document.blocks.iter().map(|block| block.text.as_str());
            let removed = document.removed.iter().map(|piece| piece.text.as_str());
            for shown in title.chain(blocks).chain(removed) {
                prop_assert_eq!(sanitize(shown), shown);
            }
            let last = document.blocks.len() as u32;
            prop_assert!(document.outline.iter().all(|heading| heading.block < last));
            prop_assert!(document.removed.iter().all(|piece| piece.before <= last));
        }
        prop_assert_eq!(&documents, &read(text.as_bytes()));
    }
}

#[test]
fn a_page_that_nests_deeper_than_any_stack_is_read() {
    let depth = 100_000;
    let page =
        format!("<html><body>{}<p>正文。</p>{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let documents = read(page.as_bytes());
    let blocks: Vec<&str> =
        documents.iter().flat_map(|d| &d.blocks).map(|b| b.text.as_str()).collect();
    assert_eq!(blocks, ["正文。"]);
}
