//! The outbox: one line for each hand-over and each refusal.
//!
//! A line is kept with the values that it was made of (`Kept`) and becomes the line that people
//! and providers read ([`Reader`]) when it is taken out.

use super::content::{self, Taker, Used};
use crate::engine::{Effect, HandOver, Refusal, View};
use crate::plan::Plan;
use crate::template::Renderer;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use smol_str::SmolStr;

/// A line as the store keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) id: SmolStr,
    pub(super) at: String,
    pub(super) journey: SmolStr,
    pub(super) step: SmolStr,
    pub(super) message: SmolStr,
    pub(super) channel: Option<SmolStr>,
    pub(super) person: SmolStr,
    pub(super) to: Option<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) purpose: Option<SmolStr>,
    /// The permits that let it pass, one for each block that speaks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) permits: Vec<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<ToShow>,
}

/// What the texts of a hand-over are made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ToShow {
    message: u32,
    content: u32,
    channel: u32,
    zone: SmolStr,
    values: IndexMap<SmolStr, Used>,
}

fn name<'p, T>(list: &'p [T], at: u32, of: impl Fn(&'p T) -> &'p SmolStr) -> SmolStr {
    list.get(at as usize)
        .map_or(SmolStr::default(), |one| of(one).clone())
}

fn step_id(plan: &Plan, journey: u32, step: u32) -> SmolStr {
    let steps = plan
        .journeys
        .get(journey as usize)
        .map_or(&[][..], |journey| &journey.steps);
    name(steps, step, |step| &step.id)
}

/// The line of a hand-over, with the values of this moment.
fn of_hand_over(plan: &Plan, view: &dyn View, hand_over: &HandOver) -> Kept {
    let send = &hand_over.send;
    let message = plan.messages.get(send.message as usize);
    let content = message
        .zip(hand_over.content)
        .and_then(|(message, at)| Some((message, at, message.contents.get(at as usize)?)));
    let shown = content.map(|(message, at, content)| ToShow {
        message: send.message,
        content: at,
        channel: send.channel,
        zone: zone(plan, view, hand_over),
        values: Taker::new(plan, view, content, send.channel).take(
            message,
            &send.params,
            &hand_over.person,
        ),
    });
    Kept {
        id: send.id.clone(),
        at: hand_over.at.to_string(),
        journey: name(&plan.journeys, send.journey, |one| &one.name),
        step: step_id(plan, send.journey, send.step),
        message: name(&plan.messages, send.message, |one| &one.name),
        channel: Some(name(&plan.channels, send.channel, |one| &one.name)),
        person: hand_over.person.key.clone(),
        to: send.to.clone(),
        purpose: Some(name(&plan.purposes, send.purpose, |one| &one.name)),
        permits: hand_over.permits.clone(),
        language: hand_over.language.clone(),
        refused: None,
        rule: None,
        shown,
    }
}

fn zone(plan: &Plan, view: &dyn View, hand_over: &HandOver) -> SmolStr {
    let person = &hand_over.person;
    let zone = plan
        .entities
        .get(person.entity as usize)
        .and_then(|entity| {
            let row = view.row(person.entity, &person.key)?;
            match row.field(entity.timezone?) {
                Some(crate::engine::Value::Text(zone)) => Some(zone.clone()),
                _ => None,
            }
        });
    zone.unwrap_or_else(|| SmolStr::new_static("UTC"))
}

/// The line of a refusal.
fn of_refusal(plan: &Plan, refusal: &Refusal) -> Kept {
    Kept {
        id: refusal.id.clone(),
        at: refusal.at.to_string(),
        journey: name(&plan.journeys, refusal.journey, |one| &one.name),
        step: step_id(plan, refusal.journey, refusal.step),
        message: name(&plan.messages, refusal.message, |one| &one.name),
        channel: refusal
            .channel
            .map(|channel| name(&plan.channels, channel, |one| &one.name)),
        person: refusal.person.key.clone(),
        to: refusal.to.clone(),
        purpose: None,
        permits: Vec::new(),
        language: None,
        refused: Some(SmolStr::new_static(refusal.reason.word())),
        rule: refusal.rule.clone(),
        shown: None,
    }
}

/// The text that the store keeps for an effect that the outbox tells: see
/// [`crate::store::LineOf`].
#[must_use]
pub fn line_of(plan: &Plan, view: &dyn View, effect: &Effect) -> Option<String> {
    match effect {
        Effect::HandOver(hand_over) => Some(of_hand_over(plan, view, hand_over).to_text()),
        Effect::Refusal(refusal) => Some(of_refusal(plan, refusal).to_text()),
        Effect::Write { .. } | Effect::Event(_) | Effect::Failed(_) => None,
    }
}

impl Kept {
    /// Reads what [`Kept::to_text`] wrote.
    pub(super) fn of_text(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn to_text(&self) -> String {
        // Serialising to memory fails only for maps with keys that are not text; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads the outbox: makes the lines that people and providers read from those that are kept.
#[derive(Debug)]
pub struct Reader<'p> {
    plan: &'p Plan,
    renderer: Renderer,
}

impl<'p> Reader<'p> {
    /// A reader of lines that this plan made.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            renderer: Renderer::new(),
        }
    }

    /// The line for a kept one: JSON, without a line break.
    ///
    /// # Errors
    /// One sentence: the kept line is none, or its content cannot be rendered.
    pub fn line(&self, kept: &str) -> Result<String, String> {
        written(self.plan, &self.renderer, kept)
    }
}

fn written(plan: &Plan, renderer: &Renderer, kept: &str) -> Result<String, String> {
    let kept = Kept::of_text(kept)?;
    let mut line = Map::new();
    let mut put = |name: &str, value: Option<&SmolStr>| {
        if let Some(value) = value {
            line.insert(name.to_owned(), Json::String(value.to_string()));
        }
    };
    put("id", Some(&kept.id));
    put("at", Some(&SmolStr::new(&kept.at)));
    put("journey", Some(&kept.journey));
    put("step", Some(&kept.step));
    put("message", Some(&kept.message));
    put("channel", kept.channel.as_ref());
    put("purpose", kept.purpose.as_ref());
    put("person", Some(&kept.person));
    put("to", kept.to.as_ref());
    put("language", kept.language.as_ref());
    put("refused", kept.refused.as_ref());
    put("rule", kept.rule.as_ref());
    if !kept.permits.is_empty() {
        let permits = kept.permits.iter();
        let permits = permits.map(|rule| Json::String(rule.to_string())).collect();
        line.insert("permits".into(), Json::Array(permits));
    }
    if let Some(show) = &kept.shown {
        let content = plan
            .messages
            .get(show.message as usize)
            .and_then(|message| message.contents.get(show.content as usize))
            .ok_or_else(|| format!("the line {} names a content that is not there", kept.id))?;
        let shown = content::show(
            renderer,
            plan,
            content,
            show.channel,
            &show.values,
            &kept.id,
            &show.zone,
        )
        .map_err(|what| format!("the content of {} cannot be rendered: {what}", kept.id))?;
        let text = |(name, text): (SmolStr, String)| (name.to_string(), Json::String(text));
        line.insert(
            "content".into(),
            Json::Object(shown.content.into_iter().map(text).collect()),
        );
        if !shown.links.is_empty() {
            line.insert(
                "links".into(),
                Json::Object(shown.links.into_iter().map(text).collect()),
            );
        }
    }
    Ok(Json::Object(line).to_string())
}
