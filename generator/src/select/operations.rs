//! Takes the operations out of the document that are not kept.

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use super::entries::Matcher;
use super::known::Known;
use crate::config::{Entry, EntryKind};

/// Takes out what is not kept, and notes what there is. A callback stays and goes with the operation that it belongs
/// to, unless it is excluded itself.
pub(super) fn cut<'s>(
    document: &mut OpenAPI,
    include: &mut Matcher<'s>,
    exclude: &mut Matcher<'s>,
    known: &mut Known,
) {
    let mut cut = Cut { include, exclude, known };
    for (key, item) in &mut document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, slot) in slots(item) {
            let wish = cut.visit(slot, method, key);
            match wish {
                Wish::Keep => {}
                Wish::Indifferent | Wish::Drop => *slot = None,
            }
        }
    }
}

/// What the entries say of an operation and its callbacks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Keep,
    Indifferent,
    Drop,
}

struct Cut<'c, 's> {
    include: &'c mut Matcher<'s>,
    exclude: &'c mut Matcher<'s>,
    known: &'c mut Known,
}

impl Cut<'_, '_> {
    fn visit(&mut self, slot: &mut Option<Operation>, method: &str, key: &str) -> Wish {
        let Some(operation) = slot else { return Wish::Indifferent };
        let below = self.callbacks(operation);
        let (method, path) = method_and_path(method, key);
        let line = format!("{method} {path}");
        let id = operation.operation_id.as_deref();
        self.known.add(EntryKind::Operation, id.unwrap_or(&line));
        self.known.add(EntryKind::Path, path);
        operation.tags.iter().for_each(|tag| self.known.add(EntryKind::Tag, tag));
        let is_named = |entry: &Entry| match entry.kind {
            // Only what is written like a method and a path is compared with one: `*/issues` means identifiers.
            EntryKind::Operation => {
                id.is_some_and(|id| entry.matches(id)) || entry.pattern.contains(' ') && entry.matches(&line)
            }
            EntryKind::Tag => operation.tags.iter().any(|tag| entry.matches(tag)),
            EntryKind::Path => entry.matches(path),
            EntryKind::Schema => false,
        };
        let is_included = self.include.any(is_named) || self.include.is_empty() || below;
        if self.exclude.any(is_named) {
            Wish::Drop
        } else if is_included {
            Wish::Keep
        } else {
            Wish::Indifferent
        }
    }

    /// Takes excluded callbacks out of an operation. Whether one of them is included.
    fn callbacks(&mut self, operation: &mut Operation) -> bool {
        let mut is_included = false;
        for (expression, item) in operation.callbacks.values_mut().flatten() {
            for (method, slot) in slots(item) {
                match self.visit(slot, method, expression) {
                    Wish::Keep => is_included = true,
                    Wish::Indifferent => {}
                    Wish::Drop => *slot = None,
                }
            }
        }
        is_included
    }
}

fn slots(item: &mut PathItem) -> [(&'static str, &mut Option<Operation>); 8] {
    [
        ("GET", &mut item.get),
        ("PUT", &mut item.put),
        ("POST", &mut item.post),
        ("DELETE", &mut item.delete),
        ("OPTIONS", &mut item.options),
        ("HEAD", &mut item.head),
        ("PATCH", &mut item.patch),
        ("TRACE", &mut item.trace),
    ]
}

/// The method and the path of an operation: `lower` puts a method that OpenAPI 3.0 does not have before the path.
fn method_and_path<'k>(method: &'k str, key: &'k str) -> (&'k str, &'k str) {
    let is_method = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
    key.split_once(' ').filter(|(word, _)| is_method(word)).unwrap_or((method, key))
}
