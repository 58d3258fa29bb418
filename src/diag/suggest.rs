//! Did you mean: the known name that an unknown one was probably meant to be.

/// Longer words are not compared: nobody mistypes them by a letter, and comparing is quadratic.
const LONGEST_WORD: usize = 64;

/// The candidate nearest to `word`, if one is near enough to be what was meant.
///
/// Near is: equal but for case, `-` and `_`; or at most one edit in three characters, where a
/// swap of neighbours is one edit. Of equally near candidates the first in order wins, so give
/// them in an order that does not change from run to run.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len() > LONGEST_WORD || candidate == word {
            continue;
        }
        let other = fold(candidate);
        if other.chars().count().abs_diff(folded.chars().count()) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&folded, &other);
        // One edit turns any one-letter name into any other: only case is forgiven there.
        let near = distance == 0 || (distance <= allowed && folded.chars().count() > 1);
        if near && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The help for an unknown name: `did you mean `x`?` if a candidate is near.
#[must_use]
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|name| format!("did you mean `{name}`?"))
}

fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '-' { '_' } else { c })
        .collect()
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
    }

    #[test]
    fn far_names_are_not() {
        assert_eq!(nearest("birthday", ["email", "phone"]), None);
        assert_eq!(nearest("a", ["b", "c"]), None);
        assert_eq!(nearest(&"x".repeat(9000), ["x"]), None);
    }
}
