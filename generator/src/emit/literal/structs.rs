//! Struct expressions.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens;
use crate::emit::file::File;
use crate::emit::literal;
use crate::ir::{
    Literal, MOST_ARGUMENTS, Presence, Property, PropertyKind, Rest, Shape, Struct, TypeId, TypeRef,
};

/// What fills in the fields of a struct that a literal leaves out.
struct Base {
    made: TokenStream,
    /// The properties that it is made from.
    arguments: Vec<usize>,
}

/// A struct expression. What is not given has its default, and `..` stands there only when something is left to
/// fill in.
pub(super) fn structure_value(
    file: &mut File<'_>,
    of: TypeId,
    given: &[(usize, Literal)],
    rest: &[(String, Literal)],
) -> TokenStream {
    let ty = file.cx.graph.get(file.cx.graph.definition(of));
    let path = literal::path_tokens(file, of);
    let Shape::Struct(shape) = &ty.shape else { return quote!(Default::default()) };
    if given.is_empty() && rest.is_empty() && ty.has_default {
        return quote!(#path::default());
    }
    let mut base = base(file, of, &path, shape, given, ty.has_default);
    let mut fields = Vec::new();
    let mut left_out = 0;
    for (index, property) in shape.properties.iter().enumerate() {
        let PropertyKind::Field { ty: field_type, presence, boxed } = &property.kind else { continue };
        let value = match given.iter().find(|(at, _)| *at == index) {
            Some(_) if base.as_ref().is_some_and(|base| base.arguments.contains(&index)) => continue,
            Some((_, value)) => field_value(file, value, *field_type, presence, *boxed),
            None if base.is_some() => {
                left_out += 1;
                continue;
            }
            None => absent_value(file, property),
        };
        let name = literal::member_tokens(file, of, index);
        fields.push(quote!(#name: #value));
    }
    match shape.rest {
        Rest::Keep(_) if rest.is_empty() && base.is_some() => left_out += 1,
        Rest::Keep(values) => {
            let name = tokens(file.cx.names.extra(file.cx.graph.definition(of)));
            let kept = literal::entries_tokens(file, rest, values);
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
    file: &mut File<'_>,
    of: TypeId,
    path: &TokenStream,
    shape: &Struct,
    given: &[(usize, Literal)],
    has_default: bool,
) -> Option<Base> {
    if has_default {
        return Some(Base { made: quote!(#path::default()), arguments: Vec::new() });
    }
    let id = file.cx.graph.definition(of);
    let arguments = file.cx.graph.given(id);
    if !file.cx.constructors || arguments.is_empty() || arguments.len() > MOST_ARGUMENTS {
        return None;
    }
    let mut values = Vec::with_capacity(arguments.len());
    for &index in &arguments {
        let (_, value) = given.iter().find(|(at, _)| *at == index)?;
        let PropertyKind::Field { ty, boxed, .. } = &shape.properties.get(index)?.kind else {
            return None;
        };
        values.push(literal::use_tokens(file, value, *ty, *boxed && ty.nullable, false));
    }
    // Where nothing is left to fill in, a literal says more.
    let fields = shape.properties.iter().filter(|it| matches!(it.kind, PropertyKind::Field { .. })).count();
    let keeps = matches!(shape.rest, Rest::Keep(_));
    (fields > arguments.len() || keeps).then(|| Base { made: quote!(#path::new(#(#values),*)), arguments })
}

fn field_value(
    file: &mut File<'_>,
    value: &Literal,
    ty: TypeRef,
    presence: &Presence,
    boxed: bool,
) -> TokenStream {
    match presence {
        Presence::Required | Presence::Default(_) => literal::use_tokens(file, value, ty, boxed, false),
        Presence::Optional => literal::use_tokens(file, value, ty, boxed, true),
        Presence::ThreeState => {
            file.runtime();
            if matches!(value, Literal::Null) {
                return quote!(runtime::Patch::Null);
            }
            let id = file.cx.graph.unaliased(ty).id;
            let mut content = literal::content_tokens(file, value, id);
            if file.cx.graph.is_secret(ty.id) {
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
fn absent_value(file: &mut File<'_>, property: &Property) -> TokenStream {
    match &property.kind {
        PropertyKind::Field { ty, presence: Presence::Default(value), boxed } => {
            let value = value.clone();
            literal::use_tokens(file, &value, *ty, *boxed, false)
        }
        PropertyKind::Field { .. } | PropertyKind::Constant { .. } => quote!(Default::default()),
    }
}
