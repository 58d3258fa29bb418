//! The one namespace of a project: every declaration by name, and ids in the order of names.

use super::ids::*;
use super::taken::{Owned, Taken};
use super::types::{ChannelKind, PurposeKind};
use crate::diag::codes::names::{DUPLICATE_NAME, UNKNOWN_NAME, WRONG_KIND};
use crate::diag::{Diagnostic, Diagnostics, NameIndex, nearest_of};
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, Annotation, Decl, DeclKind};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

/// A declaration that won its name: what it says and where.
#[derive(Debug)]
pub struct Item<'a, T> {
    /// Its name.
    pub name: &'a ast::Name,
    /// The file it stands in.
    pub file: FileId,
    /// The `///` lines above it.
    pub doc: Option<&'a String>,
    /// The annotations before it.
    pub annotations: &'a [Annotation],
    /// Whether a syntax error was reported inside it.
    pub broken: bool,
    /// What it declares.
    pub ast: &'a T,
}

impl<T> Item<'_, T> {
    /// Where its name stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.name.span.in_file(self.file)
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each variant is a kind of declaration")]
pub enum Named {
    Enum(EnumId),
    Profile(EntityId),
    Table(EntityId),
    Event(EventId),
    Channel(ChannelId),
    Purpose(PurposeId),
    Consent(ConsentId),
    Segment(SegmentId),
    Measure(MeasureId),
    Message(MessageId),
    Action(ActionId),
    Audience(AudienceId),
    Calendar(CalendarId),
    Setting(SettingId),
    Holdout(HoldoutId),
    Journey(JourneyId),
}

impl Named {
    /// The word for its kind with its article: `a segment`.
    #[must_use]
    pub const fn a_kind(self) -> &'static str {
        match self {
            Self::Enum(_) => "an enum",
            Self::Profile(_) => "a profile",
            Self::Table(_) => "a table",
            Self::Event(_) => "an event",
            Self::Channel(_) => "a channel",
            Self::Purpose(_) => "a purpose",
            Self::Consent(_) => "a consent block",
            Self::Segment(_) => "a segment",
            Self::Measure(_) => "a measure",
            Self::Message(_) => "a message",
            Self::Action(_) => "an action",
            Self::Audience(_) => "an audience",
            Self::Calendar(_) => "a calendar",
            Self::Setting(_) => "a setting",
            Self::Holdout(_) => "a holdout",
            Self::Journey(_) => "a journey",
        }
    }
}

/// An id that a name can be resolved to.
pub trait Declared: Copy {
    /// The words for what is looked for: `message`, `profile or table`.
    const KIND: &'static str;
    /// The same with its article.
    const A_KIND: &'static str;
    /// The id, if the name stands for such a thing.
    fn of(named: Named) -> Option<Self>;
}

macro_rules! declared {
    ($($id:ident $word:literal $article:literal $($variant:ident)|+;)*) => {
        $(impl Declared for $id {
            const KIND: &'static str = $word;
            const A_KIND: &'static str = concat!($article, " ", $word);
            fn of(named: Named) -> Option<Self> {
                match named {
                    $(Named::$variant(id) => Some(id),)+
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        })*
    };
}

declared! {
    EnumId "enum" "an" Enum;
    EntityId "profile or table" "a" Profile | Table;
    EventId "event" "an" Event;
    ChannelId "channel" "a" Channel;
    PurposeId "purpose" "a" Purpose;
    ConsentId "consent block" "a" Consent;
    SegmentId "segment" "a" Segment;
    MeasureId "measure" "a" Measure;
    MessageId "message" "a" Message;
    ActionId "action" "an" Action;
    AudienceId "audience" "an" Audience;
    CalendarId "calendar" "a" Calendar;
    SettingId "setting" "a" Setting;
    HoldoutId "holdout" "a" Holdout;
    JourneyId "journey" "a" Journey;
}

/// Every declaration of a project. Each list is sorted by name; ids are positions in it. The trees
/// of segments, measures, messages and journeys are not held here ([`super::taken`]).
#[derive(Debug, Default)]
pub struct Names<'a> {
    by_name: FxHashMap<SmolStr, (Named, Place)>,
    /// All names, sorted: candidates for suggestions.
    sorted: Vec<(SmolStr, Named)>,
    /// The same, prepared for suggestions at the first unknown name.
    index: OnceLock<NameIndex>,
    /// Enums.
    pub enums: Vec<Item<'a, ast::Enum>>,
    /// Profiles and tables.
    pub entities: Vec<Item<'a, ast::Entity>>,
    /// Declared events.
    pub events: Vec<Item<'a, ast::Event>>,
    /// Channels.
    pub channels: Vec<Item<'a, ast::Channel>>,
    /// Purposes.
    pub purposes: Vec<Item<'a, ast::Purpose>>,
    /// Consent blocks.
    pub consents: Vec<Item<'a, ast::ConsentBlock>>,
    /// How many segments there are. They, measures, messages and journeys are given up before the
    /// others are.
    segments: usize,
    /// How many measures there are.
    measures: usize,
    /// Actions.
    pub actions: Vec<Item<'a, ast::Action>>,
    /// Audiences.
    pub audiences: Vec<Item<'a, ast::Audience>>,
    /// Calendars.
    pub calendars: Vec<Item<'a, ast::Calendar>>,
    /// Settings.
    pub settings: Vec<Item<'a, ast::Setting>>,
    /// Holdouts.
    pub holdouts: Vec<Item<'a, ast::Holdout>>,
    /// How many messages there are.
    messages: usize,
    /// How many journeys there are.
    journeys: usize,
    /// Promises, in the order of files and places; they have a title and no name.
    pub promises: Vec<(FileId, &'a Decl, &'a ast::Promise)>,
    /// Tests, in the order of files and places; they have a title and no name.
    pub tests: Vec<(FileId, &'a Decl, &'a ast::Test)>,
}

/// A declaration that may win its name.
#[derive(Clone, Copy)]
enum Winner<'a> {
    Other(&'a ast::Name, &'a Decl),
    Segment,
    Measure,
    Message,
    Journey,
}

