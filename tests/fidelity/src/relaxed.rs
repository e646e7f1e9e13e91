//! The same schemas without what types cannot hold: bounds, patterns, closed enums, closed unions. A value that these refuse,
//! a reader has to refuse.

use serde_json::{Map, Value, json};

use crate::schema::places::{LISTS, MAPS, ONE};
use crate::{Document, Parts, pointer};

const UNCHECKED: [&str; 26] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// The document's schemas, relaxed. Only components and operations' schemas can be asked.
pub(crate) fn relax(document: &Document) -> Value {
    let mut relaxed = document.translated().clone();
    let asked = document.places().components.iter().chain(&document.places().operations);
    let asked: Map<String, Value> =
        asked.map(|at| (at.clone(), json!({"$ref": pointer::to_reference(at)}))).collect();
    // Inner schemas first: a union that moves takes them along.
    for at in document.places().all.iter().rev() {
        let Some(original) = document.schema(at) else { continue };
        if let Some(Value::Object(schema)) = relaxed.pointer_mut(at) {
            relax_one(document, at, original, schema);
        }
    }
    settle(&mut relaxed);
    if let Some(root) = relaxed.as_object_mut() {
        root.insert("properties".into(), Value::Object(asked));
    }
    relaxed
}

/// Whether the component at `at` has a twin for the other direction.
fn is_paired(document: &Document, at: &str) -> bool {
    let twin = [("-Input", "-Output"), ("-Output", "-Input")].into_iter().find_map(|(own, other)| {
        let (base, rest) = at.split_once(own)?;
        Some(format!("{base}{other}{rest}"))
    });
    twin.is_some_and(|twin| document.schema(&twin).is_some())
}

fn relax_one(document: &Document, at: &str, original: &Value, schema: &mut Map<String, Value>) {
    schema.retain(|key, _| !UNCHECKED.contains(&key.as_str()));
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.remove("additionalProperties");
    }
    let parts = Parts::of(document, original);
    // What has a default may be absent for a reader, and a constant where only one of `X-Input` and `X-Output` requires it.
    let paired = is_paired(document, at);
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| {
            let property = name.as_str().and_then(|name| parts.property(document, name));
            property.is_none_or(|property| {
                property.default_value().is_none() && !(paired && property.constant().is_some())
            })
        });
    }
    open_enum(schema);
    open_unions(document, original, schema);
}

/// An enum is open: others of the same type are kept. Only `const` stays.
fn open_enum(schema: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    if values.iter().all(Value::is_null) {
        return;
    }
    let mut types: Vec<&str> = values.iter().map(type_name).collect();
    types.sort_unstable();
    types.dedup();
    let types = json!(types);
    schema.remove("enum");
    if types.as_array().is_some_and(|types| types.iter().filter(|name| *name != "null").count() == 1) {
        schema.entry("type").or_insert(types);
    }
}

/// The JSON Schema type of a value.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Every union takes any of its branches, and objects whose tag none of them names.
fn open_unions(document: &Document, original: &Value, schema: &mut Map<String, Value>) {
    let unknown = original.as_object().map(|original| unknown_tags(document, original)).unwrap_or_default();
    if is_only_about_presence(original) {
        schema.remove("oneOf");
        schema.remove("anyOf");
        return;
    }
    let mut moved = Vec::new();
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(mut branches)) = schema.remove(key) {
            branches.extend(unknown.iter().cloned());
            moved.push(json!({"anyOf": branches}));
        }
    }
    match moved.as_mut_slice() {
        [] => {}
        [Value::Object(only)] => schema.append(only),
        _ => {
            if let Value::Array(all) = schema.entry("allOf").or_insert_with(|| json!([])) {
                all.extend(moved);
            }
        }
    }
}

/// Whether the branches of an object's union say only what must be there together, which no type holds.
fn is_only_about_presence(schema: &Value) -> bool {
    const SAYS_LITTLE: [&str; 5] = ["required", "title", "description", "type", "not"];
    let little = |branch: &Value| {
        branch.as_object().is_some_and(|branch| {
            branch.contains_key("required") && branch.keys().all(|key| SAYS_LITTLE.contains(&key.as_str()))
        })
    };
    let mut branches =
        ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten().peekable();
    schema.get("properties").is_some() && branches.peek().is_some() && branches.all(little)
}

