//! Each part of a document that `openapiv3` has no field for, and how it is printed.

use openapiv3::OpenAPI;
use serde_json::{Value, json};

use super::{holds_text, json, schema_text};
use crate::diagnostics::{FileId, Location, Pointer};
use crate::document::{
    AdditionalProperties, Content, Discriminator, Document, Header, Holds, Ids, Items, MappingTarget,
    MediaType, Number, Operation, Parameter, ParameterPlace, PathItem, PathKey, PathStyle, Ref, Reference,
    RequestBody, Response, Schema, SchemaRef, StatusCode, ValueTexts,
};
use crate::method::Method;

fn place(pointer: &str) -> Option<Location> {
    Some(Location::new(FileId(1), Pointer::parse(pointer)))
}

fn schema() -> Schema {
    Schema::new(Ids::default().next())
}

fn reference(component: &str) -> SchemaRef {
    SchemaRef::Reference(Reference { id: Ids::default().next(), component: component.to_owned() })
}

/// What is printed of a schema.
fn printed(schema: Schema) -> Value {
    serde_json::from_str(&schema_text(&schema.into())).expect("a schema is JSON")
}

/// What is printed of a document with one path item.
fn printed_item(key: PathKey, item: PathItem) -> Value {
    let mut document = Document::default();
    document.paths.insert(key, item);
    let value = serde_json::to_value(OpenAPI::from(&document)).expect("it can be written");
    value["paths"].clone()
}

#[test]
fn marks_of_schemas() {
    assert_eq!(printed(schema()), json!({}));
    let moved = Schema { source: place("/$defs/a~1b"), ..schema() };
    assert_eq!(printed(moved), json!({ "x-modelsmith-source": "1#/$defs/a~1b" }));
    let unreadable = Schema { is_unreadable: true, ..schema() };
    assert_eq!(printed(unreadable), json!({ "x-modelsmith-unreadable": true }));
    let tuple = Schema { is_tuple: true, ..schema() };
    assert_eq!(printed(tuple), json!({ "x-tuple": true }));
    let differing = Schema { values_differ: true, ..schema() };
    assert_eq!(printed(differing), json!({ "x-modelsmith-values-differ": true }));
    let flags = Schema {
        is_nullable: true,
        is_read_only: true,
        is_write_only: true,
        is_deprecated: true,
        ..schema()
    };
    let expected = json!({ "nullable": true, "readOnly": true, "writeOnly": true, "deprecated": true });
    assert_eq!(printed(flags), expected);
}

#[test]
fn marks_stand_in_one_order() {
    let mut all = Schema { source: place("/a"), is_unreadable: true, is_tuple: true, ..schema() };
    all.values_differ = true;
    all.keywords.minimum = Some(Number { double: 1.0, exact: Some(1) });
    all.set_value_texts(ValueTexts::Descriptions(vec!["first".into()]));
    all.set_value_texts(ValueTexts::Names(vec!["a".into()]));
    // What is said later of the same kind takes the place of what was said before.
    all.set_value_texts(ValueTexts::Descriptions(vec!["one".into()]));
    let text = serde_json::to_string(&super::schema::schema(&all.into())).expect("it can be written");
    assert_eq!(
        text,
        r#"{"x-modelsmith-source":"1#/a","x-enum-descriptions":["one"],"x-enum-varnames":["a"],"#.to_owned()
            + r#""x-modelsmith-unreadable":true,"x-modelsmith-exact":{"minimum":1},"x-tuple":true,"#
            + r#""x-modelsmith-values-differ":true,"minimum":1.0}"#
    );
}

#[test]
fn integers_that_a_double_only_comes_close_to() {
    let mut schema = schema();
    let number = |integer: i128| Some(Number { double: integer as f64, exact: Some(integer) });
    schema.keywords.minimum = number(9_007_199_254_740_993);
    schema.keywords.maximum = Some(Number { double: 2.5, exact: None });
    schema.keywords.multiple_of = number(36_893_488_147_419_103_232);
    let mut document = Document::default();
    document.components.schemas.insert("A".to_owned(), schema.into());
    let text = json(&document).expect("it can be written");
    let text: String = text.split_whitespace().collect();
    let exact = r#""x-modelsmith-exact":{"minimum":9007199254740993,"multipleOf":36893488147419103232}"#;
    assert!(text.contains(exact), "{text}");
    let doubles = r#""multipleOf":3.6893488147419103e+19,"minimum":9007199254740992.0,"maximum":2.5"#;
    assert!(text.contains(doubles), "{text}");
}

