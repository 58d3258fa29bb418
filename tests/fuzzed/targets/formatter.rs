//! A text and its layout.

use jalon::diag::Level;
use jalon::format::{FormatError, format};
use jalon::source::FileId;
use jalon::syntax::{decode, parse};

use super::{findings, trees};

/// Lays a text out: nothing is lost, nothing means something else, nothing is left to do.
pub fn run(bytes: &[u8]) {
    let (text, _) = decode(FileId(0), bytes);
    match format(&text) {
        Ok(once) => {
            assert_eq!(meaning(&text), meaning(&once), "{once}");
            assert_eq!(format(&once).unwrap(), once);
            assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"));
            // A layout chooses white space, closing commas, and `day` or `days`.
            let kept = |text: &str| -> String {
                let free = |c: &char| c.is_whitespace() || matches!(c, ',' | 's');
                text.chars().filter(|c| !free(c)).collect()
            };
            assert_eq!(kept(text.trim_start_matches('\u{feff}')), kept(&once));
        }
        Err(FormatError::Syntax(wrong)) => {
            assert!(wrong.has_errors());
            findings::in_text(&wrong, &text);
        }
        Err(FormatError::Unfaithful(defect)) => panic!("{}: {text:?}", defect.message),
    }
}

/// What a text without syntax errors says: its tree without places, and its comments.
pub fn meaning(text: &str) -> (String, Vec<String>) {
    let text = text.replace("\r\n", "\n");
    let parsed = parse(FileId(0), &text);
    let wrong = |level| level == Level::Error;
    assert!(
        !parsed
            .diagnostics
            .iter()
            .any(|found| wrong(found.code.level))
    );
    let comments = parsed.ast.comments.iter();
    let comments = comments.map(|comment| comment.span.text(&text).trim_end().to_owned());
    (trees::without_places(&parsed.ast.decls), comments.collect())
}
