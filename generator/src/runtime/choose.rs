//! Reads a union: which variant is it?

use super::entries::Entries;
use super::replay::{LOOK, NEEDS, REPLAY, Replay};
use super::scalar::{Scalar, integral, list};
use super::tape::{Name, Store, Tag, Tape, Token};
use super::union::{Candidate, Reading, Union, UnknownVariant};
use super::visit::{Any, Key, visit_scalars};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::{fmt, marker::PhantomData};

/// Reads a union.
#[inline]
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let variants = Variants { human: deserializer.is_human_readable(), union: PhantomData };
    deserializer.deserialize_newtype_struct(REPLAY, variants)
}

/// The visitor of a union. Values of other formats arrive at the methods of their type, recorded ones at
/// [`Visitor::visit_enum`].
struct Variants<U> {
    human: bool,
    union: PhantomData<U>,
}

impl<U: Union> Variants<U> {
    /// Reads from a tape what had to be recorded.
    fn replay<E: de::Error>(self, tape: &Tape<'_>) -> Result<U, E> {
        self.visit_enum(Replay(tape.reader())).map_err(E::custom)
    }

    /// Reads a value without parts.
    fn scalar<E: de::Error>(self, scalar: Scalar<'_>) -> Result<U, E> {
        let mut tape = Tape::new(self.human);
        tape.tokens.push(Token::Scalar(scalar));
        self.replay(&tape)
    }

    /// Reads an object that a property names the variant of.
    fn tagged<'de, A: MapAccess<'de>>(self, tag: &'static str, mut map: A) -> Result<U, A::Error> {
        let mut tape = Tape::new(self.human);
        loop {
            match map.next_key_seed(Key(Name { tape: &mut tape, tag: Some(tag) }))? {
                Some(false) => map.next_value_seed(Any(tape.recorder()))?,
                Some(true) => break,
                None => {
                    tape.close_object(map)?;
                    return self.replay(&tape);
                }
            }
        }
        let value = map.next_value_seed(Any(Tag(&mut tape.store)))?;
        let choice = look_up::<A::Error>(U::READING, tape.store.scalar(value), &self)?;
        let first = tape.tokens.is_empty();
        let entries = Entries { tape, tag: Some((tag, value)), value: None, map };
        match choice {
            Choice::Read([only]) if first => U::read(only.variant, entries),
            Choice::Read([only]) => {
                U::read(only.variant, entries.into_tape()?.reader()).map_err(de::Error::custom)
            }
            Choice::Read(_) | Choice::Unknown(_) => self.replay(&entries.into_tape()?),
        }
    }
}

