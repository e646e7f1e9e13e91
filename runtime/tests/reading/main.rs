//! How models read and write.

use modelsmith_runtime as runtime;

#[path = "../support/alike.rs"]
mod alike;
#[path = "../support/models.rs"]
mod models;
#[path = "../support/random.rs"]
mod random;

#[macro_use]
mod declare;

#[cfg(feature = "checks")]
mod checks;
mod enums;
mod errors;
mod foreign;
mod json;
mod json_random;
mod methods;
mod nesting;
mod objects;
mod sources;
mod unions;
mod values;
