//! Rules: settings of single schemas and properties, or of all that a pattern matches.

use std::collections::HashMap;

use super::glob;
use super::pages::PagesRule;
use super::schema_derives::separated;
use super::{UnknownFields, UnknownValues, WriteDefaults};

/// One rule: one setting of whatever it names. Of several rules about the same thing the last one applies; derives and
/// attributes add up.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// What it names.
    pub target: Target,
    /// The setting.
    pub action: Action,
    /// Where it stands in the settings' text, if it does.
    pub place: Option<RulePlace>,
}

/// Byte offsets in the settings' text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RulePlace {
    /// Of what is named: the same for all rules of one table.
    pub target: usize,
    /// Of the key, or of what is named if it has no key beside it.
    pub key: usize,
}

impl Rule {
    /// A rule that does not stand in a text.
    pub fn new(target: Target, action: Action) -> Self {
        Self { target, action, place: None }
    }
}

/// What a rule names. `*` stands for any text, except in the name of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// Schemas: a component by its name, any other one by its place (`#/components/schemas/Pet/properties/owner`,
    /// `parts.yaml#/Pet`).
    Schema(String),
    /// What is inside of the types that such schemas become.
    Member {
        /// The schemas, as in [`Target::Schema`].
        schema: String,
        /// What of them.
        kind: Member,
        /// Which, as the document has it.
        name: String,
    },
    /// Every value with this `format`.
    Format(String),
    /// An operation: by its `operationId`, or by its method and path (`DELETE /pets/{id}`).
    Operation(String),
}

/// What is inside of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Member {
    /// A property of a struct, by its name on the wire.
    Property,
    /// A value of an enum, as it is on the wire, texts without quotes.
    Value,
    /// A variant of a union: by a value of its tag, by the name of the component that it holds, or by its place.
    Variant,
}

impl Member {
    /// The table of its rules.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Property => "property",
            Self::Value => "value",
            Self::Variant => "variant",
        }
    }
}

/// What a rule sets.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// A Rust type that stands in place of what would be emitted.
    Type(String),
    /// A name. In that of schemas `*` stands for what the `*` of the pattern matched.
    Rename(String),
    /// Traits to derive, too.
    Derives(Vec<String>),
    /// Attributes to put before the item, without `#[` and `]`.
    Attributes(Vec<String>),
    /// What an unknown tag does.
    Unions(UnknownValues),
    /// What an unknown value does.
    Enums(UnknownValues),
    /// What a property that the schema does not name does.
    UnknownFields(UnknownFields),
    /// Whether absent and `null` are different values.
    ThreeStates(bool),
    /// Where properties that are equal to their defaults are written.
    WriteDefaults(WriteDefaults),
    /// Which property selects a union's variant.
    Discriminator(DiscriminatorRule),
    /// Whether it stands in a `Box` wherever it would lie in another value.
    Boxed(bool),
    /// Whether it is a struct around what it would be another name for.
    Newtype(bool),
    /// Whether the document's descriptions are emitted.
    Docs(bool),
    /// That nothing is emitted for a property.
    Exclude,
    /// The schema of the items that an operation streams.
    Stream(String),
    /// What stands in place of an item at the end of a stream.
    Done(String),
    /// How an operation answers in pages.
    Pages(PagesRule),
}

impl Action {
    /// The derives that it asks for: those of `derives`, and of attributes those that describe types.
    pub(crate) fn derives(&self) -> Vec<String> {
        if let Self::Derives(derives) = self {
            return derives.clone();
        }
        let Self::Attributes(attributes) = self else { return Vec::new() };
        let separated = attributes.iter().filter_map(|text| separated(text, |_| true));
        separated.flat_map(|found| found.derives).map(|(path, _)| path).collect()
    }

    /// The key of the setting.
    pub(crate) fn key(&self) -> &'static str {
        self.row().0
    }

    /// The setting of an operation, if this is one.
    pub(crate) fn of_operation(&self) -> Option<OperationSetting<'_>> {
        self.row().1
    }

    /// The table of the settings: the key of each, and what it sets for an operation.
    fn row(&self) -> (&'static str, Option<OperationSetting<'_>>) {
        match self {
            Self::Type(_) => ("type", None),
            Self::Rename(name) => ("rename", Some(OperationSetting::Rename(name))),
            Self::Derives(_) => ("derives", None),
            Self::Attributes(_) => ("attributes", None),
            Self::Unions(_) => ("unions", None),
            Self::Enums(_) => ("enums", None),
            Self::UnknownFields(_) => ("unknown-fields", None),
            Self::ThreeStates(_) => ("three-states", None),
            Self::WriteDefaults(_) => ("write-defaults", None),
            Self::Discriminator(_) => ("discriminator", None),
            Self::Boxed(_) => ("boxed", None),
            Self::Newtype(_) => ("newtype", None),
            Self::Docs(_) => ("docs", None),
            Self::Exclude => ("exclude", None),
            Self::Stream(schema) => ("stream", Some(OperationSetting::Stream(schema))),
            Self::Done(marker) => ("done", Some(OperationSetting::Done(marker))),
            Self::Pages(rule) => ("pages", Some(OperationSetting::Pages(rule))),
        }
    }
}

