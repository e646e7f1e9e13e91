//! Judges readers of a document's components in one go: what the document itself brings along, random instances, and
//! spoiled ones.

use std::collections::HashMap;
use std::fmt::Debug;

use fastrand::Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::equivalence::differences;
use crate::{Document, examples, instances, mutations, shuffled};

/// How many instances of a schema are spoiled, and in how many ways each.
const SPOILED: usize = 3;
const WAYS: usize = 3;

/// How values fared.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Those that their schema allows.
    pub valid: usize,
    /// Those that were read and written back the same.
    pub same: usize,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Component schemas with a reader.
    pub components: usize,
    /// Those for which no valid instance could be made up.
    pub barren: Vec<String>,
    /// Those with fewer different valid instances than requested.
    pub few: usize,
    /// Examples and defaults.
    pub examples: Count,
    /// Random instances.
    pub instances: Count,
    /// Spoiled values that were refused.
    pub refused: usize,
    /// Valid values that were refused, or not written as they were read.
    pub wrong: Vec<String>,
    /// Spoiled values that were read: of which component, and what.
    pub accepted: Vec<(String, String)>,
}

/// Reads a value from JSON text and writes it again.
pub type Again = fn(&str) -> Result<String, String>;

/// Reads a value of type `T` and writes it again.
///
/// # Errors
/// What `T` says when it refuses the value.
pub fn again<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("it is not written: {error}"))
}

/// Reads a value of type `T` and shows it as `Debug` does.
///
/// # Errors
/// What `T` says when it refuses the value.
pub fn shown<T: DeserializeOwned + Debug>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok(format!("{value:?}"))
}

/// Judges the readers of components, which stand by the components' names, by every example and default of the document
/// and by `count` instances of each component.
pub fn judge(document: &Document, count: usize, readers: &[(&str, Again)]) -> Verdict {
    let readers = readers.iter().copied().collect();
    let mut judge = Judge { document, readers, rng: Rng::with_seed(1), verdict: Verdict::default() };
    for example in examples::of_document(document) {
        judge.example(&example);
    }
    for (name, at) in document.components() {
        judge.component(&name, at, count);
    }
    judge.verdict
}

struct Judge<'j> {
    document: &'j Document,
    readers: HashMap<&'j str, Again>,
    rng: Rng,
    verdict: Verdict,
}

impl Judge<'_> {
    fn example(&mut self, example: &examples::Example) {
        let document = self.document;
        if !document.allows(&example.schema, &example.value) {
            return;
        }
        let Some((name, root)) =
            document.components().find(|(_, at)| document.places().root_of(&example.schema) == Some(at))
        else {
            return;
        };
        let around = instances::around(document, root, &example.schema, &example.value, self.rng.u64(..));
        if let Some(value) = around
            && let Some(is_same) = self.is_same(&name, root, &value)
        {
            self.verdict.examples.valid += 1;
            self.verdict.examples.same += usize::from(is_same);
        }
    }

    fn component(&mut self, name: &str, at: &str, count: usize) {
        if !self.readers.contains_key(name) {
            return;
        }
        self.verdict.components += 1;
        // Each component has instances of its own, whatever stands before it.
        let seed = name.bytes().fold(1u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into()));
        let made = instances::instances(self.document, at, count, seed);
        if made.is_empty() {
            self.verdict.barren.push(name.to_owned());
        }
        self.verdict.few += usize::from(made.len() < count);
        for value in made.iter().take(SPOILED) {
            for mutation in mutations::mutations(self.document, at, value, &mut self.rng, WAYS) {
                if mutation.promised {
                    self.spoiled(name, &mutation);
                }
            }
        }
        for value in made {
            if let Some(is_same) = self.is_same(name, at, &value) {
                self.verdict.instances.valid += 1;
                self.verdict.instances.same += usize::from(is_same);
            }
        }
    }

    fn spoiled(&mut self, name: &str, mutation: &mutations::Mutation) {
        let Some(again) = self.readers.get(name) else { return };
        match again(&mutation.value.to_string()) {
            Err(_) => self.verdict.refused += 1,
            Ok(written) => {
                let mutations::Mutation { kind, pointer, value, .. } = mutation;
                let what = format!("{kind:?} at {pointer:?}: {value} was read as {written}");
                self.verdict.accepted.push((name.to_owned(), what));
            }
        }
    }

    /// Whether a valid value is read and written the same. `None` when nothing can be said.
    fn is_same(&mut self, name: &str, at: &str, value: &Value) -> Option<bool> {
        let text = shuffled(value, &mut self.rng);
        let wrong = match self.readers.get(name)?(&text) {
            // The schema's formats are not checked by what allows it, but by readers.
            Err(_) if !self.document.allows_formats(at, value) => return None,
            Err(error) => Some(error),
            Ok(written) => match serde_json::from_str(&written) {
                Err(error) => Some(format!("{written} is not JSON: {error}")),
                Ok(after) => differences(self.document, at, value, &after)
                    .into_iter()
                    .find(|difference| !difference.kind.is_allowed())
                    .map(|difference| format!("{difference:?}")),
            },
        };
        let is_same = wrong.is_none();
        self.verdict.wrong.extend(wrong.map(|wrong| format!("{name}: {text}: {wrong}")));
        Some(is_same)
    }
}
