//! Looks ahead in an object: where is a property, and which ones are there?
//!
//! In a text, only strings and brackets are recognised. The text is read afterwards in any case, and refused then if it
//! is not JSON. The ends of inner arrays and objects are remembered, and so is where these have the wanted property, so
//! that inner objects need not be examined again.

use super::decisions::Known;
use super::error::Error;
use super::source::Source;
use super::strings::{alike, scan};
use std::borrow::Cow;

/// A property's name, and where its value begins.
pub(super) type Property<'a> = (Cow<'a, str>, usize);

impl<'a> Source<'a> {
    /// Where the value of a property of the object at hand begins, if the object has it.
    pub(super) fn find(&mut self, tag: &'static str) -> Result<Option<usize>, Error> {
        if self.tape.is_some() {
            return Ok(self.recorded().find(|(_, name)| *name == tag).map(|(at, _)| at + 1));
        }
        if let Some(at) = self.is_first(tag) {
            return Ok(Some(at));
        }
        match self.decisions.known(self.at) {
            Some(known) if known.tag == Some(tag) => Ok(known.place),
            _ => self.look(Some(tag), None),
        }
    }

    /// The names of the properties of the object at hand, and where their values begin.
    pub(super) fn properties(&mut self) -> Result<Vec<Property<'a>>, Error> {
        let mut properties = Vec::new();
        if self.tape.is_some() {
            properties.extend(self.recorded().map(|(at, name)| (Cow::Borrowed(name), at + 1)));
        } else {
            self.look(None, Some(&mut properties))?;
        }
        Ok(properties)
    }

    /// The names of the recorded object at hand, with their places.
    fn recorded(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let (tape, mut at) = (self.tape, self.at + 1);
        std::iter::from_fn(move || {
            let (tape, place) = (tape?, at);
            let name = tape.string(place)?;
            at = tape.after(place + 1);
            Some((place, name))
        })
    }

    /// The value of the first property, if it is the wanted one.
    #[inline]
    fn is_first(&self, name: &str) -> Option<usize> {
        let begin = self.blanks(self.at + 1);
        let rest = self.text.as_bytes().get(begin..)?.strip_prefix(b"\"")?;
        let rest = rest.strip_prefix(name.as_bytes())?.strip_prefix(b"\"")?;
        self.colon_at(self.text.len() - rest.len())
    }

    /// The next place without white space.
    #[inline]
    fn blanks(&self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.as_bytes().get(at) {
            at += 1;
        }
        at
    }

    /// The place behind the colon, if a colon follows: the string before it is then a name.
    #[inline]
    fn colon_at(&self, at: usize) -> Option<usize> {
        match self.text.as_bytes().get(at) {
            Some(b':') => Some(at + 1),
            Some(b' ' | b'\n' | b'\r' | b'\t') => {
                let at = self.blanks(at);
                (self.text.as_bytes().get(at) == Some(&b':')).then_some(at + 1)
            }
            _ => None,
        }
    }

    /// Searches the text of the current object for a property, or collects the names of all properties.
    fn look(
        &mut self,
        tag: Option<&'static str>,
        mut properties: Option<&mut Vec<Property<'a>>>,
    ) -> Result<Option<usize>, Error> {
        let bytes = self.text.as_bytes();
        self.decisions.start(self.at);
        let mut at = self.at + 1;
        let found = loop {
            let Some(byte) = bytes.get(at) else {
                return Err(Error::new("EOF while parsing an object").or_at(at));
            };
            match byte {
                b'"' => {
                    let begin = at + 1;
                    let (end, is_plain) = self.string_end(begin)?;
                    at = end + 1;
                    let Some(value) = self.colon_at(at) else { continue };
                    at = value;
                    let is_inside = self.decisions.is_inside();
                    if let Some(properties) = &mut properties {
                        if !is_inside {
                            properties.push((self.name(begin, end, is_plain)?, value));
                        }
                    } else if tag.map_or(Ok(false), |tag| self.is_name((begin, end, is_plain), tag))? {
                        if !is_inside {
                            break Some(value);
                        }
                        self.decisions.note(value);
                    }
                    // A string after a colon is a value.
                    if bytes.get(at) == Some(&b'"') {
                        at = self.string_end(at + 1)?.0 + 1;
                    }
                }
                // Square brackets and curly ones differ in this bit.
                byte if byte | 0x20 == b'{' => {
                    at = match self.decisions.known(at) {
                        Some(Known { end, .. }) => *end,
                        None => {
                            self.decisions.open(at, tag);
                            at + 1
                        }
                    }
                }
                byte if byte | 0x20 == b'}' => {
                    at += 1;
                    if !self.decisions.close(at) {
                        break None;
                    }
                }
                _ => at += 1,
            }
        };
        self.decisions.stop(at);
        Ok(found)
    }

    /// The quote that ends a string, and whether the string has no escapes.
    #[inline]
    fn string_end(&self, begin: usize) -> Result<(usize, bool), Error> {
        let seen = scan(self.text.as_bytes(), begin);
        if self.text.as_bytes().get(seen) == Some(&b'"') {
            return Ok((seen, true));
        }
        self.close(seen).map(|end| (end, false))
    }

    /// Whether the name at this place is the given one.
    #[inline]
    fn is_name(&mut self, (begin, end, is_plain): (usize, usize, bool), name: &str) -> Result<bool, Error> {
        if is_plain {
            let written = self.text.as_bytes().get(begin..end);
            return Ok(written.is_some_and(|written| alike(written, name.as_bytes())));
        }
        Ok(self.name(begin, end, false)? == name)
    }

    /// The name at this place, which may contain escapes.
    fn name(&mut self, begin: usize, end: usize, is_plain: bool) -> Result<Cow<'a, str>, Error> {
        if is_plain {
            return Ok(Cow::Borrowed(self.text.get(begin..end).unwrap_or_default()));
        }
        let at = std::mem::replace(&mut self.at, begin - 1);
        let name = self.string();
        self.at = at;
        name
    }
}
