//! Writes constant values as expressions of their types.
//!
//! Values that are parsed from text (a UUID, a date) are parsed here or by a macro: the emitted expression is a
//! constant or does not compile, so it cannot panic at run time.

mod plain;
mod structs;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

pub(super) use self::plain::any;
pub(super) use self::plain::{NUMBERS, float_text, has_float};
use self::plain::{base64, float, members};
use super::dates;
use super::file::File;
use super::format;
use super::text::{one_line, quoted};
use crate::ir::{EnumKind, FloatKind, Literal, Scalar, Shape, TypeId, TypeRef, VariantSelection};
use crate::naming;
use crate::number;

/// The names that `runtime::object!` itself uses in the scope of a default.
const TAKEN: &[&str] = &["A", "At", "Partial"];

/// A value of a use of a type, at an indentation of `depth` steps.
pub(super) fn expression(
    file: &mut File<'_>,
    value: &Literal,
    ty: TypeRef,
    boxed: bool,
    depth: usize,
) -> String {
    let tokens = use_tokens(file, value, ty, boxed, false);
    format::expression(tokens, depth)
}

/// The note on a default in the documentation; `None` if it is too long to read.
pub(super) fn default_note(file: &File<'_>, value: &Literal) -> Option<String> {
    let text = json_text(file, value)?;
    (text.len() <= 80).then(|| format!("Default: {}.", super::text::code(&text)))
}

