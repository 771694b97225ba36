//! A generated library with planted borrowings: every document is written from one vocabulary with
//! the same formulae, and some sentences of one document stand in another, exactly or changed.
//! The same seed writes the same library.

use std::path::PathBuf;

use wenmai::document::{
    Block, BlockKind, DocId, DocIndex, Document, Encoding, EncodingEvidence, Metadata, Place,
};
use wenmai::reuse::passages::{Passage, Passages};
use wenmai::text::Span;
use wenmai::text::script::Script;

/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
pub(crate) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// What was done to a sentence on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// Nothing.
    None,
    /// That many of a hundred characters were replaced, left out or put in.
    Percent(usize),
    /// A clause was left out.
    Shortened,
    /// Its clauses stand in another order.
    Reordered,
}

/// One planted borrowing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plant {
    pub(crate) change: Change,
    pub(crate) from: Place,
    pub(crate) to: Place,
}

/// The documents with what was planted in them.
pub(crate) struct Library {
    pub(crate) documents: Vec<Document>,
    pub(crate) plants: Vec<Plant>,
}

/// Characters of policy prose from which the words are made.
const CHARACTERS: &str = "标准建设推进加强完善机制服务管理技术创新产业发展经济社会生态环境保护资源能源交通运输农业\
    农村工业信息数字网络安全教育卫生健康文化旅游体育养老就业保障住房城乡规划土地海洋水利林草矿山气象\
    应急消防救援监督检验检测认证计量质量品牌专利知识产权金融信用财政税收投资贸易口岸物流仓储冷链电商\
    平台企业机构团体协会高校科研院所人才队伍培训考核评价激励示范试点区域协同开放合作交流国际领域重点\
    关键核心基础设施材料装备制造智能绿色低碳循环利用节约集约高效优化提升扩大培育引导支持鼓励组织实施";

/// What nearly every document says.
const FORMULAE: [&str; 8] = [
    "各有关部门要高度重视，切实加强组织领导，确保各项任务落到实处。",
    "违反前款规定的，由主管部门责令限期改正，逾期不改正的依法处罚。",
    "构成犯罪的，依法追究刑事责任。",
    "本办法自发布之日起施行，由主管部门负责解释。",
    "以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党中央决策部署。",
    "法律、法规另有规定的，从其规定。",
    "所需经费纳入同级财政预算予以保障。",
    "任何单位和个人都有权对违法行为进行投诉和举报。",
];

/// Words that are about as frequent as the most frequent one.
const HEAD: f64 = 30.0;

struct Sentence {
    text: String,
    /// The plants of which it is the source or the copy.
    source_of: Option<usize>,
    copy_of: Option<usize>,
}

struct Writer {
    random: Random,
    words: Vec<String>,
    /// Two or three words that go together, up to seven characters: too short to be borrowed.
    phrases: Vec<String>,
    characters: Vec<char>,
}

impl Writer {
    fn new(seed: u64) -> Self {
        let characters: Vec<char> = CHARACTERS.chars().filter(|c| !c.is_whitespace()).collect();
        let mut random = Random(seed);
        let mut words = Vec::new();
        for _ in 0..6000 {
            // Two words of four side by side would be an exact run of eight: few are that long.
            let length = if random.chance(6) { 4 } else { 2 };
            words.push((0..length).map(|_| *random.of(&characters)).collect());
        }
        let mut writer = Self { random, words, phrases: Vec::new(), characters };
        for _ in 0..4000 {
            let mut phrase = writer.word();
            for _ in 0..2 {
                let word = writer.word();
                if phrase.chars().count() + word.chars().count() <= 7 {
                    phrase.push_str(&word);
                }
            }
            writer.phrases.push(phrase);
        }
        writer
    }

    /// A number below `bound`, small ones more often, as words of real prose are: its chance falls
    /// with the inverse of its rank plus [`HEAD`] (Mandelbrot's form of Zipf's law).
    fn rank(&mut self, bound: usize) -> usize {
        let share = self.random.below(1 << 20) as f64 / f64::from(1 << 20);
        let rank = HEAD * ((bound as f64 + HEAD) / HEAD).powf(share) - HEAD;
        (rank as usize).min(bound - 1)
    }

