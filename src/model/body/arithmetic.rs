//! Calculations: numbers, shares, money, and moments in time.

use super::Body;
use super::expr::is_constant_zero;
use crate::diag::Diagnostic;
use crate::diag::codes::types::{MIXED_CURRENCIES, NOT_CALCULABLE, OUT_OF_RANGE, WRONG_LENGTH};
use crate::model::hir::{Const, Expr, ExprKind as Typed, Function};
use crate::model::types::Ty;
use crate::source::Span;
use crate::syntax::ast::{self, ArithmeticOp, Literal, Unit};

/// More operands than this in one chain are refused: the checked form nests them.
const LONGEST_CHAIN: usize = 100;

/// What a calculation gives, or why it cannot be.
enum Outcome {
    Is(Ty),
    Currencies,
    /// With what to write instead, if there is something.
    Wrong(Option<&'static str>),
}

impl Body<'_, '_> {
    /// `a + b - c`, or `a * b / c`: left to right.
    pub(super) fn arithmetic(
        &mut self,
        first: &ast::Expr,
        rest: &[(ArithmeticOp, ast::Expr)],
        span: Span,
    ) -> Expr {
        if rest.len() >= LONGEST_CHAIN {
            self.error_with(
                &OUT_OF_RANGE,
                span,
                format!("this calculation has more than {LONGEST_CHAIN} values"),
                "split it with parentheses or a measure",
            );
            return Self::erroneous(span);
        }
        let mut left = self.infer(first);
        for (op, right) in rest {
            let right = self.infer(right);
            let both = left.span.to(right.span);
            left = self.calculate(*op, left, right, both);
        }
        left
    }

    fn calculate(&mut self, op: ArithmeticOp, left: Expr, right: Expr, span: Span) -> Expr {
        let (left, right) = (self.demand(left), self.demand(right));
        if left.ty.is_error() || right.ty.is_error() {
            return Self::erroneous(span);
        }
        let ty = match outcome(op, &left.ty, &right.ty) {
            Outcome::Is(ty) => ty,
            Outcome::Currencies => {
                self.wrong_operands(
                    &MIXED_CURRENCIES,
                    op,
                    &left,
                    &right,
                    Some("Jalon converts no currencies: calculate with amounts in one currency"),
                );
                return Self::erroneous(span);
            }
            Outcome::Wrong(help) => {
                self.wrong_operands(&NOT_CALCULABLE, op, &left, &right, help);
                return Self::erroneous(span);
            }
        };
        if !self.unit_fits(&left.ty, &right) {
            return Self::erroneous(span);
        }
        let ty = if op == ArithmeticOp::Divide {
            match is_constant_zero(&right) {
                Some(true) => {
                    self.error_with(
                        &OUT_OF_RANGE,
                        right.span,
                        "nothing can be divided by 0",
                        "divide by another number",
                    );
                    return Self::erroneous(span);
                }
                Some(false) => ty,
                None if excludes_zero(&right.ty) => ty,
                None => ty.optional(),
            }
        } else {
            ty
        };
        Expr {
            kind: Typed::Arithmetic {
                op,
                left: Box::new(left),
                right: Box::new(right),
            },
            ty,
            span,
        }
    }

    /// A written length that is added to a date has whole days, one added to a time of day none.
    fn unit_fits(&mut self, left: &Ty, right: &Expr) -> bool {
        let Typed::Const(Const::Duration(duration)) = &right.kind else {
            return true;
        };
        let within_day = matches!(duration.unit, Unit::Second | Unit::Minute | Unit::Hour);
        let (message, help) = match left {
            Ty::Date if within_day => (
                "a date has no time of day that this could move",
                "use days, weeks, months or years",
            ),
            Ty::Time if !within_day => (
                "a time of day cannot be moved by whole days",
                "use hours, minutes or seconds",
            ),
            _ => return true,
        };
        self.error_with(&WRONG_LENGTH, right.span, message, help);
        false
    }

