//! What a branch of a union says of a property that may be the union's tag.

use std::collections::{HashMap, HashSet};

use super::tag_values::{ComponentNames, branch_facts, tag_values};
use crate::ir::{
    EnumKind, JsonType, Literal, PlainLiteral, Presence, PropertyKind, Scalar, Shape, TagValue, TypeId, Union,
};
use crate::resolve::draft::DraftGraph;

/// What a branch says of the tag property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BranchTag {
    /// It pins it to these values.
    Pinned { values: Vec<TagValue>, required: bool },
    /// It has the property but not its values.
    Unpinned { required: bool, types: TagTypes },
    /// It is an object without the property.
    Missing,
    /// It takes any object.
    CatchAll,
    /// It is not an object.
    NotAnObject,
}

impl BranchTag {
    /// Whether the branch refuses an object without the property.
    pub fn is_required(&self) -> bool {
        match self {
            BranchTag::Pinned { required, .. } | BranchTag::Unpinned { required, .. } => *required,
            BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => false,
        }
    }

    /// The values that the branch lists.
    pub fn values(&self) -> &[TagValue] {
        match self {
            BranchTag::Pinned { values, .. } => values,
            BranchTag::Unpinned { .. }
            | BranchTag::Missing
            | BranchTag::CatchAll
            | BranchTag::NotAnObject => &[],
        }
    }
}

/// The JSON types that a tag may have. Numbers are taken for integers, since `1.0` is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TagTypes {
    pub string: bool,
    pub integer: bool,
    pub boolean: bool,
}

impl TagTypes {
    pub const NONE: Self = Self { string: false, integer: false, boolean: false };
    pub const STRING: Self = Self { string: true, ..Self::NONE };
    pub const ALL: Self = Self { string: true, integer: true, boolean: true };

    pub fn of_values(values: &[TagValue]) -> Self {
        values.iter().fold(Self::NONE, |types, value| match value {
            TagValue::String(_) => Self { string: true, ..types },
            TagValue::Integer(_) => Self { integer: true, ..types },
            TagValue::Boolean(_) => Self { boolean: true, ..types },
        })
    }

    pub fn or(self, other: Self) -> Self {
        Self {
            string: self.string || other.string,
            integer: self.integer || other.integer,
            boolean: self.boolean || other.boolean,
        }
    }

    /// The values that a mapping key spells: a key is always a string, the tag itself may be something else.
    pub fn values(self, key: &str) -> Vec<TagValue> {
        let string = self.string.then(|| TagValue::String(key.to_owned()));
        let integer = integer(key).filter(|_| self.integer).map(TagValue::Integer);
        let boolean = boolean(key).filter(|_| self.boolean).map(TagValue::Boolean);
        string.into_iter().chain(integer).chain(boolean).collect()
    }
}

fn integer(key: &str) -> Option<i128> {
    let whole = key.trim_end_matches('0').strip_suffix('.').unwrap_or(key);
    whole.parse().ok()
}

/// Python writes `True` and `False`.
fn boolean(key: &str) -> Option<bool> {
    key.to_ascii_lowercase().parse().ok()
}

/// What types say of tag properties, as far as it was asked: unions share their branches.
pub(super) struct BranchTags {
    pub names: ComponentNames,
    known: HashMap<String, HashMap<TypeId, BranchTag>>,
}

impl BranchTags {
    pub fn new(draft: &DraftGraph) -> Self {
        Self { names: ComponentNames::new(draft), known: HashMap::new() }
    }

    /// What the type `id` says of `property`.
    pub fn of(&mut self, draft: &DraftGraph, id: TypeId, property: &str) -> BranchTag {
        if !self.known.contains_key(property) {
            self.known.insert(property.to_owned(), HashMap::new());
        }
        let Some(known) = self.known.get_mut(property) else { return BranchTag::NotAnObject };
        let id = draft.unaliased(id);
        let names = &self.names;
        let tag = Look { draft, names, property, known, seen: HashSet::new(), cut: false }.at(id);
        known.insert(id, tag.clone());
        tag
    }

    /// To be called when a type got this property.
    pub fn forget(&mut self, property: &str) {
        self.known.remove(property);
    }
}

struct Look<'s> {
    draft: &'s DraftGraph,
    names: &'s ComponentNames,
    property: &'s str,
    known: &'s mut HashMap<TypeId, BranchTag>,
    /// The unions that were met: one that is met again adds nothing.
    seen: HashSet<TypeId>,
    /// Whether one was met again, and what was found since is a part only.
    cut: bool,
}

