//! Changes that are told in a way of their own: pairs that split, large unions, styles of parameters.

use super::commands::with_both;
use crate::cli_support::{Folder, PETS};

#[test]
fn a_pair_that_was_one_type() {
    let folder = Folder::new();
    let document = |more: &str| {
        let content = |side: &str| {
            format!("{{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-{side}' }} }} }}")
        };
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: \"1\" }}\npaths: {{ /pets: {{ post: {{ operationId: add,\n\
               requestBody: {{ required: true, content: {} }},\n  responses: {{ '200': {{ description: It, content: {} }} }} }} }} }}\n\
             components: {{ schemas: {{\n  Pet-Input: {{ type: object, required: [name], properties: {{ name: {{ type: string }} }} }},\n\
               Pet-Output: {{ type: object, required: [name{more}], properties: {{ name: {{ type: string }}, id: {{ type: integer }} }} }} }} }}\n",
            content("Input"),
            content("Output")
        )
    };
    folder.write("one.yaml", &document(""));
    folder.write("two.yaml", &document(", id"));
    insta::assert_snapshot!("one_becomes_two", folder.run(&["diff", "one.yaml", "two.yaml"]));
    insta::assert_snapshot!("two_become_one", folder.run(&["diff", "two.yaml", "one.yaml"]));
    let markdown = folder.run(&["diff", "one.yaml", "two.yaml", "--format", "markdown"]).stdout;
    assert!(markdown.contains("`Pet` is now `PetInput` (sent) and `PetOutput` (read)"), "{markdown}");
}

/// What is written inside of a type that is two now is two as well, not renamed.
#[test]
fn what_is_inside_of_a_pair_that_splits_is_split() {
    let document = |more: &str| {
        format!(
            "openapi: 3.1.0
info: {{ title: Pets, version: '1' }}
paths:
  /pet:
    put:
      operationId: put
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-Input' }} }} }} }}
      responses:
        '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-Output' }} }} }} }}
components:
  schemas:
    Pet-Input: {{ type: object, properties: {{ mood: {{ type: string, enum: [calm, wild] }} }} }}
    Pet-Output: {{ type: object{more}, properties: {{ mood: {{ type: string, enum: [calm, wild] }} }} }}
"
        )
    };
    let folder = Folder::new();
    folder.write("old.yaml", &document(""));
    folder.write("new.yaml", &document(", required: [mood]"));
    insta::assert_snapshot!(folder.run(&["diff", "old.yaml", "new.yaml"]), @r"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source major, wire major)
    4 changes break something, 2 do not

    Breaks:
      Pet
        `Pet` is now `PetInput` (sent) and `PetOutput` (read)
          reading, writing: the name is gone
      PetMood
        `PetMood` is now `PetInputMood` (sent) and `PetOutputMood` (read)
          reading, writing: the name is gone
      PetOutput (was Pet)
        field `mood` made required: `Option<PetMood>` -> `PetOutputMood`
          reading, writing: the type is different
          new code with the old server: what the server sends may lack it, which is an error
        `Default` removed
          writing: `Default` is no longer implemented

    Breaks nothing:
      PetInput (was Pet)
        conversion added: `From<PetOutput>`
      PetOutputMood (was PetMood)
        is now another name for `PetInputMood`
    ");
}

/// A union of `count` objects that a tag names, all but the first called by `name`.
fn large_union(name: &str, count: usize) -> String {
    let mut text =
        String::from("openapi: 3.1.0\ninfo: { title: U, version: '1' }\ncomponents:\n  schemas:\n");
    let names: Vec<String> = (0..count)
        .map(|index| if index == 0 { "First".to_owned() } else { format!("{name}{index}") })
        .collect();
    let branches = names.iter().map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
    text += &format!(
        "    Any:\n      oneOf: [{}]\n      discriminator: {{ propertyName: kind }}\n",
        branches.collect::<Vec<_>>().join(", ")
    );
    for name in names {
        text += &format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ const: {name} }}, a: {{ type: integer }} }} }}\n"
        );
    }
    text
}

#[test]
fn variants_that_are_gone_are_compared_in_linear_time() {
    let folder = Folder::new();
    folder.write("old.yaml", &large_union("Old", 1_000));
    folder.write("new.yaml", &large_union("New", 1_000));
    let start = std::time::Instant::now();
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn markdown_counts_what_is_new_where_it_is_much() {
    let folder = with_both();
    let more: String = (0..30)
        .map(|index| format!("    More{index}: {{ type: object, properties: {{ a: {{}} }} }}\n"))
        .collect();
    folder.write("new.yaml", &format!("{PETS}{more}"));
    let run = folder.run(&["diff", "pets.yaml", "new.yaml", "--format", "markdown"]);
    assert!(run.stdout.contains("**New:** 30 types\n"), "{run}");
}

/// Code compiles, and sends something else.
#[test]
fn another_style_of_a_parameter_is_told() {
    let document = |style: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths: {{ /pets: {{ get: {{ operationId: listPets, parameters: [{{ \
             name: tags, in: query, {style}schema: {{ type: array, items: {{ type: string }} }} }}] }} }} }}\n"
        )
    };
    let folder = Folder::new();
    folder.write("old.yaml", &document(""));
    folder.write("new.yaml", &document("style: pipeDelimited, allowReserved: true, "));
    insta::assert_snapshot!(folder.run(&["diff", "old.yaml", "new.yaml"]), @r"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source minor, wire major)
    1 change breaks something, 0 do not

    Breaks:
      operations::list_pets
        parameter `tags` changed: `form, exploded` -> `pipeDelimited, reserved characters as they are`
          old code with the new server, new code with the old server: it is written differently
    ");
}
