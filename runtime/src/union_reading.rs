//! Reads a union, and selects its variant.
//!
//! The variant is selected by the JSON type, by the tag and by the properties that the variants require. If several
//! variants remain, each is tried without building a value. The result is remembered for the place, so that an inner
//! union is decided once, however often the outer one is tried.

use super::decisions::Decision;
use super::error::{Error, Step, cut};
use super::read::Read;
use super::scalar::{Scalar, list};
use super::source::{BYTES, Source};
use super::union::{Candidate, Reading, Union, UnknownVariant, no_variant};
use super::values::shown;
use serde::de::Unexpected;
use serde_json::{Map, Value};
use std::any::TypeId;
use std::borrow::Cow;

/// Reads a union.
pub fn read_union<U: Union>(source: &mut Source<'_>) -> Result<U, Error> {
    match choose(U::READING, TypeId::of::<U>(), source, probe_variant::<U>)? {
        Choice::Variant { variant, sure } => {
            let read = U::visit(variant, source, true);
            shown(read, U::READING.secret && !sure)?.ok_or_else(no_variant::<U>)
        }
        Choice::Unknown(tag) => {
            source.unread += 1;
            same_tags(U::READING, &tag, source)?;
            let object = Map::<String, Value>::read(source)?;
            // An integer beyond 64 bits is rounded in a `Value`: the tag is what the object has.
            let tag = match U::READING.tag.first().and_then(|name| object.get(*name)) {
                Some(Value::Number(number)) => number.to_string(),
                _ => tag,
            };
            U::unknown(UnknownVariant { tag, object }).ok_or_else(no_variant::<U>)
        }
    }
}

/// Finds out whether a union could be read.
pub fn probe_union<U: Union>(source: &mut Source<'_>) -> Result<(), Error> {
    source.peek();
    let at = source.at;
    match choose(U::READING, TypeId::of::<U>(), source, probe_variant::<U>)? {
        Choice::Variant { variant, sure } => match source.decisions.get(at, TypeId::of::<U>()) {
            Some(Decision::Variant { end, unread, .. }) => {
                (source.at, source.unread) = (*end, source.unread + *unread);
                Ok(())
            }
            Some(Decision::Refused(_)) | None => {
                shown(probe_variant::<U>(variant, source), U::READING.secret && !sure)
            }
        },
        Choice::Unknown(tag) => {
            source.unread += 1;
            same_tags(U::READING, &tag, source)?;
            source.skip()
        }
    }
}

fn probe_variant<U: Union>(variant: usize, source: &mut Source<'_>) -> Result<(), Error> {
    U::visit(variant, source, false).map(drop)
}

/// What is known about a value before it is read.
enum Choice {
    /// The variant, and whether it was the only candidate: a value that is meant for another variant may hold a secret
    /// of that variant.
    Variant { variant: usize, sure: bool },
    /// The tag does not name a variant, and the object is kept.
    Unknown(String),
}

