//! The list of all rules, by what they look at.

use super::{Contents, File, Rule, Whole, rules};
use crate::diag::Diagnostics;
use crate::diag::codes::lint as codes;
use crate::model::hir::{Journey, Message};
use crate::syntax::ast::Decl;

/// A rule over the tree of one declaration.
type TreeRule = fn(&File<'_>, &Decl, &mut Diagnostics);
/// A rule over one checked journey.
type JourneyRule = fn(&Whole<'_>, &Journey, &mut Diagnostics);
/// A rule over one checked message.
type MessageRule = fn(&Whole<'_>, &Message, &mut Diagnostics);
/// A rule over what a message says, whoever sends it.
type ContentRule = fn(&Contents<'_>, &mut Diagnostics);
/// A rule over a whole project. It runs once: it must not look at a thing for each other thing.
pub(super) type ProjectRule = fn(&Whole<'_>, &mut Diagnostics);

/// The rules, each with the code that it reports.
macro_rules! rules {
    ($($code:ident $rule:ident::$check:ident;)*) => {
        &[$(Rule { code: &codes::$code, run: rules::$rule::$check }),*]
    };
}

pub(super) const TREES: &[Rule<TreeRule>] = rules! {
    NAMING_STYLE naming_style::check;
    UNLABELLED_WAIT unlabelled_wait::check;
    MISSING_TITLE missing_title::check;
    SAME_STEPS same_steps::check;
    SAID_TWICE said_twice::check;
    OTHER_LANGUAGE_FILE other_language_file::check;
};

pub(super) const JOURNEYS: &[Rule<JourneyRule>] = rules! {
    MISSING_GOAL missing_goal::check;
    BACK_TO_BACK_SENDS back_to_back_sends::check;
    REPEAT_WITHOUT_UNTIL repeat_without_until::check;
    MACHINE_OPENS machine_opens::check;
    DEARER_CHANNEL_FIRST dearer_channel_first::check;
    SETTLED_CONDITION settled_condition::check;
    WITHIN_BEFORE_LEAD within_before_lead::check;
    TAKEN_BEFORE taken_before::check;
    UNREPORTED_EVENT unreported_event::check;
    STALE_CONDITION stale_condition::check;
    UNPROMPTED_SERVICE unprompted_service::check;
};

pub(super) const CONTENTS: &[Rule<ContentRule>] = rules! {
    COSTLY_CHARACTER costly_character::check;
    LONG_TEXT_MESSAGE long_text_message::check;
    UNBOUNDED_TEXT_MESSAGE unbounded_text_message::check;
    HTML_ONLY_EMAIL html_only_email::check;
    LONG_SUBJECT long_subject::check;
    SHOUTING_SUBJECT shouting_subject::check;
    SPAM_LIKE_SUBJECT spam_like_subject::check;
    MISSING_PREHEADER missing_preheader::check;
    MISSING_ALT missing_alt::check;
    CLIPPED_EMAIL clipped_email::check;
    EMPTY_TEXT empty_text::check;
    LONG_PREHEADER long_preheader::check;
    UNSIGNED_TEXT_MESSAGE unsigned_text_message::check;
    PROMOTION_IN_SERVICE promotion_in_service::check;
};

/// What is said once of a whole project, whoever uses it.
pub(super) const MEANING: &[Rule<ProjectRule>] = rules! {
    SETTLED_CONDITION settled_condition::check_others;
    MISSING_LANGUAGE missing_language::check;
    IDLE_PERMIT idle_permit::check;
};

pub(super) const MESSAGES: &[Rule<MessageRule>] = rules! {
    UNREAD_PARAMETER unread_parameter::check;
};

pub(super) const PROJECT: &[Rule<ProjectRule>] = rules! {
    UNSENT_MESSAGE unsent_message::check;
    NEVER_LEFT_AUDIENCE never_left_audience::check;
    UNREAD_FIELD unread_field::check;
    UNHEARD_EVENT unheard_event::check;
    UNUSED_DECLARATION unused_declaration::check;
    MACHINE_OPENS machine_opens::check_derived;
    UNHASHED_SHARE unhashed_share::check;
    ONLY_AT_NIGHT only_at_night::check;
};
