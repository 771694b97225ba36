//! What the elements of a page hold, measured in one walk: prose, links, controls. Prose is text
//! outside links, weighed by its stops and commas, which menus and footers do not have. The idea of
//! weighing prose by commas is Readability's (Arc90, 2009).

use std::sync::LazyLock;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::node::Element;
use scraper::{Html, Node};

use super::hidden::{Colour, Seen, Sheets};
use super::table::Tables;
use super::tag::{ElementRole, role_of};
use crate::document::RemovalReason;
use crate::ingest::pattern::built_in;

/// Ids and classes by which content systems call the article and nothing else, from pages of many
/// sites.
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

/// Words in ids and classes of what is inside or beside an article and is none of it, with the
/// reason for which it goes. Sites also call wrappers of the article so: a name lowers a weight and
/// decides nothing alone.
const ASIDES: [(&str, RemovalReason); 38] = [
    ("share", RemovalReason::Navigation),
    ("bdsharebuttonbox", RemovalReason::Navigation),
    ("sharebar", RemovalReason::Navigation),
    ("toolbar", RemovalReason::Navigation),
    ("breadcrumb", RemovalReason::Navigation),
    ("breadcrumbs", RemovalReason::Navigation),
    ("crumbs", RemovalReason::Navigation),
    ("pagination", RemovalReason::Navigation),
    ("footer", RemovalReason::Navigation),
    ("foot", RemovalReason::Navigation),
    ("bottom", RemovalReason::Navigation),
    ("comment", RemovalReason::Navigation),
    ("comments", RemovalReason::Navigation),
    ("sidebar", RemovalReason::RelatedList),
    ("side", RemovalReason::RelatedList),
    ("related", RemovalReason::RelatedList),
    ("relate", RemovalReason::RelatedList),
    ("relaword", RemovalReason::RelatedList),
    ("relative", RemovalReason::RelatedList),
    ("recommend", RemovalReason::RelatedList),
    ("tuijian", RemovalReason::RelatedList),
    ("xgxw", RemovalReason::RelatedList),
    ("hotnews", RemovalReason::RelatedList),
    ("hot", RemovalReason::RelatedList),
    ("rank", RemovalReason::RelatedList),
    ("next", RemovalReason::RelatedList),
    ("copyright", RemovalReason::Disclaimer),
    ("statement", RemovalReason::Disclaimer),
    ("disclaimer", RemovalReason::Disclaimer),
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

/// What an element holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NodeScore {
    /// Stops and commas outside links, ten for each, and one for ten characters there.
    pub(super) prose: usize,
    /// The same, less where a name or the wording says that it is the site's.
    pub(super) likely: usize,
    /// Ends of sentences outside links, but those of the site's own speech.
    pub(super) sentences: usize,
    /// Characters that are letters or digits of any script, and those of them in links.
    pub(super) chars: usize,
    pub(super) linked: usize,
    pub(super) links: usize,
    /// Fields and buttons that a reader may use.
    pub(super) controls: usize,
}

impl NodeScore {
    fn add(&mut self, other: Self) {
        self.prose += other.prose;
        self.likely += other.likely;
        self.sentences += other.sentences;
        self.chars += other.chars;
        self.linked += other.linked;
        self.links += other.links;
        self.controls += other.controls;
    }

    fn take(&mut self, other: Self) {
        self.prose -= other.prose;
        self.likely -= other.likely;
        self.sentences -= other.sentences;
        self.chars -= other.chars;
        self.linked -= other.linked;
        self.links -= other.links;
        self.controls -= other.controls;
    }

    fn of_text(text: &str, linked: bool, muted: bool) -> Self {
        let (mut stops, mut ends, mut chars, mut all) = (0, 0, 0, 0);
        for c in text.chars() {
            let end = matches!(c, '。' | '；' | '！' | '？');
            let stop = end | matches!(c, '，' | '、' | '：' | ',');
            let blank = matches!(c, ' ' | '\t'..='\r' | '\u{A0}' | '\u{3000}');
            stops += usize::from(stop & !matches!(c, '！' | '？'));
            ends += usize::from(end);
            all += usize::from(!blank);
            let sign = stop | end | matches!(c, '-' | ':' | '|' | '[' | ']' | '·' | '/');
            // A day beside a link is no text of its own.
            chars += usize::from(!blank & !sign & (linked | !c.is_ascii_digit()));
        }
        if linked {
            return Self { chars, linked: chars, ..Self::default() };
        }
        let prose = if all < 10 { stops } else { stops * 10 + all / 10 };
        let is_speech = stops > 0 && all <= LONGEST_SPEECH && SPEECH.is_match(text);
        let likely = match (is_speech, muted) {
            (true, _) => 0,
            (false, true) => prose / MUTED,
            (false, false) => prose,
        };
        let sentences = if is_speech || all < 10 { 0 } else { ends };
        Self { prose, likely, sentences, chars, ..Self::default() }
    }
}