    fn wrong_operands(
        &mut self,
        code: &'static crate::diag::Code,
        op: ArithmeticOp,
        left: &Expr,
        right: &Expr,
        help: Option<&str>,
    ) {
        let (a, b) = (self.type_of(left), self.type_of(right));
        let message = match op {
            ArithmeticOp::Add => format!("`{a}` and `{b}` cannot be added"),
            ArithmeticOp::Subtract => format!("`{b}` cannot be subtracted from `{a}`"),
            ArithmeticOp::Multiply => format!("`{a}` and `{b}` cannot be multiplied"),
            ArithmeticOp::Divide => format!("`{a}` cannot be divided by `{b}`"),
        };
        let at = self.place(left.span.to(right.span));
        let (left_at, right_at) = (self.place(left.span), self.place(right.span));
        let mut diagnostic = Diagnostic::new(code, at, message)
            .other(left_at, format!("`{a}`"))
            .other(right_at, format!("`{b}`"));
        diagnostic.help = help.map(str::to_owned);
        self.report(diagnostic);
    }

    pub(super) fn negate(&mut self, inner: &ast::Expr, expected: Option<&Ty>, span: Span) -> Expr {
        let inner = self.typed(inner, expected);
        let inner = self.demand(inner);
        match (&inner.kind, &inner.ty) {
            (_, Ty::Error) => Self::erroneous(span),
            (Typed::Const(constant), _) if negated(constant).is_some() => {
                let constant = negated(constant).unwrap_or(Const::Bool(false));
                let ty = match &constant {
                    Const::Int(value) => Ty::Int(Some((*value, *value))),
                    _ => inner.ty.clone(),
                };
                Expr {
                    kind: Typed::Const(constant),
                    ty,
                    span,
                }
            }
            (_, Ty::Int(_) | Ty::Decimal | Ty::Percent | Ty::Money(_)) => {
                let ty = match &inner.ty {
                    Ty::Int(Some((low, high))) => {
                        Ty::Int(high.checked_neg().zip(low.checked_neg()))
                    }
                    ty => ty.clone(),
                };
                Expr {
                    kind: Typed::Negate(Box::new(inner)),
                    ty,
                    span,
                }
            }
            (_, other) => {
                let found = self.cx.ty_name(other);
                self.error(
                    &NOT_CALCULABLE,
                    span,
                    format!("a value of type `{found}` has no negative"),
                );
                Self::erroneous(span)
            }
        }
    }

    /// `D ago` and `D from now`: an instant, or a date where one is expected.
    pub(super) fn clock_offset(
        &mut self,
        inner: &ast::Expr,
        ago: bool,
        expected: Option<&Ty>,
        span: Span,
    ) -> Expr {
        let as_date = expected == Some(&Ty::Date);
        let inner_span = inner.span;
        let inner = self.check(inner, &Ty::Duration);
        if inner.ty.is_error() {
            return Self::erroneous(span);
        }
        if !as_date {
            let inner = Box::new(inner);
            return Expr {
                kind: if ago {
                    Typed::Ago(inner)
                } else {
                    Typed::FromNow(inner)
                },
                ty: Ty::Instant,
                span,
            };
        }
        let today = Expr {
            kind: Typed::Call {
                function: Function::Today,
                args: Vec::new(),
            },
            ty: Ty::Date,
            span: inner_span,
        };
        let op = if ago {
            ArithmeticOp::Subtract
        } else {
            ArithmeticOp::Add
        };
        self.calculate(op, today, inner, span)
    }

