//! Pairs of documents, one for each kind of change, and code that uses the models of the first.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod calls;
pub mod methods;
pub mod package;

/// A change, and three snippets that compile against the old models: one destructures values and names every field, one
/// makes values and names every field, and one does both with `..` wherever that is possible.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    pub old: &'static str,
    pub new: &'static str,
    pub config: &'static str,
    /// The settings of the second, if they are others.
    pub new_config: Option<&'static str>,
    pub snippets: [&'static str; 3],
}

fn case(name: &'static str, old: &'static str, new: &'static str, snippets: [&'static str; 3]) -> Case {
    Case { name, old, new, config: "", new_config: None, snippets }
}

const PET: &str = "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string } } } } }";
const READS_PET: &str = "fn f(Pet { name }: Pet) -> String { name }";
const WRITES_PET: &str = "fn f() -> Pet { Pet { name: String::new() } }";
const PET_WITH_REST: &str =
    "fn f(Pet { name, .. }: Pet) -> Pet { Pet { name: name.to_uppercase(), ..Pet::new(\"Rex\") } }";
const NAMED_PET: [&str; 3] = [READS_PET, WRITES_PET, PET_WITH_REST];
/// A pet whose name has a default.
const DEFAULT_PET: [&str; 3] = [
    READS_PET,
    WRITES_PET,
    "fn f(Pet { name, .. }: Pet) -> Pet { Pet { name: name.to_uppercase(), ..Default::default() } }",
];

const SIZE: &str = "components: { schemas: { Size: { type: string, enum: [small, large] } } }";
const LARGER_SIZE: &str = "components: { schemas: { Size: { type: string, enum: [small, large, huge] } } }";
const READS_SIZE: &str =
    "fn f(size: Size) -> u8 { match size { Size::Small => 1, Size::Large => 2, _ => 3 } }";
const WRITES_SIZE: &str = "fn f() -> Size { Size::Large }";

const PETS: &str = "components: { schemas: {
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: kind } },
  Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } },
  Dog: { type: object, required: [kind], properties: { kind: { const: dog }, tricks: { type: integer } } } } }";
const ONLY_CATS_AND_FISH: &str = "components: { schemas: {
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Fish' }], discriminator: { propertyName: kind } },
  Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } },
  Fish: { type: object, required: [kind], properties: { kind: { const: fish } } },
  Dog: { type: object, required: [kind], properties: { kind: { const: dog }, tricks: { type: integer } } } } }";
const MORE_PETS: &str = "components: { schemas: {
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }, { $ref: '#/components/schemas/Fish' }], discriminator: { propertyName: kind } },
  Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } },
  Dog: { type: object, required: [kind], properties: { kind: { const: dog }, tricks: { type: integer } } },
  Fish: { type: object, required: [kind], properties: { kind: { const: fish } } } } }";
const OTHER_TAGS: &str = "components: { schemas: {
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: type } },
  Cat: { type: object, required: [type], properties: { type: { const: cat }, lives: { type: integer } } },
  Dog: { type: object, required: [type], properties: { type: { const: dog }, tricks: { type: integer } } } } }";
const READS_PETS: &str = "fn f(pet: Pet) -> i64 { match pet { Pet::Cat(cat) => cat.lives.unwrap_or(9), Pet::Dog(_) => 1, _ => 0 } }";
const WRITES_PETS: &str =
    "fn f() -> [Pet; 2] { [Pet::Cat(Cat { lives: None }), Pet::Dog(Dog { tricks: Some(1) })] }";
const PETS_WITH_REST: &str = "fn f(cat: Cat) -> Pet { let Cat { lives, .. } = cat; Pet::Dog(Dog { tricks: lives, ..Default::default() }) }";
const OF_PETS: [&str; 3] = [READS_PETS, WRITES_PETS, PETS_WITH_REST];

