//! `jalon.toml`.
