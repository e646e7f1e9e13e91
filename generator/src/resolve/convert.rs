//! Turns schemas into types: the first pass, which looks at each schema once and defers what needs the whole graph.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::array;
use super::budget::{self, Budget};
use super::constraints::{self, Patterns};
use super::descendants::Descendants;
use super::described::Sources;
use super::discriminator::{self, Discriminators};
use super::draft::DraftGraph;
use super::enumeration;
use super::external;
use super::inheritance::is_bare_child;
use super::initial::Defaults;
use super::merged_schema::{AllOf, Key, MergedSchema, merge_all_of};
use super::nullability::nullable;
use super::object;
use super::pages;
use super::passes::Context;
use super::rules::{Rules, Subject};
use super::scalar;
use super::secrets::{self, SecretComponents, is_secret};
use super::site::{Components, Node, Site};
use super::union;
use super::union_draft::UnionDraft;
use super::wrapper::{lone_component, renamed_component, simplify};
use crate::config::TypeOptions;
use crate::diagnostics::{Diagnostic, FileId, Location, Sink, excerpt_of};
use crate::document::SchemaId;
use crate::ir::{
    AnyReason, Component, Constraints, Docs, External, NameHint, Operation, Overrides, Owner, Scalar, Shape,
    Type, TypeId, TypeRef,
};
use crate::limits;
use crate::words::media_word;

/// The state of the first pass.
pub(super) struct Converter<'a, 'd> {
    pub components: Components<'d>,
    pub options: &'a TypeOptions,
    pub sink: &'a mut Sink,
    /// The types so far; the component schemas come first, in their order.
    pub types: Vec<Type>,
    /// What the second pass needs to know of each union.
    pub unions: BTreeMap<TypeId, UnionDraft>,
    /// The rules of the settings.
    pub rules: Rules<'a>,
    /// What rules are compared with, by type; empty without rules.
    pub subjects: BTreeMap<TypeId, Subject>,
    /// The enums whose values were warned of, by their places.
    pub warned_enums: HashSet<(FileId, String)>,
    /// Components that are enums, and stand in a union beside a plain string.
    pub extensible: Vec<TypeId>,
    /// The discriminators that were met.
    pub discriminators: Discriminators,
    /// The types of the user's.
    pub externals: HashMap<External, TypeId>,
    /// The defaults that were taken out of the document.
    pub defaults: Defaults,
    /// What may still be made.
    pub budget: Budget,
    /// How operations are said to answer in pages.
    pub pages: Vec<pages::Asked>,
    /// The aliases that say that values are secret, by what they are aliases of.
    pub secrets: HashMap<TypeId, TypeId>,
    /// The aliases that add constraints, by what they are aliases of and by these.
    pub constrained: HashMap<(TypeId, String), TypeId>,
    /// The patterns that constraints have.
    pub patterns: Patterns,
    /// The schemas that types are made of.
    pub sources: Sources<'d>,
    secret_components: SecretComponents,
    memo: HashMap<Key, TypeRef>,
    /// By a schema and whether a reference led to it.
    nullable: HashMap<(SchemaId, bool), bool>,
    scalars: HashMap<Scalar, TypeId>,
    depth: usize,
}

/// What a schema became: a shape of its own, or just another use of a type.
#[allow(clippy::large_enum_variant, reason = "destructured as soon as it is made")]
pub(super) enum Made {
    Shape(Shape),
    Use(TypeRef),
}

/// The name that a type gets if it turns out to need one.
#[derive(Clone)]
pub(super) struct Naming {
    pub owner: Owner,
    pub path: Vec<String>,
}

impl Naming {
    pub fn step(&self, word: &str) -> Self {
        let mut path = self.path.clone();
        path.push(word.to_owned());
        Self { owner: self.owner, path }
    }

    /// The same for what stands in its place as another media type.
    pub fn beside(&self, media_type: &str) -> Self {
        let mut path = self.path.clone();
        if let Some(last) = path.last_mut() {
            *last = format!("{last} {}", media_word(media_type));
        }
        Self { owner: self.owner, path }
    }
}

