//! The agent server's models and operations, put to work.

mod clients;
mod defaults;
mod formats;
mod judged;
mod own_types;
mod payloads;
mod refusals;
mod requests;
