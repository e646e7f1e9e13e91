//! Lists of files that modelsmith wrote, kept beside them with the SHA-256 of each, in the format of `sha256sum`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::check::is_plain;

/// The file name of the list of what is there.
pub(crate) const NAME: &str = ".modelsmith-manifest";

/// What stands above it.
pub(super) const HEADER: &str = "# The files that modelsmith wrote here, with their SHA-256. The next run replaces or removes \
                                 these, unless they were edited.";

/// What stands between a hash and its path.
const GAP: &str = "  ";

/// Listed files: the hashes of the contents that modelsmith gave each, `None` where a list does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed(BTreeMap<String, BTreeSet<Option<String>>>);

impl Listed {
    /// The list in a file with this content. Lines that cannot be a file of modelsmith's are skipped: paths that leave the
    /// folder or lead to something hidden, and the marks of a merge conflict.
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

    /// Adds a file, and a content that it may have.
    pub(super) fn add(&mut self, path: &str, hash: Option<String>) {
        self.0.entry(path.to_owned()).or_default().insert(hash);
    }

    /// What this list or another says.
    pub(super) fn and(mut self, other: Self) -> Self {
        for (path, hashes) in other.0 {
            self.0.entry(path).or_default().extend(hashes);
        }
        self
    }

    /// The paths that another list does not have.
    pub(super) fn without(&self, other: &Self) -> Vec<String> {
        self.0.keys().filter(|path| !other.0.contains_key(*path)).cloned().collect()
    }

    /// Whether a listed file has another content than modelsmith gave it.
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

/// Hidden files are Git's, an editor's or the user's: modelsmith writes none but its own lists, which are not listed.
fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The SHA-256 of a text. Line ends count as they are emitted, since Git may turn them into Windows's.
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
