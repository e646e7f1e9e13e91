use super::*;
use serde_json::json;

fn kinds(before: Value, after: Value) -> Vec<(Kind, String)> {
    let document = Document::new(json!({"openapi": "3.1.0", "components": {"schemas": {
        "Subject": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "integer"},
            "note": {"type": ["string", "null"]},
            "plain": {"type": "string"},
            "retries": {"type": "integer", "default": 3},
            "limit": {"type": ["integer", "null"], "default": 5},
            "heat": {"anyOf": [{"type": "number", "default": 1}, {"type": "null"}]},
            "size": {"type": "number"},
            "at": {"type": "string", "format": "date-time"},
            "tag": {"const": "t"},
            "part": {"anyOf": [{"$ref": "#/components/schemas/Part"}, {"type": "null"}]}
        }},
        "Part": {"type": "object", "properties": {"weight": {"type": "number"}}}
    }}}))
    .unwrap();
    assert!(document.allows("/components/schemas/Subject", &before));
    let found = differences(&document, "/components/schemas/Subject", &before, &after);
    found.into_iter().map(|one| (one.kind, one.pointer)).collect()
}

#[test]
fn what_counts_as_the_same() {
    assert_eq!(kinds(json!({"id": 1}), json!({"id": 1, "heat": 1.0})), []);
    assert_eq!(kinds(json!({"id": 1, "note": null}), json!({"id": 1})), []);
    assert_eq!(kinds(json!({"id": 1}), json!({"id": 1, "note": null})), []);
    assert_eq!(kinds(json!({"id": 1}), json!({"id": 1, "retries": 3})), []);
    assert_eq!(kinds(json!({"id": 1, "size": 8}), json!({"id": 1, "size": 8.0})), []);
    assert_eq!(kinds(json!({"id": 1, "part": {"weight": 1}}), json!({"id": 1, "part": {"weight": 1.0}})), []);
    let (utc, offset) = ("2024-01-02T03:04:05Z", "2024-01-02T04:04:05.000+01:00");
    assert_eq!(kinds(json!({"id": 1, "at": utc}), json!({"id": 1, "at": offset})), []);
}

#[test]
fn what_does_not() {
    let one = |kind, pointer: &str| vec![(kind, pointer.to_owned())];
    assert_eq!(kinds(json!({"id": 8}), json!({"id": 8.0})), one(Kind::Changed, "/id"));
    assert_eq!(kinds(json!({"id": 1, "plain": "x"}), json!({"id": 1})), one(Kind::Lost, "/plain"));
    assert_eq!(kinds(json!({"id": 1}), json!({"id": 1, "plain": null})), one(Kind::Added, "/plain"));
    assert_eq!(kinds(json!({"id": 1, "limit": null}), json!({"id": 1})), one(Kind::Lost, "/limit"));
    assert_eq!(kinds(json!({"id": 1}), json!({"id": 1, "limit": null})), one(Kind::Added, "/limit"));
    assert_eq!(
        kinds(
            json!({"id": 1, "plain": "2024-01-02T03:04:05Z"}),
            json!({"id": 1, "plain": "2024-01-02T04:04:05+01:00"})
        ),
        one(Kind::Changed, "/plain")
    );
}

#[test]
fn what_the_design_allows_is_listed_apart() {
    assert_eq!(kinds(json!({"id": 1, "new": 1}), json!({"id": 1})), vec![(Kind::Unnamed, "/new".to_owned())]);
    assert_eq!(
        kinds(json!({"id": 1}), json!({"id": 1, "tag": "t"})),
        vec![(Kind::ConstantWritten, "/tag".to_owned())]
    );
}
