//! The two fingerprints of a result: the one that GitHub computes, and Jalon's own.

use rustc_hash::FxHashMap;

use super::super::fingerprint::Identities;
use super::shapes::PartialFingerprints;
use crate::diag::Diagnostic;
use crate::source::{FileId, Sources};

/// Computes fingerprints, and counts those that are equal within a file.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    lines: FxHashMap<FileId, Vec<String>>,
    identities: Identities,
}

impl Fingerprints {
    /// The fingerprints of the next finding. Equal findings of a file are numbered in the order of
    /// the calls, so ask in the order of places.
    pub(super) fn of(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> PartialFingerprints {
        let place = diagnostic.primary.place;
        let text = sources.text(place.file);
        let line = sources.locate(place).line;
        let hashes = self
            .lines
            .entry(place.file)
            .or_insert_with(|| line_hashes(text));
        let hash = (line as usize)
            .checked_sub(1)
            .and_then(|line| hashes.get(line))
            .cloned();
        PartialFingerprints {
            line: hash.unwrap_or_default(),
            finding: self.identities.of(diagnostic, sources),
        }
    }
}

/// How many characters a window has.
const WINDOW: usize = 100;
/// The base of the rolling hash.
const BASE: u64 = 37;
/// A character that no text has, after the last one.
const END: u16 = u16::MAX;

/// The hash of each line of a text, as GitHub computes it for `primaryLocationLineHash` where a
/// SARIF file has none (`fingerprints.ts` of `github/codeql-action`), so that a file that is
/// uploaded by its action and one that is sent to its interface name the same alerts.
///
/// The hash of a line is that of the next 100 UTF-16 units that are no blanks, from its start on; a
/// number tells equal ones apart.
fn line_hashes(text: &str) -> Vec<String> {
    let mut rolling = Rolling::new();
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        let is_return = unit == u16::from(b'\r');
        let second_half = after_return && unit == u16::from(b'\n');
        after_return = is_return;
        if !blank && !second_half {
            rolling.push(if is_return { u16::from(b'\n') } else { unit });
        }
    }
    rolling.push(END);
    rolling.finish()
}

/// A window that moves over a text.
struct Rolling {
    /// The units of the last [`WINDOW`] steps, and whether a line started at each; a ring.
    window: Vec<(u16, bool)>,
    next: usize,
    hash: u64,
    /// `BASE` to the power of [`WINDOW`]: the weight of the unit that leaves.
    leaving: u64,
    line_starts: bool,
    hashes: Vec<String>,
    counts: FxHashMap<u64, u32>,
}

impl Rolling {
    fn new() -> Self {
        Self {
            window: vec![(0, false); WINDOW],
            next: 0,
            hash: 0,
            leaving: (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE)),
            line_starts: true,
            hashes: Vec::new(),
            counts: FxHashMap::default(),
        }
    }

    fn push(&mut self, unit: u16) {
        let starts = std::mem::replace(&mut self.line_starts, unit == u16::from(b'\n'));
        self.step(unit, starts);
    }

    /// Puts a unit into the window. If a line started at the unit that leaves, the window is
    /// exactly what follows its start.
    fn step(&mut self, unit: u16, starts: bool) {
        let Some(slot) = self.window.get_mut(self.next) else {
            return;
        };
        let (old, started) = std::mem::replace(slot, (unit, starts));
        if started {
            let count = self.counts.entry(self.hash).or_insert(0);
            *count += 1;
            self.hashes.push(format!("{:x}:{count}", self.hash));
        }
        self.hash = self
            .hash
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(u64::from(old)));
        self.next = (self.next + 1) % WINDOW;
    }

    fn finish(mut self) -> Vec<String> {
        for _ in 0..WINDOW {
            self.step(0, false);
        }
        self.hashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those of the tests of `github/codeql-action`.
    #[test]
    fn lines_hash_as_github_hashes_them() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        assert_eq!(
            line_hashes(" a\nb\n  \t\tc\n d"),
            [
                "271789c17abda88f:1",
                "54703d4cd895b18:1",
                "180aee12dab6264:1",
                "a23a3dc5e078b07b:1"
            ]
        );
        assert_eq!(
            line_hashes(" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n"),
            [
                "e9496ae3ebfced30:1",
                "fb7c023a8b9ccb3f:1",
                "ce8ba1a563dcdaca:1",
                "e20e36e16fcb0cc8:1",
                "b3edc88f2938467e:1",
                "c8e28b0b4002a3a0:1",
                "c129715d7a2bc9a3:1"
            ]
        );
        let repeated = line_hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(repeated[5], "a7f2ff13bc495cf2:6");
        assert_eq!(repeated[6], "a7f2ff1481e87703:1");
        assert_eq!(repeated[10], "c129715d7a2bc9a3:1");
    }
}
