//! A user's words for what the grammar does not understand.

use super::grammar::Mistake;
use crate::source::Span;

/// Says what stands in `junk`, which follows `before` in a piece.
pub fn junk(before: &str, junk: &str, span: Span) -> Mistake {
    let first = junk.chars().next().unwrap_or(' ');
    let last_word = before
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
        .next()
        .unwrap_or("");
    let word: String = junk
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    let at = Span::new(
        span.start,
        span.start + u32::try_from(first_token(junk)).unwrap_or(1),
    );
    if let Some(mistake) = of_platforms(before, junk, at) {
        return mistake;
    }
    if matches!(first, '“' | '”' | '«' | '»' | '‘' | '’' | '„' | '‹' | '›') {
        return Mistake::new(
            at,
            format!("`{first}` does not open a text here"),
            "write straight quotes, `'` or `\"`",
        );
    }
    let closes = junk.chars().skip(1).any(|c| c == first);
    if (first == '\'' || first == '"') && closes && before.contains('|') {
        return Mistake::new(
            at,
            "this text follows another value with nothing between them",
            "put `:` behind a filter's name and `,` between its arguments",
        );
    }
    if first == '\'' || first == '"' {
        return Mistake::new(
            at,
            "a text starts here and its closing quote is missing",
            "close the text with the same quote; a text with an apostrophe goes between `\"`",
        );
    }
    if before.ends_with(['\'', '"']) && !word.is_empty() {
        return Mistake::new(
            at,
            format!("the text ends at the quote before `{word}`"),
            "put a text with an apostrophe between `\"`, and one with `\"` between `'`",
        );
    }
    if !word.is_empty() && !last_word.is_empty() && !is_keyword(last_word) {
        let tail = last_word.rsplit('.').next().unwrap_or(last_word);
        if before.contains('|') {
            return Mistake::new(
                at,
                format!("`{word}` does not follow `{last_word}`"),
                "put `:` behind a filter's name and `,` between its arguments",
            );
        }
        return Mistake::new(
            at,
            format!("`{word}` follows `{last_word}` with nothing between them"),
            format!("write a name in one word: `{tail}_{word}`"),
        );
    }
    let (message, help) = match first {
        '?' => (
            "`?` is not Liquid".to_owned(),
            "write `| default: 'friend'` for a value that may be unknown",
        ),
        '+' | '-' | '*' | '/' | '%' => (
            format!("Liquid does not count with `{first}`"),
            "use a filter: `| plus: 1`, `| minus: 1`, `| times: 2`, `| divided_by: 2`",
        ),
        '(' | ')' => (
            "parentheses are not read here".to_owned(),
            "write the values without them; `and` binds tighter than `or`",
        ),
        '[' | ']' => (
            "brackets are not read here".to_owned(),
            "write `.name` for a field, `| first` for the first of a list, or `{% for %}`",
        ),
        '|' => (
            "filters are not read here".to_owned(),
            "compare the value as it is; filters stand in `{{ }}`",
        ),
        '=' | '!' | '<' | '>' => (
            format!("`{}` is not read here", first_symbol(junk)),
            "compare in a tag: `{% if amount > 50 %}`",
        ),
        '.' => (
            "a name does not start or end with a dot".to_owned(),
            "write the whole name: `member.first_name`",
        ),
        '&' => (
            "`&` is not read here".to_owned(),
            "write `and`, `'` and `\"` themselves: a template's Liquid is not HTML",
        ),
        c if c.is_ascii_digit() || c == ',' || c == ':' || c == ';' => (
            format!("`{}` is not expected here", first_symbol(junk)),
            "write a name like `member.first_name`, then filters behind `|`",
        ),
        _ => (
            format!("`{}` is not expected here", first_symbol(junk)),
            "write a name like `member.first_name`, then filters behind `|`",
        ),
    };
    Mistake::new(at, message, help)
}

