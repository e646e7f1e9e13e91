//! From documents and graphs to names, types and files.

#[path = "../emit_graph/mod.rs"]
mod emit_graph;
#[path = "../fixture_documents/mod.rs"]
mod fixture_documents;
#[path = "../growth_support/mod.rs"]
mod growth_support;

mod accept;
mod component_names;
mod described;
mod documentation;
mod files;
mod imports;
mod include;
mod methods;
mod naming_documents;
mod naming_stability;
mod naming_words;
mod number_formats;
mod settings_errors;
mod settings_places;
mod write;
mod write_only;
