//! The checked form of a project: names resolved, expressions typed.
//!
//! It is made from the syntax tree by `check`, is complete only when no error was found, and is
//! what lowering turns into the plan. Nodes keep their place for diagnostics of later stages.

#![allow(
    missing_docs,
    reason = "fields mirror the syntax tree, which shows each source form"
)]

mod claims;
mod decl;
mod expr;
mod journey;
pub mod same;
pub mod visit;

pub use claims::*;
pub use decl::*;
pub use expr::*;
pub use journey::*;
