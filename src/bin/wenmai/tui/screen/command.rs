//! The command line: what is typed after `:` names an action, a setting with its value, or an export.
//! What it can become stands above it, the likeliest first; Tab completes, Enter runs.

use std::path::PathBuf;

use ratatui::layout::{Position, Rect};
use wenmai::text::fold::fold_key;
use wenmai::text::width::pad;
use wenmai::themes::ThemeId;

use super::{Outcome, Screen};
use crate::settings::table::{Given, Kind, Setting, TABLE as SETTINGS};
use crate::tui::canvas::Canvas;
use crate::tui::context::ScreenContext;
use crate::tui::cursor::Cursor;
use crate::tui::event::Mouse;
use crate::tui::geometry::status_line;
use crate::tui::report::ReportRequest;
use crate::tui::widget::list::{self, ListRow, Pointed};
use crate::tui::widget::prompt::Prompt;
use crate::ui::action::{Action, TABLE as ACTIONS, called};
use crate::ui::keymap::Mode;
use crate::ui::locales::text;
use crate::ui::messages::Message;

/// Completions that are shown at most.
const MOST_SHOWN: usize = 12;
/// Cells of a command's name, before what it does.
const NAME_CELLS: usize = 24;
/// Themes that are offered at most.
const MOST_THEMES: usize = 200;
/// The command that writes a report.
const EXPORT: &str = "export";
/// Those that tag documents, and that save a query.
const TAG: &str = "tag";
const TAG_SHOWN: &str = "tag-shown";
const SAVE_QUERY: &str = "save-query";
/// The command that keeps a setting in the file.
const SET: &str = "set";
/// Commands that take a word of the user's own.
const WORDED: [&str; 3] = [TAG, TAG_SHOWN, SAVE_QUERY];

/// The line that is typed.
#[derive(Debug, Default)]
pub(crate) struct CommandLine {
    prompt: Prompt,
    /// The theme that the reader follows.
    followed: Option<ThemeId>,
    cursor: Cursor,
    /// What the line could become, and what that does.
    found: Vec<(String, String)>,
    made_for: Option<String>,
    /// Why the line cannot be run.
    notice: Option<String>,
}

impl Screen for CommandLine {
    fn mode(&self) -> Mode {
        Mode::Typing
    }

    fn act(&mut self, action: Action, context: &ScreenContext) -> Outcome {
        self.notice = None;
        let erases = action == Action::EraseBack && self.prompt.text().is_empty();
        if !erases && self.prompt.act(action) {
            return Outcome::Done;
        }
        if let Some(step) = list::step_of(action) {
            self.cursor.step(step, self.found.len(), MOST_SHOWN);
            return Outcome::Done;
        }
        match action {
            Action::Pick => self.complete(),
            Action::Open => return self.run(context),
            Action::Cancel | Action::EraseBack => return Outcome::Close,
            _ => {}
        }
        Outcome::Done
    }

    fn type_text(&mut self, text: &str, _context: &ScreenContext) {
        self.notice = None;
        self.prompt.insert(text);
    }

    fn mouse(&mut self, mouse: Mouse, cell: Position, context: &ScreenContext) -> Outcome {
        let (area, len) = (self.list_area(context), self.found.len());
        match list::point(mouse, cell, area, len, &mut self.cursor) {
            Pointed::Row => {
                self.complete();
                Outcome::Done
            }
            Pointed::Moved => Outcome::Done,
            Pointed::Beside => Outcome::Close,
        }
    }

    fn lay_out(&mut self, context: &ScreenContext) {
        let typed = Some(self.prompt.text().to_owned());
        if self.made_for != typed {
            self.found = completions(self.prompt.text(), context);
            self.cursor = Cursor::default();
            self.made_for = typed;
        }
        self.cursor.show(self.found.len(), self.list_area(context).height.into(), 1);
    }

    fn draw(&self, context: &ScreenContext, canvas: &mut Canvas<'_>) -> Option<Position> {
        let line = status_line(context.area);
        canvas.clear(line);
        let area = self.list_area(context);
        canvas.clear(area);
        if let Some(notice) = &self.notice {
            // Above the line, which stays in sight.
            let above = Rect { y: line.y.saturating_sub(1), ..line };
            canvas.clear(above);
            canvas.write_cut(above, notice, canvas.look.palette.focus);
            return Some(self.prompt.draw(line, ":", canvas));
        }
        let ambiguous = canvas.look.ambiguous;
        let row = |(name, help): &(String, String)| ListRow {
            left: format!(
                "{} {help}",
                pad(name, NAME_CELLS.max(canvas.look.cells(name)), ambiguous)
            ),
            ..ListRow::default()
        };
        let rows: Vec<ListRow> = self.found.iter().map(row).collect();
        list::draw(area, &rows, self.cursor, canvas);
        Some(self.prompt.draw(line, ":", canvas))
    }
}

