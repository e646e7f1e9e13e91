//! What a type of the graph makes of a JSON value: which variant, what is left unread, and where a value is refused.

use modelsmith::config::Config;
use modelsmith::ir::accept::{Accepted, Content, Member, Misfit};
use modelsmith::ir::{Graph, TypeRef, accept};
use modelsmith::load::MemoryReader;
use serde_json::{Value, json};

use crate::growth_support::{assert_linear, timed};

/// The graph of a document with these schemas.
#[track_caller]
fn graph(schemas: &str) -> Graph {
    let schemas: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let text =
        format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{schemas}");
    let reader = MemoryReader::new().with("t.yaml", text);
    modelsmith::generate("t.yaml".as_ref(), &reader, &Config::default()).expect("the document is right").graph
}

#[track_caller]
fn component(graph: &Graph, name: &str) -> TypeRef {
    let found = graph.components().iter().find(|component| component.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).ty
}

#[track_caller]
fn read(graph: &Graph, name: &str, value: &Value) -> Accepted {
    accept(graph, component(graph, name), value).unwrap_or_else(|misfit| panic!("{value}: {misfit}"))
}

#[track_caller]
fn refused(graph: &Graph, name: &str, value: &Value) -> Misfit {
    match accept(graph, component(graph, name), value) {
        Ok(accepted) => panic!("{value}: {accepted:?}"),
        Err(misfit) => misfit,
    }
}

/// The indices of the variants on the way into a value, through first elements and members.
fn variants(content: &Content) -> Vec<usize> {
    match content {
        Content::Variant(_, index, inner) => [vec![*index], variants(inner)].concat(),
        Content::List(items) => items.first().map(variants).unwrap_or_default(),
        Content::Struct(_, members) => members
            .iter()
            .find_map(|member| match member {
                Member::Field(_, content) | Member::Rest(content) => Some(variants(content)),
                Member::Absent(_) | Member::Constant(_) | Member::Unread => None,
            })
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

const SHAPES: &str = "
Shape: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: array, items: {$ref: '#/components/schemas/Shape'}}, {type: string}]}
A: {type: object, required: [x], properties: {x: {$ref: '#/components/schemas/Shape'}, p: {type: integer}}}
B: {type: object, required: [x], properties: {x: {$ref: '#/components/schemas/Shape'}, q: {type: integer}}}
";

#[test]
fn the_branch_with_the_fewest_unread_properties_is_taken_and_the_first_on_a_tie() {
    let graph = graph(SHAPES);
    let chosen = |value: Value| {
        let accepted = read(&graph, "Shape", &value);
        (variants(&accepted.content), accepted.unread)
    };
    assert_eq!(chosen(json!({"x": "s"})), (vec![0, 3], 0));
    assert_eq!(chosen(json!({"q": 1, "x": "s"})), (vec![1], 0));
    assert_eq!(chosen(json!({"x": "s", "z": 1})), (vec![0, 3], 1));
    assert_eq!(chosen(json!([{"x": [], "z": 1, "q": 1}])), (vec![2, 1], 1));
}

#[test]
fn a_misfit_has_its_place_in_the_value_and_in_the_graph() {
    let graph = graph(SHAPES);
    let misfit = refused(&graph, "Shape", &json!({"x": {"x": {"x": 7}}}));
    assert_eq!(
        misfit.to_string(),
        "`/x/x/x`: no variant of the union accepts a number (1 other branch does not fit either)"
    );
    let (owner, property) = misfit.property.expect("it is the value of a property");
    let shape = graph.get(owner).shape.as_struct().expect("a struct has it");
    assert_eq!(shape.properties[property].wire, "x");
    assert_eq!(misfit.ty, graph.definition(component(&graph, "Shape").id));

    let missing = refused(&graph, "A", &json!({"p": 1}));
    assert_eq!(missing.to_string(), "`x` is missing");
    assert_eq!(missing.property, Some((component(&graph, "A").id, 0)));
}

#[test]
fn parts_that_are_not_written_back_as_they_were_have_their_places() {
    let graph = graph(
        "Event: {type: object, properties: {at: {type: string, format: date-time}, id: {type: string, format: uuid}, on: {type: array, items: {type: string, format: date-time}}}}",
    );
    let value = json!({
        "at": "2024-01-02 03:04:05", "id": "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
        "on": ["2024-01-02T03:04:05Z", "2024-01-02t03:04:05z"], "other": {}
    });
    let changes: Vec<String> =
        read(&graph, "Event", &value).changes(&value).iter().map(ToString::to_string).collect();
    assert_eq!(changes, ["/at", "/id", "/on/1", "/other"]);
}

