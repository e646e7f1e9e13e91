//! What schemas that hold at once say, all `allOf` branches and references taken together.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::constraints;
use super::json_types::JsonTypes;
use super::notes::Notes;
use super::rules::Subject;
use super::site::{Components, Node, Site};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::document::{
    AdditionalProperties, Discriminator, Keywords, Schema, SchemaId, UnionId, UnionKeyword,
};
use crate::limits;

/// What distinguishes one `AllOf` from another: the schemas, and the branches that were chosen.
pub(super) type Key = (Vec<SchemaId>, Vec<(UnionId, usize)>);

/// Schemas that all hold at once, with the branches that were chosen of the unions among them.
#[derive(Clone)]
pub(super) struct AllOf<'d> {
    pub sites: Vec<Site<'d>>,
    /// For unions that are split into branches: the union and the chosen branch.
    pub chosen: Vec<(UnionId, usize)>,
    /// Whether it was warned already that these schemas cannot hold at once.
    pub excused: bool,
}

impl<'d> AllOf<'d> {
    pub fn of(site: Site<'d>) -> Self {
        Self::all(vec![site])
    }

    pub fn all(sites: Vec<Site<'d>>) -> Self {
        Self { sites, chosen: Vec::new(), excused: false }
    }

    /// The same schemas in another order have the same key.
    pub fn key(&self, components: &Components<'d>) -> Key {
        let mut sites: Vec<_> = self.sites.iter().map(|site| components.identity(site)).collect();
        sites.sort_unstable();
        sites.dedup();
        let mut chosen = self.chosen.clone();
        chosen.sort_unstable();
        (sites, chosen)
    }
}

/// `oneOf` or `anyOf` of one schema.
#[derive(Clone)]
pub(super) struct Group<'d> {
    pub branches: Vec<Site<'d>>,
    pub discriminator: Option<(&'d Discriminator, Location)>,
    pub identity: UnionId,
    pub at: Location,
}

/// What schemas that hold at once say.
#[derive(Default)]
pub(super) struct MergedSchema<'d> {
    /// The JSON types that all schemas allow, the unions among them aside.
    pub types: JsonTypes,
    /// Whether two enums share no value.
    pub no_common_value: bool,
    pub typ: Option<(&'d str, Location)>,
    pub properties: IndexMap<&'d str, Vec<Site<'d>>>,
    pub required: IndexSet<&'d str>,
    /// `additionalProperties` schemas.
    pub additional: Vec<Site<'d>>,
    /// `additionalProperties: true` somewhere, `false` somewhere.
    pub additional_true: bool,
    pub additional_false: bool,
    pub items: Vec<Site<'d>>,
    pub is_tuple: bool,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub values: Option<(Vec<&'d Value>, Location)>,
    /// Names and descriptions of values, and the values that they stand beside.
    pub value_names: Option<(&'d [Value], &'d [Value])>,
    pub value_docs: Option<(&'d [Value], &'d [Value])>,
    pub format: Option<&'d str>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub constraints: constraints::Found<'d>,
    pub groups: Vec<Group<'d>>,
    pub default: Option<(&'d Value, Location)>,
    pub notes: Notes<'d>,
    pub deprecated: bool,
    pub write_only: bool,
    pub nothing: bool,
    pub unreadable: bool,
    pub has_string_keyword: bool,
    pub has_number_keyword: bool,
    /// Whether a reference was followed on the way here: what lies behind it has no say in annotations.
    through_reference: bool,
    /// Whether a branch that was chosen from a union is being merged: it is what the schema is then about.
    in_branch: bool,
    /// What rules of the settings are compared with, when there are any and the schema becomes a type.
    pub subject: Option<Subject>,
    /// The schemas whose keywords went into this.
    pub parts: HashSet<SchemaId>,
    /// The discriminators of the schema itself: its own and those of inline parts of its `allOf`, not those of what it
    /// refers to.
    pub discriminators: Vec<OwnDiscriminator<'d>>,
    /// The discriminators of what it refers to.
    pub inherited: Vec<&'d Discriminator>,
}

/// A discriminator that a schema or an inline part of its `allOf` has.
#[derive(Clone)]
pub(super) struct OwnDiscriminator<'d> {
    pub found: &'d Discriminator,
    pub at: Location,
    /// Whether `oneOf` or `anyOf` stands beside it, whose discriminator it is then.
    pub beside_union: bool,
    /// Whether it stands in the outermost schema.
    pub outermost: bool,
}

impl<'d> MergedSchema<'d> {
    /// The discriminator that belongs to no `oneOf` or `anyOf` in particular: a parent's, or that of a union that stands
    /// in another part of the `allOf`. The outermost schema is the most derived one and comes first.
    pub fn free_discriminator(&self) -> Option<&OwnDiscriminator<'d>> {
        let mut free = self.discriminators.iter().filter(|own| !own.beside_union);
        free.clone().find(|own| own.outermost).or_else(|| free.next())
    }
}

