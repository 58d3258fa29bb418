//! Words copied from the screens of other platforms, and of speech, with what is written here: the
//! rest of the line stands in it.

use super::meant::begins_with;
use crate::syntax::grammar::Rule;

/// Phrases that mean the same, between `|`, and the statement for them. What stands between `<` and
/// `>` is an example, in the place of which the rest of the line is shown if there is one.
type Table = &'static [(&'static str, &'static str)];

const STEPS: Table = &[
    (
        "time delay|delay step|wait step|wait period|add delay|add a delay|delay for|pause for|timer|\
         hold for|attente|délai|delai|délai d'attente|patienter",
        "wait <3 days>",
    ),
    (
        "trigger filter|trigger filters|profile filter|profile filters|flow filter|audience filter",
        "leave when not (<CONDITION>)",
    ),
    (
        "trigger|triggered by|trigger event|trigger on|flow trigger|entry event|entry trigger|\
         enrollment trigger|enrolment trigger|enroll when|start when|starts when|starts on|on event|\
         entry|entry source|entry point|entry schedule|déclencheur|declencheur|entrée|when someone",
        "enter on <EVENT>",
    ),
    (
        "entry criteria|entry criterion|entry rules|entry audience|target audience",
        "enter when <CONDITION>",
    ),
    (
        "exit criteria|exit criterion|exit condition|exit conditions|exit when|exit if|exit rule|\
         exit rules|unenroll when|unenrollment trigger|critère de sortie|condition de sortie",
        "leave when <CONDITION>",
    ),
    (
        "exit event|exit events|exit on|exception event|exception events",
        "leave on <EVENT>",
    ),
    (
        "conversion|conversion event|conversion events|conversion goal|conversion criteria|\
         goal criteria|success metric|success event|kpi|objectif de conversion",
        "goal <EVENT> within 30 days",
    ),
    (
        "conditional split|decision split|decision step|if/then branch|if then branch|\
         true/false branch|true/false|yes/no branch|yes/no split|yes no split|condition|decision|\
         condition split|audience paths|filter|only if|si alors",
        "if <CONDITION> { ... } else { ... }",
    ),
    (
        "random split|random cohort|random branch|a/b split|a/b test|ab test|ab split|test a/b|\
         path experiment|experiment path|experiment paths|experiment|cohort split",
        "split { 50% { ... } 50% { ... } }",
    ),
    (
        "multi split|multi-split|value split|value equals branch|branch|branches|attribute split|\
         multi-way split",
        "match <member.FIELD> { VARIANT { ... } else { ... } }",
    ),
    (
        "engagement split|email engagement|action paths|action path|wait for event|wait for response|\
         event wait|wait for an event",
        "wait up to 3 days { on LABEL.clicked { ... } else { ... } }",
    ),
    (
        "end journey|end flow|end workflow|end campaign|end of flow|end of journey|finish|stop flow|\
         stop journey|leave journey|exit journey|exit flow|exit canvas|fin",
        "exit",
    ),
    (
        "update profile property|update profile|update property|update contact|update attribute|\
         update user|user update|set property|set contact property|set attribute|set field|assign|\
         modify|change|mettre à jour",
        "set <member.FIELD = VALUE>",
    ),
    (
        "re-entry|reentry|re-eligibility|reeligibility|re-enrollment|reenrollment|allow re-entry|\
         allow reentry|allow re-enrollment|once per person|run once",
        "reenter never",
    ),
    (
        "control group|hold-out|hold out|holdout group|control|groupe témoin|groupe de contrôle",
        "holdout <NAME>",
    ),
    (
        "webhook|call webhook|http request|api call|custom action|run action|trigger action",
        "do ACTION(...)",
    ),
    (
        "add to list|add to segment|add to audience|subscribe to list|sync to audience",
        "add to <AUDIENCE>",
    ),
    (
        "remove from list|remove from segment|remove from audience",
        "remove from <AUDIENCE>",
    ),
    (
        "unsubscribe|opt out|opt-out",
        "withdraw member.CONSENT from EVENT",
    ),
    (
        "subscribe|opt in|opt-in|optin",
        "grant member.CONSENT from EVENT",
    ),
    (
        "frequency cap|frequency capping|rate limit|sending limit|message limit|smart sending",
        "limit any for PURPOSES to 3 per 7 days else skip` in a consent block",
    ),
    (
        "quiet hours|silent hours|sending window|send window|do not disturb|quiet time",
        "forbid sms for PURPOSES between 21:00 and 09:00 else delay` in a consent block",
    ),
    (
        "at most|no more than|not more than|max|maximum|limit|cap",
        "limit any for PURPOSES to 3 per 7 days else skip` in a consent block: it holds for all journeys",
    ),
    (
        "start date|end date|active from|active between|schedule|run between",
        "active 2027-01-01 to 2027-01-31",
    ),
    ("throttle|throttling|rate", "admit <1000> per 1 day"),
    (
        "say|tell|contact|deliver|envoi|envoie|relancer|relance",
        "send <MESSAGE> by email",
    ),
    (
        "launch|start journey|enroll in|enrol in|trigger journey|lancer|go to journey",
        "start <JOURNEY>",
    ),
    (
        "répète|boucle|loop until|do while",
        "repeat up to 3 times until <CONDITION> { ... }",
    ),
    (
        "for whom|audience|segment|recipients|destinataires|cible",
        "enter when <member in SEGMENT>",
    ),
];

