//! Rendering: the text of a plan, the values of a moment, the language of a content.
//!
//! The liquid crate parses and renders what [`crate::template::prepare`] wrote. Its own numbers
//! are binary floating point and its dates have no zone, so ours travel through it as small
//! objects ([`value`]) that only our filters and conditions open; `if`, `unless` and `case` are
//! ours for the same reason, `for` and the text filters are the crate's.

mod case_block;
mod compare;
mod filters;
mod if_block;
mod money;
mod show;
mod state;
mod value;

pub(super) use filters::{escaped, plain_spaces};
pub(super) use show::Formats;
pub use state::RenderedLink;
pub use value::RenderValue;

use crate::template::names::encode;
use crate::template::{PlaceMap, SENDER_ADDRESS, UNSUBSCRIBE, liquid};
use indexmap::IndexMap;
use liquid_core::model::Object;
use liquid_core::parser::Language;
use liquid_core::runtime::{Renderable, Runtime, RuntimeBuilder, Template};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use state::State;
use std::sync::{Arc, RwLock};

/// How long a rendered text may be, in bytes.
pub const MAX_RENDERED: usize = 4 * 1_048_576;

/// What a text is rendered for.
#[derive(Debug, Clone)]
pub struct RenderContext {
    /// The language of the content, a BCP 47 tag; numbers, amounts and dates follow it.
    pub language: SmolStr,
    /// The person's time zone: instants are shown in it.
    pub zone: jiff::tz::TimeZone,
    /// What `{{ unsubscribe }}` shows.
    pub unsubscribe: String,
    /// What `{{ sender_address }}` shows.
    pub sender_address: String,
}

/// A rendered text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// What the person reads.
    pub text: String,
    /// The links that were shown, in their order, each once.
    pub links: Vec<RenderedLink>,
}

/// Why a text could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RenderError {
    /// One lower-case sentence without a full stop.
    pub message: String,
}

impl RenderError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// The crate's first line: the rest is its own trace.
    fn from_liquid(error: &liquid_core::Error) -> Self {
        let text = error.to_string();
        let line = text.lines().next().unwrap_or("");
        Self::new(line.strip_prefix("liquid: ").unwrap_or(line))
    }
}

/// Renders prepared texts. Each is compiled once and kept; shared between threads.
pub struct Renderer {
    language: Language,
    compiled: RwLock<FxHashMap<String, Arc<Template>>>,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    /// A renderer that knows our filters and blocks.
    #[must_use]
    pub fn new() -> Self {
        let mut language = Language::empty();
        let blocks = &mut language.blocks;
        blocks.register("if".into(), if_block::IfBlock::new("if", "endif").into());
        blocks.register(
            "unless".into(),
            if_block::IfBlock::new("unless", "endunless").into(),
        );
        blocks.register("case".into(), case_block::CaseBlock.into());
        blocks.register("for".into(), liquid_lib::stdlib::ForBlock.into());
        filters::register(&mut language.filters);
        Self {
            language,
            compiled: RwLock::default(),
        }
    }

    /// Checks that a text of a plan can be rendered, and keeps it compiled.
    ///
    /// # Errors
    ///
    /// If it is not what [`crate::template::prepare`] writes.
    pub fn compile(&self, prepared: &str) -> Result<(), RenderError> {
        self.template(prepared).map(|_| ())
    }

    fn template(&self, prepared: &str) -> Result<Arc<Template>, RenderError> {
        let known = self.compiled.read().ok();
        if let Some(template) = known.as_ref().and_then(|known| known.get(prepared)) {
            return Ok(Arc::clone(template));
        }
        drop(known);
        // The crate panics on some texts that are no Liquid. Ours reports them.
        let parsed = liquid::parse(prepared, &PlaceMap::file(crate::source::FileId(0)));
        if let Some(found) = parsed.diagnostics.iter().next() {
            return Err(RenderError::new(found.message.clone()));
        }
        let elements = liquid_core::parser::parse(prepared, &self.language)
            .map_err(|error| RenderError::from_liquid(&error))?;
        let template = Arc::new(Template::new(elements));
        if let Ok(mut known) = self.compiled.write() {
            known.insert(prepared.to_owned(), Arc::clone(&template));
        }
        Ok(template)
    }

    /// Renders a text.
    ///
    /// `values` are the message's parameters and the person, by their names in the template.
    /// Every field that the template reads must be there, [`RenderValue::Nil`] when unknown.
    ///
    /// # Errors
    ///
    /// A value that is missing, an overflow, a text that grows too long, a prepared text that is
    /// none.
    pub fn render(
        &self,
        prepared: &str,
        values: &IndexMap<SmolStr, RenderValue>,
        context: &RenderContext,
    ) -> Result<Rendered, RenderError> {
        let template = self.template(prepared)?;
        let mut globals = Object::new();
        for (name, value) in values {
            globals.insert(encode(name).as_str().to_owned().into(), value.to_liquid());
        }
        for (name, text) in [
            (UNSUBSCRIBE, &context.unsubscribe),
            (SENDER_ADDRESS, &context.sender_address),
        ] {
            globals.insert(name.into(), RenderValue::Text(text.clone()).to_liquid());
        }
        let runtime = RuntimeBuilder::new().set_globals(&globals).build();
        *runtime.registers().get_mut::<State>() = State::new(context);
        let mut out = Bounded::default();
        let outcome = template.render_to(&mut out, &runtime);
        if out.full {
            return Err(RenderError::new(format!(
                "the rendered text would be longer than {MAX_RENDERED} bytes"
            )));
        }
        outcome.map_err(|error| RenderError::from_liquid(&error))?;
        let links = std::mem::take(&mut runtime.registers().get_mut::<State>().links);
        let text = String::from_utf8(out.bytes)
            .map_err(|_| RenderError::new("the rendered text is not UTF-8"))?;
        Ok(Rendered { text, links })
    }
}

/// Takes what is rendered, up to [`MAX_RENDERED`] bytes.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    full: bool,
}

impl std::io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_RENDERED {
            self.full = true;
            return Err(std::io::Error::other("too long"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
