//! `runtime::tagged_union!` and `runtime::union!`.

use modelsmith_runtime as runtime;
use runtime::{Secret, UnknownVariant};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;

object!(Always {} { "kind" = "Always"; });
object!(Risky { level: i64, note: Option<String> } {
    "kind" = "Risky";
    required level;
    optional note;
});
object!(Nested { inner: Vec<Policy> } { "kind" = "Nested"; required inner; });
choice!(Policy { Always(Always), Risky(Risky), Nested(Box<Nested>), Other(UnknownVariant) });
runtime::tagged_union!(Policy, tag = "kind", {
    "Always" => Always,
    "Risky" => Risky,
    "Nested" => Nested,
} else Other);

choice!(Closed { Always(Always), Risky(Risky) });
runtime::tagged_union!(Closed, tag = "kind", { "Always" => Always, "Risky" => Risky });

// Variants that are unions themselves, with the same tag and with another.
object!(CircleV1 { r: i64 } { "kind" = "circle"; "version" = 1; required r; });
object!(CircleV2 { radius: i64 } { "kind" = "circle"; "version" = 2; required radius; });
choice!(Circle { V1(CircleV1), V2(CircleV2) });
runtime::tagged_union!(Circle, tag = "version", { 1 => V1, 2 => V2 });
choice!(Shape { Circle(Circle), Policy(Policy), Flag(Flag) });
runtime::union!(Shape {
    variants: [Circle, Policy, Flag],
    object: tag "kind" {
        "circle" => { Circle [] },
        "Always" => { Policy [] },
        "Risky" => { Policy [] },
        true => { Flag [] },
        else refuse
    }
});
object!(Flag { x: i64 } { "kind" = true; required x; });

// By JSON type.
choice!(Input { Yes(bool), Whole(i64), Number(f64), Id(Id), Text(String), Items(Vec<Input>), Pairs(Vec<Risky>), One(Always) });
runtime::union!(Input {
    variants: [Yes, Whole, Number, Id, Text, Items, Pairs, One],
    boolean: [Yes],
    integer: [Whole, Number],
    number: [Number],
    string: [Id, Text],
    array: [Pairs, Items],
    object: one One
});
#[derive(Clone, Debug, PartialEq)]
enum Id {
    A,
    B,
}
runtime::string_enum!(Id { A = "a", B = "b" });

choice!(Number { Float(f64) });
runtime::union!(Number { variants: [Float], integer: [Float], number: [Float] });
choice!(Whole { Integer(i64) });
runtime::union!(Whole { variants: [Integer], integer: [Integer] });
choice!(WholeOrText { Integer(i64), Text(String) });
runtime::union!(WholeOrText { variants: [Integer, Text], integer: [Integer], string: [Text] });

// By shape.
object!(Cat { name: String, lives: Option<i64>, home: Option<Home> } {
    required name;
    optional lives;
    optional home;
});
object!(Dog { name: String, breed: Option<String>, home: Option<BigHome> } {
    required name;
    optional breed;
    optional home;
});
object!(Bird { wings: i64 } { required wings: "wings"; });
object!(Home { street: Option<String> } { optional street: "street"; });
object!(BigHome { street: Option<String>, garden: Option<String> } { optional street: "street"; optional garden; });
choice!(Animal { Cat(Cat), Dog(Dog), Bird(Bird) });
runtime::union!(Animal {
    variants: [Cat, Dog, Bird],
    object: fit { Cat ["name"], Dog ["name"], Bird ["wings"] }
});

object!(On { state: State1 } { required state: "state"; });
object!(Off { state: State2 } { required state: "state"; });
#[derive(Clone, Debug, PartialEq)]
enum State1 {
    On,
    Unknown(String),
}
runtime::string_enum!(State1 { On = "on", ..Unknown });
#[derive(Clone, Debug, PartialEq)]
enum State2 {
    Off,
    Unknown(String),
}
runtime::string_enum!(State2 { Off = "off", ..Unknown });
choice!(Switch { On(On), Off(Off) });
runtime::union!(Switch { variants: [On, Off], object: fit { On [], Off [] } });

