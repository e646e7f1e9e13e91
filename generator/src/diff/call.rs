//! Compares what a call needs (arguments, secrets, a server) and the response headers it returns.

use std::collections::{BTreeSet, HashMap};

use super::change::Cases;
use super::field::{self, Slot};
use super::model::{Change, Effect, Kind, On, Wire};
use super::operation::content_text;
use super::pairing::Pairing;
use super::side::Side;
use crate::ir::flow::Flow;
use crate::ir::{Content, Graph, Operation, OperationKind, Presence, ResponseHeader, SecretPlace};

const REFUSED: &str = "the secrets that are sent are not those that the server requires";
const ELSEWHERE: &str = "it is sent to another server";

/// The changes of an operation that both sides have.
pub(super) fn compare(
    pairing: &Pairing<'_>,
    (old, before): (usize, &Operation),
    (new, after): (usize, &Operation),
) -> Vec<Change> {
    match (before.kind, after.kind) {
        (OperationKind::Path, OperationKind::Path) => {}
        (OperationKind::Path | OperationKind::Webhook | OperationKind::Callback, _) => return Vec::new(),
    }
    let mut changes: Vec<Change> = security(pairing, before, after).into_iter().collect();
    if pairing.old.graph.calls() && pairing.new.graph.calls() {
        changes.extend(signature(pairing, before, after));
        changes.extend(server(before, after));
        changes.extend(headers(pairing, (old, before), (new, after)));
    }
    changes
}

/// The change of the arguments and the return type of `call`.
fn signature(pairing: &Pairing<'_>, before: &Operation, after: &Operation) -> Option<Change> {
    let (was, is) = (arguments(before), arguments(after));
    let change = Change::new(On::Call, Kind::Changed)
        .before(format!("({was}) -> {}", success_text(&pairing.old, before)))
        .after(format!("({is}) -> {}", success_text(&pairing.new, after)));
    if was != is {
        return Some(change.breaks_source("it takes other arguments"));
    }
    let is_other = is_another_success(pairing, before, after);
    is_other.then(|| change.reading(Effect::breaks("the type of a success is different")))
}

fn arguments(operation: &Operation) -> String {
    let params = (!operation.parameters.is_empty()).then_some("&Params");
    let body = operation.body.as_ref().filter(|body| body.main.content != Content::Empty);
    let body = body.map(|body| if body.required { "&Body" } else { "Option<&Body>" });
    params.into_iter().chain(body).collect::<Vec<_>>().join(", ")
}

fn success(graph: &Graph, operation: &Operation) -> Option<Content> {
    let (at, only) = operation.success(graph)?;
    Some(operation.responses.get(at)?.contents.get(only)?.content)
}

fn success_text(side: &Side<'_>, operation: &Operation) -> String {
    success(side.graph, operation)
        .map_or_else(|| "Response".to_owned(), |content| content_text(side, content))
}

/// Whether a success returns a different response. A new type of the same response is reported with the response.
fn is_another_success(pairing: &Pairing<'_>, before: &Operation, after: &Operation) -> bool {
    let (old, new) = (pairing.old.graph, pairing.new.graph);
    let status = |graph: &Graph, operation: &Operation| {
        operation.success(graph).and_then(|(at, _)| operation.responses.get(at)).map(|it| it.status)
    };
    match (success(old, before), success(new, after)) {
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
        (Some(_), Some(_)) if status(old, before) == status(new, after) => false,
        (Some(was), Some(is)) => match (was.ty(), is.ty()) {
            (Some(was), Some(is)) => !pairing.same(was, is),
            (Some(_) | None, _) => was != is,
        },
    }
}

/// The change of the secrets that the server requires. A program keeps sending the secrets that it has.
fn security(pairing: &Pairing<'_>, before: &Operation, after: &Operation) -> Option<Change> {
    let (was, is) = (Asked::of(pairing.old.graph, before), Asked::of(pairing.new.graph, after));
    if was == is {
        return None;
    }
    let refused = Effect::breaks(REFUSED);
    let wire = Wire {
        old_code: if was.sends().all(|sent| is.takes(&sent)) { None } else { refused },
        // A program has no secret that only the new version requires.
        new_code: if is.sends().any(|sent| was.takes(&sent)) { None } else { refused },
    };
    let change = Change::new(On::Security, Kind::Changed);
    Some(change.before(security_text(before)).after(security_text(after)).on_wire(wire))
}

