//! Liquid and MJML: parsed, checked, prepared and rendered with values that would do harm.

use indexmap::IndexMap;
use iso_currency::Currency;
use jalon::source::FileId;
use jalon::template::{
    ChoiceId, Format, PlaceMap, RecordId, RenderContext, RenderValue, Renderer, Scope, Type, Var,
    check, prepare,
};
use smol_str::SmolStr;

use super::findings;

/// A text that must never be seen in HTML as it is here.
const HARMFUL: &str = "Zoé <zq a=\"1\">&\u{202e}é";

const LANGUAGES: [&str; 8] = ["en", "fr", "fr-CA", "de", "ar", "hi", "pt-BR", "ja"];

/// The first byte chooses the format and the language; the others are the template.
pub fn run(bytes: &[u8]) {
    let Some((first, template)) = bytes.split_first() else {
        return;
    };
    let format = [Format::Text, Format::Sms, Format::Html, Format::Mjml][usize::from(first % 4)];
    let language = LANGUAGES[usize::from(first / 4) % LANGUAGES.len()];
    let text = String::from_utf8_lossy(template);
    let places = PlaceMap::file(FileId(0));
    let checked = check(&text, format, &places, &Members);
    findings::in_text(&checked.diagnostics, &text);
    let again = check(&text, format, &places, &Members);
    assert_eq!(
        checked.diagnostics.clone().into_vec(),
        again.diagnostics.into_vec()
    );
    for used in &checked.variables {
        let span = used.place.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some());
        assert!(!used.path.is_empty());
    }
    let clean = !checked.diagnostics.has_errors();
    let prepared = match prepare(&text, format, &places) {
        Ok(prepared) => prepared.liquid,
        Err(found) => {
            assert!(!clean, "{found:#?}");
            return findings::in_text(&found, &text);
        }
    };
    let renderer = Renderer::new();
    let compiled = renderer.compile(&prepared);
    assert!(!clean || compiled.is_ok(), "{prepared}\n{compiled:?}");
    let rendered = renderer.render(&prepared, &values(), &context(language));
    assert_eq!(
        rendered,
        renderer.render(&prepared, &values(), &context(language))
    );
    match rendered {
        Ok(rendered) => {
            let escaped = matches!(format, Format::Html | Format::Mjml);
            if clean && escaped && !text.contains("<zq") {
                assert!(!rendered.text.contains("<zq"), "{}", rendered.text);
            }
        }
        Err(error) => {
            let may = ["overflow", "too", "longer", "zero", "round"];
            let said = may.iter().any(|word| error.message.contains(word));
            assert!(!clean || said, "{prepared}\n{error}");
        }
    }
}

fn context(language: &str) -> RenderContext {
    RenderContext {
        language: language.into(),
        zone: jiff::tz::TimeZone::get("America/Toronto").unwrap(),
        unsubscribe: "https://example.org/u?id=1&x=2".into(),
        sender_address: "1 rue Espoir, Montréal".into(),
    }
}

/// A member with gifts, and the parameters `amount` and `discount`.
struct Members;

const MEMBER: RecordId = RecordId(0);
const GIFT: RecordId = RecordId(1);
const STAGE: ChoiceId = ChoiceId(0);

fn roots() -> Vec<(&'static str, Var)> {
    vec![
        ("member", Var::known(Type::Record(MEMBER))),
        ("amount", Var::known(Type::Money(Currency::CAD))),
        ("discount", Var::known(Type::Percent)),
    ]
}

fn fields(record: RecordId) -> Vec<(&'static str, Var)> {
    if record == GIFT {
        return vec![
            ("amount", Var::known(Type::Money(Currency::CAD))),
            ("made_at", Var::known(Type::Instant)),
            ("campaign", Var::optional(Type::Text)),
        ];
    }
    let list = |item| Var::known(Type::List(Box::new(item)));
    vec![
        ("name", Var::known(Type::Text)),
        ("first_name", Var::optional(Type::Text)),
        ("birth_date", Var::optional(Type::Date)),
        ("points", Var::known(Type::Int)),
        ("score", Var::known(Type::Decimal)),
        ("vip", Var::known(Type::Bool)),
        ("stay", Var::known(Type::Duration)),
        ("stage", Var::known(Type::Choice(STAGE))),
        ("site", Var::known(Type::Url)),
        ("opens", Var::known(Type::Time)),
        ("gifts", list(Type::Record(GIFT))),
        ("tags", list(Type::Text)),
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

fn find(list: Vec<(&'static str, Var)>, name: &str) -> Option<Var> {
    let found = list.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, var)| var)
}

fn names(list: Vec<(&'static str, Var)>) -> Vec<SmolStr> {
    list.into_iter().map(|(name, _)| name.into()).collect()
}

impl Scope for Members {
    fn root(&self, name: &str) -> Option<Var> {
        find(roots(), name)
    }
    fn field(&self, record: RecordId, name: &str) -> Option<Var> {
        find(fields(record), name)
    }
    fn names(&self) -> Vec<SmolStr> {
        names(roots())
    }
    fn field_names(&self, record: RecordId) -> Vec<SmolStr> {
        names(fields(record))
    }
    fn choices(&self, _: ChoiceId) -> Vec<SmolStr> {
        ["discovery", "loyalty"].map(SmolStr::from).to_vec()
    }
    fn record_name(&self, record: RecordId) -> SmolStr {
        if record == MEMBER { "Member" } else { "Gift" }.into()
    }
}

fn record(fields: Vec<(&str, RenderValue)>) -> RenderValue {
    let fields = fields.into_iter();
    RenderValue::Record(fields.map(|(name, value)| (name.into(), value)).collect())
}

fn cad(amount: &str) -> RenderValue {
    RenderValue::Money {
        amount: amount.parse().unwrap(),
        currency: Currency::CAD,
    }
}

fn text(value: &str) -> RenderValue {
    RenderValue::Text(value.into())
}

fn values() -> IndexMap<SmolStr, RenderValue> {
    let gift = |amount: &str, campaign| {
        let made_at = "2026-03-08T07:05:00Z".parse().unwrap();
        record(vec![
            ("amount", cad(amount)),
            ("made_at", RenderValue::Instant(made_at)),
            ("campaign", campaign),
        ])
    };
    let gifts = vec![gift("30", RenderValue::Nil), gift("19.995", text("x"))];
    let member = record(vec![
        ("name", text(HARMFUL)),
        ("first_name", RenderValue::Nil),
        ("birth_date", RenderValue::Nil),
        ("points", RenderValue::Int(i64::MAX)),
        ("score", RenderValue::Decimal("-1234.5".parse().unwrap())),
        ("vip", RenderValue::Bool(true)),
        ("stay", text("3 days")),
        ("stage", text("loyalty")),
        ("site", text("https://example.org/?a=1&b=<zq>")),
        ("opens", RenderValue::Time("14:30:00".parse().unwrap())),
        ("gifts", RenderValue::List(gifts)),
        ("tags", RenderValue::List(vec![text(HARMFUL), text("")])),
        ("sponsor", RenderValue::Nil),
        ("ward", RenderValue::Nil),
    ]);
    IndexMap::from([
        (SmolStr::from("member"), member),
        ("amount".into(), cad("1234.5")),
        (
            "discount".into(),
            RenderValue::Percent("12.5".parse().unwrap()),
        ),
    ])
}
