//! What is said about mistakes in `jalon.toml`, and where.

use super::*;

fn findings(text: &str) -> Vec<String> {
    let (_, diagnostics) = parse(FileId(0), text);
    let mut found = diagnostics.into_vec();
    found.sort_by_key(|finding| finding.primary.place);
    found
        .iter()
        .map(|d| {
            let place = d.primary.place.span.text(text);
            format!(
                "{} at {place:?}: {}; {}",
                d.code.name,
                d.message,
                d.help.clone().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn a_complete_file_is_read() {
    let text = r#"
[project]
name = "fondation-espoir"
sender_address = "1 rue Espoir"
unsubscribe_url = "https://example.org/u"
sources = ["schema", "journeys"]
templates = "templates"
late_rows = "2 hours"

[targets.klaviyo]
bindings = "targets/klaviyo.toml"
"#;
    let (manifest, diagnostics) = parse(FileId(0), text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(manifest.name, "fondation-espoir");
    assert_eq!(manifest.late_rows, 7200);
    let sources: Vec<_> = manifest.sources.iter().map(|s| s.value.as_str()).collect();
    assert_eq!(sources, ["schema", "journeys"]);
    let place = manifest.templates.unwrap().place;
    assert_eq!(place.span.text(text), "\"templates\"");
    assert_eq!(
        manifest.targets["klaviyo"].bindings.as_ref().unwrap().value,
        "targets/klaviyo.toml"
    );
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    let text = r#"
[project]
name = 3
sender_adress = "x"
unsubscribe_url = "example.org"
sources = "schema"
late_rows = "1 month"
"#;
    assert_eq!(
        findings(text),
        [
            "wrong-setting at \"3\": `name` must be a text, not a number; write `name = \"...\"`",
            "unknown-setting at \"sender_adress\": `[project]` has no key called `sender_adress`; did you mean `sender_address`?",
            "wrong-setting at \"\\\"example.org\\\"\": `unsubscribe_url` is `example.org`, which is not a web address; write the full address of the page, starting with `https://`",
            "wrong-setting at \"\\\"schema\\\"\": `sources` must be a list of texts, not `schema`; write `sources = [\"...\", \"...\"]`",
            "wrong-duration at \"\\\"1 month\\\"\": `late_rows` is `1 month`, but months and years have no fixed length; write a number and a unit, like \"1 hour\", \"30 minutes\" or \"2 days\"",
        ]
    );
}

#[test]
fn levels_are_checked_against_the_registry() {
    let text = "[project]\nname = \"p\"\n[lints]\nunused-alow = \"allow\"\nwrong-setting = \"warn\"\nunused-allow = \"deny\"\n";
    assert_eq!(
        findings(text),
        [
            "unknown-code at \"unused-alow\": there is no diagnostic called `unused-alow`; did you mean `unused-allow`?",
            "lowered-error at \"wrong-setting\": `wrong-setting` is always an error; remove this line; `jalon explain wrong-setting` says what to write instead",
            "wrong-setting at \"\\\"deny\\\"\": `unused-allow` must be a level, not `deny`; write \"allow\", \"note\", \"warn\" or \"error\"",
        ]
    );
}

#[test]
fn a_project_needs_a_name_and_toml_needs_to_be_toml() {
    assert_eq!(findings("").len(), 1);
    assert!(findings("[project]\n")[0].starts_with("nameless-project"));
    let broken = findings("[project]\nname = jalon\n");
    assert!(broken[0].starts_with("invalid-toml"), "{broken:?}");
    assert!(
        broken.iter().all(|f| f.starts_with("invalid-toml")),
        "{broken:?}"
    );
}
