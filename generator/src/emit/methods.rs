//! Emits the methods of unions: conversions from their variants, the tag, and accessors for properties that all
//! variants share.

use super::file::File;
use super::text::{Group, braced, code, quoted, wrapped};
use crate::ir::{
    Accessor, AccessorSource, Otherwise, Scalar, Shape, TagSource, TypeId, TypeRef, Union, VariantSelection,
    When,
};

/// Emits the methods after the macro call of a union. `has_tag` says whether the call already implements `tag`.
pub(super) fn union_methods(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Union, has_tag: bool) {
    if !file.cx.union_methods {
        return;
    }
    let contents: Vec<Option<TypeRef>> = shape.variants.iter().map(|variant| Some(variant.ty)).collect();
    let names: Vec<String> =
        (0..contents.len()).map(|index| file.cx.names.member(id, index).to_owned()).collect();
    variant_conversions(file, ident, Some(id), &contents, &names);
    if !has_tag {
        tag(file, id, ident, shape);
    }
    shared(file, id, ident, shape);
}

/// Emits `From` for each variant whose content no other variant has.
pub(super) fn variant_conversions(
    file: &mut File<'_>,
    ident: &str,
    own: Option<TypeId>,
    contents: &[Option<TypeRef>],
    names: &[String],
) {
    let converts = file.cx.graph.converts(contents, own);
    let mut items = Vec::new();
    for ((ty, name), _) in contents.iter().zip(names).zip(converts).filter(|(_, converts)| *converts) {
        let Some(ty) = *ty else { continue };
        let spelled = file.type_ref(ty);
        let content = file.cx.graph.unaliased(ty);
        let is_text = matches!(file.cx.graph.get(content.id).shape, Shape::Scalar(Scalar::String));
        let is_text = is_text && !content.nullable && !file.cx.graph.is_secret(ty.id);
        items.push(match (is_text, spelled == *name) {
            (true, _) => format!("{name}({spelled}, &str)"),
            (false, true) => spelled,
            (false, false) => format!("{name}({spelled})"),
        });
    }
    if items.is_empty() {
        return;
    }
    let open = format!("{}::from_variants!({ident} {{", file.runtime());
    let groups: Vec<Group> = items.iter().map(|item| Group { head: "", items: vec![item] }).collect();
    file.body.push_str(&braced(&open, &groups, ",", "});"));
}

/// Emits `tag` for a union whose variants are not selected only by the tag.
fn tag(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Union) {
    let (Some(tags), VariantSelection::Tagged(tagged)) = (file.cx.graph.tags(shape), &shape.reading.object)
    else {
        return;
    };
    let may_lack = tags.iter().any(Option::is_none);
    let some = |text: String| if may_lack { format!("Some({text})") } else { text };
    file.gap();
    file.line(0, format!("impl {ident} {{"));
    let note = format!("The {} that says which variant it is.", code(&tagged.property));
    file.line(1, format!("/// {note}"));
    file.line(1, format!("pub fn tag(&self) -> {} {{", if may_lack { "Option<&str>" } else { "&str" }));
    file.line(2, "match self {");
    for (index, (tag, variant)) in tags.into_iter().zip(&shape.variants).enumerate() {
        let name = file.cx.names.member(id, index);
        let line = match tag {
            None => format!("Self::{name}(_) => None,"),
            Some(TagSource::Text(text)) => format!("Self::{name}(_) => {},", some(quoted(&text))),
            Some(TagSource::Union) => {
                format!("Self::{name}(value) => {},", some("value.tag()".to_owned()))
            }
            Some(TagSource::Field { index, is_enum, absent }) => {
                let content = file.cx.graph.definition(variant.ty.id);
                let field = file.cx.names.member(content, index);
                let value = match (is_enum, absent) {
                    (true, None) => format!("value.{field}.as_str()"),
                    (false, None) => format!("&value.{field}"),
                    (true, Some(absent)) => {
                        format!("value.{field}.as_ref().map_or({}, |tag| tag.as_str())", quoted(&absent))
                    }
                    (false, Some(absent)) => {
                        format!("value.{field}.as_deref().unwrap_or({})", quoted(&absent))
                    }
                };
                format!("Self::{name}(value) => {},", some(value))
            }
        };
        file.line(3, line);
    }
    if tagged.otherwise == Otherwise::Unknown {
        let name = file.cx.names.extra(id);
        file.line(3, format!("Self::{name}(value) => {},", some("&value.tag".to_owned())));
    }
    file.line(2, "}");
    file.line(1, "}");
    file.line(0, "}");
}

