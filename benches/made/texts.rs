//! Texts as policies are written: lists of subjects in frames. The same number makes the same texts.

/// Characters of a document: 10,000 of them are 36 MB.
pub(crate) const CHARACTERS: usize = 1200;

const HEADS: [&str; 24] = [
    "产业", "技术", "服务", "设施", "平台", "标准", "体系", "机制", "工程", "项目", "资源", "能力",
    "数据", "网络", "安全", "管理", "治理", "保护", "监测", "评价", "交易", "教育", "金融", "物流",
];
const FIRSTS: [&str; 30] = [
    "智能", "数字", "绿色", "生态", "海洋", "农业", "交通", "能源", "水利", "医疗", "养老", "文化",
    "旅游", "体育", "应急", "消防", "气象", "测绘", "矿山", "森林", "湿地", "草原", "冷链", "航空",
    "轨道", "港口", "口岸", "园区", "社区", "乡村",
];
const FRAMES: [(&str, &str); 8] = [
    ("加快推进", "等领域发展，"),
    ("建立健全", "的工作机制，"),
    ("重点支持", "等方向，"),
    ("各级人民政府应当加强", "工作。"),
    ("鼓励企业开展", "研究，"),
    ("到2030年，", "水平明显提升；"),
    ("围绕", "等方面，"),
    ("依法保障", "。"),
];

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// Small numbers far more often than large ones, as words in texts.
    fn skewed(&mut self, bound: usize) -> usize {
        let limit = self.below(bound) + 1;
        self.below(limit)
    }
}

/// What policies are about.
pub(crate) fn subject(random: &mut Random) -> String {
    let first = FIRSTS[random.skewed(FIRSTS.len())];
    let head = HEADS[random.skewed(HEADS.len())];
    match random.below(3) {
        0 => format!("{first}{}{head}", FIRSTS[random.skewed(FIRSTS.len())]),
        _ => format!("{first}{head}"),
    }
}

/// A paragraph of about so many characters.
pub(crate) fn paragraph(random: &mut Random, characters: usize) -> String {
    let mut text = String::new();
    let mut written = 0;
    while written < characters {
        let (before, after) = FRAMES[random.below(FRAMES.len())];
        let items: Vec<String> = (0..=random.below(4)).map(|_| subject(random)).collect();
        let clause = format!("{before}{}{after}", items.join("、"));
        written += clause.chars().count();
        text.push_str(&clause);
    }
    text
}
