//! Types that implement `serde`'s traits only: those that settings put in the place of others, and what consists of
//! them. `foreign_read` and `foreign_write` give them to `serde` and take them from it.

use super::error::Error;
use super::foreign_read::Reader;
use super::foreign_write::Content;
use super::properties::Slot;
use super::source::Source;
use super::tape::{Recorder, Tape};
use super::view::{Entries, Foreign, View, Viewed};
use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed};
use std::cell::Cell;

/// A field of such a type while the object is read.
pub struct ForeignSlot<T>(pub Option<T>);

impl<T: DeserializeOwned> Slot for ForeignSlot<T> {
    fn fill(&mut self, source: &mut Source<'_>, build: bool) -> Result<(), Error> {
        self.0 = visit_foreign(source, build)?;
        Ok(())
    }
}

/// Reads a value of such a type.
pub fn visit_foreign<T: DeserializeOwned>(source: &mut Source<'_>, build: bool) -> Result<Option<T>, Error> {
    source.peek();
    let begin = source.at;
    source.skip()?;
    if let Some(tape) = source.tape {
        return read(tape, begin, source).map(Some).map_err(|error| error.or_at(begin));
    }
    let text = source.text.get(begin..source.at).unwrap_or_default();
    // What is only tried is read from a tape, which counts the properties that the type does not name.
    let quick = if build { serde_json::from_str(text).ok() } else { None };
    if quick.is_some() {
        return Ok(quick);
    }
    let mut tape = Tape::new(true);
    let recorder = Recorder { tape: &mut tape, depth: source.depth };
    let recorded = recorder.deserialize(&mut serde_json::Deserializer::from_str(text));
    recorded.map_err(|_| Error::new("recursion limit exceeded").or_at(begin))?;
    read(&tape, 0, source).map(Some).map_err(|error| error.or_at(begin))
}

fn read<T: DeserializeOwned>(tape: &Tape<'_>, at: usize, source: &mut Source<'_>) -> Result<T, Error> {
    let unread = Cell::new(0);
    let read = T::deserialize(Reader::new(tape, at, &unread));
    source.unread += unread.get();
    read
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

    fn content(&self, show: &mut dyn FnMut(&dyn View)) -> Result<(), Error> {
        show(&Content::of(self)?);
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
