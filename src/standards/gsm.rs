//! Text messages as a network carries and bills them: the alphabet of GSM 03.38, UCS-2, segments.
//!
//! The alphabet and its extension are those of 3GPP TS 23.038, section 6.2.1. A message has 140
//! bytes: 160 characters of seven bits, or 70 of sixteen. A longer one is cut into segments, and
//! each loses six bytes to the header that joins them (3GPP TS 23.040, section 9.2.3.24.1): 153
//! or 67 are left. The tables for single languages (TS 23.038, annex A) are not counted with:
//! providers do not use them unless they are asked to.

/// What one segment holds when the message has only one, in the short alphabet and in UCS-2.
pub const ALONE: (u64, u64) = (160, 70);
/// What each segment of several holds, in the short alphabet and in UCS-2.
pub const JOINED: (u64, u64) = (153, 67);

/// Characters of the default alphabet, besides the letters and digits of ASCII.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
/// Characters of its extension: each is written behind an escape, and costs two.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How many septets a character takes in the short alphabet; `None` if it has none, so that the
/// whole message is sent in UCS-2.
#[must_use]
pub fn septets(c: char) -> Option<u64> {
    if let Some(width) = ASCII.get(c as usize) {
        return (*width > 0).then_some(u64::from(*width));
    }
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENSION.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// What [`septets`] says of each character of ASCII, 0 for none: every character of every text message is
/// asked for.
const ASCII: [u8; 128] = {
    let mut widths = [0; 128];
    let mut c: u8 = 0;
    while c < 128 {
        #[allow(clippy::indexing_slicing, reason = "it is worked out by the compiler")]
        {
            widths[c as usize] = if c.is_ascii_alphanumeric() || has(BASIC, c) {
                1
            } else if has(EXTENSION, c) {
                2
            } else {
                0
            };
        }
        c += 1;
    }
    widths
};

/// Whether a text has a character of ASCII.
const fn has(text: &str, c: u8) -> bool {
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        if *first == c {
            return true;
        }
        rest = more;
    }
    false
}

/// How a message is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// The default alphabet and its extension.
    Gsm7,
    /// Sixteen bits a character, two of them for what lies outside of the basic plane.
    Ucs2,
}

impl Encoding {
    /// Its usual name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }
}

/// What a text is sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The alphabet.
    pub encoding: Encoding,
    /// Its length in septets or in units of UCS-2.
    pub length: u64,
    /// What is billed; at least one.
    pub segments: u64,
}

/// What a known text is sent as, counted segment by segment.
#[must_use]
pub fn sent(text: &str) -> Sent {
    let short: Option<Vec<u64>> = text.chars().map(septets).collect();
    let (encoding, widths) = match short {
        Some(widths) => (Encoding::Gsm7, widths),
        None => {
            let units = text.chars().map(|c| c.len_utf16() as u64);
            (Encoding::Ucs2, units.collect())
        }
    };
    let length: u64 = widths.iter().sum();
    let (alone, joined) = capacity(encoding);
    let mut segments = 1;
    if length > alone {
        let mut filled = 0;
        for width in widths {
            // Neither an escape nor a surrogate is cut from what it belongs to.
            if filled + width > joined {
                segments += 1;
                filled = 0;
            }
            filled += width;
        }
    }
    Sent {
        encoding,
        length,
        segments,
    }
}

const fn capacity(encoding: Encoding) -> (u64, u64) {
    match encoding {
        Encoding::Gsm7 => (ALONE.0, JOINED.0),
        Encoding::Ucs2 => (ALONE.1, JOINED.1),
    }
}

/// The most segments of a text of this length of which only the number of pairs is known: escaped
/// characters, or characters outside of the basic plane. Each segment but the last may end one
/// short, because a pair is not cut.
#[must_use]
pub fn most_segments(encoding: Encoding, length: u64, pairs: u64) -> u64 {
    let (alone, joined) = capacity(encoding);
    if length <= alone {
        return 1;
    }
    let one_short_each = (length - 1).div_ceil(joined - 1);
    let one_short_a_pair = length.saturating_add(pairs).div_ceil(joined);
    one_short_each.min(one_short_a_pair)
}

