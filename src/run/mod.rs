//! The embedded runner: intake, timers, outbox.

pub mod intake;
