//! Expressions: the flat list of operands and operators becomes a tree by precedence.

use super::{Kids, Lower, Node};
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, CompareOp, Expr, ExprKind, InSet, IsTest, Literal, Name};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Or,
    And,
    Not,
    Compare,
    Coalesce,
    Add,
    Multiply,
    Unary,
}

impl Level {
    /// The level of what stands right of an operator of this level.
    fn above(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not | Self::Compare => Self::Coalesce,
            Self::Coalesce => Self::Add,
            Self::Add => Self::Multiply,
            Self::Multiply | Self::Unary => Self::Unary,
        }
    }
}

/// An operator between two operands, or a test behind one.
#[derive(Clone, Copy)]
enum Op {
    Or,
    And,
    Compare(CompareOp),
    In { negated: bool },
    Is,
    Coalesce,
    Arithmetic(ArithmeticOp),
    Range,
}

impl Op {
    fn level(self) -> Level {
        match self {
            Self::Or => Level::Or,
            Self::And => Level::And,
            Self::Compare(_) | Self::In { .. } | Self::Is | Self::Range => Level::Compare,
            Self::Coalesce => Level::Coalesce,
            Self::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract) => Level::Add,
            Self::Arithmetic(_) => Level::Multiply,
        }
    }

    /// The operator a token stands for; spellings of other languages count as what they mean.
    fn of(node: &Node<'_>) -> Option<Self> {
        Some(match node.as_rule() {
            Rule::is_test => Self::Is,
            Rule::op | Rule::term_op => match node.as_str() {
                "or" | "||" => Self::Or,
                "and" | "&&" => Self::And,
                "==" | "=" | "===" => Self::Compare(CompareOp::Equal),
                "!=" | "!==" | "<>" => Self::Compare(CompareOp::NotEqual),
                "<" => Self::Compare(CompareOp::Less),
                "<=" => Self::Compare(CompareOp::LessEqual),
                ">" => Self::Compare(CompareOp::Greater),
                ">=" => Self::Compare(CompareOp::GreaterEqual),
                "+" => Self::Arithmetic(ArithmeticOp::Add),
                "-" => Self::Arithmetic(ArithmeticOp::Subtract),
                "*" => Self::Arithmetic(ArithmeticOp::Multiply),
                "/" => Self::Arithmetic(ArithmeticOp::Divide),
                "??" => Self::Coalesce,
                ".." => Self::Range,
                "in" => Self::In { negated: false },
                _ => Self::In { negated: true },
            },
            _ => return None,
        })
    }
}

impl<'a> Lower<'a> {
    /// An `expr` or a `term`.
    pub fn expr(&mut self, node: Node<'a>) -> Expr {
        let mut kids = Kids::of(node);
        let expr = self.climb(&mut kids, Level::Or);
        self.rest(kids);
        expr
    }

    fn climb(&mut self, kids: &mut Kids<'a>, least: Level) -> Expr {
        let mut left = self.operand(kids, least);
        let mut compared = false;
        while let Some(op) = kids.peek().and_then(Op::of) {
            if op.level() < least {
                break;
            }
            let Some(node) = kids.next() else { break };
            let op_span = self.at(&node);
            if !matches!(left.kind, ExprKind::Broken) {
                report::foreign_operator(self, node.as_str(), op_span);
            }
            if op.level() == Level::Compare {
                if compared {
                    report::chained(self, &left, op_span);
                    // What was read so far is dropped: a long chain must not nest.
                    left.kind = ExprKind::Broken;
                }
                compared = true;
            } else {
                compared = false;
            }
            left = self.join(kids, left, op, &node, op_span);
        }
        left
    }

