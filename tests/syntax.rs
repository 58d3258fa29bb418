//! The parser on whole files: what it reports, and what survives.
//!
//! Each `tests/syntax/*.jalon` ends with `// expect` and, as comments, its findings and its
//! declarations. `UPDATE=1 cargo test --test syntax` writes them anew: read the difference.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it must be"
)]

use jalon::source::FileId;
use jalon::syntax::ast::{Block, Decl, DeclKind, Step, StepKind};
use jalon::syntax::parse;
use std::fmt::Write as _;
use std::path::Path;

const MARK: &str = "// expect\n";

#[test]
fn files() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir("tests/syntax")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "jalon"))
        .collect();
    paths.sort();
    assert!(paths.len() > 5);
    for path in paths {
        let whole = std::fs::read_to_string(&path).unwrap();
        let text = whole.split(MARK).next().unwrap();
        let actual = format!("{text}{MARK}{}", describe(text));
        if update {
            std::fs::write(&path, actual).unwrap();
        } else if actual != whole {
            wrong.push((path, describe(text)));
        }
    }
    for (path, actual) in &wrong {
        println!("{}:\n{actual}", path.display());
    }
    assert!(wrong.is_empty(), "{} files differ", wrong.len());
}

#[test]
fn valid_files_have_no_findings() {
    for name in ["page", "everything"] {
        let path = Path::new("tests/syntax").join(name).with_extension("jalon");
        let text = std::fs::read_to_string(path).unwrap();
        let parsed = parse(FileId(0), &text);
        assert!(parsed.diagnostics.is_empty());
        assert!(parsed.ast.decls.iter().all(|decl| !decl.broken));
    }
}

#[test]
fn documentation_is_attached() {
    let text =
        "/// One.\n///  Two.\n@ordered // x\nenum A { b }\n\n/// Far.\n// near\nenum C { d }";
    let parsed = parse(FileId(0), text);
    let docs: Vec<_> = parsed.ast.decls.iter().map(|d| d.doc.as_deref()).collect();
    assert_eq!(docs, [Some("One.\n Two."), None]);
    assert_eq!(parsed.ast.comments.len(), 5);
}

#[test]
fn line_ends_and_tabs_change_nothing() {
    let text = std::fs::read_to_string("tests/syntax/everything.jalon").unwrap();
    let names = |text: &str| {
        let parsed = parse(FileId(0), text);
        assert!(parsed.diagnostics.is_empty());
        parsed.ast.decls.iter().map(summary).collect::<Vec<_>>()
    };
    let plain = names(&text);
    assert_eq!(plain, names(&text.replace('\n', "\r\n")));
    assert_eq!(plain, names(&text.replace("  ", "\t")));
}

fn describe(text: &str) -> String {
    let parsed = parse(FileId(0), text);
    let mut out = String::new();
    for found in parsed.diagnostics.iter() {
        let place = |at: u32| {
            let before = &text[..at as usize];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            format!("{line}:{column}")
        };
        let span = found.primary.place.span;
        let (at, code) = (place(span.start), found.code.name);
        writeln!(
            out,
            "// {at} {code}: {} {:?}",
            found.message,
            span.text(text)
        )
        .unwrap();
        for other in &found.others {
            writeln!(
                out,
                "//     {} {}",
                place(other.place.span.start),
                other.text
            )
            .unwrap();
        }
        if let Some(help) = &found.help {
            writeln!(out, "//     help: {help}").unwrap();
        }
    }
    for decl in &parsed.ast.decls {
        writeln!(out, "// - {}", summary(decl)).unwrap();
    }
    out
}

