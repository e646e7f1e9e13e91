//! A value as a flat list of tokens, for unions that have to see more of it before they can decide.

use super::visit::{Any, Key, visit_scalars};
use super::{replay::Reader, scalar::Scalar};
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::{cell::Cell, fmt};

/// How deep a recorded value may be nested: as deep as `serde_json` lets a text be.
const DEPTH: usize = 128;

/// Room for an object of usual size, so that recording it allocates once.
const ROOM: usize = 40;

/// How many tokens, and bytes, a tape may have that leaves its memory to the next one.
const SPARE: usize = 4096;

thread_local! {
    /// The memory of the last tape: a page of unions records them one after the other.
    static MEMORY: Cell<(Vec<Token<'static>>, String)> = const { Cell::new((Vec::new(), String::new())) };
}

/// A part of a recorded value.
#[derive(Clone, Copy)]
pub(super) enum Token<'de> {
    /// What has no parts, and is borrowed from the input if it is a string.
    Scalar(Scalar<'de>),
    /// Where a string begins and ends in the [`Store`].
    Text(usize, usize),
    /// Where bytes begin and end in the [`Store`].
    Bytes(usize, usize),
    /// How many tokens the elements take.
    Array(usize),
    /// How many tokens the properties take: names and values in turn.
    Object(usize),
}

/// What tokens refer to.
pub(super) struct Store {
    text: String,
    bytes: Vec<u8>,
    /// Whether the format is made for people to read: some types look different in the others.
    pub(super) human: bool,
    /// How many properties readers skipped, and how many values they did not know.
    pub(super) unread: Cell<usize>,
}

/// A recorded value.
pub(super) struct Tape<'de> {
    pub(super) tokens: Vec<Token<'de>>,
    pub(super) store: Store,
}

impl Store {
    pub(super) fn new(human: bool) -> Self {
        Store { text: String::new(), bytes: Vec::new(), human, unread: Cell::new(0) }
    }

    #[inline]
    pub(super) fn text(&self, begin: usize, end: usize) -> &str {
        self.text.get(begin..end).unwrap_or_default()
    }

    pub(super) fn bytes(&self, begin: usize, end: usize) -> &[u8] {
        self.bytes.get(begin..end).unwrap_or_default()
    }

    /// The token as a scalar, if it is one.
    #[inline]
    pub(super) fn scalar<'a>(&'a self, token: Token<'a>) -> Option<Scalar<'a>> {
        match token {
            Token::Scalar(scalar) => Some(scalar),
            Token::Text(begin, end) => Some(Scalar::Str(self.text(begin, end))),
            Token::Bytes(..) | Token::Array(_) | Token::Object(_) => None,
        }
    }

    fn keep<'de>(&mut self, text: &str) -> Token<'de> {
        let begin = self.text.len();
        self.text.push_str(text);
        Token::Text(begin, self.text.len())
    }

    /// Counts a property that was skipped or a value that is not known.
    #[inline]
    pub(super) fn count_unread(&self) {
        self.unread.set(self.unread.get() + 1);
    }
}

impl<'de> Tape<'de> {
    pub(super) fn new(human: bool) -> Self {
        Tape { tokens: Vec::new(), store: Store::new(human) }
    }

    /// Records a whole value.
    pub(super) fn record<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tape = Tape::new(deserializer.is_human_readable());
        deserializer.deserialize_any(tape.recorder())?;
        Ok(tape)
    }

    /// What reads it.
    pub(super) fn reader(&self) -> Reader<'_, 'de> {
        Reader { tokens: &self.tokens, store: &self.store, name: false }
    }

    /// What records the next value.
    #[inline]
    pub(super) fn recorder(&mut self) -> Recorder<'_, 'de> {
        Recorder { tape: self, depth: DEPTH }
    }

    /// Begins an object, if that did not happen yet.
    #[inline]
    pub(super) fn open_object(&mut self) {
        if self.tokens.is_empty() {
            let (tokens, text) = MEMORY.try_with(Cell::take).unwrap_or_default();
            self.tokens = tokens;
            if self.store.text.is_empty() {
                self.store.text = text;
            }
            self.tokens.reserve(ROOM);
            self.tokens.push(Token::Object(0));
        }
    }

    /// Records what is left of the object that the tape begins with.
    pub(super) fn close_object<A: MapAccess<'de>>(&mut self, map: A) -> Result<(), A::Error> {
        self.open_object();
        self.properties(map, DEPTH)?;
        self.tokens[0] = Token::Object(self.tokens.len() - 1);
        Ok(())
    }

    fn properties<A: MapAccess<'de>>(&mut self, mut map: A, depth: usize) -> Result<(), A::Error> {
        while map.next_key_seed(Key(Name { tape: self, tag: None }))?.is_some() {
            map.next_value_seed(Any(Recorder { tape: self, depth }))?;
        }
        Ok(())
    }
}

