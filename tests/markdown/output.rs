//! What people read of a project's findings, and the blocks of a page that hold it.

use jalon::diag::Level;
use jalon::diag::render::{Human, Style, alike, is_closing};
use jalon::pipeline::{self, Project};

use super::{Block, shown, written};

/// What is printed, and what is wrong with it whatever it says.
#[derive(Debug)]
pub struct Output {
    /// The findings as `jalon check` prints them, paths being those within the project.
    pub text: String,
    /// How many errors and warnings there are, one that stands at several places being one.
    pub findings: usize,
    /// The codes of findings that do not say what to do.
    pub helpless: Vec<&'static str>,
}

/// Whether a block says what is printed.
pub fn is_output(block: &Block) -> bool {
    block.language == "text" && block.is("output")
}

/// Checks the files as a project and prints what is found: 100 columns, no colours.
pub fn of(files: &[(String, &Block)]) -> Output {
    let folder = written(files);
    let checked = pipeline::check(Project::load(folder.path()).unwrap());
    let style = Style {
        color: false,
        unicode: true,
        width: 100,
    };
    let mut human = Human::new(&checked.project.sources, style);
    let mut groups = alike(&checked.findings, &checked.project.sources);
    groups.retain(|group| !is_closing(group.first));
    let printed = groups.iter().map(|it| human.render_alike(it).unwrap());
    let printed = printed.collect::<String>();
    let root = format!("{}/", shown(folder.path()));
    let serious = groups.iter().filter(|it| it.first.level >= Level::Warn);
    let helpless = checked
        .findings
        .iter()
        .filter(|f| f.level >= Level::Warn && f.diagnostic.help.is_none());
    Output {
        text: format!("{}\n", printed.replace(&root, "").trim_end()),
        findings: serious.count(),
        helpless: helpless.map(|f| f.diagnostic.code.name).collect(),
    }
}

/// What is wrong with an output, if anything is.
pub fn compare(wanted: &Block, found: &Output) -> Option<String> {
    if found.text != wanted.text {
        return Some(format!(
            "another output; JALON_BLESS=1 takes it\n{}",
            difference(&wanted.text, &found.text)
        ));
    }
    if found.findings != 1 && !wanted.is("several") {
        return Some(format!(
            "one mistake must give one finding, not {}",
            found.findings
        ));
    }
    let code = found.helpless.first()?;
    Some(format!("[{code}] does not say what to do"))
}

/// The lines of both, those of one marked: `-` for what was wanted, `+` for what was found.
fn difference(wanted: &str, found: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (wanted.lines().collect(), found.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[same..], &new[same..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    let lines = |mark: char, lines: &[&str]| {
        let line = |line: &&str| format!("    {mark} {line}").trim_end().to_owned() + "\n";
        lines.iter().map(line).collect::<String>()
    };
    [
        lines(' ', &old[..same]),
        lines('-', &old_rest[..old_rest.len() - tail]),
        lines('+', &new_rest[..new_rest.len() - tail]),
        lines(' ', &old_rest[old_rest.len() - tail..]),
    ]
    .concat()
}

/// A page with other outputs in some of its blocks.
pub fn bless(page: &str, blocks: &[(Block, String)]) -> String {
    let mut lines: Vec<&str> = page.lines().collect();
    for (block, text) in blocks.iter().rev() {
        let from = block.line - 1;
        lines.splice(from..from + block.text.lines().count(), text.lines());
    }
    lines.join("\n") + "\n"
}