    /// A word of the vocabulary.
    fn word(&mut self) -> String {
        let at = self.rank(self.words.len());
        self.words[at].clone()
    }

    /// A word, or one of the phrases that everybody uses.
    fn wording(&mut self) -> String {
        if self.phrases.is_empty() || !self.random.chance(6) {
            return self.word();
        }
        let at = self.rank(self.phrases.len());
        self.phrases[at].clone()
    }

    fn clause(&mut self) -> String {
        // A clause has at least eight characters, or its copy would be no passage.
        let words = 4 + self.random.below(5);
        let mut clause = String::new();
        for at in 0..words {
            clause.push_str(&self.wording());
            match self.random.below(8) {
                0 if at + 1 < words => clause.push('、'),
                1 if at + 1 < words => clause.push('的'),
                2 if at + 1 < words => clause.push('和'),
                _ => {}
            }
        }
        clause
    }

    fn sentence(&mut self) -> Sentence {
        let clauses = 2 + self.random.below(3);
        let clauses: Vec<_> = (0..clauses).map(|_| self.clause()).collect();
        Sentence { text: clauses.join("，") + "。", source_of: None, copy_of: None }
    }

    fn document(&mut self, characters: usize) -> Vec<Vec<Sentence>> {
        let mut blocks: Vec<Vec<Sentence>> = Vec::new();
        let mut written = 0;
        while written < characters {
            let sentences = 1 + self.random.below(5);
            let mut block: Vec<_> = (0..sentences).map(|_| self.sentence()).collect();
            if self.random.chance(20) {
                let text = (*self.random.of(&FORMULAE)).to_owned();
                block.push(Sentence { text, source_of: None, copy_of: None });
            }
            written += block.iter().map(|s| s.text.chars().count()).sum::<usize>();
            blocks.push(block);
        }
        blocks
    }

    fn changed(&mut self, text: &str, change: Change) -> String {
        match change {
            Change::None => text.to_owned(),
            Change::Percent(percent) => self.characters_changed(text, percent),
            Change::Shortened => self.shortened(text),
            Change::Reordered => reordered(text),
        }
    }

    fn characters_changed(&mut self, text: &str, percent: usize) -> String {
        let mut changed = String::new();
        for c in text.chars() {
            if c == '。' || !self.random.chance(percent) {
                changed.push(c);
                continue;
            }
            let other = *self.random.of(&self.characters);
            match self.random.below(6) {
                0 => {}
                1 => changed.extend([c, other]),
                _ => changed.push(other),
            }
        }
        changed
    }

    fn shortened(&mut self, text: &str) -> String {
        let mut clauses: Vec<_> = text.trim_end_matches('。').split('，').collect();
        clauses.remove(self.random.below(clauses.len()));
        clauses.join("，") + "。"
    }
}

fn reordered(text: &str) -> String {
    let mut clauses: Vec<_> = text.trim_end_matches('。').split('，').collect();
    clauses.rotate_left(1);
    clauses.join("，") + "。"
}

/// Writes a library of `documents` documents of about `characters` characters, each of which
/// borrows one sentence of every kind of change in `changes` from an earlier document.
pub(crate) fn library(
    seed: u64,
    documents: usize,
    characters: usize,
    changes: &[Change],
) -> Library {
    let mut writer = Writer::new(seed);
    let mut written: Vec<Vec<Vec<Sentence>>> = Vec::new();
    let mut kinds = Vec::new();
    for document in 0..documents {
        let mut own = writer.document(characters);
        for change in changes {
            if document > 0 && borrow(&mut writer, &mut written, &mut own, (*change, kinds.len())) {
                kinds.push(*change);
            }
        }
        written.push(own);
    }
    assemble(&written, &kinds)
}

fn borrow(
    writer: &mut Writer,
    written: &mut [Vec<Vec<Sentence>>],
    own: &mut [Vec<Sentence>],
    (change, number): (Change, usize),
) -> bool {
    let from = writer.random.below(written.len());
    let block = writer.random.below(written[from].len());
    let sentence = writer.random.below(written[from][block].len());
    let source = &mut written[from][block][sentence];
    let formula = FORMULAE.contains(&source.text.as_str());
    if formula || source.source_of.is_some() || source.copy_of.is_some() {
        return false;
    }
    source.source_of = Some(number);
    let text = writer.changed(&source.text.clone(), change);
    let block = writer.random.below(own.len());
    let at = writer.random.below(own[block].len() + 1);
    own[block].insert(at, Sentence { text, source_of: None, copy_of: Some(number) });
    true
}

