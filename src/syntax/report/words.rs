//! The words of the language, for messages and suggestions.

use crate::syntax::grammar::Rule;

/// The user's word for what a rule reads. No message ever shows a rule's own name.
pub(super) fn of_rule(rule: Rule) -> &'static str {
    match rule {
        Rule::pattern => "a pattern",
        Rule::unit => "a unit",
        Rule::instant_tail => "an instant",
        Rule::w | Rule::b => "white space",
        Rule::EOI | Rule::chunk | Rule::junk_top => "a file",
        Rule::word
        | Rule::name
        | Rule::names
        | Rule::label
        | Rule::no_name
        | Rule::ident
        | Rule::a_word
        | Rule::a_new
        | Rule::a_name => "a name",
        Rule::path | Rule::a_path => "a path",
        Rule::text | Rule::no_text | Rule::a_text => "a text",
        Rule::number | Rule::bare | Rule::signed => "a number",
        Rule::expr
        | Rule::term
        | Rule::paren
        | Rule::list
        | Rule::junk_paren
        | Rule::no_value
        | Rule::operand
        | Rule::primary => "a value",
        Rule::op | Rule::term_op | Rule::is_test | Rule::prefix | Rule::postfix => "an operator",
        Rule::top
        | Rule::call
        | Rule::call_arg
        | Rule::args
        | Rule::argument
        | Rule::close_paren => "a call",
        Rule::of_part | Rule::as_part | Rule::last_part | Rule::by_value => "a row source",
        Rule::where_part | Rule::when_part => "a condition",
        Rule::junk_head
        | Rule::junk_word
        | Rule::junk_line
        | Rule::junk_block
        | Rule::no_close
        | Rule::no_open
        | Rule::open
        | Rule::close => "a block",
        Rule::junk | Rule::fields => "a list of fields",
        Rule::junk_step
        | Rule::block
        | Rule::steps
        | Rule::flat_step
        | Rule::journey_body
        | Rule::item
        | Rule::then
        | Rule::finally
        | Rule::no_step => "a block of steps",
        Rule::decl | Rule::decl_ahead => "a declaration",
        Rule::annotation => "an annotation",
        Rule::subject_for | Rule::subject_of | Rule::who => "the person it is about",
        Rule::enum_decl => "an enum",
        Rule::variants => "a list of variants",
        Rule::profile => "a profile",
        Rule::table => "a table",
        Rule::params => "a list of parameters",
        Rule::field | Rule::by_relation | Rule::default => "a field",
        Rule::type_expr
        | Rule::optional
        | Rule::type_list
        | Rule::type_args
        | Rule::type_range
        | Rule::no_type => "a type",
        Rule::event => "an event",
        Rule::channel
        | Rule::channel_kind
        | Rule::channel_body
        | Rule::channel_clause
        | Rule::address
        | Rule::sender
        | Rule::cost
        | Rule::lead
        | Rule::capacity
        | Rule::shares
        | Rule::shared
        | Rule::hashed => "a channel",
        Rule::per | Rule::within => "a duration",
        Rule::purpose => "a purpose",
        Rule::because | Rule::because_word => "a reason",
        Rule::segment => "a segment",
        Rule::measure => "a measure",
        Rule::action
        | Rule::returns
        | Rule::action_body
        | Rule::action_clause
        | Rule::post
        | Rule::timeout
        | Rule::secret => "an action",
        Rule::audience => "an audience",
        Rule::calendar
        | Rule::calendar_body
        | Rule::calendar_clause
        | Rule::weekend
        | Rule::holidays => "a calendar",
        Rule::setting => "a setting",
        Rule::holdout | Rule::redrawn => "a holdout",
        Rule::for_names => "a purpose of a rule",
        Rule::message
        | Rule::message_body
        | Rule::message_clause
        | Rule::message_purpose
        | Rule::external => "a message",
        Rule::content | Rule::only | Rule::content_body | Rule::content_part => "a content",
        Rule::slots | Rule::slot | Rule::format | Rule::template | Rule::file_word => {
            "the content of a channel"
        }
        Rule::consent | Rule::under | Rule::rules | Rule::consent_rule => "a consent block",
        Rule::permit | Rule::permit_by => "a `permit`",
        Rule::forbid | Rule::on_days | Rule::holidays_of => "a `forbid`",
        Rule::between => "a time window",
        Rule::rule_else
        | Rule::skip
        | Rule::delay
        | Rule::delay_up_to
        | Rule::otherwise
        | Rule::arm_else => "what happens otherwise",
        Rule::limit | Rule::per_key => "a `limit`",
        Rule::journey => "a journey",
        Rule::title
        | Rule::owner
        | Rule::objective
        | Rule::journey_purpose
        | Rule::priority
        | Rule::one_per
        | Rule::latest
        | Rule::journey_holdout
        | Rule::active
        | Rule::admit
        | Rule::admit_by
        | Rule::budget
        | Rule::budget_rate
        | Rule::renamed
        | Rule::removed
        | Rule::exit_word => "a header clause",
        Rule::enter
        | Rule::enter_on
        | Rule::for_each
        | Rule::no_later
        | Rule::enter_when
        | Rule::held
        | Rule::including
        | Rule::enter_yearly
        | Rule::enter_every
        | Rule::month_day
        | Rule::enter_dated
        | Rule::offset
        | Rule::direction => "an `enter`",
        Rule::reenter | Rule::reenter_word | Rule::reenter_after => "a `reenter`",
        Rule::leave | Rule::leave_when | Rule::leave_on => "a `leave`",
        Rule::goal | Rule::worth => "a `goal`",
        Rule::send | Rule::flat_send | Rule::send_by | Rule::send_target | Rule::send_for => {
            "a `send`"
        }
        Rule::at => "a time",
        Rule::wait
        | Rule::flat_wait
        | Rule::wait_for
        | Rule::wait_until
        | Rule::workday_of
        | Rule::wait_up_to
        | Rule::for_event => "a `wait`",
        Rule::arms | Rule::arm | Rule::arm_on => "the arms of a `wait`",
        Rule::if_step | Rule::else_if => "an `if`",
        Rule::match_step | Rule::match_body | Rule::match_arm => "a `match`",
        Rule::split
        | Rule::drawn
        | Rule::best
        | Rule::best_after
        | Rule::best_people
        | Rule::best_keeping
        | Rule::split_body
        | Rule::split_rest
        | Rule::split_arm => "a `split`",
        Rule::repeat | Rule::repeat_every | Rule::repeat_until => "a `repeat`",
        Rule::set | Rule::set_op => "a `set`",
        Rule::grant
        | Rule::withdraw
        | Rule::add
        | Rule::remove
        | Rule::do_step
        | Rule::start
        | Rule::exit
        | Rule::step => "a step",
        Rule::promise
        | Rule::claims
        | Rule::claim
        | Rule::at_most
        | Rule::never
        | Rule::with
        | Rule::after_claim
        | Rule::or_refused
        | Rule::journey_claim
        | Rule::ends
        | Rule::costs => "a promise",
        Rule::test
        | Rule::test_body
        | Rule::statement
        | Rule::clock
        | Rule::after
        | Rule::test_event => "a test",
        Rule::given
        | Rule::given_setting
        | Rule::given_split
        | Rule::given_do
        | Rule::silent
        | Rule::given_row => "a `given`",
        Rule::record | Rule::record_field => "a record",
        Rule::expect
        | Rule::sent
        | Rule::not_sent
        | Rule::expect_by
        | Rule::refused
        | Rule::resting
        | Rule::left => "an `expect`",
        Rule::no_always
        | Rule::no_and
        | Rule::no_as
        | Rule::no_at_most
        | Rule::no_bracket
        | Rule::no_by
        | Rule::no_claim
        | Rule::no_colon
        | Rule::no_comma
        | Rule::no_day
        | Rule::no_else
        | Rule::no_enter
        | Rule::no_equals
        | Rule::no_every_year
        | Rule::no_for
        | Rule::no_from
        | Rule::no_leave
        | Rule::no_most
        | Rule::no_of
        | Rule::no_on
        | Rule::no_paren
        | Rule::no_people
        | Rule::no_per
        | Rule::no_reenter
        | Rule::no_refused
        | Rule::no_than
        | Rule::no_those_already
        | Rule::no_time
        | Rule::no_times
        | Rule::no_to
        | Rule::no_up_to
        | Rule::no_via
        | Rule::no_wins
        | Rule::no_within
        | Rule::reserved => "a word of the language",
    }
}

