//! One line a finding: `path:line:column: error[S001 unclosed-block]: message`.

use super::{heading, printable, shown_path};
use crate::diag::Finding;
use crate::source::Sources;

/// The line for one finding, with its line feed.
///
/// Lines and columns count from 1, columns in characters.
#[must_use]
pub fn concise(finding: &Finding, sources: &Sources) -> String {
    let diagnostic = &finding.diagnostic;
    let place = diagnostic.primary.place;
    let at = sources.locate(place);
    format!(
        "{}:{}:{}: {}: {}\n",
        shown_path(sources.path(place.file)),
        at.line,
        at.column,
        heading(finding.level, diagnostic),
        printable(&diagnostic.message).replace('\n', " "),
    )
}
