//! Lints (`L`): correct, but likely not meant.

codes! {}