// A tag that not every variant requires, and tag values that several variants have.
object!(Old { a: i64 } { "type" = "old" or absent; required a; });
object!(New { b: i64 } { "type" = "new"; required b; });
object!(Newer { b: i64, c: i64 } { "type" = "new"; required b; required c; });
object!(Any { z: Option<i64> } { optional z: "z"; });
choice!(Mixed { Old(Old), New(New), Newer(Newer), Any(Any) });
runtime::union!(Mixed {
    variants: [Old, New, Newer, Any],
    object: tag "type" {
        "old" => { Old [] },
        "new" => { New ["b"], Newer ["b", "c"] },
        absent { Old ["a"] }
        else variant Any
    }
});
choice!(Open { Old(Old), Rest(UnknownVariant), Text(String) });
runtime::union!(Open {
    variants: [Old, Text],
    string: [Text],
    object: tag "type" { "old" => { Old [] }, absent {} else unknown Rest }
});

/// Reads from every kind of source, with the same result.
#[track_caller]
fn read<T: DeserializeOwned + runtime::Read + Debug + PartialEq>(text: &str) -> Result<T, String> {
    let result = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    let value: Value = serde_json::from_str(text).unwrap();
    let others = [
        serde_json::from_slice::<T>(text.as_bytes()).ok(),
        serde_json::from_reader::<_, T>(text.as_bytes()).ok(),
        T::deserialize(&value).ok(),
        runtime::from_value::<T>(&value).ok(),
        runtime::from_str::<T>(text).ok(),
        cbor(&value),
        yaml(text),
    ];
    for (index, other) in others.into_iter().enumerate() {
        assert_eq!(other.as_ref(), result.as_ref().ok(), "source {index}: {text}");
    }
    result
}

fn cbor<T: DeserializeOwned>(value: &Value) -> Option<T> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    ciborium::from_reader(bytes.as_slice()).ok()
}

fn yaml<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_yaml::from_str(text).ok()
}

#[track_caller]
fn reads<T: DeserializeOwned + Serialize + runtime::Read + Debug + PartialEq>(text: &str, value: T) {
    assert_eq!(read::<T>(text).unwrap(), value);
    // What is written is read again.
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(read::<T>(&written).unwrap(), value);
}

#[track_caller]
fn refuses<T: DeserializeOwned + runtime::Read + Debug + PartialEq>(text: &str, message: &str) {
    read::<T>(text).unwrap_err();
    assert_eq!(
        runtime::from_value::<T>(&serde_json::from_str(text).unwrap()).unwrap_err().to_string(),
        message
    );
}

fn risky(level: i64) -> Risky {
    Risky { level, note: None }
}

fn nested(inner: Vec<Policy>) -> Policy {
    Policy::Nested(Box::new(Nested { inner }))
}

