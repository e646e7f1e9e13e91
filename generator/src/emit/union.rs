//! Emits unions, and the macro call that selects the variant.

use super::checks;
use super::conversion;
use super::description;
use super::docs;
use super::file::File;
use super::methods;
use super::operation;
use super::text::{Group, WIDTH, braced, code, quoted};
use crate::ir::{
    Candidate, Otherwise, TagArm, TagValue, Tagged, Type, TypeId, TypeSelection, Union, VariantSelection,
};

/// Emits a union.
pub(super) fn union(file: &mut File<'_>, id: TypeId, ty: &Type, shape: &Union) {
    let Some(ident) = file.cx.names.type_ident(id) else { return };
    file.type_docs(ident, &ty.docs, &operation::type_notes(file, id));
    file.derives(ty);
    file.line(0, "#[non_exhaustive]");
    file.line(0, format!("pub enum {ident} {{"));
    for (index, variant) in shape.variants.iter().enumerate() {
        file.docs(1, &variant.docs, &[]);
        let mut content = file.type_ref(variant.ty);
        if variant.boxed {
            content = format!("Box<{content}>");
        }
        file.line(1, format!("{}({content}),", file.cx.names.member(id, index)));
    }
    if let VariantSelection::Tagged(Tagged { property, otherwise: Otherwise::Unknown, .. }) =
        &shape.reading.object
    {
        let runtime = file.runtime();
        let note = format!(
            "A value whose {} this version of the document does not declare, kept unchanged.",
            code(property)
        );
        file.text(1, &docs::note(&note));
        file.line(1, format!("{}({runtime}::UnknownVariant),", file.cx.names.extra(id)));
    }
    file.line(0, "}");
    // The short form cannot express the constraints of a variant.
    let is_constrained = shape.variants.iter().any(|variant| checks::has_some(file.cx.graph, variant.ty));
    let simple = simple_arms(shape).filter(|_| !is_constrained);
    match &simple {
        Some((tagged, arms)) => tagged_call(file, id, ident, shape, tagged, arms),
        None => dispatched(file, id, ident, shape),
    }
    conversion::conversions(file, id);
    methods::union_methods(file, id, ident, shape, simple.is_some());
    description::descriptions(file, id, ident);
}

/// The short form: each tag value selects one variant, and each variant has one tag value.
fn tagged_call(
    file: &mut File<'_>,
    id: TypeId,
    ident: &str,
    shape: &Union,
    tagged: &Tagged,
    arms: &[(&str, usize)],
) {
    let open = format!(
        "{}::tagged_union!({}{ident}, tag = {}, {{",
        file.runtime(),
        file.secret(id),
        quoted(&tagged.property)
    );
    let names: Vec<&str> = arms.iter().map(|(_, variant)| file.cx.names.member(id, *variant)).collect();
    let unknown = match tagged.otherwise {
        Otherwise::Unknown => format!("else {}", file.cx.names.extra(id)),
        Otherwise::Refuse | Otherwise::Variant(_) => String::new(),
    };
    let close = match (tagged.missing.is_empty(), unknown.is_empty()) {
        (true, true) => "});".to_owned(),
        (true, false) => format!("}} {unknown});"),
        (false, _) => "}".to_owned(),
    };
    let how: Vec<&str> = arms.iter().map(|(_, variant)| variant_by_serde(file, shape, *variant)).collect();
    if arms.iter().zip(&names).all(|((value, _), name)| value == name) {
        let names: Vec<String> = names.iter().zip(&how).map(|(name, how)| format!("{name}{how}")).collect();
        let groups: Vec<Group> =
            names.iter().map(|name| Group { head: "", items: vec![name.as_str()] }).collect();
        file.body.push_str(&braced(&open, &groups, ",", &close));
    } else {
        file.line(0, open);
        for (((value, _), name), how) in arms.iter().zip(&names).zip(&how) {
            file.line(1, format!("{} => {name}{how},", quoted(value)));
        }
        file.line(0, close);
    }
    if !tagged.missing.is_empty() {
        let absent = format!("absent {}", candidate_list(file, id, &tagged.missing, 0));
        file.line(0, if unknown.is_empty() { format!("{absent});") } else { absent });
        if !unknown.is_empty() {
            file.line(0, format!("{unknown});"));
        }
    }
}

