//! Lists of files that modelsmith wrote, kept beside them with the SHA-256 of each, in the format of `sha256sum`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::check::is_plain;

/// The file name of the list of what is there.
pub(crate) const NAME: &str = ".modelsmith-manifest";

/// The comment above the list.
pub(super) const HEADER: &str = "# The files that modelsmith wrote here, with their SHA-256. The next run replaces or removes \
                                 these, unless they were edited.";

/// The separator between a hash and its path.
const GAP: &str = "  ";

/// Listed files, with the hashes of the contents that modelsmith wrote; `None` if a list has no hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed(BTreeMap<String, BTreeSet<Option<String>>>);

impl Listed {
    /// Reads the list from the content of a file. Lines that cannot be modelsmith's are skipped: paths that lead out of
    /// the folder or to hidden files, and the markers of a merge conflict.
    pub(super) fn read(content: &[u8]) -> Self {
        let mut listed = Self::default();
        for line in String::from_utf8_lossy(content).lines().filter(|line| !line.starts_with('#')) {
            let (hash, path) = match line.split_once(GAP) {
                Some((hash, path)) if is_hash(hash) => (Some(hash.to_owned()), path),
                Some(_) | None => (None, line),
            };
            if is_plain(path) && !is_hidden(path) {
                listed.add(path, hash);
            }
        }
        listed
    }

    /// Adds a file, and the hash of a content that it may have.
    pub(super) fn add(&mut self, path: &str, hash: Option<String>) {
        self.0.entry(path.to_owned()).or_default().insert(hash);
    }

    /// The union of this list and another.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (path, hashes) in other.0 {
            self.0.entry(path).or_default().extend(hashes);
        }
        self
    }

    /// The paths that are not in another list.
    pub(super) fn without(&self, other: &Self) -> Vec<String> {
        self.0.keys().filter(|path| !other.0.contains_key(*path)).cloned().collect()
    }

    /// Whether a listed file has a content that modelsmith did not write.
    pub(super) fn is_edited(&self, path: &str, content: &[u8]) -> bool {
        self.0
            .get(path)
            .is_some_and(|hashes| !hashes.contains(&None) && !hashes.contains(&Some(hash_of(content))))
    }

    /// The content of the list.
    pub(super) fn text(&self, header: &str) -> String {
        let mut text = format!("{header}\n");
        for (path, hashes) in &self.0 {
            for hash in hashes {
                if let Some(hash) = hash {
                    text.extend([hash, GAP]);
                }
                text.extend([path, "\n"]);
            }
        }
        text
    }
}

/// Whether a path is hidden. Hidden files belong to Git, an editor or the user: modelsmith itself writes only its
/// lists, which are not listed.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The SHA-256 of a text. Windows line endings are normalised, since Git may convert them.
pub(super) fn hash_of(content: &[u8]) -> String {
    let mut digest = Sha256::new();
    if content.windows(2).any(|pair| pair == b"\r\n") {
        for line in content.split_inclusive(|byte| *byte == b'\n') {
            let (text, end) = line.strip_suffix(b"\r\n").map_or((line, ""), |text| (text, "\n"));
            digest.update(text);
            digest.update(end);
        }
    } else {
        digest.update(content);
    }
    let mut text = String::with_capacity(64);
    for byte in digest.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
