//! Running (`R`): plans, data, events.

codes! {
    UNFAITHFUL_FORMAT = "R001" "unfaithful-format" Error "the formatter's check of its own result failed, and the file was left untouched";
    UNREADABLE_PLAN = "R002" "unreadable-plan" Error "a file is not a plan";
    UNKNOWN_PLAN_VERSION = "R003" "unknown-plan-version" Error "a plan of another version of the format";
    TAMPERED_PLAN = "R004" "tampered-plan" Error "a plan that was changed after it was written";
    INVALID_PLAN = "R005" "invalid-plan" Error "a plan whose parts do not fit together";
    BAD_ROW = "R006" "bad-row" Error "a row of a data file was not loaded";
    SET_ASIDE = "R007" "set-aside" Error "an event was not used";
    INACTIVE_JOURNEY = "R008" "inactive-journey" Warn "a journey uses what the runner does not run yet";
    OTHER_PLAN = "R009" "other-plan" Error "a store on which journeys ran under another plan";
    FAILED_INSTANCE = "R010" "failed-instance" Error "somebody's journey ended by an error at run time";
    LEFT_OUT = "R011" "left-out" Warn "events carry a field that the project does not declare";
}
