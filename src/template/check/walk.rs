//! Walks the tree: what is shown, what is repeated, what is chosen.

use super::resolve::Resolved;
use super::{Checker, Local};
use crate::diag::codes::template as codes;
use crate::diag::did_you_mean;
use crate::source::Span;
use crate::template::liquid::{
    Case, For, If, Literal, Node, Output, Value, ValueKind, tree::Comparator,
};
use crate::template::{Type, Var};
use smol_str::SmolStr;

impl Checker<'_> {
    /// Checks a body. Depth is bounded by the parser.
    pub fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(_) | Node::Raw(_) => {}
                Node::Output(output) => self.output(output),
                Node::If(node) => self.if_node(node),
                Node::Case(node) => self.case(node),
                Node::For(node) => self.for_node(node),
            }
        }
    }

    fn output(&mut self, output: &Output) {
        let shown = self.chain(&output.chain);
        let span = output.chain.value.span;
        if shown.optional {
            self.report_optional(&shown, span);
            return;
        }
        let name = shown.path.as_deref().unwrap_or("this");
        let help = match &shown.ty {
            Type::Record(record) => {
                let fields = self.scope.field_names(*record);
                let field = fields
                    .iter()
                    .find(|field| field.contains("name"))
                    .or(fields.first())
                    .map_or("name", SmolStr::as_str);
                format!("show one of its fields: `{{{{ {name}.{field} }}}}`")
            }
            Type::List(item) if item.is_textual() => {
                format!("write its items in a row: `{{{{ {name} | join: ', ' }}}}`")
            }
            Type::List(_) => format!(
                "go through it with `{{% for item in {name} %}}`, or show how many there are with \
                 `{{{{ {name} | size }}}}`"
            ),
            Type::Duration => {
                "say it in words, or pass the number of days as a parameter".to_owned()
            }
            Type::Bool => format!("say it in words: `{{% if {name} %}}...{{% endif %}}`"),
            _ => return,
        };
        let message = format!(
            "`{name}` is {} and has no text of its own",
            shown.ty.describe()
        );
        let finding = self
            .finding(&codes::UNPRINTABLE_VALUE, span, message)
            .help(help);
        self.report(finding);
    }

    /// Says that a value may be unknown where it must be known.
    pub fn report_optional(&mut self, value: &Resolved, span: Span) {
        let (message, help) = match &value.path {
            Some(path) => {
                let default = match value.ty {
                    Type::Int | Type::Decimal => "0",
                    _ => "'...'",
                };
                (
                    format!("`{path}` may be unknown"),
                    format!(
                        "write `| default: {default}` behind it, or put it inside `{{% if {path} \
                         %}}`"
                    ),
                )
            }
            None => (
                "this value may be unknown".to_owned(),
                "write `| default: '...'` as the last filter".to_owned(),
            ),
        };
        let mut finding = self
            .finding(&codes::OPTIONAL_IN_TEMPLATE, span, message)
            .help(help);
        if let Some(place) = value.declared.filter(|_| value.declared_optional) {
            finding = finding.other(place, "declared with `?` here");
        }
        self.report(finding);
    }

    fn if_node(&mut self, node: &If) {
        let lenient = self.lenient;
        let mut before: Vec<String> = Vec::new();
        for arm in &node.arms {
            let learned = match &arm.condition {
                Some(condition) => self.condition(condition),
                None => {
                    // What a broken condition makes known is not known to us.
                    self.lenient = true;
                    super::facts::Learned::default()
                }
            };
            let (here, elsewhere) = if arm.negated {
                (learned.if_false, learned.if_true)
            } else {
                (learned.if_true, learned.if_false)
            };
            self.facts.add(&here);
            self.nodes(&arm.body);
            self.facts.remove(&here);
            self.facts.add(&elsewhere);
            before.extend(elsewhere);
        }
        if let Some(otherwise) = &node.otherwise {
            self.nodes(otherwise);
        }
        self.facts.remove(&before);
        self.lenient = lenient;
    }

    fn case(&mut self, node: &Case) {
        let subject = match &node.subject {
            Some(value) => {
                let subject = self.value(value);
                if subject.optional && node.otherwise.is_none() {
                    let path = subject.path.clone().unwrap_or_default();
                    let finding = self
                        .finding(
                            &codes::OPTIONAL_IN_TEMPLATE,
                            value.span,
                            format!("`{path}` may be unknown, and no `when` covers that"),
                        )
                        .help("write `{% else %}` for it in front of `{% endcase %}`");
                    self.report(finding);
                }
                subject
            }
            None => Resolved::unknown(),
        };
        let known: Vec<String> = subject.path.clone().into_iter().collect();
        let compared = Resolved {
            optional: false,
            ..subject
        };
        for when in &node.whens {
            for value in &when.values {
                self.compare(&compared, Comparator::Equal, value, value.span);
            }
            self.facts.add(&known);
            self.nodes(&when.body);
            self.facts.remove(&known);
        }
        if let Some(otherwise) = &node.otherwise {
            self.nodes(otherwise);
        }
    }

    fn for_node(&mut self, node: &For) {
        for value in node.limit.iter().chain(&node.offset) {
            let number = self.value(value);
            let fits = matches!(number.ty, Type::Int | Type::Unknown);
            let negative = matches!(value.kind, ValueKind::Literal(Literal::Int(n)) if n < 0);
            if !fits || negative {
                let finding = self
                    .finding(
                        &codes::TEMPLATE_TYPE,
                        value.span,
                        "`limit` and `offset` count items, and this is no count",
                    )
                    .help("write a whole number that is not negative");
                self.report(finding);
            } else if number.optional {
                self.report_optional(&number, value.span);
            }
        }
        if let Some((name, path)) = &node.header {
            let list = self.path(path);
            if list.optional {
                self.report_optional(&list, path.span);
            }
            let item = match list.ty {
                Type::List(item) => Some(*item),
                Type::Unknown => Some(Type::Unknown),
                other => {
                    let finding = self
                        .finding(
                            &codes::TEMPLATE_TYPE,
                            path.span,
                            format!("`{}` is {}, not a list", path.text(), other.describe()),
                        )
                        .help("go through a relation like `member.gifts`");
                    self.report(finding);
                    None
                }
            };
            let lenient = self.lenient;
            if let Some(declared) = self.taken(name) {
                self.lenient = true;
                let mut finding = self
                    .finding(
                        &codes::HIDDEN_NAME,
                        name.span,
                        format!("`{}` is already the name of something else", name.text),
                    )
                    .help("give the items of the loop another name");
                if let Some(place) = declared {
                    finding = finding.other(place, "declared here");
                }
                self.report(finding);
            }
            let mut used = self.used_path(path);
            used.push(SmolStr::new_static("*"));
            self.locals.push(Local {
                name: name.text.clone(),
                var: Var::known(item.unwrap_or(Type::Unknown)),
                path: used,
                span: name.span,
            });
            self.nodes(&node.body);
            self.locals.pop();
            self.lenient = lenient;
        }
        // Without a header the body's names cannot be told.
        if let Some(otherwise) = &node.otherwise {
            self.nodes(otherwise);
        }
    }

    /// Compares a choice with the name of a variant.
    pub fn check_choice(&mut self, names: &[SmolStr], written: &str, value: &Value, of: &str) {
        if names.is_empty() || names.iter().any(|name| name == written) {
            return;
        }
        let mut finding = self.finding(
            &codes::TEMPLATE_TYPE,
            value.span,
            format!("`{of}` is never `{written}`"),
        );
        finding.help = did_you_mean(written, names.iter().map(SmolStr::as_str)).or_else(|| {
            Some(format!(
                "write one of {}",
                super::resolve::list(names.iter().map(SmolStr::as_str))
            ))
        });
        self.report(finding);
    }
}
