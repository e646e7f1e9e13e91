//! What a struct needs from its caller: which of its fields nothing but the caller can fill.

use super::{Operation, Presence, Property, PropertyKind, Shape, Struct, Type, TypeId, TypeRef};

/// How many arguments `new` takes one after the other; clippy warns from eight on. Where more are needed they are the
/// fields of a struct, since nobody reads eight values without names. In 48 documents 17 of 5,168 schemas that requests reach
/// need more, but 1,166 of 14,248 in all: so there is such a struct only for what may be written.
pub const MOST_ARGUMENTS: usize = 7;

/// Whether a required field has to be given: the document has no default for it, and its type is not a struct of which
/// nothing has to be given either. An empty text, a zero or a nil UUID is a value that nobody meant, and so is `null`.
pub fn is_given(types: &[Type], ty: TypeRef, presence: &Presence, has_initial: bool) -> bool {
    match presence {
        Presence::Required => !has_initial && !fills_itself(types, ty),
        Presence::Optional | Presence::Default(_) | Presence::ThreeState => false,
    }
}

/// Whether a use of a type is a struct with `Default`: the empty object says no more than that it is there.
pub fn fills_itself(types: &[Type], ty: TypeRef) -> bool {
    let mut at = ty;
    // An alias may be on a loop until `alias_loops` has run.
    for _ in 0..=types.len() {
        let found = &types[at.id.0 as usize];
        if at.nullable || found.secret {
            return false;
        }
        match found.shape {
            Shape::Alias(target) => at = target,
            Shape::Struct(_) => return found.has_default,
            Shape::Union(_)
            | Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => return false,
        }
    }
    false
}

impl super::Graph {
    /// The properties of a struct that its caller has to pass, in order. Without any, the struct has `Default`.
    pub fn given(&self, id: TypeId) -> Vec<usize> {
        let Shape::Struct(shape) = &self.get(id).shape else { return Vec::new() };
        let properties = shape.properties.iter().enumerate();
        properties.filter(|(_, property)| self.is_given(property)).map(|(index, _)| index).collect()
    }

    /// Whether `new` takes what has to be given of a struct as the fields of another struct: there is too much for arguments.
    /// What is only read has no such struct, and no `new`.
    pub fn takes_struct(&self, id: TypeId) -> bool {
        self.is_written(id) && self.given(id).len() > MOST_ARGUMENTS
    }

    /// Whether a struct can be made with `..`, by `Default` or by `new`.
    pub fn has_base(&self, id: TypeId) -> bool {
        self.is_written(id) || self.given(id).len() <= MOST_ARGUMENTS
    }

    /// Whether a property has to be given by the caller.
    pub fn is_given(&self, property: &Property) -> bool {
        match &property.kind {
            PropertyKind::Field { ty, presence, .. } => {
                is_given(self.types(), *ty, presence, property.initial.is_some())
            }
            PropertyKind::Constant { .. } => false,
        }
    }

    /// The parameters of an operation that its caller has to pass, in order. Without any, `Params` has `Default`.
    pub fn given_parameters(&self, operation: &Operation) -> Vec<usize> {
        let parameters = operation.parameters.iter().enumerate();
        let given =
            parameters.filter(|(_, it)| is_given(self.types(), it.ty, &it.presence, it.initial.is_some()));
        given.map(|(index, _)| index).collect()
    }
}

impl Struct {
    /// Whether nothing of it has to be given, as far as is known of the types in it.
    pub fn fills_itself(&self, types: &[Type]) -> bool {
        self.properties.iter().all(|property| match &property.kind {
            PropertyKind::Field { ty, presence, .. } => {
                !is_given(types, *ty, presence, property.initial.is_some())
            }
            PropertyKind::Constant { .. } => true,
        })
    }
}
