//! Reading files in another process: what passes between the program and its workers. The library
//! starts no process; whoever can start one hands in a [`Host`]. A file that hangs, needs too much
//! memory or ends its reader then costs only itself.
//!
//! A request and an answer are a length in eight bytes, little-endian, and as many bytes of postcard.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::Refusal;

/// What one file may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowance {
    /// Time until the answer.
    pub time: Duration,
    /// Memory beyond what the process has when it starts, in bytes.
    pub memory: u64,
}

/// Starts processes that read files.
pub trait Host: Send + Sync {
    /// The answer of a process to `request`, which may use what `allowance` says; `None` where no
    /// process can be started.
    ///
    /// # Errors
    /// The process took too long, needed too much memory, or failed.
    fn ask(&self, request: &[u8], allowance: Allowance) -> Option<Result<Vec<u8>, Refusal>>;
}

/// The host of workers, where there is one; without it files are read in this process.
#[derive(Clone, Default)]
pub struct Workers(Option<Arc<dyn Host>>);

impl Workers {
    /// Reads files by `host`.
    pub fn new(host: Arc<dyn Host>) -> Self {
        Self(Some(host))
    }

    /// The answer of a worker to `request`; `None` where there is none to be asked.
    pub(super) fn ask(
        &self,
        request: &[u8],
        allowance: Allowance,
    ) -> Option<Result<Vec<u8>, Refusal>> {
        self.0.as_ref()?.ask(request, allowance)
    }
}

/// Workers decide nothing about a result: all are equal, and look the same.
impl PartialEq for Workers {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Workers {}

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Workers")
    }
}

/// The longest request or answer, in bytes: what the largest allowed file may take.
const LONGEST: u64 = 8 << 30;

/// Writes a request or an answer.
///
/// # Errors
/// The other side has gone.
pub fn send(mut to: impl Write, message: &[u8]) -> io::Result<()> {
    to.write_all(&(message.len() as u64).to_le_bytes())?;
    to.write_all(message)?;
    to.flush()
}

/// Reads a request or an answer; `None` where the other side has ended.
///
/// # Errors
/// The message breaks off, or is longer than any.
pub fn receive(mut from: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    let mut read = 0;
    while read < length.len() {
        match from.read(length.get_mut(read..).unwrap_or_default()) {
            Ok(0) if read == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u64::from_le_bytes(length);
    if length > LONGEST {
        return Err(io::Error::other("a message longer than any"));
    }
    // The length may be wrong: memory grows with what comes.
    let mut message = Vec::new();
    from.take(length).read_to_end(&mut message)?;
    match message.len() as u64 == length {
        true => Ok(Some(message)),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Options, RawFile, allowance, answer, documents};

    #[test]
    fn messages_pass_and_broken_ones_are_errors() {
        let mut pipe = Vec::new();
        send(&mut pipe, b"one").unwrap();
        send(&mut pipe, b"").unwrap();
        let mut from = pipe.as_slice();
        assert_eq!(receive(&mut from).unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!(receive(&mut from).unwrap().as_deref(), Some(&b""[..]));
        assert_eq!(receive(&mut from).unwrap(), None);
        assert!(receive(&pipe[..5]).is_err());
        assert!(receive(&pipe[..10]).is_err());
        assert!(receive(&u64::MAX.to_le_bytes()[..]).is_err());
    }

    struct Inside;

    impl Host for Inside {
        fn ask(&self, request: &[u8], _: Allowance) -> Option<Result<Vec<u8>, Refusal>> {
            Some(Ok(answer(request)))
        }
    }

    struct Hung;

    impl Host for Hung {
        fn ask(&self, _: &[u8], _: Allowance) -> Option<Result<Vec<u8>, Refusal>> {
            Some(Err(Refusal::TookTooLong))
        }
    }

    const RTF: &[u8] = b"{\\rtf1\\ansi\\ansicpg936 \\'b9\\'d8\\'d3\\'da\\par}";

    #[test]
    fn a_worker_reads_what_this_process_would() {
        let raw = || RawFile { path: "a.rtf".into(), bytes: RTF.into() };
        let alone = documents(raw(), &Options::default()).unwrap();
        let workers = Workers::new(Arc::new(Inside));
        let by_worker = documents(raw(), &Options { workers, ..Options::default() }).unwrap();
        assert_eq!(alone, by_worker);
        let workers = Workers::new(Arc::new(Hung));
        let refused = documents(raw(), &Options { workers, ..Options::default() });
        assert!(refused.is_err_and(|error| error.to_string().contains("too long")));
    }

    #[test]
    fn bytes_that_are_no_request_are_answered() {
        assert!(allowance(b"\xFF\xFF").is_none());
        assert!(!answer(b"\xFF\xFF").is_empty());
    }
}
