//! The checker of one declaration's body: its variables, what is known, what was found.
//!
//! Expressions are typed in both directions: [`Body::infer`] asks an expression what it is,
//! [`Body::check`] tells it what it should be, so that variants and codes need no full spelling.
//! Whatever was wrong becomes [`Ty::Error`], which is compatible with everything, so one mistake
//! gives one finding.

mod aggregate;
mod arguments;
mod arithmetic;
mod call;
mod compare;
mod constant;
mod duration;
mod elsewhere;
mod expr;
mod facts;
mod literal;
mod logic;
mod mismatch;
mod name;
mod path;
mod rows;
mod trigger;
mod unknown;

pub use arguments::Missing;
pub use duration::Length;
pub use expr::fits;
pub use facts::{Facts, Known, Part, Path};
pub use trigger::Triggered;

use super::cx::Cx;
use super::hir::{Expr, ExprKind, Field, Local, Locals};
use super::ids::{EntityId, FieldId, JourneyId, LocalId};
use super::names::Declared;
use super::types::{LocalKind, Ty};
use crate::diag::codes::names::{SHADOWED_NAME, UNKNOWN_NAME};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Span};
use crate::syntax::ast;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// The checker of one declaration's body.
pub struct Body<'c, 'a> {
    /// The whole project.
    pub cx: &'c Cx<'a>,
    /// The file of the declaration: every span is in it.
    pub file: FileId,
    /// The variables made so far.
    pub locals: Locals,
    diagnostics: Diagnostics,
    /// Nothing is reported: a syntax error inside was.
    silent: bool,
    /// The variables in scope by name, innermost last.
    scope: FxHashMap<SmolStr, Vec<LocalId>>,
    /// The names in `scope`, in the order they came into it.
    entered: Vec<SmolStr>,
    /// The row whose fields bare names are.
    row: Option<LocalId>,
    /// The paths known to have a value.
    known: Known,
    /// Whose labels name sends.
    journey: Option<JourneyId>,
    /// The condition that is being read.
    asked: unknown::Asked,
}

/// A point to which [`Body::leave`] takes the scope back.
#[derive(Debug, Clone, Copy)]
pub struct Mark(usize);

impl<'c, 'a> Body<'c, 'a> {
    /// An empty body of a declaration in `file`. If the declaration had a syntax error, nothing
    /// is reported.
    #[must_use]
    pub fn new(cx: &'c Cx<'a>, file: FileId, broken: bool) -> Self {
        Self {
            cx,
            file,
            locals: Locals::default(),
            diagnostics: Diagnostics::default(),
            silent: broken,
            scope: FxHashMap::default(),
            entered: Vec::new(),
            row: None,
            known: Known::default(),
            journey: None,
            asked: unknown::Asked::default(),
        }
    }

    /// A body whose local 0 is the person (or the row) that the declaration is about.
    ///
    /// `entity` is the resolved profile or table, from the head; `None` makes an erroneous
    /// variable, of which nothing more is reported.
    #[must_use]
    pub fn about(
        cx: &'c Cx<'a>,
        file: FileId,
        broken: bool,
        subject: &ast::Subject,
        entity: Option<EntityId>,
    ) -> Self {
        let mut body = Self::new(cx, file, broken);
        let ty = entity.map_or(Ty::Error, Ty::Row);
        body.declare(&subject.name, LocalKind::Subject, ty);
        body
    }

    /// Declares the parameters of a journey as variables, in order. `fields` are those of its
    /// head, which has the first of two parameters with one name.
    pub fn declare_params(&mut self, params: &[ast::Field], fields: &[Field]) {
        let mut fields = fields.iter().peekable();
        for param in params {
            let place = self.place(param.name.span);
            if let Some(field) = fields.next_if(|field| field.place == place) {
                self.declare(&param.name, LocalKind::Param, field.ty.clone());
            }
        }
    }

    /// Makes the labels of a journey name its sends (`ask.clicked`).
    pub fn use_labels_of(&mut self, journey: JourneyId) {
        self.journey = Some(journey);
    }

