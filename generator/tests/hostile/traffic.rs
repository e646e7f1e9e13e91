//! Recordings that were made to exhaust time, memory or the stack, or are not recordings at all: each is told of by name, and
//! what can be read beside it is.

use std::io::{self, Cursor, Read};
use std::time::{Duration, Instant};

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;
use modelsmith::verify::{Options, Recording, Report, verify};
use modelsmith::{ReadDocument, read_document};

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Any, version: "1" }
paths:
  /any:
    get:
      operationId: any
      responses:
        "200": { description: It, content: { application/json: { schema: { $ref: "#/components/schemas/Node" } } } }
  /free:
    get:
      operationId: free
      responses: { "200": { description: It, content: { application/json: { schema: { type: object } } } } }
  /form:
    post:
      requestBody:
        required: true
        content:
          multipart/form-data: { schema: { type: object, required: [a], properties: { a: { type: integer }, f: { type: string, format: binary } } } }
          application/x-www-form-urlencoded: { schema: { type: object, properties: { a: { type: array, items: { type: integer } } } } }
      responses: { "204": { description: Done } }
components:
  schemas:
    Node:
      type: object
      required: [id]
      properties:
        id: { type: integer }
        kind: { type: string, enum: [one, two] }
        next: { anyOf: [{ $ref: "#/components/schemas/Node" }, { type: array, items: { $ref: "#/components/schemas/Node" } }] }
"##;

fn document() -> ReadDocument {
    let reader = MemoryReader::new().with("any.yaml", DOCUMENT);
    let mut config = Config::default();
    config.rust.client = true;
    read_document("any.yaml".as_ref(), &reader, &config).expect("the document is right")
}

fn report_of(input: Box<dyn Read + '_>) -> Report {
    let document = document();
    let recording = Recording { name: "hostile".to_owned(), input: Ok(input) };
    let start = Instant::now();
    let report =
        verify(&document.graph, &document.documents, &Options::default(), &mut [recording].into_iter());
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    report.expect("nothing is asked for")
}

fn report(text: &[u8]) -> Report {
    report_of(Box::new(Cursor::new(text)))
}

/// What could not be read, with lines.
fn problems(text: &[u8]) -> Vec<String> {
    let report = report(text);
    report.problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

fn faults(report: &Report) -> Vec<String> {
    report.findings.iter().map(|finding| format!("{} x{}", finding.message, finding.count)).collect()
}

/// A text that is repeated without being in memory.
struct Repeated<'a> {
    head: &'a [u8],
    part: &'a [u8],
    times: usize,
    tail: &'a [u8],
    at: usize,
}

impl Read for Repeated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let now = if !self.head.is_empty() {
                self.head
            } else if self.times > 0 {
                self.part
            } else {
                self.tail
            };
            let rest = now.get(self.at..).unwrap_or_default();
            if !rest.is_empty() {
                let length = rest.len().min(buffer.len());
                buffer[..length].copy_from_slice(&rest[..length]);
                self.at += length;
                return Ok(length);
            }
            self.at = 0;
            if !self.head.is_empty() {
                self.head = &[];
            } else if self.times > 0 {
                self.times -= 1;
            } else if !self.tail.is_empty() {
                self.tail = &[];
            } else {
                return Ok(0);
            }
        }
    }
}

fn repeated<'a>(head: &'a str, part: &'a str, times: usize, tail: &'a str) -> Box<dyn Read + 'a> {
    Box::new(Repeated { head: head.as_bytes(), part: part.as_bytes(), times, tail: tail.as_bytes(), at: 0 })
}

const GOOD: &str = r#"{"method":"GET","path":"/any","status":200,"response":{"id":1}}"#;

#[test]
fn what_is_not_a_recording_is_named() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
    assert_eq!(problems(png)[0], "1: the value is not UTF-8 from byte 1 on");
    assert_eq!(
        problems(b"\x1f\x8b\x08\0"),
        ["1: the recording is compressed with gzip: decompress it first"]
    );
    assert_eq!(problems(b"\xff\xfe{\0}\0"), ["1: the recording is UTF-16: save it as UTF-8"]);
    assert_eq!(problems(b"log: {}\n"), ["1: the value is not an object", "1: expected a value"]);
    assert_eq!(problems(b"\"log\""), ["1: the value is not an object"]);
    assert_eq!(
        problems(b"{\"log\":[]}"),
        ["1: the value is not an exchange: `method` and `request` are missing"]
    );
    assert_eq!(problems(b""), [""; 0]);
    let zeros = vec![0; 1 << 20];
    assert_eq!(problems(&zeros), ["1: the value is not an object"]);
}

