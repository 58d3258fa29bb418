//! The plan: a versioned, self-contained program.
