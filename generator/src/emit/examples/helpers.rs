/// Reads an example, writes it, and reads and writes the result again. Only what `except` points to may change.
#[track_caller]
fn holds<T: serde::de::DeserializeOwned + serde::Serialize>(place: &str, except: &[&str], example: &str) {
    let before: serde_json::Value = serde_json::from_str(example).expect("an example is JSON");
    let value: T = match serde_json::from_str(example) {
        Ok(value) => value,
        Err(error) => panic!("{place} is not read: {error}"),
    };
    let after = serde_json::to_value(&value).expect("what was read can be written");
    if let Some((at, before, after)) = difference::first("", except, &before, &after) {
        panic!("{place} changes at `{at}`\nread:    {before}\nwritten: {after}");
    }
    let again: T = match serde_json::from_value(after.clone()) {
        Ok(again) => again,
        Err(error) => panic!("what is written of {place} is not read: {error}\n{after}"),
    };
    assert_eq!(serde_json::to_value(&again).expect("it was written before"), after, "{place} changes again");
}
