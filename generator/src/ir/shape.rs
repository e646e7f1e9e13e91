//! What a type is.

use super::{Docs, External, Literal, Overrides, TypeId, TypeRef, Union};
use crate::diagnostics::Location;

/// What a type is. Each variant holds exactly what it needs.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with named properties.
    Struct(Struct),
    /// One of several types.
    Union(Union),
    /// One of several constants.
    Enum(Enum),
    /// An array (JSON Schema core §10.3.1.2, `items`).
    List(TypeRef),
    /// An array with a type per place and nothing after them (`prefixItems`, JSON Schema core §10.3.1.1).
    Tuple(Tuple),
    /// An object used as a map from any string (`additionalProperties`, JSON Schema core §10.3.2.3).
    Map(TypeRef),
    /// A value without parts.
    Scalar(Scalar),
    /// Another name for a type.
    Alias(TypeRef),
    /// A struct with one unnamed field: an alias that would otherwise contain itself.
    Newtype {
        /// What it holds.
        content: TypeRef,
        /// Whether that lies in a box: it is a tuple with another such value in it.
        boxed: bool,
    },
    /// A type of the user's.
    External(External),
    /// Any JSON value. Carries why, so that it is reported and never a silent fallback.
    Any(AnyReason),
}

/// An array with a type per place and nothing after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuple {
    /// The types of the places. Those that may be missing are nullable: a place that is missing is `None`.
    pub places: Vec<TypeRef>,
    /// How many places must be there (`minItems`).
    pub required: usize,
}

impl Tuple {
    /// A tuple all of whose places must be there.
    pub fn of(places: Vec<TypeRef>) -> Self {
        Self { required: places.len(), places }
    }

    /// Whether places at the end may be missing.
    pub fn may_be_short(&self) -> bool {
        self.required < self.places.len()
    }
}

/// Why a schema became "any JSON value".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnyReason {
    /// The schema says so: it constrains nothing.
    Unconstrained,
    /// The schema allows no value at all (`false`, or branches of `allOf` that exclude each other).
    Nothing,
    /// The schema could not be read, or refers to something that could not be.
    Unreadable,
    /// A union or an `allOf` of unions has more combinations than can sensibly be written down.
    TooManyBranches,
    /// A reference only leads back to itself.
    ReferenceLoop,
}

/// An object with named properties (`properties`, JSON Schema core §10.3.2.1).
#[derive(Debug, Clone)]
pub struct Struct {
    /// The properties, in document order.
    pub properties: Vec<Property>,
    /// What happens to properties that the schema does not name.
    pub rest: Rest,
    /// Whether the document allows no others (`additionalProperties: false`). Readers do not mind them all the same,
    /// unless `rest` says so.
    pub closed: bool,
}

/// One property of an object.
#[derive(Debug, Clone)]
pub struct Property {
    /// Its name on the wire.
    pub wire: String,
    /// Its documentation.
    pub docs: Docs,
    /// Where it is defined.
    pub location: Location,
    /// A field, or a constant that is not one.
    pub kind: PropertyKind,
    /// What a required field is in `Default`, where the document says it (`default`). Reading does not use it.
    pub initial: Option<Literal>,
    /// Whether it is required and `writeOnly`: what is sent has it, and what is read need not.
    pub required_when_sent: bool,
    /// Which ways it travels (`readOnly`, `writeOnly`). A constant travels both ways: it says what the object is.
    pub access: Access,
    /// Whether it is left out when it is written and is equal to its default.
    pub omits_default: bool,
    /// Overrides from the settings.
    pub overrides: Overrides,
}

impl Property {
    /// What it is in `Default`, where the document says it; of a property that may be absent, also what absence means.
    pub fn default_value(&self) -> Option<&Literal> {
        match &self.kind {
            PropertyKind::Field { presence, .. } => presence.default_value().or(self.initial.as_ref()),
            PropertyKind::Constant { .. } => None,
        }
    }
}

/// Which ways a property travels (JSON Schema validation §9.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    /// It is read and sent.
    #[default]
    Both,
    /// It is only read (`readOnly`).
    ReadOnly,
    /// It is only sent (`writeOnly`).
    WriteOnly,
}

