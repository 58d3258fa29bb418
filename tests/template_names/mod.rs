//! A small scope and its values, for the tests of templates.

use indexmap::IndexMap;
use jalon::template::{ChoiceId, RecordId, RenderContext, RenderValue, Scope, Type, Var};
use smol_str::SmolStr;

/// Texts `name` and `url`, a yes-or-no `vip`, a list of texts `tags`.
pub struct Names;

impl Scope for Names {
    fn root(&self, name: &str) -> Option<Var> {
        Some(Var::known(match name {
            "name" => Type::Text,
            "url" => Type::Url,
            "vip" => Type::Bool,
            "tags" => Type::List(Box::new(Type::Text)),
            _ => return None,
        }))
    }
    fn field(&self, _: RecordId, _: &str) -> Option<Var> {
        None
    }
    fn names(&self) -> Vec<SmolStr> {
        ["name", "url", "vip", "tags"].map(SmolStr::from).to_vec()
    }
    fn field_names(&self, _: RecordId) -> Vec<SmolStr> {
        Vec::new()
    }
    fn choices(&self, _: ChoiceId) -> Vec<SmolStr> {
        Vec::new()
    }
    fn record_name(&self, _: RecordId) -> SmolStr {
        SmolStr::default()
    }
}

/// A value for each name.
pub fn values() -> IndexMap<SmolStr, RenderValue> {
    IndexMap::from([
        (
            SmolStr::from("name"),
            RenderValue::Text("Zoé & <Ana>".into()),
        ),
        (
            "url".into(),
            RenderValue::Text("https://example.org/?a=1&b=2".into()),
        ),
        ("vip".into(), RenderValue::Bool(true)),
        (
            "tags".into(),
            RenderValue::List(vec![
                RenderValue::Text("one".into()),
                RenderValue::Text("two".into()),
            ]),
        ),
    ])
}

/// English, UTC.
pub fn context() -> RenderContext {
    RenderContext {
        language: "en".into(),
        zone: jiff::tz::TimeZone::UTC,
        unsubscribe: "https://example.org/u".into(),
        sender_address: "1 rue Espoir".into(),
    }
}
