//! Pairs of documents, or of settings, that differ in the methods and conversions of their types.

use super::{Case, PET, PET_WITH_REST, READS_PET, WRITES_PET, case};

/// Two events with these properties beside their tags, and what else is among the schemas.
macro_rules! events {
    ($required:literal, $properties:literal) => {
        events!($required, $properties, "", "")
    };
    ($required:literal, $properties:literal, $variant:literal, $schema:literal) => {
        concat!(
            "components: { schemas: {\n",
            "  Event: { oneOf: [{ $ref: '#/components/schemas/Start' }, { $ref: '#/components/schemas/Stop' }",
            $variant,
            "], discriminator: { propertyName: kind } },\n  Start: { type: object, required: [kind",
            $required,
            "], properties: { kind: { const: start }",
            $properties,
            " } },\n  Stop: { type: object, required: [kind",
            $required,
            "], properties: { kind: { const: stop }",
            $properties,
            " } }",
            $schema,
            " } }"
        )
    };
}

const EVENTS: &str = events!(", id", ", id: { type: string }");
const EVENTS_AND_PAUSE: &str = events!(
    ", id",
    ", id: { type: string }",
    ", { $ref: '#/components/schemas/Pause' }",
    ",\n  Pause: { type: object, required: [kind], properties: { kind: { const: pause } } }"
);
const WITHOUT_TAG: &str = "components: { schemas: {
  Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fish' }] },
  Cat: { type: object, required: [lives, name], properties: { name: { type: string }, lives: { type: integer } } },
  Fish: { type: object, required: [fins, name], properties: { name: { type: string }, fins: { type: integer } } } } }";
const WITHOUT_TAG_OR_NAME: &str = "components: { schemas: {
  Pet: { anyOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fish' }] },
  Cat: { type: object, required: [lives], properties: { name: { type: string }, lives: { type: integer } } },
  Fish: { type: object, required: [fins], properties: { name: { type: string }, fins: { type: integer } } } } }";
const LIST: &str = "components: { schemas: { Id: { oneOf: [{ type: integer }, { title: Small, type: array, maxItems: 3, items: { type: string } }] } } }";
const TWO_LISTS: &str = "components: { schemas: { Id: { oneOf: [{ type: integer }, { title: Small, type: array, maxItems: 3, items: { type: string } }, { title: Large, type: array, minItems: 4, items: { type: string } }] } } }";

const MATCHES: &str =
    "fn f(event: Event) -> u8 { match event { Event::Start(_) => 1, Event::Stop(_) => 2, _ => 3 } }";
const READS_ID: &str = "fn f(event: &Event) -> Option<&str> { event.id() }";
const CONVERTS: &str = "fn f(start: Start) -> Event { start.into() }";

/// All of them.
pub fn method_cases() -> Vec<Case> {
    let under = |name, document, config, new_config, snippets| Case {
        config,
        new_config: Some(new_config),
        ..case(name, document, document, snippets)
    };
    vec![
        under(
            "constructors_left_out",
            PET,
            "",
            "constructors = false",
            [READS_PET, WRITES_PET, PET_WITH_REST],
        ),
        under(
            "constructors_added",
            PET,
            "constructors = false",
            "",
            [READS_PET, WRITES_PET, "fn f(Pet { name, .. }: Pet) -> String { name }"],
        ),
        under("union_methods_left_out", EVENTS, "", "union-methods = false", [READS_ID, CONVERTS, CONVERTS]),
        under("union_methods_added", EVENTS, "union-methods = false", "", [MATCHES; 3]),
        case("accessor_of_a_variant_that_lacks_it", EVENTS, EVENTS_AND_PAUSE, [READS_ID, CONVERTS, READS_ID]),
        case(
            "accessor_that_may_be_absent",
            WITHOUT_TAG,
            WITHOUT_TAG_OR_NAME,
            [
                "fn f(pet: &Pet) -> &str { pet.name() }",
                "fn f() -> Fish { Fish { name: String::new(), fins: 2 } }",
                "fn f(pet: &Pet) -> &str { pet.name() }",
            ],
        ),
        case(
            "conversion_of_two_variants",
            LIST,
            TWO_LISTS,
            [
                "fn f(id: Id) -> i64 { match id { Id::Integer(id) => id, _ => 0 } }",
                "fn f(id: Vec<String>) -> Id { id.into() }",
                "fn f(id: Vec<String>) -> Id { Id::from(id) }",
            ],
        ),
    ]
}
