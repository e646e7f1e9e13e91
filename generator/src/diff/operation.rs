//! Compares operations.

use std::collections::{HashMap, HashSet};

use super::Options;
use super::call;
use super::change::Cases;
use super::constructor;
use super::field::{self, Slot};
use super::fits::{Course, Reader, fits};
use super::media_type;
use super::model::{Change, Effect, Kind, On, Wire};
use super::object::default_trait;
use super::paging;
use super::pairing::Pairing;
use super::parameter_pairs::parameter_pairs;
use super::side::Side;
use crate::ir::flow::Flow;
use crate::ir::{
    Content, Operation, OperationKind, Parameter, ParameterForm, ParameterPlace, ParameterStyle,
    ResponseContent, Status, Stream, StreamItem, TypeRef,
};

const NOT_THERE: &str = "the server does not have it";
pub(super) const OTHER_FORM: &str = "the media type is another";

/// The changes of an operation that both sides have.
pub(super) fn compare(pairing: &Pairing<'_>, options: Options, old: usize, new: usize) -> Vec<Change> {
    let (before, after) = (&pairing.old.graph.operations()[old], &pairing.new.graph.operations()[new]);
    let operations = Operations { pairing, options, old, new, before, after };
    let mut changes = Vec::new();
    let (was, is) = (&pairing.old.names.operation(old).module, &pairing.new.names.operation(new).module);
    if was != is {
        let change = Change::new(On::Operation, Kind::Renamed).named(is).before(was).after(is);
        changes.push(change.breaks_source("the name is different"));
    }
    let (method, path) = (before.method.as_str(), after.method.as_str());
    changes.extend(operations.address(On::Method, method, path));
    changes.extend(operations.address(On::Path, &before.path, &after.path));
    changes.extend(operations.parameters());
    changes.extend(operations.body());
    changes.extend(operations.responses());
    changes.extend(call::compare(pairing, (old, before), (new, after)));
    changes.extend(operations.stream());
    changes.extend(paging::compare(pairing, before, after));
    changes
}

/// The change for an operation that only the new side has.
pub(super) fn added(operation: &Operation) -> Change {
    Change::new(On::Operation, Kind::Added).after(address(operation))
}

/// The change for an operation that only the old side has.
pub(super) fn removed(operation: &Operation) -> Change {
    let old_code = match operation.kind {
        OperationKind::Path => Effect::breaks(NOT_THERE),
        // The server sends these requests, so nothing fails on the wire.
        OperationKind::Webhook | OperationKind::Callback => None,
    };
    Change::new(On::Operation, Kind::Removed)
        .before(address(operation))
        .breaks_source("it is gone")
        .on_wire(Wire { old_code, new_code: None })
}

/// The change for a name that now means a different operation: code that uses it may compile and call the wrong
/// operation. An operation with the same identifier and a different address is the same operation.
pub(super) fn reassigned(before: &Operation, after: &Operation) -> Option<Change> {
    let is_same = before.id.is_some() && before.id == after.id;
    let (was, is) = (address(before), address(after));
    if is_same || before.kind == after.kind && was == is {
        return None;
    }
    let change = Change::new(On::Operation, Kind::Reassigned).before(was).after(is);
    Some(change.breaks_source("code that uses the name calls another operation"))
}

fn address(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

pub(super) struct Operations<'p, 'a> {
    pub(super) pairing: &'p Pairing<'a>,
    pub(super) options: Options,
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) before: &'p Operation,
    pub(super) after: &'p Operation,
}

impl Operations<'_, '_> {
    fn address(&self, on: On, was: &str, is: &str) -> Option<Change> {
        let not_there = Effect::breaks(NOT_THERE);
        let change = Change::new(on, Kind::Changed).before(was).after(is);
        if was != is && on == On::Path && self.before.path_texts() == self.after.path_texts() {
            // Only names of path parameters differ, and these are not sent.
            return Some(change);
        }
        (was != is).then(|| change.on_wire(Wire { old_code: not_there, new_code: not_there }))
    }

