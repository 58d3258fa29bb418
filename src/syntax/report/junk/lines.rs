//! Whole lines as people write them: statements of another form, labels that are none.

use super::behind_on_line;
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;
use crate::syntax::report::{finding, phrases, platforms, rewrite};

/// The answer for the whole statement that `start` stands in, if it is one that people write.
pub(super) fn statement_at(lower: &Lower<'_>, start: usize) -> Option<Diagnostic> {
    let before = behind_on_line(lower, start).unwrap_or("").trim_start();
    let begin = start.checked_sub(before.len())?;
    let line = lower.text.get(begin..)?.split('\n').next()?;
    let line = line.split(" //").next().unwrap_or(line);
    phrases::meant(lower, begin, line).or_else(|| label(lower, begin, line))
}

/// `my label: send ...`, `thanks = send ...`: a label that is not one word before a colon.
fn label(lower: &Lower<'_>, start: usize, line: &str) -> Option<Diagnostic> {
    let at = line.find([':', '='])?;
    let (written, behind) = (line.get(..at)?.trim_end(), line.get(at + 1..)?);
    let step = behind.trim_start();
    let keyword = step.split(|c: char| !c.is_alphanumeric()).next()?;
    let step_words = [
        "send", "wait", "if", "match", "split", "repeat", "set", "do", "start", "exit",
    ];
    if !step_words.contains(&keyword)
        || written.len() > 40
        || written.contains(['(', '{', '.', '#'])
    {
        return None;
    }
    let words = written.split(|c: char| !unicode_ident::is_xid_continue(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut name = words.join("_").to_lowercase();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "step_");
    }
    if name.is_empty() || platforms::said(Rule::item, line).is_some() {
        return None;
    }
    let span = lower.range(start, start + line.len() - step.len());
    let text = format!("{name}: ");
    let message = "a label is one word of letters, digits and `_`, with a colon behind it";
    let help = format!("write `{name}: {keyword} ...`");
    let found = finding(lower, &codes::UNEXPECTED, span, message, help);
    let fix = rewrite::write(lower, span, &text);
    rewrite::says_something(lower, &found.clone().fix(fix.clone())).then(|| found.fix(fix))
}
