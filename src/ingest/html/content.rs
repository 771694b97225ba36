//! Where the article is in a tree. From a page's root the search goes down to the part that holds
//! the most prose, as long as nothing beside it belongs to the article as well. A container that common
//! content systems name for the article is where the search begins, and what belongs to it may be
//! beside it: a lead, a signature, a list of annexes.

use ego_tree::NodeId;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::Html;

use super::asides::{asides, is_heading_of_list};
use super::hidden::Sheets;
use super::inner_text::{first_line, text_of};
use super::tag::ElementRole;
use super::weights::Weights;
use crate::document::RemovalReason;
use crate::ingest::dates;
use crate::text::is_longer;

/// Of the prose of a page, the share that a container must hold, in percent.
const ENOUGH: usize = 60;
/// Of the prose of an article, the share from which on a part beside it belongs to it, in percent.
const PART: usize = 15;

/// What was found out about a tree.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The element that holds the article; `None` where all of it does.
    pub(super) main: Option<NodeId>,
    /// Elements that are none of the article, each with the reason.
    pub(super) asides: FxHashMap<NodeId, RemovalReason>,
    /// Elements that are not to be seen.
    pub(super) hidden: FxHashSet<NodeId>,
    /// Tables whose rows are rows; all other tables lay out a page.
    pub(super) data_tables: FxHashSet<NodeId>,
}

/// Finds the article of a whole page.
pub(super) fn of_page(tree: &Html, sheets: &Sheets) -> Content {
    let weights = Weights::of(tree, sheets);
    let main = Search { tree, weights: &weights }.article();
    content(tree, weights, main)
}

/// Finds the asides of a fragment, all of which is article.
pub(super) fn of_fragment(tree: &Html, sheets: &Sheets) -> Content {
    content(tree, Weights::of(tree, sheets), None)
}

fn content(tree: &Html, weights: Weights, main: Option<usize>) -> Content {
    let asides = asides(tree, &weights, main.unwrap_or_default());
    let main = main.and_then(|at| weights.get(at)).map(|main| main.id);
    Content { main, asides, hidden: weights.hidden, data_tables: weights.data_tables }
}

struct Search<'t> {
    tree: &'t Html,
    weights: &'t Weights,
}

