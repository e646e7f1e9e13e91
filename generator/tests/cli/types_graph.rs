//! `modelsmith types --graph`: pictures of types, and what is said when there is nothing to draw.

use crate::cli_support::Folder;

/// Every way in which one type leads to another.
const ZOO: &str = "openapi: 3.1.0
info: { title: Zoo, version: \"1\" }
paths:
  /animals:
    get:
      operationId: listAnimals
      responses:
        \"200\":
          description: All
          content:
            application/json:
              schema: { type: object, properties: { animals: { $ref: \"#/components/schemas/Animals\" } } }
components:
  schemas:
    Animal:
      oneOf: [{ $ref: \"#/components/schemas/Cat\" }, { $ref: \"#/components/schemas/Dog\" }]
      discriminator: { propertyName: kind }
    Cat:
      type: object
      required: [kind, friends]
      properties:
        kind: { const: cat }
        friends: { type: array, items: { $ref: \"#/components/schemas/Animal\" } }
        enemies: { type: array, items: { type: array, items: { $ref: \"#/components/schemas/Animal\" } } }
        'say \"hi\"': { $ref: \"#/components/schemas/Sound\" }
      additionalProperties: { $ref: \"#/components/schemas/Tag\" }
    Dog:
      type: object
      required: [kind]
      properties:
        kind: { const: dog }
        owner: { type: object, properties: { name: { type: string }, first: { $ref: \"#/components/schemas/Tag\" }, second: { $ref: \"#/components/schemas/Tag\" } } }
        sizes: { type: object, additionalProperties: { $ref: \"#/components/schemas/Size\" } }
    Sound: { anyOf: [{ type: string }, { $ref: \"#/components/schemas/Tag\" }] }
    Tag: { type: object, properties: { text: { type: string } } }
    Size: { enum: [S, M, L, XL, XXL, 3XL, 4XL, 5XL, 6XL, 7XL] }
    Animals: { type: array, items: { $ref: \"#/components/schemas/Animal\" } }
    Pair: { type: array, prefixItems: [{ $ref: \"#/components/schemas/Cat\" }, { $ref: \"#/components/schemas/Dog\" }], items: false, minItems: 2 }
";

fn zoo() -> Folder {
    let folder = Folder::new();
    folder.write("zoo.yaml", ZOO);
    folder
}

#[test]
fn an_operation_is_drawn_with_its_types() {
    let folder = Folder::new();
    folder.write(
        "zoo.yaml",
        &ZOO.replace("      operationId: listAnimals\n", "      operationId: listAnimals\n      parameters: [{ name: size, in: query, schema: { $ref: \"#/components/schemas/Size\" } }]\n      requestBody: { content: { application/json: { schema: { $ref: \"#/components/schemas/Tag\" } } } }\n"),
    );
    let run = folder.run(&["types", "zoo.yaml", "--graph", "listAnimals", "--depth", "1"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    flowchart LR
        n0[["operations::list_animals<br>operation GET /animals"]]
        n1(["Size<br>enum S #124; M #124; L #124; XL #124; XXL #124; 3XL #124; 4XL #124; 5XL #124; …"])
        n2["Tag<br>struct"]
        n3["operations::list_animals::ListAnimalsResponse<br>struct<br>leads further"]
        n0 -->|"size?"| n1
        n0 -->|"body?"| n2
        n0 -->|"200"| n3
    "#);
    for name in ["list_animals", "operations::list_animals", "GET /animals"] {
        let again = folder.run(&["types", "zoo.yaml", "--graph", name, "--depth", "1"]);
        assert_eq!(again.stdout, run.stdout, "{name}");
    }
    let dot =
        folder.run(&["types", "zoo.yaml", "--graph", "list_animals", "--depth", "0", "--format", "dot"]);
    assert!(
        dot.stdout.contains(
            "[label=\"operations::list_animals\\noperation GET /animals\\nleads further\", shape=component]"
        ),
        "{dot}"
    );
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "GET /animal"]), @r"
    exit code 1
    --- stderr
    error: `zoo.yaml` has neither a type nor an operation `GET /animal`: did you mean `operations::list_animals`?
    ");
}

#[test]
fn a_union_is_drawn_with_what_it_reaches() {
    let folder = zoo();
    let run = folder.run(&["types", "zoo.yaml", "--graph", "Animal"]);
    insta::assert_snapshot!(run, @r##"
    exit code 0
    --- stdout
    flowchart LR
        n0{{"Animal<br>union by kind, others kept"}}
        n1["Cat<br>struct kind = cat"]
        n2["Dog<br>struct kind = dog"]
        n3{{"Sound<br>union by type"}}
        n4["Tag<br>struct"]
        n5["DogOwner<br>struct"]
        n6(["Size<br>enum S #124; M #124; L #124; XL #124; XXL #124; 3XL #124; 4XL #124; 5XL #124; …"])
        n0 -->|"cat"| n1
        n0 -->|"dog"| n2
        n1 -->|"friends#91;#93;, enemies?#91;#93;#91;#93;"| n0
        n1 -->|"say #34;hi#34;?"| n3
        n1 -->|"#123;#125;"| n4
        n2 -->|"owner?"| n5
        n2 -->|"sizes?#123;#125;"| n6
        n3 -->|"Tag"| n4
        n5 -->|"first?, second?"| n4
    "##);
    let again = folder.run(&["types", "zoo.yaml", "--graph", "Animal", "--format", "mermaid"]);
    assert_eq!(again.stdout, run.stdout);
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "Animal", "--format", "dot"]), @r#"
    exit code 0
    --- stdout
    digraph {
        rankdir=LR;
        node [fontname="sans-serif"];
        edge [fontname="sans-serif"];
        n0 [label="Animal\nunion by kind, others kept", shape=hexagon];
        n1 [label="Cat\nstruct kind = cat", shape=box];
        n2 [label="Dog\nstruct kind = dog", shape=box];
        n3 [label="Sound\nunion by type", shape=hexagon];
        n4 [label="Tag\nstruct", shape=box];
        n5 [label="DogOwner\nstruct", shape=box];
        n6 [label="Size\nenum S | M | L | XL | XXL | 3XL | 4XL | 5XL | …", shape=ellipse];
        n0 -> n1 [label="cat"];
        n0 -> n2 [label="dog"];
        n1 -> n0 [label="friends[], enemies?[][]"];
        n1 -> n3 [label="say \"hi\"?"];
        n1 -> n4 [label="{}"];
        n2 -> n5 [label="owner?"];
        n2 -> n6 [label="sizes?{}"];
        n3 -> n4 [label="Tag"];
        n5 -> n4 [label="first?, second?"];
    }
    "#);
}

#[test]
fn a_type_of_the_users_is_where_the_picture_ends() {
    let folder = zoo();
    // One that stands for a component has the component's name, one that stands for a property has none.
    folder.write(
        "modelsmith.toml",
        "[types]\n\"schema:Size\" = \"std::path::PathBuf\"\n\
         [schema.Dog.property.owner]\ntype = \"std::net::IpAddr\"\n",
    );
    let run = folder.run(&["types", "zoo.yaml", "--graph", "Dog"]);
    insta::assert_snapshot!(run, @r##"
    exit code 0
    --- stdout
    flowchart LR
        n0["Dog<br>struct kind = dog"]
        n1[/"Size<br>alias of std::path::PathBuf"/]
        n0 -->|"sizes?#123;#125;"| n1
    "##);
    let run = folder.run(&["types", "zoo.yaml", "--graph", "Size", "--format", "dot"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    digraph {
        rankdir=LR;
        node [fontname="sans-serif"];
        edge [fontname="sans-serif"];
        n0 [label="Size\nalias of std::path::PathBuf", shape=parallelogram];
    }
    "#);
}

#[test]
fn the_depth_is_how_many_steps_are_gone() {
    let folder = zoo();
    let none = folder.run(&["types", "zoo.yaml", "--graph", "Animals", "--depth", "0"]);
    insta::assert_snapshot!(none, @r#"
    exit code 0
    --- stdout
    flowchart LR
        n0[/"Animals<br>alias<br>leads further"/]
    "#);
    let two = folder.run(&["types", "zoo.yaml", "--graph", "Animals", "--depth", "2"]);
    insta::assert_snapshot!(two, @r##"
    exit code 0
    --- stdout
    flowchart LR
        n0[/"Animals<br>alias"/]
        n1{{"Animal<br>union by kind, others kept"}}
        n2["Cat<br>struct kind = cat<br>leads further"]
        n3["Dog<br>struct kind = dog<br>leads further"]
        n0 -->|"#91;#93;"| n1
        n1 -->|"cat"| n2
        n1 -->|"dog"| n3
        n2 -->|"friends#91;#93;, enemies?#91;#93;#91;#93;"| n1
    "##);
    let all = folder.run(&["types", "zoo.yaml", "--graph", "Animals"]);
    assert_eq!(folder.run(&["types", "zoo.yaml", "--graph", "Animals", "--depth", "9"]).stdout, all.stdout);
}

#[test]
fn a_picture_for_programs() {
    let folder = zoo();
    let run = folder.run(&["types", "zoo.yaml", "--graph", "Pair", "--depth", "1", "--format", "json"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    {
      "nodes": [
        {
          "name": "Pair",
          "kind": "alias",
          "note": "",
          "cut": false
        },
        {
          "name": "Cat",
          "kind": "struct",
          "note": "kind = cat",
          "cut": true
        },
        {
          "name": "Dog",
          "kind": "struct",
          "note": "kind = dog",
          "cut": true
        }
      ],
      "edges": [
        {
          "from": 0,
          "to": 1,
          "labels": [
            "[0]"
          ]
        },
        {
          "from": 0,
          "to": 2,
          "labels": [
            "[1]"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn types_inside_of_others_and_of_operations_have_paths() {
    let folder = zoo();
    let run = folder.run(&["types", "zoo.yaml", "--graph", "DogOwner"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    flowchart LR
        n0["DogOwner<br>struct"]
        n1["Tag<br>struct"]
        n0 -->|"first?, second?"| n1
    "#);
    let path = "operations::list_animals::ListAnimalsResponse";
    let run = folder.run(&["types", "zoo.yaml", "--graph", path, "--depth", "1"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    flowchart LR
        n0["operations::list_animals::ListAnimalsResponse<br>struct"]
        n1[/"Animals<br>alias<br>leads further"/]
        n0 -->|"animals?"| n1
    "#);
}

#[test]
fn a_name_that_is_none_gives_those_that_are_like_it() {
    let folder = zoo();
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "Animl"]), @r"
    exit code 1
    --- stderr
    error: `zoo.yaml` has neither a type nor an operation `Animl`: did you mean `Animal` or `Animals`?
    ");
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "owner"]), @r"
    exit code 1
    --- stderr
    error: `zoo.yaml` has neither a type nor an operation `owner`: did you mean `DogOwner`?
    ");
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "Quux"]), @r"
    exit code 1
    --- stderr
    error: `zoo.yaml` has neither a type nor an operation `Quux`: `modelsmith types` without `--graph` lists the types
    ");
}

#[test]
fn formats_that_do_not_go_together_are_refused() {
    let folder = zoo();
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--format", "dot"]), @r#"
    exit code 2
    --- stderr
    error: this format is for pictures: add `--graph NAME`

    Usage: modelsmith <COMMAND>

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--graph", "Cat", "--format", "table"]), @r#"
    exit code 2
    --- stderr
    error: a picture cannot be printed as a table: remove `--format table`

    Usage: modelsmith <COMMAND>

    For more information, try '--help'.
    "#);
    insta::assert_snapshot!(folder.run(&["types", "zoo.yaml", "--depth", "1"]), @r#"
    exit code 2
    --- stderr
    error: the following required arguments were not provided:
      --graph <NAME>

    Usage: modelsmith types --graph <NAME> --depth <N> <SPEC>

    For more information, try '--help'.
    "#);
}