const OPERATION: &str = "paths: { /pets: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } } } } } }";
const LARGER_OPERATION: &str = "paths: { /pets: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }, { name: page, in: query, schema: { type: string } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } } } } } }";
const MORE_RESPONSES: &str = "paths: { /pets: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } }, '404': { description: None } } } } }";
const OTHER_RESPONSE: &str = "paths: { /pets: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: integer } } } } } } } } }";
const NO_OTHER_STATUS: &str = "paths: { /pets: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } }, default: { description: Else } } } } }";
const OTHER_PATH: &str = "paths: { /animals: { get: { operationId: listPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } } } } } }";
const OTHER_NAME: &str = "paths: { /pets: { get: { operationId: findPets,
  parameters: [{ name: limit, in: query, schema: { type: integer } }],
  responses: { '200': { description: All, content: { application/json: { schema: { type: array, items: { type: string } } } } } } } } }";
const OTHER_OPERATION: &str =
    "paths: { /owners: { get: { operationId: listOwners, responses: { '204': { description: None } } } } }";
const OF_LIST_PETS: [&str; 3] = [
    "use operations::list_pets::*; fn f(Params { limit }: Params, response: Response) -> Vec<String> {
        match response { Response::Ok(pets) => pets, Response::Other(_, _) => vec![], _ => vec![] } }",
    "use operations::list_pets::*; fn f() -> (Params, Response) { (Params { limit: Some(1) }, Response::Ok(vec![String::new()])) }",
    "use operations::list_pets::*; fn f(Params { limit, .. }: Params) -> (Params, Response) {
        (Params { limit, ..Default::default() }, Response::Other(500, vec![])) }",
];

/// All of them.
pub fn cases() -> Vec<Case> {
    let mut all = fields();
    all.extend(constants_and_unions());
    all.extend(whole_types());
    all.extend(operations());
    all.extend(settings());
    all
}

fn fields() -> Vec<Case> {
    vec![
        case(
            "documentation",
            PET,
            "components: { schemas: { Pet: { description: An animal., type: object, required: [name], properties: { name: { type: string } } } } }",
            NAMED_PET,
        ),
        case(
            "field_added",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } } } }",
            NAMED_PET,
        ),
        case(
            "field_added_without_default",
            PET,
            "components: { schemas: { Size: { type: string, enum: [small, large] }, Pet: { type: object, required: [name, size], properties: { name: { type: string }, size: { $ref: '#/components/schemas/Size' } } } } }",
            NAMED_PET,
        ),
        case(
            "field_removed",
            PET,
            "components: { schemas: { Pet: { type: object, properties: { age: { type: integer } } } } }",
            NAMED_PET,
        ),
        case(
            "field_made_optional",
            PET,
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }",
            NAMED_PET,
        ),
        case(
            "field_with_a_default",
            PET,
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string, default: Rex } } } } }",
            NAMED_PET,
        ),
        case(
            "field_made_nullable",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: [string, 'null'] } } } } }",
            NAMED_PET,
        ),
        case(
            "field_retyped",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: integer } } } } }",
            NAMED_PET,
        ),
        case(
            "field_with_another_format",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string, format: uuid } } } } }",
            NAMED_PET,
        ),
        case(
            "field_with_another_wire_name",
            PET,
            "components: { schemas: { Pet: { type: object, required: [Name], properties: { Name: { type: string } } } } }",
            [READS_PET, "fn f(pet: &mut Pet) { pet.name = String::new(); }", PET_WITH_REST],
        ),
        case(
            "field_renamed",
            "components: { schemas: { Pet: { type: object, properties: { petName: { type: string } } } } }",
            "components: { schemas: { Pet: { type: object, properties: { petName: { type: string }, pet_name: { type: integer } } } } }",
            [
                "fn f(Pet { pet_name }: Pet) -> Option<String> { pet_name }",
                "fn f() -> Pet { Pet { pet_name: Some(String::new()) } }",
                "fn f(Pet { pet_name, .. }: Pet) -> Pet { let name: Option<String> = pet_name; Pet { pet_name: name, ..Default::default() } }",
            ],
        ),
        case(
            "field_became_constant",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { const: Rex } } } } }",
            NAMED_PET,
        ),
        case(
            "field_boxed",
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string } } }, Owner: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } } } }",
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string }, owner: { $ref: '#/components/schemas/Owner' } } }, Owner: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } } } }",
            [
                "fn f(Owner { pet }: Owner) -> Option<Pet> { pet }",
                "fn f(pet: Pet) -> Owner { Owner { pet: Some(pet) } }",
                "fn f(Owner { pet, .. }: Owner) -> Option<Pet> { pet }",
            ],
        ),
        case(
            "default_changed",
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string, default: Rex } } } } }",
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string, default: Tom } } } } }",
            DEFAULT_PET,
        ),
        case(
            "default_of_a_required_property_changed",
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string, default: Rex } } } } }",
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string, default: Tom } } } } }",
            DEFAULT_PET,
        ),
        case(
            "default_of_a_required_enum_lost",
            "components: { schemas: { Pet: { type: object, required: [size], properties: { size: { enum: [small, large], default: small } } } } }",
            "components: { schemas: { Pet: { type: object, required: [size], properties: { size: { enum: [small, large] } } } } }",
            [
                "fn f(Pet { size }: Pet) -> PetSize { size }",
                "fn f() -> Pet { Pet { ..Default::default() } }",
                "fn f() -> Pet { Pet::default() }",
            ],
        ),
        case(
            "unknown_fields_kept",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], additionalProperties: { type: string }, properties: { name: { type: string } } } } }",
            NAMED_PET,
        ),
        case(
            "constant_changed",
            "components: { schemas: { Pet: { type: object, required: [name, kind], properties: { name: { type: string }, kind: { const: cat } } } } }",
            "components: { schemas: { Pet: { type: object, required: [name, kind], properties: { name: { type: string }, kind: { const: dog } } } } }",
            NAMED_PET,
        ),
        case(
            "constant_added",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name, kind], properties: { name: { type: string }, kind: { const: dog } } } } }",
            NAMED_PET,
        ),
    ]
}

