//! Says where a discriminator contradicts the schemas of its union, and where it leads to nothing.

use super::branch_tag::{BranchTag, TagTypes};
use super::mapped_variants::MappedVariants;
use super::tag_values::{BranchFacts, ComponentNames, tag_values};
use crate::diagnostics::{Diagnostic, Sink, excerpt_of};
use crate::ir::{Shape, TagValue, TypeId};
use crate::resolve::draft::DraftGraph;
use crate::resolve::union_draft::{DiscriminatorDraft, MappingTarget};

/// A mapping key, what it leads to, and what is wrong with it.
struct Fault<'d> {
    key: &'d str,
    target: String,
    what: String,
}

/// What is wrong with the keys of one mapping.
#[derive(Default)]
struct Faults<'d> {
    contradicting: Vec<Fault<'d>>,
    impossible: Vec<Fault<'d>>,
    outside: Vec<Fault<'d>>,
    dangling: Vec<Fault<'d>>,
}

/// Warns once per union and kind of fault: the first is shown, the rest are counted.
pub(super) fn check(
    draft: &DraftGraph,
    names: &ComponentNames,
    id: TypeId,
    facts: &[BranchFacts],
    discriminator: &DiscriminatorDraft,
    sink: &mut Sink,
) {
    let values = tag_values(facts);
    let faults = faults(draft, names, id, facts, &values, discriminator);
    let mut warnings = mapping_warnings(&faults, discriminator);
    warnings.extend(unreachable(draft, names, id, facts, &values, discriminator));
    warnings.into_iter().for_each(|warning| sink.push(warning));
}

fn faults<'d>(
    draft: &DraftGraph,
    names: &ComponentNames,
    id: TypeId,
    facts: &[BranchFacts],
    values: &[Vec<TagValue>],
    discriminator: &'d DiscriminatorDraft,
) -> Faults<'d> {
    let mut faults = Faults::default();
    let Shape::Union(union) = &draft.get(id).shape else { return faults };
    let mut variants = MappedVariants::new(draft, names, union, draft.unions.get(&id));
    for (key, target) in &discriminator.mapping {
        let label = match target {
            MappingTarget::Dangling(target) => target.clone(),
            MappingTarget::Component(component) => draft.label(*component),
        };
        let fault = |what: String| Fault { key, target: label, what };
        let mapped = variants.of(target);
        let mut branches = facts.iter().zip(values).filter(|(facts, _)| mapped.contains(&facts.variant));
        let Some((facts, values)) = branches.next() else {
            match target {
                MappingTarget::Dangling(_) => faults.dangling.push(fault(String::new())),
                MappingTarget::Component(_) => faults.outside.push(fault(String::new())),
            }
            continue;
        };
        if facts.impossible.contains(key) {
            faults.impossible.push(fault(types(facts.types).to_owned()));
        } else if let Some(value) = contradiction(facts, values, key) {
            faults.contradicting.push(fault(value));
        }
    }
    faults
}

fn mapping_warnings(faults: &Faults<'_>, discriminator: &DiscriminatorDraft) -> Vec<Diagnostic> {
    let property = &discriminator.property;
    let place = |key: &str| discriminator.location.keyword("mapping").key(key);
    let mut warnings = Vec::new();
    if let [Fault { key, target, what }, ..] = &faults.contradicting[..] {
        let count = counted(faults.contradicting.len(), discriminator.mapping.len());
        let message =
            format!("{count} the constants of the schemas: `{target}` says that its `{property}` is {what}");
        warnings.push(Diagnostic::warning("mapping-contradicts-constant", place(key), message).help(
            "the constants are taken, since they are what the schemas allow; correct the mapping or drop it",
        ));
    }
    if let [Fault { key, target, what }, ..] = &faults.impossible[..] {
        let more = more(faults.impossible.len());
        let message =
            format!("`{property}` of `{target}` is {what}, which `{}` is not{more}", excerpt_of(key));
        warnings.push(
            Diagnostic::warning("mapping-contradicts-type", place(key), message).help(
                "the type is taken, since it is what the schema allows; correct the mapping or the type",
            ),
        );
    }
    if let [Fault { key, target, .. }, ..] = &faults.dangling[..] {
        let more = more(faults.dangling.len());
        let message = format!("the mapping points at `{target}`, which does not exist{more}");
        warnings.push(
            Diagnostic::warning("dangling-mapping", place(key), message)
                .help("such objects are read as unknown variants; correct the name or add the schema"),
        );
    }
    if let [Fault { key, target, .. }, ..] = &faults.outside[..] {
        let more = more(faults.outside.len());
        let message = format!("`{target}` is mapped here but is not a branch of the union{more}");
        warnings.push(
            Diagnostic::warning("mapping-outside-union", place(key), message)
                .help("such objects are read as unknown variants; add the schema to the union's branches"),
        );
    }
    warnings
}

