use super::*;

fn document(version: &str, schemas: Value) -> Document {
    Document::new(json!({"openapi": version, "components": {"schemas": schemas}})).unwrap()
}

fn allows(version: &str, schema: Value, value: Value) -> bool {
    document(version, json!({"Subject": schema, "Text": {"type": "string"}}))
        .allows("/components/schemas/Subject", &value)
}

#[test]
fn openapi_30_is_translated() {
    let nullable = json!({"type": "string", "nullable": true, "enum": ["a"]});
    assert!(allows("3.0.0", nullable.clone(), json!(null)));
    assert!(!allows("3.1.0", nullable, json!(null)));
    let composed = json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/Text"}]});
    assert!(allows("3.0.0", composed.clone(), json!(null)));
    assert!(!allows("3.0.0", composed, json!(5)));
    let exclusive = json!({"type": "number", "minimum": 3, "exclusiveMinimum": true});
    assert!(!allows("3.0.0", exclusive.clone(), json!(3)));
    assert!(allows("3.0.0", exclusive, json!(3.5)));
    let siblings = json!({"$ref": "#/components/schemas/Text", "maxLength": 1});
    assert!(allows("3.0.0", siblings.clone(), json!("long")));
    assert!(!allows("3.1.0", siblings, json!("long")));
}

#[test]
fn what_can_only_be_meant_in_one_way_is_taken() {
    assert!(!allows("3.0.0", json!({"type": "string", "const": "a"}), json!("b")));
    let optional = json!({"anyOf": [{"$ref": "#/components/schemas/Text"}, {"nullable": true}]});
    assert!(allows("3.0.0", optional.clone(), json!(null)));
    assert!(!allows("3.0.0", optional, json!(5)));
    let choice = json!({"items": [{"type": "string"}, {"type": "null"}]});
    let document = Document::new(json!({"swagger": "2.0", "definitions": {"Choice": choice}})).unwrap();
    assert!(document.allows("/definitions/Choice", &json!("text")));
    assert!(document.allows("/definitions/Choice", &json!(null)));
    assert!(!document.allows("/definitions/Choice", &json!(["text", null])));
}

#[test]
fn formats_annotate() {
    assert!(allows("3.1.0", json!({"type": "string", "format": "uuid"}), json!("no uuid")));
    let asked = document("3.1.0", json!({"Subject": {"type": "string", "format": "uuid"}}));
    assert!(!asked.allows_formats("/components/schemas/Subject", &json!("no uuid")));
}

#[test]
fn faults_cost_only_themselves() {
    let schema = json!({"type": "wrong", "pattern": "(", "required": true, "properties": {
        "a": {"type": "integer"}, "b": {"$ref": "#/components/schemas/Nowhere"}}});
    let document = document("3.0.0", json!({"Subject": schema}));
    assert!(document.allows("/components/schemas/Subject", &json!({"a": 1, "b": []})));
    assert!(!document.allows("/components/schemas/Subject", &json!({"a": "x"})));
    assert_eq!(document.dangling().len(), 1);
    assert!(Document::new(json!({"openapi": "4"})).is_err());
    assert!(Document::new(json!([])).is_err());
}

#[test]
fn recursion_and_operations_are_judged() {
    let document = Document::new(json!({"swagger": "2.0",
        "definitions": {"Tree": {"type": "object", "properties": {"next": {"$ref": "#/definitions/Tree"}}}},
        "paths": {"/{x}": {"get": {"responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Tree"}}}}}}}
    }))
    .unwrap();
    let response = "/paths/~1{x}/get/responses/200/schema";
    assert!(document.allows(response, &json!([{"next": {"next": {}}}])));
    assert!(!document.allows(response, &json!([{"next": {"next": 3}}])));
    assert_eq!(document.places().root_of(&format!("{response}/items")), Some(response));
}
