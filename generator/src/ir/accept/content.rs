//! What a type makes of a value: it is laid out as the value is.

use serde_json::Value;

use crate::diagnostics::Pointer;
use crate::ir::{Scalar, TypeId};

/// A value that a type takes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Accepted {
    /// What becomes of it.
    pub content: Content,
    /// How many of its parts the document does not name: properties that are skipped, unknown values of enums, objects
    /// with an unknown tag. The branch of a union with the fewest is taken.
    pub unread: usize,
}

/// What becomes of a value or of a part of it. Aliases and newtypes are seen through.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// `null`, of a use that is nullable.
    Null,
    /// A value of a type that takes any.
    Any,
    /// A value of a type of the user's: what that takes, nobody knows here.
    External(TypeId),
    /// A value without parts.
    Scalar {
        /// Its type.
        kind: Scalar,
        /// The text that is written for it, if that is a different text, as for a date in another form.
        written: Option<String>,
    },
    /// A value that an enum names, by its index.
    Enum(TypeId, usize),
    /// A value that an enum keeps although it does not name it.
    UnknownValue(TypeId),
    /// The elements of an array.
    List(Vec<Content>),
    /// The members of an object without a struct, in its order.
    Map(Vec<Content>),
    /// The members of an object, in its order.
    Struct(TypeId, Vec<Member>),
    /// A value of a union: the index of the variant that it is.
    Variant(TypeId, usize, Box<Content>),
    /// An object that a union keeps whole, since its tag does not name a variant of the union.
    UnknownVariant(TypeId),
}

/// What becomes of a member of an object.
#[derive(Debug, Clone, PartialEq)]
pub enum Member {
    /// It is the value of the field with this index.
    Field(usize, Content),
    /// It is `null` for a field that may be absent, and read as absent.
    Absent(usize),
    /// It is the constant with this index.
    Constant(usize),
    /// It is kept with the properties that the schema does not name.
    Rest(Content),
    /// It is skipped.
    Unread,
}

/// A part of a value, as [`Accepted::visit`] shows it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part<'a> {
    /// What becomes of it.
    Content(&'a Content),
    /// A property that a struct skips.
    Skipped(TypeId),
}

impl Accepted {
    /// Shows each part of the value, outermost first, with its place: what a union makes of it before what the variant
    /// does. `value` is the one that was accepted.
    pub fn visit<'a>(&'a self, value: &Value, see: &mut dyn FnMut(&Pointer, Part<'a>)) {
        self.content.visit(value, &Pointer::root(), see);
    }

    /// The places of what is not written back as it was: properties that are skipped, and texts that are written in
    /// another form.
    pub fn changes(&self, value: &Value) -> Vec<Pointer> {
        let mut found = Vec::new();
        self.visit(value, &mut |at, part| {
            let changes = match part {
                Part::Content(Content::Scalar { written, .. }) => written.is_some(),
                Part::Content(_) => false,
                Part::Skipped(_) => true,
            };
            if changes {
                found.push(at.clone());
            }
        });
        found
    }
}

impl Content {
    fn visit<'a>(&'a self, value: &Value, at: &Pointer, see: &mut dyn FnMut(&Pointer, Part<'a>)) {
        see(at, Part::Content(self));
        match self {
            Content::List(items) => {
                for (index, (item, value)) in
                    items.iter().zip(value.as_array().into_iter().flatten()).enumerate()
                {
                    item.visit(value, &at.index(index), see);
                }
            }
            Content::Map(contents) => {
                for (content, (key, value)) in contents.iter().zip(value.as_object().into_iter().flatten()) {
                    content.visit(value, &at.key(key), see);
                }
            }
            Content::Struct(of, members) => {
                for (member, (key, value)) in members.iter().zip(value.as_object().into_iter().flatten()) {
                    let at = at.key(key);
                    match member {
                        Member::Field(_, content) | Member::Rest(content) => content.visit(value, &at, see),
                        Member::Absent(_) | Member::Constant(_) => {}
                        Member::Unread => see(&at, Part::Skipped(*of)),
                    }
                }
            }
            Content::Variant(_, _, content) => content.visit(value, at, see),
            Content::Null
            | Content::Any
            | Content::External(_)
            | Content::Scalar { .. }
            | Content::Enum(..)
            | Content::UnknownValue(_)
            | Content::UnknownVariant(_) => {}
        }
    }
}