#[test]
fn the_tag_may_stand_anywhere() {
    let noted = || Policy::Risky(Risky { level: 1, note: Some("a\nb".into()) });
    reads(r#"{"kind": "Always"}"#, Policy::Always(Always {}));
    reads(r#"{"kind": "Risky", "level": 1, "note": "a\nb"}"#, noted());
    reads(r#"{"level": 1, "kind": "Risky", "note": "a\nb"}"#, noted());
    reads(r#"{"level": 1, "note": "a\nb", "kind": "Risky"}"#, noted());
    reads(r#"{"x": [{"y": {}}, []], "note": "a\nb", "k": null, "kind": "\u0052isky", "level": 1}"#, noted());
    reads(
        r#"{"inner": [{"level": 2, "kind": "Risky"}, {"inner": [], "kind": "Nested"}], "kind": "Nested"}"#,
        nested(vec![Policy::Risky(risky(2)), nested(vec![])]),
    );
    reads(
        r#"{"kind": "Nested", "inner": [{"level": 2, "kind": "Risky"}, {"kind": "Always"}]}"#,
        nested(vec![Policy::Risky(risky(2)), Policy::Always(Always {})]),
    );
}

#[test]
fn an_unknown_tag_keeps_the_whole_object() {
    for text in
        [r#"{"kind":"New","a":[1,{"b":null}],"c":1.5}"#, r#"{"a":[1,{"b":null}],"c":1.5,"kind":"New"}"#]
    {
        let object = serde_json::from_str(text).unwrap();
        let policy: Policy = read(text).unwrap();
        assert_eq!(policy, Policy::Other(UnknownVariant { tag: "New".into(), object }));
        assert_eq!(serde_json::to_value(&policy).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }
    let inside: Policy = read(r#"{"inner": [{"kind": "New", "a": -1}], "kind": "Nested"}"#).unwrap();
    let object = json!({"kind": "New", "a": -1}).as_object().unwrap().clone();
    assert_eq!(inside, nested(vec![Policy::Other(UnknownVariant { tag: "New".into(), object })]));
    assert!(
        matches!(read(r#"{"type": 3, "a": 1}"#), Ok(Open::Rest(UnknownVariant { tag, .. })) if tag == "3")
    );
    refuses::<Closed>(
        r#"{"a": 1, "kind": "New"}"#,
        r#"unknown `kind` "New", expected one of "Always", "Risky" (Closed)"#,
    );
    refuses::<Closed>(r#"{"kind": 1}"#, r#"unknown `kind` 1, expected one of "Always", "Risky" (Closed)"#);
}

object!(First { policy: Policy, a: Option<i64> } { required policy; optional a; });
object!(Second { policy: Policy, b: Option<i64> } { required policy; optional b; });
choice!(Tried { First(First), Second(Second) });
runtime::union!(Tried { variants: [First, Second], object: fit { First ["policy"], Second ["policy"] } });

/// JSON may have a property twice. What is kept whole is a map, in which the last one counts.
#[test]
fn an_unknown_tag_that_is_there_twice_is_one_value() {
    for object in [
        r#"{"kind":"New","kind":"Newer"}"#,
        r#"{"kind":"New","a":1,"kind":"Always"}"#,
        r#"{"kind":"New","kind":null}"#,
        r#"{"kind":"New","kind":["New"]}"#,
    ] {
        let message = "`kind` occurs more than once, with different values";
        let error = runtime::from_str::<Policy>(object).unwrap_err();
        assert_eq!(error.to_string(), format!("{message} at line 1 column 1"), "{object}");
        serde_json::from_str::<Policy>(object).unwrap_err();
        // Not where the variants of another union are tried either.
        let error = runtime::from_str::<Tried>(&format!(r#"{{"policy":{object}}}"#)).unwrap_err();
        assert!(
            error.to_string().starts_with(&format!("policy: {message} (First is the closest")),
            "{error}"
        );
    }
    let object = json!({"kind": "New", "a": 2}).as_object().unwrap().clone();
    let policy = runtime::from_str::<Policy>(r#"{"kind":"New","a":1,"kind":"New","a":2}"#).unwrap();
    assert_eq!(policy, Policy::Other(UnknownVariant { tag: "New".into(), object }));
}

#[test]
fn a_missing_or_impossible_tag_is_refused() {
    refuses::<Policy>("{}", "missing field `kind`");
    refuses::<Policy>(r#"{"level": 1}"#, "missing field `kind`");
    refuses::<Policy>(r#"{"level": 1, "kind": null}"#, "missing field `kind`");
    refuses::<Policy>(r#"{"inner": [{"level": 1}], "kind": "Nested"}"#, "inner[0]: missing field `kind`");
    refuses::<Policy>(
        r#"{"kind": [1]}"#,
        "kind: invalid type: sequence, expected a string, an integer or a boolean",
    );
    refuses::<Policy>(r#"[1]"#, "invalid type: sequence, expected an object (Policy)");
    refuses::<Policy>("null", "invalid type: null, expected an object (Policy)");
}

#[test]
fn errors_inside_of_a_variant_name_the_path() {
    refuses::<Policy>(
        r#"{"level": "x", "kind": "Risky"}"#,
        r#"level: invalid type: string "x", expected i64"#,
    );
    refuses::<Policy>(
        r#"{"kind": "Nested", "inner": [{"kind": "Always"}, {"kind": "Risky"}]}"#,
        "inner[1]: missing field `level`",
    );
    // Within other types the path and the column begin at the union.
    assert_eq!(
        serde_json::from_str::<Vec<Policy>>(r#"[{"inner": [{"kind": "Risky"}], "kind": "Nested"}]"#)
            .unwrap_err()
            .to_string(),
        "inner[0]: missing field `level` at line 1 column 12"
    );
}

#[test]
fn unions_of_unions_read_the_same_object() {
    for text in [
        r#"{"kind": "circle", "version": 2, "radius": 3}"#,
        r#"{"version": 2, "kind": "circle", "radius": 3}"#,
        r#"{"radius": 3, "kind": "circle", "version": 2}"#,
        r#"{"radius": 3, "version": 2.0, "kind": "circle"}"#,
    ] {
        reads(text, Shape::Circle(Circle::V2(CircleV2 { radius: 3 })));
    }
    reads(r#"{"level": 1, "kind": "Risky"}"#, Shape::Policy(Policy::Risky(risky(1))));
    reads(r#"{"kind": "Risky", "level": 1}"#, Shape::Policy(Policy::Risky(risky(1))));
    reads(r#"{"x": 1, "kind": true}"#, Shape::Flag(Flag { x: 1 }));
    refuses::<Shape>(
        r#"{"kind": "circle", "version": 3}"#,
        "unknown `version` 3, expected one of 1, 2 (Circle)",
    );
    refuses::<Shape>(
        r#"{"kind": false}"#,
        r#"unknown `kind` false, expected one of "circle", "Always", "Risky", true (Shape)"#,
    );
}

#[test]
fn json_types_are_told_apart() {
    reads("true", Input::Yes(true));
    reads("-3", Input::Whole(-3));
    reads("1.5", Input::Number(1.5));
    reads("1e300", Input::Number(1e300));
    reads(&u64::MAX.to_string(), Input::Number(u64::MAX as f64));
    reads("\"b\"", Input::Id(Id::B));
    reads("\"a b\"", Input::Text("a b".into()));
    reads(r#""\n""#, Input::Text("\n".into()));
    reads("[]", Input::Pairs(vec![]));
    reads(
        r#"[1, [true, "a"]]"#,
        Input::Items(vec![Input::Whole(1), Input::Items(vec![Input::Yes(true), Input::Id(Id::A)])]),
    );
    reads(r#"[{"kind": "Risky", "level": 1}]"#, Input::Pairs(vec![risky(1)]));
    reads(r#"{"kind": "Always"}"#, Input::One(Always {}));
    reads("3", Number::Float(3.0));
    reads("3.0", Whole::Integer(3));
    refuses::<Number>("\"x\"", r#"invalid type: string "x", expected an integer or a number (Number)"#);
    refuses::<Whole>("3.5", "invalid type: floating point `3.5`, expected an integer (Whole)");
    refuses::<Whole>("[]", "invalid type: sequence, expected an integer (Whole)");
    refuses::<Whole>("{}", "invalid type: map, expected an integer (Whole)");
    refuses::<Open>("1", "invalid type: integer `1`, expected a string or an object (Open)");
}

#[test]
fn the_best_fit_wins_and_the_first_of_equals() {
    let cat = |home| Animal::Cat(Cat { name: "x".into(), lives: None, home });
    let dog = |breed, home| Animal::Dog(Dog { name: "x".into(), breed, home });
    reads(r#"{"name": "x"}"#, cat(None));
    reads(r#"{"name": "x", "breed": "b"}"#, dog(Some("b".into()), None));
    // Properties inside count too.
    reads(r#"{"name": "x", "home": {"street": "s"}}"#, cat(Some(Home { street: Some("s".into()) })));
    reads(
        r#"{"name": "x", "home": {"garden": "g"}}"#,
        dog(None, Some(BigHome { street: None, garden: Some("g".into()) })),
    );
    // Nobody knows `u`: still the first; both know one of two: still the first.
    reads(r#"{"u": {"v": 1}, "name": "x"}"#, cat(None));
    reads(
        r#"{"name": "x", "lives": 9, "breed": "b"}"#,
        Animal::Cat(Cat { name: "x".into(), lives: Some(9), home: None }),
    );
    // A refused variant is not a candidate, however well its names fit.
    assert_eq!(read(r#"{"name": "x", "lives": "nine"}"#), Ok(dog(None, None)));
    reads(r#"{"wings": 2, "name": 3}"#, Animal::Bird(Bird { wings: 2 }));
    refuses::<Animal>(
        r#"{"name": 3}"#,
        "name: invalid type: integer `3`, expected a string \
         (Cat is the closest variant of Animal; 2 others do not fit either)",
    );
    // A value that an open enum does not name counts like a property that is not read.
    reads(r#"{"state": "off"}"#, Switch::Off(Off { state: State2::Off }));
    reads(r#"{"state": "on"}"#, Switch::On(On { state: State1::On }));
    reads(r#"{"state": "?"}"#, Switch::On(On { state: State1::Unknown("?".into()) }));
}

#[test]
fn tags_may_be_absent_shared_or_other() {
    reads(r#"{"type": "old", "a": 1}"#, Mixed::Old(Old { a: 1 }));
    reads(r#"{"a": 1}"#, Mixed::Old(Old { a: 1 }));
    reads(r#"{"b": 1, "type": "new"}"#, Mixed::New(New { b: 1 }));
    reads(r#"{"b": 1, "type": "new", "c": 2}"#, Mixed::Newer(Newer { b: 1, c: 2 }));
    assert_eq!(read(r#"{"z": 1, "type": "x"}"#), Ok(Mixed::Any(Any { z: Some(1) })));
    assert_eq!(read(r#"{"type": "x", "z": 1}"#), Ok(Mixed::Any(Any { z: Some(1) })));
    refuses::<Mixed>(
        r#"{"type": "new"}"#,
        "missing field `b` (New is the closest variant of Mixed; 1 other does not fit either)",
    );
    refuses::<Mixed>(r#"{"b": 1}"#, "missing field `a`");
    refuses::<Open>(r#"{"a": 1}"#, "missing field `type`");
    reads("\"x\"", Open::Text("x".into()));
}

#[test]
fn unions_hide_secrets_and_write_cbor() {
    object!(Login { password: Secret<String> } { "kind" = "Login"; required password; });
    choice!(Auth { Login(Login) });
    runtime::tagged_union!(Auth, tag = "kind", { "Login" => Login });
    let auth: Auth = read(r#"{"password": "hunter2", "kind": "Login"}"#).unwrap();
    assert_eq!(format!("{auth:?}"), "Login(Login { password: [redacted] })");
    // Lengths are exact, which CBOR needs.
    let mut bytes = Vec::new();
    let policy = nested(vec![Policy::Risky(risky(1)), Policy::Always(Always {})]);
    ciborium::into_writer(&policy, &mut bytes).unwrap();
    assert_eq!(ciborium::from_reader::<Policy, _>(bytes.as_slice()).unwrap(), policy);
    assert_eq!(bytes[0], 0xa2);
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| {
        (0..depth).fold(json!({"kind": "Always"}), |inner, _| json!({"inner": [inner], "kind": "Nested"}))
    };
    assert!(Policy::deserialize(&deep(60)).is_ok());
    let error = Policy::deserialize(&deep(70)).unwrap_err();
    assert_eq!(error.to_string(), "recursion limit exceeded");
}

/// Digits say exactly which integer a number is, however large and however it is written, as they do for the integer
/// alone.
#[test]
fn large_integers_with_fraction_or_exponent_are_integers() {
    for (text, int) in [
        ("1e16", 10_000_000_000_000_000),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("-9.223372036854775808e18", i64::MIN),
    ] {
        assert_eq!(runtime::from_str::<WholeOrText>(text), Ok(WholeOrText::Integer(int)), "{text}");
        assert_eq!(serde_json::from_str::<WholeOrText>(text).unwrap(), WholeOrText::Integer(int), "{text}");
        assert_eq!(runtime::from_str::<i64>(text), Ok(int), "{text}");
    }
    refuses::<WholeOrText>(
        "9007199254740993.5",
        "invalid type: floating point `9007199254740994.0`, expected an integer or a string (WholeOrText)",
    );
}

// A tag may be called anything.
object!(Plain { note: String } { "" = "plain"; required note; });
object!(Fancy { note: String } { "" = "fancy"; required note; });
choice!(Nameless { Plain(Plain), Fancy(Fancy) });
runtime::tagged_union!(Nameless, tag = "", { "plain" => Plain, "fancy" => Fancy });
object!(Before { inner: Nameless, before: Option<bool> } { required inner: "inner"; optional before; });
object!(After { inner: Nameless, after: Option<bool> } { required inner: "inner"; optional after; });
choice!(Around { Before(Before), After(After) });
runtime::union!(Around { variants: [Before, After], object: fit { Before ["inner"], After ["inner"] } });

#[test]
fn a_tag_without_a_name_is_found_in_what_was_looked_at() {
    let note = "n".repeat(100);
    let text = format!(r#"{{"inner":{{"note":"{note}","":"fancy"}},"after":true}}"#);
    let inner = Nameless::Fancy(Fancy { note });
    assert_eq!(read(&text), Ok(Around::After(After { inner, after: Some(true) })));
    assert_eq!(
        runtime::from_str::<Around>(&text.replace("fancy", "other")).unwrap_err().to_string(),
        "inner: unknown `` \"other\", expected one of \"plain\", \"fancy\" (Nameless) \
         (Before is the closest variant of Around; 1 other does not fit either) at line 1 column 10"
    );
}

#[test]
fn a_union_is_copied_shown_and_compared_as_with_derive() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "only shown")]
    enum Derived {
        Risky(Risky),
    }
    let risky = || Risky { level: 3, note: None };
    let policy = Policy::Risky(risky());
    assert_eq!(format!("{policy:#?}"), format!("{:#?}", Derived::Risky(risky())));
    assert_eq!(policy.clone(), policy);
    assert_ne!(policy, Policy::Risky(Risky { level: 4, note: None }));
    assert_ne!(policy, Policy::Always(Always {}));
    let other = |tag: &str| serde_json::from_value::<Policy>(json!({ "kind": tag })).unwrap();
    assert_eq!(other("new").clone(), other("new"));
    assert_ne!(other("new"), other("newer"));
}
