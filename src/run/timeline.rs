//! The outbox for people: who was sent what, when, by which step, and which rule let it pass or
//! refused it.

use super::outbox::Kept;
use crate::plan::Plan;
use smol_str::SmolStr;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

const HEAD: [&str; COLUMNS] = ["when (UTC)", "who", "step", "channel", "message", "why"];
const COLUMNS: usize = 6;

/// A table with a line for each line of the outbox, and below it the rules that it names.
#[derive(Debug)]
pub struct Timeline<'p> {
    plan: &'p Plan,
    lines: Vec<[String; COLUMNS]>,
    /// Rules as they are written, by block and position.
    rules: BTreeMap<(SmolStr, usize), &'p str>,
}

impl<'p> Timeline<'p> {
    /// An empty table.
    #[must_use]
    pub const fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            lines: Vec::new(),
            rules: BTreeMap::new(),
        }
    }

    /// Adds a line as the store keeps it.
    ///
    /// # Errors
    /// One sentence: the kept line is none.
    pub fn add(&mut self, kept: &str) -> Result<(), String> {
        let kept = Kept::of_text(kept)?;
        for rule in kept.permits.iter().chain(&kept.rule) {
            self.quote(rule);
        }
        self.lines.push([
            minute(&kept.at),
            kept.person.to_string(),
            format!("{}/{}", kept.journey, kept.step),
            kept.channel.as_deref().unwrap_or("none").to_owned(),
            kept.message.to_string(),
            why(&kept),
        ]);
        Ok(())
    }

    /// Remembers what a rule says. A block's name alone is no rule.
    fn quote(&mut self, name: &str) {
        let Some((block, position)) = name.rsplit_once('#') else {
            return;
        };
        let Ok(position) = position.parse::<usize>() else {
            return;
        };
        let declared = self.plan.consents.iter().find(|one| one.name == block);
        let rule = declared.and_then(|block| block.rules.get(position.checked_sub(1)?));
        if let Some(rule) = rule {
            self.rules.insert((block.into(), position), &rule.text);
        }
    }

    /// The table, its columns aligned. Empty if there is no line.
    #[must_use]
    pub fn to_text(&self) -> String {
        if self.lines.is_empty() {
            return String::new();
        }
        let head = HEAD.map(str::to_owned);
        let mut widths = [0; COLUMNS];
        for line in std::iter::once(&head).chain(&self.lines) {
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = (*width).max(cell.width());
            }
        }
        let mut text = String::new();
        for line in std::iter::once(&head).chain(&self.lines) {
            let mut row = String::new();
            for (width, cell) in widths.iter().zip(line) {
                row += cell;
                row += &" ".repeat(width.saturating_sub(cell.width()) + 2);
            }
            text += row.trim_end();
            text.push('\n');
        }
        if !self.rules.is_empty() {
            text += "\nThe rules named above:\n";
        }
        let name = |(block, position): &(SmolStr, usize)| format!("{block}#{position}");
        let widest = self.rules.keys().map(|key| name(key).width()).max();
        for (key, rule) in &self.rules {
            let name = name(key);
            let space = " ".repeat(widest.unwrap_or(0).saturating_sub(name.width()) + 2);
            text += &format!("  {name}{space}{rule}\n");
        }
        text
    }
}

/// An instant to the minute: `2026-03-02T19:00:00Z` is `2026-03-02 19:00`.
fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

/// Why it went out, or why not.
fn why(kept: &Kept) -> String {
    let Some(reason) = &kept.refused else {
        let purpose = kept.purpose.as_deref().unwrap_or_default();
        return format!(
            "sent for {purpose}, permitted by {}",
            kept.permits.join(" and ")
        );
    };
    let rule = kept.rule.as_deref();
    let what = match (reason.as_str(), rule, &kept.to) {
        ("address", _, None) => "the address is not known".to_owned(),
        ("address", _, Some(to)) => format!("{to} bounced or complained"),
        ("consent", Some(block), _) => format!("no permit of {block} holds"),
        ("consent", None, _) => "no consent block permits it".to_owned(),
        ("forbid", Some(rule), _) => format!("forbidden by {rule}"),
        ("limit", Some(rule), _) => format!("the limit {rule} is used up"),
        ("language", _, _) => "there is no content in the person's language".to_owned(),
        ("late", Some(rule), _) => format!("{rule} delayed it for too long"),
        ("late", None, _) => "it rested for too long".to_owned(),
        (other, Some(rule), _) => format!("{other}, {rule}"),
        (other, None, _) => other.to_owned(),
    };
    format!("refused: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(more: &serde_json::Value) -> Kept {
        let mut line = json!({
            "id": "welcome/m1/1/hello/1/email",
            "at": "2026-03-02T19:00:59Z",
            "journey": "welcome",
            "step": "hello",
            "message": "thanks",
            "channel": "email",
            "person": "m1",
            "to": null,
        });
        let more = more.as_object().unwrap();
        line.as_object_mut().unwrap().extend(more.clone());
        Kept::of_text(&line.to_string()).unwrap()
    }

    #[test]
    fn each_reason_has_its_sentence() {
        let says = |more| why(&kept(&more));
        assert_eq!(
            says(json!({"purpose": "news", "permits": ["canada#2", "house#1"]})),
            "sent for news, permitted by canada#2 and house#1"
        );
        assert_eq!(
            says(json!({"refused": "address"})),
            "refused: the address is not known"
        );
        assert_eq!(
            says(json!({"refused": "address", "to": "a@example.org"})),
            "refused: a@example.org bounced or complained"
        );
        assert_eq!(
            says(json!({"refused": "consent", "rule": "canada"})),
            "refused: no permit of canada holds"
        );
        assert_eq!(
            says(json!({"refused": "limit", "rule": "house#3"})),
            "refused: the limit house#3 is used up"
        );
        assert_eq!(
            says(json!({"refused": "late", "rule": "canada#6"})),
            "refused: canada#6 delayed it for too long"
        );
    }

    #[test]
    fn an_instant_is_shown_to_the_minute() {
        assert_eq!(minute("2026-03-02T19:00:59Z"), "2026-03-02 19:00");
        assert_eq!(minute("?"), "?");
    }
}