/// What to write for a character that the short alphabet lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Substitute {
    /// The same sign, plainer: `'` for `’`.
    Same(&'static str),
    /// The letter without its accent, which is another spelling.
    Plainer(&'static str),
}

/// What the short alphabet has in place of a character, if anything does.
#[must_use]
pub fn substitute(c: char) -> Option<Substitute> {
    let same = match c {
        '’' | '‘' | '‚' | '‛' | 'ʼ' | '′' | '‹' | '›' | '`' | '´' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '–' | '—' | '‐' | '‑' | '‒' | '−' => "-",
        '…' => "...",
        '\u{a0}' | '\u{202f}' | '\u{2000}'..='\u{200a}' | '\u{3000}' | '\t' => " ",
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "",
        '•' | '·' => "-",
        'œ' => "oe",
        'Œ' => "OE",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        '×' => "x",
        _ => "\u{0}",
    };
    if same != "\u{0}" {
        return Some(Substitute::Same(same));
    }
    let plain = PLAINER
        .iter()
        .find(|(accented, _)| accented.contains(c))
        .map(|(_, plain)| *plain)?;
    Some(Substitute::Plainer(plain))
}

/// Letters of European languages that the alphabet lacks, and the nearest that it has.
const PLAINER: &[(&str, &str)] = &[
    ("âáãāăą", "a"),
    ("ÀÂÁÃĀĂĄ", "A"),
    ("çćčĉċ", "c"),
    ("ĆČĈĊ", "C"),
    ("ďđð", "d"),
    ("ĎĐÐ", "D"),
    ("êëēĕėęě", "e"),
    ("ÈÊËĒĔĖĘĚ", "E"),
    ("ĝğġģ", "g"),
    ("ĜĞĠĢ", "G"),
    ("îïíīĭįı", "i"),
    ("ÌÎÏÍĪĬĮİ", "I"),
    ("ķ", "k"),
    ("Ķ", "K"),
    ("ĺļľł", "l"),
    ("ĹĻĽŁ", "L"),
    ("ńņň", "n"),
    ("ŃŅŇ", "N"),
    ("ôóõōŏ", "o"),
    ("ÒÔÓÕŌŎ", "O"),
    ("ő", "ö"),
    ("Ő", "Ö"),
    ("ŕŗř", "r"),
    ("ŔŖŘ", "R"),
    ("śŝşšș", "s"),
    ("ŚŜŞŠȘ", "S"),
    ("ţťŧț", "t"),
    ("ŢŤŦȚ", "T"),
    ("ûúũūŭůų", "u"),
    ("ÙÛÚŨŪŬŮŲ", "U"),
    ("ű", "ü"),
    ("Ű", "Ü"),
    ("ŵ", "w"),
    ("Ŵ", "W"),
    ("ýÿŷ", "y"),
    ("ÝŸŶ", "Y"),
    ("źżž", "z"),
    ("ŹŻŽ", "Z"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_its_128_places() {
        // The letters and digits, the escape itself, and what is written above.
        assert_eq!(BASIC.chars().count() + 62 + 1, 128);
        assert_eq!(EXTENSION.chars().count(), 10);
        for c in "éèàùìòÇñ€@_".chars() {
            assert!(septets(c).is_some(), "{c}");
        }
        for c in "êâîôûçëï’…œ`Àα".chars() {
            assert_eq!(septets(c), None, "{c}");
        }
    }

    #[test]
    fn substitutes_are_in_the_alphabet() {
        for c in ('\0'..=char::MAX).filter(|c| septets(*c).is_none()) {
            if let Some(Substitute::Same(text) | Substitute::Plainer(text)) = substitute(c) {
                assert!(text.chars().all(|c| septets(c).is_some()), "{c}");
            }
        }
    }

    #[test]
    fn segments_at_their_edges() {
        let cases = [
            ("a".repeat(160), Encoding::Gsm7, 160, 1),
            ("a".repeat(161), Encoding::Gsm7, 161, 2),
            ("a".repeat(306), Encoding::Gsm7, 306, 2),
            ("a".repeat(307), Encoding::Gsm7, 307, 3),
            ("€".repeat(80), Encoding::Gsm7, 160, 1),
            ("ê".repeat(70), Encoding::Ucs2, 70, 1),
            ("ê".repeat(71), Encoding::Ucs2, 71, 2),
            ("ê".repeat(134), Encoding::Ucs2, 134, 2),
            // 76 escaped characters and one septet that stays empty fill a segment of 153.
            ("€".repeat(152), Encoding::Gsm7, 304, 2),
            ("€".repeat(153), Encoding::Gsm7, 306, 3),
            // 33 pairs and one unit that stays empty fill a segment of 67.
            ("😀".repeat(35), Encoding::Ucs2, 70, 1),
            ("😀".repeat(66), Encoding::Ucs2, 132, 2),
            ("😀".repeat(67), Encoding::Ucs2, 134, 3),
            (String::new(), Encoding::Gsm7, 0, 1),
        ];
        for (text, encoding, length, segments) in cases {
            let found = sent(&text);
            let expected = Sent {
                encoding,
                length,
                segments,
            };
            assert_eq!(found, expected, "{text}");
            let pairs = text
                .chars()
                .filter(|c| match encoding {
                    Encoding::Gsm7 => septets(*c) == Some(2),
                    Encoding::Ucs2 => c.len_utf16() == 2,
                })
                .count() as u64;
            assert!(most_segments(encoding, length, pairs) >= segments, "{text}");
        }
        assert_eq!(most_segments(Encoding::Gsm7, 306, 0), 2);
        assert_eq!(most_segments(Encoding::Gsm7, 306, 1), 3);
        assert_eq!(most_segments(Encoding::Ucs2, 134, 9), 3);
    }
}
