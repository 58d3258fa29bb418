//! Syntax (`S`): what the text of a `.jalon` file says, before any name is looked up.

codes! {}
