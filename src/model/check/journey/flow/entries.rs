//! Journeys that cause each other's entries, round and round, in one moment.
//!
//! One graph over the project: a journey leads to what it causes before its first sure rest (the
//! fields it sets, the sends it hands over, the journeys it starts, its own entry and end), and
//! what is caused leads to the journeys whose `enter` reads it, through segments and measures. A
//! strongly connected part of that graph with a journey in it never comes to rest.
//!
//! A journey that a person cannot enter again at once (`reenter never` or `reenter after`, with
//! one instance a person) ends every circle it is in. What only a person can do (open, click,
//! reply) is not caused by a journey.

use super::effects::{self, Effects};
use super::graph::Graph;
use crate::diag::codes::flow::ENTRY_CYCLE;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::hir::{Enter, Expr, ExprKind, Journey, Model, Reenter, Source, Trigger, visit};
use crate::model::ids::{ChannelId, FieldId, JourneyId, MeasureId, MessageId, SegmentId};
use crate::model::types::JourneyEvent;
use crate::source::Place;
use rustc_hash::{FxHashMap, FxHashSet};

/// How many journeys of a long circle are named.
const SHOWN: usize = 6;

/// What can cause an entry, or be caused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// A run of the journey up to its first sure rest.
    Journey(JourneyId),
    /// Someone entered the journey.
    Entered(JourneyId),
    /// Someone left the journey, in the moment they entered.
    Left(JourneyId),
    /// A field was written.
    Field(FieldId),
    /// A channel reported by itself what became of a send.
    Channel(ChannelId),
    /// The same, of a send of a message.
    Message(MessageId),
    /// The value of a segment may have changed.
    Segment(SegmentId),
    /// The value of a measure may have changed.
    Measure(MeasureId),
}

/// Reports every circle of entries that passes no rest.
pub fn report(model: &Model, out: &mut Diagnostics) {
    let entries = Entries::of(model);
    for part in entries.graph.parts() {
        let members: FxHashSet<usize> = part.iter().copied().collect();
        // The first journey by name, so that the same project gives the same report.
        let first = part
            .iter()
            .filter_map(|at| match entries.nodes.get(*at) {
                Some(Node::Journey(journey)) => Some((*journey, *at)),
                _ => None,
            })
            .min();
        if let Some((_, start)) = first {
            let circle = entries.graph.circle(start, |node| members.contains(&node));
            entries.report(&circle, out);
        }
    }
}

/// The graph of a project.
struct Entries<'a> {
    model: &'a Model,
    graph: Graph<Place>,
    nodes: Vec<Node>,
    numbers: FxHashMap<Node, usize>,
}

impl<'a> Entries<'a> {
    fn of(model: &'a Model) -> Self {
        let mut entries = Self {
            model,
            graph: Graph::default(),
            nodes: Vec::new(),
            numbers: FxHashMap::default(),
        };
        for (id, journey) in (0..).map(JourneyId).zip(&model.journeys) {
            entries.caused_by(id, journey);
            if !is_guarded(journey) {
                entries.entries_of(id, journey);
            }
        }
        for (id, segment) in (0..).map(SegmentId).zip(&model.segments) {
            let file = segment.place.file;
            entries.reads(&segment.value, file, Node::Segment(id));
        }
        for (id, measure) in (0..).map(MeasureId).zip(&model.measures) {
            let file = measure.place.file;
            entries.reads(&measure.value, file, Node::Measure(id));
        }
        entries
    }

    fn number(&mut self, node: Node) -> usize {
        if let Some(number) = self.numbers.get(&node) {
            return *number;
        }
        let number = self.graph.node();
        self.nodes.push(node);
        self.numbers.insert(node, number);
        number
    }

    fn edge(&mut self, from: Node, to: Node, place: Place) {
        let (from, to) = (self.number(from), self.number(to));
        self.graph.edge(from, to, place);
    }

    fn caused_by(&mut self, id: JourneyId, journey: &Journey) {
        let file = journey.place.file;
        let Effects { caused, left } = effects::of(journey, self.model);
        for (node, span) in caused {
            let guarded = match node {
                Node::Journey(started) => self
                    .model
                    .journeys
                    .get(started.index())
                    .is_none_or(is_guarded),
                _ => false,
            };
            if !guarded {
                self.edge(Node::Journey(id), node, span.in_file(file));
            }
        }
        self.edge(Node::Journey(id), Node::Entered(id), journey.place);
        if let Some(span) = left {
            self.edge(Node::Journey(id), Node::Left(id), span.in_file(file));
        }
    }

    fn entries_of(&mut self, id: JourneyId, journey: &Journey) {
        let file = journey.place.file;
        for (enter, span) in &journey.enters {
            match enter {
                Enter::On { on, .. } => {
                    let cause = match on.trigger {
                        _ if !effects::is_caused(&on.trigger) => None,
                        Trigger::Channel { channel, .. } => Some(Node::Channel(channel)),
                        Trigger::Message { message, .. } => Some(Node::Message(message)),
                        Trigger::Journey { journey, event } => of_journey(journey, event),
                        Trigger::Event(_) | Trigger::Send { .. } => None,
                    };
                    if let Some(cause) = cause {
                        self.edge(cause, Node::Journey(id), span.in_file(file));
                    }
                }
                Enter::When { when, .. } => self.reads(when, file, Node::Journey(id)),
                Enter::Every { .. } | Enter::Yearly { .. } | Enter::Dated { .. } => {}
            }
        }
    }

