//! Holds the pages of `docs` to the code.

mod configuration;
mod diagnostics;
mod public_api;