/// By how much the prose of an element weighs less that is called as surroundings are.
const MUTED: usize = 5;

/// Characters of the longest text that is held for the site's own speech.
const LONGEST_SPEECH: usize = 400;

/// How sites speak of themselves and of what may be done with their pages. Read only to weigh the
/// parts of a page against each other: a text about these things weighs less as a whole.
static SPEECH: LazyLock<Regex> = LazyLock::new(|| {
    built_in(concat!(
        "免责声明|版权声明|郑重声明|特别声明|版权所有|著作权|ICP|备案|分辨率|技术支持|公安?网安|许可证[：:编]",
        "|(?:本网站?|本站|本平台|本论坛|本公众号)[^。]{0,30}(?:注明|转载|版权|声明|立场|观点|负责|删除|责任)",
        "|(?:转载|转贴)[^。]{0,12}(?:注明|请|须|来源)|(?:言论|观点|评论)[^。]{0,16}(?:个人|网友|作者|遵守|责任|语言文明)",
        "|(?:地址|邮编|电话|传真|邮箱)[：:][^。]{0,60}(?:邮编|电话|传真|邮箱|网址|浏览器)",
        "|网络安全的规定|公告服务管理规定|遵纪守法|(?:扫|关注|搜)[^。]{0,16}(?:二维码|公众号|官方微[信博])"
    ))
});

/// An element, or the tree itself.
pub(super) struct Weighed {
    pub(super) id: NodeId,
    pub(super) weight: NodeScore,
    /// What it is; `None` for the tree itself and what else is no element.
    pub(super) role: Option<ElementRole>,
    pub(super) is_paragraph: bool,
    /// The reason for which it would go by its name.
    pub(super) aside: Option<RemovalReason>,
    /// The place of the element around it, and the place after the last one inside it.
    pub(super) around: usize,
    pub(super) end: usize,
    /// Holds no element that begins lines of its own.
    pub(super) is_leaf: bool,
}

impl Weighed {
    /// A paragraph alone is no article's place: its neighbours may be short lines of it.
    pub(super) fn may_hold_an_article(&self) -> bool {
        let holds = matches!(
            self.role,
            Some(ElementRole::Block | ElementRole::Table | ElementRole::Row | ElementRole::Cell)
        );
        // An element that is meant for words may have been left open before all of a page.
        let is_wrapper =
            matches!(self.role, Some(ElementRole::Inline | ElementRole::Item)) && !self.is_leaf;
        (holds || is_wrapper) && !self.is_paragraph
    }

    /// True for an element that begins a line.
    pub(super) fn is_block(&self) -> bool {
        self.role.is_some_and(|role| {
            !matches!(role, ElementRole::Inline | ElementRole::Code | ElementRole::Reading)
        })
    }
}

/// What is weighed in one walk over a tree.
#[derive(Default)]
pub(super) struct Weights {
    /// The elements in the order in which they begin, the tree itself first.
    pub(super) all: Vec<Weighed>,
    /// The places of those that are called as articles are.
    pub(super) containers: Vec<usize>,
    /// The places of the headings of the first three levels.
    pub(super) headings: Vec<usize>,
    /// Elements that are not to be seen.
    pub(super) hidden: FxHashSet<NodeId>,
    /// Tables whose rows are rows.
    pub(super) data_tables: FxHashSet<NodeId>,
}

impl Weights {
    /// Weighs all of `tree`.
    pub(super) fn of(tree: &Html, sheets: &Sheets) -> Self {
        let mut scales = Scales::over(tree, sheets);
        scales.hide();
        scales.weights.data_tables = scales.tables.data;
        scales.weights
    }

