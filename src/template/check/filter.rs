//! Filters: whether they exist, fit their input, and have the right arguments.

use super::resolve::Resolved;
use super::{Checker, arithmetic};
use crate::diag::codes::template as codes;
use crate::diag::did_you_mean;
use crate::source::Span;
use crate::template::filters::{self, Argument, Filter, Gives, Takes};
use crate::template::liquid::{Chain, FilterCall, Literal, Value, ValueKind};
use crate::template::{Type, moment};

impl Checker<'_> {
    /// The value that a chain gives.
    pub fn chain(&mut self, chain: &Chain) -> Resolved {
        let before = self.diagnostics.len();
        let mut value = self.value(&chain.value);
        let wrong = self.diagnostics.len() > before;
        for (position, call) in chain.filters.iter().enumerate() {
            let Some(filter) = filters::find(&call.name.text) else {
                // Behind another platform's name stand its filters.
                if !wrong {
                    self.report_unknown_filter(call);
                }
                return Resolved::unknown();
            };
            if !self.count_arguments(filter, call) {
                return Resolved::unknown();
            }
            if filter.name == "link" {
                let source = (position == 0).then_some(&chain.value);
                self.link(source, call);
            }
            value = self.apply(filter, value, call);
        }
        value
    }

    fn apply(&mut self, filter: &Filter, input: Resolved, call: &FilterCall) -> Resolved {
        if !takes(filter.takes, &input.ty) {
            self.report_input(filter, &input, call);
            return Resolved::unknown();
        }
        let kinds = filter.needs.iter().chain(filter.may);
        let mut args = Vec::new();
        for (kind, value) in kinds.zip(&call.args) {
            match self.argument(filter, *kind, value) {
                Some(ty) => args.push(ty),
                None => return Resolved::unknown(),
            }
        }
        let given = |ty: Type, optional: bool| Resolved {
            ty,
            optional,
            // The path is kept to name what may be unknown; it is no longer the path's value.
            path: input.path.clone(),
            declared_optional: input.declared_optional,
            declared: input.declared,
        };
        let optional = input.optional;
        match filter.gives {
            Gives::Text => {
                if filter.name == "date" {
                    self.check_moment(&input.ty, call);
                }
                given(Type::Text, optional)
            }
            Gives::Texts => given(Type::List(Box::new(Type::Text)), optional),
            Gives::Int => given(Type::Int, optional),
            Gives::Same => given(input.ty.clone(), optional),
            Gives::Item => match &input.ty {
                Type::List(item) => given((**item).clone(), true),
                _ => Resolved::unknown(),
            },
            Gives::Default => {
                let other = args.into_iter().next().unwrap_or(Type::Unknown);
                let ty = match (&input.ty, other) {
                    (left, right) if *left == right => right,
                    (Type::Decimal, Type::Int) => Type::Decimal,
                    (Type::Unknown, _) => Type::Unknown,
                    (Type::Record(_) | Type::List(_) | Type::Bool, right) => {
                        let message = format!(
                            "`default` gives {} for {}",
                            right.describe(),
                            input.ty.describe()
                        );
                        let finding = self
                            .finding(&codes::WRONG_FILTER, call.span, message)
                            .help("use `{% if %}` and `{% else %}`");
                        self.report(finding);
                        Type::Unknown
                    }
                    // What is shown is one of two things; it can be shown and no more.
                    _ => Type::Text,
                };
                Resolved::known(ty)
            }
            Gives::Count(how) => {
                let right = args.into_iter().next().unwrap_or(Type::Unknown);
                match arithmetic::count(how, &input.ty, &right) {
                    Ok(ty) => {
                        let divides = how == filters::Count::Divide;
                        let divisor = call.args.first().map(|value| &value.kind);
                        let zero = divides && divisor.is_some_and(is_zero);
                        if zero {
                            let finding = self
                                .finding(
                                    &codes::WRONG_FILTER,
                                    call.span,
                                    "nothing can be divided by zero",
                                )
                                .help("divide by another number");
                            self.report(finding);
                        }
                        let open = divides && !matches!(divisor, Some(ValueKind::Literal(_)));
                        given(ty, optional || open)
                    }
                    Err(why) => {
                        let message = format!(
                            "`{}` cannot join {} and {}",
                            filter.name,
                            input.ty.describe(),
                            right.describe()
                        );
                        let finding = self
                            .finding(&codes::WRONG_FILTER, call.span, message)
                            .label(why)
                            .help("compute it in a `measure`, and show that");
                        self.report(finding);
                        Resolved::unknown()
                    }
                }
            }
        }
    }

    fn argument(&mut self, filter: &Filter, kind: Argument, value: &Value) -> Option<Type> {
        if kind == Argument::Literal {
            if let ValueKind::Literal(Literal::Text(_)) = value.kind {
                return Some(Type::Text);
            }
            let example = if filter.name == "date" {
                "date: 'long'"
            } else {
                "link: 'answer'"
            };
            let finding = self
                .finding(
                    &codes::WRONG_FILTER,
                    value.span,
                    format!("`{}` needs a text in quotes here", filter.name),
                )
                .help(format!("write `{example}`"));
            self.report(finding);
            return None;
        }
        let found = self.value(value);
        if found.optional {
            self.report_optional(&found, value.span);
        }
        let (fits, wanted) = match kind {
            Argument::Text => (found.ty.is_textual(), "a text"),
            Argument::Int => (
                matches!(found.ty, Type::Int | Type::Unknown),
                "a whole number",
            ),
            Argument::Number => (found.ty.is_number(), "a number"),
            Argument::Any | Argument::Literal => (true, ""),
        };
        if fits {
            return Some(found.ty);
        }
        let finding = self
            .finding(
                &codes::WRONG_FILTER,
                value.span,
                format!(
                    "`{}` needs {wanted} here, and this is {}",
                    filter.name,
                    found.ty.describe()
                ),
            )
            .help(format!("write `{}`", usage(filter)));
        self.report(finding);
        None
    }

    fn count_arguments(&mut self, filter: &Filter, call: &FilterCall) -> bool {
        let (least, most) = (filter.needs.len(), filter.needs.len() + filter.may.len());
        let count = call.args.len();
        if (least..=most).contains(&count) {
            return true;
        }
        let wanted = match (least, most) {
            (0, 0) => "no argument".to_owned(),
            (1, 1) => "one argument".to_owned(),
            (least, most) if least == most => format!("{least} arguments"),
            (least, most) => format!("{least} to {most} arguments"),
        };
        let finding = self
            .finding(
                &codes::WRONG_FILTER,
                call.span,
                format!("`{}` takes {wanted}, and {count} stand here", filter.name),
            )
            .help(format!("write `{}`", usage(filter)));
        self.report(finding);
        false
    }

    fn check_moment(&mut self, ty: &Type, call: &FilterCall) {
        let Some(value) = call.args.first() else {
            return;
        };
        let ValueKind::Literal(Literal::Text(written)) = &value.kind else {
            return;
        };
        if let Err(why) = moment::Pattern::read(written, ty) {
            let at = Span::new(value.span.start, value.span.end);
            let finding = self.finding(&codes::WRONG_FILTER, at, why).help(
                "write `'short'`, `'medium'`, `'long'` or `'full'`, or a form like `'%d %B %Y'`",
            );
            self.report(finding);
        }
    }

    fn report_unknown_filter(&mut self, call: &FilterCall) {
        let name = call.name.text.as_str();
        let known = filters::FILTERS.iter().map(|filter| filter.name);
        let mut finding = self.finding(
            &codes::UNKNOWN_FILTER,
            call.name.span,
            format!("there is no filter `{name}`"),
        );
        finding.help = other_name(name)
            .map(|right| format!("write `{right}`"))
            .or_else(|| did_you_mean(name, known))
            .or_else(|| Some("use one of the filters of the reference of templates".to_owned()));
        self.report(finding);
    }

    fn report_input(&mut self, filter: &Filter, input: &Resolved, call: &FilterCall) {
        let wanted = match filter.takes {
            Takes::Any => "a value",
            Takes::Text => "a text",
            Takes::Number => "a number",
            Takes::Moment => "a date, a time or an instant",
            Takes::List => "a list",
            Takes::Texts => "a list of texts",
            Takes::TextOrList => "a text or a list",
        };
        let help = match (filter.takes, &input.ty) {
            (Takes::Text, Type::List(_)) => "write `| join: ', '` before it",
            (Takes::Text, _) => {
                "write the text around the braces: values are formatted for the language of the \
                 content"
            }
            (Takes::Moment, _) => "use it on a date, before `default`",
            (Takes::Number, _) => "use it on a number, before `default`",
            _ => "remove the filter",
        };
        let finding = self
            .finding(
                &codes::WRONG_FILTER,
                call.name.span,
                format!(
                    "`{}` needs {wanted}, and this is {}",
                    filter.name,
                    input.ty.describe()
                ),
            )
            .help(help);
        self.report(finding);
    }
}

