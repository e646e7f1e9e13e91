//! One schema of the document with all that it holds.

use std::collections::HashSet;

use super::Parts;
use super::keywords::{self, Keywords, node, null, or_null};
use crate::diagnostics::Location;
use crate::document::{
    AdditionalProperties, MappingTarget, Reference, Schema, SchemaId, UnionId, UnionKeyword,
};
use crate::ir::{Access, Keyword, SchemaNode, SchemaTrait, SchemaTraitKind, Side, TypeId};
use crate::limits;
use crate::resolve::access::{access, may_be_withheld};
use crate::resolve::merged_schema::AllOf;
use crate::resolve::site::{Node, Site};

/// Why there is no description.
pub(super) enum Fault {
    /// A component that does not have the trait contains itself.
    Loop(String),
    /// It would be too large, or nest too deeply.
    TooLarge,
    /// Nothing in the document is the type.
    NoSchema,
}

/// Writes the schema of one type.
pub(super) struct Writer<'p, 'd> {
    parts: &'p Parts<'p, 'd>,
    id: TypeId,
    by: &'p SchemaTrait,
    /// Which way the type travels, if that makes a difference.
    side: Option<Side>,
    /// The branches of unions that the type was made of.
    chosen: Vec<(UnionId, usize)>,
    /// The schemas that are parts of the type itself.
    seen: HashSet<SchemaId>,
    /// The components that are being written where they are used.
    open: Vec<usize>,
    depth: usize,
    left: usize,
    fault: Option<Fault>,
}

impl<'p, 'd> Writer<'p, 'd> {
    pub fn new(parts: &'p Parts<'p, 'd>, id: TypeId, by: &'p SchemaTrait, left: usize) -> Self {
        Self {
            parts,
            id,
            by,
            side: parts.graph.side_of(id),
            chosen: Vec::new(),
            seen: HashSet::new(),
            open: Vec::new(),
            depth: 0,
            left,
            fault: None,
        }
    }

    /// How many schemas may still be written.
    pub fn left(&self) -> usize {
        self.left
    }

    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// The schema of the type, which is made of these schemas. Whether it may be `null` is up to its uses.
    pub fn of_type(&mut self, source: Option<&AllOf<'d>>) -> SchemaNode {
        let Some(source) = source else {
            self.fault = Some(Fault::NoSchema);
            return SchemaNode::Boolean(true);
        };
        self.chosen.clone_from(&source.chosen);
        let mut parts: Vec<SchemaNode> = source.sites.iter().map(|site| self.part(site, true)).collect();
        let schema = match parts.len() {
            1 => parts.remove(0),
            _ => SchemaNode::Keywords(vec![("allOf", Keyword::List(parts))]),
        };
        if schema.json_depth() > limits::JSON_TEXT_DEPTH {
            self.fault.get_or_insert(Fault::TooLarge);
        }
        schema
    }

    /// A schema that the type itself is made of: what it refers to in `allOf` is written out, since the type has all of it.
    fn part(&mut self, site: &Site<'d>, is_outermost: bool) -> SchemaNode {
        let Some((schema, at)) = self.parts.components.follow(site) else { return SchemaNode::Boolean(true) };
        // The same schema twice says nothing new; this also ends loops of `allOf`.
        if !self.seen.insert(schema.id) {
            return SchemaNode::Boolean(true);
        }
        let role = if is_outermost { Role::Outermost } else { Role::Part };
        self.schema(schema, &at, role)
    }

    /// A schema or a reference that stands inside of another schema.
    fn inner(&mut self, site: &Site<'d>) -> SchemaNode {
        match site.node {
            Node::Schema(schema) => self.schema(schema, &site.at, Role::Inner),
            Node::Reference(reference) => self.reference(reference),
        }
    }

    fn reference(&mut self, reference: &Reference) -> SchemaNode {
        let components = self.parts.components;
        let end = components.find(reference).and_then(|index| components.end(index));
        // Such a reference was warned of.
        let Some(index) = end else { return SchemaNode::Boolean(true) };
        if let Some(ty) = self.parts.types.get(components.name(index)) {
            let id = self.on_this_side(ty.id);
            if self.is_referred_to(id) {
                let branches = vec![SchemaNode::Reference(id), null()];
                return match ty.nullable {
                    true => SchemaNode::Keywords(vec![("anyOf", Keyword::List(branches))]),
                    false => SchemaNode::Reference(id),
                };
            }
        }
        if self.open.contains(&index) {
            self.fault = Some(Fault::Loop(components.name(index).to_owned()));
            return SchemaNode::Boolean(true);
        }
        self.open.push(index);
        let written = self.inner(&components.site(index).clone());
        self.open.pop();
        written
    }

    fn on_this_side(&self, id: TypeId) -> TypeId {
        match self.side {
            Some(Side::Sent) => self.parts.graph.sent_as(id).unwrap_or(id),
            Some(Side::Read) | None => id,
        }
    }

