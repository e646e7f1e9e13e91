//! The name of an operation: its `operationId` without what path and method repeat.

/// FastAPI writes `<function>_<path>_<method>` (`list_pets_api_pets__get`); what the function is called is the name.
/// Without an `operationId` the method and the path's fixed parts are.
pub fn operation_name(id: Option<&str>, method: &str, path: &str) -> String {
    let method = method.to_ascii_lowercase();
    match id.map(str::trim).filter(|id| id.chars().any(char::is_alphanumeric)) {
        Some(id) => without_repetition(id, &method, path).unwrap_or(id).to_owned(),
        None => {
            let words: Vec<_> =
                path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            if words.is_empty() { format!("{method}_root") } else { format!("{method}_{}", words.join("_")) }
        }
    }
}

fn without_repetition<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    // FastAPI replaces every character of the path that is not a word character.
    let mangled: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let tail = format!("{mangled}_{method}");
    let name = id.strip_suffix(tail.as_str())?.trim_end_matches('_');
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_path_and_the_method_repeat_is_cut_off() {
        let cases = [
            (
                "batch_get_conversations_api_conversations_get",
                "/api/conversations",
                "batch_get_conversations",
            ),
            ("get_event_api_c__id__events__event_id__get", "/api/c/{id}/events/{event_id}", "get_event"),
            ("alive_alive_get", "/alive", "alive"),
            ("listPets", "/pets", "listPets"),
            // Nothing would be left.
            ("_api_pets_get", "/api/pets", "_api_pets_get"),
        ];
        for (id, path, expected) in cases {
            assert_eq!(operation_name(Some(id), "GET", path), expected);
        }
    }

    #[test]
    fn without_an_id_the_method_and_the_path_name_it() {
        assert_eq!(operation_name(None, "POST", "/pets/{petId}/tags"), "post_pets_petId_tags");
        assert_eq!(operation_name(Some("  "), "GET", "/"), "get_root");
    }
}
