//! Values of a wanted type.

use super::Maker;
use super::scope::Scope;
use super::types::{self, Ty};

/// An expression and how tightly it binds.
#[derive(Debug, Clone)]
pub struct Expr {
    pub text: String,
    pub binds: u8,
}

pub const OR: u8 = 1;
pub const AND: u8 = 2;
pub const NOT: u8 = 3;
pub const COMPARES: u8 = 4;
pub const ELSE: u8 = 5;
pub const SUM: u8 = 6;
pub const PRODUCT: u8 = 7;
pub const UNARY: u8 = 8;
pub const ATOM: u8 = 9;

impl Expr {
    pub fn new(binds: u8, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            binds,
        }
    }

    pub fn atom(text: impl Into<String>) -> Self {
        let text = text.into();
        let binds = if text.starts_with('-') { UNARY } else { ATOM };
        Self { text, binds }
    }

    /// The text where something that binds so tightly is needed.
    pub fn at(self, binds: u8) -> String {
        if self.binds < binds {
            format!("({})", self.text)
        } else {
            self.text
        }
    }
}

impl Maker {
    /// A value that is known and of this type, if one can be written here.
    pub fn value(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        if *ty == Ty::Bool && depth > 0 && self.c.once_in(3) {
            return Some(self.condition(s, depth - 1));
        }
        let way = self.c.below(if depth == 0 { 3 } else { 6 });
        let simple = |maker: &mut Self| {
            let text = types::literal(&maker.world, &mut maker.c, ty);
            text.map(Expr::atom).or_else(|| {
                let rows = match ty {
                    Ty::Row(at) => s.rows(&maker.world, *at),
                    _ => s.known_paths(&maker.world, ty),
                };
                maker.c.maybe(&rows).map(Expr::atom)
            })
        };
        let made = match way {
            1 | 2 => {
                let paths = s.known_paths(&self.world, ty);
                self.c.maybe(&paths).map(Expr::atom)
            }
            3 => self.defaulted(s, ty, depth),
            4 | 5 => self.computed(s, ty, depth - 1),
            _ => None,
        };
        let made = made.or_else(|| simple(self))?;
        if self.c.once_in(16) {
            return Some(Expr::atom(format!("({})", made.text)));
        }
        Some(made)
    }

