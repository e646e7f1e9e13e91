//! Compares request bodies: their types and media types.

use super::change::Cases;
use super::model::{Change, Effect, Kind, On};
use super::operation::{OTHER_FORM, Operations, content_text, form_text};
use super::side::Side;
use crate::ir::flow::Flow;
use crate::ir::{Body, BodyContent, FormField};

const LACKING: &str = "the body is missing";
const WRITTEN_OTHERWISE: &str = "it is written differently";

impl Operations<'_, '_> {
    pub(super) fn body(&self) -> Vec<Change> {
        let flow = Flow::of_request(self.after.kind);
        let (before, after) = (&self.pairing.old, &self.pairing.new);
        match (&self.before.body, &self.after.body) {
            (None, None) => Vec::new(),
            (None, Some(body)) => {
                let lacks = if body.required { Effect::breaks(LACKING) } else { None };
                let cases = Cases { written_by_old: lacks, read_by_new: lacks, ..Cases::default() };
                let change = Change::new(On::Body, Kind::Added).after(text(after, body));
                vec![change.on_wire(cases.along(flow))]
            }
            (Some(body), None) => {
                let lacks = if body.required { Effect::breaks(LACKING) } else { None };
                let cases = Cases { written_by_new: lacks, read_by_old: lacks, ..Cases::default() };
                let change = Change::new(On::Body, Kind::Removed).before(text(before, body));
                vec![change.breaks_source("it is gone").on_wire(cases.along(flow))]
            }
            (Some(old), Some(new)) => {
                let mut changes = self.contents(flow, old, new);
                changes.extend(presence(flow, old, new));
                changes
            }
        }
    }

    fn contents(&self, flow: Flow, old: &Body, new: &Body) -> Vec<Change> {
        let mut changes = Vec::new();
        if !old.is_choice() && !new.is_choice() {
            changes.extend(self.one_content(flow, &old.main, &new.main));
            changes.extend(fields(flow, &old.main, &new.main));
            return changes;
        }
        let (was, is) = (text(&self.pairing.old, old), text(&self.pairing.new, new));
        let is_still_choice = old.is_choice() && new.is_choice();
        if !is_still_choice {
            let change = Change::new(On::Body, Kind::Retyped).before(was).after(is);
            changes.push(change.breaks_source("the type is different"));
        }
        let names = |side: &Side<'_>, operation: usize, index: usize| {
            side.names.operation(operation).bodies.get(index).cloned().unwrap_or_default()
        };
        for (index, content) in new.contents().enumerate() {
            let name = names(&self.pairing.new, self.new, index);
            match old.contents().find(|other| other.media_type == content.media_type) {
                Some(other) => {
                    let found = self.one_content(flow, other, content).into_iter();
                    changes
                        .extend(found.chain(fields(flow, other, content)).map(|change| change.named(&name)));
                }
                None if is_still_choice => {
                    let change = Change::new(On::Body, Kind::Added).named(&name).after(&content.media_type);
                    let why = Effect::breaks(super::constants::EXHAUSTIVE);
                    changes.push(change.reading(if self.options.in_user_crate { why } else { None }));
                }
                None => {}
            }
        }
        for (index, content) in old.contents().enumerate() {
            if new.contents().any(|other| other.media_type == content.media_type) {
                continue;
            }
            let name = names(&self.pairing.old, self.old, index);
            let cases = Cases { written_by_old: Effect::breaks(OTHER_FORM), ..Cases::default() };
            let change = Change::new(On::Body, Kind::Removed).before(&content.media_type);
            let change = if name.is_empty() { change } else { change.named(&name) };
            let change = change.on_wire(cases.along(flow));
            changes.push(if is_still_choice { change.breaks_source("it is gone") } else { change });
        }
        changes
    }

    fn one_content(&self, flow: Flow, old: &BodyContent, new: &BodyContent) -> Option<Change> {
        let was = (old.content, std::slice::from_ref(&old.media_type));
        let is = (new.content, std::slice::from_ref(&new.media_type));
        self.content(On::Body, flow, was, is)
    }
}

/// The changes in how form fields are encoded.
fn fields(flow: Flow, old: &BodyContent, new: &BodyContent) -> Vec<Change> {
    let find = |fields: &[FormField], name: &str| fields.iter().find(|field| field.property == name).cloned();
    let gone = old.fields.iter().filter(|field| find(&new.fields, &field.property).is_none());
    let names = new.fields.iter().chain(gone).map(|field| &field.property);
    let otherwise = Effect::breaks(WRITTEN_OTHERWISE);
    let cases = Cases {
        read_by_old: otherwise,
        read_by_new: otherwise,
        written_by_old: otherwise,
        written_by_new: otherwise,
    };
    let change = |name: &String| {
        let (was, is) = (field_text(find(&old.fields, name)), field_text(find(&new.fields, name)));
        let change = Change::new(On::Body, Kind::Changed)
            .before(format!("{name}: {was}"))
            .after(format!("{name}: {is}"))
            .on_wire(cases.along(flow));
        (was != is).then_some(change)
    };
    names.filter_map(change).collect()
}

fn field_text(field: Option<FormField>) -> String {
    let Some(field) = field else { return "by default".to_owned() };
    let form = field.form.map(form_text);
    let parts: Vec<String> = field.media_type.into_iter().chain(form).collect();
    if parts.is_empty() { "by default".to_owned() } else { parts.join(", ") }
}

/// The change when a body became required or optional.
fn presence(flow: Flow, old: &Body, new: &Body) -> Option<Change> {
    let lacks = Effect::breaks("a request without a body is refused");
    let (kind, cases) = match (old.required, new.required) {
        (true, false) => (Kind::MadeOptional, Cases { read_by_old: lacks, ..Cases::default() }),
        (false, true) => (Kind::MadeRequired, Cases { written_by_old: lacks, ..Cases::default() }),
        (true, true) | (false, false) => return None,
    };
    Some(Change::new(On::Body, kind).on_wire(cases.along(flow)))
}

fn text(side: &Side<'_>, body: &Body) -> String {
    if !body.is_choice() {
        return content_text(side, body.main.content);
    }
    let media_types: Vec<&str> = body.contents().map(|content| content.media_type.as_str()).collect();
    format!("one of {}", media_types.join(", "))
}