/// What Braze, Handlebars and others write between two braces.
fn of_platforms(before: &str, junk: &str, at: Span) -> Option<Mistake> {
    /// No placeholder is longer: what is never closed is not read to its end each time.
    const LONGEST: usize = 200;
    let end = junk.char_indices().nth(LONGEST);
    let junk = junk.get(..end.map_or(junk.len(), |(at, _)| at))?;
    let name_in = |text: &str| -> String {
        text.chars()
            .skip_while(|c| !(c.is_alphanumeric() || *c == '_'))
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
            .collect()
    };
    if junk.starts_with('$') || junk.starts_with(".${") {
        let name = name_in(junk);
        let rest = junk.split_once('}').map_or("", |(_, rest)| rest).trim();
        let help = match name.as_str() {
            "" => "write the field of the person: `{{ member.first_name }}`".to_owned(),
            _ if rest.is_empty() || rest.contains('$') => {
                format!("write the field of the person: `{{{{ member.{name} }}}}`")
            }
            _ => format!("write the field of the person: `{{{{ member.{name} {rest} }}}}`"),
        };
        return Some(Mistake::new(at, "`$` is Braze's way to name a field", help));
    }
    if junk.starts_with('{') {
        let name = name_in(junk);
        let name = if name.is_empty() {
            "member.first_name"
        } else {
            &name
        };
        return Some(Mistake::new(
            at,
            "three braces are one too many",
            format!("write `{{{{ {name} }}}}`; values are escaped where they must be"),
        ));
    }
    if before.is_empty() && junk.starts_with(['#', '/', '^', '>']) {
        let (sign, rest) = junk.split_at_checked(1)?;
        let (tag, condition) = rest.split_once(' ').unwrap_or((rest, ""));
        let help = match (sign, tag) {
            ("#", "each") => "write `{% for item in LIST %}`".to_owned(),
            ("#", _) => format!(
                "write `{{% {} %}}`",
                format!("{tag} {}", condition.trim()).trim()
            ),
            ("/", "each") => "write `{% endfor %}`".to_owned(),
            ("/", _) => format!("write `{{% end{} %}}`", tag.trim()),
            ("^", _) => "write `{% else %}`".to_owned(),
            _ => "write the text here: a template is one file".to_owned(),
        };
        let message = format!("`{{{{{sign}{}}}}}` is Handlebars", tag.trim());
        return Some(Mistake::new(at, message, help));
    }
    let opens = ["if", "for", "unless", "case", "elsif"];
    if opens.contains(&before.trim()) {
        let tag = before.trim();
        let message = format!("`{tag}` is a tag, and tags stand between `{{%` and `%}}`");
        return Some(Mistake::new(
            at,
            message,
            format!("write `{{% {tag} {} %}}`", junk.trim()),
        ));
    }
    let word = junk
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()?;
    let filter = matches!(
        word,
        "default" | "date" | "upcase" | "downcase" | "capitalize" | "link"
    );
    if filter && !before.contains('|') {
        let message = format!("`{word}` is a filter, and a filter stands behind `|`");
        return Some(Mistake::new(
            at,
            message,
            format!("write `| {}`", junk.trim()),
        ));
    }
    if junk.starts_with('(') && before.contains('|') && !before.ends_with(' ') {
        let filter = before.rsplit('|').next()?.trim();
        let arguments = junk.trim_start_matches('(').split(')').next()?;
        return Some(Mistake::new(
            at,
            "a filter takes its values behind a colon",
            format!("write `| {filter}: {arguments}`"),
        ));
    }
    None
}

fn is_keyword(word: &str) -> bool {
    matches!(word, "and" | "or" | "contains" | "in")
}

/// How many bytes the first word or symbol takes.
fn first_token(text: &str) -> usize {
    first_symbol(text).len().max(1).min(text.len().max(1))
}

/// The first word, or the first character if it is no letter.
fn first_symbol(text: &str) -> &str {
    let word = text
        .char_indices()
        .find(|(_, c)| !(c.is_alphanumeric() || *c == '_'))
        .map_or(text.len(), |(at, _)| at);
    let end = if word == 0 {
        text.chars().next().map_or(0, char::len_utf8)
    } else {
        word
    };
    text.get(..end).unwrap_or(text)
}
