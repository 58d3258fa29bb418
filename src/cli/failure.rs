//! Why a verb could not do its work at all.

use std::path::Path;

use crate::pipeline::LoadError;

/// A wrong use, or a file that cannot be read or written. The exit code is 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One lower-case sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with nothing to advise.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A file that the system would not let us use; `action` is `read` or `written`.
    #[must_use]
    pub fn file(path: &Path, action: &str, error: &std::io::Error) -> Self {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "there is nothing at this path".to_owned(),
            std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => error.to_string(),
        };
        Self::new(format!("`{}` cannot be {action}: {reason}", path.display()))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::new(error.to_string()).help(error.help())
    }
}
