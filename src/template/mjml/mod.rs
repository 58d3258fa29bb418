//! MJML.

use crate::diag::Diagnostics;
use crate::template::PlaceMap;

/// Placeholder until the converter is in place.
pub fn to_html(text: &str, _places: &PlaceMap) -> Result<String, Diagnostics> {
    Ok(text.to_owned())
}
