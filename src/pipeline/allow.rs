//! `// jalon: allow(NAME) because REASON`: silencing one place, with a reason.
//!
//! After code on its line, the comment speaks for that line. On a line of its own, it speaks for
//! the statement that starts on the next line with code: that line, and those that follow while
//! a bracket, a parenthesis or a `"""` text opened on it is still open. Braces do not count, so
//! an `allow` before a journey silences what is said of its head, not of its steps. A line that
//! ends with `=`, as the canonical layout ends the first line of a segment, goes on with the
//! indented lines below it.

use rustc_hash::FxHashMap;
use std::ops::Range;

use super::Project;
use crate::config::unknown_code;
use crate::diag::codes::config as codes;
use crate::diag::{Code, Diagnostic, Diagnostics, Fix, codes as registry};
use crate::lint;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::syntax::ast::Ast;

/// A statement of more lines is read up to here, so that what is never closed costs little.
const LONGEST_STATEMENT: usize = 200;

/// One name in one comment.
struct Allow {
    code: &'static Code,
    /// Where the comment stands.
    comment: Span,
    /// Where the name stands.
    name: Span,
    /// A finding whose main place starts here is silenced.
    reach: Span,
    used: bool,
}

/// The `allow` comments of a project.
pub(super) struct Allows {
    by_file: FxHashMap<FileId, Vec<Allow>>,
    /// What is wrong with some of them.
    mistakes: Diagnostics,
}

impl Allows {
    /// Reads the comments of all files.
    pub(super) fn of(trees: &[(FileId, Ast)], sources: &Sources) -> Self {
        let mut by_file: FxHashMap<FileId, Vec<Allow>> = FxHashMap::default();
        let mut mistakes = Diagnostics::default();
        for (id, ast) in trees {
            let Some(file) = sources.get(*id) else {
                continue;
            };
            let allows = allows(*id, file, ast, &mut mistakes);
            if !allows.is_empty() {
                by_file.insert(*id, allows);
            }
        }
        Self { by_file, mistakes }
    }

    /// Drops the findings that an `allow` comment silences, and reports the comments that are wrong
    /// or silence nothing. Of a lint that did not run, because it did not look that far or because
    /// the project allows it everywhere, nobody knows whether its comment is needed.
    pub(super) fn silence(
        self,
        project: &Project,
        mut diagnostics: Diagnostics,
        looked_at: lint::LookedAt,
    ) -> Diagnostics {
        let Self {
            mut by_file,
            mut mistakes,
        } = self;
        if by_file.is_empty() && mistakes.is_empty() {
            return diagnostics;
        }
        // How far each comment of a file and those before it reach: the first that may reach a
        // place is found by it.
        let reached: FxHashMap<FileId, Vec<u32>> = by_file
            .iter()
            .map(|(id, allows)| {
                let furthest = allows.iter().scan(0, |furthest, allow| {
                    *furthest = allow.reach.end.max(*furthest);
                    Some(*furthest)
                });
                (*id, furthest.collect())
            })
            .collect();
        diagnostics.retain(|finding| {
            let place = finding.primary.place;
            let Some(allows) = by_file.get_mut(&place.file) else {
                return true;
            };
            let start = place.span.start;
            let reached = reached.get(&place.file).map_or(&[][..], Vec::as_slice);
            let first = reached.partition_point(|end| *end <= start);
            let later = allows.iter_mut().skip(first);
            let mut near = later.take_while(|allow| allow.reach.start <= start);
            let matching = near.find(|allow| {
                allow.code == finding.code && (allow.reach.start..allow.reach.end).contains(&start)
            });
            match matching {
                Some(allow) => {
                    allow.used = true;
                    false
                }
                None => true,
            }
        });
        for id in &project.files {
            for allow in by_file.get(id).into_iter().flatten() {
                if !allow.used && lint::has_run(allow.code, &project.manifest.levels, looked_at) {
                    mistakes.push(unused(allow, project.sources.text(*id), *id));
                }
            }
        }
        diagnostics.append(mistakes);
        diagnostics
    }
}

