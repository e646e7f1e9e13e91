//! Bodies of responses, independent of their types: how they are shown, written and compared.

use super::error::Error;
use super::response::body;
use super::view::View;
use super::write;
use std::any::Any;
use std::fmt;

/// The body of a response.
#[derive(Clone, Copy)]
pub enum Body<'a> {
    /// The response has no body.
    Empty,
    /// A body that is written as JSON.
    Json(&'a dyn JsonBody),
    /// A body that `serde_json` writes as JSON.
    Serde(&'a dyn SerdeBody),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl Body<'_> {
    /// The body as it is sent.
    pub(super) fn write(self) -> Result<Vec<u8>, Error> {
        match self {
            Self::Empty => Ok(Vec::new()),
            Self::Json(body) => body.write(),
            Self::Serde(body) => body.write(),
            Self::Text(text) => Ok(text.as_bytes().to_vec()),
            Self::Bytes(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// Whether both are equal.
    pub(super) fn equals(self, other: Self) -> bool {
        match (self, other) {
            (Self::Empty, Self::Empty) => true,
            (Self::Json(one), Self::Json(other)) => one.equals(other.as_any()),
            (Self::Serde(one), Self::Serde(other)) => one.equals(other.as_any()),
            (Self::Text(one), Self::Text(other)) => one == other,
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Empty | Self::Json(_) | Self::Serde(_) | Self::Text(_) | Self::Bytes(_), _) => false,
        }
    }
}

/// A body that can be compared with a body of any other type.
pub trait Comparable: fmt::Debug {
    /// Whether both have the same type and the same value.
    fn equals(&self, other: &dyn Any) -> bool;
    /// The body as `Any`, so that it can be compared with others.
    fn as_any(&self) -> &dyn Any;
}

impl<T: fmt::Debug + PartialEq + 'static> Comparable for T {
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A body that the runtime writes as JSON.
pub trait JsonBody: Comparable {
    /// The body as it is sent.
    fn write(&self) -> Result<Vec<u8>, Error>;
}

impl<T: View + Comparable> JsonBody for T {
    fn write(&self) -> Result<Vec<u8>, Error> {
        write::to_vec(self)
    }
}

/// A body that `serde_json` writes.
pub trait SerdeBody: Comparable {
    /// The body as it is sent.
    fn write(&self) -> Result<Vec<u8>, Error>;
}

impl<T: serde::Serialize + Comparable> SerdeBody for T {
    fn write(&self) -> Result<Vec<u8>, Error> {
        body(serde_json::to_vec(self))
    }
}
