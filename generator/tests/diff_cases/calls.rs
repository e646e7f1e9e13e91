//! Pairs of documents whose operations can be called.

use super::Case;

/// A document with one operation: what it has beside its responses, and what its responses are.
macro_rules! operation {
    ($own:literal, $responses:literal) => {
        operation!($own, $responses, "")
    };
    ($own:literal, $responses:literal, $document:literal) => {
        concat!(
            "paths: { /pets: { post: { operationId: addPet, ",
            $own,
            " responses: { ",
            $responses,
            " } } } }\ncomponents:\n",
            "  schemas: { Pet: { type: object, required: [name], properties: { name: { type: string } } } }\n",
            "  securitySchemes: { key: { type: apiKey, in: header, name: X-Key }, token: { type: http, scheme: bearer }, login: { type: http, scheme: basic } }\n",
            $document
        )
    };
}

const PLAIN: &str = operation!("", "'204': { description: Done }");
const LIMITED: &str =
    operation!("", "'204': { description: Done, headers: { X-Limit: { schema: { type: integer } } } }");
const JSON_BODY: &str = operation!(
    "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } },",
    "'204': { description: Done }"
);
const SEVERAL_BODIES: &str = operation!(
    "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } }, text/csv: {} } },",
    "'204': { description: Done }"
);
const MORE_BODIES: &str = operation!(
    "requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } }, text/csv: {}, image/png: {} } },",
    "'204': { description: Done }"
);
const FORM: &str = operation!(
    "requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { tags: { type: array, items: { type: string } } } } } } },",
    "'204': { description: Done }"
);
const JOINED_FORM: &str = operation!(
    "requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { tags: { type: array, items: { type: string } } } }, encoding: { tags: { explode: false } } } } },",
    "'204': { description: Done }"
);
const PRODUCTION: &str = operation!(
    "",
    "'204': { description: Done }",
    "servers: [{ url: 'https://example.com/v1', description: Production }, { url: 'https://test.example.com', description: Test }]"
);

const CALLS: &str = "fn f() -> bool { operations::add_pet::call().is_ok() }";
const OF_CALL: [&str; 3] = [CALLS; 3];

fn case(name: &'static str, old: &'static str, new: &'static str, snippets: [&'static str; 3]) -> Case {
    Case { name, old, new, config: "client = true", new_config: None, snippets }
}

/// All of them.
pub fn call_cases() -> Vec<Case> {
    let mut all = arguments();
    all.extend(bodies());
    all.extend(headers());
    all.extend(security());
    all.extend(servers());
    all.extend(pages());
    all.extend(streams());
    all
}

fn arguments() -> Vec<Case> {
    vec![
        case(
            "first_parameter_added",
            PLAIN,
            operation!(
                "parameters: [{ name: limit, in: query, schema: { type: integer } }],",
                "'204': { description: Done }"
            ),
            OF_CALL,
        ),
        case("first_body_added", PLAIN, JSON_BODY, OF_CALL),
        case(
            "body_made_required",
            operation!(
                "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } },",
                "'204': { description: Done }"
            ),
            JSON_BODY,
            ["fn f(pet: &Pet) -> bool { operations::add_pet::call(Some(pet)).is_ok() }"; 3],
        ),
        case(
            "style_of_a_parameter_changed",
            operation!(
                "parameters: [{ name: tags, in: query, schema: { type: array, items: { type: string } } }],",
                "'204': { description: Done }"
            ),
            operation!(
                "parameters: [{ name: tags, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }],",
                "'204': { description: Done }"
            ),
            ["fn f(params: &operations::add_pet::Params) -> bool { operations::add_pet::call(params).is_ok() }";
                3],
        ),
        case(
            "second_success_added",
            operation!(
                "",
                "'200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }"
            ),
            operation!(
                "",
                "'200': { description: It, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, '202': { description: Later }"
            ),
            [
                "fn f(response: operations::add_pet::Response) -> Option<Pet> { models::runtime::Answers::success(response).ok() }",
                CALLS,
                "fn f(response: operations::add_pet::Response) -> Option<Pet> { models::runtime::Answers::success(response).ok() }",
            ],
        ),
        Case { new_config: Some(""), ..case("client_switched_off", PLAIN, PLAIN, OF_CALL) },
        Case {
            config: "",
            new_config: Some("client = true"),
            ..case(
                "client_switched_on",
                PLAIN,
                PLAIN,
                ["fn f() -> &'static str { operations::add_pet::PATH }"; 3],
            )
        },
    ]
}

