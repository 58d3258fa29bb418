//! Running (`R`): plans, data, events.

codes! {
    UNFAITHFUL_FORMAT = "R001" "unfaithful-format" Error "the formatter's check of its own result failed, and the file was left untouched";
    UNREADABLE_PLAN = "R002" "unreadable-plan" Error "a file is not a plan";
    UNKNOWN_PLAN_VERSION = "R003" "unknown-plan-version" Error "a plan of another version of the format";
    TAMPERED_PLAN = "R004" "tampered-plan" Error "a plan that was changed after it was written";
    INVALID_PLAN = "R005" "invalid-plan" Error "a plan whose parts do not fit together";
}
