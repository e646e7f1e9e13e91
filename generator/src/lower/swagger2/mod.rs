//! What Swagger 2.0 says about bodies: `in: body`, `in: formData`, `consumes`, `produces`.

use indexmap::IndexMap;
use openapiv3::{AnySchema, MediaType, ReferenceOr, RequestBody, Schema};

use super::hoist::Kind;
use super::schema::{Moved, schema_of};
use super::{At, Lowering, Target};
use crate::document::Marks as _;
use crate::load::{Object, Tree};

impl<'t> Lowering<'t, '_> {
    /// Whether an element of `parameters` is a body or a form field.
    pub fn is_body_parameter(&mut self, tree: &'t Tree, at: &At<'_>) -> bool {
        let target = self.parameter_target(tree, at);
        let tree = target.as_ref().map_or(tree, |target| target.tree);
        matches!(tree.get("in").and_then(Tree::as_str), Some("body" | "formData"))
    }

    fn parameter_target(&mut self, tree: &'t Tree, at: &At<'_>) -> Option<Target<'t>> {
        let reference = tree.get("$ref")?.as_str()?;
        self.follow(Kind::Inline, at.file, at.resource, reference).ok()
    }

    /// The body of an operation, from its own parameters and those of its path item.
    pub fn swagger_body(
        &mut self,
        operation: &'t Object,
        shared: Option<&'t Tree>,
        item: &At<'_>,
        at: &At<'_>,
    ) -> Option<ReferenceOr<RequestBody>> {
        let consumes = std::mem::replace(&mut self.consumes, operation.get("consumes"));
        let mut fields: Vec<(Target<'t>, &'t Object)> = Vec::new();
        let mut body = None;
        for (list, owner) in [(operation.get("parameters"), at), (shared, item)] {
            let Some(list) = list else { continue };
            self.each_parameter(list, owner, &mut |this, tree, here, _, _| {
                let target = this.parameter_target(tree, here).unwrap_or_else(|| Target {
                    file: here.file,
                    pointer: here.pointer(),
                    tree,
                    resource: here.resource,
                });
                let Some(members) = target.tree.as_object() else { return };
                let name = members.get("name");
                match members.get("in").and_then(Tree::as_str) {
                    Some("body") if body.is_none() => {
                        body = this.swagger_body_item(target.tree, &target.at(), Moved::Yes);
                    }
                    Some("formData") if !fields.iter().any(|(_, field)| field.get("name") == name) => {
                        fields.push((target, members));
                    }
                    _ => {}
                }
            });
        }
        let body = body.or_else(|| self.form(&fields, at));
        self.consumes = consumes;
        body.map(ReferenceOr::Item)
    }

    /// A parameter with `in: body` as a request body.
    pub fn swagger_body_item(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<RequestBody> {
        let members = self.object_here(tree, at, "a parameter")?;
        let mut body = RequestBody::default();
        if moved == Moved::Yes {
            body.extensions.mark_source(&at.location());
        }
        for (key, value) in members.iter() {
            match key {
                "description" => body.description = self.text(value, at, key),
                "required" => body.required = self.flag(value, at, key),
                _ => {}
            }
        }
        let media_types = self.media_types(self.consumes, "consumes");
        body.content = match members.get("schema") {
            Some(schema) => self.same_for_all(&media_types, schema, &at.key("schema")),
            None => media_types.into_iter().map(|name| (name, MediaType::default())).collect(),
        };
        Some(body)
    }

    /// The content of a response with a schema.
    pub fn swagger_response_content(&mut self, schema: &'t Tree, at: &At<'_>) -> IndexMap<String, MediaType> {
        let media_types = self.media_types(self.produces, "produces");
        self.same_for_all(&media_types, schema, at)
    }

    /// The media types of an operation, or else those of the document.
    fn media_types(&self, own: Option<&'t Tree>, key: &str) -> Vec<String> {
        let list = own.or_else(|| self.root.get(key)).and_then(Tree::as_array).unwrap_or_default();
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

    fn same_for_all(&mut self, names: &[String], tree: &'t Tree, at: &At<'_>) -> IndexMap<String, MediaType> {
        let schema = match names {
            [_, _, ..] if tree.get("$ref").is_none() => {
                // One model serves all media types.
                let target = Target { file: at.file, pointer: at.pointer(), tree, resource: at.resource };
                let name = self.hoist(Kind::Schema, target);
                ReferenceOr::Reference { reference: Kind::Schema.reference_to(&name) }
            }
            _ => self.schema(tree, at, Moved::Yes),
        };
        let media_type = MediaType { schema: Some(schema), ..MediaType::default() };
        names.iter().map(|name| (name.clone(), media_type.clone())).collect()
    }

    /// Form fields as one object.
    fn form(&mut self, fields: &[(Target<'t>, &'t Object)], at: &At<'_>) -> Option<RequestBody> {
        if fields.is_empty() {
            return None;
        }
        let mut any = AnySchema { typ: Some("object".to_owned()), ..AnySchema::default() };
        let mut has_file = false;
        for (target, members) in fields {
            let Some(name) = members.get("name").and_then(Tree::as_str) else { continue };
            has_file |= members.get("type").and_then(Tree::as_str) == Some("file");
            let place = target.at();
            let mut schema = self.flat_schema(members, &place);
            if let (ReferenceOr::Item(schema), Some(text)) = (&mut schema, members.get("description")) {
                schema.schema_data.description = self.text(text, &place, "description");
            }
            if members.get("required").and_then(Tree::as_bool) == Some(true) {
                any.required.push(name.to_owned());
            }
            any.properties.insert(name.to_owned(), boxed(schema));
        }
        let form = |name: &&String| {
            matches!(name.as_str(), "multipart/form-data" | "application/x-www-form-urlencoded")
        };
        let named: Vec<String> = self.media_types(self.consumes, "consumes");
        let default = if has_file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        let media_type = named.iter().find(form).cloned().unwrap_or_else(|| default.to_owned());
        let required = !any.required.is_empty();
        let schema = schema_of(self.new_data(&at.key("parameters"), Moved::Yes), any);
        let media = MediaType { schema: Some(ReferenceOr::Item(schema)), ..MediaType::default() };
        Some(RequestBody {
            content: IndexMap::from([(media_type, media)]),
            required,
            ..RequestBody::default()
        })
    }
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}
