//! No text that is rendered is longer than what its template was measured at, whatever the values.

use indexmap::IndexMap;
use iso_currency::Currency;
use jalon::source::FileId;
use jalon::standards::gsm;
use jalon::template::measure::{Extent, Measure, Measurer, Settings};
use jalon::template::{
    Bound, ChoiceId, Format, PlaceMap, RecordId, RenderContext, RenderValue, Renderer, Scope, Type,
    Var, liquid, prepare,
};
use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

const TEXT: u32 = 12;

/// One value of each type, most of them bounded.
struct Everything;

const CURRENCIES: [(&str, Currency); 4] = [
    ("euros", Currency::EUR),
    ("dollars", Currency::CAD),
    ("yen", Currency::JPY),
    ("dinars", Currency::KWD),
];

impl Scope for Everything {
    fn root(&self, name: &str) -> Option<Var> {
        let bounded = |ty, bound| Var {
            bound,
            ..Var::known(ty)
        };
        if let Some((_, currency)) = CURRENCIES.iter().find(|(known, _)| *known == name) {
            return Some(Var::known(Type::Money(*currency)));
        }
        Some(match name {
            "name" => Var {
                optional: true,
                ..bounded(Type::Text, Bound::Chars(TEXT))
            },
            "tags" => bounded(Type::List(Box::new(Type::Text)), Bound::Chars(TEXT)),
            "points" => bounded(Type::Int, Bound::Range(-20, 12_000)),
            "count" => Var::known(Type::Int),
            "rate" => Var::known(Type::Decimal),
            "share" => Var::known(Type::Percent),
            "day" => Var::known(Type::Date),
            "hour" => Var::known(Type::Time),
            "at" => Var::known(Type::Instant),
            "stage" => Var::known(Type::Choice(ChoiceId(0))),
            "land" => bounded(Type::Code, Bound::Plain(2)),
            "phone" => Var::known(Type::Phone),
            _ => return None,
        })
    }
    fn field(&self, _: RecordId, _: &str) -> Option<Var> {
        None
    }
    fn names(&self) -> Vec<SmolStr> {
        Vec::new()
    }
    fn field_names(&self, _: RecordId) -> Vec<SmolStr> {
        Vec::new()
    }
    fn choices(&self, _: ChoiceId) -> Vec<SmolStr> {
        vec!["fidèle".into(), "fête".into(), "nouveau_venu".into()]
    }
    fn record_name(&self, _: RecordId) -> SmolStr {
        SmolStr::default()
    }
}

fn text() -> impl Strategy<Value = String> {
    let character = prop::sample::select(vec![
        'a', 'Z', ' ', 'é', 'ê', 'ß', 'ŉ', 'İ', 'ﬃ', '€', '{', '`', '\'', '&', '<', '😀',
        '\u{301}', '\u{200d}', '\u{a0}', '字',
    ]);
    prop::collection::vec(character, 0..=TEXT as usize)
        .prop_map(|characters| characters.into_iter().collect())
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i64>(), any::<i64>(), 0..=28_u32, any::<bool>()).prop_map(|(high, low, scale, small)| {
        let wide = (i128::from(high) << 32) ^ i128::from(low);
        let most = Decimal::MAX.mantissa();
        let mantissa = if small {
            i128::from(low) % 1_000_000
        } else {
            wide.clamp(-most, most)
        };
        Decimal::from_i128_with_scale(mantissa, scale)
    })
}

