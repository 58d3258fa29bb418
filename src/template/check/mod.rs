//! The check of a template: every name resolved, every value typed, every unknown handled.

pub(super) mod arithmetic;
mod causes;
mod condition;
mod facts;
mod filter;
mod foreign;
mod insecure;
mod link;
mod platforms;
mod resolve;
mod walk;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Place, Span};
use crate::template::liquid::{self, Segment};
use crate::template::{Format, PlaceMap, Scope, Var, mjml};
use facts::Facts;
use indexmap::IndexMap;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// What the check of a template found out.
#[derive(Debug, Clone, Default)]
pub struct CheckResult {
    /// Everything that is wrong with it, in the order of the text.
    pub diagnostics: Diagnostics,
    /// Everything it reads, each path once, in the order of the text.
    pub variables: Vec<Used>,
    /// Its links, each name once.
    pub links: Vec<Link>,
    /// Whether it shows `{{ unsubscribe }}`.
    pub has_unsubscribe: bool,
    /// Whether it shows `{{ sender_address }}`.
    pub has_sender_address: bool,
}

/// A value that a template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// From a root of the scope, a `*` for "each item of the list": `member.gifts.*.amount`.
    pub path: Vec<SmolStr>,
    /// Where it is read first.
    pub place: Place,
}

/// A link that a template names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The name that `where link == "..."` compares with.
    pub name: SmolStr,
    /// The URL if it is written in the template, and not computed.
    pub url: Option<SmolStr>,
    /// Where the link is.
    pub place: Place,
}

/// The variable that holds the address where a person unsubscribes.
pub const UNSUBSCRIBE: &str = "unsubscribe";
/// The variable that holds the sender's postal address.
pub const SENDER_ADDRESS: &str = "sender_address";

/// Checks a template against what it can name.
///
/// `text` is the decoded text of the template, `places` tells where it was written. The result's
/// diagnostics include those of parsing. Never fails; linear in the length of the text.
#[must_use]
pub fn check(text: &str, format: Format, places: &PlaceMap, scope: &dyn Scope) -> CheckResult {
    let parsed = liquid::parse(text, places);
    let mut checker = Checker {
        text,
        format,
        places,
        scope,
        locals: Vec::new(),
        refused: parsed.refused_names.iter().cloned().collect(),
        facts: Facts::default(),
        unreadable: parsed
            .diagnostics
            .iter()
            .any(|found| found.code == &crate::diag::codes::template::UNREADABLE_LIQUID),
        lenient: false,
        diagnostics: parsed.diagnostics,
        used: IndexMap::new(),
        links: IndexMap::new(),
        // A refused tag of that name was meant to be it.
        has_unsubscribe: parsed.refused_names.iter().any(|name| name == UNSUBSCRIBE),
        has_sender_address: false,
    };
    checker.nodes(&parsed.tree.nodes);
    checker.foreign(&parsed.pieces);
    checker.insecure(&parsed.pieces);
    if format == Format::Mjml {
        let markup = mjml::check(text, &parsed.pieces, places);
        checker.diagnostics.append(markup.diagnostics);
    }
    let mut found = checker.diagnostics.into_vec();
    found.sort_by_key(|diagnostic| diagnostic.primary.place);
    let has_unsubscribe = checker.has_unsubscribe || causes::may_hide(&found, UNSUBSCRIBE);
    let hidden = causes::may_hide(&found, SENDER_ADDRESS);
    causes::only(&mut found);
    let mut diagnostics = Diagnostics::default();
    for diagnostic in found {
        diagnostics.push(diagnostic);
    }
    CheckResult {
        diagnostics,
        variables: checker
            .used
            .into_iter()
            .map(|(path, place)| Used { path, place })
            .collect(),
        links: checker.links.into_values().collect(),
        has_unsubscribe,
        has_sender_address: checker.has_sender_address || hidden,
    }
}

/// A name that a loop binds.
struct Local {
    name: SmolStr,
    var: Var,
    /// The path of the list it goes through, with a `*` behind.
    path: Vec<SmolStr>,
    span: Span,
}

struct Checker<'a> {
    text: &'a str,
    format: Format,
    places: &'a PlaceMap,
    scope: &'a dyn Scope,
    locals: Vec<Local>,
    /// Names of refused tags: nothing is said about them but at the tag.
    refused: FxHashSet<SmolStr>,
    /// The paths that are known where the check stands.
    facts: Facts,
    /// Whether some Liquid could not be read: what ends a block follows from it.
    unreadable: bool,
    /// Set where a broken tag hides what is known: unknown values are not reported.
    lenient: bool,
    diagnostics: Diagnostics,
    used: IndexMap<Vec<SmolStr>, Place>,
    links: IndexMap<SmolStr, Link>,
    has_unsubscribe: bool,
    has_sender_address: bool,
}

impl Checker<'_> {
    /// A finding at a range of the template.
    fn finding(&self, code: &'static Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.places.place(span), message)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The name that a segment would hide, if it is taken: where it is declared, if known.
    fn taken(&self, name: &Segment) -> Option<Option<Place>> {
        if let Some(local) = self.locals.iter().find(|local| local.name == name.text) {
            return Some(Some(self.places.place(local.span)));
        }
        if [UNSUBSCRIBE, SENDER_ADDRESS, "forloop"].contains(&name.text.as_str()) {
            return Some(None);
        }
        self.scope.root(&name.text).map(|var| var.declared)
    }
}