/// The words that may begin a line of a block.
pub(super) fn of_block(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::steps | Rule::flat_step | Rule::block | Rule::item => STEPS,
        Rule::channel_body => &["address", "sender", "cost", "lead", "capacity", "shares"],
        Rule::action_body => &["post", "timeout", "secret"],
        Rule::calendar_body => &["weekend", "holidays"],
        Rule::message_body => &["purpose", "content", "external"],
        Rule::rules => &["permit", "forbid", "limit"],
        Rule::arms => &["on", "when", "else"],
        Rule::split_body => &["rest"],
        Rule::claims => &["at most", "never", "after"],
        Rule::test_body => &["given", "clock", "after", "expect"],
        _ => &[],
    }
}

/// The words that begin a step or a header clause.
pub(super) const STEPS: &[&str] = &[
    "send",
    "wait",
    "if",
    "match",
    "split",
    "repeat",
    "set",
    "grant",
    "withdraw",
    "add",
    "remove",
    "do",
    "start",
    "exit",
    "finally",
    "title",
    "owner",
    "objective",
    "purpose",
    "priority",
    "enter",
    "one",
    "reenter",
    "leave",
    "goal",
    "holdout",
    "active",
    "admit",
    "budget",
    "renamed",
    "removed",
];

/// The words that may stand in any expression.
pub(super) const IN_EXPRESSIONS: &[&str] = &[
    "and", "or", "not", "in", "is", "known", "unknown", "fresh", "where", "of", "as", "ago", "from",
];

