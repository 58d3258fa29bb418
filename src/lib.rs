//! Jalon: customer journeys as code.
//!
//! Text becomes a *model* (names and types), the model becomes a *plan* (a versioned,
//! self-contained program), and everything that runs knows the plan and nothing of the text.

pub mod cli;
pub mod config;
pub mod diag;
pub mod engine;
pub mod fix;
pub mod format;
pub mod inventory;
pub mod lint;
pub mod measure;
pub mod model;
pub mod pipeline;
pub mod plan;
pub mod run;
pub mod source;
pub mod standards;
pub mod store;
pub mod syntax;
pub mod template;