    /// Whether a type has the trait wherever this one is written, and travels the same way.
    fn is_referred_to(&self, id: TypeId) -> bool {
        let graph = self.parts.graph;
        let ty = graph.get(id);
        let has_trait = ty.overrides.described.iter().any(|known| self.by.implies(known));
        let is_right = || self.side.is_none() || graph.side_of(id).is_none_or(|side| Some(side) == self.side);
        ty.shape.needs_name() && has_trait && is_right()
    }

    fn schema(&mut self, schema: &'d Schema, at: &Location, role: Role) -> SchemaNode {
        if schema.is_unreadable {
            return SchemaNode::Boolean(true);
        }
        let any = &schema.keywords;
        if schema.is_false() {
            return SchemaNode::Boolean(false);
        }
        if self.left == 0 || self.depth >= limits::DESCRIPTION_DEPTH {
            self.fault.get_or_insert(Fault::TooLarge);
            return SchemaNode::Boolean(true);
        }
        self.left -= 1;
        self.depth += 1;
        let mut found = match role {
            Role::Outermost | Role::Inner => keywords::annotations(schema, self.by.docs),
            // Those of what a type is made of are not those of the type.
            Role::Part => Keywords::new(),
        };
        found.extend(keywords::limits(schema));
        if schema.is_tuple {
            self.places(schema, at, &mut found);
        } else {
            self.properties(schema, (at, role), &mut found);
            self.rest(schema, at, &mut found);
        }
        if let Some(items) = &any.items {
            let items = self.inner(&Site::new(items, at.keyword("items")));
            found.push(("items", Keyword::Schema(Box::new(items))));
        }
        self.combined(schema, (at, role), &mut found);
        self.depth -= 1;
        match schema.is_nullable && role != Role::Outermost {
            true => or_null(found),
            false => node(found),
        }
    }

    /// The elements of an array by position.
    fn places(&mut self, schema: &'d Schema, at: &Location, found: &mut Keywords) {
        let place = at.keyword("prefixItems");
        let places = schema.keywords.properties.iter().map(|(name, schema)| {
            let site = Site::new(schema, place.key(name));
            self.inner(&site)
        });
        let places = places.collect();
        found.push(("prefixItems", Keyword::List(places)));
    }

