//! What the visitors of this module share.

use serde::de::{DeserializeSeed, Deserializer, Visitor};

/// Asks for a value of any type.
pub(super) struct Any<V>(pub(super) V);

/// Asks for the name of a property.
pub(super) struct Key<V>(pub(super) V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Any<V> {
    type Value = V::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Key<V> {
    type Value = V::Value;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_identifier(self.0)
    }
}

/// Writes the methods of a visitor that take a value without parts, but for strings: all call one method.
macro_rules! visit_scalars {
    ($value:ty => $take:ident) => {
        #[inline]
        fn visit_bool<E: ::serde::de::Error>(self, value: bool) -> Result<$value, E> {
            self.$take(Scalar::Bool(value))
        }

        #[inline]
        fn visit_i64<E: ::serde::de::Error>(self, value: i64) -> Result<$value, E> {
            self.$take(Scalar::Int(value))
        }

        #[inline]
        fn visit_u64<E: ::serde::de::Error>(self, value: u64) -> Result<$value, E> {
            self.$take(i64::try_from(value).map_or(Scalar::Big(value), Scalar::Int))
        }

        #[inline]
        fn visit_f64<E: ::serde::de::Error>(self, value: f64) -> Result<$value, E> {
            self.$take(Scalar::Float(value))
        }

        #[inline]
        fn visit_unit<E: ::serde::de::Error>(self) -> Result<$value, E> {
            self.$take(Scalar::Null)
        }
    };
}
pub(super) use visit_scalars;