/// What a rule sets for an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OperationSetting<'r> {
    /// The name of the module.
    Rename(&'r str),
    /// The schema of the items that the operation streams.
    Stream(&'r str),
    /// The marker at the end of the stream.
    Done(&'r str),
    /// How the operation is paginated.
    Pages(&'r PagesRule),
}

/// Which property selects a union's variant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DiscriminatorRule {
    /// None that the document names: the schemas' own constants or shapes decide.
    Ignore,
    /// This one, instead of the document's.
    Use {
        /// The property; the document's when `None`.
        property: Option<String>,
        /// Values of the tag and the schemas that they stand for, by name or reference; the document's when `None`.
        mapping: Option<Vec<(String, String)>>,
    },
}

impl Target {
    /// Whether a schema is named: a component by its name, any schema by its places.
    pub(crate) fn names_schema(&self, name: Option<&str>, places: &[String]) -> bool {
        match self {
            Self::Schema(pattern) => names(pattern, name, places),
            Self::Member { .. } | Self::Format(_) | Self::Operation(_) => false,
        }
    }

    /// Whether the schema of a member is named, whichever the member is.
    pub(crate) fn names_owner(&self, name: Option<&str>, places: &[String]) -> bool {
        match self {
            Self::Member { schema, .. } => names(schema, name, places),
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => false,
        }
    }

    /// Which kind of member is named, whichever its schema is.
    pub(crate) fn member(&self) -> Option<Member> {
        match self {
            Self::Member { kind, .. } => Some(*kind),
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => None,
        }
    }

    /// Whether a member is named by one of the texts that stand for it, whichever its schema is.
    pub(crate) fn names_member(&self, kind: Member, texts: &[&str]) -> bool {
        match self {
            Self::Member { kind: own, name, .. } => {
                *own == kind && texts.iter().any(|text| glob::matches(name, text))
            }
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => false,
        }
    }
}

/// The rules for operations, by what they name.
#[derive(Debug, Clone, Default)]
pub(crate) struct OperationRules<'r> {
    by_target: HashMap<&'r str, Vec<usize>>,
}

impl<'r> OperationRules<'r> {
    /// Those among `rules`.
    pub(crate) fn new(rules: &'r [Rule]) -> Self {
        let mut by_target: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, rule) in rules.iter().enumerate() {
            match &rule.target {
                Target::Operation(text) => by_target.entry(text).or_default().push(index),
                Target::Schema(_) | Target::Member { .. } | Target::Format(_) => {}
            }
        }
        Self { by_target }
    }

    /// The indices of the rules for the operation with this `operationId` and these method and path, in order.
    pub(crate) fn of(&self, id: Option<&str>, line: &str) -> Vec<usize> {
        let mut found: Vec<usize> = id
            .into_iter()
            .chain([line])
            .filter_map(|text| self.by_target.get(text))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The name that the last of these rules gives.
pub(crate) fn last_rename<'r>(rules: &'r [Rule], indices: &[usize]) -> Option<&'r str> {
    let mut settings = indices.iter().rev().filter_map(|index| rules.get(*index)?.action.of_operation());
    settings.find_map(|setting| match setting {
        OperationSetting::Rename(name) => Some(name),
        OperationSetting::Stream(_) | OperationSetting::Done(_) | OperationSetting::Pages(_) => None,
    })
}

fn names(pattern: &str, name: Option<&str>, places: &[String]) -> bool {
    if is_place(pattern) {
        places.iter().any(|place| glob::matches(pattern, place))
    } else {
        name.is_some_and(|name| glob::matches(pattern, name))
    }
}

/// Whether a pattern is compared with places, not with names.
pub(crate) fn is_place(pattern: &str) -> bool {
    pattern.contains("#/") || pattern.ends_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_is_named_by_its_name_or_its_place() {
        let target = |pattern: &str| Target::Schema(pattern.to_owned());
        let places = ["#/components/schemas/Pet".to_owned()];
        for pattern in ["Pet", "P*", "*", "#/components/schemas/Pet", "#/components/*"] {
            assert!(target(pattern).names_schema(Some("Pet"), &places), "{pattern}");
        }
        for pattern in ["Pets", "#/components/schemas/P", "components/schemas/Pet"] {
            assert!(!target(pattern).names_schema(Some("Pet"), &places), "{pattern}");
        }
        assert!(!target("*").names_schema(None, &places), "only a component has a name");
    }
}