fn constants_and_unions() -> Vec<Case> {
    let of_size = [
        READS_SIZE,
        WRITES_SIZE,
        "fn f() -> &'static str { match Size::Small { Size::Large => \"l\", _ => \"s\" } }",
    ];
    let closed = [
        "fn f(size: Size) -> u8 { match size { Size::Small => 1, Size::Large => 2 } }",
        "fn f(size: &Size) -> (Size, Size) { (*size, Size::Large) }",
        "fn f(size: Size) -> u8 { match size { Size::Small => 1, Size::Large => 2 } }",
    ];
    vec![
        case("value_added", SIZE, LARGER_SIZE, of_size),
        Case {
            config: "enums = \"closed\"",
            ..case("value_added_to_a_closed_enum", SIZE, LARGER_SIZE, closed)
        },
        case(
            "value_removed",
            LARGER_SIZE,
            SIZE,
            [
                "fn f(size: Size) -> bool { matches!(size, Size::Huge) }",
                "fn f() -> Size { Size::Huge }",
                "fn f() -> Size { Size::Huge }",
            ],
        ),
        case(
            "value_type_changed",
            SIZE,
            "components: { schemas: { Size: { type: integer, enum: [1, 2] } } }",
            of_size,
        ),
        case("variant_added", PETS, MORE_PETS, OF_PETS),
        case("variant_removed", PETS, ONLY_CATS_AND_FISH, OF_PETS),
        case("tag_changed", PETS, OTHER_TAGS, OF_PETS),
        Case {
            config: "unions = \"closed\"",
            ..case("variant_added_to_a_closed_union", PETS, MORE_PETS, OF_PETS)
        },
        case(
            "variant_retyped",
            "components: { schemas: { Id: { oneOf: [{ type: string }, { type: integer }] } } }",
            "components: { schemas: { Id: { oneOf: [{ type: string }, { type: integer, format: int32 }] } } }",
            [
                "fn f(id: Id) -> i64 { match id { Id::Integer(id) => id, _ => 0 } }",
                "fn f(id: i64) -> Id { Id::Integer(id) }",
                "fn f(id: Id) -> i64 { match id { Id::Integer(id) => id, _ => 0 } }",
            ],
        ),
    ]
}

