//! Takes the operations out of the document that are not kept.

use std::collections::HashMap;

use super::entries::Matcher;
use super::known::Known;
use super::labels::{Address, below};
use crate::config::{Entry, EntryKind};
use crate::document::{Document, Operation};

/// Takes out what is not kept, and notes what there is. `modules` has the emitted names by place. A callback stays and goes with the operation that it belongs
/// to, unless it is excluded itself.
pub(super) fn cut<'s>(
    document: &mut Document,
    include: &mut Matcher<'s>,
    exclude: &mut Matcher<'s>,
    modules: &HashMap<String, String>,
    known: &mut Known,
) {
    let mut cut = Cut { include, exclude, modules, known };
    for (key, item) in &mut document.paths {
        item.operations.retain(|method, operation| {
            match cut.visit(operation, &Address::of_key(method, key), "") {
                Wish::Keep => true,
                Wish::Indifferent | Wish::Drop => false,
            }
        });
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
    fn visit(&mut self, operation: &mut Operation, at: &Address<'_>, before: &str) -> Wish {
        let (line, path) = (at.line(), &*at.path);
        let place = format!("{before}{line}");
        let below = self.callbacks(operation, &place);
        let id = operation.id.as_deref();
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
            for (key, item) in callback {
                item.operations.retain(|method, operation| {
                    let wish = self.visit(operation, &Address::of_key(method, key), &before);
                    is_included |= wish == Wish::Keep;
                    wish != Wish::Drop
                });
            }
        }
        is_included
    }
}
