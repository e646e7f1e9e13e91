//! Multipart bodies (RFC 7578).

use super::super::{Entries, Error, File, Parts, Upload, View, Viewed, essence, is_json};
use super::body::{Body, Piece, json};
use super::table::Place;
use super::wire::Wire;
use std::borrow::Cow;
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// Writes a form. `fields` has the media types that the document gives to its fields.
///
/// Files have a name and a media type, objects are JSON, and each item of a list is a part. `null` is left out.
pub fn write(media_type: &str, value: &dyn View, fields: &[Place]) -> Result<Body, Error> {
    let boundary = boundary(value, fields)?;
    let (mut pieces, mut bytes) = (Vec::new(), Vec::new());
    each_part(value, fields, &mut |head, content| {
        bytes.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
        match content {
            PartContent::Bytes(content) => bytes.extend_from_slice(content),
            PartContent::Upload(upload) => {
                pieces.extend([Piece::Bytes(std::mem::take(&mut bytes)), Piece::Upload(upload.clone())]);
            }
        }
        bytes.extend_from_slice(b"\r\n");
    })?;
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    pieces.push(Piece::Bytes(bytes));
    Ok(Body { content_type: format!("{media_type}; boundary={boundary}"), pieces })
}

/// The beginning of every boundary; sixteen hexadecimal digits follow.
const PREFIX: &str = "modelsmith-";

/// A boundary that does not occur in any part: the first number that is not taken, so that the same body always has the
/// same boundary. The content of an upload is not known before it is sent, so a body with an upload has a random
/// boundary of 32 digits.
fn boundary(value: &dyn View, fields: &[Place]) -> Result<String, Error> {
    let (mut taken, mut has_uploads) = (HashSet::new(), false);
    each_part(value, fields, &mut |head, content| match content {
        PartContent::Bytes(content) => taken.extend(numbers(head.as_bytes()).chain(numbers(content))),
        PartContent::Upload(_) => has_uploads = true,
    })?;
    if has_uploads {
        let random = || RandomState::new().build_hasher().finish();
        return Ok(format!("{PREFIX}{:016x}{:016x}", random(), random()));
    }
    let mut number = 0_u64;
    while taken.contains(&number) {
        number += 1;
    }
    Ok(format!("{PREFIX}{number:016x}"))
}

/// The numbers of the boundaries that occur in a text.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let begins = bytes.windows(PREFIX.len()).enumerate().filter(|(_, window)| *window == PREFIX.as_bytes());
    begins.filter_map(|(at, _)| {
        let digits = bytes.get(at + PREFIX.len()..at + PREFIX.len() + 16)?;
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let digits =
            std::str::from_utf8(digits).ok().filter(|digits| digits.as_bytes().iter().all(is_digit))?;
        u64::from_str_radix(digits, 16).ok()
    })
}

/// The content of a part.
enum PartContent<'a> {
    Bytes(&'a [u8]),
    Upload(&'a Upload),
}

/// Takes a part: its header lines, each with its line break, and its content.
type Take<'t> = &'t mut dyn FnMut(&str, PartContent<'_>);

/// Shows every part to `take`.
fn each_part(value: &dyn View, fields: &[Place], take: Take<'_>) -> Result<(), Error> {
    match value.view() {
        Viewed::Object(object) => {
            let mut result = Ok(());
            object.fields(&mut |parts, shown, others| {
                result = each_field(parts, shown, others, fields, take);
            });
            result
        }
        Viewed::Entries(entries) => each_entry(entries, fields, take),
        _ => super::form::members(value)?
            .iter()
            .try_for_each(|(name, value)| of_wire(name, value, media_type(fields, name), take)),
    }
}

fn each_field(
    parts: &Parts,
    shown: &[Option<&dyn View>],
    others: Option<&dyn Entries>,
    fields: &[Place],
    take: Take<'_>,
) -> Result<(), Error> {
    for constant in parts.constants {
        field(constant.name, &constant.value, media_type(fields, constant.name), take)?;
    }
    for (name, value) in parts.written(shown) {
        field(name, value, media_type(fields, name), take)?;
    }
    others.map_or(Ok(()), |others| each_entry(others, fields, take))
}

fn each_entry(entries: &dyn Entries, fields: &[Place], take: Take<'_>) -> Result<(), Error> {
    let mut result = Ok(());
    entries.each(&mut |name, value| {
        result = field(name, value, media_type(fields, name), take);
        result.is_ok()
    });
    result
}

/// The media type that the document gives to a field: the first one, if it gives several.
fn media_type(fields: &[Place], name: &str) -> Option<&'static str> {
    let found = fields.iter().find(|place| place.name == name)?.media_type?;
    found.split(',').next().map(str::trim).filter(|name| !name.is_empty() && !name.contains('*'))
}

fn field(name: &str, value: &dyn View, media_type: Option<&str>, take: Take<'_>) -> Result<(), Error> {
    let is_json = media_type.is_some_and(|media_type| is_json(&essence(media_type)));
    match value.view() {
        Viewed::Text(text) => {
            if let Some(file) = text.file().and_then(|file| file.downcast_ref::<File>()) {
                return of_file(name, file, media_type, take);
            }
        }
        Viewed::Items(items) if !is_json => {
            let mut items = (0..items.len()).filter_map(|index| items.at(index));
            return items.try_for_each(|item| field(name, item, media_type, take));
        }
        _ => {}
    }
    if is_json {
        return part(name, media_type, json(value)?.as_bytes(), take);
    }
    of_wire(name, &Wire::of(value)?, media_type, take)
}

fn of_file(name: &str, file: &File, media_type: Option<&str>, take: Take<'_>) -> Result<(), Error> {
    let content_type = file.content_type.as_deref().or(media_type).unwrap_or("application/octet-stream");
    check(name, content_type)?;
    let head = format!(
        "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {content_type}\r\n",
        quoted(name),
        quoted(&file.name),
    );
    match &file.upload {
        Some(upload) => take(&head, PartContent::Upload(upload)),
        None => take(&head, PartContent::Bytes(&file.bytes)),
    }
    Ok(())
}

fn of_wire(name: &str, value: &Wire, media_type: Option<&str>, take: Take<'_>) -> Result<(), Error> {
    match value {
        Wire::Absent => Ok(()),
        Wire::Text(text) | Wire::Plain(text) => part(name, media_type, text.as_bytes(), take),
        Wire::Many(items) => items.iter().try_for_each(|item| of_wire(name, item, media_type, take)),
        Wire::Fields(_) => {
            part(name, Some(media_type.unwrap_or("application/json")), value.to_text().as_bytes(), take)
        }
    }
}

fn part(name: &str, media_type: Option<&str>, content: &[u8], take: Take<'_>) -> Result<(), Error> {
    let mut head = format!("Content-Disposition: form-data; name=\"{}\"\r\n", quoted(name));
    if let Some(media_type) = media_type {
        check(name, media_type)?;
        head += &format!("Content-Type: {media_type}\r\n");
    }
    take(&head, PartContent::Bytes(content));
    Ok(())
}

/// Refuses a media type that would end its line.
fn check(name: &str, media_type: &str) -> Result<(), Error> {
    if media_type.chars().any(char::is_control) {
        return Err(Error::new(format_args!("the media type of `{name}` has a control character in it")));
    }
    Ok(())
}

/// A name for quotes, escaped as browsers do, so that it can end neither the quotes nor the line.
fn quoted(name: &str) -> Cow<'_, str> {
    if !name.contains(['"', '\r', '\n']) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}
