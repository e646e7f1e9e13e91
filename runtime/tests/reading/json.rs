//! The reader of JSON text is held to `serde_json`: what is accepted, and what it becomes.

use modelsmith_runtime as runtime;

use crate::alike::{Any, Empty, alike};
use serde::Deserialize;
use serde_json::{Number, Value, json};

/// The cases that test suites of JSON parsers have, written anew.
#[test]
fn the_grammar_of_json() {
    let accepted = [
        "[]",
        "[ ]",
        "{}",
        "{ }",
        " [1] ",
        "\t\n\r 1",
        "null",
        "true",
        "false",
        "\"\"",
        "0",
        "-0",
        "-1",
        "1.5",
        "1e5",
        "1E5",
        "1e+5",
        "1e-5",
        "0e0",
        "0.0e-0",
        "1.0",
        "-0.0",
        "123456789012345678901234567890",
        "1e308",
        "[1,2]",
        "[[],{}]",
        "{\"a\":1,\"a\":2}",
        "{\"\":0}",
        "{\"a\":{\"b\":[null]}}",
        "\"\\u0000\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\u{7f}\"",
        "\"é😀\"",
        "\"\\u0041b\"",
        "1e-999",
        "4.9e-324",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "9007199254740993",
        "0.1",
        "0.30000000000000004",
        "2.2250738585072011e-308",
        "1.7976931348623157e308",
        "\"\\uFFFF\"",
        "\"\\uDBFF\\uDFFF\"",
        "[\"a\",\"b\" ]",
        "{\"a\" :\n1 ,\t\"b\": 2 }",
    ];
    for text in accepted {
        assert!(alike(text.as_bytes()), "{text}");
    }
    let refused = [
        "",
        " ",
        "[",
        "]",
        "{",
        "}",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "nul",
        "nulll",
        "tru",
        "True",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1.e5",
        "1e",
        "1e+",
        "1e5.5",
        "0x10",
        "--1",
        "1-",
        "- 1",
        "1e999",
        "-1e999",
        "\"",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800x\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u{0}\"",
        "'a'",
        "[1]]",
        "{}{}",
        "1 2",
        "\u{feff}1",
        "[1}",
        "{\"a\":1]",
        "/**/1",
        "1//",
        "\"\\",
        "\"\\u",
        "[\"a\":1]",
        "\u{a0}1",
        "\u{c}1",
        "\"\\ud800\\ud800\"",
        "\"\\U0041\"",
    ];
    for text in refused {
        assert!(!alike(text.as_bytes()), "{text}");
    }
    for bytes in [
        &b"\xff"[..],
        b"\"\xff\"",
        b"\"\xc3\"",
        b"[\"\xed\xa0\x80\"]",
        b"\"\xf4\x90\x80\x80\"",
        b"\"\xc0\xaf\"",
    ] {
        assert!(!alike(bytes));
    }
}

/// A value may be nested 127 deep; what is skipped may be nested as deeply as it likes, as it may be in `serde_json`.
#[test]
fn depth() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":[", "]}]"), (" [ 1 , ", " ] ")] {
        let levels = open.matches(['[', '{']).count();
        for depth in [1, 126, 127, 128, 129, 5000] {
            if depth % levels == 0 {
                let text = format!("{}null{}", open.repeat(depth / levels), close.repeat(depth / levels));
                assert_eq!(alike(text.as_bytes()), depth <= 127, "{depth} times {open}");
            }
        }
    }
    // The end of the text inside of it, and the wrong bracket at its end.
    for text in ["[".repeat(5000), "{\"a\":".repeat(5000), "[{\"a\":".repeat(5000)] {
        assert!(!alike(text.as_bytes()));
        assert!(!alike(format!("{text}1}}").as_bytes()));
        assert!(!alike(format!("{text}1]").as_bytes()));
    }
}