/// The words that may follow in a statement, by the word that begins it.
pub(super) fn of_statement(keyword: &str) -> &'static [&'static str] {
    match keyword {
        "send" => &["by", "for", "within", "else"],
        "wait" => &["at", "until", "up", "within", "for", "else"],
        "enter" => &[
            "on",
            "when",
            "every",
            "before",
            "after",
            "as",
            "for",
            "where",
            "at",
            "no",
            "including",
        ],
        "goal" => &["where", "within", "worth"],
        "leave" => &["when", "on", "where", "for"],
        "one" => &["per", "latest"],
        "reenter" => &["never", "always", "after"],
        "admit" => &["per", "by"],
        "permit" => &["for", "by", "when", "because"],
        "forbid" => &["for", "when", "between", "on", "else"],
        "limit" => &["for", "to", "per", "else"],
        "if" | "match" => &["else"],
        "split" => &["drawn", "best", "after", "keeping"],
        "repeat" => &["times", "every", "until"],
        "do" => &["as", "else"],
        "given" => &["as", "silent"],
        "expect" => &["sent", "refused", "resting", "left", "by", "at", "because"],
        "content" => &["only"],
        "consent" => &["for", "where", "under"],
        "purpose" => &["because"],
        "holdout" => &["of", "for", "redrawn"],
        "audience" => &["for", "via"],
        "journey" | "message" | "event" | "channel" => &["for"],
        "segment" | "measure" | "test" => &["of"],
        "action" => &["returns"],
        "capacity" => &["per"],
        "at" | "never" => &["most", "for", "per", "when", "between", "with"],
        "after" => &["where", "always", "within", "or"],
        _ => &[],
    }
}

/// The word that begins the statement on a line: behind its label, if it has one.
pub(super) fn keyword_of(line: &str) -> &str {
    let word = |text: &'_ str| {
        text.len()
            - text
                .trim_start_matches(unicode_ident::is_xid_continue)
                .len()
    };
    let line = line.trim_start();
    let (first, rest) = line.split_at_checked(word(line)).unwrap_or((line, ""));
    match rest.trim_start().strip_prefix(':') {
        Some(labelled) => {
            let labelled = labelled.trim_start();
            labelled.get(..word(labelled)).unwrap_or(first)
        }
        None => first,
    }
}

/// The last words of a text, this many of them.
pub(super) fn last_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let from = words.len().saturating_sub(count);
    words.get(from..).unwrap_or_default().join(" ")
}

/// How a declaration is written, by its keyword.
pub(super) fn form(keyword: &str) -> &'static str {
    match keyword {
        "enum" => "write `enum NAME { variant, variant }`",
        "profile" => "write `profile NAME { field: type ... }`",
        "table" => "write `table NAME { field: type ... }`",
        "event" => "write `event NAME for member: PROFILE { field: type ... }`",
        "channel" => "write `channel NAME for member: PROFILE { ... }`",
        "purpose" => "write `purpose NAME: KIND`",
        "consent" => "write `consent NAME for member: PROFILE { ... }`",
        "segment" => "write `segment NAME of member: PROFILE = CONDITION`",
        "measure" => "write `measure NAME of member: PROFILE = EXPRESSION`",
        "message" => "write `message NAME for member: PROFILE { ... }`",
        "action" => "write `action NAME(parameters) { post \"https://...\" }`",
        "audience" => "write `audience NAME for member: PROFILE via CHANNEL`",
        "calendar" => "write `calendar NAME { weekend saturday, sunday }`",
        "setting" => "write `setting NAME: TYPE = VALUE`",
        "holdout" => "write `holdout NAME of member: PROFILE 5% for PURPOSES`",
        "promise" => "write `promise \"...\" { ... }`",
        "test" => "write `test \"...\" of JOURNEY { ... }`",
        _ => "write `journey NAME for member: PROFILE { ... }`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::grammar::Rule;

    #[test]
    fn every_rule_has_a_word_of_the_user() {
        for rule in Rule::all_rules() {
            let word = of_rule(*rule);
            assert!(!word.is_empty() && !word.contains('_'), "{rule:?}: {word}");
        }
    }

    #[test]
    fn every_marker_says_what_is_missing() {
        for rule in Rule::all_rules() {
            let name = format!("{rule:?}");
            let marker = name.starts_with("no_") && name != "no_later";
            let word = super::super::missing::word(*rule);
            assert_eq!(marker, word.is_some(), "{name}");
        }
    }

    #[test]
    fn the_keyword_stands_behind_the_label() {
        assert_eq!(keyword_of("  ask: send x by email"), "send");
        assert_eq!(keyword_of("send x"), "send");
        assert_eq!(keyword_of("="), "");
    }
}
