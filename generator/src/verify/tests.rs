//! A document of a few lines and what was recorded, and the whole report.

use std::io::{Cursor, Read};

use super::{Options, Recording, Report, Target, text, verify};
use crate::testing::read;

/// Checks the report of recordings. A test that fails shows the document.
macro_rules! check {
    ($document:expr, $recording:expr, @$expected:literal) => {
        check!($document, &Options::default(), [$recording], @$expected)
    };
    ($document:expr, $options:expr, [$($recording:expr),*], @$expected:literal) => {{
        let text = reported($document, $options, &[$($recording),*]);
        insta::with_settings!({ description => $document, omit_expression => true }, {
            insta::assert_snapshot!(text, @$expected);
        });
    }};
}

mod faults;
mod payloads;
mod secrets;
mod unread;

fn reported(document: &str, options: &Options, recordings: &[&str]) -> String {
    let document = read(document);
    let named = recordings.iter().enumerate().map(|(index, text)| Recording {
        name: format!("{}.jsonl", char::from(b'a' + index as u8)),
        input: Ok(Box::new(Cursor::new(text.as_bytes().to_vec())) as Box<dyn Read>),
    });
    let report = verify(&document.graph, &document.documents, options, &mut named.into_iter());
    let report = report.unwrap_or_else(|error| panic!("{error}"));
    text(&report, &document.sources, false, true)
}

fn report(document: &str, options: &Options, recording: &[u8]) -> Report {
    let document = read(document);
    let recording = Recording {
        name: "a.jsonl".to_owned(),
        input: Ok(Box::new(Cursor::new(recording.to_vec())) as Box<dyn Read>),
    };
    verify(&document.graph, &document.documents, options, &mut [recording].into_iter())
        .unwrap_or_else(|error| panic!("{error}"))
}

const PETS: &str = "
    servers: [{ url: 'https://api.example.com/v1' }]
    paths:
      /pets:
        get:
          operationId: listPets
          parameters:
            - { name: limit, in: query, schema: { type: integer, format: int32 } }
            - { name: sort, in: query, required: true, schema: { type: string, enum: [name, age] } }
            - { name: tags, in: query, schema: { type: array, items: { type: integer } } }
            - { name: X-Trace, in: header, required: true, schema: { type: string, format: uuid } }
          responses:
            '200':
              description: All
              headers: { X-Total: { required: true, schema: { type: integer } } }
              content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
        post:
          operationId: createPet
          requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
          responses:
            '200': { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      /pets/{id}:
        get:
          operationId: getPet
          parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
          responses:
            '200': { description: One, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
            4XX: { description: None, content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } }
    components:
      schemas:
        Pet:
          type: object
          required: [id, name]
          properties:
            id: { type: integer }
            name: { type: string }
            kind: { type: string, enum: [cat, dog] }
            key: { type: string, format: password }
        Error: { type: object, required: [message], properties: { message: { type: string } } }
";
