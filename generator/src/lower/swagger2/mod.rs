//! What Swagger 2.0 says about bodies: `in: body`, `in: formData`, `consumes`, `produces`.

use super::bodies;
use super::hoist::{self, Kind};
use super::parameters;
use super::refs;
use super::schema::{self, Moved};
use super::{At, Lowering, Target};
use crate::document::{Content, Copied as _, MediaType, Ref, RequestBody, SchemaRef};
use crate::load::{Object, Tree};

/// Whether an element of `parameters` is a body or a form field.
pub fn is_body_parameter<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>) -> bool {
    let target = parameter_target(lowering, tree, at);
    let tree = target.as_ref().map_or(tree, |target| target.tree);
    matches!(tree.get("in").and_then(Tree::as_str), Some("body" | "formData"))
}

fn parameter_target<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>) -> Option<Target<'t>> {
    let reference = tree.get("$ref")?.as_str()?;
    refs::follow(lowering, Kind::Inline, at.file, at.resource, reference).ok()
}

/// The body of an operation, from its own parameters and those of its path item.
pub fn swagger_body<'t>(
    lowering: &mut Lowering<'t, '_>,
    operation: &'t Object,
    shared: Option<&'t Tree>,
    item: &At<'_>,
    at: &At<'_>,
) -> Option<Ref<RequestBody>> {
    let consumes = std::mem::replace(&mut lowering.consumes, operation.get("consumes"));
    let mut fields: Vec<(Target<'t>, &'t Object)> = Vec::new();
    let mut body = None;
    for (list, owner) in [(operation.get("parameters"), at), (shared, item)] {
        let Some(list) = list else { continue };
        parameters::each_parameter(lowering, list, owner, &mut |this, tree, here, _, _| {
            let target = parameter_target(this, tree, here).unwrap_or_else(|| Target {
                file: here.file,
                pointer: here.pointer(),
                tree,
                resource: here.resource,
            });
            let Some(members) = target.tree.as_object() else { return };
            let name = members.get("name");
            match members.get("in").and_then(Tree::as_str) {
                Some("body") if body.is_none() => {
                    body = swagger_body_item(this, target.tree, &target.at(), Moved::Yes);
                }
                Some("formData") if !fields.iter().any(|(_, field)| field.get("name") == name) => {
                    fields.push((target, members));
                }
                _ => {}
            }
        });
    }
    let body = body.or_else(|| form(lowering, &fields, at));
    lowering.consumes = consumes;
    body.map(Ref::Item)
}

/// A parameter with `in: body` as a request body.
pub fn swagger_body_item<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<RequestBody> {
    let members = bodies::object_here(lowering, tree, at, "a parameter")?;
    let mut body = RequestBody::default();
    if moved == Moved::Yes {
        body.source = Some(at.location());
    }
    for (key, value) in members.iter() {
        match key {
            "description" => body.description = lowering.text(value, at, key),
            "required" => body.required = lowering.flag(value, at, key),
            _ => {}
        }
    }
    let media_types = media_types(lowering, lowering.consumes, "consumes");
    body.content = match members.get("schema") {
        Some(schema) => same_for_all(lowering, &media_types, schema, &at.key("schema")),
        None => media_types.into_iter().map(|name| (name, MediaType::default())).collect(),
    };
    Some(body)
}

/// The content of a response with a schema.
pub fn swagger_response_content<'t>(
    lowering: &mut Lowering<'t, '_>,
    schema: &'t Tree,
    at: &At<'_>,
) -> Content {
    let media_types = media_types(lowering, lowering.produces, "produces");
    same_for_all(lowering, &media_types, schema, at)
}

/// The media types of an operation, or else those of the document.
fn media_types<'t>(lowering: &Lowering<'t, '_>, own: Option<&'t Tree>, key: &str) -> Vec<String> {
    let list = own.or_else(|| lowering.root.get(key)).and_then(Tree::as_array).unwrap_or_default();
    let mut names: Vec<String> = Vec::with_capacity(list.len());
    for name in list.iter().filter_map(Tree::as_str) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        names.push("application/json".to_owned());
    }
    names
}

fn same_for_all<'t>(
    lowering: &mut Lowering<'t, '_>,
    names: &[String],
    tree: &'t Tree,
    at: &At<'_>,
) -> Content {
    let schema = match names {
        [_, _, ..] if tree.get("$ref").is_none() => {
            // One model serves all media types.
            let target = Target { file: at.file, pointer: at.pointer(), tree, resource: at.resource };
            let name = hoist::hoist(lowering, Kind::Schema, target);
            schema::reference_to(lowering, name.to_string())
        }
        _ => schema::schema(lowering, tree, at, Moved::Yes),
    };
    let media_type = MediaType { schema: Some(schema), ..MediaType::default() };
    names.iter().map(|name| (name.clone(), media_type.copied(&mut lowering.ids))).collect()
}

/// Form fields as one object.
fn form<'t>(
    lowering: &mut Lowering<'t, '_>,
    fields: &[(Target<'t>, &'t Object)],
    at: &At<'_>,
) -> Option<RequestBody> {
    if fields.is_empty() {
        return None;
    }
    let mut object = schema::new_schema(lowering, &at.key("parameters"), Moved::Yes);
    object.keywords.typ = Some("object".to_owned());
    let mut has_file = false;
    for (target, members) in fields {
        let Some(name) = members.get("name").and_then(Tree::as_str) else { continue };
        has_file |= members.get("type").and_then(Tree::as_str) == Some("file");
        let place = target.at();
        let mut schema = parameters::flat_schema(lowering, members, &place);
        if let (SchemaRef::Schema(schema), Some(text)) = (&mut schema, members.get("description")) {
            schema.description = lowering.text(text, &place, "description");
        }
        if members.get("required").and_then(Tree::as_bool) == Some(true) {
            object.keywords.required.push(name.to_owned());
        }
        object.keywords.properties.insert(name.to_owned(), schema);
    }
    let form =
        |name: &&String| matches!(name.as_str(), "multipart/form-data" | "application/x-www-form-urlencoded");
    let named: Vec<String> = media_types(lowering, lowering.consumes, "consumes");
    let default = if has_file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    let media_type = named.iter().find(form).cloned().unwrap_or_else(|| default.to_owned());
    let required = !object.keywords.required.is_empty();
    let media = MediaType { schema: Some(object.into()), ..MediaType::default() };
    Some(RequestBody { content: Content::from([(media_type, media)]), required, ..RequestBody::default() })
}
