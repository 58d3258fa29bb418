//! Findings as text: for people, for editors and logs, for programs, for CI services.

mod alike;
mod concise;
mod fingerprint;
mod fixes;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod report;
mod sarif;
mod snippet;
mod wrap;

pub use alike::{Alike, alike, is_closing, tally};
pub use concise::concise;
pub use fixes::fixable;
pub use github::{github, github_failure};
pub use gitlab::gitlab;
pub use human::{Human, Style};
pub use json::{Output, json, schema};
pub use junit::junit;
pub use markdown::{Links, markdown};
pub use report::{Report, Root};
pub use sarif::sarif;
pub use wrap::wrap;

use std::borrow::Cow;
use std::path::Path;

use super::{Code, Diagnostic, Level};

/// The word for a level.
#[must_use]
pub const fn level_word(level: Level) -> &'static str {
    match level {
        Level::Allow => "allowed",
        Level::Note => "note",
        Level::Warn => "warning",
        Level::Error => "error",
    }
}

/// `error[S001 unclosed-block]`
fn heading(level: Level, diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    format!("{}[{} {}]", level_word(level), code.id, code.name)
}

/// The address of a code's page in a repository of Jalon.
fn page_address(code: &Code, home: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("{home}/blob/v{version}/docs/codes/{}.md", code.name)
}

/// A path as it is printed: with `/` on every system.
fn shown_path(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = printable(&path);
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}

/// A text that cannot move the cursor or turn the reading direction of a terminal.
///
/// Each character that could is replaced by one of as many bytes, so offsets stay true. Line
/// feeds, carriage returns and tabs stay.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    // Whole files are looked at: bytes first, for hardly any begins such a character.
    if !text.bytes().any(may_be_dangerous) || !text.chars().any(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let safe = text.chars().map(|c| match c {
        _ if !is_dangerous(c) => c,
        _ if c.len_utf8() == 1 => '?',
        _ if c.len_utf8() == 2 => '¿',
        _ => char::REPLACEMENT_CHARACTER,
    });
    Cow::Owned(safe.collect())
}

/// Whether a byte is, or may begin, a character that [`is_dangerous`]: U+0080 to U+009F begin with
/// 0xC2, U+061C with 0xD8, the others with 0xE2.
fn may_be_dangerous(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t'))
        || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// Control characters, and the bidirectional controls of Unicode.
fn is_dangerous(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