fn values() -> impl Strategy<Value = IndexMap<SmolStr, RenderValue>> {
    let texts = (
        prop::option::of(text()),
        prop::collection::vec(text(), 0..4),
        -20..=12_000_i64,
        any::<i64>(),
    );
    let numbers = (decimal(), decimal(), decimal());
    let moments = (0..7_304_000_i64, 0..86_400_i64);
    let others = (
        prop::sample::select(vec!["fidèle", "fête", "nouveau_venu"]),
        prop::sample::select(vec!["+15145550123", "+999999999999999"]),
    );
    (texts, numbers, moments, others).prop_map(
        |((name, tags, points, count), (rate, share, amount), (day, second), (stage, phone))| {
            let day = date(-9999, 1, 1).saturating_add(day.days());
            let hour = time(0, 0, 0, 0).wrapping_add(second.seconds());
            let at = day
                .to_datetime(hour)
                .to_zoned(TimeZone::UTC)
                .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
            let mut values = IndexMap::from([
                (
                    "name".into(),
                    name.map_or(RenderValue::Nil, RenderValue::Text),
                ),
                (
                    "tags".into(),
                    RenderValue::List(tags.into_iter().map(RenderValue::Text).collect()),
                ),
                ("points".into(), RenderValue::Int(points)),
                ("count".into(), RenderValue::Int(count)),
                ("rate".into(), RenderValue::Decimal(rate)),
                ("share".into(), RenderValue::Percent(share)),
                ("day".into(), RenderValue::Date(day)),
                ("hour".into(), RenderValue::Time(hour)),
                ("at".into(), RenderValue::Instant(at)),
                ("stage".into(), RenderValue::Text(stage.into())),
                ("land".into(), RenderValue::Text("CA".into())),
                ("phone".into(), RenderValue::Text(phone.into())),
            ]);
            for (name, currency) in CURRENCIES {
                values.insert(name.into(), RenderValue::Money { amount, currency });
            }
            values
        },
    )
}

fn output() -> impl Strategy<Value = String> {
    let known = vec![
        "name | default: 'ami'",
        "name | default: 'bienvenüe' | upcase",
        "points",
        "count",
        "rate",
        "share",
        "euros",
        "dollars",
        "yen",
        "dinars",
        "day",
        "hour",
        "at",
        "stage",
        "land",
        "phone",
        "sender_address",
        "'https://example.org/é?a=[1]' | link: 'l'",
        "tags.size",
        "tags | size",
        "tags.first | default: ''",
        "tags | last | default: 'x'",
        "day | date: 'full'",
        "day | date: 'short'",
        "day | date: '%A %d %B %y'",
        "day | date: '%a %e %b %Y'",
        "at | date: 'medium'",
        "at | date: 'full'",
        "at | date: '%A %H:%M %p'",
        "hour | date: 'medium'",
        "hour | date: '%I:%M %p'",
        "points | plus: 7",
        "points | times: points",
        "points | minus: count",
        "points | abs",
        "points | at_most: 9",
        "points | at_least: count",
        "points | divided_by: 3",
        "rate | round: 2",
        "rate | times: 2",
        "euros | times: 3",
        "share | plus: share",
        "count | ceil",
    ];
    let filters = vec![
        "upcase",
        "downcase",
        "capitalize",
        "strip",
        "lstrip",
        "rstrip",
        "strip_newlines",
        "strip_html",
        "escape",
        "append: name",
        "append: ' ê'",
        "prepend: '[€] '",
        "remove: 'a'",
        "remove_first: 'Z'",
        "replace: 'a', 'long'",
        "replace: '', 'ê'",
        "replace_first: 'a', 'bb'",
        "truncate: 6",
        "truncate: 2",
        "truncate: 7, '…'",
        "truncate",
        "truncatewords: 2",
        "slice: 1, 5",
        "slice: 0",
        "url_encode",
        "url_decode",
        "size",
    ];
    let known = prop::sample::select(known).prop_map(str::to_owned);
    let filtered = prop::collection::vec(prop::sample::select(filters), 1..4)
        .prop_map(|filters| format!("name | default: 'Amélie' | {}", filters.join(" | ")));
    prop_oneof![known, filtered].prop_map(|chain| format!("{{{{ {chain} }}}}"))
}

