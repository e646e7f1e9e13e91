//! `runtime::from_variants!`, `runtime::shared!`, and `tag`.

use modelsmith_runtime as runtime;

struct Cat {
    name: String,
    lives: i64,
    note: Option<String>,
    #[allow(clippy::box_collection, reason = "documents may have it")]
    inner: Box<Vec<String>>,
}
runtime::object!(Cat: new(name: impl Into<String>, lives: i64, inner: Vec<String>) {
    required name, lives; optional note; required inner;
});

struct Dog {
    name: String,
    lives: i64,
    note: Option<String>,
    #[allow(clippy::box_collection, reason = "documents may have it")]
    inner: Box<Vec<String>>,
}
runtime::object!(Dog { required name, lives; optional note; required inner; });

enum Pet {
    Cat(Box<Cat>),
    Dog(Dog),
    Unknown(runtime::UnknownVariant),
}
runtime::tagged_union!(Pet, tag = "kind", { "cat" => Cat, "dog" => Dog } else Unknown);
runtime::from_variants!(Pet { Cat, Dog });
runtime::shared!(Pet [Cat, Dog else Unknown] {
    known name(&str), lives(i64), inner(&[String]);
    optional note(&str);
});

enum Owner {
    Pet(Pet),
    Name(Name),
}
runtime::union!(Owner { variants: [Pet, Name], object: fit { Pet [], Name ["name"] } });
runtime::from_variants!(Owner { Pet, Name });
runtime::shared!(Owner [Name; Pet] { known name(&str); });

struct Name {
    name: String,
}
runtime::object!(Name: new(name: impl Into<String>) { required name; });

enum Text {
    Plain(String),
    Many(Vec<Text>),
}
runtime::union!(Text { variants: [Plain, Many], string: [Plain], array: [Many] });
runtime::from_variants!(Text { Plain(String, &str), Many(Vec<Text>) });

enum Closed {
    A(Name),
    B(Box<Name>),
}
runtime::union!(Closed { variants: [A, B], object: fit { A [], B [] } });
runtime::shared!(Closed [A, B] { required name(&str); });

fn cat() -> Pet {
    Cat::new("Tom", 9, vec!["x".to_owned()]).into()
}

#[test]
fn a_variant_is_made_of_what_it_holds_in_a_box_or_not() {
    assert!(matches!(cat(), Pet::Cat(cat) if cat.lives == 9 && cat.note.is_none()));
    let dog = Dog { name: "Rex".to_owned(), lives: 1, note: None, inner: Box::default() };
    assert!(matches!(Pet::from(dog), Pet::Dog(_)));
    let Text::Many(texts) = Text::from(vec!["a".into(), "b".to_owned().into()]) else { panic!("it is many") };
    assert!(matches!(&texts[..], [Text::Plain(a), Text::Plain(b)] if a == "a" && b == "b"));
}

#[test]
fn what_variants_share_is_given_as_it_reads_best() {
    let pet = cat();
    assert_eq!((pet.tag(), pet.name(), pet.lives(), pet.note()), ("cat", Some("Tom"), Some(9), None));
    assert_eq!(pet.inner(), Some(&["x".to_owned()][..]));
    assert_eq!(Owner::from(pet).name(), Some("Tom"));
    assert_eq!(Owner::from(Name::new("Ann")).name(), Some("Ann"));
    let [a, b]: [Closed; 2] = [Closed::A(Name::new("a")), Closed::B(Box::new(Name::new("b")))];
    let names: [&str; 2] = [a.name(), b.name()];
    assert_eq!(names, ["a", "b"]);
}

#[test]
fn of_an_unknown_variant_the_tag_is_known() {
    let pet: Pet = runtime::from_str(r#"{"kind":"fish","name":"Nemo"}"#).expect("it is kept");
    assert_eq!((pet.tag(), pet.name(), pet.lives()), ("fish", None, None));
    assert_eq!(Owner::from(pet).name(), None);
}
