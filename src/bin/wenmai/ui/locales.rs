//! The texts of the interface, by language and key: `locales/en.toml` and `locales/zh.toml`, compiled
//! into the program by rust-i18n. (Of the two crates that the field offers, fluent brings grammar that
//! neither language needs here, and reads its files when the program starts.)

use std::borrow::Cow;

use super::lang::Lang;

#[allow(
    clippy::string_slice,
    clippy::indexing_slicing,
    unreachable_pub,
    unused,
    reason = "what the macro writes"
)]
mod texts {
    rust_i18n::i18n!("src/bin/wenmai/locales");
}

/// The text called `key`, such as `message.Find`; empty where there is none.
pub(crate) fn text(lang: Lang, key: &str) -> &'static str {
    let locale = match lang {
        Lang::English => "en",
        Lang::Chinese => "zh",
    };
    match texts::_rust_i18n_try_translate(locale, key) {
        Some(Cow::Borrowed(text)) => text,
        // Compiled texts are never owned.
        Some(Cow::Owned(_)) | None => "",
    }
}

/// `text` with `parts` in the places of its `{}`.
pub(crate) fn filled(text: &str, parts: &[&str]) -> String {
    let mut pieces = text.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (at, piece) in pieces.enumerate() {
        filled.push_str(parts.get(at).copied().unwrap_or_default());
        filled.push_str(piece);
    }
    filled
}

/// Every key of a language.
#[cfg(test)]
pub(crate) fn keys(lang: Lang) -> std::collections::BTreeSet<String> {
    let locale = if lang == Lang::English { "en" } else { "zh" };
    let all = texts::_rust_i18n_backend().messages_for_locale(locale).unwrap_or_default();
    all.into_iter().map(|(key, _)| key.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::table::{SECTIONS, TABLE as SETTINGS};
    use crate::ui::action::{Group, TABLE as ACTIONS};
    use crate::ui::messages::Message;
    use crate::ui::over_time::OverTime;
    use crate::ui::palette::Palette;
    use std::collections::BTreeSet;

    /// Every key that the program asks for; those of hints may be missing.
    fn asked() -> BTreeSet<String> {
        let messages = Message::ALL.iter().map(|message| message.key());
        let groups = Group::ALL.iter().map(|group| group.key());
        let actions = ACTIONS.iter().map(|entry| format!("action.{}", entry.name));
        let palettes = Palette::ALL.iter().map(|palette| format!("palette.{}", palette.name));
        let settings = SETTINGS.iter().map(|setting| setting.key).chain(SECTIONS);
        let settings = settings.map(|key| format!("setting.{key}"));
        let page = PAGE.iter().map(|key| format!("page.{key}"));
        let all = messages.map(str::to_owned).chain(groups.map(str::to_owned)).chain(actions);
        let refusals = wenmai::error::Refusal::all("").into_iter();
        let refusals = refusals.flat_map(|refusal| {
            ["refusal", "way_out"].map(|part| format!("{part}.{}", refusal.key()))
        });
        let over_time = OverTime::ALL.iter().map(|word| word.key().to_owned());
        let all = all.chain(refusals).chain(over_time);
        all.chain(palettes).chain(settings).chain(page).collect()
    }

    const PAGE: [&str; 7] = [
        "comma",
        "semicolon",
        "keys_head",
        "does_head",
        "setting_head",
        "values_head",
        "setting_does_head",
    ];

    #[test]
    fn no_language_lacks_a_text_that_is_asked_for_and_none_has_one_more() {
        let is_hint = |key: &String| key.starts_with("hint.");
        for lang in [Lang::English, Lang::Chinese] {
            let (hints, keys): (BTreeSet<_>, BTreeSet<_>) =
                keys(lang).into_iter().partition(is_hint);
            let asked = asked();
            assert_eq!(
                keys.symmetric_difference(&asked).collect::<Vec<_>>(),
                Vec::<&String>::new()
            );
            let of_action = |hint: &String| asked.contains(&hint.replace("hint.", "action."));
            assert!(hints.iter().all(of_action), "{lang:?}");
        }
        assert_eq!(keys(Lang::English), keys(Lang::Chinese));
    }

    #[test]
    fn a_text_has_the_same_holes_in_every_language_and_is_never_empty() {
        for key in keys(Lang::English) {
            let texts = [text(Lang::English, &key), text(Lang::Chinese, &key)];
            let [english, chinese] = texts.map(|text| text.matches("{}").count());
            assert_eq!(english, chinese, "{key}");
            assert!(texts.iter().all(|text| !text.is_empty()), "{key}");
        }
    }
}
