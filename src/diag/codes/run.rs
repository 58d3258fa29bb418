//! Running (`R`): plans, data, events.

codes! {
    UNFAITHFUL_FORMAT = "R001" "unfaithful-format" Error "the formatter's check of its own result failed, and the file was left untouched";
}
