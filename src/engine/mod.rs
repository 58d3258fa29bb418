//! The pure engine: what a plan does with an input, at an instant, on a snapshot.
//!
//! No I/O, no clock, no randomness: the same plan, state, view, input and instant give the same
//! state and effects. The runner, the simulator and `jalon test` are shells around it.

mod effect;
mod eval;
mod event;
mod gate;
mod input;
mod machine;
mod program;
mod reach;
mod snapshot;
mod state;
mod time;
mod value;
mod view;

pub use effect::{Because, Effect, Failure, HandOver, Reason, Refusal};
pub use event::{EventData, EventKind, SendRef};
pub use input::Input;
pub use machine::{past, step};
pub use program::{Inactive, Program};
pub use reach::{Reach, reach};
pub use state::{
    Dep, Due, EntryWatch, Foreign, Instance, PersonState, Phase, Rest, RestKind, SendRest, Tail,
};
pub use value::{ConsentRecord, Currency, Money, Row, RowRef, Value};
pub use view::{Past, PastHandOver, View};