const RULES: Table = &[
    (
        "quiet hours|silent hours|do not disturb|quiet time|no messages between|sending window|\
         heures calmes|heures de silence",
        "forbid sms for PURPOSES between 21:00 and 09:00 else delay",
    ),
    (
        "require|requires|need|needs|must have|consent|opt-in|opt in|double opt-in|demander|exiger",
        "permit email for PURPOSES by consent",
    ),
    (
        "autoriser|autorise|can send|may send|send|accept|authorize|authorise|enable",
        "permit CHANNELS for PURPOSES by consent",
    ),
    (
        "never|no|do not send|don't send|dont send|block|interdire|interdit|prohibit|ban|stop|exclude|\
         disallow|suppress",
        "forbid CHANNELS for PURPOSES",
    ),
    (
        "max|maximum|at most|no more than|not more than|cap|frequency cap|rate limit|limiter|limite",
        "limit CHANNELS for PURPOSES to 3 per 7 days else skip",
    ),
    (
        "country|pays|region|applies to|scope",
        "consent NAME for member: Member where member.country == CA {",
    ),
    (
        "regime|law|under|loi",
        "consent NAME for member: Member under REGIME {",
    ),
];

const CHANNEL: Table = &[
    (
        "from|sender name|from name|from address|from email|reply to|reply-to|expéditeur|expediteur|de",
        "sender <\"Name <address@example.org>\">",
    ),
    (
        "to|recipient|destination|destinataire|number|addr|adresse",
        "address <member.FIELD>",
    ),
    (
        "price|fee|rate card|coût|cout|prix|costs",
        "cost <0.02 EUR>",
    ),
    (
        "rate|throttle|limit|max|throughput|quota|capacité|capacite",
        "capacity <1000> per 1 hour",
    ),
    ("delay|lead time|leadtime|délai", "lead <6 days>"),
    ("kind|type", "channel NAME: KIND for member: PROFILE {"),
    ("share|fields|data|partage", "shares <member.FIELD>"),
];

const MESSAGE: Table = &[
    ("category|type|kind|finalité|for|reason", "purpose <NAME>"),
    (
        "language|lang|locale|langue|version",
        "content <en> { email { ... } sms \"...\" }",
    ),
    (
        "object|objet|title|titre|sujet",
        "content en { email { subject <\"...\"> body text \"...\" } }",
    ),
    (
        "html|mjml|text|template|corps|contenu|message|file",
        "content en { email { subject \"...\" body text <\"...\"> } }",
    ),
];

const CLAIMS: Table = &[
    (
        "max|maximum|no more than|not more than|limit|jamais plus de|au plus",
        "at most 3 CHANNELS for PURPOSES per 7 days",
    ),
    (
        "no|not|forbid|jamais|do not|don't",
        "never CHANNELS for PURPOSES",
    ),
    (
        "always|when|if|every",
        "after EVENT always MESSAGE within 1 day",
    ),
];

const TEST: Table = &[
    (
        "assert|should|then|verify|check|ensure|vérifier|attendre",
        "expect <sent MESSAGE>",
    ),
    (
        "wait|sleep|advance|tick|later|puis|après|apres",
        "after <1 day>",
    ),
    (
        "at|now|date|today|time|start",
        "clock <2026-01-05T09:00[Europe/Paris]>",
    ),
    (
        "user|contact|profile|person|customer|setup|with|soit|étant donné|arrange",
        "given member { FIELD: VALUE }",
    ),
    (
        "when|trigger|fire|emit|send|event|quand|lorsque",
        "<EVENT(field: VALUE)>",
    ),
];

