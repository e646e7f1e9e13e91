//! Operations that answer with a stream of items, or in pages.

use super::TypeRef;

/// The stream that an operation answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// What an item is.
    pub item: StreamItem,
    /// The media types that it comes as, as the document writes them. None where only the settings know of it.
    pub media_types: Vec<String>,
    /// What stands in place of an item at the end, if something does.
    pub done: Option<String>,
}

/// What an item of a stream is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamItem {
    /// An event as it came: the document says nothing of its data.
    Event,
    /// The data of an event, which is text.
    Text,
    /// JSON of a type.
    Json(TypeRef, EventPart),
}

impl StreamItem {
    /// The type of what has one of the document's own.
    pub fn ty(self) -> Option<TypeRef> {
        match self {
            StreamItem::Json(ty, _) => Some(ty),
            StreamItem::Event | StreamItem::Text => None,
        }
    }
}

/// What of an event an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventPart {
    /// Its data.
    Data,
    /// All of it, with data that is a string (OpenAPI 3.2 §4.14.2).
    WithText,
    /// All of it, with data that is JSON.
    WithJson,
    /// All of it, with data that is JSON or a string.
    WithAny,
}

impl EventPart {
    /// The part in words.
    pub fn words(self) -> &'static str {
        match self {
            EventPart::Data => "the data of an event",
            EventPart::WithText => "an event with a text",
            EventPart::WithJson => "an event with JSON",
            EventPart::WithAny => "an event with a text or JSON",
        }
    }
}

/// How an operation answers in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// What is set to get another page. Nothing where pages have the URL of the next one.
    pub moves: Option<Moves>,
    /// How pages follow each other.
    pub paging: Paging,
}

/// What is set to get another page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moves {
    /// A parameter, by its index.
    Parameter(usize),
    /// A property of the body.
    Property(String),
}

/// A way to a part of a page: names of properties, and in lists places.
pub type Way = Vec<String>;

/// How pages follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paging {
    /// A page has the cursor of the next one.
    Cursor {
        /// Where it has it.
        next: PageSource,
        /// The property that is `false` in the last page.
        more: Option<Way>,
    },
    /// Pages have numbers.
    Number {
        /// The number of the first page.
        first: u64,
        /// The list of a page.
        items: Option<Way>,
        /// The parameter that has the length of a page, by its index.
        size: Option<usize>,
        /// The property that has the number of pages.
        pages: Option<Way>,
        /// The property that is `false` in the last page.
        more: Option<Way>,
    },
    /// A page begins after so many items.
    Offset {
        /// The list of a page.
        items: Way,
        /// The parameter that has the length of a page, by its index.
        size: Option<usize>,
        /// The property that has the number of all items.
        total: Option<Way>,
        /// The property that is `false` in the last page.
        more: Option<Way>,
    },
    /// A page has the URL of the next one.
    Link(PageSource),
}

/// Where a page says what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageSource {
    /// In a property.
    Property(Way),
    /// In a header.
    Header(String),
}
