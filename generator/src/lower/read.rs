//! Reads single values; what has the wrong JSON type is dropped with a warning at its place.

use super::inline;
use super::schema::Moved;
use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::document::Number;
use crate::load::Tree;
use crate::number;

impl<'t> Lowering<'t, '_> {
    /// Warns that the value of `key` is not what it should be.
    pub fn unreadable_keyword(&mut self, value: &Tree, at: &At<'_>, key: &str, expected: &str) {
        let here = at.key(key);
        self.unreadable_value(value, &here, &here, key, expected);
    }

    /// The same for the value that stands at `place`, which `key` at `here` may only refer to.
    pub fn unreadable_value(
        &mut self,
        value: &Tree,
        here: &At<'_>,
        place: &At<'_>,
        key: &str,
        expected: &str,
    ) {
        let message = format!("`{key}` must be {expected} but is {}; it is ignored", value.kind());
        let (here, place) = (here.location(), place.location());
        let is_referred_to = here != place;
        let found = Diagnostic::warning("unreadable-keyword", here, message);
        self.sink.push(if is_referred_to { found.also(place, "referred to here") } else { found });
    }

    /// A text. Numbers and booleans (unquoted in YAML) are taken as written.
    pub fn text(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Option<String> {
        let here = at.key(key);
        let text = inline::read_here(self, value, &here, Moved::No, |this, value, place, _| match value {
            Tree::String(text) => Some(as_written(text)),
            Tree::Number(number) => Some(number.to_string()),
            Tree::Bool(value) => Some(value.to_string()),
            Tree::Null => None,
            Tree::Array(_) | Tree::Object(_) => {
                this.unreadable_value(value, &here, place, key, "a string");
                None
            }
        });
        text.flatten()
    }

    /// A boolean; `false` when it cannot be read.
    pub fn flag(&mut self, value: &Tree, at: &At<'_>, key: &str) -> bool {
        self.boolean(value, at, key).unwrap_or(false)
    }

    /// A boolean.
    pub fn boolean(&mut self, value: &Tree, at: &At<'_>, key: &str) -> Option<bool> {
        let read = value.as_bool();
        if read.is_none() {
            self.unreadable_keyword(value, at, key, "a boolean");
        }
        read
    }

    /// A number.
    pub fn number(&mut self, value: &Tree, at: &At<'_>, key: &str) -> Option<f64> {
        if let Tree::Number(number) = value
            && let Some(number) = number.as_f64()
        {
            return Some(number);
        }
        if let Some(integer) = value.as_str().and_then(number::of_text) {
            return Some(integer as f64);
        }
        self.unreadable_keyword(value, at, key, "a number");
        None
    }

    /// A number, and the integer that it is where a double only comes close to it.
    pub fn exact_number(&mut self, value: &Tree, at: &At<'_>, key: &str) -> Option<Number> {
        let double = self.number(value, at, key)?;
        let integer = number::integer(&value.to_json());
        Some(Number { double, exact: integer.filter(|integer| double as i128 != *integer) })
    }

    /// A count. `3.0` is read as 3. A bound that is too large to be reached is dropped.
    pub fn count(&mut self, value: &Tree, at: &At<'_>, key: &str) -> Option<usize> {
        if let Tree::Number(number) = value {
            if let Some(count) = number.as_u64() {
                return usize::try_from(count).ok();
            }
            if let Some(float) = number.as_f64()
                && float >= 0.0
                && float.fract() == 0.0
            {
                // `as` saturates, and a saturated bound says as much as none.
                return Some(float as usize).filter(|count| *count < usize::MAX);
            }
        }
        if value.as_str().and_then(number::of_text).is_some_and(|integer| integer > 0) {
            return None;
        }
        self.unreadable_keyword(value, at, key, "a whole number of at least 0");
        None
    }

    /// The strings of an array; other elements are dropped with a warning.
    pub fn strings(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Vec<String> {
        let strings = inline::elements(self, value, at, key, |this, elements, list, _| {
            let texts = elements.iter().enumerate().map(|(index, element)| {
                let text = inline::read_here(
                    this,
                    element,
                    &list.index(index),
                    Moved::No,
                    |this, element, place, _| this.name_in_list(element, place, key),
                );
                text.flatten()
            });
            texts.flatten().collect()
        });
        strings.unwrap_or_default()
    }

    fn name_in_list(&mut self, element: &Tree, at: &At<'_>, key: &str) -> Option<String> {
        match element {
            Tree::String(text) => Some(as_written(text)),
            // YAML reads unquoted names such as 1 or true as other types.
            Tree::Number(number) => Some(number.to_string()),
            Tree::Bool(value) => Some(value.to_string()),
            Tree::Null | Tree::Array(_) | Tree::Object(_) => {
                let message = format!("`{key}` lists names but this is {}; it is ignored", element.kind());
                self.sink.push(Diagnostic::warning("unreadable-keyword", at.location(), message));
                None
            }
        }
    }
}

/// A text; the digits of an integer beyond 64 bits.
fn as_written(text: &str) -> String {
    number::of_text(text).map_or_else(|| text.to_owned(), |integer| integer.to_string())
}