impl CommandLine {
    /// With nothing typed yet, while `followed` is followed.
    pub(crate) fn new(followed: Option<ThemeId>) -> Self {
        Self { followed, ..Self::default() }
    }

    /// Where the completions stand: above the line.
    fn list_area(&self, context: &ScreenContext) -> Rect {
        let line = status_line(context.area);
        let rows = self.found.len().min(MOST_SHOWN);
        let height =
            u16::try_from(rows).unwrap_or_default().min(line.y.saturating_sub(context.area.y));
        Rect { y: line.y - height, height, ..context.area }
    }

    /// Takes the chosen completion into the line.
    fn complete(&mut self) {
        let Some((chosen, _)) = self.found.get(self.cursor.chosen) else { return };
        let mut prompt = Prompt::default();
        prompt.insert(chosen);
        let is_key = chosen.strip_prefix("set ").is_some_and(|rest| !rest.contains(' '));
        if takes_more(chosen) || chosen.starts_with("export ") || is_key {
            prompt.insert(" ");
        }
        self.prompt = prompt;
    }

    fn run(&mut self, context: &ScreenContext) -> Outcome {
        let typed = self.prompt.text().trim().to_owned();
        let chosen = self.found.get(self.cursor.chosen).map(|(name, _)| name.clone());
        // What is typed in full is meant; else what is chosen.
        let line = match meaning(&typed, self.followed, context) {
            Some(outcome) => return outcome,
            None => chosen.unwrap_or(typed),
        };
        if let Some(outcome) = meaning(&line, self.followed, context) {
            return outcome;
        }
        self.notice = Some(wrong(&line, context));
        Outcome::Done
    }
}

/// What a command with a word of the user's own does.
fn help_of(name: &str) -> Message {
    match name {
        TAG => Message::TagHelp,
        TAG_SHOWN => Message::TagShownHelp,
        SAVE_QUERY => Message::SaveQueryHelp,
        _ => Message::SetHelp,
    }
}

/// What is wrong with a line that cannot be run.
fn wrong(line: &str, context: &ScreenContext) -> String {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) {
        return context.tell(Message::WrongValue, &[name, rest, &setting.kind.allowed()]);
    }
    if let Some((key, word)) = rest.split_once(char::is_whitespace).filter(|_| name == SET)
        && let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key)
    {
        return context.tell(Message::WrongValue, &[key, word.trim(), &setting.kind.allowed()]);
    }
    if WORDED.contains(&name) || name == SET {
        return context.say(help_of(name)).to_owned();
    }
    if name != EXPORT {
        return context.tell(Message::NoSuchCommand, &[name]);
    }
    let Some(index) = context.themes() else { return context.say(Message::Indexing).to_owned() };
    let mut words = rest.split_whitespace();
    match words.find(|word| index.find(word).is_none() && !is_report(word)) {
        Some(word) if word.contains('.') => {
            context.tell(Message::WrongFormat, &[word, &ENDINGS.join(" ")])
        }
        Some(word) => context.tell(Message::NoSuchTheme, &[word]),
        None => context.say(Message::NoActiveTheme).to_owned(),
    }
}