/// Takes one name out of a comment, or the comment if it has no other name.
fn without(text: &str, comment: Span, name: Span, file: FileId) -> Option<Fix> {
    let before = Span::new(comment.start, name.start).text(text);
    let after = Span::new(name.end, comment.end).text(text);
    let (first, last) = (
        before.trim_end().ends_with('('),
        after.trim_start().starts_with(')'),
    );
    if !(first && last) {
        let rest = after.trim_start().strip_prefix(',').map(str::trim_start);
        let span = match rest {
            Some(rest) => Span::new(name.start, comment.end - length(rest)),
            None => Span::new(
                comment.start + length(before.trim_end().strip_suffix(',')?),
                name.end,
            ),
        };
        let fix = Fix::safe("remove the name from the comment", span.in_file(file), "");
        return Some(fix);
    }
    let head = text.get(..comment.start as usize)?;
    let line = head.get(head.rfind('\n').map_or(0, |at| at + 1)..)?;
    let span = match line.trim().is_empty() {
        false => Span::new(length(head.trim_end()), comment.end),
        true => {
            let behind = text.get(comment.end as usize..)?;
            let end = behind.find('\n').map_or(behind.len(), |at| at + 1);
            let end = comment.end + u32::try_from(end).ok()?;
            Span::new(comment.start - length(line), end)
        }
    };
    Some(Fix::safe("remove the comment", span.in_file(file), ""))
}

fn unused(allow: &Allow, text: &str, file: FileId) -> Diagnostic {
    let name = allow.code.name;
    Diagnostic::new(
        &codes::UNUSED_ALLOW,
        allow.name.in_file(file),
        format!("nothing here is reported as `{name}`"),
    )
    .help("remove the comment, or put it on the line before what it is about")
    .fix_if(without(text, allow.comment, allow.name, file))
}

/// The `allow` comments of one file.
fn allows(id: FileId, file: &SourceFile, ast: &Ast, mistakes: &mut Diagnostics) -> Vec<Allow> {
    let mut found = Vec::new();
    let mut above = None;
    for comment in ast.comments.iter().filter(|comment| !comment.doc) {
        let text = comment.span.text(&file.text);
        let Some(body) = text.strip_prefix("//").map(str::trim_start) else {
            continue;
        };
        let Some(directive) = body.strip_prefix("jalon:") else {
            continue;
        };
        let base = comment.span.end - length(directive);
        let Some((names, reason)) = split(directive) else {
            mistakes.push(
                Diagnostic::new(
                    &codes::UNEXPLAINED_ALLOW,
                    comment.span.in_file(id),
                    "this comment to Jalon cannot be read",
                )
                .help("write `// jalon: allow(NAME) because REASON`"),
            );
            continue;
        };
        if reason.is_empty() {
            mistakes.push(
                Diagnostic::new(
                    &codes::UNEXPLAINED_ALLOW,
                    comment.span.in_file(id),
                    "this `allow` gives no reason",
                )
                .help("end it with `because` and the reason, for whoever reads it in a year"),
            );
            continue;
        }
        let reach = reach(file, comment.span, &mut above);
        let mut next = base
            + directive
                .split_once('(')
                .map_or(0, |(head, _)| length(head) + 1);
        for name in names.split(',') {
            let word = name.trim();
            let start = next + length(name) - length(name.trim_start());
            next += length(name) + 1;
            let span = Span::new(start, start + length(word));
            match registry::find(word) {
                None => mistakes.push(unknown_code(word, span.in_file(id))),
                Some(code) if code.is_hard() => mistakes.push(
                    Diagnostic::new(
                        &codes::LOWERED_ERROR,
                        span.in_file(id),
                        format!("`{}` is always an error and cannot be allowed", code.name),
                    )
                    .help(format!(
                        "correct what it reports; `jalon explain {}` says how",
                        code.name
                    ))
                    .fix_if(without(&file.text, comment.span, span, id)),
                ),
                Some(code) => found.push(Allow {
                    code,
                    comment: comment.span,
                    name: span,
                    reach,
                    used: false,
                }),
            }
        }
    }
    found
}

