//! Findings about sources: in every format that was asked for, each where it was asked for.

use std::path::Path;

use super::{Console, repository, terminal};
use crate::cli::{Failure, Format, Outcome, Sink, Target};
use crate::diag::render::{self, Alike, Human, Links, Report, Style};
use crate::diag::{Finding, Level, Tally, counted};
use crate::source::{FileId, Sources, disk};

/// The address of Jalon's repository, which `Cargo.toml` says; the pages of codes are linked there.
const HOME: &str = env!("CARGO_PKG_REPOSITORY");

/// What is printed of a run.
struct Run<'a> {
    findings: &'a [Finding],
    /// The same, as people read them.
    groups: Vec<Alike<'a>>,
    sources: &'a Sources,
    /// The files that the run was about.
    files: Vec<FileId>,
    /// The last lines for people.
    summary: String,
    exit_code: u8,
}

impl Console {
    /// Prints the findings of `check` of `count` files in every format; `files` are those that it
    /// was about if not all.
    ///
    /// # Errors
    /// Standard output or a file cannot be written. What else was asked for is written all the
    /// same.
    pub fn check_result(
        &mut self,
        sources: &Sources,
        count: usize,
        findings: &[Finding],
        files: Option<&std::collections::BTreeSet<FileId>>,
    ) -> Result<Outcome, Failure> {
        let outcome = self.outcome(findings);
        let count = counted(count, "file");
        let groups = render::alike(findings, sources);
        let mut summary = format!("checked {count}: {}\n", render::tally(&groups));
        let closing = findings.iter().filter(|found| render::is_closing(found));
        summary.extend(closing.map(|found| format!("{}\n", found.diagnostic.message)));
        summary += &self.pointers(findings);
        let all = sources.iter().map(|(file, _)| file);
        self.print(&Run {
            findings,
            groups,
            sources,
            files: files.map_or_else(|| all.collect(), |files| files.iter().copied().collect()),
            summary,
            exit_code: outcome.code(),
        })?;
        Ok(outcome)
    }

