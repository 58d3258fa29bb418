//! Rules about the way through a journey, on its checked form: what is never reached, what relies
//! on a send that may not have happened, entries that cause each other.

mod effects;
pub mod ends;
pub mod entries;
mod graph;
pub mod reliance;
