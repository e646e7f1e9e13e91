//! Emits the lists of modules and their exports.
//!
//! Every export is listed by name. rustc resolves globs again for each glob that it finds, so a document with thousands
//! of schemas would take minutes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Unit;
use super::file::{ALLOW_DEPRECATED, Context, DEPRECATED, use_list};
use super::package::indent;
use crate::ir::{Graph, Owner, PropertyKind, Shape, Type, TypeId};

/// The names of the types that a unit exports to the modules around it. Those of an operation stay in its module.
pub(super) fn exports<'a>(cx: Context<'a>, owner: Owner, types: &[TypeId]) -> BTreeSet<&'a str> {
    match owner {
        Owner::Component(index) => {
            let own = types.iter().filter_map(|&id| cx.names.type_ident(id));
            let required = types.iter().filter_map(|&id| cx.required_ident(id));
            own.chain(cx.names.component_ident(index)).chain(required).collect()
        }
        Owner::Operation(_) => BTreeSet::new(),
    }
}

/// `models.rs`: the modules of the component schemas, and the names of their types.
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
        // Without `self` a module with the name of a crate would be ambiguous.
        out.push_str(&use_list("pub use", &format!("self::{}", unit.module), &unit.exports));
    }
    out
}

/// `operations.rs`: the modules of the operations.
pub(super) fn operations(graph: &Graph, header: &str, units: &[Unit<'_>]) -> String {
    let mut out = format!(
        "{header}\n//! One module per operation: its parameters, its body, its responses. `Response::Other` is a response\n\
         //! with an undeclared status, or whose body does not match its declaration, unchanged.\n\n"
    );
    for unit in units.iter().filter(|unit| matches!(unit.owner, Owner::Operation(_))) {
        if deprecated_operation(graph, unit.owner) {
            let _ = writeln!(out, "{DEPRECATED}");
        }
        let _ = writeln!(out, "pub mod {};", unit.module);
    }
    out
}

/// The exports of `models` in the root.
pub(super) fn of_the_root(units: &[Unit<'_>]) -> String {
    let names = components(units).flat_map(|unit| unit.exports.iter().copied()).collect();
    let list = use_list("pub use", "models", &names);
    if list.is_empty() { list } else { format!("\n{list}") }
}

fn components<'a>(units: &'a [Unit<'a>]) -> impl Iterator<Item = &'a Unit<'a>> {
    units.iter().filter(|unit| matches!(unit.owner, Owner::Component(_)))
}

/// Whether the owner of a unit is a deprecated operation.
pub(super) fn deprecated_operation(graph: &Graph, owner: Owner) -> bool {
    match owner {
        Owner::Operation(index) => graph.operations()[index].docs.deprecated,
        Owner::Component(_) => false,
    }
}

/// Whether any emitted item is deprecated.
pub(super) fn has_deprecated(graph: &Graph) -> bool {
    let of_member = |ty: &Type| match &ty.shape {
        Shape::Struct(shape) => shape.properties.iter().any(|property| match property.kind {
            PropertyKind::Field { .. } => property.docs.deprecated,
            PropertyKind::Constant { .. } => false,
        }),
        Shape::Union(shape) => shape.variants.iter().any(|variant| variant.docs.deprecated),
        Shape::Enum(shape) => shape.values.iter().any(|value| value.docs.deprecated),
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => false,
    };
    graph.types().iter().any(|ty| ty.docs.deprecated || of_member(ty))
        || graph.operations().iter().any(|operation| {
            let parameters = operation.parameters.iter().any(|parameter| parameter.docs.deprecated);
            let body = operation.body.as_ref().is_some_and(|body| body.docs.deprecated);
            let headers = operation.headers.iter().any(|header| header.docs.deprecated);
            operation.docs.deprecated || parameters || body || headers
        })
}

/// The items of a single file in an inner module. An included file cannot have inner attributes, so the compiler would
/// warn about each use of a deprecated item.
pub(super) fn within_one(graph: &Graph, units: &[Unit<'_>], items: &str) -> String {
    let mut out = format!("\n#[{ALLOW_DEPRECATED}]\nmod emitted {{");
    indent(&mut out, items, 1);
    let mut names: BTreeSet<&str> = components(units).flat_map(|unit| unit.exports.iter().copied()).collect();
    names.insert("runtime");
    if items.contains("\npub mod client {\n") {
        names.insert("client");
    }
    if !graph.operations().is_empty() {
        names.insert("operations");
    }
    out.push_str("}\n\n#[allow(deprecated, unused_imports, reason = \"everything is exported\")]\n");
    out + &use_list("pub use", "self::emitted", &names)
}
