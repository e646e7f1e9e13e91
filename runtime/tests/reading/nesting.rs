//! Unions inside of unions are read in linear time, whatever nests, and their errors stay short.

use modelsmith_runtime as runtime;
use std::fmt::Debug;
use std::time::{Duration, Instant};

// By shape.
object!(A { x: Box<Shape>, p: Option<i64> } { required x; optional p; });
object!(B { x: Box<Shape>, q: Option<i64> } { required x; optional q; });
choice!(Shape { A(A), B(B), Array(Vec<Shape>), Text(String) });
runtime::union!(Shape {
    variants: [A, B, Array, Text],
    string: [Text],
    array: [Array],
    object: fit { A ["x"], B ["x"] }
});

// In order: both variants are arrays of what contains the union again.
choice!(Lists { Few(Vec<Lists>), Many(Vec<Lists>), Number(i64) });
runtime::union!(Lists { variants: [Few, Many, Number], integer: [Number], array: [Few, Many] });

// Tagged, in a union by shape, with the tag at the end.
object!(Node { inner: Option<Box<Either>>, note: Option<String> } { "kind" = "node"; optional inner, note; });
object!(Other { inner: Option<Box<Either>> } { "kind" = "other"; optional inner; });
choice!(Tagged { Node(Node), Other(Other) });
runtime::tagged_union!(Tagged, tag = "kind", { "node" => Node, "other" => Other });
object!(Left { tagged: Tagged } { required tagged: "tagged"; });
object!(Right { tagged: Tagged, right: Option<bool> } { required tagged: "tagged"; optional right; });
choice!(Either { Left(Left), Right(Right) });
runtime::union!(Either { variants: [Left, Right], object: fit { Left ["tagged"], Right ["tagged"] } });

// A type that only `serde` reads lies between the levels.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Foreign {
    x: Box<Around>,
}
object!(Alone { own: Foreign, p: Option<i64> } { required own as serde; optional p; });
object!(Along { own: Foreign, q: Option<i64> } { required own as serde; optional q; });
choice!(Around { Alone(Alone), Along(Along), Text(String) });
runtime::union!(Around { variants: [Alone, Along, Text], string: [Text], object: fit { Alone ["own"], Along ["own"] } });

// A struct and a user's type that hold one another, without a union.
struct Pet {
    toy: Option<Toy>,
}
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Toy {
    pet: Option<Box<Pet>>,
}
runtime::object!(Pet: Default { optional toy as serde; });

const LEVELS: [usize; 7] = [4, 10, 22, 24, 40, 60, 120];

/// Reads a text from every source: all agree, and none takes long.
#[track_caller]
fn read<T: runtime::Read + for<'de> serde::Deserialize<'de> + Debug + PartialEq>(
    text: &str,
) -> Result<T, String> {
    let start = Instant::now();
    let read = runtime::from_str::<T>(text).map_err(|error| error.to_string());
    let value = serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
    let recorded = runtime::from_value::<T>(&value);
    let through = serde_json::from_str::<T>(text);
    assert_eq!(recorded.as_ref().ok(), read.as_ref().ok());
    assert_eq!(through.as_ref().ok(), read.as_ref().ok());
    if let (Err(error), Err(recorded), Err(through)) = (&read, &recorded, &through) {
        assert_eq!(through.to_string(), *error);
        // The path grows with the depth, and nothing else does.
        let message = recorded.message();
        assert!(message.len() < 200, "{} bytes: {message}", message.len());
    }
    assert!(start.elapsed() < Duration::from_secs(2), "{:?} for {} bytes", start.elapsed(), text.len());
    read
}

