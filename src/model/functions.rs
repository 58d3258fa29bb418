//! The closed list of functions: one row each. What each means is in `docs/reference/functions.md`.

use super::hir::Function;

/// A function, as it is called.
#[derive(Debug)]
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub function: Function,
    /// The fewest and the most values it takes.
    pub arity: (usize, usize),
    /// How it is called, for messages.
    pub form: &'static str,
}

const fn row(
    name: &'static str,
    function: Function,
    arity: (usize, usize),
    form: &'static str,
) -> Row {
    Row {
        name,
        function,
        arity,
        form,
    }
}

/// Every function, in the order of the reference page.
pub static FUNCTIONS: &[Row] = &[
    row("age", Function::Age, (1, 1), "age(DATE)"),
    row("lower", Function::Lower, (1, 1), "lower(TEXT)"),
    row("upper", Function::Upper, (1, 1), "upper(TEXT)"),
    row("trim", Function::Trim, (1, 1), "trim(TEXT)"),
    row(
        "contains",
        Function::Contains,
        (2, 2),
        "contains(TEXT, PART)",
    ),
    row(
        "starts_with",
        Function::StartsWith,
        (2, 2),
        "starts_with(TEXT, START)",
    ),
    row("length", Function::Length, (1, 1), "length(TEXT)"),
    row(
        "round",
        Function::Round,
        (1, 2),
        "round(NUMBER)` or `round(NUMBER, DIGITS)",
    ),
    row(
        "at_least",
        Function::AtLeast,
        (2, 2),
        "at_least(VALUE, LOWEST)",
    ),
    row(
        "at_most",
        Function::AtMost,
        (2, 2),
        "at_most(VALUE, HIGHEST)",
    ),
    row("today", Function::Today, (0, 0), "today()"),
    row("now", Function::Now, (0, 0), "now()"),
];

/// The function with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Row> {
    FUNCTIONS.iter().find(|row| row.name == name)
}
