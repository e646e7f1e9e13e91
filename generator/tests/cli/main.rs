//! What the commands do, print and refuse.

#[path = "../cli_support/mod.rs"]
mod cli_support;

mod allow;
mod build_stale;
mod commands;
mod errors;
mod headers;
mod help_examples;
mod operation_names;
mod overlays;
mod own_forms;
mod ownership;
mod regeneration_docs;
#[cfg(unix)]
mod report_links;
mod settings;
mod simultaneous;
mod types_graph;
mod verify;
mod watch;
