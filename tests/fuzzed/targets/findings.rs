//! What every finding must be: said in words, placed in its text.

use jalon::diag::{Diagnostic, Diagnostics};
use jalon::source::{Place, Sources};

/// Holds a finding to its words and places.
pub fn is_sound(found: &Diagnostic, sources: &Sources) {
    assert!(!found.message.is_empty(), "{found:#?}");
    assert!(!found.message.contains(['\n', '\r']), "{found:#?}");
    let labels = std::iter::once(&found.primary).chain(&found.others);
    for label in labels {
        within(label.place, sources, found);
    }
    if let Some(fix) = &found.fix {
        assert!(!fix.edits.is_empty() && !fix.title.is_empty(), "{found:#?}");
        let changes = fix.edits.iter().any(|edit| {
            let span = edit.place.span;
            let text = sources.text(edit.place.file);
            text.get(span.start as usize..span.end as usize) != Some(&edit.text)
        });
        assert!(changes, "a fix that changes nothing: {found:#?}");
        let mut places: Vec<Place> = fix.edits.iter().map(|edit| edit.place).collect();
        places.sort();
        for pair in places.windows(2) {
            let apart = pair[0].file != pair[1].file || pair[0].span.end <= pair[1].span.start;
            assert!(apart && pair[0] != pair[1], "edits overlap: {found:#?}");
        }
        places
            .into_iter()
            .for_each(|place| within(place, sources, found));
    }
}

fn within(place: Place, sources: &Sources, found: &Diagnostic) {
    assert!(
        sources.get(place.file).is_some(),
        "no such file: {found:#?}"
    );
    let text = sources.text(place.file);
    let (start, end) = (place.span.start as usize, place.span.end as usize);
    assert!(text.get(start..end).is_some(), "no place: {found:#?}");
}

/// Holds what a stage found in one text, which is file 0, to [`is_sound`].
pub fn in_text(found: &Diagnostics, text: &str) {
    if found.is_empty() {
        return;
    }
    let mut sources = Sources::default();
    sources.add("main.jalon", text);
    for found in found.iter() {
        is_sound(found, &sources);
    }
}
