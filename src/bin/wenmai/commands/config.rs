//! `config`: what is set and where, the file of defaults, the table of settings.

use serde_json::{Map, Value};

use super::{Outcome, output::Output};
use crate::cli::{Config, Global};
use crate::settings::table::{TABLE, defaults, page};

/// Prints the settings.
pub(crate) fn run(global: &Global, args: &Config, out: &mut Output) -> anyhow::Result<Outcome> {
    let lang = global.lang();
    if args.defaults {
        out.print(&defaults(lang))?;
        return Ok(Outcome::Done);
    }
    if args.page {
        out.print(&page(lang))?;
        return Ok(Outcome::Done);
    }
    let settings = &global.settings;
    let value = |name| settings.given(name).to_string();
    if out.json {
        let parsed = |text: String| serde_json::from_str(&text).unwrap_or(Value::Null);
        let all = TABLE.iter().map(|row| (row.key.to_owned(), parsed(value(row.name))));
        out.json(&all.collect::<Map<_, _>>())?;
        return Ok(Outcome::Done);
    }
    let file = settings.path.as_ref().map(|path| path.display().to_string());
    let mut text = format!("# {}\n", file.as_deref().unwrap_or("wenmai config --defaults"));
    for row in TABLE {
        text.push_str(&format!("{} = {}\n", row.key, value(row.name)));
    }
    for (name, paths) in &settings.libraries {
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        text.push_str(&format!("libraries.{name:?} = {paths:?}\n"));
    }
    out.print(&text)?;
    Ok(Outcome::Done)
}
