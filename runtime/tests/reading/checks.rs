//! `check`: each constraint, and where in a value it is looked for.

use std::collections::BTreeMap;

use modelsmith_runtime as runtime;
use runtime::{Check, Patch, Secret, View, from_str};
use serde_json::{Value, json};

/// What is wrong with a value that stands in a place with these constraints.
fn wrong(value: &dyn View, rules: &'static runtime::Rules) -> Vec<String> {
    let found = runtime::check(value, rules).err();
    found.iter().flatten().map(ToString::to_string).collect()
}

/// Whether each of these values keeps its constraint.
macro_rules! keeps {
    ($($rules:tt: [$($yes:expr),* $(,)?] not [$($no:expr),* $(,)?];)*) => {$(
        $(assert_eq!(wrong(&$yes, const { &runtime::rules!($rules) }), Vec::<String>::new());)*
        $(assert_eq!(wrong(&$no, const { &runtime::rules!($rules) }).len(), 1, "{}", stringify!($rules: $no));)*
    )*};
}

#[test]
fn bounds_are_exact() {
    keeps! {
        { minimum: 3 }: [3_i64, 4_u8, 3.0, f64::MAX, u128::MAX] not [2_i64, -3_i8, 2.999_999, -1e300];
        { exclusiveMinimum: 3 }: [4_i64, 3.000_001] not [3_i64, 3.0, 2_i64];
        { maximum: 0.1 }: [0.1, 0_i64, -5_i64] not [0.100_000_000_000_000_02, 1_i64];
        { exclusiveMaximum: 0 }: [-1_i64, -1e-300, f64::MIN] not [0_i64, 0.0, -0.0, 1e-300];
        // All of these are one number in 64 bits of floating point.
        { maximum: 9_223_372_036_854_775_806 }: [i64::MAX - 1] not [i64::MAX, u64::MAX, i128::MAX];
        { minimum: 9_007_199_254_740_993 }: [9_007_199_254_740_993_i64] not [9_007_199_254_740_992_i64];
        { minimum: -9_223_372_036_854_775_807 }: [i64::MIN + 1] not [i64::MIN, i128::MIN];
        { maximum: 18_446_744_073_709_551_615 }: [u64::MAX] not [18_446_744_073_709_551_616_i128, u128::MAX];
        { maximum: 100 }: [99.5_f32, 1e2_f32, f64::NAN] not [100.5_f32, 1e3];
        { minimum: -20.5 }: [-20.5, -3_i64, 0_i64] not [-20.51, -100_i64];
    }
}