/// What is taken, as it stands for its names.
fn entries<'l, 'a, T>(
    taken: &'l [Owned<T>],
    as_what: Winner<'a>,
) -> impl Iterator<Item = (&'l ast::Name, FileId, Winner<'a>)> {
    let taken = taken.iter();
    taken.map(move |owned| (&owned.name, owned.file, as_what))
}

impl Winner<'_> {
    fn is_entity(self) -> bool {
        match self {
            Self::Other(_, decl) => {
                matches!(decl.kind, DeclKind::Profile(_) | DeclKind::Table(_))
            }
            Self::Segment | Self::Measure | Self::Message | Self::Journey => false,
        }
    }
}

impl<'a> Names<'a> {
    /// Collects the declarations of all files. Of two with one name, the first in the order of
    /// paths and places keeps it; the other is reported and left out.
    #[must_use]
    pub fn collect(
        others: &'a [(FileId, Decl)],
        taken: &Taken,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut all: Vec<(&ast::Name, FileId, Winner<'a>)> = Vec::new();
        let mut names = Self::default();
        for (file, decl) in others {
            match &decl.kind {
                DeclKind::Promise(promise) => names.promises.push((*file, decl, promise)),
                DeclKind::Test(test) => names.tests.push((*file, decl, test)),
                kind => {
                    if let Some(name) = name_of(kind) {
                        all.push((name, *file, Winner::Other(name, decl)));
                    }
                }
            }
        }
        all.extend(entries(&taken.segments, Winner::Segment));
        all.extend(entries(&taken.measures, Winner::Measure));
        all.extend(entries(&taken.messages, Winner::Message));
        all.extend(entries(&taken.journeys, Winner::Journey));
        all.retain(|(name, ..)| !name.text.is_empty());
        // Of equal names the first in the order of paths and places comes first.
        all.sort_unstable_by_key(|&(name, file, _)| (name.as_str(), file, name.span.start));
        let mut rows: FxHashMap<String, (&ast::Name, Place)> = FxHashMap::default();
        for (name, file, declared) in all {
            let place = name.span.in_file(file);
            if let Some((named, first)) = names.by_name.get(&name.text) {
                diagnostics.push(
                    Diagnostic::new(
                        &DUPLICATE_NAME,
                        place,
                        format!("`{}` is declared twice", name.text),
                    )
                    .label("declared again here")
                    .other(
                        *first,
                        format!("first declared here, as {}", named.a_kind()),
                    )
                    .help("rename one of them: all declarations of a project share one namespace"),
                );
                continue;
            }
            if declared.is_entity() {
                match rows.entry(name.text.to_lowercase()) {
                    Entry::Occupied(other) => diagnostics.push(alike(name, place, *other.get())),
                    Entry::Vacant(free) => {
                        free.insert((name, place));
                    }
                }
            }
            if let Some(named) = names.add(file, declared) {
                names.by_name.insert(name.text.clone(), (named, place));
                names.sorted.push((name.text.clone(), named));
            }
        }
        names
    }

    fn add(&mut self, file: FileId, declared: Winner<'a>) -> Option<Named> {
        let next = |count: &mut usize| {
            let id = u32::try_from(*count).ok()?;
            *count += 1;
            Some(id)
        };
        let (name, decl) = match declared {
            Winner::Other(name, decl) => (name, decl),
            Winner::Segment => return Some(Named::Segment(SegmentId(next(&mut self.segments)?))),
            Winner::Measure => return Some(Named::Measure(MeasureId(next(&mut self.measures)?))),
            Winner::Message => return Some(Named::Message(MessageId(next(&mut self.messages)?))),
            Winner::Journey => return Some(Named::Journey(JourneyId(next(&mut self.journeys)?))),
        };
        macro_rules! push {
            ($list:ident, $ast:expr, $named:ident, $id:ident) => {{
                let id = $id(u32::try_from(self.$list.len()).ok()?);
                self.$list.push(Item {
                    name,
                    file,
                    doc: decl.doc.as_ref(),
                    annotations: &decl.annotations,
                    broken: decl.broken,
                    ast: $ast,
                });
                Named::$named(id)
            }};
        }
        Some(match &decl.kind {
            DeclKind::Enum(it) => push!(enums, it, Enum, EnumId),
            DeclKind::Profile(it) => push!(entities, it, Profile, EntityId),
            DeclKind::Table(it) => push!(entities, it, Table, EntityId),
            DeclKind::Event(it) => push!(events, it, Event, EventId),
            DeclKind::Channel(it) => push!(channels, it, Channel, ChannelId),
            DeclKind::Purpose(it) => push!(purposes, it, Purpose, PurposeId),
            DeclKind::Consent(it) => push!(consents, it, Consent, ConsentId),
            DeclKind::Action(it) => push!(actions, it, Action, ActionId),
            DeclKind::Audience(it) => push!(audiences, it, Audience, AudienceId),
            DeclKind::Calendar(it) => push!(calendars, it, Calendar, CalendarId),
            DeclKind::Setting(it) => push!(settings, it, Setting, SettingId),
            DeclKind::Holdout(it) => push!(holdouts, it, Holdout, HoldoutId),
            DeclKind::Segment(_)
            | DeclKind::Measure(_)
            | DeclKind::Message(_)
            | DeclKind::Journey(_)
            | DeclKind::Promise(_)
            | DeclKind::Test(_) => return None,
        })
    }

    /// What a name stands for, of whatever kind.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Named> {
        self.by_name.get(name).map(|(named, _)| *named)
    }

