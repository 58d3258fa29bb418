//! What the check says of a template.

use crate::donors::*;
use jalon::source::{FileId, Span};
use jalon::template::{Format, PlaceMap, check};

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
