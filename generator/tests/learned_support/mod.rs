//! Documents, values of their schemas, and what `verify` says of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use fidelity::{Document, instances, mutations};
use modelsmith::config::{Config, Dependency, Runtime};
use modelsmith::ir::TypeRef;
use modelsmith::load::MemoryReader;
use modelsmith::verify::overlay::Asked;
use modelsmith::verify::{Checker, Faults};
use modelsmith::{Corrected, OverlayFile, ReadDocument, correct, read_document, settings};
use serde_json::Value;

/// The overlay's file.
const OVERLAY: &str = "learned.overlay.yaml";

/// A document of one file, as JSON.
#[derive(Clone)]
pub struct Subject {
    pub name: String,
    pub raw: Value,
    pub config: Config,
}

/// A value, and the JSON pointer of the schema that it is of.
pub struct Recorded {
    pub schema: String,
    pub source: String,
    pub value: Value,
}

/// The documents of a folder that consist of one file, each with its settings.
pub fn subjects(folder: &Path) -> Vec<Subject> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| subject(path)).collect()
}

/// A document that consists of one file.
pub fn subject(path: &Path) -> Option<Subject> {
    let extension = path.extension()?.to_str()?;
    if !matches!(extension, "json" | "yaml" | "yml") {
        return None;
    }
    // What the loader makes of it, so that YAML is JSON.
    let reader = modelsmith::load::DiskReader;
    let mut config = settings_of(path);
    config.input.overlays.clear();
    let mut whole = config.clone();
    whole.input.keep_examples = true;
    let read = read_document(path, &reader, &whole).ok()?;
    let mut documents = read.documents.iter();
    let raw = documents.next()?.tree.to_json();
    // Integers beyond 64 bits are not values of `serde_json`.
    let is_plain = !raw.to_string().contains("\\u0000integer ");
    let name = path.file_name()?.to_string_lossy().into_owned();
    (is_plain && documents.next().is_none()).then_some(Subject { name, raw, config })
}

fn settings_of(path: &Path) -> Config {
    let path = path.with_extension("toml");
    let Ok(text) = std::fs::read_to_string(&path) else { return Config::default() };
    settings::parse(text, "modelsmith.toml".to_owned(), Path::new("")).expect("the settings are right")
}

impl Subject {
    /// Instances of the component schemas.
    pub fn instances(&self, document: &Document, count: usize) -> Vec<Recorded> {
        let components = document.components();
        let made = components.flat_map(|(name, at)| {
            let seed =
                name.bytes().fold(17, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
            let values = instances::instances(document, at, count, seed);
            let schema = at.to_owned();
            values.into_iter().map(move |value| Recorded {
                schema: schema.clone(),
                source: name.clone(),
                value,
            })
        });
        made.collect()
    }

    /// An instance of each component schema, spoiled in one place each, three times. Others would be spoiled in places next to
    /// these, and the time grows faster than the number of corrections.
    pub fn spoiled(&self, document: &Document) -> Vec<Recorded> {
        let mut rng = fastrand::Rng::with_seed(5);
        let mut found = Vec::new();
        for Recorded { schema, source, value } in self.instances(document, 1) {
            for mutation in mutations::mutations(document, &schema, &value, &mut rng, 3) {
                let source = format!("{source} {:?} {}", mutation.kind, mutation.pointer);
                found.push(Recorded { schema: schema.clone(), source, value: mutation.value });
            }
        }
        found
    }

    fn reader(&self) -> MemoryReader {
        MemoryReader::new().with("document.json", self.raw.to_string())
    }

    pub fn read(&self) -> ReadDocument {
        self.read_with(None)
    }

    /// The document with an overlay.
    pub fn read_with(&self, overlay: Option<&str>) -> ReadDocument {
        let mut config = self.config.clone();
        let mut reader = self.reader();
        if let Some(text) = overlay {
            config.input.overlays.push(OVERLAY.into());
            reader = reader.with(OVERLAY, text);
        }
        let read = read_document("document.json".as_ref(), &reader, &config);
        read.unwrap_or_else(|failure| panic!("{}: {:?}", self.name, failure.diagnostics))
    }

    /// The files that are emitted with an overlay, without the runtime: it depends on what is in the others only.
    pub fn emitted(&self, overlay: Option<&str>) -> Vec<(PathBuf, String)> {
        let mut config = self.config.clone();
        config.rust.runtime = Runtime::Crate(Dependency::default());
        let mut reader = self.reader();
        if let Some(text) = overlay {
            config.input.overlays.push(OVERLAY.into());
            reader = reader.with(OVERLAY, text);
        }
        let output = modelsmith::generate("document.json".as_ref(), &reader, &config);
        let output = output.unwrap_or_else(|failure| panic!("{}: {:?}", self.name, failure.diagnostics));
        output.files.iter().map(|(path, text)| (path.into(), text.to_string())).collect()
    }

    /// The overlay that makes the models read the values.
    pub fn corrected(&self, recorded: &[Recorded], text: Option<String>) -> Corrected {
        let overlay = OverlayFile { path: OVERLAY.into(), text };
        let mut look = |read: &ReadDocument| Ok::<_, ()>(faults(read, recorded));
        let reader = self.reader();
        let asked = Asked::default();
        let corrected = correct("document.json".as_ref(), &reader, &self.config, &overlay, asked, &mut look);
        corrected.unwrap_or_else(|error| panic!("{}: {error:?}", self.name))
    }
}

/// The types of components and bodies, by the places of their schemas.
pub fn types(read: &ReadDocument) -> HashMap<String, TypeRef> {
    let mut checker = Checker::new(&read.graph, &read.documents);
    let mut found = HashMap::new();
    for component in read.graph.components() {
        found.insert(component.location.pointer.to_string(), component.ty);
    }
    for operation in read.graph.operations() {
        for body in operation.body.iter() {
            for content in body.contents() {
                let at = checker.schema_of_body(body, &content.media_type);
                found.extend(content.content.ty().map(|ty| (at.pointer.to_string(), ty)));
            }
        }
        for response in &operation.responses {
            for content in &response.contents {
                let Some(name) = content.media_types.first() else { continue };
                let at = checker.schema_of_response(response, name);
                found.extend(content.content.ty().map(|ty| (at.pointer.to_string(), ty)));
            }
        }
    }
    found
}

/// The faults of values, which are none exactly where `accept` takes the value.
pub fn faults(read: &ReadDocument, recorded: &[Recorded]) -> Faults {
    let types = types(read);
    let mut checker = Checker::new(&read.graph, &read.documents);
    let mut found = Faults::default();
    for Recorded { schema, value, source } in recorded {
        let Some(ty) = types.get(schema) else { continue };
        let at = modelsmith::diagnostics::Location::new(
            modelsmith::diagnostics::FileId::new(0),
            modelsmith::diagnostics::Pointer::parse(schema),
        );
        let mut is_refused = false;
        for fault in checker.faults(*ty, &at, value) {
            is_refused |= fault.kind.is_refused();
            found.add(fault);
        }
        let accepted = modelsmith::ir::accept(&read.graph, *ty, value);
        assert_eq!(accepted.is_err(), is_refused, "{source} {schema}: {accepted:?}\n{value}");
    }
    found
}

/// How many of the values are read.
pub fn read_count(read: &ReadDocument, recorded: &[Recorded]) -> usize {
    let types = types(read);
    let is_read = |one: &&Recorded| {
        types.get(&one.schema).is_some_and(|ty| modelsmith::ir::accept(&read.graph, *ty, &one.value).is_ok())
    };
    recorded.iter().filter(is_read).count()
}
