//! The forms in which a template shows a date, a time or an instant.
//!
//! `{{ gift.made_at | date: 'long' }}` takes one of the four lengths of CLDR, and
//! `date: '%d %B %Y'` a form in the notation of Liquid, of which a closed part is read. Names of
//! months and days are always those of the content's language.

use crate::template::Type;

/// How a moment is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// A length of CLDR.
    Length(Length),
    /// A form of parts.
    Form(Vec<Part>),
}

/// The lengths of CLDR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// `12/25/26`
    Short,
    /// `Dec 25, 2026`
    Medium,
    /// `December 25, 2026`
    Long,
    /// `Friday, December 25, 2026`
    Full,
}

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// `%d`: the day, two digits.
    Day,
    /// `%-d`, `%e`: the day without a leading zero.
    DayShort,
    /// `%m`: the month, two digits.
    Month,
    /// `%-m`: the month without a leading zero.
    MonthShort,
    /// `%B`: the month's name.
    MonthName,
    /// `%b`: the month's short name.
    MonthAbbreviated,
    /// `%Y`
    Year,
    /// `%y`: the year's last two digits.
    YearShort,
    /// `%A`: the day's name.
    WeekdayName,
    /// `%a`: the day's short name.
    WeekdayAbbreviated,
    /// `%H`: the hour of 24, two digits.
    Hour,
    /// `%-H`: the hour of 24.
    HourShort,
    /// `%I`: the hour of 12, two digits.
    Hour12,
    /// `%-I`: the hour of 12.
    Hour12Short,
    /// `%M`
    Minute,
    /// `%S`
    Second,
    /// `%p`: `AM` or `PM`.
    HalfDay,
}

impl Part {
    fn of_time(&self) -> bool {
        matches!(
            self,
            Self::Hour
                | Self::HourShort
                | Self::Hour12
                | Self::Hour12Short
                | Self::Minute
                | Self::Second
                | Self::HalfDay
        )
    }
}

impl Pattern {
    /// Reads what stands behind `date:` for a value of the type.
    ///
    /// # Errors
    ///
    /// Says in a user's words what cannot be read, or does not fit the type.
    pub fn read(written: &str, ty: &Type) -> Result<Self, String> {
        let length = match written {
            "short" => Some(Length::Short),
            "medium" => Some(Length::Medium),
            "long" => Some(Length::Long),
            "full" => Some(Length::Full),
            _ => None,
        };
        if let Some(length) = length {
            return Ok(Self::Length(length));
        }
        if !written.contains('%') {
            return Err(format!("`{written}` is not a form for a date"));
        }
        let mut parts = Vec::new();
        let mut text = String::new();
        let mut chars = written.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                text.push(c);
                continue;
            }
            let mut name = String::new();
            match chars.next() {
                Some('-') => {
                    name.push('-');
                    name.extend(chars.next());
                }
                Some(c) => name.push(c),
                None => {}
            }
            if name == "%" {
                text.push('%');
                continue;
            }
            let part = part(&name).ok_or_else(|| format!("`%{name}` is not a part of a date"))?;
            let fits = match ty {
                Type::Date => !part.of_time(),
                Type::Time => part.of_time(),
                _ => true,
            };
            if !fits {
                return Err(format!("{} has no `%{name}`", ty.describe()));
            }
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(part);
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Ok(Self::Form(parts))
    }
}

fn part(name: &str) -> Option<Part> {
    Some(match name {
        "d" => Part::Day,
        "-d" | "e" => Part::DayShort,
        "m" => Part::Month,
        "-m" => Part::MonthShort,
        "B" => Part::MonthName,
        "b" => Part::MonthAbbreviated,
        "Y" => Part::Year,
        "y" => Part::YearShort,
        "A" => Part::WeekdayName,
        "a" => Part::WeekdayAbbreviated,
        "H" => Part::Hour,
        "-H" => Part::HourShort,
        "I" => Part::Hour12,
        "-I" => Part::Hour12Short,
        "M" => Part::Minute,
        "S" => Part::Second,
        "p" => Part::HalfDay,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_forms() {
        assert_eq!(
            Pattern::read("long", &Type::Date),
            Ok(Pattern::Length(Length::Long))
        );
        assert_eq!(
            Pattern::read("%-d %B, 100%%", &Type::Date),
            Ok(Pattern::Form(vec![
                Part::DayShort,
                Part::Text(" ".into()),
                Part::MonthName,
                Part::Text(", 100%".into()),
            ]))
        );
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert!(Pattern::read("%H:%M", &Type::Date).is_err());
        assert!(Pattern::read("%d", &Type::Time).is_err());
        assert!(Pattern::read("%Q", &Type::Instant).is_err());
        assert!(Pattern::read("dd/mm/yyyy", &Type::Date).is_err());
        assert!(Pattern::read("%", &Type::Date).is_err());
    }
}