/// A field, or a constant that is not one.
#[derive(Debug, Clone)]
pub enum PropertyKind {
    /// A field of the struct.
    Field {
        /// Its type, without what absence adds to it.
        ty: TypeRef,
        /// Whether it must be there.
        presence: Presence,
        /// Whether this edge closes a cycle and needs a `Box`. The box goes around the type, inside `Option`.
        boxed: bool,
    },
    /// Always written, checked on reading, not a field. The value is a JSON string, number or boolean.
    Constant {
        /// The one value it has.
        value: Literal,
        /// Whether reading refuses an object without it.
        required: bool,
    },
}

/// Whether a property must be there (`required`, JSON Schema validation §6.5.3), and what its absence means (`default`,
/// §9.2). With `ty.nullable` the combinations are:
///
/// | presence | not nullable | nullable |
/// |---|---|---|
/// | `Required` | `T` | `Option<T>`, `None` is written as `null` |
/// | `Optional` | `Option<T>`, left out when `None` | `Option<T>`, left out when `None` |
/// | `Default(d)` | `T`, `d` when absent | `Option<T>`, `Some(d)` when absent, `None` is written as `null` |
/// | `ThreeState` | - | `Patch<T>`: absent, null, value |
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent, which means this value. Never `Literal::Null`: a nullable property whose default is
    /// `null` is `Optional`.
    Default(Literal),
    /// Absent and `null` mean different things (RFC 7396).
    ThreeState,
}

impl Presence {
    /// What absence means, if that is a value.
    pub fn default_value(&self) -> Option<&Literal> {
        match self {
            Self::Default(value) => Some(value),
            Self::Required | Self::Optional | Self::ThreeState => None,
        }
    }
}

/// What happens to properties that the schema does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// They are skipped on reading.
    Ignore,
    /// They are refused on reading.
    Deny,
    /// They are kept in a map field (`additionalProperties: T`, or any value when the configuration asks to keep
    /// what is unknown).
    Keep(TypeRef),
}

/// A set of constants: `enum` (JSON Schema validation §6.1.2).
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values in document order, without duplicates and without `null`.
    pub values: Vec<EnumValue>,
    /// What JSON type they have.
    pub kind: EnumKind,
    /// Whether values that the schema does not name are kept (`Unknown`) or refused.
    pub open: bool,
    /// Whether the document itself allows values that it does not name (`anyOf` of an enum and a plain string).
    pub extensible: bool,
}

impl Enum {
    /// Whether the values are booleans, so that no other JSON type can be among those that are not named.
    pub fn is_boolean(&self) -> bool {
        self.values.iter().all(|value| matches!(value.wire, Literal::Bool(_)))
    }

    /// The type of the integers, if the values are integers: 64 bits where those hold all values.
    pub fn integers(&self) -> IntegerKind {
        let hold_all = |kind: &IntegerKind| {
            self.values.iter().all(|value| match value.wire {
                Literal::Integer(value) => kind.holds(value),
                _ => false,
            })
        };
        [IntegerKind::I64, IntegerKind::U64].into_iter().find(hold_all).unwrap_or(IntegerKind::I128)
    }
}

/// One value of an [`Enum`].
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The value on the wire: `Literal::String`, `Integer`, `Float` or `Bool`.
    pub wire: Literal,
    /// A name that the document gives it (`x-enum-varnames`).
    pub name: Option<String>,
    /// The Rust name from the settings.
    pub asked: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// What JSON type the values of an [`Enum`] have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnumKind {
    /// Strings: the fallback is `Unknown(String)`.
    String,
    /// Integers: the fallback is `Unknown` of the type that holds them ([`Enum::integers`]).
    Integer,
    /// Anything else, or several types: the fallback is `Unknown(serde_json::Value)`.
    Mixed,
}

/// A value without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer(IntegerKind),
    /// `number`.
    Float(FloatKind),
    /// `string`.
    String,
    /// `string` that must not be shown (`format: password`; `writeOnly`, JSON Schema validation §9.4).
    Secret,
    /// `string`, `format: uuid` (RFC 4122).
    Uuid,
    /// `string`, `format: date-time` (RFC 3339), with its offset from UTC.
    DateTime,
    /// `string`, `format: date` (RFC 3339 full-date).
    Date,
    /// `string`, `format: byte`: bytes in base64 (RFC 4648).
    Base64,
    /// A file of a multipart form: `string`, `format: binary` (OpenAPI 3.0.4 §4.7.14.2).
    Binary,
    /// `null` and nothing else.
    Null,
}

impl Scalar {
    /// Whether its values are strings in JSON.
    pub fn is_text(self) -> bool {
        match self {
            Self::String
            | Self::Secret
            | Self::Uuid
            | Self::DateTime
            | Self::Date
            | Self::Base64
            | Self::Binary => true,
            Self::Boolean | Self::Integer(_) | Self::Float(_) | Self::Null => false,
        }
    }

