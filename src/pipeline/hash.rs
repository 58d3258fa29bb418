//! What a file holds, as 32 bytes.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes: two texts with the same hash are the same text.
pub(super) type Hash = [u8; 32];

/// The hash of these bytes.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The hash of several parts, each told from the next by its length.
#[derive(Default)]
pub(super) struct Parts(Sha256);

impl Parts {
    /// Adds a part.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.0.update(length.to_le_bytes());
        self.0.update(bytes);
    }

    /// The hash of all of them.
    pub(super) fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

/// 64 hexadecimal digits.
pub(super) fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
