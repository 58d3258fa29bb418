//! Flow (`F`): journeys and their steps.

codes! {
    UNREACHABLE_STEP = "F001" "unreachable-step" Error
        "a step that nobody reaches";
    UNHANDLED_REFUSAL = "F002" "unhandled-refusal" Error
        "a step relies on a send that may have been refused";
    SEND_NOT_REACHED = "F003" "send-not-reached" Error
        "a label names a send that is on no way to this place";
    ENTRY_CYCLE = "F004" "entry-cycle" Error
        "journeys cause each other's entries without a rest";
    MISPLACED_CLAUSE = "F005" "misplaced-clause" Error
        "a clause of a journey stands after its steps";
    NOT_IN_FINALLY = "F006" "not-in-finally" Error
        "a step that may not stand in `finally`";
    NEVER_ENTERED = "F007" "never-entered" Warn
        "a journey that nobody enters";
    ENTER_WITH_PARAMETERS = "F008" "enter-with-parameters" Error
        "a journey with parameters has an `enter`";
    INCOMPLETE_MATCH = "F009" "incomplete-match" Error
        "a match leaves out a value";
    DEAD_ARM = "F010" "dead-arm" Error
        "an arm that nobody comes into";
    WRONG_SHARES = "F011" "wrong-shares" Error
        "the shares or arms of a split do not fit";
    MISSING_PURPOSE = "F012" "missing-purpose" Error
        "a send without a purpose";
    DISGUISED_SERVICE = "F013" "disguised-service" Error
        "a send calls a service what its message does not";
    MISSING_CONTENT = "F014" "missing-content" Error
        "a send may use a channel for which its message has no content";
    UNSPOKEN_SEND = "F015" "unspoken-send" Error
        "a send for whose channel and purpose no consent block speaks";
    NOT_WRITABLE = "F016" "not-writable" Error
        "a step writes what a journey cannot write";
    EVENT_NOT_IN_SCOPE = "F017" "event-not-in-scope" Error
        "a consent is written from an event that is not there";
    UNCLEAR_PERSON = "F018" "unclear-person" Error
        "an entry does not lead to exactly one person";
    UNKNOWN_LABEL = "F019" "unknown-label" Error
        "a clause about a changed label does not fit the labels";
    UNSHARED_BINDING = "F020" "unshared-binding" Error
        "a step uses a name that not every `enter` binds alike";
    OUT_OF_BOUNDS = "F021" "out-of-bounds" Error
        "a number or length of time that cannot stand there";
    WAIT_WITHOUT_DATE = "F022" "wait-without-date" Error
        "a wait for a time of day has parts that need a date";
    NOT_ADVERTISING = "F023" "not-advertising" Error
        "people are added to an audience for another purpose than advertising";
    UNKNOWN_LINK = "F024" "unknown-link" Error
        "a condition names a link that the message does not have";
    SENSITIVE_LIST = "F025" "sensitive-list" Error
        "a condition on a sensitive field leads to an audience";
}