impl Drop for Tape<'_> {
    fn drop(&mut self) {
        let (mut tokens, mut text) = (std::mem::take(&mut self.tokens), std::mem::take(&mut self.store.text));
        if (1..=SPARE).contains(&tokens.capacity()) && text.capacity() <= SPARE {
            tokens.clear();
            text.clear();
            // Nothing is converted: so the list of the one lifetime becomes, in place, one of the other.
            let tokens = tokens.into_iter().map(|_| Token::Array(0)).collect();
            // A thread that is about to end needs no memory.
            let _ = MEMORY.try_with(|memory| memory.set((tokens, text)));
        }
    }
}

/// Records a value.
pub(super) struct Recorder<'a, 'de> {
    tape: &'a mut Tape<'de>,
    depth: usize,
}

impl<'de> Recorder<'_, 'de> {
    #[inline]
    fn scalar<E>(self, scalar: Scalar<'de>) -> Result<(), E> {
        self.tape.tokens.push(Token::Scalar(scalar));
        Ok(())
    }

    /// Records the parts of a value, and then how many tokens they take.
    #[inline]
    fn parts<E: de::Error>(
        self,
        whole: fn(usize) -> Token<'de>,
        record: impl FnOnce(&mut Tape<'de>, usize) -> Result<(), E>,
    ) -> Result<(), E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deeply"))?;
        let head = self.tape.tokens.len();
        self.tape.tokens.push(whole(0));
        record(self.tape, depth)?;
        self.tape.tokens[head] = whole(self.tape.tokens.len() - head - 1);
        Ok(())
    }
}

impl<'de> Visitor<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    visit_scalars!(() => scalar);

    #[inline]
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<(), E> {
        self.scalar(Scalar::Str(value))
    }

    #[inline]
    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        let token = self.tape.store.keep(value);
        self.tape.tokens.push(token);
        Ok(())
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<(), E> {
        let bytes = &mut self.tape.store.bytes;
        bytes.extend_from_slice(value);
        self.tape.tokens.push(Token::Bytes(bytes.len() - value.len(), bytes.len()));
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.scalar(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.parts(Token::Array, |tape, depth| {
            while items.next_element_seed(Any(Recorder { tape, depth }))?.is_some() {}
            Ok(())
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.parts(Token::Object, |tape, depth| tape.properties(map, depth))
    }
}

/// Records the name of a property and answers `false`; only answers `true` when it is that of the tag.
pub(super) struct Name<'a, 'de> {
    pub(super) tape: &'a mut Tape<'de>,
    pub(super) tag: Option<&'static str>,
}

impl<'de> Visitor<'de> for Name<'_, 'de> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    #[inline]
    fn visit_str<E: de::Error>(self, name: &str) -> Result<bool, E> {
        if self.tag == Some(name) {
            return Ok(true);
        }
        self.tape.open_object();
        self.tape.recorder().visit_str(name).map(|()| false)
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<bool, E> {
        if self.tag == Some(name) {
            return Ok(true);
        }
        self.tape.open_object();
        self.tape.recorder().scalar(Scalar::Str(name)).map(|()| false)
    }
}

/// Answers with the value of a tag as a token.
pub(super) struct Tag<'a>(pub(super) &'a mut Store);

impl Tag<'_> {
    fn token<'de, E>(self, scalar: Scalar<'de>) -> Result<Token<'de>, E> {
        Ok(Token::Scalar(scalar))
    }
}

impl<'de> Visitor<'de> for Tag<'_> {
    type Value = Token<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, an integer or a boolean")
    }

    visit_scalars!(Token<'de> => token);

    #[inline]
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Token<'de>, E> {
        self.token(Scalar::Str(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Token<'de>, E> {
        Ok(self.0.keep(value))
    }
}
