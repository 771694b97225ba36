//! The characters directly before and after a wording, wherever it occurs. Where one Han character
//! accompanies nearly all occurrences the wording is a fragment: it begins or ends a character late
//! or early (物质文化遗产 of 非物质文化遗产), and what accompanies it belongs to it.
//!
//! The most frequent neighbour is found by the majority vote of Boyer and Moore (1981) while the
//! occurrences are read once; those that may hold a majority are counted exactly.

use rayon::prelude::*;

use crate::text::is_han;
use crate::themes::folded::FoldedDocument;
use crate::themes::mentions::{Occurrence, Owners, Wordings};
use crate::themes::phrases::goes_on_as_body;

/// A neighbour of so large a share of the occurrences belongs to the wording: 3 of 4.
const BELONGS: (u32, u32) = (3, 4);
/// Contexts of a fragment that are looked at for how far it goes on.
const CONTEXTS: usize = 16;
/// The farthest that a fragment goes on, in characters.
const FARTHEST: usize = 8;

/// Words between two things of one kind.
const CONJUNCTIONS: [&str; 5] = ["和", "与", "及", "以及", "或"];

/// A side of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// What goes on beyond a wording on one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Occurrences with the character that accompanies most of them.
    pub count: u32,
    /// What most of the contexts looked at go on with, in reading order. Empty where no Han
    /// character has a majority.
    pub text: String,
    /// Occurrences with any letter, digit or Han character there.
    pub joined: u32,
    /// Occurrences that go on there as the name of a body.
    pub bodies: u32,
}

impl Beyond {
    /// True for a word that joins two things (和): what it joins is whole.
    pub fn joins(&self, side: Side) -> bool {
        CONJUNCTIONS.iter().any(|word| match side {
            Side::Before => self.text.ends_with(word),
            Side::After => self.text.starts_with(word),
        })
    }

    /// True where it accompanies so many of `all` occurrences that it belongs to the wording.
    pub fn belongs(&self, all: u32) -> bool {
        !self.text.is_empty() && self.count * BELONGS.1 >= all * BELONGS.0
    }
}

/// A text with the occurrences in it.
pub type Searched<'t> = (&'t FoldedDocument, &'t [Occurrence]);

