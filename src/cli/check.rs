//! `jalon check`: everything that can be said before anything runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::watch::Watch;
use super::{Console, Failure, Outcome, Reports, fix};
use crate::diag::Finding;
use crate::fix::{Wanted, fix};
use crate::pipeline::{self, Checked, Project, Reading, Report};
use crate::source::{FileId, disk};

/// The folder of template files when `jalon.toml` names none.
const TEMPLATES: &str = "templates";

/// If it is set, `--no-cache` is, everywhere.
const NO_CACHE: &str = "JALON_NO_CACHE";

/// Check a project, or report on some of its files
#[derive(Debug, Args)]
pub struct Check {
    /// The folder of a project, or files of one. The project is checked as a whole; with files,
    /// only what concerns them is printed. Files outside any project are checked on their own
    #[arg(value_name = "DIR|FILES", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Make the changes that findings offer where only one thing can be meant, and check again
    #[arg(long, help_heading = "Fixes")]
    fix: bool,
    /// With `--fix` or `--diff`: also make changes that choose for you; read them before you go on
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,
    /// Write nothing; print what `--fix` would change, and fail if something would
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
    /// Check again whenever a file of the project changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    watch: bool,
    /// Check everything, also if nothing has changed since the last time; keep nothing in
    /// `.jalon/cache`. The variable JALON_NO_CACHE does the same
    #[arg(long)]
    no_cache: bool,
}

impl Check {
    /// Whether findings are its result: with `--diff` a diff is.
    pub(super) const fn reports(&self) -> Reports {
        if self.diff {
            Reports::Nothing
        } else {
            Reports::Result
        }
    }

    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if self.unsafe_fixes && !self.fix && !self.diff {
            return Err(Failure::new("`--unsafe-fixes` stands without `--fix`")
                .help("write `--fix --unsafe-fixes`, or `--diff --unsafe-fixes` to look first"));
        }
        if self.watch {
            return self.keep_watch(console);
        }
        let (reading, named) = read(&self.paths)?;
        if self.fix || self.diff {
            let checked = pipeline::check(Project::parse(reading));
            return self.fixes(checked, named, console);
        }
        let mut report = pipeline::report(reading, self.keeps());
        let outcome = print(&mut report, named.as_ref(), console);
        // The process ends here: the system takes back at once what would be given back in pieces.
        std::mem::forget(report);
        outcome
    }

    /// Whether what was found the last time counts, and what is found now is kept.
    #[expect(
        clippy::disallowed_methods,
        reason = "the command line reads the variables that steer it"
    )]
    fn keeps(&self) -> bool {
        let refused = std::env::var_os(NO_CACHE).is_some_and(|value| !value.is_empty());
        !self.no_cache && !refused
    }

    /// Checks at every change, without end.
    fn keep_watch(&self, console: &mut Console) -> Result<Outcome, Failure> {
        console.refuse_documents("--watch")?;
        // Whatever is wrong with the command line itself is said once, and ends it.
        let root = read(&self.paths)?.0.root;
        let folder = root.unwrap_or_else(|| folder_of(self.paths.first()));
        let mut watch = Watch::of(&folder)?;
        let mut templates = PathBuf::from(TEMPLATES);
        loop {
            console.clear();
            let checked = read(&self.paths).and_then(|(reading, named)| {
                if let Some(folder) = &reading.manifest.templates {
                    templates = PathBuf::from(&folder.value);
                }
                let mut report = pipeline::report(reading, false);
                print(&mut report, named.as_ref(), console)
            });
            if let Err(failure) = checked {
                console.failure(&failure);
            }
            console.say(&format!("watching `{}`; Ctrl-C ends it", folder.display()));
            watch.wait(&templates)?;
        }
    }

    /// Makes the fixes, or shows them.
    fn fixes(
        &self,
        checked: Checked,
        named: Option<BTreeSet<FileId>>,
        console: &mut Console,
    ) -> Result<Outcome, Failure> {
        let sources = &checked.project.sources;
        let path_of = |id: FileId| sources.path(id).to_path_buf();
        let is_named = named.is_some();
        let wanted = Wanted {
            chosen: self.unsafe_fixes,
            files: named.map(|files| files.into_iter().map(path_of).collect()),
        };
        let mut fixed = fix(checked, &wanted)?;
        if self.diff {
            let (findings, _) = self.findings(&mut fixed.checked, is_named)?;
            console.result(&fix::diff(&fixed.changes))?;
            fix::say_what(console, &fixed, "would fix");
            console.say(&fix::tally(&fixed, &findings, "would fix"));
            return Ok(match fixed.changes.is_empty() {
                true => console.outcome(&findings),
                false => Outcome::Findings,
            });
        }
        fix::write(&fixed.changes)?;
        fix::say_what(console, &fixed, "fixed");
        let (findings, files) = self.findings(&mut fixed.checked, is_named)?;
        let tally = fix::tally(&fixed, &findings, "fixed");
        let project = &fixed.checked.project;
        let count = project.files.len();
        let outcome = console.check_result(&project.sources, count, &findings, files.as_ref())?;
        console.say(&tally);
        Ok(if fixed.unsettled {
            Outcome::Defect
        } else {
            outcome
        })
    }

    /// The findings to print, and the files that they concern if not all.
    fn findings(
        &self,
        checked: &mut Checked,
        named: bool,
    ) -> Result<(Vec<Finding>, Option<BTreeSet<FileId>>), Failure> {
        let mut findings = std::mem::take(&mut checked.findings);
        if !named {
            return Ok((findings, None));
        }
        let wanted = checked.project.files_at(&self.paths)?;
        findings.retain(|finding| concerns(finding, &wanted));
        Ok((findings, Some(wanted)))
    }
}

/// The folder that a file lies in.
fn folder_of(path: Option<&PathBuf>) -> PathBuf {
    let folder = path.and_then(|path| path.parent());
    let folder = folder.filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

/// The project, and the files to report on if not all.
fn read(paths: &[PathBuf]) -> Result<(Reading, Option<BTreeSet<FileId>>), Failure> {
    if let [path] = paths
        && !disk::is_file(path)
    {
        return Ok((Reading::load(path)?, None));
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
        return Ok((Reading::load(&folder_of(Some(path)))?, None));
    }
    let reading = Reading::load_files(paths)?;
    let wanted = reading.files_at(paths)?;
    Ok((reading, Some(wanted)))
}

/// Prints what was found, or what of it concerns the named files.
fn print(
    report: &mut Report,
    named: Option<&BTreeSet<FileId>>,
    console: &mut Console,
) -> Result<Outcome, Failure> {
    if let Some(wanted) = named {
        report.findings.retain(|finding| concerns(finding, wanted));
    }
    let files = report.files.len();
    console.check_result(&report.sources, files, &report.findings, named)
}

/// Whether a finding points into one of these files.
fn concerns(finding: &Finding, files: &BTreeSet<FileId>) -> bool {
    let diagnostic = &finding.diagnostic;
    std::iter::once(&diagnostic.primary)
        .chain(&diagnostic.others)
        .any(|label| files.contains(&label.place.file))
}
