//! What an expression can name, and what is known of it.

use super::types::Ty;
use super::world::{Field, World, bare};

/// What a variable, or the row of a `where`, is.
#[derive(Debug, Clone)]
pub enum Is {
    /// A row of the entity at this position.
    Row(usize),
    /// An event or a result: its fields.
    Record(Vec<Field>),
    /// A plain value.
    Value(Ty, bool),
}

#[derive(Debug, Clone)]
pub struct Var {
    pub name: String,
    pub is: Is,
}

/// A label of a send that was surely handed over, with what its events can be.
#[derive(Debug, Clone)]
pub struct Sent {
    pub label: String,
    pub message: usize,
    pub channels: Vec<usize>,
}

#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub vars: Vec<Var>,
    /// The row whose fields are named without a dot.
    pub row: Option<Is>,
    /// Paths that may be unknown by their type and are known here.
    pub known: Vec<String>,
    /// Whether the declaration is about the person, so that events are theirs.
    pub person: bool,
    /// Whether segments, measures and journeys may be named.
    pub groups: bool,
    /// Whether sensitive fields may be read.
    pub sensitive: bool,
    pub sent: Vec<Sent>,
}

/// A value that a path leads to.
#[derive(Debug, Clone)]
pub struct Path {
    pub text: String,
    pub ty: Ty,
    /// Whether it may be unknown here.
    pub optional: bool,
    pub refreshed: bool,
    /// Whether it is a `@key` or `@index` field of the row itself.
    pub pins: bool,
    /// Whether what is known of it survives a rest.
    pub kept: bool,
}

impl Scope {
    /// The scope of a declaration about the person.
    pub fn of_person(world: &World) -> Self {
        Self {
            vars: vec![Var {
                name: world.person.clone(),
                is: Is::Row(0),
            }],
            person: true,
            groups: true,
            ..Self::default()
        }
    }

    pub fn with(&self, name: &str, is: Is) -> Self {
        let mut scope = self.clone();
        scope.vars.push(Var {
            name: name.to_owned(),
            is,
        });
        scope
    }

    /// The scope of a `where` over these rows.
    pub fn within(&self, row: &Is, name: Option<&str>) -> Self {
        let mut scope = self.clone();
        scope.row = Some(row.clone());
        let dotted = |path: &String| path.contains('.');
        scope.known.retain(dotted);
        if let Some(name) = name {
            scope = scope.with(name, row.clone());
        }
        scope
    }

    pub fn knows(&self, path: &str) -> Self {
        let mut scope = self.clone();
        scope.known.push(path.to_owned());
        scope
    }

    /// Every path of up to two steps.
    pub fn paths(&self, world: &World) -> Vec<Path> {
        let mut found = Vec::new();
        for var in &self.vars {
            let name = bare(&var.name);
            match &var.is {
                Is::Row(at) => self.fields(world, &format!("{name}."), *at, true, &mut found),
                Is::Record(fields) => {
                    for field in fields {
                        self.field(world, &format!("{name}."), field, true, &mut found);
                    }
                }
                // A field of the row comes before a variable of its name.
                Is::Value(..) if self.row_has(world, &var.name) => {}
                Is::Value(ty, optional) => found.push(Path {
                    optional: *optional && !self.known.contains(&name),
                    text: name,
                    ty: ty.clone(),
                    refreshed: false,
                    pins: false,
                    kept: true,
                }),
            }
        }
        match &self.row {
            Some(Is::Row(at)) => self.fields(world, "", *at, true, &mut found),
            Some(Is::Record(fields)) => {
                for field in fields {
                    self.field(world, "", field, true, &mut found);
                }
            }
            Some(Is::Value(..)) | None => {}
        }
        for setting in &world.settings {
            found.push(Path {
                text: bare(&setting.name),
                ty: setting.ty.clone(),
                optional: false,
                refreshed: false,
                pins: false,
                kept: false,
            });
        }
        if self.groups && self.person {
            for measure in &world.measures {
                let text = format!("{}.{}", world.person, measure.name);
                found.push(Path {
                    optional: measure.optional && !self.known.contains(&text),
                    text,
                    ty: measure.ty.clone(),
                    refreshed: false,
                    pins: false,
                    kept: false,
                });
            }
        }
        found
    }

    fn fields(&self, world: &World, start: &str, at: usize, deep: bool, found: &mut Vec<Path>) {
        for field in &world.entities[at].fields {
            self.field(world, start, field, deep, found);
        }
    }

    fn field(&self, world: &World, start: &str, field: &Field, deep: bool, found: &mut Vec<Path>) {
        if (field.sensitive && !self.sensitive) || matches!(field.ty, Ty::Consent) {
            return;
        }
        let name = if start.is_empty() {
            bare(&field.name)
        } else {
            field.name.clone()
        };
        let text = format!("{start}{name}");
        let known = !field.optional || self.known.contains(&text);
        if let Ty::Row(to) = field.ty {
            // A variable comes before a field where a path goes on.
            let hidden = start.is_empty() && self.vars.iter().any(|var| var.name == field.name);
            if known && deep && !hidden {
                self.fields(world, &format!("{text}."), to, false, found);
            }
        }
        found.push(Path {
            text,
            ty: field.ty.clone(),
            optional: !known,
            refreshed: field.refreshed,
            pins: start.is_empty() && (field.key || field.index),
            kept: (field.key || field.fixed) && start.matches('.').count() == 1,
        });
    }

    fn row_has(&self, world: &World, name: &str) -> bool {
        match &self.row {
            Some(Is::Row(at)) => world.entities[*at].fields.iter().any(|of| of.name == name),
            Some(Is::Record(fields)) => fields.iter().any(|field| field.name == name),
            Some(Is::Value(..)) | None => false,
        }
    }

    /// Paths that are known here and fit.
    pub fn known_paths(&self, world: &World, ty: &Ty) -> Vec<String> {
        let fit = self.paths(world).into_iter();
        let fit = fit.filter(|path| !path.optional && path.ty.fits(ty));
        fit.map(|path| path.text).collect()
    }

    /// Variables and fields that are rows of an entity, and known.
    pub fn rows(&self, world: &World, entity: usize) -> Vec<String> {
        let hidden = |name: &str| self.row_has(world, name);
        let vars = self.vars.iter();
        let vars = vars.filter(|var| matches!(var.is, Is::Row(at) if at == entity));
        let vars = vars
            .filter(|var| !hidden(&var.name))
            .map(|var| var.name.clone());
        vars.chain(self.known_paths(world, &Ty::Row(entity)))
            .collect()
    }
}