fn bodies() -> Vec<Case> {
    let of_choice = [
        "use operations::add_pet::Body; fn f(body: Body) -> Option<Pet> { match body { Body::Json(pet) => Some(pet), Body::Csv(_) => None, _ => None } }",
        "use operations::add_pet::Body; fn f(pet: Pet) -> [Body; 2] { [Body::Json(pet), Body::Csv(String::new())] }",
        "use operations::add_pet::*; fn f(pet: Pet) -> bool { call(&Body::Json(pet)).is_ok() }",
    ];
    vec![
        case(
            "media_type_added",
            JSON_BODY,
            SEVERAL_BODIES,
            [
                "fn f(body: operations::add_pet::Body) -> Pet { body }",
                "fn f(pet: Pet) -> operations::add_pet::Body { pet }",
                "fn f(pet: &Pet) -> bool { operations::add_pet::call(pet).is_ok() }",
            ],
        ),
        case("another_media_type_added", SEVERAL_BODIES, MORE_BODIES, of_choice),
        case(
            "media_type_removed",
            MORE_BODIES,
            SEVERAL_BODIES,
            ["use operations::add_pet::Body; fn f() -> bool { matches!(Body::Png(vec![]), Body::Png(_)) }";
                3],
        ),
        case(
            "all_media_types_but_one_removed",
            SEVERAL_BODIES,
            JSON_BODY,
            ["use operations::add_pet::*; fn f(pet: Pet) -> bool { call(&Body::Json(pet)).is_ok() }"; 3],
        ),
        case(
            "encoding_of_a_form_changed",
            FORM,
            JOINED_FORM,
            ["use operations::add_pet::*; fn f(body: &Body) -> bool { call(body).is_ok() }"; 3],
        ),
    ]
}

fn headers() -> Vec<Case> {
    let of_limit = [
        "use operations::add_pet::Headers; fn f(Headers { x_limit }: Headers) -> Option<i64> { x_limit }",
        "use operations::add_pet::Headers; fn f() -> Headers { Headers { x_limit: Some(1) } }",
        "use operations::add_pet::Headers; fn f() -> Headers { Headers { x_limit: Some(1) } }",
    ];
    let of_required = "use operations::add_pet::Headers; fn f(headers: Headers) -> Option<i64> { let Headers { x_limit, .. } = headers; x_limit }";
    vec![
        case("first_header_added", PLAIN, LIMITED, OF_CALL),
        case(
            "header_added",
            LIMITED,
            operation!(
                "",
                "'204': { description: Done, headers: { X-Limit: { schema: { type: integer } }, ETag: { required: true, schema: { type: string } } } }"
            ),
            of_limit,
        ),
        case(
            "header_retyped",
            LIMITED,
            operation!(
                "",
                "'204': { description: Done, headers: { x-limit: { schema: { type: string } } } }"
            ),
            [of_limit[0], of_limit[1], of_required],
        ),
        case(
            "header_made_required",
            LIMITED,
            operation!(
                "",
                "'204': { description: Done, headers: { X-Limit: { required: true, schema: { type: integer } } } }"
            ),
            [of_limit[0], of_limit[1], of_required],
        ),
        case("header_removed", LIMITED, PLAIN, [of_limit[0], of_limit[1], of_required]),
    ]
}

const NO_SECRETS: &str = operation!("security: [],", "'204': { description: Done }");
const KEY: &str = operation!("security: [{ key: [] }],", "'204': { description: Done }");
const KEY_OR_TOKEN: &str =
    operation!("security: [{ key: [] }, { token: [] }],", "'204': { description: Done }");

fn security() -> Vec<Case> {
    let of_key = [
        "use client::Credentials; fn f(Credentials { key }: Credentials) -> bool { key.is_some() }",
        "use client::Credentials; fn f() -> Credentials { Credentials { key: None } }",
        "use client::Credentials; fn f(Credentials { key, .. }: Credentials) -> Credentials { Credentials { key, ..Default::default() } }",
    ];
    vec![
        case("security_added", NO_SECRETS, KEY, OF_CALL),
        case("security_removed", KEY, NO_SECRETS, of_key),
        case(
            "security_made_optional",
            KEY,
            operation!("security: [{ key: [] }, {}],", "'204': { description: Done }"),
            of_key,
        ),
        case("alternative_added", KEY, KEY_OR_TOKEN, of_key),
        case(
            "alternative_removed",
            KEY_OR_TOKEN,
            KEY,
            ["use client::Credentials; fn f(c: Credentials) -> Credentials { Credentials { token: c.token, ..Default::default() } }";
                3],
        ),
        case(
            "secret_sent_otherwise",
            operation!("security: [{ token: [] }],", "'204': { description: Done }"),
            operation!("security: [{ login: [] }],", "'204': { description: Done }"),
            ["use client::Credentials; fn f(c: Credentials) -> Credentials { Credentials { token: c.token, ..Default::default() } }";
                3],
        ),
    ]
}

