//! Which values lie in a `Box`.

pub(super) mod cycles;
pub(super) mod sizes;
