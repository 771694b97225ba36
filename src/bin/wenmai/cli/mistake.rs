//! What is wrong with arguments, and what to type instead, in the language of the interface. clap knows
//! the facts; its sentences are English.

use std::num::ParseIntError;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::ui::lang::Lang;
use crate::ui::locales::{filled, text};

/// The message for arguments that were refused: what is wrong, the hint, the usage.
pub(crate) fn explained(error: &Error, lang: Lang) -> Vec<String> {
    let mut lines = vec![format!("wenmai: {}", what(error, lang))];
    lines.extend(way_out(error, lang).into_iter().map(|line| format!("  {line}")));
    let usage = part(error, ContextKind::Usage);
    let usage = usage.trim_start_matches("Usage:").trim();
    if !usage.is_empty() {
        lines.push(format!("  {}{usage}", text(lang, "cli.usage")));
        lines.push(format!("  {}", filled(text(lang, "mistake.see"), &[&command_of(usage)])));
    }
    lines
}

fn what(error: &Error, lang: Lang) -> String {
    let say = |key: &str, parts: &[&str]| filled(text(lang, &format!("mistake.{key}")), parts);
    let arg = part(error, ContextKind::InvalidArg);
    let value = part(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => say("unknown_argument", &[&arg]),
        ErrorKind::UnknownArgument => say("too_many_arguments", &[&arg]),
        ErrorKind::InvalidSubcommand => {
            say("unknown_command", &[&part(error, ContextKind::InvalidSubcommand)])
        }
        ErrorKind::InvalidValue if value.is_empty() => say("needs_value", &[&arg]),
        ErrorKind::InvalidValue => say("not_a_value", &[&value, &arg]),
        ErrorKind::ValueValidation => match reason(error, lang) {
            Some(reason) => say("not_a_value_why", &[&value, &arg, &reason]),
            None => say("not_a_value", &[&value, &arg]),
        },
        ErrorKind::TooManyValues => say("too_many_values", &[&value, &arg]),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let least = part(error, ContextKind::MinValues);
            let exact = part(error, ContextKind::ExpectedNumValues);
            let given = part(error, ContextKind::ActualNumValues);
            let wanted = if exact.is_empty() { least } else { exact };
            say("needs_values", &[&arg, &wanted, &given])
        }
        ErrorKind::ArgumentConflict => {
            let other = part(error, ContextKind::PriorArg);
            let key = if other == arg || other.is_empty() { "twice" } else { "conflict" };
            say(key, &[&arg, &other])
        }
        ErrorKind::MissingRequiredArgument => say("missing", &[&arg]),
        ErrorKind::MissingSubcommand => say("missing_command", &[]),
        ErrorKind::InvalidUtf8 => say("not_utf8", &[]),
        _ => say("other", &[]),
    }
}

/// Why a parser refused a value; ours say it in the language of the process.
fn reason(error: &Error, lang: Lang) -> Option<String> {
    let source = std::error::Error::source(error)?;
    match source.downcast_ref::<ParseIntError>() {
        Some(_) => Some(text(lang, "mistake.whole_number_any").to_owned()),
        None => Some(source.to_string()),
    }
}

fn way_out(error: &Error, lang: Lang) -> Option<String> {
    let say = |key: &str, part: &str| filled(text(lang, &format!("mistake.{key}")), &[part]);
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .map(|kind| part(error, kind))
            .into_iter()
            .find(|suggested| !suggested.is_empty());
    let allowed = [ContextKind::ValidValue, ContextKind::ValidSubcommand];
    let allowed = allowed.map(|kind| list(error, kind, text(lang, "cli.separator")));
    let allowed = allowed.into_iter().find(|allowed| !allowed.is_empty());
    match (suggested, allowed) {
        (Some(suggested), _) => Some(say("did_you_mean", &suggested)),
        (None, Some(allowed)) => Some(say("allowed", &allowed)),
        // clap then proposes `-- VALUE`, in an English sentence.
        (None, None) if error.get(ContextKind::Suggested).is_some() => {
            Some(say("dash", &part(error, ContextKind::InvalidArg)))
        }
        (None, None) => None,
    }
}

fn part(error: &Error, kind: ContextKind) -> String {
    list(error, kind, " ")
}

fn list(error: &Error, kind: ContextKind, separator: &str) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(separator),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The program and command with which a usage line begins: `wenmai notes export`.
fn command_of(usage: &str) -> String {
    let is_name = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase());
    usage.split_whitespace().take_while(is_name).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help;

    fn refused(arguments: &str, lang: Lang) -> String {
        let words = std::iter::once("wenmai").chain(arguments.split_whitespace());
        let error = help::command(lang).try_get_matches_from(words).expect_err(arguments);
        explained(&error, lang).join("\n")
    }

    #[test]
    fn a_mistake_names_the_argument_and_the_way_out() {
        for (arguments, english, chinese) in [
            (
                "list --jsn",
                "wenmai: unknown option --jsn\n  Did you mean --json?",
                "没有选项 --jsn\n  是否要用 --json？",
            ),
            ("list --foo", "wenmai: unknown option --foo", "没有选项 --foo"),
            ("show", "missing <DOC>", "缺少 <文本>"),
            ("show a b", "unexpected argument “b”", "多余的参数“b”"),
            (
                "list --lang fr",
                "“fr” is not a value for --lang <LANG>\n  Allowed: en, zh",
                "可取：en、zh",
            ),
            ("list --lang", "--lang <LANG> needs a value", "--lang <语言> 需要一个值"),
            (
                "topics x --limit many",
                "for --limit <N>; expected a whole number",
                "--limit <N> 的值：应为整数",
            ),
            ("show a --raw --body", "cannot be combined with", "不能与"),
            ("compare a", "<DOC> <DOC>... needs 2 values; got 1", "需要 2 个值，只有 1 个"),
            ("notes frobnicate", "unknown command “frobnicate”", "没有命令“frobnicate”"),
        ] {
            let told = refused(arguments, Lang::English);
            assert!(told.contains(english), "{arguments}: {told}");
            let told = refused(arguments, Lang::Chinese);
            assert!(told.contains(chinese), "{arguments}: {told}");
            let see = arguments.split_whitespace().next().unwrap_or_default();
            // clap knows no usage for a value that is not allowed.
            let has_usage = !told.contains("可取") && !told.contains("应为");
            assert!(
                !has_usage || told.contains(&format!("见 wenmai {see}")),
                "{arguments}: {told}"
            );
        }
    }
}
