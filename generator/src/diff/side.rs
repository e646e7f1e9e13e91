//! One of the two generations as its users see it: its names and how its types are written.

use std::collections::{HashMap, HashSet};

use super::model::What;
use super::phrase::counted;
use crate::diagnostics::Location;
use crate::ir::{Docs, Graph, Literal, Need, Owner, Presence, Property, Shape, TypeId, TypeRef};
use crate::naming::Names;
use crate::report::{spell, spell_structure};

/// A generation to be compared, returned by [`Output::compiled`](crate::Output::compiled).
#[derive(Debug, Clone, Copy)]
pub struct Compiled<'a> {
    /// The emitted types and operations.
    pub(crate) graph: &'a Graph,
    /// Their names.
    pub(crate) names: &'a Names,
    /// The methods that are emitted.
    pub(crate) methods: Methods,
}

/// The methods that the settings ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Methods {
    /// `new` of structs and `Params`.
    pub(crate) constructors: bool,
    /// Conversions into unions, and methods for fields that all variants share.
    pub(crate) of_unions: bool,
}

impl<'a> Compiled<'a> {
    /// Creates a generation from what was emitted.
    pub(crate) fn new(graph: &'a Graph, names: &'a Names, methods: Methods) -> Self {
        Self { graph, names, methods }
    }
}

/// A named item of the models that is not an operation.
pub(super) struct Named<'a> {
    /// The path from the root of the emitted crate.
    pub(super) path: String,
    pub(super) is: Is,
    pub(super) docs: Option<&'a Docs>,
    pub(super) location: &'a Location,
    pub(super) owner: Owner,
    /// The steps to it from the schema of its owner, or none for that schema itself.
    pub(super) steps: &'a [String],
}

/// The type that a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Is {
    /// A type of its own.
    Type(TypeId),
    /// An alias of this use of a type.
    Alias(TypeRef),
    /// An alias of the structure of this type.
    Structure(TypeId),
}

/// A generation with the lookup tables of the comparison.
pub(super) struct Side<'a> {
    pub(super) graph: &'a Graph,
    pub(super) names: &'a Names,
    pub(super) methods: Methods,
    /// The named items, in document order.
    pub(super) named: Vec<Named<'a>>,
    by_path: HashMap<String, usize>,
    /// The index of the name of each type of its own.
    by_type: HashMap<TypeId, usize>,
    /// The needs of properties when sending and when reading, where these differ.
    needs: HashMap<(TypeId, &'a str), (Need, Need)>,
}

impl<'a> Side<'a> {
    pub(super) fn new(compiled: Compiled<'a>) -> Self {
        let named = inventory(compiled.graph, compiled.names);
        let by_path = named.iter().enumerate().map(|(index, named)| (named.path.clone(), index)).collect();
        let needs = compiled.graph.sides().iter().flat_map(|sides| {
            sides.properties.iter().map(|it| ((sides.ty, it.wire.as_str()), (it.sent, it.read)))
        });
        let by_type = named.iter().enumerate().filter_map(|(index, named)| match named.is {
            Is::Type(id) => Some((id, index)),
            Is::Alias(_) | Is::Structure(_) => None,
        });
        let by_type = by_type.collect();
        let Compiled { graph, names, methods } = compiled;
        Self { graph, names, methods, named, by_path, by_type, needs: needs.collect() }
    }

    /// Whether a struct needs a property when sending and when reading.
    pub(super) fn needs(&self, id: TypeId, property: &Property) -> (Need, Need) {
        let own = Need::of(property);
        self.needs.get(&(id, property.wire.as_str())).copied().unwrap_or((own, own))
    }

    /// The index of the item with this path.
    pub(super) fn find(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The index of the name of a type of its own, after following aliases.
    pub(super) fn index_of(&self, id: TypeId) -> Option<usize> {
        self.by_type.get(&self.graph.definition(id)).copied()
    }

    /// The type that a name stands for after following aliases. It is nullable if any of these is.
    pub(super) fn meaning(&self, is: Is) -> TypeRef {
        let at = match is {
            Is::Type(id) | Is::Structure(id) => TypeRef { id, nullable: false },
            Is::Alias(at) => at,
        };
        self.graph.unaliased(at)
    }

    /// Whether a name stands for a `Secret`.
    pub(super) fn is_secret(&self, is: Is) -> bool {
        match is {
            Is::Type(id) | Is::Structure(id) => self.graph.is_secret(id),
            Is::Alias(at) => self.graph.is_secret(at.id),
        }
    }

    pub(super) fn shape(&self, id: TypeId) -> &'a Shape {
        &self.graph.get(id).shape
    }

