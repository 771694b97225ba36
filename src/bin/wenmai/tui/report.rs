//! A report on themes that the command line asks for: written on a thread, into a file of its own.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use wenmai::export::{Language, quotes, quotes_csv, quotes_html, quotes_markdown};
use wenmai::library::Library;
use wenmai::themes::ThemeId;

use crate::ui::export_file::ExportFile;
use crate::ui::lang::Lang;

/// Files of one name, distinguished by numbers.
const MOST_FILES: usize = 1000;

/// A report that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReportRequest {
    pub(crate) themes: Vec<ThemeId>,
    /// The file, whose ending names the format; one that is called like the theme, if none is named.
    pub(crate) path: PathBuf,
    pub(crate) lang: Lang,
}

impl ReportRequest {
    /// Writes the report into its file, in the format that the file's ending names; a file that is
    /// there already is never written over, a new one with a number is.
    pub(crate) fn write(&self, library: &Library) -> Result<PathBuf, String> {
        let quotes = quotes(library, &self.themes, |_| true);
        let language = match self.lang {
            Lang::English => Language::English,
            Lang::Chinese => Language::Chinese,
        };
        let ending = self.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let report: ExportFile = match ending {
            "html" => quotes_html(&quotes, language).into(),
            "csv" => quotes_csv(&quotes).into(),
            "json" => ExportFile::json(&quotes).map_err(|error| error.to_string())?,
            _ => quotes_markdown(&quotes, language).into(),
        };
        let (mut file, path) = self.new_file(ending)?;
        file.write_all(report.as_bytes()).map_err(|error| error.to_string())?;
        Ok(path)
    }

    fn new_file(&self, ending: &str) -> Result<(File, PathBuf), String> {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for number in 1..=MOST_FILES {
            let path = match number {
                1 => self.path.clone(),
                _ => self.path.with_file_name(format!("{stem}-{number}.{ending}")),
            };
            match File::create_new(&path) {
                Ok(file) => return Ok((file, path)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(format!("{}: {error}", path.display())),
            }
        }
        Err(format!("{}: {}", self.path.display(), ErrorKind::AlreadyExists))
    }
}
