//! Projects that are right by construction, as `tests/typed` makes them, of any bytes.
//!
//! The fuzzer follows what the checker does, and so finds false errors that chance alone does not.

use super::trees;

#[path = "../../typed/project/mod.rs"]
mod project;
#[path = "../../typed/properties.rs"]
mod properties;

/// Makes a project of the bytes and holds it to what is promised of one without an error.
pub fn run(bytes: &[u8]) {
    let made = project::make(&project::Shape::of(bytes));
    if let Err(reason) = properties::hold(&made) {
        panic!("{reason}");
    }
}
