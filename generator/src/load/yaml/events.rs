//! The events of a YAML text. What has an anchor is recorded, so that an alias can read it again.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use super::Fault;
use crate::limits::YAML_DEPTH;

/// A part of a node, and the byte at which it starts.
#[derive(Debug, Clone)]
pub(super) struct Part<'t> {
    pub item: Item<'t>,
    pub offset: usize,
}

/// What a part is.
#[derive(Debug, Clone)]
pub(super) enum Item<'t> {
    Scalar {
        text: Cow<'t, str>,
        style: ScalarStyle,
        tag: Option<Cow<'t, Tag>>,
    },
    /// A collection begins.
    Open {
        is_mapping: bool,
    },
    /// The innermost open collection ends.
    Close,
    /// The node of an anchor stands here again.
    Alias(usize),
}

/// Where the next part comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cursor {
    /// The text.
    Text,
    /// What was recorded, from this index on.
    Recorded(usize),
}

pub(super) struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    /// The parts of all nodes with anchors, in the order of the text.
    recorded: Vec<Part<'t>>,
    /// Where the node of an anchor begins in `recorded`; none while it is still open. The parser gives every anchor a
    /// number of its own, also when its name was used before.
    anchors: HashMap<usize, Option<usize>>,
    /// The open collections of the text: which anchor each has, and where it begins in `recorded`.
    open: Vec<Option<(usize, usize)>>,
    /// How many of them have anchors.
    recording: usize,
}

impl<'t> Events<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let options = granit_parser::options! {
            // As libyaml, and with it most programs that write such documents.
            block_scalar_eof_without_line_feed: true,
            // One more than the reader takes, so that it is the one to refuse.
            flow_nesting_limit: YAML_DEPTH + 1,
            block_nesting_limit: YAML_DEPTH + 1,
        };
        Self {
            parser: Parser::new_from_str_with_options(text, options),
            recorded: Vec::new(),
            anchors: HashMap::new(),
            open: Vec::new(),
            recording: 0,
        }
    }

    /// The next part at `cursor`, which moves on.
    pub(super) fn next(&mut self, cursor: &mut Cursor) -> Result<Part<'t>, Fault> {
        let part = match cursor {
            Cursor::Text => self.next_in_document()?,
            Cursor::Recorded(at) => {
                let part = self.recorded.get(*at).cloned();
                *at += 1;
                part
            }
        };
        part.ok_or_else(|| Fault::syntax(0, "the document ends in the middle of a node"))
    }

    /// Where the node of `anchor` can be read, unless it is still open.
    pub(super) fn anchored(&self, anchor: usize) -> Option<Cursor> {
        self.anchors.get(&anchor).copied().flatten().map(Cursor::Recorded)
    }

    /// The next part of the document that is being read; none at its end.
    pub(super) fn next_in_document(&mut self) -> Result<Option<Part<'t>>, Fault> {
        for event in self.parser.by_ref() {
            let (event, span) = event.map_err(|error| Fault::scan(&error))?;
            if matches!(event, Event::DocumentEnd) {
                return Ok(None);
            }
            let offset = span.start.byte_offset().unwrap_or(0);
            if let Some((item, anchor)) = part_of(event) {
                let part = Part { item, offset };
                self.record(&part, anchor);
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// The next part of whatever follows the document.
    pub(super) fn next_in_stream(&mut self) -> Result<Option<Item<'t>>, Fault> {
        for event in self.parser.by_ref() {
            let (event, _) = event.map_err(|error| Fault::scan(&error))?;
            if let Some((item, _)) = part_of(event) {
                return Ok(Some(item));
            }
        }
        Ok(None)
    }

    fn record(&mut self, part: &Part<'t>, anchor: usize) {
        let start = self.recorded.len();
        if anchor != 0 || self.recording > 0 {
            self.recorded.push(part.clone());
        }
        match part.item {
            Item::Scalar { .. } if anchor != 0 => {
                self.anchors.insert(anchor, Some(start));
            }
            Item::Open { .. } if anchor != 0 => {
                self.anchors.insert(anchor, None);
                self.open.push(Some((anchor, start)));
                self.recording += 1;
            }
            Item::Open { .. } => self.open.push(None),
            Item::Close => {
                if let Some(Some((anchor, start))) = self.open.pop() {
                    self.anchors.insert(anchor, Some(start));
                    self.recording -= 1;
                }
            }
            Item::Scalar { .. } | Item::Alias(_) => {}
        }
    }
}

/// What an event means for a node, and its anchor, which is 0 if it has none.
fn part_of(event: Event<'_>) -> Option<(Item<'_>, usize)> {
    match event {
        Event::Scalar(text, style, anchor, tag) => Some((Item::Scalar { text, style, tag }, anchor)),
        Event::MappingStart(_, anchor, _) => Some((Item::Open { is_mapping: true }, anchor)),
        Event::SequenceStart(_, anchor, _) => Some((Item::Open { is_mapping: false }, anchor)),
        Event::MappingEnd | Event::SequenceEnd => Some((Item::Close, 0)),
        Event::Alias(anchor) => Some((Item::Alias(anchor), 0)),
        // Where the stream and its documents begin and end. The enum may grow by what has to be switched on.
        _ => None,
    }
}
