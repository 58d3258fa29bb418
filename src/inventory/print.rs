//! Items as people read them.

use super::{Inventory, Item, Kind, Use};
use crate::diag::counted;
use crate::diag::render::{printable, wrap};
use indexmap::{IndexMap, IndexSet};
use unicode_width::UnicodeWidthStr;

/// So many users of a thing are named in a list; `show` names all.
const USERS: usize = 6;
/// So many lines of source are shown.
const LINES: usize = 40;

/// Which items are printed, and how much of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Facts, and who uses it.
    List,
    /// Everything: each use with its line, and the source.
    Show,
}

/// The items, a paragraph each, in lines of at most `width` columns where words allow it. The text
/// holds ANSI colours.
#[must_use]
pub fn text(items: &[Item], detail: Detail, width: usize) -> String {
    let printed = items.iter().map(|item| one(item, detail, width));
    printed.collect::<Vec<_>>().join("\n")
}

fn one(item: &Item, detail: Detail, width: usize) -> String {
    let bold = anstyle::Style::new().bold();
    let dim = anstyle::Style::new().dimmed();
    let place = format!("{}:{}", item.place.file, item.place.line);
    let mut text = format!(
        "{bold}{}{bold:#}  {dim}{}{dim:#}\n",
        clean(&item.name),
        clean(&match detail {
            Detail::List => place,
            Detail::Show => format!("{}, {place}", item.kind.word()),
        })
    );
    if let Some(doc) = &item.doc {
        text += &wrap(&clean_lines(doc), width, ("  ", 2), "  ");
    }
    let mut facts: Vec<(&str, Vec<String>)> = item
        .facts
        .iter()
        .map(|fact| (fact.name, fact.values.clone()))
        .collect();
    if detail == Detail::List {
        facts.extend(users(&item.uses));
    }
    let widest = facts
        .iter()
        .map(|(name, _)| name.width())
        .max()
        .unwrap_or(0);
    let rest = " ".repeat(widest + 6);
    for (name, values) in &facts {
        for (number, value) in values.iter().enumerate() {
            let name = if number == 0 { *name } else { "" };
            let first = format!("  {dim}{name:widest$}{dim:#}  ");
            text += &wrap(&clean(value), width, (&first, widest + 4), &rest);
        }
    }
    if detail == Detail::Show {
        text += &uses(item, width);
        text += &source(item);
    }
    text
}

/// Who uses a thing, by the way in which, in the order of the first of each.
fn users(uses: &[Use]) -> Vec<(&'static str, Vec<String>)> {
    let mut ways: IndexMap<&'static str, IndexSet<&str>> = IndexMap::new();
    for found in uses {
        ways.entry(found.how).or_default().insert(&found.name);
    }
    ways.into_iter()
        .map(|(how, names)| {
            let shown: Vec<&str> = names.iter().copied().take(USERS).collect();
            let mut text = shown.join(", ");
            if names.len() > shown.len() {
                text += &format!(" and {} more", names.len() - shown.len());
            }
            (how, vec![text])
        })
        .collect()
}

/// Each use on a line: where, how, by what, and the line of source if there is room for it.
fn uses(item: &Item, width: usize) -> String {
    if item.uses.is_empty() {
        return match item.kind {
            Kind::Promise | Kind::Test | Kind::Consent | Kind::Step => String::new(),
            _ => "\n  nothing uses it\n".to_owned(),
        };
    }
    let rows: Vec<[String; 4]> = item
        .uses
        .iter()
        .map(|found| {
            [
                clean(&format!("{}:{}", found.place.file, found.place.line)),
                found.how.to_owned(),
                clean(&found.name),
                clean(&found.text),
            ]
        })
        .collect();
    let widest = |column: fn(&[String; 4]) -> &String| {
        rows.iter()
            .map(|row| column(row).width())
            .max()
            .unwrap_or(0)
    };
    let place = widest(|[place, ..]| place);
    let how = widest(|[_, how, ..]| how);
    let name = widest(|[_, _, name, _]| name).min(24);
    let mut text = format!("\n  used in {}\n", counted(item.uses.len(), "place"));
    for [at, way, by, line] in &rows {
        let head = format!(
            "    {}  {}  {}",
            padded(at, place),
            padded(way, how),
            padded(by, name)
        );
        let room = width.saturating_sub(head.width() + 2);
        let line = if room >= 20 {
            cut(line, room)
        } else {
            String::new()
        };
        text += format!("{head}  {line}").trim_end();
        text.push('\n');
    }
    text
}

/// The text of the declaration, with its first lines if it is long.
fn source(item: &Item) -> String {
    let Some(source) = &item.source else {
        return String::new();
    };
    let mut text = "\n".to_owned();
    for line in source.lines().take(LINES) {
        text += format!("    {}", printable(line)).trim_end();
        text.push('\n');
    }
    let left = source.lines().count().saturating_sub(LINES);
    if left > 0 {
        text += &format!("    ... and {}\n", counted(left, "more line"));
    }
    text
}

/// How many things of each kind there are, and their names.
#[must_use]
pub fn overview(inventory: &Inventory<'_>, width: usize) -> String {
    let dim = anstyle::Style::new().dimmed();
    let kinds: Vec<(Kind, Vec<&str>)> = Kind::LISTED
        .iter()
        .map(|kind| (*kind, inventory.names(*kind)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let widest = kinds
        .iter()
        .map(|(kind, _)| kind.plural().len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (kind, names) in kinds {
        let titles = matches!(kind, Kind::Promise | Kind::Test);
        let between = if titles { "; " } else { ", " };
        let first = format!(
            "{:widest$}  {dim}{:>4}{dim:#}  ",
            kind.plural(),
            names.len()
        );
        let rest = " ".repeat(widest + 8);
        let names = clean(&names.join(between));
        text += &wrap(&names, width, (&first, widest + 8), &rest);
    }
    text
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// The beginning of a text, with `...` if it is longer than so many columns.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if cut.width() + c.len_utf8().min(2) + 3 > width {
            break;
        }
        cut.push(c);
    }
    cut.trim_end().to_owned() + "..."
}

/// What the source says must not steer the terminal.
fn clean(text: &str) -> String {
    printable(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}

fn clean_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(clean).collect();
    lines.join("\n")
}
