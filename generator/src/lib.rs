//! modelsmith compiles an OpenAPI document into Rust models.
//!
//! The stages, each of which takes what the one before it gives:
//!
//! | stage | what it does |
//! |---|---|
//! | [`load`] | reads the document, applies overlays, and reads the files that it refers to into JSON trees |
//! | [`lower`] | turns every dialect into one `openapiv3::OpenAPI` |
//! | [`mod@select`] | takes out the operations that `include` and `exclude` do not keep |
//! | [`resolve`] | settles references, `allOf`, unions and their tags, presence and cycles: [`ir::Graph`] |
//! | [`examples`] | finds examples and the types that they are values of, if tests are to be emitted |
//! | [`naming`] | decides every Rust name |
//! | [`emit`] | writes the graph down as Rust |
//! | [`mod@write`] | puts files on the disk, or checks those that are there |
//!
//! [`mod@diff`] compares what two generations give.
//!
//! [`generate`] runs them in memory:
//!
//! ```
//! use modelsmith::config::Config;
//! use modelsmith::load::MemoryReader;
//!
//! let document = r#"
//! openapi: 3.1.0
//! info: { title: Pets, version: "1" }
//! components:
//!   schemas:
//!     Pet:
//!       type: object
//!       required: [name]
//!       properties:
//!         name: { type: string }
//! "#;
//! let reader = MemoryReader::new().with("pets.yaml", document);
//! let output = modelsmith::generate("pets.yaml".as_ref(), &reader, &Config::default()).expect("the document is right");
//! let pet = output.files.get("src/models/pet.rs").expect("each schema has its file");
//! assert!(pet.contains("pub struct Pet {\n    pub name: String,\n}"));
//! assert!(output.warnings.is_empty());
//! ```

#![warn(missing_docs)]

pub mod build;
pub mod config;
pub mod diagnostics;
pub mod diff;
mod document;
pub mod emit;
pub mod examples;
mod generate;
mod header;
pub mod ir;
mod keywords;
mod limits;
pub mod load;
pub mod lower;
pub mod naming;
mod number;
mod parallel;
pub mod report;
pub mod resolve;
pub mod select;
pub mod settings;
#[cfg(test)]
mod testing;
mod words;
pub mod write;

pub use generate::{Failure, Output, Timings, generate};
