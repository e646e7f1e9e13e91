//! `modelsmith diff`: what it prints, and whether the compiler and values agree with it.

#[path = "../cli_support/mod.rs"]
mod cli_support;
#[path = "../diff_cases/mod.rs"]
mod diff_cases;
#[path = "../diff_wire_support/mod.rs"]
mod diff_wire_support;

mod changes;
mod commands;
mod compiler;
mod revisions;
mod wire;
