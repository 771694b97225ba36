//! Chinese text, recognized by what it is full of: 的 and the comma. A detector of all the world's
//! encodings weighs forty of them and takes its time; where the bytes of a whole file are pairs of
//! one Chinese encoding, and 的 and the stops are as frequent among them as Chinese has them,
//! nothing else is possible. Anything less sure is left to the detector.

use std::ops::RangeInclusive;

use encoding_rs::{BIG5, GB18030};

type Charset = &'static encoding_rs::Encoding;

/// Pairs below which frequencies say nothing.
const FEWEST: usize = 200;
/// Of a thousand pairs, how many are 的 at least, and how many are commas and stops.
const OF: usize = 2;
const STOPS: usize = 20;
/// Of a thousand pairs, how many may be outside the commoner half of the encoding.
const RARE: usize = 100;

/// How an encoding writes the characters that decide by their frequency.
struct CharsetStatistics {
    charset: Charset,
    of: u16,
    stops: [u16; 3],
    /// The pairs of frequent characters and marks: their first bytes, and the least of the second.
    leads: &'static [RangeInclusive<u8>],
    least_trail: u8,
}

const SCRIPTS: [CharsetStatistics; 3] = [
    CharsetStatistics {
        charset: GB18030,
        of: 0xB5C4,
        stops: [0xA3AC, 0xA1A3, 0xA1A3],
        // GB 2312: marks and the first level; not the rows of kana.
        leads: &[0xA1..=0xA3, 0xA9..=0xA9, 0xB0..=0xD7],
        least_trail: 0xA1,
    },
    CharsetStatistics {
        charset: GB18030,
        of: 0xB5C4,
        stops: [0xA3AC, 0xA1A2, 0xA1A3],
        // Traditional characters are all over GBK; only the rows of kana, which Japanese is full
        // of, are left out.
        leads: &[0x81..=0xA3, 0xA6..=0xFE],
        least_trail: 0x40,
    },
    CharsetStatistics {
        charset: BIG5,
        of: 0xAABA,
        stops: [0xA141, 0xA143, 0xA143],
        // Marks and the first level; the trails that no other encoding has are asked of 。 and ，.
        leads: &[0xA1..=0xA2, 0xA4..=0xC6],
        least_trail: 0,
    },
];

/// The Chinese encoding that `bytes` are surely in.
pub(super) fn chinese(bytes: &[u8]) -> Option<Charset> {
    SCRIPTS.iter().find(|script| script.fits(bytes)).map(|script| script.charset)
}

impl CharsetStatistics {
    fn fits(&self, bytes: &[u8]) -> bool {
        let (mut pairs, mut of, mut stops, mut rare) = (0usize, 0usize, 0usize, 0usize);
        let [a, b, c] = self.stops;
        // One look-up for each lead instead of a comparison with every range.
        let is_common: [bool; 256] =
            std::array::from_fn(|lead| self.leads.iter().any(|r| r.contains(&(lead as u8))));
        let is_common = |lead: u8| is_common.get(usize::from(lead)).copied().unwrap_or_default();
        let mut rest = bytes.iter().copied();
        while let Some(lead) = rest.next() {
            if lead < 0x80 {
                continue;
            }
            let Some(trail) = rest.next() else { break };
            pairs += 1;
            let pair = u16::from_be_bytes([lead, trail]);
            of += usize::from(pair == self.of);
            stops += usize::from((pair == a) | (pair == b) | (pair == c));
            rare += usize::from(!is_common(lead) | (trail < self.least_trail));
            if pairs == 10 * FEWEST && rare * 2 > pairs {
                return false;
            }
        }
        let share = |count: usize, least: usize| count * 1000 >= pairs * least;
        pairs >= FEWEST && share(of, OF) && share(stops, STOPS) && !share(rare, RARE)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_JP, EUC_KR};

    use super::*;

    #[test]
    fn chinese_prose_is_told_and_its_neighbours_are_not() {
        let simplified = "国家标准化工作的主要任务，是提高标准的水平。".repeat(20);
        let traditional = "國家標準化工作的主要任務，是提高標準的水平。".repeat(20);
        let korean = "국가 표준화 작업의 주요 임무는, 표준의 수준을 높이는 것이다.".repeat(20);
        let japanese = "議会の議員は会議で、標準の水準を高めることを議決した。".repeat(20);
        assert_eq!(chinese(&GB18030.encode(&simplified).0), Some(GB18030));
        assert_eq!(chinese(&GB18030.encode(&traditional).0), Some(GB18030));
        assert_eq!(chinese(&BIG5.encode(&traditional).0), Some(BIG5));
        let noisy = traditional.replace("務", "務(wù)").replace('，', ",");
        assert_eq!(chinese(&GB18030.encode(&noisy).0), Some(GB18030));
        assert_eq!(chinese(&EUC_KR.encode(&korean).0), None);
        assert_eq!(chinese(&EUC_JP.encode(&japanese).0), None);
        assert_eq!(chinese(&GB18030.encode("短文，的。").0), None);
        assert_eq!(chinese(simplified.as_bytes()), None);
    }
}
