//! Findings in every form that they are printed in, read back as those read them who get them.

use std::collections::BTreeSet;
use std::io::Cursor;

use jalon::diag::render::{
    Human, Links, Report, Root, Style, concise, github, gitlab, json, junit, markdown, printable,
    sarif,
};
use jalon::diag::{Finding, Level};
use jalon::source::{FileId, Sources};
use serde_json::{Value, json};

/// Prints what was found in every form: each finding is in it, at its place.
pub fn print(findings: &[Finding], sources: &Sources) {
    for_people(findings, sources);
    let document: Value = serde_json::from_str(&json(findings, sources).unwrap()).unwrap();
    let listed = document["findings"].as_array().unwrap();
    assert_eq!(listed.len(), findings.len());
    for (printed, finding) in listed.iter().zip(findings) {
        let place = finding.diagnostic.primary.place;
        let (from, to) = (place.span.start as usize, place.span.end as usize);
        let text = sources.text(place.file);
        assert_eq!(printed["code"], finding.diagnostic.code.id);
        assert_eq!(printed["primary"]["start"], position(text, from));
        assert_eq!(printed["primary"]["end"], position(text, to));
    }
    let root = Root::new("/a", "/a");
    let files: Vec<FileId> = sources.iter().map(|of| of.0).collect();
    let report = Report {
        findings,
        hidden: 0,
        sources,
        files: &files,
        root: &root,
        deny_warnings: false,
        exit_code: 1,
    };
    as_sarif(&report);
    as_annotations(&report);
    as_tests(&report);
    as_issues(&report);
    let summary = markdown(&report, Links::default());
    assert!(summary.len() <= 60_000 && printable(&summary) == summary);
}

/// For people: as wide as a choice of the texts says, with and without colours and drawn lines.
fn for_people(findings: &[Finding], sources: &Sources) {
    let choice: usize = sources.iter().map(|(_, file)| file.text.len()).sum();
    let style = Style {
        color: choice % 2 == 1,
        unicode: choice / 2 % 2 == 1,
        width: [1, 30, 80, 100, 250][choice / 4 % 5],
    };
    let mut human = Human::new(sources, style);
    for finding in findings {
        let id = finding.diagnostic.code.id;
        let text = human.render(finding).unwrap();
        assert!(text.contains(id));
        assert_eq!(
            without_colours(&text, style.color),
            text_only(&text),
            "{text:?}"
        );
        let line = concise(finding, sources);
        assert!(
            line.contains(id) && !line.trim_end().contains('\n') && printable(&line) == line,
            "{line:?}"
        );
    }
}

/// A text without the escapes that colour it, if it may have any.
fn without_colours(text: &str, may: bool) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        assert!(may, "a colour where none is wanted");
        plain += part.split_once('m').unwrap().1;
    }
    plain
}

/// The same, with everything left out that could do something to a terminal.
fn text_only(text: &str) -> String {
    printable(&without_colours(text, true)).into_owned()
}

/// A position as the published schema means it, counted from the start of the text.
fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.rsplit('\n').next().unwrap_or_default();
    json!({
        "offset": offset,
        "line": before.matches('\n').count() + 1,
        "column": line.chars().count() + 1,
    })
}

fn as_sarif(report: &Report<'_>) {
    let (log, left_out) = sarif(report, None).unwrap();
    let log: Value = serde_json::from_str(&log).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len() + left_out, report.findings.len());
    let mut prints = BTreeSet::new();
    for result in results {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        for location in result["locations"].as_array().unwrap() {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            let print = result["partialFingerprints"]["jalonFinding/v1"].to_string();
            assert!(prints.insert((uri, print)), "one print for two: {result}");
            assert!(
                !uri.contains(|c: char| c.is_whitespace() || c.is_control()),
                "{uri}"
            );
            let at = |line: &str, column: &str| {
                let read = |name: &str| place["region"][name].as_u64().unwrap();
                (read(line), read(column))
            };
            let (from, to) = (at("startLine", "startColumn"), at("endLine", "endColumn"));
            assert!(
                (1, 1) <= from && from <= to && from.1 > 0 && to.1 > 0,
                "{place}"
            );
        }
    }
}

fn as_annotations(report: &Report<'_>) {
    let annotations = github(report);
    assert_eq!(annotations.lines().count(), report.findings.len());
    for (line, finding) in annotations.lines().zip(report.findings) {
        let (word, rest) = line.split_once(" file=").unwrap();
        assert!(
            ["::error", "::warning", "::notice"].contains(&word),
            "{line}"
        );
        assert_eq!(word == "::error", finding.level == Level::Error);
        let (properties, message) = rest.split_once("::").unwrap();
        assert!(
            properties.contains(",line=") && !message.is_empty(),
            "{line}"
        );
        assert_eq!(printable(line), line);
    }
}

fn as_tests(report: &Report<'_>) {
    let document = junit(report).unwrap();
    let read = junit_parser::from_reader(Cursor::new(document)).unwrap();
    let at = |finding: &Finding| finding.diagnostic.primary.place.file;
    let found: BTreeSet<FileId> = report.findings.iter().map(at).collect();
    let clean = report.files.iter().filter(|file| !found.contains(file));
    let cases = read.suites.iter().map(|suite| suite.cases.len());
    assert_eq!(cases.sum::<usize>(), report.findings.len() + clean.count());
    let failed = report.findings.iter().filter(|it| it.level == Level::Error);
    assert_eq!(read.failures as usize, failed.count());
}

fn as_issues(report: &Report<'_>) {
    let issues: Vec<Value> = serde_json::from_str(&gitlab(report).unwrap()).unwrap();
    assert_eq!(issues.len(), report.findings.len());
    let mut prints = BTreeSet::new();
    for issue in &issues {
        let print = issue["fingerprint"].to_string();
        assert!(prints.insert(print), "one print for two: {issue}");
        let line = |name: &str| issue["location"]["lines"][name].as_u64().unwrap();
        assert!((1..=line("end")).contains(&line("begin")), "{issue}");
        assert!(
            !issue["description"]
                .as_str()
                .unwrap()
                .contains(['\n', '\r'])
        );
    }
}
