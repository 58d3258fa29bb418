//! What of a template's findings is a cause: a tag or an element that is not closed makes others seem
//! misplaced, and what could not be read may have been what seems to be missing.

use crate::diag::codes::template::{
    MISPLACED_MJML_ELEMENT, OPTIONAL_IN_TEMPLATE, REFUSED_TAG, UNCLOSED_TAG,
    UNKNOWN_MJML_ATTRIBUTE, UNKNOWN_VARIABLE, UNREADABLE_LIQUID, UNREADABLE_MARKUP,
};
use crate::diag::{Code, Diagnostic};

/// How sure a finding is a cause of others of the same template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It follows from one of the others, if there is one.
    Follows,
    /// Something closes nothing.
    ClosesNothing,
    /// An element or a block is not closed.
    Open,
    /// Markup, or a tag, that cannot be read.
    Unreadable,
    /// Braces that are not closed.
    Braces,
}

/// Leaves out the findings that follow from others.
pub(super) fn only(found: &mut Vec<Diagnostic>) {
    let Some(worst) = found.iter().filter_map(rank).max() else {
        return;
    };
    found.retain(|diagnostic| match rank(diagnostic) {
        None => true,
        Some(Rank::Follows) => worst == Rank::Follows,
        Some(rank) => rank == worst,
    });
}

fn rank(found: &Diagnostic) -> Option<Rank> {
    const FOLLOWS: [&Code; 3] = [
        &MISPLACED_MJML_ELEMENT,
        &UNKNOWN_MJML_ATTRIBUTE,
        &OPTIONAL_IN_TEMPLATE,
    ];
    if found.code == &UNCLOSED_TAG {
        return Some(if found.message.contains("closes nothing") {
            Rank::ClosesNothing
        } else if found.message.contains("`{{`") || found.message.contains("`{%`") {
            Rank::Braces
        } else {
            Rank::Open
        });
    }
    if [&UNREADABLE_MARKUP, &REFUSED_TAG].contains(&found.code) {
        return Some(Rank::Unreadable);
    }
    FOLLOWS.contains(&found.code).then_some(Rank::Follows)
}

/// Whether a variable of this name may stand in what could not be read, or was misspelled.
pub(super) fn may_hide(found: &[Diagnostic], name: &str) -> bool {
    const BROKEN: [&Code; 3] = [&UNCLOSED_TAG, &UNREADABLE_LIQUID, &UNREADABLE_MARKUP];
    found.iter().any(|diagnostic| {
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let meant = diagnostic.code == &UNKNOWN_VARIABLE && help.contains(&format!("`{name}`"));
        BROKEN.contains(&diagnostic.code) || meant
    })
}
