//! The rules, by the names of their codes.

pub mod naming_style;
pub mod unlabelled_wait;
