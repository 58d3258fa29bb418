//! Lowering of journeys: the header, and the tree of steps into a graph.

use super::Unlowered;
use super::expr::{Lowering, constant, duration, journey_event};
use super::schema::{fields, weekday};
use crate::model::hir;
use crate::plan::{
    Admit, Budget, DatedRow, Duration, Enter, Goal, Journey, Leave, Offset, On, OnePer, Rate,
    Reenter, Removed, Renamed, Schedule, Trigger, Unit,
};
use smol_str::SmolStr;

mod steps;

/// How old an event may be to start something, if nothing is written.
const NO_LATER_THAN: Duration = Duration {
    count: 1,
    unit: Unit::Day,
    calendar: None,
};

pub(super) fn journey(model: &hir::Model, of: &hir::Journey) -> Result<Journey, Unlowered> {
    let lowering = Lowering::new(&of.name);
    let graph = steps::graph(&lowering, model, of)?;
    let reenter = match &of.reenter {
        Some(hir::Reenter::Never) => Reenter::Never,
        Some(hir::Reenter::Always) => Reenter::Always,
        Some(hir::Reenter::After(after)) => Reenter::After(duration(*after)),
        None => return Err(lowering.fault("it has no `reenter`", of.place.span)),
    };
    let enter = of.enters.iter().map(|(one, _)| enter(&lowering, one));
    let leave = of.leaves.iter().map(|(one, _)| leave(&lowering, one));
    let goals = of.goals.iter().map(|one| {
        Ok(Goal {
            on: on(&lowering, &one.on)?,
            within: one.within.map(duration),
            worth: lowering.optional(one.worth.as_ref())?,
        })
    });
    let one_per = of.one_per.as_ref().map(|one| {
        Ok(OnePer {
            key: lowering.expr(&one.key)?,
            latest_wins: one.latest_wins,
        })
    });
    let admit = of.admit.as_ref().map(|one| {
        let rate = Rate {
            count: one.count,
            per: duration(one.per),
        };
        Ok(Admit {
            rate,
            by: lowering.optional(one.by.as_ref())?,
        })
    });
    Ok(Journey {
        name: of.name.clone(),
        profile: of.profile.0,
        title: of.title.clone(),
        owner: of.owner.clone(),
        objective: of.objective.clone(),
        purpose: of.purpose.map(|purpose| purpose.0),
        priority: of.priority,
        params: fields(&lowering, &of.params)?,
        slots: of.locals.0.iter().map(|local| local.name.clone()).collect(),
        enter: enter.collect::<Result<_, _>>()?,
        one_per: one_per.transpose()?,
        reenter,
        leave: leave.collect::<Result<_, _>>()?,
        goals: goals.collect::<Result<_, _>>()?,
        holdout: of.holdout.map(|holdout| holdout.0),
        active: of.active,
        admit: admit.transpose()?,
        budget: of.budget.as_ref().map(|one| Budget {
            total: constant(&one.total),
            rate: one
                .rate
                .as_ref()
                .map(|(amount, per)| (constant(amount), duration(*per))),
        }),
        renamed: of
            .renamed
            .iter()
            .map(|(from, to)| Renamed {
                from: from.clone(),
                to: to.clone(),
            })
            .collect(),
        removed: of
            .removed
            .iter()
            .map(|(from, to)| Removed {
                from: from.clone(),
                to: to.clone(),
            })
            .collect(),
        sends: graph.sends,
        steps: graph.steps,
        first: graph.first,
        finally: graph.finally,
    })
}

fn enter(lowering: &Lowering, of: &hir::Enter) -> Result<Enter, Unlowered> {
    Ok(match of {
        hir::Enter::On {
            on: trigger,
            each,
            person,
            no_later_than,
        } => Enter::On {
            on: on(lowering, trigger)?,
            each: each
                .as_ref()
                .map(|(rows, local)| {
                    lowering.rows(rows).map(|rows| crate::plan::Rows {
                        slot: local.0,
                        ..rows
                    })
                })
                .transpose()?,
            person: lowering.expr(person)?,
            no_later_than: no_later_than.map_or(NO_LATER_THAN, duration),
        },
        hir::Enter::When {
            when,
            held,
            including_those_already,
        } => Enter::When {
            when: lowering.expr(when)?,
            held: held.map(duration),
            including_those_already: *including_those_already,
        },
        hir::Enter::Every {
            schedule,
            at,
            filter,
        } => Enter::Every {
            schedule: match schedule {
                hir::Schedule::Day => Schedule::Day,
                hir::Schedule::Weekday(day) => Schedule::Weekday(weekday(*day)),
                hir::Schedule::MonthDay(day) => Schedule::MonthDay(*day),
            },
            at: lowering.expr(at)?,
            filter: lowering.optional(filter.as_ref())?,
        },
        hir::Enter::Yearly {
            offset: by,
            date,
            at,
            filter,
        } => Enter::Yearly {
            offset: by.map(offset),
            date: lowering.expr(date)?,
            at: lowering.expr(at)?,
            filter: lowering.optional(filter.as_ref())?,
        },
        hir::Enter::Dated {
            offset: by,
            date,
            row,
            person,
            at,
            filter,
        } => Enter::Dated {
            offset: offset(*by),
            date: lowering.expr(date)?,
            row: row
                .map(|(entity, local)| {
                    let person = lowering.expr(person)?;
                    Ok(DatedRow {
                        entity: entity.0,
                        slot: local.0,
                        person,
                    })
                })
                .transpose()?,
            at: lowering.expr(at)?,
            filter: lowering.optional(filter.as_ref())?,
        },
    })
}

fn offset((length, before): (hir::Duration, bool)) -> Offset {
    Offset {
        duration: duration(length),
        before,
    }
}

fn leave(lowering: &Lowering, of: &hir::Leave) -> Result<Leave, Unlowered> {
    Ok(match of {
        hir::Leave::When { when, held } => Leave::When {
            when: lowering.expr(when)?,
            held: held.map(duration),
        },
        hir::Leave::On(trigger) => Leave::On(on(lowering, trigger)?),
    })
}

pub(super) fn on(lowering: &Lowering, of: &hir::On) -> Result<On, Unlowered> {
    Ok(On {
        trigger: trigger(&of.trigger),
        slot: of.event.0,
        filter: lowering.optional(of.filter.as_ref())?,
    })
}

pub(super) fn trigger(of: &hir::Trigger) -> Trigger {
    let word = SmolStr::new_static;
    match of {
        hir::Trigger::Event(event) => Trigger::Event(event.0),
        hir::Trigger::Channel { channel, event } => Trigger::Channel {
            channel: channel.0,
            event: word(event),
        },
        hir::Trigger::Message { message, event } => Trigger::Message {
            message: message.0,
            event: word(event),
        },
        hir::Trigger::Send { send, event } => Trigger::Send {
            send: send.0,
            event: word(event),
        },
        hir::Trigger::Journey { journey, event } => Trigger::Journey {
            journey: journey.0,
            event: journey_event(*event),
        },
    }
}
