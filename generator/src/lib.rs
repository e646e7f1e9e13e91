//! modelsmith compiles an OpenAPI document into Rust models.
//!
//! [`generate`] compiles a document in memory; [`mod@write`] puts the files that it gives on the disk, and [`build`] does both
//! in a build script. [`config`] has the settings, which [`settings`] reads from a `modelsmith.toml`; [`diagnostics`] says
//! what is wrong and where; [`mod@diff`] compares what two generations give. Everything else is hidden: the stages between
//! these are for the command line and for tests, and change without notice.
//!
//! ```
//! use modelsmith::MemoryReader;
//! use modelsmith::config::Config;
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

mod braces;
pub mod build;
pub mod config;
pub mod diagnostics;
pub mod diff;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod examples;
mod file_set;
mod generate;
mod header;
#[doc(hidden)]
pub mod ir;
mod keywords;
mod limits;
#[doc(hidden)]
pub mod load;
#[doc(hidden)]
pub mod lower;
mod method;
#[doc(hidden)]
pub mod naming;
mod number;
mod parallel;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod select;
pub mod settings;
#[cfg(test)]
mod testing;
#[doc(hidden)]
pub mod verify;
mod words;
pub mod write;

#[cfg(feature = "overlay")]
#[doc(hidden)]
pub use generate::{CorrectError, Corrected, OverlayFile, Unneeded, Why, correct, unneeded};
pub use generate::{Failure, Output, Timings, generate};
#[doc(hidden)]
pub use generate::{ReadDocument, read_document};
pub use load::{DiskReader, FolderEntry, MemoryReader, ReadFile};
pub use report::Summary;
