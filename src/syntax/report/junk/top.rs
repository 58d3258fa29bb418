//! What could not be read outside of all declarations, or on the last line of one.

use super::{behind_on_line, closers, statement_at, unknown_unit};
use crate::diag::codes::syntax as codes;
use crate::diag::{Diagnostic, did_you_mean};
use crate::source::Span;
use crate::syntax::ast::Decl;
use crate::syntax::grammar::Rule;
use crate::syntax::lower::{Lower, Node};
use crate::syntax::report::meant::{self, character};
use crate::syntax::report::missing::token_at;
use crate::syntax::report::{
    borrowed, brackets, finding, foreign, quoted, rewrite, structural, words,
};
use crate::syntax::scan::DECLARATIONS;

/// Reports what stands behind the declarations of a piece.
pub(in crate::syntax) fn behind<'a>(
    lower: &mut Lower<'a>,
    strays: &[Node<'a>],
    decls: &mut [Decl],
) {
    let Some(first) = strays.first() else {
        return;
    };
    if lower.state.cut {
        return;
    }
    if let Some(brace) = strays.iter().find(|node| node.as_str().starts_with('}')) {
        if let Some(decl) = decls.last_mut() {
            decl.broken = true;
        }
        if !lower.state.braces && !lower.state.text {
            brackets::extra_brace(lower, brace.as_span().start(), decls.last());
        }
        return;
    }
    let mut end = None;
    for node in strays {
        let start = node.as_span().start();
        let (from, to) = token_at(lower.text, start);
        let word = lower.text.get(from..to).unwrap_or("");
        let span = lower.range(from, to);
        let continued = end == Some(start);
        end = Some(node.as_span().end());
        for inner in node.clone().into_inner() {
            if inner.as_rule() == Rule::junk_block {
                closers(lower, inner);
            }
        }
        let habit = borrowed::habit(borrowed::TOP_HABITS, word).is_some();
        if lower.state.covers(start) {
            continue;
        }
        if continued && !habit && did_you_mean(word, DECLARATIONS).is_none() {
            continue;
        }
        let line = behind_on_line(lower, start);
        if word == ")" && lower.state.parens {
            continue;
        }
        if let Some(found) = statement_at(lower, start) {
            structural(lower, found);
            continue;
        }
        if let (Some(line), Some(decl)) = (line, decls.last_mut()) {
            decl.broken = true;
            if start == first.as_span().start() && unknown_unit(lower, from, to) {
                continue;
            }
            let found = meant::in_line(lower, from, to)
                .unwrap_or_else(|| in_declaration(lower, word, span, line));
            structural(lower, found);
            continue;
        }
        let found = at_top(lower, word, span);
        structural(lower, found);
    }
}

/// A word behind a declaration, on its last line.
fn in_declaration(lower: &Lower<'_>, word: &str, span: Span, line: &str) -> Diagnostic {
    if let Some(found) = character(lower, word, span) {
        return found;
    }
    let first = words::keyword_of(line);
    let parts = words::of_statement(first);
    let candidates = parts.iter().chain(words::IN_EXPRESSIONS).copied();
    let near = || {
        let help = did_you_mean(word, candidates.clone())?;
        Some((help, rewrite::near(lower, word, span, candidates.clone())))
    };
    let (help, fix) = foreign::instead(lower, word, span, line)
        .or_else(near)
        .unwrap_or_else(|| {
            let help = "remove it, or begin a declaration on a new line";
            (help.to_owned(), None)
        });
    let message = format!("{} cannot stand here", quoted(word));
    finding(lower, &codes::UNEXPECTED, span, message, help).fix_if(fix)
}

/// A word outside of all declarations.
fn at_top(lower: &Lower<'_>, word: &str, span: Span) -> Diagnostic {
    if let Some(found) = character(lower, word, span) {
        return found;
    }
    if let Some(help) = borrowed::habit(borrowed::TOP_HABITS, word) {
        let message = format!("`{word}` does not declare anything");
        return finding(lower, &codes::UNKNOWN_DECLARATION, span, message, help);
    }
    if matches!(word, "{" | "[") {
        let message = "a file holds declarations, and this is none";
        let help = "begin with a word like `profile`, `message` or `journey`; JSON is not read";
        return finding(lower, &codes::UNKNOWN_DECLARATION, span, message, help);
    }
    if words::of_block(Rule::steps).contains(&word) {
        let message = format!("`{word}` stands outside of any journey");
        let help = "move it into a journey, or look for a `}` too many above";
        return finding(lower, &codes::UNKNOWN_DECLARATION, span, message, help);
    }
    if DECLARATIONS.contains(&word) {
        let message = format!("this `{word}` is not written as a declaration");
        let help = words::form(word);
        return finding(lower, &codes::UNKNOWN_DECLARATION, span, message, help);
    }
    let help = did_you_mean(word, DECLARATIONS).unwrap_or_else(|| {
        "begin a declaration with a word like `profile`, `message` or `journey`".to_owned()
    });
    let message = format!("{} does not declare anything", quoted(word));
    let fix = rewrite::near(lower, word, span, DECLARATIONS);
    finding(lower, &codes::UNKNOWN_DECLARATION, span, message, help).fix_if(fix)
}
