//! Reading a file apart from others, in a worker process where there is one: what the program asks,
//! what the worker answers, and what it may use.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use super::{Budget, Contents, Format, limits, sheets};
use crate::error::Refusal;
use crate::ingest::records::Record;
use crate::ingest::worker::Allowance;
use crate::ingest::{Columns, Options};

/// What is made of the file `bytes`, of which `left` bytes may be unpacked.
pub(super) fn read(
    format: Format,
    bytes: &[u8],
    left: u64,
    options: &Options,
) -> Result<Answer, Refusal> {
    let file = Isolated { format, left, columns: Cow::Borrowed(&options.columns), bytes };
    let ask = || {
        let request = postcard::to_allocvec(&file).ok()?;
        options.workers.ask(&request, file.allowance())
    };
    match ask() {
        Some(answer) => {
            let read = |bytes: Vec<u8>| postcard::from_bytes(&bytes);
            answer.and_then(|bytes| read(bytes).unwrap_or(Err(Refusal::ReaderFailed)))
        }
        None => file.read(),
    }
}

/// The work of a worker: what it answers to `request`.
pub fn answer(request: &[u8]) -> Vec<u8> {
    let answer: Result<Answer, Refusal> = match postcard::from_bytes::<Isolated<'_>>(request) {
        Ok(file) => file.read(),
        Err(_) => Err(Refusal::ReaderFailed),
    };
    let failed = || postcard::to_allocvec(&Err::<Answer, _>(Refusal::ReaderFailed));
    postcard::to_allocvec(&answer).or_else(|_| failed()).unwrap_or_default()
}

/// What a worker may use for `request`; `None` for what is no request.
pub fn allowance(request: &[u8]) -> Option<Allowance> {
    Some(postcard::from_bytes::<Isolated<'_>>(request).ok()?.allowance())
}

/// A file that is read apart from others, perhaps in a process of its own.
#[derive(Debug, Serialize, Deserialize)]
struct Isolated<'b> {
    format: Format,
    /// Bytes that may be unpacked of it.
    left: u64,
    columns: Cow<'b, Columns>,
    #[serde(with = "serde_bytes")]
    bytes: &'b [u8],
}

/// What a reader made of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// A text.
    Contents(Box<Contents>),
    /// Texts, one a row.
    Records(Vec<Record>),
}

impl Isolated<'_> {
    /// Reads it. A fault of a reader costs the file and nothing else.
    fn read(&self) -> Result<Answer, Refusal> {
        let options =
            || Options { columns: self.columns.clone().into_owned(), ..Options::default() };
        let read = || match self.format {
            Format::Sheets => sheets::read(self.bytes, &options()).map(Answer::Records),
            format => {
                let budget = Budget { left: self.left, nested: 0 };
                super::read(format, self.bytes, &budget)
                    .map(|contents| Answer::Contents(Box::new(contents)))
            }
        };
        catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Refusal::ReaderFailed))
    }

    /// What a process may use for it.
    fn allowance(&self) -> Allowance {
        let bytes = self.bytes.len() as u64;
        let megabytes = u32::try_from(bytes >> 20).unwrap_or(u32::MAX);
        Allowance {
            time: limits::TIME.saturating_add(limits::TIME_PER_MB.saturating_mul(megabytes)),
            memory: limits::MEMORY.saturating_add(bytes.saturating_mul(limits::MEMORY_PER_BYTE)),
        }
    }
}
