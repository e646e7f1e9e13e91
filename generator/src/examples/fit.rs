//! Whether a type takes a value, as the emitted types do, and what of the value it does not write back as it was.

use std::cell::Cell;

use serde_json::Number;

use super::dates::{self, Refused};
use crate::diagnostics::Pointer;
use crate::ir::{
    Candidate, DateLibrary, Enum, EnumKind, Graph, Literal, ObjectReading, Otherwise, Presence, Property,
    PropertyKind, Rest, Scalar, Shape, Struct, TagValue, TypeRef, Union,
};
use crate::load::{Object, Tree};

/// What there is to know of a value that a type takes.
#[derive(Debug, Default)]
pub(super) struct Fit {
    /// What is not written back as it was.
    pub except: Vec<Pointer>,
    /// How much of it the type does not know: what decides between branches that all take it.
    unread: usize,
}

/// Why a type does not take a value.
#[derive(Debug)]
pub(super) struct Misfit {
    /// The place in the value.
    pub at: Pointer,
    /// What is wrong there.
    pub reason: String,
}

/// How deep arrays and objects of a value may lie in each other: readers of JSON take no deeper ones.
const MAX_DEPTH: usize = 120;

/// How many types may be on the way to a value: several for each step into it.
const MAX_TYPES: usize = 8 * MAX_DEPTH;

/// What is said when a value is deeper than it may be.
const TOO_DEEP: &str = "it nests too deeply";

/// What is said when there are too many ways to read a value.
const TOO_MANY: &str = "its unions have too many combinations";

/// Looks at `value`, which is `size` bytes of JSON, as a reader of `ty` would.
pub(super) fn fit(graph: &Graph, ty: TypeRef, value: &Tree, size: usize) -> Result<Fit, Misfit> {
    if is_deeper(value, MAX_DEPTH) {
        return misfit(&Pointer::root(), TOO_DEEP);
    }
    // Unions in unions are tried in every combination: enough for any that was not made to take forever.
    let steps = Cell::new(size.saturating_mul(64).saturating_add(10_000));
    Judge { graph, steps }.value(ty, value, &Pointer::root(), 0)
}

struct Judge<'a> {
    graph: &'a Graph,
    /// How many values may still be looked at.
    steps: Cell<usize>,
}

type Verdict = Result<Fit, Misfit>;

