//! Forms whose schema the settings replace by a type of the user.

use crate::cli_support::Folder;

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a:
    post:
      operationId: sendPairs
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/Own" }
            encoding: { tags: { style: form, explode: false } }
      responses: {}
  /b:
    post:
      operationId: sendParts
      requestBody:
        content:
          multipart/form-data: { schema: { $ref: "#/components/schemas/Own" } }
      responses: {}
  /c:
    post:
      operationId: sendJson
      requestBody:
        content:
          application/json: { schema: { $ref: "#/components/schemas/Own" } }
      responses: {}
components:
  schemas:
    Own: { type: object, properties: { tags: { type: array, items: { type: string } } } }
"##;

#[test]
fn they_are_sent_as_forms() {
    let folder = Folder::new();
    folder.write("api.yaml", DOCUMENT);
    folder.write("modelsmith.toml", "client = true\n[types]\n\"schema:Own\" = \"own::Own\"\n");
    let run = folder.run(&["generate", "api.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let call = |module: &str| {
        let text = folder.read(&format!("out/src/operations/{module}.rs"));
        text.split_once("runtime::operation!").map(|(_, call)| call.to_owned()).unwrap_or_default()
    };
    insta::assert_snapshot!(call("send_pairs"), @r#"("sendPairs" => Response; serde_form required Body { "tags": form, joined; });"#);
    insta::assert_snapshot!(call("send_parts"), @r#"("sendParts" => Response; serde_form optional Body);"#);
    insta::assert_snapshot!(call("send_json"), @r#"("sendJson" => Response; serde optional Body);"#);
}
