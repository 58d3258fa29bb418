//! Names (`N`): what is declared, twice, or not at all.

codes! {
    UNKNOWN_NAME = "N001" "unknown-name" Error "nothing has this name";
    WRONG_KIND = "N002" "wrong-kind" Error "the name stands for something of another kind";
    DUPLICATE_NAME = "N003" "duplicate-name" Error "two things have the same name";
    AMBIGUOUS_NAME = "N004" "ambiguous-name" Error "a bare name can be read in two ways";
    SHADOWED_NAME = "N005" "shadowed-name" Error "a variable or label hides another name";
    RESERVED_NAME = "N006" "reserved-name" Error "the name belongs to the language";
    UNKNOWN_STANDARD_CODE = "N007" "unknown-standard-code" Error "no such country, language, time zone or currency";
    REPEATED_CLAUSE = "N008" "repeated-clause" Error "a clause that may stand once stands twice";
    MISSING_CLAUSE = "N009" "missing-clause" Error "a declaration lacks a clause that it needs";
    REPEATED_ITEM = "N010" "repeated-item" Warn "a list names the same thing twice";
}
