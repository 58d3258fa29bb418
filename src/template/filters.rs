//! The table of filters: every filter that a template may use, what it takes and what it gives.
//!
//! The names and meanings are those of Liquid's standard filters as the `liquid` crate has them;
//! `link` is ours, and numbers are exact. To add a filter: a row here, its work in
//! `render/filters/`, and a line in `docs/reference/templates.md`.

/// What a filter is applied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Any value, known or not (`default`).
    Any,
    /// A text, a URL, a code, a name of a choice.
    Text,
    /// A whole number, decimal, percentage or amount.
    Number,
    /// A date, time of day or instant.
    Moment,
    /// A list of anything.
    List,
    /// A list of texts.
    Texts,
    /// A text or a list.
    TextOrList,
}

/// An argument of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Any value that is known.
    Any,
    /// A text.
    Text,
    /// A text in quotes: it is read by the compiler.
    Literal,
    /// A whole number.
    Int,
    /// A number that fits the input.
    Number,
}

/// What a filter gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// A whole number.
    Int,
    /// The type of the input.
    Same,
    /// The type of a list's items, which may be unknown.
    Item,
    /// The input where it is known, else the argument.
    Default,
    /// What counting gives; see `check/arithmetic.rs`.
    Count(Count),
}

/// The ways to count with two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// `plus`, `minus`, `at_least`, `at_most`: two of a kind.
    Alike,
    /// `times`
    Times,
    /// `divided_by`, `modulo`
    Divide,
}

/// A filter.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its name.
    pub name: &'static str,
    /// What it is applied to.
    pub takes: Takes,
    /// Its arguments that are needed.
    pub needs: &'static [Argument],
    /// Its arguments that may follow.
    pub may: &'static [Argument],
    /// What it gives.
    pub gives: Gives,
}

const fn filter(
    name: &'static str,
    takes: Takes,
    needs: &'static [Argument],
    may: &'static [Argument],
    gives: Gives,
) -> Filter {
    Filter {
        name,
        takes,
        needs,
        may,
        gives,
    }
}

/// A filter from text to text without arguments.
const fn text(name: &'static str) -> Filter {
    filter(name, Takes::Text, &[], &[], Gives::Text)
}

/// Every filter, by name.
pub const FILTERS: &[Filter] = &[
    filter("abs", Takes::Number, &[], &[], Gives::Same),
    filter("append", Takes::Text, &[Argument::Text], &[], Gives::Text),
    filter(
        "at_least",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Alike),
    ),
    filter(
        "at_most",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Alike),
    ),
    text("capitalize"),
    filter("ceil", Takes::Number, &[], &[], Gives::Same),
    filter(
        "date",
        Takes::Moment,
        &[Argument::Literal],
        &[],
        Gives::Text,
    ),
    filter("default", Takes::Any, &[Argument::Any], &[], Gives::Default),
    filter(
        "divided_by",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Divide),
    ),
    text("downcase"),
    text("escape"),
    filter("first", Takes::List, &[], &[], Gives::Item),
    filter("floor", Takes::Number, &[], &[], Gives::Same),
    filter("join", Takes::Texts, &[], &[Argument::Text], Gives::Text),
    filter("last", Takes::List, &[], &[], Gives::Item),
    filter("link", Takes::Text, &[Argument::Literal], &[], Gives::Same),
    text("lstrip"),
    filter(
        "minus",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Alike),
    ),
    filter(
        "modulo",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Divide),
    ),
    filter(
        "plus",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Alike),
    ),
    filter("prepend", Takes::Text, &[Argument::Text], &[], Gives::Text),
    filter("remove", Takes::Text, &[Argument::Text], &[], Gives::Text),
    filter(
        "remove_first",
        Takes::Text,
        &[Argument::Text],
        &[],
        Gives::Text,
    ),
    filter(
        "replace",
        Takes::Text,
        &[Argument::Text, Argument::Text],
        &[],
        Gives::Text,
    ),
    filter(
        "replace_first",
        Takes::Text,
        &[Argument::Text, Argument::Text],
        &[],
        Gives::Text,
    ),
    filter("reverse", Takes::List, &[], &[], Gives::Same),
    filter("round", Takes::Number, &[], &[Argument::Int], Gives::Same),
    text("rstrip"),
    filter("size", Takes::TextOrList, &[], &[], Gives::Int),
    filter(
        "slice",
        Takes::Text,
        &[Argument::Int],
        &[Argument::Int],
        Gives::Text,
    ),
    filter("split", Takes::Text, &[Argument::Text], &[], Gives::Texts),
    text("strip"),
    text("strip_html"),
    text("strip_newlines"),
    filter(
        "times",
        Takes::Number,
        &[Argument::Number],
        &[],
        Gives::Count(Count::Times),
    ),
    filter(
        "truncate",
        Takes::Text,
        &[],
        &[Argument::Int, Argument::Text],
        Gives::Text,
    ),
    filter(
        "truncatewords",
        Takes::Text,
        &[],
        &[Argument::Int, Argument::Text],
        Gives::Text,
    ),
    text("upcase"),
    text("url_decode"),
    text("url_encode"),
];

/// The filter of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Filter> {
    FILTERS.iter().find(|filter| filter.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_stand_in_the_order_of_their_names() {
        assert!(FILTERS.is_sorted_by_key(|filter| filter.name));
    }
}
