//! What is missing, with the line as it would be right.

mod spoken;

use super::missing::token_before;
use super::{finding, rewrite, words};
use crate::diag::codes::syntax as codes;
use crate::diag::{Code, Diagnostic, Fix};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Lower;
use crate::syntax::scan::DECLARATIONS;

/// The longest line that is shown in a help.
const LONGEST: usize = 72;

/// Where something is missing: between two tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap<'a> {
    /// What is missing.
    pub rule: Rule,
    /// What it is a part of.
    pub around: Rule,
    /// The token before, as offsets in the piece.
    pub before: (usize, usize),
    /// The token behind, on the same line or not.
    pub next: (usize, usize),
    text: &'a str,
}

impl<'a> Gap<'a> {
    pub fn new(
        lower: &Lower<'a>,
        rule: Rule,
        around: Rule,
        before: (usize, usize),
        next: (usize, usize),
    ) -> Self {
        Self {
            rule,
            around,
            before,
            next,
            text: lower.text,
        }
    }

    fn previous(&self) -> &'a str {
        self.text.get(self.before.0..self.before.1).unwrap_or("")
    }

    fn word(&self) -> &'a str {
        self.text.get(self.next.0..self.next.1).unwrap_or("")
    }

    /// The line up to the gap, from its first word on.
    fn head(&self) -> &'a str {
        let head = self.text.get(..self.before.1).unwrap_or("");
        let start = memchr::memrchr(b'\n', head.as_bytes()).map_or(0, |i| i + 1);
        head.get(start..).unwrap_or("").trim_start()
    }

    /// What stands behind the gap on its line, without a comment.
    fn tail(&self) -> &'a str {
        let tail = self.text.get(self.before.1..).unwrap_or("");
        let line = tail.split('\n').next().unwrap_or("");
        line.split("//").next().unwrap_or(line).trim()
    }

    /// The statement before the gap, behind its label or the brace that it stands in.
    fn statement(&self) -> &'a str {
        self.head().rsplit(['{', '}']).next().unwrap_or("").trim()
    }

    /// The line with `text` in the gap, if it is short.
    fn line_with(&self, text: &str) -> Option<String> {
        let space = if text.starts_with([':', ',']) {
            ""
        } else {
            " "
        };
        let line = format!("{}{space}{text} {}", self.head(), self.tail());
        let line = line.trim_end();
        (line.len() <= LONGEST).then(|| line.to_owned())
    }
}

/// A better answer than that something is missing, where what was meant is known.
pub(super) fn answer(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let found = meant_in(lower, gap).or_else(|| spoken::meant(lower, gap))?;
    rewrite::says_something(lower, &found).then_some(found)
}

