//! `Base64`, `File` and `Patch`.

use modelsmith_runtime as runtime;
use runtime::{Base64, File, Patch};
use std::collections::BTreeMap;

#[test]
fn base64_of_the_rfc() {
    for (bytes, text) in [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ] {
        let value = Base64::from(bytes.as_bytes());
        assert_eq!(value.as_str(), text);
        assert_eq!(serde_json::to_string(&value).unwrap(), format!("{text:?}"));
        assert_eq!(serde_json::from_str::<Base64>(&format!("{text:?}")).unwrap(), value);
        assert_eq!(Base64::from(text.trim_end_matches('=').to_owned()).decode().unwrap(), bytes.as_bytes());
    }
}

#[test]
fn every_byte_survives() {
    for length in 0..=256 {
        let bytes: Vec<u8> = (0..length).map(|index| (index * 7 + length) as u8).collect();
        let text = Base64::from(bytes.clone()).to_string();
        assert_eq!(Base64::from(text.clone()).decode().unwrap(), bytes);
        let url = text.replace('+', "-").replace('/', "_");
        assert_eq!(Base64::from(url).decode().unwrap(), bytes);
    }
}

#[test]
fn base64_is_decoded_tolerantly() {
    let decode = |text: &str| Base64::from(text.to_owned()).decode();
    assert_eq!(decode("Zm9v\r\nYg ==\n").unwrap(), b"foob");
    for (text, at) in
        [("Zg*=", 2), ("Z", 1), ("Zm9vY", 5), ("Zg===", 5), ("Zm9v=", 5), ("Zg==Zg==", 4), ("é", 0)]
    {
        assert_eq!(decode(text).unwrap_err().at, at, "{text}");
    }
    assert_eq!(decode("Z!").unwrap_err().to_string(), "invalid base64 at byte 1");
}

#[test]
fn what_is_no_base64_is_written_back_as_it_came() {
    for text in ["\"data:image/png;base64,Zm8=\"", "\"Zm9\"", "\"two words\"", "\"\""] {
        let value: Base64 = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
    }
    assert_eq!(
        serde_json::from_str::<Base64>("1").unwrap_err().to_string(),
        "invalid type: integer `1`, expected a string at line 1 column 1"
    );
}

#[test]
fn patches_have_three_states() {
    assert_eq!(Patch::<i32>::default(), Patch::Absent);
    assert_eq!(serde_json::from_str::<Patch<i32>>("null").unwrap(), Patch::Null);
    assert_eq!(serde_json::from_str::<Patch<i32>>("3").unwrap(), Patch::from(3));
    assert_eq!(serde_json::to_string(&[Patch::Null, Patch::Value(3)]).unwrap(), "[null,3]");
    assert_eq!(
        (Patch::Value(3).value(), Patch::<i32>::Null.value(), Patch::Value(1).is_absent()),
        (Some(&3), None, false)
    );
}

struct Note {
    text: String,
    by_code: BTreeMap<String, i64>,
}
runtime::object!(Note { required text; default by_code = BTreeMap::new(); });

/// What a format says a value is counts. A string that is derived would take any scalar of YAML.
#[test]
fn a_plain_number_in_yaml_is_not_a_string() {
    let read = |text: &str| serde_yaml::from_str::<Note>(text).map_err(|error| error.to_string());
    for plain in ["123", "true", "1.10"] {
        assert!(read(&format!("text: {plain}")).unwrap_err().contains("expected a string"), "{plain}");
        let quoted = read(&format!("text: '{plain}'")).unwrap();
        assert_eq!(quoted.text, plain);
    }
    let note = read("{ text: 12:30, by_code: { 200: 1, true: 2 } }").unwrap();
    let by_code = BTreeMap::from([("200".to_owned(), 1), ("true".to_owned(), 2)]);
    assert_eq!(note, Note { text: "12:30".to_owned(), by_code });
}

struct Upload {
    content: File,
}
runtime::object!(Upload { required content; });

/// A format that has bytes gives the content back whatever it is.
#[test]
fn files_are_bytes_where_a_format_has_them() {
    let read = |cbor: &[u8]| ciborium::from_reader::<Upload, _>(cbor).map_err(|error| error.to_string());
    for bytes in [vec![0xFF, 0, b'a', 0x80], b"text".to_vec(), Vec::new()] {
        let upload = Upload { content: File::from(bytes) };
        let mut cbor = Vec::new();
        ciborium::into_writer(&upload, &mut cbor).unwrap();
        assert_eq!(read(&cbor), Ok(upload));
    }
    // A string, as a program may write it that has no bytes.
    let mut cbor = Vec::new();
    ciborium::into_writer(&serde_json::json!({ "content": "text" }), &mut cbor).unwrap();
    assert_eq!(read(&cbor), Ok(Upload { content: File::from(b"text".to_vec()) }));
    assert_eq!(
        runtime::from_str::<Upload>(r#"{"content":bytes}"#).unwrap_err().to_string(),
        "expected value at line 1 column 12"
    );
}
