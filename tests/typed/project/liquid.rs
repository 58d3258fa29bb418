//! Templates that show what a message may show.

use super::Maker;
use super::scope::{Path, Scope};
use super::types::Ty;

/// A value that a template may read: how, of what type, and whether it may be unknown.
type Shown = (String, Ty, bool);

impl Maker {
    /// A text with values; `markup` if it stands in HTML.
    pub fn liquid(&mut self, s: &Scope, depth: u8, markup: bool) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.c.below(3) {
            text += &self.piece(s, depth, markup);
            text.push(' ');
        }
        text.trim_end().to_owned()
    }

    fn shown(&self, s: &Scope) -> Vec<Shown> {
        let settings: Vec<&str> = self
            .world
            .settings
            .iter()
            .map(|of| of.name.as_str())
            .collect();
        let readable = |path: &Path| {
            let word = path.text.trim_matches('`');
            !settings.contains(&word) && !matches!(path.ty, Ty::Row(_) | Ty::Consent)
        };
        let paths = s.paths(&self.world).into_iter().filter(readable);
        paths
            .map(|path| (path.text.replace('`', ""), path.ty, path.optional))
            .collect()
    }

    /// Whether a value of a type has a text.
    fn has_text(ty: &Ty) -> bool {
        !matches!(
            ty,
            Ty::Bool | Ty::Duration | Ty::Row(_) | Ty::List(_) | Ty::Rows(_) | Ty::Consent
        )
    }

    fn piece(&mut self, s: &Scope, depth: u8, markup: bool) -> String {
        let ways = if depth == 0 { 3 } else { 8 };
        match self.c.below(ways) {
            0 => {
                let plain = if markup {
                    "l'été &amp; <b>fin</b>"
                } else {
                    "l'été & <fin> 100%"
                };
                self.c
                    .pick(&["Bonjour", plain, "{% comment %} {{ x {% endcomment %}"])
                    .to_owned()
            }
            1 | 2 => {
                let shown: Vec<Shown> = self.shown(s);
                let shown: Vec<Shown> = shown
                    .into_iter()
                    .filter(|of| Self::has_text(&of.1))
                    .collect();
                match self.c.maybe(&shown) {
                    Some((path, ty, optional)) => self.output(&path, &ty, optional),
                    None => "rien".to_owned(),
                }
            }
            3 => {
                let (test, known) = self.test(s);
                let inner = match &known {
                    Some(path) => s.knows(path),
                    None => s.clone(),
                };
                let then = self.piece(&inner, depth - 1, markup);
                let otherwise = self.piece(s, depth - 1, markup);
                match self.c.below(3) {
                    0 => format!("{{% if {test} %}}{then}{{% endif %}}"),
                    1 => format!("{{% if {test} %}}{then}{{% else %}}{otherwise}{{% endif %}}"),
                    _ => format!("{{% unless {test} %}}{otherwise}{{% endunless %}}"),
                }
            }
            4 | 5 => self.each(s, depth - 1, markup),
            6 => self.case(s, depth - 1, markup),
            _ => "{% raw %}{{ {% if {% endraw %}".to_owned(),
        }
    }

    fn output(&mut self, path: &str, ty: &Ty, optional: bool) -> String {
        let filters: &[&str] = match ty {
            Ty::Text(_) => &[
                "",
                " | upcase",
                " | strip | truncate: 9, '.'",
                " | append: 'x' | size",
                " | replace: 'a', 'b'",
                " | split: ',' | join: '-'",
                " | url_encode",
                " | slice: 0, 3",
            ],
            Ty::Money => &["", " | round", " | times: 2", " | abs | ceil"],
            Ty::Int(_) | Ty::Decimal => &[
                "",
                " | plus: 1",
                " | times: 3 | round: 1",
                " | at_most: 9",
                " | divided_by: 2",
            ],
            Ty::Percent => &["", " | round"],
            Ty::Date | Ty::Instant => &["", " | date: 'long'", " | date: '%d.%m.%Y'"],
            Ty::Time => &["", " | date: 'short'"],
            _ => &[""],
        };
        let filters = self.c.pick(filters);
        let default = match (optional, ty) {
            (false, _) => "",
            (true, _) => " | default: '…'",
        };
        let (open, close) = self.c.pick(&[("{{", "}}"), ("{{-", "-}}")]);
        format!("{open} {path}{filters}{default} {close}")
    }

    /// A condition, and the path that it makes known.
    fn test(&mut self, s: &Scope) -> (String, Option<String>) {
        let shown = self.shown(s);
        let Some((path, ty, optional)) = self.c.maybe(&shown) else {
            return (format!("{}.id != 'x'", self.world.person), None);
        };
        if optional {
            let form = self.c.pick(&["", " != nil", " != blank"]);
            // A yes-or-no and a list do not stand alone for being known.
            let form = if matches!(ty, Ty::Bool | Ty::List(_)) && form.is_empty() {
                " != nil"
            } else {
                form
            };
            return (format!("{path}{form}"), Some(path));
        }
        let test = match &ty {
            Ty::Bool => path,
            Ty::Text(_) => format!("{path} contains 'a'"),
            Ty::Int(_) | Ty::Decimal | Ty::Money | Ty::Percent => format!("{path} >= 5"),
            Ty::Date => format!("{path} < '2026-12-25'"),
            Ty::Time => format!("{path} < '09:00'"),
            Ty::Enum(at) => format!("{path} == '{}'", self.world.enums[*at].variants[0]),
            Ty::List(_) | Ty::Rows(_) => format!("{path}.size > 0"),
            Ty::Email | Ty::Phone | Ty::Url | Ty::Country | Ty::Language | Ty::Timezone => {
                format!("{path} != 'x'")
            }
            _ => format!("{}.id != 'x'", self.world.person),
        };
        (test, None)
    }

    fn each(&mut self, s: &Scope, depth: u8, markup: bool) -> String {
        let lists: Vec<Shown> = self.shown(s);
        let lists: Vec<Shown> = lists
            .into_iter()
            .filter(|(_, ty, optional)| !optional && matches!(ty, Ty::Rows(_) | Ty::List(_)))
            .collect();
        let Some((path, ty, _)) = self.c.maybe(&lists) else {
            return self.piece(s, depth, markup);
        };
        let name = self.world.fresh("item");
        let is = match ty {
            Ty::Rows(at) => super::scope::Is::Row(at),
            _ => super::scope::Is::Value(Ty::Text(None), false),
        };
        let body = self.piece(&s.with(&name, is), depth, markup);
        let options = self.c.pick(&["", " limit: 3", " offset: 1 reversed"]);
        let otherwise = self.c.pick(&["", "{% else %}rien"]);
        let index = self.c.pick(&["", "{{ forloop.index }} "]);
        format!("{{% for {name} in {path}{options} %}}{index}{body}{otherwise}{{% endfor %}}")
    }

    fn case(&mut self, s: &Scope, depth: u8, markup: bool) -> String {
        let shown = self.shown(s);
        let choices: Vec<(String, usize)> = shown
            .into_iter()
            .filter_map(|(path, ty, optional)| match ty {
                Ty::Enum(at) if !optional => Some((path, at)),
                _ => None,
            })
            .collect();
        let Some((path, at)) = self.c.maybe(&choices) else {
            return self.piece(s, depth, markup);
        };
        let variant = self.world.enums[at].variants[0].clone();
        let body = self.piece(s, depth, markup);
        format!("{{% case {path} %}}{{% when '{variant}' %}}{body}{{% else %}}autre{{% endcase %}}")
    }
}
