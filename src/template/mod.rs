//! Liquid and MJML: what messages say.
//!
//! A template is parsed into a tree of our own with places ([`liquid`]), and its variables are
//! resolved and typed against a [`Scope`] that the model answers ([`check()`]).

mod check;
mod filters;
pub mod liquid;
pub mod measure;
mod mjml;
mod moment;
mod names;
mod places;
mod prepare;
mod render;
mod types;

pub use check::{CheckResult, Link, SENDER_ADDRESS, UNSUBSCRIBE, Used, check};
pub use mjml::{images_without_alt, to_html as mjml_to_html};
pub use names::encode;
pub use places::PlaceMap;
pub use prepare::{Prepared, prepare};
pub use render::{
    MAX_RENDERED, RenderContext, RenderError, RenderValue, Rendered, RenderedLink, Renderer,
};
pub use types::{Bound, ChoiceId, Format, RecordId, Scope, Type, Var};
