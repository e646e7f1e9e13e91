//! The settings: one entry for each key of `modelsmith.toml`. The command line explains keys from here, and the
//! table of `docs/configuration.md` is made from here.

mod explained;

pub use explained::{markdown, names};

/// One key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key, with the tables that it stands in; `<…>` stands for what the user names.
    pub path: &'static str,
    /// What it takes.
    pub takes: &'static str,
    /// What holds without it.
    pub default: &'static str,
    /// What it does.
    pub does: &'static str,
    /// A line or a table that uses it.
    pub example: &'static str,
}

/// Every key, in the order in which they are explained.
pub const KEYS: &[Key] = &[
    Key {
        path: "crate-name",
        takes: "a package's name",
        default: "the API's title and `-models`",
        does: "the emitted package's name",
        example: "crate-name = \"pets-models\"",
    },
    Key {
        path: "crate-version",
        takes: "a version",
        default: "\"0.1.0\"",
        does: "the emitted package's version",
        example: "crate-version = \"1.2.0\"",
    },
    Key {
        path: "layout",
        takes: "\"crate\", \"module\", \"single-file\"",
        default: "\"crate\"",
        does: "what to put out: a package; a folder with `mod.rs`, to be a module of your package; one `models.rs`, to be \
               included in a module. A build script always gives the last",
        example: "layout = \"module\"",
    },
    Key {
        path: "command",
        takes: "a text",
        default: "the command as typed",
        does: "what each file's header says to regenerate with",
        example: "command = \"make models\"",
    },
    Key {
        path: "tests",
        takes: "true, false, a table with the keys below",
        default: "false",
        does: "also put out `tests/examples.rs`, which reads and rewrites the document's examples; with another layout \
               `examples.rs`, a module beside the models, which `mod.rs` declares",
        example: "tests = true",
    },
    Key {
        path: "tests.examples",
        takes: "true, false",
        default: "false",
        does: "the same as `tests = true`, where `tests` is a table",
        example: "[tests]\nexamples = true",
    },
    Key {
        path: "tests.traffic",
        takes: "a list of paths or tables",
        default: "none",
        does: "recorded traffic that tests read and rewrite: `tests/traffic.rs`, and `tests/traffic.jsonl` with what was \
               recorded; see [Tests from recorded traffic](#tests-from-recorded-traffic)",
        example: "[tests]\ntraffic = [\"recordings/*.har\", { path = \"webhooks\", schema = \"Event\" }]",
    },
    Key {
        path: "client",
        takes: "true, false, a table with the keys below",
        default: "false",
        does: "also emit a function `call` for each operation, which makes its request without sending it, and a module \
               `client` with servers and credentials; a package has the features `client`, `reqwest`, `tracing` and \
               `ureq` for sending requests, and `stream` if an operation answers with a stream; see [The client](#the-client)",
        example: "client = true",
    },
    Key {
        path: "client.features",
        takes: "\"client\", \"reqwest\", \"stream\", \"tracing\", \"ureq\"",
        default: "none",
        does: "which of these features are on: of a package they are its default features; of a module or a single file \
               they are emitted",
        example: "[client]\nfeatures = [\"reqwest\"]",
    },
    Key {
        path: "client.server",
        takes: "a URL",
        default: "none",
        does: "where the API is if the document does not say it: relative URLs of servers count from it, and it is the server of \
               a document without `servers`",
        example: "[client]\nserver = \"https://api.example.com\"",
    },
    Key {
        path: "checks",
        takes: "true, false",
        default: "false",
        does: "also emit the constraints of schemas and parameters as tables, and `check`, which finds all that a value does not \
               keep; a package has the feature `checks` for it, which needs the crate `regress`; see [Checks](#checks)",
        example: "checks = true",
    },
    Key {
        path: "deep-arrays",
        takes: "\"indexed\", \"brackets\"",
        default: "\"indexed\"",
        does: "how calls write a list inside of a parameter with `style: deepObject`, which the specification leaves open: \
               `filter[sizes][0]=1`, or `filter[sizes][]=1`",
        example: "deep-arrays = \"brackets\"",
    },
    Key {
        path: "constructors",
        takes: "true, false",
        default: "true",
        does: "whether structs and `Params` with required fields have a function `new`, which takes these; see [Writing \
               requests](guide/writing-requests.md)",
        example: "constructors = false",
    },
    Key {
        path: "union-methods",
        takes: "true, false",
        default: "true",
        does: "whether unions have `From` for each variant, `tag`, and a method for each property that all variants share",
        example: "union-methods = false",
    },
    Key {
        path: "runtime",
        takes: "\"embedded\", \"crate\", a table as of a dependency",
        default: "\"embedded\"",
        does: "where the code that reads and writes the models comes from: a copy of what they need, or the package \
               `modelsmith-runtime`; see [The runtime](#the-runtime)",
        example: "runtime = \"crate\"",
    },
    Key {
        path: "package",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "further keys of the emitted package, such as `license`, `publish`, `repository` and `rust-version`; \
               `description` and `edition` replace what would stand there",
        example: "[package]\nlicense = \"MIT\"\npublish = false",
    },
    Key {
        path: "dependencies",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "further dependencies of the emitted package, for types, derives and attributes of yours; an entry for a crate \
               that it depends on anyway replaces what would stand there",
        example: "[dependencies]\nrust_decimal = { version = \"1\", features = [\"serde\"] }",
    },
    Key {
        path: "features",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "features of the emitted package, which attributes may name",
        example: "[features]\nextra = []",
    },
    Key {
        path: "unions",
        takes: "\"open\", \"closed\"",
        default: "\"open\"",
        does: "keep an unknown tag of a union and write it back, or refuse it",
        example: "unions = \"closed\"",
    },
    Key {
        path: "enums",
        takes: "\"open\", \"closed\"",
        default: "\"open\"",
        does: "keep an unknown value of an enum, or refuse it",
        example: "enums = \"closed\"",
    },
    Key {
        path: "unknown-fields",
        takes: "\"ignore\", \"keep\", \"deny\"",
        default: "\"ignore\"",
        does: "properties that a schema does not name: skip them, keep them and write them back, refuse them",
        example: "unknown-fields = \"keep\"",
    },
    Key {
        path: "three-states",
        takes: "\"patches\", \"everywhere\", \"nowhere\"",
        default: "\"patches\"",
        does: "where absent and `null` are different values: in what a PATCH reaches, everywhere, nowhere",
        example: "three-states = \"everywhere\"",
    },
    Key {
        path: "read-write",
        takes: "\"split\", \"one\"",
        default: "\"split\"",
        does: "a schema that is read and sent, and requires a `readOnly` or a `writeOnly` property: two types, or one",
        example: "read-write = \"one\"",
    },
    Key {
        path: "write-defaults",
        takes: "\"responses\", \"always\", \"never\"",
        default: "\"responses\"",
        does: "write a property that is equal to its default and not required: except in what the body of a request \
               reaches, everywhere, nowhere",
        example: "write-defaults = \"always\"",
    },
    Key {
        path: "date-time",
        takes: "\"chrono\", \"time\", \"jiff\", \"string\"",
        default: "\"chrono\"",
        does: "what strings with the formats `date-time` and `date` are, and which forms are read; see [Dates](#dates)",
        example: "date-time = \"jiff\"",
    },
    Key {
        path: "integers",
        takes: "\"format\", \"i64\", \"unsigned\"",
        default: "\"format\"",
        does: "how wide integers are: as `format` says, and 64 bits without one; always 64 bits; as `format` says, and \
               unsigned where `minimum` is not below zero. Bounds beyond 64 bits always give more",
        example: "integers = \"unsigned\"",
    },
    Key {
        path: "map-type",
        takes: "a path",
        default: "\"std::collections::BTreeMap\"",
        does: "the type of maps, without its arguments. It needs `new`, `len`, `Default`, `Extend`, `From` of an array of \
               pairs and `IntoIterator` of a reference, as `HashMap` and `indexmap::IndexMap` have",
        example: "map-type = \"indexmap::IndexMap\"",
    },
    Key {
        path: "docs",
        takes: "true, false",
        default: "true",
        does: "whether the document's titles and descriptions are emitted; what modelsmith adds (a default, a parameter's \
               place) stays",
        example: "docs = false",
    },
    Key {
        path: "allow",
        takes: "codes of warnings",
        default: "none",
        does: "warnings that are not shown, by the code that stands with each; see [Expected warnings](#expected-warnings)",
        example: "allow = [\"mapping-contradicts-constant\"]",
    },
    Key {
        path: "allow-outside",
        takes: "true, false",
        default: "false",
        does: "let `$ref`s lead out of the document's folder",
        example: "allow-outside = true",
    },
    Key {
        path: "overlays",
        takes: "paths from the settings' folder",
        default: "none",
        does: "OpenAPI Overlay documents to apply first, in this order",
        example: "overlays = [\"fix.overlay.yaml\"]",
    },
    Key {
        path: "include",
        takes: "entries: `operation:…`, `tag:…`, `path:…`, `schema:…`",
        default: "everything",
        does: "keep what the entries name and what that reaches, drop the rest",
        example: "include = [\"tag:pets\", \"operation:GET /owners/*\"]",
    },
    Key {
        path: "exclude",
        takes: "entries as for `include`",
        default: "nothing",
        does: "keep neither these operations nor, for their own sake, these schemas",
        example: "exclude = [\"path:/internal/*\"]",
    },
    Key {
        path: "types",
        takes: "a table: `format:…`, `schema:…` or a place, and a Rust type",
        default: "none",
        does: "types of yours in place of what would be emitted; see [Types of your own](#types-of-your-own)",
        example: "[types]\n\"format:decimal\" = \"rust_decimal::Decimal\"\n\"schema:Money\" = \"crate::Money\"",
    },
    Key {
        path: "schema.<schema>.type",
        takes: "a Rust type",
        default: "what would be emitted",
        does: "the same for the schemas that are named",
        example: "[schema.Money]\ntype = \"crate::Money\"",
    },
    Key {
        path: "schema.<schema>.rename",
        takes: "a name, or one with a `*` for what the `*` of the schema's pattern matched",
        default: "from the document",
        does: "the name of the type",
        example: "[schema.\"Legacy*\"]\nrename = \"*\"",
    },
    Key {
        path: "schema.<schema>.derives",
        takes: "traits",
        default: "none",
        does: "traits to derive beside `Clone`, `Debug`, `PartialEq`, for structs, unions and enums; those that describe types \
               are implemented from the document, see [Traits that describe types](#traits-that-describe-types)",
        example: "[schema.Pet]\nderives = [\"Eq\", \"Hash\"]",
    },
    Key {
        path: "schema.<schema>.attributes",
        takes: "attributes, without `#[` and `]`",
        default: "none",
        does: "attributes to put before structs, unions and enums; a derive in one of them is read like one of `derives`, with \
               its condition",
        example: "[schema.Pet]\nattributes = ['cfg_attr(feature = \"schema\", derive(schemars::JsonSchema))']",
    },
    Key {
        path: "schema.<schema>.unions",
        takes: "\"open\", \"closed\"",
        default: "that of `unions`",
        does: "the same for the unions that are named",
        example: "[schema.Event]\nunions = \"closed\"",
    },
    Key {
        path: "schema.<schema>.enums",
        takes: "\"open\", \"closed\"",
        default: "that of `enums`",
        does: "the same for the enums that are named",
        example: "[schema.Colour]\nenums = \"closed\"",
    },
    Key {
        path: "schema.<schema>.unknown-fields",
        takes: "\"ignore\", \"keep\", \"deny\"",
        default: "that of `unknown-fields`",
        does: "the same for the structs that are named; a schema with `additionalProperties` keeps them anyway",
        example: "[schema.Pet]\nunknown-fields = \"keep\"",
    },
    Key {
        path: "schema.<schema>.three-states",
        takes: "true, false",
        default: "that of `three-states`",
        does: "whether absent and `null` are different values in the named structs",
        example: "[schema.Pet]\nthree-states = true",
    },
    Key {
        path: "schema.<schema>.write-defaults",
        takes: "\"responses\", \"always\", \"never\"",
        default: "that of `write-defaults`",
        does: "the same for the structs that are named",
        example: "[schema.Pet]\nwrite-defaults = \"always\"",
    },
    Key {
        path: "schema.<schema>.discriminator",
        takes: "a property's name, `false`, or `{ property = …, mapping = { tag = \"Schema\" } }`",
        default: "the document's",
        does: "which property selects the variant of a union, and by which values; `false` ignores what the document says. \
               Constants of the schemas still come before the mapping",
        example: "[schema.Payer]\ndiscriminator = { property = \"kind\", mapping = { person = \"Person\" } }",
    },
    Key {
        path: "schema.<schema>.boxed",
        takes: "true, false",
        default: "false",
        does: "put it in a `Box` wherever a struct or a union holds it by value; what contains itself is boxed anyway",
        example: "[schema.Pet]\nboxed = true",
    },
    Key {
        path: "schema.<schema>.newtype",
        takes: "true, false",
        default: "false",
        does: "a component that is another name for a string, a number, a list or a map is a struct around that; with `checks = true` \
               it has a `new` and a `TryFrom` that check",
        example: "[schema.Slug]\nnewtype = true",
    },
    Key {
        path: "schema.<schema>.docs",
        takes: "true, false",
        default: "that of `docs`",
        does: "the same for the schemas that are named",
        example: "[schema.Pet]\ndocs = false",
    },
    Key {
        path: "schema.<schema>.exclude",
        takes: "true, false",
        default: "false",
        does: "the same as an entry `schema:…` of `exclude`",
        example: "[schema.\"Internal*\"]\nexclude = true",
    },
    Key {
        path: "schema.<schema>.allow",
        takes: "codes of warnings",
        default: "none",
        does: "warnings that are not shown for the schemas that are named and what is written inside them. Here a place may \
               also be one outside of schemas, such as `#/paths/~1pets`",
        example: "[schema.Event]\nallow = [\"mapping-contradicts-constant\"]",
    },
    Key {
        path: "schema.<schema>.property.<property>.type",
        takes: "a Rust type",
        default: "what would be emitted",
        does: "the field's type, without `Option`",
        example: "[schema.Pet.property.weight]\ntype = \"crate::Grams\"",
    },
    Key {
        path: "schema.<schema>.property.<property>.rename",
        takes: "a name",
        default: "from the document",
        does: "the field's name; the property keeps its own",
        example: "[schema.Pet.property.type]\nrename = \"kind\"",
    },
    Key {
        path: "schema.<schema>.property.<property>.attributes",
        takes: "attributes, without `#[` and `]`",
        default: "none",
        does: "attributes to put before the field",
        example: "[schema.Pet.property.name]\nattributes = ['doc(alias = \"title\")']",
    },
    Key {
        path: "schema.<schema>.property.<property>.three-states",
        takes: "true, false",
        default: "that of the schema",
        does: "whether absent and `null` are different values",
        example: "[schema.Pet.property.owner]\nthree-states = true",
    },
    Key {
        path: "schema.<schema>.property.<property>.boxed",
        takes: "true, false",
        default: "false",
        does: "put the field's value in a `Box`",
        example: "[schema.Pet.property.owner]\nboxed = true",
    },
    Key {
        path: "schema.<schema>.property.<property>.docs",
        takes: "true, false",
        default: "that of the schema",
        does: "`false` leaves the field's description out",
        example: "[schema.Pet.property.name]\ndocs = false",
    },
    Key {
        path: "schema.<schema>.property.<property>.exclude",
        takes: "true, false",
        default: "false",
        does: "emit no field; the property is then one that the schema does not name",
        example: "[schema.Pet.property.internal]\nexclude = true",
    },
    Key {
        path: "schema.<schema>.value.<value>.rename",
        takes: "a name",
        default: "from the document",
        does: "the name of an enum's variant; the value keeps its own",
        example: "[schema.Size.value.\"x-l\"]\nrename = \"VeryLarge\"",
    },
    Key {
        path: "schema.<schema>.variant.<variant>.rename",
        takes: "a name",
        default: "from the document",
        does: "the name of a union's variant; its tag and what it holds keep theirs",
        example: "[schema.Pet.variant.cat]\nrename = \"Tom\"",
    },
    Key {
        path: "operation.<operation>.rename",
        takes: "a name in snake_case",
        default: "from the document",
        does: "the name of the operation's module. `<operation>` is its `operationId`, or its method and path \
               (`DELETE /pets/{id}`), as the document writes them",
        example: "[operation.\"DELETE /pets/{id}\"]\nrename = \"remove_pet\"",
    },
    Key {
        path: "operation.<operation>.stream",
        takes: "the name of a component schema",
        default: "from the document",
        does: "the schema of the items that a success streams; see [Streams and pages](#streams-and-pages)",
        example: "[operation.createChatCompletion]\nstream = \"ChatCompletionChunk\"",
    },
    Key {
        path: "operation.<operation>.done",
        takes: "a text",
        default: "none",
        does: "the data of an event, or the line, that ends a stream and is not an item",
        example: "[operation.createChatCompletion]\ndone = \"[DONE]\"",
    },
    Key {
        path: "operation.<operation>.pages",
        takes: "\"link\", false, a table",
        default: "from `x-speakeasy-pagination`, `x-ms-pageable` or `x-dropshot-pagination`",
        does: "how the pages of the operation follow each other; see [Streams and pages](#streams-and-pages)",
        example: "[operation.\"GET /pets\"]\npages = { cursor = \"after\", next = \"meta.next\", more = \"meta.more\" }",
    },
];

#[cfg(test)]
mod tests;