/// A declaration in a few words: enough to see what survived.
fn summary(decl: &Decl) -> String {
    let fields = |fields: &[jalon::syntax::ast::Field]| {
        let names: Vec<_> = fields.iter().map(|f| f.name.as_str()).collect();
        names.join(" ")
    };
    let mut out = match &decl.kind {
        DeclKind::Enum(d) => {
            let names: Vec<_> = d.variants.iter().map(|v| v.as_str()).collect();
            format!("enum {}: {}", d.name.text, names.join(" "))
        }
        DeclKind::Profile(d) => format!("profile {}: {}", d.name.text, fields(&d.fields)),
        DeclKind::Table(d) => format!("table {}: {}", d.name.text, fields(&d.fields)),
        DeclKind::Event(d) => format!("event {}: {}", d.name.text, fields(&d.fields)),
        DeclKind::Channel(d) => format!("channel {}: {} clauses", d.name.text, d.clauses.len()),
        DeclKind::Purpose(d) => format!("purpose {}: {}", d.name.text, d.kind.text),
        DeclKind::Consent(d) => format!("consent {}: {} rules", d.name.text, d.rules.len()),
        DeclKind::Segment(d) => format!("segment {}", d.name.text),
        DeclKind::Measure(d) => format!("measure {}", d.name.text),
        DeclKind::Message(d) => format!("message {}: {} clauses", d.name.text, d.clauses.len()),
        DeclKind::Action(d) => format!("action {}: {} clauses", d.name.text, d.clauses.len()),
        DeclKind::Audience(d) => format!("audience {}", d.name.text),
        DeclKind::Calendar(d) => format!("calendar {}: {} clauses", d.name.text, d.clauses.len()),
        DeclKind::Setting(d) => format!("setting {}", d.name.text),
        DeclKind::Holdout(d) => format!("holdout {}", d.name.text),
        DeclKind::Journey(d) => format!(
            "journey {}: {} clauses; {}",
            d.name.text,
            d.clauses.len(),
            steps(&d.steps)
        ),
        DeclKind::Promise(d) => format!("promise {:?}: {} claims", d.title.value, d.claims.len()),
        DeclKind::Test(d) => {
            format!(
                "test {:?}: {} statements",
                d.title.value,
                d.statements.len()
            )
        }
    };
    if decl.broken {
        out.push_str(" (broken)");
    }
    out
}

fn steps(steps: &[Step]) -> String {
    let words: Vec<_> = steps
        .iter()
        .map(|step| {
            let label = step
                .label
                .as_ref()
                .map_or(String::new(), |l| format!("{}:", l.text));
            format!("{label}{}", step_summary(&step.kind))
        })
        .collect();
    words.join(" ")
}

fn step_summary(kind: &StepKind) -> String {
    let block = |block: &Block| format!("{{{}}}", steps(&block.steps));
    match kind {
        StepKind::Send(send) => {
            let refused = send.refused.as_ref().map_or(String::new(), block);
            format!("send/{}{refused}", send.message.text)
        }
        StepKind::Wait(_) => "wait".to_owned(),
        StepKind::If(step) => {
            let branches: String = step.branches.iter().map(|(_, b)| block(b)).collect();
            format!(
                "if{branches}{}",
                step.otherwise.as_ref().map_or(String::new(), block)
            )
        }
        StepKind::Match(step) => {
            let arms: String = step.arms.iter().map(|arm| block(&arm.block)).collect();
            format!(
                "match{arms}{}",
                step.otherwise.as_ref().map_or(String::new(), block)
            )
        }
        StepKind::Split(step) => {
            let arms: String = step.arms.iter().map(|arm| block(&arm.block)).collect();
            format!("split{arms}")
        }
        StepKind::Repeat(step) => format!("repeat{}", block(&step.block)),
        StepKind::Set { .. } => "set".to_owned(),
        StepKind::Grant { .. } => "grant".to_owned(),
        StepKind::Withdraw { .. } => "withdraw".to_owned(),
        StepKind::AddTo(name) => format!("add/{}", name.text),
        StepKind::RemoveFrom(name) => format!("remove/{}", name.text),
        StepKind::Do(step) => format!("do/{}", step.action.text),
        StepKind::Start { journey, .. } => format!("start/{}", journey.text),
        StepKind::Exit(name) => {
            format!("exit/{}", name.as_ref().map_or("", |name| name.as_str()))
        }
    }
}
