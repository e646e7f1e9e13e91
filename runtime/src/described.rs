//! Schemas of models, for traits of other crates that describe types.

use serde_json::Value;

/// Implements `JsonSchema` of the crate `schemars` for a type. The caller's name for the crate is in brackets.
///
/// ```text
/// runtime::json_schema!([schemars] Pet = "Pet", r#"{
///   "type": "object",
///   "properties": { "owner": { "$ref": "Owner" } }
/// }"#, { "Owner": Owner });
/// ```
///
/// A reference is one of the words behind the schema, which says the type that it refers to.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such type")]
macro_rules! json_schema {
    ([$($schemars:tt)+] $type:ident = $name:literal, $schema:literal, {
        $($word:literal: $inner:path),* $(,)?
    }) => {
        impl $($schemars)+::JsonSchema for $type {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed($name)
            }

            fn schema_id() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed(concat!(module_path!(), "::", $name))
            }

            #[allow(unused_variables, reason = "a schema may refer to no other")]
            fn json_schema(generator: &mut $($schemars)+::SchemaGenerator) -> $($schemars)+::Schema {
                let schema = runtime::described($schema, &mut |word| match word {
                    $($word => Some(generator.subschema_for::<$inner>().to_value()),)*
                    _ => None,
                });
                TryFrom::try_from(schema).unwrap_or_default()
            }
        }
    };
}
pub(crate) use json_schema;

/// Implements `ToSchema` of the crate `utoipa` for a type. The caller's name for the crate is in brackets.
///
/// ```text
/// runtime::to_schema!([utoipa] Pet = "Pet", [Owner],
///     schema::ObjectBuilder::new().property("owner", schema::Ref::from_schema_name("Owner")));
/// ```
///
/// The list has the types that the schema refers to. In the schema, `openapi` and `schema` are modules of the crate.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such type")]
macro_rules! to_schema {
    ([$($utoipa:tt)+] $type:ident = $name:literal, [$($inner:path),* $(,)?], $schema:expr) => {
        impl $($utoipa)+::PartialSchema for $type {
            #[allow(unused_imports, reason = "not every schema needs both")]
            fn schema() -> $($utoipa)+::openapi::RefOr<$($utoipa)+::openapi::schema::Schema> {
                use $($utoipa)+::openapi::{self, schema};
                openapi::RefOr::from($schema)
            }
        }

        impl $($utoipa)+::ToSchema for $type {
            fn name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::Borrowed($name)
            }

            #[allow(dead_code, unused_variables, reason = "a schema may refer to no other")]
            fn schemas(
                schemas: &mut Vec<(String, $($utoipa)+::openapi::RefOr<$($utoipa)+::openapi::schema::Schema>)>,
            ) {
                // A type may contain itself.
                fn add<T: $($utoipa)+::ToSchema>(
                    schemas: &mut Vec<(
                        String,
                        $($utoipa)+::openapi::RefOr<$($utoipa)+::openapi::schema::Schema>,
                    )>,
                ) {
                    let name = T::name();
                    if schemas.iter().all(|(known, _)| *known != name) {
                        schemas.push((name.into_owned(), T::schema()));
                        T::schemas(schemas);
                    }
                }
                $(add::<$inner>(schemas);)*
            }
        }
    };
}
pub(crate) use to_schema;

/// Implements `TS` of the crate `ts_rs` for a type. The caller's name for the crate is in brackets.
///
/// ```text
/// runtime::typescript!([ts_rs] Pet = "Pet", "Pet.ts", r#"{ owner?: Owner }"#, [Owner]);
/// ```
///
/// The list has the types that the text mentions.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such type")]
macro_rules! typescript {
    ([$($ts:tt)+] $type:ident = $name:literal, $file:literal, $text:literal, [$($inner:path),* $(,)?]) => {
        impl $($ts)+::TS for $type {
            type WithoutGenerics = Self;
            type OptionInnerType = Self;

            fn name(_: &$($ts)+::Config) -> String {
                $name.to_owned()
            }

            fn inline(_: &$($ts)+::Config) -> String {
                $text.to_owned()
            }

            fn inline_flattened(_: &$($ts)+::Config) -> String {
                concat!("(", $text, ")").to_owned()
            }

            fn decl(_: &$($ts)+::Config) -> String {
                concat!("type ", $name, " = ", $text, ";").to_owned()
            }

            fn decl_concrete(_: &$($ts)+::Config) -> String {
                concat!("type ", $name, " = ", $text, ";").to_owned()
            }

            #[allow(unused_variables, reason = "a type may mention no other")]
            fn visit_dependencies(visitor: &mut impl $($ts)+::TypeVisitor)
            where
                Self: 'static,
            {
                $(visitor.visit::<$inner>();)*
            }

            fn output_path() -> Option<::std::path::PathBuf> {
                Some($file.into())
            }
        }
    };
}
pub(crate) use typescript;

/// The schema in this text. `referred` gives the replacement of each reference, for its word.
pub fn described(text: &str, referred: &mut dyn FnMut(&str) -> Option<Value>) -> Value {
    // The generator has written the text.
    let mut schema = serde_json::from_str(text).unwrap_or(Value::Bool(true));
    refer(&mut schema, referred);
    schema
}

fn refer(schema: &mut Value, referred: &mut dyn FnMut(&str) -> Option<Value>) {
    let Value::Object(keywords) = schema else { return };
    if let Some(Value::String(word)) = keywords.get("$ref") {
        if let Some(found) = referred(word) {
            *schema = found;
        }
        return;
    }
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            // Values, in which nothing is a schema.
            ("default" | "enum", _) => {}
            ("properties" | "patternProperties", Value::Object(named)) => {
                named.values_mut().for_each(|schema| refer(schema, referred));
            }
            (_, Value::Array(schemas)) => schemas.iter_mut().for_each(|schema| refer(schema, referred)),
            (_, schema) => refer(schema, referred),
        }
    }
}
