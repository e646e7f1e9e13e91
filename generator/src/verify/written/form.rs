//! Turns the fields of a form into an object (OpenAPI 3.1.1 §4.8.15).

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::tree::Tree;
use super::{Kind, Types, json};
use crate::ir::{FormField, ParameterStyle, TypeRef};
use crate::verify::traffic::Field;
use crate::verify::url::{decoded_query, pairs};

/// The fields of a form, and how the document declares their encoding.
pub(in crate::verify) struct Fields<'a> {
    pub(in crate::verify) fields: Vec<Field<'a>>,
    pub(in crate::verify) rules: &'a [FormField],
}

/// Splits an `application/x-www-form-urlencoded` text into fields.
pub(in crate::verify) fn urlencoded(text: &str) -> Vec<Field<'_>> {
    let field = |(name, value)| Field { name, value: decoded_query(value), is_file: false, media_type: None };
    pairs(text).into_iter().map(field).collect()
}

/// The value of a form.
pub(in crate::verify) fn of_form(types: &mut Types<'_>, ty: TypeRef, form: &Fields<'_>) -> Value {
    match types.kind(ty) {
        Kind::Union(variants) => {
            let values = variants.into_iter().map(|variant| of_form(types, variant, form)).collect();
            types.first_taken(ty, values).unwrap_or_default()
        }
        Kind::Text | Kind::List(_) | Kind::Tuple(_) | Kind::Object => object(types, ty, form),
    }
}

fn object(types: &mut Types<'_>, ty: TypeRef, form: &Fields<'_>) -> Value {
    let mut members = Map::new();
    for field in &form.fields {
        let (name, is_deep) = match field.name.split_once('[') {
            // `name[key]` belongs to `name`, unless the schema has a property with that exact name.
            Some((name, _)) if !types.names(ty, &field.name) => (name, true),
            Some(_) | None => (&*field.name, false),
        };
        if members.contains_key(name) {
            continue;
        }
        let of_member = types.member(ty, name);
        let value = if is_deep {
            let all = form.fields.iter().map(|field| (&*field.name, Cow::Borrowed(&*field.value)));
            Tree::of(name, all).map(|tree| tree.value(types, of_member)).unwrap_or_default()
        } else {
            // The name of each element of a list may end in `[]`.
            let is_same = |other: &&Field<'_>| other.name.strip_suffix("[]").unwrap_or(&other.name) == name;
            let same: Vec<&Field<'_>> = form.fields.iter().filter(is_same).collect();
            let rule = form.rules.iter().find(|rule| rule.property == name);
            of_field(types, of_member, &same, rule)
        };
        members.insert(name.to_owned(), value);
    }
    Value::Object(members)
}

/// The value of all fields with the same name.
fn of_field(
    types: &mut Types<'_>,
    ty: Option<TypeRef>,
    same: &[&Field<'_>],
    rule: Option<&FormField>,
) -> Value {
    let one = |types: &mut Types<'_>, ty: Option<TypeRef>, field: &Field<'_>| {
        // The content of a file is opaque: an empty string stands for it.
        if field.is_file { Value::from("") } else { of_text(types, ty, field) }
    };
    let last = |types: &mut Types<'_>, ty| same.last().map_or(Value::Null, |field| one(types, ty, field));
    let Some(found) = ty else { return last(types, None) };
    match types.kind(found) {
        Kind::List(item) => match (same, rule.and_then(|rule| rule.form)) {
            ([only], Some(form)) if !form.explode => {
                let between = match form.style {
                    ParameterStyle::SpaceDelimited => ' ',
                    ParameterStyle::PipeDelimited => '|',
                    ParameterStyle::Simple
                    | ParameterStyle::Label
                    | ParameterStyle::Matrix
                    | ParameterStyle::Form
                    | ParameterStyle::DeepObject
                    | ParameterStyle::Json => ',',
                };
                only.value.split(between).map(|part| types.text(Some(item), part)).collect()
            }
            // A list can be one JSON text.
            ([only], _) if only.value.starts_with('[') => {
                json(&only.value).unwrap_or_else(|| Value::Array(vec![one(types, Some(item), only)]))
            }
            _ => same.iter().map(|field| one(types, Some(item), field)).collect(),
        },
        Kind::Union(variants) => {
            let values =
                variants.into_iter().map(|variant| of_field(types, Some(variant), same, rule)).collect();
            types.first_taken(found, values).unwrap_or_default()
        }
        Kind::Text | Kind::Tuple(_) | Kind::Object => last(types, ty),
    }
}

/// The value of one field: JSON if its type allows no text, or its media type is JSON.
fn of_text(types: &mut Types<'_>, ty: Option<TypeRef>, field: &Field<'_>) -> Value {
    let says_json = field.media_type.as_deref().is_some_and(|name| name.contains("json"));
    let is_composite = ty.is_some_and(|ty| match types.kind(ty) {
        Kind::Object | Kind::Tuple(_) | Kind::List(_) => true,
        Kind::Text | Kind::Union(_) => false,
    });
    if (says_json || is_composite)
        && let Some(value) = json(&field.value)
    {
        return value;
    }
    types.text(ty, &field.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Content;
    use crate::ir::accept::Interpreter;
    use crate::testing::read;

    const DOCUMENT: &str = "
        paths:
          /form:
            post:
              requestBody:
                content:
                  application/x-www-form-urlencoded:
                    schema:
                      type: object
                      properties:
                        n: { type: integer }
                        s: { type: string }
                        list: { type: array, items: { type: integer } }
                        flat: { type: array, items: { type: integer } }
                        deep: { type: object, properties: { a: { type: integer }, b: { type: array, items: { type: boolean } } } }
                        json: { type: object, properties: { a: { type: integer } } }
                        'x[y]': { type: string }
                        either: { anyOf: [{ type: boolean }, { type: array, items: { type: integer } }] }
                      additionalProperties: { type: integer }
                    encoding: { flat: { style: form, explode: false }, deep: { style: deepObject, explode: true } }
              responses: { '204': { description: Done } }
    ";

    fn value(text: &str) -> String {
        let document = read(DOCUMENT);
        let graph = &document.graph;
        let interpreter = Interpreter::new(graph.types(), graph.libraries().dates);
        let mut types = Types { graph, interpreter };
        let body = &graph.operations()[0].body.as_ref().expect("there is a body").main;
        let Content::Form(ty) = body.content else { panic!("it is a form") };
        of_form(&mut types, ty, &Fields { fields: urlencoded(text), rules: &body.fields }).to_string()
    }

    #[test]
    fn fields_are_read_by_their_types_and_encodings() {
        insta::assert_snapshot!(value("n=1&s=1&list=1&list=2&flat=1,2&deep[a]=5&deep[b][]=true&json=%7B%22a%22:1%7D&x[y]=z&more=7"), @r#"{"deep":{"a":5,"b":[true]},"flat":[1,2],"json":{"a":1},"list":[1,2],"more":7,"n":1,"s":"1","x[y]":"z"}"#);
        insta::assert_snapshot!(value("n=x&list=1&list[]=2&flat=x&either=1&either=2&more=y&json=x"), @r#"{"either":[1,2],"flat":["x"],"json":"x","list":[1,2],"more":"y","n":"x"}"#);
        insta::assert_snapshot!(value("list=[1,2]&either=true&s=a%20b+c"), @r#"{"either":true,"list":[1,2],"s":"a b c"}"#);
        insta::assert_snapshot!(value(""), @"{}");
    }
}