impl Judge<'_> {
    fn value(&self, ty: TypeRef, value: &Tree, at: &Pointer, depth: usize) -> Verdict {
        if depth > MAX_TYPES {
            return misfit(at, TOO_DEEP);
        }
        match self.steps.get().checked_sub(1) {
            Some(left) => self.steps.set(left),
            None => return misfit(at, TOO_MANY),
        }
        let ty = self.graph.unaliased(ty);
        if *value == Tree::Null && ty.nullable {
            return Ok(Fit::default());
        }
        match &self.graph.get(ty.id).shape {
            Shape::Struct(shape) => match value {
                Tree::Object(object) => self.object(shape, object, at, depth),
                other => misfit(at, expected("an object", other)),
            },
            Shape::Union(union) => self.union(union, value, at, depth),
            Shape::Enum(found) => constant(found, value, at),
            Shape::List(item) => {
                let items = array(value, at)?;
                self.all(items.iter().map(|value| (*item, value)), at, depth)
            }
            Shape::Tuple(places) => {
                let items = array(value, at)?;
                if items.len() != places.len() {
                    return misfit(at, format!("expected {} items, found {}", places.len(), items.len()));
                }
                self.all(places.iter().copied().zip(items), at, depth)
            }
            Shape::Map(values) => match value {
                Tree::Object(object) => {
                    let mut fit = Fit::default();
                    for (key, value) in object.iter() {
                        fit.add(self.value(*values, value, &at.key(key), depth + 1)?);
                    }
                    Ok(fit)
                }
                other => misfit(at, expected("an object", other)),
            },
            Shape::Scalar(kind) => scalar(*kind, self.graph.libraries.dates, value, at),
            Shape::Alias(content) | Shape::Newtype { content, .. } => {
                self.value(*content, value, at, depth + 1)
            }
            // What the user's own types take, only the test can say.
            Shape::External(_) | Shape::Any(_) => Ok(Fit::default()),
        }
    }

    fn all<'v>(
        &self,
        items: impl Iterator<Item = (TypeRef, &'v Tree)>,
        at: &Pointer,
        depth: usize,
    ) -> Verdict {
        let mut fit = Fit::default();
        for (index, (ty, value)) in items.enumerate() {
            fit.add(self.value(ty, value, &at.index(index), depth + 1)?);
        }
        Ok(fit)
    }

    fn object(&self, shape: &Struct, object: &Object, at: &Pointer, depth: usize) -> Verdict {
        for property in &shape.properties {
            if object.get(&property.wire).is_none() && is_required(property) {
                return misfit(at, format!("`{}` is missing", property.wire));
            }
        }
        let mut fit = Fit::default();
        for (key, value) in object.iter() {
            let at = at.key(key);
            let property = shape.properties.iter().find(|property| property.wire == key);
            match (property.map(|property| &property.kind), shape.rest) {
                (Some(PropertyKind::Constant { value: wanted, .. }), _) => {
                    if !is_constant(wanted, value) {
                        return misfit(&at, "it is not the value that the schema names");
                    }
                }
                // Whatever the schema says, readers take `null` for absent where absent has no meaning of its own.
                (
                    Some(PropertyKind::Field { presence: Presence::Optional | Presence::ThreeState, .. }),
                    _,
                ) if *value == Tree::Null => {}
                (Some(PropertyKind::Field { ty, .. }), _) => {
                    fit.add(self.value(*ty, value, &at, depth + 1)?);
                }
                (None, Rest::Keep(ty)) => fit.add(self.value(ty, value, &at, depth + 1)?),
                (None, Rest::Ignore) => {
                    fit.except.push(at);
                    fit.unread += 1;
                }
                (None, Rest::Deny) => return misfit(&at, "the schema names no such property"),
            }
        }
        Ok(fit)
    }

    fn union(&self, union: &Union, value: &Tree, at: &Pointer, depth: usize) -> Verdict {
        let reading = &union.reading;
        let candidates: Vec<usize> = match value {
            Tree::Null => Vec::new(),
            Tree::Bool(_) => reading.boolean.clone(),
            Tree::Number(number) if number.is_f64() => reading.number.clone(),
            Tree::Number(_) => reading.integer.clone(),
            Tree::String(_) => reading.string.clone(),
            Tree::Array(_) => reading.array.clone(),
            Tree::Object(object) => match &reading.object {
                ObjectReading::Refuse => Vec::new(),
                ObjectReading::One(variant) => vec![*variant],
                ObjectReading::Fit(candidates) => among(candidates, object),
                ObjectReading::Tagged(tagged) => {
                    let tag = object.get(&tagged.property).filter(|tag| is_scalar(tag));
                    match tag.map(|tag| tagged.arms.iter().find(|arm| is_tag(&arm.value, tag))) {
                        None => among(&tagged.missing, object),
                        Some(Some(arm)) => among(&arm.variants, object),
                        Some(None) => match tagged.otherwise {
                            Otherwise::Unknown => return Ok(Fit { unread: 1, ..Fit::default() }),
                            Otherwise::Refuse => {
                                let at = at.key(&tagged.property);
                                return misfit(&at, "no branch of the union has this tag");
                            }
                            Otherwise::Variant(variant) => vec![variant],
                        },
                    }
                }
            },
        };
        let mut best: Option<Fit> = None;
        let mut first = None;
        for index in candidates {
            match self.value(union.variants[index].ty, value, at, depth + 1) {
                Ok(fit) if best.as_ref().is_none_or(|best| fit.unread < best.unread) => best = Some(fit),
                Ok(_) => {}
                Err(misfit) => drop(first.get_or_insert(misfit)),
            }
        }
        if self.steps.get() == 0 {
            return misfit(at, TOO_MANY);
        }
        match (best, first) {
            (Some(fit), _) => Ok(fit),
            (None, Some(misfit)) => Err(misfit),
            (None, None) => misfit(at, format!("no branch of the union takes {}", value.kind())),
        }
    }
}

/// Whether a value has more levels than these.
fn is_deeper(value: &Tree, levels: usize) -> bool {
    match value {
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => false,
        Tree::Array(_) | Tree::Object(_) if levels == 0 => true,
        Tree::Array(items) => items.iter().any(|item| is_deeper(item, levels - 1)),
        Tree::Object(object) => object.iter().any(|(_, value)| is_deeper(value, levels - 1)),
    }
}

impl Fit {
    fn add(&mut self, other: Fit) {
        self.except.extend(other.except);
        self.unread = self.unread.saturating_add(other.unread);
    }
}

/// The candidates whose required properties are there.
fn among(candidates: &[Candidate], object: &Object) -> Vec<usize> {
    let is_complete =
        |candidate: &&Candidate| candidate.required.iter().all(|name| object.get(name).is_some());
    candidates.iter().filter(is_complete).map(|candidate| candidate.variant).collect()
}

fn is_required(property: &Property) -> bool {
    match &property.kind {
        PropertyKind::Constant { required, .. } => *required,
        PropertyKind::Field { presence, .. } => *presence == Presence::Required,
    }
}

fn is_scalar(value: &Tree) -> bool {
    match value {
        Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => true,
        Tree::Null | Tree::Array(_) | Tree::Object(_) => false,
    }
}

