//! Splits a multipart body into parts (RFC 2046 §5.1, RFC 7578).

use std::borrow::Cow;

use memchr::memmem;

use crate::verify::traffic::Field;

/// The largest number of parts that are read.
const MOST: usize = 10_000;

/// The fields of a body, split at the `boundary` of its media type. `None` if the body is not a multipart form.
pub(in crate::verify) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Field<'a>>> {
    let delimiter = format!("--{}", boundary(content_type)?);
    let find = |from: usize| Some(from + memmem::find(body.get(from..)?, delimiter.as_bytes())?);
    let mut fields = Vec::new();
    let mut at = find(0)? + delimiter.len();
    while fields.len() < MOST && !body.get(at..)?.starts_with(b"--") {
        let end = find(at)?;
        let part = trimmed(body.get(at..end)?);
        fields.extend(field(part));
        at = end + delimiter.len();
    }
    Some(fields)
}

/// A part without the line breaks around it.
fn trimmed(part: &[u8]) -> &[u8] {
    let part = part.strip_prefix(b"\r\n").or(part.strip_prefix(b"\n")).unwrap_or(part);
    part.strip_suffix(b"\r\n").or(part.strip_suffix(b"\n")).unwrap_or(part)
}

fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut named = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    named.next().map(|(_, value)| value.trim().trim_matches('"')).filter(|value| !value.is_empty())
}

fn field(part: &[u8]) -> Option<Field<'_>> {
    let (length, gap) = match (memmem::find(part, b"\r\n\r\n"), memmem::find(part, b"\n\n")) {
        (Some(at), Some(other)) if other < at => (other, 2),
        (Some(at), _) => (at, 4),
        (None, Some(at)) => (at, 2),
        // Browsers that leave out the content of files end the part after the headers.
        (None, None) => (part.len(), 0),
    };
    let head = std::str::from_utf8(part.get(..length)?).ok()?;
    let content = part.get(length + gap..)?;
    let header = |wanted: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(':'));
        let mut found = lines.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.next().map(|(_, value)| value.trim())
    };
    let disposition = header("content-disposition")?;
    let media_type = header("content-type").map(Cow::Borrowed);
    let is_file = parameter(disposition, "filename").or(parameter(disposition, "filename*")).is_some();
    let value = if is_file { Cow::Borrowed("") } else { String::from_utf8_lossy(content) };
    Some(Field { name: parameter(disposition, "name")?.into(), value, is_file, media_type })
}

/// The value of a header's parameter, without quotes.
fn parameter<'a>(header: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once(';') {
        let (name, value) = after.split_once('=')?;
        let (value, after) = match value.trim_start().strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value.trim());
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_fields_and_files() {
        let body = b"--x y\r\nContent-Disposition: form-data; name=\"a;b\"\r\n\r\n1\r\n--x y\r\n\
            content-type: text/plain\r\nContent-Disposition: form-data; filename=\"f.txt\"; name=file\r\n\r\n\xff\xfe\r\n--x y--\r\n";
        let fields =
            parts("multipart/form-data; charset=utf-8; Boundary=\"x y\"", body).expect("it is a body");
        let field =
            |name: &'static str, value: &'static str, is_file, media_type: Option<&'static str>| Field {
                name: name.into(),
                value: value.into(),
                is_file,
                media_type: media_type.map(Cow::Borrowed),
            };
        assert_eq!(fields, [field("a;b", "1", false, None), field("file", "", true, Some("text/plain"))]);
        for (content_type, body) in [
            ("multipart/form-data", "--x--"),
            ("multipart/form-data; boundary=x", "--x\r\n"),
            ("a; boundary=x", ""),
        ] {
            assert_eq!(parts(content_type, body.as_bytes()), None, "{content_type} {body}");
        }
    }
}
