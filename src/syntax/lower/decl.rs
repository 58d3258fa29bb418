//! Declarations of the schema and of the house, and the dispatch over all declarations.

use super::{Kids, Lower, Node};
use crate::diag::Diagnostic;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{
    Action, ActionClause, Audience, Calendar, CalendarClause, Channel, ChannelClause,
    ChannelClauseKind, Decl, DeclKind, Derived, Entity, Enum, Event, Expr, Field, Name, Path2,
    Purpose, Setting, SharedField, TypeExpr, TypeKind,
};
use crate::syntax::grammar::Rule;
use crate::syntax::report;

impl<'a> Lower<'a> {
    /// A declaration, or nothing if it has no name.
    pub fn decl(&mut self, node: Node<'a>) -> Option<Decl> {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let mut annotations = Vec::new();
        while let Some(node) = self.opt(&mut kids, &[Rule::annotation]) {
            annotations.push(self.annotation(node));
        }
        let node = kids.next()?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kind = match rule {
            Rule::promise => DeclKind::Promise(self.promise(&mut kids)),
            Rule::test => DeclKind::Test(self.test(&mut kids)),
            _ => {
                let name = self.new_name(&mut kids);
                if name.text.is_empty() {
                    self.rest(kids);
                    return None;
                }
                self.named(rule, name, &mut kids)?
            }
        };
        self.rest(kids);
        Some(Decl {
            doc: self.doc(span.start),
            annotations,
            kind,
            span,
            broken: false,
        })
    }

    /// A declaration with a name.
    fn named(&mut self, rule: Rule, name: Name, kids: &mut Kids<'a>) -> Option<DeclKind> {
        Some(match rule {
            Rule::enum_decl => {
                let variants = self.variants(kids);
                DeclKind::Enum(Enum { name, variants })
            }
            Rule::profile => {
                let fields = self.fields(kids);
                DeclKind::Profile(Entity { name, fields })
            }
            Rule::table => {
                let fields = self.fields(kids);
                DeclKind::Table(Entity { name, fields })
            }
            Rule::event => DeclKind::Event(Event {
                name,
                subject: self.subject(kids),
                fields: self.fields(kids),
            }),
            Rule::channel => DeclKind::Channel(self.channel(name, kids)),
            Rule::purpose => DeclKind::Purpose(Purpose {
                name,
                kind: self.name(kids),
                because: self
                    .opt(kids, &[Rule::because])
                    .map(|part| self.text_of(part)),
            }),
            Rule::segment => DeclKind::Segment(self.derived(name, kids)),
            Rule::measure => DeclKind::Measure(self.derived(name, kids)),
            Rule::action => DeclKind::Action(self.action(name, kids)),
            Rule::audience => DeclKind::Audience(Audience {
                name,
                subject: self.subject(kids),
                via: self.name(kids),
            }),
            Rule::calendar => DeclKind::Calendar(self.calendar(name, kids)),
            Rule::setting => DeclKind::Setting(Setting {
                name,
                ty: self.ty(kids),
                value: self.value(kids),
            }),
            Rule::holdout => DeclKind::Holdout(self.holdout(name, kids)),
            Rule::consent => DeclKind::Consent(self.consent(name, kids)),
            Rule::message => DeclKind::Message(self.message(name, kids)),
            Rule::journey => DeclKind::Journey(Box::new(self.journey(name, kids))),
            _ => return None,
        })
    }

    fn derived(&mut self, name: Name, kids: &mut Kids<'a>) -> Derived {
        Derived {
            name,
            subject: self.subject(kids),
            value: self.value(kids),
        }
    }

