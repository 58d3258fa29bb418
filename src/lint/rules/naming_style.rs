//! `naming-style`: profiles, tables and enums in `PascalCase`, all else in `snake_case`.

use crate::diag::codes::lint::NAMING_STYLE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::File;
use crate::source::FileId;
use crate::syntax::ast::{Decl, DeclKind, Field, Name, Step, Subject};

/// Looks at every name that the declaration declares.
pub(crate) fn check(file: &File<'_>, decl: &Decl, out: &mut Diagnostics) {
    let mut names = Names { file: file.id, out };
    match &decl.kind {
        DeclKind::Enum(it) => {
            names.pascal(&it.name);
            it.variants.iter().for_each(|name| names.snake(name));
        }
        DeclKind::Profile(it) | DeclKind::Table(it) => {
            names.pascal(&it.name);
            names.fields(&it.fields);
        }
        DeclKind::Event(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
            names.fields(&it.fields);
        }
        DeclKind::Channel(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
        }
        DeclKind::Purpose(it) => names.snake(&it.name),
        DeclKind::Consent(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
        }
        DeclKind::Segment(it) | DeclKind::Measure(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
        }
        DeclKind::Message(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
            names.fields(&it.params);
        }
        DeclKind::Action(it) => {
            names.snake(&it.name);
            names.fields(&it.params);
            names.fields(it.returns.as_deref().unwrap_or_default());
        }
        DeclKind::Audience(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
        }
        DeclKind::Calendar(it) => names.snake(&it.name),
        DeclKind::Setting(it) => names.snake(&it.name),
        DeclKind::Holdout(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
        }
        DeclKind::Journey(it) => {
            names.snake(&it.name);
            names.subject(&it.subject);
            names.fields(&it.params);
            names.labels(&it.steps);
        }
        DeclKind::Promise(_) | DeclKind::Test(_) => {}
    }
}

struct Names<'a> {
    file: FileId,
    out: &'a mut Diagnostics,
}

impl Names<'_> {
    fn pascal(&mut self, name: &Name) {
        let fits = !name.text.contains('_') && !name.text.starts_with(char::is_lowercase);
        if !fits {
            self.report(name, "PascalCase", to_pascal(&name.text));
        }
    }

    fn snake(&mut self, name: &Name) {
        if name.text.chars().any(char::is_uppercase) {
            self.report(name, "snake_case", to_snake(&name.text));
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        fields.iter().for_each(|field| self.snake(&field.name));
    }

    fn subject(&mut self, subject: &Subject) {
        self.snake(&subject.name);
    }

    fn labels(&mut self, steps: &[Step]) {
        for step in steps {
            step.label.iter().for_each(|label| self.snake(label));
            step.for_each_block(&mut |block| self.labels(&block.steps));
        }
    }

    fn report(&mut self, name: &Name, style: &str, better: String) {
        self.out.push(
            Diagnostic::new(
                &NAMING_STYLE,
                name.span.in_file(self.file),
                format!("`{}` is not in `{style}`", name.text),
            )
            .help(format!("write `{better}`")),
        );
    }
}

fn to_pascal(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut chars = word.chars();
            let first = chars.next().into_iter().flat_map(char::to_uppercase);
            first.chain(chars).collect::<Vec<_>>()
        })
        .collect()
}

fn to_snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && after_lower {
            snake.push('_');
        }
        after_lower = c.is_lowercase() || c.is_numeric();
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::{to_pascal, to_snake};

    #[test]
    fn names_are_rewritten() {
        assert_eq!(to_pascal("member_stage"), "MemberStage");
        assert_eq!(to_pascal("étape"), "Étape");
        assert_eq!(to_snake("giftMade"), "gift_made");
        assert_eq!(to_snake("VIP"), "vip");
    }
}
