//! MJML: checked against a table of our own, then turned into HTML by mrml.

mod check;
mod elements;
mod hidden;
mod html;
mod images;
mod scan;
mod signs;

pub use check::check;
pub use html::to_html;
pub use images::images_without_alt;
