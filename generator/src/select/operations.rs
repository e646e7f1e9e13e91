//! Takes the operations out of the document that are not kept.

use std::collections::HashMap;

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use super::entries::Matcher;
use super::known::Known;
use super::labels::{Address, below};
use crate::config::{Entry, EntryKind};

/// Takes out what is not kept, and notes what there is. `modules` has the emitted names by place. A callback stays and goes with the operation that it belongs
/// to, unless it is excluded itself.
pub(super) fn cut<'s>(
    document: &mut OpenAPI,
    include: &mut Matcher<'s>,
    exclude: &mut Matcher<'s>,
    modules: &HashMap<String, String>,
    known: &mut Known,
) {
    let mut cut = Cut { include, exclude, modules, known };
    for (key, item) in &mut document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, slot) in slots(item) {
            let wish = cut.visit(slot, Address::of_path(method, key), "");
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
    modules: &'c HashMap<String, String>,
    known: &'c mut Known,
}

impl Cut<'_, '_> {
    /// `before` is what stands before the address in the operation's place.
    fn visit(&mut self, slot: &mut Option<Operation>, at: Address<'_>, before: &str) -> Wish {
        let Some(operation) = slot else { return Wish::Indifferent };
        let (line, path) = (at.line(), at.path);
        let place = format!("{before}{line}");
        let below = self.callbacks(operation, &place);
        let id = operation.operation_id.as_deref();
        let module = self.modules.get(&place).map(String::as_str);
        self.known.add(EntryKind::Operation, id.unwrap_or(&line));
        module.into_iter().for_each(|module| self.known.add(EntryKind::Operation, module));
        self.known.add(EntryKind::Path, path);
        operation.tags.iter().for_each(|tag| self.known.add(EntryKind::Tag, tag));
        let is_named = |entry: &Entry| match entry.kind {
            // Only what is written like a method and a path is compared with one: `*/issues` means identifiers.
            EntryKind::Operation => {
                id.into_iter().chain(module).any(|name| entry.matches(name))
                    || entry.pattern.contains(' ') && entry.matches(&line)
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
    fn callbacks(&mut self, operation: &mut Operation, place: &str) -> bool {
        let mut is_included = false;
        for (name, callback) in &mut operation.callbacks {
            let before = below(place, name);
            for (expression, item) in callback {
                for (method, slot) in slots(item) {
                    match self.visit(slot, Address::of_callback(method, expression), &before) {
                        Wish::Keep => is_included = true,
                        Wish::Indifferent => {}
                        Wish::Drop => *slot = None,
                    }
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
