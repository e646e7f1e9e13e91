//! Turns the tables of `modelsmith.toml` for schemas, properties, formats and operations into rules.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::file::ConfigError;
use super::pages;
use super::rules::{Action, DiscriminatorRule, Member, Rule, RulePlace, Target, is_place};
use super::rust_syntax::{check_attribute, check_derive, check_module_name, check_name, check_type};
use super::{Allow, Entry, EntryKind, Unknown, UnknownFields, UnknownValues, WARNINGS, WriteDefaults};

/// `[types]`.
pub(super) type Types = BTreeMap<Spanned<String>, Spanned<String>>;

/// `[schema.…]`.
pub(super) type Schemas = BTreeMap<Spanned<String>, SchemaTable>;

/// `[operation.…]`.
pub(super) type Operations = BTreeMap<Spanned<String>, OperationTable>;

/// A list of texts with their places.
type Texts = Vec<Spanned<String>>;

/// `[schema."Pet"]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default, expecting = "a table with keys")]
pub(super) struct SchemaTable {
    #[serde(rename = "type")]
    replacement: Option<Spanned<String>>,
    rename: Option<Spanned<String>>,
    derives: Option<Spanned<Texts>>,
    attributes: Option<Spanned<Texts>>,
    unions: Option<Spanned<UnknownValues>>,
    enums: Option<Spanned<UnknownValues>>,
    unknown_fields: Option<Spanned<UnknownFields>>,
    three_states: Option<Spanned<bool>>,
    write_defaults: Option<Spanned<WriteDefaults>>,
    discriminator: Option<Spanned<toml::Value>>,
    boxed: Option<Spanned<bool>>,
    newtype: Option<Spanned<bool>>,
    docs: Option<Spanned<bool>>,
    exclude: Option<Spanned<bool>>,
    allow: Texts,
    property: BTreeMap<Spanned<String>, PropertyTable>,
    value: BTreeMap<Spanned<String>, NameTable>,
    variant: BTreeMap<Spanned<String>, NameTable>,
}

/// `[schema."Size".value."x-large"]`, `[schema."Pet".variant."cat"]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default, expecting = "a table with keys")]
pub(super) struct NameTable {
    rename: Option<Spanned<String>>,
}

/// `[operation."DELETE /pets/{id}"]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default, expecting = "a table with keys")]
pub(super) struct OperationTable {
    rename: Option<Spanned<String>>,
    stream: Option<Spanned<String>>,
    done: Option<Spanned<String>>,
    pages: Option<Spanned<toml::Value>>,
}

/// `[schema."Pet".property."name"]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default, expecting = "a table with keys")]
pub(super) struct PropertyTable {
    #[serde(rename = "type")]
    replacement: Option<Spanned<String>>,
    rename: Option<Spanned<String>>,
    attributes: Option<Spanned<Texts>>,
    three_states: Option<Spanned<bool>>,
    boxed: Option<Spanned<bool>>,
    docs: Option<Spanned<bool>>,
    exclude: Option<Spanned<bool>>,
}

/// The rules and entries of the tables.
#[derive(Default)]
pub(super) struct Asked {
    pub rules: Vec<Rule>,
    /// Excluded schemas, as entries of `exclude`.
    pub excluded: Vec<Entry>,
    /// Warnings that are expected in the schemas of the tables.
    pub allowed: Vec<Allow>,
}

/// Reads the rules, in the order of the text.
pub(super) fn rules(types: Types, schemas: Schemas, operations: Operations) -> Result<Asked, ConfigError> {
    let mut asked = Asked::default();
    for (key, value) in types {
        let at = key.span().start;
        let target = type_target(key.get_ref()).map_err(|message| error(message, at))?;
        let text = checked(value, check_type)?;
        asked.rules.push(Rule {
            target,
            action: Action::Type(text.0),
            place: Some(RulePlace { target: at, key: at }),
        });
    }
    for (key, table) in schemas {
        asked.schema(key, table)?;
    }
    for (key, table) in operations {
        let at = key.span().start;
        let target = || Target::Operation(key.get_ref().clone());
        let mut add = Adding { rules: &mut asked.rules, at };
        add.checked(&target, table.rename, check_module_name, Action::Rename)?;
        add.plain(&target, table.stream, Action::Stream);
        add.checked(&target, table.done, check_marker, Action::Done)?;
        if let Some(value) = table.pages {
            let place = value.span().start;
            let rule = pages::read(value.into_inner()).map_err(|message| error(message, place))?;
            add.one(target(), Action::Pages(rule), place);
        }
    }
    asked.rules.sort_by_key(|rule| rule.place.map(|place| (place.key, place.target)));
    asked.excluded.sort_by_key(|entry| entry.offset);
    asked.allowed.sort_by_key(|entry| entry.offset);
    Ok(asked)
}

