//! Decides every Rust name once, from the whole graph. Later stages only look names up.
//!
//! In each scope (the types, the fields of a struct, the modules of a folder) texts that are already valid names are
//! claimed first. The others follow in document order, each trying its candidates, the shortest first; a number is the
//! last resort. So an addition to a document renames no existing item, unless its text is exactly the name that another
//! item was given.

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

/// The names of a type and its members.
#[derive(Debug, Clone, Default)]
struct TypeNames {
    ident: Option<String>,
    owner: Option<Owner>,
    /// By property, variant or value. The name of a constant property is not used.
    members: Vec<String>,
    /// The field of unknown properties, the variant of unknown tags or values.
    extra: Option<String>,
    /// The struct of the required fields, if these are too many for arguments.
    required: Option<String>,
    /// By accessor of a union.
    accessors: Vec<String>,
}

/// The names of a component schema.
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

    /// The owner of the file that contains a named type.
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

    /// The field for undeclared properties of a struct, or the variant for undeclared tags or values. Empty if the type
    /// has neither.
    pub fn extra(&self, id: TypeId) -> &str {
        self.types.get(id.0 as usize).and_then(|names| names.extra.as_deref()).unwrap_or("")
    }

    /// The name of a union's accessor, by index.
    pub fn accessor(&self, id: TypeId, index: usize) -> Option<&str> {
        let name = self.types.get(id.0 as usize)?.accessors.get(index)?;
        (!name.is_empty()).then_some(name)
    }

    /// The struct that `new` takes, if a struct has too many required fields for arguments.
    pub fn required_ident(&self, id: TypeId) -> Option<&str> {
        self.types.get(id.0 as usize)?.required.as_deref()
    }

    /// The Rust name of a component schema: the name of its type, or of the alias that is emitted for it. `None` if the
    /// component is the other side of a pair that became one type.
    pub fn component_ident(&self, index: usize) -> Option<&str> {
        self.components.get(index)?.ident.as_deref()
    }

    /// The module of a component schema, which is also its file name, if anything is emitted for it.
    pub fn component_module(&self, index: usize) -> Option<&str> {
        self.components.get(index)?.module.as_deref()
    }

    /// The names of the client.
    pub fn client(&self) -> &ClientNames {
        &self.client
    }

    /// The names of an operation.
    pub fn operation(&self, index: usize) -> &OperationNames {
        // `assign` has named every operation of the graph.
        &self.operations[index]
    }
}

/// Makes a type name from a text.
pub fn type_name(text: &str) -> String {
    words::spell(text, words::Case::Type)
}

/// Makes a type name from a name in the settings: only `Self` has to change.
pub(crate) fn given_name(name: &str) -> String {
    if name == "Self" { "Self_".to_owned() } else { name.to_owned() }
}

/// Whether emitted code uses the name for something else.
pub fn is_reserved_type(name: &str) -> bool {
    reserved::TYPES.contains(&name)
}