fn takes(takes: Takes, ty: &Type) -> bool {
    if *ty == Type::Unknown {
        return true;
    }
    match takes {
        Takes::Any => true,
        Takes::Text => ty.is_textual(),
        Takes::Number => ty.is_number(),
        Takes::Moment => matches!(ty, Type::Date | Type::Time | Type::Instant),
        Takes::List => matches!(ty, Type::List(_)),
        Takes::Texts => matches!(ty, Type::List(item) if item.is_textual()),
        Takes::TextOrList => ty.is_textual() || matches!(ty, Type::List(_)),
    }
}

fn is_zero(kind: &ValueKind) -> bool {
    match kind {
        ValueKind::Literal(Literal::Int(number)) => *number == 0,
        ValueKind::Literal(Literal::Decimal(digits)) => {
            digits.chars().all(|c| matches!(c, '0' | '.' | '-'))
        }
        _ => false,
    }
}

/// How a filter is written.
fn usage(filter: &Filter) -> String {
    let example = |argument: &Argument| match argument {
        Argument::Any => "'...'",
        Argument::Text => "'text'",
        Argument::Literal if filter.name == "date" => "'long'",
        Argument::Literal => "'name'",
        Argument::Int => "20",
        Argument::Number => "2",
    };
    let args: Vec<&str> = if filter.needs.is_empty() {
        filter.may.iter().take(1).map(example).collect()
    } else {
        filter.needs.iter().map(example).collect()
    };
    if args.is_empty() {
        filter.name.to_owned()
    } else {
        format!("{}: {}", filter.name, args.join(", "))
    }
}

/// The names that other platforms give to what Jalon has.
fn other_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "uppercase" | "upper" | "toUpperCase" => "upcase",
        "lowercase" | "lower" | "toLowerCase" => "downcase",
        "title" | "titlecase" | "capfirst" | "title_case" => "capitalize",
        "trim" => "strip",
        "fallback" | "or" | "default_if_none" => "default: '...'",
        "length" | "count" => "size",
        "date_format" | "format_date" | "strftime" => "date: 'long'",
        "truncatechars" => "truncate: 20",
        "urlencode" | "url_escape" | "cgi_escape" => "url_encode",
        "h" | "escape_once" | "force_escape" => "escape",
        "add" => "plus: 1",
        "subtract" => "minus: 1",
        "multiply" => "times: 2",
        "divide" => "divided_by: 2",
        "striptags" => "strip_html",
        "mod" => "modulo: 2",
        _ => return None,
    })
}
