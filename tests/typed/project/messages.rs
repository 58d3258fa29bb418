//! Messages: contents in the languages, a part for each kind of channel.

use super::Maker;
use super::scope::{Is, Scope};
use super::types::Ty;
use super::world::{Field, Message};

impl Maker {
    pub fn message(&mut self) {
        let name = self.world.fresh("thank_you");
        let (mut params, mut texts) = self.loose_fields(3);
        if self.c.once_in(4) {
            let name = self.world.fresh("chosen");
            texts.push(format!("{name}: [{}]", self.world.entities[1].name));
            params.push(Field::plain(&name, Ty::Rows(1)));
        }
        // A parameter is read by itself in a template: no two things of one name.
        let params_text = match texts.is_empty() {
            true => String::new(),
            false => format!("({})", texts.join(", ")),
        };
        let purposes: Vec<usize> = (0..self.world.purposes.len())
            .filter(|at| self.world.purposes[*at].kind != "advertising")
            .collect();
        let purpose = if self.c.once_in(4) {
            None
        } else {
            self.c.maybe(&purposes)
        };
        let showing: Vec<usize> = (0..self.world.channels.len())
            .filter(|at| self.world.channels[*at].kind != "audience")
            .collect();
        let mut channels: Vec<usize> = showing
            .iter()
            .copied()
            .filter(|_| self.c.once_in(2))
            .collect();
        if channels.is_empty() {
            channels.push(showing[0]);
        }
        let (person, of) = self.subject();
        let mut clauses = Vec::new();
        if let Some(purpose) = purpose {
            clauses.push(format!("purpose {}", self.world.purposes[purpose].name));
        }
        if self.c.once_in(8) {
            clauses.push("external".to_owned());
            channels = showing;
        } else {
            let service = purpose.is_some_and(|at| self.world.purposes[at].kind == "service");
            let mut scope = Scope {
                groups: false,
                ..Scope::of_person(&self.world)
            };
            for param in &params {
                if !param.sensitive {
                    scope = scope.with(&param.name, Is::Value(param.ty.clone(), param.optional));
                }
            }
            let several = self
                .world
                .person_fields()
                .iter()
                .any(|field| field.ty == Ty::Language);
            let languages: &[&str] = match (several, self.c.below(3)) {
                (true, 1) => &["fr", "en"],
                (true, 2) => &["en", "\"fr-CA\"", "no"],
                _ => &["fr"],
            };
            for (at, language) in languages.iter().enumerate() {
                let only = if at == 0 && self.c.once_in(4) {
                    " only"
                } else {
                    ""
                };
                let parts: Vec<String> = channels
                    .clone()
                    .into_iter()
                    .map(|channel| self.part(&scope, channel, service))
                    .collect();
                clauses.push(format!(
                    "content {language}{only} {{\n{}\n  }}",
                    parts.join("\n")
                ));
            }
        }
        self.write(format!(
            "message {name}{params_text} for {person}: {of} {{\n  {}\n}}",
            clauses.join("\n  ")
        ));
        self.world.messages.push(Message {
            name,
            params,
            purpose,
            channels,
        });
    }

    /// The part of one channel, in one language.
    fn part(&mut self, s: &Scope, channel: usize, service: bool) -> String {
        let kind = self.world.channels[channel].kind;
        let mut slots = Vec::new();
        if kind == "email" {
            slots.push(format!("subject {}", self.inline(s)));
            if self.c.once_in(3) {
                slots.push(format!("preheader {}", self.inline(s)));
            }
            if self.c.once_in(3) {
                slots.push(format!("text {}", self.inline(s)));
            }
        }
        if matches!(kind, "push" | "wallet" | "in_app" | "web") {
            for slot in ["title", "link"] {
                if self.c.once_in(3) {
                    slots.push(format!(
                        "{slot} {}",
                        if slot == "link" {
                            "\"https://example.org/a\"".to_owned()
                        } else {
                            self.inline(s)
                        }
                    ));
                }
            }
        }
        let body = self.body(s, kind, service);
        let says_form = body.starts_with("text ") || body.starts_with("html ");
        if slots.is_empty() && !says_form && self.c.below(2) == 0 {
            return format!("    {kind} {body}");
        }
        slots.push(format!("body {body}"));
        format!("    {kind} {{\n      {}\n    }}", slots.join("\n      "))
    }

    fn inline(&mut self, s: &Scope) -> String {
        let text = self.liquid(s, 1, false);
        self.quoted(&text)
    }

    /// The body of a part: inline or in a file, in a form that the kind may have.
    fn body(&mut self, s: &Scope, kind: &str, service: bool) -> String {
        let form = match kind {
            "email" => self.c.pick(&["text", "html", "mjml"]),
            "print" | "in_app" | "web" => self.c.pick(&["text", "html"]),
            _ => "text",
        };
        let markup = form != "text";
        let mut text = self.liquid(s, 3, markup);
        if matches!(kind, "email" | "sms" | "whatsapp" | "web") && self.c.once_in(2) {
            text += " {{ 'https://example.org/q' | link: 'answer' }}";
        }
        if !service {
            match kind {
                "email" => text += " {{ unsubscribe }} {{ sender_address }}",
                "sms" | "whatsapp" => text += " STOP",
                _ => {}
            }
        }
        match form {
            "html" => text = format!("<p>{text}</p>"),
            "mjml" => text = self.mjml(s, &text),
            _ => {}
        }
        // A word before a text says its form; a file says it by the end of its name.
        if self.c.once_in(4) {
            let end = match form {
                "html" => "html",
                "mjml" => "mjml",
                _ => "txt",
            };
            let file = format!("t{}.{end}", self.world.templates.len());
            self.world.templates.push((file.clone(), text));
            return format!("file \"{file}\"");
        }
        let word = if kind == "email" || markup {
            format!("{form} ")
        } else {
            String::new()
        };
        format!("{word}{}", self.quoted(&text))
    }

    /// A text as a literal: on one line, or as a block.
    fn quoted(&mut self, text: &str) -> String {
        if self.c.once_in(4) {
            let lines: Vec<String> = text.lines().map(|line| format!("        {line}")).collect();
            return format!("\"\"\"\n{}\n        \"\"\"", lines.join("\n"));
        }
        let escaped = text
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n");
        format!("\"{escaped}\"")
    }

    fn mjml(&mut self, s: &Scope, text: &str) -> String {
        let more = self.c.pick(&[
            "",
            "<mj-divider border-width=\"1px\" />",
            "<mj-button href=\"https://example.org\">Voir</mj-button>",
            "<mj-spacer height=\"10px\" />",
        ]);
        let inner = self.liquid(s, 1, true);
        format!(
            "<mjml>\n<mj-body>\n<mj-section>\n<mj-column>\n<mj-text>{text}</mj-text>\n{more}\n<mj-text><p>{inner}</p></mj-text>\n</mj-column>\n</mj-section>\n</mj-body>\n</mjml>"
        )
    }
}
