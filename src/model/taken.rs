//! Segments, measures, messages and journeys, taken out of their files to be given up.
//!
//! They are most of a project. What others must know of them stands in their heads, so a tree is
//! needed until its body is checked and no longer: the check consumes it. The trees and the checked
//! forms of a large project are thereby never in memory together. All other declarations are few,
//! are looked at from everywhere, and stay until the last body is checked.

use super::ids::{JourneyId, MeasureId, MessageId, SegmentId};
use super::names::{Item, Named, Names};
use crate::source::FileId;
use crate::syntax::ast::{self, Annotation, Ast, Decl, DeclKind, Name};

/// The declarations of all files.
#[derive(Debug, Default)]
pub struct Declarations {
    /// Those that stay, in the order of files and places.
    pub others: Vec<(FileId, Decl)>,
    /// Those that are given up.
    pub taken: Taken,
}

/// What is given up of a project, in the order of files and places: what was asked for
/// together is given back together, and the allocator can use it again.
#[derive(Debug, Default)]
pub struct Taken {
    /// Segments.
    pub segments: Vec<Owned<ast::Derived>>,
    /// Measures.
    pub measures: Vec<Owned<ast::Derived>>,
    /// Messages.
    pub messages: Vec<Owned<ast::Message>>,
    /// Journeys.
    pub journeys: Vec<Owned<ast::Journey>>,
}

/// A declaration with its tree.
#[derive(Debug)]
pub struct Owned<T> {
    /// Its name.
    pub name: Name,
    /// The file it stood in.
    pub file: FileId,
    /// The position that its id is, once it is numbered.
    pub index: usize,
    doc: Option<String>,
    annotations: Vec<Annotation>,
    broken: bool,
    /// What it declares.
    pub ast: T,
}

impl<T> Owned<T> {
    /// The declaration as the checks read it.
    #[must_use]
    pub fn item(&self) -> Item<'_, T> {
        Item {
            name: &self.name,
            file: self.file,
            doc: self.doc.as_ref(),
            annotations: &self.annotations,
            broken: self.broken,
            ast: &self.ast,
        }
    }
}

impl Declarations {
    /// Takes the declarations out of their files, which are ordered by path.
    #[must_use]
    pub fn of(files: Vec<(FileId, Ast)>) -> Self {
        let mut all = Self::with_room_for(&files);
        for (file, ast) in files {
            for decl in ast.decls {
                all.add(file, decl);
            }
        }
        all
    }

    /// Lists that need not grow: while they did, there would be two of each.
    fn with_room_for(files: &[(FileId, Ast)]) -> Self {
        let decls = || files.iter().flat_map(|(_, ast)| &ast.decls);
        let count = |wanted: fn(&DeclKind) -> bool| decls().filter(|it| wanted(&it.kind)).count();
        let segments = count(|kind| matches!(kind, DeclKind::Segment(_)));
        let measures = count(|kind| matches!(kind, DeclKind::Measure(_)));
        let messages = count(|kind| matches!(kind, DeclKind::Message(_)));
        let journeys = count(|kind| matches!(kind, DeclKind::Journey(_)));
        let others = decls().count() - segments - measures - messages - journeys;
        Self {
            others: Vec::with_capacity(others),
            taken: Taken {
                segments: Vec::with_capacity(segments),
                measures: Vec::with_capacity(measures),
                messages: Vec::with_capacity(messages),
                journeys: Vec::with_capacity(journeys),
            },
        }
    }

    fn add(&mut self, file: FileId, decl: Decl) {
        let Decl {
            doc,
            annotations,
            kind,
            span,
            broken,
        } = decl;
        macro_rules! owned {
            ($ast:expr) => {{
                let ast = $ast;
                Owned {
                    name: ast.name.clone(),
                    file,
                    index: usize::MAX,
                    doc,
                    annotations,
                    broken,
                    ast,
                }
            }};
        }
        match kind {
            DeclKind::Segment(ast) => self.taken.segments.push(owned!(ast)),
            DeclKind::Measure(ast) => self.taken.measures.push(owned!(ast)),
            DeclKind::Message(ast) => self.taken.messages.push(owned!(ast)),
            DeclKind::Journey(ast) => self.taken.journeys.push(owned!(*ast)),
            kind => {
                let decl = Decl {
                    doc,
                    annotations,
                    kind,
                    span,
                    broken,
                };
                self.others.push((file, decl));
            }
        }
    }
}

impl Taken {
    /// Keeps what won its name, and numbers it.
    pub(super) fn number(&mut self, names: &Names<'_>) {
        self.segments.retain_mut(|owned| owned.number(names));
        self.measures.retain_mut(|owned| owned.number(names));
        self.messages.retain_mut(|owned| owned.number(names));
        self.journeys.retain_mut(|owned| owned.number(names));
    }
}

impl<T> Owned<T> {
    /// Whether it won its name.
    fn number(&mut self, names: &Names<'_>) -> bool {
        let place = self.name.span.in_file(self.file);
        let index = match names.get_with_place(&self.name.text) {
            Some((
                Named::Segment(SegmentId(index))
                | Named::Measure(MeasureId(index))
                | Named::Message(MessageId(index))
                | Named::Journey(JourneyId(index)),
                winner,
            )) if winner == place => Some(index),
            _ => None,
        };
        if let Some(index) = index {
            self.index = index as usize;
        }
        index.is_some()
    }
}
