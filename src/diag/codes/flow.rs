//! Flow (`F`): journeys and their steps.

codes! {}
