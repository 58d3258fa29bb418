//! Consent (`C`): channels, purposes, consent blocks, audiences.

codes! {}
