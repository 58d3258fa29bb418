//! What the tests read: a member with gifts, values for them, and ways to check and to show.

use indexmap::IndexMap;
use iso_currency::Currency;
use jalon::source::FileId;
use jalon::template::{
    CheckResult, ChoiceId, Format, PlaceMap, RecordId, RenderContext, RenderValue, Rendered,
    Renderer, Scope, Type, Var, check, prepare,
};
use smol_str::SmolStr;

/// A member with gifts, and the parameters `amount` and `discount`.
pub struct Schema;

pub const MEMBER: RecordId = RecordId(0);
pub const GIFT: RecordId = RecordId(1);
pub const STAGE: ChoiceId = ChoiceId(0);

pub fn fields(record: RecordId) -> Vec<(&'static str, Var)> {
    if record == GIFT {
        return vec![
            ("amount", Var::known(Type::Money(Currency::CAD))),
            ("made_at", Var::known(Type::Instant)),
            ("campaign", Var::optional(Type::Text)),
        ];
    }
    vec![
        ("first_name", Var::optional(Type::Text)),
        ("prénom", Var::known(Type::Text)),
        ("birth_date", Var::optional(Type::Date)),
        ("points", Var::known(Type::Int)),
        ("score", Var::known(Type::Decimal)),
        ("vip", Var::known(Type::Bool)),
        ("stay", Var::known(Type::Duration)),
        ("stage", Var::known(Type::Choice(STAGE))),
        ("maybe_stage", Var::optional(Type::Choice(STAGE))),
        ("site", Var::known(Type::Url)),
        ("opens", Var::known(Type::Time)),
        (
            "gifts",
            Var::known(Type::List(Box::new(Type::Record(GIFT)))),
        ),
        ("tags", Var::known(Type::List(Box::new(Type::Text)))),
        ("sponsor", Var::optional(Type::Record(MEMBER))),
        (
            "ward",
            Var {
                sensitive: true,
                ..Var::optional(Type::Text)
            },
        ),
    ]
}

pub fn roots() -> Vec<(&'static str, Var)> {
    vec![
        ("member", Var::known(Type::Record(MEMBER))),
        ("amount", Var::known(Type::Money(Currency::CAD))),
        ("discount", Var::known(Type::Percent)),
    ]
}

pub fn find(list: Vec<(&'static str, Var)>, name: &str) -> Option<Var> {
    list.into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, var)| var)
}

impl Scope for Schema {
    fn root(&self, name: &str) -> Option<Var> {
        find(roots(), name)
    }
    fn field(&self, record: RecordId, name: &str) -> Option<Var> {
        find(fields(record), name)
    }
    fn names(&self) -> Vec<SmolStr> {
        roots().into_iter().map(|(name, _)| name.into()).collect()
    }
    fn field_names(&self, record: RecordId) -> Vec<SmolStr> {
        fields(record)
            .into_iter()
            .map(|(name, _)| name.into())
            .collect()
    }
    fn choices(&self, _: ChoiceId) -> Vec<SmolStr> {
        ["discovery", "loyalty"].map(SmolStr::from).to_vec()
    }
    fn record_name(&self, record: RecordId) -> SmolStr {
        if record == MEMBER { "Member" } else { "Gift" }.into()
    }
}

pub fn checked(text: &str, format: Format) -> CheckResult {
    check(text, format, &PlaceMap::file(FileId(0)), &Schema)
}

pub fn findings(text: &str) -> Vec<String> {
    findings_in(text, Format::Text)
}

pub fn findings_in(text: &str, format: Format) -> Vec<String> {
    checked(text, format)
        .diagnostics
        .iter()
        .map(|found| {
            format!(
                "{} `{}`: {} / {}",
                found.code.name,
                found.primary.place.span.text(text),
                found.message,
                found.help.as_deref().unwrap_or("")
            )
        })
        .collect()
}

pub fn is_clean(text: &str) {
    assert_eq!(findings(text), Vec::<String>::new(), "{text}");
}

pub fn says(text: &str, code: &str, place: &str) {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert!(
        found[0].starts_with(&format!("{code} `{place}`:")),
        "{text}: {found:?}"
    );
}

pub fn record(fields: &[(&str, RenderValue)]) -> RenderValue {
    RenderValue::Record(
        fields
            .iter()
            .map(|(name, value)| ((*name).into(), value.clone()))
            .collect(),
    )
}

pub fn cad(amount: &str) -> RenderValue {
    RenderValue::Money {
        amount: amount.parse().unwrap(),
        currency: Currency::CAD,
    }
}

pub fn text(value: &str) -> RenderValue {
    RenderValue::Text(value.into())
}

pub fn values() -> IndexMap<SmolStr, RenderValue> {
    let gift = |amount: &str, campaign: RenderValue| {
        record(&[
            ("amount", cad(amount)),
            (
                "made_at",
                RenderValue::Instant("2026-03-02T19:05:00Z".parse().unwrap()),
            ),
            ("campaign", campaign),
        ])
    };
    IndexMap::from([
        (
            SmolStr::from("member"),
            record(&[
                ("first_name", RenderValue::Nil),
                ("prénom", text("Zoé <b>&")),
                (
                    "birth_date",
                    RenderValue::Date("1990-07-14".parse().unwrap()),
                ),
                ("points", RenderValue::Int(1_234_567)),
                ("score", RenderValue::Decimal("1234.5".parse().unwrap())),
                ("vip", RenderValue::Bool(true)),
                ("stage", text("loyalty")),
                ("maybe_stage", RenderValue::Nil),
                ("site", text("https://example.org/?a=1&b=2")),
                ("opens", RenderValue::Time("14:30:00".parse().unwrap())),
                (
                    "gifts",
                    RenderValue::List(vec![
                        gift("30", RenderValue::Nil),
                        gift("19.995", text("x")),
                    ]),
                ),
                ("tags", RenderValue::List(vec![text("a"), text("b")])),
                ("sponsor", RenderValue::Nil),
                ("ward", RenderValue::Nil),
            ]),
        ),
        ("amount".into(), cad("1234.5")),
        (
            "discount".into(),
            RenderValue::Percent("12.5".parse().unwrap()),
        ),
    ])
}

pub fn render_in(source: &str, format: Format, language: &str) -> Rendered {
    let found = findings_in(source, format);
    assert!(found.is_empty(), "{source}: {found:?}");
    let prepared = prepare(source, format, &PlaceMap::file(FileId(0))).unwrap();
    let context = RenderContext {
        language: language.into(),
        zone: jiff::tz::TimeZone::get("America/Toronto").unwrap(),
        unsubscribe: "https://example.org/u?id=1&x=2".into(),
        sender_address: "1 rue Espoir, Montréal".into(),
    };
    Renderer::new()
        .render(&prepared.liquid, &values(), &context)
        .unwrap_or_else(|error| panic!("{source}\n{}\n{error}", prepared.liquid))
}

pub fn shown(source: &str) -> String {
    render_in(source, Format::Text, "en").text
}
