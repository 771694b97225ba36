//! Files inside files: an archive of files is read as a folder, attachments as files beside their
//! mail. A member's path is the path of the file around it and its own name below, as if the file
//! were a folder; one that cannot be read costs only itself.

use std::path::{Component, Path, PathBuf};

use super::archive::{MemberArchive, Unreadable};
use super::{Budget, limits, pages_within};
use crate::error::{Error, Refusal, Result, Warning};
use crate::ingest::load::{PageFolders, RawFile, is_page_part};
use crate::ingest::page::Page;
use crate::ingest::{Options, decode};

/// The pages of the archive `raw`.
pub(super) fn pages(raw: &RawFile, options: &Options, budget: &mut Budget) -> Result<Vec<Page>> {
    let refused = |reason| Error::Refused { path: raw.path.clone(), reason };
    if budget.nested == 0 {
        return Err(refused(Refusal::Unsupported("zip in zip".to_owned())));
    }
    budget.nested -= 1;
    let mut archive =
        MemberArchive::open(&raw.bytes, budget.left).ok_or_else(|| refused(Refusal::Damaged))?;
    let mut all = Collected::default();
    for (index, name) in readable(archive.names()) {
        if all.tried == limits::MEMBERS {
            all.warnings.push(Warning::TooManyMembers(limits::MEMBERS));
            break;
        }
        let path = raw.path.join(&name);
        match archive.member(index) {
            // Bytes of which the end is missing make no file.
            Ok(_) if archive.cut_at().is_some() => {
                budget.left = 0;
                break;
            }
            Ok(bytes) => {
                budget.left = archive.left();
                all.add(&name, read(RawFile { path, bytes: bytes.into() }, options, budget));
                archive.set_left(budget.left);
            }
            Err(why) => {
                let reason = match why {
                    Unreadable::Password => Refusal::NeedsPassword,
                    Unreadable::Damaged => Refusal::Damaged,
                };
                all.add(&name, Err(Error::Refused { path, reason }));
            }
        }
    }
    budget.nested += 1;
    if let Some(limit) = archive.cut_at() {
        all.warnings.push(Warning::TooLargeUnpacked(limit >> 20));
    }
    all.finish(|| refused(Refusal::NoText))
}

/// The pages of files that are attached to the mail `raw`, after those of the mail.
pub(super) fn attached(
    raw: &RawFile,
    mail: Option<Page>,
    attachments: Vec<super::mail::Attachment>,
    options: &Options,
    budget: &mut Budget,
) -> Result<Vec<Page>> {
    let mut all = Collected::default();
    all.pages.extend(mail);
    for super::mail::Attachment { name, bytes } in attachments {
        let Some(name) = safe(&name).filter(|name| !is_page_part(Path::new(name))) else {
            continue;
        };
        let raw = RawFile { path: raw.path.join(&name), bytes: bytes.into() };
        all.add(&name.to_string_lossy(), read(raw, options, budget));
    }
    all.finish(|| Error::Refused { path: raw.path.clone(), reason: Refusal::NoText })
}

/// What was read of the members.
#[derive(Default)]
struct Collected {
    pages: Vec<Page>,
    warnings: Vec<Warning>,
    first: Option<Error>,
    tried: usize,
}

impl Collected {
    fn add(&mut self, name: &str, read: Result<Vec<Page>>) {
        self.tried += 1;
        match read {
            Ok(pages) => self.pages.extend(pages),
            Err(error) => {
                let reason = match &error {
                    Error::Refused { reason, .. } => Some(reason.clone()),
                    Error::Empty { .. } => Some(Refusal::NoText),
                    _ => None,
                };
                self.warnings.push(Warning::MemberSkipped(name.to_owned(), reason));
                self.first.get_or_insert(error);
            }
        }
    }

    /// All pages, with what was noticed on the first; where there is none, why.
    fn finish(mut self, nothing: impl Fn() -> Error) -> Result<Vec<Page>> {
        match self.pages.first_mut() {
            Some(first) => first.warnings.extend(self.warnings),
            None => return Err(self.first.unwrap_or_else(nothing)),
        }
        Ok(self.pages)
    }
}

fn read(raw: RawFile, options: &Options, budget: &mut Budget) -> Result<Vec<Page>> {
    match pages_within(&raw, options, budget) {
        Some(pages) => pages,
        None => crate::ingest::text_pages(decode::decode(raw, options)?, options),
    }
}

/// Members that a folder would give: neither hidden nor parts of saved pages, with names that stay
/// below the archive.
fn readable(names: &[String]) -> Vec<(usize, String)> {
    let safe: Vec<(usize, PathBuf)> = (names.iter().enumerate())
        .filter(|(_, name)| !name.ends_with('/'))
        .filter_map(|(at, name)| Some((at, safe(name)?)))
        .collect();
    let folders = PageFolders::of(safe.iter().map(|(_, path)| path.as_path()));
    let mut all: Vec<(usize, String)> = safe
        .into_iter()
        .filter(|(_, path)| !is_page_part(path) && !folders.hold(path))
        .map(|(at, path)| (at, path.to_string_lossy().into_owned()))
        .collect();
    all.sort_by(|(_, a), (_, b)| a.cmp(b));
    all
}

