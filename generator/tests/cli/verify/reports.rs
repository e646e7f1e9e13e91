//! What a report says, and in which forms.

use super::{SHOP, shop};

#[test]
fn a_report_names_faults_and_their_places() {
    insta::assert_snapshot!(shop().run(&["verify", "shop.yaml", "traffic.har"]), @r##"
        exit code 1
        --- stdout
        error[absent-property]: the required property `note` is missing
          --> shop.yaml:21:22
           |
        21 |       required: [id, note]
           |                      ^^^^
           |
           = note: once in listOrders response 200, at `/*`
           = note: first in traffic.har, line 1

        error[absent-body]: the required body is missing
          --> shop.yaml:14:7
           |
        14 |       requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
           |       ^^^^^^^^^^^
           |
           = note: once in addOrder request body
           = note: first in traffic.har, line 3

        error[unnamed-status]: the operation does not declare the status 201
          --> shop.yaml:12:5
           |
        12 |     post:
           |     ^^^^
           |
           = note: once in addOrder response 201
           = note: first in traffic.har, line 3: {"id":3,"note":null,"token":"(redacted)"}

        error[null]: `null` is not allowed
          --> shop.yaml:22:44
           |
        22 |       properties: { id: { type: integer }, note: { type: string }, token: { type: string, writeOnly: true } }
           |                                            ^^^^
           |
           = note: once in addOrder response 201, at `/note`
           = note: first in traffic.har, line 3

        1 request without an operation:
          GET shop.example.com/v1/baskets: no operation has this path

        3 exchanges of 1 recording, 2 of the document's operations; 2 response bodies and 0 request bodies compared
        4 faults
        "##);
}

#[test]
fn a_report_is_json_or_markdown_and_goes_to_a_file() {
    let folder = shop();
    insta::assert_snapshot!(folder.run(&["verify", "shop.yaml", "traffic.har", "--format", "json"]), @r#"
        exit code 1
        --- stdout
        {
          "title": "Shop",
          "version": "1",
          "totals": {
            "recordings": 1,
            "bytes": 903,
            "exchanges": 3,
            "matched": 2,
            "payloads": 0,
            "request_bodies": 0,
            "response_bodies": 2,
            "refused_requests": 0,
            "preflights": 0,
            "left_out": 0,
            "other_forms": 0,
            "without_status": 0,
            "not_modified": 0,
            "too_large": 0,
            "uncounted": 0
          },
          "faults": [
            {
              "code": "absent-property",
              "refused": true,
              "message": "the required property `note` is missing",
              "file": "shop.yaml",
              "line": 21,
              "column": 22,
              "pointer": "/components/schemas/Order/required/1",
              "count": 1,
              "parts": [
                {
                  "part": "listOrders response 200",
                  "count": 1
                }
              ],
              "places": [
                "/*"
              ],
              "more_places": 0,
              "example": "{}",
              "recording": "traffic.har",
              "recording_line": 1
            },
            {
              "code": "absent-body",
              "refused": true,
              "message": "the required body is missing",
              "file": "shop.yaml",
              "line": 14,
              "column": 7,
              "pointer": "/paths/~1orders/post/requestBody",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder request body",
                  "count": 1
                }
              ],
              "places": [
                ""
              ],
              "more_places": 0,
              "example": "",
              "recording": "traffic.har",
              "recording_line": 3
            },
            {
              "code": "unnamed-status",
              "refused": true,
              "message": "the operation does not declare the status 201",
              "file": "shop.yaml",
              "line": 12,
              "column": 5,
              "pointer": "/paths/~1orders/post",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder response 201",
                  "count": 1
                }
              ],
              "places": [
                ""
              ],
              "more_places": 0,
              "example": "{\"id\":3,\"note\":null,\"token\":\"(redacted)\"}",
              "recording": "traffic.har",
              "recording_line": 3
            },
            {
              "code": "null",
              "refused": true,
              "message": "`null` is not allowed",
              "file": "shop.yaml",
              "line": 22,
              "column": 44,
              "pointer": "/components/schemas/Order/properties/note",
              "count": 1,
              "parts": [
                {
                  "part": "addOrder response 201",
                  "count": 1
                }
              ],
              "places": [
                "/note"
              ],
              "more_places": 0,
              "example": "null",
              "recording": "traffic.har",
              "recording_line": 3
            }
          ],
          "unmatched": [
            {
              "why": "path",
              "method": "GET",
              "host": "shop.example.com",
              "path": "/v1/baskets",
              "count": 1
            }
          ],
          "more_unmatched": 0,
          "problems": [],
          "more_problems": 0
        }
        "#);
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "--format", "markdown", "-o", "report.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(folder.read("report.md"), @r#"
        ### Recorded traffic: 4 faults

        3 exchanges of 1 recording, 2 of the document's operations; 2 response bodies and 0 request bodies compared.

        #### The models refuse or do not know

        | what | document | how often | in | at | example |
        |---|---|--:|---|---|---|
        | the required property `note` is missing | `shop.yaml:21` | 1 time | listOrders response 200 | `/*` |  |
        | the required body is missing | `shop.yaml:14` | 1 time | addOrder request body |  |  |
        | the operation does not declare the status 201 | `shop.yaml:12` | 1 time | addOrder response 201 |  | `{"id":3,"note":null,"token":"(redacted)"}` |
        | `null` is not allowed | `shop.yaml:22` | 1 time | addOrder response 201 | `/note` |  |

        #### Requests without an operation

        - `GET shop.example.com/v1/baskets` (once): no operation has this path
        "#);
    let run = folder.run(&["verify", "shop.yaml", "traffic.har", "-o", "shop.yaml"]);
    insta::assert_snapshot!(run, @r"
        exit code 2
        --- stderr
        error: `shop.yaml` is the document and is not overwritten
          = help: name another file
        ");
    assert_eq!(folder.read("shop.yaml"), SHOP);
}
