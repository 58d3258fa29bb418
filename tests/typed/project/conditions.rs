//! Conditions: comparisons, tests of what is known, groups, and what joins them.

use super::Maker;
use super::scope::{Is, Path, Scope};
use super::types::{self, Ty};
use super::values::{AND, COMPARES, ELSE, Expr, NOT, OR};

impl Maker {
    /// A condition that can be written here.
    pub fn condition(&mut self, s: &Scope, depth: u8) -> Expr {
        let ways = if depth == 0 { 3 } else { 10 };
        let made = match self.c.below(ways) {
            0 | 1 => self.compared(s, depth),
            2 => self.known_test(s),
            3 | 4 => self.asked(s, depth - 1),
            5 => Some(self.joined(s, depth - 1)),
            6 => self.handled(s, depth - 1),
            7 => {
                let of = self.condition(s, depth - 1);
                Some(Expr::new(NOT, format!("not {}", of.at(NOT))))
            }
            8 => self.group(s),
            _ => self.spoken(s, depth - 1),
        };
        made.or_else(|| self.compared(s, 0)).unwrap_or_else(|| {
            let yes = types::literal(&self.world, &mut self.c, &Ty::Bool);
            Expr::atom(yes.unwrap_or_default())
        })
    }

    /// A comparison that starts at a path, so that it says its type.
    fn compared(&mut self, s: &Scope, depth: u8) -> Option<Expr> {
        let paths = s.paths(&self.world);
        let comparable = |path: &&Path| !path.optional && path.ty.equals();
        let paths: Vec<Path> = paths.iter().filter(comparable).cloned().collect();
        let path = self.c.maybe(&paths)?;
        if path.ty == Ty::Bool && self.c.below(3) < 2 {
            return Some(Expr::atom(path.text));
        }
        let left = path.text;
        let ordered = path.ty.ordered(&self.world);
        let way = self.c.below(if ordered { 5 } else { 3 });
        let text = match way {
            1 => {
                let first = self.value(s, &path.ty, 0)?;
                let second = self.value(s, &path.ty, 0)?;
                let word = self.c.pick(&["in", "not in"]);
                format!("{left} {word} [{}, {}]", first.text, second.text)
            }
            2 => {
                let (word, right) = (self.c.pick(&["!=", "=="]), self.value(s, &path.ty, depth)?);
                format!("{left} {word} {}", right.at(ELSE))
            }
            3 => {
                let range = match path.ty {
                    Ty::Int(None) => "1..10",
                    Ty::Int(Some((low, high))) => &format!("{low}..{high}"),
                    Ty::Money => &format!("1 {0}..10 {0}", self.world.currency),
                    Ty::Percent => "1%..10%",
                    Ty::Date => "2026-01-01..2026-12-31",
                    Ty::Time => "09:00..17:00",
                    _ => return None,
                };
                format!("{left} in {range}")
            }
            4 => {
                let word = self.c.pick(&["<", "<=", ">", ">="]);
                format!("{left} {word} {}", self.value(s, &path.ty, depth)?.at(ELSE))
            }
            _ => format!("{left} == {}", self.value(s, &path.ty, depth)?.at(ELSE)),
        };
        Some(Expr::new(COMPARES, text))
    }

    fn known_test(&mut self, s: &Scope) -> Option<Expr> {
        let paths: Vec<Path> = s.paths(&self.world);
        if self.c.once_in(4) {
            let fresh: Vec<Path> = paths.into_iter().filter(|path| path.refreshed).collect();
            let path = self.c.maybe(&fresh)?;
            return Some(Expr::new(COMPARES, format!("{} is fresh", path.text)));
        }
        let unknown: Vec<Path> = paths.into_iter().filter(|path| path.optional).collect();
        let path = self.c.maybe(&unknown)?;
        let word = self.c.pick(&["known", "unknown"]);
        Some(Expr::new(COMPARES, format!("{} is {word}", path.text)))
    }

    /// `a and b`, `a or b`.
    fn joined(&mut self, s: &Scope, depth: u8) -> Expr {
        let (binds, word) = self.c.pick(&[(AND, "and"), (OR, "or")]);
        let parts: Vec<String> = (0..2 + self.c.below(2))
            .map(|_| self.condition(s, depth).at(binds + 1))
            .collect();
        Expr::new(binds, parts.join(&format!(" {word} ")))
    }

