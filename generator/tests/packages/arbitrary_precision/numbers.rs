//! Numbers in the emitted types, with the feature on: as many digits as they have.

use precise_models::runtime;
use precise_models::{Point, Shape};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;

const POINT: &str = r#"{"x":0.1,"count":9007199254740993,"wide":170141183460469231731687303715884105727,"level":2,
    "any":[1.10,123456789012345678901234567890123456789012345,-0.0,1E5],"more":0.12345678901234567890,"kind":"point"}"#;

/// Reads a text as a type from every source that JSON has, and writes it: no digit is lost.
#[track_caller]
fn same<T: DeserializeOwned + Serialize + Debug + PartialEq>(text: &str) -> T {
    let value: Value = serde_json::from_str(text).unwrap();
    let read: T = serde_json::from_str(text).unwrap();
    let others: [T; 4] = [
        serde_json::from_slice(text.as_bytes()).unwrap(),
        serde_json::from_reader(text.as_bytes()).unwrap(),
        serde_json::from_value(value.clone()).unwrap(),
        T::deserialize(&value).unwrap(),
    ];
    for (index, other) in others.iter().enumerate() {
        assert_eq!(other, &read, "source {index}");
    }
    // Numbers are compared as the texts that they are.
    let written: Value = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(written, value);
    assert_eq!(serde_json::to_value(&read).unwrap(), value);
    read
}

#[track_caller]
fn exact(point: &Point) {
    assert_eq!((point.x, point.count, point.wide), (0.1, 9_007_199_254_740_993, Some(i128::MAX as _)));
    let any = serde_json::to_string(&point.any).unwrap();
    assert_eq!(any, "[1.10,123456789012345678901234567890123456789012345,-0.0,1e+5]");
}

#[test]
fn structs() {
    let point: Point = same(POINT);
    exact(&point);
    assert_eq!(runtime::from_str::<Point>(POINT).unwrap(), point);
    assert_eq!(runtime::from_value::<Point>(&serde_json::from_str(POINT).unwrap()).unwrap(), point);
    let written = runtime::to_string(&point).unwrap();
    assert!(written.contains("0.12345678901234567890"), "{written}");
    assert_eq!(serde_json::to_string(&point).unwrap(), written);
    // The sign of zero is a digit too.
    let zero: Value = serde_json::from_str(r#"{"x":-0,"count":-0,"any":-0,"kind":"point"}"#).unwrap();
    let point = runtime::from_value::<Point>(&zero).unwrap();
    assert_eq!((point.x.to_bits(), point.count), ((-0.0_f64).to_bits(), 0));
    assert_eq!(point.any.unwrap().to_string(), "-0");
    // An integer may be written with a fraction that is zero.
    let rounded: Point = serde_json::from_str(r#"{"x":1,"count":3.0,"kind":"point"}"#).unwrap();
    assert_eq!((rounded.x, rounded.count), (1.0, 3));
    let rounded: Point = serde_json::from_value(serde_json::from_str(r#"{"x":1,"count":3e0,"kind":"point"}"#).unwrap()).unwrap();
    assert_eq!(rounded.count, 3);
}

#[test]
fn unions() {
    let line = format!(r#"{{"points":[{POINT},{{"points":[{POINT}],"kind":"line"}}],"width":12,"kind":"line"}}"#);
    let Shape::Line(line) = same::<Shape>(&line) else { panic!("a line") };
    let Shape::Point(point) = &line.points[0] else { panic!("a point") };
    exact(point);
    assert_eq!(serde_json::to_string(&line.width).unwrap(), "12");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flat {
    id: u64,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Points(Vec<Point>),
    Shape(Shape),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what")]
enum Tagged {
    Shape(Shape),
}

#[test]
fn inside_of_own_types() {
    // `serde` itself holds no integers of 128 bits where it has to look ahead.
    let text = POINT.replace("170141183460469231731687303715884105727", "18446744073709551615");
    let inside = text.trim_start_matches('{');
    let flat: Flat = same(&format!("{{\"id\":18446744073709551615,{inside}"));
    let Shape::Point(point) = &flat.shape else { panic!("a point") };
    assert_eq!((point.x, point.count, point.wide), (0.1, 9_007_199_254_740_993, Some(u64::MAX.into())));
    same::<Untagged>(&format!("[{text}]"));
    same::<Untagged>(&text);
    same::<Tagged>(&format!("{{\"what\":\"Shape\",{inside}"));
    same::<BTreeMap<String, Option<Shape>>>(&format!("{{\"a\":{text},\"b\":null}}"));
}

#[test]
fn other_formats() {
    let point: Point = runtime::from_str(r#"{"x":0.1,"count":-3,"any":[1,2.5],"kind":"point"}"#).unwrap();
    let mut cbor = Vec::new();
    ciborium::into_writer(&point.x, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<f64, _>(cbor.as_slice()).unwrap(), 0.1);
    // With the feature on `serde_json` writes the numbers of a `Value` as maps into other formats.
    let mut cbor = Vec::new();
    ciborium::into_writer(&point, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Point, _>(cbor.as_slice()).unwrap(), point);
}
