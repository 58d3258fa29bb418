//! What our grammar accepts, the liquid crate parses and renders; and nothing makes either panic.

mod template_names;

use jalon::source::FileId;
use jalon::template::{Format, PlaceMap, Renderer, check, liquid, mjml_to_html, prepare};
use proptest::prelude::*;
use template_names::{Names, context, values};

fn here() -> PlaceMap {
    PlaceMap::file(FileId(0))
}

/// A value that a template may show, mostly.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "name", "url", "vip", "tags", "tags.size", "'text'", "\"l'ami\"", "12", "-3.50", "'}}'",
            "'{%'", "''", "'é'", "true", "nil", "empty", "blank", "nilable", "in", "forloop.index",
            "prénom", "tags.first",
        ]).prop_map(str::to_owned),
    ]
}

fn filter() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "upcase",
        "downcase",
        "capitalize",
        "strip",
        "escape",
        "size",
        "url_encode",
        "url_decode",
        "strip_html",
        "strip_newlines",
        "first",
        "last",
        "reverse",
        "abs",
        "ceil",
        "floor",
        "default: 'x'",
        "default: 0",
        "append: 'y'",
        "prepend: name",
        "remove: 't'",
        "remove_first: 'e'",
        "replace: 'e', 'ee'",
        "replace_first: 'e', ''",
        "truncate: 4",
        "truncate: 4, '.'",
        "truncatewords: 1",
        "slice: 1, 2",
        "split: 'e'",
        "join: '-'",
        "join",
        "plus: 2",
        "minus: 0.5",
        "times: 3",
        "divided_by: 2",
        "modulo: 2",
        "round",
        "round: 1",
        "at_least: 2",
        "at_most: 9",
        "link: 'l'",
        "date: 'long'",
    ])
    .prop_map(str::to_owned)
}

fn output() -> impl Strategy<Value = String> {
    (
        value(),
        prop::collection::vec(filter(), 0..4),
        any::<(bool, bool)>(),
    )
        .prop_map(|(value, filters, (before, after))| {
            let mut text = String::from(if before { "{{-" } else { "{{" });
            text.push_str(&format!(" {value}"));
            for filter in filters {
                text.push_str(&format!(" | {filter}"));
            }
            text.push_str(if after { " -}}" } else { " }}" });
            text
        })
}

fn condition() -> impl Strategy<Value = String> {
    let test = (
        value(),
        prop::option::of((
            prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">=", "contains"]),
            value(),
        )),
    )
        .prop_map(|(left, right)| match right {
            Some((comparator, right)) => format!("{left} {comparator} {right}"),
            None => left,
        });
    let joined = (test, prop::sample::select(vec!["and", "or"]));
    prop::collection::vec(joined, 1..4).prop_map(|tests| {
        let mut text = String::new();
        for (position, (test, join)) in tests.into_iter().enumerate() {
            if position > 0 {
                text.push_str(&format!(" {join} "));
            }
            text.push_str(&test);
        }
        text
    })
}

fn template() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "text ",
            " \n\t ",
            "{ ",
            "}",
            "%",
            "é<b>",
            "{% raw %}{{ x {% if %}{{%{% endraw %}",
            "{% comment %}{{ {% endcomment %}",
            "{%- raw -%}{{%- endraw -%}",
        ])
        .prop_map(str::to_owned),
        output(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let body = prop::collection::vec(inner, 0..4).prop_map(|parts| parts.concat());
        prop_oneof![
            body.clone(),
            (condition(), body.clone(), condition(), body.clone()).prop_map(|(a, b, c, d)| {
                format!("{{% if {a} %}}{b}{{%- elsif {c} -%}}{d}{{% else %}}z{{% endif %}}")
            }),
            (condition(), body.clone())
                .prop_map(|(a, b)| format!("{{% unless {a} %}}{b}{{% endunless %}}")),
            (value(), value(), value(), body.clone(), body.clone()).prop_map(|(a, b, c, d, e)| {
                format!("{{% case {a} %}}\n{{% when {b}, {c} %}}{d}{{% else %}}{e}{{% endcase %}}")
            }),
            (
                prop::sample::select(vec!["tag", "t", "limit", "prénom", "nil_x"]),
                prop::sample::select(vec!["", " limit: 1", " offset:1 reversed", " reversed"]),
                body,
            )
                .prop_map(|(name, options, body)| {
                    format!(
                        "{{% for {name} in tags{options} %}}{body}{{{{ {name} }}}}{{% endfor %}}"
                    )
                }),
        ]
    })
}

