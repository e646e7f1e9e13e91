//! What is wrong with settings is said where it stands.

use std::path::Path;

use modelsmith::settings;

fn refused(text: &str) -> String {
    match settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), Path::new("")) {
        Ok(config) => panic!("{text} is read as {config:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn keys_and_values_that_there_are_not() {
    let cases = [
        "[schema.Pet]\nrenmae = \"Animal\"\n",
        "[schema.Pet.property.name]\nderives = [\"Eq\"]\n",
        "[schema.Size.value.s]\nderives = [\"Eq\"]\n",
        "[schema.Pet]\nunions = \"maybe\"\n",
        "[schema.Pet]\nthree-states = \"everywhere\"\n",
        "date-time = \"joda\"\n",
        "integers = 64\n",
        "layout = \"folder\"\n",
        "[schema]\nPet = \"Animal\"\n",
        "[operation.listPets]\nname = \"pets\"\n",
    ];
    insta::assert_snapshot!(cases.map(refused).join("\n\n"));
}

#[test]
fn what_would_not_be_rust() {
    let cases = [
        "[types]\n\"schema:Money\" = \"super::Money\"\n",
        "[types]\n\"schema:Money\" = \"Vec<\"\n",
        "[types]\n\"schema:Money\" = \"&'static str\"\n",
        "[schema.Money]\ntype = \"crate::Money }\"\n",
        "map-type = \"HashMap<String>\"\n",
        "map-type = \"self::Map\"\n",
        "[schema.Pet]\nrename = \"pet shop\"\n",
        "[operation.listPets]\nrename = \"listPets\"\n",
        "[schema.Pet]\nrename = \"Self\"\n",
        "[schema.Pet.property.type]\nrename = \"type\"\n",
        "[schema.Pet.variant.cat]\nrename = \"Self\"\n",
        "[schema.Pet]\nderives = [\"Eq\", \"serde::Serialize\"]\n",
        "[schema.Pet]\nderives = [\"Eq)] struct X; #[derive(Eq\"]\n",
        "[schema.Pet]\nattributes = [\"#[must_use]\"]\n",
    ];
    insta::assert_snapshot!(cases.map(refused).join("\n\n"));
}

#[test]
fn what_cannot_be_meant() {
    let cases = [
        "[types]\n\"Money\" = \"crate::Money\"\n",
        "[schema.\"Legacy*\"]\nrename = \"Pet\"\n",
        "[schema.Pet]\nrename = \"*\"\n",
        "[schema.\"*Legacy*\"]\nrename = \"New*\"\n",
        "[schema.\"#/components/schemas/Pet\"]\nexclude = true\n",
        "[schema.Pet]\ndiscriminator = 1\n",
        "[schema.Pet]\ndiscriminator = {}\n",
        "[schema.Pet]\ndiscriminator = { mapping = { cat = 1 } }\n",
        "[schema.Pet]\ndiscriminator = { propertyName = \"kind\" }\n",
    ];
    insta::assert_snapshot!(cases.map(refused).join("\n\n"));
}

#[test]
fn what_cargo_would_not_take() {
    let cases = [
        "[package]\nlicense = 5\n",
        "[package]\nkeywords = \"pets\"\n",
        "[package]\npublish = \"no\"\n",
        "[package]\nreadme = []\n",
        "[package]\nmetadata = true\n",
        "[package]\nrepository = { workspace = false }\n",
        "[dependencies]\nserde = 5\n",
        "[dependencies]\nserde = \"five\"\n",
        "[dependencies]\nserde = { features = [\"derive\"] }\n",
        "[dependencies]\nserde = { version = 1 }\n",
        "[dependencies]\nserde = { version = \"1\", features = \"derive\" }\n",
        "[dependencies]\nserde = { version = \"1\", optional = \"yes\" }\n",
        "[features]\ndefault = \"client\"\n",
        "[features]\ndefault = [1]\n",
        "[features]\ndefault = [\"nope\"]\n",
        "[features]\na = [\"dep:nope\"]\n",
        "[dependencies]\nmoney = \"1\"\n[features]\na = [\"dep:money\"]\n",
        "[features]\na = [\"nope/std\"]\n",
        "[features]\na = [\"serde?/std\"]\n",
    ];
    insta::assert_snapshot!(cases.map(refused).join("\n\n"));
}

#[test]
fn what_cargo_takes() {
    for text in [
        "[package]\nlicense = \"MIT\"\nkeywords = [\"pets\"]\npublish = [\"own\"]\nreadme = false\n",
        "[package]\nrepository.workspace = true\nkeywords = { workspace = true }\nmetadata.docs.rs.all-features = true\n",
        "[dependencies]\na = \"1\"\nb = \">=1.2, <2\"\nc = \"*\"\nd.workspace = true\ne = { path = \"e\" }\nf = { git = \"https://example.com/f\" }\n",
        "[dependencies]\na = { version = \"1\", optional = true }\nb = \"1\"\n\
         [features]\nc = [\"dep:a\", \"a?/std\", \"b/std\"]\nd = [\"c\", \"a\"]\ndefault = []\n",
        "[features]\ndefault = [\"ureq\", \"checks\", \"stream\"]\ne = [\"dep:regress\", \"uuid/v4\"]\n",
    ] {
        let read = settings::parse(text.to_owned(), "modelsmith.toml".to_owned(), Path::new(""));
        assert!(read.is_ok(), "{text}: {}", read.err().map(|error| error.to_string()).unwrap_or_default());
    }
}
