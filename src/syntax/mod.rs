//! Text to tree: the only room that names pest.
pub mod ast;