/// Emits a method for each property that all variants share.
fn shared(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Union) {
    let graph = file.cx.graph;
    let mut entries: Vec<(&'static str, String)> = Vec::new();
    let mut sources: Option<&[AccessorSource]> = None;
    for (index, accessor) in graph.accessors(id).iter().enumerate() {
        let Some(name) = file.cx.names.accessor(id, index).map(str::to_owned) else { continue };
        let given = shared_type(file, accessor.ty);
        entries.push((mode(accessor), format!("{name}({given})")));
        sources.get_or_insert(&accessor.sources);
    }
    let Some(sources) = sources else { return };
    let of = |is: fn(&AccessorSource) -> bool| {
        let all = sources.iter().enumerate().filter(|(_, source)| is(source));
        all.map(|(index, _)| file.cx.names.member(id, index)).collect::<Vec<_>>().join(", ")
    };
    let fields = of(|source| matches!(source, AccessorSource::Property(_)));
    let unions = of(|source| matches!(source, AccessorSource::Accessor(_)));
    let unknown = match &shape.reading.object {
        VariantSelection::Tagged(it) if it.otherwise == Otherwise::Unknown => file.cx.names.extra(id),
        VariantSelection::Tagged(_)
        | VariantSelection::None
        | VariantSelection::Single(_)
        | VariantSelection::BestMatch(_) => "",
    };
    let unions = if unions.is_empty() { unions } else { format!("; {unions}") };
    let unknown = if unknown.is_empty() { String::new() } else { format!(" else {unknown}") };
    let variants = format!("[{fields}{unions}{unknown}]");
    let open = wrapped(&format!("{}::shared!({ident} {variants} {{", file.runtime()), 1);
    entries.sort_by_key(|(mode, _)| MODES.iter().position(|known| known == mode));
    let groups: Vec<Group> = entries
        .chunk_by(|(mode, _), (next, _)| mode == next)
        .map(|group| Group {
            head: group.first().map_or("", |(mode, _)| mode),
            items: group.iter().map(|(_, item)| item.as_str()).collect(),
        })
        .collect();
    file.body.push_str(&braced(&open, &groups, ";", "});"));
}

/// The type that an accessor returns: a copy of a small value, otherwise a reference.
fn shared_type(file: &mut File<'_>, ty: TypeRef) -> String {
    let graph = file.cx.graph;
    let content = graph.unaliased(ty);
    let is_text = matches!(graph.get(content.id).shape, Shape::Scalar(Scalar::String));
    if is_text && !graph.is_secret(ty.id) {
        // The name of the alias is not used, so it must not be imported.
        return "&str".to_owned();
    }
    let spelled = file.type_ref(TypeRef { nullable: false, ..ty });
    if graph.is_secret(ty.id) {
        return format!("&{spelled}");
    }
    match &graph.get(content.id).shape {
        Shape::Scalar(Scalar::Boolean | Scalar::Integer(_) | Scalar::Float(_) | Scalar::Uuid) => spelled,
        Shape::List(_) => match spelled.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>')) {
            Some(item) => format!("&[{item}]"),
            None => format!("&{spelled}"),
        },
        Shape::Scalar(_)
        | Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Enum(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => format!("&{spelled}"),
    }
}

/// The keywords of the macro `shared!`, in order.
const MODES: [&str; 3] = ["required", "known", "optional"];

fn mode(accessor: &Accessor) -> &'static str {
    match (accessor.when, accessor.is_option) {
        (_, true) => "optional",
        (When::Always, false) => "required",
        (When::Known | When::Maybe, false) => "known",
    }
}
