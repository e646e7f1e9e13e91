//! Decides every Rust name, once, from the whole graph; afterwards names are only looked up.
//!
//! In each scope (the types, the fields of a struct, the modules of a folder) a text that is a name as it stands
//! claims it first, then the others claim theirs in document order, each trying its candidates from the shortest
//! on; a number is the last resort. So what is added to a document later renames nothing that was there, unless it
//! is exactly the name that something else had borrowed.

mod accessors;
mod client;
mod component;
mod derives;
mod members;
mod modules;
mod operation;
mod operation_module;
mod primitives;
mod reserved;
mod scope;
mod types;
mod words;

use crate::ir::{Graph, Owner, TypeId};
use crate::parallel;

pub(crate) use crate::words::same_words;
pub use client::{ClientNames, VariableNames};
pub(crate) use derives::{derives, map_type};
pub use operation::OperationNames;
pub use operation_module::operation_modules;
pub(crate) use primitives::{float_type, integer_type};

/// Every name of the emitted code.
#[derive(Debug, Clone)]
pub struct Names {
    types: Vec<TypeNames>,
    components: Vec<ComponentNames>,
    operations: Vec<OperationNames>,
    client: ClientNames,
}

/// The names that belong to one type.
#[derive(Debug, Clone, Default)]
struct TypeNames {
    ident: Option<String>,
    owner: Option<Owner>,
    /// By property, variant or value. A constant property's is never used.
    members: Vec<String>,
    /// The field of unknown properties, the variant of unknown tags or values.
    extra: Option<String>,
    /// The struct of what has to be given, where that is too much for arguments.
    required: Option<String>,
    /// By accessor of a union.
    accessors: Vec<String>,
}

/// The names that belong to one component schema.
#[derive(Debug, Clone, Default)]
struct ComponentNames {
    ident: Option<String>,
    module: Option<String>,
}

/// Names everything in the graph.
pub fn assign(graph: &Graph) -> Names {
    let mut names = Names {
        types: vec![TypeNames::default(); graph.types().len()],
        components: vec![ComponentNames::default(); graph.components().len()],
        operations: Vec::new(),
        client: client::assign(graph),
    };
    types::assign_components(graph, &mut names);
    operation::assign(graph, &mut names);
    modules::assign_components(graph, &mut names);
    let ids: Vec<TypeId> = (0..graph.types().len()).map(|index| TypeId(index as u32)).collect();
    let members = parallel::map(&ids, |id| members::assign(graph, &names, *id));
    for (names, (members, extra)) in names.types.iter_mut().zip(members) {
        names.members = members;
        names.extra = extra;
    }
    accessors::assign(graph, &mut names);
    names
}

impl Names {
    /// The type's name, unless it is spelled by its structure.
    pub fn type_ident(&self, id: TypeId) -> Option<&str> {
        self.types.get(id.0 as usize)?.ident.as_deref()
    }

    /// Whose file a named type stands in.
    pub fn owner(&self, id: TypeId) -> Option<Owner> {
        self.types.get(id.0 as usize)?.owner
    }

    /// The path of a named type from the root of the emitted crate (`Widget`, `operations::get_widget::Body`).
    pub fn type_path(&self, id: TypeId) -> Option<String> {
        let ident = self.type_ident(id)?;
        match self.owner(id)? {
            Owner::Component(_) => Some(ident.to_owned()),
            Owner::Operation(index) => Some(format!("operations::{}::{ident}", self.operation(index).module)),
        }
    }

    /// The name of a property's field, of a variant, or of an enum's value, by its index.
    pub fn member(&self, id: TypeId, index: usize) -> &str {
        self.types.get(id.0 as usize).and_then(|names| names.members.get(index)).map_or("", String::as_str)
    }

    /// The struct's field for properties that the schema does not name, or the variant for tags or values that it
    /// does not name. Empty when the type has no such thing.
    pub fn extra(&self, id: TypeId) -> &str {
        self.types.get(id.0 as usize).and_then(|names| names.extra.as_deref()).unwrap_or("")
    }

    /// The method of a union for what its variants share, by the accessor's index.
    pub fn accessor(&self, id: TypeId, index: usize) -> Option<&str> {
        let name = self.types.get(id.0 as usize)?.accessors.get(index)?;
        (!name.is_empty()).then_some(name)
    }

    /// The struct that `new` takes of a struct of which more has to be given than arguments can be read.
    pub fn required_ident(&self, id: TypeId) -> Option<&str> {
        self.types.get(id.0 as usize)?.required.as_deref()
    }

    /// The Rust name of a component schema: its type's own name, or the alias that is emitted for it. `None` when the
    /// component has no name of its own (the other side of a pair that became one type).
    pub fn component_ident(&self, index: usize) -> Option<&str> {
        self.components.get(index)?.ident.as_deref()
    }

    /// The module, and so the file, of a component schema, if anything is emitted into it.
    pub fn component_module(&self, index: usize) -> Option<&str> {
        self.components.get(index)?.module.as_deref()
    }

    /// The names that belong to the client.
    pub fn client(&self) -> &ClientNames {
        &self.client
    }

    /// The names that belong to an operation.
    pub fn operation(&self, index: usize) -> &OperationNames {
        // `assign` makes one for every operation of the graph that the index comes from.
        &self.operations[index]
    }
}

/// The name of a type that is made from a text.
pub fn type_name(text: &str) -> String {
    words::spell(text, words::Case::Type)
}

/// A name of the settings as a type can have it: of the names that [`type_name`] gives, `Self` is the one that none can.
pub(crate) fn given_name(name: &str) -> String {
    if name == "Self" { "Self_".to_owned() } else { name.to_owned() }
}

/// Whether emitted code means something else by the name.
pub fn is_reserved_type(name: &str) -> bool {
    reserved::TYPES.contains(&name)
}