/// A value of a use of a type: in `Some` if the use is an `Option`, in a box if it is boxed.
pub(super) fn use_tokens(
    file: &mut File<'_>,
    value: &Literal,
    ty: TypeRef,
    boxed: bool,
    optional: bool,
) -> TokenStream {
    let content = file.cx.graph.unaliased(ty);
    if matches!(value, Literal::Null) && (content.nullable || optional) {
        return quote!(None);
    }
    let mut tokens = content_tokens(file, value, content.id);
    if file.cx.graph.is_secret(ty.id) {
        file.runtime();
        tokens = quote!(runtime::Secret::from(#tokens));
    }
    if boxed {
        tokens = quote!(Box::new(#tokens));
    }
    if content.nullable || optional { quote!(Some(#tokens)) } else { tokens }
}

/// A value of a type.
fn content_tokens(file: &mut File<'_>, value: &Literal, id: TypeId) -> TokenStream {
    let graph = file.cx.graph;
    if let Shape::Newtype { content, boxed } = &graph.get(id).shape {
        let path = path_tokens(file, id);
        let inner = use_tokens(file, value, *content, *boxed, false);
        return quote!(#path(#inner));
    }
    match value {
        Literal::Null => quote!(()),
        Literal::Bool(value) => quote!(#value),
        Literal::Integer(value) => integer_tokens(file, *value, id),
        Literal::Float(value) => float_tokens(file, *value, id),
        Literal::String(text) => string_tokens(file, text, id),
        Literal::EnumValue(of, index) => {
            let (path, value) = (path_tokens(file, *of), member_tokens(file, *of, *index));
            quote!(#path::#value)
        }
        Literal::UnknownEnumValue(of, value) => unknown_value(file, *of, value),
        Literal::List(items) => list_tokens(file, items, id),
        Literal::Map(entries) => map_tokens(file, entries, id),
        Literal::Struct(of, fields, rest) => structs::structure_value(file, *of, fields, rest),
        Literal::UnknownVariant(of, value) => unknown_variant(file, *of, value),
        Literal::Variant(of, index, content) => variant_value(file, *of, *index, content),
        Literal::Any(value) => any(value),
    }
}

fn integer_tokens(file: &File<'_>, value: i128, id: TypeId) -> TokenStream {
    match file.cx.graph.get(id).shape {
        Shape::Scalar(Scalar::Float(kind)) => float(value as f64, kind),
        _ => tokens(&value.to_string()),
    }
}

fn float_tokens(file: &File<'_>, value: f64, id: TypeId) -> TokenStream {
    match file.cx.graph.get(id).shape {
        Shape::Scalar(Scalar::Float(kind)) => float(value, kind),
        _ => float(value, FloatKind::F64),
    }
}

/// A value of a type that is a string in JSON.
fn string_tokens(file: &mut File<'_>, text: &str, id: TypeId) -> TokenStream {
    let owned = quote!(#text.to_owned());
    match file.cx.graph.get(id).shape {
        Shape::Scalar(Scalar::Secret) => {
            file.runtime();
            quote!(runtime::Secret::from(#owned))
        }
        Shape::Scalar(Scalar::Uuid) => quote!(uuid::uuid!(#text)),
        Shape::Scalar(Scalar::Date) => dates::date(file, text),
        Shape::Scalar(Scalar::DateTime) => dates::date_time(file, text),
        Shape::Scalar(Scalar::Base64) => {
            file.runtime();
            let bytes = Token::byte_string(&base64(text));
            quote!(runtime::Base64::from(#bytes.to_vec()))
        }
        Shape::Scalar(Scalar::Binary) => {
            file.runtime();
            let bytes = Token::byte_string(text.as_bytes());
            quote!(runtime::File::from(#bytes.to_vec()))
        }
        _ => owned,
    }
}

fn unknown_value(file: &mut File<'_>, of: TypeId, value: &Literal) -> TokenStream {
    let (path, variant) = (path_tokens(file, of), tokens(file.cx.names.extra(file.cx.graph.definition(of))));
    let (kind, is_boolean) = match &file.cx.graph.get(file.cx.graph.definition(of)).shape {
        Shape::Enum(shape) => (shape.kind, shape.is_boolean()),
        _ => (EnumKind::Mixed, false),
    };
    let value = match (kind, value) {
        (EnumKind::String, Literal::String(text)) => quote!(#text.to_owned()),
        (EnumKind::Integer, Literal::Integer(value)) => tokens(&value.to_string()),
        (EnumKind::Mixed, Literal::Bool(value)) if is_boolean => quote!(#value),
        (_, value) => any(&value.json(file.cx.graph)),
    };
    quote!(#path::#variant(#value))
}

/// An object that a union keeps whole.
fn unknown_variant(file: &mut File<'_>, of: TypeId, object: &serde_json::Value) -> TokenStream {
    let graph = file.cx.graph;
    let (path, variant) = (path_tokens(file, of), tokens(file.cx.names.extra(graph.definition(of))));
    let tag = match graph.get(graph.definition(of)).shape.as_union().map(|union| &union.reading.object) {
        Some(VariantSelection::Tagged(tagged)) => object.get(&tagged.property),
        _ => None,
    };
    let tag = match tag {
        Some(serde_json::Value::String(text)) if number::of_text(text).is_none() => text.clone(),
        // In the object the integer is rounded.
        Some(value) if number::wide(value).is_some() => {
            let integer = number::wide(value).unwrap_or_default();
            serde_json::Value::from(integer as f64).to_string()
        }
        other => other.map(serde_json::Value::to_string).unwrap_or_default(),
    };
    let members = members(object.as_object().into_iter().flatten());
    file.runtime();
    quote!(#path::#variant(runtime::UnknownVariant { tag: #tag.to_owned(), object: #members }))
}

fn list_tokens(file: &mut File<'_>, items: &[Literal], id: TypeId) -> TokenStream {
    match &file.cx.graph.get(id).shape {
        Shape::Tuple(tuple) => {
            let items = items.iter().chain(std::iter::repeat(&Literal::Null)).zip(&tuple.places);
            let items = items.map(|(item, ty)| use_tokens(file, item, *ty, false, false));
            let items: Vec<TokenStream> = items.collect();
            if tuple.may_be_short() {
                file.runtime();
                return quote!(runtime::Short((#(#items,)*)));
            }
            quote!((#(#items,)*))
        }
        Shape::List(ty) if !items.is_empty() => {
            let ty = *ty;
            let items: Vec<TokenStream> =
                items.iter().map(|item| use_tokens(file, item, ty, false, false)).collect();
            // prettyplease lays out the elements of an array, but not the tokens of a macro.
            match items.iter().map(|item| item.to_string().len()).sum::<usize>() {
                ..=60 => quote!(vec![#(#items),*]),
                _ => quote!(Vec::from([#(#items),*])),
            }
        }
        _ => quote!(Vec::new()),
    }
}

fn map_tokens(file: &mut File<'_>, entries: &[(String, Literal)], id: TypeId) -> TokenStream {
    match file.cx.graph.get(id).shape {
        Shape::Map(ty) => entries_tokens(file, entries, ty),
        _ => entries_tokens(file, &[], TypeRef { id, nullable: false }),
    }
}

/// A map of values of this type.
fn entries_tokens(file: &mut File<'_>, entries: &[(String, Literal)], values: TypeRef) -> TokenStream {
    let map = tokens(naming::map_type(file.cx.graph.libraries()));
    if entries.is_empty() {
        return quote!(#map::new());
    }
    let entries = entries.iter().map(|(key, value)| {
        let value = use_tokens(file, value, values, false, false);
        quote!((#key.to_owned(), #value))
    });
    let entries: Vec<TokenStream> = entries.collect();
    quote!(#map::from([#(#entries),*]))
}

fn variant_value(file: &mut File<'_>, of: TypeId, index: usize, content: &Literal) -> TokenStream {
    let (path, name) = (path_tokens(file, of), member_tokens(file, of, index));
    let Shape::Union(shape) = &file.cx.graph.get(file.cx.graph.definition(of)).shape else {
        return quote!(Default::default());
    };
    let Some(variant) = shape.variants.get(index) else { return quote!(Default::default()) };
    let (ty, boxed) = (variant.ty, variant.boxed);
    let content = use_tokens(file, content, ty, boxed, false);
    quote!(#path::#name(#content))
}

fn path_tokens(file: &mut File<'_>, id: TypeId) -> TokenStream {
    let path = file.path(id).unwrap_or_default();
    // A default is in the scope of the macro's own generics and types.
    if TAKEN.contains(&path.as_str()) { tokens(&format!("self::{path}")) } else { tokens(&path) }
}

pub(super) fn member_tokens(file: &File<'_>, id: TypeId, index: usize) -> TokenStream {
    tokens(file.cx.names.member(file.cx.graph.definition(id), index))
}

/// Whether a value is the `Default` of its Rust type.
pub(super) fn is_natural(file: &File<'_>, value: &Literal, ty: TypeRef) -> bool {
    let ty = file.cx.graph.unaliased(ty);
    if ty.nullable {
        return matches!(value, Literal::Null);
    }
    match value {
        Literal::Null => true,
        Literal::Bool(value) => !value,
        Literal::Integer(value) => *value == 0,
        Literal::Float(value) => *value == 0.0,
        Literal::String(text) => {
            text.is_empty() && matches!(file.cx.graph.get(ty.id).shape, Shape::Scalar(Scalar::String))
        }
        Literal::List(items) => items.is_empty() && matches!(file.cx.graph.get(ty.id).shape, Shape::List(_)),
        Literal::Map(entries) => entries.is_empty(),
        Literal::Struct(of, given, rest) => {
            given.is_empty() && rest.is_empty() && file.cx.graph.get(*of).has_default
        }
        Literal::Any(value) => value.is_null(),
        Literal::EnumValue(..)
        | Literal::UnknownEnumValue(..)
        | Literal::Variant(..)
        | Literal::UnknownVariant(..) => false,
    }
}

/// The value as JSON, for the documentation.
fn json_text(file: &File<'_>, value: &Literal) -> Option<String> {
    match value {
        Literal::Variant(_, _, content) => json_text(file, content),
        Literal::Struct(of, fields, rest) if fields.is_empty() && rest.is_empty() => {
            file.cx.names.type_ident(*of).map(|name| format!("{name}::default()"))
        }
        value => Some(one_line(&number::text(&value.json(file.cx.graph)))),
    }
}

/// The tokens of a text from this crate: a path, a name, a number.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| {
        debug_assert!(false, "not tokens: {}", quoted(text));
        TokenStream::new()
    })
}