/// The names and the reason of ` allow(a, b) because REASON`.
fn split(directive: &str) -> Option<(&str, &str)> {
    let rest = directive.trim_start().strip_prefix("allow")?.trim_start();
    let (names, rest) = rest.strip_prefix('(')?.split_once(')')?;
    if names.trim().is_empty() {
        return None;
    }
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((names, ""));
    }
    let reason = rest.strip_prefix("because")?;
    let separated = reason.is_empty() || reason.starts_with(char::is_whitespace);
    separated.then(|| (names, reason.trim()))
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(0)
}

/// What a comment speaks for. `above` is what the last comment on a line of its own speaks for, and the
/// lines up to its statement: comments may stand one above another by the thousand.
fn reach(file: &SourceFile, comment: Span, above: &mut Option<(Range<u32>, Span)>) -> Span {
    let lines = file.lines();
    let line = lines.line_of(comment.start);
    let before = Span::new(lines.line_start(line), comment.start).text(&file.text);
    if !before.trim().is_empty() {
        return Span::new(lines.line_start(line), lines.line_end(line));
    }
    if let Some((lines, reach)) = above
        && lines.contains(&line)
    {
        return *reach;
    }
    let mut next = line + 1;
    while next < lines.lines() {
        let text = Span::new(lines.line_start(next), lines.line_end(next)).text(&file.text);
        let text = text.trim();
        if !text.is_empty() && !text.starts_with("//") {
            break;
        }
        next += 1;
    }
    let start = lines.line_start(next);
    let rest = Span::new(start, lines.line_start(lines.lines())).text(&file.text);
    let reach = Span::new(start, start + statement(rest));
    *above = Some((line..next, reach));
    reach
}

/// How many bytes the statement takes that starts a text: see the head of this file.
fn statement(text: &str) -> u32 {
    let mut open = 0_u32;
    let mut in_block_text = false;
    let mut taken = 0;
    let mut hanging = false;
    for line in text.split_inclusive('\n').take(LONGEST_STATEMENT) {
        let inside = open > 0 || in_block_text;
        let indented = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if hanging && !inside && !indented {
            break;
        }
        taken += line.len();
        let mut rest = line;
        while let Some(c) = rest.chars().next() {
            let mut step = c.len_utf8();
            if rest.starts_with("\"\"\"") {
                in_block_text = !in_block_text;
                step = 3;
            } else if !in_block_text {
                if rest.starts_with("//") {
                    break;
                }
                match c {
                    '"' => step = text_length(rest),
                    '(' | '[' => open += 1,
                    ')' | ']' => open = open.saturating_sub(1),
                    _ => {}
                }
            }
            rest = rest.get(step..).unwrap_or("");
        }
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        hanging |= code.trim_end().ends_with('=');
        if open == 0 && !in_block_text && !hanging {
            break;
        }
    }
    u32::try_from(taken).unwrap_or(u32::MAX)
}

/// The bytes of a `"` text, which ends at its quote or with its line.
fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\n' => return at,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_comment() {
        assert_eq!(split(" allow(a) because it is so"), Some(("a", "it is so")));
        assert_eq!(split("allow(a, b)  because x"), Some(("a, b", "x")));
        assert_eq!(split(" allow(a)"), Some(("a", "")));
        assert_eq!(split(" allow(a) because"), Some(("a", "")));
        for wrong in [
            "",
            " allow",
            " allow()",
            " deny(a) because x",
            " allow(a) as x",
            " allow(a) becauseso",
        ] {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_statement_ends_with_its_line_or_what_it_opened() {
        assert_eq!(statement("wait 3 days\nexit\n"), 12);
        assert_eq!(statement("send a(\n  b: 1\n) by sms\nexit\n"), 24);
        assert_eq!(statement("sms \"\"\"\n (a\n\"\"\"\nexit\n"), 16);
        assert_eq!(statement("if x == \"(\" { // (\n  exit\n}"), 19);
        assert_eq!(statement("journey a {\n exit\n}"), 12);
        assert_eq!(
            statement("segment s of m: M =\n  a\n  and (\n    b\n  )\n\nenum"),
            42
        );
        assert_eq!(statement(""), 0);
    }
}
