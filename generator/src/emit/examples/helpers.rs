/// Reads an example and writes it, and again what was written. Nothing may change but what `except` points to:
/// properties that the schema does not name, and texts that have several forms.
#[track_caller]
fn holds<T: serde::de::DeserializeOwned + serde::Serialize>(place: &str, except: &[&str], example: &str) {
    let before: serde_json::Value = serde_json::from_str(example).expect("an example is JSON");
    let value: T = match serde_json::from_str(example) {
        Ok(value) => value,
        Err(error) => panic!("{place} is not read: {error}"),
    };
    let after = serde_json::to_value(&value).expect("what was read can be written");
    if let Some(at) = difference("", except, &before, &after) {
        panic!("{place} changes at `{at}`\nread:    {before}\nwritten: {after}");
    }
    let again: T = match serde_json::from_value(after.clone()) {
        Ok(again) => again,
        Err(error) => panic!("what is written of {place} is not read: {error}\n{after}"),
    };
    assert_eq!(serde_json::to_value(&again).expect("it was written before"), after, "{place} changes again");
}

/// Where something of `before` is not in `after`. Absent and `null` are the same, `8` and `8.0` are, and there may be
/// more in `after`: constants and defaults.
fn difference(
    at: &str,
    except: &[&str],
    before: &serde_json::Value,
    after: &serde_json::Value,
) -> Option<String> {
    use serde_json::Value;
    let same = match (before, after) {
        _ if except.contains(&at) => true,
        (Value::Object(before), Value::Object(after)) => {
            return before.iter().find_map(|(key, value)| {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                difference(&at, except, value, after.get(key).unwrap_or(&Value::Null))
            });
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut items = before.iter().zip(after).enumerate();
            return items.find_map(|(index, (before, after))| {
                difference(&format!("{at}/{index}"), except, before, after)
            });
        }
        (Value::Number(before), Value::Number(after)) => before.as_f64() == after.as_f64(),
        (before, after) => before == after,
    };
    if same { None } else { Some(at.to_owned()) }
}
