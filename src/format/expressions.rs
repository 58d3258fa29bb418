//! Expressions: on one line, except where a segment or a measure lets them break.

use super::brackets::Padding;
use super::parts::Part;
use super::printer::{Before, Blank, Printer};
use super::tokens::Kind;
use crate::syntax::ast::{DurationLit, Expr, ExprKind, InSet, Literal, Rows};

impl<'a> Printer<'a> {
    /// Prints an expression on one line.
    pub(super) fn expr(&mut self, expr: &'a Expr) {
        self.expression(expr, false);
    }

    /// Prints an expression, if there is one.
    pub(super) fn maybe(&mut self, expr: Option<&'a Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    /// Prints an expression on lines of its own, broken where it must be.
    pub(super) fn own_lines(&mut self, expr: &'a Expr) {
        self.copy_to(expr.span.start);
        self.document.indent();
        self.before = Before::Break(Blank::Never);
        self.breakable = true;
        self.expression(expr, false);
        self.breakable = false;
        self.document.dedent();
    }

    /// Prints an expression. `chained`: it is an operand, so its own lines are one level deeper.
    fn expression(&mut self, expr: &'a Expr, chained: bool) {
        self.copy_to(expr.span.start);
        if !self.is_at(expr.span.start) {
            // What stands in an unusual order was copied with what stands around it.
            return;
        }
        self.node(&expr.kind);
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Name(_) | ExprKind::Permitted { .. } | ExprKind::Broken => {}
            ExprKind::Field { base, .. } | ExprKind::Is { item: base, .. } => {
                self.expression(base, chained);
            }
            ExprKind::Ago(duration) | ExprKind::FromNow(duration) => {
                self.expression(duration, chained);
            }
            ExprKind::Call { function, args } => {
                self.copy_to(function.span.end);
                self.items(args);
            }
            ExprKind::List(items) => self.items(items),
            ExprKind::Aggregate {
                op_span,
                value,
                rows,
                ..
            } => {
                self.copy_to(op_span.end);
                self.between_parentheses(|printer| {
                    printer.value_of(value.as_deref());
                    printer.rows(rows);
                });
            }
            ExprKind::Pick { rows, by, .. } => {
                // `first` or `last`
                self.token();
                self.between_parentheses(|printer| {
                    printer.rows_by(rows, Some(by));
                });
            }
            ExprKind::Top { rows, by, .. } => {
                self.open_chain(true);
                self.rows_by(rows, Some(by));
                self.close_chain(true);
            }
            ExprKind::Not(operand) => {
                self.token();
                self.expression(operand, true);
            }
            ExprKind::Negate(operand) => {
                self.sign();
                self.expression(operand, true);
            }
            ExprKind::And(operands) | ExprKind::Or(operands) | ExprKind::Coalesce(operands) => {
                self.chain(operands.iter(), chained);
            }
            ExprKind::Arithmetic { first, rest } => {
                let rest = rest.iter().map(|(_, operand)| operand);
                self.chain(std::iter::once(&**first).chain(rest), chained);
            }
            ExprKind::Compare { left, right, .. } => {
                self.expression(left, true);
                self.expression(right, true);
            }
            ExprKind::In { item, set, .. } => {
                self.expression(item, true);
                match &**set {
                    InSet::Expr(set) => self.expression(set, true),
                    InSet::Range { low, high } => {
                        self.expression(low, true);
                        self.expression(high, true);
                    }
                }
            }
            ExprKind::Paren(inner) => {
                if !matches!(
                    self.last(),
                    Kind::OpenParen | Kind::OpenSquare | Kind::Prefix
                ) && self.before == Before::Usual
                {
                    self.before = Before::Space;
                }
                self.between_parentheses(|printer| printer.expression(inner, false));
            }
        }
        self.copy_to(expr.span.end);
        self.node(&expr.kind);
    }

    /// Prints operands with their operators; each operator starts a line if the chain breaks.
    fn chain(&mut self, operands: impl Iterator<Item = &'a Expr>, chained: bool) {
        self.open_chain(chained);
        for (place, operand) in operands.enumerate() {
            if place > 0 {
                self.may_break();
                self.token();
            }
            self.expression(operand, true);
        }
        self.close_chain(chained);
    }

    fn open_chain(&mut self, deeper: bool) {
        if self.breakable {
            self.start_group();
            if deeper {
                self.document.indent();
            }
        }
    }

    fn close_chain(&mut self, deeper: bool) {
        if self.breakable {
            if deeper {
                self.document.dedent();
            }
            self.document.close();
        }
    }

    /// Lets a line break stand before the next token, if the expression may break.
    fn may_break(&mut self) {
        if self.breakable {
            self.before = Before::Line;
        }
    }

    /// `(a, b)` or `[a, b]`, the opening one being the next token.
    fn items(&mut self, items: &'a [Expr]) {
        if self.breakable {
            self.list(
                Padding::Nothing,
                items,
                |item| item.span.start,
                |printer, item| printer.expression(item, false),
            );
        } else {
            for item in items {
                self.expression(item, false);
            }
            self.skip_comma();
        }
    }

    /// `(` what `contents` prints `)`, the opening one being the next token.
    fn between_parentheses(&mut self, contents: impl FnOnce(&mut Self)) {
        self.token();
        if self.breakable {
            self.document.open();
            self.document.indent();
            self.before = Before::SoftLine;
            contents(self);
            self.close_list(Before::SoftLine);
        } else {
            contents(self);
            self.skip_comma();
        }
    }

    /// `EXPR of` in `sum(EXPR of ROWS)`
    fn value_of(&mut self, value: Option<&'a Expr>) {
        if let Some(value) = value {
            self.expression(value, true);
            // `of`
            self.token();
        }
    }

    /// `SOURCE [of ROW] [as NAME] [in last D] [where C]`; each part starts a line if it breaks.
    pub(super) fn rows(&mut self, rows: &'a Rows) {
        self.rows_by(rows, None);
    }

    /// Rows, and `by EXPR`.
    fn rows_by(&mut self, rows: &'a Rows, by: Option<&'a Expr>) {
        self.expression(&rows.source, true);
        let mut parts = [
            rows.of.as_ref().map(Part::Expr),
            rows.bind.as_ref().map(Part::Name),
            rows.last.as_ref().map(Part::Expr),
            rows.filter.as_ref().map(Part::Expr),
            by.map(Part::Expr),
        ];
        self.fact(&parts.each_ref().map(Option::is_some));
        parts.sort_by_key(Part::start);
        for part in parts.into_iter().flatten() {
            self.may_break();
            match part {
                Part::Expr(expr) => self.expression(expr, true),
                part => self.part(part),
            }
        }
    }

    fn literal(&mut self, literal: &'a Literal) {
        self.node(literal);
        self.sign();
        if let Literal::Duration(duration) = literal {
            self.duration(duration);
        }
    }

    /// `1 day`, `3 days`: the unit in the form that its number asks for.
    fn duration(&mut self, duration: &DurationLit) {
        self.token();
        self.token_as(duration.unit.word(duration.count));
    }
}
