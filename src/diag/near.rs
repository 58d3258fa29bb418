//! The search behind suggestions: which of very many names is nearest to a word.
//!
//! A mistake must not cost more than finding it, so each name is first looked at for a few
//! nanoseconds: how long it is and which letters it has, prepared once where a list is asked
//! again and again. Of those that may be near, the ones with the shortest part that differs are
//! compared in full, a bounded number. Long lists also keep what is left of each name without one of
//! its letters, where a name that is one slip away is found at once; very long ones are not looked
//! through for others.

use std::hash::{Hash as _, Hasher as _};

/// Longer words are not compared: nobody mistypes them by a letter, and comparing is quadratic.
pub(super) const LONGEST_WORD: usize = 64;

/// So many names are compared in full at most.
const MOST_COMPARED: usize = 64;

/// From here on a list is first asked for names that are one slip away.
const MANY: usize = 256;

/// From here on it is asked for no others.
const VERY_MANY: usize = 4096;

/// A list of names, prepared for many searches.
#[derive(Debug, Clone, Default)]
pub struct NameIndex {
    names: Vec<Sketch>,
    /// For many names of which more than one search is expected.
    slips: Option<Slips>,
}

/// What names are without one of their letters, or with all of them: a hash each, in order, with
/// the position of the name. Two words that are one edit apart have one of these in common.
#[derive(Debug, Clone)]
struct Slips(Vec<(u32, u32)>);

impl Slips {
    fn of(names: &[&str]) -> Self {
        let names = names.iter().zip(0..);
        let names = names.filter(|(name, _)| name.len() <= LONGEST_WORD);
        let mut slips: Vec<(u32, u32)> = names
            .flat_map(|(name, position)| shortened(&fold(name)).map(move |hash| (hash, position)))
            .collect();
        slips.sort_unstable();
        slips.dedup();
        Self(slips)
    }

    /// The positions of the names that may be one edit from `folded`, in order.
    fn near(&self, folded: &str) -> Vec<usize> {
        let mut near: Vec<usize> = shortened(folded)
            .flat_map(|hash| {
                let from = self.0.partition_point(|(other, _)| *other < hash);
                let rest = self.0.iter().skip(from);
                rest.take_while(move |(other, _)| *other == hash)
            })
            .map(|(_, position)| *position as usize)
            .collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The hash of a word, and of the word without each of its letters.
fn shortened(word: &str) -> impl Iterator<Item = u32> + use<> {
    let letters: Vec<char> = word.chars().collect();
    (0..=letters.len()).map(move |without| {
        let mut hasher = rustc_hash::FxHasher::default();
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != without);
        kept.for_each(|(_, letter)| letter.hash(&mut hasher));
        // The upper half is the better one.
        u32::try_from(hasher.finish() >> 32).unwrap_or(0)
    })
}

/// What is known of a name at a glance.
#[derive(Debug, Clone, Copy)]
struct Sketch {
    letters: Letters,
    /// In characters; `u8::MAX` for a name that is too long to be meant.
    length: u8,
}

impl Sketch {
    fn of(name: &str) -> Self {
        let length = match name.len() {
            length if length > LONGEST_WORD => u8::MAX,
            _ => u8::try_from(name.chars().count()).unwrap_or(u8::MAX),
        };
        Self {
            letters: Letters::of(name),
            length,
        }
    }
}

impl NameIndex {
    /// The index of names, which are known by their positions.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        Self {
            slips: (names.len() > MANY).then(|| Slips::of(&names)),
            ..Self::for_one_search(names)
        }
    }

    /// An index that is thrown away after one search.
    pub(super) fn for_one_search<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            names: names.into_iter().map(Sketch::of).collect(),
            slips: None,
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether there are so many names that only slips of one letter are looked for.
    pub(super) fn is_very_long(&self) -> bool {
        self.slips.is_some() && self.names.len() > VERY_MANY
    }

    /// The name nearest to `word`, as [`super::nearest`] says; one edit away where there are very many. `name`
    /// gives the name at a position, or nothing if that name cannot be meant.
    pub fn nearest<'a>(
        &self,
        word: &str,
        name: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<&'a str> {
        if word.len() > LONGEST_WORD {
            return None;
        }
        let folded = fold(word);
        let one_away = self.slips.as_ref().and_then(|slips| {
            let near = slips.near(&folded).into_iter();
            nearest_among(word, &folded, 1, near, &name)
        });
        if one_away.is_some() || self.is_very_long() {
            return one_away;
        }
        let length = folded.chars().count();
        let allowed = (length / 3).max(1);
        let letters = Letters::of(word);
        let similar = self.names.iter().enumerate().filter(|(_, sketch)| {
            usize::from(sketch.length).abs_diff(length) <= allowed
                && letters.distance(sketch.letters) <= allowed
        });
        let similar = similar.map(|(position, _)| position);
        nearest_among(word, &folded, allowed, similar, &name)
    }
}

