//! How operations are called: what is sent, and what becomes of what comes back.

#[path = "../support/response.rs"]
mod response;

#[cfg(feature = "client")]
mod client;
mod pages;
#[cfg(feature = "client")]
mod recorder;
mod requests;
mod responses;
mod streams;
mod styles;
#[cfg(all(feature = "reqwest", feature = "stream", feature = "ureq"))]
mod transports;
