//! Lints (`L`): correct, but likely not meant.

codes! {
    NAMING_STYLE = "L001" "naming-style" Warn
        "a name is not in the style of its kind";
    UNLABELLED_WAIT = "L002" "unlabelled-wait" Allow
        "people rest at a step without a label";
}
