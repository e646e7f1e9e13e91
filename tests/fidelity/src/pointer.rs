//! JSON pointers (RFC 6901), as texts and as fragments of references.

use serde_json::Value;

/// One step of a pointer, escaped.
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// `pointer` with one more step.
pub fn join(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", escape(step))
}

/// The last step, unescaped.
pub fn last(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or_default())
}

/// One step, unescaped.
pub fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The pointer that a reference within the same document (`#/…`) holds, percent-decoded.
pub fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code {
            Some(code) => {
                bytes.push(code);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    let pointer = String::from_utf8(bytes).ok()?;
    (pointer.is_empty() || pointer.starts_with('/')).then_some(pointer)
}

/// The reference that leads to `pointer`, such that any reader of URIs accepts it.
pub fn to_reference(pointer: &str) -> String {
    let mut reference = String::from("#");
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push_str(&format!("%{byte:02X}"));
        }
    }
    reference
}

/// Sets what `pointer` leads to; `false` when its parent is not there.
pub fn set(root: &mut Value, pointer: &str, value: Value) -> bool {
    match root.pointer_mut(pointer) {
        Some(place) => {
            *place = value;
            true
        }
        None => false,
    }
}

/// Takes out the member that `pointer` leads to.
pub fn remove(root: &mut Value, pointer: &str) -> Option<Value> {
    let (parent, _) = pointer.rsplit_once('/')?;
    root.pointer_mut(parent)?.as_object_mut()?.remove(&last(pointer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_and_pointers_lead_to_each_other() {
        let pointer = "/paths/~1pets~1{id}/get";
        assert_eq!(to_reference(pointer), "#/paths/~1pets~1%7Bid%7D/get");
        assert_eq!(of_reference(&to_reference(pointer)).as_deref(), Some(pointer));
        assert_eq!(of_reference("other.yaml#/a"), None);
        assert_eq!(of_reference("#anchor"), None);
        assert_eq!(of_reference("#/a%zz").as_deref(), Some("/a%zz"));
    }

    #[test]
    fn members_are_set_and_removed_where_they_are() {
        let mut value = json!({"a/b": {"c": [1, 2]}});
        assert!(set(&mut value, "/a~1b/c/1", json!(3)));
        assert_eq!(value, json!({"a/b": {"c": [1, 3]}}));
        assert!(!set(&mut value, "/a~1b/d/1", json!(3)));
        assert_eq!(remove(&mut value, "/a~1b"), Some(json!({"c": [1, 3]})));
        assert_eq!(value, json!({}));
    }
}
