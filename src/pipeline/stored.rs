//! Findings as the cache keeps them: lists without names, to be short.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Edit, Finding, Fix, Label, Level, Safety, codes};
use crate::source::{FileId, Span};

/// A place and a text: file, start, end, text.
#[derive(Serialize, Deserialize)]
struct At(u32, u32, u32, String);

/// A fix: title, whether it is safe, edits.
#[derive(Serialize, Deserialize)]
struct StoredFix(String, bool, Vec<At>);

/// A finding: level, code, message, main place, other places, help, fix.
#[derive(Serialize, Deserialize)]
struct StoredFinding(
    u8,
    String,
    String,
    At,
    Vec<At>,
    Option<String>,
    Option<StoredFix>,
);

/// What a check found, and the names of the templates that it looked for.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    templates: Vec<String>,
    findings: Vec<StoredFinding>,
}

impl Stored {
    /// The form that is kept.
    pub(super) fn of(templates: Vec<String>, findings: &[Finding]) -> Self {
        Self {
            templates,
            findings: findings.iter().map(store).collect(),
        }
    }

    /// The names of the templates, in order.
    pub(super) fn templates(&self) -> &[String] {
        &self.templates
    }

    /// The findings; `None` if a code or level is unknown.
    pub(super) fn findings(self) -> Option<Vec<Finding>> {
        let codes: FxHashMap<&str, &'static Code> =
            codes::all().map(|code| (code.id, code)).collect();
        let findings = self.findings.into_iter();
        findings.map(|stored| restore(stored, &codes)).collect()
    }
}

fn at(Label { place, text }: &Label) -> At {
    At(place.file.0, place.span.start, place.span.end, text.clone())
}

fn label(At(file, start, end, text): At) -> Label {
    Label {
        place: Span::new(start, end).in_file(FileId(file)),
        text,
    }
}

fn store(finding: &Finding) -> StoredFinding {
    // Every field by name: one that is added must be kept too.
    let Finding { level, diagnostic } = finding;
    let Diagnostic {
        code,
        message,
        primary,
        others,
        help,
        fix,
    } = diagnostic;
    let level = match level {
        Level::Allow => 0,
        Level::Note => 1,
        Level::Warn => 2,
        Level::Error => 3,
    };
    let fix = fix.as_deref().map(|fix| {
        let Fix {
            title,
            safety,
            edits,
        } = fix;
        let edits = edits.iter().map(|Edit { place, text }| {
            at(&Label {
                place: *place,
                text: text.clone(),
            })
        });
        StoredFix(title.clone(), *safety == Safety::Safe, edits.collect())
    });
    StoredFinding(
        level,
        code.id.to_owned(),
        message.clone(),
        at(primary),
        others.iter().map(at).collect(),
        help.clone(),
        fix,
    )
}

fn restore(stored: StoredFinding, codes: &FxHashMap<&str, &'static Code>) -> Option<Finding> {
    let StoredFinding(level, code, message, primary, others, help, fix) = stored;
    let level = match level {
        0 => Level::Allow,
        1 => Level::Note,
        2 => Level::Warn,
        3 => Level::Error,
        _ => return None,
    };
    let fix = fix.map(|StoredFix(title, safe, edits)| {
        let edits = edits.into_iter().map(label);
        Box::new(Fix {
            title,
            safety: if safe { Safety::Safe } else { Safety::Unsafe },
            edits: edits
                .map(|Label { place, text }| Edit { place, text })
                .collect(),
        })
    });
    Some(Finding {
        level,
        diagnostic: Diagnostic {
            code: codes.get(code.as_str())?,
            message,
            primary: label(primary),
            others: others.into_iter().map(label).collect(),
            help,
            fix,
        },
    })
}
