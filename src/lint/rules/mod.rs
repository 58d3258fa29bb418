//! The rules, by the names of their codes.

pub mod back_to_back_sends;
pub mod clipped_email;
pub mod costly_character;
pub mod dearer_channel_first;
pub mod html_only_email;
pub mod long_subject;
pub mod long_text_message;
pub mod machine_opens;
pub mod missing_alt;
pub mod missing_goal;
pub mod missing_preheader;
pub mod missing_title;
pub mod naming_style;
pub mod never_left_audience;
pub mod repeat_without_until;
pub mod same_steps;
pub mod shouting_subject;
pub mod spam_like_subject;
pub mod unbounded_text_message;
pub mod unheard_event;
pub mod unlabelled_wait;
pub mod unread_field;
pub mod unread_parameter;
pub mod unsent_message;
pub mod unused_declaration;
