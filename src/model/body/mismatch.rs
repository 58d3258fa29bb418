//! What to write where a value is of another type than is needed.

use super::Body;
use crate::diag::nearest;
use crate::model::body::fits;
use crate::model::hir::{Const, Expr, ExprKind as Typed, Field};
use crate::model::types::{EventTy, Ty};

impl Body<'_, '_> {
    /// What to do about a value that is not of the type `wanted`, if that is known.
    pub(super) fn mismatch_help(&self, expr: &Expr, wanted: &Ty) -> Option<String> {
        let found = expr.ty.known();
        if let Typed::Const(constant) = &expr.kind
            && let Some(help) = self.rewritten(constant, wanted)
        {
            return Some(help);
        }
        if let Some(help) = self.part_that_fits(expr, wanted) {
            return Some(help);
        }
        let written = matches!(expr.kind, Typed::Const(_));
        let help = match (found, wanted) {
            (Ty::Text(_), Ty::Row(of)) if written => {
                let entity = self.cx.entity(*of)?;
                let mut fields = entity.fields.iter();
                let field = fields.find(|field| {
                    matches!(field.ty.known(), Ty::Text(_)) && !field.annotations.key
                })?;
                return Some(format!(
                    "a `{}` is a whole row: read one of its fields, like `.{}`",
                    entity.name, field.name
                ));
            }
            (Ty::Text(_), _) if !written && !matches!(wanted, Ty::Enum(_)) => return None,
            (Ty::Row(of), Ty::List(item)) if **item == Ty::Row(*of) => {
                "a list of rows is needed, like `top 3 ROWS by FIELD`"
            }
            (Ty::Consent(_), Ty::Bool) => {
                let record = self.quote(expr.span).unwrap_or_else(|| "...".to_owned());
                return Some(format!("ask for its status: `{record}.status == granted`"));
            }
            (Ty::Consent(_), _) => "read a part of the record: `.status` or `.since`",
            (Ty::Decimal, Ty::Int(_)) => "make it a whole number with `round(...)`",
            (Ty::Int(_) | Ty::Decimal, Ty::Money(currency)) => {
                return Some(format!("write the currency, like `20 {}`", currency.code()));
            }
            (Ty::Int(_) | Ty::Decimal, Ty::Percent) => "write the sign, like `10%`",
            (Ty::Int(_) | Ty::Decimal, Ty::Duration) => "write the unit, like `3 days`",
            (Ty::Int(_) | Ty::Decimal, Ty::Time) => "write hours and minutes, like `09:00`",
            (Ty::Text(_), Ty::Instant) => "write it like `2026-12-25T09:00[Europe/Paris]`",
            (Ty::Text(_), Ty::Date) => "write it without quotes, like `2026-12-25`",
            (Ty::Text(_), Ty::Time) => "write it without quotes, like `09:00`",
            (Ty::Text(_), Ty::Bool) => "write `yes` or `no`",
            (Ty::Text(_), Ty::Int(_) | Ty::Decimal) => "write the number without quotes",
            (Ty::Text(_), Ty::Duration) => "write it without quotes, like `3 days`",
            (Ty::Text(_), Ty::Money(currency)) => {
                return Some(format!(
                    "write it without quotes, like `20 {}`",
                    currency.code()
                ));
            }
            (Ty::Date, Ty::Instant) => {
                "add a time and a zone, like `2026-12-25T09:00[Europe/Paris]`"
            }
            (Ty::Event(_), Ty::Instant) => "write `.time` for when it happened",
            (Ty::List(_), Ty::Bool) => "ask with `any(...)` or `none(...)`",
            (Ty::Int(_) | Ty::Decimal, Ty::Bool) => {
                let number = self.quote(expr.span).unwrap_or_else(|| "...".to_owned());
                return Some(format!("compare the number, as in `{number} > 0`"));
            }
            (Ty::Text(_), Ty::Enum(_)) => {
                "compare it with a text, or give the field the type of the enum"
            }
            _ => return None,
        };
        Some(help.to_owned())
    }

    /// The part of a value that is of the type that is needed, or what the value is a part of.
    fn part_that_fits(&self, expr: &Expr, wanted: &Ty) -> Option<String> {
        /// More are not listed.
        const FEW: usize = 3;
        let whole = match &expr.kind {
            Typed::Field { of, .. }
            | Typed::EventField { of, .. }
            | Typed::ResultField { of, .. } => Some(of),
            _ => None,
        };
        if let (Some(of), Ty::Row(_)) = (whole, wanted)
            && fits(&of.ty, wanted)
        {
            return Some(format!("write `{}`", self.quote(of.span)?));
        }
        let fields: &[Field] = match expr.ty.known() {
            Ty::Row(of) => &self.cx.entity(*of)?.fields,
            Ty::Result(action) => &self.cx.actions.get(action.index())?.returns,
            Ty::Event(EventTy::Declared(event)) => &self.cx.events.get(event.index())?.fields,
            _ => return None,
        };
        let value = self.quote(expr.span)?;
        let dot = if expr.ty.is_optional() { "?." } else { "." };
        let plain = |field: &&Field| !field.annotations.key && !field.annotations.sensitive;
        let fit = |field: &&Field| fits(field.ty.known(), wanted);
        let found = fields.iter().filter(plain).filter(fit).take(FEW);
        let found: Vec<String> = found
            .map(|field| format!("`{value}{dot}{}`", field.name))
            .collect();
        (!found.is_empty()).then(|| format!("write {}", found.join(" or ")))
    }

