//! `runtime::string_enum!`, `runtime::integer_enum!` and `runtime::value_enum!`.

use modelsmith_runtime as runtime;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Risk {
    Low,
    High,
    Unknown(String),
}

runtime::string_enum!(Risk { Low = "LOW", High = "HIGH", ..Unknown });

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Closed {
    A,
    B,
}

runtime::string_enum!(Closed { A = "a", B = "b" });

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    One,
    Minus,
    Unknown(i64),
}

runtime::integer_enum!(Level { One = 1, Minus = -2, ..Unknown });

#[derive(Clone, Debug, PartialEq)]
enum ClosedLevel {
    One,
}

runtime::integer_enum!(ClosedLevel { One = 1 });

#[derive(Clone, Debug, PartialEq)]
enum Mixed {
    A,
    One,
    Half,
    True,
    Unknown(Value),
}

runtime::value_enum!(Mixed { A = "a", One = 1, Half = 0.5, True = true, ..Unknown });

#[derive(Clone, Debug, PartialEq)]
enum ClosedMixed {
    A,
    One,
}

runtime::value_enum!(ClosedMixed { A = "a", One = 1 });

#[track_caller]
fn both<T: for<'de> serde::Deserialize<'de> + serde::Serialize + PartialEq + std::fmt::Debug>(
    wire: Value,
    value: T,
) {
    assert_eq!(serde_json::from_value::<T>(wire.clone()).unwrap(), value);
    assert_eq!(serde_json::from_str::<T>(&wire.to_string()).unwrap(), value);
    assert_eq!(serde_json::to_value(&value).unwrap(), wire);
}

#[track_caller]
fn refuses<T: for<'de> serde::Deserialize<'de> + runtime::Read + std::fmt::Debug>(
    value: Value,
    message: &str,
) {
    assert_eq!(runtime::from_value::<T>(&value).unwrap_err().message(), message);
    assert_eq!(serde_json::from_value::<T>(value).unwrap_err().to_string(), message);
}

#[test]
fn strings() {
    both(json!("LOW"), Risk::Low);
    both(json!("MEDIUM"), Risk::Unknown("MEDIUM".into()));
    both(json!("b"), Closed::B);
    refuses::<Risk>(json!(1), "invalid type: integer `1`, expected a string (Risk)");
    refuses::<Risk>(json!(null), "invalid type: null, expected a string (Risk)");
    refuses::<Closed>(json!("c"), r#"unknown value "c" of Closed, expected one of "a", "b""#);
    assert_eq!(
        (Risk::High.as_str(), Risk::from("x").as_ref(), Risk::Low.to_string()),
        ("HIGH", "x", "LOW".into())
    );
    assert_eq!(Risk::from("LOW".to_owned()), Risk::Low);
    assert_eq!("HIGH".parse::<Risk>(), Ok(Risk::High));
    assert_eq!("a".parse::<Closed>(), Ok(Closed::A));
    assert_eq!(
        "A".parse::<Closed>().unwrap_err().to_string(),
        r#"unknown value "A" of Closed, expected one of "a", "b""#
    );
}

#[test]
fn integers() {
    both(json!(1), Level::One);
    both(json!(-2), Level::Minus);
    both(json!(7), Level::Unknown(7));
    assert_eq!(serde_json::from_str::<Level>("1.0").unwrap(), Level::One);
    refuses::<Level>(json!("1"), r#"invalid type: string "1", expected an integer (Level)"#);
    refuses::<Level>(json!(1.5), "invalid type: floating point `1.5`, expected an integer (Level)");
    refuses::<Level>(json!(u64::MAX), "unknown value 18446744073709551615 of Level, expected one of 1, -2");
    refuses::<ClosedLevel>(json!(2), "unknown value 2 of ClosedLevel, expected one of 1");
    assert_eq!(
        (Level::Minus.as_i64(), Level::from(3), Level::One.to_string()),
        (-2, Level::Unknown(3), "1".into())
    );
    assert_eq!(("1".parse::<Level>(), "9".parse::<Level>()), (Ok(Level::One), Ok(Level::Unknown(9))));
    assert_eq!(ClosedLevel::try_from(1), Ok(ClosedLevel::One));
    assert_eq!(
        ClosedLevel::try_from(2).unwrap_err().to_string(),
        "unknown value 2 of ClosedLevel, expected one of 1"
    );
    assert_eq!(
        "x".parse::<Level>().unwrap_err().to_string(),
        r#"unknown value "x" of Level, expected one of 1, -2"#
    );
}

#[test]
fn values_of_several_types() {
    both(json!("a"), Mixed::A);
    both(json!(1), Mixed::One);
    both(json!(0.5), Mixed::Half);
    both(json!(true), Mixed::True);
    assert_eq!(serde_json::from_str::<Mixed>("1.0").unwrap(), Mixed::One);
    for other in [
        json!("b"),
        json!(2),
        json!(-0.5),
        json!(false),
        json!(null),
        json!([1]),
        json!({"a": 1}),
        json!(u64::MAX),
    ] {
        both(other.clone(), Mixed::Unknown(other));
    }
    both(json!("a"), ClosedMixed::A);
    refuses::<ClosedMixed>(json!("b"), r#"unknown value "b" of ClosedMixed, expected one of "a", 1"#);
    refuses::<ClosedMixed>(json!([1]), r#"unknown value [1] of ClosedMixed, expected one of "a", 1"#);
    refuses::<ClosedMixed>(json!(null), r#"unknown value null of ClosedMixed, expected one of "a", 1"#);
}

#[test]
fn as_keys_of_maps() {
    both(json!({"LOW": 1, "x": 2}), BTreeMap::from([(Risk::Low, 1), (Risk::Unknown("x".into()), 2)]));
    both(
        json!({"1": 1, "-2": 2, "5": 3}),
        BTreeMap::from([(Level::One, 1), (Level::Minus, 2), (Level::Unknown(5), 3)]),
    );
    // `1.0` is not an integer for `serde_json`.
    assert_eq!(
        runtime::from_str::<BTreeMap<Level, i32>>(r#"{"1": 1.0}"#).unwrap(),
        BTreeMap::from([(Level::One, 1)])
    );
    assert_eq!(
        runtime::from_str::<BTreeMap<Closed, i32>>(r#"{"a": 1.0, "b": 2}"#).unwrap(),
        BTreeMap::from([(Closed::A, 1), (Closed::B, 2)])
    );
}
