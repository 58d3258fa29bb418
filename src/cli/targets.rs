//! `--format` and `--output`: which formats findings are printed in, and where each goes.
//!
//! The options are read in order: a file belongs to the format before it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::ValueEnum;
use clap::builder::{EnumValueParser, PathBufValueParser, TypedValueParser};

use super::Failure;

/// How findings are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines they are about, for people
    #[default]
    Human,
    /// One line each, for editors and logs
    Concise,
    /// One document, for programs; its schema is docs/reference/diagnostics.schema.json
    Json,
    /// SARIF 2.1.0, for GitHub code scanning and editors
    Sarif,
    /// Annotations of a pull request, in GitHub Actions
    Github,
    /// A Code Quality report, for merge requests of GitLab
    Gitlab,
    /// A JUnit report, for GitLab, Jenkins and others
    Junit,
    /// Tables in Markdown, for the summary of a run and comments
    Markdown,
}

/// Where findings go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sink {
    /// Standard output.
    Output,
    /// Standard error.
    Error,
    /// A file, which is written as a whole or not at all.
    File(PathBuf),
}

/// A format and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The format.
    pub format: Format,
    /// Where it goes.
    pub sink: Sink,
}

/// What a verb has to say about sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reports {
    /// Findings are its result: machine formats go to standard output.
    Result,
    /// Findings stand beside its result, on standard error.
    Aside,
    /// It has none.
    Nothing,
}

/// An option's value, and its number among all values of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered<T> {
    number: usize,
    value: T,
}

/// How many values were read. The parser of arguments calls the parsers of values in the order of
/// the command line, but keeps the values of each option for itself.
static READ: AtomicUsize = AtomicUsize::new(0);

fn numbered<T>(value: T) -> Numbered<T> {
    let number = READ.fetch_add(1, Ordering::Relaxed);
    Numbered { number, value }
}

/// Reads a value of `--format`.
pub(super) fn format() -> impl TypedValueParser<Value = Numbered<Format>> {
    EnumValueParser::<Format>::new().map(numbered)
}

/// Reads a value of `--output`.
pub(super) fn output() -> impl TypedValueParser<Value = Numbered<PathBuf>> {
    PathBufValueParser::new().map(numbered)
}

/// Everything that findings are printed as; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets(Vec<Target>);

impl Default for Targets {
    fn default() -> Self {
        Self(vec![Target {
            format: Format::Human,
            sink: Sink::Error,
        }])
    }
}

impl Targets {
    /// The formats and files of a command line.
    ///
    /// # Errors
    /// A file without a format, or two formats in one place.
    pub(super) fn of(
        formats: &[Numbered<Format>],
        outputs: &[Numbered<PathBuf>],
        reports: Reports,
    ) -> Result<Self, Failure> {
        if READ.load(Ordering::Relaxed) > formats.len() + outputs.len() {
            return Err(Failure::new(
                "`--format` or `--output` stands both before and after the verb",
            )
            .help("write all of them after the verb: `jalon check --format human ...`"));
        }
        pair(formats, outputs, reports)
    }

    /// Every format with its place.
    pub fn iter(&self) -> std::slice::Iter<'_, Target> {
        self.0.iter()
    }

    /// Whether nothing is printed on a stream.
    #[must_use]
    pub fn are_all_files(&self) -> bool {
        let is_file = |target: &Target| matches!(target.sink, Sink::File(_));
        self.0.iter().all(is_file)
    }
}

fn pair(
    formats: &[Numbered<Format>],
    outputs: &[Numbered<PathBuf>],
    reports: Reports,
) -> Result<Targets, Failure> {
    if let (Reports::Nothing, Some(output)) = (reports, outputs.first()) {
        return Err(Failure::new(format!(
            "this command has no findings to write to `{}`",
            output.value.display()
        ))
        .help("leave `--output` out; `jalon check` takes it"));
    }
    let mut targets: Vec<Target> = Vec::new();
    for (place, format) in formats.iter().enumerate() {
        let next = formats
            .get(place + 1)
            .map_or(usize::MAX, |next| next.number);
        let mut own = outputs
            .iter()
            .filter(|output| (format.number..next).contains(&output.number));
        let sink = match own.next().map(|output| output.value.as_path()) {
            None => usual(format.value, reports),
            Some(path) if path == Path::new("-") => Sink::Output,
            Some(path) => Sink::File(path.to_path_buf()),
        };
        if let Some(second) = own.next() {
            return Err(Failure::new(format!(
                "`--format {}` has two outputs; the second is `{}`",
                word(format.value),
                second.value.display()
            ))
            .help(format!(
                "write each as a pair: `--format {0} --output FILE --format {0} --output FILE`",
                word(format.value)
            )));
        }
        targets.push(Target {
            format: format.value,
            sink,
        });
    }
    let first = formats.first().map_or(usize::MAX, |format| format.number);
    if let Some(output) = outputs.iter().find(|output| output.number < first) {
        let path = output.value.display();
        return Err(
            Failure::new(format!("`--output {path}` has no `--format` before it")).help(format!(
                "say which format the file has: `--format sarif --output {path}`"
            )),
        );
    }
    if targets.is_empty() {
        return Ok(Targets::default());
    }
    apart(&targets)?;
    Ok(Targets(targets))
}

