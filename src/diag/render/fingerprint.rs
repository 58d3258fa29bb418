//! What tells a finding from others when lines are added above it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::source::{FileId, Sources};

/// Names findings within their files, and numbers those that are equal.
#[derive(Debug, Default)]
pub(super) struct Identities {
    seen: BTreeMap<(FileId, [u8; 16]), u32>,
}

impl Identities {
    /// The name of the next finding, `hash:1`: no other finding of its file has it. The hash is
    /// made from the code, the message and the words of the line. Equal findings are numbered in
    /// the order of the calls, so ask in the order of places.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let line = line_text(sources, diagnostic);
        let parts = [diagnostic.code.id, &diagnostic.message];
        let half = digest(parts.into_iter().chain(line.split_whitespace()));
        let file = diagnostic.primary.place.file;
        let number = self.seen.entry((file, half)).or_insert(0);
        *number += 1;
        format!("{}:{number}", hex(half))
    }
}

/// Half of the SHA-256 of some texts and of where each ends.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> [u8; 16] {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
        digest.update([0]);
    }
    let whole: [u8; 32] = digest.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(whole.split_at(16).0);
    half
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text of the line that a finding starts in; at most 4 KiB of it.
fn line_text<'a>(sources: &'a Sources, diagnostic: &Diagnostic) -> &'a str {
    const MOST: usize = 4096;
    let place = diagnostic.primary.place;
    let Some(file) = sources.get(place.file) else {
        return "";
    };
    let line = file.lines().line_of(place.span.start);
    let start = file.lines().line_start(line) as usize;
    let end = file.lines().line_end(line) as usize;
    let text = file.text.get(start..end).unwrap_or("");
    let end = (0..=MOST.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    end.and_then(|end| text.get(..end)).unwrap_or("")
}