fn meant_in(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    match gap.rule {
        Rule::no_name => name(lower, gap),
        Rule::no_for | Rule::no_of | Rule::no_colon => header(lower, gap),
        Rule::no_open => block(lower, gap),
        Rule::no_value => value(lower, gap),
        Rule::no_text => text(lower, gap),
        Rule::no_and => window(lower, gap),
        Rule::no_claim if gap.previous() == "no" && gap.word() == "more" => {
            let message = "a promise does not begin with `no more than`";
            let end = gap.next.1
                + gap
                    .text
                    .get(gap.next.1..)?
                    .find("than")
                    .map_or(0, |i| i + 4);
            Some(write(
                lower,
                &codes::UNEXPECTED,
                (gap.before.0, end),
                message,
                "at most",
            ))
        }
        Rule::no_most if gap.head().starts_with("never") => {
            let span = lower.range(gap.before.0, gap.next.1);
            let message = "a claim says its hours";
            let help = "write them, as in `between 21:00 and 09:00`";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        Rule::no_reenter => {
            let meant = match gap.word() {
                "yes" | "true" | "allowed" | "multiple" => "always",
                "no" | "false" | "once" => "never",
                _ => return None,
            };
            let message = format!("`reenter` does not take `{}`", gap.word());
            Some(write(lower, &codes::UNEXPECTED, gap.next, &message, meant))
        }
        _ => None,
    }
}

/// Something else in the place of what stands at `place`.
fn write(
    lower: &Lower<'_>,
    code: &'static Code,
    place: (usize, usize),
    message: &str,
    text: &str,
) -> Diagnostic {
    let span = lower.range(place.0, place.1);
    finding(lower, code, span, message, format!("write `{text}`"))
        .fix(rewrite::write(lower, span, text))
}

/// What to do about a gap, with the line as it would be right.
pub(super) fn help(gap: &Gap<'_>) -> Option<String> {
    let word = match gap.rule {
        Rule::no_by => "by",
        Rule::no_equals if gap.word() == "{" => {
            return Some("write `=` and the condition behind it, without braces".to_owned());
        }
        Rule::no_equals => "=",
        Rule::no_colon if gap.around == Rule::purpose => ":",
        Rule::no_colon if gap.around == Rule::setting && gap.word() == "=" => {
            return Some(format!("write the type: `{}`", gap.line_with(": TYPE")?));
        }
        Rule::no_else => {
            return Some("write `delay` to send it later, or `skip` to leave it out".to_owned());
        }
        Rule::no_from if gap.tail().is_empty() => "from EVENT",
        Rule::no_within => "within 1 day",
        Rule::no_for if matches!(gap.around, Rule::subject_for) => "for",
        // The purpose is there, without the word before it.
        Rule::no_for if gap.tail().split_whitespace().nth(1) == Some("by") => "for",
        Rule::no_for => "for PURPOSE",
        Rule::no_of => "of",
        Rule::no_on => "on",
        Rule::no_up_to if gap.word().starts_with(|c: char| c.is_ascii_digit()) => "up to",
        Rule::no_up_to => "up to 3 times",
        Rule::no_enter if unicode_ident::is_xid_start(gap.word().chars().next()?) => {
            let path = first_path(gap.tail());
            return Some(format!(
                "write `enter on {path}` for an event, `enter when {path}` for a condition"
            ));
        }
        Rule::no_leave => {
            let path = first_path(gap.tail());
            let (way, rest) = match path.contains('.') {
                true => ("when", "; an event stands behind `leave on`"),
                false => ("on", "; a condition stands behind `leave when`"),
            };
            return Some(format!("write `{}`{rest}", gap.line_with(way)?));
        }
        Rule::no_reenter => "never",
        Rule::no_via => {
            return Some("say by which channel the list is filled, as in `via ads`".to_owned());
        }
        Rule::no_open if gap.around != Rule::steps => {
            return Some(format!("write `{}`", gap.line_with("{")?));
        }
        Rule::no_open => {
            return Some(format!(
                "write `{} {{`, and `}}` behind the steps",
                gap.statement()
            ));
        }
        rule => fixed_word(rule)?,
    };
    Some(format!("write `{}`", gap.line_with(word)?))
}

/// The word that is missing, where it is the same whatever stands around the gap.
pub(super) const fn fixed_word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::no_always => "always",
        Rule::no_and => "and",
        Rule::no_at_most => "at most",
        Rule::no_day => "day",
        Rule::no_every_year => "every year",
        Rule::no_from => "from",
        Rule::no_most => "most",
        Rule::no_people => "people",
        Rule::no_refused => "refused",
        Rule::no_than => "than",
        Rule::no_those_already => "those already",
        Rule::no_time => "time",
        Rule::no_times => "times",
        Rule::no_to => "to",
        Rule::no_wins => "wins",
        _ => return None,
    })
}

