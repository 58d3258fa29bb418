//! What a page of many findings looks like, and how long it gets.

use super::*;
use crate::diag::Diagnostic;
use crate::diag::codes::config as codes;
use crate::diag::render::Root;
use crate::source::{Sources, Span};

fn page(sources: &Sources, findings: &[Finding], hidden: usize) -> String {
    let report = Report {
        findings,
        hidden,
        sources,
        files: &[],
        root: &Root::new("/repo", "/repo"),
        deny_warnings: false,
        exit_code: 0,
    };
    let links = Links {
        home: Some("https://example.org/jalon"),
        files: Some("https://example.org/shop/blob/0a1b/"),
    };
    markdown(&report, links)
}

fn at(level: Level, place: crate::source::Place, message: &str) -> Finding {
    let diagnostic = Diagnostic::new(&codes::UNUSED_ALLOW, place, message).help("look\nat `a | b`");
    Finding { level, diagnostic }
}

#[test]
fn a_table_for_each_file_and_notes_folded_away() {
    let mut sources = Sources::default();
    let _manifest = sources.add("shop/jalon.toml", "");
    let one = sources.add("shop/été 1.jalon", "a\nb\n");
    let two = sources.add("/elsewhere/b|c.jalon", "b\n");
    let findings = [
        at(Level::Error, Span::at(0).in_file(one), "about `x`"),
        at(Level::Note, Span::at(0).in_file(one), "by the way"),
        at(Level::Warn, Span::at(2).in_file(one), "*not* <b>bold</b>"),
        at(Level::Warn, Span::at(0).in_file(two), "m"),
    ];
    insta::assert_snapshot!(page(&sources, &findings, 0));
    assert_eq!(page(&sources, &[], 0), "### Jalon: no problems in `shop`\n");
}

#[test]
fn what_a_comment_cannot_hold_is_left_out_and_counted() {
    let mut sources = Sources::default();
    let files: Vec<_> = (0..700)
        .map(|number| sources.add(format!("a/{number}.jalon"), "a\n"))
        .collect();
    let each = |file: &FileId| {
        let place = Span::at(0).in_file(*file);
        let warning = at(Level::Warn, place, &"é".repeat(200));
        [warning, at(Level::Error, place, "an error")]
    };
    let findings: Vec<Finding> = files.iter().flat_map(each).collect();
    let text = page(&sources, &findings, 5);
    assert!(text.starts_with("### Jalon: 700 errors, 700 warnings and more in `a`\n"));
    assert!(
        text.len() <= MOST && text.len() > MOST - FRAME,
        "{}",
        text.len()
    );
    let rows = text.matches("\n| [1](").count();
    assert!(!text.contains("| warning |"), "errors come first");
    let left_out = format!("\n**{} findings left out here**;", 1_400 - rows + 5);
    assert!(text.contains(&left_out), "{text}");
}

#[test]
fn one_endless_message_does_not_fill_the_page() {
    let mut sources = Sources::default();
    let file = sources.add("jalon.toml", "a\n");
    let findings = [at(
        Level::Error,
        Span::at(0).in_file(file),
        &"|".repeat(500_000),
    )];
    let text = page(&sources, &findings, 0);
    assert!(text.contains("**error**") && text.len() < 10_000);
}