    /// What may be unknown is asked for, and then read as if it were not.
    fn handled(&mut self, s: &Scope, depth: u8) -> Option<Expr> {
        let paths = s.paths(&self.world);
        let unknown: Vec<Path> = paths.into_iter().filter(|path| path.optional).collect();
        let path = self.c.maybe(&unknown)?;
        let inner = s.knows(&path.text);
        let reads = self.about(&inner, &path, depth);
        Some(if self.c.below(2) == 0 {
            Expr::new(AND, format!("{} is known and {}", path.text, reads.at(NOT)))
        } else {
            Expr::new(OR, format!("{} is unknown or {}", path.text, reads.at(AND)))
        })
    }

    /// A condition that reads a path that is known in this scope.
    fn about(&mut self, s: &Scope, path: &Path, depth: u8) -> Expr {
        let text = &path.text;
        match &path.ty {
            Ty::Date => Expr::new(COMPARES, format!("age({text}) >= 18")),
            Ty::Text(_) => {
                let part = types::literal(&self.world, &mut self.c, &Ty::Text(Some(9)));
                let function = self.c.pick(&["contains", "starts_with"]);
                Expr::atom(format!("{function}({text}, {})", part.unwrap_or_default()))
            }
            Ty::Bool => Expr::new(COMPARES, format!("{text} != no")),
            ty if ty.equals() && !matches!(ty, Ty::Row(_)) => match self.value(s, ty, depth) {
                Some(value) => Expr::new(COMPARES, format!("{text} == {}", value.at(ELSE))),
                None => self.condition(s, depth),
            },
            _ => self.condition(s, depth),
        }
    }

    /// `member in lapsing`, `permitted(M by CHANNELS)`, a record of consent.
    fn group(&mut self, s: &Scope) -> Option<Expr> {
        if !s.person || !s.groups {
            return None;
        }
        let person = self.world.person.clone();
        match self.c.below(3) {
            0 => {
                // Inside a `where` the person's name may be a field of the row.
                if !s.rows(&self.world, 0).contains(&person) {
                    return None;
                }
                let journeys = self
                    .world
                    .journeys
                    .iter()
                    .map(|journey| journey.name.clone());
                let mut groups = self.world.segments.clone();
                groups.extend(journeys.filter(|_| s.sent.is_empty()));
                let group = self.c.maybe(&groups)?;
                let word = self.c.pick(&["in", "not in"]);
                Some(Expr::new(COMPARES, format!("{person} {word} {group}")))
            }
            1 => {
                let count = self.world.messages.len();
                let at = self.c.maybe(&(0..count).collect::<Vec<_>>())?;
                let message = &self.world.messages[at];
                let channel = self.world.channels[*message.channels.first()?].name.clone();
                Some(Expr::atom(format!(
                    "permitted({} by {channel})",
                    message.name
                )))
            }
            _ => {
                let fields = self.world.person_fields().iter();
                let records: Vec<String> = fields
                    .filter(|field| field.ty == Ty::Consent)
                    .map(|field| format!("{person}.{}", field.name))
                    .collect();
                let record = self.c.maybe(&records)?;
                let tests = [
                    format!("{record}.status == granted"),
                    format!("{record}.status in [withdrawn, objected, never_asked]"),
                    format!("{record}.status not in [requested, refused, expired]"),
                    format!("{record}.since is known"),
                    format!("({record}.source ?? \"x\") != \"form\""),
                    format!("({record}.basis ?? \"consent\") == \"consent\""),
                    format!("{record}.proof is unknown"),
                ];
                Some(Expr::new(COMPARES, self.c.pick(&tests)))
            }
        }
    }

    /// Conditions of texts, and of rows that are someone.
    fn spoken(&mut self, s: &Scope, depth: u8) -> Option<Expr> {
        if self.c.below(2) == 0 {
            let (text, part) = (
                self.must(s, &Ty::Text(None), depth).text,
                self.must(s, &Ty::Text(None), 0).text,
            );
            let function = self.c.pick(&["contains", "starts_with"]);
            return Some(Expr::atom(format!("{function}({text}, {part})")));
        }
        let entities: Vec<usize> = (0..self.world.entities.len()).collect();
        let of = self.c.pick(&entities);
        let rows = s.rows(&self.world, of);
        let (a, b) = (self.c.maybe(&rows)?, self.c.maybe(&rows)?);
        let bound = s
            .vars
            .iter()
            .any(|var| matches!(var.is, Is::Row(_)) && var.name == a);
        let word = self.c.pick(&["==", "!="]);
        (bound || a != b).then(|| Expr::new(COMPARES, format!("{a} {word} {b}")))
    }
}