    fn variants(&mut self, kids: &mut Kids<'a>) -> Vec<Name> {
        let mut variants = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::variants]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                variants.push(self.to_name(&node));
            }
        }
        variants
    }

    // ---- fields and types --------------------------------------------------------------------

    /// The fields of the next `fields` block.
    pub fn fields(&mut self, kids: &mut Kids<'a>) -> Vec<Field> {
        match self.opt(kids, &[Rule::fields]) {
            Some(body) => self.fields_in(body),
            None => Vec::new(),
        }
    }

    /// The parameters between parentheses, if there are any.
    pub fn params(&mut self, kids: &mut Kids<'a>) -> Vec<Field> {
        match self.opt(kids, &[Rule::params]) {
            Some(body) => self.fields_in(body),
            None => Vec::new(),
        }
    }

    fn fields_in(&mut self, body: Node<'a>) -> Vec<Field> {
        let mut fields = Vec::new();
        let mut kids = Kids::of(body);
        while let Some(node) = self.part(&mut kids) {
            fields.push(self.field(node));
        }
        fields
    }

    fn field(&mut self, node: Node<'a>) -> Field {
        let span = self.span(&node);
        let mut kids = Kids::of(node);
        let mut field = Field {
            doc: self.doc(span.start),
            name: self.name(&mut kids),
            ty: self.ty(&mut kids),
            by: None,
            default: None,
            annotations: Vec::new(),
            span,
        };
        while let Some(part) = self.part(&mut kids) {
            let place = self.span(&part);
            match part.as_rule() {
                Rule::by_relation => {
                    if let Some(by) = self.relation(part) {
                        self.once(&mut field.by, by, place);
                    }
                }
                Rule::default => {
                    let value = self.value_of(part);
                    self.once(&mut field.default, value, place);
                }
                Rule::annotation => {
                    let annotation = self.annotation(part);
                    field.annotations.push(annotation);
                }
                _ => {}
            }
        }
        field
    }

    /// `by Gift.member`
    fn relation(&mut self, part: Node<'a>) -> Option<Path2> {
        let span = self.span(&part);
        let mut kids = Kids::of(part);
        let before = self.found.len();
        let path = self.path(&mut kids);
        self.rest(kids);
        let names = path_names(&path);
        match names.as_deref() {
            Some([first, second]) => Some(Path2 {
                first: first.clone(),
                second: second.clone(),
            }),
            _ => {
                if self.found.len() == before {
                    self.push(
                        Diagnostic::new(
                            &codes::BAD_TYPE,
                            span.in_file(self.file),
                            "a relation names a row type and its field that refers back",
                        )
                        .help("write `by TABLE.FIELD`, as in `gifts: [Gift] by Gift.member`"),
                    );
                }
                None
            }
        }
    }

    /// The next type.
    pub fn ty(&mut self, kids: &mut Kids<'a>) -> TypeExpr {
        let Some(node) = self.opt(kids, &[Rule::type_expr]) else {
            return TypeExpr {
                kind: TypeKind::Broken,
                optional: false,
                span: Span::at(self.base),
            };
        };
        let span = self.span(&node);
        let mut kind = TypeKind::Broken;
        let mut optional = false;
        let mut kids = Kids::of(node);
        while let Some(part) = self.part(&mut kids) {
            match part.as_rule() {
                Rule::optional => optional = true,
                Rule::type_list => {
                    let mut inner = Kids::of(part);
                    kind = TypeKind::List(Box::new(self.ty(&mut inner)));
                    self.rest(inner);
                }
                Rule::name => {
                    let name = self.to_name(&part);
                    kind = match self.opt(&mut kids, &[Rule::type_args]) {
                        Some(args) => self.type_with(&name, args),
                        None => TypeKind::Named(name),
                    };
                }
                _ => {}
            }
        }
        TypeExpr {
            kind,
            optional,
            span,
        }
    }

    /// `int(0..10)`, `text(40)`, `money(CAD)`, `channel(...)`, `consent(... for ...)`
    fn type_with(&mut self, name: &Name, args: Node<'a>) -> TypeKind {
        let span = name.span.to(self.span(&args));
        let before = self.found.len();
        let mut range = None;
        let mut lists: Vec<Vec<Name>> = Vec::new();
        let mut kids = Kids::of(args);
        while let Some(node) = self.part(&mut kids) {
            match node.as_rule() {
                Rule::type_range => range = self.type_range(node),
                _ => lists.push(self.to_names(node)),
            }
        }
        let mut lists = lists.into_iter();
        let kind = match (name.as_str(), range, lists.next(), lists.next()) {
            ("int", Some((low, Some(high))), None, None) if low <= high => {
                Some(TypeKind::IntRange { low, high })
            }
            ("text", Some((bound, None)), None, None) => u32::try_from(bound)
                .ok()
                .filter(|bound| *bound > 0)
                .map(TypeKind::TextBound),
            ("money", None, Some(names), None) => match <[Name; 1]>::try_from(names) {
                Ok([currency]) => Some(TypeKind::Money(currency)),
                Err(_) => None,
            },
            ("channel", None, Some(channels), None) => Some(TypeKind::Channel(channels)),
            ("consent", None, Some(channels), Some(purposes)) => {
                Some(TypeKind::Consent { channels, purposes })
            }
            _ => None,
        };
        if let Some(kind) = kind {
            return kind;
        }
        if self.found.len() == before {
            let bound = self
                .source(span)
                .split_once('(')
                .map_or("", |(_, rest)| rest);
            let text = format!("write `text({bound}`");
            let help = match name.as_str() {
                "varchar" | "char" | "string" | "nvarchar" if bound.ends_with(')') => &text,
                "int" => "write the smallest and the largest value: `int(0..10)`",
                "text" => "write the largest number of characters: `text(40)`",
                "money" => "write one currency: `money(CAD)`",
                "channel" => "name the channels: `channel(email, sms)`",
                "consent" => "name channels and purposes: `consent(email for fundraising)`",
                _ => "only `int`, `text`, `money`, `channel` and `consent` take parentheses",
            };
            self.push(
                Diagnostic::new(
                    &codes::BAD_TYPE,
                    span.in_file(self.file),
                    format!("{} is not a type", report::quoted(self.source(span))),
                )
                .help(help),
            );
        }
        TypeKind::Broken
    }

    fn type_range(&mut self, node: Node<'a>) -> Option<(i64, Option<i64>)> {
        let mut ends = Vec::new();
        let mut kids = Kids::of(node);
        while let Some(node) = self.part(&mut kids) {
            match super::literal::clean(node.as_str()).parse::<i64>() {
                Ok(end) => ends.push(end),
                Err(_) => {
                    let span = self.at(&node);
                    let message = format!("`{}` is not a whole number of 64 bits", node.as_str());
                    self.report(&codes::BAD_NUMBER, span, message);
                }
            }
        }
        let mut ends = ends.into_iter();
        Some((ends.next()?, ends.next()))
    }

    // ---- channels, actions, calendars --------------------------------------------------------

    fn channel(&mut self, name: Name, kids: &mut Kids<'a>) -> Channel {
        let kind = self
            .opt(kids, &[Rule::channel_kind])
            .map(|part| self.name_of(part));
        let subject = self.subject(kids);
        let mut clauses = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::channel_body]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let span = self.span(&node);
                if let Some(kind) = self.channel_clause(node) {
                    clauses.push(ChannelClause { kind, span });
                }
            }
        }
        Channel {
            name,
            kind,
            subject,
            clauses,
        }
    }

    fn channel_clause(&mut self, node: Node<'a>) -> Option<ChannelClauseKind> {
        let node = node.into_inner().next()?;
        let rule = node.as_rule();
        let mut kids = Kids::of(node);
        let kind = match rule {
            Rule::address => ChannelClauseKind::Address(self.value(&mut kids)),
            Rule::sender => ChannelClauseKind::Sender(self.text(&mut kids)),
            Rule::cost => ChannelClauseKind::Cost(self.value(&mut kids)),
            Rule::lead => ChannelClauseKind::Lead(self.value(&mut kids)),
            Rule::capacity => ChannelClauseKind::Capacity {
                count: self.value(&mut kids),
                per: self.per(&mut kids),
            },
            _ => {
                let mut fields = Vec::new();
                while let Some(node) = self.part(&mut kids) {
                    let mut kids = Kids::of(node);
                    fields.push(SharedField {
                        hashed: self.opt(&mut kids, &[Rule::hashed]).is_some(),
                        field: self.path(&mut kids),
                    });
                    self.rest(kids);
                }
                ChannelClauseKind::Shares(fields)
            }
        };
        self.rest(kids);
        Some(kind)
    }

    /// The next `per D`.
    pub fn per(&mut self, kids: &mut Kids<'a>) -> Expr {
        match self.opt(kids, &[Rule::per]) {
            Some(part) => self.value_of(part),
            None => self.broken(),
        }
    }

    fn action(&mut self, name: Name, kids: &mut Kids<'a>) -> Action {
        let params = self.params(kids);
        let returns = self.opt(kids, &[Rule::returns]).map(|part| {
            let mut kids = Kids::of(part);
            self.fields(&mut kids)
        });
        let mut clauses = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::action_body]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let span = self.span(&node);
                let Some(part) = node.into_inner().next() else {
                    continue;
                };
                clauses.push(match part.as_rule() {
                    Rule::post => ActionClause::Post(self.text_of(part)),
                    Rule::timeout => ActionClause::Timeout {
                        duration: self.value_of(part),
                        span,
                    },
                    _ => ActionClause::Secret {
                        variable: self.name_of(part),
                        span,
                    },
                });
            }
        }
        Action {
            name,
            params,
            returns,
            clauses,
        }
    }

    fn calendar(&mut self, name: Name, kids: &mut Kids<'a>) -> Calendar {
        let mut clauses = Vec::new();
        if let Some(body) = self.opt(kids, &[Rule::calendar_body]) {
            let mut kids = Kids::of(body);
            while let Some(node) = self.part(&mut kids) {
                let span = self.span(&node);
                let Some(part) = node.into_inner().next() else {
                    continue;
                };
                let rule = part.as_rule();
                let mut kids = Kids::of(part);
                clauses.push(if rule == Rule::weekend {
                    let days = self.names(&mut kids);
                    CalendarClause::Weekend { days, span }
                } else {
                    let mut dates = Vec::new();
                    while let Some(date) = self.opt(&mut kids, &[Rule::term]) {
                        dates.push(self.expr(date));
                    }
                    CalendarClause::Holidays { dates, span }
                });
                self.rest(kids);
            }
        }
        Calendar { name, clauses }
    }
}

/// The names of a plain path.
fn path_names(path: &Expr) -> Option<Vec<Name>> {
    use crate::syntax::ast::ExprKind;
    match &path.kind {
        ExprKind::Name(name) => Some(vec![name.clone()]),
        ExprKind::Field {
            base,
            optional: false,
            name,
        } => {
            let mut names = path_names(base)?;
            names.push(name.clone());
            Some(names)
        }
        _ => None,
    }
}
