//! Liquid: a tree with places.
//!
//! [`cut`] divides a text into pieces, [`parse()`] parses each with `grammar/liquid.pest` and builds
//! the [`Tree`]. A tree is always produced; what could not be read is reported and left out.

pub mod cut;
mod grammar;
mod parse;
mod quick;
mod tags;
pub mod tree;
mod words;

#[cfg(test)]
mod tests;

pub use parse::{MAX_BYTES, MAX_DEPTH, Parsed, parse};
pub use tree::{
    Arm, Case, Chain, Comparator, Condition, FilterCall, For, If, Literal, Node, Output, Path,
    Segment, Test, Tree, Value, ValueKind, When,
};