/// What goes on before and after each of `drafts`, whose wordings have these `owners`.
pub fn beyond(
    texts: &[Searched<'_>],
    wordings: &Wordings,
    owners: &Owners,
    drafts: usize,
) -> Vec<[Beyond; 2]> {
    let votes = gather(
        texts,
        || vec![Sides::default(); drafts],
        |sides, text, one| {
            let Some(side) = owners.of(one.wording).and_then(|at| sides.get_mut(at as usize))
            else {
                return;
            };
            let (before, after) = text.around(one.at, one.at + wordings.bytes(one.wording));
            side.bodies += u32::from(goes_on_as_body(after));
            side.add([before.chars().next_back(), after.chars().next()]);
        },
    );
    let sums = votes.into_iter().reduce(|mut sum, more| {
        sum.iter_mut().zip(more).for_each(|(sum, more)| sum.join(more));
        sum
    });
    let sums = sums.unwrap_or_default();
    let majorities: Vec<[Option<char>; 2]> = sums.iter().map(Sides::majorities).collect();
    let mut beyond = contexts(texts, wordings, owners, &majorities);
    for ([before, after], sides) in beyond.iter_mut().zip(&sums) {
        [before.joined, after.joined] = sides.joined;
        after.bodies = sides.bodies;
    }
    beyond
}

#[derive(Clone, Copy, Default)]
struct Vote {
    candidate: Option<char>,
    lead: u32,
}

impl Vote {
    fn add(&mut self, c: Option<char>) {
        if self.lead == 0 {
            *self = Self { candidate: c, lead: 1 };
        } else if self.candidate == c {
            self.lead += 1;
        } else {
            self.lead -= 1;
        }
    }

    fn join(&mut self, other: Self) {
        if self.candidate == other.candidate {
            self.lead += other.lead;
        } else if self.lead >= other.lead {
            self.lead -= other.lead;
        } else {
            *self = Self { lead: other.lead - self.lead, ..other };
        }
    }
}

#[derive(Clone, Default)]
struct Sides {
    all: u32,
    votes: [Vote; 2],
    joined: [u32; 2],
    bodies: u32,
}

impl Sides {
    fn add(&mut self, neighbours: [Option<char>; 2]) {
        self.all += 1;
        for ((vote, joined), c) in self.votes.iter_mut().zip(&mut self.joined).zip(neighbours) {
            vote.add(c);
            *joined += u32::from(c.is_some_and(char::is_alphanumeric));
        }
    }

    fn join(&mut self, other: Self) {
        self.all += other.all;
        self.bodies += other.bodies;
        self.votes.iter_mut().zip(other.votes).for_each(|(vote, more)| vote.join(more));
        self.joined.iter_mut().zip(other.joined).for_each(|(joined, more)| *joined += more);
    }

    /// The Han characters that may hold three quarters.
    fn majorities(&self) -> [Option<char>; 2] {
        self.votes.map(|vote| vote.candidate.filter(|c| is_han(*c) && vote.lead * 2 >= self.all))
    }
}

/// Contexts of one draft on both sides.
#[derive(Clone, Default)]
struct Seen<'t> {
    counts: [u32; 2],
    contexts: [Vec<&'t str>; 2],
}

fn contexts(
    texts: &[Searched<'_>],
    wordings: &Wordings,
    owners: &Owners,
    majorities: &[[Option<char>; 2]],
) -> Vec<[Beyond; 2]> {
    let seen = gather(
        texts,
        || vec![Seen::default(); majorities.len()],
        |seen, text, one| {
            let Some(at) = owners.of(one.wording).map(|at| at as usize) else { return };
            let (Some([before, after]), Some(seen)) = (majorities.get(at), seen.get_mut(at)) else {
                return;
            };
            if before.is_none() && after.is_none() {
                return;
            }
            let (head, tail) = text.around(one.at, one.at + wordings.bytes(one.wording));
            if before.is_some() && head.chars().next_back() == *before {
                seen.add(0, head);
            }
            if after.is_some() && tail.chars().next() == *after {
                seen.add(1, tail);
            }
        },
    );
    let mut all = vec![Seen::default(); majorities.len()];
    for part in seen {
        all.iter_mut().zip(part).for_each(|(all, part)| all.join(part));
    }
    all.iter()
        .map(|seen| {
            let [before, after] = &seen.contexts;
            [
                Beyond {
                    count: seen.counts[0],
                    text: common(before, Side::Before),
                    joined: 0,
                    bodies: 0,
                },
                Beyond {
                    count: seen.counts[1],
                    text: common(after, Side::After),
                    joined: 0,
                    bodies: 0,
                },
            ]
        })
        .collect()
}

impl<'t> Seen<'t> {
    fn add(&mut self, side: usize, context: &'t str) {
        if let (Some(count), Some(contexts)) =
            (self.counts.get_mut(side), self.contexts.get_mut(side))
        {
            *count += 1;
            if contexts.len() < CONTEXTS {
                contexts.push(context);
            }
        }
    }

    fn join(&mut self, other: Self) {
        for (side, contexts) in other.contexts.into_iter().enumerate() {
            if let (Some(count), Some(own)) =
                (self.counts.get_mut(side), self.contexts.get_mut(side))
            {
                *count += other.counts.get(side).copied().unwrap_or_default();
                let room = CONTEXTS.saturating_sub(own.len());
                own.extend(contexts.into_iter().take(room));
            }
        }
    }
}

/// What three quarters of `contexts` go on with, away from the wording.
fn common(contexts: &[&str], side: Side) -> String {
    let mut readers: Vec<Box<dyn Iterator<Item = char> + '_>> = contexts
        .iter()
        .map(|context| -> Box<dyn Iterator<Item = char> + '_> {
            match side {
                Side::Before => Box::new(context.chars().rev()),
                Side::After => Box::new(context.chars()),
            }
        })
        .collect();
    let all = readers.len();
    let mut text: Vec<char> = Vec::new();
    while text.len() < FARTHEST {
        let next: Vec<Option<char>> = readers.iter_mut().map(Iterator::next).collect();
        let best = next.iter().max_by_key(|c| next.iter().filter(|other| other == c).count());
        let Some(Some(best)) = best.filter(|c| c.is_some_and(is_han)).copied() else { break };
        let agree = next.iter().map(|c| *c == Some(best));
        let mut agree = agree.collect::<Vec<_>>().into_iter();
        readers.retain(|_| agree.next() == Some(true));
        if readers.len() * (BELONGS.1 as usize) < all * BELONGS.0 as usize {
            break;
        }
        text.push(best);
    }
    if side == Side::Before {
        text.reverse();
    }
    text.into_iter().collect()
}

/// What `read` gathers over shares of the texts, in their order.
fn gather<'t, T: Send>(
    texts: &[Searched<'t>],
    none: impl Fn() -> T + Sync,
    read: impl Fn(&mut T, &'t FoldedDocument, Occurrence) + Sync,
) -> Vec<T> {
    let share = texts.len().div_ceil(rayon::current_num_threads()).max(1);
    let gathered = texts.par_chunks(share).map(|texts| {
        let mut sum = none();
        for (text, occurrences) in texts {
            occurrences.iter().for_each(|one| read(&mut sum, text, *one));
        }
        sum
    });
    gathered.collect()
}
