//! Names the modules of component schemas, which are also file names.

use super::Names;
use super::reserved;
use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::{Graph, Owner};

/// Names the module of every component for which something is emitted.
pub(super) fn assign_components(graph: &Graph, names: &mut Names) {
    let mut used: Vec<bool> = names.components.iter().map(|component| component.ident.is_some()).collect();
    for ty in &names.types {
        if let Some(Owner::Component(owner)) = ty.owner {
            used[owner] = true;
        }
    }
    let mut scope = Scope::new(Case::Module, &[reserved::MODULES]);
    let mut open = Vec::new();
    for (index, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        let text = match &names.components[index].ident {
            Some(ident) => ident.clone(),
            None => graph.components()[index].name.clone(),
        };
        let module = words::spell(&text, Case::Module);
        // `Pet` takes the module `pet`, and `PET` does not, whatever the order.
        if words::spell(&module, Case::Type) == text && scope.claim(&module) {
            names.components[index].module = Some(module);
        } else {
            open.push((index, module));
        }
    }
    for (index, module) in open {
        let suffixed = format!("{module}_model");
        names.components[index].module = Some(scope.claim_first(choices(module, suffixed)));
    }
}

/// The name, and the name to use if it is reserved.
fn choices(module: String, suffixed: String) -> Vec<String> {
    if reserved::MODULES.contains(&module.as_str()) { vec![suffixed] } else { vec![module] }
}
