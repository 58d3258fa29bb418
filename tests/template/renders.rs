//! What a template shows.

use crate::donors::*;
use jalon::source::FileId;
use jalon::template::{Format, PlaceMap, RenderContext, RenderValue, Renderer, prepare};

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
    let page = include_str!("../../docs/reference/templates.md");
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