fn template() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        "Bonjour ",
        "ê",
        "[x] ",
        " € ",
        "😀",
        "!",
        "{% raw %}{{ a }}{% endraw %}",
    ]);
    let leaf = prop_oneof![plain.prop_map(str::to_owned), output(), output()];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let body = prop::collection::vec(inner, 0..4).prop_map(|parts| parts.concat());
        prop_oneof![
            body.clone(),
            (body.clone(), body.clone())
                .prop_map(|(a, b)| format!("{{% if points > 5 %}}{a}{{% else %}}{b}{{% endif %}}")),
            body.clone().prop_map(|a| format!("{{% unless name %}}{a}{{% endunless %}}")),
            (body.clone(), body.clone()).prop_map(|(a, b)| format!(
                "{{% case stage %}}{{% when 'fête' %}}{a}{{% else %}}{b}{{% endcase %}}"
            )),
            (body, 0..4_i64).prop_map(|(a, limit)| format!(
                "{{% for tag in tags limit: {limit} %}}{a}{{{{ tag }}}}{{{{ forloop.index }}}}{{% else %}}-{{% endfor %}}"
            )),
        ]
    })
}

const LANGUAGES: [&str; 16] = [
    "fr", "fr-CA", "en", "en-CA", "de", "es", "sv", "ja", "ar-EG", "fa", "hi", "th", "ru", "pl",
    "hu", "pt-PT",
];

const ADDRESS: &str = "1 rue de l'Hôpital";

fn measure(text: &str, format: Format, language: &str) -> Measure {
    // One measurer for all cases, as there is one for all messages of a project.
    static MEASURER: std::sync::OnceLock<Measurer> = std::sync::OnceLock::new();
    let measurer = MEASURER.get_or_init(|| {
        Measurer::new(Settings {
            unsubscribe_url: "https://example.org/u".into(),
            sender_address: ADDRESS.into(),
        })
    });
    let parsed = liquid::parse(text, &PlaceMap::file(FileId(0)));
    measurer.measure(text, &parsed.tree, format, language, &Everything)
}

fn context(language: &str) -> RenderContext {
    RenderContext {
        language: language.into(),
        zone: TimeZone::UTC,
        unsubscribe: String::new(),
        sender_address: ADDRESS.into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_longer_than_measured(
        text in template(),
        values in values(),
        language in prop::sample::select(LANGUAGES.to_vec()),
        format in prop::sample::select(vec![Format::Text, Format::Sms, Format::Html]),
    ) {
        let measured = measure(&text, format, language);
        prop_assert_eq!(&measured.open, &vec![]);
        let prepared = prepare(&text, format, &PlaceMap::file(FileId(0)));
        let Ok(prepared) = prepared else { return Ok(()) };
        let rendered = Renderer::new().render(&prepared.liquid, &values, &context(language));
        // A value that is too large for what is counted with it is not sent.
        let Ok(rendered) = rendered else { return Ok(()) };
        let real = Extent::of(&rendered.text);
        let most = measured.reach.most;
        for (real, most) in [(real.short, most.short), (real.wide, most.wide)] {
            if let Some(real) = real {
                let most = most.unwrap_or_default();
                prop_assert_eq!(real.max(most), most, "{}: {:?}", language, rendered.text);
            }
        }
        let sent = gsm::sent(&rendered.text);
        prop_assert!(sent.segments <= most.sent().segments, "{}", rendered.text);
        prop_assert!(sent.segments <= real.sent().segments);
    }
}

#[test]
fn a_number_that_a_filter_joins_keeps_its_plain_digits() {
    let text = "{{ name | default: 'Amélie' | size | append: name }}";
    let values = IndexMap::from([("name".into(), RenderValue::Nil)]);
    let prepared = prepare(text, Format::Sms, &PlaceMap::file(FileId(0))).expect("it parses");
    let rendered = Renderer::new().render(&prepared.liquid, &values, &context("ar-EG"));
    assert_eq!(rendered.expect("it renders").text, "6");

    let most = measure(text, Format::Sms, "ar-EG").reach.most;
    // Twelve characters and the two digits that count them.
    assert_eq!(most.short.map(|size| size.chars), Some(14));
}
