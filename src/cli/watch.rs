//! Waiting for changes of a project, for `jalon check --watch`.
#![expect(
    clippy::disallowed_methods,
    reason = "waiting for people to stop typing needs a clock"
)]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::Failure;
use crate::config;
use crate::source::disk;

/// How long nothing must happen before a change counts as done: editors write in several steps.
const QUIET: Duration = Duration::from_millis(60);
/// How long changes may go on before they are looked at all the same.
const LONGEST: Duration = Duration::from_secs(1);
/// How often a folder that went away is looked for.
const ABSENT: Duration = Duration::from_millis(300);

/// A folder that is watched, with everything below it.
#[derive(Debug)]
pub(super) struct Watch {
    folder: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// Whether the folder itself went away, and with it what watches it.
    lost: bool,
}

impl Watch {
    /// Watches a folder from now on.
    ///
    /// # Errors
    /// The system does not let it be watched.
    pub(super) fn of(folder: &Path) -> Result<Self, Failure> {
        let folder = disk::resolved(folder).unwrap_or_else(|| folder.to_path_buf());
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(sender);
        let mut watch = Self {
            watcher: watcher.map_err(|error| refused(&folder, &error))?,
            folder,
            events,
            lost: false,
        };
        watch.start()?;
        Ok(watch)
    }

    fn start(&mut self) -> Result<(), Failure> {
        self.watcher
            .watch(&self.folder, RecursiveMode::Recursive)
            .map_err(|error| refused(&self.folder, &error))
    }

    /// Waits until something changed that a check looks at, and the changes came to rest.
    /// `templates` is the folder of the template files.
    ///
    /// # Errors
    /// The folder cannot be watched any more.
    pub(super) fn wait(&mut self, templates: &Path) -> Result<(), Failure> {
        if self.lost {
            while !disk::is_folder(&self.folder) {
                std::thread::sleep(ABSENT);
            }
            let _ = self.watcher.unwatch(&self.folder);
            self.start()?;
            self.lost = false;
            return Ok(());
        }
        loop {
            let event = self.events.recv().map_err(|_| ended(&self.folder))?;
            if self.concerns(event, templates) {
                break;
            }
        }
        let began = Instant::now();
        while began.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => {
                    self.concerns(event, templates);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return Err(ended(&self.folder)),
            }
        }
        Ok(())
    }

    /// Whether a check may give another answer after this event.
    fn concerns(&mut self, event: notify::Result<Event>, templates: &Path) -> bool {
        // What could not be told may have been anything.
        let Ok(event) = event else {
            return true;
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let moves = matches!(
            event.kind,
            EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        );
        if moves && event.paths.contains(&self.folder) {
            self.lost = true;
            return true;
        }
        event.need_rescan()
            || event
                .paths
                .iter()
                .any(|path| is_read(&self.folder, path, templates, moves))
    }
}

/// Whether a check reads a path: a source, `jalon.toml`, a template, or a folder that came or went
/// (`moves`) and may hold some. What starts with a dot is never read.
fn is_read(folder: &Path, path: &Path, templates: &Path, moves: bool) -> bool {
    let Ok(below) = path.strip_prefix(folder) else {
        return false;
    };
    let hidden = below
        .iter()
        .any(|part| part.as_encoded_bytes().starts_with(b"."));
    if hidden {
        return false;
    }
    let is_source = path.extension().is_some_and(|end| end == "jalon");
    let is_manifest = path
        .file_name()
        .is_some_and(|name| name == config::FILE_NAME);
    // A folder that is gone can no longer be asked whether it was one.
    let is_folder =
        || disk::is_folder(path) || (!disk::is_file(path) && path.extension().is_none());
    is_source || is_manifest || below.starts_with(templates) || (moves && is_folder())
}

fn refused(folder: &Path, error: &notify::Error) -> Failure {
    Failure::new(format!("`{}` cannot be watched: {error}", folder.display()))
        .help("run `jalon check` again by hand, or see how many files your system lets be watched")
}

fn ended(folder: &Path) -> Failure {
    Failure::new(format!("`{}` is watched no more", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_check_reads_counts() {
        let read = |path: &str, moves| {
            let folder = Path::new("/nowhere/shop");
            is_read(folder, &folder.join(path), Path::new("templates"), moves)
        };
        assert!(read("a/b.jalon", false));
        assert!(read("jalon.toml", false));
        assert!(read("templates/x.mjml", false));
        assert!(read("journeys", true));
        assert!(!read("journeys", false));
        assert!(!read("out.sarif", true));
        assert!(!read("try.db", false));
        assert!(!read(".git/x.jalon", false));
        assert!(!read(".a.jalon.swp", true));
        assert!(!read(".b.jalon.123.tmp", true));
    }
}
