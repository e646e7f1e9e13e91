//! Reads the properties of an object into the fields of a struct.
//!
//! The fields are passed as trait objects. One loop serves all structs, and the compiler has little to do for each.

use super::error::{Error, cut};
use super::object::Parts;
use super::read::Read;
use super::source::Source;
use super::strings::alike;

/// A field of a struct while the object is read.
pub trait Slot {
    /// Reads the value of the current property, or only finds out whether it could be read.
    fn fill(&mut self, source: &mut Source<'_>, build: bool) -> Result<(), Error>;
}

impl<T: Read> Slot for Option<T> {
    fn fill(&mut self, source: &mut Source<'_>, build: bool) -> Result<(), Error> {
        if build {
            *self = Some(T::read(source)?);
            Ok(())
        } else {
            T::probe(source)
        }
    }
}

/// What happens to properties that a struct does not name.
#[allow(missing_docs, reason = "the names say it")]
pub enum Others<'a> {
    Skip,
    Refuse,
    /// Reads the value of the one with this name.
    Keep(&'a mut dyn FnMut(&str, &mut Source<'_>, bool) -> Result<(), Error>),
}

/// Which properties of an object were read.
struct Seen {
    few: u64,
    many: Vec<u64>,
}

impl Seen {
    fn insert(&mut self, at: usize) {
        match at.checked_sub(64) {
            None => self.few |= 1 << at,
            Some(at) => {
                if self.many.len() <= at / 64 {
                    self.many.resize(at / 64 + 1, 0);
                }
                if let Some(word) = self.many.get_mut(at / 64) {
                    *word |= 1 << (at % 64);
                }
            }
        }
    }

    fn contains(&self, at: usize) -> bool {
        match at.checked_sub(64) {
            None => self.few & 1 << at != 0,
            Some(at) => self.many.get(at / 64).is_some_and(|word| word & 1 << (at % 64) != 0),
        }
    }
}

/// Reads an object. Fails if a required property is missing.
pub fn read_properties(
    parts: &'static Parts,
    source: &mut Source<'_>,
    slots: &mut [&mut dyn Slot],
    mut others: Others<'_>,
    build: bool,
) -> Result<(), Error> {
    if source.peek() != b'{' {
        let error = source.refuse(&format_args!("an object ({})", parts.name));
        return Err(if parts.secret { error.redacted() } else { error });
    }
    let begin = source.at;
    source.open(b'{', &"")?;
    let (mut next, mut first) = (0, true);
    let mut seen = Seen { few: 0, many: Vec::new() };
    while let Some(name) = source.next_name(&mut first)? {
        let at = search(parts.names, next, &name);
        let read = if let Some(slot) = slots.get_mut(at) {
            seen.insert(at);
            slot.fill(source, build)
        } else if at < parts.names.len() {
            seen.insert(at);
            constant(parts, at - slots.len(), source)
        } else {
            match &mut others {
                Others::Skip => {
                    source.unread += 1;
                    source.skip()
                }
                Others::Refuse => return Err(unknown(&name, parts).or_at(begin)),
                Others::Keep(read) => read(&name, source, build),
            }
        };
        if let Err(error) = read {
            return Err(error.inside(super::error::Step::property(&name)));
        }
        next = at + 1;
    }
    match missing(parts, &seen) {
        None => Ok(()),
        Some(name) => Err(Error::missing(name).or_at(begin)),
    }
}

/// Reads a constant.
fn constant(parts: &'static Parts, index: usize, source: &mut Source<'_>) -> Result<(), Error> {
    let Some(constant) = parts.constants.get(index) else { return source.skip() };
    source.peek();
    let at = source.at;
    let found = source.scalar(constant)?;
    constant.expect(found.get()).map_err(|error| error.or_at(at))
}

/// The error for the first missing property; constants come before fields.
fn missing(parts: &'static Parts, seen: &Seen) -> Option<&'static str> {
    let fields = parts.required.len();
    let mut constants = parts.constants.iter().enumerate();
    let constant = constants.find(|(index, constant)| constant.required && !seen.contains(fields + index));
    let mut required = parts.required.iter().enumerate();
    match constant {
        Some((_, constant)) => Some(constant.name),
        None => {
            let (index, _) = required.find(|(index, required)| **required && !seen.contains(*index))?;
            parts.names.get(index).copied()
        }
    }
}

#[cold]
fn unknown(name: &str, parts: &Parts) -> Error {
    let names: Vec<String> = parts.names.iter().map(|name| format!("`{name}`")).collect();
    let expected = match &names[..] {
        [] => "no fields are allowed".to_owned(),
        [one] => format!("expected {one}"),
        [one, other] => format!("expected {one} or {other}"),
        all => format!("expected one of {}", all.join(", ")),
    };
    Error::showing("unknown field", &format!(" `{}`", cut(name)), "", format_args!(", {expected}"))
}

/// The error for a struct with a field that has no value after reading. This does not happen.
#[cold]
pub fn incomplete(parts: &Parts) -> Error {
    not_built(parts.name)
}

/// The error for a value that was only examined instead of read. This does not happen.
#[cold]
pub fn not_built(name: &str) -> Error {
    Error::new(format_args!("{name} is not complete"))
}

/// Reads a value, or only finds out whether it could be read.
#[inline]
pub fn visit<T: Read>(source: &mut Source<'_>, build: bool) -> Result<Option<T>, Error> {
    if build { T::read(source).map(Some) } else { T::probe(source).map(|()| None) }
}

/// Finds the index of a property. Servers write properties in the order of their schema, so the search begins where
/// the last one ended.
#[inline]
fn search(names: &[&str], next: usize, key: &str) -> usize {
    let is_it = |name: &&str| alike(name.as_bytes(), key.as_bytes());
    if names.get(next).is_some_and(is_it) {
        return next;
    }
    let (before, after) = names.split_at(next.min(names.len()));
    let after = after.iter().position(is_it).map(|index| before.len() + index);
    after.or_else(|| before.iter().position(is_it)).unwrap_or(names.len())
}
