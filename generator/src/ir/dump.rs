//! A graph as text, for tests: a type with a name in each paragraph, types without one where they are used.

use std::fmt::Write as _;

use super::{
    Access, AnyReason, Component, Docs, Enum, FloatKind, IntegerKind, Literal, NameHint, Operation,
    Otherwise, Overrides, Owner, Presence, Property, PropertyKind, Rest, Scalar, Shape, Struct, Tagged,
    Tuple, Type, TypeId, TypeRef, TypeSelection, Union, VariantName, VariantSelection,
};

/// How deep types without a name are shown in one another: aliases may be on a loop.
const DEEPEST: usize = 6;

/// What is shown.
#[derive(Clone, Copy)]
pub(crate) struct Dump<'g> {
    pub types: &'g [Type],
    pub components: &'g [Component],
    pub operations: &'g [Operation],
}

impl Dump<'_> {
    /// The text, a line for each type, member and way to read.
    pub fn text(self) -> String {
        let mut out = String::new();
        for (index, component) in self.components.iter().enumerate() {
            let own = self.types[component.ty.id.0 as usize].name.as_ref();
            // Another component's type, or its own with `null`.
            if own.is_none_or(|hint| hint.owner != Owner::Component(index) || !hint.path.is_empty())
                || component.ty.nullable
            {
                let _ = writeln!(out, "{} -> {}", component.name, self.used(component.ty, 0));
            }
        }
        for (index, ty) in self.types.iter().enumerate() {
            if let Some(hint) = &ty.name {
                self.named(TypeId(index as u32), ty, hint, &mut out);
            }
        }
        self.operations.iter().for_each(|operation| self.operation(operation, &mut out));
        out
    }

    fn named(self, id: TypeId, ty: &Type, hint: &NameHint, out: &mut String) {
        let _ = write!(out, "{}: {}", self.name(hint), self.spelled(id, 0));
        out.push_str(if ty.has_default { ", has a default" } else { "" });
        notes(&ty.docs, &ty.overrides, out);
        match &ty.shape {
            Shape::Struct(shape) => self.members(shape, out),
            Shape::Union(shape) => self.variants(shape, out),
            Shape::Enum(shape) => values(shape, out),
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => {}
        }
    }

    /// The component and the steps to a type that is written inside it.
    fn name(self, hint: &NameHint) -> String {
        let owner = match hint.owner {
            Owner::Component(index) => self.components.get(index).map_or("?", |found| &found.name),
            Owner::Operation(index) => self.operations.get(index).map_or("?", |found| &found.name),
        };
        [owner].into_iter().chain(hint.path.iter().map(String::as_str)).collect::<Vec<_>>().join(".")
    }

    /// A type: its name, or what it is.
    pub(crate) fn of_type(self, id: TypeId) -> String {
        self.used(TypeRef { id, nullable: false }, 0)
    }

    /// A use of a type: its name, or what it is.
    fn used(self, ty: TypeRef, depth: usize) -> String {
        let nullable = if ty.nullable { "?" } else { "" };
        match &self.types[ty.id.0 as usize].name {
            Some(hint) => self.name(hint) + nullable,
            None if depth > DEEPEST => "…".to_owned(),
            None => self.spelled(ty.id, depth) + nullable,
        }
    }

    /// What a type is, on one line.
    fn spelled(self, id: TypeId, depth: usize) -> String {
        let ty = &self.types[id.0 as usize];
        let used = |ty: TypeRef| self.used(ty, depth + 1);
        let spelled = match &ty.shape {
            Shape::Struct(_) => "struct".to_owned(),
            Shape::Union(_) => "union".to_owned(),
            Shape::Enum(shape) => format!("enum of {:?}", shape.kind).to_lowercase(),
            Shape::List(item) => format!("[{}]", used(*item)),
            Shape::Tuple(Tuple { places, required }) => {
                let places: Vec<String> = places.iter().map(|place| used(*place)).collect();
                format!("({}), {required} required", places.join(", "))
            }
            Shape::Map(value) => format!("{{{}}}", used(*value)),
            Shape::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            Shape::Alias(target) => format!("alias of {}", used(*target)),
            Shape::Newtype { content, boxed } => {
                format!("newtype of {}{}", used(*content), if *boxed { ", boxed" } else { "" })
            }
            Shape::External(found) => format!("`{}`", found.path),
            Shape::Any(AnyReason::Unconstrained) => "any".to_owned(),
            Shape::Any(reason) => format!("any ({reason:?})"),
        };
        let spelled = if ty.secret { format!("secret {spelled}") } else { spelled };
        if ty.constraints.is_empty() {
            return spelled;
        }
        format!("{spelled} with {:?}", ty.constraints.iter().collect::<Vec<_>>())
    }

    fn members(self, shape: &Struct, out: &mut String) {
        for property in &shape.properties {
            let Property {
                wire,
                docs,
                location: _,
                kind,
                initial,
                required_when_sent,
                access,
                omits_default,
                overrides,
            } = property;
            match kind {
                PropertyKind::Field { ty, presence, boxed } => {
                    let _ = write!(out, "  {wire}: {}, {}", self.used(*ty, 0), self.presence(presence));
                    out.push_str(if *boxed { ", boxed" } else { "" });
                }
                PropertyKind::Constant { value, required } => {
                    let _ = write!(out, "  {wire} = {}", self.literal(value));
                    out.push_str(if *required { "" } else { ", optional" });
                }
            }
            if let Some(value) = initial {
                let _ = write!(out, ", at first {}", self.literal(value));
            }
            out.push_str(if *required_when_sent { ", required when sent" } else { "" });
            out.push_str(if *omits_default { ", not written" } else { "" });
            out.push_str(match access {
                Access::ReadOnly => ", only read",
                Access::WriteOnly if !required_when_sent => ", only sent",
                Access::WriteOnly | Access::Both => "",
            });
            notes(docs, overrides, out);
        }
        match shape.rest {
            Rest::Ignore => {}
            Rest::Deny => out.push_str("  no others\n"),
            Rest::Keep(ty) => {
                let _ = writeln!(out, "  others: {}", self.used(ty, 0));
            }
        }
    }

    fn presence(self, presence: &Presence) -> String {
        match presence {
            Presence::Required => "required".to_owned(),
            Presence::Optional => "optional".to_owned(),
            Presence::ThreeState => "absent, null or a value".to_owned(),
            Presence::Default(value) => format!("default {}", self.literal(value)),
        }
    }

    fn variants(self, union: &Union, out: &mut String) {
        for variant in &union.variants {
            let name = match (&variant.asked, &variant.name) {
                (Some(name), _) => format!("{name}!: "),
                (None, VariantName::OfType) => String::new(),
                (None, VariantName::Words(words)) => format!("{words}: "),
            };
            let _ = write!(out, "  | {name}{}", self.used(variant.ty, 0));
            out.push_str(if variant.boxed { ", boxed" } else { "" });
            notes(&variant.docs, &Overrides::default(), out);
        }
        let TypeSelection { boolean, integer, number, string, array, object } = &union.reading;
        let by_type = [
            ("boolean", boolean),
            ("integer", integer),
            ("number", number),
            ("string", string),
            ("array", array),
        ];
        let listed = by_type.into_iter().filter(|(_, variants)| !variants.is_empty());
        let mut lines: Vec<String> =
            listed.map(|(name, variants)| format!("{name}: {}", self.listed(union, variants))).collect();
        match object {
            VariantSelection::None => {}
            VariantSelection::Single(only) => lines.push(format!("object: {}", self.listed(union, &[*only]))),
            VariantSelection::BestMatch(candidates) => {
                let fit = candidates
                    .iter()
                    .map(|found| format!("{} {:?}", self.listed(union, &[found.variant]), found.required));
                lines.push(format!("object: best of {}", fit.collect::<Vec<_>>().join(", ")));
            }
            VariantSelection::Tagged(tagged) => self.tagged(union, tagged, &mut lines),
        }
        if lines.is_empty() {
            lines.push("undecided".to_owned());
        }
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
    }

    fn tagged(self, union: &Union, tagged: &Tagged, lines: &mut Vec<String>) {
        let Tagged { property, arms, missing, otherwise } = tagged;
        for arm in arms {
            let variants: Vec<usize> = arm.variants.iter().map(|found| found.variant).collect();
            lines.push(format!("{property} {:?}: {}", arm.value.to_string(), self.listed(union, &variants)));
        }
        if !missing.is_empty() {
            let variants: Vec<usize> = missing.iter().map(|found| found.variant).collect();
            lines.push(format!("{property} absent: {}", self.listed(union, &variants)));
        }
        lines.push(match otherwise {
            Otherwise::Unknown => format!("{property} unknown: kept"),
            Otherwise::Refuse => format!("{property} unknown: refused"),
            Otherwise::Variant(index) => format!("{property} unknown: {}", self.listed(union, &[*index])),
        });
    }

    fn listed(self, union: &Union, variants: &[usize]) -> String {
        let names = variants.iter().map(|index| self.used(union.variants[*index].ty, 0));
        names.collect::<Vec<_>>().join(", ")
    }

    fn literal(self, value: &Literal) -> String {
        let all = |values: Vec<String>| values.join(", ");
        match value {
            Literal::Null => "null".to_owned(),
            Literal::Bool(value) => value.to_string(),
            Literal::Integer(value) => value.to_string(),
            Literal::Float(value) => format!("{value:?}"),
            Literal::String(value) => format!("{value:?}"),
            Literal::EnumValue(of, index) => format!("{} #{index}", self.used_by_value(*of)),
            Literal::UnknownEnumValue(of, value) => {
                format!("{} unknown {}", self.used_by_value(*of), self.literal(value))
            }
            Literal::List(items) => {
                format!("[{}]", all(items.iter().map(|item| self.literal(item)).collect()))
            }
            Literal::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{key}: {}", self.literal(value)));
                format!("{{{}}}", all(entries.collect()))
            }
            Literal::Struct(of, fields, rest) => {
                let fields = fields.iter().map(|(index, value)| format!("#{index}: {}", self.literal(value)));
                let rest = rest.iter().map(|(name, value)| format!("{name}: {}", self.literal(value)));
                format!("{} {{{}}}", self.used_by_value(*of), all(fields.chain(rest).collect()))
            }
            Literal::Variant(of, index, content) => {
                format!("{} |{index} {}", self.used_by_value(*of), self.literal(content))
            }
            Literal::UnknownVariant(of, value) => format!("{} unknown {value}", self.used_by_value(*of)),
            Literal::Any(value) => format!("json {value}"),
        }
    }

    fn used_by_value(self, id: TypeId) -> String {
        self.used(TypeRef { id, nullable: false }, 0)
    }

    fn operation(self, operation: &Operation, out: &mut String) {
        let _ = write!(out, "{} {}", operation.method.as_str(), operation.path);
        notes(&operation.docs, &Overrides::default(), out);
        for parameter in &operation.parameters {
            let (place, presence) = (parameter.place, self.presence(&parameter.presence));
            let _ = write!(out, "  {place:?} {}: {}, {presence}", parameter.wire, self.used(parameter.ty, 0));
            notes(&parameter.docs, &Overrides::default(), out);
        }
        let spelled = |ty: Option<TypeRef>| ty.map_or_else(|| "-".to_owned(), |ty| self.used(ty, 0));
        for body in operation.body.iter().flat_map(super::Body::contents) {
            let _ = writeln!(out, "  body {}: {}", body.media_type, spelled(body.content.ty()));
        }
        for response in &operation.responses {
            for found in &response.contents {
                let boxed = if found.boxed { ", boxed" } else { "" };
                let (status, media_types) = (response.status, found.media_types.join(" "));
                let _ = writeln!(out, "  {status:?} {media_types}: {}{boxed}", spelled(found.content.ty()));
            }
        }
    }
}

