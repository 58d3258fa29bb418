//! What the parser says about texts that people write.
#![expect(clippy::disallowed_methods, reason = "a test of how long it takes")]

use super::{Node, parse};
use crate::source::FileId;
use crate::template::PlaceMap;

/// The findings as `place: message / help`.
fn findings(text: &str) -> Vec<String> {
    parse(text, &PlaceMap::file(FileId(0)))
        .diagnostics
        .iter()
        .map(|found| {
            format!(
                "{} `{}`: {} / {}",
                found.code.id,
                found.primary.place.span.text(text),
                found.message,
                found.help.as_deref().unwrap_or("")
            )
        })
        .collect()
}

fn nodes(text: &str) -> Vec<Node> {
    let parsed = parse(text, &PlaceMap::file(FileId(0)));
    assert!(parsed.diagnostics.is_empty(), "{:?}", findings(text));
    parsed.tree.nodes
}

#[test]
fn what_liquid_has_is_read() {
    for text in [
        "",
        "plain",
        "{{ member.first_name }}",
        "{{member.first_name|default:'x'}}",
        "{{- membre.prénom -}}",
        "{{ amount | times: 2 | round: 1 }}",
        "{{ 'https://example.org/a?b={c}' | link: \"a\" }}",
        "{% if a %}x{% elsif b == 'c' or d >= 2 and e contains 'f' %}y{% else %}z{% endif %}",
        "{% unless a == nil %}x{% else %}y{% endunless %}",
        "{% case a %} {% when 'b', 'c' or 'd' %}x{% when 1 %}{% else %}y{% endcase %}",
        "{% for g in m.gifts limit:2 offset: 1 reversed %}{{ g.amount }}{% else %}-{% endfor %}",
        "{% comment %} {{ not read {% endcomment %}a",
        "{% raw %}{{ not read }}{% endraw %}",
        "{%- if a -%}\n x \n{%- endif -%}",
        "{ not liquid } 100 % {} }}",
    ] {
        nodes(text);
    }
}

#[test]
fn hyphens_take_the_white_space() {
    let text = "a \t{{- x -}}\n b";
    let shown: Vec<&str> = nodes(text)
        .iter()
        .filter_map(|node| match node {
            Node::Text(span) => Some(span.text(text)),
            _ => None,
        })
        .collect();
    assert_eq!(shown, ["a", "b"]);
}

#[test]
fn mistakes_are_said_in_a_users_words() {
    insta::assert_snapshot!(
        [
            "{{ first name }}",
            "{{ }}",
            "{{ member.first_name",
            "a {% if x %} b",
            "{% if x %}{% for g in h %}{% endif %}",
            "{% endif %}",
            "{% if x %}{% else %}{% elsif y %}{% endif %}",
            "{% else if y %}",
            "{{ x | default: «ami» }}",
            "{{ x | default: 'l'ami' }}",
            "{{ x | default: 'ami }}",
            "{{${first_name}}}",
            "{{{ x }}}",
            "{{ x ?? 'y' }}",
            "{{ x | }}",
            "{{ x | default: }}",
            "{{ x | truncate: 5 'y' }}",
            "{{ x + 1 }}",
            "{{ a[0] }}",
            "{{ x | date: format: 'y' }}",
            "{% if x = 'y' %}{% endif %}",
            "{% if x && y %}{% endif %}",
            "{% if x == %}{% endif %}",
            "{% if (x) %}{% endif %}",
            "{% if x | size > 2 %}{% endif %}",
            "{% if %}{% endif %}",
            "{% if x and %}{% endif %}",
            "{% for x %}{% endfor %}",
            "{% for x of y %}{% endfor %}",
            "{% for x in (1..3) %}{% endfor %}",
            "{% for x in y limit: %}{% endfor %}",
            "{% case %}{% endcase %}",
            "{% case x %}a{% when 'b' %}{% endcase %}",
            "{% when 'x' %}",
            "{% raw %}x",
            "{% assign x = 1 %}",
            "{% include 'x' %}",
            "{% elseif x %}",
            "{% iff x %}",
            "{% %}",
            "{{ 99999999999999999999 }}",
        ]
        .iter()
        .flat_map(|text| std::iter::once(format!("{text}\n")).chain(
            findings(text)
                .into_iter()
                .map(|line| format!("    {line}\n"))
        ))
        .collect::<String>()
    );
}

#[test]
fn nesting_is_bounded() {
    let deep = |n: usize| format!("{}{}", "{% if x %}".repeat(n), "{% endif %}".repeat(n));
    assert!(findings(&deep(64)).is_empty());
    let found = findings(&deep(65));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("M014"));
    assert_eq!(findings(&deep(50_000)).len(), 1);
}

#[test]
fn long_and_odd_texts_take_linear_time() {
    let start = std::time::Instant::now();
    for piece in [
        "{{ ",
        "{{ '",
        "{% if x %}{% else",
        "{% raw %}",
        "{% comment %}",
        "{{ \" ' ",
        "{%",
        "{{ x }}' \"",
        "{% endif %}",
    ] {
        let text = piece.repeat(450_000 / piece.len());
        let _ = parse(&text, &PlaceMap::file(FileId(0)));
    }
    // Some seconds where nothing else runs; what takes the square of its length takes hours.
    assert!(start.elapsed().as_secs() < 240, "{:?}", start.elapsed());
}