    /// What a name stands for and where it is declared.
    #[must_use]
    pub fn get_with_place(&self, name: &str) -> Option<(Named, Place)> {
        self.by_name.get(name).copied()
    }

    /// The thing of one kind that a name stands for, silently.
    #[must_use]
    pub fn lookup<I: Declared>(&self, name: &str) -> Option<I> {
        self.get(name).and_then(I::of)
    }

    /// The thing of one kind that a name stands for.
    ///
    /// # Errors
    /// What to report if the name is unknown or stands for a thing of another kind.
    pub fn resolve<I: Declared>(
        &self,
        name: &ast::Name,
        file: FileId,
    ) -> Result<I, Box<Diagnostic>> {
        let place = name.span.in_file(file);
        match self.get_with_place(&name.text) {
            None => {
                let mut diagnostic = Diagnostic::new(
                    &UNKNOWN_NAME,
                    place,
                    format!("there is no {} `{}`", I::KIND, name.text),
                );
                diagnostic.help = Some(self.suggest_or_list::<I>(&name.text));
                Err(Box::new(diagnostic))
            }
            Some((named, declared)) => I::of(named).ok_or_else(|| {
                let mut diagnostic = Diagnostic::new(
                    &WRONG_KIND,
                    place,
                    format!("`{}` is {}, not {}", name.text, named.a_kind(), I::A_KIND),
                )
                .other(declared, format!("declared here as {}", named.a_kind()));
                diagnostic.help = match named {
                    Named::Segment(_) | Named::Journey(_) if I::KIND == "event" => Some(format!(
                        "write `when PERSON in {}` for the moment somebody comes into it",
                        name.text
                    )),
                    _ => Some(self.suggest_or_list::<I>(&name.text)),
                };
                Box::new(diagnostic)
            }),
        }
    }

