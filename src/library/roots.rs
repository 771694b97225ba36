//! Roots of a library: the files and folders as they were given, and the one identity that each has
//! whatever its spelling. The cache knows files by their identity, so that `texts`, `./texts` and the
//! whole path are one library; people see the spelling that they gave.

use std::path::{Path, PathBuf};

/// The files and folders of a library; none for the texts that come with the program.
#[derive(Debug, Clone, Default)]
pub struct Roots {
    given: Vec<PathBuf>,
    /// Of each its identity: the whole path without links, or as given where there is no such file.
    identities: Vec<PathBuf>,
}

impl Roots {
    /// The roots that were given as `paths`.
    pub fn new(paths: Vec<PathBuf>) -> Self {
        let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        Self { identities: paths.iter().map(whole).collect(), given: paths }
    }

    /// The paths as they were given.
    pub fn given(&self) -> &[PathBuf] {
        &self.given
    }

    /// The identities of the paths, in the same order.
    pub fn identities(&self) -> &[PathBuf] {
        &self.identities
    }

    /// The path of a file, known by its identity, in the spelling of the root that it is under; of
    /// several roots the innermost one.
    pub fn as_given(&self, file: &Path) -> PathBuf {
        let roots = self.identities.iter().zip(&self.given);
        let under =
            roots.filter_map(|(whole, given)| Some((file.strip_prefix(whole).ok()?, given)));
        match under.min_by_key(|(rest, _)| rest.as_os_str().len()) {
            Some((rest, given)) if rest.as_os_str().is_empty() => given.clone(),
            Some((rest, given)) => given.join(rest),
            None => file.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_shown_under_the_innermost_root_as_given() {
        let roots = Roots {
            given: vec!["texts".into(), "../texts/old".into(), "a.md".into()],
            identities: vec!["/home/texts".into(), "/home/texts/old".into(), "/home/a.md".into()],
        };
        for (file, given) in [
            ("/home/texts/1.md", "texts/1.md"),
            ("/home/texts/old/2.md", "../texts/old/2.md"),
            ("/home/a.md", "a.md"),
            ("/home/other/3.md", "/home/other/3.md"),
        ] {
            assert_eq!(roots.as_given(Path::new(file)), Path::new(given));
        }
    }

    #[test]
    fn a_missing_path_is_its_own_identity() {
        let roots = Roots::new(vec!["no/such/folder".into()]);
        assert_eq!(roots.identities(), roots.given());
    }
}
