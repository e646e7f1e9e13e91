//! Selects the variant of a response that a body is read into: by the status code, then by the media type.

use super::error::Error;
use super::read;
use super::response::Received;

/// A body that the document declares for a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Answer {
    pub variant: &'static str,
    /// The first and the last status code; the whole range for `default`.
    pub statuses: (u16, u16),
    pub held: Held,
    /// The media types of the body. Empty if the document does not declare any.
    pub media_types: &'static [&'static str],
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Held {
    Json,
    /// JSON without a schema.
    Any,
    /// A string: JSON or text, depending on the media type.
    String,
    Text,
    Bytes,
    /// The response has no body.
    Empty,
}

/// The range of [`Answer::statuses`] that stands for every status.
const EVERY: (u16, u16) = (0, u16::MAX);

/// Finds the variant and reads it with `read`, which is not called if the document does not describe the response.
///
/// The answers with one status come first, then those with a range, then those for every status. Only a success that
/// does not match the document is an error.
pub(super) fn answer(
    answers: &'static [Answer],
    received: Received<'_>,
    read: &mut dyn FnMut(&'static str) -> Result<(), Error>,
) -> Result<(), Error> {
    let Received { status, content_type, body } = received;
    let media_type = content_type.map(essence).filter(|media_type| !media_type.is_empty());
    let media_type = media_type.as_deref();
    let is_success = (200..300).contains(&status);
    let is_for = |chunk: &&[Answer]| {
        chunk.first().is_some_and(|answer| answer.statuses.0 <= status && status <= answer.statuses.1)
    };
    let named = by_status(answers).find(is_for);
    let is_undocumented = named.and_then(<[Answer]>::first).is_none_or(|answer| answer.statuses == EVERY);
    if is_success && is_undocumented {
        let fitting = only_success(answers).and_then(|only| fitting(only, media_type, body));
        if fitting.is_some_and(|answer| read(answer.variant).is_ok()) {
            return Ok(());
        }
    }
    let Some(answer) = named.and_then(|named| chosen(named, media_type)) else { return Ok(()) };
    let is_certain = match (answer.held, media_type) {
        // A body that the document does not describe need not be JSON.
        (Held::Any, Some(media_type)) if !is_json(media_type) => return Ok(()),
        (Held::Any, None) => false,
        (Held::Json | Held::Any | Held::String | Held::Text | Held::Bytes | Held::Empty, _) => is_success,
    };
    read(answer.variant).or_else(|error| if is_certain { Err(error) } else { Ok(()) })
}

fn by_status(answers: &'static [Answer]) -> impl Iterator<Item = &'static [Answer]> {
    answers.chunk_by(|one, next| one.statuses == next.statuses)
}

/// The answers of the success response, if the document declares exactly one.
fn only_success(answers: &'static [Answer]) -> Option<&'static [Answer]> {
    let is_success = |chunk: &&[Answer]| {
        chunk.first().is_some_and(|answer| 200 <= answer.statuses.0 && answer.statuses.1 < 300)
    };
    let mut successes = by_status(answers).filter(is_success);
    successes.next().filter(|_| successes.next().is_none())
}

/// The answer for a media type among those of one status; the first if the response has no media type.
fn chosen(answers: &'static [Answer], media_type: Option<&str>) -> Option<&'static Answer> {
    let mut best: Option<(u8, &Answer)> = None;
    for answer in answers {
        let fit = media_type.map_or(0, |media_type| fit(answer, media_type));
        if best.is_none_or(|(most, _)| fit > most) {
            best = Some((fit, answer));
        }
    }
    best.map(|(_, answer)| answer)
}

/// The answer for a media type, if the document names the type or the type is certainly of the answer's kind.
fn fitting(answers: &'static [Answer], media_type: Option<&str>, body: &[u8]) -> Option<&'static Answer> {
    let answer = chosen(answers, media_type)?;
    let fits = match (answer.held, media_type) {
        (Held::Empty, _) => body.is_empty(),
        (Held::Bytes, _) if answer.media_types.is_empty() => true,
        (_, Some(media_type)) => fit(answer, media_type) > OF_BYTES,
        (_, None) => !body.is_empty(),
    };
    fits.then_some(answer)
}

/// The score of binary content, which accepts any media type.
const OF_BYTES: u8 = 1;

/// The score of a media type, from 5, which the document names, to 0, which the answer cannot have.
fn fit(answer: &Answer, media_type: &str) -> u8 {
    let named = answer.media_types.iter().map(|name| {
        let name = essence(name);
        match name.strip_suffix('*') {
            Some("*/") => 3,
            Some(family) if media_type.starts_with(family) => 4,
            None if name == media_type => 5,
            Some(_) | None => 0,
        }
    });
    let of_kind = match answer.held {
        Held::Json | Held::Any if is_json(media_type) => 2,
        Held::String if is_json(media_type) || is_text(media_type) => 2,
        Held::Text if is_text(media_type) => 2,
        Held::Bytes => OF_BYTES,
        Held::Json | Held::Any | Held::String | Held::Text | Held::Empty => 0,
    };
    named.max().unwrap_or(0).max(of_kind)
}

/// The media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type, without parameters and in lower case, is JSON.
pub fn is_json(essence: &str) -> bool {
    let is_named = matches!(essence, "application/json" | "text/json") || essence.ends_with("+json");
    is_named && !is_sequence(essence)
}

/// Whether a media type is text: `text/*`, a sequence of values, XML, YAML or one of a few languages.
pub fn is_text(essence: &str) -> bool {
    let is_textual = matches!(
        essence,
        "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/toml"
            | "application/sql"
            | "application/graphql"
            | "application/javascript"
            | "application/x-javascript"
    ) || essence.ends_with("+xml")
        || essence.ends_with("+yaml");
    is_sequence(essence) || is_textual || essence.starts_with("text/") && !is_json(essence)
}

/// Whether a media type is a sequence of values.
pub fn is_sequence(essence: &str) -> bool {
    matches!(
        essence,
        "text/event-stream"
            | "application/ndjson"
            | "application/x-ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json"
    ) || essence.ends_with("+json-seq")
}

/// Reads a string that is JSON or text. Without a media type it is read as JSON if possible.
pub fn string(received: Received<'_>) -> Result<String, Error> {
    let Received { content_type, body, .. } = received;
    match content_type.map(essence).filter(|media_type| !media_type.is_empty()) {
        Some(media_type) if is_json(&media_type) => read::from_slice(body),
        Some(_) => text(received),
        None => read::from_slice(body).or_else(|_| text(received)),
    }
}

/// Reads text, which is UTF-8 unless the media type says that it is Latin 1.
pub fn text(received: Received<'_>) -> Result<String, Error> {
    let Received { content_type, body, .. } = received;
    let parameters = content_type.unwrap_or_default().split(';').skip(1);
    let charset = parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let is_latin = charset.is_some_and(|charset| {
        charset.eq_ignore_ascii_case("iso-8859-1") || charset.eq_ignore_ascii_case("latin1")
    });
    if is_latin {
        return Ok(body.iter().copied().map(char::from).collect());
    }
    super::response::body(String::from_utf8(body.to_vec()))
}
