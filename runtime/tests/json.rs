//! The reader of JSON text is held to `serde_json`: what is accepted, and what it becomes.

use modelsmith_runtime as runtime;
use serde_json::Value;

/// Both read a text as the same value, or both refuse it.
#[track_caller]
fn alike(text: &[u8]) -> bool {
    let ours = runtime::from_slice::<Value>(text);
    let theirs = serde_json::from_slice::<Value>(text);
    let shown = String::from_utf8_lossy(text).chars().take(200).collect::<String>();
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(ours, theirs, "{shown}");
            // Numbers to the last bit, the sign of zero included, and the order of properties.
            assert_eq!(ours.to_string(), theirs.to_string(), "{shown}");
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) => panic!("only serde_json refuses {shown}: {error}"),
        (Err(error), Ok(_)) => panic!("only the runtime refuses {shown}: {error}"),
    }
    // What is skipped is held to the same grammar.
    let skipped = [b"{\"skipped\":", text, b"}"].concat();
    let ours = runtime::from_slice::<Empty>(&skipped);
    if ours.is_ok() != theirs.is_ok() {
        // A string that is skipped may have half a surrogate pair, and a number any size, for `serde_json` too.
        let skipped_by_theirs = serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok();
        assert!(
            ours.is_ok() == skipped_by_theirs || text.iter().any(u8::is_ascii_digit),
            "{shown}: {ours:?}"
        );
    }
    theirs.is_ok()
}

#[derive(Clone, Debug, PartialEq)]
struct Empty {}

runtime::object!(Empty: Default {});

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

/// A generator of numbers that gives the same ones each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

#[test]
fn numbers_are_read_to_the_last_bit() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..20_000 {
        let float = f64::from_bits(random.next());
        if float.is_finite() {
            alike(format!("{float:e}").as_bytes());
            alike(float.to_string().as_bytes());
            assert_eq!(runtime::from_str::<f64>(&format!("{float:e}")).unwrap().to_bits(), float.to_bits());
        }
        let digits: String =
            (0..1 + random.below(45)).map(|_| char::from(b'0' + random.below(10) as u8)).collect();
        let point = random.below(digits.len());
        let (whole, fraction) = digits.split_at(point);
        for text in [
            digits.clone(),
            format!("-{digits}"),
            format!("{whole}.{fraction}"),
            format!("{digits}e{}", random.below(60) as i64 - 30),
        ] {
            alike(text.as_bytes());
        }
        let int = i128::from(random.next()) << random.below(63);
        assert_eq!(runtime::from_str::<i128>(&int.to_string()).unwrap(), int);
        assert_eq!(runtime::from_str::<i128>(&format!("-{int}.0")).unwrap(), -int);
    }
}

/// Texts that are changed at random: both still agree.
#[test]
fn damaged_texts_are_refused_alike() {
    let seeds = [
        r#"{"a":[1,-2.5e3,"x\u00e9\n",null,true,{"b":{}}],"é":"😀\ud83d\ude00","n":18446744073709551615}"#,
        include_str!("../../tests/payloads/hooks.json"),
    ];
    let mut random = Random(0x1234_5678_9ABC_DEF1);
    let alphabet = b"{}[]\",:\\u0019eE+-.truefalsn \n\t\xff\xc3\xa9\xed\xa0\x80dD8";
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let mut text = seeds[random.below(8) / 7].as_bytes().to_vec();
        for _ in 0..1 + random.below(3) {
            if text.is_empty() {
                break;
            }
            let at = random.below(text.len());
            let byte = alphabet[random.below(alphabet.len())];
            match random.below(4) {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                2 => drop(text.remove(at)),
                _ => text.truncate(at + 1),
            }
        }
        if alike(&text) { accepted += 1 } else { refused += 1 }
    }
    assert!(accepted > 500 && refused > 500, "{accepted} accepted, {refused} refused");
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