    /// Edges from everything that an expression reads.
    fn reads(&mut self, expr: &Expr, file: crate::source::FileId, reader: Node) {
        let mut found = Vec::new();
        visit::each_expr(expr, |inner| {
            let mut read = |node| found.push((node, inner.span.in_file(file)));
            match &inner.kind {
                ExprKind::Field { field, .. } => read(Node::Field(*field)),
                ExprKind::InSegment { segment, .. } => read(Node::Segment(*segment)),
                ExprKind::Measure { measure, .. } => read(Node::Measure(*measure)),
                ExprKind::InJourney { journey, .. } => {
                    read(Node::Entered(*journey));
                    read(Node::Left(*journey));
                }
                ExprKind::Aggregate { rows, .. }
                | ExprKind::Pick { rows, .. }
                | ExprKind::Top { rows, .. } => of_source(&rows.source).into_iter().for_each(read),
                _ => {}
            }
        });
        for (node, place) in found {
            self.edge(node, reader, place);
        }
    }

    fn report(&self, circle: &[(usize, usize, &Place)], out: &mut Diagnostics) {
        let Some((_, _, first)) = circle.first() else {
            return;
        };
        let mut names: Vec<String> = circle
            .iter()
            .filter_map(|(from, _, _)| match self.nodes.get(*from) {
                Some(Node::Journey(id)) => self.model.journeys.get(id.index()),
                _ => None,
            })
            .map(|journey| format!("`{}`", journey.name))
            .collect();
        let more = names.len().saturating_sub(SHOWN);
        if more > 0 {
            names.truncate(SHOWN);
            names.push(format!("{more} more"));
        }
        let message = match names.as_slice() {
            [one] => format!("{one} causes its own entry again, and passes no rest"),
            many => format!(
                "{} cause each other's entries, and pass no rest",
                many.join(", ")
            ),
        };
        let mut found = Diagnostic::new(&ENTRY_CYCLE, **first, message);
        for (n, (from, to, place)) in circle.iter().take(2 * SHOWN).enumerate() {
            let text = self.step(*from, *to);
            found = if n == 0 {
                found.label(text)
            } else {
                found.other(**place, text)
            };
        }
        out.push(found.help(
            "put a wait before the step that causes the entry, or write `reenter after D` in one of the journeys",
        ));
    }

    /// What one edge says.
    fn step(&self, from: usize, to: usize) -> String {
        let (Some(from), Some(to)) = (self.nodes.get(from), self.nodes.get(to)) else {
            return String::new();
        };
        let name = |id: &JourneyId| {
            self.model
                .journeys
                .get(id.index())
                .map_or("", |journey| journey.name.as_str())
        };
        match (from, to) {
            (Node::Journey(a), Node::Journey(b)) => format!("`{}` starts `{}`", name(a), name(b)),
            (Node::Journey(a), Node::Entered(_)) => format!("someone enters `{}`", name(a)),
            (Node::Journey(a), Node::Left(_)) => format!("someone leaves `{}`", name(a)),
            (Node::Journey(a), Node::Field(field)) => {
                format!("`{}` writes `{}`", name(a), self.field(*field))
            }
            (Node::Journey(a), _) => format!("`{}` sends", name(a)),
            (_, Node::Journey(b)) => format!("which lets people enter `{}`", name(b)),
            (Node::Field(field), _) => format!("`{}` is read here", self.field(*field)),
            _ => "which is read here".to_owned(),
        }
    }

    fn field(&self, id: FieldId) -> &str {
        self.model
            .entities
            .get(id.entity.index())
            .and_then(|entity| entity.fields.get(id.index as usize))
            .map_or("", |field| field.name.as_str())
    }
}

/// Whether nobody can enter twice in one moment.
fn is_guarded(journey: &Journey) -> bool {
    match journey.reenter {
        None => true,
        Some(Reenter::Always) => false,
        Some(Reenter::Never) => journey.one_per.is_none(),
        Some(Reenter::After(pause)) => journey.one_per.is_none() && pause.count > 0,
    }
}

fn of_journey(journey: JourneyId, event: JourneyEvent) -> Option<Node> {
    match event {
        JourneyEvent::Entered => Some(Node::Entered(journey)),
        JourneyEvent::Left => Some(Node::Left(journey)),
        // A goal is reached by an event after the entry.
        JourneyEvent::Converted => None,
    }
}

fn of_source(source: &Source) -> Option<Node> {
    match source {
        Source::Relation { via, .. } => Some(Node::Field(*via)),
        Source::ChannelEvents { channel, event, .. } if effects::is_reported_at_once(event) => {
            Some(Node::Channel(*channel))
        }
        Source::MessageEvents { message, event, .. } if effects::is_reported_at_once(event) => {
            Some(Node::Message(*message))
        }
        Source::JourneyEvents { journey, event, .. } => of_journey(*journey, *event),
        _ => None,
    }
}
