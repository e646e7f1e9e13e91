//! The lists of modules, and what they export.
//!
//! Every export is named. rustc resolves globs again for each glob that it finds, so that a document with thousands of
//! schemas would take minutes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Unit;
use super::file::{Context, use_list};
use crate::ir::{Owner, TypeId};

/// The names of the types that a unit exports to the modules around it. Those of an operation stay in its module.
pub(super) fn exports<'a>(cx: Context<'a>, owner: Owner, types: &[TypeId]) -> BTreeSet<&'a str> {
    match owner {
        Owner::Component(index) => {
            let own = types.iter().filter_map(|&id| cx.names.type_ident(id));
            own.chain(cx.names.component_ident(index)).collect()
        }
        Owner::Operation(_) => BTreeSet::new(),
    }
}

/// `models.rs`: the modules of the component schemas, and the names of what is in them.
pub(super) fn models(header: &str, units: &[Unit<'_>]) -> String {
    let mut out = format!(
        "{header}\n//! One module per schema, in the order of the document; their types are exported.\n\n"
    );
    if components(units).any(|unit| unit.uses_runtime) {
        out.push_str("use super::runtime;\n\n");
    }
    for unit in components(units) {
        let _ = writeln!(out, "mod {};", unit.module);
    }
    if components(units).next().is_some() {
        out.push('\n');
    }
    for unit in components(units) {
        // Without `self` a module called like a crate would be ambiguous.
        out.push_str(&use_list("pub use", &format!("self::{}", unit.module), &unit.exports));
    }
    out
}

/// `operations.rs`: the modules of the operations.
pub(super) fn operations(header: &str, units: &[Unit<'_>]) -> String {
    let mut out = format!(
        "{header}\n//! One module per operation: its parameters, its body, its responses. `Response::Other` is a\n\
         //! status that the document does not name, with the body as it came.\n\n"
    );
    for unit in units.iter().filter(|unit| matches!(unit.owner, Owner::Operation(_))) {
        let _ = writeln!(out, "pub mod {};", unit.module);
    }
    out
}

/// What the root exports of `models`.
pub(super) fn of_the_root(units: &[Unit<'_>]) -> String {
    let names = components(units).flat_map(|unit| unit.exports.iter().copied()).collect();
    let list = use_list("pub use", "models", &names);
    if list.is_empty() { list } else { format!("\n{list}") }
}

fn components<'a>(units: &'a [Unit<'a>]) -> impl Iterator<Item = &'a Unit<'a>> {
    units.iter().filter(|unit| matches!(unit.owner, Owner::Component(_)))
}
