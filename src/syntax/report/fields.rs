//! Fields as other languages write them: `id text primary key`, `name = text`, `@key id: text`,
//! `tags: array of text`. The parts of the line are sorted, and it is written again.

use super::{finding, rewrite};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::syntax::lower::Lower;

/// Types that a field is hardly called by.
const TYPES: [&str; 8] = [
    "text", "int", "date", "bool", "email", "phone", "string", "decimal",
];

/// What the line of a field consists of.
#[derive(Debug, Default)]
struct Row<'a> {
    name: Option<&'a str>,
    kind: Option<String>,
    optional: bool,
    default: Option<&'a str>,
    annotations: Vec<String>,
}

/// The answer for the field whose line `from` stands on; nothing if its parts are not known.
pub(super) fn meant(lower: &Lower<'_>, from: usize) -> Option<Diagnostic> {
    let head = lower.text.get(..from)?;
    let start = head.rfind('\n').map_or(0, |i| i + 1);
    let line = lower.text.get(start..)?.split('\n').next()?;
    let line = line.split("//").next()?.trim_end();
    let start = start + (line.len() - line.trim_start().len());
    let line = line.trim_start();
    let bare = line.trim_end_matches([',', ';']);
    if bare.contains(['{', '}', '(']) && !bare.contains(')') || bare.contains(['{', '}']) {
        return choice(lower, start, bare);
    }
    let row = sorted(bare)?;
    let text = row.written()?;
    if text == bare || row.name.is_some_and(|name| TYPES.contains(&name)) {
        return None;
    }
    let span = lower.range(start, start + line.len());
    let message = "a field is written `NAME: TYPE`, with its annotations behind it";
    Some(rewrite::instead(
        lower,
        &codes::UNEXPECTED,
        span,
        message,
        &text,
    ))
}

/// `level: enum { gold, silver }`
fn choice(lower: &Lower<'_>, start: usize, line: &str) -> Option<Diagnostic> {
    let (name, rest) = line.split_once(':')?;
    let at = rest.find("enum").or_else(|| rest.find("one of"))?;
    let variants = rest.get(at..)?.split_once(['{', '('])?.1;
    let variants = variants.split(['}', ')']).next()?.replace(['"', '\''], "");
    let enum_name: String = name
        .split('_')
        .map(|part| {
            let mut chars = part.chars();
            chars
                .next()
                .map_or(String::new(), |c| c.to_uppercase().to_string())
                + chars.as_str()
        })
        .collect();
    let from = start + name.len() + 1 + at;
    let span = lower.range(from, start + line.len());
    let message = "a choice is declared outside of the fields";
    let help = format!(
        "write `enum {enum_name} {{ {} }}` at the top of a file, and `{name}: {enum_name}` here",
        variants.trim()
    );
    Some(finding(lower, &codes::UNEXPECTED, span, message, help))
}

impl Row<'_> {
    fn written(&self) -> Option<String> {
        let mut text = format!("{}: {}", self.name?, self.kind.as_ref()?);
        if self.optional && !text.ends_with('?') {
            text.push('?');
        }
        if let Some(default) = self.default {
            text.push_str(" = ");
            text.push_str(default);
        }
        for annotation in &self.annotations {
            text.push(' ');
            text.push_str(annotation);
        }
        Some(text)
    }
}

/// The parts of a line; nothing if one of them is not known.
fn sorted(line: &str) -> Option<Row<'_>> {
    let mut row = Row::default();
    let mut tokens = tokens(line).into_iter().peekable();
    while let Some(token) = tokens.next() {
        let word = token.trim_end_matches([',', ';']).trim_matches([':', '=']);
        let folded = word.to_lowercase();
        if token.starts_with('@') {
            row.annotations.push(word.to_owned());
            continue;
        }
        if word.is_empty() {
            // A sign: `=` behind the type gives the default.
            if row.kind.is_some() {
                row.default = tokens.next();
                row.default?;
            }
            continue;
        }
        if row.name.is_none() {
            let name = word.trim_matches(['"', '\'', '`']);
            let (name, optional) = name
                .strip_suffix('?')
                .map_or((name, false), |name| (name, true));
            row.optional |= optional;
            row.name = is_word(name).then_some(name);
            row.name?;
            continue;
        }
        match folded.as_str() {
            "primary" | "unique" | "pk" | "primary_key" | "key" | "id" if row.kind.is_some() => {
                tokens.next_if(|next| next.eq_ignore_ascii_case("key"));
                row.annotations.push("@key".to_owned());
            }
            "personal" | "sensitive" | "fixed" | "index" | "occurred" if row.kind.is_some() => {
                row.annotations.push(format!("@{folded}"));
            }
            "optional" | "nullable" | "null" | "?" => row.optional = true,
            "required" | "mandatory" => {}
            "not" => {
                tokens.next_if(|next| next.eq_ignore_ascii_case("null"))?;
            }
            "default" if row.kind.is_some() => {
                tokens.next_if_eq(&"=");
                row.default = tokens.next();
                row.default?;
            }
            "array" | "list" | "set" if row.kind.is_none() => {
                tokens.next_if(|next| matches!(*next, "of" | "de"))?;
                let item = tokens.next()?.trim_end_matches([',', ';']);
                row.kind = Some(format!("[{item}]"));
            }
            _ if row.kind.is_none() => {
                let plain = word.split(['(', '?', '[']).next().unwrap_or("");
                if !is_word(plain) && !word.starts_with('[') {
                    return None;
                }
                row.kind = Some(word.to_owned());
            }
            _ => return None,
        }
    }
    row.kind.is_some().then_some(row)
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c == '_' || unicode_ident::is_xid_start(c))
        && word.chars().all(unicode_ident::is_xid_continue)
}

/// The parts of a line between white space; parentheses, brackets and quotes hold together.
fn tokens(line: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let (mut depth, mut quoted, mut start) = (0_usize, false, None);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' if !quoted => depth += 1,
            ')' | ']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        // A sign that touches a name is a token of its own: `id:text`.
        let splits = depth == 0 && !quoted && (c.is_whitespace() || matches!(c, ':' | '='));
        if splits {
            if let Some(from) = start.take() {
                tokens.extend(line.get(from..at));
            }
            if c == '=' {
                tokens.push("=");
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    tokens.extend(start.and_then(|from| line.get(from..)));
    tokens
}

#[cfg(test)]
mod tests {
    use super::sorted;

    #[test]
    fn a_field_in_the_order_of_other_languages() {
        for (line, text) in [
            ("id text primary key", "id: text @key"),
            ("id: text key", "id: text @key"),
            ("id = text @key", "id: text @key"),
            ("@key id: text", "id: text @key"),
            ("tags: array of text", "tags: [text]"),
            (
                "zone: timezone default \"America/Toronto\"",
                "zone: timezone = \"America/Toronto\"",
            ),
            ("name: text(40) null", "name: text(40)?"),
            ("points int not null default 0", "points: int = 0"),
            ("points: int = 0", "points: int = 0"),
        ] {
            let row = sorted(line).and_then(|row| row.written());
            assert_eq!(row.as_deref(), Some(text), "{line}");
        }
        assert!(sorted("id: text or int").is_none());
    }
}
