//! Running (`R`): plans, data, events.

codes! {}
