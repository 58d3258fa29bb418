//! Messages and journeys, taken out of their files to be given up one by one.
//!
//! They are most of a project. What others must know of them stands in their heads, so a tree is
//! needed until its body is checked and no longer: the check consumes it. The trees and the checked
//! forms of a large project are thereby never in memory together. All other declarations are few
//! or small, are looked at from everywhere, and stay until the last body is checked.

use super::ids::{JourneyId, MessageId};
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

/// The messages and journeys of a project, in the order of files and places: what was asked for
/// together is given back together, and the allocator can use it again.
#[derive(Debug, Default)]
pub struct Taken {
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
    /// Its [`MessageId`] or [`JourneyId`], once it is numbered.
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
        let mut all = Self::default();
        for (file, ast) in files {
            for decl in ast.decls {
                all.add(file, decl);
            }
        }
        all.others.shrink_to_fit();
        all.taken.messages.shrink_to_fit();
        all.taken.journeys.shrink_to_fit();
        all
    }

    fn add(&mut self, file: FileId, mut decl: Decl) {
        match decl.kind {
            DeclKind::Message(ast) => self.taken.messages.push(Owned {
                name: ast.name.clone(),
                file,
                index: usize::MAX,
                doc: decl.doc,
                annotations: decl.annotations,
                broken: decl.broken,
                ast,
            }),
            DeclKind::Journey(ast) => self.taken.journeys.push(Owned {
                name: ast.name.clone(),
                file,
                index: usize::MAX,
                doc: decl.doc,
                annotations: decl.annotations,
                broken: decl.broken,
                ast: *ast,
            }),
            kind => {
                decl.kind = kind;
                self.others.push((file, decl));
            }
        }
    }
}

impl Taken {
    /// Keeps what won its name, and numbers it.
    pub(super) fn number(&mut self, names: &Names<'_>) {
        self.messages.retain_mut(|owned| owned.number(names));
        self.journeys.retain_mut(|owned| owned.number(names));
    }
}

impl<T> Owned<T> {
    /// Whether it won its name.
    fn number(&mut self, names: &Names<'_>) -> bool {
        let place = self.name.span.in_file(self.file);
        match names.get_with_place(&self.name.text) {
            Some((Named::Message(MessageId(index)) | Named::Journey(JourneyId(index)), winner))
                if winner == place =>
            {
                self.index = index as usize;
                true
            }
            _ => false,
        }
    }
}
