//! The values that a document brings along, and recorded payloads, each with the schema it stands for.

use serde_json::Value;

use crate::{Document, pointer};

/// A value and the schema that it should fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Where it was found: a pointer into the document, or the name of a payload.
    pub source: String,
    /// The JSON pointer of its schema.
    pub schema: String,
    /// What kind of value it is.
    pub kind: Kind,
    /// The value.
    pub value: Value,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `example` or one of `examples`.
    Example,
    /// `default`.
    Default,
    /// A payload that was recorded.
    Payload,
}

/// Every `example`, `examples` and `default` of a document.
pub fn of_document(document: &Document) -> Vec<Example> {
    let mut found = Vec::new();
    for at in &document.places().all {
        let Some(schema) = document.schema(at) else { continue };
        let mut add = |kind, source: String, value: &Value| {
            found.push(Example { source, schema: at.clone(), kind, value: value.clone() });
        };
        if let Some(value) = schema.get("example") {
            add(Kind::Example, pointer::join(at, "example"), value);
        }
        for (index, value) in
            schema.get("examples").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            add(Kind::Example, format!("{at}/examples/{index}"), value);
        }
        if let Some(value) = schema.get("default") {
            add(Kind::Default, pointer::join(at, "default"), value);
        }
    }
    for at in &document.places().operations {
        beside(document, at, &mut found);
    }
    found
}

/// The examples of the media type, parameter or response that holds the schema at `at`.
fn beside(document: &Document, at: &str, found: &mut Vec<Example>) {
    let Some((holder_at, _)) = at.rsplit_once('/') else { return };
    let Some(holder) = document.raw().pointer(holder_at) else { return };
    let mut add = |source: String, value: &Value| {
        found.push(Example { source, schema: at.to_owned(), kind: Kind::Example, value: value.clone() });
    };
    if let Some(value) = holder.get("example") {
        add(pointer::join(holder_at, "example"), value);
    }
    let examples = holder.get("examples").and_then(Value::as_object);
    for (name, example) in examples.into_iter().flatten() {
        let source = pointer::join(&pointer::join(holder_at, "examples"), name);
        if name.contains('/') {
            // Swagger 2.0: a media type and the value itself.
            if name.contains("json") {
                add(source, example);
            }
            continue;
        }
        let example = example
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(pointer::of_reference)
            .and_then(|target| document.raw().pointer(&target))
            .unwrap_or(example);
        if let Some(value) = example.get("value").or_else(|| example.get("dataValue")) {
            add(source, value);
        }
    }
}

/// Stripe's fixtures: one resource for each component of that name.
pub fn of_stripe_fixtures(document: &Document, fixtures: &Value) -> Vec<Example> {
    let resources = fixtures.get("resources").and_then(Value::as_object);
    let resources = resources.into_iter().flatten();
    resources.filter_map(|(name, value)| payload(document.component(name)?, name, value)).collect()
}

/// GitHub's recorded webhooks: `{event, examples}`, where event and action name the webhook.
pub fn of_github_webhooks(document: &Document, recorded: &Value) -> Vec<Example> {
    let Some(event) = recorded.get("event").and_then(Value::as_str) else { return Vec::new() };
    let examples = recorded.get("examples").and_then(Value::as_array);
    let examples = examples.into_iter().flatten().enumerate();
    let found = examples.filter_map(|(index, value)| {
        let action = value.get("action").and_then(Value::as_str);
        let name =
            [Some(event), action].into_iter().flatten().collect::<Vec<_>>().join("-").replace('_', "-");
        let body = ["webhooks", "x-webhooks"].iter().find_map(|key| {
            let content = pointer::join(&format!("/{key}"), &name) + "/post/requestBody/content";
            let at = content + "/application~1json/schema";
            document.schema(&at).map(|_| at)
        })?;
        payload(&body, &format!("{event}[{index}]"), value)
    });
    found.collect()
}

/// An object of Kubernetes: `kind` and `apiVersion` name the component.
pub fn of_kubernetes_object(document: &Document, object: &Value) -> Option<Example> {
    let kind = object.get("kind")?.as_str()?;
    let version = object.get("apiVersion")?.as_str()?;
    let group = match version.split_once('/') {
        Some((group, version)) => format!("{}.{version}", group.split('.').next().unwrap_or(group)),
        None => format!("core.{version}"),
    };
    payload(document.component(&format!("io.k8s.api.{group}.{kind}"))?, kind, object)
}

fn payload(schema: &str, source: &str, value: &Value) -> Option<Example> {
    Some(Example {
        source: source.to_owned(),
        schema: schema.to_owned(),
        kind: Kind::Payload,
        value: value.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_example_is_found() {
        let document = Document::new(json!({"openapi": "3.0.0",
            "components": {
                "examples": {"Shared": {"value": 5}},
                "schemas": {"A": {"type": "integer", "example": 1, "default": 2}, "B": {"examples": [3]}}},
            "paths": {"/a": {"get": {"parameters": [
                {"name": "p", "in": "query", "example": 4, "schema": {"type": "integer"},
                 "examples": {"one": {"$ref": "#/components/examples/Shared"}, "two": {"externalValue": "x"}}}]}}}
        }))
        .unwrap();
        let found: Vec<_> = of_document(&document).into_iter().map(|one| (one.schema, one.value)).collect();
        let parameter = "/paths/~1a/get/parameters/0/schema".to_owned();
        let expected = [
            ("/components/schemas/A".to_owned(), json!(1)),
            ("/components/schemas/A".to_owned(), json!(2)),
            ("/components/schemas/B".to_owned(), json!(3)),
            (parameter.clone(), json!(4)),
            (parameter, json!(5)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn payloads_find_their_schema() {
        let body = json!({"content": {"application/json": {"schema": {"type": "object"}}}});
        let document = Document::new(json!({"openapi": "3.1.0",
            "webhooks": {"check-run-created": {"post": {"requestBody": body}}},
            "components": {"schemas": {"io.k8s.api.apps.v1.Deployment": {}, "charge": {}}}}))
        .unwrap();
        let recorded =
            json!({"event": "check_run", "examples": [{"action": "created"}, {"action": "other"}]});
        let found = of_github_webhooks(&document, &recorded);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].schema,
            "/webhooks/check-run-created/post/requestBody/content/application~1json/schema"
        );
        let object = json!({"kind": "Deployment", "apiVersion": "apps/v1"});
        assert!(of_kubernetes_object(&document, &object).is_some());
        assert_eq!(of_stripe_fixtures(&document, &json!({"resources": {"charge": {}, "card": {}}})).len(), 1);
    }
}
