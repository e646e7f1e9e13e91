//! Types that only implement `serde`'s traits: types that the settings substitute for models, and types that contain
//! them. `foreign_read` and `foreign_write` connect them to `serde`.

use super::decisions::Made;
use super::error::Error;
use super::foreign_read::Reader;
use super::foreign_write::Content;
use super::properties::Slot;
use super::source::Source;
use super::tape::{Recorder, Tape};
use super::view::{Entries, Foreign, View, Viewed};
use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed};
use std::any::{Any, TypeId};
use std::cell::Cell;

/// A field of such a type while the object is read.
pub struct ForeignSlot<T>(pub Option<T>);

impl<T: DeserializeOwned + 'static> Slot for ForeignSlot<T> {
    fn fill(&mut self, source: &mut Source<'_>, build: bool) -> Result<(), Error> {
        self.0 = visit_foreign(source, build)?;
        Ok(())
    }
}

/// Reads a value of such a type. Its parts can be models again, whose reader does not share the decisions of this one.
/// So a value is built once, to find out whether it can be read, and kept until it is needed.
pub fn visit_foreign<T: DeserializeOwned + 'static>(
    source: &mut Source<'_>,
    build: bool,
) -> Result<Option<T>, Error> {
    source.peek();
    let key = (source.at, TypeId::of::<T>());
    let known = if build { source.decisions.made.remove(&key) } else { None };
    if let Some(Made { value, end, unread }) = known {
        (source.at, source.unread) = (end, source.unread + unread);
        return value.map(|value| value.downcast().ok().map(|value| *value));
    }
    if let Some(Made { value, end, unread }) = source.decisions.made.get(&key) {
        (source.at, source.unread) = (*end, source.unread + *unread);
        return value.as_ref().map(|_| None).map_err(Error::clone);
    }
    let begin = source.at;
    // The reader of the value counts levels from zero, so the limit of the whole text is checked here.
    source.skip_within(source.depth)?;
    let (value, unread) = make::<T>(source, begin, build);
    source.unread += unread;
    if build {
        return value.map(Some);
    }
    let outcome = value.as_ref().map(|_| None).map_err(Error::clone);
    let value = value.map(|value| Box::new(value) as Box<dyn Any>);
    source.decisions.made.insert(key, Made { value, end: source.at, unread });
    outcome
}

/// Builds a value from the skipped text, and counts the properties that the type does not declare.
fn make<T: DeserializeOwned>(source: &Source<'_>, begin: usize, build: bool) -> (Result<T, Error>, usize) {
    if let Some(tape) = source.tape {
        return read(tape, begin, begin);
    }
    let text = source.text.get(begin..source.at).unwrap_or_default();
    // A trial reads from a tape, which counts the properties itself.
    let quick = if build { serde_json::from_str(text).ok() } else { None };
    if let Some(value) = quick {
        return (Ok(value), 0);
    }
    let mut tape = Tape::new(true);
    let recorder = Recorder { tape: &mut tape, depth: source.depth };
    match recorder.deserialize(&mut serde_json::Deserializer::from_str(text)) {
        Ok(()) => read(&tape, 0, begin),
        Err(error) => (Err(refused(&error).or_at(begin)), 0),
    }
}

/// The error for text that skipping accepts and `serde_json` refuses: numbers out of range, and lone surrogates.
#[cold]
fn refused(error: &serde_json::Error) -> Error {
    let message = error.to_string();
    // The place is relative to the value.
    let place = format!(" at line {} column {}", error.line(), error.column());
    Error::new(message.strip_suffix(&place).unwrap_or(&message))
}

fn read<T: DeserializeOwned>(tape: &Tape<'_>, at: usize, begin: usize) -> (Result<T, Error>, usize) {
    let unread = Cell::new(0);
    let read = T::deserialize(Reader::new(tape, at, &unread));
    (read.map_err(|error: Error| error.or_at(begin)), unread.get())
}

/// A value of such a type, to be written.
pub struct ForeignView<'a, T>(pub &'a T);

impl<T: Serialize> View for ForeignView<'_, T> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Foreign(self.0)
    }
}

/// A value of such a type, to be written.
pub fn foreign_view<T: Serialize>(value: &T) -> Viewed<'_> {
    Viewed::Foreign(value)
}

impl<T: Serialize> Foreign for T {
    fn json(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        serde_json::to_writer(out, self)
    }

    fn content(&self, human: bool, show: &mut dyn FnMut(&dyn View)) -> Result<(), Error> {
        show(&Content::of(self, human)?);
        Ok(())
    }
}

/// The entries of a map with values of such a type.
pub struct ForeignRest<'a, M>(pub &'a M);

impl<'a, M, T: Serialize + 'a> Entries for ForeignRest<'a, M>
where
    &'a M: IntoIterator<Item = (&'a String, &'a T)>,
{
    fn len(&self) -> usize {
        self.0.into_iter().count()
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn View) -> bool) {
        for (name, value) in self.0 {
            if !write(name, &ForeignView(value)) {
                break;
            }
        }
    }
}
