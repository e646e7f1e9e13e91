//! The values that are read: examples, payloads, random instances and spoiled ones.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use fidelity::examples::{self, Example};
use fidelity::{Document, instances, mutations, pointer, shuffled};
use serde_json::Value;

use crate::{FidelityArguments, documents};

/// How many instances of a schema are spoiled, and in how many ways each.
const SPOILED: usize = 6;
const WAYS: usize = 3;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Example,
    Default,
    Payload,
    Instance,
    /// A value that the schema refuses; whether a reader has to.
    Mutation {
        promised: bool,
    },
}

/// One value to read.
pub(super) struct Case {
    pub(super) group: Group,
    /// The component or operation's schema that it is read as.
    pub(super) root: String,
    /// Where it was found, or what was done to it.
    pub(super) source: String,
    pub(super) value: Value,
    /// What is fed, members in random order.
    pub(super) text: String,
}

/// All values of one document.
#[derive(Default)]
pub(super) struct Cases {
    pub(super) all: Vec<Case>,
    /// Examples, defaults and payloads seen.
    pub(super) seen: HashMap<&'static str, usize>,
    /// Those that their schema refuses, with the reason.
    pub(super) invalid: Vec<(Example, String)>,
    /// Valid ones of which no valid outer value could be made.
    pub(super) homeless: usize,
    /// Components without a valid instance.
    pub(super) barren: Vec<String>,
    /// Components with fewer different instances than requested.
    pub(super) few: usize,
    /// Component schemas.
    pub(super) components: usize,
}

/// The name of a group.
pub(super) fn name(kind: examples::Kind) -> &'static str {
    match kind {
        examples::Kind::Example => "example",
        examples::Kind::Default => "default",
        examples::Kind::Payload => "payload",
    }
}

impl Cases {
    pub(super) fn collect(
        document: &Document,
        payloads: Option<PathBuf>,
        arguments: &FidelityArguments,
    ) -> Result<Self, String> {
        let mut cases = Self::default();
        let mut rng = Rng::with_seed(arguments.seed);
        let mut found = examples::of_document(document);
        if let Some(folder) = payloads {
            found.extend(recorded(document, &folder)?);
        }
        for example in found {
            cases.example(document, example, &mut rng);
        }
        for (name, at) in document.components() {
            cases.components += 1;
            let seed = name
                .bytes()
                .fold(arguments.seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
            let made = instances::instances(document, at, arguments.count, seed);
            if made.is_empty() {
                cases.barren.push(name.clone());
            }
            cases.few += usize::from(made.len() < arguments.count);
            for value in made.iter().take(SPOILED) {
                for mutation in mutations::mutations(document, at, value, &mut rng, WAYS) {
                    let source = format!("{:?} {}", mutation.kind, mutation.pointer);
                    let group = Group::Mutation { promised: mutation.promised };
                    cases.add(group, at, source, mutation.value, &mut rng);
                }
            }
            for value in made {
                cases.add(Group::Instance, at, String::new(), value, &mut rng);
            }
        }
        Ok(cases)
    }

    fn add(&mut self, group: Group, root: &str, source: String, value: Value, rng: &mut Rng) {
        let text = shuffled(&value, rng);
        self.all.push(Case { group, root: root.to_owned(), source, value, text });
    }

    fn example(&mut self, document: &Document, example: Example, rng: &mut Rng) {
        *self.seen.entry(name(example.kind)).or_default() += 1;
        let Some(root) = document.places().root_of(&example.schema).map(str::to_owned) else { return };
        if !document.allows(&example.schema, &example.value) {
            let why = document.complaint(&example.schema, &example.value).unwrap_or_default();
            self.invalid.push((example, why));
            return;
        }
        let group = match example.kind {
            examples::Kind::Example => Group::Example,
            examples::Kind::Default => Group::Default,
            examples::Kind::Payload => Group::Payload,
        };
        match instances::around(document, &root, &example.schema, &example.value, rng.u64(..)) {
            Some(value) => self.add(group, &root, example.source, value, rng),
            None => self.homeless += 1,
        }
    }

    /// The operations' schemas that values are read as.
    pub(super) fn operation_roots<'a>(&'a self, document: &Document) -> Vec<&'a str> {
        let mut roots: Vec<&str> = self.all.iter().map(|case| case.root.as_str()).collect();
        roots.sort_unstable();
        roots.dedup();
        roots.retain(|root| !document.places().components.iter().any(|known| known == root));
        roots
    }
}

/// The payloads of a folder that have a schema in the document.
fn recorded(document: &Document, folder: &Path) -> Result<Vec<Example>, String> {
    let mut found = Vec::new();
    for path in files(folder) {
        let value = documents::read(&path)?;
        found.extend(examples::of_stripe_fixtures(document, &value));
        found.extend(examples::of_github_webhooks(document, &value));
        found.extend(examples::of_kubernetes_object(document, &value));
        found.extend(by_operation(document, &path, &value));
    }
    Ok(found)
}

/// A recorded reply: the file is called like the operation, which has one JSON response of status 200.
fn by_operation(document: &Document, path: &Path, value: &Value) -> Option<Example> {
    let file = path.file_stem()?.to_str()?;
    let (kind, base) = match file.split_once("_request") {
        Some((base, _)) => ("requestBody", base),
        None => ("responses", file.trim_end_matches(|char: char| char == '_' || char.is_ascii_digit())),
    };
    let paths = document.raw().get("paths")?.as_object()?;
    let operations = paths.iter().flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
    });
    let mut fitting = operations.filter_map(|(path, method, operation)| {
        let id = operation.get("operationId")?.as_str()?;
        let shorter = id.strip_prefix(base)?;
        if !(shorter.is_empty() || shorter.starts_with("_api") || shorter.starts_with('_')) {
            return None;
        }
        let at = pointer::join(&pointer::join("/paths", path), method);
        let at = match kind {
            "requestBody" => format!("{at}/requestBody/content/application~1json/schema"),
            _ => format!("{at}/responses/200/content/application~1json/schema"),
        };
        document.schema(&at).map(|_| at)
    });
    let schema = fitting.find(|at| document.allows(at, value))?;
    Some(Example { source: file.to_owned(), schema, kind: examples::Kind::Payload, value: value.clone() })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let files = entries.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}