impl Look<'_> {
    fn at(&mut self, id: TypeId) -> BranchTag {
        let id = self.draft.unaliased(id);
        match &self.draft.get(id).shape {
            Shape::Struct(shape) => match shape.properties.iter().find(|found| found.wire == self.property) {
                Some(found) => self.property(&found.kind),
                None => BranchTag::Missing,
            },
            Shape::Union(union) => self.union(id, union),
            // Which tag it has is known from the mapping, or from its schema's name.
            Shape::External(found) if found.json == Some(JsonType::Object) => BranchTag::Missing,
            Shape::Map(_) | Shape::Any(_) | Shape::External(_) => BranchTag::CatchAll,
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. } => BranchTag::NotAnObject,
        }
    }

    fn union(&mut self, id: TypeId, union: &Union) -> BranchTag {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        if !self.seen.insert(id) {
            self.cut = true;
            return BranchTag::NotAnObject;
        }
        let was_cut = std::mem::replace(&mut self.cut, false);
        let tags: Vec<_> = union.variants.iter().map(|variant| self.at(variant.ty.id)).collect();
        let tag = joined(self.narrowed(id, union, tags));
        if !self.cut {
            self.known.insert(id, tag.clone());
        }
        self.cut |= was_cut;
        tag
    }

    /// The tags of a union's branches as its own discriminator means them, if it has one of this property.
    fn narrowed(&self, id: TypeId, union: &Union, tags: Vec<BranchTag>) -> Vec<BranchTag> {
        let draft = self.draft.unions.get(&id);
        let discriminator = draft.and_then(|draft| draft.discriminator.as_ref());
        if discriminator.is_none_or(|found| found.property != self.property) {
            return tags;
        }
        let objects = tags.into_iter().enumerate().filter(|(_, tag)| *tag != BranchTag::NotAnObject);
        let facts = branch_facts(self.draft, self.names, union, draft, objects.collect());
        let values = tag_values(&facts);
        facts
            .into_iter()
            .zip(values)
            .map(|(facts, values)| match facts.tag {
                BranchTag::CatchAll => BranchTag::CatchAll,
                tag if values.is_empty() => tag,
                tag => BranchTag::Pinned { values, required: tag.is_required() },
            })
            .collect()
    }

    fn property(&self, kind: &PropertyKind) -> BranchTag {
        match kind {
            PropertyKind::Constant { value, required } => match tag_value(value) {
                Some(value) => BranchTag::Pinned { values: vec![value], required: *required },
                None => BranchTag::Unpinned { required: *required, types: TagTypes::NONE },
            },
            PropertyKind::Field { ty, presence, .. } => {
                let required = *presence == Presence::Required;
                let types = self.types(ty.id, &mut HashSet::new());
                let listed = self.draft.get(self.draft.unaliased(ty.id)).shape.as_enum();
                let values = listed
                    .and_then(|found| found.values.iter().map(|value| tag_value(&value.wire)).collect());
                match values {
                    Some(values) => BranchTag::Pinned { values, required },
                    None => BranchTag::Unpinned { required, types },
                }
            }
        }
    }

    /// The types that a value of a property's type may have.
    fn types(&self, id: TypeId, seen: &mut HashSet<TypeId>) -> TagTypes {
        let id = self.draft.unaliased(id);
        match &self.draft.get(id).shape {
            Shape::Scalar(scalar) => types_of_scalar(*scalar),
            Shape::Enum(found) => match found.kind {
                EnumKind::String => TagTypes::STRING,
                EnumKind::Integer => TagTypes { integer: true, ..TagTypes::NONE },
                EnumKind::Mixed => TagTypes::ALL,
            },
            Shape::Union(union) if seen.insert(id) => union
                .variants
                .iter()
                .map(|variant| self.types(variant.ty.id, seen))
                .fold(TagTypes::NONE, TagTypes::or),
            Shape::External(found) => found.json.map_or(TagTypes::ALL, types_of_json),
            Shape::Any(_) => TagTypes::ALL,
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. } => TagTypes::NONE,
        }
    }
}

fn types_of_json(json: JsonType) -> TagTypes {
    match json {
        JsonType::String => TagTypes::STRING,
        JsonType::Integer | JsonType::Number => TagTypes { integer: true, ..TagTypes::NONE },
        JsonType::Boolean => TagTypes { boolean: true, ..TagTypes::NONE },
        JsonType::Null | JsonType::Array | JsonType::Object => TagTypes::NONE,
    }
}

fn types_of_scalar(scalar: Scalar) -> TagTypes {
    match scalar {
        Scalar::Boolean => TagTypes { boolean: true, ..TagTypes::NONE },
        Scalar::Integer(_) | Scalar::Float(_) => TagTypes { integer: true, ..TagTypes::NONE },
        Scalar::String
        | Scalar::Secret
        | Scalar::Uuid
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Base64
        | Scalar::Binary => TagTypes::STRING,
        Scalar::Null => TagTypes::NONE,
    }
}

/// A union as a branch pins what all its own object branches pin.
fn joined(tags: Vec<BranchTag>) -> BranchTag {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    let mut all_required = true;
    let mut worst = BranchTag::NotAnObject;
    for tag in tags {
        match tag {
            BranchTag::Pinned { values, required } => {
                all_required &= required;
                all.extend(values.into_iter().filter(|value| seen.insert(value.clone())));
            }
            BranchTag::NotAnObject => {}
            BranchTag::Unpinned { .. } | BranchTag::Missing | BranchTag::CatchAll => worst = tag,
        }
    }
    match worst {
        BranchTag::NotAnObject if !all.is_empty() => {
            BranchTag::Pinned { values: all, required: all_required }
        }
        _ => worst,
    }
}

/// The literal as a tag value; a fraction cannot be one.
pub(super) fn tag_value(value: &Literal) -> Option<TagValue> {
    match value.plain()? {
        PlainLiteral::String(text) => Some(TagValue::String(text.to_owned())),
        PlainLiteral::Integer(value) => Some(TagValue::Integer(value)),
        PlainLiteral::Bool(value) => Some(TagValue::Boolean(value)),
        PlainLiteral::Float(_) => None,
    }
}
