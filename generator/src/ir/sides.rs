//! Where the two sides of a pair that became one type differ.

use super::{Presence, Property, PropertyKind, TypeId};

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
