//! `jalon fmt`: one canonical layout.

mod brackets;
mod declarations;
mod document;
mod expressions;
mod journeys;
mod policy;
mod printer;
mod steps;
mod tokens;