/// True for the name of a file that a report can be.
fn is_report(word: &str) -> bool {
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// True for a command behind which something stands.
fn takes_more(name: &str) -> bool {
    name == EXPORT
        || name == SET
        || WORDED.contains(&name)
        || SETTINGS.iter().any(|setting| setting.key == name)
}

/// What `line` does, if it is a command in full.
fn meaning(line: &str, followed: Option<ThemeId>, context: &ScreenContext) -> Option<Outcome> {
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if name == EXPORT {
        return report(rest, followed, context).map(Outcome::Report);
    }
    if WORDED.contains(&name) {
        let word = Some(rest.to_owned()).filter(|word| !word.is_empty())?;
        return Some(match name {
            SAVE_QUERY => Outcome::SaveQuery(word),
            _ => Outcome::Tag { tag: word, all: name == TAG_SHOWN },
        });
    }
    if name == SET {
        let (key, word) = rest.split_once(char::is_whitespace)?;
        let setting = SETTINGS.iter().find(|one| one.key == key)?;
        return value(setting, word.trim()).map(|given| Outcome::Keep(setting.name, given));
    }
    if let (false, Some(setting)) = (rest.is_empty(), SETTINGS.iter().find(|one| one.key == name)) {
        return value(setting, rest).map(|given| Outcome::Set(setting.name, given));
    }
    let is_place = name.chars().all(|c| c.is_ascii_digit())
        || name.starts_with('第')
        || name.strip_prefix('a').is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    if is_place && name != "a" && !name.is_empty() && rest.is_empty() {
        return Some(Outcome::GoTo(name.to_owned()));
    }
    let action = called(name).filter(|_| rest.is_empty());
    action.map(|entry| Outcome::Run(entry.action))
}

/// The value that `word` is for a setting.
fn value(setting: &Setting, word: &str) -> Option<Given> {
    match setting.kind {
        Kind::Choice(values) => {
            values.iter().find(|value| **value == word).map(|value| Given::Choice(value))
        }
        Kind::Number(_, least, most) => {
            let number = word.parse().ok().filter(|number| (least..=most).contains(number));
            number.map(Given::Number)
        }
        Kind::Switch(_) => None,
    }
}

/// The endings of files that a report can be.
const ENDINGS: [&str; 4] = [".md", ".csv", ".json", ".html"];

/// The report on the themes that `rest` names, or on the one that is followed.
fn report(rest: &str, followed: Option<ThemeId>, context: &ScreenContext) -> Option<ReportRequest> {
    let index = context.themes()?;
    let (files, names): (Vec<&str>, Vec<&str>) =
        rest.split_whitespace().partition(|word| is_report(word));
    let mut themes: Vec<ThemeId> = Vec::new();
    for name in names {
        themes.push(index.find(name)?);
    }
    if themes.is_empty() {
        themes.extend(followed);
    }
    let first = index.theme(*themes.first()?)?;
    let own = format!("{}.md", first.name.replace(['/', '\\'], "-"));
    let path = files.first().map_or_else(|| PathBuf::from(own), PathBuf::from);
    Some(ReportRequest { themes, path, lang: context.look.lang })
}

/// What `typed` could become, the likeliest first.
fn completions(typed: &str, context: &ScreenContext) -> Vec<(String, String)> {
    match typed.trim_start().split_once(char::is_whitespace) {
        None => commands(typed.trim(), context),
        Some((name, rest)) => arguments(name, rest.trim_start(), context),
    }
}

fn commands(typed: &str, context: &ScreenContext) -> Vec<(String, String)> {
    let lang = context.look.lang;
    let actions = ACTIONS.iter().map(|entry| (entry.name, entry.help(lang)));
    let taken = |key: &str| ACTIONS.iter().any(|entry| entry.name == key);
    let settings = SETTINGS.iter().filter(|setting| set_here(setting) && !taken(setting.key));
    let settings = settings.map(|one| (one.key, text(lang, &format!("setting.{}", one.key))));
    let own = WORDED.into_iter().chain([SET]);
    let own = own.map(|name| (name, context.say(help_of(name))));
    let export = own.chain([(EXPORT, context.say(Message::ExportHelp))]);
    let wanted = fold_key(typed);
    let mut found: Vec<(u8, String, String)> = actions
        .chain(settings)
        .chain(export)
        .filter_map(|(name, help)| {
            let rank = match () {
                () if name.starts_with(typed) => 0,
                () if name.contains(typed) => 1,
                () if fold_key(help).contains(&wanted) => 2,
                () => return None,
            };
            Some((rank, name.to_owned(), help.to_owned()))
        })
        .collect();
    found.sort_by_key(|(rank, ..)| *rank);
    found.into_iter().map(|(_, name, help)| (name, help)).collect()
}

/// True for a setting that can be changed while one reads.
fn set_here(setting: &Setting) -> bool {
    !matches!(setting.kind, Kind::Switch(_))
}

fn arguments(name: &str, rest: &str, context: &ScreenContext) -> Vec<(String, String)> {
    if name == EXPORT {
        return themes(rest, context);
    }
    if name == SET {
        return match rest.split_once(char::is_whitespace) {
            Some((key, word)) => with_set(arguments(key, word.trim_start(), context)),
            None => {
                let fitting = SETTINGS.iter().filter(|one| one.key.starts_with(rest));
                let help = |one: &Setting| text(context.look.lang, &format!("setting.{}", one.key));
                with_set(fitting.map(|one| (one.key.to_owned(), help(one).to_owned())).collect())
            }
        };
    }
    let Some(setting) = SETTINGS.iter().find(|setting| setting.key == name) else {
        return Vec::new();
    };
    let help = text(context.look.lang, &format!("setting.{name}"));
    match setting.kind {
        Kind::Choice(values) => {
            let fitting = values.iter().filter(|value| value.starts_with(rest));
            fitting.map(|value| (format!("{name} {value}"), String::new())).collect()
        }
        Kind::Number(..) => {
            vec![(format!("{name} {rest}"), format!("{} ({help})", setting.kind.allowed()))]
        }
        Kind::Switch(_) => Vec::new(),
    }
}

fn with_set(rows: Vec<(String, String)>) -> Vec<(String, String)> {
    rows.into_iter().map(|(line, help)| (format!("{SET} {line}"), help)).collect()
}

/// The themes with which the last word of `rest` can go on.
fn themes(rest: &str, context: &ScreenContext) -> Vec<(String, String)> {
    let Some(index) = context.themes() else { return Vec::new() };
    let (before, last) = match rest.rsplit_once(char::is_whitespace) {
        Some((before, last)) => (format!("{before} "), last),
        None => (String::new(), rest),
    };
    let wanted = fold_key(last);
    let fitting = index.themes().iter().filter(|theme| fold_key(&theme.name).contains(&wanted));
    let row = |theme: &wenmai::themes::Theme| {
        let counts = [theme.documents.len().to_string(), theme.mentions.to_string()];
        let counts = context.tell(Message::ThemeCounts, &[&counts[0], &counts[1]]);
        (format!("{EXPORT} {before}{}", theme.name), counts)
    };
    fitting.take(MOST_THEMES).map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::tui::effect::Effect;
    use crate::tui::event::Event;
    use crate::tui::testing::Reading;

    #[test]
    fn a_command_is_completed_and_run_by_its_name() {
        let mut reading = Reading::new(80, 24);
        reading.press(":").type_text("outl");
        assert!(reading.caret.is_some());
        assert!(reading.screen().contains("▌outline"), "{}", reading.screen());
        reading.press("Tab Enter");
        assert!(reading.screen().contains("─ 大纲 ─"), "{}", reading.screen());
        reading.press("q :").type_text("quit").press("Enter");
        assert_eq!(reading.effect, Effect::Quit);
    }

    #[test]
    fn a_setting_takes_its_value_and_a_wrong_one_is_refused() {
        let mut reading = Reading::new(80, 24);
        let before = reading.screen();
        reading.press(":").type_text("measure 20").press("Enter");
        assert_ne!(reading.screen(), before);
        assert!(reading.screen().contains("每行 20 字"), "{}", reading.screen());
        reading.press(":").type_text("language en").press("Enter");
        assert!(reading.screen().contains("language = \"en\""), "{}", reading.screen());
        assert!(reading.screen().contains("characters"), "{}", reading.screen());
        for (typed, told) in [
            ("nonsense 3", "没有命令 nonsense"),
            ("measure 5", "measure 不能是 5。可取：10 … 80"),
            ("export 没有这个", "没有名为 没有这个 的主题"),
            ("export a.docx", "a.docx 不是报告的格式"),
        ] {
            reading.press(":").type_text("language zh").press("Enter :");
            reading.type_text(typed).press("Enter");
            assert!(reading.screen().contains(told), "{typed}: {}", reading.screen());
            assert!(reading.screen().contains(&format!(":{typed}")), "{}", reading.screen());
            reading.press("Esc");
        }
        reading.press(":").type_text("nonsense 3").press("Enter");
        reading.press("Esc");
        reading.press(":").send(Event::Paste("outline\n".to_owned()));
        assert!(reading.screen().contains(":outline"), "{}", reading.screen());
    }

    #[test]
    fn export_offers_themes_and_writes_what_the_ending_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("报告.html");
        let mut reading = Reading::new(120, 30);
        reading.press(":").type_text("export 人工");
        assert!(reading.screen().contains("export 人工智能"), "{}", reading.screen());
        reading.press("Tab").send(Event::Paste(file.display().to_string()));
        reading.press("Enter");
        assert!(reading.screen().contains("已写入"), "{}", reading.screen());
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written.contains("人工智能") && written.starts_with("<!DOCTYPE"), "{written}");
    }

    #[test]
    fn every_size_shows_the_line() {
        let mut reading = Reading::new(80, 24);
        reading.press(":").type_text("e");
        for (width, height) in (0..=60).flat_map(|w| (0..=20).map(move |h| (w, h))) {
            reading.resize(width, height);
        }
    }
}