#[test]
fn multiples_are_those_of_decimal_numbers() {
    keeps! {
        { multipleOf: 0.1 }: [0.3, 0.7, 1_i64, 0.0, -0.3, 1e300, 0.3_f32] not [0.35, 0.1 + 0.2, 1e-7];
        { multipleOf: 0.01 }: [0.07, 1.13, 4.35, 19.99, 1_i64, 123_456_789.01] not [0.075, 19.999, 1e-3];
        { multipleOf: 1e-7 }: [1e-7, 0.000_000_3, 1_i64, 12.345_678_9] not [1e-8, 0.000_000_35];
        { multipleOf: 3 }: [9_i64, 9.0, i64::MIN + 2, 3e22, 0_u8] not [10_i64, 9.5, 1e22, i64::MIN];
        { multipleOf: 9_007_199_254_740_993 }: [9_007_199_254_740_993_i64, 18_014_398_509_481_986_i64]
            not [9_007_199_254_740_992_i64];
        { multipleOf: 340_282_366_920_938_463_463_374_607 }: [340_282_366_920_938_463_463_374_607_i128] not [1e30];
        { multipleOf: 2.5 }: [5_i64, 7.5, -2.5] not [6_i64];
        { multipleOf: 100 }: [1e3, 100_i64, 0_i64] not [10_i64, 150_i64];
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn lengths_are_in_code_points() {
    keeps! {
        { minLength: 2 }: [text("ab"), text("é😀")] not [text("😀"), text("")];
        { maxLength: 2 }: [text("ab"), text("😀😀"), text("")] not [text("abc"), text("e\u{301}e")];
        { maxLength: 0 }: [text("")] not [text("a")];
        { minLength: 0 }: [text("")] not [];
    }
}

#[test]
fn patterns_are_those_of_ecma_262() {
    keeps! {
        // Anywhere in the string.
        { pattern: "b+" }: [text("abc")] not [text("ac")];
        { pattern: "^(?!admin)[a-z]+$" }: [text("user")] not [text("administrator")];
        { pattern: "^\\p{L}+$" }: [text("Žofia"), text("日本")] not [text("a1")];
        // `\d` is ASCII, and `$` is not before a line's end.
        { pattern: "^\\d$" }: [text("5")] not [text("٣"), text("5\n")];
        { pattern: "^.$" }: [text("😀")] not [text("ab")];
        { pattern: "^[\\w\\-]{2,}$" }: [text("a-b")] not [text("é-é")];
        // What the flag `u` refuses.
        { pattern: "^[a-z\\_]+\\@$" }: [text("a_b@")] not [text("a_b")];
        { pattern: "^(?<year>\\d{4})-\\k<year>$" }: [text("2024-2024")] not [text("2024-2025")];
    }
}

#[test]
fn lists_and_objects_are_counted() {
    let map = |count: usize| (0..count).map(|key| (key.to_string(), 1)).collect::<BTreeMap<String, i64>>();
    keeps! {
        { minItems: 1 }: [vec![1_i64]] not [Vec::<i64>::new()];
        { maxItems: 1 }: [vec![1_i64], json!([1])] not [vec![1_i64, 2], json!([1, 2])];
        { minProperties: 2 }: [map(2), json!({"a": 1, "b": 2})] not [map(1), json!({})];
        { maxProperties: 2 }: [map(2), json!({})] not [map(3), json!({"a": 1, "b": 2, "c": 3})];
    }
}

#[test]
fn items_are_unique_as_json_values() {
    keeps! {
        { uniqueItems }: [
            vec![1_i64, 2], json!([1, "1", true, null, [1], {"a": 1}, [], {}]), json!([[1, 2], [2, 1]]),
            json!([{"a": "b"}, {"a": "c"}, "a"]), vec![0.1 + 0.2, 0.3],
        ] not [
            json!([1, 1.0]), json!([{"a": 1, "b": 2}, {"b": 2.0, "a": 1}]), json!([0, -0.0]), vec![1e2, 100.0],
            vec![Some(1_i64), None, None], vec![text("a"), text("b"), text("a")], json!([[1], [1]]), json!([1e20, 1e20]),
        ];
    }
    assert_eq!(
        wrong(&json!([3, 1, 2, 1.0]), &runtime::rules!({ uniqueItems })),
        ["uniqueItems, found items 1 and 3"]
    );
}

#[test]
fn constraints_of_other_types_do_not_concern_a_value() {
    let all = const {
        &runtime::rules!({ minimum: 5, multipleOf: 7, minLength: 3, pattern: "x", minItems: 2, minProperties: 2 })
    };
    for value in [json!(null), json!(true), json!(7), json!("xxx"), json!([1, 2]), json!({"a": 1, "b": 2})] {
        assert_eq!(wrong(&value, all), Vec::<String>::new(), "{value}");
    }
    for value in [json!(1), json!(""), json!([1]), json!({"a": 1})] {
        assert!(!wrong(&value, all).is_empty(), "{value}");
    }
}

struct Pet {
    name: String,
    tags: Option<Vec<String>>,
    note: Patch<String>,
    token: Secret<String>,
    keys: Option<Secret<BTreeMap<String, String>>>,
    place: Option<(i64, String)>,
    friend: Option<Box<Pet>>,
    rest: BTreeMap<String, i64>,
}

runtime::object!([secret] Pet {
    "kind" = "pet";
    required name, token;
    optional tags, keys, place, friend: "a/b~c";
    patch note;
    ..keep rest
} checks {
    maxProperties: 9;
    "name", "note": { minLength: 1 };
    "tags": { maxItems: 2, uniqueItems; *: { pattern: "^[a-z]+$" }; };
    "token": { [secret] minLength: 8 };
    "keys": { [secret] ; *: { minLength: 3 }; };
    "place": { "0": { minimum: 0 }; "1": { maxLength: 1 }; };
    *: { maximum: 5 };
});

#[derive(Clone, Debug, PartialEq)]
struct Slug(String);
runtime::newtype!(Slug checks { pattern: "^[a-z-]+$" });

enum Shape {
    Text(String),
    Count(i64),
    Pet(Pet),
    Slugs(Vec<Slug>),
}

runtime::union!([secret] Shape {
    variants: [Text checks { maxLength: 3 }, Count checks { minimum: 1 }, Pet, Slugs checks { minItems: 1 }],
    integer: [Count],
    string: [Text],
    array: [Slugs],
    object: one Pet
});

fn shown(value: &impl Check) -> Vec<String> {
    value.check().err().into_iter().flatten().map(|violation| violation.to_string()).collect()
}

fn read<T: runtime::Read>(value: &Value) -> T {
    from_str(&value.to_string()).expect("reading checks nothing")
}

#[test]
fn all_violations_are_found_where_they_are() {
    let fine = json!({"kind": "pet", "name": "Rex", "token": "long enough"});
    assert_eq!(shown(&read::<Pet>(&fine)), Vec::<String>::new());
    let bad = json!({
        "kind": "pet", "name": "", "token": "short", "tags": ["a", "B", "a"], "keys": {"name": "k"},
        "place": [-1, "ab"], "note": "", "a/b~c": fine, "left": 5, "right": 6,
    });
    assert_eq!(
        shown(&read::<Pet>(&bad)),
        [
            "maxProperties 9, found 10 properties",
            "/name: minLength 1, found \"\"",
            "/token: minLength 8, found a secret",
            "/tags: maxItems 2, found 3 items",
            "/tags: uniqueItems, found items 0 and 2",
            "/tags/1: pattern `^[a-z]+$`, found \"B\"",
            "/keys: minLength 3, found a secret",
            "/place/0: minimum 0, found -1",
            "/place/1: maxLength 1, found \"ab\"",
            "/note: minLength 1, found \"\"",
            "/right: maximum 5, found 6",
        ]
    );
    let inner = json!({"kind": "pet", "name": "Rex", "token": "long enough", "a/b~c": bad});
    let found = shown(&vec![read::<Pet>(&inner)]);
    assert_eq!(found[1], "/0/a~1b~0c/name: minLength 1, found \"\"");
    assert!(!found.concat().contains("short"), "{found:?}");
}

#[test]
fn absent_and_null_keep_every_constraint() {
    for note in [json!({}), json!({"note": null, "tags": null})] {
        let mut value = json!({"kind": "pet", "name": "Rex", "token": "long enough"});
        value.as_object_mut().expect("it is one").extend(note.as_object().expect("it is one").clone());
        assert_eq!(shown(&read::<Pet>(&value)), Vec::<String>::new());
    }
}

#[test]
fn of_a_union_the_variant_is_checked_that_it_holds() {
    let wrong = |value: Value| shown(&read::<Shape>(&value));
    for value in [json!("abc"), json!(1), json!(["a-b"])] {
        assert_eq!(wrong(value), Vec::<String>::new());
    }
    assert_eq!(wrong(json!("abcd")), ["maxLength 3, found \"abcd\""]);
    assert_eq!(wrong(json!(0)), ["minimum 1, found 0"]);
    assert_eq!(wrong(json!([])), ["minItems 1, found 0 items"]);
    assert_eq!(wrong(json!(["a", "A"])), ["/1: pattern `^[a-z-]+$`, found \"A\""]);
    let pet = json!({"kind": "pet", "name": "", "token": "long enough"});
    assert_eq!(wrong(pet), ["/name: minLength 1, found \"\""]);
    // What has constraints is written like everything else.
    let written = |value: Value| runtime::to_string(&read::<Shape>(&value)).expect("it is written");
    assert_eq!(written(json!(["a", "b"])), r#"["a","b"]"#);
    assert_eq!(serde_json::to_string(&read::<Shape>(&json!(["a"]))).expect("it is written"), r#"["a"]"#);
}

#[test]
fn a_message_names_all_of_them_and_cuts_long_values() {
    let value = read::<Pet>(&json!({"kind": "pet", "name": "Rex", "token": "", "tags": ["B".repeat(100)]}));
    let violations = value.check().expect_err("two are violated");
    assert_eq!(
        violations.iter().map(runtime::Violation::keyword).collect::<Vec<_>>(),
        ["minLength", "pattern"]
    );
    let message = violations.to_string();
    assert!(
        message.starts_with("2 constraints are violated: /token: minLength 8, found a secret; /tags/0: "),
        "{message}"
    );
    assert!(message.ends_with("BBBB…\""), "{message}");
    assert_eq!(violations.iter().last().expect("there are two").pointer(), "/tags/0");
}
