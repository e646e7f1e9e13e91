/// The first part of `before` that `after` does not have: its JSON pointer, and both values.
///
/// Absent and `null` are equal, and so are `8` and `8.0`; integers are compared exactly. `after` can have more members:
/// constants and defaults. `except` points to parts that may change, with `*` for the index of any element: properties
/// that the schema does not declare, texts that have several forms, defaults that are not written.
pub fn first(
    at: &str,
    except: &[impl AsRef<str>],
    before: &serde_json::Value,
    after: &serde_json::Value,
) -> Option<(String, serde_json::Value, serde_json::Value)> {
    use serde_json::Value;
    let same = match (before, after) {
        _ if except.iter().any(|except| is_excepted(except.as_ref(), at)) => true,
        (Value::Object(before), Value::Object(after)) => {
            return before.iter().find_map(|(key, value)| {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                first(&at, except, value, after.get(key).unwrap_or(&Value::Null))
            });
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut items = before.iter().zip(after).enumerate();
            return items
                .find_map(|(index, (before, after))| first(&format!("{at}/{index}"), except, before, after));
        }
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        (before, after) => before == after,
    };
    if same { None } else { Some((at.to_owned(), before.clone(), after.clone())) }
}

/// Whether a pattern matches a pointer. `*` matches an index.
fn is_excepted(pattern: &str, at: &str) -> bool {
    let is_index = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let matches = |(wanted, token): (&str, &str)| wanted == token || wanted == "*" && is_index(token);
    pattern.split('/').count() == at.split('/').count() && pattern.split('/').zip(at.split('/')).all(matches)
}
