//! `jalon.toml`.

use jalon::config;
use jalon::source::FileId;
use jalon::syntax::decode;

use super::findings;

/// Reads a manifest: one is always made, and what has a mistake says so.
pub fn run(bytes: &[u8]) {
    let (text, _) = decode(FileId(0), bytes);
    let (manifest, found) = config::parse(FileId(0), &text);
    findings::in_text(&found, &text);
    assert!(!manifest.name.is_empty() || found.has_errors());
    if let Some(url) = &manifest.unsubscribe_url {
        assert!(url.starts_with("https://") || url.starts_with("http://"));
    }
    let (again, found_again) = config::parse(FileId(0), &text);
    assert_eq!(format!("{manifest:?}"), format!("{again:?}"));
    assert_eq!(found.into_vec(), found_again.into_vec());
}
