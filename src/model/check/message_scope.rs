//! What the templates of a message can name: its parameters and the person.

use crate::model::hir::{Field, Message, Model, Shown};
use crate::model::ids::{ChannelId, EntityId, EnumId};
use crate::model::tables::Tables;
use crate::model::types::Ty;
use crate::template::{Bound, ChoiceId, RecordId, Scope, Type, Var};
use smol_str::SmolStr;
use std::cell::RefCell;
use std::sync::Arc;

/// Consent records, which are records without fields here.
const CONSENT: RecordId = RecordId(u32::MAX);

/// The scope of one message.
pub struct MessageScope<'c> {
    cx: &'c dyn Tables,
    /// The name by which the message calls the person.
    subject: &'c str,
    profile: Option<EntityId>,
    params: &'c [Field],
    /// Lists of channels that were met: choices after those of the enums.
    lists: RefCell<Vec<Arc<[ChannelId]>>>,
}

impl<'c> MessageScope<'c> {
    /// The scope of a message about `subject`.
    pub(super) fn new(
        cx: &'c dyn Tables,
        subject: &'c str,
        profile: Option<EntityId>,
        params: &'c [Field],
    ) -> Self {
        Self {
            cx,
            subject,
            profile,
            params,
            lists: RefCell::new(Vec::new()),
        }
    }

    /// The scope of a message of a finished model.
    #[must_use]
    pub fn of(model: &'c Model, message: &'c Message) -> Self {
        let profile = Some(message.profile);
        Self::new(model, &message.subject, profile, &message.params)
    }

    /// Calls `found` with the parameter and the fields that a path of names goes through, in order;
    /// a `*` in it is each item of a list.
    pub(super) fn each_shown(&self, path: &[SmolStr], found: &mut impl FnMut(Shown)) {
        let Some((root, rest)) = path.split_first() else {
            return;
        };
        let param = self.params.iter().position(|param| param.name == *root);
        let mut ty =
            match param.and_then(|at| Some((u32::try_from(at).ok()?, self.params.get(at)?))) {
                Some((index, param)) => {
                    found(Shown::Param(index));
                    param.ty.clone()
                }
                None => match self.profile {
                    Some(profile) if root == self.subject => Ty::Row(profile),
                    _ => return,
                },
            };
        for name in rest {
            ty = match ty.known() {
                Ty::List(item) => item.as_ref().clone(),
                Ty::Row(entity) => {
                    let Some(id) = self.cx.field_named(*entity, name) else {
                        return;
                    };
                    found(Shown::Field(id));
                    self.cx
                        .field(id)
                        .map_or(Ty::Error, |field| field.ty.clone())
                }
                _ => return,
            };
        }
    }

    fn variable(&self, field: &Field) -> Var {
        let (ty, optional) = match &field.ty {
            Ty::Optional(inner) => (inner.as_ref(), true),
            ty => (ty, false),
        };
        Var {
            ty: self.ty(ty),
            optional,
            sensitive: field.annotations.sensitive,
            declared: Some(field.place),
            bound: bound(ty),
        }
    }

    fn ty(&self, ty: &Ty) -> Type {
        match ty {
            Ty::Bool => Type::Bool,
            Ty::Int(_) => Type::Int,
            Ty::Decimal => Type::Decimal,
            Ty::Percent => Type::Percent,
            Ty::Text(_) => Type::Text,
            Ty::Date => Type::Date,
            Ty::Time => Type::Time,
            Ty::Instant => Type::Instant,
            Ty::Duration => Type::Duration,
            Ty::Money(currency) => Type::Money(*currency),
            Ty::Email => Type::Email,
            Ty::Phone => Type::Phone,
            Ty::Url => Type::Url,
            Ty::Country | Ty::Language | Ty::Timezone | Ty::Status | Ty::Purpose => Type::Code,
            Ty::Channel(list) => Type::Choice(self.list(list)),
            Ty::Consent(_) => Type::Record(CONSENT),
            Ty::Enum(id) => Type::Choice(ChoiceId(id.0)),
            Ty::Row(id) => Type::Record(RecordId(id.0)),
            Ty::List(item) => Type::List(Box::new(self.ty(item))),
            Ty::Optional(inner) => self.ty(inner),
            Ty::Error | Ty::Event(_) | Ty::Result(_) => Type::Unknown,
        }
    }

    fn list(&self, list: &Arc<[ChannelId]>) -> ChoiceId {
        let mut lists = self.lists.borrow_mut();
        let at = lists.iter().position(|known| known == list);
        let at = at.unwrap_or_else(|| {
            lists.push(Arc::clone(list));
            lists.len() - 1
        });
        ChoiceId(u32::try_from(self.cx.enums().len() + at).unwrap_or(u32::MAX))
    }
}

impl Scope for MessageScope<'_> {
    fn root(&self, name: &str) -> Option<Var> {
        if let Some(param) = self.params.iter().find(|param| param.name == name) {
            return Some(self.variable(param));
        }
        if name != self.subject {
            return None;
        }
        let ty = self
            .profile
            .map_or(Type::Unknown, |id| Type::Record(RecordId(id.0)));
        Some(Var::known(ty))
    }

    fn field(&self, record: RecordId, name: &str) -> Option<Var> {
        let id = self.cx.field_named(EntityId(record.0), name)?;
        Some(self.variable(self.cx.field(id)?))
    }

    fn names(&self) -> Vec<SmolStr> {
        let params = self.params.iter().map(|param| param.name.clone());
        params.chain([self.subject.into()]).collect()
    }

    fn field_names(&self, record: RecordId) -> Vec<SmolStr> {
        let entity = self.cx.entity(EntityId(record.0));
        let fields = entity.into_iter().flat_map(|entity| &entity.fields);
        fields.map(|field| field.name.clone()).collect()
    }

    fn choices(&self, choice: ChoiceId) -> Vec<SmolStr> {
        let index = choice.0 as usize;
        if let Some(found) = self.cx.enums().get(EnumId(choice.0).index()) {
            return found
                .variants
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
        }
        let lists = self.lists.borrow();
        let list = index
            .checked_sub(self.cx.enums().len())
            .and_then(|at| lists.get(at));
        let channels = list.into_iter().flat_map(|list| list.iter());
        channels
            .map(|id| self.cx.channel_name(*id).into())
            .collect()
    }

    fn record_name(&self, record: RecordId) -> SmolStr {
        if record == CONSENT {
            return "consent".into();
        }
        self.cx.entity_name(EntityId(record.0)).into()
    }
}

/// What a type says of the length of its values: ISO 3166-1 codes have two letters, language tags
/// are read up to a script, a region and a variant, names of zones are those of the IANA database.
fn bound(ty: &Ty) -> Bound {
    match ty {
        Ty::Text(Some(most)) => Bound::Chars(*most),
        Ty::Int(Some((least, most))) => Bound::Range(*least, *most),
        Ty::Country => Bound::Plain(2),
        Ty::Language => Bound::Plain(35),
        Ty::Timezone => Bound::Plain(40),
        Ty::List(item) | Ty::Optional(item) => bound(item),
        _ => Bound::Type,
    }
}
