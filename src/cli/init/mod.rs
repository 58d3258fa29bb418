//! `jalon init`: a new project to start from.

mod questions;
mod starters;
mod tailor;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use iso_currency::Currency;

use super::{Console, Failure, Outcome};
use crate::diag::{counted, did_you_mean};
use crate::pipeline::{self, Project};
use crate::source::disk;
use crate::{config, standards};
use starters::Starter;
use tailor::Choices;

/// What a repository need not keep: the cache, and stores that were tried out.
const IGNORED: &str = ".jalon/\n*.db\n*.db-shm\n*.db-wal\n";
const IGNORE_FILE: &str = ".gitignore";

/// Make a new project from a template
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the project; it is made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// What to start with
    #[arg(long, value_name = "TEMPLATE", value_parser = PossibleValuesParser::new(starters::ALL.iter().map(|one| one.name)))]
    template: Option<String>,
    /// What the project is called [default: as its folder]
    #[arg(long, value_name = "NAME", value_parser = text)]
    name: Option<String>,
    /// The postal address that emails show
    #[arg(long, value_name = "ADDRESS", value_parser = text)]
    sender_address: Option<String>,
    /// The page to unsubscribe that emails lead to
    #[arg(long, value_name = "URL", value_parser = url)]
    unsubscribe_url: Option<String>,
    /// The languages of the messages, the usual one first [default: en,fr]
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',', value_parser = PossibleValuesParser::new(["en", "fr"]))]
    languages: Vec<String>,
    /// The time zone of people of whom it is not known [default: Europe/Paris]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    timezone: Option<String>,
    /// The currency of all amounts [default: EUR]
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<String>,
    /// Ask nothing; take the defaults for what is not said
    #[arg(long, short)]
    yes: bool,
    /// Overwrite files that are there
    #[arg(long)]
    force: bool,
}

fn text(text: &str) -> Result<String, Failure> {
    match text.trim() {
        "" => Err(Failure::new("it is empty")),
        text => Ok(text.to_owned()),
    }
}

fn url(text: &str) -> Result<String, Failure> {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    if is_web && standards::is_url(text) {
        return Ok(text.to_owned());
    }
    Err(Failure::new("a web address begins with `https://`"))
}

fn zone(text: &str) -> Result<String, Failure> {
    if standards::is_timezone(text) {
        return Ok(text.to_owned());
    }
    Err(Failure::new(
        "a time zone is written as in `Europe/Paris` or `America/Toronto`",
    ))
}

fn currency(text: &str) -> Result<String, Failure> {
    if Currency::from_code(text).is_some() {
        return Ok(text.to_owned());
    }
    Err(Failure::new(
        "a currency is written as three capitals, as in `EUR` or `CAD`",
    ))
}

