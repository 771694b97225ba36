//! Where the article stands in a tree, and what inside it is none. Prose is text outside links,
//! weighed by its stops and commas, which menus and footers do not have. From a page's root the
//! search goes down as long as one child holds nearly all prose; where it cannot go on, the article
//! is. Containers that common content systems name for the article end the search at once. The
//! idea of weighing prose by commas is Readability's (Arc90, 2009).

use std::sync::LazyLock;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::node::Element;
use scraper::{Html, Node};

use super::table::Tables;
use super::tag::{Role, role_of};
use crate::document::RemovalReason;

/// Ids and classes by which content systems call the article, from pages of many sites.
const CONTAINERS: [&str; 33] = [
    "UCAP-CONTENT",
    "zoom",
    "Zoom",
    "TRS_Editor",
    "TRS_UEDITOR",
    "pages_content",
    "artibody",
    "article-body",
    "article_content",
    "article-content",
    "rwb_zw",
    "p-detail",
    "news_txt",
    "ctrlfscont",
    "detailContent",
    "main-aticle",
    "ArticleContent",
    "articleContent",
    "content_area",
    "js_content",
    "text_area",
    "xxgk_content",
    "newsContent",
    "news_content",
    "article-con",
    "bt_content",
    "frameNews",
    "article",
    "detail-content",
    "con_text",
    "view_content",
    "rm_txt_con",
    "main-txt",
];

/// Words in ids and classes of what stands inside or beside an article and is none of it.
const ASIDES: [(&str, RemovalReason); 29] = [
    ("share", RemovalReason::Navigation),
    ("bdsharebuttonbox", RemovalReason::Navigation),
    ("sharebar", RemovalReason::Navigation),
    ("toolbar", RemovalReason::Navigation),
    ("breadcrumb", RemovalReason::Navigation),
    ("breadcrumbs", RemovalReason::Navigation),
    ("crumbs", RemovalReason::Navigation),
    ("pagination", RemovalReason::Navigation),
    ("footer", RemovalReason::Navigation),
    ("comment", RemovalReason::Navigation),
    ("comments", RemovalReason::Navigation),
    ("related", RemovalReason::RelatedList),
    ("relate", RemovalReason::RelatedList),
    ("relaword", RemovalReason::RelatedList),
    ("recommend", RemovalReason::RelatedList),
    ("tuijian", RemovalReason::RelatedList),
    ("xgxw", RemovalReason::RelatedList),
    ("hotnews", RemovalReason::RelatedList),
    ("rank", RemovalReason::RelatedList),
    ("copyright", RemovalReason::Disclaimer),
    ("qr", RemovalReason::Promotion),
    ("qrcode", RemovalReason::Promotion),
    ("ewm", RemovalReason::Promotion),
    ("erweima", RemovalReason::Promotion),
    ("ad", RemovalReason::Promotion),
    ("ads", RemovalReason::Promotion),
    ("advert", RemovalReason::Promotion),
    ("advertisement", RemovalReason::Promotion),
    ("gotrain", RemovalReason::Promotion),
];

/// Of the prose of a page, the share a container must hold, in percent.
const ENOUGH: usize = 60;
/// The share that one child must hold for the search to go down into it.
const NEARLY_ALL: usize = 85;
/// The share above which nothing is an aside, whatever it is called.
const ASIDE: usize = 20;

/// What was found out about a tree.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The element that holds the article; `None` where all of it does.
    pub(super) main: Option<NodeId>,
    /// Elements that are none of the article, each with the reason.
    pub(super) asides: FxHashMap<NodeId, RemovalReason>,
    /// Tables whose rows are rows; all other tables lay out a page.
    pub(super) data_tables: FxHashSet<NodeId>,
}

/// Finds the article of a whole page.
pub(super) fn of_page(tree: &Html) -> Content {
    let scales = Scales::over(tree);
    let main = main(&scales.weights);
    let asides = asides(main.unwrap_or_default(), &scales.weights);
    let main = main.and_then(|at| scales.weights.all.get(at)).map(|main| main.id);
    Content { main, asides, data_tables: scales.tables.data }
}

/// Finds the asides of a fragment, all of which is article.
pub(super) fn of_fragment(tree: &Html) -> Content {
    let scales = Scales::over(tree);
    let asides = asides(0, &scales.weights);
    Content { main: None, asides, data_tables: scales.tables.data }
}

