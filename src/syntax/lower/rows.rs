//! Calls: functions, aggregates over rows, `first`, `last` and `top`.

use super::{Kids, Lower, Node};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{AggregateOp, Expr, ExprKind, Literal, Name, Rows};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

/// One thing between the parentheses of a call, with the parts of a row source behind it.
struct Arg {
    value: Expr,
    /// `of ...`, in order: of an aggregate like `sum`, the first is the source.
    of: Vec<Expr>,
    bind: Option<Name>,
    last: Option<Expr>,
    filter: Option<Expr>,
    by: Option<Expr>,
    span: Span,
}

impl Arg {
    /// Whether it is a value and nothing else.
    fn plain(&self) -> bool {
        self.of.is_empty()
            && self.bind.is_none()
            && self.last.is_none()
            && self.filter.is_none()
            && self.by.is_none()
    }

    /// The row source with `source` as where its rows come from.
    fn rows(self, source: Expr, of: Option<Expr>) -> Rows {
        Rows {
            source,
            of,
            bind: self.bind,
            last: self.last,
            filter: self.filter,
            span: self.span,
        }
    }
}

impl<'a> Lower<'a> {
    /// `path(...)`
    pub fn call(&mut self, path: &Node<'a>, call: Node<'a>) -> Expr {
        let span = self.at(path).to(self.span(&call));
        let op_span = self.at(path);
        let mut args = Vec::new();
        let mut kids = Kids::of(call);
        while let Some(node) = self.part(&mut kids) {
            args.push(self.call_arg(node));
        }
        let aggregate = match path.as_str() {
            "any" => AggregateOp::Any,
            "none" => AggregateOp::None,
            "count" => AggregateOp::Count,
            "all" => AggregateOp::All,
            "sum" => AggregateOp::Sum,
            "avg" => AggregateOp::Avg,
            "lowest" => AggregateOp::Lowest,
            "highest" => AggregateOp::Highest,
            "first" => return self.pick(false, args, span, op_span),
            "last" => return self.pick(true, args, span, op_span),
            "permitted" => return self.permitted(args, span, op_span),
            _ => return self.function(path, args, span),
        };
        self.aggregate(aggregate, args, span, op_span)
    }