/// Reads a list of warning codes.
pub(super) fn allowed(codes: Texts, within: Option<&str>) -> Result<Vec<Allow>, ConfigError> {
    let read = |code: Spanned<String>| {
        let at = code.span().start;
        let unknown = || Unknown { name: code.get_ref().clone(), known: WARNINGS.to_vec() };
        let allow = Allow::new(code.get_ref(), within)
            .map_err(|found| ConfigError { unknown: Some(unknown()), ..error(found.to_string(), at) })?;
        Ok(Allow { offset: Some(at), ..allow })
    };
    codes.into_iter().map(read).collect()
}

fn type_target(text: &str) -> Result<Target, String> {
    match text.split_once(':') {
        Some(("format", format)) => Ok(Target::Format(format.to_owned())),
        Some(("schema", pattern)) => Ok(Target::Schema(pattern.to_owned())),
        Some(_) | None if is_place(text) => Ok(Target::Schema(text.to_owned())),
        Some(_) | None => Err(format!(
            "`{text}` has no kind: write `format:…`, `schema:…` or a place such as `#/components/schemas/…`"
        )),
    }
}

impl Asked {
    fn schema(&mut self, key: Spanned<String>, table: SchemaTable) -> Result<(), ConfigError> {
        let at = key.span().start;
        let pattern = key.into_inner();
        self.allowed.extend(allowed(table.allow, Some(&pattern))?);
        let target = || Target::Schema(pattern.clone());
        let mut add = Adding { rules: &mut self.rules, at };
        add.checked(&target, table.replacement, check_type, Action::Type)?;
        if let Some(name) = table.rename {
            let name = checked(name, |text| check_rename(text, &pattern))?;
            add.one(target(), Action::Rename(name.0), name.1);
        }
        add.list(&target, table.derives, check_derive, Action::Derives)?;
        add.list(&target, table.attributes, check_attribute, Action::Attributes)?;
        add.plain(&target, table.unions, Action::Unions);
        add.plain(&target, table.enums, Action::Enums);
        add.plain(&target, table.unknown_fields, Action::UnknownFields);
        add.plain(&target, table.three_states, Action::ThreeStates);
        add.plain(&target, table.write_defaults, Action::WriteDefaults);
        if let Some(value) = table.discriminator {
            let place = value.span().start;
            let rule = discriminator(value.into_inner()).map_err(|message| error(message, place))?;
            add.one(target(), Action::Discriminator(rule), place);
        }
        add.plain(&target, table.boxed, Action::Boxed);
        add.plain(&target, table.newtype, Action::Newtype);
        add.plain(&target, table.docs, Action::Docs);
        let member =
            |kind, name: &str| Target::Member { schema: pattern.clone(), kind, name: name.to_owned() };
        for (name, table) in table.property {
            let at = name.span().start;
            let target = || member(Member::Property, name.get_ref());
            Adding { rules: &mut self.rules, at }.property(&target, table)?;
        }
        for (kind, tables) in [(Member::Value, table.value), (Member::Variant, table.variant)] {
            for (name, table) in tables {
                let at = name.span().start;
                let target = || member(kind, name.get_ref());
                let mut add = Adding { rules: &mut self.rules, at };
                add.checked(&target, table.rename, check_member_name, Action::Rename)?;
            }
        }
        if let Some(exclude) = table.exclude.filter(|exclude| *exclude.get_ref()) {
            if is_place(&pattern) {
                let message = "only component schemas can be excluded: write the name of a component";
                return Err(error(message.to_owned(), exclude.span().start));
            }
            self.excluded.push(Entry { kind: EntryKind::Schema, pattern, offset: Some(at) });
        }
        Ok(())
    }
}

/// Adds the rules of a table.
struct Adding<'a> {
    rules: &'a mut Vec<Rule>,
    /// The byte offset of the table's name.
    at: usize,
}

