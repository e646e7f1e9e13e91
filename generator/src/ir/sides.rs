//! What is read and what is sent of one schema: two types, or one type and where its sides differ.

use super::{Presence, Property, PropertyKind, TypeId};

/// Which way something travels, seen from the program that uses the models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The program reads it.
    Read,
    /// The program sends it.
    Sent,
}

/// Two types of which one is read and the other one is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// What is read.
    pub read: TypeId,
    /// What is sent.
    pub sent: TypeId,
    /// Why there are two.
    pub origin: PairOrigin,
}

/// Why a pair is two types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairOrigin {
    /// The document has two schemas, `X-Output` and `X-Input`.
    Document,
    /// The document has one schema, and what is sent of it lacks what is only read, or the other way round. The type that is
    /// read has the name of the schema.
    Split,
}

/// A struct that lacks the properties of its schema that travel the other way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// The struct.
    pub ty: TypeId,
    /// Which way it travels.
    pub side: Side,
}

/// What the sides of a type differ in that `X-Input` and `X-Output` became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The type.
    pub ty: TypeId,
    /// Its properties that the sides do not have in the same way.
    pub properties: Vec<SideProperty>,
}

/// A property that the sides of a pair do not have in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideProperty {
    /// Its name on the wire.
    pub wire: String,
    /// In what is sent (`X-Input`).
    pub sent: Need,
    /// In what is read (`X-Output`).
    pub read: Need,
}

/// Whether a schema has a property, and whether it must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The schema does not name it.
    Absent,
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
}

impl Need {
    /// Of a property that the schema names.
    pub fn of(property: &Property) -> Self {
        let required = match &property.kind {
            PropertyKind::Constant { required, .. } => *required,
            PropertyKind::Field { presence, .. } => match presence {
                Presence::Required => true,
                Presence::Optional | Presence::Default(_) | Presence::ThreeState => false,
            },
        };
        if required { Self::Required } else { Self::Optional }
    }
}
