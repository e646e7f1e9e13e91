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

#[derive(Clone, Debug, PartialEq)]
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
