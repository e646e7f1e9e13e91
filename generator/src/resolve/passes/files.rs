//! The files of multipart forms: strings in the document, bytes with a name and a media type for those who send them.

use std::collections::HashSet;

use crate::ir::{Body, Content, Docs, Overrides, PropertyKind, Scalar, Shape, Type, TypeId, TypeRef};
use crate::resolve::draft::DraftGraph;

/// Gives the properties that are files the type of a file. Lists of files stay lists.
pub(super) fn run(draft: &mut DraftGraph) {
    let forms: Vec<(TypeId, HashSet<String>)> = draft
        .operations
        .iter()
        .flat_map(|operation| operation.body.iter().flat_map(Body::contents))
        .filter(|body| !body.files.is_empty())
        .filter_map(|body| match body.content {
            Content::Form(ty) => Some((draft.unaliased(ty.id), body.files.iter().cloned().collect())),
            Content::Json(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => None,
        })
        .collect();
    let mut file = None;
    for (form, names) in forms {
        let Some(shape) = draft.get(form).shape.as_struct() else { continue };
        let fields =
            shape.properties.iter().enumerate().filter(|(_, property)| names.contains(&property.wire));
        let fields = fields.filter_map(|(index, property)| match property.kind {
            PropertyKind::Field { ty, .. } => Some((index, ty)),
            PropertyKind::Constant { .. } => None,
        });
        for (index, ty) in fields.collect::<Vec<_>>() {
            let Some(of_file) = as_file(draft, ty, &mut file) else { continue };
            let Shape::Struct(shape) = &mut draft.get_mut(form).shape else { continue };
            if let Some(PropertyKind::Field { ty, .. }) =
                shape.properties.get_mut(index).map(|property| &mut property.kind)
            {
                *ty = of_file;
            }
        }
    }
}

/// What a string becomes, or a list of strings. `None` for what stays as it is.
fn as_file(draft: &mut DraftGraph, ty: TypeRef, file: &mut Option<TypeId>) -> Option<TypeRef> {
    let end = behind_aliases(draft, ty);
    match draft.get(end.id).shape {
        Shape::Scalar(Scalar::String | Scalar::Secret | Scalar::Base64) => {
            let id = *file.get_or_insert_with(|| add(draft, end.id, Shape::Scalar(Scalar::Binary)));
            Some(TypeRef { id, nullable: end.nullable })
        }
        Shape::List(item) => {
            let item = as_file(draft, item, file)?;
            let id = add(draft, end.id, Shape::List(item));
            Some(TypeRef { id, nullable: end.nullable })
        }
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => None,
    }
}

/// A loop of aliases ends where it is entered again.
fn behind_aliases(draft: &DraftGraph, ty: TypeRef) -> TypeRef {
    let mut at = ty;
    for _ in 0..draft.types.len() {
        let Some(target) = draft.get(at.id).shape.as_alias() else { break };
        at = TypeRef { id: target.id, nullable: at.nullable || target.nullable };
    }
    at
}

/// Adds an unnamed type in place of another type.
fn add(draft: &mut DraftGraph, instead: TypeId, shape: Shape) -> TypeId {
    let location = draft.get(instead).location.clone();
    draft.types.push(Type {
        name: None,
        docs: Docs::default(),
        location,
        shape,
        has_default: false,
        secret: false,
        constraints: Default::default(),
        overrides: Overrides::default(),
    });
    crate::resolve::convert::type_id(draft.types.len() - 1)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn binary_properties_of_a_form_are_files() {
        check!(
            "files",
            r#"
                paths:
                  /upload:
                    post:
                      requestBody:
                        content:
                          multipart/form-data:
                            schema:
                              type: object
                              properties:
                                one: { type: string, format: binary }
                                many: { type: array, items: { type: string, format: binary } }
                                note: { type: string }
                      responses: { "204": { description: Done } }
            "#,
            @r"
            files
              post_upload.body: struct
            -   one: string, optional
            -   many: [string], optional
            +   one: file, optional
            +   many: [file], optional
                note: string, optional
              POST /upload
                body multipart/form-data: post_upload.body
                Code(204) : -
            "
        );
    }

    #[test]
    fn the_same_schema_as_json_has_no_files() {
        check!(
            "files",
            r#"
                paths:
                  /upload:
                    post:
                      requestBody:
                        content:
                          application/json:
                            schema: { type: object, properties: { one: { type: string, format: binary } } }
                      responses: { "204": { description: Done } }
            "#,
            @r"
            files
              post_upload.body: struct
                one: string, optional
              POST /upload
                body application/json: post_upload.body
                Code(204) : -
            "
        );
    }
}
