//! Reads a [`Tree`] from YAML 1.2: from the events of `granit-parser`, within the bounds of [`Reader`].

mod events;
mod node;
mod scalar;

use std::fmt;

use granit_parser::{ErrorKind, ScanError};

use self::events::{Events, Item};
use self::node::Nodes;
use super::Tree;
use super::reader::{Bound, Reader};

/// Why YAML cannot be read, and at which byte.
#[derive(Debug)]
pub(super) struct Fault {
    pub kind: FaultKind,
    pub offset: Option<usize>,
}

/// What kind of fault it is.
#[derive(Debug)]
pub(super) enum FaultKind {
    /// The text is not YAML, or not what a document may hold; this is why.
    Syntax(String),
    /// A second document follows the first.
    SeveralDocuments,
    /// The text is well-formed and exceeds a bound.
    Bound(Bound),
}

impl Fault {
    fn syntax(offset: usize, message: impl Into<String>) -> Self {
        Self { kind: FaultKind::Syntax(message.into()), offset: Some(offset) }
    }

    fn scan(error: &ScanError) -> Self {
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => FaultKind::Bound(Bound::Depth),
            _ => FaultKind::Syntax(error.kind().to_string()),
        };
        Self { kind, offset: error.marker().byte_offset() }
    }

    /// The fault that ended `reader`, which knows bounds but no places.
    fn in_reader(self, reader: &Reader, offset: usize) -> Self {
        let kind = reader.bound.map_or(self.kind, FaultKind::Bound);
        Self { kind, offset: self.offset.or(Some(offset)) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FaultKind::Syntax(message) => f.write_str(message),
            FaultKind::SeveralDocuments => f.write_str("several documents"),
            FaultKind::Bound(bound) => write!(f, "{bound:?}"),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { kind: FaultKind::Syntax(message.to_string()), offset: None }
    }
}

/// Reads the only document of `text`; one that holds nothing is `null`.
pub(super) fn read(text: &str, reader: &mut Reader) -> Result<Tree, Fault> {
    let mut events = Events::new(text);
    let Some(first) = events.next_in_document()? else { return Ok(Tree::Null) };
    let position = reader.position();
    let tree = Nodes { reader, events: &mut events }.root(first, position)?;
    // What follows may not be a document at all, and then that is the fault.
    let mut is_followed = false;
    while let Some(item) = events.next_in_stream()? {
        is_followed |= matches!(item, Item::Scalar { .. } | Item::Open { .. } | Item::Alias(_));
    }
    if is_followed { Err(Fault { kind: FaultKind::SeveralDocuments, offset: None }) } else { Ok(tree) }
}
