//! Limits of what is read of one file, so that no file fills the memory or takes for ever. Memory
//! stays below six times the file and 200 MB. A file that reaches a limit is read up to it, with a
//! warning that names the limit, or refused with a reason; both name the way out.

use std::time::Duration;

/// Bytes unpacked from one archive, and how often the archive's size on top; the text of a long book
/// has a few million.
pub(super) const UNPACKED: u64 = 64 << 20;
/// See [`UNPACKED`].
pub(super) const UNPACKED_PER_BYTE: u64 = 3;
/// Members of an archive that are read as files of their own.
pub(super) const MEMBERS: usize = 20_000;
/// Archives inside archives.
pub(super) const NESTED_ARCHIVES: usize = 3;
/// Tables inside tables; deeper ones are read as paragraphs of the cell around them.
pub(super) const NESTED_TABLES: usize = 16;
/// Pages of one PDF or OFD.
pub(super) const PAGES: usize = 20_000;
/// Glyphs of one PDF or OFD; a page of text has about a thousand.
pub(super) const GLYPHS: usize = 4_000_000;
/// Rows of one sheet.
pub(super) const SHEET_ROWS: usize = 200_000;
/// Time for one file in a worker process, and more for each MB.
pub(super) const TIME: Duration = Duration::from_secs(20);
/// See [`TIME`].
pub(super) const TIME_PER_MB: Duration = Duration::from_secs(2);
/// Memory of a worker process in bytes, and how often the file's size on top.
pub(super) const MEMORY: u64 = 200 << 20;
/// See [`MEMORY`].
pub(super) const MEMORY_PER_BYTE: u64 = 6;
