//! What the tests of screens share: a small library, and a reader whose keys are typed and whose
//! screen is read without a terminal.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use wenmai::annotations::identity::{Identity, Origin};
use wenmai::annotations::reading_state::{Annotations, Change, ReadingState};
use wenmai::document::{
    Block, BlockKind, DocId, DocIndex, Document, Encoding, EncodingEvidence, Heading, Metadata,
    RemovalReason, Removed, TitleOrigin,
};
use wenmai::library::Library;
use wenmai::text::region::{Region, RegionEvidence, RegionLevel};
use wenmai::text::script::script_of;
use wenmai::text::width::Ambiguous;
use wenmai::themes::vocabulary::Lexicon;

use super::annotation_session::AnnotationSession;
use super::app::App;
use super::canvas::{LINES, Look, TextOptions, screen_text};
use super::effect::Effect;
use super::event::Event;
use super::geometry::{Around, Pane, Panes};
use super::query::answer;
use crate::ui::keymap::{KeyPress, Keymap};
use crate::ui::lang::Lang;
use crate::ui::palette::Palette;

/// A document of paragraphs; one that begins with `# ` is a heading.
pub(crate) fn document(id: &str, region: Option<&str>, date: &str, texts: &[&str]) -> Document {
    let (title, body) = texts.split_first().expect("a title");
    let blocks: Vec<Block> = body.iter().map(|text| block(text)).collect();
    let outline = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.kind == BlockKind::Heading)
        .map(|(at, block)| Heading { level: 1, title: block.text.clone(), block: at as u32 })
        .collect();
    Document {
        id: DocId::new(id),
        path: id.into(),
        metadata: Metadata {
            title: (*title).to_owned(),
            title_origin: TitleOrigin::Given,
            region: region.map(|name| Region {
                name: name.to_owned(),
                level: RegionLevel::Province,
                city: None,
                county: None,
                evidence: RegionEvidence::Title,
            }),
            published: date.parse().ok(),
            source: Some("新华网".to_owned()),
            ..Metadata::default()
        },
        script: script_of(&body.concat()),
        removed: vec![Removed {
            reason: RemovalReason::Promotion,
            text: "扫码下载客户端".to_owned(),
            before: blocks.len() as u32,
        }],
        blocks,
        outline,
        tables: Vec::new(),
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

fn block(text: &str) -> Block {
    match text.strip_prefix("# ") {
        Some(heading) => Block { kind: BlockKind::Heading, level: 1, text: heading.to_owned() },
        None => Block { kind: BlockKind::Paragraph, level: 0, text: text.to_owned() },
    }
}

/// Five texts of four regions that share some themes.
pub(crate) fn library() -> Library {
    let documents = vec![
        document(
            "a",
            Some("北京"),
            "2022-06-10",
            &[
                "北京发布人工智能行动方案，“京品”走向世界",
                "# 一、总体要求",
                "聚焦人工智能、大数据、物联网等领域，加快建设标准体系，推动产业高质量发展。",
                "# 二、重点任务",
                "支持企业在人工智能、集成电路、区块链等方面先行先试，完善 AI 芯片的测试方法，形成一批可以推广的经验。",
            ],
        ),
        document(
            "b",
            Some("上海"),
            "2022-02-17",
            &[
                "上海推进数字化转型",
                "城市数字化转型要全面发力，大数据、物联网是底座。",
                "到2025年，人工智能、集成电路、生物医药三大产业规模再上台阶。",
            ],
        ),
        document(
            "c",
            Some("全国"),
            "2021-10-10",
            &[
                "国家发展纲要",
                "加强人工智能、量子信息、生物医药等领域的研究。",
                "推进大数据、区块链、物联网的应用。",
            ],
        ),
        document(
            "d",
            Some("全国"),
            "2022-07-19",
            &["全国计量规划", "推动集成电路、人工智能、生物医药等产业的计量测试。"],
        ),
        document("e", None, "", &["國際論壇紀要", "與會者談到人工智能、大數據與區塊鏈。"]),
    ];
    Library::new(documents, Vec::new(), Lexicon::default())
}

/// [`library`], opened once for all tests: its themes take longer than what a test does with it.
pub(crate) fn shared_library() -> Arc<Library> {
    static OPENED: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(OPENED.get_or_init(|| Arc::new(library())))
}

/// Three texts that share wording, exactly and nearly, and a fourth that shares none.
pub(crate) fn sharing() -> Library {
    let said = "推动标准供给由数量规模型向质量效益型转变";
    let documents = vec![
        document(
            "a",
            Some("北京"),
            "2022-06-10",
            &[
                "北京行动方案",
                "# 一、总体要求",
                &format!("到2025年，{said}，形成北京特色的发展格局，山水相依。"),
                "聚焦人工智能、大数据等领域，坚持以企业为主体、以市场为导向，逐步完善全市统一的测试方法与服务平台。",
            ],
        ),
        document(
            "b",
            Some("上海"),
            "2022-02-17",
            &[
                "上海方案",
                "面向人工智能、大数据等行业，坚持以企业为主体、以市场为导向，逐步健全全市统一的检验方法和服务平台。",
            ],
        ),
        document(
            "c",
            Some("全国"),
            "2021-10-10",
            &[
                "国家纲要",
                "加强人工智能研究，鸟语花香。",
                &format!("今后一个时期，{said}，形成全国统一的发展格局，春暖花开。"),
            ],
        ),
        document("d", Some("浙江"), "2021-01-01", &["浙江通知", "人工智能、大数据另行公布。"]),
    ];
    Library::new(documents, Vec::new(), Lexicon::default())
}

/// Four plans: a short one, one that says the same far down and in another order, and two more.
pub(crate) fn plans() -> Library {
    let duty = |n: usize| format!("第{n}项，各部门按职责分工抓好落实，重大事项及时报告。");
    let duties: Vec<String> = (1..=60).map(duty).collect();
    let mut long = vec!["上海行动计划"];
    long.extend(duties.iter().take(15).map(String::as_str));
    long.push("以人工智能赋能产业，以大数据支撑治理。");
    long.push("健全全市统一的检验方法，建设服务平台，柳暗花明。");
    long.extend(duties.iter().skip(15).take(10).map(String::as_str));
    long.push("上海建设集成电路高地，扩大规模。");
    long.extend(duties.iter().skip(25).map(String::as_str));
    let documents = vec![
        document(
            "a",
            Some("北京"),
            "2022-06-10",
            &[
                "北京行动计划",
                "本计划自公布之日起实行，山高水长。",
                "北京建设集成电路基地，形成规模。",
                "本市发展人工智能，推动大数据应用。",
                "完善全市统一的测试方法，打造服务平台，云淡风轻。",
            ],
        ),
        document("b", Some("上海"), "2022-02-17", &long),
        document(
            "c",
            Some("浙江"),
            "2021-01-01",
            &["浙江行动计划", "# 一、总则", "人工智能、物联网、集成电路是重点。", "# 二、附则"],
        ),
        document(
            "d",
            Some("全国"),
            "2021-10-10",
            &["国家行动计划", "支持人工智能、大数据、物联网等产业。", "# 附则", "另行公布。"],
        ),
    ];
    Library::new(documents, Vec::new(), Lexicon::default())
}

/// Chinese, without colours, with thin lines.
pub(crate) fn look() -> Look {
    Look {
        lang: Lang::Chinese,
        palette: Palette::PLAIN,
        ambiguous: Ambiguous::Narrow,
        glyphs: &LINES,
        page: TextOptions::default(),
    }
}

/// What is kept where every document was open before, at its beginning.
pub(crate) fn seen(library: &Library) -> AnnotationSession {
    let mut kept = Annotations::default();
    for document in library.indices().filter_map(|ix| library.document(ix)) {
        let Identity { path, fingerprint, title } = Identity::of(document, Origin::Seeds);
        let (reading, place) = (Default::default(), Default::default());
        let quote = String::new();
        kept.apply(Change::Left(ReadingState {
            path,
            fingerprint,
            title,
            reading,
            place,
            quote,
            left: 0,
        }));
    }
    // The document that was open last is the first of the library, whatever the order of the list.
    if let Some(first) = library.card(DocIndex(0)) {
        kept.apply(Change::Last("tests".to_owned(), first.id.to_string()));
    }
    AnnotationSession::new(kept, Origin::Seeds, "tests".to_owned())
}

/// The day on which tests read.
const TODAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 25);

