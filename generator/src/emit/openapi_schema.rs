//! Writes schemas as expressions of the crate `utoipa`, where `schema` is its module of this name.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::literal::{any, float_text};
use crate::ir::{Keyword, SchemaNode, TypeId};
use crate::number;

type Keywords<'k> = Vec<(&'static str, &'k Keyword)>;

/// The keywords of the struct for arrays, in addition to `type`.
const OF_ARRAYS: [&str; 5] = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];
/// The keywords that have their own structs.
const OF_CHOICES: [&str; 3] = ["allOf", "anyOf", "oneOf"];
/// Keywords for the whole schema: annotations, and the keyword that depends on the others.
const OF_THE_WHOLE: [&str; 7] =
    ["title", "description", "default", "deprecated", "readOnly", "writeOnly", "unevaluatedProperties"];

/// Writes expressions.
pub(super) struct OpenApiSchema<'a> {
    /// The name of a type that has the trait.
    pub(super) word: &'a dyn Fn(TypeId) -> String,
}

impl OpenApiSchema<'_> {
    /// An expression that can be converted into a schema or a reference to one.
    pub(super) fn expression(&self, schema: &SchemaNode) -> TokenStream {
        match schema {
            SchemaNode::Boolean(true) => {
                quote!(schema::ObjectBuilder::new().schema_type(schema::SchemaType::AnyValue))
            }
            SchemaNode::Boolean(false) => {
                let everything = SchemaNode::Boolean(true);
                let not = Keyword::Schema(Box::new(everything.clone()));
                let (all, further) = (self.expression(&everything), self.further(&[("not", &not)]));
                quote!(#all #further)
            }
            SchemaNode::Reference(id) => {
                let name = (self.word)(*id);
                quote!(schema::Ref::from_schema_name(#name))
            }
            SchemaNode::Keywords(keywords) => self.keywords(keywords),
        }
    }

    /// A struct that has all of the keywords, or else an `allOf` of several.
    fn keywords(&self, keywords: &[(&'static str, Keyword)]) -> TokenStream {
        let pick = |of: &[&str]| -> Keywords<'_> {
            keywords
                .iter()
                .filter(|(key, _)| of.contains(key))
                .map(|(key, keyword)| (*key, keyword))
                .collect()
        };
        let mut arrays = pick(&OF_ARRAYS);
        let choices = pick(&OF_CHOICES);
        let of_the_whole = pick(&OF_THE_WHOLE);
        let discriminator = pick(&["discriminator"]);
        let is_other = |key: &str| {
            key != "discriminator"
                && ![&OF_ARRAYS[..], &OF_CHOICES, &OF_THE_WHOLE].iter().any(|known| known.contains(&key))
        };
        let mut others: Keywords<'_> =
            keywords.iter().filter(|(key, _)| is_other(key)).map(|(key, keyword)| (*key, keyword)).collect();
        // The struct for arrays includes the type.
        if !arrays.is_empty() && others.iter().all(|(key, _)| *key == "type") {
            arrays.append(&mut others);
        }
        let mut parts: Vec<(Builder, TokenStream)> = Vec::new();
        if !others.is_empty() || arrays.is_empty() && choices.is_empty() {
            parts.push((Builder::Object, self.object(&others)));
        }
        if !arrays.is_empty() {
            parts.push((Builder::Array, self.array(&arrays)));
        }
        for (key, keyword) in choices {
            let is_first_choice =
                key != "allOf" && parts.iter().all(|(builder, _)| !builder.has_discriminator());
            let discriminator = discriminator.first().filter(|_| is_first_choice);
            parts.push(self.choice(key, keyword, discriminator.map(|(_, keyword)| *keyword)));
        }
        let (builder, whole) = match parts.len() {
            1 => parts.remove(0),
            _ => {
                let items = parts.into_iter().map(|(_, part)| quote!(.item(#part)));
                (Builder::AllOf, quote!(schema::AllOfBuilder::new() #(#items)*))
            }
        };
        let beside = self.of_the_whole(builder, &of_the_whole);
        quote!(#whole #beside)
    }

    fn object(&self, keywords: &Keywords<'_>) -> TokenStream {
        let mut calls = vec![schema_type(keywords)];
        let mut further = Keywords::new();
        for (key, keyword) in keywords {
            calls.push(match (*key, *keyword) {
                ("type", _) => TokenStream::new(),
                ("format", Keyword::Value(Value::String(format))) => {
                    quote!(.format(Some(schema::SchemaFormat::Custom(#format.to_owned()))))
                }
                ("enum", Keyword::Value(Value::Array(values))) => {
                    let values = values.iter().map(any);
                    quote!(.enum_values(Some([#(#values),*])))
                }
                ("pattern", Keyword::Value(Value::String(pattern))) => quote!(.pattern(Some(#pattern))),
                ("required", Keyword::Value(Value::Array(names))) => {
                    let names = names.iter().filter_map(Value::as_str);
                    quote!(#(.required(#names))*)
                }
                ("properties", Keyword::Named(properties)) => {
                    let properties = properties.iter().map(|(name, schema)| {
                        let schema = self.expression(schema);
                        quote!(.property(#name, #schema))
                    });
                    quote!(#(#properties)*)
                }
                ("additionalProperties", Keyword::Schema(schema)) => self.additional(schema),
                (key, Keyword::Value(value)) if COUNTS.contains(&key) => count(key, value),
                (key, Keyword::Value(value)) if BOUNDS.contains(&key) => bound(key, value),
                (key, keyword) => {
                    further.push((key, keyword));
                    TokenStream::new()
                }
            });
        }
        let further = self.further(&further);
        quote!(schema::ObjectBuilder::new() #(#calls)* #further)
    }

    fn additional(&self, schema: &SchemaNode) -> TokenStream {
        match schema {
            SchemaNode::Boolean(allowed) => {
                quote!(.additional_properties(Some(schema::AdditionalProperties::<schema::Schema>::FreeForm(#allowed))))
            }
            SchemaNode::Reference(_) | SchemaNode::Keywords(_) => {
                let schema = self.schema(schema);
                quote!(.additional_properties(Some(#schema)))
            }
        }
    }

    /// A schema or a reference to one, in the types of the crate.
    fn schema(&self, schema: &SchemaNode) -> TokenStream {
        let schema = self.expression(schema);
        quote!(openapi::RefOr::<schema::Schema>::from(#schema))
    }

    fn array(&self, keywords: &Keywords<'_>) -> TokenStream {
        let mut calls = vec![schema_type(keywords)];
        // Without `items` an array would be an array of objects.
        if !keywords.iter().any(|(key, _)| *key == "items") {
            let everything = self.expression(&SchemaNode::Boolean(true));
            calls.push(quote!(.items(#everything)));
        }
        for (key, keyword) in keywords {
            calls.push(match (*key, *keyword) {
                ("items", Keyword::Schema(items)) => match &**items {
                    SchemaNode::Boolean(false) => quote!(.items(schema::ArrayItems::False)),
                    items => {
                        let items = self.expression(items);
                        quote!(.items(#items))
                    }
                },
                ("prefixItems", Keyword::List(places)) => {
                    // A plain reference is not possible here.
                    let places = places.iter().map(|place| match place {
                        SchemaNode::Reference(_) => {
                            let place = self.expression(place);
                            quote!(schema::Schema::from(schema::AllOfBuilder::new().item(#place)))
                        }
                        SchemaNode::Boolean(_) | SchemaNode::Keywords(_) => {
                            let place = self.expression(place);
                            quote!(schema::Schema::from(#place))
                        }
                    });
                    quote!(.prefix_items([#(#places),*]))
                }
                ("uniqueItems", _) => quote!(.unique_items(true)),
                (key, Keyword::Value(value)) if COUNTS.contains(&key) => count(key, value),
                _ => TokenStream::new(),
            });
        }
        quote!(schema::ArrayBuilder::new() #(#calls)*)
    }

    fn choice(
        &self,
        key: &str,
        keyword: &Keyword,
        discriminator: Option<&Keyword>,
    ) -> (Builder, TokenStream) {
        let builder = match key {
            "allOf" => Builder::AllOf,
            "anyOf" => Builder::AnyOf,
            _ => Builder::OneOf,
        };
        let branches = if let Keyword::List(branches) = keyword { &branches[..] } else { &[] };
        let branches = branches.iter().map(|branch| self.expression(branch));
        let name = format_ident!("{}Builder", builder.name());
        let discriminator = match discriminator {
            Some(Keyword::Discriminator(property, mapping)) if mapping.is_empty() => {
                quote!(.discriminator(Some(schema::Discriminator::new(#property))))
            }
            Some(Keyword::Discriminator(property, mapping)) => {
                let mapping = mapping.iter().map(|(tag, id)| {
                    let target = format!("#/components/schemas/{}", (self.word)(*id));
                    quote!((#tag, #target))
                });
                quote!(.discriminator(Some(schema::Discriminator::with_mapping(#property, [#(#mapping),*]))))
            }
            Some(_) | None => TokenStream::new(),
        };
        (builder, quote!(schema::#name::new() #(.item(#branches))* #discriminator))
    }

    fn of_the_whole(&self, builder: Builder, keywords: &Keywords<'_>) -> TokenStream {
        let mut calls = Vec::new();
        let mut further = Keywords::new();
        for (key, keyword) in keywords {
            calls.push(match (*key, *keyword) {
                (key @ ("title" | "description"), Keyword::Value(Value::String(text)))
                    if builder.has(key) =>
                {
                    let name = format_ident!("{key}");
                    quote!(.#name(Some(#text)))
                }
                ("default", Keyword::Value(value)) => {
                    let value = any(value);
                    quote!(.default(Some(#value)))
                }
                (key @ "deprecated", _) if builder.has(key) => {
                    quote!(.deprecated(Some(openapi::Deprecated::True)))
                }
                (key, keyword) => {
                    further.push((key, keyword));
                    TokenStream::new()
                }
            });
        }
        let further = self.further(&further);
        quote!(#(#calls)* #further)
    }

    /// Keywords that the structs of the crate do not have.
    fn further(&self, keywords: &[(&'static str, &Keyword)]) -> TokenStream {
        if keywords.is_empty() {
            return TokenStream::new();
        }
        let value = |schema: &SchemaNode| {
            let schema = self.schema(schema);
            quote!(serde_json::to_value(#schema).unwrap_or_default())
        };
        let entries = keywords.iter().map(|(key, keyword)| {
            let value = match keyword {
                Keyword::Value(value) => any(value),
                Keyword::Schema(schema) => value(schema),
                Keyword::List(schemas) => {
                    let schemas = schemas.iter().map(value);
                    quote!(serde_json::Value::Array(Vec::from([#(#schemas),*])))
                }
                Keyword::Named(schemas) => {
                    let members = schemas.iter().map(|(name, schema)| {
                        let schema = value(schema);
                        quote!((#name.to_owned(), #schema))
                    });
                    quote!(serde_json::Value::Object(serde_json::Map::from_iter([#(#members),*])))
                }
                Keyword::Discriminator(property, _) => quote!(serde_json::Value::from(#property)),
            };
            quote!((#key, #value))
        });
        quote!(.extensions(Some([#(#entries),*].into_iter().collect())))
    }
}

/// The structs of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Builder {
    Object,
    Array,
    AllOf,
    AnyOf,
    OneOf,
}

impl Builder {
    fn name(self) -> &'static str {
        match self {
            Self::Object => "Object",
            Self::Array => "Array",
            Self::AllOf => "AllOf",
            Self::AnyOf => "AnyOf",
            Self::OneOf => "OneOf",
        }
    }

    fn has_discriminator(self) -> bool {
        match self {
            Self::AnyOf | Self::OneOf => true,
            Self::Object | Self::Array | Self::AllOf => false,
        }
    }

    /// Whether the struct has a method for an annotation, with the same signature in all versions of the crate.
    fn has(self, key: &str) -> bool {
        match self {
            Self::Object | Self::Array => ["title", "description", "deprecated"].contains(&key),
            Self::AllOf | Self::OneOf => ["title", "description"].contains(&key),
            Self::AnyOf => key == "description",
        }
    }
}

const COUNTS: [&str; 6] =
    ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const BOUNDS: [&str; 5] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

fn schema_type(keywords: &Keywords<'_>) -> TokenStream {
    let of = |word: &Value| {
        let name = heck::ToUpperCamelCase::to_upper_camel_case(word.as_str().unwrap_or_default());
        let name = format_ident!("{name}");
        quote!(schema::Type::#name)
    };
    let found = keywords.iter().find(|(key, _)| *key == "type").map(|(_, keyword)| *keyword);
    match found {
        Some(Keyword::Value(Value::Array(words))) => {
            let words = words.iter().map(of);
            quote!(.schema_type(schema::SchemaType::from_iter([#(#words),*])))
        }
        Some(Keyword::Value(word)) => {
            let word = of(word);
            quote!(.schema_type(#word))
        }
        Some(_) | None => quote!(.schema_type(schema::SchemaType::AnyValue)),
    }
}

fn method(key: &str) -> proc_macro2::Ident {
    format_ident!("{}", heck::ToSnakeCase::to_snake_case(key))
}

fn count(key: &str, value: &Value) -> TokenStream {
    let (method, value) =
        (method(key), proc_macro2::Literal::u64_unsuffixed(value.as_u64().unwrap_or_default()));
    quote!(.#method(Some(#value)))
}

/// A bound with all digits that the crate can represent.
fn bound(key: &str, value: &Value) -> TokenStream {
    let text = match (value.as_i64(), value.as_u64(), number::integer(value)) {
        (Some(value), _, _) => format!("{value}i64"),
        (None, Some(value), _) => format!("{value}u64"),
        (None, None, Some(wide)) => float_text(wide as f64),
        (None, None, None) => float_text(value.as_f64().unwrap_or_default()),
    };
    let method = method(key);
    let value: TokenStream = text.parse().unwrap_or_default();
    quote!(.#method(Some(#value)))
}
