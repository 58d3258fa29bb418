//! The pure state machine that runs a plan.
