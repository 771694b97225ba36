//! The command line in the language of the interface: texts of the locale files for every command,
//! argument, heading and placeholder. It is only built for help, for mistakes, completions and the man
//! page; ordinary starts parse with the bare command.

use clap::builder::{Str, StyledStr};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::Cli;
use crate::ui::lang::Lang;
use crate::ui::locales::{filled, text};

/// The command line with help in `lang`.
pub(crate) fn command(lang: Lang) -> Command {
    let command = in_language(Cli::command(), "", lang);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version =
        version.help(text(lang, "cli.print_version")).help_heading(text(lang, "cli.options"));
    let command = command
        .disable_version_flag(true)
        .arg(version)
        .subcommand_value_name(text(lang, "cli.a_command"))
        .after_help(text(lang, "cli.examples"));
    let mut built = command.clone();
    built.build();
    with_usage(command, &mut built, lang)
}

/// The help of the command with this path of names, such as `notes export`; of the whole program
/// where it is empty. `None` if there is no such command.
pub(crate) fn of(names: &[String], lang: Lang) -> Option<StyledStr> {
    let mut command = command(lang);
    command.build();
    let mut found = &mut command;
    for name in names {
        found = found.find_subcommand_mut(name)?;
    }
    Some(found.render_help())
}

/// The man page in `lang`; its headings are English in the crate that writes it.
pub(crate) fn man(lang: Lang) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(lang)).render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (heading, key) in [
        ("NAME", "man.name"),
        ("SYNOPSIS", "man.synopsis"),
        ("DESCRIPTION", "man.description"),
        ("EXTRA", "man.examples"),
        ("VERSION", "man.version"),
    ] {
        page = page.replace(&format!(".SH {heading}\n"), &format!(".SH {}\n", text(lang, key)));
    }
    Ok(page.into_bytes())
}

/// `command` and its subcommands with texts of `lang`; `path` is its key, such as `notes.export`.
fn in_language(command: Command, path: &str, lang: Lang) -> Command {
    let here = if path.is_empty() { "cli".to_owned() } else { format!("cli.{path}") };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let help = help.help(text(lang, "cli.print_help")).help_heading(text(lang, "cli.options"));
    let more =
        if path.is_empty() { format!("{}\n\n", text(lang, "cli.more")) } else { String::new() };
    let usage = text(lang, "cli.usage");
    let template =
        format!("{{about-with-newline}}{more}{usage}{{usage}}\n\n{{all-args}}{{after-help}}");
    let template =
        if path.is_empty() { template } else { template.replacen("newline}", "newline}\n", 1) };
    let names: Vec<String> =
        command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let mut place = 0;
    let mut command = command
        .about(text(lang, &format!("{here}.about")))
        .long_about(None)
        .mut_args(|arg| {
            // Under a heading of its own clap sorts arguments by name unless they have an order.
            place += usize::from(arg.is_positional());
            let order = arg.is_positional().then_some(place);
            let arg = argument(arg, &here, lang);
            match order {
                Some(order) => arg.display_order(order),
                None => arg,
            }
        })
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .subcommand_help_heading(text(lang, "cli.commands"))
        .help_template(template);
    for name in names {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        command = command.mut_subcommand(name, |found| in_language(found, &below, lang));
    }
    command
}

/// An argument with its help, what it may be, and where it belongs in the help.
fn argument(arg: Arg, here: &str, lang: Lang) -> Arg {
    let heading = match () {
        () if arg.is_global_set() => "cli.global",
        () if arg.is_positional() => "cli.arguments",
        () => "cli.options",
    };
    let mut help = argument_help(&arg, here, lang).to_owned();
    let list = |values: &[String]| values.join(text(lang, "cli.separator"));
    let defaults: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    // A switch is one of true and false, which nobody types.
    let allowed: Vec<String> = match arg.get_action().takes_values() {
        true => arg.get_possible_values().iter().map(|one| one.get_name().to_owned()).collect(),
        false => Vec::new(),
    };
    let environment = arg.get_env().map(|name| name.to_string_lossy().into_owned());
    let notes = [
        ("cli.values", allowed),
        ("cli.default", defaults),
        ("cli.environment", environment.into_iter().collect()),
    ];
    for (key, values) in notes {
        if values.iter().any(|value| !value.is_empty()) {
            help.push(' ');
            help.push_str(&filled(text(lang, key), &[&list(&values)]));
        }
    }
    let placeholders: Option<Vec<Str>> = arg
        .get_value_names()
        .map(|names| names.iter().map(|name| placeholder(name, lang)).collect());
    let mut arg = arg.help(help).long_help(None).help_heading(text(lang, heading));
    if arg.get_action().takes_values() {
        // Both are in the help, in this language.
        arg = arg.hide_possible_values(true).hide_default_value(true);
    }
    let arg = arg.hide_env(true);
    match placeholders {
        Some(names) => arg.value_names(names),
        None => arg,
    }
}

