//! What is added to a document renames nothing that was there.

use modelsmith::ir::*;
use modelsmith::naming;

use crate::emit_graph::*;

/// Every name by where it is in the document.
fn names(schemas: &[(&str, &[&str], &[&str])], operations: &[&str]) -> Vec<(String, String)> {
    let mut b = Builder::new();
    let text = b.scalar(Scalar::String);
    let mut types = Vec::new();
    for (name, properties, values) in schemas {
        let fields = properties.iter().map(|wire| field(wire, some(text), Presence::Required)).collect();
        types.push((b.component(name, object(fields), false), (*name).to_owned(), *properties));
        let inline = b.inline(&["state"], strings(true, values), false);
        types.push((inline, format!("{name}/state"), *values));
    }
    for name in operations {
        b.operation(name, Method::Get, &format!("/{name}"));
    }
    let names = naming::assign(&b.graph());
    let mut all = Vec::new();
    for (id, place, members) in types {
        all.push((place.clone(), names.type_path(id).unwrap_or_default()));
        for (index, member) in members.iter().enumerate() {
            all.push((format!("{place}/{member}"), names.member(id, index).to_owned()));
        }
    }
    for (index, name) in operations.iter().enumerate() {
        all.push(((*name).to_owned(), names.operation(index).module.clone()));
    }
    all
}

const PROPERTIES: &[&str] = &["userName", "user-name", "type", "+1", "$ref"];
const VALUES: &[&str] = &["LOW", "low-er", "1.0", "-1"];
const SCHEMAS: &[(&str, &[&str], &[&str])] =
    &[("Pet", PROPERTIES, VALUES), ("pkg__mod__Tool", PROPERTIES, VALUES), ("a-b", PROPERTIES, VALUES)];
const OPERATIONS: &[&str] = &["getPet", "list pets"];

#[track_caller]
fn keeps(schemas: &[(&str, &[&str], &[&str])], operations: &[&str]) {
    let after = names(schemas, operations);
    for (place, name) in names(SCHEMAS, OPERATIONS) {
        let now = after.iter().find(|(other, _)| *other == place).map(|(_, name)| name.as_str());
        assert_eq!(now, Some(name.as_str()), "{place}");
    }
}

#[test]
fn another_schema() {
    for added in ["Owner", "pkg__other__Tool", "aB", "A.B", "Pet-Input", "pets", "PET", "Tools", "Aa"] {
        keeps(&[SCHEMAS, &[(added, PROPERTIES, VALUES)]].concat(), OPERATIONS);
    }
    // Also in front of the existing ones, unless it wants the same name.
    for added in ["Owner", "Aa", "PET", "Tool1"] {
        keeps(&[&[(added, PROPERTIES, VALUES)], SCHEMAS].concat(), OPERATIONS);
    }
}

/// A schema's own name outranks those of the types that are written inside others.
#[test]
fn a_schema_may_take_the_name_of_an_inline_type() {
    let after = names(&[SCHEMAS, &[("pet_state", PROPERTIES, VALUES)]].concat(), OPERATIONS);
    assert!(after.contains(&("pet_state".to_owned(), "PetState".to_owned())));
    assert!(after.contains(&("Pet/state".to_owned(), "PetState2".to_owned())));
}

#[test]
fn another_property_or_value() {
    for added in [
        "user name",
        "UserName",
        "Type",
        "1",
        "-2",
        "@ref",
        "name",
        "user_name_2",
        "low er",
        "1-0",
        "unknowns",
    ] {
        let (properties, values) = ([PROPERTIES, &[added]].concat(), [VALUES, &[added]].concat());
        let schemas = SCHEMAS.map_members(&properties, &values);
        keeps(&schemas, OPERATIONS);
    }
}

#[test]
fn another_operation() {
    for added in ["GetPet", "delete", "Pet"] {
        keeps(SCHEMAS, &[OPERATIONS, &[added]].concat());
    }
    // A module that two could have is neither's, so that no code calls the other one.
    let after = names(SCHEMAS, &[OPERATIONS, &["list-pets"]].concat());
    assert!(after.iter().all(|(_, name)| name != "list_pets"), "{after:?}");
}

trait MapMembers {
    fn map_members<'a>(&self, properties: &'a [&'a str], values: &'a [&'a str]) -> Vec<Entry<'a>>;
}

type Entry<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

impl MapMembers for [Entry<'static>] {
    fn map_members<'a>(&self, properties: &'a [&'a str], values: &'a [&'a str]) -> Vec<Entry<'a>> {
        self.iter().map(|(name, ..)| (*name, properties, values)).collect()
    }
}
