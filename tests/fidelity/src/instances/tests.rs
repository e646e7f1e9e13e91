use super::*;

fn document(version: &str, schemas: Value) -> Document {
    let key = if version == "2.0" { "swagger" } else { "openapi" };
    Document::new(json!({key: version, "components": {"schemas": schemas}})).unwrap()
}

#[test]
fn every_branch_and_value_has_its_turn() {
    let document = document(
        "3.1.0",
        json!({"Subject": {"oneOf": [{"type": "string", "enum": ["a", "b", "c"]}, {"type": "integer", "maximum": 9},
            {"type": "object", "required": ["k"], "properties": {"k": {"type": "boolean"}}}]}}),
    );
    let all = instances(&document, "/components/schemas/Subject", 20, 1);
    for value in ["a", "b", "c"] {
        assert!(all.contains(&json!(value)), "{value} is not in {all:?}");
    }
    assert!(all.iter().any(Value::is_i64) && all.iter().any(Value::is_object));
    assert_eq!(
        all,
        instances(&document, "/components/schemas/Subject", 20, 1),
        "the same seed, the same values"
    );
}

#[test]
fn a_number_with_the_format_of_an_integer_is_whole() {
    let document = document("3.1.0", json!({"Count": {"type": "number", "format": "int32"}}));
    let all = instances(&document, "/components/schemas/Count", 20, 1);
    assert!(all.len() > 10 && all.iter().all(Value::is_i64), "{all:?}");
}

#[test]
fn discriminators_say_which_schema() {
    let document = document(
        "3.0.3",
        json!({
            "Union": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
                "discriminator": {"propertyName": "t", "mapping": {"first": "#/components/schemas/A"}}},
            "A": {"type": "object", "required": ["t", "a"], "properties": {"t": {"type": "string"}, "a": {"type": "integer"}}},
            "B": {"type": "object", "required": ["t"], "properties": {"t": {"type": "string"}}, "additionalProperties": false}
        }),
    );
    let all = instances(&document, "/components/schemas/Union", 20, 1);
    assert!(all.len() >= 2);
    for value in &all {
        let expected = if value.get("a").is_some() { "first" } else { "B" };
        assert_eq!(value["t"], expected);
    }
}

#[test]
fn recursion_ends_and_bounds_hold() {
    let document = document(
        "3.1.0",
        json!({"Tree": {"type": "object", "required": ["children", "code"], "properties": {
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            "code": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
            "at": {"type": "string", "format": "date-time"}}}}),
    );
    assert_eq!(instances(&document, "/components/schemas/Tree", 20, 7).len(), 20);
}

#[test]
fn a_value_is_put_where_it_belongs() {
    let document = document(
        "3.1.0",
        json!({"Outer": {"type": "object", "properties": {"list": {"type": "array", "items": {"anyOf": [
            {"type": "integer"}, {"type": "object", "properties": {"deep": {"type": "string"}}}]}}}}}),
    );
    let root = "/components/schemas/Outer";
    let place = format!("{root}/properties/list/items/anyOf/1/properties/deep");
    let made = around(&document, root, &place, &json!("here"), 1).unwrap();
    assert_eq!(made.pointer("/list/0/deep"), Some(&json!("here")), "{made}");
    assert_eq!(around(&document, root, &place, &json!(5), 1), None, "not what the schema allows");
}
