//! The fingerprint of a plan.

use super::Plan;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// `sha256:` and the digest of the plan as compact JSON with an empty fingerprint.
///
/// Lists are sorted by name and the plan holds no places, layout or comments, so the fingerprint
/// depends on what the project says alone.
#[must_use]
pub fn fingerprint(plan: &Plan) -> String {
    let mut hasher = Sha256::new();
    let mut bare = std::borrow::Cow::Borrowed(plan);
    if !plan.fingerprint.is_empty() {
        bare.to_mut().fingerprint.clear();
    }
    // Serialising to memory fails only for maps with keys that are not text; a plan has none.
    let text = serde_json::to_vec(&*bare).unwrap_or_default();
    hasher.update(&text);
    let mut out = String::with_capacity(71);
    out.push_str("sha256:");
    for byte in hasher.finalize() {
        let _ = write!(out, "{byte:02x}");
    }
    out
}
