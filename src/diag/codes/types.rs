//! Types (`T`): schema, expressions, arguments.

codes! {}
