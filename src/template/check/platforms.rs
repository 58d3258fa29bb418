//! What other platforms call things: fields of a person, tags between two braces, placeholders.

use super::Checker;
use crate::diag::codes::template as codes;
use crate::source::Span;
use crate::template::Type;
use crate::template::liquid::cut::Piece;

/// Names of one thing, in the CRMs and tools that people copy from.
const FIELDS: [&[&str]; 9] = [
    &[
        "first_name",
        "firstname",
        "fname",
        "first name",
        "given_name",
        "prénom",
        "prenom",
        "forename",
    ],
    &[
        "last_name",
        "lastname",
        "lname",
        "last name",
        "surname",
        "family_name",
        "nom",
    ],
    &["name", "full_name", "fullname", "nom complet"],
    &[
        "email",
        "email_address",
        "emailaddr",
        "mail",
        "e_mail",
        "courriel",
    ],
    &[
        "phone",
        "phone_number",
        "mobile",
        "mobile_phone",
        "telephone",
        "téléphone",
        "tel",
    ],
    &[
        "birth_date",
        "birthday",
        "birthdate",
        "date_of_birth",
        "dob",
        "date_naissance",
        "anniversaire",
    ],
    &["language", "locale", "lang", "langue"],
    &["country", "pays", "country_code"],
    &["city", "ville", "town"],
];

/// The other names of what a word names.
fn synonyms(word: &str) -> &'static [&'static str] {
    let word = word.to_lowercase();
    let found = FIELDS.iter().find(|names| names.contains(&word.as_str()));
    found.copied().unwrap_or(&[])
}

/// The tag that a word between `{{` and `}}` was meant to be.
pub fn tag_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "end" | "endif" | "fi" => "endif",
        "else" => "else",
        "endfor" => "endfor",
        "endunless" => "endunless",
        _ => return None,
    })
}

/// What to write for another platform's word for the person or for what happened, in which `wanted`
/// is the last name of the path.
pub fn root_called(word: &str, wanted: Option<&str>) -> Option<String> {
    match word {
        "person" | "contact" | "user" | "subscriber" | "recipient" | "customer" | "profile"
        | "lead" => Some(
            "write a field of the person by the name that the message gives it, like \
             `member.first_name`"
                .to_owned(),
        ),
        "event" | "event_properties" | "context" | "trigger" | "api_trigger_properties" => {
            let name = wanted.unwrap_or("amount");
            Some(format!(
                "give the message a parameter, `message NAME({name}: TYPE)`, and write `{name}`"
            ))
        }
        _ => None,
    }
}

impl Checker<'_> {
    /// The field that other platforms call `word`, written with its owner: `member.first_name`.
    pub fn field_called(&self, word: &str) -> Option<String> {
        let names = synonyms(word);
        self.scope.names().iter().find_map(|root| {
            let Type::Record(record) = self.scope.root(root)?.ty else {
                return None;
            };
            let lower = word.to_lowercase();
            let mut names = std::iter::once(lower.as_str()).chain(names.iter().copied());
            let field = names.find(|name| self.scope.field(record, name).is_some())?;
            Some(format!("{root}.{field}"))
        })
    }

    /// Looks for the placeholders of platforms whose signs are usual in texts too: only what names
    /// a field counts, and what nothing else can mean.
    pub fn platforms(&mut self, piece: &Piece) {
        const SIGNS: [(&str, &str, bool); 8] = [
            ("%%=", "=%%", true),
            ("%%[", "]%%", true),
            ("<%", "%>", true),
            ("<<", ">>", false),
            ("##", "##", false),
            ("%", "%", false),
            ("[", "]", false),
            ("-=", "=-", false),
        ];
        /// A placeholder is not longer.
        const LONGEST: usize = 80;
        let text = piece.span.text(self.text);
        let mut at = 0;
        while let Some(found) = text
            .get(at..)
            .and_then(|rest| rest.find(['%', '<', '#', '[', '-']))
        {
            let start = at + found;
            at = start + 1;
            let rest = text.get(start..).unwrap_or("");
            let doubled =
                rest.starts_with("%%") || text.get(..start).is_some_and(|t| t.ends_with('%'));
            let hit = SIGNS.iter().find_map(|(open, close, certain)| {
                if *open == "%" && doubled {
                    return None;
                }
                let inside = rest.strip_prefix(open)?;
                // Only so far: what is never closed must not be read to the end each time.
                let near = inside
                    .char_indices()
                    .nth(LONGEST)
                    .map_or(inside.len(), |(at, _)| at);
                let end = inside.get(..near)?.find(close)?;
                let inner = inside.get(..end)?;
                let words = inner.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                let name = words.rev().find(|word| !word.is_empty()).unwrap_or("");
                let whole = inner.trim().trim_start_matches(['@', '=']).trim();
                let named = self.field_called(whole).is_some() || !synonyms(whole).is_empty();
                let length = open.len() + end + close.len();
                (*certain || named).then_some((if named { whole } else { name }, length))
            });
            if let Some((name, length)) = hit {
                let name = name.to_owned();
                self.placeholder(piece, start, start + length, &name);
                at = start + length;
            }
        }
    }

    /// Reports another platform's placeholder for `name`.
    fn placeholder(&mut self, piece: &Piece, start: usize, end: usize, name: &str) {
        let at = |offset: usize| piece.span.start + u32::try_from(offset).unwrap_or(0);
        let span = Span::new(at(start), at(end));
        let written = span.text(self.text).to_owned();
        let spelled = self.snake(name);
        let help = match self
            .field_called(name)
            .or_else(|| self.field_called(&spelled))
        {
            Some(field) => format!("write `{{{{ {} }}}}`", self.with_default(&field)),
            None => "write a field of the person, like `{{ member.first_name }}`".to_owned(),
        };
        let finding = self
            .finding(
                &codes::FOREIGN_PLACEHOLDER,
                span,
                format!("`{written}` would be sent as it is: it is another platform's"),
            )
            .help(help);
        self.report(finding);
    }

    /// `firstName` as `first_name`.
    fn snake(&self, name: &str) -> String {
        let mut snake = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !snake.is_empty() {
                snake.push('_');
            }
            snake.extend(c.to_lowercase());
        }
        snake
    }

    /// A path, with a default behind it if it may be unknown.
    pub fn with_default(&self, path: &str) -> String {
        let mut parts = path.split('.');
        let root = parts.next().and_then(|root| self.scope.root(root));
        let var = match (root.map(|var| (var.ty.clone(), var)), parts.next()) {
            (Some((Type::Record(record), _)), Some(field)) => self.scope.field(record, field),
            (Some((_, var)), None) => Some(var),
            _ => None,
        };
        match var.is_some_and(|var| var.optional) {
            true => format!("{path} | default: '...'"),
            false => path.to_owned(),
        }
    }
}