    fn parameters(&self) -> Vec<Change> {
        let (before, after) = (&self.before.parameters, &self.after.parameters);
        let flow = Flow::of_request(self.after.kind);
        let given =
            (given(&self.pairing.old, self.old, self.before), given(&self.pairing.new, self.new, self.after));
        let has_default = (given.0.is_empty(), given.1.is_empty());
        let old_of = parameter_pairs(self.before, self.after);
        let mut changes = Vec::new();
        for (index, parameter) in after.iter().enumerate() {
            let new = slot(&self.pairing.new, self.new, index, parameter);
            match old_of[index] {
                Some(other) => {
                    let old = slot(&self.pairing.old, self.old, other, &before[other]);
                    changes.extend(self.place(new.ident, before[other].place, parameter.place));
                    changes.extend(self.form(new.ident, &before[other], parameter));
                    changes.extend(field::changed(self.pairing, On::Parameter, flow, old, new));
                }
                None => {
                    let has_rest = given.0 == given.1;
                    let change = field::added(self.pairing, On::Parameter, new, has_rest);
                    let change = change.on_wire(field::appears(new).along(flow));
                    // `Params` did not exist if the operation had no parameters.
                    let is_new = before.is_empty();
                    changes.push(if is_new { change.reading(None).writing(None) } else { change });
                }
            }
        }
        let mut stayed = vec![false; before.len()];
        old_of.iter().flatten().for_each(|index| stayed[*index] = true);
        for (index, parameter) in before.iter().enumerate().filter(|(index, _)| !stayed[*index]) {
            let old = slot(&self.pairing.old, self.old, index, parameter);
            let change = field::removed(self.pairing, On::Parameter, old);
            changes.push(change.on_wire(field::disappears(old).along(flow)));
        }
        if !before.is_empty() && !after.is_empty() {
            changes.extend(default_trait(has_default).map(|change| change.named("Params")));
            let slots = (
                slots(&self.pairing.old, self.old, self.before),
                slots(&self.pairing.new, self.new, self.after),
            );
            changes.extend(
                constructor::compare(slots.0.as_deref(), slots.1.as_deref())
                    .map(|change| change.named("Params")),
            );
        }
        changes
    }

    fn place(&self, name: &str, was: ParameterPlace, is: ParameterPlace) -> Option<Change> {
        let moved = Effect::breaks("it is sent in another place");
        let change = Change::new(On::Parameter, Kind::Changed)
            .named(name)
            .before(format!("in the {}", place_text(was)))
            .after(format!("in the {}", place_text(is)));
        (was != is).then(|| change.on_wire(Wire { old_code: moved, new_code: moved }))
    }

    /// The change in how a parameter is encoded. A parameter that moved elsewhere is reported by its place only.
    fn form(&self, name: &str, old: &Parameter, new: &Parameter) -> Option<Change> {
        let otherwise = Effect::breaks("it is written differently");
        let change = Change::new(On::Parameter, Kind::Changed)
            .named(name)
            .before(form_text(old.form))
            .after(form_text(new.form));
        let is_other = old.place == new.place && old.form != new.form;
        is_other.then(|| change.on_wire(Wire { old_code: otherwise, new_code: otherwise }))
    }

    fn responses(&self) -> Vec<Change> {
        let before = variants(&self.pairing.old, self.old, self.before);
        let after = variants(&self.pairing.new, self.new, self.after);
        let flow = Flow::of_response(self.after.kind);
        let mut changes = Vec::new();
        let old_of: HashMap<_, _> = before.iter().rev().map(|old| (old.key(), old)).collect();
        let stay: HashSet<_> = after.iter().map(Variant::key).collect();
        for new in &after {
            match old_of.get(&new.key()) {
                Some(old) => {
                    let content = self.content(
                        On::Response,
                        flow,
                        (received(old.found.content), &old.found.media_types),
                        (received(new.found.content), &new.found.media_types),
                    );
                    let boxed = || self.boxed(old.found, new.found);
                    changes.extend(content.or_else(boxed).map(|change| change.named(new.name)));
                }
                None => {
                    let shown = new.text(&self.pairing.new);
                    let change = Change::new(On::Response, Kind::Added).named(new.name).after(shown);
                    // `#[non_exhaustive]` on `Response` affects only other crates. `Response` did not exist if there
                    // were no responses.
                    let exhaustive = self.options.in_user_crate && !before.is_empty();
                    let why = Effect::breaks(super::constants::EXHAUSTIVE);
                    changes.push(change.reading(if exhaustive { why } else { None }));
                }
            }
        }
        for old in before.iter().filter(|old| !stay.contains(&old.key())) {
            let shown = old.text(&self.pairing.old);
            let change = Change::new(On::Response, Kind::Removed).named(old.name).before(shown);
            changes.push(change.breaks_source("it is gone"));
        }
        // Without responses, `Response` with its variant `Other` is gone too.
        if !before.is_empty() && after.is_empty() {
            let change = Change::new(On::Response, Kind::Removed).named("Other");
            changes.push(change.breaks_source("it is gone"));
        }
        changes
    }

