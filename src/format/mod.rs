//! `jalon fmt`: one canonical layout.
