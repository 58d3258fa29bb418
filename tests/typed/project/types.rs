//! Types of values, what fits where, and how values are written.

use super::choices::Choices;
use super::world::World;

/// A type. `Row` and `Enum` are positions in the world; `Rows` is a relation.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    Bool,
    Int(Option<(i64, i64)>),
    Decimal,
    Percent,
    Text(Option<u32>),
    Date,
    Time,
    Instant,
    Duration,
    Money,
    Email,
    Phone,
    Url,
    Country,
    Language,
    Timezone,
    Channel(Vec<usize>),
    Enum(usize),
    Row(usize),
    List(Box<Ty>),
    Rows(usize),
    Consent,
}

impl Ty {
    /// Whether a value of this type may stand where `wanted` is needed.
    pub fn fits(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Int(_), Self::Decimal) => true,
            (Self::Int(None), Self::Int(_)) | (Self::Int(_), Self::Int(None)) => true,
            (Self::Email | Self::Phone | Self::Url | Self::Text(_), Self::Text(None)) => true,
            (Self::Text(Some(a)), Self::Text(Some(b))) => a <= b,
            (Self::Channel(a), Self::Channel(b)) => a.iter().all(|one| b.contains(one)),
            _ => self == wanted,
        }
    }

    /// Whether values compare with `<`.
    pub fn ordered(&self, world: &World) -> bool {
        match self {
            Self::Enum(at) => world.enums[*at].ordered,
            _ => matches!(
                self,
                Self::Int(_)
                    | Self::Decimal
                    | Self::Percent
                    | Self::Date
                    | Self::Time
                    | Self::Instant
                    | Self::Duration
                    | Self::Money
            ),
        }
    }

    /// Whether values compare with `==`.
    pub fn equals(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Rows(_) | Self::Consent)
    }

    /// As it is written.
    pub fn text(&self, world: &World) -> String {
        let word = match self {
            Self::Bool => "bool",
            Self::Int(None) => "int",
            Self::Int(Some((low, high))) => return format!("int({low}..{high})"),
            Self::Decimal => "decimal",
            Self::Percent => "percent",
            Self::Text(None) => "text",
            Self::Text(Some(bound)) => return format!("text({bound})"),
            Self::Date => "date",
            Self::Time => "time",
            Self::Instant => "instant",
            Self::Duration => "duration",
            Self::Money => return format!("money({})", world.currency),
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Url => "url",
            Self::Country => "country",
            Self::Language => "language",
            Self::Timezone => "timezone",
            Self::Channel(of) => {
                let names: Vec<&str> = of
                    .iter()
                    .map(|at| world.channels[*at].name.as_str())
                    .collect();
                return format!("channel({})", names.join(", "));
            }
            Self::Enum(at) => &world.enums[*at].name,
            Self::Row(at) => &world.entities[*at].name,
            Self::List(item) => return format!("[{}]", item.text(world)),
            Self::Rows(at) => return format!("[{}]", world.entities[*at].name),
            Self::Consent => "consent",
        };
        word.to_owned()
    }
}

/// A literal where a value of this type is expected. Nothing for rows, relations and records.
pub fn literal(world: &World, c: &mut Choices, ty: &Ty) -> Option<String> {
    let fixed = |c: &mut Choices, list: &[&str]| Some(c.pick(list).to_owned());
    match ty {
        Ty::Bool => fixed(c, &["yes", "no"]),
        Ty::Int(None) => fixed(c, &["1", "0", "42", "1_000", "-5", "9_000_000"]),
        Ty::Int(Some((low, high))) => {
            let at = low + (c.below(200) as i64).min(high - low);
            Some(at.to_string())
        }
        Ty::Decimal => fixed(c, &["1.5", "3", "0.001", "-12.75", "123_456.789"]),
        Ty::Percent => fixed(c, &["10%", "12.5%", "0%", "100%"]),
        Ty::Text(None) => fixed(
            c,
            &[
                "\"x\"",
                "\"\"",
                "\"l'été {{ non }}\"",
                r#""a \"b\" \\ \n \u{e9}""#,
                "\"\"\"\n      Two\n        lines\n      \"\"\"",
            ],
        ),
        Ty::Text(Some(_)) => fixed(c, &["\"x\"", "\"\"", "\"é🎉\""]),
        Ty::Date => fixed(c, &["2026-12-25", "2024-02-29", "1999-01-01"]),
        Ty::Time => fixed(c, &["09:00", "23:59", "00:00:30", "02:30"]),
        Ty::Instant => fixed(
            c,
            &[
                "2026-03-08T02:30[America/Toronto]",
                "2026-12-25T09:00[Europe/Paris]",
            ],
        ),
        Ty::Duration => fixed(c, &["3 days", "90 minutes", "1 month", "2 weeks", "1 year"]),
        Ty::Money => Some(format!(
            "{} {}",
            c.pick(&["20", "0.01", "1_000.50"]),
            world.currency
        )),
        Ty::Email => fixed(c, &["\"a@example.org\"", "\"b.c+d@example.com\""]),
        Ty::Phone => fixed(c, &["\"+15145550101\"", "\"+33612345678\""]),
        Ty::Url => fixed(
            c,
            &["\"https://example.org/a?b=c\"", "\"https://example.com\""],
        ),
        Ty::Country => fixed(c, &["CA", "FR", "\"US\""]),
        Ty::Language => fixed(c, &["fr", "en", "no", "\"fr-CA\""]),
        Ty::Timezone => fixed(c, &["\"America/Toronto\"", "\"Europe/Paris\""]),
        Ty::Channel(of) => of
            .get(c.below(of.len()))
            .map(|at| world.channels[*at].name.clone()),
        Ty::Enum(at) => {
            let of = &world.enums[*at];
            let variant = c.pick(&of.variants);
            Some(match c.once_in(3) {
                true => format!("{}.{}", of.name, variant),
                false => variant,
            })
        }
        Ty::List(item) => {
            let items: Vec<String> = (0..c.below(3))
                .filter_map(|_| literal(world, c, item))
                .collect();
            Some(format!("[{}]", items.join(", ")))
        }
        Ty::Row(_) | Ty::Rows(_) | Ty::Consent => None,
    }
}

/// A length of time on a person's calendar.
pub fn calendar_length(world: &World, c: &mut Choices) -> String {
    let mut forms = vec![
        "3 days",
        "1 week",
        "2 hours",
        "90 minutes",
        "1 month",
        "1 year",
    ];
    let workdays = world
        .calendars
        .first()
        .map(|of| format!("2 workdays of {of}"));
    forms.extend(workdays.as_deref());
    c.pick(&forms).to_owned()
}

/// An exact length of time.
pub fn exact_length(c: &mut Choices) -> String {
    c.pick(&[
        "2 days",
        "7 days",
        "24 hours",
        "90 minutes",
        "1 week",
        "30 seconds",
    ])
    .to_owned()
}
