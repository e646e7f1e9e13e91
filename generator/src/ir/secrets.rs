//! What the document calls secret, by name: for those who see texts without their types.

use std::collections::BTreeSet;

pub use modelsmith_runtime::known_secrets::compared_name;

use super::{Graph, PropertyKind, Rest, Scalar, SecretPlace, Shape, TypeId, TypeRef};

/// The types whose values are secret (`format: password`, `writeOnly`), or have a secret in them that has no name of its
/// own: lists, maps, tuples and unions of secrets. The fields of structs have names.
#[derive(Debug, Clone)]
pub struct SecretTypes(Vec<bool>);

impl SecretTypes {
    /// Those of a graph.
    pub fn of(graph: &Graph) -> Self {
        let types = graph.types();
        let mut used_by = vec![Vec::new(); types.len()];
        let mut open = Vec::new();
        for (index, ty) in types.iter().enumerate() {
            for part in unnamed_parts(&ty.shape) {
                if let Some(users) = used_by.get_mut(part.0 as usize) {
                    users.push(index);
                }
            }
            if ty.secret || ty.shape.as_scalar() == Some(Scalar::Secret) {
                open.push(index);
            }
        }
        let mut secret = vec![false; types.len()];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut secret[index], true) {
                open.extend(&used_by[index]);
            }
        }
        Self(secret)
    }

    /// Whether a type is one of them.
    pub fn has(&self, ty: TypeRef) -> bool {
        self.0.get(ty.id.0 as usize).copied().unwrap_or_default()
    }
}

/// The types of the parts of a value that do not have a name in the document.
fn unnamed_parts(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Struct(shape) => match shape.rest {
            Rest::Keep(ty) => vec![ty.id],
            Rest::Ignore | Rest::Deny => Vec::new(),
        },
        Shape::Union(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::Enum(_)
        | Shape::Scalar(_)
        | Shape::External(_)
        | Shape::Any(_) => shape.mentions(),
    }
}

/// The names of properties, parameters and headers of responses whose types are secret, and of the parameters, headers
/// and cookies that the secrets of security schemes are in; in lower case, without what stands between words.
pub fn secret_names(graph: &Graph) -> BTreeSet<String> {
    let types = SecretTypes::of(graph);
    let mut names = BTreeSet::new();
    for shape in graph.types().iter().filter_map(|ty| ty.shape.as_struct()) {
        for property in &shape.properties {
            match property.kind {
                PropertyKind::Field { ty, .. } if types.has(ty) => {
                    names.insert(compared_name(&property.wire));
                }
                PropertyKind::Field { .. } | PropertyKind::Constant { .. } => {}
            }
        }
    }
    for operation in graph.operations() {
        let parameters = operation.parameters.iter().map(|it| (&it.wire, it.ty));
        let headers = operation.headers.iter().map(|it| (&it.wire, it.ty));
        let secret = parameters.chain(headers).filter(|(_, ty)| types.has(*ty));
        names.extend(secret.map(|(name, _)| compared_name(name)));
    }
    for scheme in &graph.api().schemes {
        match &scheme.place {
            SecretPlace::Header(name) | SecretPlace::Query(name) | SecretPlace::Cookie(name) => {
                names.insert(compared_name(name));
            }
            SecretPlace::Bearer | SecretPlace::Basic | SecretPlace::Authorization(_) => {}
        }
    }
    names.remove("");
    names
}
