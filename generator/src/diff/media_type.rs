//! Compares media types as servers and models do.

/// A media type as it is compared: in lower case and without `charset`, which JSON does not define (RFC 8259 §11) and
/// most servers ignore. Other parameters are kept, since they may contain a version.
pub(super) fn compared(media_type: &str) -> String {
    let parts = media_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let parts = parts.filter(|part| !part.is_empty() && !part.starts_with("charset="));
    parts.collect::<Vec<_>>().join("; ")
}

/// Whether the models read it as JSON.
pub(super) fn is_json(compared: &str) -> bool {
    modelsmith_runtime::is_json(&modelsmith_runtime::essence(compared))
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn what_models_and_servers_take_for_the_same() {
        check_diff!(
            r#"
                paths:
                  /same:
                    put:
                      operationId: same
                      requestBody: { content: { application/json: { schema: { type: string } } } }
                      responses: { "200": { description: Done, content: { application/json: { schema: { type: string } } } } }
                  /json:
                    put:
                      operationId: json
                      requestBody: { content: { application/json: { schema: { type: string } } } }
                      responses: { "200": { description: Done, content: { application/json: { schema: { type: string } } } } }
                  /version:
                    put:
                      operationId: version
                      requestBody: { content: { "application/json; v=1": { schema: { type: string } } } }
                      responses: {}
            "#,
            r#"
                paths:
                  /same:
                    put:
                      operationId: same
                      requestBody: { content: { "Application/JSON; charset=utf-8": { schema: { type: string } } } }
                      responses: { "200": { description: Done, content: { "application/json;charset=UTF-8": { schema: { type: string } } } } }
                  /json:
                    put:
                      operationId: json
                      requestBody: { content: { application/problem+json: { schema: { type: string } } } }
                      responses: { "200": { description: Done, content: { application/problem+json: { schema: { type: string } } } } }
                  /version:
                    put:
                      operationId: version
                      requestBody: { content: { "application/json; v=2": { schema: { type: string } } } }
                      responses: {}
            "#,
            @"
            Test 1 -> 1: major (source minor, wire major)
            2 changes break something, 1 does not

            Breaks:
              operations::json
                body changed: `String as application/json` -> `String as application/problem+json`
                  old code with the new server, new code with the old server: the media type is another
              operations::version
                body changed: `String as application/json; v=1` -> `String as application/json; v=2`
                  old code with the new server, new code with the old server: the media type is another

            Breaks nothing:
              operations::json
                response `Ok` changed: `String as application/json` -> `String as application/problem+json`
            "
        );
    }
}