/// The long form: the variants for each JSON type.
fn dispatched(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Union) {
    let runtime = file.runtime();
    file.line(0, format!("{runtime}::union!({}{ident} {{", file.secret(id)));
    let all: Vec<usize> = (0..shape.variants.len()).collect();
    let TypeSelection { boolean, integer, number, string, array, object } = &shape.reading;
    let kinds = [
        ("variants", &all),
        ("boolean", boolean),
        ("integer", integer),
        ("number", number),
        ("string", string),
        ("array", array),
    ];
    let mut lines = Vec::new();
    for (kind, variants) in kinds {
        if !variants.is_empty() {
            let how = if kind == "variants" { Some(shape) } else { None };
            lines.push(format!("{kind}: [{}]", members(file, id, variants, how)));
        }
    }
    match object {
        VariantSelection::None => {}
        VariantSelection::Single(variant) => {
            lines.push(format!("object: one {}", file.cx.names.member(id, *variant)));
        }
        VariantSelection::BestMatch(candidates) => {
            lines.push(format!("object: fit {}", candidate_list(file, id, candidates, 1)));
        }
        VariantSelection::Tagged(tagged) => lines.push(tag_reading(file, id, tagged)),
    }
    let last = lines.len().saturating_sub(1);
    for (index, line) in lines.iter().enumerate() {
        file.line(1, if index == last { line.clone() } else { format!("{line},") });
    }
    file.line(0, "});");
}

/// The names of variants, and how they are read if that differs from the default.
fn members(file: &File<'_>, id: TypeId, variants: &[usize], how: Option<&Union>) -> String {
    let named = |variant: &usize| {
        let how = how.map(|shape| {
            let rules =
                shape.variants.get(*variant).map(|variant| checks::of_content(file.cx.graph, variant.ty));
            format!("{}{}", variant_by_serde(file, shape, *variant), rules.unwrap_or_default())
        });
        format!("{}{}", file.cx.names.member(id, *variant), how.unwrap_or_default())
    };
    variants.iter().map(named).collect::<Vec<_>>().join(", ")
}

fn variant_by_serde(file: &File<'_>, shape: &Union, variant: usize) -> &'static str {
    shape.variants.get(variant).map_or("", |variant| file.by_serde(variant.ty))
}

/// `tag "kind" { "a" => { A [] }, … }`.
fn tag_reading(file: &File<'_>, id: TypeId, tagged: &Tagged) -> String {
    let mut out = format!("object: tag {} {{\n", quoted(&tagged.property));
    for TagArm { value, variants } in &tagged.arms {
        let value = match value {
            TagValue::String(value) => quoted(value),
            TagValue::Integer(value) => value.to_string(),
            TagValue::Boolean(value) => value.to_string(),
        };
        out += &format!("        {value} => {},\n", candidate_list(file, id, variants, 2));
    }
    out += &format!("        absent {}\n", candidate_list(file, id, &tagged.missing, 2));
    out += &match tagged.otherwise {
        Otherwise::Unknown => format!("        else unknown {}\n", file.cx.names.extra(id)),
        Otherwise::Refuse => "        else refuse\n".to_owned(),
        Otherwise::Variant(variant) => {
            format!("        else variant {}\n", file.cx.names.member(id, variant))
        }
    };
    out + "    }"
}

/// `{ A ["required"], B [] }`, on one line if it fits.
fn candidate_list(file: &File<'_>, id: TypeId, candidates: &[Candidate], depth: usize) -> String {
    let parts: Vec<String> = candidates
        .iter()
        .map(|Candidate { variant, required }| {
            let required: Vec<String> = required.iter().map(|name| quoted(name)).collect();
            format!("{} [{}]", file.cx.names.member(id, *variant), required.join(", "))
        })
        .collect();
    if parts.is_empty() {
        return "{}".to_owned();
    }
    let one_line = parts.join(", ");
    if one_line.len() <= 76 {
        return format!("{{ {one_line} }}");
    }
    let indent = "    ".repeat(depth + 1);
    let mut out = String::from("{");
    let mut column = usize::MAX;
    for part in parts {
        if column.saturating_add(part.len() + 2) > WIDTH {
            out += &format!("\n{indent}{part},");
            column = indent.len() + part.len() + 1;
        } else {
            out += &format!(" {part},");
            column += part.len() + 2;
        }
    }
    format!("{out}\n{}}}", "    ".repeat(depth))
}

/// The arms, if each tag value is a string that selects one variant, every variant has one tag value, and only objects
/// are read.
fn simple_arms(shape: &Union) -> Option<(&Tagged, Vec<(&str, usize)>)> {
    let TypeSelection { boolean, integer, number, string, array, object } = &shape.reading;
    let VariantSelection::Tagged(tagged) = object else { return None };
    let only_objects = [boolean, integer, number, string, array].iter().all(|variants| variants.is_empty());
    let plain = match tagged.otherwise {
        Otherwise::Unknown | Otherwise::Refuse => true,
        Otherwise::Variant(_) => false,
    };
    if !only_objects || !plain || tagged.arms.len() != shape.variants.len() {
        return None;
    }
    let mut seen = vec![false; shape.variants.len()];
    let mut arms = Vec::with_capacity(tagged.arms.len());
    for arm in &tagged.arms {
        let (TagValue::String(value), [candidate]) = (&arm.value, &arm.variants[..]) else { return None };
        if std::mem::replace(seen.get_mut(candidate.variant)?, true) {
            return None;
        }
        arms.push((value.as_str(), candidate.variant));
    }
    Some((tagged, arms))
}
