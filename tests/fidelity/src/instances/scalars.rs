//! Random numbers and texts within the bounds of a schema.

use fastrand::Rng;
use serde_json::{Value, json};

use crate::parts::Parts;
use crate::pattern;

const TEXTS: [&str; 12] = [
    "text",
    "a",
    "two words",
    "Übergröße",
    "日本",
    "null",
    "true",
    "12",
    "line\nbreak",
    "\"quoted\"",
    "🦀",
    "x/y~z",
];
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A value of any type.
pub(super) fn anything(rng: &mut Rng) -> Value {
    match rng.u8(0..6) {
        0 => json!("free text"),
        1 => json!(rng.i32(-1000..1000)),
        2 => json!({"free": {"form": [1, "two", null]}}),
        3 => json!([true, 2.5]),
        4 => json!(rng.bool()),
        _ => json!({}),
    }
}

/// The bounds that are said, and `low` and `high` where none is.
fn bounds(parts: &Parts, step: f64, low: f64, high: f64) -> (f64, f64) {
    let numbers = |key: &'static str, add: f64| {
        let limits = parts.all(key).filter_map(Value::as_f64).map(move |limit| limit + add);
        limits.collect::<Vec<_>>()
    };
    let lows = [numbers("minimum", 0.0), numbers("exclusiveMinimum", step)].concat();
    let highs = [numbers("maximum", 0.0), numbers("exclusiveMaximum", -step)].concat();
    (lows.into_iter().fold(low, f64::max), highs.into_iter().fold(high, f64::min))
}

fn integer_range(parts: &Parts) -> (f64, f64) {
    let formats = [
        ("int8", -128.0, 127.0),
        ("int16", -32768.0, 32767.0),
        ("int32", -2_147_483_648.0, 2_147_483_647.0),
        ("uint8", 0.0, 255.0),
        ("uint16", 0.0, 65535.0),
        ("uint32", 0.0, 4_294_967_295.0),
        ("uint64", 0.0, 9_007_199_254_740_991.0),
        ("uint", 0.0, 9_007_199_254_740_991.0),
    ];
    let known = formats.iter().find(|(format, _, _)| parts.has_format(format));
    known.map_or((-9_007_199_254_740_991.0, 9_007_199_254_740_991.0), |(_, low, high)| (*low, *high))
}

/// Whether a number has the format of an integer, which OpenAPI's format registry has for numbers too. The judge of JSON
/// Schema knows nothing of these formats.
pub(super) fn is_whole(parts: &Parts) -> bool {
    ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "uint"]
        .into_iter()
        .any(|format| parts.has_format(format))
}

/// A whole number.
pub(super) fn integer(rng: &mut Rng, parts: &Parts) -> Option<Value> {
    let (low, high) = integer_range(parts);
    let (low, high) = bounds(parts, 1.0, low, high);
    let (low, high) = (low.ceil(), high.floor());
    if low > high {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "both lie within what a double counts exactly")]
    let (low, high) = (low as i64, high as i64);
    let step = parts.all("multipleOf").filter_map(Value::as_i64).max().unwrap_or(1).max(1);
    let value = match rng.u8(0..6) {
        0 => low,
        1 => high,
        2 => 0.clamp(low, high),
        3 => 1.clamp(low, high),
        4 => rng.i64(-1000..1000).clamp(low, high),
        _ => rng.i64(low..=high),
    };
    let value = value - value.rem_euclid(step);
    Some(json!(if value < low { value.checked_add(step)? } else { value }))
}

/// A number.
pub(super) fn number(rng: &mut Rng, parts: &Parts) -> Option<Value> {
    if parts.all("multipleOf").filter_map(Value::as_f64).any(|step| step >= 1.0) || rng.u8(0..4) == 0 {
        return integer(rng, parts);
    }
    let (low, high) = bounds(parts, 0.125, -1.0e6, 1.0e6);
    if low > high {
        return integer(rng, parts);
    }
    // Quarters are written the same by everybody.
    let value = (rng.f64() * (high - low).min(2.0e6) + low).clamp(low, high);
    let value = if rng.bool() { (value * 4.0).round() / 4.0 } else { value };
    Some(json!(value.clamp(low, high)))
}

/// A text.
pub(super) fn string(rng: &mut Rng, parts: &Parts) -> Option<Value> {
    let least = parts.all("minLength").filter_map(Value::as_u64).max().unwrap_or(0);
    let most = parts.all("maxLength").filter_map(Value::as_u64).min().unwrap_or(u64::MAX);
    let pattern = parts.all("pattern").filter_map(Value::as_str).next();
    let format = parts.all("format").filter_map(Value::as_str).find_map(|format| formatted(rng, format));
    let text = match (format, pattern) {
        (Some(text), None) => return Some(Value::String(text)),
        (Some(text), Some(pattern)) if pattern::matches(pattern, &text) => return Some(Value::String(text)),
        (_, Some(pattern)) => pattern::sample(pattern, rng).unwrap_or_default(),
        (None, None) => rng.choice(TEXTS).unwrap_or_default().to_owned(),
    };
    let length = text.chars().count() as u64;
    let text = if length > most {
        text.chars().take(usize::try_from(most).ok()?).collect()
    } else if length < least && least < 100_000 {
        text + &"x".repeat(usize::try_from(least - length).ok()?)
    } else {
        text
    };
    Some(Value::String(text))
}

fn formatted(rng: &mut Rng, format: &str) -> Option<String> {
    let date = format!("{:04}-{:02}-{:02}", rng.u16(1970..2100), rng.u8(1..=12), rng.u8(1..=28));
    let time = format!("{:02}:{:02}:{:02}", rng.u8(0..24), rng.u8(0..60), rng.u8(0..60));
    Some(match format {
        "date" => date,
        "time" => format!("{time}Z"),
        "date-time" if rng.bool() => format!("{date}T{time}Z"),
        "date-time" => format!("{date}T{time}.{:03}Z", rng.u16(0..1000)),
        "uuid" => {
            let hex = format!("{:032x}", rng.u128(..));
            let cut = |from: usize, to: usize| hex.get(from..to).unwrap_or_default().to_owned();
            format!("{}-{}-{}-{}-{}", cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32))
        }
        "byte" | "base64" => {
            let letters: Vec<u8> =
                (0..4 * rng.usize(0..6)).filter_map(|_| rng.choice(ALPHABET).copied()).collect();
            String::from_utf8(letters).ok()?
        }
        "email" | "idn-email" => format!("user{}@example.com", rng.u16(..)),
        "uri" | "url" | "uri-reference" | "iri" => format!("https://example.com/path/{}?q=1", rng.u16(..)),
        "hostname" => format!("host{}.example.com", rng.u16(..)),
        "ipv4" | "ip" => format!("192.0.2.{}", rng.u8(..)),
        "ipv6" => format!("2001:db8::{:x}", rng.u16(1..)),
        "duration" => format!("P{}DT{}H", rng.u8(1..30), rng.u8(1..24)),
        "int64" | "int32" | "uint64" | "integer" | "long" => rng.i32(0..).to_string(),
        "decimal" | "double" | "float" | "number" => format!("{}.5", rng.i16(..)),
        _ => return None,
    })
}