    /// Whether its Rust type is one of the library that the settings choose for dates.
    pub fn is_date(self) -> bool {
        match self {
            Self::DateTime | Self::Date => true,
            Self::Boolean
            | Self::Integer(_)
            | Self::Float(_)
            | Self::String
            | Self::Secret
            | Self::Uuid
            | Self::Base64
            | Self::Binary
            | Self::Null => false,
        }
    }
}

/// The integer types, by `format` (OpenAPI format registry) and bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum IntegerKind {
    /// `int8`.
    I8,
    /// `int16`.
    I16,
    /// `int32`.
    I32,
    /// `int64`, and integers of which nothing else is known.
    I64,
    /// Bounds beyond an `i64`, the lower one below zero or not there.
    I128,
    /// `uint8`.
    U8,
    /// `uint16`.
    U16,
    /// `uint32`.
    U32,
    /// `uint`, `uint64`, or bounds from zero to beyond an `i64`.
    U64,
    /// Bounds beyond a `u64`, the lower one not below zero.
    U128,
}

impl IntegerKind {
    /// Whether an integer is in the range of the type.
    pub fn holds(self, value: i128) -> bool {
        match self {
            Self::I8 => i8::try_from(value).is_ok(),
            Self::I16 => i16::try_from(value).is_ok(),
            Self::I32 => i32::try_from(value).is_ok(),
            Self::I64 => i64::try_from(value).is_ok(),
            Self::I128 => true,
            Self::U8 => u8::try_from(value).is_ok(),
            Self::U16 => u16::try_from(value).is_ok(),
            Self::U32 => u32::try_from(value).is_ok(),
            Self::U64 => u64::try_from(value).is_ok(),
            Self::U128 => value >= 0,
        }
    }
}

/// The floating-point types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum FloatKind {
    /// `f32`. Nothing gives one: reading a `number` as `f32` would change its digits.
    F32,
    /// `f64`: every `number`, whatever its format.
    F64,
}

impl Shape {
    /// Whether a type of this shape cannot be spelled without a name.
    pub fn needs_name(&self) -> bool {
        match self {
            Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => true,
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::External(_)
            | Shape::Any(_) => false,
        }
    }

    /// The struct, if it is one.
    pub fn as_struct(&self) -> Option<&Struct> {
        if let Shape::Struct(found) = self { Some(found) } else { None }
    }

    /// The union, if it is one.
    pub fn as_union(&self) -> Option<&Union> {
        if let Shape::Union(found) = self { Some(found) } else { None }
    }

    /// The enum, if it is one.
    pub fn as_enum(&self) -> Option<&Enum> {
        if let Shape::Enum(found) = self { Some(found) } else { None }
    }

    /// The scalar, if it is one.
    pub fn as_scalar(&self) -> Option<Scalar> {
        if let Shape::Scalar(found) = self { Some(*found) } else { None }
    }

    /// The user's type, if it is one.
    pub fn as_external(&self) -> Option<&External> {
        if let Shape::External(found) = self { Some(found) } else { None }
    }

    /// What it is another name for, if it is an alias.
    pub fn as_alias(&self) -> Option<TypeRef> {
        if let Shape::Alias(found) = self { Some(*found) } else { None }
    }

    /// The types that this one mentions, in order.
    pub fn mentions(&self) -> Vec<TypeId> {
        match self {
            Shape::Struct(shape) => {
                let rest = match shape.rest {
                    Rest::Keep(ty) => Some(ty.id),
                    Rest::Ignore | Rest::Deny => None,
                };
                let fields = shape.properties.iter().filter_map(|property| match &property.kind {
                    PropertyKind::Field { ty, .. } => Some(ty.id),
                    PropertyKind::Constant { .. } => None,
                });
                fields.chain(rest).collect()
            }
            Shape::Union(shape) => shape.variants.iter().map(|variant| variant.ty.id).collect(),
            Shape::Tuple(tuple) => tuple.places.iter().map(|place| place.id).collect(),
            Shape::List(ty) | Shape::Map(ty) | Shape::Alias(ty) | Shape::Newtype { content: ty, .. } => {
                vec![ty.id]
            }
            Shape::Enum(_) | Shape::Scalar(_) | Shape::External(_) | Shape::Any(_) => Vec::new(),
        }
    }
}