/// The place among all nodes of the one that holds the article.
fn main(weights: &Weights) -> Option<usize> {
    let prose = |at: usize| weights.all.get(at).map_or(0, |node| node.weight.prose);
    let total = prose(0);
    if total == 0 {
        return None;
    }
    let enough = |at: &usize| prose(*at) * 100 >= total * ENOUGH;
    if let Some(named) = weights.containers.iter().rev().copied().find(enough) {
        return Some(named);
    }
    let mut main = 0;
    while let Some(child) = weights.children(main).max_by_key(|child| prose(*child)) {
        let may_hold = weights.all.get(child).is_some_and(Weighed::may_hold_an_article);
        if prose(child) * 100 < prose(main) * NEARLY_ALL || !may_hold {
            break;
        }
        main = child;
    }
    Some(main)
}

fn is_container(tag: &str, names: &[&str]) -> bool {
    tag == "article" || names.iter().any(|name| KNOWN_CONTAINERS.contains(name))
}

static KNOWN_CONTAINERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| CONTAINERS.into_iter().collect());

/// What below the node at `main` is none of the article.
fn asides(main: usize, weights: &Weights) -> FxHashMap<NodeId, RemovalReason> {
    let Some(whole) = weights.all.get(main) else { return FxHashMap::default() };
    let reason = |node: &Weighed| {
        let own = node.weight;
        let small = own.chars * 100 <= whole.weight.chars * ASIDE || own.prose == 0;
        if !small || own.chars == 0 || node.role.is_none_or(|role| role == Role::Inline) {
            return None;
        }
        own.aside.or_else(|| own.is_link_list().then_some(RemovalReason::RelatedList))
    };
    let below = weights.all.get(main + 1..whole.end).unwrap_or_default();
    below.iter().filter_map(|node| Some((node.id, reason(node)?))).collect()
}

/// The reason that a word of an element's id or classes gives.
fn named_aside(tag: &str, names: &[&str]) -> Option<RemovalReason> {
    let tag = match tag {
        "nav" | "footer" => Some(RemovalReason::Navigation),
        "aside" => Some(RemovalReason::RelatedList),
        _ => None,
    };
    tag.or_else(|| {
        names.iter().flat_map(|name| name.split(['-', '_'])).find_map(|word| {
            let found = ASIDES.iter().find(|(aside, _)| word.eq_ignore_ascii_case(aside));
            found.map(|(_, reason)| *reason)
        })
    })
}

/// The id of `element`, and its classes in the order of the alphabet. Read from the attributes: the
/// library's own lists are made for selectors, and dear to make.
fn names(element: &Element) -> Vec<&str> {
    let mut names = Vec::new();
    let mut classes = "";
    for (name, value) in element.attrs() {
        match name {
            "id" => names.push(value),
            "class" => classes = value,
            _ => {}
        }
    }
    let id = names.len();
    names.extend(classes.split_ascii_whitespace());
    names.get_mut(id..).unwrap_or_default().sort_unstable();
    names
}

/// What an element holds.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Stops and commas outside links, ten for each, and one for ten characters there.
    prose: usize,
    /// Characters that are not blank, and those of them in links.
    chars: usize,
    linked: usize,
    links: usize,
    /// Why the element says itself that it is none of the article.
    aside: Option<RemovalReason>,
}

impl Weight {
    /// Links and hardly anything else, as lists of related articles are.
    fn is_link_list(self) -> bool {
        self.links >= 4 && self.linked * 10 >= self.chars * 8 && self.prose == 0
    }

    fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.chars += other.chars;
        self.linked += other.linked;
        self.links += other.links;
    }

    fn of_text(text: &str, linked: bool, muted: bool) -> Self {
        let (mut stops, mut chars) = (0, 0);
        for c in text.chars() {
            stops += usize::from(matches!(c, '。' | '，' | '；' | '、' | '：' | ','));
            chars += usize::from(!matches!(c, ' ' | '\t'..='\r' | '\u{A0}' | '\u{3000}'));
        }
        let prose = match () {
            () if muted || linked => 0,
            () if chars < 10 => stops,
            () => stops * 10 + chars / 10,
        };
        Self { prose, chars, linked: if linked { chars } else { 0 }, ..Self::default() }
    }
}