    pub fn must(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Expr {
        self.value(s, ty, depth)
            .expect("every plain type has a literal")
    }

    /// `path ?? value`, also over a row that may be unknown. The value is of the path's own type,
    /// which decides how a text is read.
    fn defaulted(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let mut paths: Vec<(String, Ty)> = Vec::new();
        for path in s
            .paths(&self.world)
            .into_iter()
            .filter(|path| path.optional)
        {
            if path.ty.fits(ty) {
                paths.push((path.text, path.ty));
            } else if let Ty::Row(to) = path.ty {
                for field in &self.world.entities[to].fields {
                    let fits = field.ty.fits(ty) && (!field.sensitive || s.sensitive);
                    if fits && !matches!(field.ty, Ty::Rows(_) | Ty::Consent) {
                        paths.push((format!("{}?.{}", path.text, field.name), field.ty.clone()));
                    }
                }
            }
        }
        let mut first = self
            .c
            .maybe(&paths)
            .map(|(text, ty)| (Expr::atom(text), ty));
        if depth > 0 && (first.is_none() || self.c.once_in(4)) {
            let picked = self.picked(s, ty, depth - 1);
            first = picked.map(|picked| (picked, ty.clone())).or(first);
        }
        let (first, own) = first?;
        let value = self.value(s, &own, depth.saturating_sub(1))?;
        Some(Expr::new(
            ELSE,
            format!("{} ?? {}", first.at(SUM), value.at(SUM)),
        ))
    }

    fn pair(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<(Expr, Expr)> {
        Some((self.typed(s, ty, depth)?, self.typed(s, ty, depth)?))
    }

    /// A value whose type is known without being wanted: a path, or a literal that says its type.
    pub fn typed(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let says = matches!(
            ty,
            Ty::Int(None)
                | Ty::Decimal
                | Ty::Percent
                | Ty::Text(None)
                | Ty::Date
                | Ty::Time
                | Ty::Instant
                | Ty::Duration
                | Ty::Money
                | Ty::Bool
        );
        let exactly: Vec<String> = s
            .paths(&self.world)
            .into_iter()
            .filter(|path| !path.optional && path.ty == *ty)
            .map(|path| path.text)
            .collect();
        if says && depth > 0 && self.c.once_in(4) {
            // `3 days ago` is an instant unless a date is wanted.
            let by_context = |made: &Expr| {
                *ty == Ty::Date && (made.text.contains(" ago") || made.text.contains(" from now"))
            };
            let computed = self.computed(s, ty, depth - 1);
            if let Some(computed) = computed.filter(|made| !by_context(made)) {
                return Some(computed);
            }
        }
        if let Some(path) = self.c.maybe(&exactly) {
            return Some(Expr::atom(path));
        }
        if let Ty::Enum(at) = ty {
            let of = &self.world.enums[*at];
            return Some(Expr::atom(format!("{}.{}", of.name, of.variants[0])));
        }
        let literal = match ty {
            // A whole number in a place of decimals is one by its context only.
            Ty::Decimal => Some("2.5".to_owned()),
            _ if says => types::literal(&self.world, &mut self.c, ty),
            _ => None,
        };
        literal.map(Expr::atom)
    }

    /// A calculation, a function or a question about rows that gives this type.
    fn computed(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let call = |text: String| Some(Expr::new(ATOM, text));
        match ty {
            Ty::Bool => Some(self.condition(s, depth)),
            Ty::Int(None) => match self.c.below(8) {
                0 => self.arithmetic(s, ty, &["+", "-", "*"], depth),
                7 => self.negated(s, ty, depth),
                1 => call(format!(
                    "length({})",
                    self.must(s, &Ty::Text(None), depth).text
                )),
                2 => self.counted(s, depth),
                3 => call(format!(
                    "round({})",
                    self.typed(s, &Ty::Decimal, depth)?.text
                )),
                4 => call(format!("age({})", self.must(s, &Ty::Date, depth).text)),
                5 => self.summed(s, ty, depth),
                _ => self.bounded(s, ty, depth),
            },
            Ty::Decimal => match self.c.below(5) {
                0 => self.arithmetic(s, ty, &["+", "-", "*"], depth),
                1 => {
                    let (value, digits) = (self.must(s, ty, depth), self.c.below(29));
                    call(format!("round({}, {digits})", value.text))
                }
                2 => {
                    let (above, below) = self.pair(s, &Ty::Money, depth)?;
                    let (above, below) = (above.at(PRODUCT), below.at(UNARY));
                    Some(Expr::new(ELSE, format!("{above} / {below} ?? 0.5")))
                }
                3 => {
                    let divided = self.typed(s, &Ty::Int(None), depth)?.at(PRODUCT);
                    let by = self.a_path(s, &Ty::Int(None))?;
                    Some(Expr::new(PRODUCT, format!("{divided} / at_least({by}, 1)")))
                }
                _ => self.summed(s, ty, depth),
            },
            Ty::Percent => self.arithmetic(s, ty, &["+", "-", "*"], depth),
            Ty::Money => match self.c.below(7) {
                0 => self.arithmetic(s, ty, &["+", "-"], depth),
                6 => self.negated(s, ty, depth),
                1 => {
                    let by = self.c.pick(&[Ty::Int(None), Ty::Percent, Ty::Decimal]);
                    let (left, right) = (self.typed(s, ty, depth)?, self.typed(s, &by, depth)?);
                    let (left, right) = (left.at(PRODUCT), right.at(UNARY));
                    Some(Expr::new(PRODUCT, format!("{left} * {right}")))
                }
                2 => {
                    let divided = self.typed(s, ty, depth)?.at(PRODUCT);
                    let by = self.c.pick(&["2", "4.5", "10%"]);
                    Some(Expr::new(PRODUCT, format!("{divided} / {by}")))
                }
                3 => call(format!("round({})", self.typed(s, ty, depth)?.text)),
                4 => self.bounded(s, ty, depth),
                _ => self.summed(s, ty, depth),
            },
            Ty::Text(None) => {
                let function = self.c.pick(&["lower", "upper", "trim"]);
                let of = self.must(s, ty, depth).text;
                call(format!("{function}({of})"))
            }
            Ty::Date => match self.c.below(3) {
                0 => call("today()".to_owned()),
                1 => self.shifted(s, ty, &["3 days", "1 month", "2 weeks"], depth),
                _ => call(self.c.pick(&["30 days ago", "1 year from now"]).to_owned()),
            },
            Ty::Time => self.shifted(s, ty, &["2 hours", "45 minutes"], depth),
            Ty::Instant => match self.c.below(3) {
                0 => call("now()".to_owned()),
                1 => self.shifted(s, ty, &["3 days", "1 month", "90 minutes"], depth),
                _ => call(
                    self.c
                        .pick(&["36 hours ago", "2 weeks from now"])
                        .to_owned(),
                ),
            },
            Ty::Duration => {
                let of = self.c.pick(&[Ty::Date, Ty::Instant, Ty::Time]);
                let (late, early) = self.pair(s, &of, depth)?;
                let (late, early) = (late.at(SUM), early.at(PRODUCT));
                Some(Expr::new(SUM, format!("{late} - {early}")))
            }
            _ => None,
        }
    }

    fn negated(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        let of = self.typed(s, ty, depth)?.at(ATOM);
        Some(Expr::new(UNARY, format!("-{of}")))
    }

    fn arithmetic(&mut self, s: &Scope, ty: &Ty, signs: &[&str], depth: u8) -> Option<Expr> {
        let (left, right) = self.pair(s, ty, depth)?;
        let sign = self.c.pick(signs);
        let binds = if sign == "*" { PRODUCT } else { SUM };
        Some(Expr::new(
            binds,
            format!("{} {sign} {}", left.at(binds), right.at(binds + 1)),
        ))
    }

    fn shifted(&mut self, s: &Scope, ty: &Ty, by: &[&str], depth: u8) -> Option<Expr> {
        let from = self.typed(s, ty, depth)?.at(SUM);
        let (sign, by) = (self.c.pick(&["+", "-"]), self.c.pick(by));
        Some(Expr::new(SUM, format!("{from} {sign} {by}")))
    }

    fn bounded(&mut self, s: &Scope, ty: &Ty, depth: u8) -> Option<Expr> {
        // Not two numbers that are written out: one of them would always be the answer.
        let (a, b) = (self.a_path(s, ty)?, self.typed(s, ty, depth)?.text);
        let function = self.c.pick(&["at_least", "at_most"]);
        Some(Expr::atom(format!("{function}({a}, {b})")))
    }

    /// A known path of exactly this type.
    fn a_path(&mut self, s: &Scope, ty: &Ty) -> Option<String> {
        let paths = s.paths(&self.world).into_iter();
        let paths = paths.filter(|path| !path.optional && path.ty == *ty);
        let paths: Vec<String> = paths.map(|path| path.text).collect();
        self.c.maybe(&paths)
    }
}
