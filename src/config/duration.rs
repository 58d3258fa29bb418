//! Durations in `jalon.toml`: `1 hour`, `30 minutes`.

/// The longest that may be written: a year of days.
const LONGEST: u64 = 366 * 24 * 3600;

/// Reads a whole number, one space and a unit of fixed length, as seconds.
///
/// # Errors
/// The words to add after "`late_rows` is `x`, ".
pub(super) fn parse(text: &str) -> Result<u64, &'static str> {
    let (count, unit) = text
        .trim()
        .split_once(' ')
        .ok_or("which is not a number and a unit")?;
    let count: u64 = count
        .replace('_', "")
        .parse()
        .map_err(|_| "which does not start with a whole number")?;
    let seconds = match unit.trim().strip_suffix('s').unwrap_or(unit.trim()) {
        "second" => 1,
        "minute" => 60,
        "hour" => 3600,
        "day" => 24 * 3600,
        "week" => 7 * 24 * 3600,
        "month" | "year" => return Err("but months and years have no fixed length"),
        _ => return Err("which does not end in a unit"),
    };
    match count.checked_mul(seconds) {
        Some(total) if total <= LONGEST => Ok(total),
        _ => Err("which is more than a year"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units() {
        assert_eq!(parse("1 hour"), Ok(3600));
        assert_eq!(parse("90 minutes"), Ok(5400));
        assert_eq!(parse("2 days"), Ok(172_800));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "hour",
            "1",
            "1hour",
            "-1 hour",
            "1.5 hours",
            "1 month",
            "1 fortnight",
            "99999999999 days",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
