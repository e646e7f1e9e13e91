//! `runtime::object!` and `runtime::newtype!`.

use modelsmith_runtime as runtime;
use runtime::{Patch, Secret};
use serde_json::{Value, json};
use std::collections::BTreeMap;

struct Pet {
    id: i64,
    owner: Option<String>,
    note: Option<String>,
    alive: bool,
    colour: Option<String>,
    name: Patch<String>,
}

runtime::object!(Pet: Default {
    "kind" = "Pet";
    "version" = 1 or absent;
    required id = 7;
    required owner = None;
    optional note;
    default alive = true;
    default colour = Some("red".to_owned());
    patch name;
});

struct Kept {
    r#type: String,
    rest: BTreeMap<String, i64>,
}

runtime::object!(Kept: new(r#type: impl Into<String>) {
    required r#type: "type";
    ..keep rest
});

struct Denied {
    id: i64,
}

runtime::object!(Denied {
    "kind" = "denied";
    required id;
    ..deny
});

struct Constants {}

runtime::object!(Constants: Default {
    "text" = "a";
    "integer" = -3;
    "float" = 1.5;
    "flag" = true;
});

struct Empty {}

runtime::object!(Empty: Default {});

#[derive(Clone, Debug, PartialEq)]
struct Tree(pub Vec<Tree>);

runtime::newtype!(Tree);

struct Login {
    password: Secret<String>,
    numbers: Vec<i32>,
}

runtime::object!(Login {
    required password;
    required numbers;
});

fn pet() -> Pet {
    Pet { id: 1, owner: None, note: None, alive: true, colour: Some("red".into()), name: Patch::Absent }
}

#[track_caller]
fn refuses<T: for<'de> serde::Deserialize<'de> + runtime::Read + std::fmt::Debug>(
    value: Value,
    message: &str,
) {
    let error = runtime::from_value::<T>(&value).unwrap_err();
    assert_eq!(error.message(), message);
    // Through `serde_json` it is the same, with the path.
    assert_eq!(serde_json::from_value::<T>(value).unwrap_err().to_string(), error.to_string());
}

