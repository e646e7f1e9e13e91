//! Writes JSON.
//!
//! This does not use `serde`: it writes the view of a value. `serde_json` writes numbers with a fraction, and values
//! that are not models.

use super::error::Error;
use super::object::Parts;
use super::scalar::Scalar;
use super::strings::{is_plain, scan};
use super::view::{Entries, Text, View, Viewed};
use serde::ser::Error as _;
use std::fmt;

/// Writes a value as JSON in UTF-8.
pub fn to_vec<T: View>(value: &T) -> Result<Vec<u8>, Error> {
    let mut out = Vec::with_capacity(128);
    write(value, &mut out)?;
    Ok(out)
}

/// Writes a value as JSON.
pub fn to_string<T: View>(value: &T) -> Result<String, Error> {
    String::from_utf8(to_vec(value)?).map_err(Error::custom)
}

/// Writes a value as JSON in UTF-8 to a writer.
pub fn to_writer<T: View>(mut writer: impl std::io::Write, value: &T) -> Result<(), Error> {
    writer.write_all(&to_vec(value)?).map_err(Error::custom)
}

fn write(value: &dyn View, out: &mut Vec<u8>) -> Result<(), Error> {
    match value.view() {
        Viewed::Scalar(scalar) => return write_scalar(scalar, out),
        Viewed::Single(float) => json(&float, out)?,
        Viewed::Unsigned(int) => out.extend_from_slice(int.to_string().as_bytes()),
        Viewed::Text(text) => write_text(text, out)?,
        Viewed::Bytes(bytes) => json(bytes, out)?,
        Viewed::Value(value) => json(value, out)?,
        Viewed::Map(map) => json(map, out)?,
        Viewed::Items(items) => {
            out.push(b'[');
            let mut index = 0;
            while let Some(item) = items.at(index) {
                if index > 0 {
                    out.push(b',');
                }
                write(item, out)?;
                index += 1;
            }
            out.push(b']');
        }
        Viewed::Entries(entries) => {
            out.push(b'{');
            write_entries(entries, &mut true, out)?;
            out.push(b'}');
        }
        Viewed::Object(object) => {
            let mut result = Ok(());
            object.fields(&mut |parts, fields, others| result = write_object(parts, fields, others, out));
            result?;
        }
        Viewed::Ruled(_, value) => write(value, out)?,
        Viewed::Foreign(foreign) => foreign.json(out).map_err(Error::custom)?,
    }
    Ok(())
}

fn json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), Error> {
    serde_json::to_writer(out, value).map_err(Error::custom)
}

fn write_scalar(scalar: Scalar<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    match scalar {
        Scalar::Null => out.extend_from_slice(b"null"),
        Scalar::Bool(true) => out.extend_from_slice(b"true"),
        Scalar::Bool(false) => out.extend_from_slice(b"false"),
        Scalar::Int(int) => match i64::try_from(int) {
            Ok(int) => write_int(int, out),
            Err(_) => out.extend_from_slice(int.to_string().as_bytes()),
        },
        Scalar::Float(float) => json(&float, out)?,
        Scalar::Str(text) => write_str(text, out),
    }
    Ok(())
}

fn write_int(int: i64, out: &mut Vec<u8>) {
    let mut digits = [0; 19];
    let (mut rest, mut from) = (int.unsigned_abs(), digits.len());
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        (rest, from) = (rest / 10, from - 1);
        if rest == 0 {
            break;
        }
    }
    if int < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(digits.get(from..).unwrap_or_default());
}

fn write_object(
    parts: &Parts,
    fields: &[Option<&dyn View>],
    others: Option<&dyn Entries>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let mut first = true;
    out.push(b'{');
    for constant in parts.constants {
        write_name(constant.name, &mut first, out);
        write_scalar(constant.value, out)?;
    }
    for (name, field) in parts.written(fields) {
        write_name(name, &mut first, out);
        write(field, out)?;
    }
    if let Some(others) = others {
        write_entries(others, &mut first, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_entries(entries: &dyn Entries, first: &mut bool, out: &mut Vec<u8>) -> Result<(), Error> {
    let mut result = Ok(());
    entries.each(&mut |name, value| {
        write_name(name, first, out);
        result = write(value, out);
        result.is_ok()
    });
    result
}

fn write_name(name: &str, first: &mut bool, out: &mut Vec<u8>) {
    let begin: &[u8] = if std::mem::take(first) { b"\"" } else { b",\"" };
    out.extend_from_slice(begin);
    escape(name, out);
    out.extend_from_slice(b"\":");
}

fn write_text(text: &dyn Text, out: &mut Vec<u8>) -> Result<(), Error> {
    out.push(b'"');
    text.write(&mut Inside(out)).map_err(|_| Error::new("a value cannot be written as a string"))?;
    out.push(b'"');
    Ok(())
}

/// Writes the inside of a string.
struct Inside<'a>(&'a mut Vec<u8>);

impl fmt::Write for Inside<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(text, self.0);
        Ok(())
    }
}

fn write_str(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    escape(text, out);
    out.push(b'"');
}

/// Writes a text with escapes for quotes, backslashes and control characters. The bytes between these are written at
/// once.
#[inline]
fn escape(text: &str, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape_some(text.as_bytes(), out);
    }
}

fn escape_some(bytes: &[u8], out: &mut Vec<u8>) {
    let mut from = 0;
    loop {
        let at = scan(bytes, from);
        out.extend_from_slice(bytes.get(from..at).unwrap_or_default());
        let Some(byte) = bytes.get(at) else { return };
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x8 => out.extend_from_slice(b"\\b"),
            0xC => out.extend_from_slice(b"\\f"),
            byte => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
        }
        from = at + 1;
    }
}