    /// The change of the items that a success streams.
    fn stream(&self) -> Option<Change> {
        let content = |stream: &Stream| match stream.item {
            StreamItem::Json(ty, _) => Content::Json(ty),
            StreamItem::Text => Content::Text,
            StreamItem::Event => Content::Bytes,
        };
        let change = match (&self.before.stream, &self.after.stream) {
            (None, None) => None,
            (None, Some(new)) => {
                let shown = content_text(&self.pairing.new, content(new));
                Some(Change::new(On::Response, Kind::Added).after(shown))
            }
            (Some(old), None) => {
                let shown = content_text(&self.pairing.old, content(old));
                Some(Change::new(On::Response, Kind::Removed).before(shown).breaks_source("it is gone"))
            }
            (Some(old), Some(new)) => {
                let flow = Flow::of_response(self.after.kind);
                let (was, is) = ((content(old), &old.media_types[..]), (content(new), &new.media_types[..]));
                self.content(On::Response, flow, was, is)
            }
        };
        change.map(|change| change.named("Item"))
    }

    fn boxed(&self, old: &ResponseContent, new: &ResponseContent) -> Option<Change> {
        let kind = match (old.boxed, new.boxed) {
            (false, true) => Kind::Boxed,
            (true, false) => Kind::Unboxed,
            (true, true) | (false, false) => return None,
        };
        Some(Change::new(On::Response, kind).breaks_source("the type is different"))
    }

    /// The change of the content of a body or a response.
    pub(super) fn content(
        &self,
        on: On,
        flow: Flow,
        (old, was): (Content, &[String]),
        (new, is): (Content, &[String]),
    ) -> Option<Change> {
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        let compared =
            |forms: &[String]| forms.iter().map(|form| media_type::compared(form)).collect::<Vec<_>>();
        let (was_form, is_form) = (compared(was), compared(is));
        let same_form = was_form == is_form;
        let both = match (old.ty(), new.ty()) {
            (Some(old), Some(new)) => Some((old, new)),
            (Some(_) | None, _) => None,
        };
        let same_type = match both {
            Some((old, new)) => self.pairing.same(old, new),
            None => old == new,
        };
        if same_type && same_form {
            return None;
        }
        let text = |content: String, forms: &[String]| match forms {
            [] => content,
            _ if same_form => content,
            _ => format!("{content} as {}", forms.join(" or ")),
        };
        let change = Change::new(on, if same_type { Kind::Changed } else { Kind::Retyped })
            .before(text(content_text(before, old), was))
            .after(text(content_text(after, new), is));
        let change = if same_type { change } else { change.breaks_source("the type is different") };
        let effect = |course, reader| {
            let (sent, known) = match course {
                Course::OldByNew => (&was_form, &is_form),
                Course::NewByOld => (&is_form, &was_form),
            };
            effect_of_form(sent, known, reader).or(self.effect_of_types(both, course, reader))
        };
        let cases = Cases {
            read_by_old: effect(Course::NewByOld, Reader::Models),
            read_by_new: effect(Course::OldByNew, Reader::Models),
            written_by_old: effect(Course::OldByNew, Reader::Peer),
            written_by_new: effect(Course::NewByOld, Reader::Peer),
        };
        Some(change.on_wire(cases.along(flow)))
    }

    /// What comes of the types of a content, which not every content has, where one side reads what the other writes.
    fn effect_of_types(
        &self,
        both: Option<(TypeRef, TypeRef)>,
        course: Course,
        reader: Reader,
    ) -> Option<Effect> {
        let does_fit = both.is_some_and(|(old, new)| match course {
            Course::OldByNew => fits(self.pairing, course, reader, old, new),
            Course::NewByOld => fits(self.pairing, course, reader, new, old),
        });
        let why = match reader {
            Reader::Models => field::VALUE_READ,
            Reader::Peer => field::VALUE_WRITTEN,
        };
        if does_fit { None } else { Effect::breaks(why) }
    }
}

/// What comes of media types, in the form in which they are compared, that the reader does not declare.
fn effect_of_form(sent: &[String], known: &[String], reader: Reader) -> Option<Effect> {
    let names: HashSet<&String> = known.iter().collect();
    // The models read all JSON media types alike.
    let reads_json = match reader {
        Reader::Models => known.iter().any(|name| media_type::is_json(name)),
        Reader::Peer => false,
    };
    let is_known = |name: &String| names.contains(name) || reads_json && media_type::is_json(name);
    let all_known = sent.iter().all(is_known) && sent.is_empty() == known.is_empty();
    if all_known { None } else { Effect::breaks(OTHER_FORM) }
}

