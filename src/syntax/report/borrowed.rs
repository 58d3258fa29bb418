//! Words that people bring from other languages and platforms, and what they are called here.

/// Words of other languages inside a journey, and what to write.
pub(super) const HABITS: &[(&str, &str)] = &[
    ("elif", "write `else if`"),
    ("elsif", "write `else if`"),
    ("elseif", "write `else if`"),
    ("unless", "write `if not`"),
    ("switch", "write `match`"),
    (
        "case",
        "write the variant itself and its block inside `match`",
    ),
    ("default", "write `else`"),
    ("while", "write `repeat up to N times until CONDITION`"),
    ("loop", "write `repeat up to N times`"),
    (
        "for",
        "write `repeat up to N times`, or `enter on EVENT for each ROWS as NAME`",
    ),
    ("foreach", "write `enter on EVENT for each ROWS as NAME`"),
    (
        "let",
        "write the expression where it is used: there are no local variables",
    ),
    (
        "var",
        "write the expression where it is used: there are no local variables",
    ),
    (
        "const",
        "write the expression where it is used: there are no local variables",
    ),
    ("return", "write `exit`"),
    ("stop", "write `exit`"),
    ("end", "write `exit`, or `}` to end a block"),
    ("break", "write `until CONDITION` behind `repeat`"),
    ("sleep", "write `wait`"),
    ("delay", "write `wait`"),
    ("pause", "write `wait`"),
    ("call", "write `do ACTION(...)`"),
    ("trigger", "write `enter on EVENT`"),
    ("allow", "write `permit`"),
    ("deny", "write `forbid`"),
    (
        "goto",
        "write the steps where they run, or `repeat up to N times { ... }` around them",
    ),
    (
        "select",
        "write `if` with a condition: there are no queries",
    ),
    ("update", "write `set member.FIELD = VALUE`"),
    ("tag", "write `set member.FIELD = VALUE`"),
    ("notify", "write `send MESSAGE by CHANNEL`"),
    ("message", "write `send MESSAGE by CHANNEL`"),
    ("email", "write `send MESSAGE by email`"),
    ("sms", "write `send MESSAGE by sms`"),
    ("push", "write `send MESSAGE by push`"),
    ("steps", "write the steps right in the body of the journey"),
    ("assert", "write `expect`"),
    ("should", "write `expect`"),
    ("then", "remove it: steps follow each other"),
    ("name", "write `title \"...\"`"),
    (
        "description",
        "write `title \"...\"`, or a comment behind `///` above the journey",
    ),
    ("envoyer", "write `send`"),
    ("attendre", "write `wait`"),
    ("si", "write `if`"),
    ("sinon", "write `else`"),
    ("sortir", "write `exit`"),
    ("quitter", "write `leave`"),
    ("entrer", "write `enter`"),
    ("titre", "write `title`"),
    ("but", "write `goal`"),
    (
        "objectif",
        "write `goal` for the event that counts, `objective` for the kind of journey",
    ),
    ("répéter", "write `repeat`"),
    ("finalité", "write `purpose`"),
];

/// What to write instead of a word, in any case, of another language.
pub(super) fn habit(habits: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    let folded = word.to_lowercase();
    habits
        .iter()
        .find(|(habit, _)| *habit == folded)
        .map(|(_, help)| *help)
}

/// The kinds of channels.
pub(super) const CHANNEL_KINDS: &[&str] = &[
    "email", "sms", "push", "in_app", "whatsapp", "web", "print", "call", "wallet", "audience",
    "webhook",
];

/// Words of other languages at the top of a file, and what to write.
pub(super) const TOP_HABITS: &[(&str, &str)] = &[
    (
        "import",
        "remove it: all files of a project share one namespace",
    ),
    (
        "include",
        "remove it: all files of a project share one namespace",
    ),
    (
        "use",
        "remove it: all files of a project share one namespace",
    ),
    (
        "from",
        "remove it: all files of a project share one namespace",
    ),
    (
        "package",
        "remove it: all files of a project share one namespace",
    ),
    (
        "class",
        "write `profile` for people, `table` for other rows",
    ),
    (
        "struct",
        "write `profile` for people, `table` for other rows",
    ),
    ("type", "write `profile`, `table` or `enum`"),
    (
        "model",
        "write `profile` for people, `table` for other rows",
    ),
    (
        "entity",
        "write `profile` for people, `table` for other rows",
    ),
    ("let", "write `setting`, `measure` or `segment`"),
    ("const", "write `setting`"),
    ("var", "write `setting`"),
    ("function", "write `measure` or `segment`"),
    ("fn", "write `measure` or `segment`"),
    ("def", "write `measure` or `segment`"),
    ("template", "write `message`"),
    ("campaign", "write `journey`"),
    ("flow", "write `journey`"),
    ("workflow", "write `journey`"),
    ("list", "write `audience` or `segment`"),
    ("policy", "write `consent`"),
    (
        "email",
        "write `message NAME for member: PROFILE { ... }`, with `email { ... }` in its contents",
    ),
    (
        "sms",
        "write `message NAME for member: PROFILE { ... }`, with `sms \"...\"` in its contents",
    ),
    (
        "push",
        "write `message NAME for member: PROFILE { ... }`, with `push { ... }` in its contents",
    ),
    ("automation", "write `journey`"),
    ("canvas", "write `journey`"),
    (
        "resource",
        "write `journey NAME for member: PROFILE { ... }`: the kind comes first, without quotes",
    ),
    ("variable", "write `setting NAME: TYPE = VALUE`"),
    (
        "select",
        "write `segment NAME of member: PROFILE = CONDITION`",
    ),
    (
        "create",
        "write `profile` for people, `table` for other rows",
    ),
    ("attribute", "write a field in a `profile`: `NAME: TYPE`"),
    ("trait", "write a field in a `profile`: `NAME: TYPE`"),
    ("user", "write `profile`"),
    ("contact", "write `profile`"),
    ("customer", "write `profile`"),
    ("trigger", "write `event`, or `enter on EVENT` in a journey"),
    ("parcours", "write `journey`"),
    ("profil", "write `profile`"),
    ("événement", "write `event`"),
    ("evenement", "write `event`"),
    ("canal", "write `channel`"),
    ("finalité", "write `purpose`"),
    ("finalite", "write `purpose`"),
    ("consentement", "write `consent`"),
    ("promesse", "write `promise`"),
    ("mesure", "write `measure`"),
    ("réglage", "write `setting`"),
];
