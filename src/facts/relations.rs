//! Relations of one text: what it cites, rests on, amends, repeals and replaces, which texts do so with
//! it, and from when until when it is in force. Each comes with the sentence that says so; a title alone
//! is no relation.

use super::citations::{Citation, Relation, Titles, citations};
use super::in_force::{InForce, in_force};
use crate::document::{Collection, DocIndex};

/// The relations of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relations {
    /// When it is in force, as far as it says so.
    pub in_force: InForce,
    /// What it names: what it changes first, then what it rests on, then the rest; in reading order.
    pub cites: Vec<Related>,
    /// The texts that name it, in the same order, the oldest first.
    pub cited_by: Vec<Related>,
}

/// A text with a relation, named once or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The first place that states it.
    pub citation: Citation,
    /// How often the same text is named with the same relation.
    pub times: usize,
}

impl Relations {
    /// The relations of the document at `at`. For the texts that name it every text is read.
    pub fn of<D: Collection + ?Sized>(documents: &D, at: DocIndex) -> Self {
        let Some(own) = documents.document(at) else { return Self::default() };
        let titles = Titles::of(documents);
        let named = |one: DocIndex, document: &crate::document::Document| {
            let all = if one == at { Vec::new() } else { citations(one, document, &titles) };
            let own = all.into_iter().filter(|citation| citation.document == Some(at));
            (document.metadata.date(), own.collect::<Vec<_>>())
        };
        let mut naming = documents.map(named);
        naming.sort_by_key(|(date, found)| {
            (date.is_none(), *date, found.first().map(|citation| citation.place.document))
        });
        Self {
            in_force: in_force(own, at),
            cites: gathered(citations(at, own, &titles)),
            cited_by: gathered(naming.into_iter().flat_map(|(_, found)| found)),
        }
    }
}

/// Each text once for each relation, what changes it first.
fn gathered(all: impl IntoIterator<Item = Citation>) -> Vec<Related> {
    let mut found: Vec<Related> = Vec::new();
    for citation in all {
        let is_same = |one: &&mut Related| {
            let known = &one.citation;
            let same_text = match (known.document, citation.document) {
                (None, None) => known.title == citation.title,
                (one, other) => one == other,
            };
            known.relation == citation.relation
                && known.place.document == citation.place.document
                && same_text
        };
        match found.iter_mut().find(is_same) {
            Some(one) => one.times += 1,
            None => found.push(Related { citation, times: 1 }),
        }
    }
    let rank = |relation: Relation| match relation {
        Relation::Replaces => 0,
        Relation::Repeals => 1,
        Relation::Amends => 2,
        Relation::Implements => 3,
        Relation::Cites => 4,
    };
    found.sort_by_key(|one| rank(one.citation.relation));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::samples::regional_document;

    fn text(id: &str, region: &str, date: &str, title: &str, body: &[&str]) -> Document {
        let mut document = regional_document(id, region, body);
        document.metadata.title = title.to_owned();
        document.metadata.published = date.parse().ok();
        document
    }

    fn documents() -> [Document; 3] {
        let law = ["为了发展渔业，制定本法。"];
        let own = [
            "根据《中华人民共和国渔业法》，制定本办法。",
            "《中华人民共和国渔业法》和《港口规则》另有规定的，从其规定。按《港口规则》执行。",
            "本办法自2016年1月1日起施行。",
        ];
        let next = [
            "按照《浙江省渔港管理办法》执行。",
            "本规定自2020年5月1日起施行，《浙江省渔港管理办法》同时废止。",
        ];
        [
            text("a", "全国", "2000-01-01", "中华人民共和国渔业法", &law),
            text("b", "浙江", "2015-12-01", "浙江省渔港管理办法", &own),
            text("c", "浙江", "2020-04-01", "浙江省渔港和渔船管理规定", &next),
        ]
    }

    fn short(all: &[Related]) -> Vec<(Relation, Option<u32>, usize)> {
        let one = |one: &Related| {
            let other = one.citation.document.map(|at| at.0);
            (one.citation.relation, other, one.times)
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_text_rests_on_one_and_is_repealed_by_another() {
        let documents = documents();
        let found = Relations::of(&documents, DocIndex(1));
        assert_eq!(
            short(&found.cites),
            [
                (Relation::Implements, Some(0), 1),
                (Relation::Cites, Some(0), 1),
                (Relation::Cites, None, 2)
            ]
        );
        let naming = |at: &Related| (at.citation.place.document.0, at.citation.relation);
        let naming: Vec<_> = found.cited_by.iter().map(naming).collect();
        assert_eq!(naming, [(2, Relation::Repeals), (2, Relation::Cites)]);
        assert_eq!(found.in_force.from.map(|day| day.to_string()).as_deref(), Some("2016-01-01"));
    }

    #[test]
    fn a_text_that_is_not_there_has_no_relation() {
        assert_eq!(Relations::of(&documents(), DocIndex(9)), Relations::default());
    }
}
