//! `jalon check`: everything that can be said before anything runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Console, Failure, Outcome};
use crate::diag::Finding;
use crate::pipeline::{self, Project};
use crate::source::{FileId, disk};

/// Check a project, or report on some of its files
#[derive(Debug, Args)]
pub struct Check {
    /// The folder of a project, or files of one. The project is checked as a whole; with files,
    /// only what concerns them is printed. Files outside any project are checked on their own
    #[arg(value_name = "DIR|FILES", default_value = ".")]
    paths: Vec<PathBuf>,
}

impl Check {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let (project, wanted) = load(&self.paths)?;
        let mut checked = pipeline::check(project);
        let mut findings = std::mem::take(&mut checked.findings);
        if let Some(wanted) = wanted {
            findings.retain(|finding| concerns(finding, &wanted));
        }
        let outcome = console.check_result(&checked, &findings);
        // The process ends here: the system takes back at once what would be given back in pieces.
        std::mem::forget(checked);
        outcome
    }
}

/// The project, and the files to report on if not all.
fn load(paths: &[PathBuf]) -> Result<(Project, Option<BTreeSet<FileId>>), Failure> {
    if let [path] = paths
        && !disk::is_file(path)
    {
        return Ok((Project::load(path)?, None));
    }
    if let Some(folder) = paths.iter().find(|path| disk::is_folder(path)) {
        return Err(Failure::new(format!(
            "`{}` is a folder, named with other paths",
            folder.display()
        ))
        .help("name one folder, or any number of files"));
    }
    if let [path] = paths
        && path
            .file_name()
            .is_some_and(|name| name == crate::config::FILE_NAME)
    {
        let folder = path.parent().filter(|parent| *parent != Path::new(""));
        return Ok((Project::load(folder.unwrap_or(Path::new(".")))?, None));
    }
    let project = Project::load_files(paths)?;
    let wanted = project.files_at(paths)?;
    Ok((project, Some(wanted)))
}

/// Whether a finding points into one of these files.
fn concerns(finding: &Finding, files: &BTreeSet<FileId>) -> bool {
    let diagnostic = &finding.diagnostic;
    std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.others)
        .any(|label| files.contains(&label.place.file))
}
