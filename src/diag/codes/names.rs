//! Names (`N`): what is declared, twice, or not at all.

codes! {
    UNKNOWN_WORD = "N090" "unknown-word" Error
        "a word is not one of the closed list that may stand there";
    REPEATED_CLAUSE = "N091" "repeated-clause" Error
        "a clause that may stand once stands twice";
    MISSING_CLAUSE = "N092" "missing-clause" Error
        "a declaration lacks a clause that it needs";
    REPEATED_ITEM = "N093" "repeated-item" Warn
        "a list names the same thing twice";
}
