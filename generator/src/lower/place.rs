//! Where the walk is: a chain of steps that lives on the stack, so that places cost nothing until one is shown.

use crate::diagnostics::{FileId, Location, Pointer};

/// A place in a source file during the walk.
#[derive(Clone, Copy)]
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
        Self { file, resource, depth: 0, length: pointer.length(), parent: None, step: Step::Base(pointer) }
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
        }
    }

    /// The place in a form that outlives the walk.
    pub fn location(&self) -> Location {
        Location::new(self.file, self.pointer())
    }

    /// The JSON pointer of the place.
    pub fn pointer(&self) -> Pointer {
        let mut steps = Vec::with_capacity(usize::from(self.depth) + 1);
        let mut at = Some(self);
        while let Some(place) = at {
            steps.push(place.step);
            at = place.parent;
        }
        steps.iter().rev().fold(Pointer::root(), |pointer, step| match step {
            Step::Base(base) => (*base).clone(),
            Step::Key(key) => pointer.key(key),
            Step::Index(index) => pointer.index(*index),
        })
    }
}
