//! Collects the constraints of schemas, and puts them where they hold: into the type that is made of a schema, or, where
//! that type stands elsewhere too, into another name for it.

use std::collections::{HashMap, HashSet};

use super::convert::Converter;
use super::merged_schema::MergedSchema;
use crate::diagnostics::{Diagnostic, FileId, Location, excerpt_of};
use crate::document::{self, Schema};
use crate::ir::{Constraint, Constraints, Docs, Number, Shape, Type, TypeId, TypeRef};

/// The constraints of schemas that hold at once, with the places of its patterns.
#[derive(Default)]
pub(super) struct Found<'d> {
    constraints: Constraints,
    patterns: Vec<(&'d str, Location)>,
}

impl<'d> Found<'d> {
    /// Adds what one schema says.
    pub fn add(&mut self, schema: &'d Schema, at: &Location) {
        let any = &schema.keywords;
        let exact =
            |found: document::Number| found.exact.map_or_else(|| Number::of(found.double), Number::Integer);
        if let Some(bound) = any.minimum {
            let exclusive = any.exclusive_minimum == Some(true);
            self.constraints.add(Constraint::Minimum { bound: exact(bound), exclusive });
        }
        if let Some(bound) = any.maximum {
            let exclusive = any.exclusive_maximum == Some(true);
            self.constraints.add(Constraint::Maximum { bound: exact(bound), exclusive });
        }
        let step = any.multiple_of.map(|step| Constraint::MultipleOf(exact(step)));
        let pattern = any.pattern.as_deref();
        self.patterns.extend(pattern.map(|pattern| (pattern, at.keyword("pattern"))));
        self.constraints.values_differ |= schema.values_differ;
        let others = [
            step,
            any.min_length.map(Constraint::MinLength),
            any.max_length.map(Constraint::MaxLength),
            pattern.map(|pattern| Constraint::Pattern(pattern.to_owned())),
            any.min_items.map(Constraint::MinItems),
            any.max_items.map(Constraint::MaxItems),
            any.unique_items.filter(|unique| *unique).map(|_| Constraint::UniqueItems),
            any.min_properties.map(Constraint::MinProperties),
            any.max_properties.map(Constraint::MaxProperties),
        ];
        others.into_iter().flatten().for_each(|constraint| self.constraints.add(constraint));
    }
}

/// The patterns that were looked at, and whether emitted code can match them: with the flag `u`, or without it.
#[derive(Default)]
pub(super) struct Patterns {
    known: HashMap<String, bool>,
    /// Those that were warned of, by their places.
    warned: HashSet<(FileId, String)>,
}

impl Patterns {
    fn can_be_matched(&mut self, pattern: &str) -> bool {
        if let Some(known) = self.known.get(pattern) {
            return *known;
        }
        let is_read = |flags| regress::Regex::with_flags(pattern, flags).is_ok();
        let can_be_matched = ["u", ""].into_iter().any(is_read);
        self.known.insert(pattern.to_owned(), can_be_matched);
        can_be_matched
    }
}

/// The constraints of merged schemas, if values are to be checked, without the patterns that cannot be matched.
pub(super) fn constraints<'d>(converter: &mut Converter<'_, 'd>, merged: &MergedSchema<'d>) -> Constraints {
    if !converter.options.checks {
        return Constraints::default();
    }
    for (pattern, at) in &merged.constraints.patterns {
        if !converter.patterns.can_be_matched(pattern)
            && converter.patterns.warned.insert((at.file, at.pointer.to_string()))
        {
            let message = format!("`{}` is not a regular expression of ECMA-262", excerpt_of(pattern));
            let diagnostic = Diagnostic::warning("unreadable-pattern", at.clone(), message);
            converter.sink.push(diagnostic.help("`check` ignores this pattern; correct it"));
        }
    }
    merged.constraints.constraints.clone().filtered(|constraint| match constraint {
        Constraint::Pattern(pattern) => converter.patterns.can_be_matched(pattern),
        Constraint::Minimum { .. }
        | Constraint::Maximum { .. }
        | Constraint::MultipleOf(_)
        | Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => true,
    })
}

/// Notes the constraints of a type of its own. What stands beside a union stands in each of its branches, and what is
/// another name for a component has the component's.
pub(super) fn constrain<'d>(converter: &mut Converter<'_, 'd>, id: TypeId, merged: &MergedSchema<'d>) {
    if !matches!(converter.types[id.0 as usize].shape, Shape::Union(_)) {
        let constraints = constraints(converter, merged);
        converter.types[id.0 as usize].constraints.extend(constraints);
    }
}

/// The use of a type with constraints of this place: the type itself without constraints, otherwise an alias of it.
pub(super) fn constrained<'d>(
    converter: &mut Converter<'_, 'd>,
    ty: TypeRef,
    merged: &MergedSchema<'d>,
) -> TypeRef {
    let constraints = constraints(converter, merged);
    if constraints.is_empty() {
        return ty;
    }
    let key = (ty.id, format!("{constraints:?}"));
    let known = converter.constrained.get(&key).copied();
    let id = known.unwrap_or_else(|| {
        let shape = Shape::Alias(TypeRef { id: ty.id, nullable: false });
        let location = converter.types[ty.id.0 as usize].location.clone();
        let id = converter.push(shape, None, Docs::default(), location);
        converter.types[id.0 as usize].constraints = constraints;
        converter.constrained.insert(key, id);
        id
    });
    // `null` keeps every constraint: it stands outside.
    TypeRef { id, nullable: ty.nullable }
}

/// The type behind the names that only add constraints.
pub(super) fn unconstrained(types: &[Type], id: TypeId) -> TypeId {
    let mut at = id;
    for _ in 0..types.len() {
        match &types[at.0 as usize] {
            Type { name: None, shape: Shape::Alias(target), secret: false, constraints, .. }
                if !constraints.is_empty() && !target.nullable =>
            {
                at = target.id;
            }
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    // The first pass that changes nothing here shows what conversion made.
    #[test]
    fn constraints_lie_in_types_and_in_names_for_scalars() {
        check!(
            "alias_chains",
            "
                Slug: { type: string, minLength: 1 }
                Short: { allOf: [{ $ref: '#/components/schemas/Slug' }, { maxLength: 5, minLength: 2 }] }
                Page:
                  type: object
                  maxProperties: 5
                  properties:
                    slug: { $ref: '#/components/schemas/Slug' }
                    count: { type: [integer, 'null'], minimum: 9007199254740993 }
                    ratio: { type: number, exclusiveMaximum: 1, multipleOf: 0.1 }
                    tags: { type: array, uniqueItems: true, items: { type: string, pattern: '[' } }
                    either: { anyOf: [{ type: integer, maximum: 5 }, { type: integer, minimum: 9 }] }
            ",
            "checks = true",
            @r"
            alias_chains
              Slug: alias of string with [MinLength(1)]
              Short: alias of string with [MinLength(2), MaxLength(5)]
              Page: struct with [MaxProperties(5)]
                slug: Slug, optional
                count: alias of integer with [Minimum { bound: Integer(9007199254740993), exclusive: false }]?, optional
                ratio: alias of number with [Maximum { bound: Integer(1), exclusive: true }, MultipleOf(Decimal(0.1))], optional
                tags: [string] with [UniqueItems], optional
                either: integer, optional
            "
        );
    }

    #[test]
    fn nothing_is_taken_down_unless_values_are_checked() {
        check!(
            "alias_chains",
            "Slug: { type: string, minLength: 1, pattern: '[' }",
            @r"
            alias_chains
              Slug: alias of string
            "
        );
    }
}