/// Merges schemas that hold at once.
struct Merge<'a, 'd> {
    components: &'a Components<'d>,
    sink: &'a mut Sink,
    chosen: Vec<(UnionId, usize)>,
    excused: bool,
    merged: MergedSchema<'d>,
}

/// What the schemas say together.
pub(super) fn merge_all_of<'d>(
    components: &Components<'d>,
    sink: &mut Sink,
    all_of: &AllOf<'d>,
) -> MergedSchema<'d> {
    let chosen = all_of.chosen.clone();
    let mut merge =
        Merge { components, sink, chosen, excused: all_of.excused, merged: MergedSchema::default() };
    for site in &all_of.sites {
        merge.site(site, 0, true);
    }
    merge.merged
}

impl<'d> Merge<'_, 'd> {
    fn site(&mut self, site: &Site<'d>, depth: usize, outermost: bool) {
        // The same schema twice says nothing new; this also ends loops of `allOf`.
        let identity = self.components.identity(site);
        if matches!(site.node, Node::Schema(_)) && !self.merged.parts.insert(identity) {
            return;
        }
        if depth > limits::ALL_OF_DEPTH {
            self.merged.unreadable = true;
            self.sink.push(
                Diagnostic::warning(
                    "too-deep",
                    site.at.clone(),
                    "`allOf` and references nest too deeply here",
                )
                .help("the type is emitted as any JSON value; flatten the schemas"),
            );
            return;
        }
        match site.node {
            Node::Reference(reference) => {
                match self.components.find(reference).and_then(|at| self.components.end(at)) {
                    Some(index) => {
                        let was = std::mem::replace(&mut self.merged.through_reference, true);
                        let target = self.components.site(index).clone();
                        self.site(&target, depth + 1, outermost);
                        self.merged.through_reference = was;
                    }
                    None => self.merged.unreadable = true,
                }
            }
            Node::Schema(schema) => self.schema(schema, &site.at, depth, outermost),
        }
    }

    fn schema(&mut self, schema: &'d Schema, at: &Location, depth: usize, outermost: bool) {
        let any = &schema.keywords;
        self.merged.types &= JsonTypes::of_own_keywords(any);
        self.annotations(schema, at, outermost);
        for (index, branch) in any.all_of.iter().enumerate() {
            let branch = Site::new(branch, at.keyword("allOf").index(index));
            self.site(&branch, depth + 1, false);
        }
        self.merged.constraints.add(schema, at);
        self.value_keywords(any, at);
        self.object_keywords(any, at);
        self.array_keywords(any, at);
        let discriminator = schema.discriminator.as_ref().map(|found| (found, at.keyword("discriminator")));
        for keyword in [UnionKeyword::OneOf, UnionKeyword::AnyOf] {
            self.group((schema, keyword), at.keyword(keyword.key()), discriminator.clone(), depth);
        }
        match discriminator {
            Some((found, _)) if self.merged.through_reference => self.merged.inherited.push(found),
            Some((found, at)) => {
                let beside_union = !any.one_of.is_empty() || !any.any_of.is_empty();
                self.merged.discriminators.push(OwnDiscriminator { found, at, beside_union, outermost });
            }
            None => {}
        }
        self.merged.nothing |= schema.is_false();
    }

    fn annotations(&mut self, schema: &'d Schema, at: &Location, outermost: bool) {
        let merged = &mut self.merged;
        merged.unreadable |= schema.is_unreadable;
        merged.deprecated |= schema.is_deprecated && outermost;
        merged.write_only |= schema.is_write_only;
        merged.is_tuple |= schema.is_tuple;
        let rank = match (merged.in_branch, merged.through_reference, outermost) {
            (true, false, _) => 0,
            (_, _, true) => 1,
            (false, false, false) => 2,
            (_, true, false) => 3,
        };
        merged.notes.add(rank, schema.title.as_deref(), schema.description.as_deref());
        let beside = |list| (list, &schema.keywords.enumeration[..]);
        merged.value_names = merged.value_names.or(schema.value_names().map(beside));
        merged.value_docs = merged.value_docs.or(schema.value_descriptions().map(beside));
        if merged.default.is_none() && !merged.through_reference {
            merged.default = schema.default.as_ref().map(|value| (value, at.keyword("default")));
        }
    }

    fn value_keywords(&mut self, any: &'d Keywords, at: &Location) {
        if let Some(typ) = any.typ.as_deref() {
            self.narrow_type(typ, at.keyword("type"));
        }
        let merged = &mut self.merged;
        merged.format = any.format.as_deref().or(merged.format);
        merged.minimum = any.minimum.map(|minimum| minimum.double).or(merged.minimum);
        merged.maximum = any.maximum.map(|maximum| maximum.double).or(merged.maximum);
        merged.has_string_keyword |=
            any.pattern.is_some() || any.min_length.is_some() || any.max_length.is_some();
        merged.has_number_keyword |=
            any.minimum.is_some() || any.maximum.is_some() || any.multiple_of.is_some();
        if !any.enumeration.is_empty() {
            self.narrow_values(any.enumeration.iter().collect(), at.keyword("enum"));
        }
    }

    /// The values that are in both enums; the later enum if they have no value in common.
    fn narrow_values(&mut self, added: Vec<&'d Value>, at: Location) {
        let Some((values, first)) = &mut self.merged.values else {
            self.merged.values = Some((added, at));
            return;
        };
        let other: HashSet<&Value> = added.iter().copied().collect();
        let common: Vec<_> = values.iter().copied().filter(|value| other.contains(value)).collect();
        if !common.is_empty() {
            *values = common;
            return;
        }
        self.merged.no_common_value = true;
        if !self.excused {
            let diagnostic = Diagnostic::warning(
                "conflicting-all-of",
                at.clone(),
                "no value is in both of these enums, which `allOf` combines",
            )
            .also(first.clone(), "the other enum");
            self.sink.push(diagnostic.help("the later enum is taken; correct one of them"));
        }
        *values = added;
        *first = at;
    }

    /// The later of two contradicting types wins: it is the more derived one.
    fn narrow_type(&mut self, typ: &'d str, at: Location) {
        match &mut self.merged.typ {
            None => self.merged.typ = Some((typ, at)),
            Some((found, _)) if *found == typ => {}
            Some((found, place)) => match (*found, typ) {
                ("integer", "number") => {}
                ("number", "integer") => *found = "integer",
                _ => {
                    if !self.excused {
                        let message = format!("`allOf` requires `{typ}` here and `{found}` elsewhere");
                        let diagnostic = Diagnostic::warning("conflicting-all-of", at.clone(), message)
                            .also(place.clone(), "the other type")
                            .help("the later type is taken; correct one of them");
                        self.sink.push(diagnostic);
                    }
                    *found = typ;
                    *place = at;
                }
            },
        }
    }

    fn object_keywords(&mut self, any: &'d Keywords, at: &Location) {
        if any.properties.is_empty()
            && any.required.is_empty()
            && any.additional_properties.is_none()
            && any.items.is_none()
        {
            return;
        }
        let place = at.keyword("properties");
        for (name, schema) in &any.properties {
            let site = Site::new(schema, place.key(name));
            let sites = self.merged.properties.entry(name).or_default();
            if !sites.iter().any(|other| other.identity() == site.identity()) {
                sites.push(site);
            }
        }
        self.merged.required.extend(any.required.iter().map(String::as_str));
        match &any.additional_properties {
            Some(AdditionalProperties::Any(true)) => self.merged.additional_true = true,
            Some(AdditionalProperties::Any(false)) => self.merged.additional_false = true,
            Some(AdditionalProperties::Schema(schema)) => {
                self.merged.additional.push(Site::new(schema, at.keyword("additionalProperties")));
            }
            None => {}
        }
    }

    fn array_keywords(&mut self, any: &'d Keywords, at: &Location) {
        if let Some(items) = &any.items {
            self.merged.items.push(Site::new(items, at.keyword("items")));
        }
        self.merged.min_items = any.min_items.or(self.merged.min_items);
        self.merged.max_items = any.max_items.or(self.merged.max_items);
    }

    fn group(
        &mut self,
        (schema, keyword): (&'d Schema, UnionKeyword),
        at: Location,
        discriminator: Option<(&'d Discriminator, Location)>,
        depth: usize,
    ) {
        let branches = schema.keywords.union(keyword);
        if branches.is_empty() {
            return;
        }
        let identity = schema.union_id(keyword);
        let sites = branches
            .iter()
            .enumerate()
            .map(|(index, branch)| Site::new(branch, at.index(index)))
            .collect::<Vec<_>>();
        if let Some((_, index)) = self.chosen.iter().find(|(chosen, _)| *chosen == identity) {
            if let Some(branch) = sites.get(*index) {
                let was = std::mem::replace(&mut self.merged.in_branch, true);
                self.site(branch, depth + 1, false);
                self.merged.in_branch = was;
            }
            return;
        }
        if let [only] = &sites[..] {
            self.site(only, depth + 1, false);
            return;
        }
        self.merged.groups.push(Group { branches: sites, discriminator, identity, at });
    }
}