/// A reader without a terminal.
pub(crate) struct Reading {
    pub(crate) library: Arc<Library>,
    look: Look,
    pub(crate) app: App,
    pub(crate) buffer: Buffer,
    pub(crate) caret: Option<Position>,
    pub(crate) effect: Effect,
}

impl Reading {
    /// Opens `library` on a screen of that size, its themes known.
    pub(crate) fn of(library: Library, width: u16, height: u16) -> Self {
        Self::over(Arc::new(library), width, height)
    }

    /// Opens a library that others may have opened, too.
    pub(crate) fn over(library: Arc<Library>, width: u16, height: u16) -> Self {
        let area = Rect::new(0, 0, width, height);
        let look = look();
        library.themes();
        let app =
            App::new(Arc::clone(&library), seen(&library), Keymap::default(), TODAY, look, area);
        let buffer = Buffer::empty(area);
        let mut reading = Self { library, look, app, buffer, caret: None, effect: Effect::None };
        reading.send(Event::ThemesReady(Arc::clone(&reading.library)));
        reading
    }

    /// Opens a library with what is kept.
    pub(crate) fn keeping(
        library: &Arc<Library>,
        keeping: AnnotationSession,
        (w, h): (u16, u16),
    ) -> Self {
        let mut reading = Self::over(Arc::clone(library), w, h);
        let (look, area) = (reading.look, reading.buffer.area);
        reading.app = App::new(Arc::clone(library), keeping, Keymap::default(), TODAY, look, area);
        reading.send(Event::ThemesReady(Arc::clone(library)));
        reading
    }

