//! The table of styles (OpenAPI 3.1.1 §4.8.12.4, RFC 6570 §3.2), byte for byte: each style with `explode` on and off, for an
//! empty string, a string, a list, an object, and for a list and an object with nothing in them.

use std::collections::BTreeMap;

use crate::response::Response;
use modelsmith_runtime as runtime;
use modelsmith_runtime::{Answer, Call, Endpoint, Place, View};

const NO_ANSWERS: &[Answer] = &[];

/// An operation with one parameter, which is called `color`.
const fn endpoint(path: &'static str, parameters: &'static [Place]) -> Endpoint {
    Endpoint {
        id: "get",
        method: "GET",
        path,
        parameters,
        answers: NO_ANSWERS,
        security: &[],
        server: None,
        success: None,
        rules: &runtime::rules!(),
    }
}

/// The values of the table.
struct Values {
    empty: String,
    string: String,
    list: Vec<String>,
    object: BTreeMap<String, i32>,
    no_items: Vec<String>,
    no_fields: BTreeMap<String, i32>,
}

fn values() -> Values {
    Values {
        empty: String::new(),
        string: "blue".to_owned(),
        list: ["blue", "black", "brown"].map(str::to_owned).to_vec(),
        // A map is sorted by its keys.
        object: [("B", 150), ("G", 200), ("R", 100)].map(|(key, value)| (key.to_owned(), value)).into(),
        no_items: Vec::new(),
        no_fields: BTreeMap::new(),
    }
}

/// What is sent of each value: the path behind `/`, the query, the header, or the cookies. An error for what is refused.
fn row(endpoint: &'static Endpoint) -> [String; 6] {
    let values = values();
    let all: [&dyn View; 6] =
        [&values.empty, &values.string, &values.list, &values.object, &values.no_items, &values.no_fields];
    all.map(|value| match Call::<Response>::new(endpoint, &[Some(value)], None) {
        Ok(call) => {
            let headers = call.headers.iter().map(|(name, value)| format!("{name}: {value}"));
            let path = call.path.trim_start_matches('/').to_owned();
            [path, call.query]
                .into_iter()
                .chain(headers)
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        }
        Err(_) => "refused".to_owned(),
    })
}

macro_rules! table {
    ($path:literal: $($place:expr => [$($sent:literal),+];)+) => {
        $({
            static ENDPOINT: Endpoint = endpoint($path, &[$place]);
            assert_eq!(row(&ENDPOINT), [$($sent),+], "{}", stringify!($place));
        })+
    };
}

/// An empty segment is the URL of another operation, and so is a dot.
#[test]
fn paths() {
    table!("/{color}":
        Place::path("color") => ["refused", "blue", "blue,black,brown", "B,150,G,200,R,100", "refused", "refused"];
        Place::path("color").exploded() => ["refused", "blue", "blue,black,brown", "B=150,G=200,R=100", "refused", "refused"];
        Place::path("color").label() => ["refused", ".blue", ".blue,black,brown", ".B,150,G,200,R,100", "refused", "refused"];
        Place::path("color").label().exploded() => ["refused", ".blue", ".blue.black.brown", ".B=150.G=200.R=100", "refused", "refused"];
        Place::path("color").matrix() => [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100", "refused", "refused"];
        Place::path("color").matrix().exploded() => [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100", "refused", "refused"];
    );
}

#[test]
fn queries() {
    table!("":
        Place::query("color").joined() => ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100", "", ""];
        Place::query("color") => ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100", "", ""];
        Place::query("color").space().joined() => ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100", "", ""];
        Place::query("color").pipe().joined() => ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100", "", ""];
        // Of these the table says nothing: exploded parts have no delimiter, and are written as in `form`.
        Place::query("color").space() => ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100", "", ""];
        Place::query("color").pipe() => ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100", "", ""];
        Place::query("color").deep() => ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100", "", ""];
        Place::query("color").deep().joined() => ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100", "", ""];
        Place::query("color").brackets() => ["color=", "color=blue", "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown", "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100", "", ""];
        Place::query("color").json() => ["color=%22%22", "color=%22blue%22", "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D", "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22R%22%3A100%7D", "color=%5B%5D", "color=%7B%7D"];
    );
}

#[test]
fn headers() {
    table!("":
        Place::header("color") => ["color: ", "color: blue", "color: blue,black,brown", "color: B,150,G,200,R,100", "", ""];
        Place::header("color").exploded() => ["color: ", "color: blue", "color: blue,black,brown", "color: B=150,G=200,R=100", "", ""];
        Place::header("color").json() => ["color: \"\"", "color: \"blue\"", "color: [\"blue\",\"black\",\"brown\"]", "color: {\"B\":150,\"G\":200,\"R\":100}", "color: []", "color: {}"];
    );
}

#[test]
fn cookies() {
    table!("":
        Place::cookie("color").joined() => ["Cookie: color=", "Cookie: color=blue", "Cookie: color=blue,black,brown", "Cookie: color=B,150,G,200,R,100", "", ""];
        Place::cookie("color") => ["Cookie: color=", "Cookie: color=blue", "Cookie: color=blue&color=black&color=brown", "Cookie: B=150&G=200&R=100", "", ""];
    );
}

/// A list in an object, of which the specification says nothing: where fields have names of their own, so have its items.
#[test]
fn lists_in_objects() {
    let value: BTreeMap<String, Vec<String>> =
        [("sort", vec!["name,asc".to_owned(), "id".to_owned()]), ("tags", Vec::new())]
            .map(|(key, value)| (key.to_owned(), value))
            .into();
    let sent = |endpoint: &'static Endpoint| {
        let call = Call::<Response>::new(endpoint, &[Some(&value)], None).expect("it can be sent");
        call.query
    };
    static EXPLODED: Endpoint = endpoint("", &[Place::query("pageable")]);
    assert_eq!(sent(&EXPLODED), "sort=name%2Casc&sort=id");
    static JOINED: Endpoint = endpoint("", &[Place::query("pageable").joined()]);
    assert_eq!(sent(&JOINED), "pageable=sort,%5B%22name%2Casc%22%2C%22id%22%5D,tags,%5B%5D");
}

/// What stays as it is, and what would end the value.
#[test]
fn reserved_characters() {
    let text = "x/y?z#&=+%2f %GG[]'~é".to_owned();
    let sent = |endpoint: &'static Endpoint| {
        let call = Call::<Response>::new(endpoint, &[Some(&text)], None).expect("it can be sent");
        call.target()
    };
    static ENCODED: Endpoint = endpoint("/{color}", &[Place::path("color")]);
    assert_eq!(sent(&ENCODED), "/x%2Fy%3Fz%23%26%3D%2B%252f%20%25GG%5B%5D%27~%C3%A9");
    static RESERVED: Endpoint = endpoint("/", &[Place::query("color").reserved()]);
    assert_eq!(sent(&RESERVED), "/?color=x/y?z%23%26%3D%2B%2f%20%25GG[]'~%C3%A9");
}
