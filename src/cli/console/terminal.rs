//! What the terminal can show: colours, box characters, how many columns.
#![expect(
    clippy::disallowed_methods,
    reason = "the variables that describe the terminal are read here"
)]

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

use crate::cli::Color;
use crate::diag::render::Style;

/// The narrowest and widest text, and the width where there is no terminal.
const WIDTHS: std::ops::RangeInclusive<usize> = 80..=120;
const WIDTH: usize = 100;

/// The style of findings in a file, which is read nobody knows where.
pub(super) const IN_FILE: Style = Style {
    color: false,
    unicode: true,
    width: WIDTH,
};

/// The style of what goes to standard error.
pub(super) fn style(color: Color) -> Style {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    let color = match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => false,
        ColorChoice::Auto | ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
    };
    Style {
        color,
        unicode: !is_shown() || knows_unicode(),
        width: width(),
    }
}

/// Whether standard error is a terminal: somebody watches.
pub(super) fn is_shown() -> bool {
    io::stderr().is_terminal()
}

/// The width of the terminal, kept between bounds where text reads well.
fn width() -> usize {
    terminal_size::terminal_size_of(io::stderr())
        .or_else(|| terminal_size::terminal_size_of(io::stdout()))
        .map_or(WIDTH, |(columns, _)| {
            usize::from(columns.0).clamp(*WIDTHS.start(), *WIDTHS.end())
        })
}

/// Whether the variables of the terminal say that it can show box characters.
fn knows_unicode() -> bool {
    if cfg!(windows) {
        return true;
    }
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    if set("TERM").is_some_and(|term| term == "dumb" || term == "linux") {
        return false;
    }
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(set)
        .is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}