fn whole_types() -> Vec<Case> {
    let alike = "components: { schemas: {
      Cat: { type: object, properties: { size: { type: string, enum: [small, large] } } },
      Dog: { type: object, properties: { size: { type: string, enum: [small, large] } } } } }";
    let no_longer = "components: { schemas: {
      Cat: { type: object, properties: { size: { type: string, enum: [small, large] } } },
      Dog: { type: object, properties: { size: { type: string, enum: [small, large, huge] } } } } }";
    vec![
        case(
            "type_added",
            PET,
            "components: { schemas: { Pet: { type: object, required: [name], properties: { name: { type: string } } }, Id: { type: integer } } }",
            NAMED_PET,
        ),
        case(
            "type_removed",
            PET,
            "components: { schemas: { Size: { type: string, enum: [small, large] } } }",
            NAMED_PET,
        ),
        case(
            "type_renamed",
            "components: { schemas: { Pet: { type: object, properties: { name: { type: string }, age: { type: integer }, owner: { type: string } } } } }",
            "components: { schemas: { Animal: { type: object, properties: { name: { type: string }, age: { type: integer }, owner: { type: string } } } } }",
            [
                "fn f(pet: Pet) -> Option<String> { pet.name }",
                "fn f() -> Pet { Pet { name: None, age: None, owner: None } }",
                "fn f(Pet { name, .. }: Pet) -> Pet { Pet { name, ..Default::default() } }",
            ],
        ),
        case(
            "type_reshaped",
            PET,
            "components: { schemas: { Pet: { type: string, enum: [cat, dog] } } }",
            NAMED_PET,
        ),
        case(
            "alias_redirected",
            "components: { schemas: { Names: { type: array, items: { type: string } } } }",
            "components: { schemas: { Names: { type: array, items: { type: integer } } } }",
            [
                "fn f(names: Names) -> Vec<String> { names }",
                "fn f() -> Names { vec![String::new()] }",
                "fn f(names: Names) -> Vec<String> { names }",
            ],
        ),
        case(
            "alias_became_type",
            alike,
            no_longer,
            [
                "fn f(cat: Cat, dog: Dog) -> bool { cat.size == dog.size }",
                "fn f(cat: Cat) -> Dog { Dog { size: cat.size } }",
                "fn f(Cat { size, .. }: Cat) -> Dog { Dog { size, ..Default::default() } }",
            ],
        ),
        case(
            "type_became_alias",
            no_longer,
            alike,
            [
                "fn f(dog: Dog) -> bool { dog.size == Some(DogSize::Huge) }",
                "fn f() -> Dog { Dog { size: Some(DogSize::Huge) } }",
                "fn f() -> Dog { Dog { size: Some(DogSize::Huge), ..Default::default() } }",
            ],
        ),
    ]
}

fn operations() -> Vec<Case> {
    vec![
        case("parameter_added", OPERATION, LARGER_OPERATION, OF_LIST_PETS),
        case("response_added", OPERATION, MORE_RESPONSES, OF_LIST_PETS),
        case(
            "response_retyped",
            OPERATION,
            OTHER_RESPONSE,
            [
                OF_LIST_PETS[0],
                OF_LIST_PETS[1],
                "fn f(response: operations::list_pets::Response) -> Vec<String> { match response { operations::list_pets::Response::Ok(pets) => pets, _ => vec![] } }",
            ],
        ),
        case(
            "response_for_every_other_status",
            OPERATION,
            NO_OTHER_STATUS,
            [
                OF_LIST_PETS[0],
                "fn f() -> operations::list_pets::Response { operations::list_pets::Response::Other(500, vec![]) }",
                OF_LIST_PETS[2],
            ],
        ),
        case("path_changed", OPERATION, OTHER_PATH, OF_LIST_PETS),
        case("operation_renamed", OPERATION, OTHER_NAME, OF_LIST_PETS),
        case("operation_removed", OPERATION, OTHER_OPERATION, OF_LIST_PETS),
    ]
}

