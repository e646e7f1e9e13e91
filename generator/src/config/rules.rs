//! Rules: settings for single schemas and properties, or for all that a pattern matches.

use std::collections::HashMap;

use super::glob;
use super::pages::PagesRule;
use super::schema_derives::separated;
use super::{UnknownFields, UnknownValues, WriteDefaults};

/// A rule: one setting for whatever its target names. If several rules set the same thing, the last one applies, but
/// derives and attributes accumulate.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// What the rule applies to.
    pub target: Target,
    /// The setting.
    pub action: Action,
    /// The place in the text of the settings, if the rule is from there.
    pub place: Option<RulePlace>,
}

/// Byte offsets in the text of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RulePlace {
    /// The offset of the target: the same for all rules of a table.
    pub target: usize,
    /// The offset of the key, or of the target if there is no key.
    pub key: usize,
}

impl Rule {
    /// A rule that is not from a text.
    pub fn new(target: Target, action: Action) -> Self {
        Self { target, action, place: None }
    }
}

/// What a rule applies to. `*` matches any text, except in the name of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// Schemas: a component by its name, any other schema by its place (`#/components/schemas/Pet/properties/owner`,
    /// `parts.yaml#/Pet`).
    Schema(String),
    /// A member of the types that such schemas become.
    Member {
        /// The schemas, as in [`Target::Schema`].
        schema: String,
        /// The kind of member.
        kind: Member,
        /// The name of the member in the document.
        name: String,
    },
    /// Every value with this `format`.
    Format(String),
    /// An operation: by its `operationId`, or by its method and path (`DELETE /pets/{id}`).
    Operation(String),
}

/// The kinds of members of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Member {
    /// A property of a struct, by its name in JSON.
    Property,
    /// A value of an enum, as in JSON; strings without quotes.
    Value,
    /// A variant of a union: by a value of its tag, by the name of the component that it holds, or by its place.
    Variant,
}

impl Member {
    /// The key of the table with its rules.
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
    /// A Rust type to use instead of an emitted one.
    Type(String),
    /// A name. In the name of a schema, `*` is replaced by what the `*` of the pattern matched.
    Rename(String),
    /// Traits to derive in addition.
    Derives(Vec<String>),
    /// Attributes to put before the item, without `#[` and `]`.
    Attributes(Vec<String>),
    /// What to do with an unknown tag.
    Unions(UnknownValues),
    /// What to do with an unknown value.
    Enums(UnknownValues),
    /// What to do with properties that the schema does not declare.
    UnknownFields(UnknownFields),
    /// Whether absent and `null` are different values.
    ThreeStates(bool),
    /// Where to write properties that are equal to their defaults.
    WriteDefaults(WriteDefaults),
    /// Which property selects a union's variant.
    Discriminator(DiscriminatorRule),
    /// Whether to put it in a `Box` wherever another value contains it.
    Boxed(bool),
    /// Whether to emit a newtype instead of an alias.
    Newtype(bool),
    /// Whether to emit the descriptions of the document.
    Docs(bool),
    /// Emit no field for a property.
    Exclude,
    /// The schema of the items that an operation streams.
    Stream(String),
    /// The marker at the end of a stream.
    Done(String),
    /// How an operation is paginated.
    Pages(PagesRule),
}

impl Action {
    /// The derives of this setting: those of `derives`, and those in attributes that describe types.
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
    /// None, even if the document declares one: constants or shapes of the schemas decide.
    Ignore,
    /// This one, instead of that of the document.
    Use {
        /// The property; that of the document if `None`.
        property: Option<String>,
        /// The tag values and their schemas, by name or reference; those of the document if `None`.
        mapping: Option<Vec<(String, String)>>,
    },
}

impl Target {
    /// Whether the target names a schema: a component by its name, any schema by its places.
    pub(crate) fn names_schema(&self, name: Option<&str>, places: &[String]) -> bool {
        match self {
            Self::Schema(pattern) => names(pattern, name, places),
            Self::Member { .. } | Self::Format(_) | Self::Operation(_) => false,
        }
    }

    /// Whether the target names any member of a schema.
    pub(crate) fn names_owner(&self, name: Option<&str>, places: &[String]) -> bool {
        match self {
            Self::Member { schema, .. } => names(schema, name, places),
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => false,
        }
    }

    /// The kind of member that the target names.
    pub(crate) fn member(&self) -> Option<Member> {
        match self {
            Self::Member { kind, .. } => Some(*kind),
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => None,
        }
    }

    /// Whether the target names a member, which has these names, in any schema.
    pub(crate) fn names_member(&self, kind: Member, texts: &[&str]) -> bool {
        match self {
            Self::Member { kind: own, name, .. } => {
                *own == kind && texts.iter().any(|text| glob::matches(name, text))
            }
            Self::Schema(_) | Self::Format(_) | Self::Operation(_) => false,
        }
    }
}

/// The rules for operations, by target.
#[derive(Debug, Clone, Default)]
pub(crate) struct OperationRules<'r> {
    by_target: HashMap<&'r str, Vec<usize>>,
}

impl<'r> OperationRules<'r> {
    /// Collects the rules for operations.
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

/// The name that the last of these rules sets.
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

/// Whether a pattern is compared with places instead of names.
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