impl<'a, 'd> Converter<'a, 'd> {
    pub fn new(
        components: Components<'d>,
        options: &'a TypeOptions,
        files: &'a BTreeMap<FileId, String>,
        budget: Budget,
        sink: &'a mut Sink,
    ) -> Self {
        let types = (0..components.len())
            .map(|index| Type {
                name: Some(NameHint { owner: Owner::Component(index), path: Vec::new() }),
                docs: Docs::default(),
                location: components.site(index).at.clone(),
                shape: Shape::Any(AnyReason::Unreadable),
                has_default: false,
                overrides: Overrides::default(),
                secret: false,
                constraints: Constraints::default(),
            })
            .collect();
        let secret_components = SecretComponents::of(&components);
        let (memo, nullable, scalars) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self {
            components,
            options,
            sink,
            types,
            unions: BTreeMap::new(),
            rules: Rules::new(&options.rules, files),
            subjects: BTreeMap::new(),
            warned_enums: HashSet::new(),
            extensible: Vec::new(),
            discriminators: Discriminators::default(),
            externals: HashMap::new(),
            defaults: Defaults::default(),
            budget,
            pages: Vec::new(),
            secrets: HashMap::new(),
            constrained: HashMap::new(),
            patterns: Patterns::default(),
            sources: Sources::new(&options.rules),
            secret_components,
            memo,
            nullable,
            scalars,
            depth: 0,
        }
    }

    /// Converts the component schema `index` into its reserved type.
    pub fn component(&mut self, index: usize, descendants: &Descendants) {
        if self.budget.is_spent() {
            return;
        }
        let site = self.components.site(index).clone();
        let naming = Naming { owner: Owner::Component(index), path: Vec::new() };
        let id = type_id(index);
        if self.components.follow(&site).is_none() {
            self.reference_loop(&site, id);
            return;
        }
        let subject = external::component_subject(self, index);
        external::note_subject(self, id, subject.clone());
        if let Some((target, docs)) = external::replacement(self, subject.as_ref(), &AllOf::of(site.clone()))
        {
            self.types[index].docs = docs;
            self.types[index].shape = Shape::Alias(TypeRef { id: target, nullable: false });
            return;
        }
        let all_of = simplify(&self.components, AllOf::of(site.clone()));
        self.sources.note(id, &all_of);
        let lone = renamed_component(&self.components, &site);
        let lone = lone.filter(|target| !is_bare_child(&self.components, index, *target));
        // What is wrong with a component is said where it is made, not wherever it has another name.
        let mut ignored = Sink::default();
        let sink = if lone.is_some() { &mut ignored } else { &mut *self.sink };
        let mut merged = merge_all_of(&self.components, sink, &all_of);
        merged.subject = subject;
        discriminator::note_discriminators(self, &merged);
        self.types[index].docs = docs(&merged, self.components.name(index));
        let amount = budget::text(&self.types[index].docs);
        budget::spend(self, amount, &site.at);
        // Who extends it means what its discriminator makes of it.
        let is_parent = merged.free_discriminator().is_some() && !descendants.of(index).is_empty();
        let made = match lone.filter(|_| !is_parent) {
            // Not to the next of a chain of references: who follows aliases would take as many steps for each of them.
            Some(target) => {
                let end = self.components.end(target).unwrap_or(target);
                Made::Use(TypeRef { id: type_id(end), nullable: false })
            }
            None => {
                self.memo.insert(all_of.key(&self.components), TypeRef { id, nullable: false });
                let root = self.inheritance_root(index, &merged, descendants);
                root.unwrap_or_else(|| self.make(&merged, &all_of, &naming, &site.at, Some(id)))
            }
        };
        self.types[index].shape = match made {
            Made::Shape(shape) => shape,
            Made::Use(target) if target.id == id => Shape::Any(AnyReason::ReferenceLoop),
            Made::Use(target) => Shape::Alias(TypeRef { nullable: false, ..target }),
        };
        if lone.is_none() || is_parent {
            constraints::constrain(self, id, &merged);
        }
        if is_secret(&merged) {
            secrets::secret_component(self, index);
        }
    }

    /// The draft of all that was converted, and what its passes ask. `None` when the budget did not last.
    pub fn finish(
        mut self,
        operations: Vec<Operation>,
        roots: Vec<bool>,
    ) -> Option<(DraftGraph, Context<'a>, Sources<'d>)> {
        let is_complete = !self.budget.is_spent();
        let mut components = Vec::with_capacity(self.components.len());
        for index in 0..self.components.len() {
            let ty = self.component_ref(index);
            let name = self.components.name(index).to_owned();
            components.push(Component { name, ty, location: self.components.place(index) });
        }
        let Self {
            mut types,
            unions,
            sink,
            rules,
            subjects,
            extensible,
            discriminators,
            options,
            pages,
            components: components_looked_at,
            sources,
            ..
        } = self;
        for id in extensible {
            if let Shape::Enum(found) = &mut types[id.0 as usize].shape {
                found.extensible = true;
            }
        }
        discriminators.report_ignored(sink);
        components_looked_at.report_limits(sink);
        let draft = DraftGraph {
            types,
            unions,
            components,
            operations,
            roots,
            subjects,
            pages,
            ..DraftGraph::default()
        };
        is_complete.then_some((draft, Context { options, rules, sink }, sources))
    }