    /// `left op ...`; a chain of one precedence becomes one wide node.
    fn join(
        &mut self,
        kids: &mut Kids<'a>,
        left: Expr,
        op: Op,
        node: &Node<'a>,
        op_span: Span,
    ) -> Expr {
        if let Op::Is = op {
            let span = left.span.to(op_span);
            let test = self.is_test(node, op_span);
            let item = Box::new(left);
            return Expr {
                kind: ExprKind::Is { item, test },
                span,
            };
        }
        let right = self.climb(kids, op.level().above());
        let mut span = left.span.to(right.span);
        let kind = match op {
            Op::Or => match left.kind {
                ExprKind::Or(mut all) => {
                    all.push(right);
                    ExprKind::Or(all)
                }
                kind => ExprKind::Or(vec![Expr { kind, ..left }, right]),
            },
            Op::And => match left.kind {
                ExprKind::And(mut all) => {
                    all.push(right);
                    ExprKind::And(all)
                }
                kind => ExprKind::And(vec![Expr { kind, ..left }, right]),
            },
            Op::Coalesce => match left.kind {
                ExprKind::Coalesce(mut all) => {
                    all.push(right);
                    ExprKind::Coalesce(all)
                }
                kind => ExprKind::Coalesce(vec![Expr { kind, ..left }, right]),
            },
            Op::Arithmetic(ArithmeticOp::Divide) if report::slashed_date(self, &left, &right) => {
                ExprKind::Broken
            }
            Op::Arithmetic(sign) => match left.kind {
                ExprKind::Arithmetic { first, mut rest }
                    if rest
                        .first()
                        .is_some_and(|(s, _)| Op::Arithmetic(*s).level() == op.level()) =>
                {
                    rest.push((sign, right));
                    ExprKind::Arithmetic { first, rest }
                }
                kind => ExprKind::Arithmetic {
                    first: Box::new(Expr { kind, ..left }),
                    rest: vec![(sign, right)],
                },
            },
            Op::Compare(op) => {
                if matches!(op, CompareOp::Equal | CompareOp::NotEqual) {
                    let equal = op == CompareOp::Equal;
                    report::compared_with_null(self, equal, op_span, &right);
                }
                ExprKind::Compare {
                    op,
                    op_span,
                    left: Box::new(left),
                    right: Box::new(right),
                }
            }
            Op::In { negated } => {
                let set = self.in_set(kids, right, &mut span);
                ExprKind::In {
                    negated,
                    item: Box::new(left),
                    set: Box::new(set),
                }
            }
            Op::Range | Op::Is => {
                self.report(
                    &codes::UNEXPECTED,
                    op_span,
                    "a range `..` stands only right of `in`",
                );
                ExprKind::Broken
            }
        };
        Expr { kind, span }
    }

    /// What stands right of `in`: `low` alone, or `low .. high`.
    fn in_set(&mut self, kids: &mut Kids<'a>, low: Expr, span: &mut Span) -> InSet {
        if !matches!(kids.peek().and_then(Op::of), Some(Op::Range)) {
            return InSet::Expr(low);
        }
        kids.next();
        let high = self.climb(kids, Level::Coalesce);
        *span = span.to(high.span);
        InSet::Range { low, high }
    }

    fn is_test(&mut self, node: &Node<'a>, span: Span) -> IsTest {
        let mut words = node
            .as_str()
            .lines()
            .filter_map(|line| line.split("//").next())
            .flat_map(str::split_whitespace)
            .skip(1);
        match (words.next(), words.next()) {
            (Some("known"), None) => IsTest::Known,
            (Some("unknown"), None) => IsTest::Unknown,
            (Some("fresh"), None) => IsTest::Fresh,
            _ => {
                report::bad_is(self, node.as_str(), span);
                IsTest::Known
            }
        }
    }

    fn operand(&mut self, kids: &mut Kids<'a>, least: Level) -> Expr {
        if kids.peek().is_some_and(|n| n.as_rule() == Rule::prefix)
            && let Some(node) = kids.next()
        {
            let span = self.at(&node);
            report::foreign_operator(self, node.as_str(), span);
            let (inner, make): (_, fn(Box<Expr>) -> ExprKind) = if node.as_str() == "-" {
                (self.climb(kids, Level::Unary), ExprKind::Negate)
            } else {
                let level = least.max(Level::Not);
                (self.climb(kids, level), ExprKind::Not)
            };
            return Expr {
                span: span.to(inner.span),
                kind: make(Box::new(inner)),
            };
        }
        let mut expr = self.primary(kids);
        let mut length = 0;
        while kids.peek().is_some_and(|n| n.as_rule() == Rule::postfix) {
            let Some(node) = kids.next() else { break };
            length += 1;
            if length > report::MAX_DEPTH {
                report::too_deep_path(self, &node);
                continue;
            }
            expr = self.postfix(expr, &node);
        }
        expr
    }

    fn postfix(&mut self, base: Expr, node: &Node<'a>) -> Expr {
        let end = self.at(node);
        let span = base.span.to(end);
        let written = node.as_str();
        let base = Box::new(base);
        let kind = match written.as_bytes().first() {
            Some(b'a') => ExprKind::Ago(base),
            Some(b'f') => ExprKind::FromNow(base),
            first => {
                let optional = first == Some(&b'?');
                let dots = 1 + usize::from(optional);
                // Comments may stand between the dot and the name: the name is the last word.
                let word = self.last_word(written, end, dots);
                ExprKind::Field {
                    base,
                    optional,
                    name: word,
                }
            }
        };
        Expr { kind, span }
    }