    fn properties(&mut self, schema: &'d Schema, (at, role): (&Location, Role), found: &mut Keywords) {
        let (place, any) = (at.keyword("properties"), &schema.keywords);
        let sites = any.properties.iter().map(|(name, schema)| (name, Site::new(schema, place.key(name))));
        let sites: Vec<(&String, Site<'d>)> = sites.collect();
        let gone: Vec<&String> =
            sites.iter().filter(|(name, site)| self.is_gone(name, site)).map(|(name, _)| *name).collect();
        let is_gone = |name: &String| gone.len() < sites.len() && gone.contains(&name);
        let mut named = Vec::with_capacity(sites.len());
        let mut withheld = Vec::new();
        for (name, site) in sites.iter().filter(|(name, _)| !is_gone(name)) {
            if self.side == Some(Side::Read)
                && may_be_withheld(self.parts.components, std::slice::from_ref(site))
            {
                withheld.push(*name);
            }
            named.push(((*name).clone(), self.inner(site)));
        }
        if !named.is_empty() {
            found.push(("properties", Keyword::Named(named)));
        }
        let is_lax = |name: &&String| role != Role::Inner && self.is_lax(name);
        let is_required = |name: &&String| !is_gone(name) && !withheld.contains(name) && !is_lax(name);
        let required: Vec<&String> = any.required.iter().filter(is_required).collect();
        if !required.is_empty() {
            found.push(("required", Keyword::Value(required.into_iter().cloned().collect())));
        }
    }

    /// Whether a property travels the other way only.
    fn is_gone(&self, name: &str, site: &Site<'d>) -> bool {
        let is_constant = match site.node {
            Node::Schema(schema) => schema.keywords.enumeration.len() == 1,
            Node::Reference(_) => false,
        };
        let ways = || access(self.parts.components, std::slice::from_ref(site));
        self.side == Some(Side::Sent)
            && !is_constant
            && !self.parts.tags.contains(name)
            && ways() == Access::ReadOnly
    }

    /// Whether one side of a pair that became this type does not require a property.
    fn is_lax(&self, name: &str) -> bool {
        let sides = self.parts.graph.sides().iter().filter(|sides| sides.ty == self.id);
        sides.flat_map(|sides| &sides.properties).any(|property| property.wire == name)
    }

    /// What further properties have to keep. `lower` has one schema for it, whose place says which keyword it stood under.
    fn rest(&mut self, schema: &'d Schema, at: &Location, found: &mut Keywords) {
        let further = match &schema.keywords.additional_properties {
            None | Some(AdditionalProperties::Any(true)) => return,
            Some(AdditionalProperties::Any(false)) => {
                let nothing = Box::new(SchemaNode::Boolean(false));
                return found.push(("additionalProperties", Keyword::Schema(nothing)));
            }
            Some(AdditionalProperties::Schema(further)) => further,
        };
        let site = Site::new(further, at.keyword("additionalProperties"));
        let tokens = site.at.pointer.tokens();
        match &tokens[..] {
            [.., last] if last == "unevaluatedProperties" => {
                let schema = self.inner(&site);
                found.push(("unevaluatedProperties", Keyword::Schema(Box::new(schema))));
            }
            [.., last] if last == "patternProperties" => self.patterns(&site, found),
            [.., before, pattern] if before == "patternProperties" => {
                let named = vec![(pattern.clone(), self.inner(&site))];
                found.push(("patternProperties", Keyword::Named(named)));
                if !schema.values_differ {
                    let nothing = Box::new(SchemaNode::Boolean(false));
                    found.push(("additionalProperties", Keyword::Schema(nothing)));
                }
            }
            // References have no places: which names have to keep it is not known.
            _ if schema.values_differ => {}
            _ => {
                let schema = self.inner(&site);
                found.push(("additionalProperties", Keyword::Schema(Box::new(schema))));
            }
        }
    }

    /// Several patterns: `lower` has their schemas as branches of `anyOf`. What is left out allows more.
    fn patterns(&mut self, site: &Site<'d>, found: &mut Keywords) {
        let Node::Schema(schema) = site.node else { return };
        let mut named = Vec::new();
        for branch in &schema.keywords.any_of {
            let branch = Site::new(branch, Location::default());
            let tokens = branch.at.pointer.tokens();
            if let [.., before, pattern] = &tokens[..]
                && before == "patternProperties"
            {
                named.push((pattern.clone(), self.inner(&branch)));
            }
        }
        found.push(("patternProperties", Keyword::Named(named)));
    }

    /// `allOf`, `anyOf`, `oneOf`, `not`.
    fn combined(&mut self, schema: &'d Schema, (at, role): (&Location, Role), found: &mut Keywords) {
        let (all_of, any) = (at.keyword("allOf"), &schema.keywords);
        let mut parts = Vec::with_capacity(any.all_of.len());
        for (index, branch) in any.all_of.iter().enumerate() {
            let site = Site::new(branch, all_of.index(index));
            let part = if role == Role::Inner { self.inner(&site) } else { self.part(&site, false) };
            if part != SchemaNode::Boolean(true) {
                parts.push(part);
            }
        }
        let mut groups = Vec::new();
        for keyword in [UnionKeyword::AnyOf, UnionKeyword::OneOf] {
            let key = keyword.key();
            let sites = any.union(keyword).iter().enumerate();
            let sites: Vec<Site<'d>> =
                sites.map(|(index, branch)| Site::new(branch, at.keyword(key).index(index))).collect();
            let chosen = self.chosen(schema.union_id(keyword)).filter(|_| role != Role::Inner);
            match chosen.and_then(|index| sites.get(index)) {
                Some(chosen) => parts.push(self.part(chosen, false)),
                None if sites.is_empty() => {}
                None => {
                    let branches = sites.iter().map(|site| self.inner(site)).collect();
                    groups.push((key, Keyword::List(branches)));
                }
            }
        }
        if !parts.is_empty() {
            found.push(("allOf", Keyword::List(parts)));
        }
        let has_groups = !groups.is_empty();
        found.extend(groups);
        if let Some(not) = &any.not {
            let not = self.inner(&Site::new(not, at.keyword("not")));
            found.push(("not", Keyword::Schema(Box::new(not))));
        }
        if has_groups {
            found.extend(self.discriminator(schema));
        }
    }

    fn chosen(&self, id: UnionId) -> Option<usize> {
        self.chosen.iter().find(|(group, _)| *group == id).map(|(_, index)| *index)
    }

    /// A discriminator decides nothing about values, but OpenAPI has it.
    fn discriminator(&self, schema: &'d Schema) -> Option<(&'static str, Keyword)> {
        match self.by.kind {
            SchemaTraitKind::JsonSchema | SchemaTraitKind::TypeScript => return None,
            SchemaTraitKind::ToSchema => {}
        }
        let discriminator = schema.discriminator.as_ref()?;
        let target = |target: &MappingTarget| {
            let components = self.parts.components;
            let index = components.end(components.find_mapped(target)?)?;
            let id = self.on_this_side(self.parts.types.get(components.name(index))?.id);
            self.is_referred_to(id).then_some(id)
        };
        let mapping = discriminator.mapping.iter();
        let mapping = mapping.filter_map(|(tag, of)| Some((tag.clone(), target(of)?))).collect();
        Some(("discriminator", Keyword::Discriminator(discriminator.property.clone(), mapping)))
    }
}

/// What a schema is to the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The type's own, whose annotations are those of the type.
    Outermost,
    /// One of several that the type is made of.
    Part,
    /// That of something in the type.
    Inner,
}
