//! Fetching in a program that was built without the feature `fetch`: every address is refused.

use super::without_password;
use crate::error::{Error, Result};
use crate::fetch::page::{Fetched, Limits};
use crate::ingest::Options;
use crate::text::web_address::WebAddress;

/// Refuses the page at `address`.
///
/// # Errors
/// Always [`Error::FetchDisabled`].
pub fn fetch(address: &str, _: &Limits) -> Result<Fetched> {
    Err(Error::FetchDisabled { address: without_password(address) })
}

/// Refuses the feed at `source`.
///
/// # Errors
/// Always [`Error::FetchDisabled`].
pub fn entries(source: &str, _: Vec<u8>, _: &Options) -> Result<Vec<WebAddress>> {
    Err(Error::FetchDisabled { address: without_password(source) })
}
