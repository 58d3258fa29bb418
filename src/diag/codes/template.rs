//! Templates (`M`): Liquid and MJML, variables, content of messages.

codes! {}
