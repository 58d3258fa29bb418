//! Opening the store that a verb names.

use std::path::Path;
use std::sync::Arc;

use super::{Console, Failure, Outcome};
use crate::diag::codes::run as codes;
use crate::plan::Plan;
use crate::run::outbox;
use crate::store::{OpenError, SqliteStore};

/// Opens a store for a plan. The inner error is the outcome when the store belongs to another
/// plan, which is said already.
///
/// # Errors
/// The file cannot be used.
pub(super) fn open(
    path: &Path,
    plan: &Arc<Plan>,
    console: &mut Console,
) -> Result<Result<SqliteStore, Outcome>, Failure> {
    match SqliteStore::open(path, plan, outbox::line_of) {
        Ok(store) => Ok(Ok(store)),
        Err(OpenError::Store(error)) => Err(Failure::new(format!(
            "`{}` cannot be used: {error}",
            path.display()
        ))),
        Err(error @ OpenError::OtherPlan(_)) => {
            console.plain_finding(&codes::OTHER_PLAN, path, &error.to_string());
            console.say(
                "  load the data into a new store, or run the plan that this one was used with",
            );
            Ok(Err(Outcome::Findings))
        }
    }
}
