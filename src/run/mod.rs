//! The embedded runner: intake, timers, outbox.