#[test]
fn numbers_without_a_fraction_are_integers_as_long_as_they_are_exact() {
    let graph =
        graph("N: {type: integer}\nByte: {type: integer, format: int8}\nEnum: {type: integer, enum: [1, 2]}");
    for text in ["1", "1.0", "1e0", "10e-1"] {
        let value: Value = serde_json::from_str(text).expect("it is JSON");
        read(&graph, "N", &value);
        assert!(matches!(read(&graph, "Enum", &value).content, Content::Enum(_, 0)), "{text}");
    }
    for (text, message) in [
        ("1.5", "expected an integer, found a number"),
        ("9007199254740993.0", "expected an integer, found a number"),
        ("9223372036854775808", "the integer is out of range"),
    ] {
        let value: Value = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(refused(&graph, "N", &value).to_string(), message, "{text}");
    }
    assert_eq!(refused(&graph, "Byte", &json!(128)).to_string(), "the integer is out of range");
}

#[test]
fn tags_name_the_variant_and_unknown_ones_are_kept() {
    let graph = graph(
        "
Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}
Cat: {type: object, required: [kind], properties: {kind: {const: Cat}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {const: Dog}, good: {type: boolean}}}",
    );
    assert_eq!(variants(&read(&graph, "Pet", &json!({"kind": "Dog", "good": true})).content), [1]);
    let unknown = read(&graph, "Pet", &json!({"kind": "Fish", "wet": true}));
    assert!(matches!(unknown.content, Content::UnknownVariant(_)), "{unknown:?}");
    assert_eq!(unknown.unread, 1);
    let message = |value: Value| refused(&graph, "Pet", &value).to_string();
    assert_eq!(message(json!({})), "`kind` is missing");
    assert_eq!(
        message(json!({"kind": []})),
        "`/kind`: expected a string, a number or a boolean, found an array"
    );
    assert_eq!(
        message(json!({"kind": "Cat", "lives": "9"})),
        "`/lives`: expected an integer, found a string"
    );
    assert_eq!(message(json!(["Cat"])), "no variant of the union accepts an array");
}

#[test]
fn null_is_absent_where_a_property_may_be_and_nothing_else() {
    let graph = graph(
        "T: {type: object, required: [a], properties: {a: {type: string}, b: {type: string}, c: {type: string, default: x}}}",
    );
    let accepted = read(&graph, "T", &json!({"a": "", "b": null}));
    let Content::Struct(_, members) = &accepted.content else { panic!("{accepted:?}") };
    assert_eq!(members[1], Member::Absent(1));
    for (value, message) in [
        (json!({"a": null}), "`/a`: expected a string, found null"),
        (json!({"a": "", "c": null}), "`/c`: expected a string, found null"),
        (json!(null), "expected an object, found null"),
    ] {
        assert_eq!(refused(&graph, "T", &value).to_string(), message);
    }
}

/// A value of that many levels of a union that contains itself, with `leaf` inside.
fn nested(levels: usize, leaf: Value) -> Value {
    (0..levels).fold(leaf, |value, level| match level % 3 {
        0 => json!({ "x": value, "z": 1 }),
        1 => json!([value]),
        _ => json!({ "x": value }),
    })
}

/// Trying every branch on every level would take 2^levels steps.
#[test]
fn time_is_linear_however_unions_nest() {
    let graph = graph(SHAPES);
    for levels in [4, 22, 60, 120] {
        let accepted = read(&graph, "Shape", &nested(levels, json!("s")));
        assert_eq!(accepted.unread, levels.div_ceil(3));
        assert_eq!(variants(&accepted.content).len(), levels + 1);
        let misfit = refused(&graph, "Shape", &nested(levels, json!(1)));
        assert_eq!(misfit.at.tokens().len(), levels);
    }
    let wide = |count: usize| Value::Array(vec![nested(6, json!("s")); count]);
    assert_linear(500, wide, |wide| {
        let (time, accepted) = timed(|| read(&graph, "Shape", wide));
        assert_eq!(Some(accepted.unread), wide.as_array().map(|items| 2 * items.len()));
        [time]
    });
}

#[test]
fn what_no_reader_of_json_takes_is_refused() {
    let graph = graph("Any: {}\nTree: {type: array, items: {$ref: '#/components/schemas/Tree'}}");
    let deep = |levels| (0..levels).fold(json!([]), |value, _| json!([value]));
    read(&graph, "Any", &deep(126));
    read(&graph, "Tree", &deep(126));
    for name in ["Any", "Tree"] {
        assert_eq!(refused(&graph, name, &deep(127)).to_string(), "it nests too deeply");
    }
}