    /// Opens a library with other keys.
    pub(crate) fn with_keys(library: &Arc<Library>, keymap: Keymap, (w, h): (u16, u16)) -> Self {
        let mut reading = Self::over(Arc::clone(library), w, h);
        let (look, area) = (reading.look, reading.buffer.area);
        reading.app = App::new(Arc::clone(library), seen(library), keymap, TODAY, look, area);
        reading.send(Event::ThemesReady(Arc::clone(library)));
        reading
    }

    /// Opens the small library before its themes are known.
    pub(crate) fn unindexed(width: u16, height: u16) -> Self {
        let mut reading = Self::new(width, height);
        let (look, area) = (reading.look, reading.buffer.area);
        let (keeping, keymap) = (seen(&reading.library), Keymap::default());
        reading.app = App::new(Arc::clone(&reading.library), keeping, keymap, TODAY, look, area);
        reading.draw();
        reading
    }

    /// Opens the small library.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::over(shared_library(), width, height)
    }

    /// Answers an event and draws.
    pub(crate) fn send(&mut self, event: Event) {
        self.effect = self.app.update(event);
        loop {
            while let Effect::Ask(job) = &self.effect {
                let answer = answer(&self.library, &job.asked, &AtomicBool::new(false));
                self.effect = self.app.update(Event::Answered(job.number, answer));
            }
            match self.app.replay() {
                Some(effect) => self.effect = effect,
                None => break,
            }
        }
        self.draw();
    }

    /// Presses keys in one go: queries are answered only after the last of them, as where a
    /// terminal hands over a whole paste of keys.
    pub(crate) fn burst(&mut self, keys: &str) -> &mut Self {
        let mut asked = Vec::new();
        let mut take = |effect: Effect, last: &mut Effect| match effect {
            Effect::Ask(job) => asked.push(job),
            Effect::None => {}
            other => *last = other,
        };
        for key in keys.split(' ') {
            let key = KeyPress::parse(key).unwrap_or_else(|| panic!("{key}"));
            take(self.app.update(Event::Key(key)), &mut self.effect);
        }
        // Of the queries only the newest is answered.
        if let Some(job) = asked.pop() {
            let answer = answer(&self.library, &job.asked, &AtomicBool::new(false));
            self.send(Event::Answered(job.number, answer));
        }
        self.draw();
        self
    }

    /// Presses keys, written as the key table writes them, a space between two.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            self.send(Event::Key(KeyPress::parse(key).unwrap_or_else(|| panic!("{key}"))));
        }
        self
    }

    /// Types every character of `text`.
    pub(crate) fn type_text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = if c == ' ' { "Space".to_owned() } else { c.to_string() };
            self.press(&key);
        }
        self
    }

    /// Takes another size.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        let area = Rect::new(0, 0, width, height);
        self.app.resize(area);
        self.buffer = Buffer::empty(area);
        self.draw();
        self
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        screen_text(&self.buffer)
    }

    /// Row `row` of the screen as text.
    pub(crate) fn row(&self, row: usize) -> String {
        self.screen().lines().nth(row).unwrap_or_default().to_owned()
    }

    /// The text that is drawn in `style` between the side panes, all of it in reading order.
    pub(crate) fn drawn_in(&self, style: ratatui::style::Style) -> String {
        let panes = Panes::of(self.buffer.area, Pane::Article, Around::Everything);
        self.drawn_in_area(panes.text(), style)
    }

    /// The text that is drawn in `style` in a part of the screen.
    pub(crate) fn drawn_in_area(&self, area: Rect, style: ratatui::style::Style) -> String {
        let cells = area.positions().filter_map(|at| self.buffer.cell(at));
        let wanted = cells.filter(|cell| cell.modifier.contains(style.add_modifier));
        wanted.map(|cell| cell.symbol()).filter(|symbol| *symbol != " ").collect()
    }

    fn draw(&mut self) {
        self.app.lay_out();
        self.buffer.reset();
        self.caret = self.app.draw(&mut self.buffer);
    }
}
