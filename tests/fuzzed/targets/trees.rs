//! Trees as texts: to compare them without their places, and to find every place in them.

use std::fmt::Debug;

/// A tree's text, its places left out.
pub fn without_places(tree: &impl Debug) -> String {
    let tree = format!("{tree:?}");
    let mut kept = String::with_capacity(tree.len());
    for (number, part) in tree.split("Span { ").enumerate() {
        let part = match part.split_once(" }") {
            Some((_, rest)) if number > 0 => rest,
            _ => part,
        };
        kept.push_str(part);
    }
    kept
}

/// Holds every place of a tree to its text. A text within the tree that looks like a place is none.
pub fn places_are_within(tree: &impl Debug, text: &str) {
    if text.contains("Span {") {
        return;
    }
    let tree = format!("{tree:?}");
    for part in tree.split("Span { start: ").skip(1) {
        let (start, rest) = part.split_once(", end: ").unwrap();
        let (end, _) = rest.split_once(" }").unwrap();
        let (start, end) = (start.parse().unwrap(), end.parse().unwrap());
        let range: std::ops::Range<usize> = start..end;
        assert!(text.get(range.clone()).is_some(), "{range:?} in {tree}");
    }
}
