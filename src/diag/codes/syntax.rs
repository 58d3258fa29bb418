//! Syntax (`S`): what the text of a `.jalon` file says, before any name is looked up.

codes! {
    MISSING_PART = "S001" "missing-part" Error "Something that the language requires is not there.";
    UNEXPECTED = "S002" "unexpected" Error "Something stands where it means nothing.";
    BAD_NUMBER = "S003" "bad-number" Error "A number is too large, or is not one.";
    BAD_DATE = "S004" "bad-date" Error "A date or a time does not exist.";
    BAD_ESCAPE = "S005" "bad-escape" Error "A backslash in a text is followed by something unknown.";
    BAD_TYPE = "S006" "bad-type" Error "A type is not written as types are.";
    BAD_CALL = "S007" "bad-call" Error "A call is not written as calls are.";
}
