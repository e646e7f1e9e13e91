//! Finds recorded traffic: files, files in folders, and files that match a pattern.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use super::file::{FolderEntry, ReadFile, reason};

/// The extensions of recordings in a folder.
const ENDINGS: [&str; 4] = ["har", "json", "jsonl", "ndjson"];

/// The file of a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingFile {
    /// Its name: the path as given, with `/` between folders.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
}

/// The recordings that match a pattern, relative to `folder`: each file once, sorted by name. In a pattern `*` and `?`
/// match a part of a name, and `**` matches any number of folders.
///
/// # Errors
/// If there are none, or a folder cannot be read: a sentence with the path.
pub fn recordings(folder: &Path, pattern: &str, reader: &dyn ReadFile) -> Result<Vec<RecordingFile>, String> {
    let (start, rest) = match pattern.strip_prefix('/') {
        Some(rest) => (RecordingFile { name: "/".to_owned(), path: PathBuf::from("/") }, rest),
        None => (RecordingFile { name: String::new(), path: folder.to_owned() }, pattern),
    };
    let mut found = vec![start];
    for segment in rest.split('/').filter(|segment| !segment.is_empty()) {
        let mut next = Vec::new();
        for place in &found {
            match segment {
                "**" => below(place, reader, &mut next)?,
                _ if has_wildcard(segment) => next.extend(
                    listed(place, reader)?
                        .iter()
                        .filter(|entry| is_shown(segment, &entry.name) && matches(segment, &entry.name))
                        .map(|entry| place.within(&entry.name)),
                ),
                _ => next.push(place.within(segment)),
            }
        }
        found = next;
    }
    // With a pattern a path that does not exist does not match; without one it is an error.
    let is_pattern = rest.split('/').any(has_wildcard);
    let mut files = Vec::new();
    for place in found {
        match recordings_at(&place.path, &place.name, reader) {
            Ok(more) => files.extend(more),
            Err(_) if is_pattern => {}
            Err(message) => return Err(message),
        }
    }
    if files.is_empty() {
        return Err(format!("`{pattern}` matches no recording"));
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.path.clone()));
    Ok(files)
}

/// The recordings at a path with the name `name`: the file, or the files in the folder and its subfolders with the
/// extensions `.har`, `.json`, `.jsonl` and `.ndjson`, sorted by name.
///
/// # Errors
/// If the path does not exist, or a folder has no recordings: a sentence with the path.
pub fn recordings_at(path: &Path, name: &str, reader: &dyn ReadFile) -> Result<Vec<RecordingFile>, String> {
    let place = RecordingFile { name: name.to_owned(), path: path.to_owned() };
    let mut found = Vec::new();
    let mut open = VecDeque::from([place]);
    let mut is_folder = false;
    while let Some(place) = open.pop_front() {
        let entries = match reader.list(&place.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                found.push(place);
                break;
            }
            Err(error) => return Err(unreadable(&place.name, &error)),
        };
        is_folder = true;
        for FolderEntry { name, is_folder } in entries.iter().filter(|entry| is_shown("", &entry.name)) {
            if *is_folder {
                open.push_back(place.within(name));
            } else if is_recording(name) {
                found.push(place.within(name));
            }
        }
    }
    if is_folder && found.is_empty() {
        return Err(format!(
            "the folder `{name}` has no recordings\n  = help: recordings have the extensions .har, .json, .jsonl or .ndjson"
        ));
    }
    Ok(found)
}

impl RecordingFile {
    /// The entry of this folder with a name.
    fn within(&self, name: &str) -> Self {
        let path = self.path.join(name);
        let gap = if self.name.is_empty() || self.name.ends_with('/') { "" } else { "/" };
        Self { name: format!("{}{gap}{name}", self.name), path }
    }
}

/// Collects a folder and all folders below it.
fn below(place: &RecordingFile, reader: &dyn ReadFile, found: &mut Vec<RecordingFile>) -> Result<(), String> {
    let mut open = VecDeque::from([place.clone()]);
    while let Some(place) = open.pop_front() {
        let entries = listed(&place, reader)?;
        let folders = entries.iter().filter(|entry| entry.is_folder && is_shown("", &entry.name));
        open.extend(folders.map(|entry| place.within(&entry.name)));
        found.push(place);
    }
    Ok(())
}

