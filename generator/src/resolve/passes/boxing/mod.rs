//! Which values lie in a `Box`: those that would contain themselves, those that are large, and those of the settings.

pub(super) mod cycles;
pub(super) mod of_settings;
pub(super) mod sizes;