/// The branches that no value of the tag names. When these are all of them, the discriminator is of no use.
fn unreachable(
    draft: &DraftGraph,
    names: &ComponentNames,
    id: TypeId,
    facts: &[BranchFacts],
    values: &[Vec<TagValue>],
    discriminator: &DiscriminatorDraft,
) -> Option<Diagnostic> {
    let Shape::Union(union) = &draft.get(id).shape else { return None };
    let property = &discriminator.property;
    if values.iter().all(Vec::is_empty) {
        let message = format!("the discriminator `{property}` is ignored: none of its values names a branch");
        return Some(
            Diagnostic::warning("ignored-discriminator", discriminator.location.clone(), message).help(
                "the branches are distinguished by their properties; add a `mapping`, or a constant to each branch",
            ),
        );
    }
    let mut mapped = MappedVariants::new(draft, names, union, draft.unions.get(&id));
    let default = discriminator.default.as_ref().map(|target| mapped.of(target)).unwrap_or_default();
    let lost: Vec<&BranchFacts> = facts
        .iter()
        .zip(values)
        .filter(|(facts, values)| {
            let takes_others = facts.tag == BranchTag::CatchAll || default.contains(&facts.variant);
            values.is_empty() && !takes_others
        })
        .map(|(facts, _)| facts)
        .collect();
    let first = lost.first()?;
    let message = format!("no value of `{property}` names this branch{}", more(lost.len()));
    Some(
        Diagnostic::warning("unreachable-branch", union.variants[first.variant].location.clone(), message)
            .also(discriminator.location.clone(), "the discriminator")
            .help("an object of this branch is not recognised; add a mapping, or a constant to the branch"),
    )
}

fn counted(found: usize, total: usize) -> String {
    if found == 1 && total == 1 {
        "the mapping contradicts".to_owned()
    } else {
        format!("{found} of {total} mapping values contradict")
    }
}

fn more(found: usize) -> String {
    if found > 1 { format!(" ({} more like it)", found - 1) } else { String::new() }
}

/// The branch's own value, if the mapping key names another branch or none.
fn contradiction(facts: &BranchFacts, values: &[TagValue], key: &str) -> Option<String> {
    if facts.is_union {
        return None;
    }
    let list = facts.tag.values();
    let spelled = facts.types.values(key);
    if list.is_empty() || spelled.iter().any(|value| list.contains(value) || values.contains(value)) {
        return None;
    }
    list.first().map(|value| format!("`{}`", excerpt_of(&value.to_string())))
}

fn types(types: TagTypes) -> &'static str {
    match (types.string, types.integer, types.boolean) {
        (true, _, _) => "a string",
        (false, true, true) => "a number or a boolean",
        (false, true, false) => "an integer",
        (false, false, true) => "a boolean",
        (false, false, false) => "a structured value",
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn what_a_mapping_contradicts_and_where_it_leads_nowhere() {
        check!(
            "tag_constants",
            "
                Pet:
                  oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
                  discriminator:
                    propertyName: kind
                    mapping: { kitten: Cat, dog: Dog, bird: Bird, rock: Rock }
                Cat: { type: object, required: [kind], properties: { kind: { const: cat } } }
                Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }
                Rock: { type: object }
            ",
            @r#"
            tag_constants
              Pet: union
                | Cat
                | Dog
                undecided
              Cat: struct
                kind = "cat"
              Dog: struct
                kind = "dog"
              Rock: {any}
            ! mapping-contradicts-constant at /components/schemas/Pet/discriminator/mapping/kitten: 1 of 4 mapping values contradict the constants of the schemas: `Cat` says that its `kind` is `cat`
            ! dangling-mapping at /components/schemas/Pet/discriminator/mapping/bird: the mapping points at `Bird`, which does not exist
            ! mapping-outside-union at /components/schemas/Pet/discriminator/mapping/rock: `Rock` is mapped here but is not a branch of the union
            "#
        );
    }
}
