//! The loaded files, and the targets of the references between them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::Tree;
use super::ignored_keys::without_ignored_keys;
use super::position::Position;
use super::reference::{percent_decode, split};
use crate::diagnostics::{FileId, Location, Pointer};

/// The root document and the files that it refers to, directly or not.
#[derive(Debug)]
pub struct Documents {
    files: Vec<Document>,
    targets: HashMap<FileId, HashMap<Box<str>, Place>>,
}

/// A loaded file.
#[derive(Debug)]
pub struct Document {
    /// Its number; the root document's is 0.
    pub file: FileId,
    /// Its path as shown to the user.
    pub path: String,
    /// Its content.
    pub tree: Tree,
}

/// The target of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target<'a> {
    /// The file.
    pub file: FileId,
    /// The base of the fragment: the top of the file, or the schema with the `$id` that the reference names.
    pub resource: Pointer,
    /// The decoded text after `#`: a JSON pointer, the name of an anchor, or nothing.
    pub fragment: Cow<'a, str>,
}

/// The target of a reference without a fragment.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub file: FileId,
    pub resource: Pointer,
}

impl Documents {
    /// `files` in the order of their ids, the root document first. Ids may be left out.
    pub(super) fn new(files: Vec<Document>, targets: HashMap<FileId, HashMap<Box<str>, Place>>) -> Self {
        Self { files, targets }
    }

    /// The file with this id.
    pub fn get(&self, file: FileId) -> Option<&Document> {
        let at = self.files.binary_search_by_key(&file, |document| document.file).ok()?;
        self.files.get(at)
    }

    /// All files in the order of their ids, the root document first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Document> + DoubleEndedIterator {
        self.files.iter()
    }

    /// The paths of the files relative to the folder of the root document, which settings use to name places. The root
    /// document has none.
    pub fn names(&self) -> BTreeMap<FileId, String> {
        let Some(root) = self.files.first() else { return BTreeMap::new() };
        let others = self.files.iter().skip(1);
        others.map(|document| (document.file, relative(&root.path, &document.path))).collect()
    }

    /// The value at a place.
    pub fn at(&self, place: &Location) -> Option<&Tree> {
        let mut tree = &self.get(place.file)?.tree;
        for token in place.pointer.tokens() {
            tree = match tree {
                Tree::Object(object) => object.get(&token)?,
                Tree::Array(items) => items.get(token.parse::<usize>().ok()?)?,
                Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => return None,
            };
        }
        Some(tree)
    }

    /// The same documents without examples.
    #[must_use]
    pub fn without_examples(&self) -> Self {
        let files = self.files.iter().map(|document| {
            let position = if document.file == FileId(0) { Position::Keywords } else { Position::Fragment };
            Document {
                file: document.file,
                path: document.path.clone(),
                tree: without_ignored_keys(document.tree.clone(), position),
            }
        });
        Self { files: files.collect(), targets: self.targets.clone() }
    }

    /// The target of `reference` in the file `from`. `None` if the target was not loaded: a value of a mapping that is
    /// a name, or a reference in an example, which is not followed.
    pub fn resolve<'a>(&self, from: FileId, reference: &'a str) -> Option<Target<'a>> {
        let (uri, fragment) = split(reference);
        let fragment = percent_decode(fragment);
        if uri.is_empty() {
            return Some(Target { file: from, resource: Pointer::root(), fragment });
        }
        let place = self.targets.get(&from)?.get(uri)?;
        Some(Target { file: place.file, resource: place.resource.clone(), fragment })
    }
}

/// The relative path from the folder of the file `from` to the file `to`.
fn relative(from: &str, to: &str) -> String {
    let steps = |path: &str| -> Vec<String> {
        path.split(['/', '\\']).filter(|step| *step != "." && !step.is_empty()).map(str::to_owned).collect()
    };
    let (from, to) = (steps(from), steps(to));
    let folder = from.len().saturating_sub(1);
    let common = from.iter().take(folder).zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder - common);
    up.chain(to.iter().skip(common).map(String::as_str)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn files_are_named_from_the_folder_of_the_root_document() {
        assert_eq!(relative("api.yaml", "parts/size.yaml"), "parts/size.yaml");
        assert_eq!(relative("spec/api.yaml", "spec/./parts/size.yaml"), "parts/size.yaml");
        assert_eq!(relative("spec/v1/api.yaml", "spec/common.yaml"), "../common.yaml");
        assert_eq!(relative("./api.yaml", "size.yaml"), "size.yaml");
        assert_eq!(relative(r"spec\api.yaml", r"spec\parts\size.yaml"), "parts/size.yaml");
        assert_eq!(relative("HEAD:spec/api.yaml", "HEAD:spec/size.yaml"), "size.yaml");
    }
}