impl Adding<'_> {
    fn one(&mut self, target: Target, action: Action, key: usize) {
        self.rules.push(Rule { target, action, place: Some(RulePlace { target: self.at, key }) });
    }

    fn plain<T>(&mut self, target: &dyn Fn() -> Target, value: Option<Spanned<T>>, action: fn(T) -> Action) {
        if let Some(value) = value {
            let place = value.span().start;
            self.one(target(), action(value.into_inner()), place);
        }
    }

    fn checked(
        &mut self,
        target: &dyn Fn() -> Target,
        value: Option<Spanned<String>>,
        check: fn(&str) -> Result<(), String>,
        action: fn(String) -> Action,
    ) -> Result<(), ConfigError> {
        if let Some(value) = value {
            let (text, place) = checked(value, check)?;
            self.one(target(), action(text), place);
        }
        Ok(())
    }

    fn list(
        &mut self,
        target: &dyn Fn() -> Target,
        values: Option<Spanned<Texts>>,
        check: fn(&str) -> Result<(), String>,
        action: fn(Vec<String>) -> Action,
    ) -> Result<(), ConfigError> {
        let Some(values) = values else { return Ok(()) };
        let place = values.span().start;
        let texts = values.into_inner().into_iter().map(|value| Ok(checked(value, check)?.0));
        let texts = texts.collect::<Result<Vec<_>, ConfigError>>()?;
        if !texts.is_empty() {
            self.one(target(), action(texts), place);
        }
        Ok(())
    }

    fn property(&mut self, target: &dyn Fn() -> Target, table: PropertyTable) -> Result<(), ConfigError> {
        self.checked(target, table.replacement, check_type, Action::Type)?;
        self.checked(target, table.rename, check_member_name, Action::Rename)?;
        self.list(target, table.attributes, check_attribute, Action::Attributes)?;
        self.plain(target, table.three_states, Action::ThreeStates);
        self.plain(target, table.boxed, Action::Boxed);
        self.plain(target, table.docs, Action::Docs);
        if let Some(exclude) = table.exclude.filter(|exclude| *exclude.get_ref()) {
            self.one(target(), Action::Exclude, exclude.span().start);
        }
        Ok(())
    }
}

/// The text and its place, if the check accepts it.
fn checked(
    value: Spanned<String>,
    check: impl Fn(&str) -> Result<(), String>,
) -> Result<(String, usize), ConfigError> {
    let place = value.span().start;
    check(value.get_ref()).map_err(|message| error(message, place))?;
    Ok((value.into_inner(), place))
}

fn check_rename(text: &str, pattern: &str) -> Result<(), String> {
    check_name(text)?;
    let stars = pattern.matches('*').count();
    match (text.contains('*'), is_place(pattern), stars) {
        (false, _, 0) | (true, false, 1) => Ok(()),
        (false, _, _) => Err(format!(
            "`{pattern}` may match several schemas, which cannot all be called `{text}`: put a `*` where the \
             rest of their names belongs"
        )),
        (true, _, _) => Err(format!(
            "`*` in `{text}` is replaced by what the `*` of the pattern matches, and `{pattern}` does not have exactly one `*`"
        )),
    }
}

fn check_marker(text: &str) -> Result<(), String> {
    if text.is_empty() { Err("the marker at the end of a stream cannot be empty".to_owned()) } else { Ok(()) }
}

fn check_member_name(text: &str) -> Result<(), String> {
    if text.contains('*') { Err(format!("`{text}` is not a Rust name")) } else { check_name(text) }
}

fn discriminator(value: toml::Value) -> Result<DiscriminatorRule, String> {
    const HELP: &str =
        "write the property's name, `false`, or `{ property = \"kind\", mapping = { cat = \"Cat\" } }`";
    match value {
        toml::Value::Boolean(false) => Ok(DiscriminatorRule::Ignore),
        toml::Value::String(property) => {
            Ok(DiscriminatorRule::Use { property: Some(property), mapping: None })
        }
        toml::Value::Table(table) => {
            let (mut property, mut mapping) = (None, None);
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("property", toml::Value::String(text)) => property = Some(text),
                    ("mapping", toml::Value::Table(entries)) => mapping = Some(texts(entries, HELP)?),
                    (other, _) => return Err(format!("`{other}` is not a part of a discriminator: {HELP}")),
                }
            }
            match (&property, &mapping) {
                (None, None) => Err(format!("the discriminator is empty: {HELP}")),
                _ => Ok(DiscriminatorRule::Use { property, mapping }),
            }
        }
        _ => Err(format!("this is not a discriminator: {HELP}")),
    }
}

fn texts(table: toml::Table, help: &str) -> Result<Vec<(String, String)>, String> {
    let entries = table.into_iter().map(|(key, value)| match value {
        toml::Value::String(text) => Ok((key, text)),
        _ => Err(format!("`{key}` must name a schema: {help}")),
    });
    entries.collect()
}

fn error(message: String, offset: usize) -> ConfigError {
    ConfigError::at(message, offset)
}
