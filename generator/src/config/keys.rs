//! One entry for each key of `modelsmith.toml`. `config --explain` and the table in `docs/configuration.md` are made
//! from these entries.

mod explained;

pub use explained::{markdown, names};

/// A key of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The key with its tables; `<…>` is a name that the user chooses.
    pub path: &'static str,
    /// The values that it accepts.
    pub takes: &'static str,
    /// The default.
    pub default: &'static str,
    /// What it does.
    pub does: &'static str,
    /// An example.
    pub example: &'static str,
}

/// All keys, in the order in which they are documented.
pub const KEYS: &[Key] = &[
    Key {
        path: "crate-name",
        takes: "a package's name",
        default: "the API's title plus `-models`",
        does: "the name of the emitted package",
        example: "crate-name = \"pets-models\"",
    },
    Key {
        path: "crate-version",
        takes: "a version",
        default: "\"0.1.0\"",
        does: "the version of the emitted package",
        example: "crate-version = \"1.2.0\"",
    },
    Key {
        path: "layout",
        takes: "\"crate\", \"module\", \"single-file\"",
        default: "\"crate\"",
        does: "the layout of the output: a package; a folder with `mod.rs`, for a module of your package; one file \
               `models.rs`, for `include!`. A build script always emits the last",
        example: "layout = \"module\"",
    },
    Key {
        path: "command",
        takes: "a text",
        default: "the command as typed",
        does: "the command that regenerates the output, for the header of each file",
        example: "command = \"make models\"",
    },
    Key {
        path: "tests",
        takes: "true, false, a table with the keys below",
        default: "false",
        does: "also emit `tests/examples.rs`, which reads and rewrites the document's examples; in other layouts \
               `examples.rs`, a module next to the models, which `mod.rs` declares",
        example: "tests = true",
    },
    Key {
        path: "tests.examples",
        takes: "true, false",
        default: "false",
        does: "the same as `tests = true`, if `tests` is a table",
        example: "[tests]\nexamples = true",
    },
    Key {
        path: "tests.traffic",
        takes: "a list of paths or tables",
        default: "none",
        does: "recorded traffic that tests read and rewrite: emits `tests/traffic.rs`, and the recorded values in \
               `tests/traffic.jsonl`; see [Tests from recorded traffic](#tests-from-recorded-traffic)",
        example: "[tests]\ntraffic = [\"recordings/*.har\", { path = \"webhooks\", schema = \"Event\" }]",
    },
    Key {
        path: "client",
        takes: "true, false, a table with the keys below",
        default: "false",
        does: "also emit a function `call` for each operation, which builds the request without sending it, and a \
               module `client` with servers and credentials; a package gets the features `client`, `reqwest`, \
               `tracing` and `ureq` for sending requests, and `stream` if a response is a stream; see [The \
               client](#the-client)",
        example: "client = true",
    },
    Key {
        path: "client.features",
        takes: "\"client\", \"reqwest\", \"stream\", \"tracing\", \"ureq\"",
        default: "none",
        does: "which of these features are enabled: the default features of a package; in other layouts, the code \
               that is emitted",
        example: "[client]\nfeatures = [\"reqwest\"]",
    },
    Key {
        path: "client.server",
        takes: "a URL",
        default: "none",
        does: "the URL of the API: relative server URLs are resolved against it, and it is the server if the \
               document has no `servers`",
        example: "[client]\nserver = \"https://api.example.com\"",
    },
    Key {
        path: "checks",
        takes: "true, false",
        default: "false",
        does: "also emit the constraints of schemas and parameters as tables, and `check`, which finds all \
               violations in a value; a package gets the feature `checks`, which needs the crate `regress`; see \
               [Checks](#checks)",
        example: "checks = true",
    },
    Key {
        path: "deep-arrays",
        takes: "\"indexed\", \"brackets\"",
        default: "\"indexed\"",
        does: "how requests write a list inside of a parameter with `style: deepObject`, which the specification \
               does not define: `filter[sizes][0]=1` or `filter[sizes][]=1`",
        example: "deep-arrays = \"brackets\"",
    },
    Key {
        path: "constructors",
        takes: "true, false",
        default: "true",
        does: "whether structs and `Params` with required fields get a function `new` that takes these; see [Writing \
               requests](guide/writing-requests.md)",
        example: "constructors = false",
    },
    Key {
        path: "union-methods",
        takes: "true, false",
        default: "true",
        does: "whether unions get `From` for each variant, `tag`, and a method for each property that all variants \
               share",
        example: "union-methods = false",
    },
    Key {
        path: "runtime",
        takes: "\"embedded\", \"crate\", a table as for a dependency",
        default: "\"embedded\"",
        does: "where the code that reads and writes the models comes from: a copy of the parts they need, or the \
               package `modelsmith-runtime`; see [The runtime](#the-runtime)",
        example: "runtime = \"crate\"",
    },
    Key {
        path: "package",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "more keys of the emitted package, such as `license`, `publish`, `repository` and `rust-version`; \
               `description` and `edition` replace the emitted ones",
        example: "[package]\nlicense = \"MIT\"\npublish = false",
    },
    Key {
        path: "dependencies",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "more dependencies of the emitted package, for your own types, derives and attributes; an entry for a \
               crate that it already depends on replaces the emitted one",
        example: "[dependencies]\nrust_decimal = { version = \"1\", features = [\"serde\"] }",
    },
    Key {
        path: "features",
        takes: "a table as in Cargo.toml",
        default: "none",
        does: "features of the emitted package, for use in attributes",
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
        does: "what to do with properties that a schema does not declare: skip them, keep them and write them back, \
               or refuse the object",
        example: "unknown-fields = \"keep\"",
    },
    Key {
        path: "three-states",
        takes: "\"patches\", \"everywhere\", \"nowhere\"",
        default: "\"patches\"",
        does: "where absent and `null` are different values: in types that the body of a PATCH reaches, everywhere, \
               or nowhere",
        example: "three-states = \"everywhere\"",
    },
    Key {
        path: "read-write",
        takes: "\"split\", \"one\"",
        default: "\"split\"",
        does: "whether a schema that is read and sent, and requires a `readOnly` or a `writeOnly` property, becomes \
               two types or one",
        example: "read-write = \"one\"",
    },
    Key {
        path: "write-defaults",
        takes: "\"responses\", \"always\", \"never\"",
        default: "\"responses\"",
        does: "where to write an optional property that is equal to its default: everywhere except in types that a \
               request body reaches, everywhere, or nowhere",
        example: "write-defaults = \"always\"",
    },
    Key {
        path: "date-time",
        takes: "\"chrono\", \"time\", \"jiff\", \"string\"",
        default: "\"chrono\"",
        does: "the types of strings with the formats `date-time` and `date`; see [Dates](#dates) for the forms that \
               each of them reads",
        example: "date-time = \"jiff\"",
    },
    Key {
        path: "integers",
        takes: "\"format\", \"i64\", \"unsigned\"",
        default: "\"format\"",
        does: "the types of integers: by `format`, and 64 bits without one; always 64 bits; or by `format`, and \
               unsigned if `minimum` is at least 0. Bounds beyond 64 bits always make the type wider",
        example: "integers = \"unsigned\"",
    },
    Key {
        path: "map-type",
        takes: "a path",
        default: "\"std::collections::BTreeMap\"",
        does: "the type of maps, without type arguments. It needs `new`, `len`, `Default`, `Extend`, `From` an array \
               of pairs, and `IntoIterator` for a reference, like `HashMap` and `indexmap::IndexMap`",
        example: "map-type = \"indexmap::IndexMap\"",
    },
    Key {
        path: "docs",
        takes: "true, false",
        default: "true",
        does: "whether to emit the titles and descriptions of the document; what modelsmith adds (a default, the \
               place of a parameter) is always emitted",
        example: "docs = false",
    },
    Key {
        path: "allow",
        takes: "codes of warnings",
        default: "none",
        does: "warnings to hide, by the code in square brackets; see [Expected warnings](#expected-warnings)",
        example: "allow = [\"mapping-contradicts-constant\"]",
    },
    Key {
        path: "allow-outside",
        takes: "true, false",
        default: "false",
        does: "whether `$ref`s may lead out of the document's folder",
        example: "allow-outside = true",
    },
    Key {
        path: "overlays",
        takes: "paths, relative to the folder of the settings",
        default: "none",
        does: "OpenAPI Overlay documents to apply to the document first, in this order",
        example: "overlays = [\"fix.overlay.yaml\"]",
    },
    Key {
        path: "include",
        takes: "entries: `operation:…`, `tag:…`, `path:…`, `schema:…`",
        default: "everything",
        does: "keep what the entries name and everything that this reaches, and drop the rest",
        example: "include = [\"tag:pets\", \"operation:GET /owners/*\"]",
    },
    Key {
        path: "exclude",
        takes: "entries as for `include`",
        default: "nothing",
        does: "drop these operations, and drop these schemas unless something that is kept needs them",
        example: "exclude = [\"path:/internal/*\"]",
    },
    Key {
        path: "types",
        takes: "a table: `format:…`, `schema:…` or a place, and a Rust type",
        default: "none",
        does: "your own types instead of emitted ones; see [Types of your own](#types-of-your-own)",
        example: "[types]\n\"format:decimal\" = \"rust_decimal::Decimal\"\n\"schema:Money\" = \"crate::Money\"",
    },
    Key {
        path: "schema.<schema>.type",
        takes: "a Rust type",
        default: "the emitted type",
        does: "like an entry of `types`",
        example: "[schema.Money]\ntype = \"crate::Money\"",
    },
    Key {
        path: "schema.<schema>.rename",
        takes: "a name, in which `*` is replaced by what the `*` of the pattern matches",
        default: "from the document",
        does: "the name of the type",
        example: "[schema.\"Legacy*\"]\nrename = \"*\"",
    },
    Key {
        path: "schema.<schema>.derives",
        takes: "traits",
        default: "none",
        does: "traits to derive in addition to `Clone`, `Debug` and `PartialEq`, for structs, unions and enums; \
               those that describe types are implemented from the document, see [Traits that describe \
               types](#traits-that-describe-types)",
        example: "[schema.Pet]\nderives = [\"Eq\", \"Hash\"]",
    },
    Key {
        path: "schema.<schema>.attributes",
        takes: "attributes, without `#[` and `]`",
        default: "none",
        does: "attributes for structs, unions and enums; a derive in one of them is treated like one in `derives`, \
               with its condition",
        example: "[schema.Pet]\nattributes = ['cfg_attr(feature = \"schema\", derive(schemars::JsonSchema))']",
    },
    Key {
        path: "schema.<schema>.unions",
        takes: "\"open\", \"closed\"",
        default: "that of `unions`",
        does: "`unions` for these schemas",
        example: "[schema.Event]\nunions = \"closed\"",
    },
    Key {
        path: "schema.<schema>.enums",
        takes: "\"open\", \"closed\"",
        default: "that of `enums`",
        does: "`enums` for these schemas",
        example: "[schema.Colour]\nenums = \"closed\"",
    },
    Key {
        path: "schema.<schema>.unknown-fields",
        takes: "\"ignore\", \"keep\", \"deny\"",
        default: "that of `unknown-fields`",
        does: "`unknown-fields` for these schemas; a schema with `additionalProperties` always keeps them",
        example: "[schema.Pet]\nunknown-fields = \"keep\"",
    },
    Key {
        path: "schema.<schema>.three-states",
        takes: "true, false",
        default: "that of `three-states`",
        does: "whether absent and `null` are different values in these structs",
        example: "[schema.Pet]\nthree-states = true",
    },
    Key {
        path: "schema.<schema>.write-defaults",
        takes: "\"responses\", \"always\", \"never\"",
        default: "that of `write-defaults`",
        does: "`write-defaults` for these schemas",
        example: "[schema.Pet]\nwrite-defaults = \"always\"",
    },
    Key {
        path: "schema.<schema>.discriminator",
        takes: "a property's name, `false`, or `{ property = …, mapping = { tag = \"Schema\" } }`",
        default: "that of the document",
        does: "which property selects the variant of a union, and by which values; `false` ignores the discriminator \
               of the document. Constants of the schemas take precedence over the mapping",
        example: "[schema.Payer]\ndiscriminator = { property = \"kind\", mapping = { person = \"Person\" } }",
    },
    Key {
        path: "schema.<schema>.boxed",
        takes: "true, false",
        default: "false",
        does: "put the type in a `Box` wherever a struct or a union holds it by value; types that contain themselves \
               are always boxed",
        example: "[schema.Pet]\nboxed = true",
    },
    Key {
        path: "schema.<schema>.newtype",
        takes: "true, false",
        default: "false",
        does: "emit a newtype instead of an alias for a component that is a string, a number, a list or a map; with \
               `checks = true` it has a `new` and a `TryFrom` that check the value",
        example: "[schema.Slug]\nnewtype = true",
    },
    Key {
        path: "schema.<schema>.docs",
        takes: "true, false",
        default: "that of `docs`",
        does: "`docs` for these schemas",
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
        does: "warnings to hide for these schemas and everything inside of them. Here the name can also be a place \
               outside of schemas, such as `#/paths/~1pets`",
        example: "[schema.Event]\nallow = [\"mapping-contradicts-constant\"]",
    },
    Key {
        path: "schema.<schema>.property.<property>.type",
        takes: "a Rust type",
        default: "the emitted type",
        does: "the type of the field, without `Option`",
        example: "[schema.Pet.property.weight]\ntype = \"crate::Grams\"",
    },
    Key {
        path: "schema.<schema>.property.<property>.rename",
        takes: "a name",
        default: "from the document",
        does: "the name of the field; the name in JSON does not change",
        example: "[schema.Pet.property.type]\nrename = \"kind\"",
    },
    Key {
        path: "schema.<schema>.property.<property>.attributes",
        takes: "attributes, without `#[` and `]`",
        default: "none",
        does: "attributes for the field",
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
        does: "put the value of the field in a `Box`",
        example: "[schema.Pet.property.owner]\nboxed = true",
    },
    Key {
        path: "schema.<schema>.property.<property>.docs",
        takes: "true, false",
        default: "that of the schema",
        does: "whether to emit the description of the field",
        example: "[schema.Pet.property.name]\ndocs = false",
    },
    Key {
        path: "schema.<schema>.property.<property>.exclude",
        takes: "true, false",
        default: "false",
        does: "emit no field; the property is then treated as not declared",
        example: "[schema.Pet.property.internal]\nexclude = true",
    },
    Key {
        path: "schema.<schema>.value.<value>.rename",
        takes: "a name",
        default: "from the document",
        does: "the name of an enum's variant; the value in JSON does not change",
        example: "[schema.Size.value.\"x-l\"]\nrename = \"VeryLarge\"",
    },
    Key {
        path: "schema.<schema>.variant.<variant>.rename",
        takes: "a name",
        default: "from the document",
        does: "the name of a union's variant; its tag and its type do not change",
        example: "[schema.Pet.variant.cat]\nrename = \"Tom\"",
    },
    Key {
        path: "operation.<operation>.rename",
        takes: "a name in snake_case",
        default: "from the document",
        does: "the name of the operation's module. `<operation>` is the `operationId`, or the method and path \
               (`DELETE /pets/{id}`), as in the document",
        example: "[operation.\"DELETE /pets/{id}\"]\nrename = \"remove_pet\"",
    },
    Key {
        path: "operation.<operation>.stream",
        takes: "the name of a component schema",
        default: "from the document",
        does: "the schema of the items of a streamed success response; see [Streams and pages](#streams-and-pages)",
        example: "[operation.createChatCompletion]\nstream = \"ChatCompletionChunk\"",
    },
    Key {
        path: "operation.<operation>.done",
        takes: "a text",
        default: "none",
        does: "the event data, or the line, that marks the end of a stream",
        example: "[operation.createChatCompletion]\ndone = \"[DONE]\"",
    },
    Key {
        path: "operation.<operation>.pages",
        takes: "\"link\", false, a table",
        default: "from `x-speakeasy-pagination`, `x-ms-pageable` or `x-dropshot-pagination`",
        does: "how the operation is paginated; see [Streams and pages](#streams-and-pages)",
        example: "[operation.\"GET /pets\"]\npages = { cursor = \"after\", next = \"meta.next\", more = \"meta.more\" }",
    },
];

#[cfg(test)]
mod tests;
