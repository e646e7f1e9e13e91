//! The step from a page to the next one.

use std::collections::BTreeMap;

use modelsmith_runtime::client::{Asked, Paging, Step, Turn, moved, property_of, with_property};
use serde_json::{Value, json};

fn asked(at: Option<&str>, size: Option<&str>) -> Asked {
    Asked { at: at.map(str::to_owned), size: size.map(str::to_owned) }
}

fn step(paging: &Paging, asked: &Asked, page: &Value) -> Option<Step> {
    paging.step(asked, page, &|_| None)
}

#[test]
fn a_cursor_is_a_text_or_a_number() {
    let paging = Paging::Cursor { next: Turn::Property(&["meta", "next"]), more: None };
    let next = |next: Value| step(&paging, &Asked::default(), &json!({ "meta": { "next": next } }));
    assert_eq!(next(json!("a")), Some(Step::To(json!("a"))));
    assert_eq!(next(json!(7)), Some(Step::To(json!(7))));
    for nothing in [json!(null), json!(""), json!(true), json!([1]), json!({ "a": 1 })] {
        assert_eq!(next(nothing.clone()), None, "{nothing}");
    }
    // One that does not move, also where the types differ.
    let page = json!({ "meta": { "next": 7 } });
    assert_eq!(step(&paging, &asked(Some("7"), None), &page), None);
    assert_eq!(step(&paging, &asked(Some("6"), None), &page), Some(Step::To(json!(7))));
    for page in [json!({}), json!({ "meta": null }), json!([1]), json!("meta")] {
        assert_eq!(step(&paging, &Asked::default(), &page), None, "{page}");
    }
}

#[test]
fn ways_lead_into_lists_and_maps() {
    let at = |way: &'static [&'static str], page: Value| {
        step(&Paging::Cursor { next: Turn::Property(way), more: None }, &Asked::default(), &page)
    };
    let page = json!({ "data": [{ "id": "a" }, { "id": "b" }] });
    assert_eq!(at(&["data", "-1", "id"], page.clone()), Some(Step::To(json!("b"))));
    assert_eq!(at(&["data", "0", "id"], page.clone()), Some(Step::To(json!("a"))));
    for way in [&["data", "-3", "id"], &["data", "2", "id"], &["data", "x", "id"], &["data", "-0", "id"]] {
        assert_eq!(at(way, page.clone()), None, "{way:?}");
    }
    assert_eq!(at(&["data", "-1", "id"], json!({ "data": [] })), None);
    let map = BTreeMap::from([("n.x".to_owned(), vec!["c".to_owned()])]);
    let paging = Paging::Cursor { next: Turn::Property(&["n.x", "0"]), more: None };
    assert_eq!(paging.step(&Asked::default(), &map, &|_| None), Some(Step::To(json!("c"))));
}

#[test]
fn numbers_end_with_the_pages() {
    let by_items = |first| Paging::Number { first, items: Some(&[]), pages: None, more: None };
    let next = |paging: &Paging, at, size, page: Value| match step(paging, &asked(at, size), &page) {
        Some(Step::To(value)) => value.as_u64(),
        Some(Step::Link(_)) | None => None,
    };
    assert_eq!(next(&by_items(1), None, None, json!([1])), Some(2));
    assert_eq!(next(&by_items(0), None, None, json!([1])), Some(1));
    assert_eq!(next(&by_items(1), Some("4"), Some("2"), json!([1, 2])), Some(5));
    assert_eq!(next(&by_items(1), Some("4"), Some("2"), json!([1])), None);
    assert_eq!(next(&by_items(1), Some("4"), None, json!([])), None);
    // What is not a list has no items; what is not a number counts as none.
    assert_eq!(next(&by_items(1), Some("4"), None, json!({ "a": 1 })), None);
    assert_eq!(next(&by_items(1), Some("x"), Some("y"), json!([1])), Some(2));
    assert_eq!(next(&by_items(1), Some("18446744073709551615"), None, json!([1])), None);
    let by_pages = |first| Paging::Number { first, items: None, pages: Some(&["n"]), more: None };
    for (first, at, last) in
        [(1, "2", false), (1, "3", true), (1, "9", true), (0, "1", false), (0, "2", true)]
    {
        let found = next(&by_pages(first), Some(at), None, json!({ "n": 3 }));
        assert_eq!(found.is_none(), last, "from {first} at {at}");
    }
    assert_eq!(next(&by_pages(1), None, None, json!({ "n": "2" })), Some(2));
    let by_more = Paging::Number { first: 1, items: None, pages: None, more: Some(&["more"]) };
    assert_eq!(next(&by_more, None, None, json!({ "more": true })), Some(2));
    assert_eq!(next(&by_more, None, None, json!({ "more": false })), None);
    assert_eq!(next(&by_more, None, None, json!({ "more": null })), None);
    assert_eq!(next(&by_more, None, None, json!({})), None);
}

