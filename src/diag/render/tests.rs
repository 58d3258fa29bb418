//! How findings look.

use super::*;
use crate::diag::codes::config as codes;
use crate::diag::{Finding, Level};
use crate::source::{FileId, Sources, Span};

fn plain(unicode: bool) -> Style {
    Style {
        color: false,
        unicode,
        width: 80,
    }
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).expect("the part stands in the text");
    Span::new(start as u32, (start + part.len()) as u32)
}

fn finding(diagnostic: Diagnostic) -> Finding {
    Finding {
        level: diagnostic.code.level,
        diagnostic,
    }
}

#[test]
fn labels_in_two_files_are_two_snippets() {
    let mut sources = Sources::default();
    let first = "profile Member {\n  id: text @key\n}\n";
    let second = "journey a for member: Membre {\n}\n";
    let schema = sources.add("schema.jalon", first);
    let journey = sources.add("journeys/a.jalon", second);
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_SETTING,
        span(second, "Membre").in_file(journey),
        "there is no profile called `Membre`",
    )
    .label("not declared")
    .other(
        span(first, "Member").in_file(schema),
        "a profile with a similar name",
    )
    .help("did you mean `Member`?");
    let text = Human::new(&sources, plain(true)).render(&finding(diagnostic.clone()));
    insta::assert_snapshot!(text.unwrap());
    let text = Human::new(&sources, plain(false)).render(&finding(diagnostic));
    insta::assert_snapshot!(text.unwrap());
}

#[test]
fn hostile_texts_cannot_drive_the_terminal() {
    let mut sources = Sources::default();
    let text = "a \u{1b}[2J \u{202e}evil\u{85} here\n";
    let file = sources.add("x.jalon", text);
    let diagnostic = Diagnostic::new(
        &codes::UNKNOWN_SETTING,
        span(text, "here").in_file(file),
        "about `\u{1b}[31m`",
    );
    let human = Human::new(&sources, plain(true))
        .render(&finding(diagnostic.clone()))
        .unwrap();
    assert!(!human.contains(['\u{1b}', '\u{202e}', '\u{85}']), "{human}");
    let line = concise(&finding(diagnostic), &sources);
    assert_eq!(
        line,
        "x.jalon:1:15: error[G002 unknown-setting]: about `?[31m`\n"
    );
}

#[test]
fn any_place_can_be_shown() {
    let texts = [
        "",
        "\n",
        "a",
        "a\r\n\r\nb\r\n",
        "é\tè\n\n\n",
        &"wide ".repeat(400),
        &"x\n".repeat(60),
    ];
    for text in texts {
        let mut sources = Sources::default();
        let file = sources.add("x.jalon", text);
        let step = text.len() / 40 + 1;
        let ends: Vec<u32> = (0..=text.len())
            .step_by(step)
            .filter(|at| text.is_char_boundary(*at))
            .map(|at| at as u32)
            .collect();
        for (start, end) in ends
            .iter()
            .flat_map(|start| ends.iter().map(move |end| (*start, *end)))
        {
            if start > end {
                continue;
            }
            let place = Span::new(start, end).in_file(file);
            let other = Span::at(end).in_file(file);
            let diagnostic = Diagnostic::new(&codes::UNUSED_ALLOW, place, "x")
                .label("here")
                .other(other, "there");
            let shown = Human::new(&sources, plain(true))
                .render(&finding(diagnostic))
                .unwrap();
            assert!(
                shown.contains("x.jalon:"),
                "{start}..{end} of {text:?}: {shown}"
            );
            assert!(
                !shown.contains("Failed"),
                "{start}..{end} of {text:?}: {shown}"
            );
        }
    }
}

#[test]
fn a_thousand_findings_in_a_large_file_are_quick() {
    let line = "set member.points = member.points + 1 // and so on, and so on, and so on\n";
    let text = line.repeat(200_000);
    let mut sources = Sources::default();
    let file = sources.add("big.jalon", text.as_str());
    let mut human = Human::new(&sources, plain(true));
    let mut shown = 0;
    for at in (0..200_000_u32).step_by(200) {
        let start = at * line.len() as u32 + 4;
        let place = Span::new(start, start + 13).in_file(file);
        shown += human
            .render(&finding(Diagnostic::new(&codes::UNUSED_ALLOW, place, "x")))
            .unwrap()
            .len();
    }
    // Reading 15 MB for each of 1,000 findings would take minutes, and the test would be killed.
    assert!(shown > 100_000);
}

#[test]
fn json_fits_its_schema() {
    let mut sources = Sources::default();
    let file = sources.add("a/é.jalon", "é = 1\nb");
    let diagnostic = Diagnostic::new(&codes::UNUSED_ALLOW, Span::new(3, 8).in_file(file), "m")
        .help("h")
        .other(Span::at(0).in_file(FileId(9)), "foreign");
    let findings = [Finding {
        level: Level::Note,
        diagnostic,
    }];
    let text = json(&findings, &sources).unwrap();
    insta::assert_snapshot!(text);
    let schema = serde_json::from_str(&schema().unwrap()).unwrap();
    let instance = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::is_valid(&schema, &instance));
}