    /// What to write where two values of these types are compared.
    pub(super) fn comparison_help(&self, left: &Expr, right: &Expr) -> Option<String> {
        let (a, b) = (left.ty.known(), right.ty.known());
        let quote = |expr: &Expr| self.quote(expr.span);
        let number = |expr: &Expr| match &expr.kind {
            Typed::Const(Const::Money { amount, .. }) => Some(amount.to_string()),
            _ => None,
        };
        Some(match (a, b) {
            (Ty::Int(_), Ty::Duration) if matches!(right.kind, Typed::Const(_)) => {
                let Typed::Const(Const::Duration(length)) = &right.kind else {
                    return None;
                };
                format!("write the number without a unit: `{}`", length.count)
            }
            (Ty::Int(_), Ty::Duration) | (Ty::Duration, Ty::Int(_)) => {
                "write a number without a unit beside a number, as in `age(...) < 18`".to_owned()
            }
            (Ty::Date, Ty::Instant) | (Ty::Instant, Ty::Date) => {
                "a date is a whole day: compare instants with an instant, like `now()` or `2026-12-25T00:00[Europe/Paris]`".to_owned()
            }
            (Ty::Date | Ty::Instant, Ty::Duration) => {
                let length = quote(right).unwrap_or_else(|| "30 days".to_owned());
                format!("write `{length} ago` for a moment in the past, or `{length} from now`")
            }
            (Ty::Date | Ty::Instant, Ty::Int(_)) => {
                let days = quote(right).unwrap_or_else(|| "30".to_owned());
                format!("write how long ago it is, like `{days} days ago`")
            }
            (Ty::Int(_) | Ty::Decimal, Ty::Money(_)) => {
                let number = number(right)?;
                format!("write the number without a currency: `{number}`")
            }
            (Ty::Status, Ty::Bool) => match right.kind {
                Typed::Const(Const::Bool(false)) => {
                    "write `!= granted`, or the status that is meant, like `withdrawn`".to_owned()
                }
                _ => "write `granted`, or another status".to_owned(),
            },
            (Ty::List(_), Ty::Int(_)) => format!("count them: `count({})`", quote(left)?),
            (Ty::Bool, Ty::Int(_)) => {
                let rows = quote(left)?.strip_prefix("any(")?.to_owned();
                format!("count them: `count({rows}`")
            }
            _ => return None,
        })
    }

    /// A written value as one of the type that is needed.
    fn rewritten(&self, constant: &Const, wanted: &Ty) -> Option<String> {
        let number = match constant {
            Const::Int(value) => Some(value.to_string()),
            Const::Decimal(value) => Some(value.to_string()),
            _ => None,
        };
        if let Some(number) = number {
            return match wanted {
                Ty::Money(currency) => Some(format!(
                    "write the currency: `{number} {}`",
                    currency.code()
                )),
                Ty::Percent => Some(percent(constant, &number)),
                Ty::Duration => Some(format!("write the unit, like `{number} days`")),
                Ty::Time => {
                    let hour: u8 = number.parse().ok().filter(|hour| *hour < 24)?;
                    Some(format!("write hours and minutes: `{hour:02}:00`"))
                }
                Ty::Text(_) => Some(format!("write it between quotes: `\"{number}\"`")),
                Ty::Bool => Some("write `yes` or `no`".to_owned()),
                _ => None,
            };
        }
        let Const::Text(text) = constant else {
            return None;
        };
        let plain = match wanted {
            Ty::Enum(of) => {
                let variants = &self.cx.enums.get(of.index())?.variants;
                let names = || variants.iter().map(|(name, _)| name.as_str());
                let same = names().find(|name| name.eq_ignore_ascii_case(text));
                let Some(meant) = same.or_else(|| nearest(text, names())) else {
                    let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
                    return Some(format!("write one of {}, without quotes", all.join(", ")));
                };
                meant.to_owned()
            }
            Ty::Date => text.parse::<jiff::civil::Date>().ok()?.to_string(),
            Ty::Time => {
                let time: jiff::civil::Time = text.parse().ok()?;
                format!("{:02}:{:02}", time.hour(), time.minute())
            }
            Ty::Bool => match text.to_lowercase().as_str() {
                "yes" | "true" | "oui" | "1" => "yes".to_owned(),
                "no" | "false" | "non" | "0" => "no".to_owned(),
                _ => return None,
            },
            Ty::Int(_) => text.parse::<i64>().ok()?.to_string(),
            Ty::Percent | Ty::Money(_) | Ty::Decimal
                if text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains(',') =>
            {
                text.to_string()
            }
            _ => return None,
        };
        Some(format!("write it without quotes: `{plain}`"))
    }
}

/// A number as a percentage. One below 1 may be a share, as spreadsheets write it: both are said.
fn percent(constant: &Const, number: &str) -> String {
    let share = match constant {
        Const::Decimal(value) => value.to_string().parse::<f64>().ok(),
        _ => None,
    };
    match share.filter(|share| *share >= 0.0001 && *share < 1.0) {
        Some(share) => {
            let hundredfold = (share * 10_000.0).round() / 100.0;
            format!("as a share of 1 it is `{hundredfold}%`; if not, write the sign: `{number}%`")
        }
        None => format!("write the sign: `{number}%`"),
    }
}