/// Where a format goes that has no `--output`.
const fn usual(format: Format, reports: Reports) -> Sink {
    match (format, reports) {
        (Format::Human, _) | (_, Reports::Aside | Reports::Nothing) => Sink::Error,
        (_, Reports::Result) => Sink::Output,
    }
}

/// Refuses two formats in one place, which nobody could read.
fn apart(targets: &[Target]) -> Result<(), Failure> {
    for (place, target) in targets.iter().enumerate() {
        let mut earlier = targets.iter().take(place);
        let Some(other) = earlier.find(|other| other.sink == target.sink) else {
            continue;
        };
        let place = match &target.sink {
            Sink::Output => "standard output".to_owned(),
            Sink::Error => "standard error".to_owned(),
            Sink::File(path) => format!("`{}`", path.display()),
        };
        let (one, two) = (word(other.format), word(target.format));
        return Err(Failure::new(format!(
            "`--format {one}` and `--format {two}` would both be written to {place}"
        ))
        .help(format!(
            "give one of them a file of its own: `--format {two} --output FILE`"
        )));
    }
    Ok(())
}

/// The word for a format on the command line.
fn word(format: Format) -> String {
    let value = format.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `human`, `sarif`, ... as formats, what starts with `>` as outputs.
    fn read(words: &str, reports: Reports) -> Result<String, String> {
        let (mut formats, mut outputs) = (Vec::new(), Vec::new());
        for (number, word) in words.split_whitespace().enumerate() {
            match word.strip_prefix('>') {
                Some(path) => outputs.push(Numbered {
                    number,
                    value: PathBuf::from(path),
                }),
                None => formats.push(Numbered {
                    number,
                    value: Format::from_str(word, true).unwrap(),
                }),
            }
        }
        let targets = pair(&formats, &outputs, reports).map_err(|failure| failure.message)?;
        let shown = targets.iter().map(|target| {
            let sink = match &target.sink {
                Sink::Output => "out".to_owned(),
                Sink::Error => "err".to_owned(),
                Sink::File(path) => path.display().to_string(),
            };
            format!("{}>{sink}", word(target.format))
        });
        Ok(shown.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn a_file_belongs_to_the_format_before_it() {
        let check = |words| read(words, Reports::Result).unwrap();
        assert_eq!(check(""), "human>err");
        assert_eq!(check("json"), "json>out");
        assert_eq!(
            check("human sarif >a.sarif junit >b.xml github"),
            "human>err sarif>a.sarif junit>b.xml github>out"
        );
        assert_eq!(check("human >- sarif >a"), "human>out sarif>a");
        assert_eq!(read("json", Reports::Aside).unwrap(), "json>err");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let refused = |words| read(words, Reports::Result).unwrap_err();
        assert_eq!(
            refused("json sarif"),
            "`--format json` and `--format sarif` would both be written to standard output"
        );
        assert_eq!(
            refused("junit >x sarif >x"),
            "`--format junit` and `--format sarif` would both be written to `x`"
        );
        assert_eq!(
            refused(">x sarif"),
            "`--output x` has no `--format` before it"
        );
        assert_eq!(
            refused("sarif >x >y"),
            "`--format sarif` has two outputs; the second is `y`"
        );
        assert_eq!(
            read("human json", Reports::Aside).unwrap_err(),
            "`--format human` and `--format json` would both be written to standard error"
        );
        assert_eq!(
            read("sarif >x", Reports::Nothing).unwrap_err(),
            "this command has no findings to write to `x`"
        );
    }
}