fn nested(levels: usize, open: &str, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn unions_by_shape_are_linear() {
    for levels in LEVELS {
        assert!(read::<Shape>(&nested(levels, r#"{"x":"#, "\"end\"", "}")).is_ok());
        assert!(read::<Shape>(&nested(levels, r#"{"x":"#, "\"end\"", r#","q":1}"#)).is_ok());
        // A property that nobody knows on every level.
        assert!(read::<Shape>(&nested(levels, r#"{"z":1,"x":"#, "\"end\"", "}")).is_ok());
        if levels <= 60 {
            assert!(read::<Shape>(&nested(levels, r#"{"x":["#, "\"end\"", r#"],"z":1}"#)).is_ok());
        }
        let error = read::<Shape>(&nested(levels, r#"{"x":"#, "1", "}")).unwrap_err();
        assert!(
            error.contains("invalid type: integer `1`, expected a string or an array or an object (Shape)"),
            "{error}"
        );
        // The fault is in the properties that distinguish the variants.
        assert!(read::<Shape>(&nested(levels, r#"{"x":"#, "\"end\"", r#","p":"a","q":"b"}"#)).is_err());
    }
}

#[test]
fn unions_with_types_of_the_users_between_them_are_linear() {
    for levels in LEVELS.into_iter().filter(|levels| *levels <= 60) {
        let valid = nested(levels, r#"{"own":{"x":"#, "\"end\"", r#"},"q":1}"#);
        assert!(matches!(read::<Around>(&valid), Ok(Around::Along(_))));
        assert!(read::<Around>(&valid.replace(r#""q""#, r#""z""#)).is_ok());
        let start = Instant::now();
        for wrong in [valid.replace("\"end\"", "1"), valid.replace(r#""q":1"#, r#""p":"a","q":"b""#)] {
            assert!(runtime::from_str::<Around>(&wrong).is_err(), "{wrong}");
            assert!(serde_json::from_str::<Around>(&wrong).is_err(), "{wrong}");
        }
        assert!(start.elapsed() < Duration::from_secs(2), "{levels} levels: {:?}", start.elapsed());
    }
}

#[test]
fn unions_in_order_are_linear() {
    for levels in LEVELS {
        assert!(read::<Lists>(&nested(levels, "[", "1", "]")).is_ok());
        assert!(read::<Lists>(&nested(levels, "[2,", "1", "]")).is_ok());
        assert!(read::<Lists>(&nested(levels, "[", "true", "]")).is_err());
    }
}

#[test]
fn tagged_unions_with_their_tags_last_are_linear() {
    for levels in LEVELS.into_iter().filter(|levels| *levels <= 60) {
        let valid =
            nested(levels, r#"{"tagged":{"inner":"#, r#"{"tagged":{"kind":"other"}}"#, r#","kind":"node"}}"#);
        assert!(read::<Either>(&valid).is_ok());
        let unread = valid.replace(r#","kind":"node""#, r#","z":[1,2],"kind":"node""#);
        assert!(read::<Either>(&unread).is_ok());
        let wrong = valid.replace("other", "none");
        assert_eq!(
            read::<Either>(&wrong)
                .unwrap_err()
                .split("unknown")
                .nth(1)
                .unwrap()
                .split(" at line")
                .next()
                .unwrap(),
            " `kind` \"none\", expected one of \"node\", \"other\" (Tagged) \
             (Left is the closest variant of Either; 1 other does not fit either)"
        );
    }
}

/// What was skipped in search of a tag is not skipped again: twice the text takes about twice the time.
#[test]
fn the_search_for_tags_is_linear() {
    let time = |levels: usize, size: usize| {
        let note = "n".repeat(size);
        let open = format!(r#"{{"note":"{note}","inner":{{"tagged":"#);
        let text = nested(levels, &open, r#"{"kind":"other"}"#, r#"},"kind":"node"}"#);
        // The shortest of several runs: other programs run too.
        let runs = (0..100).map(|_| {
            let start = Instant::now();
            runtime::from_str::<Tagged>(&text).expect("it reads");
            start.elapsed().as_secs_f64()
        });
        runs.fold(f64::MAX, f64::min) / text.len() as f64
    };
    let (few, many) = (time(6, 300), time(60, 300));
    assert!(many < 5.0 * few, "{many} against {few} for a byte");
}

#[test]
fn values_in_messages_are_short() {
    let long = "é".repeat(5_000_000);
    let error = runtime::from_str::<Lists>(&format!("[\"{long}\"]")).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "[0]: invalid type: string \"{}…\", expected an integer or an array (Lists) \
             (Few is the closest variant of Lists; 1 other does not fit either) at line 1 column 2",
            "é".repeat(64)
        )
    );
    let error = runtime::from_str::<std::collections::BTreeMap<String, i64>>(&format!("{{\"{long}\":true}}"));
    assert_eq!(error.unwrap_err().path(), format!("{}…", "é".repeat(64)));
}

/// `serde_json` allows 127 levels, and so do a text, a value and a tape.
#[test]
fn depth_is_that_of_serde_json() {
    let value = |levels: usize| {
        (0..levels).fold(serde_json::Value::Null, |inner, _| serde_json::Value::Array(vec![inner]))
    };
    let text = |levels: usize| nested(levels, "[", "null", "]");
    for (levels, is_read) in [(126, true), (127, true), (128, false), (10_000, false)] {
        assert_eq!(runtime::from_str::<serde_json::Value>(&text(levels)).is_ok(), is_read, "{levels}");
        let value = value(levels);
        assert_eq!(runtime::from_value::<serde_json::Value>(&value).is_ok(), is_read, "{levels}");
        // Dropping it would need a deep stack.
        std::mem::forget(value);
    }
    assert_eq!(
        runtime::from_str::<serde_json::Value>(&text(128)).unwrap_err().to_string(),
        "recursion limit exceeded at line 1 column 128"
    );
}

/// The limit is that of the whole text, also where `serde` reads a part of it, which would begin to count anew.
#[test]
fn depth_counts_through_types_of_the_users() {
    let text = |levels: usize| {
        let open = [r#"{"toy":"#, r#"{"pet":"#].iter().cycle().take(levels).copied().collect::<String>();
        format!("{open}null{}", "}".repeat(levels))
    };
    for levels in [20, 127] {
        let pet = read::<Pet>(&text(levels)).unwrap();
        // An absent property is not written.
        let written = runtime::to_string(&pet).unwrap();
        assert_eq!(written.matches("toy").count(), levels / 2, "{written}");
    }
    for levels in [128, 100_000] {
        let start = Instant::now();
        let text = text(levels);
        let message = "recursion limit exceeded at line 1 column 890";
        assert_eq!(runtime::from_str::<Pet>(&text).unwrap_err().to_string(), message);
        assert_eq!(serde_json::from_str::<Pet>(&text).unwrap_err().to_string(), message);
        assert!(start.elapsed() < Duration::from_secs(2), "{levels} levels: {:?}", start.elapsed());
    }
    let within: serde_json::Value = serde_json::from_str(&text(127)).unwrap();
    let around = serde_json::json!({ "toy": { "pet": within } });
    assert_eq!(runtime::from_value::<Pet>(&around).unwrap_err().message(), "recursion limit exceeded");
}
