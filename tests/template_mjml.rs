//! MJML from outside: what the check says, and what it becomes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use jalon::source::FileId;
use jalon::template::{Format, PlaceMap, Renderer, check, mjml_to_html, prepare};

mod template_names;

use template_names::{Names, context, values};

fn findings(text: &str) -> Vec<String> {
    check(text, Format::Mjml, &PlaceMap::file(FileId(0)), &Names)
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

fn column(inside: &str) -> String {
    format!(
        "<mjml><mj-body><mj-section><mj-column>{inside}</mj-column></mj-section></mj-body></mjml>"
    )
}

fn render(source: &str) -> String {
    assert_eq!(findings(source), Vec::<String>::new(), "{source}");
    let prepared = prepare(source, Format::Mjml, &PlaceMap::file(FileId(0))).unwrap();
    Renderer::new()
        .render(&prepared.liquid, &values(), &context())
        .unwrap_or_else(|error| panic!("{error}\n{}", prepared.liquid))
        .text
}

#[test]
fn a_whole_mail_becomes_html() {
    let html = render(
        r##"<mjml lang="en">
  <mj-head>
    <mj-title>Hello {{ name }}</mj-title>
    <mj-preview>For {{ name }}</mj-preview>
    <mj-attributes>
      <mj-all font-family="Helvetica" />
      <mj-text color="#333333" />
      <mj-class name="big" font-size="20px" />
    </mj-attributes>
    <mj-style>.red { color: red }</mj-style>
  </mj-head>
  <mj-body background-color="#ffffff">
    <!-- a comment -->
    <mj-section css-class="top">
      <mj-column>
        <mj-text mj-class="big"><p>Hello <b>{{ name }}</b>,<br>thank you &amp; welcome</p></mj-text>
        {% if vip %}
        <mj-text>Very important</mj-text>
        {% else %}
        <mj-text>Important</mj-text>
        {% endif %}
        {% for tag in tags %}<mj-text>tag {{ tag }}</mj-text>{% endfor %}
        <mj-button href="{{ url | link: 'more' }}" background-color="{% if vip %}#ff0000{% else %}#00ff00{% endif %}">More</mj-button>
        <mj-image src="https://example.org/{{ name | url_encode }}.png" alt="{{ name }}" width="100px" />
        <mj-divider border-width="1px" />
        <mj-spacer height="20px" />
        <mj-table><tr><td>{{ name }}</td></tr></mj-table>
        <mj-social mode="horizontal"><mj-social-element name="facebook" href="https://example.org/f">F</mj-social-element></mj-social>
        <mj-raw><div>{{ name }}</div></mj-raw>
        <mj-text>{{ unsubscribe }} {{ sender_address }} {% raw %}{{ raw }}{% endraw %}{% comment %}gone{% endcomment %}</mj-text>
      </mj-column>
    </mj-section>
    {% if vip %}<mj-section><mj-column width="50%"><mj-text>Section</mj-text></mj-column></mj-section>{% endif %}
  </mj-body>
</mjml>"##,
    );
    for part in [
        "<title>Hello Zoé &amp; &lt;Ana&gt;</title>",
        "<b>Zoé &amp; &lt;Ana&gt;</b>",
        "thank you &amp; welcome",
        "Very important",
        "tag one",
        "tag two",
        "href=\"https://example.org/?a=1&amp;b=2\"",
        "#ff0000",
        "https://example.org/Zo%C3%A9%20%26%20%3CAna%3E.png",
        "alt=\"Zoé &amp; &lt;Ana&gt;\"",
        "<td>Zoé &amp; &lt;Ana&gt;</td>",
        "<div>Zoé",
        "https://example.org/u",
        "{{ raw }}",
        "Section",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
    for part in [
        "#00ff00",
        "jalonliquid",
        ">Important",
        "gone",
        "fonts.googleapis",
        "mj-",
        "{%",
    ] {
        let found = html
            .replace("mj-column-per", "")
            .replace("mj-full-width", "")
            .replace("mj-outlook", "");
        assert!(!found.contains(part), "{part} is in\n{found}");
    }
}

#[test]
fn every_element_is_known_to_the_converter() {
    for inside in [
        "<mj-text>a</mj-text>",
        "<mj-button href=\"https://a.org\">a</mj-button>",
        "<mj-image src=\"https://a.org/a.png\" />",
        "<mj-divider />",
        "<mj-spacer />",
        "<mj-table><tr><td>marker</td></tr></mj-table>",
        "<mj-navbar><mj-navbar-link href=\"/a\">a</mj-navbar-link></mj-navbar>",
        "<mj-social><mj-social-element name=\"facebook\" href=\"https://a.org\">a</mj-social-element></mj-social>",
        "<mj-accordion><mj-accordion-element><mj-accordion-title>a</mj-accordion-title><mj-accordion-text>b</mj-accordion-text></mj-accordion-element></mj-accordion>",
        "<mj-carousel><mj-carousel-image src=\"https://a.org/a.png\" /></mj-carousel>",
        "<mj-raw><p>a</p></mj-raw>",
    ] {
        assert!(render(&column(inside)).contains("<html"), "{inside}");
    }
    for body in [
        "<mj-wrapper><mj-section><mj-group><mj-column><mj-text>a</mj-text></mj-column></mj-group></mj-section></mj-wrapper>",
        "<mj-hero><mj-text>a</mj-text></mj-hero>",
        "<mj-raw>a</mj-raw>",
    ] {
        assert!(
            render(&format!("<mjml><mj-body>{body}</mj-body></mjml>")).contains('a'),
            "{body}"
        );
    }
}

#[test]
fn liquid_may_stand_between_the_elements_of_every_container() {
    for (open, inside, close) in [
        (
            "<mj-wrapper>",
            "<mj-section><mj-column><mj-text>shown</mj-text></mj-column></mj-section>",
            "</mj-wrapper>",
        ),
        (
            "<mj-section>",
            "<mj-column><mj-text>shown</mj-text></mj-column>",
            "</mj-section>",
        ),
        (
            "<mj-section><mj-group>",
            "<mj-column><mj-text>shown</mj-text></mj-column>",
            "</mj-group></mj-section>",
        ),
        (
            "<mj-section><mj-column>",
            "<mj-text>shown</mj-text>",
            "</mj-column></mj-section>",
        ),
        ("<mj-hero>", "<mj-text>shown</mj-text>", "</mj-hero>"),
    ] {
        for (condition, expected) in [("vip", true), ("vip == false", false)] {
            let html = render(&format!(
                "<mjml><mj-body>{open}{{% if {condition} %}}{inside}{{% endif %}}{close}</mj-body></mjml>"
            ));
            assert_eq!(
                html.contains("shown"),
                expected,
                "{open} {condition}\n{html}"
            );
        }
    }
}

#[test]
fn a_sign_in_a_text_stays_as_it_is_written() {
    let html = render(
        "<mjml><mj-head><mj-style>/* l\u{2019}été > */ .a > .b { color: red }</mj-style></mj-head><mj-body>\
         <mj-section><mj-column><mj-text><p>été > 3 €> {{ name }}> ]]> {% if vip %}a > b{% endif %}</p></mj-text>\
         </mj-column></mj-section></mj-body></mjml>",
    );
    assert!(html.contains(".a > .b { color: red }"), "{html}");
    assert!(
        html.contains("<p>été > 3 €> Zoé &amp; &lt;Ana&gt;> ]]> "),
        "{html}"
    );
}

#[test]
fn mistakes_are_said_with_their_place() {
    let cases = [
        column("<mj-txt>a</mj-txt>"),
        column("<mj-txt>a</mj-text>"),
        column("<mj-text>a</mj-txt>"),
        column("<mj-text colr=\"red\">a</mj-text>"),
        column("<mj-text><p>a</mj-text>"),
        column("<mj-text>a"),
        column("</mj-section>"),
        column("text"),
        column("{{ name }}"),
        column("<p>a</p>"),
        column("<mj-text color=red>a</mj-text>"),
        column("<mj-text color>a</mj-text>"),
        column("<mj-text color=\"a\" color=\"b\">a</mj-text>"),
        column("<mj-text {% if vip %}color=\"a\"{% endif %}>a</mj-text>"),
        column("<mj-image width=\"{{ name }}px\" />"),
        column("<mj-include path=\"a.mjml\" />"),
        column("<mj-text>{% if vip %}<b>{% endif %}a</b></mj-text>"),
        column("{% if vip %}<mj-text>a{% endif %}</mj-text>"),
        column("<mj-text>1 < 2</mj-text>"),
        column("<mj-text>a\u{2}b</mj-text>"),
        column("<mj-text><mj-button>a</mj-button></mj-text>"),
        column("<mj-text>{{ nam }}</mj-text>"),
        column("<mj-button href=\"http://a.org\">a</mj-button>"),
        column("<!-- a"),
        column("<mj-text color=\"a>b</mj-text>"),
        "<mjml><mj-body><mj-text>a</mj-text></mj-body></mjml>".to_owned(),
        "<mjml><mj-head>{% if vip %}{% endif %}</mj-head></mjml>".to_owned(),
        "<mj-body></mj-body>".to_owned(),
        "<html></html>".to_owned(),
        "Hello".to_owned(),
        String::new(),
        "<mjml></mjml><mjml></mjml>".to_owned(),
    ];
    let mut all = String::new();
    for case in &cases {
        let inner = case
            .strip_prefix("<mjml><mj-body><mj-section><mj-column>")
            .and_then(|rest| rest.strip_suffix("</mj-column></mj-section></mj-body></mjml>"))
            .unwrap_or(case);
        all.push_str(&format!("{inner}\n"));
        let found = findings(case);
        assert!(!found.is_empty(), "{case}");
        for line in found {
            all.push_str(&format!("    {line}\n"));
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn depth_is_bounded() {
    let deep = |n: usize| {
        column(&format!(
            "<mj-text>{}a{}</mj-text>",
            "<b>".repeat(n),
            "</b>".repeat(n)
        ))
    };
    assert!(findings(&deep(59)).is_empty());
    let found = findings(&deep(60));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("oversized-template"));
    assert_eq!(findings(&deep(40_000)).len(), 1);
    assert!(mjml_to_html(&deep(59), &PlaceMap::file(FileId(0))).is_ok());
}

#[test]
fn long_texts_take_linear_time() {
    let start = std::time::Instant::now();
    for piece in [
        "<b>",
        "</b>",
        "<mj-text ",
        "<!--",
        "a=\"",
        "<a b='c' ",
        "{% if vip %}<b>",
        "<br>",
        "<",
    ] {
        let text = column(&format!("<mj-text>{}", piece.repeat(250_000 / piece.len())));
        let _ = findings(&text);
    }
    // Some seconds where nothing else runs; what takes the square of its length takes hours.
    assert!(start.elapsed().as_secs() < 240, "{:?}", start.elapsed());
}
