//! Where what rests is kept.