    /// Prints findings of another verb, whose result is something else. In the human format a line
    /// counts them, if there are any. Notes are left to `check`: they are for whoever writes the
    /// project, not for whoever runs it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn findings(
        &mut self,
        findings: &[Finding],
        sources: &Sources,
    ) -> Result<Outcome, Failure> {
        let serious = findings
            .iter()
            .filter(|finding| finding.level > Level::Note);
        let findings: &[Finding] = &serious.cloned().collect::<Vec<_>>();
        let groups = render::alike(findings, sources);
        let mut summary = String::new();
        if !findings.is_empty() {
            let tally = render::tally(&groups);
            summary = format!("{tally}\n{}", self.pointers(findings));
        }
        let outcome = self.outcome(findings);
        self.print(&Run {
            findings,
            groups,
            sources,
            files: sources.iter().map(|(file, _)| file).collect(),
            summary,
            exit_code: outcome.code(),
        })?;
        Ok(outcome)
    }

    /// Says in one line that a project has errors, where people asked for something else: `check` shows
    /// them.
    pub fn errors(&self, checked: &crate::pipeline::Checked) -> Outcome {
        let errors = checked
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error);
        let errors: Vec<Finding> = errors.cloned().collect();
        if !errors.is_empty() {
            let tally = render::tally(&render::alike(&errors, &checked.project.sources));
            self.say(&format!("{tally} in the project; `jalon check` shows them"));
        }
        self.outcome(&errors)
    }

    /// What the findings mean for the exit code.
    #[must_use]
    pub fn outcome(&self, findings: &[Finding]) -> Outcome {
        let is_error = |finding: &&Finding| finding.level == Level::Error;
        if findings
            .iter()
            .filter(is_error)
            .any(|finding| finding.diagnostic.code.id.starts_with('G'))
        {
            return Outcome::Misconfigured;
        }
        let tally = Tally::of(findings);
        if tally.errors > 0 || (self.globals.deny_warnings && tally.warnings > 0) {
            return Outcome::Findings;
        }
        Outcome::Clean
    }

    /// Says what to run next: what fixes some, and what tells more about the most serious.
    fn pointers(&self, findings: &[Finding]) -> String {
        let fixes = render::fixable(findings).map_or_else(String::new, |line| line + "\n");
        fixes + &self.page_pointer(findings)
    }

    fn page_pointer(&self, findings: &[Finding]) -> String {
        let worst = findings.iter().rev().max_by_key(|finding| finding.level);
        let Some(finding) = worst.filter(|finding| finding.level > Level::Note) else {
            return String::new();
        };
        let name = finding.diagnostic.code.name;
        let command = self.paint(&format!("jalon explain {name}"), anstyle::AnsiColor::Cyan);
        format!("to see what to write instead: {command}\n")
    }

    /// Writes every format to its place. All are tried; the first that fails is what is returned.
    fn print(&mut self, run: &Run<'_>) -> Result<(), Failure> {
        let targets = self.targets.clone();
        let mut failed = None;
        for target in targets.iter() {
            let text = self.text(run, target)?;
            let written = match &target.sink {
                Sink::Output => self.result(&text),
                Sink::Error => {
                    self.raw(&text);
                    Ok(())
                }
                Sink::File(path) => {
                    disk::write(path, &text).map_err(|error| unwritten(path, &error))
                }
            };
            if let Err(failure) = written
                && let Some(earlier) = failed.replace(failure)
            {
                self.failure(&earlier);
            }
        }
        if failed.is_none() && targets.are_all_files() && !run.summary.is_empty() {
            let files: Vec<String> = targets
                .iter()
                .filter_map(|target| match &target.sink {
                    Sink::File(path) => Some(format!("`{}`", path.display())),
                    Sink::Output | Sink::Error => None,
                })
                .collect();
            let (first, _) = run.summary.split_once('\n').unwrap_or_default();
            self.say(&format!("{first}; written to {}", files.join(", ")));
        }
        failed.map_or(Ok(()), Err)
    }

    /// The findings in one format.
    fn text(&self, run: &Run<'_>, target: &Target) -> Result<String, Failure> {
        if target.format == Format::Human {
            return self.for_people(run, target);
        }
        let limit = match (target.format, self.globals.max_diagnostics) {
            (Format::Human | Format::Concise, _) | (_, Some(_)) => self.limit(),
            (
                Format::Json
                | Format::Sarif
                | Format::Github
                | Format::Gitlab
                | Format::Junit
                | Format::Markdown,
                None,
            ) => usize::MAX,
        };
        let shown = run.findings.get(..limit).unwrap_or(run.findings);
        let hidden = run.findings.len() - shown.len();
        let mut text: String = match target.format {
            Format::Human | Format::Concise => shown
                .iter()
                .map(|finding| render::concise(finding, run.sources))
                .collect(),
            Format::Json => return render::json(shown, run.sources).map_err(unprintable),
            Format::Sarif | Format::Github | Format::Gitlab | Format::Junit | Format::Markdown => {
                let root = repository::root(run.sources);
                return self.for_ci(
                    target.format,
                    &Report {
                        findings: shown,
                        hidden,
                        sources: run.sources,
                        files: &run.files,
                        root: &root,
                        deny_warnings: self.globals.deny_warnings,
                        exit_code: run.exit_code,
                    },
                );
            }
        };
        if hidden > 0 {
            text.push_str(&more(hidden));
        }
        Ok(text)
    }

    /// The findings for people: what is said of many places once, and a summary at the end.
    fn for_people(&self, run: &Run<'_>, target: &Target) -> Result<String, Failure> {
        let groups = run.groups.iter();
        let groups: Vec<_> = groups
            .filter(|group| !render::is_closing(group.first))
            .collect();
        let shown = groups.get(..self.limit()).unwrap_or(&groups);
        let mut human = Human::new(run.sources, self.style_in(&target.sink));
        let each = shown.iter().map(|group| human.render_alike(group));
        let mut text = each.collect::<Result<String, _>>().map_err(unprintable)?;
        match groups.len() - shown.len() {
            0 => {}
            hidden => text.push_str(&more(hidden)),
        }
        match target.sink {
            Sink::Error => text += &run.summary,
            Sink::Output | Sink::File(_) => {
                text += &anstream::adapter::strip_str(&run.summary).to_string();
            }
        }
        Ok(text)
    }

    fn for_ci(&self, format: Format, report: &Report<'_>) -> Result<String, Failure> {
        let home = Some(HOME).filter(|home| !home.is_empty());
        match format {
            Format::Github => Ok(render::github(report)),
            Format::Gitlab => render::gitlab(report).map_err(unprintable),
            Format::Junit => render::junit(report).map_err(unprintable),
            Format::Markdown => {
                let files = repository::address(report.root);
                let files = files.as_deref();
                Ok(render::markdown(report, Links { home, files }))
            }
            Format::Sarif | Format::Human | Format::Concise | Format::Json => {
                let (text, left_out) = render::sarif(report, home).map_err(unprintable)?;
                if left_out > 0 {
                    let left_out = counted(left_out, "finding");
                    self.say(&format!(
                        "{left_out} left out of the SARIF file: GitHub takes 25,000 of a run"
                    ));
                }
                Ok(text)
            }
        }
    }

    fn style_in(&self, sink: &Sink) -> Style {
        match sink {
            Sink::Error => self.style,
            Sink::Output | Sink::File(_) => terminal::IN_FILE,
        }
    }
}

/// What stands for findings that are not printed.
fn more(hidden: usize) -> String {
    format!("and {hidden} more; `--max-diagnostics 0` prints all\n")
}

/// A file for findings that the system did not let us write.
fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    match folder {
        Some(folder) if !disk::is_folder(folder) => Failure::new(format!(
            "`{}` cannot be written: there is no folder `{}`",
            path.display(),
            folder.display()
        ))
        .help("make the folder first, or name a file in one that is there"),
        _ => Failure::file(path, "written", error)
            .help("name a file that you may write after `--output`"),
    }
}

fn unprintable(error: impl std::fmt::Display) -> Failure {
    Failure::new(format!("the findings cannot be printed: {error}"))
}