fn servers() -> Vec<Case> {
    let of_servers = [
        "use client::Server; fn f(server: Server) -> bool { matches!(server, Server::Test) }",
        "use client::Server; fn f() -> [Server; 2] { [Server::Production, Server::Test] }",
        "use client::Server; fn f() -> Server { if true { Server::Test } else { Server::default() } }",
    ];
    let of_production = ["use client::Server; fn f() -> Server { Server::Production }"; 3];
    vec![
        case(
            "server_removed",
            PRODUCTION,
            operation!(
                "",
                "'204': { description: Done }",
                "servers: [{ url: 'https://example.com/v1', description: Production }]"
            ),
            of_servers,
        ),
        case(
            "server_added",
            operation!(
                "",
                "'204': { description: Done }",
                "servers: [{ url: 'https://example.com/v1', description: Production }]"
            ),
            PRODUCTION,
            of_production,
        ),
        case(
            "url_of_a_server_changed",
            PRODUCTION,
            operation!(
                "",
                "'204': { description: Done }",
                "servers: [{ url: 'https://example.com/v2', description: Production }, { url: 'https://test.example.com', description: Test }]"
            ),
            of_servers,
        ),
        case(
            "variable_of_a_server_added",
            PRODUCTION,
            operation!(
                "",
                "'204': { description: Done }",
                "servers: [{ url: 'https://{region}.example.com/v1', description: Production, variables: { region: { default: eu } } }, { url: 'https://test.example.com', description: Test }]"
            ),
            of_production,
        ),
        case(
            "server_of_an_operation_changed",
            PRODUCTION,
            operation!(
                "servers: [{ url: 'https://files.example.com' }],",
                "'204': { description: Done }",
                "servers: [{ url: 'https://example.com/v1', description: Production }, { url: 'https://test.example.com', description: Test }]"
            ),
            OF_CALL,
        ),
    ]
}

/// A list in pages.
const LIST: &str = operation!(
    "parameters: [{ name: after, in: query, schema: { type: string } }, { name: page, in: query, schema: { type: integer } }],",
    "'200': { description: Some, content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array, items: { type: string } }, next: { type: string } } } } } }"
);
const BY_CURSOR: &str = "client = true\n[operation.addPet]\npages = { cursor = \"after\", next = \"next\" }";

fn pages() -> Vec<Case> {
    const BY_NUMBER: &str =
        "client = true\n[operation.addPet]\npages = { page = \"page\", items = \"data\" }";
    let of_params = ["fn f(params: &operations::add_pet::Params) -> bool { operations::add_pet::call(params).is_ok() }";
        3];
    let of_pages = ["use operations::add_pet::*; fn f(params: Params) -> models::runtime::client::Pages<Operation> { models::runtime::client::Pages::new(params, ()) }";
        3];
    let case = |name, config, new_config, snippets| Case {
        config,
        new_config: Some(new_config),
        ..case(name, LIST, LIST, snippets)
    };
    vec![
        case("pages_added", "client = true", BY_CURSOR, of_params),
        case("pages_removed", BY_CURSOR, "client = true", of_pages),
        case("pages_found_otherwise", BY_CURSOR, BY_NUMBER, of_pages),
    ]
}

fn streams() -> Vec<Case> {
    const OF_DATA: &str = operation!(
        "",
        "'200': { description: Them, content: { text/event-stream: { schema: { $ref: '#/components/schemas/Pet' } } } }"
    );
    const DONE: &str = "client = true\n[operation.addPet]\ndone = \"[DONE]\"";
    const STOP: &str = "client = true\n[operation.addPet]\ndone = \"stop\"";
    let done = |name, config, new_config| Case {
        config,
        new_config: Some(new_config),
        ..case(name, OF_DATA, OF_DATA, OF_CALL)
    };
    vec![
        done("end_of_a_stream_added", "client = true", DONE),
        done("end_of_a_stream_removed", DONE, "client = true"),
        done("end_of_a_stream_changed", DONE, STOP),
        case(
            "data_of_events_becomes_json",
            operation!(
                "",
                "'200': { description: Them, content: { text/event-stream: { schema: { type: object, required: [event, data], properties: { event: { type: string }, data: { type: string } } } } } }"
            ),
            operation!(
                "",
                "'200': { description: Them, content: { text/event-stream: { schema: { type: object, required: [event, data], properties: { event: { type: string }, data: { type: integer } } } } } }"
            ),
            ["fn f(item: &operations::add_pet::Item) -> &str { &item.data }"; 3],
        ),
    ]
}
