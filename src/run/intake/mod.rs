//! What comes from outside: rows and events, validated against the schema before anything is kept.

pub mod events;
pub mod rows;
