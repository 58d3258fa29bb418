//! Dates and times of day as other countries write them.

use super::meant::of_12_hours;
use super::{finding, rewrite, structural};
use crate::diag::Fix;
use crate::diag::codes::syntax as codes;
use crate::source::Span;
use crate::syntax::ast::{ArithmeticOp, Expr, ExprKind, Literal};
use crate::syntax::lower::Lower;

/// What to write instead of a day that does not exist.
pub(in crate::syntax) fn date_help(year: &str, month: &str) -> String {
    let last = match (year.parse(), month.parse()) {
        (Ok(year), Ok(month)) => jiff::civil::Date::new(year, month, 1).ok(),
        _ => None,
    };
    match last {
        Some(first) => format!("{year}-{month} has {} days", first.days_in_month()),
        None => "write a month from `01` to `12`".to_owned(),
    }
}

/// What to write instead of `25-12-2026`.
pub(in crate::syntax) fn day_first(first: &str, second: &str, third: &str) -> String {
    let parts = (
        first.parse::<u16>(),
        second.parse::<u16>(),
        third.parse::<u16>(),
    );
    let (Ok(first), Ok(second), Ok(third)) = parts else {
        return "write a date as year, month and day: `2026-12-25`".to_owned();
    };
    let iso = |year, month, day| format!("{year:04}-{month:02}-{day:02}");
    match (first, second, third) {
        (1000.., 13.., _) => format!("write `{}`", iso(first, third, second)),
        (1000.., _, _) => format!("write `{}`", iso(first, second, third)),
        (_, 13.., 1000..) => format!("write `{}`", iso(third, first, second)),
        (13.., _, 1000..) => format!("write `{}`", iso(third, second, first)),
        (_, _, 1000..) if first != second => format!(
            "write year, month and day: `{}`, or `{}` if the month comes first",
            iso(third, second, first),
            iso(third, first, second)
        ),
        (_, _, 1000..) => format!("write `{}`", iso(third, second, first)),
        _ => "write a date as year, month and day: `2026-12-25`".to_owned(),
    }
}

/// Writes the date that a help says, if it says one.
pub(in crate::syntax) fn as_helped(lower: &Lower<'_>, span: Span, help: &str) -> Option<Fix> {
    let date = help.strip_prefix("write `")?.strip_suffix('`')?;
    let alone = date.len() == 10 && !lower.source(span).contains('T');
    (alone && !date.contains('`')).then(|| Fix::safe(help, span.in_file(lower.file), date))
}

/// A time that is none, like `9:00`, `9:00 pm` and `24:00`.
pub(in crate::syntax) fn bad_time(lower: &mut Lower<'_>, written: &str, span: Span) {
    let rest = lower.whole.get(span.end as usize..).unwrap_or("");
    let rest = rest.trim_start_matches(' ');
    let half = rest.get(..2).filter(|half| {
        ["am", "pm", "AM", "PM"].contains(half)
            && !rest
                .get(2..)
                .is_some_and(|r| r.starts_with(unicode_ident::is_xid_continue))
    });
    let message = format!("`{written}` is not a time of day");
    if let Some(time) = half.and_then(|half| of_12_hours(written, half)) {
        let end = lower.whole.len() - rest.len() + 2;
        let span = Span::new(span.start, u32::try_from(end).unwrap_or(span.end));
        let written = lower.source(span);
        let message = format!("`{written}` is not a time of day");
        let help = format!("write `{time}`");
        let found = finding(lower, &codes::BAD_DATE, span, message, help);
        // The half of the day behind it is said with it.
        structural(lower, found.fix(rewrite::write(lower, span, &time)));
        return;
    }
    let mut parts = written.split(':');
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u8>().ok());
    let found = match (number(parts.next()), number(parts.next()), parts.next()) {
        (Some(24), Some(0), None) => {
            let help = "write `00:00`: a day ends where the next begins";
            finding(lower, &codes::BAD_DATE, span, message, help)
        }
        (Some(hour @ 0..24), Some(minute @ 0..60), None) => {
            let time = format!("{hour:02}:{minute:02}");
            let fix = rewrite::write(lower, span, &time);
            finding(
                lower,
                &codes::BAD_DATE,
                span,
                message,
                format!("write `{time}`"),
            )
            .fix(fix)
        }
        _ => {
            let help = "write hours and minutes with two digits each, from `00:00` to `23:59`";
            finding(lower, &codes::BAD_DATE, span, message, help)
        }
    };
    lower.push(found);
}

/// Whether `left / right` is a date like `25/12/2026`; reports it then.
pub(in crate::syntax) fn slashed_date(lower: &mut Lower<'_>, left: &Expr, right: &Expr) -> bool {
    let ExprKind::Arithmetic { first, rest } = &left.kind else {
        return false;
    };
    let [(ArithmeticOp::Divide, second)] = rest.as_slice() else {
        return false;
    };
    let written = |expr: &Expr| match &expr.kind {
        ExprKind::Literal(Literal::Int(number)) => u16::try_from(*number).ok(),
        _ => None,
    };
    let (Some(a), Some(b), Some(c)) = (written(first), written(second), written(right)) else {
        return false;
    };
    let span = left.span.to(right.span);
    let source = lower.source(span);
    let is_date = (a < 32 && b < 32 && c > 1000) || (a > 1000 && b < 32 && c < 32);
    if !is_date || source.contains(char::is_whitespace) {
        return false;
    }
    let message = format!("`{source}` is not a date");
    let help = day_first(&a.to_string(), &b.to_string(), &c.to_string());
    let fix = as_helped(lower, span, &help);
    lower.push(finding(lower, &codes::BAD_DATE, span, message, help).fix_if(fix));
    true
}
