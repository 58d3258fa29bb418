//! The parser that pest generates from `grammar/jalon.pest`.

#![allow(missing_docs, reason = "generated")]

#[derive(pest_derive::Parser)]
#[grammar = "grammar/jalon.pest"]
pub(super) struct Grammar;