/// A node that may hold others.
struct Weighed {
    id: NodeId,
    weight: Weight,
    /// What it is; `None` for the tree itself and what else is no element.
    role: Option<Role>,
    is_paragraph: bool,
    /// The place behind the last node inside it.
    end: usize,
}

impl Weighed {
    /// A paragraph alone is no article's place: its neighbours may be short lines of it.
    fn may_hold_an_article(&self) -> bool {
        let holds = matches!(self.role, Some(Role::Block | Role::Table | Role::Row | Role::Cell));
        holds && !self.is_paragraph
    }
}

/// What is weighed in one walk over a tree.
#[derive(Default)]
struct Weights {
    /// The nodes in the order in which they begin, the tree itself first.
    all: Vec<Weighed>,
    /// The places of those that are called as articles are.
    containers: Vec<usize>,
}

impl Weights {
    /// The places of the nodes that stand directly in the one at `around`.
    fn children(&self, around: usize) -> impl Iterator<Item = usize> {
        let end_of = |at: usize| self.all.get(at).map(|node| node.end);
        let end = end_of(around).unwrap_or_default();
        let first = Some(around + 1).filter(|first| *first < end);
        std::iter::successors(first, move |at| end_of(*at).filter(|next| *next < end))
    }
}

/// The way down to the node that is weighed.
#[derive(Default)]
struct Scales {
    weights: Weights,
    tables: Tables,
    open: Vec<(usize, Sort)>,
    links: usize,
    muted: usize,
    code: usize,
}

/// What an element means for the text inside it.
#[derive(Clone, Copy, Default)]
struct Sort {
    link: bool,
    mute: bool,
    code: bool,
}

impl Scales {
    /// The scales that all of `tree` was laid on.
    fn over(tree: &Html) -> Self {
        let mut scales = Self::default();
        scales.weights.all.reserve(tree.tree.values().len() / 2);
        for edge in tree.tree.root().traverse() {
            match edge {
                Edge::Open(node) => scales.open(node),
                Edge::Close(node) if !node.value().is_text() => scales.close(),
                Edge::Close(_) => {}
            }
        }
        scales
    }

    fn open(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => self.weigh(text),
            Node::Element(element) => self.open_element(node.id(), element),
            _ => self.push(node.id(), Weight::default(), Sort::default()),
        }
    }

    fn weigh(&mut self, text: &str) {
        self.tables.read(text);
        if self.code > 0 {
            return;
        }
        let around = self.open.last().and_then(|(at, _)| self.weights.all.get_mut(*at));
        if let Some(around) = around {
            around.weight.add(Weight::of_text(text, self.links > 0, self.muted > 0));
        }
    }

    fn push(&mut self, id: NodeId, weight: Weight, sort: Sort) {
        self.open.push((self.weights.all.len(), sort));
        self.weights.all.push(Weighed { id, weight, role: None, is_paragraph: false, end: 0 });
    }

    fn open_element(&mut self, id: NodeId, element: &Element) {
        let name = element.name();
        let names = names(element);
        let role = role_of(name);
        let aside = named_aside(name, &names);
        if is_container(name, &names) {
            self.weights.containers.push(self.weights.all.len());
        }
        let sort = Sort {
            link: name == "a",
            // The parts of a page that say themselves that they hold no article.
            mute: aside.is_some() || matches!(name, "title" | "label"),
            code: role == Role::Code,
        };
        self.tables.enter(role);
        self.links += usize::from(sort.link);
        self.muted += usize::from(sort.mute);
        self.code += usize::from(sort.code);
        self.push(id, Weight { links: sort.link.into(), aside, ..Weight::default() }, sort);
        if let Some(own) = self.weights.all.last_mut() {
            (own.role, own.is_paragraph) = (Some(role), name == "p");
        }
    }

    fn close(&mut self) {
        let Some((at, sort)) = self.open.pop() else { return };
        self.links = self.links.saturating_sub(sort.link.into());
        self.muted = self.muted.saturating_sub(sort.mute.into());
        self.code = self.code.saturating_sub(sort.code.into());
        let end = self.weights.all.len();
        let Some(own) = self.weights.all.get_mut(at) else { return };
        own.end = end;
        let weight = own.weight;
        if let Some(role) = own.role {
            self.tables.leave(role, own.id);
        }
        let around = self.open.last().and_then(|(at, _)| self.weights.all.get_mut(*at));
        if let Some(around) = around {
            around.weight.add(weight);
        }
    }
}

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
