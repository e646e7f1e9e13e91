//! Takes a value from `serde`, to be written in any format.

use super::error::Error;
use super::scalar::Scalar;
use super::view::{Entries, Items, View, Viewed};
use serde::ser::{self, Serialize, Serializer};

/// The parts of a value, as `serde` gives them.
pub(super) enum Content {
    Null,
    Bool(bool),
    Int(i128),
    Unsigned(u128),
    Single(f32),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    Items(Vec<Content>),
    Entries(Vec<(String, Content)>),
}

impl Content {
    /// Takes a value in its human-readable or in its binary form.
    pub(super) fn of<T: Serialize + ?Sized>(value: &T, human: bool) -> Result<Self, Error> {
        value.serialize(Writer { human })
    }

    /// The name of a property.
    fn into_name(self) -> Result<String, Error> {
        match self {
            Content::Text(text) => Ok(text),
            Content::Bool(value) => Ok(value.to_string()),
            Content::Int(value) => Ok(value.to_string()),
            Content::Unsigned(value) => Ok(value.to_string()),
            Content::Null
            | Content::Single(_)
            | Content::Float(_)
            | Content::Bytes(_)
            | Content::Items(_)
            | Content::Entries(_) => Err(Error::new("key must be a string")),
        }
    }

    fn variant(name: &str, content: Content) -> Self {
        Content::Entries(vec![(name.to_owned(), content)])
    }
}

impl View for Content {
    fn view(&self) -> Viewed<'_> {
        match self {
            Content::Null => Viewed::Scalar(Scalar::Null),
            Content::Bool(value) => Viewed::Scalar(Scalar::Bool(*value)),
            Content::Int(value) => Viewed::Scalar(Scalar::Int(*value)),
            Content::Unsigned(value) => Viewed::Unsigned(*value),
            Content::Single(value) => Viewed::Single(*value),
            Content::Float(value) => Viewed::Scalar(Scalar::Float(*value)),
            Content::Text(value) => Viewed::Scalar(Scalar::Str(value)),
            Content::Bytes(value) => Viewed::Bytes(value),
            Content::Items(value) => Viewed::Items(value),
            Content::Entries(value) => Viewed::Entries(value),
        }
    }
}

impl Entries for Vec<(String, Content)> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn View) -> bool) {
        for (name, value) in self {
            if !write(name, value) {
                break;
            }
        }
    }
}

#[derive(Clone, Copy)]
struct Writer {
    /// Whether the format is human-readable: some types are written differently in binary formats.
    human: bool,
}

/// The parts of a value while they are written.
struct Parts {
    writer: Writer,
    /// The variant of an enum that they belong to.
    variant: Option<&'static str>,
    items: Vec<Content>,
    entries: Vec<(String, Content)>,
    name: String,
}

impl Parts {
    fn new(writer: Writer, variant: Option<&'static str>) -> Self {
        Parts { writer, variant, items: Vec::new(), entries: Vec::new(), name: String::new() }
    }

    fn finish(self, is_list: bool) -> Content {
        let content = if is_list { Content::Items(self.items) } else { Content::Entries(self.entries) };
        match self.variant {
            Some(name) => Content::variant(name, content),
            None => content,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.items.push(value.serialize(self.writer)?);
        Ok(())
    }

    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        self.entries.push((name.to_owned(), value.serialize(self.writer)?));
        Ok(())
    }
}

/// Writes the methods for values without parts.
macro_rules! scalars {
    ($($method:ident($ty:ty) => $variant:ident;)*) => {$(
        fn $method(self, value: $ty) -> Result<Content, Error> {
            Ok(Content::$variant(value.into()))
        }
    )*};
}

impl Serializer for Writer {
    type Ok = Content;
    type Error = Error;
    type SerializeSeq = Parts;
    type SerializeTuple = Parts;
    type SerializeTupleStruct = Parts;
    type SerializeTupleVariant = Parts;
    type SerializeMap = Parts;
    type SerializeStruct = Parts;
    type SerializeStructVariant = Parts;

    fn is_human_readable(&self) -> bool {
        self.human
    }

    scalars! {
        serialize_bool(bool) => Bool;
        serialize_i8(i8) => Int;
        serialize_i16(i16) => Int;
        serialize_i32(i32) => Int;
        serialize_i64(i64) => Int;
        serialize_i128(i128) => Int;
        serialize_u8(u8) => Int;
        serialize_u16(u16) => Int;
        serialize_u32(u32) => Int;
        serialize_u64(u64) => Int;
        serialize_u128(u128) => Unsigned;
        serialize_f32(f32) => Single;
        serialize_f64(f64) => Float;
        serialize_char(char) => Text;
        serialize_str(&str) => Text;
        serialize_bytes(&[u8]) => Bytes;
    }

    fn serialize_none(self) -> Result<Content, Error> {
        Ok(Content::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Content, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Content, Error> {
        Ok(Content::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Content, Error> {
        Ok(Content::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Content, Error> {
        Ok(Content::Text(variant.to_owned()))
    }

    fn serialize_newtype_struct<T>(self, _: &'static str, value: &T) -> Result<Content, Error>
    where
        T: Serialize + ?Sized,
    {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Content, Error> {
        Ok(Content::variant(variant, value.serialize(self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts, Error> {
        Ok(Parts::new(self, None))
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts, Error> {
        Ok(Parts::new(self, None))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts, Error> {
        Ok(Parts::new(self, None))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, Error> {
        Ok(Parts::new(self, Some(variant)))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts, Error> {
        Ok(Parts::new(self, None))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts, Error> {
        Ok(Parts::new(self, None))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Parts, Error> {
        Ok(Parts::new(self, Some(variant)))
    }
}

/// Writes the implementations for lists.
macro_rules! lists {
    ($($trait:ident $method:ident;)*) => {$(
        impl ser::$trait for Parts {
            type Ok = Content;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<Content, Error> {
                Ok(self.finish(true))
            }
        }
    )*};
}
lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

/// Writes the implementations for structs.
macro_rules! structs {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Parts {
            type Ok = Content;
            type Error = Error;

            fn serialize_field<T>(&mut self, name: &'static str, value: &T) -> Result<(), Error>
            where
                T: Serialize + ?Sized,
            {
                self.entry(name, value)
            }

            fn end(self) -> Result<Content, Error> {
                Ok(self.finish(false))
            }
        }
    )*};
}
structs!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Parts {
    type Ok = Content;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        // A name is a string in every format.
        self.name = Content::of(name, true)?.into_name()?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = std::mem::take(&mut self.name);
        self.entry(&name, value)
    }

    fn end(self) -> Result<Content, Error> {
        Ok(self.finish(false))
    }
}