    /// The names of one kind, in order.
    pub fn of_kind<I: Declared>(&self) -> impl Iterator<Item = &str> {
        self.sorted
            .iter()
            .filter(|(_, named)| I::of(*named).is_some())
            .map(|(name, _)| name.as_str())
    }

    /// What to do about a name that stands for no thing of a kind: the nearest one, or all if they
    /// are few.
    #[must_use]
    pub fn suggest_or_list<I: Declared>(&self, word: &str) -> String {
        /// More are not listed.
        const FEW: usize = 6;
        if let Some(meant) = self.suggest::<I>(word) {
            return meant;
        }
        let kind = I::KIND;
        if let Some(kind) = super::types::PurposeKind::from_word(word)
            && I::KIND == "purpose"
        {
            let kind = kind.word();
            return format!(
                "`{kind}` is a kind of purpose: declare one of it, like `purpose my_{kind}: {kind}`, \
                 and write its name"
            );
        }
        let names: Vec<String> = self
            .of_kind::<I>()
            .take(FEW + 1)
            .map(|name| format!("`{name}`"))
            .collect();
        match names.len() {
            0 => format!("declare it: the project has no {kind}"),
            1 => format!("write {}, or declare `{word}`", names.concat()),
            2..=FEW => format!("write one of {}, or declare `{word}`", names.join(", ")),
            _ => {
                let listed = names.get(..FEW).unwrap_or(&names).join(", ");
                format!("write one of {listed}, ... (`jalon list` has all), or declare `{word}`")
            }
        }
    }

    /// The help for an unknown name where a thing of one kind is expected.
    #[must_use]
    pub fn suggest<I: Declared>(&self, word: &str) -> Option<String> {
        let index = self.index.get_or_init(|| {
            let names = self.sorted.iter();
            NameIndex::of(names.map(|(name, _)| name.as_str()))
        });
        let found = nearest_of(word, index, |position| {
            let (name, named) = self.sorted.get(position)?;
            I::of(*named).map(|_| name.as_str())
        });
        found.map(|name| format!("did you mean `{name}`?"))
    }
}

/// The name of a declaration; promises and tests have none.
#[must_use]
pub fn name_of(kind: &DeclKind) -> Option<&ast::Name> {
    Some(match kind {
        DeclKind::Enum(it) => &it.name,
        DeclKind::Profile(it) | DeclKind::Table(it) => &it.name,
        DeclKind::Event(it) => &it.name,
        DeclKind::Channel(it) => &it.name,
        DeclKind::Purpose(it) => &it.name,
        DeclKind::Consent(it) => &it.name,
        DeclKind::Segment(it) | DeclKind::Measure(it) => &it.name,
        DeclKind::Message(it) => &it.name,
        DeclKind::Action(it) => &it.name,
        DeclKind::Audience(it) => &it.name,
        DeclKind::Calendar(it) => &it.name,
        DeclKind::Setting(it) => &it.name,
        DeclKind::Holdout(it) => &it.name,
        DeclKind::Journey(it) => &it.name,
        DeclKind::Promise(_) | DeclKind::Test(_) => return None,
    })
}

impl Names<'_> {
    /// The channels of a kind, in order; none if the word is no kind.
    #[must_use]
    pub fn channels_of_word(&self, word: &str) -> Vec<ChannelId> {
        if ChannelKind::from_word(word).is_none() {
            return Vec::new();
        }
        (0..)
            .map(ChannelId)
            .zip(&self.channels)
            .filter(|(_, item)| item.ast.kind.as_ref().unwrap_or(&item.ast.name).as_str() == word)
            .map(|(id, _)| id)
            .collect()
    }

    /// The purposes of a kind, in order; `None` if the word is no kind.
    #[must_use]
    pub fn purposes_of_word(&self, word: &str) -> Option<Vec<PurposeId>> {
        PurposeKind::from_word(word)?;
        let found = (0..)
            .map(PurposeId)
            .zip(&self.purposes)
            .filter(|(_, item)| item.ast.kind.as_str() == word)
            .map(|(id, _)| id)
            .collect();
        Some(found)
    }
}

/// Two names that a database, a spreadsheet or a tired reader takes for one.
pub(super) fn alike(name: &ast::Name, place: Place, other: (&ast::Name, Place)) -> Diagnostic {
    let (first, declared) = other;
    Diagnostic::new(
        &DUPLICATE_NAME,
        place,
        format!(
            "`{}` and `{}` differ only in capitals",
            first.text, name.text
        ),
    )
    .other(declared, format!("`{}` is declared here", first.text))
    .help("rename one of them: databases and spreadsheets take them for one name")
}
