//! Compares the module `client`: servers and secrets.

use super::Options;
use super::constants::EXHAUSTIVE;
use super::model::{Change, Effect, Kind, On, What, Wire};
use super::object::default_trait;
use super::side::Side;
use crate::ir::{Graph, OperationKind, SecretPlace, SecurityScheme, Server};

const OTHER_URL: &str = "requests go to another URL";

/// A type of the module: its path, its kind and its changes.
pub(super) type Found = (&'static str, What, Vec<Change>);

/// The changes of the types of the module.
pub(super) fn compare(old: &Side<'_>, new: &Side<'_>, options: Options) -> Vec<Found> {
    let mut found = Vec::new();
    let (had, has) = (is_there(old.graph), is_there(new.graph));
    match (had, has) {
        (true, true) => found.push(("client::Server", What::Union, servers(old, new, options))),
        (true, false) => {
            let gone = Change::new(On::Type, Kind::Removed).before("servers of the API");
            let why = "it is gone, and so is `call` of every operation";
            found.push(("client::Server", What::Union, vec![gone.breaks_source(why)]));
        }
        (false, true) => {
            let change = Change::new(On::Type, Kind::Added).after("servers of the API");
            found.push(("client::Server", What::Union, vec![change]));
        }
        (false, false) => {}
    }
    let (was, is) = (has_secrets(old.graph), has_secrets(new.graph));
    let path = "client::Credentials";
    match (was, is) {
        (true, true) => found.push((path, What::Struct, secrets(old, new))),
        (true, false) => {
            let gone = Change::new(On::Type, Kind::Removed).before("secrets of the API");
            found.push((path, What::Struct, vec![gone.breaks_source("it is gone")]));
        }
        (false, true) => {
            let change = Change::new(On::Type, Kind::Added).after("secrets of the API");
            found.push((path, What::Struct, vec![change]));
        }
        (false, false) => {}
    }
    found
}

/// Whether the module `client` is emitted (see `emit::client`).
fn is_there(graph: &Graph) -> bool {
    graph.calls() && graph.operations().iter().any(|operation| operation.kind == OperationKind::Path)
}

fn has_secrets(graph: &Graph) -> bool {
    is_there(graph) && !graph.api().schemes.is_empty()
}

fn servers(old: &Side<'_>, new: &Side<'_>, options: Options) -> Vec<Change> {
    let (before, after) = (named_servers(old), named_servers(new));
    let otherwise = Effect::breaks(OTHER_URL);
    let mut changes = Vec::new();
    for (name, server) in &after {
        let change = |kind| Change::new(On::Variant, kind).named(name).after(&*server.url);
        match before.iter().find(|(known, _)| known == name) {
            Some((_, other)) => {
                if variables(other) != variables(server) {
                    let change = change(Kind::Retyped).before(&*other.url);
                    changes.push(change.breaks_source("its fields are different"));
                } else if other.url != server.url {
                    let change = change(Kind::Changed).before(&*other.url);
                    changes.push(change.on_wire(Wire { old_code: otherwise, new_code: otherwise }));
                }
            }
            None => {
                let why = if options.in_user_crate { Effect::breaks(EXHAUSTIVE) } else { None };
                changes.push(change(Kind::Added).reading(why));
            }
        }
    }
    for (name, server) in &before {
        if !after.iter().any(|(known, _)| known == name) {
            let change = Change::new(On::Variant, Kind::Removed).named(name).before(&*server.url);
            changes.push(change.breaks_source("it is gone"));
        }
    }
    changes.extend(default_trait((!before.is_empty(), !after.is_empty())));
    if let (Some((_, was)), Some((_, is))) = (before.first(), after.first())
        && was.default_url() != is.default_url()
    {
        let change =
            Change::new(On::Default, Kind::Changed).before(was.default_url()).after(is.default_url());
        changes.push(change.on_wire(Wire { old_code: None, new_code: Effect::notice(OTHER_URL) }));
    }
    changes
}

fn named_servers<'s>(side: &'s Side<'_>) -> Vec<(&'s str, &'s Server)> {
    let names = side.names.client().servers.iter().map(String::as_str);
    names.zip(&side.graph.api().servers).collect()
}

fn variables(server: &Server) -> Vec<&str> {
    server.variables.iter().map(|variable| variable.name.as_str()).collect()
}

fn secrets(old: &Side<'_>, new: &Side<'_>) -> Vec<Change> {
    let (before, after) = (named_schemes(old), named_schemes(new));
    let mut changes = Vec::new();
    for (name, scheme) in &after {
        let change = |kind| Change::new(On::Field, kind).named(name).after(type_of(scheme));
        match before.iter().find(|(_, other)| other.name == scheme.name) {
            Some((was, other)) => {
                if was != name {
                    let change = Change::new(On::Field, Kind::Renamed).named(name).before(*was).after(*name);
                    changes.push(change.breaks_source("the name is different"));
                }
                if type_of(other) != type_of(scheme) {
                    let change = change(Kind::Retyped).before(type_of(other));
                    changes.push(change.breaks_source("the type is different"));
                }
            }
            None => {
                let change = change(Kind::Added);
                let change = change.reading(Effect::without_rest("patterns without `..` lack it"));
                let why = "literals without `..` lack it";
                changes.push(change.writing(Effect::without_rest(why)));
            }
        }
    }
    for (name, scheme) in &before {
        if !after.iter().any(|(_, other)| other.name == scheme.name) {
            let change = Change::new(On::Field, Kind::Removed).named(name).before(type_of(scheme));
            changes.push(change.breaks_source("it is gone"));
        }
    }
    changes
}

fn named_schemes<'s>(side: &'s Side<'_>) -> Vec<(&'s str, &'s SecurityScheme)> {
    let names = side.names.client().schemes.iter().map(String::as_str);
    names.zip(&side.graph.api().schemes).collect()
}

/// The type of a field (see `emit::client`).
fn type_of(scheme: &SecurityScheme) -> &'static str {
    match scheme.place {
        SecretPlace::Basic => "Option<Basic>",
        SecretPlace::Bearer
        | SecretPlace::Authorization(_)
        | SecretPlace::Header(_)
        | SecretPlace::Query(_)
        | SecretPlace::Cookie(_) => "Option<Secret<String>>",
    }
}