/// The name at one of these positions that is nearest to `word`, and no more edits away than
/// `allowed`; the first of equals. `folded` is the word as it is compared.
fn nearest_among<'a>(
    word: &str,
    folded: &str,
    allowed: usize,
    positions: impl Iterator<Item = usize>,
    name: impl Fn(usize) -> Option<&'a str>,
) -> Option<&'a str> {
    let named = positions.filter_map(|position| Some((position, name(position)?)));
    let others = named.filter(|(_, candidate)| *candidate != word);
    let mut near: Vec<(usize, usize, &str)> = others
        .map(|(position, candidate)| {
            let (_, rest) = differing(word.as_bytes(), candidate.as_bytes());
            (rest, position, candidate)
        })
        .collect();
    if near.len() > MOST_COMPARED {
        near.select_nth_unstable(MOST_COMPARED);
        near.truncate(MOST_COMPARED);
    }
    let distances = near
        .into_iter()
        .map(|(_, position, candidate)| (distance(folded, &fold(candidate)), position, candidate));
    let length = folded.chars().count();
    // One edit turns any one-letter name into any other, and half of a word of two letters into
    // something else: only case is forgiven there, and a swap.
    let far = |candidate: &str| length < 2 || (length == 2 && is_half_changed(folded, candidate));
    distances
        .filter(|(distance, _, candidate)| {
            *distance == 0 || (*distance <= allowed && !far(candidate))
        })
        .min()
        .map(|(.., candidate)| candidate)
}

/// Whether one of the two letters of a word is another in a candidate.
fn is_half_changed(word: &str, candidate: &str) -> bool {
    let candidate = fold(candidate);
    candidate.chars().count() == 2 && candidate.chars().rev().ne(word.chars())
}

/// The edits between two words, where a swap of neighbours is one.
fn distance(word: &str, other: &str) -> usize {
    let (start, _) = differing(word.as_bytes(), other.as_bytes());
    // What both begin with needs no edit; a character is not cut.
    let start = (0..=start)
        .rev()
        .find(|at| word.is_char_boundary(*at) && other.is_char_boundary(*at));
    let start = start.unwrap_or(0);
    strsim::osa_distance(
        word.get(start..).unwrap_or(word),
        other.get(start..).unwrap_or(other),
    )
}

/// How many bytes two words have in common at their start, and how many of the longer one are left
/// without what they have in common at start and end; capitals, `-` and `_` make no difference.
fn differing(word: &[u8], other: &[u8]) -> (usize, usize) {
    let same = |(a, b): &(&u8, &u8)| plain(**a) == plain(**b);
    let start = word.iter().zip(other).take_while(same).count();
    let (word, other) = (
        word.get(start..).unwrap_or_default(),
        other.get(start..).unwrap_or_default(),
    );
    let end = word.iter().rev().zip(other.iter().rev());
    let end = end.take_while(same).count();
    (start, word.len().max(other.len()) - end)
}

fn plain(byte: u8) -> u8 {
    match byte {
        b'-' => b'_',
        byte => byte.to_ascii_lowercase(),
    }
}

/// A word as it is compared: without capitals, `-` as `_`.
pub(super) fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '-' { '_' } else { c })
        .collect()
}

/// The letters that stand in a word, a bit each, whatever their case; foreign ones share a bit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letters(u64);

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let bit = |byte: u8| BITS.get(usize::from(byte)).copied().unwrap_or(0);
        Self(word.bytes().fold(0, |letters, byte| letters | bit(byte)))
    }

    /// At most the number of edits between two words: an edit brings in or drops one letter.
    pub(super) fn distance(self, other: Self) -> usize {
        let lost = (self.0 & !other.0).count_ones();
        let gained = (other.0 & !self.0).count_ones();
        lost.max(gained) as usize
    }
}

/// The bit of each byte: names are compared by the ten thousand, so it is looked up.
static BITS: [u64; 256] = bits();

const fn bits() -> [u64; 256] {
    let mut bits = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::indexing_slicing, reason = "it is worked out by the compiler")]
        {
            bits[byte] = 1 << bit_of(byte as u8);
        }
        byte += 1;
    }
    bits
}

const fn bit_of(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letter - b'a',
        digit @ b'0'..=b'9' => 26 + (digit - b'0'),
        b'-' | b'_' => 36,
        128.. => 37,
        _ => 38,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn among_very_many_names_a_slip_is_found() {
        let names: Vec<String> = (0..=VERY_MANY).map(|at| format!("Plan_{at}é")).collect();
        let index = NameIndex::of(names.iter().map(String::as_str));
        assert!(index.is_very_long());
        let nearest = |word| index.nearest(word, |at| names.get(at).map(String::as_str));
        assert_eq!(nearest("plan-1234é"), Some("Plan_1234é"));
        assert_eq!(nearest("Plan_12354é"), Some("Plan_1234é"));
        assert_eq!(nearest("Pln_2765é"), Some("Plan_2765é"));
        assert_eq!(nearest("lPan_2765é"), Some("Plan_2765é"));
        assert_eq!(nearest("Plann_2765é"), Some("Plan_2765é"));
        assert_eq!(nearest("Plon_2765é"), Some("Plan_2765é"));
        assert_eq!(nearest("Plon-27x6é"), None);
    }
}