fn values(shape: &Enum, out: &mut String) {
    for value in &shape.values {
        let wire = match &value.wire {
            Literal::String(text) => format!("{text:?}"),
            other => format!("{other:?}"),
        };
        let _ = write!(out, "  {wire}");
        let name = value.asked.as_ref().map(|name| format!(" {name}!"));
        out.push_str(
            &name.or_else(|| value.name.as_ref().map(|name| format!(" {name}"))).unwrap_or_default(),
        );
        notes(&value.docs, &Overrides::default(), out);
    }
    out.push_str(if shape.open { "  and unknown ones\n" } else { "" });
    out.push_str(if shape.extensible { "  extensible\n" } else { "" });
}

/// What is said of something beside what it is, and the end of its line.
fn notes(docs: &Docs, overrides: &Overrides, out: &mut String) {
    let Overrides { name, derives, described, attributes } = overrides;
    if let Some(name) = name {
        let _ = write!(out, ", called {name}");
    }
    for derive in derives {
        let _ = write!(out, ", derives {derive}");
    }
    for described in described {
        let _ = write!(out, ", described by {}", described.path);
        if let Some(condition) = &described.condition {
            let _ = write!(out, " where {condition}");
        }
    }
    for attribute in attributes {
        let _ = write!(out, ", #[{attribute}]");
    }
    out.push_str(if docs.deprecated { ", deprecated" } else { "" });
    for text in docs.title.iter().chain(&docs.description) {
        let _ = write!(out, " // {text}");
    }
    out.push('\n');
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Boolean => "boolean",
        Scalar::Integer(IntegerKind::I64) => "integer",
        Scalar::Integer(IntegerKind::I8) => "int8",
        Scalar::Integer(IntegerKind::I16) => "int16",
        Scalar::Integer(IntegerKind::I32) => "int32",
        Scalar::Integer(IntegerKind::I128) => "int128",
        Scalar::Integer(IntegerKind::U8) => "uint8",
        Scalar::Integer(IntegerKind::U16) => "uint16",
        Scalar::Integer(IntegerKind::U32) => "uint32",
        Scalar::Integer(IntegerKind::U64) => "uint64",
        Scalar::Integer(IntegerKind::U128) => "uint128",
        Scalar::Float(FloatKind::F32) => "float",
        Scalar::Float(FloatKind::F64) => "number",
        Scalar::String => "string",
        Scalar::Secret => "secret",
        Scalar::Uuid => "uuid",
        Scalar::DateTime => "date-time",
        Scalar::Date => "date",
        Scalar::Base64 => "base64",
        Scalar::Binary => "file",
        Scalar::Null => "null",
    }
}
