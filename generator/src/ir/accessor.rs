//! What all variants of a union have: properties of one name and one type.

use std::collections::{HashMap, HashSet};

use super::same_rust::rust_key;
use super::{Otherwise, Presence, PropertyKind, Shape, Type, TypeId, TypeRef, Union, VariantSelection};
use crate::limits;

/// A property that all variants of a union share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessor {
    /// Its name on the wire.
    pub wire: String,
    /// Its type, in one of the variants, without what absence adds to it.
    pub ty: TypeRef,
    /// When it is there.
    pub when: When,
    /// Whether the fields that hold it are options.
    pub is_option: bool,
    /// By variant: where it is.
    pub sources: Vec<AccessorSource>,
}

/// When a value of a union has a property that its variants share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Always.
    Always,
    /// Whenever the document names the variant.
    Known,
    /// A variant may lack it.
    Maybe,
}

/// Where a variant has a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessorSource {
    /// In this property of a struct.
    Property(usize),
    /// In the union that the variant holds, by this accessor.
    Accessor(usize),
}

/// By type: what the variants of a union share. Empty for what is not a union.
pub fn accessors(types: &[Type]) -> Vec<Vec<Accessor>> {
    let mut finder = Finder { types, found: vec![State::New; types.len()] };
    for index in 0..types.len() {
        finder.visit(TypeId(index as u32), 0);
    }
    let all = finder.found.into_iter();
    all.map(|state| if let State::Done(found) = state { found } else { Vec::new() }).collect()
}

#[derive(Clone)]
enum State {
    New,
    /// It is being looked at: to meet it now means that it contains itself.
    Open,
    Done(Vec<Accessor>),
}

struct Finder<'t> {
    types: &'t [Type],
    found: Vec<State>,
}

/// What a variant has under a name.
#[derive(Clone)]
struct Part {
    key: String,
    ty: TypeRef,
    when: When,
    source: AccessorSource,
}

impl Finder<'_> {
    fn visit(&mut self, id: TypeId, depth: usize) {
        let types = self.types;
        let Shape::Union(union) = &types[id.0 as usize].shape else { return };
        if !matches!(self.found[id.0 as usize], State::New) || depth > limits::SPELLED_DEPTH {
            return;
        }
        self.found[id.0 as usize] = State::Open;
        for variant in &union.variants {
            self.visit(unaliased(types, variant.ty).id, depth + 1);
        }
        self.found[id.0 as usize] = State::Done(self.of_union(union));
    }

    fn of_union(&self, union: &Union) -> Vec<Accessor> {
        let types = self.types;
        let mut contents = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            let at = unaliased(types, variant.ty);
            if at.nullable || types[variant.ty.id.0 as usize].secret {
                return Vec::new();
            }
            contents.push(at.id);
        }
        let Some(&first) = contents.first() else { return Vec::new() };
        if self.size(first).saturating_mul(contents.len()) > limits::SHARED_PROPERTIES {
            return Vec::new();
        }
        let tag = match &union.reading.object {
            VariantSelection::Tagged(tagged) => Some(tagged.property.as_str()),
            VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => None,
        };
        let is_open = matches!(&union.reading.object, VariantSelection::Tagged(it) if it.otherwise == Otherwise::Unknown);
        let parts = self.parts(first, None).into_iter();
        let others = parts.filter(|(wire, _)| Some(wire.as_str()) != tag);
        let mut shared: Vec<(String, Vec<Part>)> = others.map(|(wire, part)| (wire, vec![part])).collect();
        for &content in &contents[1..] {
            let wanted: HashSet<&str> = shared.iter().map(|(wire, _)| wire.as_str()).collect();
            let parts = self.parts(content, Some(&wanted));
            let mut parts: HashMap<String, Part> = parts.into_iter().collect();
            shared.retain_mut(|(wire, all)| {
                let part = parts.remove(wire).filter(|part| is_alike(all, part));
                let is_shared = part.is_some();
                all.extend(part);
                is_shared
            });
        }
        shared.into_iter().filter_map(|(wire, parts)| together(wire, &parts, is_open)).collect()
    }

    /// How many names a content has.
    fn size(&self, id: TypeId) -> usize {
        match (&self.types[id.0 as usize].shape, &self.found[id.0 as usize]) {
            (Shape::Struct(shape), _) => shape.properties.len(),
            (_, State::Done(accessors)) => accessors.len(),
            (_, State::New | State::Open) => 0,
        }
    }

    /// What a variant's content has under each name, or under those that are wanted.
    fn parts(&self, id: TypeId, wanted: Option<&HashSet<&str>>) -> Vec<(String, Part)> {
        let is_wanted = |wire: &str| wanted.is_none_or(|wanted| wanted.contains(wire));
        match (&self.types[id.0 as usize].shape, &self.found[id.0 as usize]) {
            (Shape::Struct(shape), _) => {
                let properties = shape.properties.iter().enumerate();
                let parts = properties
                    .filter(|(_, it)| is_wanted(&it.wire))
                    .filter_map(|(index, it)| Some((it.wire.clone(), self.part(index, &it.kind)?)));
                parts.collect()
            }
            (_, State::Done(accessors)) => {
                let accessors = accessors.iter().enumerate();
                let parts = accessors.filter(|(_, it)| is_wanted(&it.wire)).filter_map(|(index, it)| {
                    let key = rust_key(self.types, it.ty)?;
                    let source = AccessorSource::Accessor(index);
                    Some((it.wire.clone(), Part { key, ty: it.ty, when: it.when, source }))
                });
                parts.collect()
            }
            (_, State::New | State::Open) => Vec::new(),
        }
    }

    fn part(&self, index: usize, kind: &PropertyKind) -> Option<Part> {
        let PropertyKind::Field { ty, presence, .. } = kind else { return None };
        let is_nullable = unaliased(self.types, *ty).nullable;
        let when = match presence {
            Presence::Required | Presence::Default(_) if !is_nullable => When::Always,
            Presence::Required | Presence::Default(_) | Presence::Optional => When::Maybe,
            Presence::ThreeState => return None,
        };
        let key = rust_key(self.types, *ty)?;
        let key = key.trim_start_matches('?').to_owned();
        let ty = TypeRef { nullable: false, ..*ty };
        Some(Part { key, ty, when, source: AccessorSource::Property(index) })
    }
}

fn is_field(part: &Part) -> bool {
    match part.source {
        AccessorSource::Property(_) => true,
        AccessorSource::Accessor(_) => false,
    }
}

/// Whether a variant has the same under a name as those before it: the fields are of one type, and options or not.
fn is_alike(all: &[Part], part: &Part) -> bool {
    let is_option = |part: &Part| part.when == When::Maybe;
    let same_type = all.first().is_some_and(|first| first.key == part.key);
    let field = all.iter().find(|it| is_field(it)).filter(|_| is_field(part));
    same_type && field.is_none_or(|field| is_option(field) == is_option(part))
}

fn together(wire: String, parts: &[Part], is_open: bool) -> Option<Accessor> {
    let all = parts.iter().map(|part| part.when);
    let when = all.chain(is_open.then_some(When::Known)).max()?;
    let is_option = parts.iter().any(|part| is_field(part) && part.when == When::Maybe);
    let sources = parts.iter().map(|part| part.source).collect();
    Some(Accessor { wire, ty: parts.first()?.ty, when, is_option, sources })
}

fn unaliased(types: &[Type], ty: TypeRef) -> TypeRef {
    let mut at = ty;
    while let Shape::Alias(target) = types[at.id.0 as usize].shape {
        at = TypeRef { id: target.id, nullable: at.nullable || target.nullable };
    }
    at
}
