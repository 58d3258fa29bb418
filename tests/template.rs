//! Templates from outside: what the check says, and what is rendered.

use indexmap::IndexMap;
use iso_currency::Currency;
use jalon::source::{FileId, Span};
use jalon::template::{
    CheckResult, ChoiceId, Format, PlaceMap, RecordId, RenderContext, RenderValue, Rendered,
    Renderer, Scope, Type, Var, check, prepare,
};
use smol_str::SmolStr;

/// A member with gifts, and the parameters `amount` and `discount`.
struct Schema;

const MEMBER: RecordId = RecordId(0);
const GIFT: RecordId = RecordId(1);
const STAGE: ChoiceId = ChoiceId(0);

fn fields(record: RecordId) -> Vec<(&'static str, Var)> {
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

fn roots() -> Vec<(&'static str, Var)> {
    vec![
        ("member", Var::known(Type::Record(MEMBER))),
        ("amount", Var::known(Type::Money(Currency::CAD))),
        ("discount", Var::known(Type::Percent)),
    ]
}

fn find(list: Vec<(&'static str, Var)>, name: &str) -> Option<Var> {
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

fn checked(text: &str, format: Format) -> CheckResult {
    check(text, format, &PlaceMap::file(FileId(0)), &Schema)
}

fn findings(text: &str) -> Vec<String> {
    findings_in(text, Format::Text)
}

fn findings_in(text: &str, format: Format) -> Vec<String> {
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

fn is_clean(text: &str) {
    assert_eq!(findings(text), Vec::<String>::new(), "{text}");
}

fn says(text: &str, code: &str, place: &str) {
    let found = findings(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert!(
        found[0].starts_with(&format!("{code} `{place}`:")),
        "{text}: {found:?}"
    );
}

fn record(fields: &[(&str, RenderValue)]) -> RenderValue {
    RenderValue::Record(
        fields
            .iter()
            .map(|(name, value)| ((*name).into(), value.clone()))
            .collect(),
    )
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

fn render_in(source: &str, format: Format, language: &str) -> Rendered {
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

fn shown(source: &str) -> String {
    render_in(source, Format::Text, "en").text
}

#[test]
fn what_is_right_is_silent() {
    for text in [
        "Hello {{ member.first_name | default: 'friend' }}!",
        "{{ member.prénom }} {{ amount }} {{ discount }} {{ member.stage }} {{ member.opens }}",
        "{% if member.first_name %}{{ member.first_name }}{% endif %}",
        "{% unless member.first_name %}x{% else %}{{ member.first_name }}{% endunless %}",
        "{% if member.first_name == blank %}x{% else %}{{ member.first_name }}{% endif %}",
        "{% if member.first_name != nil and member.first_name == 'Ana' %}x{% endif %}",
        "{% if member.vip %}x{% elsif amount > 50 or discount >= 10 %}y{% endif %}",
        "{% if member.stage == 'loyalty' %}x{% endif %}",
        "{% case member.stage %}{% when 'discovery', 'loyalty' %}x{% endcase %}",
        "{% case member.maybe_stage %}{% when 'loyalty' %}{{ member.maybe_stage }}{% else %}{% endcase %}",
        "{% for gift in member.gifts limit: 2 %}{{ gift.amount }}{{ forloop.index }}{% endfor %}",
        "{% if member.gifts.size > 0 %}x{% endif %}",
        "{% if member.sponsor %}{{ member.sponsor.prénom }}{% endif %}",
        "{{ member.birth_date | date: '%d %B %Y' | default: 'x' }}",
        "{{ member.tags | join: ', ' | upcase }}",
        "{{ amount | times: discount }} {{ amount | plus: amount }} {{ member.points | divided_by: 2 }}",
        "{{ member.site | link: 'site' }} {{ unsubscribe }} {{ sender_address }}",
    ] {
        is_clean(text);
    }
}

#[test]
fn names_are_resolved() {
    says("{{ membre.first_name }}", "unknown-variable", "membre");
    says("{{ member.frist_name }}", "unknown-variable", "frist_name");
    says("{{ first_name }}", "unknown-variable", "first_name");
    says(
        "{{ person.first_name|default:'x' }}",
        "unknown-variable",
        "person",
    );
    says("{{ amount.value }}", "unknown-variable", "value");
    says("{{ member.gifts.amount }}", "unknown-variable", "amount");
    says(
        "{% for g in member.gifts %}{{ forloop.idx }}{% endfor %}",
        "unknown-variable",
        "idx",
    );
    says(
        "{{ member.ward | default: '-' }}",
        "sensitive-in-message",
        "ward",
    );
    says(
        "{% for amount in member.gifts %}{{ amount.amount }}{% endfor %}",
        "hidden-name",
        "amount",
    );
    assert!(findings("{{ person.first_name | default: 'x' }}")[0].contains("`member.first_name`"));
    assert!(findings("{{ first_name }}")[0].contains("`member.first_name`"));
    assert!(findings("{{ member.frist_name }}")[0].contains("did you mean `first_name`?"));
}

#[test]
fn unknown_values_are_handled() {
    let code = "optional-in-template";
    says("{{ member.first_name }}", code, "member.first_name");
    says(
        "{{ member.first_name | upcase }}",
        code,
        "member.first_name",
    );
    says(
        "{% if member.first_name == 'x' %}{% endif %}",
        code,
        "member.first_name",
    );
    says(
        "{% if member.vip or member.first_name %}{{ member.first_name }}{% endif %}",
        code,
        "member.first_name",
    );
    says(
        "{% if member.first_name %}{% else %}{{ member.first_name }}{% endif %}",
        code,
        "member.first_name",
    );
    says(
        "{% if member.first_name %}{% endif %}{{ member.first_name }}",
        code,
        "member.first_name",
    );
    says(
        "{{ member.sponsor.first_name }}",
        code,
        "member.sponsor.first_name",
    );
    says(
        "{% case member.maybe_stage %}{% when 'loyalty' %}{% endcase %}",
        code,
        "member.maybe_stage",
    );
    says(
        "{{ amount | append: member.first_name }}",
        "wrong-filter",
        "append",
    );
    says(
        "{{ member.prénom | append: member.first_name }}",
        code,
        "member.first_name",
    );
    says(
        "{{ member.points | divided_by: member.points }}",
        code,
        "member.points",
    );
    says(
        "{{ member.gifts.first.amount }}",
        code,
        "member.gifts.first.amount",
    );
}

#[test]
fn types_are_held() {
    says("{{ member }}", "unprintable-value", "member");
    says("{{ member.vip }}", "unprintable-value", "member.vip");
    says("{{ member.stay }}", "unprintable-value", "member.stay");
    says("{{ member.gifts }}", "unprintable-value", "member.gifts");
    says("{{ member.prénom | upcas }}", "unknown-filter", "upcas");
    says("{{ member.prénom | truncate: 'x' }}", "wrong-filter", "'x'");
    says(
        "{{ member.prénom | upcase: 1 }}",
        "wrong-filter",
        "upcase: 1",
    );
    says("{{ member.prénom | date: 'long' }}", "wrong-filter", "date");
    says("{{ member.opens | date: '%d' }}", "wrong-filter", "'%d'");
    says("{{ amount | plus: 1 }}", "wrong-filter", "plus: 1");
    says(
        "{{ amount | divided_by: 0 }}",
        "wrong-filter",
        "divided_by: 0",
    );
    says(
        "{% if amount == 'x' %}{% endif %}",
        "template-type",
        "amount == 'x'",
    );
    says(
        "{% if member.stage == 'loyal' %}{% endif %}",
        "template-type",
        "'loyal'",
    );
    says(
        "{% if member.prénom %}{% endif %}",
        "template-type",
        "member.prénom",
    );
    says(
        "{% if member.gifts %}{% endif %}",
        "template-type",
        "member.gifts",
    );
    says(
        "{% if member.points > '3' %}{% endif %}",
        "template-type",
        "member.points > '3'",
    );
    says(
        "{% for x in amount %}{% endfor %}",
        "template-type",
        "amount",
    );
    says("{% if 'x' %}{% endif %}", "template-type", "'x'");
    says("{{ nil }}", "template-type", "nil");
}

#[test]
fn links_are_checked() {
    let result = checked(
        "{{ 'https://example.org/a' | link: 'a' }} {{ 'https://example.org/a' | link: 'a' }} {{ member.site | link: 'site' }} {{ unsubscribe }}",
        Format::Text,
    );
    assert!(result.diagnostics.is_empty());
    let links: Vec<_> = result
        .links
        .iter()
        .map(|link| (link.name.as_str(), link.url.as_deref()))
        .collect();
    assert_eq!(
        links,
        [("a", Some("https://example.org/a")), ("site", None)]
    );
    assert!(result.has_unsubscribe);
    assert!(!result.has_sender_address);
    says(
        "{{ 'https://a.org' | link: 'a' }}{{ 'https://b.org' | link: 'a' }}",
        "wrong-link",
        "link: 'a'",
    );
    says(
        "{{ 'example.org' | link: 'a' }}",
        "wrong-link",
        "'example.org'",
    );
    says(
        "{{ 'https://a.org' | link: member.prénom }}",
        "wrong-filter",
        "member.prénom",
    );
    says("{{ 'https://a.org' | link: 'a b' }}", "wrong-link", "'a b'");
    says(
        "{{ 'http://a.org' | link: 'a' }}",
        "insecure-link",
        "'http://a.org'",
    );
}

#[test]
fn placeholders_of_others_are_seen() {
    says(
        "Bonjour {first_name}",
        "foreign-placeholder",
        "{first_name}",
    );
    says(
        "Bonjour { member.first_name }",
        "foreign-placeholder",
        "{ member.first_name }",
    );
    says("Bonjour *|FNAME|*", "foreign-placeholder", "*|FNAME|*");
    says(
        "Bonjour %%first_name%%",
        "foreign-placeholder",
        "%%first_name%%",
    );
    is_clean("a {b} c { } 100 % [x] {é");
}

#[test]
fn what_is_read_is_listed() {
    let result = checked(
        "{{ amount }}{% for g in member.gifts %}{{ g.amount }}{% if g.campaign %}{% endif %}{% endfor %}",
        Format::Text,
    );
    let used: Vec<String> = result
        .variables
        .iter()
        .map(|used| used.path.join("."))
        .collect();
    assert_eq!(
        used,
        [
            "amount",
            "member.gifts",
            "member.gifts.*.amount",
            "member.gifts.*.campaign"
        ]
    );
}

#[test]
fn places_lie_in_the_file_of_an_inline_text() {
    let file = "message m {\n  sms \"\\u{e9}\\n{{ member.first_name }}\"\n}";
    let start = u32::try_from(file.find('"').unwrap()).unwrap();
    let end = u32::try_from(file.rfind('"').unwrap() + 1).unwrap();
    let decoded = "é\n{{ member.first_name }}";
    let places = PlaceMap::literal(FileId(3), file, Span::new(start, end), decoded);
    let result = check(decoded, Format::Sms, &places, &Schema);
    let place = result.diagnostics.iter().next().unwrap().primary.place;
    assert_eq!(place.file, FileId(3));
    assert_eq!(place.span.text(file), "member.first_name");
}

#[test]
fn values_follow_the_language() {
    let source = "{{ amount }}|{{ discount }}|{{ member.points }}|{{ member.score }}|{{ member.opens }}|{{ member.birth_date | default: '' }}";
    assert_eq!(
        render_in(source, Format::Text, "en-CA").text,
        "$1,234.50|12.5%|1,234,567|1,234.5|2:30\u{202f}p.m.|July 14, 1990"
    );
    assert_eq!(
        render_in(source, Format::Text, "fr").text,
        "1\u{202f}234,50\u{a0}$CA|12,5\u{202f}%|1\u{202f}234\u{202f}567|1\u{202f}234,5|14:30|14 juillet 1990"
    );
    assert_eq!(
        render_in("{{ amount }} {{ discount }}", Format::Sms, "fr").text,
        "1 234,50 $CA 12,5 %"
    );
    assert_eq!(
        render_in("{% for g in member.gifts %}{{ g.made_at | date: '%A %-d %B %Y %H:%M' }} {{ g.amount }};{% endfor %}", Format::Text, "fr-CA").text,
        "lundi 2 mars 2026 14:05 30,00\u{a0}$;lundi 2 mars 2026 14:05 20,00\u{a0}$;"
    );
}

#[test]
fn the_reference_shows_what_is_shown() {
    let page = include_str!("../docs/reference/templates.md");
    for (name, source) in [
        ("`money`", "{{ amount }}"),
        ("`decimal`, `int`", "{{ member.score }}"),
        ("`percent`", "{{ discount }}"),
        ("`time`", "{{ member.opens }}"),
    ] {
        let shown = |language| {
            let text = render_in(source, Format::Text, language).text;
            text.replace(['\u{a0}', '\u{202f}'], " ")
        };
        let row = format!("| {name} | {} | {} |", shown("en-CA"), shown("fr-CA"));
        assert!(page.contains(&row), "the page does not have: {row}");
    }
}

#[test]
fn an_unknown_language_has_conventions_too() {
    assert_eq!(
        render_in("{{ member.points }}", Format::Text, "xx").text,
        "1,234,567"
    );
}

#[test]
fn values_are_escaped_in_markup_and_nowhere_else() {
    let source =
        "<a href=\"{{ unsubscribe }}\">{{ member.prénom }} {{ member.prénom | escape }}</a>";
    assert_eq!(
        render_in(source, Format::Html, "en").text,
        "<a href=\"https://example.org/u?id=1&amp;x=2\">Zoé &lt;b&gt;&amp; Zoé &lt;b&gt;&amp;</a>"
    );
    assert_eq!(
        shown("{{ member.prénom }} {{ unsubscribe }}"),
        "Zoé <b>& https://example.org/u?id=1&x=2"
    );
}

#[test]
fn links_are_left_as_they_are_and_listed() {
    let rendered = render_in(
        "{{ 'https://example.org/a' | link: 'a' }} {{ member.site | link: 'site' }}",
        Format::Text,
        "en",
    );
    assert_eq!(
        rendered.text,
        "https://example.org/a https://example.org/?a=1&b=2"
    );
    let links: Vec<_> = rendered
        .links
        .iter()
        .map(|link| (link.name.as_str(), link.url.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("a", "https://example.org/a"),
            ("site", "https://example.org/?a=1&b=2")
        ]
    );
}

#[test]
fn filters_do_what_they_say() {
    for (source, expected) in [
        ("{{ member.first_name | default: 'friend' }}", "friend"),
        ("{{ member.first_name | append: '!' | default: 'x' }}", "x"),
        ("{{ member.stage | upcase | append: '!' }}", "LOYALTY!"),
        ("{{ member.stage | capitalize }}", "Loyalty"),
        (
            "{{ 'a-b' | replace: '-', '+' | prepend: ' ' | strip }}",
            "a+b",
        ),
        (
            "{{ 'abcdef' | truncate: 5 }} {{ 'a b c' | truncatewords: 2 }}",
            "ab... a b...",
        ),
        (
            "{{ '<b>a</b>' | strip_html }} {{ 'é&' | url_encode }}",
            "a %C3%A9%26",
        ),
        ("{{ member.prénom | size }} {{ member.tags | size }}", "8 2"),
        (
            "{{ member.tags | first | default: '' }}{{ member.tags | last | default: '' }}",
            "ab",
        ),
        (
            "{{ member.tags | reverse | join: '-' }} {{ 'x,y' | split: ',' | join }}",
            "b-a x y",
        ),
        (
            "{{ 7 | divided_by: 2 }} {{ -7 | divided_by: 2 }} {{ -7 | modulo: 3 }}",
            "3 -4 2",
        ),
        (
            "{{ 0.1 | plus: 0.2 }} {{ 2.5 | round }} {{ 1 | divided_by: 3.0 }}",
            "0.3 2 0.333",
        ),
        (
            "{{ 3 | times: 4 | minus: 5 | at_least: 10 | at_most: 9 }}",
            "9",
        ),
        (
            "{{ -1.5 | abs }} {{ 1.2 | ceil }} {{ 1.8 | floor }}",
            "1.5 2 1",
        ),
        (
            "{{ amount | times: discount }} {{ amount | divided_by: 7 }}",
            "CA$154.31 CA$176.36",
        ),
        (
            "{{ member.points | divided_by: member.points | default: 0 }}",
            "1",
        ),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn conditions_are_exact() {
    for (condition, holds) in [
        ("amount > 1234", true),
        ("amount == 1234.5", true),
        ("amount > 1234.5", false),
        ("member.stage == 'loyalty' and member.vip", true),
        ("member.first_name and member.first_name == 'x'", false),
        ("member.first_name == nil", true),
        ("member.first_name != blank", false),
        ("member.tags contains 'a'", true),
        ("member.tags contains 'ab'", false),
        ("member.gifts.size >= 2", true),
        ("discount == 12.5", true),
        ("member.opens > '14:00'", true),
        (
            "member.birth_date and member.birth_date < '1990-07-15'",
            true,
        ),
        (
            "member.vip == false or member.points > 5 and member.vip == true",
            true,
        ),
    ] {
        let source = format!("{{% if {condition} %}}yes{{% else %}}no{{% endif %}}");
        assert_eq!(
            shown(&source),
            if holds { "yes" } else { "no" },
            "{condition}"
        );
    }
    assert_eq!(
        shown("{% case member.stage %} {% when 'discovery' %}a{% when 'loyalty' %}b{% endcase %}"),
        "b"
    );
    assert_eq!(
        shown("{% case member.maybe_stage %}{% when 'loyalty' %}a{% else %}b{% endcase %}"),
        "b"
    );
    assert_eq!(
        shown("{% unless member.vip %}a{% elsif amount > 1 %}b{% endunless %}"),
        "b"
    );
    assert_eq!(
        shown(
            "{% for t in member.tags reversed %}{{ t }}{% unless forloop.last %},{% endunless %}{% else %}-{% endfor %}"
        ),
        "b,a"
    );
    assert_eq!(shown("a {%- if member.vip -%} b {%- endif -%} c"), "abc");
    assert_eq!(
        shown("{% raw %}{{ x }}{% if %}{{% endraw %}{% comment %}{{ y {% endcomment %}"),
        "{{ x }}{% if %}{"
    );
}

#[test]
fn a_text_that_does_not_end_is_refused() {
    let source = "{% for a in member.gifts %}{% for b in member.gifts %}{% for c in member.gifts %}x{% endfor %}{% endfor %}{% endfor %}";
    let prepared = prepare(source, Format::Text, &PlaceMap::file(FileId(0))).unwrap();
    let mut values = values();
    let gifts = RenderValue::List(vec![record(&[]); 60]);
    values.insert("member".into(), record(&[("gifts", gifts)]));
    let context = RenderContext {
        language: "en".into(),
        zone: jiff::tz::TimeZone::UTC,
        unsubscribe: String::new(),
        sender_address: String::new(),
    };
    let renderer = Renderer::new();
    let error = renderer
        .render(&prepared.liquid, &values, &context)
        .unwrap_err();
    assert!(error.message.contains("go around too often"), "{error}");
    let grows = "{{ 'aaaaaaaaaa'".to_owned() + &" | replace: 'a', 'aaaaaaaaaa'".repeat(12) + " }}";
    let prepared = prepare(&grows, Format::Text, &PlaceMap::file(FileId(0))).unwrap();
    assert!(
        renderer
            .render(&prepared.liquid, &values, &context)
            .is_err()
    );
    assert!(renderer.compile("{{ a b }}").is_err());
    assert!(renderer.compile("{{ a | nothing }}").is_err());
}
