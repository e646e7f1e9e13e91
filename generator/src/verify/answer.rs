//! Selects the response and the content that a recorded response is read as: by status, then by media type, with the
//! rules of the runtime's `response_variant.rs`.

pub(super) use modelsmith_runtime::essence;
use modelsmith_runtime::{is_json, is_text};

use crate::ir::{Content, Response, ResponseContent, Status};

/// What the document says about a recorded response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'g> {
    /// The response that the document declares for the status.
    pub(super) named: Option<&'g Response>,
    /// The response and the content that the body is read as.
    pub(super) read: Option<(&'g Response, &'g ResponseContent)>,
    /// Whether the document declares the media type, or another one of the same kind.
    pub(super) is_of_kind: bool,
}

/// The score of binary content, which accepts any media type.
pub(super) const OF_BYTES: u8 = 1;

/// Selects what a response is read as. The media type has no parameters and is in lower case.
pub(super) fn answer<'g>(
    responses: &'g [Response],
    status: u16,
    media_type: Option<&str>,
    is_empty: bool,
) -> Answer<'g> {
    let named = named(responses, status);
    let is_documented = named.is_some_and(|response| response.status != Status::Default);
    if (200..300).contains(&status)
        && !is_documented
        && let Some(only) = only_success(responses)
        && let Some((content, fit)) = chosen(only, media_type)
        && is_meant(content, fit, media_type, is_empty)
    {
        return Answer { named, read: Some((only, content)), is_of_kind: true };
    }
    let Some((response, (content, fit))) = named.and_then(|named| Some((named, chosen(named, media_type)?)))
    else {
        return Answer { named, read: None, is_of_kind: true };
    };
    let says_nothing = response.contents.iter().all(|content| content.media_types.is_empty());
    let is_of_kind = media_type.is_none() || says_nothing || fit > OF_BYTES;
    Answer { named, read: Some((response, content)), is_of_kind }
}

/// The response for a status: the exact code, then the range (`4XX`), then `default`.
fn named(responses: &[Response], status: u16) -> Option<&Response> {
    let of = |wanted: &dyn Fn(Status) -> bool| responses.iter().find(|response| wanted(response.status));
    of(&|found| found == Status::Code(status))
        .or_else(|| {
            of(&|found| matches!(found, Status::Range(hundreds) if u16::from(hundreds) == status / 100))
        })
        .or_else(|| of(&|found| found == Status::Default))
}

/// The success response, if the document declares exactly one.
fn only_success(responses: &[Response]) -> Option<&Response> {
    let is_success =
        |response: &&Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
    let mut successes = responses.iter().filter(is_success);
    successes.next().filter(|_| successes.next().is_none())
}

/// The content of a response for a media type, and its score. Without a media type, the first content.
fn chosen<'g>(response: &'g Response, media_type: Option<&str>) -> Option<(&'g ResponseContent, u8)> {
    let mut best: Option<(&ResponseContent, u8)> = None;
    for content in &response.contents {
        let fit = media_type.map_or(0, |media_type| fit(content.content, &content.media_types, media_type));
        if best.is_none_or(|(_, most)| fit > most) {
            best = Some((content, fit));
        }
    }
    best
}

/// Whether a body whose status the document does not declare certainly belongs to this content.
fn is_meant(content: &ResponseContent, fit: u8, media_type: Option<&str>, is_empty: bool) -> bool {
    match (content.content, media_type) {
        (Content::Empty, _) => is_empty,
        (Content::Bytes | Content::Form(_), _) if content.media_types.is_empty() => true,
        (_, Some(_)) => fit > OF_BYTES,
        (_, None) => !is_empty,
    }
}

/// The score of a media type: highest if the document names it, lowest if the body could not be of this content.
pub(super) fn fit(content: Content, names: &[String], media_type: &str) -> u8 {
    let named = names.iter().map(|name| {
        let name = essence(name);
        match name.strip_suffix('*') {
            Some("*/") => 3,
            Some(family) if media_type.starts_with(family) => 4,
            None if name == media_type => 5,
            Some(_) | None => 0,
        }
    });
    let of_kind = match content {
        Content::Json(_) if is_json(media_type) => 2,
        Content::String if is_json(media_type) || is_text(media_type) => 2,
        Content::Text if is_text(media_type) => 2,
        Content::Bytes => OF_BYTES,
        Content::Json(_) | Content::Form(_) | Content::String | Content::Text | Content::Empty => 0,
    };
    named.max().unwrap_or(0).max(of_kind)
}