/// The entries of a folder; none if the path is a file.
fn listed(place: &RecordingFile, reader: &dyn ReadFile) -> Result<Vec<FolderEntry>, String> {
    let path = if place.path.as_os_str().is_empty() { Path::new(".") } else { &place.path };
    match reader.list(path) {
        Ok(entries) => Ok(entries),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(Vec::new()),
        Err(error) => Err(unreadable(&place.name, &error)),
    }
}

fn unreadable(name: &str, error: &io::Error) -> String {
    let name = if name.is_empty() { "." } else { name };
    format!("`{name}` cannot be read: {}", reason(error))
}

/// Whether a pattern includes a hidden file: only if the pattern starts with a dot.
fn is_shown(pattern: &str, name: &str) -> bool {
    !name.starts_with('.') || pattern.starts_with('.')
}

fn is_recording(name: &str) -> bool {
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn has_wildcard(segment: &str) -> bool {
    segment.contains(['*', '?'])
}

/// Whether a pattern matches a name. Takes time proportional to the product of both lengths.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // The prefixes of the name that the pattern so far matches.
    let mut fits = vec![false; name.len() + 1];
    fits[0] = true;
    for wanted in pattern {
        let mut next = vec![false; name.len() + 1];
        for end in 0..=name.len() {
            next[end] = match wanted {
                '*' => fits[end] || end > 0 && next[end - 1],
                '?' => end > 0 && fits[end - 1],
                _ => end > 0 && fits[end - 1] && name[end - 1] == wanted,
            };
        }
        fits = next;
    }
    fits[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::MemoryReader;

    fn reader() -> MemoryReader {
        let files = [
            "spec/a.har",
            "spec/b.txt",
            "spec/rec/2.jsonl",
            "spec/rec/1.json",
            "spec/rec/notes.md",
            "spec/rec/.hidden.json",
            "spec/rec/deep/3.HAR",
            "spec/rec/.git/4.json",
            "other/5.ndjson",
        ];
        files.into_iter().fold(MemoryReader::new(), |reader, file| reader.with(file, "{}"))
    }

    fn found(pattern: &str) -> String {
        match recordings("spec".as_ref(), pattern, &reader()) {
            Ok(files) => {
                files.iter().for_each(|file| assert!(reader().read(&file.path).is_ok(), "{file:?}"));
                files.into_iter().map(|file| file.name).collect::<Vec<_>>().join(" ")
            }
            Err(message) => message,
        }
    }

    #[test]
    fn files_folders_and_patterns_are_found_in_order() {
        for (pattern, expected) in [
            ("a.har", "a.har"),
            ("b.txt", "b.txt"),
            ("rec", "rec/1.json rec/2.jsonl rec/deep/3.HAR"),
            ("rec/", "rec/1.json rec/2.jsonl rec/deep/3.HAR"),
            ("../other", "../other/5.ndjson"),
            ("*.har", "a.har"),
            ("re?/*.json*", "rec/1.json rec/2.jsonl"),
            ("**/*.json", "rec/1.json"),
            ("**", "a.har rec/1.json rec/2.jsonl rec/deep/3.HAR"),
            ("rec/.*.json", "rec/.hidden.json"),
            ("*", "a.har b.txt rec/1.json rec/2.jsonl rec/deep/3.HAR"),
            ("none/*.har", "`none` cannot be read: it does not exist"),
            ("x*.har", "`x*.har` matches no recording"),
        ] {
            assert_eq!(found(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_stands_for_the_whole_name() {
        for (pattern, name, expected) in [
            ("*", "", true),
            ("a*c", "abc", true),
            ("a*c", "abcd", false),
            ("a?c", "ac", false),
            ("*a*b*", "xaxxbx", true),
            ("**", "any", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
        assert!(!matches(&"*a".repeat(200), &"a".repeat(199)));
    }
}
