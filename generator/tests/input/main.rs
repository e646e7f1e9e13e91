//! From text to the lowered document: reading, references, overlays, dialects.

#[path = "../lower_support/mod.rs"]
mod lower_support;
#[path = "../overlay_support/mod.rs"]
mod overlay_support;

mod load_errors;
mod load_places;
mod load_reading;
mod load_references;
mod lower_errors;
mod lower_fixtures;
mod overlay;