/// The secrets that an operation requires: all secrets of one of the alternatives, identified by where they are sent.
#[derive(PartialEq, Eq)]
struct Asked {
    alternatives: Vec<BTreeSet<String>>,
    is_open: bool,
}

impl Asked {
    fn of(graph: &Graph, operation: &Operation) -> Self {
        let places: HashMap<&str, &SecretPlace> =
            graph.api().schemes.iter().map(|scheme| (scheme.name.as_str(), &scheme.place)).collect();
        let place = |name: &String| places.get(name.as_str()).map(|place| format!("{place:?}"));
        let alternatives =
            operation.security.iter().map(|schemes| schemes.iter().filter_map(place).collect()).collect();
        Self { alternatives, is_open: operation.is_open }
    }

    /// The sets of secrets that a program may send.
    fn sends(&self) -> impl Iterator<Item = BTreeSet<String>> {
        let nothing = self.is_open.then(BTreeSet::new);
        self.alternatives.iter().cloned().chain(nothing)
    }

    fn takes(&self, sent: &BTreeSet<String>) -> bool {
        self.is_open || self.alternatives.iter().any(|asked| asked.is_subset(sent))
    }
}

fn security_text(operation: &Operation) -> String {
    let nothing = operation.is_open.then(|| "nothing".to_owned());
    let alternatives = operation.security.iter().map(|schemes| schemes.join(" and "));
    let all: Vec<String> = alternatives.chain(nothing).collect();
    all.join(", or ")
}

/// The change of an operation's own server.
fn server(before: &Operation, after: &Operation) -> Option<Change> {
    let text =
        |operation: &Operation| operation.server.clone().unwrap_or_else(|| "that of the document".to_owned());
    let elsewhere = Effect::breaks(ELSEWHERE);
    let change = Change::new(On::Server, Kind::Changed).before(text(before)).after(text(after));
    let wire = Wire { old_code: elsewhere, new_code: elsewhere };
    (before.server != after.server).then(|| change.on_wire(wire))
}

/// The changes of the fields of `Headers`, matched by name.
fn headers(
    pairing: &Pairing<'_>,
    (old, before): (usize, &Operation),
    (new, after): (usize, &Operation),
) -> Vec<Change> {
    let flow = Flow::of_response(after.kind);
    let key = |header: &ResponseHeader| header.wire.to_ascii_lowercase();
    let before_by_key: HashMap<String, usize> =
        before.headers.iter().enumerate().map(|(index, header)| (key(header), index)).collect();
    let mut stayed = vec![false; before.headers.len()];
    let mut changes = Vec::new();
    for (index, header) in after.headers.iter().enumerate() {
        let is = slot(&pairing.new, new, index, header);
        match before_by_key.get(&key(header)) {
            Some(other) => {
                stayed[*other] = true;
                let was = slot(&pairing.old, old, *other, &before.headers[*other]);
                changes.extend(field::changed(pairing, On::Header, flow, was, is));
            }
            None => {
                let change = field::added(pairing, On::Header, is, false);
                let change = change.on_wire(read_only(field::appears(is)).along(flow));
                // `Headers` did not exist if the operation had no headers.
                let is_new = before.headers.is_empty();
                changes.push(if is_new { change.reading(None).writing(None) } else { change });
            }
        }
    }
    for (index, header) in before.headers.iter().enumerate().filter(|(index, _)| !stayed[*index]) {
        let was = slot(&pairing.old, old, index, header);
        let change = field::removed(pairing, On::Header, was);
        changes.push(change.on_wire(read_only(field::disappears(was)).along(flow)));
    }
    changes
}

/// Keeps the effects on reading, since response headers are never sent.
fn read_only(cases: Cases) -> Cases {
    Cases { written_by_old: None, written_by_new: None, ..cases }
}

fn slot<'s>(side: &'s Side<'_>, operation: usize, index: usize, header: &ResponseHeader) -> Slot<'s> {
    let presence = if header.required { &Presence::Required } else { &Presence::Optional };
    let ident = side.names.operation(operation).headers.get(index).map_or("", String::as_str);
    Slot { ident, ty: header.ty, presence, initial: None, boxed: false, omits_default: false }
}