    /// Whether a name or literal is a whole number as written; used for counts.
    #[must_use]
    pub fn whole_number(expr: &ast::Expr) -> Option<i64> {
        match &expr.kind {
            ast::ExprKind::Literal(Literal::Int(value)) => Some(*value),
            ast::ExprKind::Paren(inner) => Self::whole_number(inner),
            _ => None,
        }
    }
}

fn negated(constant: &Const) -> Option<Const> {
    Some(match constant {
        Const::Int(value) => Const::Int(value.checked_neg()?),
        Const::Decimal(value) => Const::Decimal(-*value),
        Const::Percent(value) => Const::Percent(-*value),
        Const::Money { amount, currency } => Const::Money {
            amount: -*amount,
            currency: *currency,
        },
        _ => return None,
    })
}

/// What an operation on two known values gives.
fn outcome(op: ArithmeticOp, left: &Ty, right: &Ty) -> Outcome {
    use ArithmeticOp::{Add, Divide, Multiply, Subtract};
    let is = Outcome::Is;
    match (op, left, right) {
        (Add | Subtract | Divide, Ty::Money(a), Ty::Money(b)) if a != b => Outcome::Currencies,
        (Add | Subtract | Multiply, Ty::Int(a), Ty::Int(b)) => is(Ty::Int(range(op, *a, *b))),
        (_, Ty::Int(_) | Ty::Decimal, Ty::Int(_) | Ty::Decimal) => is(Ty::Decimal),
        (Add | Subtract | Multiply, Ty::Percent, Ty::Percent) => is(Ty::Percent),
        (Divide, Ty::Percent, Ty::Percent) => is(Ty::Decimal),
        (Multiply, Ty::Percent, Ty::Int(_) | Ty::Decimal)
        | (Multiply, Ty::Int(_) | Ty::Decimal, Ty::Percent) => is(Ty::Decimal),
        (Divide, Ty::Percent, Ty::Int(_) | Ty::Decimal) => is(Ty::Percent),
        (Divide, Ty::Int(_) | Ty::Decimal, Ty::Percent) => is(Ty::Decimal),
        (Add | Subtract, Ty::Money(a), Ty::Money(_)) => is(Ty::Money(*a)),
        (Divide, Ty::Money(_), Ty::Money(_)) => is(Ty::Decimal),
        (Multiply | Divide, Ty::Money(a), Ty::Int(_) | Ty::Decimal | Ty::Percent)
        | (Multiply, Ty::Int(_) | Ty::Decimal | Ty::Percent, Ty::Money(a)) => is(Ty::Money(*a)),
        (Add | Subtract, Ty::Money(_), Ty::Int(_) | Ty::Decimal)
        | (Add | Subtract, Ty::Int(_) | Ty::Decimal, Ty::Money(_)) => {
            Outcome::Wrong(Some("write the currency of the amount, like `20 CAD`"))
        }
        (Add | Subtract, Ty::Money(_), Ty::Percent) => {
            Outcome::Wrong(Some("multiply the amount by the share: `amount * 10%`"))
        }
        (Add | Subtract, Ty::Date, Ty::Duration) => is(Ty::Date),
        (Add | Subtract, Ty::Instant, Ty::Duration) => is(Ty::Instant),
        (Add | Subtract, Ty::Time, Ty::Duration) => is(Ty::Time),
        (Subtract, Ty::Date, Ty::Date)
        | (Subtract, Ty::Instant, Ty::Instant)
        | (Subtract, Ty::Time, Ty::Time) => is(Ty::Duration),
        (Subtract, Ty::Date, Ty::Instant) | (Subtract, Ty::Instant, Ty::Date) => Outcome::Wrong(
            Some("use two dates, with `today()`, or two instants, with `now()`"),
        ),
        (Add, Ty::Duration, Ty::Date | Ty::Instant | Ty::Time) => {
            Outcome::Wrong(Some("write the moment first, then the length of time"))
        }
        (_, Ty::Duration, _) | (_, _, Ty::Duration) => Outcome::Wrong(Some(
            "a length of time is only added to a date, an instant or a time, or taken from it",
        )),
        (Add, Ty::Text(_), Ty::Text(_)) => {
            Outcome::Wrong(Some("texts are put together in a template"))
        }
        _ => Outcome::Wrong(None),
    }
}

type Range = Option<(i64, i64)>;

/// The range of a calculation with two ranges, if all its corners are 64-bit numbers.
fn range(op: ArithmeticOp, a: Range, b: Range) -> Range {
    let ((al, ah), (bl, bh)) = a.zip(b)?;
    match op {
        ArithmeticOp::Add => Some((al.checked_add(bl)?, ah.checked_add(bh)?)),
        ArithmeticOp::Subtract => Some((al.checked_sub(bh)?, ah.checked_sub(bl)?)),
        ArithmeticOp::Multiply => {
            let corners = [
                al.checked_mul(bl)?,
                al.checked_mul(bh)?,
                ah.checked_mul(bl)?,
                ah.checked_mul(bh)?,
            ];
            corners
                .iter()
                .min()
                .copied()
                .zip(corners.iter().max().copied())
        }
        ArithmeticOp::Divide => None,
    }
}

/// Whether no value of a type is 0.
fn excludes_zero(ty: &Ty) -> bool {
    matches!(ty, Ty::Int(Some((low, high))) if *low > 0 || *high < 0)
}
