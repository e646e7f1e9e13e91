//! What a conjunction of schemas says, all `allOf` branches and references taken together.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr};
use serde_json::Value;

use super::json_types::JsonTypes;
use super::notes::Notes;
use super::rules::Subject;
use super::site::{Components, Node, Site};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::document::{Discriminator, Schema, SchemaId};

/// How deep `allOf` and references may nest within one type.
const MAX_DEPTH: usize = 256;

/// What tells one conjunction from another: the schemas, and the branches that were chosen.
pub(super) type Key = (Vec<SchemaId>, Vec<(SchemaId, usize)>);

/// Schemas that all hold at once, with the branches that were chosen of the unions among them.
#[derive(Clone)]
pub(super) struct Conjunction<'d> {
    pub sites: Vec<Site<'d>>,
    /// For unions that are taken apart: the union's list of branches and the chosen branch.
    pub chosen: Vec<(SchemaId, usize)>,
    /// Whether it was warned already that these schemas cannot hold at once.
    pub excused: bool,
}

impl<'d> Conjunction<'d> {
    pub fn of(site: Site<'d>) -> Self {
        Self::all(vec![site])
    }

    pub fn all(sites: Vec<Site<'d>>) -> Self {
        Self { sites, chosen: Vec::new(), excused: false }
    }

    /// The same schemas in another order are the same conjunction.
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
    pub discriminator: Option<(Discriminator<'d>, Location)>,
    pub identity: SchemaId,
    pub at: Location,
}

/// What a conjunction of schemas says.
#[derive(Default)]
pub(super) struct Facets<'d> {
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
    pub value_names: Option<(&'d Value, &'d [Value])>,
    pub value_docs: Option<(&'d Value, &'d [Value])>,
    pub format: Option<&'d str>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
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
    /// Whether a branch that was chosen from a union is being gathered: it is what the schema is then about.
    in_branch: bool,
    /// What rules of the settings are compared with, when there are any and the schema becomes a type.
    pub subject: Option<Subject>,
    /// The schemas whose keywords went into this.
    pub parts: HashSet<SchemaId>,
    /// The discriminators of the schema itself: its own and those of inline parts of its `allOf`, not those of what it
    /// refers to.
    pub discriminators: Vec<OwnDiscriminator<'d>>,
    /// The discriminators of what it refers to.
    pub inherited: Vec<Discriminator<'d>>,
}

/// A discriminator that a schema or an inline part of its `allOf` has.
#[derive(Clone)]
pub(super) struct OwnDiscriminator<'d> {
    pub found: Discriminator<'d>,
    pub at: Location,
    /// Whether `oneOf` or `anyOf` stands beside it, whose discriminator it is then.
    pub beside_union: bool,
    /// Whether it stands in the outermost schema.
    pub outermost: bool,
}

impl<'d> Facets<'d> {
    /// The discriminator that belongs to no `oneOf` or `anyOf` in particular: a parent's, or that of a union that stands
    /// in another part of the `allOf`. The outermost schema is the most derived one and comes first.
    pub fn free_discriminator(&self) -> Option<&OwnDiscriminator<'d>> {
        let mut free = self.discriminators.iter().filter(|own| !own.beside_union);
        free.clone().find(|own| own.outermost).or_else(|| free.next())
    }
}

/// Gathers the facets of one conjunction.
pub(super) struct Gather<'a, 'd> {
    pub components: &'a Components<'d>,
    pub sink: &'a mut Sink,
    chosen: Vec<(SchemaId, usize)>,
    excused: bool,
    facets: Facets<'d>,
}

pub(super) fn gather<'d>(
    components: &Components<'d>,
    sink: &mut Sink,
    conjunction: &Conjunction<'d>,
) -> Facets<'d> {
    let chosen = conjunction.chosen.clone();
    let mut gather =
        Gather { components, sink, chosen, excused: conjunction.excused, facets: Facets::default() };
    for site in &conjunction.sites {
        gather.site(site, 0, true);
    }
    gather.facets
}