    /// Nothing weighs the element at `at` and what is inside it any more.
    fn take_out(&mut self, at: usize) {
        let Some(node) = self.all.get(at) else { return };
        let (weight, id, end, mut above) = (node.weight, node.id, node.end, node.around);
        self.hidden.insert(id);
        for inside in self.all.get_mut(at..end).unwrap_or_default() {
            inside.weight = NodeScore::default();
        }
        while let Some(node) = self.all.get_mut(above) {
            node.weight.take(weight);
            if above == 0 {
                break;
            }
            above = node.around;
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Weighed> {
        self.all.get(at)
    }

    /// What the element at `at` holds; nothing where there is none.
    pub(super) fn weight(&self, at: usize) -> NodeScore {
        self.all.get(at).map_or_else(NodeScore::default, |node| node.weight)
    }

    /// The places of the nodes that are directly in the one at `around`.
    pub(super) fn children(&self, around: usize) -> impl Iterator<Item = usize> {
        let end_of = |at: usize| self.all.get(at).map(|node| node.end);
        let end = end_of(around).unwrap_or_default();
        let first = Some(around + 1).filter(|first| *first < end);
        std::iter::successors(first, move |at| end_of(*at).filter(|next| *next < end))
    }

    /// True where the element at `inner` is inside the one at `outer`, or is it.
    pub(super) fn is_inside(&self, inner: usize, outer: usize) -> bool {
        self.all.get(outer).is_some_and(|node| (outer..node.end).contains(&inner))
    }
}

/// The way down to the node that is weighed.
struct Scales<'s> {
    sheets: &'s Sheets,
    weights: Weights,
    tables: Tables,
    open: Vec<OpenElement>,
    links: usize,
    muted: usize,
    code: usize,
    /// Elements so far that give their type a size or a colour of their own, or may do so by a class.
    sized: usize,
    coloured: usize,
    /// Places of elements that may be hidden, and of those that are only for the eye.
    hidden: Vec<usize>,
    for_the_eye: Vec<usize>,
}

/// An element that is not closed yet.
struct OpenElement {
    at: usize,
    link: bool,
    code: bool,
    /// What was muted around it where it is a container; how it changes that where it is an aside.
    muted: usize,
    seen: Seen,
    /// Its ground, or the one around it.
    ground: Option<Colour>,
    /// [`Scales::sized`] and [`Scales::coloured`] after its tag.
    sized: usize,
    coloured: usize,
}

impl<'s> Scales<'s> {
    fn over(tree: &Html, sheets: &'s Sheets) -> Self {
        let mut scales = Self {
            sheets,
            weights: Weights::default(),
            tables: Tables::default(),
            open: Vec::new(),
            links: 0,
            muted: 0,
            code: 0,
            sized: 0,
            coloured: 0,
            hidden: Vec::new(),
            for_the_eye: Vec::new(),
        };
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
            _ => self.push(node.id(), None, Seen::default()),
        }
    }

    fn weigh(&mut self, text: &str) {
        if self.code > 0 {
            return;
        }
        self.tables.read(text);
        let around = self.open.last().and_then(|open| self.weights.all.get_mut(open.at));
        if let Some(around) = around {
            around.weight.add(NodeScore::of_text(text, self.links > 0, self.muted > 0));
        }
    }

    fn push(&mut self, id: NodeId, role: Option<ElementRole>, seen: Seen) {
        let around = self.open.last();
        let ground = seen.ground.or_else(|| around.and_then(|around| around.ground));
        let at = self.weights.all.len();
        self.weights.all.push(Weighed {
            id,
            weight: NodeScore::default(),
            role,
            is_paragraph: false,
            aside: None,
            around: around.map_or(0, |around| around.at),
            end: 0,
            is_leaf: true,
        });
        self.open.push(OpenElement {
            at,
            link: false,
            code: false,
            muted: self.muted,
            seen,
            ground,
            sized: self.sized,
            coloured: self.coloured,
        });
    }