impl Init {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        if disk::is_file(&self.folder) {
            return Err(Failure::new(format!(
                "`{}` is a file, and not a folder",
                self.folder.display()
            ))
            .help("name a folder, which may be new"));
        }
        // Said before anything is asked.
        if disk::is_file(&self.folder.join(config::FILE_NAME)) && !self.force {
            return Err(Failure::new(format!(
                "`{}` is a project already, and nothing was written",
                self.folder.display()
            ))
            .help("name another folder, or overwrite its files with `--force`"));
        }
        let asks = !self.yes && io::stdin().is_terminal() && io::stderr().is_terminal();
        let starter = self.starter(asks)?;
        let choices = self.choices(starter, asks)?;
        let mut files = tailor::files(starter, &choices)?;
        let ignore = self.folder.join(IGNORE_FILE);
        let keeps_ignore = disk::is_file(&ignore);
        if !keeps_ignore {
            files.push((IGNORE_FILE, IGNORED.to_owned()));
        }
        self.refuse_to_overwrite(&files)?;
        for (path, text) in &files {
            let path = self.folder.join(path);
            if let Some(folder) = path.parent() {
                disk::make_folder(folder)
                    .map_err(|error| Failure::file(folder, "written", &error))?;
            }
            disk::write(&path, text).map_err(|error| Failure::file(&path, "written", &error))?;
        }
        let shown = self.folder.display();
        console.say(&format!(
            "made {} in `{shown}` from the template `{}`",
            counted(files.len(), "file"),
            starter.name
        ));
        let checked = pipeline::check(Project::load(&self.folder)?);
        let project = &checked.project;
        let files = project.files.len();
        let outcome = console.check_result(&project.sources, files, &checked.findings, None)?;
        if keeps_ignore {
            console.say("`.gitignore` stays as it is; see that it has a line `.jalon/`");
        }
        console.result(&self.next(starter, &choices))?;
        Ok(outcome)
    }

    fn starter(&self, asks: bool) -> Result<&'static Starter, Failure> {
        if let Some(name) = &self.template {
            return starters::find(name).ok_or_else(|| unknown(name));
        }
        if asks {
            return questions::starter();
        }
        if self.yes {
            return starters::find(starters::FIRST).ok_or_else(|| unknown(starters::FIRST));
        }
        let names: Vec<&str> = starters::ALL.iter().map(|one| one.name).collect();
        Err(
            Failure::new("there is no terminal to ask which template to take").help(format!(
                "name one with `--template` ({}), or write `--yes` for `{}`",
                names.join(", "),
                starters::FIRST
            )),
        )
    }

    /// What the command line says, what is answered, and what is usual.
    fn choices(&self, starter: &Starter, asks: bool) -> Result<Choices, Failure> {
        let ask = |said: &Option<String>, question: &str, default: &str, check: Check| match said {
            Some(said) => Ok(said.clone()),
            None if asks => questions::line(question, default, |text| check(text).map(drop)),
            None => Ok(default.to_owned()),
        };
        let later = |said: &Option<String>, question: &str, check: Check| match said {
            Some(said) => Ok(Some(said.clone())),
            None if asks => questions::later(question, |text| check(text).map(drop)),
            None => Ok(None),
        };
        let name = ask(&self.name, "Name of the project", &self.folder_name(), text)?;
        let languages = match (&self.languages[..], starter.languages) {
            (_, []) => Vec::new(),
            ([], known) if asks => questions::languages(known)?,
            ([], known) => known.iter().map(ToString::to_string).collect(),
            (said, _) => distinct(said),
        };
        let timezone = ask(&self.timezone, "Time zone", tailor::ZONE, zone)?;
        let currency = match starter.has_money {
            true => ask(&self.currency, "Currency", tailor::CURRENCY, currency)?,
            false => tailor::CURRENCY.to_owned(),
        };
        let sender_address = later(
            &self.sender_address,
            "Postal address of the sender (empty: later)",
            text,
        )?;
        let unsubscribe_url = later(
            &self.unsubscribe_url,
            "Page to unsubscribe, https://... (empty: later)",
            url,
        )?;
        Ok(Choices {
            name,
            sender_address,
            unsubscribe_url,
            languages,
            timezone,
            currency,
        })
    }

    /// The name of the project's folder, where it has one.
    fn folder_name(&self) -> String {
        let named = |path: &Path| {
            let name = path.file_name()?.to_string_lossy().trim().to_owned();
            Some(name).filter(|name| !name.is_empty())
        };
        named(&self.folder)
            .or_else(|| named(&disk::resolved(&self.folder)?))
            .unwrap_or_else(|| "journeys".to_owned())
    }

    fn refuse_to_overwrite(&self, files: &[(&str, String)]) -> Result<(), Failure> {
        let is_there = |path: &Path| disk::is_folder(path) || (disk::is_file(path) && !self.force);
        let there: Vec<String> = files
            .iter()
            .map(|(path, _)| self.folder.join(path))
            .filter(|path| is_there(path))
            .map(|path| format!("`{}`", path.display()))
            .collect();
        if there.is_empty() {
            return Ok(());
        }
        let are = if there.len() == 1 { "is" } else { "are" };
        Err(Failure::new(format!(
            "{} {are} there already, and nothing was written",
            there.join(", ")
        ))
        .help("name another folder, or overwrite files with `--force`"))
    }

    /// What to do with the new project.
    fn next(&self, starter: &Starter, choices: &Choices) -> String {
        let enter = match self.folder == Path::new(".") {
            true => String::new(),
            false => format!("  cd {}\n", quoted(&self.folder.to_string_lossy())),
        };
        let mut text = String::new();
        if let Some(sample) = &starter.sample {
            let (profile, people) = (sample.profile, sample.people);
            let (events, until) = (sample.events, sample.until);
            text += "\nnext, see who of some sample people would be sent what, and why:\n";
            text += &enter;
            text += &format!("  jalon load --db try.db {profile} {people}\n");
            text += &format!(
                "  jalon replay --db try.db --events {events} --until {until} --timeline\n"
            );
            text += "\nthen write your own, while this checks it at every save:\n";
        } else {
            text += "\nnext, write your own, while this checks it at every save:\n";
            text += &enter;
        }
        text += "  jalon check --watch\n";
        text += "\nbefore anything is sent, put your own values:\n";
        text += &format!("  sender           in {}\n", starter.channels);
        for (key, missing) in [
            ("sender_address ", choices.sender_address.is_none()),
            ("unsubscribe_url", choices.unsubscribe_url.is_none()),
        ] {
            if missing {
                text += &format!("  {key}  in {}\n", config::FILE_NAME);
            }
        }
        text
    }
}

/// Whether a text may be the answer to a question.
type Check = fn(&str) -> Result<String, Failure>;

fn unknown(name: &str) -> Failure {
    let names = starters::ALL.iter().map(|one| one.name);
    let failure = Failure::new(format!("there is no template `{name}`"));
    match did_you_mean(name, names) {
        Some(help) => failure.help(help),
        None => failure,
    }
}

/// The words, each once, in order.
fn distinct(words: &[String]) -> Vec<String> {
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(word) {
            seen.push(word.clone());
        }
    }
    seen
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}
