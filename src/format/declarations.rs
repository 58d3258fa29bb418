//! Declarations of the schema and of the house, and what stands between declarations.

use super::brackets::Padding;
use super::printer::{Before, Blank, Printer};
use super::tokens::Kind;
use crate::syntax::ast::{
    Action, ActionClause, Annotation, Ast, Calendar, CalendarClause, Channel, ChannelClauseKind,
    Content, ContentBody, Decl, DeclKind, Derived, Enum, Field, Message, MessageClause, TypeExpr,
    TypeKind,
};
use std::mem::discriminant;

impl<'a> Printer<'a> {
    /// Prints a file.
    pub(super) fn file(&mut self, ast: &'a Ast) {
        let mut above: Option<&Decl> = None;
        for decl in &ast.decls {
            self.copy_to(decl.span.start);
            let close = self.blank_ahead() || above.is_none_or(|above| may_touch(above, decl));
            self.before = Before::Break(if close { Blank::Kept } else { Blank::Always });
            self.decl(decl);
            self.copy_to(decl.span.end);
            self.document.flush();
            above = Some(decl);
        }
    }

    fn decl(&mut self, decl: &'a Decl) {
        self.node(&decl.kind);
        self.fact(&decl.doc);
        self.annotations(&decl.annotations);
        match &decl.kind {
            DeclKind::Enum(inner) => self.enumeration(inner),
            DeclKind::Profile(inner) | DeclKind::Table(inner) => self.fields(&inner.fields),
            DeclKind::Event(inner) => self.fields(&inner.fields),
            DeclKind::Channel(inner) => self.channel(inner),
            DeclKind::Purpose(_) | DeclKind::Audience(_) => {}
            DeclKind::Consent(inner) => self.consent(inner),
            DeclKind::Segment(inner) | DeclKind::Measure(inner) => self.derived(inner),
            DeclKind::Message(inner) => self.message(inner),
            DeclKind::Action(inner) => self.action(inner),
            DeclKind::Calendar(inner) => self.calendar(inner),
            DeclKind::Setting(inner) => {
                self.type_of(&inner.ty);
                self.expr(&inner.value);
            }
            DeclKind::Holdout(inner) => self.expr(&inner.share),
            DeclKind::Journey(inner) => self.journey(inner),
            DeclKind::Promise(inner) => self.promise(inner),
            DeclKind::Test(inner) => self.test(inner),
        }
    }

    fn annotations(&mut self, annotations: &'a [Annotation]) {
        for annotation in annotations {
            self.copy_to(annotation.span.start);
            self.maybe(annotation.argument.as_ref());
            self.copy_to(annotation.span.end);
        }
    }

    fn enumeration(&mut self, inner: &'a Enum) {
        self.copy_to(inner.name.span.end);
        if self.next() == Kind::OpenCurly {
            self.list(
                Padding::Space,
                &inner.variants,
                |variant| variant.span.start,
                |printer, variant| printer.copy_to(variant.span.end),
            );
        }
    }

    /// A block of fields.
    fn fields(&mut self, fields: &'a [Field]) {
        self.copy_to_block();
        self.block(fields, |field: &Field| field.span.start, Self::field);
    }

    /// A field or a parameter.
    pub(super) fn field(&mut self, field: &'a Field) {
        self.fact(&field.doc);
        self.type_of(&field.ty);
        // The default may stand before, between or after the annotations.
        let default = field.default.as_ref();
        let place = default.map_or(0, |default| {
            let before = |annotation: &Annotation| annotation.span.start < default.span.start;
            field
                .annotations
                .iter()
                .take_while(|&one| before(one))
                .count()
        });
        let (above, below) = field.annotations.split_at(place);
        self.annotations(above);
        self.maybe(default);
        self.annotations(below);
        self.copy_to(field.span.end);
    }

    fn type_of(&mut self, ty: &'a TypeExpr) {
        self.copy_to(ty.span.start);
        self.node(&ty.kind);
        if let TypeKind::IntRange { .. } = ty.kind {
            // `int`, `(`, the low end, `..`, the high end
            self.token();
            self.token();
            self.sign();
            self.token();
            self.token();
            self.sign();
        }
        self.copy_to(ty.span.end);
    }

