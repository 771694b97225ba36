//! Zip archives, read within a budget: office files, books and folders that were packed. What is
//! unpacked is limited, so that a small archive cannot fill the memory.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;

/// How zip files begin.
const MAGIC: &[u8] = b"PK\x03\x04";

/// An opened archive.
pub(super) struct MemberArchive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Names of its members, by index, with `/` between folders.
    names: Vec<String>,
    /// The members by name in lower case: parts name each other in another case now and then.
    positions: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
    limit: u64,
    is_cut: bool,
}

/// Why a member cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It needs a password.
    Password,
    /// Its bytes are not what the archive says.
    Damaged,
}

impl<'b> MemberArchive<'b> {
    /// The archive `bytes`, of which `limit` bytes are unpacked at most; `None` where it is none.
    pub(super) fn open(bytes: &'b [u8], limit: u64) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names: Vec<String> = zip.file_names_raw().map(name_of).collect();
        let lower = names.iter().map(|name| name.to_lowercase());
        let positions = lower.enumerate().map(|(at, name)| (name, at)).collect();
        Some(Self { zip, names, positions, left: limit, limit, is_cut: false })
    }

    /// Names of all members, in the archive's order; those of folders end with `/`.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// True where it has this member.
    pub(super) fn has(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// The limit in bytes at which something was left out.
    pub(super) fn cut_at(&self) -> Option<u64> {
        self.is_cut.then_some(self.limit)
    }

    /// Bytes that may still be unpacked.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Sets what may still be unpacked, after a member that is an archive itself had its share.
    pub(super) fn set_left(&mut self, left: u64) {
        self.left = left;
    }

    /// The bytes of a member, up to what the budget allows.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        self.position(name).map(|at| self.member(at)).transpose()
    }

    /// The text of a member, in whatever encoding; `None` where there is none that can be read.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.part(name).ok()??;
        Some(crate::ingest::decode::text_of(&bytes))
    }

    /// The bytes of the member at `index`.
    pub(super) fn member(&mut self, index: usize) -> Result<Vec<u8>, Unreadable> {
        let mut bytes = Vec::new();
        let mut file = self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
                Unreadable::Password
            }
            zip::result::ZipError::InvalidPassword => Unreadable::Password,
            _ => Unreadable::Damaged,
        })?;
        let read = file.by_ref().take(self.left).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        // What a file says about its own size may be wrong: only one more byte shows it.
        self.is_cut |= self.left == 0 && file.read(&mut [0]).is_ok_and(|read| read > 0);
        match read {
            Err(_) if bytes.is_empty() => Err(Unreadable::Damaged),
            _ => Ok(bytes),
        }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(&name.trim_start_matches('/').to_lowercase()).copied()
    }
}

/// A member's name: UTF-8, else the encoding of Chinese Windows, whose programs declare none.
fn name_of(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

/// `target` as a part of `base` names it: relative to its folder, or from the root with `/`.
pub(super) fn resolved(base: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => {
            base.rsplit_once('/').map(|(folder, _)| folder.split('/').collect()).unwrap_or_default()
        }
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Archives for tests.
#[cfg(test)]
pub(super) fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budget_is_shared_by_members_and_cut_is_noticed() {
        let bytes = packed(&[("a.txt", b"12345"), ("b.txt", b"67890")]);
        let mut archive = MemberArchive::open(&bytes, 8).unwrap();
        assert_eq!(archive.part("A.TXT"), Ok(Some(b"12345".to_vec())));
        assert_eq!((archive.left(), archive.cut_at()), (3, None));
        assert_eq!(archive.part("b.txt"), Ok(Some(b"678".to_vec())));
        assert_eq!(archive.cut_at(), Some(8));
        assert_eq!(archive.part("c.txt"), Ok(None));
        assert!(MemberArchive::open(b"PK\x03\x04damaged", 8).is_none());
    }

    #[test]
    fn member_names_are_read_as_utf8_or_gbk() {
        assert_eq!(name_of("附件/甲.txt".as_bytes()), "附件/甲.txt");
        let (gbk, ..) = GB18030.encode("附件\\甲.txt");
        assert_eq!(name_of(&gbk), "附件/甲.txt");
    }

    #[test]
    fn targets_are_resolved_from_the_part_that_names_them() {
        for (base, target, whole) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
            ("a/b/c.opf", "../text/./1.xhtml", "a/text/1.xhtml"),
            ("c.opf", "1.xhtml", "1.xhtml"),
        ] {
            assert_eq!(resolved(base, target), whole);
        }
    }
}
