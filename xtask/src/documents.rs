//! Finds the documents of a folder.

use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Selection;

/// One document.
pub(crate) struct Found {
    /// Its name: the file's, or the folder's for a set of files.
    pub(crate) name: String,
    /// The root file.
    pub(crate) path: PathBuf,
}

impl Found {
    /// The name as that of a package.
    pub(crate) fn package(&self) -> String {
        let letters = self.name.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '-' });
        format!("models-{}", letters.collect::<String>().to_ascii_lowercase().trim_matches('-'))
    }
}

/// The selected documents, by name.
pub(crate) fn find(selection: &Selection) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    if selection.path.is_file() {
        found.extend(document(&selection.path));
    } else {
        for entry in std::fs::read_dir(&selection.path)? {
            let path = entry?.path();
            if path.is_file() {
                found.extend(document(&path));
            } else if let Some(root) = root_of(&path) {
                found.push(Found { name: name_of(&path), path: root });
            }
        }
    }
    if let Some(only) = &selection.only {
        found.retain(|document| document.name.contains(only.as_str()));
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

fn document(path: &Path) -> Option<Found> {
    let extension = path.extension()?.to_str()?;
    ["json", "yaml", "yml"].contains(&extension).then(|| Found { name: name_of(path), path: path.to_owned() })
}

fn name_of(path: &Path) -> String {
    let name = if path.is_file() { path.file_stem() } else { path.file_name() };
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// The root of a set of files: the one called like a root, not too deep.
fn root_of(folder: &Path) -> Option<PathBuf> {
    const ROOTS: [&str; 6] =
        ["openapi.yaml", "openapi.yml", "openapi.json", "swagger.json", "swagger.yaml", "swagger.yml"];
    let here = ROOTS.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    here.or_else(|| {
        let mut below: Vec<PathBuf> =
            std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
        below.sort();
        below.iter().flat_map(|folder| ROOTS.map(|name| folder.join(name))).find(|path| path.is_file())
    })
}

/// Reads a JSON or YAML file.
pub(crate) fn read(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = text.trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let yaml: serde_yaml::Value = serde_yaml::from_str(text)
        .or_else(|_| serde_yaml::from_str(&without_huge_integers(text)))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::to_value(&yaml).map_err(|error| format!("{}: {error}", path.display()))
}

/// The text with integers that no machine type holds as floats, which is what JSON readers make of them.
fn without_huge_integers(text: &str) -> String {
    let float = |line: &str| {
        let number = line.rsplit(' ').next().unwrap_or_default();
        let digits = number.trim_start_matches('-');
        let huge = digits.len() > 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if huge && line.contains(": ") { format!("{line}.0\n") } else { format!("{line}\n") }
    };
    text.lines().map(float).collect()
}