impl<'d> Gather<'_, 'd> {
    fn site(&mut self, site: &Site<'d>, depth: usize, outermost: bool) {
        // The same schema twice in one conjunction says nothing new; this also ends loops of `allOf`.
        let identity = self.components.identity(site);
        if matches!(site.node, Node::Schema(_)) && !self.facets.parts.insert(identity) {
            return;
        }
        if depth > MAX_DEPTH {
            self.facets.unreadable = true;
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
                        let was = std::mem::replace(&mut self.facets.through_reference, true);
                        let target = self.components.site(index).clone();
                        self.site(&target, depth + 1, outermost);
                        self.facets.through_reference = was;
                    }
                    None => self.facets.unreadable = true,
                }
            }
            Node::Schema(schema) => self.schema(schema, &site.at, depth, outermost),
        }
    }

    fn schema(&mut self, schema: Schema<'d>, at: &Location, depth: usize, outermost: bool) {
        let Some(any) = schema.keywords() else {
            self.facets.unreadable = true;
            return;
        };
        self.facets.types = self.facets.types & JsonTypes::of_own_keywords(any);
        self.annotations(schema, at, outermost);
        for (index, branch) in any.all_of.iter().enumerate() {
            let branch = Site::new(branch, at.keyword("allOf").index(index));
            self.site(&branch, depth + 1, false);
        }
        self.value_keywords(any, at);
        self.object_keywords(any, at);
        self.array_keywords(any, at);
        let discriminator = schema.discriminator().map(|found| (found, at.keyword("discriminator")));
        self.group(&any.one_of, at.keyword("oneOf"), discriminator.clone(), depth);
        self.group(&any.any_of, at.keyword("anyOf"), discriminator.clone(), depth);
        match discriminator {
            Some((found, _)) if self.facets.through_reference => self.facets.inherited.push(found),
            Some((found, at)) => {
                let beside_union = !any.one_of.is_empty() || !any.any_of.is_empty();
                self.facets.discriminators.push(OwnDiscriminator { found, at, beside_union, outermost });
            }
            None => {}
        }
        self.facets.nothing |= schema.is_false();
    }

    fn annotations(&mut self, schema: Schema<'d>, at: &Location, outermost: bool) {
        let facets = &mut self.facets;
        facets.unreadable |= schema.is_unreadable();
        facets.deprecated |= schema.is_deprecated() && outermost;
        facets.write_only |= schema.is_write_only();
        facets.is_tuple |= schema.is_tuple();
        let rank = match (facets.in_branch, facets.through_reference, outermost) {
            (true, false, _) => 0,
            (_, _, true) => 1,
            (false, false, false) => 2,
            (_, true, false) => 3,
        };
        facets.notes.add(rank, schema.title(), schema.description());
        let values = schema.keywords().map_or(&[][..], |any| &any.enumeration);
        let beside = |list| (list, values);
        facets.value_names = facets.value_names.or(schema.value_names().map(beside));
        facets.value_docs = facets.value_docs.or(schema.value_descriptions().map(beside));
        if facets.default.is_none() && !facets.through_reference {
            facets.default = schema.default().map(|value| (value, at.keyword("default")));
        }
    }

    fn value_keywords(&mut self, any: &'d AnySchema, at: &Location) {
        if let Some(typ) = any.typ.as_deref() {
            self.narrow_type(typ, at.keyword("type"));
        }
        let facets = &mut self.facets;
        facets.format = any.format.as_deref().or(facets.format);
        facets.minimum = any.minimum.or(facets.minimum);
        facets.maximum = any.maximum.or(facets.maximum);
        facets.has_string_keyword |=
            any.pattern.is_some() || any.min_length.is_some() || any.max_length.is_some();
        facets.has_number_keyword |=
            any.minimum.is_some() || any.maximum.is_some() || any.multiple_of.is_some();
        if !any.enumeration.is_empty() {
            self.narrow_values(any.enumeration.iter().collect(), at.keyword("enum"));
        }
    }

    /// The values that are in both enums; the later enum wins when there are none.
    fn narrow_values(&mut self, added: Vec<&'d Value>, at: Location) {
        let Some((values, first)) = &mut self.facets.values else {
            self.facets.values = Some((added, at));
            return;
        };
        let other: HashSet<&Value> = added.iter().copied().collect();
        let common: Vec<_> = values.iter().copied().filter(|value| other.contains(value)).collect();
        if !common.is_empty() {
            *values = common;
            return;
        }
        self.facets.no_common_value = true;
        if !self.excused {
            let diagnostic = Diagnostic::warning(
                "conflicting-all-of",
                at.clone(),
                "no value is in both of these enums, which `allOf` asks to hold at once",
            )
            .also(first.clone(), "the other enum");
            self.sink.push(diagnostic.help("the later enum is taken; correct one of them"));
        }
        *values = added;
        *first = at;
    }

    /// The later of two contradicting types wins: it is the more derived one.
    fn narrow_type(&mut self, typ: &'d str, at: Location) {
        match &mut self.facets.typ {
            None => self.facets.typ = Some((typ, at)),
            Some((found, _)) if *found == typ => {}
            Some((found, place)) => match (*found, typ) {
                ("integer", "number") => {}
                ("number", "integer") => *found = "integer",
                _ => {
                    if !self.excused {
                        let message = format!("`allOf` asks for `{typ}` here and for `{found}` elsewhere");
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

    fn object_keywords(&mut self, any: &'d AnySchema, at: &Location) {
        if any.properties.is_empty()
            && any.required.is_empty()
            && any.additional_properties.is_none()
            && any.items.is_none()
        {
            return;
        }
        let place = at.keyword("properties");
        for (name, schema) in &any.properties {
            let site = Site::boxed(schema, place.key(name));
            let sites = self.facets.properties.entry(name).or_default();
            if !sites.iter().any(|other| other.identity() == site.identity()) {
                sites.push(site);
            }
        }
        self.facets.required.extend(any.required.iter().map(String::as_str));
        match &any.additional_properties {
            Some(AdditionalProperties::Any(true)) => self.facets.additional_true = true,
            Some(AdditionalProperties::Any(false)) => self.facets.additional_false = true,
            Some(AdditionalProperties::Schema(schema)) => {
                self.facets.additional.push(Site::new(schema, at.keyword("additionalProperties")));
            }
            None => {}
        }
    }

    fn array_keywords(&mut self, any: &'d AnySchema, at: &Location) {
        if let Some(items) = &any.items {
            self.facets.items.push(Site::boxed(items, at.keyword("items")));
        }
        self.facets.min_items = any.min_items.or(self.facets.min_items);
        self.facets.max_items = any.max_items.or(self.facets.max_items);
    }

    fn group(
        &mut self,
        branches: &'d [ReferenceOr<openapiv3::Schema>],
        at: Location,
        discriminator: Option<(Discriminator<'d>, Location)>,
        depth: usize,
    ) {
        if branches.is_empty() {
            return;
        }
        let identity = SchemaId::of_branches(branches);
        let sites = branches
            .iter()
            .enumerate()
            .map(|(index, branch)| Site::new(branch, at.index(index)))
            .collect::<Vec<_>>();
        if let Some((_, index)) = self.chosen.iter().find(|(chosen, _)| *chosen == identity) {
            if let Some(branch) = sites.get(*index) {
                let was = std::mem::replace(&mut self.facets.in_branch, true);
                self.site(branch, depth + 1, false);
                self.facets.in_branch = was;
            }
            return;
        }
        if let [only] = &sites[..] {
            self.site(only, depth + 1, false);
            return;
        }
        self.facets.groups.push(Group { branches: sites, discriminator, identity, at });
    }
}
