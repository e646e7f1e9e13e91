//! Reads single values; what has the wrong JSON type is dropped with a warning at its place.

use super::{At, Lowering};
use crate::diagnostics::Diagnostic;
use crate::load::{Object, Tree};

impl<'t> Lowering<'t, '_> {
    /// Warns that the value of `key` is not what it should be.
    pub fn unreadable_keyword(&mut self, value: &Tree, at: &At<'_>, key: &str, expected: &str) {
        let message = format!("`{key}` must be {expected} but is {}; it is ignored", value.kind());
        self.sink.push(Diagnostic::warning("unreadable-keyword", at.key(key).location(), message));
    }

    /// A text. Numbers and booleans (unquoted in YAML) are taken as written.
    pub fn text(&mut self, value: &Tree, at: &At<'_>, key: &str) -> Option<String> {
        match value {
            Tree::String(text) => Some(text.to_string()),
            Tree::Number(number) => Some(number.to_string()),
            Tree::Bool(value) => Some(value.to_string()),
            Tree::Null => None,
            Tree::Array(_) | Tree::Object(_) => {
                self.unreadable_keyword(value, at, key, "a string");
                None
            }
        }
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
        self.unreadable_keyword(value, at, key, "a number");
        None
    }

    /// A count. `3.0` is read as 3; a bound too large to be reached is none.
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
        self.unreadable_keyword(value, at, key, "a whole number of at least 0");
        None
    }

    /// The members of an object.
    pub fn members(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Option<&'t Object> {
        let read = value.as_object();
        if read.is_none() {
            self.unreadable_keyword(value, at, key, "an object");
        }
        read
    }

    /// The elements of an array.
    pub fn elements(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Option<&'t [Tree]> {
        let read = value.as_array();
        if read.is_none() {
            self.unreadable_keyword(value, at, key, "an array");
        }
        read
    }

    /// The strings of an array; other elements are dropped with a warning.
    pub fn strings(&mut self, value: &'t Tree, at: &At<'_>, key: &str) -> Vec<String> {
        let Some(elements) = self.elements(value, at, key) else { return Vec::new() };
        let mut strings = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            match element {
                Tree::String(text) => strings.push(text.to_string()),
                // YAML reads unquoted names such as 1 or true as other types.
                Tree::Number(number) => strings.push(number.to_string()),
                Tree::Bool(value) => strings.push(value.to_string()),
                Tree::Null | Tree::Array(_) | Tree::Object(_) => {
                    let list = at.key(key);
                    let message =
                        format!("`{key}` lists names but this is {}; it is ignored", element.kind());
                    let place = list.index(index).location();
                    self.sink.push(Diagnostic::warning("unreadable-keyword", place, message));
                }
            }
        }
        strings
    }
}