/// A union of constants is an enum, and open like one.
fn open_constants(document: &Document, branches: &[Value]) -> Option<Value> {
    let constants: Vec<Vec<&Value>> =
        branches.iter().filter_map(|branch| Parts::of(document, branch).values()).collect();
    let mut types: Vec<&str> = constants.iter().flatten().map(|value| type_name(value)).collect();
    types.sort_unstable();
    types.dedup();
    (constants.len() > 1).then(|| json!({"type": types}))
}

fn unknown_tags(document: &Document, schema: &Map<String, Value>) -> Vec<Value> {
    let mut open = Vec::new();
    for key in ["oneOf", "anyOf"] {
        let branches = crate::parts::list(schema, key);
        open.extend(open_constants(document, branches));
        if let Some(tag) = schema.get("discriminator").and_then(|found| found.get("propertyName")?.as_str()) {
            let mapping = schema.get("discriminator").and_then(|found| found.get("mapping")?.as_object());
            let mut known: Vec<Value> =
                mapping.into_iter().flatten().map(|(key, _)| key.as_str().into()).collect();
            for branch in branches {
                known.extend(tag_values(document, branch, tag, 0).into_iter().cloned());
                let reference = branch.get("$ref").and_then(Value::as_str);
                known.extend(reference.map(|reference| Value::from(pointer::last(reference))));
            }
            open.push(other_than(tag, &known));
            continue;
        }
        let names: Vec<&str> =
            branches.iter().flat_map(|branch| Parts::of(document, branch).property_names()).collect();
        let mut tags: Vec<&str> = names.clone();
        tags.sort_unstable();
        tags.dedup();
        for tag in tags {
            let known: Vec<Vec<&Value>> =
                branches.iter().map(|branch| tag_values(document, branch, tag, 0)).collect();
            if known.iter().filter(|values| !values.is_empty()).count() >= 2 {
                let known: Vec<Value> = known.into_iter().flatten().cloned().collect();
                open.push(other_than(tag, &known));
            }
        }
    }
    open
}

fn other_than(tag: &str, known: &[Value]) -> Value {
    json!({"type": "object", "required": [tag], "properties": {tag: {"not": {"enum": known}}}})
}

/// The values that `branch`, or what it is a union of, allows for `tag`.
fn tag_values<'d>(document: &'d Document, branch: &'d Value, tag: &str, depth: usize) -> Vec<&'d Value> {
    let parts = Parts::of(document, branch);
    if let Some(values) = parts.property(document, tag).and_then(|property| property.values()) {
        return values;
    }
    if depth > 4 {
        return Vec::new();
    }
    parts
        .unions()
        .flat_map(|union| union.branches)
        .flat_map(|branch| tag_values(document, branch, tag, depth + 1))
        .collect()
}

/// References into what has moved or gone say nothing.
fn settle(root: &mut Value) {
    let mut places = vec![String::new()];
    let mut broken = Vec::new();
    while let Some(at) = places.pop() {
        match root.pointer(&at) {
            Some(Value::Object(members)) => {
                let target = members.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
                if target.is_some_and(|target| root.pointer(&target).is_none()) {
                    broken.push(at.clone());
                }
                let relevant = |key: &str| {
                    ONE.contains(&key)
                        || LISTS.contains(&key)
                        || MAPS.contains(&key)
                        || !key.starts_with("x-")
                };
                places.extend(members.keys().filter(|key| relevant(key)).map(|key| pointer::join(&at, key)));
            }
            Some(Value::Array(items)) => places.extend((0..items.len()).map(|index| format!("{at}/{index}"))),
            _ => {}
        }
    }
    for at in broken {
        if let Some(Value::Object(schema)) = root.pointer_mut(&at) {
            schema.remove("$ref");
        }
    }
}
