//! Which values lie in a `Box`: those that would contain themselves, those that are large, and those of the settings. None of
//! it depends on what stands beside a value, so that a document which grows elsewhere moves no box.

mod components;
pub(super) mod cycles;
pub(super) mod of_settings;
pub(super) mod sizes;