/// Of properties with the same name the last one counts, in a struct as in a map; `serde`'s derive refuses a struct.
#[test]
fn names_that_are_repeated() {
    struct Twice {
        a: Option<i64>,
        b: i64,
    }

    runtime::object!(Twice { optional a; required b; });

    let text = r#"{"b":1,"a":1,"b":2,"\u0061":3}"#;
    assert_eq!(runtime::from_str::<Twice>(text).unwrap(), Twice { a: Some(3), b: 2 });
    assert_eq!(serde_json::from_str::<Twice>(text).unwrap(), Twice { a: Some(3), b: 2 });
    assert!(alike(text.as_bytes()));
    // Each of them must be what the property is.
    let error = runtime::from_str::<Twice>(r#"{"b":true,"b":2}"#).unwrap_err();
    assert_eq!(error.to_string(), "b: invalid type: boolean `true`, expected i64 at line 1 column 6");
}

#[test]
fn integers_are_exact_or_refused() {
    let read = |text: &str| runtime::from_str::<i64>(text).ok();
    for (text, int) in [
        ("1.0", 1),
        ("1e3", 1000),
        ("1.50e1", 15),
        ("-1E+2", -100),
        ("1000e-3", 1),
        ("0.0", 0),
        ("-0", 0),
        ("-0.0", 0),
        ("0e99999999999", 0),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("9.223372036854775807e18", i64::MAX),
        ("-9223372036854775808.000", i64::MIN),
    ] {
        assert_eq!(read(text), Some(int), "{text}");
    }
    for text in [
        "1.5",
        "1e-1",
        "0.1",
        "9223372036854775808",
        "9.223372036854775808e18",
        "1e19",
        "1e400",
        "1e-400",
        "\"1\"",
        "true",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
    // A value has lost the digits already: what may have been rounded is refused.
    assert_eq!(runtime::from_value::<i64>(&serde_json::json!(9_007_199_254_740_992.0)).ok(), None);
    assert_eq!(runtime::from_value::<i64>(&serde_json::json!(1e3)).ok(), Some(1000));
    assert_eq!(runtime::from_str::<u64>("18446744073709551615").ok(), Some(u64::MAX));
    assert_eq!(runtime::from_str::<u128>(&u128::MAX.to_string()).ok(), Some(u128::MAX));
    assert_eq!(runtime::from_str::<i128>(&i128::MIN.to_string()).ok(), Some(i128::MIN));
    assert_eq!(runtime::from_str::<std::collections::BTreeMap<String, u8>>(r#"{"a":2.0}"#).unwrap()["a"], 2);
}

/// What is written is what `serde_json` writes, to the byte.
#[test]
fn json_is_written_as_serde_json_writes_it() {
    #[track_caller]
    fn alike<T: runtime::View + serde::Serialize>(value: &T) {
        let theirs = serde_json::to_vec(value).unwrap();
        assert_eq!(runtime::to_vec(value).unwrap(), theirs);
        assert_eq!(runtime::to_string(value).unwrap().as_bytes(), theirs);
        let mut written = Vec::new();
        runtime::to_writer(&mut written, value).unwrap();
        assert_eq!(written, theirs);
    }
    let every: String = (0..0x250_u32).filter_map(char::from_u32).collect();
    alike(&every);
    alike(&"😀\u{2028}\\\\\"\"".to_owned());
    alike(&vec![0.1, -0.0, 1e300, 5e-324, 1.0, f64::NAN]);
    alike(&vec![0.1_f32, 16_777_216.0, 1e-40]);
    alike(&vec![i64::MIN, 0, i64::MAX]);
    alike(&vec![i128::MIN, 0, i128::MAX]);
    alike(&vec![u128::MAX, 1]);
    alike(&vec![Some(true), None, Some(false)]);
    alike(&(1_u8, "a".to_owned(), Vec::<bool>::new()));
    alike(&std::collections::BTreeMap::from([(every.clone(), Some(1.5)), (String::new(), None)]));
    alike(&serde_json::json!({"a": [1, -2.5, null, true, {"é": "\n"}], "b": {}, "c": u64::MAX}));
    alike(&Empty {});
}

/// `serde_json`'s own functions write the same, with and without white space, to any writer and by any formatter.
#[test]
fn json_is_written_through_serde() {
    struct Pair {
        a: Vec<Option<String>>,
        b: std::collections::BTreeMap<String, f64>,
    }

    runtime::object!(Pair { "kind" = "pair"; required a, b; });

    /// A formatter of the user's own.
    struct Shouting;

    impl serde_json::ser::Formatter for Shouting {
        fn write_null<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
            writer.write_all(b"NULL")
        }
    }

    let pair = Pair {
        a: vec![Some("x\n\"\u{1}".to_owned()), None],
        b: std::collections::BTreeMap::from([("\\".to_owned(), 0.5)]),
    };
    let written = r#"{"kind":"pair","a":["x\n\"\u0001",null],"b":{"\\":0.5}}"#;
    assert_eq!(runtime::to_string(&pair).unwrap(), written);
    assert_eq!(serde_json::to_string(&pair).unwrap(), written);
    assert_eq!(serde_json::to_vec(&[&pair, &pair]).unwrap(), format!("[{written},{written}]").as_bytes());
    let mut writer = std::io::Cursor::new(Vec::new());
    serde_json::to_writer(&mut writer, &(1, &pair)).unwrap();
    assert_eq!(writer.into_inner(), format!("[1,{written}]").as_bytes());
    let value: serde_json::Value = serde_json::from_str(written).unwrap();
    assert_eq!(serde_json::to_value(&pair).unwrap(), value);
    let pretty = serde_json::to_string_pretty(&pair).unwrap();
    assert!(pretty.starts_with("{\n  \"kind\": \"pair\",\n  \"a\": [\n    \"x"), "{pretty}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&pretty).unwrap(), value);
    let mut shouted = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut shouted, Shouting);
    serde::Serialize::serialize(&pair, &mut serializer).unwrap();
    assert_eq!(shouted, written.replace("null", "NULL").as_bytes());
    let named = std::collections::BTreeMap::from([("p", &pair)]);
    assert_eq!(serde_json::to_string(&named).unwrap(), format!("{{\"p\":{written}}}"));
}

/// `serde_json` has a name for numbers that keep their digits. Where it keeps none, an object may have that name.
#[test]
fn a_name_that_serde_json_gives_to_numbers_is_an_ordinary_one() {
    let text = r#"{"$serde_json::private::Number":"5"}"#;
    let object = json!({ "$serde_json::private::Number": "5" });
    let keeps_digits = "1.10".parse::<Number>().unwrap().to_string() == "1.10";
    let read = if keeps_digits { json!(5) } else { object.clone() };
    assert_eq!(runtime::from_value::<Value>(&object).unwrap(), object);
    assert_eq!(serde_json::from_str::<Any>(text).unwrap().0, object);
    assert_eq!(Any::deserialize(&object).unwrap().0, read);
    assert_eq!(serde_yaml::from_str::<Any>(text).unwrap().0, read);
    let mut cbor = Vec::new();
    ciborium::into_writer(&object, &mut cbor).unwrap();
    assert_eq!(ciborium::from_reader::<Any, _>(cbor.as_slice()).unwrap().0, read);
    if !keeps_digits {
        alike(text.as_bytes());
    }
}