#[test]
fn what_is_absent_takes_its_default() {
    let text = r#"{"kind": "Pet", "id": 1, "owner": null}"#;
    assert_eq!(serde_json::from_str::<Pet>(text).unwrap(), pet());
    assert_eq!(Pet::default(), Pet { id: 7, ..pet() });
    assert_eq!(Kept::new("t"), Kept { r#type: "t".to_owned(), rest: BTreeMap::new() });
}

#[test]
fn null_is_not_absence() {
    let read = |text| serde_json::from_str::<Pet>(text).unwrap();
    let text = r#"{"kind": "Pet", "id": 1, "owner": "x", "note": null, "colour": null, "name": null}"#;
    assert_eq!(read(text), Pet { owner: Some("x".into()), colour: None, name: Patch::Null, ..pet() });
    let text =
        r#"{"kind": "Pet", "id": 1, "owner": null, "note": "n", "alive": false, "name": "v", "version": 1}"#;
    assert_eq!(
        read(text),
        Pet { note: Some("n".into()), alive: false, name: Patch::Value("v".into()), ..pet() }
    );
    refuses::<Pet>(
        json!({"kind": "Pet", "id": 1, "owner": null, "alive": null}),
        "invalid type: null, expected a boolean",
    );
}

#[test]
fn constants_are_written_first_and_absent_options_not_at_all() {
    let write = |pet: &Pet| serde_json::to_string(pet).unwrap();
    assert_eq!(
        write(&pet()),
        r#"{"kind":"Pet","version":1,"id":1,"owner":null,"alive":true,"colour":"red"}"#
    );
    assert_eq!(
        write(&Pet { note: Some("n".into()), colour: None, name: Patch::Null, ..pet() }),
        r#"{"kind":"Pet","version":1,"id":1,"owner":null,"note":"n","alive":true,"colour":null,"name":null}"#
    );
    assert_eq!(
        serde_json::to_string(&Constants::default()).unwrap(),
        r#"{"text":"a","integer":-3,"float":1.5,"flag":true}"#
    );
    assert_eq!(serde_json::to_string(&Empty::default()).unwrap(), "{}");
}

#[test]
fn missing_properties_are_named() {
    refuses::<Pet>(json!({"kind": "Pet", "owner": null}), "missing field `id`");
    // An `Option` that is required must be there too.
    refuses::<Pet>(json!({"kind": "Pet", "id": 1}), "missing field `owner`");
    refuses::<Pet>(json!({"id": 1, "owner": null}), "missing field `kind`");
}

#[test]
fn constants_are_checked() {
    let constants = |name: &str, value: Value| {
        let mut object = json!({"text": "a", "integer": -3, "float": 1.5, "flag": true});
        object[name] = value;
        object
    };
    assert_eq!(serde_json::from_value::<Constants>(constants("integer", json!(-3.0))).unwrap(), Constants {});
    refuses::<Constants>(constants("text", json!("b")), r#"`text` is "b", expected "a""#);
    refuses::<Constants>(constants("integer", json!(4)), "`integer` is 4, expected -3");
    refuses::<Constants>(constants("integer", json!(true)), "`integer` is true, expected -3");
    refuses::<Constants>(constants("float", json!(1)), "`float` is 1, expected 1.5");
    refuses::<Constants>(constants("flag", json!(false)), "`flag` is false, expected true");
    refuses::<Constants>(constants("flag", json!(null)), "invalid type: null, expected true for `flag`");
    refuses::<Constants>(constants("text", json!([])), r#"invalid type: sequence, expected "a" for `text`"#);
    refuses::<Constants>(
        constants("integer", json!(u64::MAX)),
        "`integer` is 18446744073709551615, expected -3",
    );
    refuses::<Pet>(json!({"kind": "Pet", "version": 2}), "`version` is 2, expected 1");
}

#[test]
fn unknown_properties_are_skipped_kept_or_refused() {
    let text = r#"{"kind": "Pet", "id": 1, "x": {"y": [1, {}]}, "owner": null}"#;
    assert_eq!(serde_json::from_str::<Pet>(text).unwrap(), pet());

    let text = r#"{"a":1,"type":"t","b":2}"#;
    let kept: Kept = serde_json::from_str(text).unwrap();
    assert_eq!(kept, Kept { r#type: "t".into(), rest: BTreeMap::from([("a".into(), 1), ("b".into(), 2)]) });
    assert_eq!(serde_json::to_string(&kept).unwrap(), r#"{"type":"t","a":1,"b":2}"#);
    refuses::<Kept>(json!({"type": "t", "a": "no"}), r#"invalid type: string "no", expected i64"#);

    assert_eq!(serde_json::from_str::<Denied>(r#"{"id": 1, "kind": "denied"}"#).unwrap(), Denied { id: 1 });
    refuses::<Denied>(
        json!({"id": 1, "kind": "denied", "x": 2}),
        "unknown field `x`, expected `id` or `kind`",
    );
}

#[test]
fn order_does_not_matter_and_the_last_of_equal_names_wins() {
    let text = r#"{"name": "a", "owner": null, "id": 7, "kind": "Pet", "id": 1, "name": "b"}"#;
    assert_eq!(serde_json::from_str::<Pet>(text).unwrap(), Pet { name: Patch::Value("b".into()), ..pet() });
    let text = r#"{"kind": "Pet", "note": "a", "id": 1, "note": null, "owner": null}"#;
    assert_eq!(serde_json::from_str::<Pet>(text).unwrap(), pet());
}

#[test]
fn other_types_are_refused() {
    refuses::<Pet>(json!([1]), "invalid type: sequence, expected an object (Pet)");
    refuses::<Pet>(json!("x"), r#"invalid type: string "x", expected an object (Pet)"#);
    refuses::<Tree>(json!([[], {}]), "invalid type: map, expected an array");
}

#[test]
fn newtypes_are_what_they_hold() {
    let tree = Tree(vec![Tree(vec![]), Tree(vec![Tree(vec![])])]);
    assert_eq!(serde_json::to_string(&tree).unwrap(), "[[],[[]]]");
    assert_eq!(serde_json::from_str::<Tree>("[[],[[]]]").unwrap(), tree);
}

#[test]
fn secrets_are_not_shown() {
    let login = Login { password: "hunter2".into(), numbers: vec![1] };
    assert_eq!(format!("{login:?}"), "Login { password: [redacted], numbers: [1] }");
    assert!(format!("{login:#?}").contains("password: [redacted],"));
    assert!(!format!("{:#?}", Some(vec![login.clone()])).contains("hunter2"));
    assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"password":"hunter2","numbers":[1]}"#);
    assert_eq!(login.password.expose(), "hunter2");
    assert_eq!(Secret::from(3).into_inner(), 3);
}

#[test]
fn an_integer_may_have_a_fraction_of_zero() {
    let text = r#"{"password": "", "numbers": [8.0, -2.0, 1e3]}"#;
    assert_eq!(runtime::from_str::<Login>(text).unwrap().numbers, [8, -2, 1000]);
    assert_eq!(
        runtime::from_str::<Login>(r#"{"password": "", "numbers": [8.5]}"#).unwrap_err().to_string(),
        "numbers[0]: invalid type: floating point `8.5`, expected i32 at line 1 column 30"
    );
    assert_eq!(
        runtime::from_str::<Login>(r#"{"password": "", "numbers": [1e10]}"#).unwrap_err().message(),
        "invalid value: integer `10000000000`, expected i32"
    );
}

/// What `derive` makes of the same fields.
mod derived {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    pub(super) struct Kept {
        pub(super) r#type: String,
        pub(super) rest: BTreeMap<String, i64>,
    }

    #[derive(Clone, Debug, PartialEq)]
    pub(super) struct Constants {}
}

struct Hidden {
    id: i64,
    rest: BTreeMap<String, String>,
}

runtime::object!(Hidden {
    required id;
    ..keep rest [secret]
});

#[test]
fn it_shows_itself_as_with_derive() {
    let rest = BTreeMap::from([("age".to_owned(), 3)]);
    let kept = Kept { r#type: "cat".to_owned(), rest: rest.clone() };
    let derived = derived::Kept { r#type: "cat".to_owned(), rest };
    assert_eq!(format!("{kept:?}"), format!("{derived:?}"));
    assert_eq!(format!("{kept:#?}"), format!("{derived:#?}"));
    assert_eq!(format!("{:?}", Constants {}), format!("{:?}", derived::Constants {}));
}

#[test]
fn properties_that_may_be_secret_are_shown_by_their_names() {
    let hidden = Hidden { id: 1, rest: BTreeMap::from([("token".to_owned(), "t0p".to_owned())]) };
    assert_eq!(format!("{hidden:?}"), r#"Hidden { id: 1, rest: ["token"] }"#);
}

#[test]
fn copies_are_equal_until_one_field_differs() {
    let kept = Kept { r#type: "cat".to_owned(), rest: BTreeMap::from([("age".to_owned(), 3)]) };
    assert_eq!(kept.clone(), kept);
    assert_ne!(Kept { r#type: "dog".to_owned(), ..kept.clone() }, kept);
    assert_ne!(Kept { rest: BTreeMap::new(), ..kept.clone() }, kept);
}
