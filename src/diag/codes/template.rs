//! Templates (`M`): Liquid and MJML, variables, content of messages.

codes! {
    UNREADABLE_LIQUID = "M001" "unreadable-liquid" Error "what stands between `{{ }}` or `{% %}` cannot be read";
    UNCLOSED_TAG = "M002" "unclosed-tag" Error "something in a template is opened and not closed, or closed and not opened";
    REFUSED_TAG = "M003" "refused-tag" Error "a template uses a tag that Jalon does not have";
    FOREIGN_PLACEHOLDER = "M004" "foreign-placeholder" Warn "a text looks like the placeholder of another platform, and would be sent as it is";
    UNKNOWN_VARIABLE = "M005" "unknown-variable" Error "a template names something that is neither a parameter nor a field";
    OPTIONAL_IN_TEMPLATE = "M006" "optional-in-template" Error "a template uses a value that may be unknown as if it were known";
    UNKNOWN_FILTER = "M007" "unknown-filter" Error "a template uses a filter that does not exist";
    WRONG_FILTER = "M008" "wrong-filter" Error "a filter does not fit the value it is given or its arguments";
    TEMPLATE_TYPE = "M009" "template-type" Error "a condition or loop of a template does not fit the type of its value";
    UNPRINTABLE_VALUE = "M010" "unprintable-value" Error "a template shows a value that has no text of its own";
    SENSITIVE_IN_MESSAGE = "M011" "sensitive-in-message" Error "a message shows or tests a sensitive field";
    WRONG_LINK = "M012" "wrong-link" Error "a link of a template has no fixed name, two URLs, or no valid URL";
    INSECURE_LINK = "M013" "insecure-link" Warn "a link of a template is not https";
    OVERSIZED_TEMPLATE = "M014" "oversized-template" Error "a template is too long or nested too deep";
    UNKNOWN_MJML_ELEMENT = "M015" "unknown-mjml-element" Error "a template has an element that MJML does not have, or Jalon refuses";
    MISPLACED_MJML_ELEMENT = "M016" "misplaced-mjml-element" Error "an MJML element stands where MJML ignores it";
    UNKNOWN_MJML_ATTRIBUTE = "M017" "unknown-mjml-attribute" Error "an MJML element has an attribute that it does not know";
    UNREADABLE_MARKUP = "M018" "unreadable-markup" Error "the markup of a template cannot be read";
    HIDDEN_NAME = "M019" "hidden-name" Error "a loop of a template gives a name that is already taken";
    TEMPLATE_FORMAT = "M020" "template-format" Error "a template does not say what it is written in, or says what cannot stand there";
    MISSING_TEMPLATE = "M021" "missing-template" Error "there is no template file of this name";
    EXTERNAL_WITH_CONTENT = "M022" "external-with-content" Error "a message is external and has contents too";
    MISPLACED_ONLY = "M023" "misplaced-only" Error "`only` stands on another content than the first";
    MISSING_FOOTER = "M024" "missing-footer" Error "an email that is not a service shows no way out or no sender";
    UNSET_FOOTER = "M025" "unset-footer" Error "a template shows what `jalon.toml` does not say";
    LANGUAGE_NEVER_CHOSEN = "M026" "language-never-chosen" Warn "a content that nobody gets";
    MISSING_STOP = "M027" "missing-stop" Warn "a text message that is not a service does not say how to stop";
}
