//! Consent (`C`): channels, purposes, consent blocks, audiences.

codes! {
    CHANNEL_KIND_TAKEN = "C001" "channel-kind-taken" Error "a channel is named after its kind, and another channel is of that kind";
    MISSING_BECAUSE = "C002" "missing-because" Error "a reason is required and not given";
    BASIS_WITHOUT_EVIDENCE = "C003" "basis-without-evidence" Error "a permit rests on something that happened, and its `when` looks at nothing dated";
    NO_CONSENT_RECORD = "C004" "no-consent-record" Error "a permit needs a record of consent, and no field of the profile is one";
    MISSING_OTHERWISE = "C005" "missing-otherwise" Error "a limit or a rule with a time does not say what becomes of a send that it stops";
    DELAY_WITHOUT_END = "C006" "delay-without-end" Error "a forbid that never ends delays";
    EMPTY_WINDOW = "C007" "empty-window" Error "a `between` begins and ends at the same time";
    CLAUSE_NOT_FOR_KIND = "C008" "clause-not-for-kind" Error "a clause stands in a channel whose kind has no use for it";
    SENSITIVE_SHARED = "C009" "sensitive-shared" Error "a sensitive field leaves the house";
    NOT_A_LIST_CHANNEL = "C010" "not-a-list-channel" Error "an audience is kept through a channel that keeps no lists";
    OTHER_PROFILE = "C011" "other-profile" Error "a declaration names something that is about another profile";
    UNANALYSED_PROMISE = "C012" "unanalysed-promise" Note "promises and tests are checked for names and types, and not analysed further yet";
}