    /// Whether nothing is reported, because the declaration had a syntax error.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.silent
    }

    /// Adds a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if !self.silent {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Adds a finding at a span of this file, to be completed with labels and help.
    pub fn error(&mut self, code: &'static Code, span: Span, message: impl Into<String>) {
        let place = self.place(span);
        self.report(Diagnostic::new(code, place, message));
    }

    /// Adds a finding at a span of this file, with what to do about it.
    pub fn error_with(
        &mut self,
        code: &'static Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = self.place(span);
        self.report(Diagnostic::new(code, place, message).help(help));
    }

    /// A span of this file as a place.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        span.in_file(self.file)
    }

    /// The variables and what was found.
    #[must_use]
    pub fn finish(mut self) -> (Locals, Diagnostics) {
        self.locals.0.shrink_to_fit();
        (self.locals, self.diagnostics)
    }

    /// Looks up a declaration of one kind; an unknown name or another kind is reported.
    pub fn resolve<I: Declared>(&mut self, name: &ast::Name) -> Option<I> {
        if name.text.is_empty() {
            return None;
        }
        match self.cx.resolve(name, self.file) {
            Ok(id) => Some(id),
            Err(diagnostic) => {
                self.report(*diagnostic);
                None
            }
        }
    }

    /// Makes a variable and puts it in scope. A name that hides a declaration or another
    /// variable is an error; the variable is made all the same.
    pub fn declare(&mut self, name: &ast::Name, kind: LocalKind, ty: Ty) -> LocalId {
        let place = self.place(name.span);
        if let Some((named, declared)) = self.cx.names.get_with_place(&name.text) {
            self.report(
                Diagnostic::new(
                    &SHADOWED_NAME,
                    place,
                    format!("`{}` hides {} of that name", name.text, named.a_kind()),
                )
                .other(declared, "declared here")
                .help("choose another name"),
            );
        } else if let Some(local) = self.local_named(&name.text) {
            let before = self.locals.0.get(local.index()).map(|local| local.place);
            let mut diagnostic = Diagnostic::new(
                &SHADOWED_NAME,
                place,
                format!("`{}` hides another variable of that name", name.text),
            )
            .help("choose another name");
            if let Some(before) = before {
                diagnostic = diagnostic.other(before, "the other variable");
            }
            self.report(diagnostic);
        }
        let id = self.fresh(name.text.clone(), kind, ty, place);
        if !name.text.is_empty() {
            self.scope.entry(name.text.clone()).or_default().push(id);
            self.entered.push(name.text.clone());
        }
        id
    }

    /// Makes a variable without a name: the row of an aggregate or of a condition.
    pub fn declare_unnamed(&mut self, kind: LocalKind, ty: Ty, span: Span) -> LocalId {
        let place = self.place(span);
        self.fresh(SmolStr::default(), kind, ty, place)
    }

    fn fresh(&mut self, name: SmolStr, kind: LocalKind, ty: Ty, place: Place) -> LocalId {
        let id = LocalId(u32::try_from(self.locals.0.len()).unwrap_or(u32::MAX));
        self.locals.0.push(Local {
            name,
            kind,
            ty,
            place,
        });
        id
    }

    /// The variable in scope with this name.
    #[must_use]
    pub fn local_named(&self, name: &str) -> Option<LocalId> {
        self.scope.get(name)?.last().copied()
    }

    /// An expression that reads a variable.
    #[must_use]
    pub fn read(&self, local: LocalId, span: Span) -> Expr {
        let ty = self.local_ty(local);
        Expr {
            kind: ExprKind::Local(local),
            ty,
            span,
        }
    }

    /// The type of a variable.
    #[must_use]
    pub fn local_ty(&self, local: LocalId) -> Ty {
        self.locals
            .0
            .get(local.index())
            .map_or(Ty::Error, |local| local.ty.clone())
    }

    /// Remembers the scope, to leave it later.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark(self.entered.len())
    }

    /// Takes every name out of scope that came into it since the mark.
    pub fn leave(&mut self, mark: Mark) {
        while self.entered.len() > mark.0 {
            let Some(name) = self.entered.pop() else {
                break;
            };
            if let Some(stack) = self.scope.get_mut(&name) {
                stack.pop();
            }
        }
    }

    /// Runs `f` with the names it declares, and what it comes to know, ending with it.
    pub fn scoped<R>(&mut self, f: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.mark();
        let known = self.known.clone();
        let result = f(self);
        self.known = known;
        self.leave(mark);
        result
    }

    /// Runs `f` with bare names read as fields of a row or event (`where`, `by`, `worth`).
    pub fn with_row<R>(&mut self, row: LocalId, f: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.row.replace(row);
        let result = f(self);
        self.row = before;
        result
    }

    /// Runs `f` with these facts known besides; they end with it.
    pub fn with_facts<R>(&mut self, facts: &Known, f: impl FnOnce(&mut Self) -> R) -> R {
        let before = self.known.clone();
        self.known.add(facts);
        let result = f(self);
        self.known = before;
        result
    }

    /// From here on these facts are known.
    pub fn assume(&mut self, facts: &Known) {
        self.known.add(facts);
    }

    /// What is known here.
    #[must_use]
    pub fn known(&self) -> Known {
        self.known.clone()
    }

    /// Sets what is known: after branches, what is known on every path that goes on.
    pub fn set_known(&mut self, known: Known) {
        self.known = known;
    }

    /// A rest: forgets everything but what a rest keeps.
    pub fn forget_at_rest(&mut self) {
        let (cx, locals) = (self.cx, &self.locals);
        self.known.retain(|path| path.kept(cx, locals));
    }

    /// A write to a field: forgets the facts that read it, and every measure.
    pub fn forget_field(&mut self, field: FieldId) {
        self.known.retain(|path| {
            path.parts.iter().all(|part| match part {
                Part::Field(id) => *id != field,
                Part::Measure(_) => false,
                Part::Event(_) | Part::Result(_) | Part::Consent(_) => true,
            })
        });
    }

    /// Reports an unknown name with a suggestion out of `candidates`.
    pub fn unknown<'n>(
        &mut self,
        name: &ast::Name,
        message: impl Into<String>,
        candidates: impl IntoIterator<Item = &'n str>,
    ) {
        if self.silent || name.text.is_empty() {
            return;
        }
        let mut diagnostic = Diagnostic::new(&UNKNOWN_NAME, self.place(name.span), message);
        /// More are not listed.
        const FEW: usize = 8;
        let candidates: Vec<&str> = candidates.into_iter().collect();
        let near = crate::diag::did_you_mean(&name.text, candidates.iter().copied());
        diagnostic.help = near.or_else(|| {
            let shown = candidates.get(..FEW).unwrap_or(&candidates);
            let listed: Vec<String> = shown.iter().map(|name| format!("`{name}`")).collect();
            let more = if shown.len() < candidates.len() {
                ", ..."
            } else {
                ""
            };
            (!listed.is_empty()).then(|| format!("it is one of {}{more}", listed.join(", ")))
        });
        self.report(diagnostic);
    }

    /// An expression for what is wrong and reported.
    #[must_use]
    pub fn erroneous(span: Span) -> Expr {
        Expr {
            kind: ExprKind::Error,
            ty: Ty::Error,
            span,
        }
    }
}
