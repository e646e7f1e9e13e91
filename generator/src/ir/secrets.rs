//! What the document calls secret, by name: for those who see texts without their types.

use std::collections::BTreeSet;

pub use modelsmith_runtime::known_secrets::compared_name;

use super::{Graph, PropertyKind, Scalar, SecretPlace, TypeRef};

/// The names of properties and parameters that are secret (`format: password`, `writeOnly`), and of the parameters, headers
/// and cookies that the secrets of security schemes are in; in lower case, without what stands between words.
pub fn secret_names(graph: &Graph) -> BTreeSet<String> {
    let is_secret = |ty: TypeRef| {
        let scalar = graph.get(graph.definition(ty.id)).shape.as_scalar();
        graph.is_secret(ty.id) || scalar == Some(Scalar::Secret)
    };
    let mut names = BTreeSet::new();
    for shape in graph.types().iter().filter_map(|ty| ty.shape.as_struct()) {
        for property in &shape.properties {
            match property.kind {
                PropertyKind::Field { ty, .. } if is_secret(ty) => {
                    names.insert(compared_name(&property.wire));
                }
                PropertyKind::Field { .. } | PropertyKind::Constant { .. } => {}
            }
        }
    }
    let parameters = graph.operations().iter().flat_map(|operation| &operation.parameters);
    names.extend(parameters.filter(|it| is_secret(it.ty)).map(|it| compared_name(&it.wire)));
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