type Probe = fn(usize, &mut Source<'_>) -> Result<(), Error>;

fn choose(
    reading: &'static Reading,
    union: TypeId,
    source: &mut Source<'_>,
    probe: Probe,
) -> Result<Choice, Error> {
    let candidates = match source.peek() {
        b'{' => match reading.tag {
            [tag] => match by_tag(reading, tag, source)? {
                Tagged::Among(candidates) => candidates,
                Tagged::Unknown(tag) => return Ok(Choice::Unknown(tag)),
            },
            _ => reading.object,
        },
        b'"' => reading.string,
        BYTES if source.tape.is_some() => reading.string,
        b'[' => reading.array,
        b't' | b'f' => reading.boolean,
        b'-' | b'0'..=b'9' => {
            let at = source.at;
            let is_integer = match source.number()? {
                Scalar::Int(_) => true,
                Scalar::Float(float) => reading.number.is_empty() && source.exact(at, float).is_some(),
                Scalar::Null | Scalar::Bool(_) | Scalar::Str(_) => false,
            };
            source.at = at;
            if is_integer { reading.integer } else { reading.number }
        }
        _ => &[],
    };
    match candidates {
        [] => shown(Err(source.refuse(&expected(reading))), reading.secret),
        [only] => Ok(Choice::Variant { variant: only.variant, sure: true }),
        _ => {
            let decided = decide(reading, union, candidates, source, probe);
            shown(decided, reading.secret).map(|variant| Choice::Variant { variant, sure: false })
        }
    }
}

#[cold]
fn expected(reading: &Reading) -> String {
    let types = [
        ("a boolean", !reading.boolean.is_empty()),
        ("an integer", !reading.integer.is_empty()),
        ("a number", !reading.number.is_empty()),
        ("a string", !reading.string.is_empty()),
        ("an array", !reading.array.is_empty()),
        ("an object", !(reading.object.is_empty() && reading.tag.is_empty())),
    ];
    let types: Vec<_> = types.iter().filter(|(_, read)| *read).map(|(name, _)| *name).collect();
    format!("{} ({})", types.join(" or "), reading.name)
}

enum Tagged {
    Among(&'static [Candidate]),
    Unknown(String),
}

/// The variants that the tag of the current object names.
fn by_tag(reading: &'static Reading, tag: &'static str, source: &mut Source<'_>) -> Result<Tagged, Error> {
    let begin = source.at;
    let Some(at) = source.find(tag)? else {
        return among(reading.object, || no_tag(reading, tag), begin);
    };
    source.at = at;
    let looked = source.scalar(&"a string, an integer or a boolean");
    let value_at = at;
    source.at = begin;
    let found = looked.map_err(|error| error.or_at(value_at).inside(Step::property(tag)))?;
    match found.get() {
        Scalar::Null => among(reading.object, || no_tag(reading, tag), begin),
        tag => by_value(reading, tag, begin),
    }
}

/// Refuses an object that has the tag twice with different values: only the last one would be kept.
fn same_tags(reading: &'static Reading, first: &str, source: &mut Source<'_>) -> Result<(), Error> {
    let begin = source.at;
    for tag in reading.tag {
        let properties = source.properties()?;
        let places = properties.iter().filter(|(name, _)| name == tag).map(|(_, at)| *at);
        let mut is_same = true;
        for at in places {
            source.at = at;
            is_same &= source.scalar(&"a tag").is_ok_and(|found| text_of(found.get()) == first);
        }
        source.at = begin;
        if !is_same {
            let message = format!("`{tag}` occurs more than once, with different values");
            return Err(Error::new(message).or_at(begin));
        }
    }
    Ok(())
}

/// A tag as text.
fn text_of(tag: Scalar<'_>) -> Cow<'_, str> {
    match tag {
        Scalar::Str(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

fn by_value(reading: &'static Reading, tag: Scalar<'_>, begin: usize) -> Result<Tagged, Error> {
    match reading.arms.iter().find(|(value, _)| tag.same(*value)) {
        Some((_, candidates)) => Ok(Tagged::Among(candidates)),
        None if !reading.other.is_empty() => Ok(Tagged::Among(reading.other)),
        None if reading.unknown => Ok(Tagged::Unknown(text_of(tag).into_owned())),
        None => Err(unknown_tag(reading, tag).or_at(begin)),
    }
}

fn among(
    candidates: &'static [Candidate],
    refuse: impl FnOnce() -> Error,
    at: usize,
) -> Result<Tagged, Error> {
    if candidates.is_empty() { Err(refuse().or_at(at)) } else { Ok(Tagged::Among(candidates)) }
}

#[cold]
fn no_tag(_: &Reading, tag: &str) -> Error {
    Error::missing(tag)
}

#[cold]
fn unknown_tag(reading: &'static Reading, tag: Scalar<'_>) -> Error {
    let known = list(reading.arms.iter().map(|(value, _)| *value));
    let (before, value) = (format!("unknown `{}`", reading.tag.concat()), format!(" {}", short(tag)));
    Error::showing(&before, &value, "", format_args!(", expected one of {known} ({})", reading.name))
}

fn short(scalar: Scalar<'_>) -> String {
    match scalar {
        Scalar::Str(text) => Scalar::Str(&cut(text)).to_string(),
        other => other.to_string(),
    }
}

/// Selects one of several variants: the one that leaves the fewest properties unread, or the first of these.
#[cold]
fn decide(
    reading: &'static Reading,
    union: TypeId,
    candidates: &'static [Candidate],
    source: &mut Source<'_>,
    probe: Probe,
) -> Result<usize, Error> {
    let at = source.at;
    match source.decisions.get(at, union) {
        Some(Decision::Variant { variant, .. }) => return Ok(*variant),
        Some(Decision::Refused(error)) => return Err(error.clone()),
        None => {}
    }
    let properties = if source.peek() == b'{' { Some(source.properties()?) } else { None };
    let missing = |candidate: &Candidate| {
        let properties = properties.as_ref()?;
        candidate.required.iter().find(|name| !properties.iter().any(|(found, _)| found == **name)).copied()
    };
    let mut left = candidates.iter().filter(|candidate| missing(candidate).is_none());
    if let (Some(only), None) = (left.next(), left.next()) {
        return Ok(only.variant);
    }
    let outcome = try_all(candidates, &missing, source, probe);
    let decision = match outcome {
        Ok(decision) => decision,
        Err(Fault { error, variant, .. }) => {
            let name = reading.variants.get(variant).copied().unwrap_or_default();
            Decision::Refused(error.or_at(at).of_variant(reading.name, name, candidates.len() - 1))
        }
    };
    // A value is read once, but may be tried several times.
    let keep = source.decisions.trying > 0;
    match decision {
        Decision::Variant { variant, .. } => {
            if keep {
                source.decisions.remember(at, union, decision);
            }
            Ok(variant)
        }
        Decision::Refused(error) => {
            if keep {
                source.decisions.remember(at, union, Decision::Refused(error.clone()));
            }
            Err(error)
        }
    }
}

/// Why a variant does not fit, and how much of the value it read.
struct Fault {
    error: Error,
    variant: usize,
    reach: usize,
}

fn try_all(
    candidates: &'static [Candidate],
    missing: &dyn Fn(&Candidate) -> Option<&'static str>,
    source: &mut Source<'_>,
    probe: Probe,
) -> Result<Decision, Fault> {
    let (at, depth, before) = (source.at, source.depth, source.unread);
    let mut best: Option<(usize, usize, usize)> = None;
    let mut closest: Option<Fault> = None;
    source.decisions.trying += 1;
    for candidate in candidates {
        let outcome = match missing(candidate) {
            Some(name) => Err(Error::missing(name)),
            None => {
                source.unread = 0;
                probe(candidate.variant, source)
            }
        };
        let reach = std::mem::replace(&mut source.at, at);
        source.depth = depth;
        match outcome {
            Ok(()) => {
                if best.is_none_or(|(least, ..)| source.unread < least) {
                    best = Some((source.unread, candidate.variant, reach));
                }
                if source.unread == 0 {
                    break;
                }
            }
            Err(error) => {
                if closest.as_ref().is_none_or(|closest| reach > closest.reach) {
                    closest = Some(Fault { error, variant: candidate.variant, reach });
                }
            }
        }
    }
    source.decisions.trying -= 1;
    source.unread = before;
    match (best, closest) {
        (Some((unread, variant, end)), _) => Ok(Decision::Variant { variant, end, unread }),
        (None, Some(closest)) => Err(closest),
        (None, None) => {
            Err(Fault { error: Error::wrong_type(Unexpected::Map, "a variant"), variant: 0, reach: at })
        }
    }
}