/// The text for an argument: its command's own, or what it means in every command.
fn argument_help(arg: &Arg, here: &str, lang: Lang) -> &'static str {
    let own = text(lang, &format!("{here}.{}", arg.get_id()));
    if own.is_empty() { text(lang, &format!("cli.any.{}", arg.get_id())) } else { own }
}

/// The placeholder of a value, such as FILE.
fn placeholder(name: &Str, lang: Lang) -> Str {
    let key = match name.as_str() {
        "DOC[#BLOCK] or TEXT" => "LINEAGE".to_owned(),
        "URL or FILE" => "SOURCE".to_owned(),
        _ => name.replace(['=', '-'], "_"),
    };
    match text(lang, &format!("placeholder.{key}")) {
        "" => name.clone(),
        known => Str::from(known),
    }
}

/// `command` with its usage line in `lang`; clap writes `[OPTIONS]` and "Usage" in English only.
/// `built` is the same command after [`Command::build`], which gives subcommands their full names.
fn with_usage(command: Command, built: &mut Command, lang: Lang) -> Command {
    let usage = built.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim_start();
    let mut command =
        command.override_usage(usage.replace("[OPTIONS]", text(lang, "cli.any_options")));
    for below in built.get_subcommands_mut() {
        let name = below.get_name().to_owned();
        command = command.mut_subcommand(name, |found| with_usage(found, below, lang));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::locales::keys;
    use std::collections::BTreeSet;

    /// The keys of texts that a command and those below it ask for.
    fn asked(command: &Command, path: &str, keys: &mut BTreeSet<String>) {
        let here = if path.is_empty() { "cli".to_owned() } else { format!("cli.{path}") };
        keys.insert(format!("{here}.about"));
        for arg in command.get_arguments() {
            let own = format!("{here}.{}", arg.get_id());
            let any = format!("cli.any.{}", arg.get_id());
            let known = !text(Lang::English, &own).is_empty();
            keys.insert(if known { own } else { any });
        }
        for below in command.get_subcommands() {
            let name = below.get_name();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            asked(below, &path, keys);
        }
    }

    #[test]
    fn every_command_and_option_has_its_text() {
        let mut wanted = BTreeSet::new();
        asked(&Cli::command(), "", &mut wanted);
        let is_own = |key: &String| key.starts_with("cli.") && key.matches('.').count() > 1;
        for lang in [Lang::English, Lang::Chinese] {
            let have: BTreeSet<String> = keys(lang).into_iter().filter(is_own).collect();
            let missing: Vec<_> = wanted.iter().filter(|key| text(lang, key).is_empty()).collect();
            assert_eq!(missing, Vec::<&String>::new(), "{lang:?}");
            let unused: Vec<_> = have.difference(&wanted).collect();
            assert_eq!(unused, Vec::<&String>::new(), "{lang:?}");
        }
    }

    #[test]
    fn chinese_help_has_no_english_words_of_clap() {
        fn all(command: &mut Command, helps: &mut String) {
            helps.push_str(&command.render_long_help().to_string());
            for below in command.get_subcommands_mut() {
                all(below, helps);
            }
        }
        for (lang, words) in [
            (
                Lang::Chinese,
                ["Usage", "Options", "[OPTIONS]", "default", "possible", "Print", "env:"],
            ),
            (Lang::English, ["用法", "选项", "默认", "可取", "文件夹", "显示", "列出"]),
        ] {
            let mut command = command(lang);
            command.build();
            let mut helps = String::new();
            all(&mut command, &mut helps);
            assert!(helps.contains("wenmai notes export"), "{helps}");
            for word in words {
                // `[cli.config]` names an option of its own: --defaults.
                let found = helps.replace("--defaults", "").contains(word);
                assert!(!found, "{lang:?}: {word} in\n{helps}");
            }
        }
    }

    #[test]
    fn help_of_a_command_is_found_by_its_names() {
        let names = ["notes", "export"].map(str::to_owned);
        let help = of(&names, Lang::Chinese).expect("a command").to_string();
        assert!(help.contains("用法：wenmai notes export [选项]"), "{help}");
        assert!(of(&["nothing".to_owned()], Lang::English).is_none());
        let diff = of(&["diff".to_owned()], Lang::English).expect("a command").to_string();
        let at = |text: &str| diff.find(text).expect(text);
        assert!(at("  <OLD>  ") < at("  <NEW>  "), "{diff}");
        assert!(!diff.contains("true, false"), "{diff}");
    }
}
