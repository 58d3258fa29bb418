//! Every finding of the parser, in the words of a user.

use super::ast::{Expr, ExprKind, Name, Text};
use super::grammar::Rule;
use super::lower::{Lower, Node};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;

pub(super) use super::scan::MAX_DEPTH;

/// Whether a rule marks something missing or something that could not be read.
pub(super) fn is_stray(rule: Rule) -> bool {
    missing(rule).is_some() || is_junk(rule)
}

fn is_junk(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::junk
            | Rule::junk_step
            | Rule::junk_top
            | Rule::junk_head
            | Rule::junk_paren
            | Rule::junk_line
            | Rule::junk_block
    )
}

/// What a marker says is missing.
fn missing(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::no_always => "`always`",
        Rule::no_and => "`and`",
        Rule::no_as => "`as`",
        Rule::no_at_most => "`at most`",
        Rule::no_bracket => "`]`",
        Rule::no_by => "`by`",
        Rule::no_claim => "`ends within` or `costs at most`",
        Rule::no_close => "`}`",
        Rule::no_colon => "`:`",
        Rule::no_comma => "`,`",
        Rule::no_day => "`day`",
        Rule::no_else => "`skip` or `delay`",
        Rule::no_enter => "`on`, `when`, `every` or a time `before` or `after` a date",
        Rule::no_equals => "`=`",
        Rule::no_every_year => "`every year`",
        Rule::no_for => "`for`",
        Rule::no_from => "`from`",
        Rule::no_leave => "`when` or `on`",
        Rule::no_most => "`most`",
        Rule::no_name => "a name",
        Rule::no_of => "`of`",
        Rule::no_on => "`on`",
        Rule::no_open => "`{`",
        Rule::no_paren => "`)`",
        Rule::no_people => "`people`",
        Rule::no_per => "`per`",
        Rule::no_reenter => "`never`, `always` or `after`",
        Rule::no_refused => "`refused`",
        Rule::no_step => "a step",
        Rule::no_text => "a text between double quotes",
        Rule::no_than => "`than`",
        Rule::no_those_already => "`those already`",
        Rule::no_time => "`time`",
        Rule::no_times => "`times`",
        Rule::no_to => "`to`",
        Rule::no_type => "a type",
        Rule::no_up_to => "`up to`",
        Rule::no_value => "a value",
        Rule::no_via => "`via`",
        Rule::no_wins => "`wins`",
        Rule::no_within => "`within`",
        _ => return None,
    })
}

/// Reports a marker or junk; says nothing about other nodes.
pub(super) fn stray<'a>(lower: &mut Lower<'a>, node: &Node<'a>) {
    let span = lower.span(node);
    if let Some(what) = missing(node.as_rule()) {
        lower.report(
            &codes::MISSING_PART,
            span,
            format!("{what} is missing here"),
        );
    } else if is_junk(node.as_rule()) {
        lower.report(&codes::UNEXPECTED, span, "this cannot stand here");
    }
}

/// A piece that the grammar could not read at all.
pub(super) fn unread(lower: &mut Lower<'_>, error: &pest::error::Error<Rule>) {
    let at = match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let span = lower.range(at, at);
    lower.report(&codes::UNEXPECTED, span, "this cannot stand here");
}

fn push(
    lower: &mut Lower<'_>,
    code: &'static crate::diag::Code,
    span: Span,
    message: String,
    help: &str,
) {
    let diagnostic = Diagnostic::new(code, span.in_file(lower.file), message).help(help);
    lower.push(diagnostic);
}

