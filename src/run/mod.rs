//! The embedded runner: intake, timers, outbox.

pub mod content;
pub mod intake;
pub mod load;
pub mod outbox;
pub mod replay;
pub mod timeline;
