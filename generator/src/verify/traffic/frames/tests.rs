//! Recordings of every layout, given in pieces of every length.

use super::*;

/// A reader that gives so many bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.1.min(self.0.len()).min(buffer.len());
        let (now, later) = self.0.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fn cut(text: &[u8], layout: Layout, at_once: usize) -> Vec<String> {
    let mut frames = Frames::new(Slow(text, at_once), layout, 40);
    let (mut found, mut out) = (Vec::new(), Vec::new());
    while let Some(next) = frames.next(&mut out) {
        found.push(match next {
            Ok(Frame { line, is_entry }) => {
                let entry = if is_entry { " entry" } else { "" };
                format!("{line}{entry}: {}", String::from_utf8_lossy(&out))
            }
            Err(Broken::TooLarge { line, bytes }) => format!("{line}: {bytes} bytes"),
            Err(Broken::NotAValue { line, message }) => format!("{line}: not a value: {message}"),
            Err(Broken::End { line, message }) => format!("{line}: end: {message}"),
        });
    }
    found
}

#[track_caller]
fn check(text: &str, layout: Layout, expected: &[&str]) {
    for at_once in [1, 2, 3, 7, 1000] {
        assert_eq!(cut(text.as_bytes(), layout, at_once), expected, "{at_once} bytes at once");
    }
}

#[test]
fn exchanges_stand_in_arrays_in_lines_and_in_har() {
    check(r#"[{"a":"]"}, {"b":"\"}"}]"#, Layout::Exchanges, &[r#"1: {"a":"]"}"#, r#"1: {"b":"\"}"}"#]);
    check(
        "{\"a\":1}\n{\"b\":\n[2]}\n{ }",
        Layout::Exchanges,
        &["1: {\"a\":1}", "2: {\"b\":\n[2]}", "4: { }"],
    );
    check(
        "\u{feff}{ \"log\" : {\n\"creator\": {\"name\": \"entries\"}, \"pages\": [[\"x\"]], \"comment\": \"entries\",
        \"entries\": [ {\"a\": 1}, {\"b\": {}} ],\n\"more\": true}, \"x\": [1]}\n{\"log\":{\"entries\":[{}]}}",
        Layout::Exchanges,
        &["3 entry: {\"a\": 1}", "3 entry: {\"b\": {}}", "5 entry: {}"],
    );
    check("{\"log\": 1}{\"logs\":{}}", Layout::Exchanges, &["1: {\"log\": 1}", "1: {\"logs\":{}}"]);
    check("", Layout::Exchanges, &[]);
    check("[]", Layout::Exchanges, &[]);
    check("{\"log\":{}}", Layout::Exchanges, &[]);
}

#[test]
fn payloads_are_whole_values() {
    check(
        "[1,[2]] {\"log\":{}}\n\"a b\" 12\ntrue",
        Layout::Payloads,
        &["1: [1,[2]]", "1: {\"log\":{}}", "2: \"a b\"", "2: 12", "3: true"],
    );
}

#[test]
fn what_is_too_large_is_skipped() {
    let long = "x".repeat(50);
    check(
        &format!("[{{\"a\":\"{long}\"}},{{\"b\":1}}]"),
        Layout::Exchanges,
        &["1: 58 bytes", "1: {\"b\":1}"],
    );
    check(&format!("{long} 1"), Layout::Payloads, &["1: 50 bytes", "1: 1"]);
    let other = format!("{{\"log\":{{\"pages\":[\"{long}\"],\"entries\":[{{}}]}}}}");
    check(&other, Layout::Exchanges, &["1 entry: {}"]);
}

#[test]
fn what_is_broken_is_named() {
    check(
        "{\"a\":\"\n{\"b\":1}",
        Layout::Exchanges,
        &["1: not a value: a line ends inside of a string", "2: {\"b\":1}"],
    );
    check(
        "{\"a\":\n[",
        Layout::Exchanges,
        &["2: end: the recording ends inside of the value that begins in line 1"],
    );
    check("}\n{}", Layout::Exchanges, &["1: not a value: expected a value", "2: {}"]);
    check("[{}\n", Layout::Exchanges, &["1: {}", "2: end: the recording ends inside of a list"]);
    check("[{} }", Layout::Exchanges, &["1: {}", "1: end: expected a value"]);
    check(
        "{\"log\":{\"entries\":[{}",
        Layout::Exchanges,
        &["1 entry: {}", "1: end: the recording ends inside of a list"],
    );
    check("{\"log\":{\"pages\":1", Layout::Exchanges, &["1: end: the recording ends inside of `log`"]);
    check("nothing here", Layout::Exchanges, &["1: nothing", "1: here"]);
    for (bytes, message) in [
        (&b"\x1f\x8b\x08"[..], "1: end: the recording is compressed with gzip: decompress it first"),
        (b"\xff\xfe{\0", "1: end: the recording is UTF-16: save it as UTF-8"),
        (b"{\0\"\0", "1: end: the recording is UTF-16: save it as UTF-8"),
    ] {
        assert_eq!(cut(bytes, Layout::Exchanges, 1000), [message]);
    }
}
