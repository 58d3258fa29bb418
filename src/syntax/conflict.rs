//! The marks that git leaves where two versions of the same lines met.

use crate::diag::Diagnostic;
use crate::diag::codes::syntax::UNEXPECTED;
use crate::source::{FileId, Span};

/// The text as it would be with the first version of each conflict, byte for byte as long, and a
/// finding for each; nothing if there is no conflict.
pub(super) fn settled(file: FileId, text: &str) -> Option<(String, Vec<Diagnostic>)> {
    memchr::memmem::find(text.as_bytes(), b"<<<<<<<")?;
    let mut kept = String::with_capacity(text.len());
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut open = false;
    let mut dropped = false;
    for line in text.split_inclusive('\n') {
        let at = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let place = Span::new(at, at.saturating_add(7)).in_file(file);
        let mark = line.get(..7).unwrap_or("");
        match mark {
            "<<<<<<<" if !open => {
                open = true;
                let message = "git left two versions of these lines here";
                found.push(Diagnostic::new(&UNEXPECTED, place, message).help(
                    "keep one of them, and remove the lines that begin with `<<<<<<<`, `=======` \
                     and `>>>>>>>`",
                ));
            }
            "|||||||" if open => dropped = true,
            "=======" if open => {
                dropped = true;
                if let Some(last) = found.pop() {
                    found.push(last.other(place, "the other version begins here"));
                }
            }
            ">>>>>>>" if open => {
                open = false;
                if let Some(last) = found.pop() {
                    found.push(last.other(place, "and ends here"));
                }
            }
            _ => {
                if dropped {
                    blank(&mut kept, line);
                } else {
                    kept.push_str(line);
                }
                continue;
            }
        }
        dropped &= open;
        blank(&mut kept, line);
    }
    (!found.is_empty()).then_some((kept, found))
}

/// Adds as many bytes as `line` has: spaces, and its line feeds.
pub(super) fn blank(kept: &mut String, line: &str) {
    kept.extend(line.bytes().map(|byte| match byte {
        b'\n' => '\n',
        _ => ' ',
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_version_is_kept_in_its_place() {
        let text = "a\n<<<<<<< HEAD\nb é\n||||||| base\nx\n=======\nc é\n>>>>>>> main\nd\n";
        let (kept, found) = settled(FileId(0), text).unwrap();
        assert_eq!(kept.len(), text.len());
        let lines: Vec<_> = kept
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(lines, ["a", "b é", "d"]);
        assert_eq!((found.len(), found[0].others.len()), (1, 2));
        assert!(settled(FileId(0), "a << b").is_none());
    }
}
