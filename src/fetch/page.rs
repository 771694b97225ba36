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
    /// Which servers may be asked.
    pub reach: Reach,
}

/// Which servers a page may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Any: the address was typed. Where that server is one of the open internet, its redirects may
    /// only lead to others of it.
    #[default]
    Any,
    /// Those of the open internet.
    Public,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), bytes: 64 << 20, redirects: 5, reach: Reach::Any }
    }
}

/// A page as the server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end, without a name and password that the address had.
    pub address: String,
    /// Which servers its own links may lead to.
    pub reach: Reach,
    /// What the server says it is, without parameters: text/html.
    pub media: Option<String>,
    /// The page.
    pub bytes: Vec<u8>,
}
