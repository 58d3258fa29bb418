//! How long a text can get, in every unit that somebody counts in.

use crate::standards::gsm::{self, Encoding};

/// The length of one text, in all units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Characters (Unicode scalar values).
    pub chars: u64,
    /// Bytes of UTF-8.
    pub bytes: u64,
    /// Units of UTF-16, in which UCS-2 counts.
    pub units: u64,
    /// How many characters take two of these units.
    pub surrogates: u64,
    /// Septets of the short alphabet; of a text that leaves it, those of the rest.
    pub septets: u64,
    /// How many characters take two septets.
    pub escapes: u64,
}

impl Size {
    /// The larger of two in each unit.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        self.with(other, u64::max)
    }

    fn plus(self, other: Self) -> Self {
        self.with(other, u64::saturating_add)
    }

    fn with(self, other: Self, join: fn(u64, u64) -> u64) -> Self {
        Self {
            chars: join(self.chars, other.chars),
            bytes: join(self.bytes, other.bytes),
            units: join(self.units, other.units),
            surrogates: join(self.surrogates, other.surrogates),
            septets: join(self.septets, other.septets),
            escapes: join(self.escapes, other.escapes),
        }
    }

    fn times(self, count: u64) -> Self {
        let one = Self {
            chars: count,
            bytes: count,
            units: count,
            surrogates: count,
            septets: count,
            escapes: count,
        };
        self.with(one, u64::saturating_mul)
    }
}

/// How long a text of which several forms are possible can get: the longest of those that stay in
/// the short alphabet, and the longest of those that leave it. `None` if there is no such form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Every character is in the alphabet of GSM 03.38.
    pub short: Option<Size>,
    /// At least one is not, so that a text message is sent in UCS-2.
    pub wide: Option<Size>,
}

impl Extent {
    /// The empty text.
    pub const EMPTY: Self = Self {
        short: Some(Size {
            chars: 0,
            bytes: 0,
            units: 0,
            surrogates: 0,
            septets: 0,
            escapes: 0,
        }),
        wide: None,
    };
    /// No text at all: what nothing can be.
    pub const NONE: Self = Self {
        short: None,
        wide: None,
    };

    /// A known text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut size = Size {
            bytes: text.len() as u64,
            ..Size::default()
        };
        let mut short = true;
        for c in text.chars() {
            let units = c.len_utf16() as u64;
            size.chars += 1;
            size.units += units;
            size.surrogates += units - 1;
            match gsm::septets(c) {
                Some(septets) => {
                    size.septets += septets;
                    size.escapes += septets - 1;
                }
                None => short = false,
            }
        }
        if short {
            Self {
                short: Some(size),
                wide: None,
            }
        } else {
            Self {
                short: None,
                wide: Some(size),
            }
        }
    }

    /// Up to `chars` characters, each one septet, one unit and `bytes` bytes.
    #[must_use]
    pub fn plain(chars: u64, bytes: u64) -> Self {
        Self {
            short: Some(Size {
                chars,
                bytes: chars.saturating_mul(bytes),
                units: chars,
                surrogates: 0,
                septets: chars,
                escapes: 0,
            }),
            wide: None,
        }
    }

    /// Up to `chars` characters of any kind, of up to `bytes` bytes.
    #[must_use]
    pub fn any(chars: u64, bytes: u64) -> Self {
        if chars == 0 {
            return Self::EMPTY;
        }
        let double = chars.saturating_mul(2);
        let size = Size {
            chars,
            bytes: chars.saturating_mul(bytes),
            units: chars,
            surrogates: 0,
            septets: double,
            escapes: chars,
        };
        Self {
            short: Some(size),
            wide: Some(Size {
                units: double,
                surrogates: chars,
                ..size
            }),
        }
    }

    /// This text, then that one.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let join = |a: Option<Size>, b: Option<Size>| Some(a?.plus(b?));
        let wide = [
            join(self.wide, next.short),
            join(self.short, next.wide),
            join(self.wide, next.wide),
        ];
        Self {
            short: join(self.short, next.short),
            wide: wide.into_iter().flatten().reduce(Size::max),
        }
    }

    /// This text or that one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let larger = |a: Option<Size>, b: Option<Size>| match (a, b) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (one, other) => one.or(other),
        };
        Self {
            short: larger(self.short, other.short),
            wide: larger(self.wide, other.wide),
        }
    }

    /// This text up to `count` times, one after the other, and possibly never.
    #[must_use]
    pub fn up_to(self, count: u64) -> Self {
        let either = self.longest();
        Self {
            short: Some(self.short.unwrap_or_default().times(count)),
            wide: self.wide.filter(|_| count > 0).map(|_| either.times(count)),
        }
    }

    /// The forms in the short alphabet if there are any, else the others.
    #[must_use]
    pub fn shortest_alphabet(self) -> Self {
        if self.short.is_some() {
            Self { wide: None, ..self }
        } else {
            self
        }
    }

    /// The longest of all forms, in each unit.
    #[must_use]
    pub fn longest(self) -> Size {
        let (short, wide) = (self.short, self.wide);
        short.unwrap_or_default().max(wide.unwrap_or_default())
    }

    /// What the form that is billed most is sent as: encoding, length, and at most so many segments.
    #[must_use]
    pub fn sent(self) -> gsm::Sent {
        let short = self.short.map(|size| {
            let (encoding, length) = (Encoding::Gsm7, size.septets);
            gsm::Sent {
                encoding,
                length,
                segments: gsm::most_segments(encoding, length, size.escapes),
            }
        });
        let wide = self.wide.map(|size| {
            let (encoding, length) = (Encoding::Ucs2, size.units);
            gsm::Sent {
                encoding,
                length,
                segments: gsm::most_segments(encoding, length, size.surrogates),
            }
        });
        match (short, wide) {
            (Some(short), Some(wide)) if short.segments > wide.segments => short,
            (_, Some(wide)) => wide,
            (Some(short), None) => short,
            (None, None) => gsm::sent(""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_exist_are_joined() {
        let either = Extent::of("aaaa").or(Extent::of("ê"));
        let whole = either.then(Extent::of("bb"));
        assert_eq!(whole.short.unwrap().septets, 6);
        assert_eq!(whole.wide.unwrap().units, 3);
        assert_eq!(either.then(either).wide.unwrap().units, 5);
        assert_eq!(Extent::NONE.then(either), Extent::NONE);
    }

    #[test]
    fn repeated_text_may_be_absent() {
        let thrice = Extent::of("ê").up_to(3);
        assert_eq!(thrice.short.unwrap().chars, 0);
        assert_eq!(thrice.wide.unwrap().units, 3);
        assert_eq!(Extent::of("ê").up_to(0).wide, None);
    }

    #[test]
    fn the_dearer_form_is_what_is_billed() {
        let long_or_wide = Extent::of(&"a".repeat(200)).or(Extent::of("ê"));
        assert_eq!(long_or_wide.sent().segments, 2);
        assert_eq!(long_or_wide.sent().encoding, Encoding::Gsm7);
    }
}
