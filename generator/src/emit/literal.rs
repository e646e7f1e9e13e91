//! Constant values as expressions of their types.
//!
//! What is parsed from text (a UUID, a date) is parsed here or by a macro: the emitted expression either is a constant
//! or does not compile, so it cannot panic when it runs.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::file::File;
use super::format;
use super::text::{one_line, quoted};
use crate::ir::{
    EnumKind, FloatKind, Literal, MOST_ARGUMENTS, Presence, Property, PropertyKind, Rest, Scalar, Shape,
    Struct, TypeId, TypeRef, VariantSelection,
};
use crate::naming;
use crate::number;

/// What `runtime::object!` calls things of its own where a default stands.
const TAKEN: &[&str] = &["A", "At", "Partial"];

/// What fills in the fields of a struct that a literal leaves out.
struct Base {
    made: TokenStream,
    /// The properties that it is made from.
    arguments: Vec<usize>,
}

impl File<'_> {
    /// A value of a use of a type, as it stands `depth` steps in.
    pub(super) fn expression(&mut self, value: &Literal, ty: TypeRef, boxed: bool, depth: usize) -> String {
        let tokens = self.value(value, ty, boxed, false);
        format::expression(tokens, depth)
    }

    /// What the documentation says of a default; nothing when it is too long to be read.
    pub(super) fn default_note(&self, value: &Literal) -> Option<String> {
        let text = self.json_text(value)?;
        (text.len() <= 80).then(|| format!("Default: {}.", super::text::code(&text)))
    }

    /// A value of a use of a type: in `Some` where the use is an option, in a box where it is one.
    pub(super) fn value(&mut self, value: &Literal, ty: TypeRef, boxed: bool, optional: bool) -> TokenStream {
        let content = self.cx.graph.unaliased(ty);
        if matches!(value, Literal::Null) && (content.nullable || optional) {
            return quote!(None);
        }
        let mut tokens = self.content(value, content.id);
        if self.cx.graph.is_secret(ty.id) {
            self.runtime();
            tokens = quote!(runtime::Secret::from(#tokens));
        }
        if boxed {
            tokens = quote!(Box::new(#tokens));
        }
        if content.nullable || optional { quote!(Some(#tokens)) } else { tokens }
    }

    /// A value of a type.
    fn content(&mut self, value: &Literal, id: TypeId) -> TokenStream {
        let graph = self.cx.graph;
        if let Shape::Newtype { content, boxed } = &graph.get(id).shape {
            let path = self.path_tokens(id);
            let inner = self.value(value, *content, *boxed, false);
            return quote!(#path(#inner));
        }
        match value {
            Literal::Null => quote!(()),
            Literal::Bool(value) => quote!(#value),
            Literal::Integer(value) => self.integer(*value, id),
            Literal::Float(value) => self.float(*value, id),
            Literal::String(text) => self.string(text, id),
            Literal::EnumValue(of, index) => {
                let (path, value) = (self.path_tokens(*of), self.member_tokens(*of, *index));
                quote!(#path::#value)
            }
            Literal::UnknownEnumValue(of, value) => self.unknown_value(*of, value),
            Literal::List(items) => self.list(items, id),
            Literal::Map(entries) => self.map(entries, id),
            Literal::Struct(of, fields, rest) => self.structure_value(*of, fields, rest),
            Literal::UnknownVariant(of, value) => self.unknown_variant(*of, value),
            Literal::Variant(of, index, content) => self.variant_value(*of, *index, content),
            Literal::Any(value) => any(value),
        }
    }

    fn integer(&self, value: i128, id: TypeId) -> TokenStream {
        match self.cx.graph.get(id).shape {
            Shape::Scalar(Scalar::Float(kind)) => float(value as f64, kind),
            _ => tokens(&value.to_string()),
        }
    }

    fn float(&self, value: f64, id: TypeId) -> TokenStream {
        match self.cx.graph.get(id).shape {
            Shape::Scalar(Scalar::Float(kind)) => float(value, kind),
            _ => float(value, FloatKind::F64),
        }
    }

    /// A value of a type that is written as a string.
    fn string(&mut self, text: &str, id: TypeId) -> TokenStream {
        let owned = quote!(#text.to_owned());
        match self.cx.graph.get(id).shape {
            Shape::Scalar(Scalar::Secret) => {
                self.runtime();
                quote!(runtime::Secret::from(#owned))
            }
            Shape::Scalar(Scalar::Uuid) => quote!(uuid::uuid!(#text)),
            Shape::Scalar(Scalar::Date) => self.date(text),
            Shape::Scalar(Scalar::DateTime) => self.date_time(text),
            Shape::Scalar(Scalar::Base64) => {
                self.runtime();
                let bytes = Token::byte_string(&base64(text));
                quote!(runtime::Base64::from(#bytes.to_vec()))
            }
            Shape::Scalar(Scalar::Binary) => {
                self.runtime();
                let bytes = Token::byte_string(text.as_bytes());
                quote!(runtime::File::from(#bytes.to_vec()))
            }
            _ => owned,
        }
    }

    fn unknown_value(&mut self, of: TypeId, value: &Literal) -> TokenStream {
        let (path, variant) =
            (self.path_tokens(of), tokens(self.cx.names.extra(self.cx.graph.definition(of))));
        let (kind, is_boolean) = match &self.cx.graph.get(self.cx.graph.definition(of)).shape {
            Shape::Enum(shape) => (shape.kind, shape.is_boolean()),
            _ => (EnumKind::Mixed, false),
        };
        let value = match (kind, value) {
            (EnumKind::String, Literal::String(text)) => quote!(#text.to_owned()),
            (EnumKind::Integer, Literal::Integer(value)) => tokens(&value.to_string()),
            (EnumKind::Mixed, Literal::Bool(value)) if is_boolean => quote!(#value),
            (_, value) => any(&value.json(self.cx.graph)),
        };
        quote!(#path::#variant(#value))
    }

    /// An object that a union keeps whole.
    fn unknown_variant(&mut self, of: TypeId, object: &serde_json::Value) -> TokenStream {
        let graph = self.cx.graph;
        let (path, variant) = (self.path_tokens(of), tokens(self.cx.names.extra(graph.definition(of))));
        let tag = match graph.get(graph.definition(of)).shape.as_union().map(|union| &union.reading.object) {
            Some(VariantSelection::Tagged(tagged)) => object.get(&tagged.property),
            _ => None,
        };
        let tag = match tag {
            Some(serde_json::Value::String(text)) if number::of_text(text).is_none() => text.clone(),
            // What the object has, in which it is rounded.
            Some(value) if number::wide(value).is_some() => {
                let integer = number::wide(value).unwrap_or_default();
                serde_json::Value::from(integer as f64).to_string()
            }
            other => other.map(serde_json::Value::to_string).unwrap_or_default(),
        };
        let members = members(object.as_object().into_iter().flatten());
        self.runtime();
        quote!(#path::#variant(runtime::UnknownVariant { tag: #tag.to_owned(), object: #members }))
    }

    fn list(&mut self, items: &[Literal], id: TypeId) -> TokenStream {
        match &self.cx.graph.get(id).shape {
            Shape::Tuple(tuple) => {
                let items = items.iter().chain(std::iter::repeat(&Literal::Null)).zip(&tuple.places);
                let items = items.map(|(item, ty)| self.value(item, *ty, false, false));
                let items: Vec<TokenStream> = items.collect();
                if tuple.may_be_short() {
                    self.runtime();
                    return quote!(runtime::Short((#(#items,)*)));
                }
                quote!((#(#items,)*))
            }
            Shape::List(ty) if !items.is_empty() => {
                let ty = *ty;
                let items: Vec<TokenStream> =
                    items.iter().map(|item| self.value(item, ty, false, false)).collect();
                // prettyplease lays out the elements of an array, but not the tokens of a macro.
                match items.iter().map(|item| item.to_string().len()).sum::<usize>() {
                    ..=60 => quote!(vec![#(#items),*]),
                    _ => quote!(Vec::from([#(#items),*])),
                }
            }
            _ => quote!(Vec::new()),
        }
    }

    fn map(&mut self, entries: &[(String, Literal)], id: TypeId) -> TokenStream {
        match self.cx.graph.get(id).shape {
            Shape::Map(ty) => self.entries(entries, ty),
            _ => self.entries(&[], TypeRef { id, nullable: false }),
        }
    }

    /// A map of values of this type.
    fn entries(&mut self, entries: &[(String, Literal)], values: TypeRef) -> TokenStream {
        let map = tokens(naming::map_type(self.cx.graph.libraries()));
        if entries.is_empty() {
            return quote!(#map::new());
        }
        let entries = entries.iter().map(|(key, value)| {
            let value = self.value(value, values, false, false);
            quote!((#key.to_owned(), #value))
        });
        let entries: Vec<TokenStream> = entries.collect();
        quote!(#map::from([#(#entries),*]))
    }

    /// A struct expression. What is not given has its default, and `..` stands there only when something is left to
    /// fill in.
    fn structure_value(
        &mut self,
        of: TypeId,
        given: &[(usize, Literal)],
        rest: &[(String, Literal)],
    ) -> TokenStream {
        let ty = self.cx.graph.get(self.cx.graph.definition(of));
        let path = self.path_tokens(of);
        let Shape::Struct(shape) = &ty.shape else { return quote!(Default::default()) };
        if given.is_empty() && rest.is_empty() && ty.has_default {
            return quote!(#path::default());
        }
        let mut base = self.base(of, &path, shape, given, ty.has_default);
        let mut fields = Vec::new();
        let mut left_out = 0;
        for (index, property) in shape.properties.iter().enumerate() {
            let PropertyKind::Field { ty: field_type, presence, boxed } = &property.kind else { continue };
            let value = match given.iter().find(|(at, _)| *at == index) {
                Some(_) if base.as_ref().is_some_and(|base| base.arguments.contains(&index)) => continue,
                Some((_, value)) => self.field_value(value, *field_type, presence, *boxed),
                None if base.is_some() => {
                    left_out += 1;
                    continue;
                }
                None => self.absent_value(property),
            };
            let name = self.member_tokens(of, index);
            fields.push(quote!(#name: #value));
        }
        match shape.rest {
            Rest::Keep(_) if rest.is_empty() && base.is_some() => left_out += 1,
            Rest::Keep(values) => {
                let name = tokens(self.cx.names.extra(self.cx.graph.definition(of)));
                let kept = self.entries(rest, values);
                fields.push(quote!(#name: #kept));
            }
            Rest::Ignore | Rest::Deny => {}
        }
        match base.take().filter(|base| left_out > 0 || !base.arguments.is_empty()) {
            Some(Base { made, .. }) if fields.is_empty() => made,
            Some(Base { made, .. }) => quote!(#path { #(#fields,)* ..#made }),
            None => quote!(#path { #(#fields,)* }),
        }
    }

    /// What fills in the fields that a value does not give: `Default`, or `new` of what it gives.
    fn base(
        &mut self,
        of: TypeId,
        path: &TokenStream,
        shape: &Struct,
        given: &[(usize, Literal)],
        has_default: bool,
    ) -> Option<Base> {
        if has_default {
            return Some(Base { made: quote!(#path::default()), arguments: Vec::new() });
        }
        let id = self.cx.graph.definition(of);
        let arguments = self.cx.graph.given(id);
        if !self.cx.constructors || arguments.is_empty() || arguments.len() > MOST_ARGUMENTS {
            return None;
        }
        let mut values = Vec::with_capacity(arguments.len());
        for &index in &arguments {
            let (_, value) = given.iter().find(|(at, _)| *at == index)?;
            let PropertyKind::Field { ty, boxed, .. } = &shape.properties.get(index)?.kind else {
                return None;
            };
            values.push(self.value(value, *ty, *boxed && ty.nullable, false));
        }
        // Where nothing is left to fill in, a literal says more.
        let fields =
            shape.properties.iter().filter(|it| matches!(it.kind, PropertyKind::Field { .. })).count();
        let keeps = matches!(shape.rest, Rest::Keep(_));
        (fields > arguments.len() || keeps)
            .then(|| Base { made: quote!(#path::new(#(#values),*)), arguments })
    }

    fn field_value(&mut self, value: &Literal, ty: TypeRef, presence: &Presence, boxed: bool) -> TokenStream {
        match presence {
            Presence::Required | Presence::Default(_) => self.value(value, ty, boxed, false),
            Presence::Optional => self.value(value, ty, boxed, true),
            Presence::ThreeState => {
                self.runtime();
                if matches!(value, Literal::Null) {
                    return quote!(runtime::Patch::Null);
                }
                let mut content = self.content(value, self.cx.graph.unaliased(ty).id);
                if self.cx.graph.is_secret(ty.id) {
                    content = quote!(runtime::Secret::from(#content));
                }
                if boxed {
                    content = quote!(Box::new(#content));
                }
                quote!(runtime::Patch::Value(#content))
            }
        }
    }

    /// The value of a field that a literal leaves out, in a struct without a default of its own.
    fn absent_value(&mut self, property: &Property) -> TokenStream {
        match &property.kind {
            PropertyKind::Field { ty, presence: Presence::Default(value), boxed } => {
                let value = value.clone();
                self.value(&value, *ty, *boxed, false)
            }
            PropertyKind::Field { .. } | PropertyKind::Constant { .. } => quote!(Default::default()),
        }
    }

    fn variant_value(&mut self, of: TypeId, index: usize, content: &Literal) -> TokenStream {
        let (path, name) = (self.path_tokens(of), self.member_tokens(of, index));
        let Shape::Union(shape) = &self.cx.graph.get(self.cx.graph.definition(of)).shape else {
            return quote!(Default::default());
        };
        let Some(variant) = shape.variants.get(index) else { return quote!(Default::default()) };
        let (ty, boxed) = (variant.ty, variant.boxed);
        let content = self.value(content, ty, boxed, false);
        quote!(#path::#name(#content))
    }

    fn path_tokens(&mut self, id: TypeId) -> TokenStream {
        let path = self.path(id).unwrap_or_default();
        // A default stands among the macro's own generics and types.
        if TAKEN.contains(&path.as_str()) { tokens(&format!("self::{path}")) } else { tokens(&path) }
    }

    pub(super) fn member_tokens(&self, id: TypeId, index: usize) -> TokenStream {
        tokens(self.cx.names.member(self.cx.graph.definition(id), index))
    }

    /// Whether a value is the one that `Default` gives its Rust type.
    pub(super) fn is_natural(&self, value: &Literal, ty: TypeRef) -> bool {
        let ty = self.cx.graph.unaliased(ty);
        if ty.nullable {
            return matches!(value, Literal::Null);
        }
        match value {
            Literal::Null => true,
            Literal::Bool(value) => !value,
            Literal::Integer(value) => *value == 0,
            Literal::Float(value) => *value == 0.0,
            Literal::String(text) => {
                text.is_empty() && matches!(self.cx.graph.get(ty.id).shape, Shape::Scalar(Scalar::String))
            }
            Literal::List(items) => {
                items.is_empty() && matches!(self.cx.graph.get(ty.id).shape, Shape::List(_))
            }
            Literal::Map(entries) => entries.is_empty(),
            Literal::Struct(of, given, rest) => {
                given.is_empty() && rest.is_empty() && self.cx.graph.get(*of).has_default
            }
            Literal::Any(value) => value.is_null(),
            Literal::EnumValue(..)
            | Literal::UnknownEnumValue(..)
            | Literal::Variant(..)
            | Literal::UnknownVariant(..) => false,
        }
    }

    /// The value as the document would write it, for people.
    fn json_text(&self, value: &Literal) -> Option<String> {
        match value {
            Literal::Variant(_, _, content) => self.json_text(content),
            Literal::Struct(of, fields, rest) if fields.is_empty() && rest.is_empty() => {
                self.cx.names.type_ident(*of).map(|name| format!("{name}::default()"))
            }
            value => Some(one_line(&number::text(&value.json(self.cx.graph)))),
        }
    }
}

/// Any JSON value as an expression. Not `json!`, whose recursion a long array exhausts.
fn any(value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::Null => quote!(serde_json::Value::Null),
        serde_json::Value::Bool(value) => quote!(serde_json::Value::Bool(#value)),
        serde_json::Value::Number(number) => {
            let number = tokens(&match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), _, _) => format!("{value}i64"),
                (None, Some(value), _) => format!("{value}u64"),
                (None, None, value) => float_text(value.unwrap_or_default()),
            });
            quote!(serde_json::Value::from(#number))
        }
        // As `serde_json` reads it.
        serde_json::Value::String(text) if number::of_text(text).is_some() => {
            let number = tokens(&float_text(number::of_text(text).unwrap_or_default() as f64));
            quote!(serde_json::Value::from(#number))
        }
        serde_json::Value::String(value) => quote!(serde_json::Value::from(#value)),
        serde_json::Value::Array(items) => {
            let items = items.iter().map(any);
            quote!(serde_json::Value::Array(Vec::from([#(#items),*])))
        }
        serde_json::Value::Object(entries) => {
            let members = members(entries);
            quote!(serde_json::Value::Object(#members))
        }
    }
}

/// The members of any JSON object as an expression.
fn members<'v>(members: impl IntoIterator<Item = (&'v String, &'v serde_json::Value)>) -> TokenStream {
    let members = members.into_iter().map(|(key, value)| {
        let value = any(value);
        quote!((#key.to_owned(), #value))
    });
    quote!(serde_json::Map::from_iter([#(#members),*]))
}

fn float(value: f64, kind: FloatKind) -> TokenStream {
    let text = match kind {
        FloatKind::F64 => float_text(value),
        FloatKind::F32 => format!("{:?}", value as f32),
    };
    tokens(&text)
}

/// A floating-point literal.
pub(super) fn float_text(value: f64) -> String {
    format!("{value:?}")
}

/// Said where a number stands outside of the runtime's macros, which say it themselves: the document means 3.14, and
/// clippy would rather have π.
pub(super) const NUMBERS: &str =
    "#[allow(clippy::approx_constant, reason = \"the number is the document's\")]";

/// Whether there may be a floating-point literal in a piece of code.
pub(super) fn has_float(code: &str) -> bool {
    code.as_bytes().windows(3).any(|at| at[0].is_ascii_digit() && at[1] == b'.' && at[2].is_ascii_digit())
}

/// The bytes of a text in base64 (RFC 4648, both alphabets).
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for char in text.bytes() {
        let six = match char {
            b'A'..=b'Z' => char - b'A',
            b'a'..=b'z' => char - b'a' + 26,
            b'0'..=b'9' => char - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        buffer = (buffer << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    out
}

/// Tokens of a text that we wrote ourselves: a path, a name, a number.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|_| {
        debug_assert!(false, "not tokens: {}", quoted(text));
        TokenStream::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_person_would() {
        let text = |value: f64, kind| float(value, kind).to_string();
        for (value, written) in [
            (314.0 / 100.0, "3.14"),
            (2718.0 / 1000.0, "2.718"),
            (0.05, "0.05"),
            (1e21, "1e21"),
            (3.0, "3.0"),
        ] {
            assert_eq!(text(value, FloatKind::F64), written);
            assert_eq!(text(value, FloatKind::F32), written);
        }
        assert_eq!(text(-314.0 / 100.0, FloatKind::F64), "- 3.14");
        assert!(has_float("Some(3.14)") && !has_float("value.0") && !has_float("314"));
    }

    #[test]
    fn base64_of_both_alphabets() {
        assert_eq!(base64("aGVsbG8="), b"hello");
        assert_eq!(base64("-_8"), [0xfb, 0xff]);
        assert_eq!(base64("+/8="), [0xfb, 0xff]);
        assert_eq!(base64(""), [0; 0]);
    }
}
