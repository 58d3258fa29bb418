//! A code as a rule of SARIF: what it means, and its page as help.

use super::super::page_address;
use super::shapes::{Configuration, Help, Message, Rule, RuleProperties};
use crate::diag::{Code, Level};

/// The rule of a code. A page has an address if the repository has one.
pub(super) fn rule(code: &'static Code, home: Option<&str>) -> Rule {
    Rule {
        id: code.id,
        name: code.name,
        short_description: Message::new(code.summary),
        full_description: Message::new(meaning(code)),
        default_configuration: Configuration {
            enabled: code.level != Level::Allow,
            level: match code.level {
                Level::Allow | Level::Warn => "warning",
                other => super::level(other),
            },
        },
        help: Help {
            text: code.page,
            markdown: code.page,
        },
        help_uri: home.map(|home| page_address(code, home)),
        properties: RuleProperties {
            severity: match code.level {
                Level::Error => "error",
                Level::Warn | Level::Allow => "warning",
                Level::Note => "recommendation",
            },
            tags: [stage(code.id)],
        },
    }
}

/// The first paragraph of a page, which says what the code means.
fn meaning(code: &Code) -> &'static str {
    let mut paragraphs = code.page.split("\n\n").map(str::trim);
    paragraphs
        .find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))
        .unwrap_or(code.summary)
}

/// The stage that a code's letter stands for.
fn stage(id: &str) -> &'static str {
    match id.chars().next() {
        Some('S') => "syntax",
        Some('G') => "configuration",
        Some('N') => "names",
        Some('T') => "types",
        Some('M') => "templates",
        Some('C') => "consent",
        Some('F') => "flow",
        Some('L') => "lint",
        Some('R') => "running",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    #[test]
    fn every_code_makes_a_whole_rule() {
        for code in codes::all() {
            let rule = rule(code, Some("https://example.org/jalon"));
            assert_ne!(stage(code.id), "other", "{}", code.id);
            let full = &rule.full_description.text;
            assert!(!full.starts_with('#') && full.len() > 20, "{}", code.id);
            let uri = rule.help_uri.unwrap();
            assert!(uri.ends_with(&format!("/docs/codes/{}.md", code.name)));
        }
    }
}