/// Pieces of templates in any order.
fn junk() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "-",
        " ",
        "name",
        ".",
        "|",
        ":",
        "'",
        "\"",
        "if",
        "endif",
        "for",
        "in",
        "raw",
        "{% raw %}",
        "{% endraw %}",
        "{% else %}",
        "case",
        "when",
        ",",
        "0",
        "é",
        "\n",
        "<",
        ">",
        "/",
        "<mjml>",
        "<mj-body>",
        "<mj-text>",
        "</mj-text>",
        "<mj-column",
        "=",
        "<!--",
        "-->",
        "{% if vip %}",
        "{% endif %}",
        "{{ name }}",
        "&",
        "\u{1}",
        "</",
        "<br>",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|parts| parts.concat())
}

/// MJML whose elements stand where they may, and some that do not.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<mj-text>a {{ name }}</mj-text>",
        "<mj-text padding=\"0 1px\" color=\"{{ name }}\"><p>b</p></mj-text>",
        "<mj-image src=\"{{ url }}\" width=\"x\" />",
        "<mj-image padding=\"1px 2px 3px 4px 5px\" />",
        "<mj-button href=\"{{ url }}\" width=\"100%\">c</mj-button>",
        "<mj-divider border-width=\"-\" />",
        "<mj-spacer height=\"\" />",
        "<mj-table><tr><td>d</td></tr></mj-table>",
        "{% if vip %}",
        "{% endif %}",
        "{% for t in tags %}",
        "{{ t }}",
        "{% endfor %}",
        "<mj-raw><hr>{% if vip %}e{% endif %}</mj-raw>",
        "</mj-column><mj-column width=\"50%\">",
        "</mj-column><mj-column width=\"é\" padding=\"é\">",
        "</mj-column></mj-section><mj-section background-url=\"{{ url }}\"><mj-column>",
        "<mj-social><mj-social-element name=\"\" /></mj-social>",
        "<mj-navbar hamburger=\"hamburger\"></mj-navbar>",
        "<mj-carousel><mj-carousel-image /></mj-carousel>",
        "<!-- f -->",
        "<mj-text></mj-text>",
        "<mj-carousel></mj-carousel>",
        "<mj-accordion><mj-accordion-element></mj-accordion-element></mj-accordion>",
        "&nbsp;",
        "<mj-hero></mj-hero>",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|parts| {
        format!(
            "<mjml><mj-body><mj-section><mj-column>{}</mj-column></mj-section></mj-body></mjml>",
            parts.concat()
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_accepted_is_rendered(text in template()) {
        for format in [Format::Text, Format::Sms, Format::Html] {
            let parsed = liquid::parse(&text, &here());
            prop_assert!(parsed.diagnostics.is_empty(), "{text}: {:?}", parsed.diagnostics.iter().map(|d| &d.message).collect::<Vec<_>>());
            let prepared = prepare(&text, format, &here());
            prop_assert!(prepared.is_ok());
            let prepared = prepared.unwrap().liquid;
            let renderer = Renderer::new();
            let compiled = renderer.compile(&prepared);
            prop_assert!(compiled.is_ok(), "{text}\n{prepared}\n{compiled:?}");
            let rendered = renderer.render(&prepared, &values(), &context());
            if check(&text, format, &here(), &Names).diagnostics.is_empty() {
                prop_assert!(rendered.is_ok(), "{text}\n{prepared}\n{rendered:?}");
            }
        }
    }

    #[test]
    fn nothing_panics(text in junk()) {
        for format in [Format::Text, Format::Html, Format::Mjml] {
            let found = check(&text, format, &here(), &Names);
            for diagnostic in found.diagnostics.iter() {
                let span = diagnostic.primary.place.span;
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
            if let Ok(prepared) = prepare(&text, format, &here()) {
                let _ = Renderer::new().render(&prepared.liquid, &values(), &context());
            }
        }
    }

    #[test]
    fn markup_that_passes_is_laid_out(text in markup()) {
        let found = check(&text, Format::Mjml, &here(), &Names);
        let html = mjml_to_html(&text, &here());
        if found.diagnostics.is_empty() {
            prop_assert!(html.is_ok(), "{text}: {:?}", html.map_err(|d| d.into_vec().into_iter().map(|d| d.message).collect::<Vec<_>>()));
            let prepared = prepare(&text, Format::Mjml, &here()).unwrap().liquid;
            let rendered = Renderer::new().render(&prepared, &values(), &context());
            prop_assert!(rendered.is_ok(), "{prepared}\n{rendered:?}");
        }
    }
}