/// The path or word that a text begins with.
fn first_path(text: &str) -> &str {
    let end = text.find(|c| c != '.' && !unicode_ident::is_xid_continue(c));
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// A name that is missing, or written as no name is.
fn name(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let keyword = gap.previous();
    let declares = DECLARATIONS.contains(&keyword) && gap.head() == keyword;
    match gap.word() {
        "\"" | "'" | "“" | "«" => {
            let rest = gap.text.get(gap.next.1..)?;
            let end = rest.find(['"', '\'', '”', '»', '\n'])?;
            let written = rest.get(..end)?;
            let close = rest.get(end..)?.chars().next().filter(|c| *c != '\n')?;
            let place = (gap.next.0, gap.next.1 + end + close.len_utf8());
            let name = if declares {
                slug(keyword, written)
            } else {
                written.trim().to_owned()
            };
            let is_name = !name.is_empty() && first_path(&name) == name;
            let message = match keyword {
                "goal" => "a goal is the name of an event, and this is a text",
                _ => "a name stands without quotes",
            };
            if !is_name {
                let help = match keyword {
                    "goal" => "write the event that counts, as in `goal EVENT within 30 days`",
                    _ => "write the name that it is declared by",
                };
                let span = lower.range(place.0, place.1);
                return Some(finding(lower, &codes::UNEXPECTED, span, message, help));
            }
            Some(write(lower, &codes::UNEXPECTED, place, message, &name))
        }
        word if declares && word.starts_with(|c: char| c.is_ascii_digit()) => {
            let help = format!("begin it with a letter, as in `{keyword} n{word}`");
            let span = lower.range(gap.next.0, gap.next.1);
            let message = "a name does not begin with a digit";
            Some(finding(lower, &codes::UNEXPECTED, span, message, help))
        }
        "for" if gap.head().starts_with("at most") => {
            let span = lower.range(gap.next.0, gap.next.1);
            let message = "this claim does not say by which channels";
            let line = gap.line_with("any").unwrap_or_default();
            let help = format!("write `{line}` for all channels together");
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        _ if declares => {
            let span = lower.range(gap.before.0, gap.before.1);
            let message = format!("this `{keyword}` has no name");
            Some(finding(
                lower,
                &codes::MISSING_PART,
                span,
                message,
                words::form(keyword),
            ))
        }
        _ => None,
    }
}

/// A text as a name of the kind that a keyword declares.
fn slug(keyword: &str, written: &str) -> String {
    let parts = written.split(|c: char| !unicode_ident::is_xid_continue(c));
    let parts = parts.filter(|part| !part.is_empty() && *part != "_");
    match keyword {
        "profile" | "table" | "enum" => parts.map(capitalised).collect(),
        _ => parts
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
            .join("_")
            .trim_matches('_')
            .to_owned(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}

/// A declaration that does not say for whom it is, or whose name is not one word.
fn header(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let mut words = gap.head().split_whitespace();
    let keyword = words.next().filter(|word| DECLARATIONS.contains(word))?;
    if keyword == "holdout" && gap.rule == Rule::no_for {
        return None;
    }
    if keyword == "test" {
        let span = lower.range(gap.next.0, gap.next.1);
        let message = "this test does not say of which journey it is";
        let help = "write the journey behind the title, as in `test \"...\" of JOURNEY {`";
        return Some(finding(lower, &codes::MISSING_PART, span, message, help));
    }
    let behind = gap
        .tail()
        .trim_start_matches(unicode_ident::is_xid_continue);
    if behind.len() < gap.tail().len() && behind.trim_start().starts_with(':') {
        // The person is there, without the word before it.
        return None;
    }
    let word = if gap.rule == Rule::no_of { "of" } else { "for" };
    if gap.rule == Rule::no_colon {
        return person(lower, gap, keyword);
    }
    let start = gap.head().find(char::is_whitespace)? + 1;
    let line = gap.before.1 - gap.head().len();
    let line_text = gap.text.get(line..)?.split('\n').next()?;
    // The name goes on where it ought to end.
    let whole = line_text.get(start..)?;
    let ends = [" for ", " of ", "{", "(", ":", " =", "="];
    let end = ends
        .iter()
        .filter_map(|end| whole.find(end))
        .min()
        .unwrap_or(whole.len());
    let written = whole.get(..end)?.trim_end();
    let begin = line + start + (whole.len() - whole.trim_start().len());
    let written = written.trim_start();
    if written.len() > gap.previous().len() && !gap.word().starts_with(['{', ':', '=', '"']) {
        let name = slug(keyword, written);
        let place = (begin, begin + written.len());
        let message = "a name is one word of letters, digits and `_`";
        let span = lower.range(place.0, place.1);
        let found = finding(
            lower,
            &codes::UNEXPECTED,
            span,
            message,
            format!("write `{name}`"),
        );
        return Some(found.fix(rewrite::perhaps(lower, span, &name)));
    }
    let subject = format!("{word} member: PROFILE");
    let help = match gap.line_with(&subject) {
        Some(line) => format!("write `{line}`, PROFILE being the name of your profile"),
        None => format!("write `{subject}` behind the name"),
    };
    let span = lower.range(gap.before.0, gap.before.1);
    let message = format!("`{}` does not say {word} whom it is", gap.previous());
    Some(finding(lower, &codes::MISSING_PART, span, message, help))
}

/// `for Member {`
fn person(lower: &Lower<'_>, gap: &Gap<'_>, keyword: &str) -> Option<Diagnostic> {
    let rest = gap.head().strip_suffix(gap.previous())?.trim_end();
    if !(rest.ends_with(" for") || rest.ends_with(" of")) {
        return None;
    }
    let who = gap.previous();
    let span = lower.range(gap.before.0, gap.before.1);
    let found =
        |message: String, help: String| finding(lower, &codes::MISSING_PART, span, message, help);
    if who.starts_with(char::is_uppercase) {
        let subject = format!("{}: {who}", who.to_lowercase());
        let message = format!("this `{keyword}` gives the {who} no name");
        let text = format!("write `{subject}`");
        let fix = Fix::chosen(text.clone(), span.in_file(lower.file), subject);
        return Some(found(message, text).fix(fix));
    }
    let message = format!("this `{keyword}` does not say of which profile `{who}` is");
    let help = format!("write `{who}: PROFILE`, PROFILE being the name of your profile");
    Some(found(message, help))
}

/// A block that is opened otherwise than by `{`.
fn block(lower: &mut Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let statement = gap.statement();
    let first = words::keyword_of(statement);
    let span = lower.range(gap.next.0, gap.next.1);
    if gap.around == Rule::steps
        && matches!(
            first,
            "enter" | "goal" | "leave" | "permit" | "forbid" | "send"
        )
        && let Some(at) = statement.find(" if ")
    {
        let from = gap.before.1 - statement.len() + at + 1;
        let message = "`if` cannot stand here";
        return Some(write(
            lower,
            &codes::UNEXPECTED,
            (from, from + 2),
            message,
            "where",
        ));
    }
    match gap.word() {
        ":" if gap.tail().starts_with(':') => {
            lower.state.colons = true;
            let help = format!("write `{} {{`, and `}}` behind the steps", gap.head());
            let message = "a block stands between `{` and `}`, not behind a colon";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        "(" if gap.tail().starts_with('(') => {
            lower.state.parens = true;
            let message = "a block stands between `{` and `}`, not between parentheses";
            let help = "write `{`, and `}` where it ends";
            Some(finding(lower, &codes::MISSING_PART, span, message, help))
        }
        _ => None,
    }
}

/// `between 21:00-09:00`
fn window(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let statement = gap.statement();
    let times = statement.rsplit(' ').next()?;
    let (from, to) = times.split_once('-')?;
    if !from.contains(':') || !to.contains(':') {
        return None;
    }
    let place = (gap.before.1 - times.len(), gap.before.1);
    let message = "a window has `and` between its times";
    let text = format!("{from} and {to}");
    Some(write(lower, &codes::UNEXPECTED, place, message, &text))
}

/// A value that is not there because something else is.
fn value(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let head = gap.head();
    let place = lower.range(gap.next.0, gap.next.1);
    match gap.word() {
        "=" | "==" | ":" if head == gap.previous() || head.ends_with('{') => {
            let rest = gap.tail().trim_start_matches(['=', ':']).trim();
            let help = format!("write `{head} {rest}`");
            let message = format!("`{}` cannot stand here", gap.word());
            let fix = Fix::safe(help.clone(), place.in_file(lower.file), "");
            Some(finding(lower, &codes::UNEXPECTED, place, message, help).fix(fix))
        }
        "where" | "*" if gap.previous() == "(" => {
            let end = gap.before.0;
            let (from, to) = token_before(gap.text, end);
            let function = gap.text.get(from..to)?;
            let message = format!("`{function}` does not say which rows it reads");
            let help = match gap.word() {
                "*" => format!("name the rows, as in `{function}(member.RELATION)`"),
                _ => format!("write the rows first: `{function}(ROWS where ...)`"),
            };
            Some(finding(lower, &codes::BAD_CALL, place, message, help))
        }
        "for" if gap.previous() == "wait" => {
            let rest = gap.tail().strip_prefix("for")?.trim();
            let message = "`for` cannot stand here";
            let help = match rest.starts_with(|c: char| c.is_ascii_digit()) {
                true => format!("write `wait {rest}`"),
                false => format!("say for how long at most: `wait up to 5 days for {rest}`"),
            };
            Some(finding(lower, &codes::UNEXPECTED, place, message, help))
        }
        _ => None,
    }
}

/// A text that is not between double quotes.
fn text(lower: &Lower<'_>, gap: &Gap<'_>) -> Option<Diagnostic> {
    let tail = gap.tail();
    let head = gap.head();
    let end = gap
        .text
        .get(gap.next.0..)?
        .find('\n')
        .map_or(gap.text.len(), |i| gap.next.0 + i);
    let rest = gap.text.get(gap.next.0..end)?.trim_end();
    let place = (gap.next.0, gap.next.0 + rest.len());
    match gap.word() {
        ":" | "=" => {
            let sign = gap.word();
            let span = lower.range(gap.next.0, gap.next.1);
            let rest = tail.strip_prefix(sign)?.trim();
            let message = format!("`{sign}` cannot stand here");
            let help = format!("write `{} {rest}`", words::last_words(head, 1));
            let fix = Fix::safe(help.clone(), span.in_file(lower.file), "");
            Some(finding(lower, &codes::UNEXPECTED, span, message, help).fix(fix))
        }
        "`" => {
            let inner = rest.trim_matches('`');
            let message = "a text stands between double quotes, not between backticks";
            let text = format!("\"{inner}\"");
            Some(write(lower, &codes::FOREIGN_QUOTES, place, message, &text))
        }
        _ if matches!(head, "promise" | "test") && tail.ends_with('{') => {
            let inner = tail.trim_end_matches('{').trim();
            let inner = inner.split(" of ").next().unwrap_or(inner);
            let message = "the title is a text between double quotes";
            let place = (gap.next.0, gap.next.0 + inner.len());
            let text = format!("\"{inner}\"");
            Some(write(lower, &codes::MISSING_PART, place, message, &text))
        }
        _ if matches!(head, "title" | "owner" | "sender" | "post")
            && tail.starts_with(|c: char| c.is_alphanumeric())
            && !tail.contains(['"', '{', '}']) =>
        {
            let message = "a text stands between double quotes";
            let text = format!("\"{rest}\"");
            Some(write(lower, &codes::MISSING_PART, place, message, &text))
        }
        _ => None,
    }
}

/// Whether a block behind a colon was reported already: the others follow from the same habit.
pub(super) fn follows(lower: &Lower<'_>, gap: &Gap<'_>) -> bool {
    gap.rule == Rule::no_open && gap.word() == ":" && lower.state.colons
}

/// A part that belongs to a content: `subject` outside of its `email`.
pub(in crate::syntax) fn misplaced_slot(lower: &mut Lower<'_>, word: Span) -> bool {
    let name = lower.source(word);
    if !matches!(name, "subject" | "preheader" | "body" | "text") {
        return false;
    }
    if !lower.state.slots {
        lower.state.slots = true;
        let message = format!("`{name}` stands outside of the content of a channel");
        let help = format!("write it inside of the channel: `email {{ {name} ... }}`");
        let found = finding(lower, &codes::MISPLACED_PART, word, message, help);
        lower.push(found);
    }
    true
}