    fn channel(&mut self, channel: &'a Channel) {
        self.copy_to(channel.subject.entity.span.end);
        self.copy_to_block();
        self.block(
            &channel.clauses,
            |clause| clause.span.start,
            |printer, clause| {
                printer.node(&clause.kind);
                match &clause.kind {
                    ChannelClauseKind::Address(expr)
                    | ChannelClauseKind::Cost(expr)
                    | ChannelClauseKind::Lead(expr) => printer.expr(expr),
                    ChannelClauseKind::Sender(_) => {}
                    ChannelClauseKind::Capacity { count, per } => {
                        printer.expr(count);
                        printer.expr(per);
                    }
                    ChannelClauseKind::Shares(fields) => {
                        fields.iter().for_each(|field| printer.expr(&field.field));
                    }
                }
                printer.copy_to(clause.span.end);
            },
        );
    }

    fn derived(&mut self, inner: &'a Derived) {
        self.copy_to(inner.subject.entity.span.end);
        self.own_lines(&inner.value);
    }

    fn message(&mut self, message: &'a Message) {
        self.copy_to(message.name.span.end);
        self.parameters(&message.params);
        self.copy_to(message.subject.entity.span.end);
        self.copy_to_block();
        self.block(&message.clauses, message_clause_start, |printer, clause| {
            printer.node(clause);
            match clause {
                MessageClause::Purpose { span, .. } | MessageClause::External { span } => {
                    printer.copy_to(span.end);
                }
                MessageClause::Content(content) => printer.content(content),
            }
        });
    }

    fn content(&mut self, content: &'a Content) {
        self.copy_to_block();
        self.block(
            &content.parts,
            |part| part.span.start,
            |printer, part| {
                printer.node(&part.body);
                if let ContentBody::Slots(slots) = &part.body {
                    printer.copy_to_block();
                    printer.block(
                        slots,
                        |slot| slot.span.start,
                        |printer, slot| printer.copy_to(slot.span.end),
                    );
                }
                printer.copy_to(part.span.end);
            },
        );
    }

    fn action(&mut self, action: &'a Action) {
        self.copy_to(action.name.span.end);
        self.parameters(&action.params);
        if let Some(fields) = &action.returns {
            self.result(fields);
        }
        self.copy_to_block();
        self.open_block();
        for clause in &action.clauses {
            // Nothing stands between two clauses.
            self.new_statement();
            self.node(clause);
            match clause {
                ActionClause::Post(text) => self.copy_to(text.span.end),
                ActionClause::Timeout { duration, span } => {
                    self.expr(duration);
                    self.copy_to(span.end);
                }
                ActionClause::Secret { span, .. } => self.copy_to(span.end),
            }
        }
        self.close_block();
    }

    /// `{ code: text }`: one field may stand on the line, more have one each.
    fn result(&mut self, fields: &'a [Field]) {
        let [field] = fields else {
            return self.fields(fields);
        };
        self.copy_to_block();
        self.token();
        self.document.open();
        self.document.indent();
        self.before = Before::Line;
        self.field(field);
        self.close_list(Before::Line);
    }

    fn calendar(&mut self, calendar: &'a Calendar) {
        self.copy_to(calendar.name.span.end);
        self.copy_to_block();
        self.block(
            &calendar.clauses,
            calendar_clause_start,
            |printer, clause| {
                printer.node(clause);
                match clause {
                    CalendarClause::Weekend { span, .. } => printer.copy_to(span.end),
                    CalendarClause::Holidays { dates, span } => {
                        dates.iter().for_each(|date| printer.expr(date));
                        printer.copy_to(span.end);
                    }
                }
            },
        );
    }
}

/// Whether two declarations may stand together without an empty line: both are of one kind, and
/// of a kind that has no block.
fn may_touch(above: &Decl, below: &Decl) -> bool {
    let blockless = matches!(
        above.kind,
        DeclKind::Purpose(_) | DeclKind::Setting(_) | DeclKind::Audience(_) | DeclKind::Holdout(_)
    );
    blockless && discriminant(&above.kind) == discriminant(&below.kind)
}

fn message_clause_start(clause: &MessageClause) -> u32 {
    match clause {
        MessageClause::Purpose { span, .. } | MessageClause::External { span } => span.start,
        MessageClause::Content(content) => content.span.start,
    }
}

fn calendar_clause_start(clause: &CalendarClause) -> u32 {
    match clause {
        CalendarClause::Weekend { span, .. } | CalendarClause::Holidays { span, .. } => span.start,
    }
}
