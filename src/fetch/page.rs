//! A fetched page, and the limits within which it is fetched.

use std::time::Duration;

/// What fetching a page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for a page with all its redirects.
    pub time: Duration,
    /// Bytes of a page, unpacked.
    pub bytes: u64,
    /// Redirects that are followed.
    pub redirects: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), bytes: 64 << 20, redirects: 5 }
    }
}

/// A page as the server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end, without a password that stood in the address.
    pub address: String,
    /// What the server says it is, without parameters: text/html.
    pub media: Option<String>,
    /// The page.
    pub bytes: Vec<u8>,
}
