//! The registry of codes: one file a stage, one entry a code, one page a code.
//!
//! To add a code: an entry here in the file of its stage, a page `docs/codes/<name>.md` (without
//! it the crate does not compile), and the place that reports it.

use super::Code;

/// Declares the codes of one stage: a constant for each, and `ALL`.
macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal $level:ident $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: $crate::diag::Code = $crate::diag::Code {
                id: $id,
                name: $name,
                level: $crate::diag::Level::$level,
                summary: $summary,
                page: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes/", $name, ".md")),
            };
        )*
        /// Every code of this stage, in the order of their ids.
        pub static ALL: &[&$crate::diag::Code] = &[$(&$constant),*];
    };
}

pub mod config;
pub mod consent;
pub mod flow;
pub mod lint;
pub mod names;
pub mod run;
pub mod syntax;
pub mod template;
pub mod types;

/// Every code, stage by stage.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        syntax::ALL,
        config::ALL,
        names::ALL,
        types::ALL,
        template::ALL,
        consent::ALL,
        flow::ALL,
        lint::ALL,
        run::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with this id or name, in any case.
#[must_use]
pub fn find(word: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(word) || code.name.eq_ignore_ascii_case(word))
}
