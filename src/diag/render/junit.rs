//! Findings as a JUnit report, which GitLab, Jenkins, Azure DevOps and others show as tests.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::{Report, heading, level_word};
use crate::diag::{Finding, Level};
use crate::source::FileId;

/// A test suite for each file that was looked at, in which each finding is a test case.
///
/// What fails the run is a failure; what is only said (a warning without `--deny-warnings`, a note)
/// is skipped, with its text. A file without findings has one test case, which passed. There are no
/// times: the same project gives the same report, with a line feed at its end.
///
/// # Errors
/// None in practice: it is written into memory.
pub fn junit(report: &Report<'_>) -> Result<String, SerializeError> {
    let mut suites: BTreeMap<FileId, Vec<&Finding>> = report
        .files
        .iter()
        .map(|file| (*file, Vec::new()))
        .collect();
    for finding in report.findings {
        let file = finding.diagnostic.primary.place.file;
        suites.entry(file).or_default().push(finding);
    }
    let mut document = quick_junit::Report::new("jalon");
    document.add_test_suites(
        suites
            .iter()
            .map(|(file, findings)| suite(*file, findings, report)),
    );
    if report.hidden > 0 {
        let mut suite = TestSuite::new("more");
        let mut status = TestCaseStatus::skipped();
        let more = format!("{} more; `--max-diagnostics 0` prints all", report.hidden);
        status.set_message(more);
        suite.add_test_case(TestCase::new("not printed", status));
        document.add_test_suite(suite);
    }
    let mut text = document.to_string()?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

fn suite(file: FileId, findings: &[&Finding], report: &Report<'_>) -> TestSuite {
    let path = report.root.shown(report.sources.path(file));
    let mut suite = TestSuite::new(&path);
    if findings.is_empty() {
        let mut case = TestCase::new("no findings", TestCaseStatus::success());
        case.set_classname(&path);
        case.extra.insert("file".into(), path.as_str().into());
        suite.add_test_case(case);
    }
    suite.add_test_cases(findings.iter().map(|finding| case(&path, finding, report)));
    suite
}

fn case(path: &str, finding: &Finding, report: &Report<'_>) -> TestCase {
    let diagnostic = &finding.diagnostic;
    let at = report.sources.locate(diagnostic.primary.place);
    let fails = match finding.level {
        Level::Error => true,
        Level::Warn => report.deny_warnings,
        Level::Note | Level::Allow => false,
    };
    let mut status = if fails {
        TestCaseStatus::non_success(NonSuccessKind::Failure)
    } else {
        TestCaseStatus::skipped()
    };
    let heading = heading(finding.level, diagnostic);
    let mut text = format!(
        "{path}:{}:{}: {heading}: {}\n",
        at.line, at.column, diagnostic.message
    );
    for other in &diagnostic.others {
        let path = report.root.shown(report.sources.path(other.place.file));
        let line = report.sources.locate(other.place).line;
        text += &format!("{path}:{line}: {}\n", other.text);
    }
    if let Some(help) = &diagnostic.help {
        text += &format!("help: {help}\n");
    }
    status
        .set_type(level_word(finding.level))
        .set_message(&diagnostic.message)
        .set_description(text);
    let code = diagnostic.code;
    let name = format!("{} {} at {}:{}", code.id, code.name, at.line, at.column);
    let mut case = TestCase::new(name, status);
    case.set_classname(path);
    case.extra.insert("file".into(), path.into());
    case.extra.insert("line".into(), at.line.to_string().into());
    case
}