#[test]
fn references_name_their_component() {
    assert_eq!(schema_text(&reference("Pet")), r##"{"$ref":"#/components/schemas/Pet"}"##);
    assert_eq!(schema_text(&reference("a/b~c")), r##"{"$ref":"#/components/schemas/a~1b~0c"}"##);
    let mapping = [
        ("dog".to_owned(), MappingTarget::Component("a/Dog".to_owned())),
        ("cat".to_owned(), MappingTarget::Text("Cat.yaml".to_owned())),
    ];
    let discriminator = Discriminator {
        id: Ids::default().next(),
        property: "kind".to_owned(),
        mapping: mapping.into(),
        default_mapping: Some(MappingTarget::Component("Pet".to_owned())),
    };
    let expected = json!({ "discriminator": {
        "propertyName": "kind",
        "mapping": { "dog": "#/components/schemas/a~1Dog", "cat": "Cat.yaml" },
        "x-defaultMapping": "#/components/schemas/Pet",
    } });
    assert_eq!(printed(Schema { discriminator: Some(discriminator), ..schema() }), expected);
}

#[test]
fn every_part_of_a_schema_is_printed() {
    let mut whole = schema();
    let any = &mut whole.keywords;
    any.typ = Some("object".to_owned());
    any.properties.insert("a".to_owned(), reference("A"));
    any.required = vec!["a".to_owned()];
    any.additional_properties = Some(AdditionalProperties::Schema(reference("B")));
    any.items = Some(reference("C"));
    any.all_of = vec![reference("D")];
    any.any_of = vec![reference("E")];
    any.one_of = vec![schema().into()];
    any.not = Some(reference("F"));
    (any.exclusive_minimum, any.exclusive_maximum, any.unique_items) = (Some(true), Some(false), Some(true));
    (any.min_items, any.max_items, any.min_length) = (Some(1), Some(2), Some(3));
    (any.max_length, any.min_properties, any.max_properties) = (Some(4), Some(5), Some(6));
    (any.format, any.pattern) = (Some("f".to_owned()), Some("p".to_owned()));
    any.enumeration = vec![json!(1)];
    (whole.title, whole.description, whole.default) = (Some("t".into()), Some("d".into()), Some(json!({})));
    let to = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let expected = json!({
        "title": "t", "description": "d", "default": {}, "type": "object", "format": "f", "pattern": "p", "enum": [1],
        "properties": { "a": to("A") }, "required": ["a"], "additionalProperties": to("B"), "items": to("C"),
        "allOf": [to("D")], "anyOf": [to("E")], "oneOf": [{}], "not": to("F"),
        "exclusiveMinimum": true, "exclusiveMaximum": false, "uniqueItems": true,
        "minItems": 1, "maxItems": 2, "minLength": 3, "maxLength": 4, "minProperties": 5, "maxProperties": 6,
    });
    assert_eq!(printed(whole), expected);
    let mut closed = schema();
    closed.keywords.additional_properties = Some(AdditionalProperties::Any(false));
    assert_eq!(printed(closed), json!({ "additionalProperties": false }));
}

#[test]
fn webhooks_and_new_methods_have_keys_of_their_own() {
    for (key, shown) in [(PathKey::path("/a b"), "/a b"), (PathKey::webhook("new"), "webhook:new")] {
        let methods = [Method::Get, Method::Query, Method::Other("LINK".to_owned())];
        let item = PathItem {
            operations: methods.map(|method| (method, Operation::default())).into(),
            parameters: vec![Ref::To("P".to_owned())],
            ..PathItem::default()
        };
        let item_of = |method: &str| {
            let parameters = [json!({ "$ref": "#/components/parameters/P" })];
            json!({ method: { "responses": {} }, "parameters": parameters })
        };
        let expected = json!({
            (format!("QUERY {shown}")): item_of("post"),
            (format!("LINK {shown}")): item_of("post"),
            (shown): item_of("get"),
        });
        assert_eq!(printed_item(key, item), expected);
    }
}

#[test]
fn marks_of_operations_and_their_parts() {
    let media_type = |items| MediaType { source: place("/m"), items: Some(items), ..MediaType::default() };
    let content = |items| Content::from([("text/event-stream".to_owned(), media_type(items))]);
    let header = Header {
        source: place("/h"),
        description: None,
        required: false,
        deprecated: None,
        holds: Holds::Schema(reference("H")),
    };
    let response = Response {
        source: place("/r"),
        is_unreadable: true,
        headers: [("H".to_owned(), Ref::Item(header))].into(),
        content: content(Items::Whole),
        ..Response::default()
    };
    let body =
        RequestBody { source: place("/b"), content: content(Items::EventData), ..RequestBody::default() };
    let parameter = Parameter {
        source: place("/p"),
        name: "id".to_owned(),
        place: ParameterPlace::Path(PathStyle::Simple),
        description: None,
        required: true,
        deprecated: None,
        holds: Holds::Schema(reference("P")),
        explode: None,
    };
    let mut operation = Operation {
        source: place("/o"),
        request_body: Some(Ref::Item(body)),
        pages: [("x-ms-pageable", json!({ "nextLinkName": "next" }))].into(),
        ..Operation::default()
    };
    operation.parameters = vec![Ref::Item(parameter), Ref::To("a/b".to_owned())];
    operation.responses.by_status.insert(StatusCode::Range(4), Ref::Item(response));
    operation.responses.by_status.insert(StatusCode::Code(404), Ref::To("Gone".to_owned()));
    let item = PathItem {
        source: place("/i"),
        operations: [(Method::Get, operation)].into(),
        ..PathItem::default()
    };
    let key = PathKey::path("/a");
    let sequence = |items: &str| json!({ "text/event-stream": { "x-modelsmith-source": "1#/m", "x-modelsmith-items": items } });
    let to = |path: &str| json!({ "$ref": format!("#/components/{path}") });
    let parameter = json!({
        "in": "path", "name": "id", "required": true, "style": "simple", "schema": to("schemas/P"),
        "x-modelsmith-source": "1#/p",
    });
    let body = json!({ "x-modelsmith-source": "1#/b", "content": sequence("event-data") });
    let header = json!({ "x-modelsmith-source": "1#/h", "style": "simple", "schema": to("schemas/H") });
    let response = json!({
        "x-modelsmith-source": "1#/r", "x-modelsmith-unreadable": true, "description": "",
        "headers": { "H": header }, "content": sequence("whole"),
    });
    let get = json!({
        "x-modelsmith-source": "1#/o", "x-ms-pageable": { "nextLinkName": "next" },
        "parameters": [parameter, to("parameters/a~1b")], "requestBody": body,
        "responses": { "4XX": response, "404": to("responses/Gone") },
    });
    let expected = json!({ "/a": { "x-modelsmith-source": "1#/i", "get": get } });
    assert_eq!(printed_item(key, item), expected);
}

#[test]
fn equal_schemas_have_one_text() {
    let object = |names: [&str; 2]| {
        let mut schema = schema();
        for name in names {
            schema.keywords.properties.insert(name.to_owned(), reference(name));
        }
        SchemaRef::from(schema)
    };
    let (one, other) = (object(["a", "b"]), object(["b", "a"]));
    assert_eq!(schema_text(&one), schema_text(&other));
    assert_ne!(schema_text(&one), schema_text(&object(["a", "c"])));
    let content =
        Content::from([("a/b".to_owned(), MediaType { schema: Some(one), ..MediaType::default() })]);
    assert_ne!(holds_text(&Holds::Content(content)), holds_text(&Holds::Schema(other)));
}