    /// The kind of a named item.
    pub(super) fn what(&self, is: Is) -> What {
        match is {
            Is::Alias(_) | Is::Structure(_) => What::Alias,
            Is::Type(id) => match self.shape(id) {
                Shape::Struct(_) => What::Struct,
                Shape::Union(_) => What::Union,
                Shape::Enum(_) => What::Enum,
                Shape::Newtype { .. } => What::Newtype,
                Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::External(_)
                | Shape::Any(_) => What::Alias,
            },
        }
    }

    /// A short form of the type that a name stands for.
    pub(super) fn spell_named(&self, is: Is) -> String {
        match is {
            Is::Type(id) => self.spell(TypeRef { id, nullable: false }),
            Is::Alias(at) => self.spell(at),
            Is::Structure(id) => spell_structure(self.graph, self.names, id),
        }
    }

    /// Describes a named item that was added or removed.
    pub(super) fn described(&self, is: Is) -> String {
        match is {
            Is::Type(id) => self.describe(TypeRef { id, nullable: false }),
            Is::Alias(_) | Is::Structure(_) => format!("alias of {}", self.spell_named(is)),
        }
    }

    /// Describes a type by its kind, or by how it is written.
    pub(super) fn describe(&self, at: TypeRef) -> String {
        let described = match self.shape(at.id) {
            Shape::Struct(shape) => {
                format!("struct, {}", counted(shape.properties.len(), "property", "properties"))
            }
            Shape::Union(shape) => format!("union, {}", counted(shape.variants.len(), "variant", "variants")),
            Shape::Enum(shape) => format!("enum, {}", counted(shape.values.len(), "value", "values")),
            Shape::Newtype { content, .. } => format!("newtype of {}", self.spell(*content)),
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => spell_structure(self.graph, self.names, at.id),
        };
        if at.nullable { format!("{described}, or null") } else { described }
    }

    /// A use of a type as it is written, without the paths of modules.
    pub(super) fn spell(&self, at: TypeRef) -> String {
        if at.nullable && self.nullable(TypeRef { id: at.id, nullable: false }) {
            // The alias contains the `Option`.
            return spell(self.graph, self.names, TypeRef { id: at.id, nullable: false });
        }
        spell(self.graph, self.names, at)
    }

    /// The type of a field, as `emit` writes it.
    pub(super) fn spell_field(&self, at: TypeRef, presence: &Presence, boxed: bool) -> String {
        let bare = self.spell(TypeRef { id: at.id, nullable: false });
        let hidden = self.nullable(TypeRef { id: at.id, nullable: false });
        let content = if boxed { format!("Box<{bare}>") } else { bare };
        match presence {
            Presence::ThreeState => format!("Patch<{content}>"),
            Presence::Optional if !hidden => format!("Option<{content}>"),
            Presence::Required | Presence::Default(_) if at.nullable && !hidden => {
                format!("Option<{content}>")
            }
            Presence::Required | Presence::Default(_) | Presence::Optional => content,
        }
    }

    /// Whether `null` is a value here, because of the use itself or of an alias.
    pub(super) fn nullable(&self, at: TypeRef) -> bool {
        self.graph.unaliased(at).nullable
    }

    /// A constant as JSON.
    pub(super) fn json(&self, value: &Literal) -> serde_json::Value {
        value.json(self.graph)
    }
}

fn inventory<'a>(graph: &'a Graph, names: &Names) -> Vec<Named<'a>> {
    let mut of_components: Vec<Vec<Named>> = Vec::new();
    of_components.resize_with(graph.components().len(), Vec::new);
    let mut of_operations = Vec::new();
    let mut taken = HashSet::new();
    for (index, ty) in graph.types().iter().enumerate() {
        let id = TypeId(index as u32);
        let (Some(path), Some(owner)) = (names.type_path(id), names.owner(id)) else { continue };
        taken.insert(path.clone());
        let is = match &ty.shape {
            Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => Is::Type(id),
            Shape::Alias(_) if ty.secret => Is::Structure(id),
            Shape::Alias(target) => Is::Alias(*target),
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::External(_)
            | Shape::Any(_) => Is::Structure(id),
        };
        let steps = ty.name.as_ref().map_or(&[][..], |hint| &hint.path);
        let named = Named { path, is, docs: Some(&ty.docs), location: &ty.location, owner, steps };
        match owner {
            Owner::Component(component) => of_components[component].push(named),
            Owner::Operation(operation) => of_operations.push((operation, named)),
        }
    }
    for (index, component) in graph.components().iter().enumerate() {
        let Some(path) = names.component_ident(index).filter(|ident| !taken.contains(*ident)) else {
            continue;
        };
        let owner = Owner::Component(index);
        let named = Named {
            path: path.to_owned(),
            is: Is::Alias(component.ty),
            docs: None,
            location: &component.location,
            owner,
            steps: &[],
        };
        of_components[index].insert(0, named);
    }
    of_operations.sort_by_key(|(operation, _)| *operation);
    of_components.into_iter().flatten().chain(of_operations.into_iter().map(|(_, named)| named)).collect()
}