impl Search<'_> {
    /// The place of the element that holds the article.
    fn article(&self) -> Option<usize> {
        let total = self.worth(0);
        if total == 0 {
            return None;
        }
        let enough = |at: &usize| self.worth(*at) * 100 >= total * ENOUGH;
        let named = self.weights.containers.iter().rev().copied().find(enough);
        Some(self.widened(named.unwrap_or_else(|| self.narrowed())))
    }

    /// What the prose at `at` is worth. Where all of a page sounds like the site's own speech it is
    /// what the page has to say.
    fn worth(&self, at: usize) -> usize {
        let weight = self.weights.weight(at);
        if self.weights.weight(0).likely > 0 { weight.likely } else { weight.prose }
    }

    /// From the root down to the part with the most prose.
    fn narrowed(&self) -> usize {
        let mut main = 0;
        while let Some(child) = self.weights.children(main).max_by_key(|child| self.worth(*child)) {
            let may_hold = self.weights.get(child).is_some_and(|node| node.may_hold_an_article());
            if !may_hold || self.worth(child) == 0 || self.has_more(main, child) {
                break;
            }
            main = child;
        }
        main
    }

    /// The widest element around `main` in which something beside it belongs to the article.
    fn widened(&self, main: usize) -> usize {
        let mut widest = main;
        let mut inner = main;
        while let Some(around) = self.weights.get(inner).map(|node| node.around) {
            if around == inner {
                break;
            }
            if self.has_more(around, inner) {
                widest = around;
            }
            inner = around;
        }
        widest
    }

    /// True where something in the element at `around` belongs to the article beside its part at
    /// `main`.
    fn has_more(&self, around: usize, main: usize) -> bool {
        let children: Vec<usize> = self.weights.children(around).collect();
        let parts = children.iter().map(|child| self.worth(*child)).sum::<usize>();
        // Text without an element around it.
        if (self.worth(around).saturating_sub(parts)) * 100 > self.worth(main) * LOOSE {
            return true;
        }
        let Some(place) = children.iter().position(|child| *child == main) else { return false };
        let (before, behind) = children.split_at(place);
        let behind = behind.get(1..).unwrap_or_default();
        let is_part = |at: &&usize| self.is_part(**at, main);
        if before.iter().chain(behind).any(|at| is_part(&at)) {
            return true;
        }
        let lead = before.iter().rev().find(|at| self.weights.weight(**at).sentences > 0);
        let mut next = behind.iter().copied().filter(|at| self.weights.weight(*at).chars > 0);
        let next: Vec<usize> = next.by_ref().take(SIGNERS).collect();
        lead.is_some_and(|at| self.is_lead(*at))
            || next.first().is_some_and(|at| self.is_small_part(*at) || self.goes_on(*at))
            || self.is_closing(&next)
    }

    /// True for plain prose that is too much to be anything else.
    fn is_part(&self, at: usize, main: usize) -> bool {
        let worth = self.worth(at);
        worth > 0 && worth * 100 >= self.worth(main) * PART && self.is_plain(at)
    }

    /// Sentences, hardly a link, and nothing to fill in.
    fn is_plain(&self, at: usize) -> bool {
        let weight = self.weights.weight(at);
        let Some(node) = self.weights.get(at) else { return false };
        let named = node.aside.is_some() && (weight.linked > 0 || weight.sentences < 2);
        let first = || self.tree.tree.get(node.id).and_then(first_line).unwrap_or_default();
        let is_text = node.is_block() || node.role == Some(ElementRole::Inline);
        is_text
            && !named
            && weight.sentences > 0
            && weight.linked * 4 <= weight.chars
            && (weight.controls == 0 || weight.sentences > 2)
            && !is_heading_of_list(&first())
    }

    /// A few sentences right after the article, with no link in them.
    fn is_small_part(&self, at: usize) -> bool {
        let own = self.weights.weight(at);
        let is_own = own.links == 0 && own.prose == own.likely && own.controls == 0;
        let is_block = self.weights.get(at).is_some_and(|node| {
            node.aside.is_none()
                && !matches!(
                    node.role,
                    Some(ElementRole::Table | ElementRole::Row | ElementRole::Cell)
                )
        });
        is_block && is_own && self.is_plain(at)
    }

    /// A few sentences between the headline and the article.
    fn is_lead(&self, at: usize) -> bool {
        let is_below_headline = self.weights.headings.first().is_some_and(|first| *first < at);
        is_below_headline && self.is_small_part(at)
    }

    /// A paragraph or a table of data right after the article.
    fn goes_on(&self, at: usize) -> bool {
        let own = self.weights.weight(at);
        let is_plain = own.links == 0 && own.controls == 0 && own.prose == own.likely;
        is_plain
            && self.weights.get(at).is_some_and(|node| {
                let is_data = self.weights.data_tables.contains(&node.id);
                node.aside.is_none() && (node.is_paragraph || is_data)
            })
    }

    /// A signature with its day, or annexes, right after the article: `next` is what follows it.
    fn is_closing(&self, next: &[usize]) -> bool {
        let mut signed = String::new();
        for at in next {
            let Some(node) = self.weights.get(*at) else { return false };
            if node.aside.is_some() || node.weight.controls > 0 {
                return false;
            }
            let text = self.tree.tree.get(node.id).map(|node| text_of(node, CLOSING));
            let text = text.unwrap_or_default();
            let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
            if begins(&["附件", "附：", "附:", "（此件", "(此件"]) {
                return true;
            }
            signed.push_str(&text);
            if node.weight.links > 0 || is_longer(&signed, CLOSING) || signed.contains(['：', ':'])
            {
                return false;
            }
            if dates::ends_with_day(&text) {
                return true;
            }
        }
        false
    }
}

/// Parts right after an article in which a signature may be.
const SIGNERS: usize = 3;
/// Of the prose of an article, the share from which on text without an element beside it counts.
const LOOSE: usize = 3;
/// Characters of the longest signature that has an element of its own.
const CLOSING: usize = 60;

#[cfg(test)]
mod tests {
    use crate::ingest::html::parse;

    fn kept(page: &str) -> Vec<String> {
        parse(page).pieces.into_iter().filter(|p| p.is_kept()).map(|p| p.text).collect()
    }

    #[test]
    fn the_article_is_found_between_menu_and_footer() {
        let prose = "一段，有逗号，也有句号。".repeat(5);
        let page = format!(
            "<html><body><div><a href=a>首页，新闻，视频。</a></div><div id=x><h1>题</h1>\
             <div><p>{prose}</p><p>短行</p><p>{prose}</p></div></div>\
             <div class=footer>某某公司，地址。</div></body></html>"
        );
        assert_eq!(kept(&page), [prose.as_str(), "短行", prose.as_str()]);
    }

    #[test]
    fn asides_inside_the_article_go() {
        let prose = "一段，有逗号，也有句号。".repeat(5);
        let page = format!(
            "<div><p>{prose}</p><div class='news-share'>分享到</div><ul><li><a>甲</a><li><a>乙</a>\
             <li><a>丙</a><li><a>丁</a></ul><p>文中<a>链接</a>，留下。</p></div>"
        );
        assert_eq!(kept(&page), [prose.as_str(), "文中链接，留下。"]);
    }
}