fn assemble(written: &[Vec<Vec<Sentence>>], kinds: &[Change]) -> Library {
    let nowhere = Place { document: DocIndex(0), block: 0, span: Span::new(0, 0) };
    let plant = |change: &Change| Plant { change: *change, from: nowhere, to: nowhere };
    let mut plants: Vec<Plant> = kinds.iter().map(plant).collect();
    let mut documents = Vec::new();
    for (document, blocks) in written.iter().enumerate() {
        let mut texts = Vec::new();
        for (block, sentences) in blocks.iter().enumerate() {
            let mut text = String::new();
            let mut at = 0;
            for sentence in sentences {
                let end = at + sentence.text.chars().count() as u32;
                let (document, span) = (DocIndex(document as u32), Span::new(at, end));
                let place = Place { document, block: block as u32, span };
                sentence.source_of.into_iter().for_each(|n| plants[n].from = place);
                sentence.copy_of.into_iter().for_each(|n| plants[n].to = place);
                text.push_str(&sentence.text);
                at = end;
            }
            texts.push(text);
        }
        documents.push(of_paragraphs(&format!("{document:05}"), texts));
    }
    Library { documents, plants }
}

fn of_paragraphs(id: &str, paragraphs: Vec<String>) -> Document {
    let block = |text| Block { kind: BlockKind::Paragraph, level: 0, text };
    Document {
        id: DocId::new(id),
        path: PathBuf::from(id),
        metadata: Metadata { title: id.to_owned(), ..Metadata::default() },
        blocks: paragraphs.into_iter().map(block).collect(),
        outline: Vec::new(),
        tables: Vec::new(),
        removed: Vec::new(),
        script: Script::Hans,
        encoding: Encoding { name: "UTF-8".to_owned(), evidence: EncodingEvidence::Valid },
        warnings: Vec::new(),
    }
}

fn shared_characters(a: Place, b: Place) -> u32 {
    if (a.document, a.block) != (b.document, b.block) {
        return 0;
    }
    a.span.end.min(b.span.end).saturating_sub(a.span.start.max(b.span.start))
}

/// Characters of the copy that a passage ties to its source.
fn found_characters(plant: &Plant, passage: &Passage) -> u32 {
    let (from, to) = (passage.a, passage.b);
    if shared_characters(from, plant.from) > 0 { shared_characters(to, plant.to) } else { 0 }
}

/// True where at least half of a copy is tied to its source.
fn found(passages: &Passages, plant: &Plant) -> bool {
    let characters: u32 = passages.shared().iter().map(|p| found_characters(plant, p)).sum();
    characters as usize * 2 >= plant.to.span.len()
}

/// Share of the borrowings of one kind that were found, 0 to 1.
pub(crate) fn recall(library: &Library, passages: &Passages, change: Change) -> f64 {
    let planted: Vec<_> = library.plants.iter().filter(|plant| plant.change == change).collect();
    let found = planted.iter().filter(|plant| found(passages, plant)).count();
    found as f64 / planted.len() as f64
}

/// Share of the passages that tie a copy to its source, 0 to 1.
pub(crate) fn precision(library: &Library, passages: &Passages) -> f64 {
    let all = passages.shared().len();
    (all - unplanted(library, passages).count()) as f64 / all as f64
}

/// The passages that tie no copy to its source.
pub(crate) fn unplanted<'p>(
    library: &'p Library,
    passages: &'p Passages,
) -> impl Iterator<Item = &'p Passage> {
    let planted =
        |passage: &Passage| library.plants.iter().any(|plant| found_characters(plant, passage) > 0);
    passages.shared().iter().filter(move |passage| !planted(passage))
}

/// The text of a place.
pub(crate) fn text<'l>(library: &'l Library, place: &Place) -> &'l str {
    place.span.of(&library.documents[place.document.get()].blocks[place.block as usize].text)
}