/// The one of these names that the document uses for a media type; the first name if none matches.
pub(super) fn name_of<'n>(names: &'n [String], media_type: Option<&str>) -> &'n str {
    let same = |name: &&String| media_type.is_some_and(|media_type| essence(name) == media_type);
    names.iter().find(same).or(names.first()).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use modelsmith_runtime::{Answer as Read, Body, Error, Held, Received, Respond, ResponseParts, respond};

    use super::*;
    use crate::ir::{Graph, Shape};
    use crate::testing::read;

    const DOCUMENT: &str = "
        paths:
          /several:
            get:
              responses:
                '200':
                  description: It
                  content:
                    application/json: { schema: { type: integer } }
                    text/csv: { schema: { type: string } }
                    image/*: { schema: { type: string, format: binary } }
                '202': { description: Nothing is said }
                '203': { description: Any, content: { application/json: {} } }
                4XX: { description: No, content: { application/problem+json: { schema: { type: integer } } } }
                default: { description: Else, content: { application/json: { schema: { type: integer } } } }
          /one:
            get:
              responses:
                '200': { description: It, content: { application/json: { schema: { type: integer } } } }
                '404': { description: No, content: { text/plain: { schema: { type: string } } } }
          /none:
            delete: { responses: { '204': { description: Done }, default: { description: Else, content: { application/json: {} } } } }
    ";

    /// The variant that the runtime selects.
    struct Variant<const OPERATION: usize>(String);

    macro_rules! answers {
        ($operation:literal: $($variant:literal $from:literal $to:literal $held:ident [$($media_type:literal),*],)*) => {
            impl Respond for Variant<$operation> {
                const ANSWERS: &'static [Read] = &[$(Read {
                    variant: $variant,
                    statuses: ($from, $to),
                    held: Held::$held,
                    media_types: &[$($media_type),*],
                }),*];
                const SECRET: bool = false;

                fn read(variant: &str, _: Received<'_>) -> Result<Self, Error> {
                    Ok(Self(variant.to_owned()))
                }

                fn parts(&self) -> ResponseParts<'_> {
                    ResponseParts { variant: "", status: 0, body: Body::Empty }
                }
            }
        };
    }

    // As `emit` writes them for the document above.
    answers!(0:
        "200 application/json" 200 200 Json ["application/json"],
        "200 text/csv" 200 200 Text ["text/csv"],
        "200 image/*" 200 200 Bytes ["image/*"],
        "202 " 202 202 Bytes [],
        "203 application/json" 203 203 Any ["application/json"],
        "4XX application/problem+json" 400 499 Json ["application/problem+json"],
        "default application/json" 0 65535 Json ["application/json"],
    );
    answers!(1:
        "200 application/json" 200 200 Json ["application/json"],
        "404 text/plain" 404 404 Text ["text/plain"],
    );
    answers!(2:
        "204 " 204 204 Empty [],
        "default application/json" 0 65535 Any ["application/json"],
    );

    fn by_runtime<const OPERATION: usize>(status: u16, content_type: Option<&str>, body: &[u8]) -> String
    where
        Variant<OPERATION>: Respond,
    {
        respond::<Variant<OPERATION>>(Received { status, content_type, body }).expect("it always reads").0
    }

    fn by_verify(
        graph: &Graph,
        operation: usize,
        status: u16,
        content_type: Option<&str>,
        body: &[u8],
    ) -> String {
        let responses = &graph.operations()[operation].responses;
        let media_type = content_type.map(essence);
        let found = answer(responses, status, media_type.as_deref(), body.is_empty());
        let Some((response, content)) = found.read else { return "Other".to_owned() };
        let is_any = content
            .content
            .ty()
            .is_some_and(|ty| matches!(graph.get(graph.definition(ty.id)).shape, Shape::Any(_)));
        if is_any && media_type.is_some_and(|media_type| !is_json(&media_type)) {
            return "Other".to_owned();
        }
        format!("{} {}", response.status, content.media_types.first().map_or("", String::as_str))
    }

    #[test]
    fn responses_are_read_as_the_runtime_reads_them() {
        let graph = read(DOCUMENT).graph;
        let media_types = [
            None,
            Some("application/json"),
            Some("Application/Problem+JSON; charset=utf-8"),
            Some("text/csv"),
            Some("text/plain"),
            Some("image/png"),
            Some("application/octet-stream"),
            Some("text/event-stream"),
        ];
        let mut count = 0;
        for status in [100, 200, 201, 202, 203, 204, 206, 301, 400, 404, 499, 500] {
            for content_type in media_types {
                for body in [&b""[..], b"1"] {
                    let expected = [
                        by_runtime::<0>(status, content_type, body),
                        by_runtime::<1>(status, content_type, body),
                        by_runtime::<2>(status, content_type, body),
                    ];
                    for (operation, expected) in expected.into_iter().enumerate() {
                        let found = by_verify(&graph, operation, status, content_type, body);
                        assert_eq!(found, expected, "{operation} {status} {content_type:?} {body:?}");
                        count += 1;
                    }
                }
            }
        }
        assert_eq!(count, 576);
    }
}