#[test]
fn a_broken_entry_does_not_take_others_along() {
    let entry = |url: &str| {
        format!(
            r#"{{"request":{{"method":"GET","url":"{url}"}},"response":{{"status":200,"content":{{"text":"{{\"id\":1}}"}}}}}}"#
        )
    };
    let text = format!(
        "{{\"log\":{{\"entries\":[{},\n{{\"request\":1}},\n{{\"request\":{{}}}},\n{{\"a\":tru}},\n{}]}}}}",
        entry("/any"),
        entry("/any")
    );
    let found = report(text.as_bytes());
    assert_eq!(found.totals.matched, 2);
    assert_eq!(
        problems(text.as_bytes()),
        [
            "2: expected an object, found an integer (byte 12 of the value)",
            "3: `method` is missing (byte 13 of the value)",
            "4: the value is not JSON: a word is not `true`, `false` or `null` (byte 9 of the value)",
        ]
    );
    let cut = text.trim_end_matches(']').trim_end_matches("]}}");
    let cut = &cut[..cut.len() - 10];
    assert_eq!(report(cut.as_bytes()).totals.matched, 1);
    assert!(
        problems(cut.as_bytes())
            .iter()
            .any(|it| it.contains("ends inside of the value that begins in line 5"))
    );
}

#[test]
fn a_recording_of_nothing_but_brackets_ends() {
    let many = "[".repeat(4_096);
    let open = repeated("", &many, 1 << 10, "");
    let found = report_of(open);
    assert_eq!(found.problems.len(), 1, "{:?}", found.problems);
    assert!(found.problems[0].message.contains("ends inside of"), "{:?}", found.problems);
    let many = "{\"a\":".repeat(4_096);
    let objects = repeated("", &many, 1 << 10, "");
    assert!(report_of(objects).problems[0].message.contains("ends inside of"));
}

#[test]
fn what_is_too_large_is_left_out_and_counted() {
    let tail = format!("\"}}\n{GOOD}\n");
    // In pieces that are as large as those of a file: of each piece there is much to keep count of.
    let piece = "0123456789".repeat(1 << 10);
    let found = report_of(repeated(
        "{\"method\":\"GET\",\"path\":\"/any\",\"status\":200,\"response_text\":\"",
        &piece,
        7 << 10,
        &tail,
    ));
    assert_eq!((found.totals.too_large, found.totals.matched, found.is_broken), (1, 1, false));
    let message = "a value of 73400382 bytes is skipped: the limit is 67108864 bytes";
    assert_eq!(found.problems[0].message, message);
    // A body below that, but beyond what is compared.
    let piece = "1111111,".repeat(1 << 10);
    let found = report_of(repeated(
        "{\"method\":\"GET\",\"path\":\"/any\",\"status\":200,\"response\":[",
        &piece,
        3 << 10,
        "1]}",
    ));
    assert_eq!((found.totals.too_large, found.totals.matched, found.findings.len()), (1, 1, 0));
}

