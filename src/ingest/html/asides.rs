//! What inside the article's element is none of the article, by its form: lists of links, fields to
//! fill in, and what is both called and made as surroundings are. Lists that the text itself announces,
//! annexes above all, stay.

use ego_tree::{NodeId, NodeRef};
use rustc_hash::FxHashMap;
use scraper::{ElementRef, Html, Node};

use super::inner_text::{first_line, text_of};
use super::tag::ElementRole;
use super::weights::{Weighed, Weights};
use crate::document::RemovalReason;
use crate::ingest::numbering::{Mark, mark_of};

/// Links that make a list.
const LIST: usize = 4;
/// Links in the middle of an article that may be its own although nothing announces them.
const OWN: usize = 8;
/// Characters of a part without a sentence that goes by its name.
const SHORT: usize = 30;

/// What below the element at `main` is none of the article, each with the reason.
pub(super) fn asides(
    tree: &Html,
    weights: &Weights,
    main: usize,
) -> FxHashMap<NodeId, RemovalReason> {
    let mut found = FxHashMap::default();
    let Some(whole) = weights.get(main) else { return found };
    let judge = Judge { tree, weights, main, whole };
    let mut at = main + 1;
    while let Some(node) = weights.get(at).filter(|_| at < whole.end) {
        at = match judge.verdict(at, node) {
            Verdict::Goes(reason) => {
                found.insert(node.id, reason);
                node.end
            }
            Verdict::Stays => node.end,
            Verdict::Open => at + 1,
        };
    }
    found
}

/// What becomes of an element.
enum Verdict {
    Goes(RemovalReason),
    /// It stays, and all that is inside it.
    Stays,
    /// It stays, and what is inside it is looked at.
    Open,
}

struct Judge<'t> {
    tree: &'t Html,
    weights: &'t Weights,
    main: usize,
    whole: &'t Weighed,
}

impl Judge<'_> {
    fn verdict(&self, at: usize, node: &Weighed) -> Verdict {
        let own = node.weight;
        let holds = node.is_block()
            && !matches!(node.role, Some(ElementRole::Break | ElementRole::Heading(_)));
        let is_half = own.prose * 2 > self.whole.weight.prose && own.prose > 0;
        if !holds || is_half || own.chars == 0 {
            return Verdict::Open;
        }
        if own.controls > 0 && own.sentences == 0 && own.chars < 10 * SHORT {
            return Verdict::Goes(RemovalReason::Navigation);
        }
        if let Some(reason) = node.aside.filter(|_| self.is_made_as_named(at, node)) {
            return Verdict::Goes(reason);
        }
        match self.is_link_list(node) {
            true if self.is_own_list(at, node) => Verdict::Stays,
            true => Verdict::Goes(RemovalReason::RelatedList),
            false => Verdict::Open,
        }
    }

    /// True where an element that is called as surroundings are is also made as they are.
    fn is_made_as_named(&self, at: usize, node: &Weighed) -> bool {
        let own = node.weight;
        let first = self.tree.tree.get(node.id).and_then(first_line).unwrap_or_default();
        if own.linked > 0 && is_heading_of_list(&first) {
            return true;
        }
        if own.sentences > 0 {
            return own.linked * 4 > own.chars || own.controls > 0;
        }
        if own.linked * 2 > own.chars || own.controls > 0 {
            return !self.is_own_list(at, node);
        }
        let has_heading = self.weights.headings.iter().any(|one| self.weights.is_inside(*one, at));
        let in_container =
            self.weights.containers.iter().any(|one| {
                self.weights.is_inside(at, *one) && self.weights.is_inside(*one, self.main)
            });
        let is_speech = own.prose > 0 && own.likely == 0;
        (is_speech || own.chars < SHORT) && !has_heading && !in_container
    }

    /// Links and hardly anything else.
    fn is_link_list(&self, node: &Weighed) -> bool {
        let own = node.weight;
        let share = match self.weights.data_tables.contains(&node.id) {
            // The names of a table of data may be links.
            true => 9,
            false => 7,
        };
        own.links >= LIST && own.linked * 10 >= own.chars * share && own.sentences == 0
    }

    /// True for a list of links that the article itself has: announced by the line before it, numbered,
    /// of files, or a few in the middle of it.
    fn is_own_list(&self, at: usize, list: &Weighed) -> bool {
        let Some(node) = self.tree.tree.get(list.id) else { return false };
        let first = text_of(node, 8);
        let before = self.line_before(node);
        let announces = |line: &str| {
            const LISTED: [&str; 5] = ["如下", "下列", "以下", "列出", "目录"];
            line.ends_with(['：', ':'])
                || line.starts_with("附件")
                || line.starts_with("附：")
                || line.ends_with('。') && LISTED.iter().any(|word| line.contains(word))
        };
        if is_heading_of_list(&before) || is_heading_of_list(&first) {
            return false;
        }
        if first.starts_with("附件") || first.starts_with("附：") || announces(&before) {
            return true;
        }
        let links: Vec<ElementRef<'_>> = node
            .descendants()
            .filter_map(ElementRef::wrap)
            .filter(|element| element.value().name() == "a")
            .collect();
        let own = links.iter().filter(|link| is_own_link(link)).count();
        own * 2 >= links.len() || (links.len() <= OWN && self.is_in_the_middle(at, list))
    }

    /// Prose directly before and after it, in the same element.
    fn is_in_the_middle(&self, at: usize, list: &Weighed) -> bool {
        let beside = |one: &usize| self.weights.weight(*one).sentences > 0;
        let around: Vec<usize> = self.weights.children(list.around).collect();
        let place = around.iter().position(|one| *one == at).unwrap_or_default();
        let (before, behind) = around.split_at(place);
        let is_listed = list.aside.is_some();
        !is_listed && before.iter().any(beside) && behind.iter().skip(1).any(beside)
    }

    /// The last line with text before `node`, inside the article.
    fn line_before(&self, node: NodeRef<'_, Node>) -> String {
        let mut here = node;
        for _ in 0..DEPTH {
            for before in here.prev_siblings().take(DEPTH) {
                let text = text_of(before, LINE + 1);
                if !text.is_empty() {
                    return if text.chars().count() > LINE { String::new() } else { text };
                }
            }
            match here.parent() {
                Some(around) if around.id() != self.whole.id => here = around,
                _ => break,
            }
        }
        String::new()
    }
}

/// How far a line before a list is searched for, and its characters at most.
const DEPTH: usize = 8;
const LINE: usize = 200;

/// True for the words above a list of other articles.
pub(super) fn is_heading_of_list(line: &str) -> bool {
    let is_short = line.chars().count() <= 12;
    let says = ["相关", "推荐", "热门", "排行", "阅读", "更多", "最新", "专题", "链接"];
    is_short && says.iter().any(|word| line.contains(word)) && !line.contains("附件")
}

/// Endings of the names of files that texts have as annexes.
const FILES: [&str; 10] =
    [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".wps", ".ofd", ".et"];

fn is_own_link(link: &ElementRef<'_>) -> bool {
    let text = text_of(**link, LINE);
    let is_file = |name: &str| {
        let name = name.to_ascii_lowercase();
        FILES.iter().any(|end| name.ends_with(end))
    };
    text.starts_with("附件")
        || is_file(&text)
        || link.value().attr("href").is_some_and(is_file)
        || mark_of(&text).is_some_and(|(mark, rest)| mark != Mark::Dash && !rest.is_empty())
}
