//! `modelsmith verify` from the outside: recordings of every form, reports, overlays, exit codes.

mod corrections;
mod reports;
mod traffic;

use crate::cli_support::Folder;

const SHOP: &str = r##"openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://shop.example.com/v1" }]
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        "200":
          description: All
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
    post:
      operationId: addOrder
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
      responses:
        "200": { description: Added, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order:
      type: object
      required: [id, note]
      properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
"##;

/// An entry of HAR with the JSON of a response.
fn entry(method: &str, path: &str, status: u16, body: &str) -> String {
    let body = serde_json::Value::from(body);
    format!(
        r#"{{"request":{{"method":"{method}","url":"https://shop.example.com/v1{path}","headers":[],"bodySize":0}},
            "response":{{"status":{status},"headers":[{{"name":"Content-Type","value":"application/json"}}],
            "content":{{"mimeType":"application/json","size":1,"text":{body}}}}}}}"#
    )
}

fn har(entries: &[String]) -> String {
    format!(r#"{{"log":{{"version":"1.2","creator":{{}},"entries":[{}]}}}}"#, entries.join(","))
}

fn shop() -> Folder {
    let folder = Folder::new();
    folder.write("shop.yaml", SHOP);
    folder.write(
        "traffic.har",
        &har(&[
            entry("GET", "/orders", 200, r#"[{"id":1,"note":"a"},{"id":2}]"#),
            entry("POST", "/orders", 201, r#"{"id":3,"note":null,"token":"abc"}"#),
            entry("GET", "/baskets", 200, "{}"),
        ]),
    );
    folder
}