/// A name that is a word of the language.
pub(super) fn reserved(_lower: &mut Lower<'_>, _name: &Name) {}

/// A backtick that is not closed, or holds nothing.
pub(super) fn backticks(_lower: &mut Lower<'_>, _written: &str, _span: Span) {}

/// A part that stands twice.
pub(super) fn twice(lower: &mut Lower<'_>, span: Span) {
    lower.report(&codes::UNEXPECTED, span, "this is said twice");
}

/// An operator of another language.
pub(super) fn foreign_operator(lower: &mut Lower<'_>, written: &str, span: Span) {
    let right = match written {
        "=" | "===" => "==",
        "!==" | "<>" => "!=",
        "&&" => "and",
        "||" => "or",
        "!" => "not",
        _ => return,
    };
    let help = format!("write `{right}`");
    push(
        lower,
        &codes::UNEXPECTED,
        span,
        format!("`{written}` is not an operator"),
        &help,
    );
}

/// A second comparison in a row.
pub(super) fn chained(lower: &mut Lower<'_>, span: Span) {
    push(
        lower,
        &codes::UNEXPECTED,
        span,
        "comparisons do not chain".to_owned(),
        "write two comparisons joined by `and`",
    );
}

/// `is` without `known`, `unknown` or `fresh`.
pub(super) fn bad_is(lower: &mut Lower<'_>, written: &str, span: Span) {
    push(
        lower,
        &codes::UNEXPECTED,
        span,
        format!("`{written}` is not a test"),
        "write `is known`, `is unknown` or `is fresh`",
    );
}

/// A path or a run of postfix operators that is too long.
pub(super) fn too_deep_path<'a>(lower: &mut Lower<'a>, node: &Node<'a>) {
    let span = lower.span(node);
    lower.report(&codes::UNEXPECTED, span, "this is nested too deeply");
}

/// `true`, `false`, `null`.
pub(super) fn foreign_word(_lower: &mut Lower<'_>, _word: &str, _span: Span) {}

/// A unit that touches its number, or is none.
pub(super) fn glued(lower: &mut Lower<'_>, amount: &str, suffix: &str, span: Span) {
    let help = format!("write `{amount} {suffix}`");
    push(
        lower,
        &codes::BAD_NUMBER,
        span,
        format!("`{amount}{suffix}` is not a number"),
        &help,
    );
}

/// What to say about a day that does not exist.
pub(super) fn date_help(_year: &str, _month: &str) -> String {
    "write a day that exists".to_owned()
}

/// A `"""` that is never closed.
pub(super) fn unclosed_block_text(lower: &mut Lower<'_>, span: Span) {
    let opener = Span::new(span.start, span.start + 3);
    lower.report(&codes::UNEXPECTED, opener, "this text is never closed");
}

/// A `"` that is not closed in its line.
pub(super) fn unclosed_text(lower: &mut Lower<'_>, _written: &str, span: Span) {
    let opener = Span::new(span.start, span.start + 1);
    lower.report(&codes::UNEXPECTED, opener, "this text is never closed");
}

/// A text between other quotes than `"`.
pub(super) fn foreign_quotes(lower: &mut Lower<'_>, written: &str, span: Span) -> Text {
    push(
        lower,
        &codes::UNEXPECTED,
        span,
        "a text stands between double quotes".to_owned(),
        "write it between `\"` and `\"`",
    );
    Text {
        value: written.into(),
        span,
        block: false,
    }
}

/// `never a, b with c`.
pub(super) fn one_journey(lower: &mut Lower<'_>, names: &[Name]) {
    if let Some(name) = names.last() {
        lower.report(
            &codes::UNEXPECTED,
            name.span,
            "`with` joins one journey and another",
        );
    }
}

/// An `enter` without its `at`.
pub(super) fn no_entry_time(lower: &mut Lower<'_>, span: Span) -> Expr {
    lower.report(&codes::MISSING_PART, span, "`at` is missing here");
    Expr {
        kind: ExprKind::Broken,
        span,
    }
}

/// A day of `enter every` that is none.
pub(super) fn weekday(_lower: &mut Lower<'_>, _name: &Name) {}

/// A day of the month that does not exist.
pub(super) fn month_day(lower: &mut Lower<'_>, span: Span) {
    lower.report(&codes::BAD_NUMBER, span, "a month has days 1 to 31");
}

/// What is wrong with the braces of a block.
pub(super) fn braces<'a>(_lower: &mut Lower<'a>, _node: &Node<'a>) {}

/// A clause or `finally` inside a block.
pub(super) fn misplaced(lower: &mut Lower<'_>, span: Span) {
    lower.report(
        &codes::UNEXPECTED,
        span,
        "this stands at the top of a journey only",
    );
}

/// A label before something that is not a step.
pub(super) fn unlabelled(lower: &mut Lower<'_>, label: Option<&Name>) {
    if let Some(label) = label {
        lower.report(
            &codes::UNEXPECTED,
            label.span,
            "only a step can have a label",
        );
    }
}

/// An argument without its name.
pub(super) fn unnamed_argument(lower: &mut Lower<'_>, value: &Expr) {
    lower.report(
        &codes::MISSING_PART,
        value.span,
        "an argument needs its name",
    );
}

/// `best by` without `after`.
pub(super) fn best_without_after(lower: &mut Lower<'_>, span: Span) -> Expr {
    lower.report(&codes::MISSING_PART, span, "`after` is missing here");
    Expr {
        kind: ExprKind::Broken,
        span,
    }
}

/// `set x == 3`.
pub(super) fn equals_in_set(lower: &mut Lower<'_>, span: Span) {
    push(
        lower,
        &codes::UNEXPECTED,
        span,
        "`==` compares".to_owned(),
        "write `=`",
    );
}

/// More behind `wait until monday at 09:00`.
pub(super) fn next_day_only(lower: &mut Lower<'_>, span: Span) {
    lower.report(
        &codes::UNEXPECTED,
        span,
        "a wait for the next such day takes only `at`",
    );
}
