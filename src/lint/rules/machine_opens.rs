//! `machine-opens`: an opened email taken for a sign of a person.
//!
//! Mail programs load the images of every message before anybody looks at it, and report it as
//! opened. The event says so in `machine`, as far as the provider can tell.

use crate::diag::codes::lint::MACHINE_OPENS;
use crate::diag::{Diagnostic, Diagnostics};
use crate::lint::Whole;
use crate::model::hir::{
    ArmKind, Derived, EventField, Expr, ExprKind, Journey, Leave, Locals, Rows, Source, StepKind,
    Trigger, Wait, visit,
};
use crate::model::ids::LocalId;
use crate::model::types::{ChannelKind, EventTy, Ty};
use crate::source::{FileId, Span};

const OPENED: &str = "opened";

/// Looks at what a journey waits for and asks about.
pub(crate) fn check(_: &Whole<'_>, journey: &Journey, out: &mut Diagnostics) {
    let mut opens = Opens {
        locals: &journey.locals,
        file: journey.place.file,
        out,
    };
    for (leave, span) in &journey.leaves {
        if let Leave::On(on) = leave {
            opens.trigger(&on.trigger, on.event, on.filter.as_ref(), *span);
        }
    }
    for goal in &journey.goals {
        let on = &goal.on;
        opens.trigger(&on.trigger, on.event, on.filter.as_ref(), goal.span);
    }
    visit::of_header(journey, &mut |expr| opens.expr(expr));
    visit::each_step(&journey.steps, &mut |step| {
        visit::of_step(step, &mut |expr| opens.expr(expr));
        let StepKind::Wait(wait) = &step.kind else {
            return;
        };
        let Wait::UpTo { arms, .. } = &**wait else {
            return;
        };
        for arm in arms {
            if let ArmKind::On(on) = &arm.kind {
                opens.trigger(&on.trigger, on.event, on.filter.as_ref(), arm.span);
            }
        }
    });
}

/// Looks at segments and measures.
pub(crate) fn check_derived(whole: &Whole<'_>, out: &mut Diagnostics) {
    let all = whole.model.segments.iter().chain(&whole.model.measures);
    for Derived {
        locals,
        place,
        value,
        ..
    } in all
    {
        let mut opens = Opens {
            locals,
            file: place.file,
            out,
        };
        opens.expr(value);
    }
}

struct Opens<'a> {
    locals: &'a Locals,
    file: FileId,
    out: &'a mut Diagnostics,
}

impl Opens<'_> {
    fn expr(&mut self, root: &Expr) {
        let mut found = Vec::new();
        visit::each_expr(root, |expr| {
            if let ExprKind::Aggregate { rows, .. }
            | ExprKind::Pick { rows, .. }
            | ExprKind::Top { rows, .. } = &expr.kind
            {
                found.push(&**rows);
            }
        });
        found.into_iter().for_each(|rows| self.rows(rows));
    }

    fn rows(&mut self, rows: &Rows) {
        let (Source::ChannelEvents { event, .. }
        | Source::MessageEvents { event, .. }
        | Source::SendEvents { event, .. }) = rows.source
        else {
            return;
        };
        self.event(event, rows.row, rows.filter.as_ref(), rows.span);
    }

    fn trigger(&mut self, trigger: &Trigger, bound: LocalId, filter: Option<&Expr>, span: Span) {
        let (Trigger::Channel { event, .. }
        | Trigger::Message { event, .. }
        | Trigger::Send { event, .. }) = trigger
        else {
            return;
        };
        self.event(event, bound, filter, span);
    }

    fn event(&mut self, event: &str, bound: LocalId, filter: Option<&Expr>, span: Span) {
        if event != OPENED || !self.is_email(bound) || filter.is_some_and(asks_for_machine) {
            return;
        }
        self.out.push(
            Diagnostic::new(
                &MACHINE_OPENS,
                span.in_file(self.file),
                "emails count as opened here that only a mail program has loaded",
            )
            .help("wait for a click instead, or add `where not machine`"),
        );
    }

    /// Whether the event, held by this variable, is one of an email: other kinds are opened by hand.
    fn is_email(&self, event: LocalId) -> bool {
        let local = self.locals.0.get(event.index());
        local.is_some_and(|local| {
            matches!(
                local.ty.known(),
                Ty::Event(EventTy::Channel {
                    kind: ChannelKind::Email,
                    ..
                })
            )
        })
    }
}

/// Whether a condition reads `machine`, the one field of the event.
fn asks_for_machine(filter: &Expr) -> bool {
    let mut asks = false;
    visit::each_expr(filter, |expr| {
        let field = matches!(
            expr.kind,
            ExprKind::EventField {
                field: EventField::Field(0),
                ..
            }
        );
        asks |= field;
    });
    asks
}
