//! Syntax (`S`): what the text of a `.jalon` file says, before any name is looked up.

codes! {
    MISSING_PART = "S001" "missing-part" Error "something that the language requires is not there";
    UNEXPECTED = "S002" "unexpected" Error "something stands where it means nothing";
    BAD_NUMBER = "S003" "bad-number" Error "a number is too large, or is not one";
    BAD_DATE = "S004" "bad-date" Error "a date or a time does not exist";
    BAD_ESCAPE = "S005" "bad-escape" Error "a backslash in a text is followed by something unknown";
    BAD_TYPE = "S006" "bad-type" Error "a type is not written as types are";
    BAD_CALL = "S007" "bad-call" Error "a call is not written as calls are";
    INVALID_UTF8 = "S008" "invalid-utf8" Error "a file is not UTF-8";
    NUL_BYTE = "S009" "nul-byte" Error "a file holds a NUL byte";
    FILE_TOO_LARGE = "S010" "file-too-large" Error "a file is larger than 64 MB";
    BIDI_CONTROL = "S011" "bidi-control" Warn "an invisible character changes the order in which a line is shown";
    DECLARATION_TOO_LARGE = "S012" "declaration-too-large" Error "a declaration is larger than 1 MB";
    TOO_DEEP = "S013" "too-deep" Error "brackets, operators or a path are nested more than 64 deep";
    UNCLOSED_TEXT = "S014" "unclosed-text" Error "a text or a backtick is opened and never closed";
    UNCLOSED_BRACKET = "S015" "unclosed-bracket" Error "a bracket is opened and never closed";
    UNMATCHED_BRACE = "S016" "unmatched-brace" Error "a brace closes nothing";
    UNKNOWN_DECLARATION = "S017" "unknown-declaration" Error "a word at the top of a file declares nothing";
    UNKNOWN_STATEMENT = "S018" "unknown-statement" Error "a word is not a step, a clause or a rule of its block";
    FOREIGN_OPERATOR = "S019" "foreign-operator" Error "an operator of another language, like `=` in a condition";
    FOREIGN_QUOTES = "S020" "foreign-quotes" Error "a text stands between other quotes than double quotes";
    FOREIGN_WORD = "S021" "foreign-word" Error "a value of another language, like `true` or `null`";
    STRAY_CHARACTER = "S022" "stray-character" Error "a character that means nothing in the language";
    RESERVED_WORD = "S023" "reserved-word" Error "a word of the language is used as a name";
    UNKNOWN_UNIT = "S024" "unknown-unit" Error "what follows a number is not a unit or a currency";
    CHAINED_COMPARISON = "S025" "chained-comparison" Error "two comparisons stand in a row";
    REPEATED_PART = "S026" "repeated-part" Error "a part of a statement stands twice";
    MISPLACED_PART = "S027" "misplaced-part" Error "something stands where its kind does not belong";
    UNNAMED_ARGUMENT = "S028" "unnamed-argument" Error "an argument is given without its name";
}
