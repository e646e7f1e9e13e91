//! Emitted packages, compiled and put to work by Cargo.

#[path = "../cli_support/mod.rs"]
mod cli_support;
#[path = "../emit_graph/mod.rs"]
mod emit_graph;

mod arbitrary_precision;
mod build_scripts;
mod deprecated;
mod everything;
mod examples;
mod init;
mod runtime;
mod settings;
mod streams_and_pages;
mod traffic;