    /// The word that ends the token `written`, which stands at `span`.
    pub fn last_word(&mut self, written: &str, span: Span, from: usize) -> Name {
        let tail = written.get(from..).unwrap_or("");
        let start = if tail.ends_with('`') && tail.len() > 1 {
            tail.get(..tail.len() - 1).and_then(|t| t.rfind('`'))
        } else {
            tail.rfind(|c: char| !unicode_ident::is_xid_continue(c))
                .map(|i| {
                    i + tail
                        .get(i..)
                        .and_then(|t| t.chars().next())
                        .map_or(0, char::len_utf8)
                })
        };
        let word = tail.get(start.unwrap_or(0)..).unwrap_or("");
        let length = u32::try_from(word.len()).unwrap_or(0);
        self.name_at(word, Span::new(span.end - length, span.end))
    }

    /// A token that is a value by itself.
    pub fn atom(&mut self, node: &Node<'a>) -> Expr {
        match node.as_rule() {
            Rule::path => self.to_value(node),
            Rule::text => Expr {
                kind: ExprKind::Literal(Literal::Text(self.to_text(node))),
                span: self.at(node),
            },
            _ => self.number(node),
        }
    }

    fn primary(&mut self, kids: &mut Kids<'a>) -> Expr {
        let Some(node) = self.part_or_missing(kids) else {
            return self.broken();
        };
        match node.as_rule() {
            Rule::path => match self.opt(kids, &[Rule::call]) {
                Some(call) => self.call(&node, call),
                None => self.atom(&node),
            },
            Rule::number | Rule::text => self.atom(&node),
            Rule::paren => {
                let span = self.span(&node);
                let inner = self.value_of(node);
                Expr {
                    kind: ExprKind::Paren(Box::new(inner)),
                    span,
                }
            }
            Rule::list => {
                let span = self.span(&node);
                let mut items = Vec::new();
                let mut kids = Kids::of(node);
                while let Some(item) = self.part(&mut kids) {
                    items.push(self.expr(item));
                }
                Expr {
                    kind: ExprKind::List(items),
                    span,
                }
            }
            Rule::top => self.top(node),
            _ => self.broken(),
        }
    }

    /// The next node, or nothing if a marker says that the value is missing.
    fn part_or_missing(&mut self, kids: &mut Kids<'a>) -> Option<Node<'a>> {
        let node = kids.next()?;
        if node.as_rule() == Rule::no_value {
            self.stray(&node, kids);
            return None;
        }
        Some(node)
    }

    /// A path where a value is wanted: `yes` and `no` are values.
    fn to_value(&mut self, node: &Node<'a>) -> Expr {
        let truth = match node.as_str() {
            "yes" => true,
            "no" => false,
            word => {
                report::foreign_word(self, word, self.at(node));
                return self.to_path(node);
            }
        };
        Expr {
            kind: ExprKind::Literal(Literal::Bool(truth)),
            span: self.at(node),
        }
    }

    /// A path token as an expression.
    pub fn to_path(&mut self, node: &Node<'a>) -> Expr {
        let place = self.at(node);
        let mut rest = node.as_str();
        let mut start = place.start;
        let mut expr: Option<Expr> = None;
        let mut length = 0;
        let mut linked_by_question = false;
        loop {
            let quoted = rest.starts_with('`');
            let end = if quoted {
                rest.get(1..)
                    .and_then(|r| r.find('`'))
                    .map_or(rest.len(), |i| i + 2)
            } else {
                let ends = |byte: u8| matches!(byte, b'.' | b'?');
                rest.bytes().position(ends).unwrap_or(rest.len())
            };
            let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let optional = tail.starts_with('?');
            let after = start + u32::try_from(word.len()).unwrap_or(0);
            let name = self.name_at(word, Span::new(start, after));
            let span = Span::new(place.start, after);
            length += 1;
            expr = Some(match expr {
                None => Expr {
                    kind: ExprKind::Name(name),
                    span,
                },
                Some(base) if length > report::MAX_DEPTH => base,
                Some(base) => Expr {
                    kind: ExprKind::Field {
                        base: Box::new(base),
                        optional: linked_by_question,
                        name,
                    },
                    span,
                },
            });
            let dots = 1 + usize::from(optional);
            let Some(next) = tail.get(dots..).filter(|_| !tail.is_empty()) else {
                break;
            };
            linked_by_question = optional;
            start = after + u32::try_from(dots).unwrap_or(0);
            rest = next;
        }
        if length > report::MAX_DEPTH {
            report::too_deep_path(self, node);
        }
        expr.unwrap_or_else(|| self.broken())
    }
}
