//! Lints (`L`): correct, but likely not meant.

use crate::diag::Code;

codes! {
    NAMING_STYLE = "L001" "naming-style" Warn
        "a name is not in the style of its kind";
    UNLABELLED_WAIT = "L002" "unlabelled-wait" Allow
        "people rest at a step without a label";
    MISSING_TITLE = "L003" "missing-title" Note
        "a journey has no title";
    MISSING_GOAL = "L004" "missing-goal" Note
        "a journey asks for something and has no goal";
    UNSENT_MESSAGE = "L005" "unsent-message" Warn
        "a message that no journey sends";
    UNREAD_PARAMETER = "L006" "unread-parameter" Warn
        "a parameter that no content of its message shows";
    BACK_TO_BACK_SENDS = "L007" "back-to-back-sends" Warn
        "two messages reach a person in the same moment";
    REPEAT_WITHOUT_UNTIL = "L008" "repeat-without-until" Warn
        "reminders that nothing ends early";
    SAME_STEPS = "L009" "same-steps" Warn
        "a choice whose sides do the same";
    MACHINE_OPENS = "L010" "machine-opens" Warn
        "an opened email is taken for a sign of a person";
    NEVER_LEFT_AUDIENCE = "L011" "never-left-audience" Warn
        "people are added to an audience and never removed";
    UNREAD_FIELD = "L012" "unread-field" Note
        "a field that nothing reads";
    UNHEARD_EVENT = "L013" "unheard-event" Note
        "an event that nothing listens to";
    UNUSED_DECLARATION = "L014" "unused-declaration" Note
        "a declaration that nothing uses";
    COSTLY_CHARACTER = "L015" "costly-character" Warn
        "a text message costs more because of a character that the short alphabet lacks";
    LONG_TEXT_MESSAGE = "L016" "long-text-message" Warn
        "a text message is billed several times over";
    UNBOUNDED_TEXT_MESSAGE = "L017" "unbounded-text-message" Warn
        "a text message shows a value that may have any length";
    HTML_ONLY_EMAIL = "L018" "html-only-email" Warn
        "an email without a text part";
    LONG_SUBJECT = "L019" "long-subject" Warn
        "a subject that no phone shows whole";
    SHOUTING_SUBJECT = "L020" "shouting-subject" Warn
        "a subject in capitals only";
    SPAM_LIKE_SUBJECT = "L021" "spam-like-subject" Warn
        "a subject with what filters for spam look for";
    MISSING_PREHEADER = "L022" "missing-preheader" Allow
        "an email without a preheader";
    MISSING_ALT = "L023" "missing-alt" Warn
        "a picture in an email that says nothing to those who do not see it";
    CLIPPED_EMAIL = "L024" "clipped-email" Warn
        "an email so large that Gmail hides its end";
    DEARER_CHANNEL_FIRST = "L025" "dearer-channel-first" Note
        "a text message is tried first where an email would do";
    SETTLED_CONDITION = "L026" "settled-condition" Warn
        "a condition that is always true, or never";
    SAID_TWICE = "L027" "said-twice" Warn
        "a clause or a rule that stands twice, word for word";
    MISSING_LANGUAGE = "L028" "missing-language" Warn
        "a message without a language in which others are written";
    EMPTY_TEXT = "L029" "empty-text" Warn
        "a part of a message in which nothing is written";
    IDLE_PERMIT = "L030" "idle-permit" Warn
        "a permit that its own block forbids";
    LONG_PREHEADER = "L031" "long-preheader" Warn
        "a preheader whose end no mail program shows";
    UNSIGNED_TEXT_MESSAGE = "L032" "unsigned-text-message" Warn
        "a text message that does not say who writes";
    UNHASHED_SHARE = "L033" "unhashed-share" Warn
        "a personal field goes to an advertising platform as it is";
    WITHIN_BEFORE_LEAD = "L034" "within-before-lead" Warn
        "a send is refused as late before its channel can be ready";
    TAKEN_BEFORE = "L035" "taken-before" Warn
        "a goal for events that the one before it takes";
    OTHER_LANGUAGE_FILE = "L036" "other-language-file" Warn
        "the content of one language shows a file of another";
    PROMOTION_IN_SERVICE = "L037" "promotion-in-service" Warn
        "a message that is a service sells something";
    ONLY_AT_NIGHT = "L038" "only-at-night" Warn
        "a rule forbids the day, so that messages go out at night";
    UNREPORTED_EVENT = "L039" "unreported-event" Warn
        "what is waited for is reported by no channel of the send";
    STALE_CONDITION = "L040" "stale-condition" Warn
        "a condition is watched for less time than its data may be old";
    UNPROMPTED_SERVICE = "L041" "unprompted-service" Warn
        "a campaign sends a message as a service";
}

/// What may stand in `[lints]` for several codes at once, the widest group first: a narrower one,
/// and a code's own name, count before it.
#[must_use]
pub fn groups() -> [(&'static str, Vec<&'static Code>); 2] {
    let unused = [
        &UNSENT_MESSAGE,
        &UNREAD_PARAMETER,
        &UNREAD_FIELD,
        &UNHEARD_EVENT,
        &UNUSED_DECLARATION,
    ];
    let practice = ALL.iter().filter(|code| **code != &NAMING_STYLE);
    [
        ("practice", practice.copied().collect()),
        ("unused", unused.to_vec()),
    ]
}