    fn open_element(&mut self, id: NodeId, element: &Element) {
        let name = element.name();
        let names = names(element);
        let role = role_of(name);
        let seen = Seen::of(element);
        let at = self.weights.all.len();
        self.push(id, Some(role), seen);
        let aside = named_aside(name, &names);
        let is_container = name == "article" || is_container(&names);
        if is_container {
            self.weights.containers.push(at);
            // Whatever the wrappers around it are called.
            self.muted = 0;
        } else if aside.is_some() || matches!(name, "title" | "label") {
            self.muted += 1;
        }
        if matches!(role, ElementRole::Heading(1..=3)) {
            self.weights.headings.push(at);
        }
        self.tables.enter(role, name);
        let (link, code) = (name == "a", role == ElementRole::Code);
        self.links += usize::from(link);
        self.code += usize::from(code);
        if let Some(open) = self.open.last_mut() {
            (open.link, open.code) = (link, code);
            open.seen.hidden |= self.sheets.hide(element);
        }
        let is_control = matches!(name, "textarea" | "select" | "button")
            || (name == "input" && !says(element, "type", "hidden"));
        if let Some(own) = self.weights.all.get_mut(at) {
            own.is_paragraph = name == "p";
            own.aside = aside.filter(|_| !is_container);
            own.weight.links = link.into();
            own.weight.controls = is_control.into();
        }
        self.sized += usize::from(seen.sizeless == Some(false) || !names.is_empty());
        self.coloured += usize::from(seen.colour == Some(Colour::Other));
        if let Some(open) = self.open.last_mut() {
            (open.sized, open.coloured) = (self.sized, self.coloured);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.links = self.links.saturating_sub(open.link.into());
        self.code = self.code.saturating_sub(open.code.into());
        self.muted = open.muted;
        self.note_hidden(&open);
        let end = self.weights.all.len();
        let Some(own) = self.weights.all.get_mut(open.at) else { return };
        own.end = end;
        let (weight, id, role) = (own.weight, own.id, own.role);
        let is_run = !own.is_block() && own.is_leaf || role == Some(ElementRole::Break);
        if let Some(role) = role {
            self.tables.leave(role, id);
        }
        let around = self.open.last().and_then(|open| self.weights.all.get_mut(open.at));
        if let Some(around) = around {
            around.weight.add(weight);
            around.is_leaf &= is_run;
        }
    }

    fn note_hidden(&mut self, open: &OpenElement) {
        let sizeless = open.seen.sizeless == Some(true) && self.sized == open.sized;
        // After a sheet or a picture white may be seen.
        let is_white_ground = match open.ground {
            Some(ground) => ground == Colour::White,
            None => !self.sheets.any,
        };
        let white = open.seen.colour == Some(Colour::White)
            && is_white_ground
            && self.coloured == open.coloured;
        if open.seen.hidden || sizeless || white {
            self.hidden.push(open.at);
        } else if open.seen.aside {
            self.for_the_eye.push(open.at);
        }
    }

    /// Settles what is hidden. A container that a script shows holds the prose of the page.
    fn hide(&mut self) {
        let mut all = std::mem::take(&mut self.hidden);
        all.extend(self.beside_shown_text());
        all.sort_unstable();
        let mut behind = 0;
        for at in all {
            let Some(node) = self.weights.get(at) else { continue };
            if at < behind || self.holds_the_article(at, node) {
                continue;
            }
            behind = node.end;
            self.weights.take_out(at);
        }
    }

    fn holds_the_article(&self, at: usize, node: &Weighed) -> bool {
        let shown = self.weights.weight(0).prose - node.weight.prose;
        let named = self.weights.containers.iter().filter(|one| self.weights.is_inside(**one, at));
        node.weight.prose > shown
            || named.into_iter().any(|one| self.weights.weight(*one).prose * 3 > shown)
    }

    /// Of the elements that are only for the eye those with other text beside them.
    fn beside_shown_text(&self) -> Vec<usize> {
        let mut inside: FxHashMap<usize, usize> = FxHashMap::default();
        let around = |at: usize| self.weights.get(at).map_or(0, |node| node.around);
        for at in &self.for_the_eye {
            *inside.entry(around(*at)).or_default() += self.weights.weight(*at).chars;
        }
        let all = self.for_the_eye.iter().copied();
        all.filter(|at| {
            let around = around(*at);
            inside.get(&around).is_some_and(|chars| self.weights.weight(around).chars > *chars)
        })
        .collect()
    }
}

fn says(element: &Element, name: &str, value: &str) -> bool {
    element.attr(name).is_some_and(|said| said.eq_ignore_ascii_case(value))
}

fn is_container(names: &[&str]) -> bool {
    names.iter().any(|name| KNOWN_CONTAINERS.contains(name))
}

static KNOWN_CONTAINERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| CONTAINERS.into_iter().collect());

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
