//! Liquid and MJML: what messages say.
//!

mod places;
mod types;

pub use places::PlaceMap;
pub use types::{ChoiceId, Format, RecordId, Scope, Type, Var};
