//! What a project on the disk does not show: fixes, and more findings than GitHub takes.

use serde_json::Value;

use super::*;
use crate::diag::Diagnostic;
use crate::diag::codes::config as codes;
use crate::diag::render::Root;
use crate::source::{Sources, Span};

/// The log of these diagnostics, and how many were left out.
fn log(sources: &Sources, diagnostics: Vec<Diagnostic>) -> (Value, usize) {
    let findings: Vec<Finding> = diagnostics
        .into_iter()
        .map(|diagnostic| Finding {
            level: diagnostic.code.level,
            diagnostic,
        })
        .collect();
    let report = Report {
        findings: &findings,
        hidden: 0,
        sources,
        files: &[],
        root: &Root::new("/repo", "/repo"),
        deny_warnings: false,
        exit_code: 0,
    };
    let (text, left_out) = sarif(&report, Some("https://example.org/jalon")).unwrap();
    (serde_json::from_str(&text).unwrap(), left_out)
}

#[test]
fn a_fix_becomes_replacements_by_file() {
    let mut sources = Sources::default();
    let one = sources.add("a.jalon", "é🎁 = 1\n");
    let two = sources.add("b.jalon", "b\n");
    // `=` stands after a character of one unit, one of two, and a space.
    let sign = Span::new(7, 8).in_file(one);
    let fix = Fix::chosen("write `==`", sign, "==").and(Span::at(0).in_file(two), "// ");
    let diagnostic = Diagnostic::new(&codes::UNUSED_ALLOW, sign, "m").fix(fix);
    let (log, _) = log(&sources, vec![diagnostic]);
    let fix = &log["runs"][0]["results"][0]["fixes"][0];
    assert_eq!(fix["description"]["text"], "write `==`");
    assert_eq!(fix["properties"]["safety"], "unsafe");
    let changes = fix["artifactChanges"].as_array().unwrap();
    assert_eq!(changes.len(), 2);
    let replacement = &changes[0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], "==");
    assert_eq!(replacement["deletedRegion"]["startColumn"], 5);
    assert_eq!(replacement["deletedRegion"]["endColumn"], 6);
    assert_eq!(changes[1]["artifactLocation"]["uri"], "b.jalon");
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
    let page = "/docs/codes/unused-allow.md";
    assert!(rule["helpUri"].as_str().unwrap().ends_with(page));
}

#[test]
fn more_than_github_takes_is_cut_and_said() {
    let mut sources = Sources::default();
    let file = sources.add("a.jalon", "x\n");
    let place = Span::at(0).in_file(file);
    let warning = || Diagnostic::new(&codes::UNUSED_ALLOW, place, "w");
    let mut diagnostics: Vec<Diagnostic> = (0..MOST_RESULTS + 9).map(|_| warning()).collect();
    diagnostics.push(Diagnostic::new(&codes::UNKNOWN_SETTING, place, "e"));
    let (log, left_out) = log(&sources, diagnostics);
    assert_eq!(left_out, 10);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), MOST_RESULTS);
    // The one error comes last and stays.
    assert_eq!(results.last().unwrap()["level"], "error");
    let note = &run["invocations"][0]["toolExecutionNotifications"][0];
    let text = note["message"]["text"].as_str().unwrap();
    assert!(text.starts_with("10 findings left out:"), "{text}");
}
