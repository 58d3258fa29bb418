//! `jalon fmt`: one canonical layout.

mod block_text;
mod brackets;
mod declarations;
mod document;
mod expressions;
mod journeys;
mod parts;
mod policy;
mod printer;
mod steps;
mod tokens;
