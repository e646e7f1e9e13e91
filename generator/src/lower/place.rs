//! Where the walk is: a chain of steps that lives on the stack, so that places cost nothing until one is shown.

use std::cell::OnceCell;

use crate::diagnostics::{FileId, Location, Pointer};

/// A place in a source file during the walk.
#[derive(Clone)]
pub(super) struct At<'a> {
    /// The file.
    pub file: FileId,
    /// The schema resource (`$id`) that encloses the place; an index into the scan's resources.
    pub resource: Option<u32>,
    /// How many steps the walk took to this place.
    pub depth: u16,
    /// How many bytes the keys on the way have, from the top of the file.
    pub length: usize,
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
    /// The pointer, once it was asked for: the places below share it.
    pointer: OnceCell<Pointer>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Base(&'a Pointer),
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The place `pointer` in `file`, as the start of a walk.
    pub fn base(file: FileId, pointer: &'a Pointer, resource: Option<u32>) -> Self {
        let (length, step) = (pointer.length(), Step::Base(pointer));
        Self { file, resource, depth: 0, length, parent: None, step, pointer: OnceCell::new() }
    }

    /// The same place, so many steps away from where the walk began.
    pub fn with_depth(self, depth: u16) -> Self {
        Self { depth, ..self }
    }

    /// The member `key` of the object here.
    pub fn key<'b>(&'b self, key: &'b str) -> At<'b> {
        self.step(Step::Key(key))
    }

    /// The element `index` of the array here.
    pub fn index(&self, index: usize) -> At<'_> {
        self.step(Step::Index(index))
    }

    fn step<'b>(&'b self, step: Step<'b>) -> At<'b> {
        At {
            file: self.file,
            resource: self.resource,
            depth: self.depth.saturating_add(1),
            length: self.length
                + match step {
                    Step::Key(key) => key.len(),
                    Step::Base(_) | Step::Index(_) => 0,
                },
            parent: Some(self),
            step,
            pointer: OnceCell::new(),
        }
    }

    /// The place in a form that outlives the walk.
    pub fn location(&self) -> Location {
        Location::new(self.file, self.pointer())
    }

    /// The JSON pointer of the place.
    pub fn pointer(&self) -> Pointer {
        let mut unknown = Vec::new();
        let mut at = Some(self);
        let mut pointer = Pointer::root();
        while let Some(place) = at {
            if let Some(known) = place.pointer.get() {
                pointer = known.clone();
                break;
            }
            unknown.push(place);
            at = place.parent;
        }
        for place in unknown.into_iter().rev() {
            pointer = match place.step {
                Step::Base(base) => base.clone(),
                Step::Key(key) => pointer.key(key),
                Step::Index(index) => pointer.index(index),
            };
            let _known = place.pointer.set(pointer.clone());
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_before_and_after_one_was_asked_for() {
        let base = Pointer::parse("/components/schemas");
        let top = At::base(FileId(0), &base, None);
        let (name, list) = (top.key("a/b"), "oneOf");
        let branches = name.key(list);
        let text = |at: &At<'_>| at.pointer().to_string();
        assert_eq!(text(&branches.index(1)), "/components/schemas/a~1b/oneOf/1");
        assert_eq!(text(&branches.index(2)), "/components/schemas/a~1b/oneOf/2");
        assert_eq!(
            (text(&name), text(&name)),
            ("/components/schemas/a~1b".into(), "/components/schemas/a~1b".into())
        );
        assert_eq!(text(&top.clone().with_depth(3).key("c")), "/components/schemas/c");
    }
}