#[test]
fn offsets_end_with_the_items() {
    let paging = Paging::Offset { items: &["d"], total: Some(&["t"]), more: None };
    let next = |at, size, page: Value| step(&paging, &asked(at, size), &page);
    assert_eq!(next(None, None, json!({ "d": [1, 2], "t": 3 })), Some(Step::To(json!(2))));
    assert_eq!(next(Some("2"), None, json!({ "d": [3], "t": 3 })), None);
    assert_eq!(next(Some("2"), Some("2"), json!({ "d": [3] })), None);
    assert_eq!(next(Some("2"), None, json!({ "d": [3] })), Some(Step::To(json!(3))));
    assert_eq!(next(Some("2"), None, json!({ "d": [] })), None);
    assert_eq!(next(Some("2"), None, json!({ "e": [3] })), None);
    // The server returns fewer than requested, and says that more follow.
    assert_eq!(next(None, Some("5"), json!({ "d": [1, 2], "t": 9 })), Some(Step::To(json!(2))));
}

#[test]
fn links_are_those_called_next() {
    let link = |header: &str| {
        let paging = Paging::Link(Turn::Header("Link"));
        let headers = |name: &str| name.eq_ignore_ascii_case("link").then(|| header.to_owned());
        match paging.step(&Asked::default(), &json!([]), &headers) {
            Some(Step::Link(url)) => Some(url),
            Some(Step::To(_)) | None => None,
        }
    };
    assert_eq!(link("<a?b=1,2;3>; rel=\"next\"").as_deref(), Some("a?b=1,2;3"));
    assert_eq!(link("<a>; rel=prev, <b>; rel=next").as_deref(), Some("b"));
    assert_eq!(
        link("<a>; title=\"x, <c>; rel=next\"; rel=prev, <b> ; Rel = \"last NEXT\"").as_deref(),
        Some("b")
    );
    assert_eq!(link("<a>; title=\"\\\"; rel=next\", <b>; rel=next").as_deref(), Some("b"));
    for none in
        ["", "<a>", "<a>; rel=prev", "<a; rel=next", "a; rel=next", "<a>; rel=\"nextnext\"", "<>; rel=next"]
    {
        assert_eq!(link(none), None, "{none}");
    }
    let paging = Paging::Link(Turn::Property(&["next"]));
    assert_eq!(step(&paging, &Asked::default(), &json!({ "next": "u" })), Some(Step::Link("u".to_owned())));
    assert_eq!(step(&paging, &Asked::default(), &json!({ "next": 1 })), None);
}

#[test]
fn what_a_page_says_is_read_as_the_parameter_is() {
    assert_eq!(moved::<Option<String>>(&json!("7")), Ok(Some("7".to_owned())));
    assert_eq!(moved::<String>(&json!(7)), Ok("7".to_owned()));
    assert_eq!(moved::<i64>(&json!("7")), Ok(7));
    assert_eq!(
        moved::<i64>(&json!("x")).map_err(|error| error.to_string()),
        Err("invalid type: string \"x\", expected i64".to_owned())
    );
    let body = BTreeMap::from([("a".to_owned(), 1)]);
    assert_eq!(
        with_property(&body, "b", &json!(2)),
        Ok(BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]))
    );
    let none: Option<BTreeMap<String, i64>> = None;
    assert_eq!(with_property(&none, "b", &json!(2)), Ok(Some(BTreeMap::from([("b".to_owned(), 2)]))));
    assert!(with_property(&body, "b", &json!("x")).is_err());
    assert_eq!(property_of(&body, "a").as_deref(), Some("1"));
    assert_eq!(property_of(&body, "c"), None);
}
