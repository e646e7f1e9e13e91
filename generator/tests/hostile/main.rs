//! Documents that are made to exhaust time, memory or the stack, or to get out of where they are put.

#[path = "../fixture_documents/mod.rs"]
mod fixture_documents;
#[path = "../growth_support/mod.rs"]
mod growth_support;
#[path = "../hostile_support/mod.rs"]
mod hostile_support;

mod defaults;
mod growth;
mod limits;
mod messages;
mod nodes;
mod sizes;
mod structures;
mod texts;
mod traffic;
