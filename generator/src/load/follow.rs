//! Loads the root document and follows its references to other files.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::documents::{Document, Documents, Place};
use super::file::{ReadFile, normalize, reason};
#[cfg(feature = "overlay")]
use super::ignored_keys::without_ignored_keys;
use super::links::{Link, links};
#[cfg(feature = "overlay")]
use super::overlay::Changes;
use super::parse;
use super::position::Position;
use super::reference::{Resource, download, resource};
use crate::config::InputOptions;
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink, Source, Sources, Syntax};

/// Loads `root`, applies the overlays, and loads every file that it then refers to, directly or not.
///
/// Errors go to `sink`. Returns `None` if the root document could not be read or an overlay could not be applied. The
/// texts go to `sources` in any case, since diagnostics are shown with them.
pub fn load(
    root: &Path,
    reader: &dyn ReadFile,
    options: &InputOptions,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Documents> {
    load_with(root, reader, options, APPLY_OVERLAYS, sources, sink)
}

/// What applies the overlays to the root document, in builds that can.
type ApplyOverlays = fn(&mut Loader<'_>) -> Option<()>;

#[cfg(feature = "overlay")]
const APPLY_OVERLAYS: Option<ApplyOverlays> = Some(|loader| loader.apply_overlays());
#[cfg(not(feature = "overlay"))]
const APPLY_OVERLAYS: Option<ApplyOverlays> = None;

fn load_with(
    root: &Path,
    reader: &dyn ReadFile,
    options: &InputOptions,
    apply_overlays: Option<ApplyOverlays>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Documents> {
    let folder = match root.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut loader = Loader {
        reader,
        options,
        sources,
        sink,
        folder: folder.to_owned(),
        canonical_folder: reader.canonicalize(folder).unwrap_or_else(|_| normalize(folder)),
        known: HashMap::new(),
        failed: HashSet::new(),
        files: Vec::new(),
        paths: Vec::new(),
        overlays: Vec::new(),
        targets: HashMap::new(),
        identifiers: HashMap::new(),
        unresolved: Vec::new(),
    };
    loader.root(root)?;
    if let [first, ..] = options.overlays.as_slice() {
        match apply_overlays {
            Some(apply) => apply(&mut loader)?,
            None => return loader.refuse_overlay(first),
        }
    }
    loader.follow();
    loader.settle();
    let files = loader.files.into_iter().map(|(path, tree)| (path, tree.unwrap_or(super::Tree::Null)));
    let files = files.enumerate().map(|(at, (path, tree))| Document { file: FileId(at as u32), path, tree });
    // Overlays have ids, since diagnostics point into them, but nothing can refer to them.
    let files = files.filter(|document| !loader.overlays.contains(&document.file)).collect();
    Some(Documents::new(files, loader.targets))
}

struct Loader<'a> {
    reader: &'a dyn ReadFile,
    options: &'a InputOptions,
    sources: &'a mut Sources,
    sink: &'a mut Sink,
    /// The folder of the root document, as given and as canonical path.
    folder: PathBuf,
    canonical_folder: PathBuf,
    /// The loaded files, by canonical path.
    known: HashMap<PathBuf, FileId>,
    /// The paths that could not be loaded and were reported.
    failed: HashSet<PathBuf>,
    /// The shown path and the tree of each file.
    files: Vec<(String, Option<super::Tree>)>,
    /// The path of each file, for the reader.
    paths: Vec<PathBuf>,
    /// Which of the files are overlays.
    overlays: Vec<FileId>,
    targets: HashMap<FileId, HashMap<Box<str>, Place>>,
    identifiers: HashMap<Box<str>, Place>,
    /// References that only an `$id` can resolve.
    unresolved: Vec<(Location, Box<str>)>,
}

/// Why a file is not loaded.
enum Refusal {
    Outside { by_link: bool },
    Unreadable(io::Error),
}

impl Loader<'_> {
    fn root(&mut self, root: &Path) -> Option<()> {
        let canonical = self.reader.canonicalize(root);
        match canonical.and_then(|canonical| Ok((canonical, self.reader.read(root)?))) {
            Ok((canonical, bytes)) => {
                // An overlay can change any part of the document.
                let keep = self.options.keep_examples || !self.options.overlays.is_empty();
                let file = self.add(root, bytes, Position::Keywords, keep);
                self.known.insert(canonical, file);
                self.files.first().and_then(|(_, tree)| tree.as_ref()).map(|_| ())
            }
            Err(error) => {
                self.unreadable(root, &error);
                None
            }
        }
    }

    /// Assigns an id to a file that the user named and that cannot be read.
    fn unreadable(&mut self, path: &Path, error: &io::Error) -> FileId {
        let shown = shown(path);
        let file = self.sources.add(Source { path: shown.clone(), ..Source::default() });
        self.sink.push(match download(&shown) {
            Some(command) => {
                let message = format!("`{shown}` is a URL: modelsmith reads files and downloads nothing");
                Diagnostic::error("unreadable-file", top(file), message)
                    .help(format!("download it with `{command}`, and pass that file instead"))
            }
            None => {
                let message = format!("cannot read `{shown}`: {}", reason(error));
                Diagnostic::error("unreadable-file", top(file), message)
            }
        });
        self.files.push((shown, None));
        self.paths.push(path.to_owned());
        file
    }

    /// Says that overlays need the feature `overlay`.
    fn refuse_overlay<T>(&mut self, path: &Path) -> Option<T> {
        let message =
            format!("`{}` cannot be applied: modelsmith was built without overlays", shown(&normalize(path)));
        let help = "add the feature to the dependency: `modelsmith = { …, features = [\"overlay\"] }`";
        self.sink.push(Diagnostic::error("overlay-unavailable", Location::nowhere(), message).help(help));
        None
    }

    /// Applies the overlays to the root document.
    #[cfg(feature = "overlay")]
    fn apply_overlays(&mut self) -> Option<()> {
        let mut root = self.files.first_mut()?.1.take()?;
        let mut changes = Changes::new(&mut root);
        for path in &self.options.overlays {
            let file = match self.reader.read(path) {
                Ok(bytes) => self.add(path, bytes, Position::Value, true),
                Err(error) => self.unreadable(path, &error),
            };
            self.overlays.push(file);
            let tree = self.files.get_mut(file.0 as usize).and_then(|(_, tree)| tree.take());
            match tree {
                Some(overlay) => changes.apply(file, &overlay, self.sources, self.sink),
                None => changes.fail(),
            }
        }
        // References are not followed after an error: an overlay may fix them.
        changes.is_complete().then_some(())?;
        if !self.options.keep_examples {
            root = without_ignored_keys(root, Position::Keywords);
        }
        self.files.first_mut()?.1 = Some(root);
        Some(())
    }

    /// Parses a file and assigns an id to it, even if it cannot be parsed.
    fn add(&mut self, path: &Path, bytes: Vec<u8>, position: Position, keep_ignored_keys: bool) -> FileId {
        let (text, invalid) = parse::decode(bytes);
        let shown = shown(&normalize(path));
        let file =
            self.sources.add(Source { path: shown.clone(), text: String::new(), syntax: Syntax::Json });
        let (syntax, tree) = match invalid {
            Some(offset) => {
                self.sink.push(parse::not_utf8(file, &text, offset));
                (parse::syntax(path, &text), None)
            }
            None => parse::parse(file, path, &text, position, keep_ignored_keys, self.sink),
        };
        self.sources.fill(file, text, syntax);
        self.files.push((shown, tree));
        self.paths.push(path.to_owned());
        file
    }

    /// Follows the references of all files, including those that are added meanwhile.
    fn follow(&mut self) {
        let mut at = 0;
        while at < self.files.len() {
            let file = FileId(at as u32);
            let tree = self.files.get_mut(at).and_then(|(_, tree)| tree.take());
            if let Some(tree) = tree {
                let position = if at == 0 { Position::Keywords } else { Position::Fragment };
                let found = links(&tree, position);
                for (uri, pointer) in found.identifiers {
                    self.identifiers.entry(uri.into()).or_insert(Place { file, resource: pointer });
                }
                for link in found.references {
                    self.link(file, &link);
                }
                if let Some((_, place)) = self.files.get_mut(at) {
                    *place = Some(tree);
                }
            }
            at += 1;
        }
    }

    fn link(&mut self, from: FileId, link: &Link<'_>) {
        let location = Location::new(from, link.pointer.clone());
        let path = match resource(link.uri) {
            Resource::Here => return,
            Resource::Network | Resource::Other => {
                self.unresolved.push((location, link.uri.into()));
                return;
            }
            Resource::File(path) => path,
        };
        if self.targets.get(&from).is_some_and(|targets| targets.contains_key(link.uri)) {
            return;
        }
        let referring =
            self.paths.get(from.0 as usize).and_then(|path| path.parent()).unwrap_or(Path::new(""));
        let path = referring.join(&*path);
        match self.file(&path) {
            Ok(file) => {
                let place = Place { file, resource: Pointer::root() };
                self.targets.entry(from).or_default().insert(link.uri.into(), place);
            }
            Err(_) if self.identifiers.contains_key(link.uri) => {
                self.unresolved.push((location, link.uri.into()))
            }
            Err(Refusal::Unreadable(error)) if link.tentative && error.kind() == io::ErrorKind::NotFound => {}
            // Reported only at the first reference.
            Err(refusal) if self.failed.insert(normalize(&path)) => self.refuse(location, &path, refusal),
            Err(_) => {}
        }
    }

    /// The file at `path`, which is loaded if necessary.
    fn file(&mut self, path: &Path) -> Result<FileId, Refusal> {
        let canonical = self.reader.canonicalize(path);
        let inside = match &canonical {
            Ok(canonical) => canonical.starts_with(&self.canonical_folder),
            Err(_) => self.is_inside(path),
        };
        if !inside && !self.options.allow_outside {
            return Err(Refusal::Outside { by_link: self.is_inside(path) });
        }
        let canonical = canonical.map_err(Refusal::Unreadable)?;
        if let Some(known) = self.known.get(&canonical) {
            return Ok(*known);
        }
        let bytes = self.reader.read(path).map_err(Refusal::Unreadable)?;
        let file = self.add(path, bytes, Position::Fragment, self.options.keep_examples);
        self.known.insert(canonical, file);
        Ok(file)
    }

    /// Whether a path is inside of the folder of the root document, by its text.
    fn is_inside(&self, path: &Path) -> bool {
        let path = normalize(path);
        let folder = normalize(&self.folder);
        let leaves = path.components().next().is_some_and(|first| first == std::path::Component::ParentDir);
        (path.starts_with(&folder) && (path.is_relative() || folder.is_absolute()) && !leaves)
            || (!leaves && path.is_relative() && folder.as_os_str().is_empty())
    }

    fn refuse(&mut self, location: Location, path: &Path, refusal: Refusal) {
        let path = shown(&normalize(path));
        self.sink.push(match refusal {
            Refusal::Outside { by_link } => {
                let how = if by_link { " by a symbolic link" } else { "" };
                let message = format!("`{path}` is outside of the folder of the root document{how}");
                Diagnostic::error("outside-folder", location, message)
                    .help("allow it with `--allow-outside` if you trust the document")
            }
            Refusal::Unreadable(error) => {
                let message = format!("cannot read `{path}`: {}", reason(&error));
                Diagnostic::error("unreadable-file", location, message)
                    .help("paths in references are relative to the file that contains them")
            }
        });
    }

    /// Resolves by `$id` the references for which no file was found.
    fn settle(&mut self) {
        for (location, uri) in std::mem::take(&mut self.unresolved) {
            if let Some(place) = self.identifiers.get(&uri) {
                self.targets.entry(location.file).or_default().insert(uri, place.clone());
                continue;
            }
            let network = resource(&uri) == Resource::Network;
            self.sink.push(if network {
                let name = uri.rsplit('/').find(|name| !name.is_empty()).unwrap_or("file");
                Diagnostic::error(
                    "network-reference",
                    location,
                    format!("`{uri}` is a URL, and modelsmith downloads nothing"),
                )
                .help(format!("download it next to the document and write `./{name}` here"))
            } else {
                let message = format!("`{uri}` is not a file, and no schema has it as its `$id`");
                Diagnostic::error("unknown-identifier", location, message)
            });
        }
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn top(file: FileId) -> Location {
    Location::new(file, Pointer::root())
}

#[cfg(test)]
mod tests {
    use super::super::file::MemoryReader;
    use super::*;
    use crate::diagnostics::{Style, render};

    #[test]
    fn a_build_without_overlays_refuses_them_and_reads_other_documents() {
        let reader = MemoryReader::new().with("pets.yaml", "openapi: 3.1.0\n");
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let mut load = |overlays| {
            let options = InputOptions { overlays, ..InputOptions::default() };
            load_with("pets.yaml".as_ref(), &reader, &options, None, &mut sources, &mut sink).is_some()
        };
        assert!(load(Vec::new()));
        assert!(!load(vec!["fix.yaml".into()]));
        insta::assert_snapshot!(render(&sink.into_vec(), &sources, Style::PLAIN), @r#"
        error[overlay-unavailable]: `fix.yaml` cannot be applied: modelsmith was built without overlays
         |
         = help: add the feature to the dependency: `modelsmith = { …, features = ["overlay"] }`
        "#);
    }
}
