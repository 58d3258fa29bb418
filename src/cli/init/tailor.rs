//! A starter with what was chosen: its name, address, languages, zone and currency.
//!
//! A starter is a project as it stands, so nothing in it is a blank to fill in: what was chosen takes
//! the place of what it says itself.

use super::starters::Starter;
use crate::cli::Failure;
use crate::format;
use crate::source::{FileId, Span};
use crate::syntax;
use crate::syntax::ast::{DeclKind, MessageClause};

/// The zone that starters are written with.
pub(super) const ZONE: &str = "Europe/Paris";
/// The currency that starters are written with.
pub(super) const CURRENCY: &str = "EUR";
/// The end of a source file's name.
const SOURCE: &str = ".jalon";

/// What was chosen for a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    /// The project's name.
    pub(super) name: String,
    /// The postal address of the sender; the starter's own if it is not known yet.
    pub(super) sender_address: Option<String>,
    /// Where unsubscribing leads; the starter's own if it is not known yet.
    pub(super) unsubscribe_url: Option<String>,
    /// The languages of the messages, the usual one first; some of the starter's.
    pub(super) languages: Vec<String>,
    /// The zone of people of whom it is not known.
    pub(super) timezone: String,
    /// The currency of all amounts.
    pub(super) currency: String,
}

/// The files of the new project, by their paths from its folder.
///
/// # Errors
/// None in practice: starters are read and laid out by the tests.
pub(super) fn files(
    starter: &Starter,
    choices: &Choices,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut files = Vec::new();
    for (path, text) in starter.files {
        if dropped_language(path, starter, choices) {
            continue;
        }
        let text = if path.ends_with(SOURCE) {
            source(text, starter, choices)?
        } else if *path == crate::config::FILE_NAME {
            manifest(text, choices)
        } else {
            replace_word(text, CURRENCY, &choices.currency)
        };
        files.push((*path, text));
    }
    Ok(files)
}

/// Whether a file is a template of a language that was not chosen: `reminder.fr.mjml`.
fn dropped_language(path: &str, starter: &Starter, choices: &Choices) -> bool {
    path.rsplit('.')
        .nth(1)
        .filter(|word| starter.languages.contains(word))
        .is_some_and(|language| !choices.languages.iter().any(|chosen| chosen == language))
}

/// A `.jalon` file, without the contents of other languages, in the one layout.
fn source(text: &str, starter: &Starter, choices: &Choices) -> Result<String, Failure> {
    let parsed = syntax::parse(FileId(0), text);
    let mut edits: Vec<(Span, String)> = Vec::new();
    for decl in &parsed.ast.decls {
        match &decl.kind {
            DeclKind::Message(message) => {
                for clause in &message.clauses {
                    if let MessageClause::Content(content) = clause
                        && !choices
                            .languages
                            .iter()
                            .any(|chosen| chosen == content.language.as_str())
                    {
                        edits.push((content.span, String::new()));
                    }
                }
            }
            DeclKind::Profile(profile) => {
                let fields = profile.fields.iter();
                for field in fields.filter(|field| field.name.as_str() == "language") {
                    edits.push((field.span, language_field(&choices.languages)));
                }
            }
            _ => {}
        }
    }
    let mut text = text.to_owned();
    for (span, new) in edits.into_iter().rev() {
        let (before, after) = text.split_at_checked(span.end as usize).unwrap_or_default();
        let before = before.get(..span.start as usize).unwrap_or_default();
        // What goes takes its line with it.
        let before = if new.is_empty() {
            before.trim_end_matches(' ').trim_end_matches('\n')
        } else {
            before
        };
        text = format!("{before}{new}{after}");
    }
    let text = text.replace(&format!("\"{ZONE}\""), &format!("\"{}\"", choices.timezone));
    let text = replace_word(&text, CURRENCY, &choices.currency);
    format::format(&text).map_err(|_| {
        Failure::new(format!(
            "the template `{}` cannot be laid out",
            starter.name
        ))
        .help("this is a defect of Jalon: please report it")
    })
}

/// The profile's field of the language; none where everybody is written to in the same one.
fn language_field(languages: &[String]) -> String {
    match languages {
        [first, _, ..] => format!("language: language = {first}"),
        _ => String::new(),
    }
}

/// `jalon.toml` with the chosen values.
fn manifest(text: &str, choices: &Choices) -> String {
    let set = |line: &str| {
        let (key, _) = line.split_once(" = ")?;
        let value = match key {
            "name" => Some(&choices.name),
            "sender_address" => choices.sender_address.as_ref(),
            "unsubscribe_url" => choices.unsubscribe_url.as_ref(),
            _ => None,
        }?;
        Some(format!("{key} = {}", toml::Value::from(value.as_str())))
    };
    text.lines()
        .map(|line| set(line).unwrap_or_else(|| line.to_owned()) + "\n")
        .collect()
}

/// The text with every whole word `old` replaced.
fn replace_word(text: &str, old: &str, new: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(old) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        done.push_str(before);
        done.push_str(if whole { new } else { old });
        rest = after;
    }
    done + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_replaced() {
        let text = "money(EUR) 20 EUR EURO NEUR";
        assert_eq!(
            replace_word(text, "EUR", "CAD"),
            "money(CAD) 20 CAD EURO NEUR"
        );
    }

    #[test]
    fn any_text_is_a_name_and_an_address() {
        let choices = Choices {
            name: "l'été \"100%\" \\ 🎁".to_owned(),
            sender_address: Some("1 rue\nEspoir".to_owned()),
            unsubscribe_url: None,
            languages: Vec::new(),
            timezone: ZONE.to_owned(),
            currency: CURRENCY.to_owned(),
        };
        let text = manifest(
            "[project]\nname = \"x\"\nsender_address = \"y\"\n",
            &choices,
        );
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(
            table["project"]["name"].as_str(),
            Some(choices.name.as_str())
        );
        let address = table["project"]["sender_address"].as_str();
        assert_eq!(address, choices.sender_address.as_deref());
    }
}