fn slot<'s>(side: &'s Side<'_>, operation: usize, index: usize, parameter: &'s Parameter) -> Slot<'s> {
    let ident = side.names.operation(operation).parameters.get(index).map_or("", String::as_str);
    Slot {
        ident,
        ty: parameter.ty,
        presence: &parameter.presence,
        initial: parameter.initial.as_ref(),
        boxed: false,
        omits_default: false,
    }
}

/// The fields of `Params` as arguments of `new`, or `None` if it has no `new`.
fn slots(side: &Side<'_>, operation: usize, shape: &Operation) -> Option<Vec<constructor::Slot>> {
    let names = &side.names.operation(operation).parameters;
    let given = side.graph.given_parameters(shape);
    let all = shape.parameters.iter().zip(names).enumerate();
    let slots = all.map(|(index, (parameter, name))| constructor::Slot {
        name: name.clone(),
        is_given: given.contains(&index),
        is_bare: constructor::is_bare(&parameter.presence),
    });
    side.methods.constructors.then(|| slots.collect())
}

/// The required fields of `Params`, which implements `Default` if there are none.
fn given(side: &Side<'_>, operation: usize, parameters: &Operation) -> Vec<String> {
    let names = &side.names.operation(operation).parameters;
    let given = side.graph.given_parameters(parameters).into_iter();
    given.map(|index| names.get(index).cloned().unwrap_or_default()).collect()
}

/// The encoding of lists and objects, in the document's terms.
pub(super) fn form_text(form: ParameterForm) -> String {
    let style = match form.style {
        ParameterStyle::Simple => "simple",
        ParameterStyle::Label => "label",
        ParameterStyle::Matrix => "matrix",
        ParameterStyle::Form => "form",
        ParameterStyle::SpaceDelimited => "spaceDelimited",
        ParameterStyle::PipeDelimited => "pipeDelimited",
        ParameterStyle::DeepObject => "deepObject",
        ParameterStyle::Json => return "JSON".to_owned(),
    };
    let explode = if form.explode { ", exploded" } else { "" };
    let reserved = if form.reserved { ", reserved characters as they are" } else { "" };
    format!("{style}{explode}{reserved}")
}

fn place_text(place: ParameterPlace) -> &'static str {
    match place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "headers",
        ParameterPlace::Cookie => "cookies",
    }
}

/// A form that is received is handed on as it is.
fn received(content: Content) -> Content {
    match content {
        Content::Form(_) => Content::Bytes,
        Content::Json(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => content,
    }
}

pub(super) fn content_text(side: &Side<'_>, content: Content) -> String {
    match content {
        Content::Json(ty) | Content::Form(ty) => side.spell(ty),
        Content::String | Content::Text => "text".to_owned(),
        Content::Bytes => "bytes".to_owned(),
        Content::Empty => "nothing".to_owned(),
    }
}

/// A variant of `Response`.
struct Variant<'s> {
    name: &'s str,
    status: Status,
    found: &'s ResponseContent,
}

impl Variant<'_> {
    /// What it shares with the same variant of the other side: the main one of a status may have another name there.
    fn key(&self) -> (Status, Option<&str>) {
        (self.status, (!self.found.is_main).then_some(self.name))
    }

    fn text(&self, side: &Side<'_>) -> String {
        format!("{}: {}", self.status, content_text(side, received(self.found.content)))
    }
}

fn variants<'s>(side: &'s Side<'_>, index: usize, operation: &'s Operation) -> Vec<Variant<'s>> {
    let names = side.names.operation(index).responses.iter();
    let responses = operation.responses.iter().zip(names);
    let variants = responses.flat_map(|(response, names)| {
        let contents = response.contents.iter().zip(names);
        contents.map(|(found, name)| Variant { name, status: response.status, found })
    });
    variants.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn a_parameter_more_and_another_answer() {
        check_diff!(
            r#"
                paths:
                  /pets:
                    get:
                      operationId: listPets
                      parameters: []
                      responses: { "200": { description: All, content: { application/json: { schema: { type: string } } } } }
            "#,
            r#"
                paths:
                  /pets:
                    get:
                      operationId: listPets
                      parameters: [{ name: limit, in: query, schema: { type: integer } }]
                      responses: { "200": { description: All, content: { application/json: { schema: { type: integer } } } } }
            "#,
            @r"
            Test 1 -> 1: major (source major, wire major)
            1 change breaks something, 1 does not

            Breaks:
              operations::list_pets
                response `Ok` has another type: `String` -> `i64`
                  reading, writing: the type is different
                  old code with the new server, new code with the old server: what the server sends may be of another type, which is an error

            Breaks nothing:
              operations::list_pets
                parameter `limit` added: `Option<i64>`
            "
        );
    }
}
