//! `jalon explain`: the page of a code.

use clap::Args;

use super::{Console, Failure, Outcome};
use crate::diag::render::wrap;
use crate::diag::{Code, codes, did_you_mean};

/// Explain a finding: what it means, why it matters, what to write instead
#[derive(Debug, Args)]
pub struct Explain {
    /// A code (`S001`) or its name (`unclosed-block`); left out, all are listed
    #[arg(value_name = "CODE|NAME")]
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let text = match self.code.as_deref().map(str::trim) {
            None => list(),
            Some(word) => page(
                codes::find(word).ok_or_else(|| unknown(word))?,
                console.width(),
            ),
        };
        console.styled_result(&text)?;
        Ok(Outcome::Clean)
    }
}

fn unknown(word: &str) -> Failure {
    let known = codes::all().flat_map(|code| [code.name, code.id]);
    let help = did_you_mean(word, known)
        .unwrap_or_else(|| "run `jalon explain` for the list of all".to_owned());
    Failure::new(format!("there is no diagnostic called `{word}`")).help(help)
}

fn list() -> String {
    let widest = codes::all().map(|code| code.name.len()).max().unwrap_or(0);
    codes::all()
        .map(|code| {
            let name = format!("{:widest$}", code.name);
            format!("{}  {name}  {}\n", code.id, code.summary)
        })
        .collect()
}

/// The page as it reads in a terminal: headings bold, code indented, lines wrapped, no marks of
/// Markdown.
fn page(code: &Code, width: usize) -> String {
    let bold = anstyle::Style::new().bold();
    let mut text = String::new();
    let mut in_code = false;
    for line in code.page.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            in_code = !in_code;
            if let Some((_, file)) = fence.split_once("file=") {
                text += &format!("  {file}:\n\n");
            }
        } else if in_code {
            text += &format!("    {line}\n");
        } else if line.starts_with('#') {
            let heading = line.trim_start_matches('#').trim();
            text += &format!("{bold}{heading}{bold:#}\n");
        } else {
            text += &wrap(line, width, ("", 0), "");
        }
    }
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}
