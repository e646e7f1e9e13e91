//! Compares exchanges with the document: the parameters and body of the request, and the status, headers and body of
//! the response.

mod bodies;
mod parameters;
mod responses;

use std::borrow::Cow;

use modelsmith_runtime::is_json;
use serde_json::Value;

use self::bodies::NotRead;
use super::fault::{Fault, FaultKind};
use super::faults::Checker;
use super::matching::{Found, Routes};
use super::place::generalised;
use super::samples::{Role, Samples};
use super::secrets::{REDACTED, Secrecy, Secrets, is_credential};
use super::subject::{Part, label};
use super::tally::{Origin, Seen, Stranger, Tally};
use super::traffic::{Exchange, Message};
use super::url::Url;
use super::written::Types;
use super::{answer, traffic};
use crate::diagnostics::{Location, Pointer};
use crate::ir::accept::Interpreter;
use crate::ir::{Graph, Operation, Owner, TypeRef};
use crate::load::{Documents, Tree};
use crate::verify::matching::Unmatched;

/// The longest URL that is parsed, in bytes.
const LONGEST_URL: usize = 64 << 10;

/// What all examiners share.
pub(super) struct Shared<'a> {
    pub(super) graph: &'a Graph,
    pub(super) documents: &'a Documents,
    pub(super) routes: Routes<'a>,
    pub(super) secrets: Secrets,
    /// Whether properties and parameters that the document does not declare are reported.
    pub(super) unknown: bool,
}

/// The type that bare payloads are compared with.
pub(super) struct Payload<'a> {
    pub(super) operation: Option<&'a Operation>,
    pub(super) owner: Owner,
    pub(super) part: Part<'a>,
    /// The media type in the document; empty if there is none.
    pub(super) media_type: &'a str,
    /// The name of the schema.
    pub(super) name: &'a str,
    pub(super) ty: TypeRef,
    pub(super) schema: Location,
}

/// Compares exchanges, one at a time.
pub(super) struct Examiner<'a> {
    shared: &'a Shared<'a>,
    checker: Checker<'a>,
    types: Types<'a>,
    tally: Tally,
    /// Where the current value was recorded.
    origin: Origin,
    /// The number of faults for which the models refuse a value.
    refused: usize,
    /// Collects values for tests, if tests are to be made.
    pub(super) samples: Option<Samples<'a>>,
}

/// What the report shows of the value of a fault.
enum Shown {
    /// The value without its secrets, and how secret the value as a whole is.
    Value(Secrecy),
    /// This text; nothing if it is empty.
    Text(String),
}

/// No value, and nothing to show.
const NOTHING: (Value, Shown) = (Value::Null, Shown::Text(String::new()));

/// An operation, and an exchange that belongs to it.
#[derive(Clone, Copy)]
struct Call<'a, 'x> {
    operation: &'a Operation,
    exchange: &'x Exchange<'x>,
    url: Url<'x>,
    path: &'x [(&'a str, &'x str)],
}

impl<'a> Examiner<'a> {
    pub(super) fn new(shared: &'a Shared<'a>) -> Self {
        let graph = shared.graph;
        let interpreter = Interpreter::new(graph.types(), graph.libraries().dates);
        Self {
            shared,
            checker: Checker::new(graph, shared.documents),
            types: Types { graph, interpreter },
            tally: Tally::default(),
            origin: Origin { source: 0, line: 0 },
            refused: 0,
            samples: None,
        }
    }