fn is_tag(tag: &TagValue, value: &Tree) -> bool {
    match tag {
        TagValue::String(tag) => value.as_str() == Some(tag),
        TagValue::Integer(tag) => integer(value) == Some(i128::from(*tag)),
        TagValue::Boolean(tag) => value.as_bool() == Some(*tag),
    }
}

fn is_constant(wanted: &Literal, value: &Tree) -> bool {
    match (wanted, value) {
        (Literal::String(wanted), Tree::String(text)) => **wanted == **text,
        (Literal::Bool(wanted), Tree::Bool(value)) => wanted == value,
        (Literal::Integer(wanted), Tree::Number(_)) => integer(value) == Some(*wanted),
        (Literal::Float(wanted), Tree::Number(number)) => number.as_f64() == Some(*wanted),
        _ => false,
    }
}

fn constant(found: &Enum, value: &Tree, at: &Pointer) -> Verdict {
    if found.values.iter().any(|known| is_constant(&known.wire, value)) {
        return Ok(Fit::default());
    }
    let (fits, what) = match found.kind {
        EnumKind::String => (value.as_str().is_some(), "a string"),
        EnumKind::Integer => (integer(value).is_some_and(|value| i64::try_from(value).is_ok()), "an integer"),
        EnumKind::Mixed if found.is_boolean() => (value.as_bool().is_some(), "a boolean"),
        EnumKind::Mixed => (is_scalar(value), "one of the schema's values"),
    };
    match (fits, found.open) {
        (true, true) => Ok(Fit { unread: 1, ..Fit::default() }),
        (true, false) => misfit(at, "it is none of the schema's values"),
        (false, _) => misfit(at, expected(what, value)),
    }
}

fn scalar(kind: Scalar, library: DateLibrary, value: &Tree, at: &Pointer) -> Verdict {
    let refuse = |what: &str| misfit(at, expected(what, value));
    match (kind, value) {
        (Scalar::Boolean, Tree::Bool(_))
        | (Scalar::Float(_), Tree::Number(_))
        | (Scalar::String | Scalar::Secret | Scalar::Base64, Tree::String(_))
        | (Scalar::Null, Tree::Null) => Ok(Fit::default()),
        (Scalar::Integer(width), Tree::Number(number)) => match exact(number) {
            Some(value) if width.holds(value) => Ok(Fit::default()),
            Some(_) => misfit(at, "the integer is out of range"),
            None => refuse("an integer"),
        },
        (Scalar::Uuid, Tree::String(text)) => match uuid::Uuid::parse_str(text) {
            Ok(uuid) => Ok(as_written(&uuid.to_string(), text, at)),
            Err(_) => refuse("a UUID"),
        },
        (Scalar::DateTime, Tree::String(text)) => match dates::date_time(library, text) {
            Ok(written) => Ok(as_written(&written, text, at)),
            Err(Refused::Form) => refuse("a date-time (RFC 3339)"),
            Err(Refused::Reach) => misfit(at, "the library for dates does not have this time"),
        },
        (Scalar::Date, Tree::String(text)) => match dates::date(library, text) {
            Ok(written) => Ok(as_written(&written, text, at)),
            Err(Refused::Form) => refuse("a date"),
            Err(Refused::Reach) => misfit(at, "the library for dates does not have this date"),
        },
        (Scalar::Boolean, _) => refuse("a boolean"),
        (Scalar::Integer(_), _) => refuse("an integer"),
        (Scalar::Float(_), _) => refuse("a number"),
        (Scalar::String | Scalar::Secret | Scalar::Base64, _) => refuse("a string"),
        (Scalar::Uuid, _) => refuse("a UUID"),
        (Scalar::DateTime, _) => refuse("a date-time (RFC 3339)"),
        (Scalar::Date, _) => refuse("a date"),
        (Scalar::Null, _) => refuse("null"),
        (Scalar::Binary, _) => misfit(at, "raw bytes are no JSON"),
    }
}

/// The fit of a text that may be written in another form.
fn as_written(written: &str, text: &str, at: &Pointer) -> Fit {
    if written == text { Fit::default() } else { Fit { except: vec![at.clone()], unread: 0 } }
}

/// The integer as written; `8.0` is none.
fn exact(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

/// The integer that a constant or a tag is compared with: `8.0` is one.
fn integer(value: &Tree) -> Option<i128> {
    let Tree::Number(number) = value else { return None };
    let rounded = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15);
    exact(number).or_else(|| rounded().map(|float| float as i128))
}

fn array<'v>(value: &'v Tree, at: &Pointer) -> Result<&'v [Tree], Misfit> {
    value.as_array().ok_or_else(|| Misfit { at: at.clone(), reason: expected("an array", value) })
}

fn expected(what: &str, found: &Tree) -> String {
    format!("expected {what}, found {}", found.kind())
}

fn misfit(at: &Pointer, reason: impl Into<String>) -> Verdict {
    Err(Misfit { at: at.clone(), reason: reason.into() })
}
