//! Matches a JSON value with a type of the graph, as the emitted types read it.
//!
//! Defaults, examples and `diff` ask here, so that they agree with each other and with the runtime. The work is linear
//! in the size of the value times the number of branches that its unions have: what a type makes of a part of the value
//! is decided once and remembered (`decide.rs`), and only what was chosen is then written down (`describe.rs`).

mod content;
mod costs;
mod dates;
mod decide;
mod describe;
mod misfit;
mod misfits;
mod nodes;
mod omitted;
mod quick;
mod scalars;
mod unions;

pub use content::{Accepted, Content, Member, Part};
pub use misfit::{Misfit, Reason};
pub use misfits::{Found, Unnamed, Way, What};
pub use scalars::{enum_value, unnamed};

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use self::decide::{Decider, Decisions};
use self::describe::describe;
use self::nodes::Nodes;
use self::quick::Quick;
use super::{DateLibrary, Graph, PropertyKind, Shape, Struct, Type, TypeId, TypeRef};
use crate::diagnostics::Pointer;

/// What a type makes of a value. Of many values, ask an [`Interpreter`].
///
/// # Errors
/// When the type refuses the value: where, and why.
pub fn accept(graph: &Graph, ty: TypeRef, value: &Value) -> Result<Accepted, Misfit> {
    Interpreter::new(graph.types(), graph.libraries().dates).accept(ty, value)
}

/// Matches values with the types of one graph.
pub struct Interpreter<'g> {
    types: &'g [Type],
    dates: DateLibrary,
    /// By struct: its properties by name.
    properties: HashMap<TypeId, Arc<Properties<'g>>, Quick>,
    /// By enum: its strings.
    strings: HashMap<TypeId, HashMap<&'g str, usize>, Quick>,
    /// By alias: what it stands for in the end.
    aliases: HashMap<TypeId, TypeRef, Quick>,
    /// The table of decisions of the value before, empty: the next one need not make room for its own.
    spare: Decisions,
}

/// The properties of a struct, to be looked up.
struct Properties<'g> {
    by_name: HashMap<&'g str, usize>,
    /// Those without which an object is refused.
    required: Vec<usize>,
}

impl<'g> Interpreter<'g> {
    /// Of a draft too: its unions must say how they are read.
    pub fn new(types: &'g [Type], dates: DateLibrary) -> Self {
        Self {
            types,
            dates,
            properties: HashMap::default(),
            strings: HashMap::default(),
            aliases: HashMap::default(),
            spare: Decisions::default(),
        }
    }

    /// What a type makes of a value.
    ///
    /// # Errors
    /// When the type refuses the value: where, and why.
    pub fn accept(&mut self, ty: TypeRef, value: &Value) -> Result<Accepted, Misfit> {
        let Some(nodes) = Nodes::of(value) else {
            let at = Pointer::root();
            return Err(Misfit { at, ty: ty.id, property: None, reason: Reason::TooDeep, others: 0 });
        };
        let mut decider = Decider::new(self, &nodes);
        match decider.root(ty) {
            Ok(unread) => Ok(Accepted { content: describe(&mut decider, ty), unread }),
            Err(fault) => Err(fault.misfit(&nodes)),
        }
    }

    fn shape(&self, id: TypeId) -> &'g Shape {
        let types = self.types;
        &types[id.0 as usize].shape
    }

    /// The type behind aliases, and whether `null` is let in on the way. A loop of aliases ends with an alias.
    fn unaliased(&mut self, at: TypeRef) -> TypeRef {
        let Shape::Alias(target) = self.shape(at.id) else { return at };
        let end = match self.aliases.get(&at.id) {
            Some(end) => *end,
            None => {
                let mut end = *target;
                for _ in 0..self.types.len() {
                    let Shape::Alias(next) = self.shape(end.id) else { break };
                    end = TypeRef { id: next.id, nullable: end.nullable || next.nullable };
                }
                self.aliases.insert(at.id, end);
                end
            }
        };
        TypeRef { id: end.id, nullable: at.nullable || end.nullable }
    }

    fn properties(&mut self, id: TypeId, shape: &'g Struct) -> Arc<Properties<'g>> {
        let made = self.properties.entry(id).or_insert_with(|| {
            let mut by_name = HashMap::with_capacity(shape.properties.len());
            let mut required = Vec::new();
            for (index, property) in shape.properties.iter().enumerate() {
                by_name.entry(property.wire.as_str()).or_insert(index);
                let is_required = match &property.kind {
                    PropertyKind::Constant { required, .. } => *required,
                    PropertyKind::Field { presence, .. } => *presence == super::Presence::Required,
                };
                if is_required {
                    required.push(index);
                }
            }
            Arc::new(Properties { by_name, required })
        });
        Arc::clone(made)
    }
}