#[test]
fn deep_values_are_named() {
    let deep = |depth: usize, open: &str, close: &str| {
        format!(
            r#"{{"method":"GET","path":"/any","status":200,"response":{}{}{}}}"#,
            open.repeat(depth),
            r#"{"id":1}"#,
            close.repeat(depth)
        )
    };
    let found = report(deep(100, r#"{"id":1,"next":"#, "}").as_bytes());
    assert_eq!(faults(&found), [""; 0]);
    for (open, close) in [(r#"{"id":1,"next":"#, "}"), ("[", "]")] {
        let found = report(deep(100_000, open, close).as_bytes());
        assert_eq!(faults(&found), ["the value nests too deeply x1"], "{open}");
    }
    // Names with brackets nest, too.
    let name = format!("a{}", "[b]".repeat(10_000));
    let text = format!(
        r#"{{"method":"POST","path":"/form","request_headers":{{"content-type":"application/x-www-form-urlencoded"}},"request_text":"{name}=1"}}"#
    );
    assert_eq!(report(text.as_bytes()).totals.request_bodies, 1);
}

#[test]
fn bodies_that_are_not_what_they_say_are_named() {
    let exchange = |body: &str| format!(r#"{{"method":"GET","path":"/any","status":200,{body}}}"#);
    for (body, expected) in [
        (r#""response_text":"not JSON""#, "the text is not JSON x1"),
        (r#""response_base64":"/////w==""#, "the text is not JSON x1"),
        (r#""response_text":"{\"id\":1""#, "the text is not JSON x1"),
        (r#""response_text":"1e999""#, "the text is not JSON x1"),
        (r#""response_base64":"eyJpZCI6MX0=""#, ""),
        (r#""response":{"id":123456789012345678901234567890}"#, "the integer is out of range x1"),
        (r#""response":{"id":1,"id":"x"}"#, "expected an integer, found a string x1"),
    ] {
        let found = report(exchange(body).as_bytes());
        let expected: Vec<&str> = Some(expected).into_iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(faults(&found), expected, "{body}");
    }
    assert_eq!(
        problems(exchange(r#""response_base64":"a?b""#).as_bytes()),
        ["1: the body is not base64 from byte 1 on"]
    );
    let form = |content_type: &str, text: &str| {
        let text = serde_json::Value::from(text);
        format!(
            r#"{{"method":"POST","path":"/form","status":204,"request_headers":{{"Content-Type":"{content_type}"}},"request_text":{text}}}"#
        )
    };
    let multipart = "multipart/form-data; boundary=x";
    let body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--x--";
    assert_eq!(faults(&report(form(multipart, body).as_bytes())), ["expected an integer, found a string x1"]);
    // What is not one of its kind was not recorded as it was sent.
    let found = report(form(multipart, "--y").as_bytes());
    assert_eq!((found.totals.left_out, found.findings.len()), (1, 0));
    let found = report(form("application/x-www-form-urlencoded", "a=1&a=2&a[]=x&%zz=&=").as_bytes());
    assert_eq!((found.totals.request_bodies, found.is_broken), (1, false));
}

#[test]
fn there_is_an_end_of_different_faults() {
    let line = |number: usize| {
        format!(r#"{{"method":"GET","path":"/any","status":200,"response":{{"id":1,"kind":"k{number}"}}}}"#)
    };
    let text: String = (0..12_000).map(|number| line(number) + "\n").collect();
    let found = report(text.as_bytes());
    assert_eq!((found.findings.len(), found.totals.uncounted), (10_000, 2_000));
    let stranger = |number: usize| format!(r#"{{"method":"GET","path":"/x{number}","status":200}}"#);
    let text: String = (0..3_000).map(|number| stranger(number) + "\n").collect();
    let found = report(text.as_bytes());
    assert_eq!((found.strangers.len(), found.more_strangers), (1_000, 2_000));
    let text = "x\n".repeat(3_000);
    let found = report(text.as_bytes());
    assert_eq!((found.problems.len(), found.more_problems), (100, 2_900));
    let long = format!(r#"{{"method":"GET","path":"/{}","status":200}}"#, "a".repeat(100_000));
    assert_eq!(problems(long.as_bytes()), ["1: the URL is longer than 64 KiB"]);
}

#[test]
fn a_reader_that_fails_is_told_of() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable is out"))
        }
    }
    let found = report_of(Box::new(Cursor::new(format!("{GOOD}\n")).chain(Failing)));
    let messages: Vec<&str> = found.problems.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["the recording cannot be read: the cable is out"]);
    assert!(found.is_broken && found.totals.matched <= 1);
}

/// Which processor compares what makes no difference.
#[test]
fn the_report_is_the_same_for_any_split() {
    let line = |number: usize| match number % 7 {
        0 => format!(
            r#"{{"method":"GET","path":"/any","status":200,"response":{{"kind":"k{}"}}}}"#,
            number % 50
        ),
        1 => {
            format!(r#"{{"method":"GET","path":"/any","status":{},"response":{{"id":1}}}}"#, 200 + number % 5)
        }
        _ => GOOD.to_owned(),
    };
    // More than the 8 192 values that are compared at a time, by several threads each time.
    let text: String = (0..14_000).map(|number| line(number) + "\n").collect();
    let shown = |report: &Report| {
        let lines = report.findings.iter();
        lines.map(|it| format!("{} {} {} {:?}", it.message, it.count, it.line, it.parts)).collect::<Vec<_>>()
    };
    let whole = report(text.as_bytes());
    assert_eq!(whole.totals.exchanges, 14_000);
    let first =
        whole.findings.iter().find(|it| it.message.contains("`id` is missing")).expect("there is one");
    assert_eq!((first.count, first.line), (2_000, 1));
    assert_eq!(shown(&whole), shown(&report(text.as_bytes())));
}
