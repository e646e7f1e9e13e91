//! The single file, included in a module, and what it reads and writes.

pub mod models {
    include!("one/models.rs");
}

use models::operations::create_pet::{Params, Response};
use models::operations::move_;
use models::{ConfirmRisky, ConfirmationPolicyBase, Everything, SecurityRisk};

#[test]
fn defaults_are_those_of_the_document() {
    let everything: Everything = serde_json::from_str(r#"{"deep": []}"#).expect("reads");
    assert_eq!(everything, Everything::new(Vec::new()));
    assert_eq!(everything.instant.to_rfc3339(), "1969-07-20T20:17:40.500+02:00");
    assert_eq!(everything.date.to_string(), "2024-02-29");
    assert_eq!(everything.bytes.decode().unwrap(), b"hello");
    assert_eq!(everything.pi, "3.14".parse::<f64>().expect("a number"));
    assert_eq!(everything.texts.len(), 30);
    assert_eq!(everything.any["a"][1], -2.5);
    match everything.inner {
        Some(ConfirmationPolicyBase::ConfirmRisky(ConfirmRisky { confirm_unknown, threshold, .. })) => {
            assert!(!confirm_unknown);
            assert_eq!(threshold, SecurityRisk::High);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(Params::new("p").limit, 20);
}

#[test]
fn responses_are_told_apart_by_status() {
    let ok = Response::from_parts(200, None, b"null").expect("reads");
    assert_eq!(ok, Response::Ok(Box::new(None)));
    assert_eq!(ok.status(), 200);
    assert_eq!(ok.to_body().expect("writes"), b"null");
    assert_eq!(Response::from_parts(204, None, b"").expect("reads"), Response::NoContent);
    let refused = Response::from_parts(404, Some("application/json"), br#"{"kind": "NeverConfirm"}"#).expect("reads");
    assert!(matches!(refused, Response::Status4xx(404, _)));
    assert_eq!(refused.to_body().expect("writes"), br#"{"kind":"NeverConfirm"}"#);
    // An error that does not match the document is still kept.
    let unreadable = Response::from_parts(404, Some("application/json"), b"{}").expect("reads");
    assert_eq!(unreadable, Response::Other(404, b"{}".to_vec()));
    assert!(Response::from_parts(201, Some("application/json"), b"{}").is_err());
    assert_eq!(Response::from_parts(500, None, b"down").expect("reads"), Response::Default(500, "down".to_owned()));
    assert_eq!(move_::Response::from_parts(503, None, b"?").expect("reads").status(), 503);
    let other = move_::Response::from_parts(302, None, b"there").expect("reads");
    assert_eq!(other, move_::Response::Other(302, b"there".to_vec()));
}
