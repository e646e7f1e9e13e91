//! `type: number` with the format of an integer is an integer, and what makes integers wider.

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;

/// The Rust type of a schema with these keywords.
fn rust(keywords: &str) -> String {
    let document = format!(
        "openapi: 3.0.3\ninfo: {{ title: N, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    \
         N: {{ {keywords} }}\n"
    );
    let reader = MemoryReader::new().with("api.yaml", document);
    let output = modelsmith::generate("api.yaml".as_ref(), &reader, &Config::default()).expect("it is right");
    assert!(output.warnings.is_empty(), "{keywords}");
    let text = output.files.get("src/models/n.rs").expect("the schema has its file");
    let line =
        text.lines().find(|line| line.starts_with("pub type N = ")).unwrap_or_else(|| panic!("{text}"));
    line.trim_start_matches("pub type N = ").trim_end_matches(';').to_owned()
}

/// A default says what values there are, as bounds do.
#[test]
fn a_default_beyond_64_bits_makes_an_integer_wider() {
    for (keywords, ty) in [
        ("default: 9223372036854775807", "i64"),
        ("default: 18446744073709551615", "i128"),
        ("format: int64, default: 18446744073709551615", "i128"),
        ("minimum: 0, default: 9223372036854775808", "u64"),
        ("format: uint64, default: 18446744073709551615", "u64"),
    ] {
        assert_eq!(rust(&format!("type: integer, {keywords}")), ty, "{keywords}");
    }
}

#[test]
fn a_format_of_integers_makes_an_integer() {
    for (keywords, ty) in [
        ("format: int32", "i32"),
        ("format: int64", "i64"),
        ("format: uint64", "u64"),
        ("format: int64, maximum: 18446744073709551615, minimum: 0", "u64"),
        ("format: int128", "i128"),
        ("format: uint128", "u128"),
        ("format: float", "f64"),
        ("format: double", "f64"),
        ("format: decimal", "f64"),
        ("multipleOf: 1", "f64"),
    ] {
        assert_eq!(rust(&format!("type: number, {keywords}")), ty, "{keywords}");
    }
}
