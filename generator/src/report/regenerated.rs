//! Summarises what a run changed in the existing output: a few names instead of a diff of thousands of lines.
//!
//! Compares only the texts of the files that differ, line by line. `modelsmith diff` tells what the changes mean.

use std::collections::BTreeMap;
use std::fmt;

/// How many names of each list are printed.
const MOST: usize = 8;

/// The types and operations that differ from those of the previous output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regenerated {
    /// New items.
    pub added: Vec<String>,
    /// Removed items.
    pub removed: Vec<String>,
    /// Items whose code differs in more than documentation.
    pub changed: Vec<String>,
    /// Items that differ only in documentation.
    pub documented: Vec<String>,
    /// Names that now mean another operation.
    pub moved: Vec<Moved>,
}

/// A module that belonged to another operation before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The path of the module from the root of the emitted crate.
    pub path: String,
    /// The method and path of the previous operation.
    pub before: String,
    /// The method and path of the new operation.
    pub after: String,
}

impl Moved {
    /// The message for users of the models.
    pub fn message(&self) -> String {
        format!("`{}` was `{}` and is now `{}`", self.path, self.before, self.after)
    }
}

/// The text of a type or an operation, with and without documentation.
#[derive(Default, PartialEq, Eq)]
struct Item {
    code: String,
    docs: String,
}

impl Regenerated {
    /// Compares the files that were replaced or removed with the new files.
    pub fn between<'t>(
        before: impl IntoIterator<Item = (&'t str, &'t str)>,
        after: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Self {
        let (before, after) = (items(before), items(after));
        let mut found = Self::default();
        for (name, item) in &after {
            match before.get(name) {
                None => found.added.push(name.clone()),
                Some(other) if other.code != item.code => {
                    found.changed.push(name.clone());
                    found.moved.extend(moved(name, other, item));
                }
                Some(other) if other.docs != item.docs => found.documented.push(name.clone()),
                Some(_) => {}
            }
        }
        found.removed = before.into_keys().filter(|name| !after.contains_key(name)).collect();
        found
    }

    /// Whether there are no differences.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

fn moved(name: &str, before: &Item, after: &Item) -> Option<Moved> {
    let (before, after) = (address(&before.code)?, address(&after.code)?);
    (before != after).then(|| Moved { path: name.to_owned(), before, after })
}

/// The method and path of an operation, from the constants in its module.
fn address(code: &str) -> Option<String> {
    let constant = |name: &str| {
        let start = format!("pub const {name}: &str = ");
        let text = code.lines().find_map(|line| line.strip_prefix(&start)?.strip_suffix(';'))?;
        let literal = syn::parse_str::<syn::LitStr>(text).ok()?;
        Some(literal.value())
    };
    Some(format!("{} {}", constant("METHOD")?, constant("PATH")?))
}

/// The items of the files: types by name, operations by module.
fn items<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for (path, text) in files {
        let path = path.strip_prefix("src/").unwrap_or(path);
        let Some(stem) = path.strip_suffix(".rs") else { continue };
        if let Some(module) = stem.strip_prefix("operations/") {
            add(&mut items, &format!("operations::{module}"), text.lines().skip(1));
        } else if stem.starts_with("models/") || stem == "models" {
            types(&mut items, text);
        }
    }
    items
}

/// Collects the types of a file; in a single-file output also the operations, but nothing from the runtime.
fn types(items: &mut BTreeMap<String, Item>, text: &str) {
    let mut lines: Vec<&str> = Vec::new();
    let mut current: Option<String> = None;
    let mut in_operations = false;
    for line in text.lines().skip(1) {
        match line {
            "pub mod operations {" => in_operations = true,
            "}" if in_operations => in_operations = false,
            _ => {}
        }
        if line.starts_with("pub mod runtime {") {
            break;
        }
        let name = if in_operations {
            line.strip_prefix("    pub mod ").and_then(|rest| rest.strip_suffix(" {"))
        } else {
            declared(line)
        };
        if let Some(name) = name {
            // Documentation and attributes precede their item.
            let start = lines.iter().rposition(|line| !is_lead(line)).map_or(0, |at| at + 1);
            let lead = lines.split_off(start);
            if let Some(current) = current.take() {
                add(items, &current, lines.iter().copied());
            }
            lines = lead;
            current = Some(if in_operations { format!("operations::{name}") } else { name.to_owned() });
        }
        lines.push(line);
    }
    if let Some(current) = current {
        add(items, &current, lines.into_iter());
    }
}

/// The name of the type that a line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| line.strip_prefix(start))?;
    let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}

fn is_lead(line: &str) -> bool {
    line.starts_with("///") || line.starts_with("#[")
}

fn add<'t>(items: &mut BTreeMap<String, Item>, name: &str, lines: impl Iterator<Item = &'t str>) {
    let item = items.entry(name.to_owned()).or_default();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        let text =
            if line.starts_with("///") || line.starts_with("//!") { &mut item.docs } else { &mut item.code };
        text.push_str(line);
        text.push('\n');
    }
}

impl fmt::Display for Regenerated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = [("added", &self.added), ("removed", &self.removed), ("changed", &self.changed)];
        for (what, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
            let shown: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
            write!(f, "{what}: {}", shown.join(", "))?;
            match names.len() - shown.len() {
                0 => writeln!(f)?,
                more => writeln!(f, " and {more} more")?,
            }
        }
        match self.documented.len() {
            0 => Ok(()),
            1 => writeln!(f, "documentation only: {}", self.documented[0]),
            count => writeln!(f, "documentation only: {count} types and operations"),
        }
    }
}