impl<'de, U: Union> Visitor<'de> for Variants<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reading = U::READING;
        let types = [
            ("a boolean", !reading.boolean.is_empty()),
            ("an integer", !reading.integer.is_empty()),
            ("a number", !reading.number.is_empty()),
            ("a string", !reading.string.is_empty()),
            ("an array", !reading.array.is_empty()),
            ("an object", !(reading.object.is_empty() && reading.tag.is_empty())),
        ];
        let types: Vec<_> = types.iter().filter(|(_, read)| *read).map(|(name, _)| *name).collect();
        write!(f, "{} ({})", types.join(" or "), reading.name)
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        if const { U::READING.only_objects() } {
            deserializer.deserialize_map(self)
        } else {
            deserializer.deserialize_any(self)
        }
    }

    visit_scalars!(U => scalar);

    fn visit_str<E: de::Error>(self, value: &str) -> Result<U, E> {
        self.scalar(Scalar::Str(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<U, A::Error> {
        if let [only] = U::READING.array {
            return U::read(only.variant, SeqAccessDeserializer::new(items));
        }
        let mut tape = Tape::new(self.human);
        tape.recorder().visit_seq(items)?;
        self.replay(&tape)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<U, A::Error> {
        if let [tag] = U::READING.tag {
            return self.tagged(tag, map);
        }
        let entries = Entries { tape: Tape::new(self.human), tag: None, value: None, map };
        match U::READING.object {
            [only] => U::read(only.variant, entries),
            _ => self.replay(&entries.into_tape()?),
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, replay: A) -> Result<U, A::Error> {
        let (choice, value) = replay.variant_seed(Look(U::READING, &self))?;
        match choice {
            Choice::Read([only]) => value.newtype_variant_seed(Only(only.variant, &[], PhantomData)),
            Choice::Read(candidates) => value.tuple_variant(0, Fit(candidates, PhantomData)),
            Choice::Unknown(tag) => {
                let object = value.struct_variant(&[], Whole)?;
                U::unknown(UnknownVariant { tag, object }).ok_or_else(super::no_variant::<U, _>)
            }
        }
    }
}

/// What is known of a value before it is read.
enum Choice {
    /// It is one of these.
    Read(&'static [Candidate]),
    /// It has a tag that no variant has, and is kept.
    Unknown(String),
}

/// The variants that a tag names; `None` and `null` are no tag.
fn look_up<E: de::Error>(
    reading: &'static Reading,
    tag: Option<Scalar<'_>>,
    expected: &dyn Expected,
) -> Result<Choice, E> {
    match tag.filter(|tag| *tag != Scalar::Null) {
        None => match reading.tag {
            [tag] if reading.object.is_empty() => Err(E::missing_field(tag)),
            _ => among(reading.object, || E::invalid_type(Unexpected::Map, expected)),
        },
        Some(tag) => match reading.arms.iter().find(|(value, _)| tag.same(*value)) {
            Some((_, candidates)) => Ok(Choice::Read(candidates)),
            None if !reading.other.is_empty() => Ok(Choice::Read(reading.other)),
            None if reading.unknown => Ok(Choice::Unknown(match tag {
                Scalar::Str(text) => text.to_owned(),
                other => other.to_string(),
            })),
            None => {
                let (known, name) =
                    (list(reading.arms.iter().map(|(value, _)| *value)), reading.tag.concat());
                let message =
                    format_args!("unknown `{name}` {tag}, expected one of {known} ({})", reading.name);
                Err(E::custom(message))
            }
        },
    }
}

fn among<E>(candidates: &'static [Candidate], refuse: impl FnOnce() -> E) -> Result<Choice, E> {
    if candidates.is_empty() { Err(refuse()) } else { Ok(Choice::Read(candidates)) }
}

/// Looks at a recorded value.
struct Look<'a>(&'static Reading, &'a dyn Expected);

impl Look<'_> {
    fn scalar<E: de::Error>(self, found: Scalar<'_>) -> Result<Choice, E> {
        let Look(reading, expected) = self;
        let candidates = match found {
            Scalar::Null => &[],
            Scalar::Bool(_) => reading.boolean,
            Scalar::Int(_) | Scalar::Big(_) => reading.integer,
            Scalar::Float(float) if reading.number.is_empty() && integral(float).is_some() => reading.integer,
            Scalar::Float(_) => reading.number,
            Scalar::Str(_) => reading.string,
        };
        among(candidates, || found.refuse(expected))
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = Choice;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Choice, D::Error> {
        deserializer.deserialize_struct(LOOK, self.0.tag, self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = Choice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.fmt(f)
    }

    visit_scalars!(Choice => scalar);

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Choice, E> {
        self.scalar(Scalar::Str(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Choice, A::Error> {
        among(self.0.array, || A::Error::invalid_type(Unexpected::Seq, self.1))
    }

    /// An object without tag.
    fn visit_none<E: de::Error>(self) -> Result<Choice, E> {
        look_up(self.0, None, self.1)
    }

    /// The tag of an object.
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Choice, D::Error> {
        let mut store = Store::new(true);
        let tag = deserializer.deserialize_any(Tag(&mut store))?;
        look_up(self.0, store.scalar(tag), self.1)
    }
}

/// Reads one variant, if no property is missing that it requires.
struct Only<U>(usize, &'static [&'static str], PhantomData<U>);

impl<'de, U: Union> DeserializeSeed<'de> for Only<U> {
    type Value = U;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        deserializer.deserialize_struct(NEEDS, self.1, self)
    }
}

impl<'de, U: Union> Visitor<'de> for Only<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(U::READING.name)
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<U, D::Error> {
        U::read(self.0, deserializer)
    }
}

/// Reads an object whole.
struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Map::deserialize(MapAccessDeserializer::new(map))
    }
}

/// Reads every candidate and takes the one that leaves the fewest properties unread, an earlier one on a tie.
struct Fit<U>(&'static [Candidate], PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for Fit<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that may be read several times")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut trials: A) -> Result<U, A::Error> {
        let mut best: Option<(usize, U)> = None;
        let mut refusals = Vec::new();
        for candidate in self.0 {
            match trials.next_element_seed(Only::<U>(candidate.variant, candidate.required, PhantomData)) {
                Err(error) => {
                    let variant = U::READING.variants.get(candidate.variant).copied().unwrap_or_default();
                    refusals.push(format!("{variant}: {error}"));
                }
                Ok(value) => {
                    let unread = trials.size_hint().unwrap_or_default();
                    if best.as_ref().is_none_or(|(least, _)| unread < *least) {
                        best = value.map(|value| (unread, value));
                    }
                    if unread == 0 {
                        break;
                    }
                }
            }
        }
        let refused = || {
            let message = format_args!("no variant of {} fits: {}", U::READING.name, refusals.join("; "));
            de::Error::custom(message)
        };
        best.map(|(_, value)| value).ok_or_else(refused)
    }
}