/// Documents that are the same, under other settings.
fn settings() -> Vec<Case> {
    let under = |name, document, config, new_config, snippets| Case {
        config,
        new_config: Some(new_config),
        ..case(name, document, document, snippets)
    };
    const HASHED: &str = "fn f<T: std::hash::Hash>() {} fn g() { f::<Pet>() }";
    const HOME: &str = "components: { schemas: { Home: { type: string }, Pet: { type: object, required: [home], properties: { home: { $ref: '#/components/schemas/Home' } } } } }";
    const BORN: &str = "components: { schemas: { Pet: { type: object, required: [born], properties: { born: { type: string, format: date } } } } }";
    const TAGS: &str =
        "components: { schemas: { Tags: { type: object, additionalProperties: { type: string } } } }";
    const DERIVED: &str = "[schema.Pet]\nderives = [\"Eq\", \"Hash\"]";
    const STRICT: &str = "[schema.Pet]\nattributes = [\"non_exhaustive\"]";
    vec![
        under("derive_added", PET, "", DERIVED, NAMED_PET),
        under("derive_removed", PET, DERIVED, "", [HASHED; 3]),
        under(
            "derive_that_an_enum_has_anyway_removed",
            SIZE,
            "[schema.Size]\nderives = [\"Hash\"]",
            "",
            [READS_SIZE, WRITES_SIZE, "fn f<T: std::hash::Hash>() {} fn g() { f::<Size>() }"],
        ),
        under("attribute_removed", PET, "[schema.Pet]\nattributes = [\"derive(Eq, Hash)\"]", "", [HASHED; 3]),
        under("remark_removed", PET, "[schema.Pet]\nattributes = [\"allow(unused)\"]", "", NAMED_PET),
        under(
            "non_exhaustive_added",
            PET,
            "",
            STRICT,
            [
                READS_PET,
                WRITES_PET,
                "fn f(Pet { name, .. }: Pet) -> Pet { Pet { name, ..Pet::new(\"Rex\") } }",
            ],
        ),
        under(
            "non_exhaustive_removed",
            PET,
            STRICT,
            "",
            [
                "fn f(Pet { name, .. }: Pet) -> String { name }",
                "fn f() -> Pet { Pet::new(\"Rex\") }",
                "fn f(mut pet: Pet) { pet.name = String::new(); }",
            ],
        ),
        under(
            "field_attribute_changed",
            PET,
            "[schema.Pet.property.name]\nattributes = ['doc(alias = \"title\")']",
            "",
            NAMED_PET,
        ),
        under(
            "user_type_changed",
            HOME,
            "[types]\n\"schema:Home\" = \"std::path::PathBuf\"",
            "[types]\n\"schema:Home\" = \"std::boxed::Box<str>\"",
            [
                "fn f(Pet { home }: Pet) -> std::path::PathBuf { home }",
                "fn f() -> Pet { Pet { home: std::path::PathBuf::new() } }",
                "fn f(home: Home) -> std::path::PathBuf { home }",
            ],
        ),
        under(
            "dates_of_another_library",
            BORN,
            "date-time = \"chrono\"",
            "date-time = \"time\"",
            ["fn f(Pet { born }: Pet) -> i32 { use models::runtime; <chrono::NaiveDate as chrono::Datelike>::year(&born) }";
                3],
        ),
        under(
            "maps_of_another_type",
            TAGS,
            "",
            "map-type = \"std::collections::HashMap\"",
            ["fn f(tags: Tags) -> std::collections::BTreeMap<String, String> { tags }"; 3],
        ),
    ]
}