    fn call_arg(&mut self, node: Node<'a>) -> Arg {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let mut arg = Arg {
            value: self.value(&mut kids),
            of: Vec::new(),
            bind: None,
            last: None,
            filter: None,
            by: None,
            span,
        };
        while let Some(part) = self.part(&mut kids) {
            let place = self.span(&part);
            match part.as_rule() {
                Rule::of_part => {
                    let of = self.value_of(part);
                    arg.of.push(of);
                }
                Rule::as_part => {
                    let bind = self.bind_of(part);
                    self.once(&mut arg.bind, bind, place);
                }
                Rule::last_part => {
                    let last = self.value_of(part);
                    self.once(&mut arg.last, last, place);
                }
                Rule::where_part => {
                    let filter = self.value_of(part);
                    self.once(&mut arg.filter, filter, place);
                }
                Rule::by_value => {
                    let by = self.value_of(part);
                    self.once(&mut arg.by, by, place);
                }
                _ => {}
            }
        }
        arg
    }

    fn aggregate(&mut self, op: AggregateOp, args: Vec<Arg>, span: Span, op_span: Span) -> Expr {
        let needs_value = matches!(
            op,
            AggregateOp::Sum | AggregateOp::Avg | AggregateOp::Lowest | AggregateOp::Highest
        );
        let form = if needs_value {
            "EXPR of SOURCE"
        } else {
            "SOURCE"
        };
        let Some(mut arg) = self.only_arg(args, op_span, form) else {
            return self.unread(span);
        };
        if arg.by.is_some() {
            return self.bad_rows(op_span, span, form);
        }
        let written = std::mem::replace(&mut arg.value, self.broken());
        let mut of = std::mem::take(&mut arg.of).into_iter();
        let (value, source) = if needs_value {
            match of.next() {
                Some(source) => (Some(Box::new(written)), source),
                None => return self.bad_rows(op_span, span, form),
            }
        } else {
            (None, written)
        };
        if matches!(source.kind, ExprKind::Top { .. }) {
            let word = self.source(op_span);
            let message = format!("`top` gives a list, and `{word}` reads rows");
            let place = source.span.in_file(self.file);
            self.push(
                Diagnostic::new(&codes::BAD_CALL, place, message).help(
                    "name the rows themselves, and say with `where` which of them count; a list is for messages",
                ),
            );
            return self.unread(span);
        }
        let row = of.next();
        if of.next().is_some() || !self.is_source(&source) {
            return self.bad_rows(op_span, span, form);
        }
        let rows = Box::new(arg.rows(source, row));
        Expr {
            kind: ExprKind::Aggregate {
                op,
                op_span,
                value,
                rows,
            },
            span,
        }
    }

    fn pick(&mut self, last: bool, args: Vec<Arg>, span: Span, op_span: Span) -> Expr {
        let form = "SOURCE by FIELD";
        let Some(arg) = self.only_arg(args, op_span, form) else {
            return self.unread(span);
        };
        match self.rows_by(arg) {
            Some((rows, by)) => Expr {
                kind: ExprKind::Pick { last, rows, by },
                span,
            },
            None => self.bad_rows(op_span, span, form),
        }
    }

    /// `top 10 S by F`
    pub fn top(&mut self, node: Node<'a>) -> Expr {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let count = self.value(&mut kids);
        let count = match count.kind {
            ExprKind::Literal(Literal::Int(n)) if n > 0 => u32::try_from(n).ok(),
            _ => None,
        };
        let Some(count) = count else {
            self.report(
                &codes::BAD_NUMBER,
                span,
                "`top` takes a whole number from 1 to 4294967295",
            );
            return self.unread(span);
        };
        let arg = self.opt(&mut kids, &[Rule::call_arg]);
        let rows = arg.map(|a| self.call_arg(a)).and_then(|a| self.rows_by(a));
        self.rest(kids);
        match rows {
            Some((rows, by)) => Expr {
                kind: ExprKind::Top { count, rows, by },
                span,
            },
            None => self.bad_rows(span, span, "SOURCE by FIELD"),
        }
    }

    fn rows_by(&mut self, mut arg: Arg) -> Option<(Box<Rows>, Box<Expr>)> {
        let by = arg.by.take()?;
        let source = std::mem::replace(&mut arg.value, self.broken());
        let mut of = std::mem::take(&mut arg.of).into_iter();
        let row = of.next();
        if of.next().is_some() || !self.is_source(&source) {
            return None;
        }
        Some((Box::new(arg.rows(source, row)), Box::new(by)))
    }

    fn permitted(&mut self, args: Vec<Arg>, span: Span, op_span: Span) -> Expr {
        let mut message = None;
        let mut channels = Vec::new();
        let mut good = !args.is_empty();
        for (index, mut arg) in args.into_iter().enumerate() {
            let by = arg.by.take();
            good &= arg.plain() && by.is_some() == (index == 0);
            match (arg.value.kind, by) {
                (ExprKind::Name(name), None) => channels.push(name),
                (ExprKind::Name(name), Some(by)) => {
                    message = Some(name);
                    match by.kind {
                        ExprKind::Name(channel) => channels.push(channel),
                        _ => good = false,
                    }
                }
                _ => good = false,
            }
        }
        match message.filter(|_| good) {
            Some(message) => Expr {
                kind: ExprKind::Permitted { message, channels },
                span,
            },
            None => {
                self.push(
                    Diagnostic::new(
                        &codes::BAD_CALL,
                        op_span.in_file(self.file),
                        "`permitted` takes a message and the channels it would go by",
                    )
                    .help("write `permitted(MESSAGE by CHANNEL, CHANNEL)`"),
                );
                self.unread(span)
            }
        }
    }

    fn function(&mut self, path: &Node<'a>, args: Vec<Arg>, span: Span) -> Expr {
        let place = self.at(path);
        let ExprKind::Name(function) = self.to_path(path).kind else {
            self.push(
                Diagnostic::new(
                    &codes::BAD_CALL,
                    place.in_file(self.file),
                    format!("`{}` is not a function", path.as_str()),
                )
                .help(method_help(self.source(span), path.as_str())),
            );
            return self.unread(span);
        };
        let mut values = Vec::new();
        for arg in args {
            if !arg.plain() {
                self.push(
                    Diagnostic::new(
                        &codes::BAD_CALL,
                        arg.span.in_file(self.file),
                        format!("`{}` takes values, not rows", function.text),
                    )
                    .help(
                        "count or pick rows with `any`, `none`, `all`, `count`, `sum`, `first`...",
                    ),
                );
                return self.unread(span);
            }
            values.push(arg.value);
        }
        Expr {
            kind: ExprKind::Call {
                function,
                args: values,
            },
            span,
        }
    }

    fn only_arg(&mut self, args: Vec<Arg>, op_span: Span, form: &str) -> Option<Arg> {
        let mut args = args.into_iter();
        match (args.next(), args.next()) {
            (Some(arg), None) => Some(arg),
            (first, second) => {
                if let (Some(first), Some(second)) = (first, second)
                    && report::decimal_comma(self, first.span, second.span)
                {
                    return None;
                }
                self.bad_rows(op_span, op_span, form);
                None
            }
        }
    }

    /// Whether rows may come from `source`: a name or a path.
    fn is_source(&self, source: &Expr) -> bool {
        match &source.kind {
            ExprKind::Name(_) | ExprKind::Broken => true,
            ExprKind::Field { base, .. } => self.is_source(base),
            _ => false,
        }
    }

    fn bad_rows(&mut self, op_span: Span, span: Span, form: &str) -> Expr {
        // What could not be read between the parentheses was said, and is the cause.
        if self.found_behind(op_span.start) {
            return self.unread(span);
        }
        let word = self.source(op_span);
        let word = word.split_whitespace().next().unwrap_or(word);
        let help = if word == "top" {
            format!("write `top 10 {form}`")
        } else {
            format!(
                "write `{word}({form})`; behind SOURCE may stand `of ROW`, `as NAME`, `in last DURATION`, `where CONDITION`"
            )
        };
        self.push(
            Diagnostic::new(
                &codes::BAD_CALL,
                op_span.in_file(self.file),
                format!("`{word}` does not say which rows it reads"),
            )
            .help(help),
        );
        self.unread(span)
    }

    fn unread(&self, span: Span) -> Expr {
        Expr {
            kind: ExprKind::Broken,
            span,
        }
    }
}

/// What to write instead of `member.name.contains("x")`.
fn method_help(call: &str, path: &str) -> String {
    let args = call.strip_prefix(path).unwrap_or("").trim();
    let args = args.trim_start_matches('(').trim_end_matches(')').trim();
    match path.rsplit_once('.') {
        Some((value, function)) if args.is_empty() => {
            format!("there are no methods: write `{function}({value})`")
        }
        Some((value, function)) => {
            format!("there are no methods: write `{function}({value}, {args})`")
        }
        None => "call a function by its plain name: there are no methods".to_owned(),
    }
}
