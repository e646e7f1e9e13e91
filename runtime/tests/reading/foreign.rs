//! Types of the users, which implement `serde`'s traits only.

use modelsmith_runtime as runtime;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Peer {
    address: IpAddr,
    others: Vec<Option<IpAddr>>,
    by_address: BTreeMap<Ipv4Addr, i64>,
}

struct Connection {
    peer: Peer,
}
runtime::object!(Connection { required peer as serde; });

/// Some types are written for people in one format and compactly in another, and are read back in the same way.
#[test]
fn formats_that_nobody_reads_have_the_compact_form() {
    let address = IpAddr::from([127, 0, 0, 1]);
    let peer = Peer {
        address,
        others: vec![None, Some(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]))],
        by_address: BTreeMap::from([(Ipv4Addr::LOCALHOST, 7)]),
    };
    let connection = Connection { peer };
    let mut cbor = Vec::new();
    ciborium::into_writer(&connection, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Connection, _>(cbor.as_slice()).unwrap(), connection);
    // What `serde` writes for the type alone.
    let mut compact = Vec::new();
    ciborium::into_writer(&address, &mut compact).unwrap();
    assert!(cbor.windows(compact.len()).any(|part| part == compact), "{cbor:?}");
    let json = r#"{"peer":{"address":"127.0.0.1","others":[null,"::1"],"by_address":{"127.0.0.1":7}}}"#;
    assert_eq!(runtime::to_string(&connection).unwrap(), json);
    assert_eq!(serde_json::to_string(&connection).unwrap(), json);
    assert_eq!(runtime::from_str::<Connection>(json).unwrap(), connection);
    assert_eq!(runtime::from_value::<Connection>(&serde_json::from_str(json).unwrap()).unwrap(), connection);
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Counts {
    largest: u64,
    by_code: BTreeMap<u64, u64>,
    wide: BTreeMap<i128, i64>,
}

struct Counted {
    counts: Counts,
}
runtime::object!(Counted { required counts as serde; });

/// A deserializer may give every integer as one of 128 bits, which `u64` does not take.
struct Wide(i128);

impl<'de> serde::Deserializer<'de> for Wide {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_i128(self.0)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl serde::de::IntoDeserializer<'_> for Wide {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Id {
    id: u64,
}
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct UserId(u64);
struct User {
    id: UserId,
}
runtime::object!(Id { required id; });
runtime::object!(User { required id as serde; });

#[test]
fn the_largest_integers_are_read_from_every_source() {
    let max = u64::MAX;
    let counts = Counts {
        largest: max,
        by_code: BTreeMap::from([(max, max), (0, 0)]),
        wide: BTreeMap::from([(i128::MIN, -1), (i128::from(max), 1)]),
    };
    let counted = Counted { counts };
    let text = runtime::to_string(&counted).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(runtime::from_str::<Counted>(&text).unwrap(), counted);
    assert_eq!(runtime::from_value::<Counted>(&value).unwrap(), counted);
    let mut cbor = Vec::new();
    ciborium::into_writer(&counted, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Counted, _>(cbor.as_slice()).unwrap(), counted);
    for int in [0, u64::MAX] {
        let entries = || [("id", Wide(int.into()))].into_iter();
        let id = Id::deserialize(serde::de::value::MapDeserializer::new(entries()));
        assert_eq!(id, Ok(Id { id: int }));
        let user = User::deserialize(serde::de::value::MapDeserializer::new(entries()));
        assert_eq!(user, Ok(User { id: UserId(int) }));
    }
}

#[test]
fn what_cannot_be_read_in_a_type_of_the_users_is_named() {
    for (count, message) in
        [("1e400", "number out of range"), (r#""\ud800""#, "unexpected end of hex escape")]
    {
        let text = format!(r#"{{"counts":{{"largest":{count}}}}}"#);
        let error = runtime::from_str::<Counted>(&text).unwrap_err();
        assert_eq!(error.to_string(), format!("counts: {message} at line 1 column 11"));
    }
}
