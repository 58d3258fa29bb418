//! Types (`T`): schema, expressions, arguments.

codes! {
    TYPE_MISMATCH = "T001" "type-mismatch" Error "a value is not of the type that is needed";
    UNHANDLED_UNKNOWN = "T002" "unhandled-unknown" Error "a value that may be unknown is used as if it were known";
    NOT_COMPARABLE = "T003" "not-comparable" Error "two values cannot be compared like this";
    NOT_CALCULABLE = "T004" "not-calculable" Error "values of these types cannot be calculated with";
    MIXED_CURRENCIES = "T005" "mixed-currencies" Error "amounts of two currencies meet";
    OUT_OF_RANGE = "T006" "out-of-range" Error "a value lies outside what its type allows";
    TIMEZONE_FIELD = "T007" "timezone-field" Error "a profile needs exactly one time zone";
    KEY_FIELD = "T008" "key-field" Error "a profile or table needs exactly one key";
    WRONG_ANNOTATION = "T009" "wrong-annotation" Error "an annotation cannot stand here";
    WRONG_RELATION = "T010" "wrong-relation" Error "a relation does not lead back";
    WRONG_DEFAULT = "T011" "wrong-default" Error "a default cannot stand here";
    OVERLAPPING_CONSENT = "T012" "overlapping-consent" Error "two records answer for one channel and purpose";
    WRONG_LENGTH = "T013" "wrong-length" Error "a length of time cannot be counted like this";
    NOT_CONSTANT = "T014" "not-constant" Error "a value must be written out";
    MISSING_ARGUMENT = "T015" "missing-argument" Error "a required argument is left out";
    WRONG_ROW_SOURCE = "T016" "wrong-row-source" Error "rows or events cannot be read from this";
    UNINDEXED_TABLE = "T017" "unindexed-table" Error "a whole table is read without a key";
    UNDATED_ROWS = "T018" "undated-rows" Error "rows without a time are asked when they happened";
    ALWAYS_KNOWN = "T019" "always-known" Warn "a value that is always known is treated as if it were not";
    CIRCULAR_DEFINITION = "T020" "circular-definition" Error "a definition leads back to itself";
    WRONG_VALUE = "T021" "wrong-value" Error "a text is not a valid value of its type";
    WRONG_FIELD_TYPE = "T022" "wrong-field-type" Error "a type cannot stand here";
    NO_SUBJECT = "T023" "no-subject" Error "there is nobody in scope whose rows or events these are";
    WRONG_CALL = "T024" "wrong-call" Error "a function is called with the wrong number of values";
    NOT_REFRESHED = "T025" "not-refreshed" Error "a field that says nothing about its freshness is asked for it";
}
