//! Names as the liquid crate can read them.
//!
//! Its identifiers are ASCII, and it takes the start of a name for a literal (`nilable` for
//! `nil`). Our names are Unicode identifiers, so a name that it would misread is written in ASCII:
//! `prénom` becomes `__pr_xe9_nom`. The mapping is one to one, and is applied both to the text of
//! a template and to the keys of what it is rendered with.

use smol_str::{SmolStr, SmolStrBuilder};
use std::fmt::Write as _;

const LITERALS: [&str; 6] = ["nil", "null", "empty", "blank", "true", "false"];
const WORDS: [&str; 7] = ["and", "or", "contains", "in", "limit", "offset", "reversed"];

/// The name for the liquid crate.
pub fn encode(name: &str) -> SmolStr {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.starts_with("__")
        && !LITERALS.iter().any(|word| name.starts_with(word))
        && !WORDS.contains(&name);
    if plain {
        return name.into();
    }
    let mut encoded = SmolStrBuilder::new();
    encoded.push_str("__");
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            encoded.push(c);
        } else {
            // Writing to memory does not fail.
            let _ = write!(encoded, "_x{:x}_", u32::from(c));
        }
    }
    encoded.finish()
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn only_what_would_be_misread_changes() {
        assert_eq!(encode("first_name"), "first_name");
        assert_eq!(encode("prénom"), "__pr_xe9_nom");
        assert_eq!(encode("nilable"), "__nilable");
        assert_eq!(encode("in"), "__in");
        assert_eq!(encode("__a"), "___x5f__x5f_a");
    }
}