/// `name` as a path below its archive; `None` for hidden files.
fn safe(name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for part in Path::new(name).components() {
        if let Component::Normal(part) = part {
            let text = part.to_string_lossy();
            if text.starts_with('.') || text == "__MACOSX" {
                return None;
            }
            path.push(part);
        }
    }
    (!path.as_os_str().is_empty()).then_some(path)
}

/// The member below `path` of a file that contains it, for a path that is no file itself.
pub(in crate::ingest) fn inside(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let around = path.ancestors().skip(1).find(|above| above.is_file())?;
    let name = path.strip_prefix(around).ok()?;
    Some((around.to_owned(), name.to_owned()))
}

/// The bytes of the member `name` of `raw`.
pub(in crate::ingest) fn extract(raw: &RawFile, name: &Path, limit: u64) -> Option<RawFile> {
    let path = |name: &str| raw.path.join(name);
    if super::mail::is_mail(&raw.bytes) {
        let (_, attachments) = super::mail::read(&raw.bytes).ok()?;
        let own = |one: &super::mail::Attachment| safe(&one.name).as_deref() == Some(name);
        let found = attachments.into_iter().find(own)?;
        return Some(RawFile { path: path(&found.name), bytes: found.bytes.into() });
    }
    let mut archive = MemberArchive::open(&raw.bytes, limit)?;
    for (index, member) in readable(archive.names()) {
        if name == Path::new(&member) {
            let bytes = archive.member(index).ok()?;
            return Some(RawFile { path: path(&member), bytes: bytes.into() });
        }
        if let Ok(rest) = name.strip_prefix(&member) {
            let bytes = archive.member(index).ok()?;
            let inner = RawFile { path: path(&member), bytes: bytes.into() };
            return extract(&inner, rest, archive.left());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::archive::packed;
    use super::*;

    const TEXT: &str = "关于印发某办法的通知\n各单位：现予印发，请认真贯彻执行。\n";

    fn folder(files: &[(&str, &[u8])]) -> Result<Vec<Page>> {
        let raw = RawFile { path: "b.zip".into(), bytes: packed(files).into() };
        pages_within(&raw, &Options::default(), &mut Budget::new(1 << 20, 1 << 20)).unwrap()
    }

    fn paths(pages: &[Page]) -> Vec<String> {
        pages.iter().map(|page| page.path.display().to_string()).collect()
    }

    #[test]
    fn members_are_read_as_a_folder_and_bad_ones_cost_themselves() {
        let inner = packed(&[("丙.txt", TEXT.as_bytes())]);
        let pages = folder(&[
            ("附件/甲.txt", TEXT.as_bytes()),
            ("../乙.html", "<html><body><p>正文若干，共计一段。</p></body></html>".as_bytes()),
            (".hidden.txt", TEXT.as_bytes()),
            ("图.png", b"\x89PNG"),
            ("空.pdf", b"\x7FELF"),
            ("里.zip", &inner),
        ])
        .unwrap();
        assert_eq!(paths(&pages), ["b.zip/乙.html", "b.zip/里.zip/丙.txt", "b.zip/附件/甲.txt"]);
        assert_eq!(pages[0].warnings.len(), 1);
        assert!(pages[0].warnings[0].to_string().starts_with("空.pdf: "));
    }

    #[test]
    fn nested_archives_end_at_a_depth_and_share_one_budget() {
        let mut inner = packed(&[("a.txt", TEXT.as_bytes())]);
        for _ in 0..10 {
            inner = packed(&[("b.zip", &inner)]);
        }
        assert!(folder(&[("c.zip", &inner)]).is_err());
        let big = vec![b'a'; 700 << 10];
        let twice = packed(&[("a.txt", &big), ("b.txt", &big)]);
        let pages = folder(&[("1.zip", &twice), ("2.txt", TEXT.as_bytes())]).unwrap();
        assert_eq!(pages.len(), 1);
        assert!(pages[0].warnings.iter().any(|warning| matches!(
            warning,
            Warning::TooLargeUnpacked(_) | Warning::TooManyMembers(_)
        )));
    }

    #[test]
    fn a_member_is_found_again_by_its_path() {
        let inner = packed(&[("丙.txt", TEXT.as_bytes())]);
        let raw = RawFile { path: "b.zip".into(), bytes: packed(&[("里.zip", &inner)]).into() };
        let found = extract(&raw, Path::new("里.zip/丙.txt"), 1 << 20).unwrap();
        assert_eq!((found.path, &*found.bytes), ("b.zip/里.zip/丙.txt".into(), TEXT.as_bytes()));
        assert_eq!(extract(&raw, Path::new("无.txt"), 1 << 20), None);
    }
}