    fn reference_loop(&mut self, site: &Site<'d>, id: TypeId) {
        self.types[id.0 as usize].shape = Shape::Any(AnyReason::ReferenceLoop);
        self.sink.push(
            Diagnostic::warning(
                "reference-loop",
                site.at.clone(),
                "this reference only leads back to itself",
            )
            .help("it is emitted as any JSON value; let one of the references end at a schema"),
        );
    }

    /// The use of a component schema.
    pub fn component_ref(&mut self, index: usize) -> TypeRef {
        let site = self.components.site(index).clone();
        TypeRef { id: type_id(index), nullable: self.is_nullable(&[site]) }
    }

    /// Whether `null` is a value of all these schemas at once. What is referred to from many places is looked at once.
    fn is_nullable(&mut self, sites: &[Site<'d>]) -> bool {
        let [site] = sites else { return nullable(&self.components, sites) };
        let is_reference = matches!(site.node, Node::Reference(_));
        let key = (self.components.identity(site), is_reference);
        if let Some(known) = self.nullable.get(&key) {
            return *known;
        }
        let found = nullable(&self.components, sites);
        self.nullable.insert(key, found);
        found
    }

    /// Converts a schema inside another schema or in an operation.
    pub fn site(&mut self, site: Site<'d>, naming: &Naming) -> TypeRef {
        self.all_of(AllOf::of(site), naming)
    }

    /// Converts schemas that all hold at once.
    pub fn all_of(&mut self, all_of: AllOf<'d>, naming: &Naming) -> TypeRef {
        if self.budget.is_spent() {
            return TypeRef { id: self.scalar(Scalar::Null), nullable: false };
        }
        let is_nullable = all_of.chosen.is_empty() && self.is_nullable(&all_of.sites);
        let place = all_of.sites.first().map(|site| site.at.clone()).unwrap_or_default();
        let subject = external::subject(self, &all_of);
        if let Some(subject) = &subject {
            self.rules.see(subject);
            if let Some((id, _)) = external::replacement(self, Some(subject), &all_of) {
                return TypeRef { id, nullable: is_nullable };
            }
        }
        let whole = all_of;
        let all_of = simplify(&self.components, whole.clone());
        if let Some(index) = lone_component(&self.components, &all_of) {
            discriminator::note_wrapper(self, &all_of);
            let mut target = self.component_ref(index);
            if self.secret_components.say(&self.components, &whole.sites) {
                target = secrets::secret(self, target);
            }
            return TypeRef { nullable: target.nullable || is_nullable, ..target };
        }
        let key = all_of.key(&self.components);
        if let Some(known) = self.memo.get(&key) {
            return TypeRef { nullable: is_nullable || known.nullable, ..*known };
        }
        if self.depth >= limits::TYPE_DEPTH {
            self.sink.push(
                Diagnostic::warning("too-deep", place.clone(), "schemas nest too deeply here")
                    .help("the type is emitted as any JSON value; move inner schemas to `components`"),
            );
            return self.any(AnyReason::Unreadable, place);
        }
        self.depth += 1;
        let made = self.reserved(&all_of, subject, key, naming, place);
        self.depth -= 1;
        TypeRef { nullable: is_nullable || made.nullable, ..made }
    }

    fn reserved(
        &mut self,
        all_of: &AllOf<'d>,
        subject: Option<Subject>,
        key: Key,
        naming: &Naming,
        place: Location,
    ) -> TypeRef {
        let mut merged = merge_all_of(&self.components, self.sink, all_of);
        discriminator::note_discriminators(self, &merged);
        if let Some(id) = external::format_replacement(self, &merged) {
            return TypeRef { id, nullable: false };
        }
        let is_secret = is_secret(&merged);
        if let Some(scalar) = scalar::plain(&merged, self.options) {
            let plain = TypeRef { id: self.scalar(scalar), nullable: false };
            let plain = constraints::constrained(self, plain, &merged);
            return if is_secret { secrets::secret(self, plain) } else { plain };
        }
        // The type is known before it is made, so that a schema may contain itself.
        let id = self.push(Shape::Any(AnyReason::Unreadable), None, Docs::default(), place.clone());
        let reserved = TypeRef { id, nullable: false };
        external::note_subject(self, id, subject.clone());
        self.sources.note(id, all_of);
        merged.subject = subject;
        self.memo.insert(key.clone(), reserved);
        let made = match self.make(&merged, all_of, naming, &place, Some(id)) {
            Made::Shape(shape) => {
                let last = naming.path.last().map_or("", String::as_str);
                let docs = docs(&merged, last);
                budget::spend(self, budget::text(&docs), &place);
                let ty = &mut self.types[id.0 as usize];
                ty.docs = docs;
                ty.name =
                    shape.needs_name().then(|| NameHint { owner: naming.owner, path: naming.path.clone() });
                ty.shape = shape;
                constraints::constrain(self, id, &merged);
                reserved
            }
            Made::Use(target) if target.id == id => {
                self.types[id.0 as usize].shape = Shape::Any(AnyReason::ReferenceLoop);
                reserved
            }
            Made::Use(target) => {
                self.types[id.0 as usize].shape = Shape::Alias(target);
                let target = constraints::constrained(self, target, &merged);
                self.memo.insert(key.clone(), target);
                target
            }
        };
        if !is_secret {
            return made;
        }
        let hidden = secrets::secret(self, made);
        self.memo.insert(key, hidden);
        hidden
    }

    /// What the merged schema is: the order of the questions is the order of precedence.
    pub(super) fn make(
        &mut self,
        merged: &MergedSchema<'d>,
        all_of: &AllOf<'d>,
        naming: &Naming,
        place: &Location,
        id: Option<TypeId>,
    ) -> Made {
        if merged.unreadable {
            return Made::Shape(Shape::Any(AnyReason::Unreadable));
        }
        if merged.nothing {
            return Made::Shape(Shape::Any(AnyReason::Nothing));
        }
        if let Some((values, at)) = &merged.values
            && let Some(made) = enumeration::enumeration(self, merged, values, at)
        {
            return made;
        }
        if let Some(made) = union::union(self, merged, all_of, naming, id) {
            return made;
        }
        if let Some(id) = external::format_replacement(self, merged) {
            return Made::Use(TypeRef { id, nullable: false });
        }
        // What `enum` and unions say has been looked at: here they only narrow the type.
        if let Some(scalar) = scalar::by_type(merged, self.options) {
            return Made::Use(TypeRef { id: self.scalar(scalar), nullable: false });
        }
        let typ = merged.typ.as_ref().map(|(typ, _)| *typ);
        let looks_like_object = !merged.properties.is_empty()
            || !merged.required.is_empty()
            || !merged.additional.is_empty()
            || merged.additional_true
            || merged.additional_false;
        match typ {
            Some("array") => array::array(self, merged, naming, place),
            None if !merged.items.is_empty() => array::array(self, merged, naming, place),
            Some("object") => object::object(self, merged, naming, place),
            None if looks_like_object => object::object(self, merged, naming, place),
            None => Made::Shape(Shape::Any(AnyReason::Unconstrained)),
            Some(other) => {
                let message = format!("`{}` is not a JSON type", excerpt_of(other));
                self.sink.push(Diagnostic::warning("unknown-type", place.clone(), message).help(
                    "the types are null, boolean, integer, number, string, array and object; \
                     the schema is emitted as any JSON value",
                ));
                Made::Shape(Shape::Any(AnyReason::Unreadable))
            }
        }
    }

    /// Adds a type.
    pub fn push(&mut self, shape: Shape, name: Option<NameHint>, docs: Docs, location: Location) -> TypeId {
        budget::spend(self, budget::TYPE, &location);
        let id = type_id(self.types.len());
        let overrides = Overrides::default();
        let constraints = Constraints::default();
        self.types.push(Type {
            name,
            docs,
            location,
            shape,
            has_default: false,
            overrides,
            secret: false,
            constraints,
        });
        id
    }

    /// The one type of a scalar.
    pub fn scalar(&mut self, scalar: Scalar) -> TypeId {
        if let Some(id) = self.scalars.get(&scalar) {
            return *id;
        }
        let id = self.push(Shape::Scalar(scalar), None, Docs::default(), Location::default());
        self.scalars.insert(scalar, id);
        id
    }

    /// A new "any JSON value".
    pub fn any(&mut self, reason: AnyReason, place: Location) -> TypeRef {
        TypeRef { id: self.push(Shape::Any(reason), None, Docs::default(), place), nullable: false }
    }
}

/// Documents have fewer schemas than a `u32` can count: their text would not fit in memory.
pub(super) fn type_id(index: usize) -> TypeId {
    TypeId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The documentation that merged schemas carry.
pub(super) fn docs(merged: &MergedSchema<'_>, name: &str) -> Docs {
    merged.notes.docs(name, merged.deprecated)
}