const ACTION: Table = &[
    (
        "url|endpoint|webhook|get|put|call|to|uri|href|method",
        "post <\"https://example.org/hook\">",
    ),
    (
        "header|headers|auth|authorization|token|api_key|key|password",
        "secret <ENVIRONMENT_VARIABLE>",
    ),
    (
        "returns|response|output|result",
        "action NAME(parameters) returns { FIELD: TYPE } {",
    ),
    ("retry|retries|wait|max", "timeout <5 seconds>"),
];

const CALENDAR: Table = &[
    (
        "holiday|closed|off|férié|fériés|feries|jours fériés|bank holidays|exclude",
        "holidays <2026-12-25>",
    ),
    (
        "weekends|days off|rest|week-end|saturday|sunday|samedi|dimanche",
        "weekend saturday, sunday",
    ),
    (
        "working days|workdays|open|weekdays|business days",
        "weekend saturday, sunday",
    ),
];

const ARMS: Table = &[
    (
        "timeout|time out|after|otherwise|default|expired|no response|never|sinon|nothing|if not",
        "else { ... }",
    ),
    ("if|case|event|once|upon|quand|si", "on <EVENT>"),
];

const SHARES: Table = &[(
    "otherwise|else|default|remainder|others",
    "rest` behind the shares of a `split ... best by`",
)];

const CASES: Table = &[
    ("when|case|is|if|on", "<VARIANT>"),
    ("otherwise|default|rest|others", "else"),
];

/// The longest rest of a line that is shown again.
const LONGEST: usize = 50;

/// What to write instead of a line that begins with words of another platform: the help, and the
/// words themselves.
pub(super) fn said(around: Rule, line: &str) -> Option<(String, &str)> {
    let table = match around {
        Rule::steps | Rule::flat_step | Rule::block | Rule::item | Rule::journey_body => STEPS,
        Rule::arms => ARMS,
        Rule::split_body => SHARES,
        Rule::match_body => CASES,
        Rule::rules => RULES,
        Rule::channel_body => CHANNEL,
        Rule::message_body => MESSAGE,
        Rule::claims => CLAIMS,
        Rule::test_body => TEST,
        Rule::action_body => ACTION,
        Rule::calendar_body => CALENDAR,
        _ => return None,
    };
    let line = line.split(" //").next().unwrap_or(line).trim_end();
    let longest = |phrases: &str| {
        let phrases = phrases.split('|');
        phrases.filter_map(|phrase| begins_with(line, phrase)).max()
    };
    let (length, form) = table
        .iter()
        .filter_map(|(phrases, form)| Some((longest(phrases)?, *form)))
        .max_by_key(|(length, _)| *length)?;
    let (words, rest) = line.split_at_checked(length)?;
    let text = filled(form, rest);
    // A form may say where it stands, behind its own backtick.
    let close = if text.contains('`') { "" } else { "`" };
    Some((format!("write `{text}{close}"), words))
}

/// A form with the rest of a line in the place of its example.
fn filled(form: &str, rest: &str) -> String {
    let Some((before, after)) = form.split_once('<') else {
        return form.to_owned();
    };
    let Some((example, after)) = after.rsplit_once('>') else {
        return form.to_owned();
    };
    let signs = [' ', '\t', ':', '=', '-', '>', '(', '{', ',', ';'];
    let rest = rest
        .trim_start_matches(signs)
        .trim_end_matches([' ', '{', ',', ';']);
    let rest = match rest.matches('(').count() < rest.matches(')').count() {
        true => rest.trim_end_matches(')'),
        false => rest,
    };
    let rest = rest.split('{').next().unwrap_or(rest).trim_end();
    let quoted = example.starts_with('"') && !rest.starts_with('"');
    let rest = match rest.is_empty() || rest.len() > LONGEST || quoted || rest.contains(['{', '}'])
    {
        true => example,
        false => rest,
    };
    format!("{before}{rest}{after}")
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::syntax::grammar::Rule;

    #[test]
    fn the_rest_of_the_line_is_kept() {
        for (line, help) in [
            ("Time Delay: 3 days", "write `wait 3 days`"),
            ("Time Delay", "write `wait 3 days`"),
            ("Trigger: gift_made", "write `enter on gift_made`"),
            (
                "Conditional Split: member.vip {",
                "write `if member.vip { ... } else { ... }`",
            ),
        ] {
            let found = said(Rule::item, line).map(|(help, _)| help);
            assert_eq!(found.as_deref(), Some(help), "{line}");
        }
        assert!(said(Rule::item, "Trigger_happy").is_none());
        assert!(said(Rule::fields, "trigger").is_none());
        let from = said(Rule::channel_body, "from \"A <a@example.org>\"");
        assert_eq!(from.unwrap().0, "write `sender \"A <a@example.org>\"`");
    }
}
