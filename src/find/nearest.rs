//! What a search that found nothing can offer: the topics nearest to what was typed.

use super::topics::{TopicHit, Topics};

/// The topics that match `typed`; where none does, those that match the longest beginning or end of
/// it, of two characters or more, that any matches. At most `limit`, best first; none for an empty
/// query.
pub fn nearest(topics: &Topics, typed: &str, limit: usize) -> Vec<TopicHit> {
    /// Characters from which a query is shortened: a longer one is no name of a topic.
    const LONGEST: usize = 24;
    let chars: Vec<char> = typed.trim().chars().take(LONGEST).collect();
    for length in (chars.len().min(2)..=chars.len()).rev().filter(|length| *length > 0) {
        for part in [chars.get(..length), chars.get(chars.len() - length..)].into_iter().flatten() {
            let hits = topics.find(&part.iter().collect::<String>(), limit).hits;
            if !hits.is_empty() {
                return hits;
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::ThemeIndex;

    fn offers(typed: &str) -> Vec<String> {
        let documents = [crate::find::samples::document("a", "海水养殖管理办法", &["正文。"])];
        let topics = Topics::new(&documents, &ThemeIndex::default());
        let hits = nearest(&topics, typed, 3);
        hits.iter().filter_map(|hit| topics.entry(hit)).map(|entry| entry.text.clone()).collect()
    }

    #[test]
    fn the_longest_part_that_any_topic_has_is_offered() {
        assert_eq!(offers("海水淡化"), ["海水养殖管理办法"]);
        assert_eq!(offers("水产养殖管理"), ["海水养殖管理办法"]);
        assert_eq!(offers("水稻"), Vec::<String>::new());
        assert_eq!(offers(""), Vec::<String>::new());
        assert_eq!(offers("🐟"), Vec::<String>::new());
    }
}
