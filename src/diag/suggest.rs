//! Did you mean: the known name that an unknown one was probably meant to be.

use super::near::{LONGEST_WORD, Letters, NameIndex, fold};

/// Of more candidates only so many are looked at: what is said of a mistake must not cost more
/// than finding it.
const MOST_CANDIDATES: usize = 1024;

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// Near is: equal but for case, `-` and `_`; or at most one edit in three characters, where a
/// swap of neighbours is one edit. Else a word that begins with `word`, or with which it begins. Of equally near candidates the first in order wins, so give
/// them in an order that does not change from run to run.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().take(MOST_CANDIDATES).collect();
    let index = NameIndex::for_one_search(candidates.iter().copied());
    nearest_of(word, &index, |position| candidates.get(position).copied())
}

/// The name nearest to `word`, as [`nearest`] says, in a list that was prepared. `name` gives the
/// name at a position, or nothing if that name cannot be meant.
#[must_use]
pub fn nearest_of<'a>(
    word: &str,
    index: &NameIndex,
    name: impl Fn(usize) -> Option<&'a str>,
) -> Option<&'a str> {
    let near = index.nearest(word, &name);
    near.or_else(|| {
        if index.is_very_long() {
            return None;
        }
        let mut all = (0..index.len()).filter_map(&name);
        all.find(|candidate| is_beginning(word, candidate))
    })
}

/// Whether one of two words of some length begins the other: `loyal` and `loyalty`.
fn is_beginning(word: &str, candidate: &str) -> bool {
    const SHORTEST: usize = 4;
    let shorter = word.len().min(candidate.len());
    shorter >= SHORTEST
        && word.len() != candidate.len()
        && candidate.len() <= LONGEST_WORD
        && word
            .bytes()
            .zip(candidate.bytes())
            .all(|(a, b)| a.eq_ignore_ascii_case(&b))
}

/// The candidate that `word` must be: equal but for case, `-` and `_`, or one edit away where no other
/// candidate is near. Words of less than four letters have too many neighbours.
///
/// For words of the language only. What a project names may be new tomorrow, so a name that is near
/// is never the only one that can be meant.
#[must_use]
pub fn surely<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let folded = fold(word);
    let length = folded.chars().count();
    let near = (length / 3).max(1);
    let letters = Letters::of(word);
    let mut found: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST_CANDIDATES) {
        if candidate == word
            || candidate.len() > LONGEST_WORD
            || letters.distance(Letters::of(candidate)) > near
        {
            continue;
        }
        let other = fold(candidate);
        let distance = strsim::osa_distance(&folded, &other);
        match found {
            Some((_, same)) if same == candidate => {}
            Some((0, _)) if distance > 0 => {}
            Some((least, _)) if least > 0 && distance == 0 => found = Some((0, candidate)),
            Some(_) if distance <= near => return None,
            None if distance <= near => found = Some((distance, candidate)),
            _ => {}
        }
    }
    let (distance, candidate) = found?;
    (distance == 0 || (distance == 1 && length > 3)).then_some(candidate)
}

/// The help for an unknown name: `did you mean `x`?` if a candidate is near.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["email", "email_consent", "phone", "Stage"];
        assert_eq!(nearest("emial", names), Some("email"));
        assert_eq!(nearest("email_consnet", names), Some("email_consent"));
        assert_eq!(nearest("email-consent", names), Some("email_consent"));
        assert_eq!(nearest("stage", names), Some("Stage"));
        assert_eq!(nearest("EMIAL", names), Some("email"));
        assert_eq!(nearest("evénement", ["Événement"]), Some("Événement"));
    }

    #[test]
    fn the_beginning_of_a_name_is_enough() {
        assert_eq!(nearest("loyal", ["lapsed", "loyalty"]), Some("loyalty"));
        assert_eq!(nearest("gifts_made", ["give", "gift"]), Some("gift"));
        assert_eq!(nearest("loy", ["loyalty"]), None);
        assert_eq!(nearest("emial", ["emialx_consent", "email"]), Some("email"));
    }

    #[test]
    fn sure_is_what_has_no_neighbours() {
        let words = ["wait", "send", "set", "exit", "and", "unknown", "known"];
        assert_eq!(surely("wiat", words), Some("wait"));
        assert_eq!(surely("WAIT", words), Some("wait"));
        assert_eq!(surely("AND", words), Some("and"));
        assert_eq!(surely("sent", words), None);
        assert_eq!(surely("st", words), None);
        assert_eq!(surely("waits", ["wait", "wait"]), Some("wait"));
        assert_eq!(surely("day", ["days", "dar"]), None);
        assert_eq!(surely("knwon", words), Some("known"));
        assert_eq!(surely("journeyy", ["journey", "journeys"]), None);
    }

    #[test]
    fn far_names_are_not() {
        assert_eq!(nearest("birthday", ["email", "phone"]), None);
        assert_eq!(nearest("a", ["b", "c"]), None);
        assert_eq!(nearest("fr", ["or", "en"]), None);
        assert_eq!(nearest("ro", ["or", "by"]), Some("or"));
        assert_eq!(nearest("oon", ["or", "on"]), Some("on"));
        assert_eq!(nearest(&"x".repeat(9000), ["x"]), None);
    }
}
