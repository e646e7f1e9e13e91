//! Why a stream ended early, or why an item is missing.

use super::super::Error;
use std::fmt;

/// Why a stream ended early, or why an item is missing.
#[derive(Debug)]
pub enum StreamError {
    /// An item does not match the document. The stream continues after it.
    Item(Box<BadItem>),
    /// An item is too long. The stream ends here.
    TooLong {
        /// Which item, counted from 1.
        number: u64,
        /// The limit, in bytes.
        limit: usize,
    },
    /// The stream broke off.
    Lost {
        /// How many items came before.
        items: u64,
        /// What happened.
        error: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// An item that does not match the document.
#[derive(Clone, PartialEq, Eq)]
pub struct BadItem {
    /// Which item, counted from 1.
    pub number: u64,
    /// The text of the item; for an event, its data.
    pub text: String,
    /// What is wrong with it.
    pub error: Error,
    /// Whether the text may contain secrets. It is then not shown.
    pub secret: bool,
}

impl fmt::Debug for BadItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: &dyn fmt::Debug = if self.secret { &format_args!("[redacted]") } else { &self.text };
        f.debug_struct("BadItem")
            .field("number", &self.number)
            .field("text", text)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamError::Item(item) => {
                write!(f, "item {} is not what the document says: {}", item.number, item.error)
            }
            StreamError::TooLong { number, limit } => write!(f, "item {number} is longer than {limit} bytes"),
            StreamError::Lost { items, error } => {
                write!(f, "the stream broke off after {items} items: {error}")
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            StreamError::Item(item) => Some(&item.error),
            StreamError::TooLong { .. } => None,
            StreamError::Lost { error, .. } => Some(&**error),
        }
    }
}