    /// The findings since the last call.
    pub(super) fn take(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// Compares one value of a recording: an exchange or a bare payload.
    pub(super) fn frame(
        &mut self,
        bytes: &[u8],
        is_entry: bool,
        origin: Origin,
        payload: Option<&Payload<'a>>,
    ) {
        self.origin = origin;
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("the value is not UTF-8 from byte {} on", error.valid_up_to() + 1);
                return self.tally.unreadable(origin, message);
            }
        };
        match payload {
            Some(payload) => self.payload(text, payload),
            None => match traffic::exchange(text, is_entry) {
                Ok(exchange) => self.exchange(&exchange, origin),
                Err(message) => self.tally.unreadable(origin, message),
            },
        }
    }

    fn payload(&mut self, text: &str, payload: &Payload<'a>) {
        match self.parsed(text) {
            Ok(value) => {
                self.tally.totals.payloads += 1;
                let part = match payload.operation {
                    Some(_) => payload.part,
                    None => Part::Payload(payload.name),
                };
                let refused = self.refused;
                self.value(payload.operation, part, payload.ty, &payload.schema, &value);
                let role = match payload.part {
                    Part::Response(status) => Role::Response(status),
                    Part::RequestBody => Role::Request,
                    Part::Parameter(..) | Part::ResponseHeader(_) | Part::Item(_) | Part::Payload(_) => {
                        Role::Payload
                    }
                };
                let named = payload.media_type;
                let media_type = if is_json(named) { named } else { "application/json" };
                self.take_sample(role, payload.ty, (text, &value), Some(media_type));
                self.end_sample(payload.owner, refused);
            }
            Err(NotRead::Left) => {
                self.tally.left_out(self.origin, format!("the payload has {} bytes", text.len()));
            }
            Err(NotRead::NotJson) => {
                let error = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
                let message = error.map(|error| traffic::wrong(&error)).unwrap_or_default();
                self.tally.unreadable(self.origin, message);
            }
            Err(NotRead::TooDeep) => {
                self.tally.unreadable(self.origin, "the value nests too deeply".to_owned());
            }
        }
    }

    /// Compares an exchange.
    fn exchange(&mut self, exchange: &Exchange<'_>, origin: Origin) {
        self.origin = origin;
        self.tally.totals.exchanges += 1;
        if exchange.url.len() > LONGEST_URL {
            return self.tally.unreadable(origin, "the URL is longer than 64 KiB".to_owned());
        }
        let url = Url::of(&exchange.url);
        let found = match &exchange.operation {
            Some(name) => self.named(name, exchange, &url),
            None => self.shared.routes.find(&exchange.method, &url),
        };
        let Found { operation: index, path } = match found {
            Ok(found) => found,
            Err(_) if exchange.url.is_empty() => {
                let name = exchange.operation.as_deref().map(Secrets::of_url).unwrap_or_default();
                return self.tally.unreadable(origin, format!("the document has no operation `{name}`"));
            }
            Err(why) => return self.stranger(exchange, &url, why),
        };
        self.tally.totals.matched += 1;
        let operation = &self.shared.graph.operations()[index];
        let refused = self.refused;
        let call = Call { operation, exchange, url, path: &path };
        // A request that the server refused need not fit the document.
        if exchange.status.is_none_or(|status| status < 400) {
            self.parameters(call);
            self.request_body(call);
        } else {
            self.tally.totals.refused_requests += 1;
        }
        self.response(call);
        self.end_sample(Owner::Operation(index), refused);
    }

    /// Collects a value for tests, if tests are to be made.
    fn take_sample(&mut self, role: Role, ty: TypeRef, json: (&str, &Value), media_type: Option<&str>) {
        if let Some(samples) = &mut self.samples {
            samples.take(role, ty, json, media_type);
        }
    }

    /// Ends an exchange whose values were collected. `refused` is the number of refused faults before the exchange.
    fn end_sample(&mut self, owner: Owner, refused: usize) {
        let fits = self.refused == refused;
        if let Some(samples) = &mut self.samples {
            samples.end(owner, self.origin.line, fits);
        }
    }

    /// The operation that the recording names. Its path parameters are known only if the recorded path matches the
    /// operation.
    fn named<'x>(
        &self,
        name: &str,
        exchange: &Exchange<'_>,
        url: &Url<'x>,
    ) -> Result<Found<'a, 'x>, Unmatched> {
        let operations = self.shared.graph.operations();
        let is_named =
            |operation: &Operation| operation.id.as_deref() == Some(name) || operation.place == name;
        let Some(operation) = operations.iter().position(is_named) else { return Err(Unmatched::Path) };
        match self.shared.routes.find(&exchange.method, url) {
            Ok(found) if found.operation == operation => Ok(found),
            Ok(_) | Err(_) => Ok(Found { operation, path: Vec::new() }),
        }
    }

    fn stranger(&mut self, exchange: &Exchange<'_>, url: &Url<'_>, why: Unmatched) {
        let is_preflight = exchange.method.eq_ignore_ascii_case("OPTIONS")
            && exchange.request.header("access-control-request-method").is_some();
        if is_preflight {
            self.tally.totals.preflights += 1;
            return;
        }
        let path = match why {
            Unmatched::Path | Unmatched::Method => Secrets::of_url(url.path),
            Unmatched::Server => String::new(),
        };
        let method = match why {
            Unmatched::Path | Unmatched::Method => Secrets::of_url(&exchange.method).to_uppercase(),
            Unmatched::Server => String::new(),
        };
        let host = url.host.map(Secrets::of_url).unwrap_or_default();
        self.tally.stranger(Stranger { why, method, host, path }, 1);
    }

    /// Compares a value with a type.
    fn value(
        &mut self,
        operation: Option<&'a Operation>,
        part: Part<'_>,
        ty: TypeRef,
        schema: &Location,
        value: &Value,
    ) {
        let secrecy = self.shared.secrets.of_type(ty);
        for fault in self.checker.faults(ty, schema, value) {
            self.fault(operation, part, fault, Shown::Value(secrecy));
        }
    }

    /// Counts a fault of an operation as a whole, or of one of its parts.
    fn of_operation(
        &mut self,
        call: Call<'a, '_>,
        part: Part<'_>,
        kind: FaultKind,
        place: Location,
        (value, shown): (Value, Shown),
    ) {
        let schemas = [call.operation.location.clone()].into();
        let fault = Fault { kind, place, schemas, at: Pointer::root(), value, is_redacted: false };
        self.fault(Some(call.operation), part, fault, shown);
    }

    fn fault(&mut self, operation: Option<&'a Operation>, part: Part<'_>, mut fault: Fault, shown: Shown) {
        if fault.kind.is_optional() && !self.shared.unknown {
            return;
        }
        self.refused += usize::from(fault.kind.is_refused());
        let (secrets, first) = (&self.shared.secrets, self.origin);
        let (part, is_named) = match part {
            Part::Parameter(_, name) | Part::ResponseHeader(name) if secrets.is_named(name) => (part, true),
            // A query can have any text as a name.
            Part::Parameter(place, name) if is_credential(name) => (Part::Parameter(place, REDACTED), false),
            Part::Parameter(..)
            | Part::ResponseHeader(_)
            | Part::RequestBody
            | Part::Response(_)
            | Part::Item(_)
            | Part::Payload(_) => (part, false),
        };
        let whole = match &shown {
            Shown::Value(_) if is_named => Secrecy::All,
            Shown::Value(secrecy) => *secrecy,
            Shown::Text(_) => Secrecy::None,
        };
        let secrecy = secrets.of_place(whole, &fault.at);
        secrets.leave_out(&mut fault, secrecy);
        self.tally.fault(fault, |fault| {
            let example = match shown {
                Shown::Value(_) => secrets.shown(&fault.value, secrecy),
                Shown::Text(text) => text,
            };
            let parts = [(label(operation, part), 1)].into_iter().collect();
            Seen { first, parts, places: vec![place(&fault.at)], more_places: 0, example }
        });
    }

    /// Whether the document declares a media type, including one that the models have no type for, such as XML.
    fn names_media_type(&mut self, call: Call<'a, '_>, place: &Location, media_type: &str) -> bool {
        let place = self.checker.sites().follow(place);
        let documents = self.shared.documents;
        let is_same = |name: &str| {
            let name = answer::essence(name);
            name == media_type
                || name
                    .strip_suffix('*')
                    .is_some_and(|family| family == "*/" || media_type.starts_with(family))
        };
        let content = documents.at(&place).and_then(|tree| tree.get("content")).and_then(Tree::as_object);
        if let Some(content) = content {
            return content.iter().any(|(name, _)| is_same(name));
        }
        // Swagger 2.0 lists media types in the operation, or once for the whole document.
        let root = Location::new(place.file, Pointer::root());
        let places = [&call.operation.location, &root];
        let lists = places.into_iter().filter_map(|place| documents.at(place));
        let lists =
            lists.flat_map(|tree| ["produces", "consumes"].into_iter().filter_map(|key| tree.get(key)));
        let mut names = lists.filter_map(Tree::as_array).flatten().filter_map(Tree::as_str);
        names.any(is_same)
    }
}

/// The place in a value, without secrets.
fn place(at: &Pointer) -> String {
    generalised(at, |name| Cow::Borrowed(if is_credential(name) { REDACTED } else { name }))
}

/// The media type of a message without parameters, in lower case.
fn media_type(message: &Message<'_>) -> Option<String> {
    let named = message.content_type().map(answer::essence);
    match (&message.body, named) {
        (super::traffic::Body::Json(_), None) => Some("application/json".to_owned()),
        (_, named) => named,
    }
}
