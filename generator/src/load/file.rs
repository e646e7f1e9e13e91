//! Where files come from.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::limits;

/// Reads files. Paths are relative to wherever the reader starts; for the disk, to the working folder.
pub trait ReadFile {
    /// The content of the file, in bytes as it is stored.
    ///
    /// # Errors
    /// When the file does not exist, is not a regular file, or cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The one absolute path of the file or folder, symbolic links followed: equal for equal files.
    ///
    /// # Errors
    /// When the file or folder does not exist, or its path cannot be followed.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;
}

/// Reads regular files of the disk, none larger than 1 GiB.
#[derive(Debug, Clone, Copy, Default)]
pub struct DiskReader;

impl ReadFile for DiskReader {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limits::FILE)).unwrap_or(0));
        std::fs::File::open(path)?.take(limits::FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limits::FILE {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 GiB"));
        }
        Ok(bytes)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        std::fs::canonicalize(path)
    }
}

/// Reads from memory: for tests, and for documents that are not files.
#[derive(Debug, Clone, Default)]
pub struct MemoryReader {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl MemoryReader {
    /// A reader without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: impl AsRef<Path>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(absolute(path.as_ref()), content.into());
        self
    }
}

/// The path, counted from a made-up working folder. It has a name, so that `..` leads out of it.
fn absolute(path: &Path) -> PathBuf {
    normalize(&Path::new("/memory").join(path))
}

impl ReadFile for MemoryReader {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files.get(&absolute(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(absolute(path))
    }
}

/// The path without `.` and without `..` behind a folder, by its text alone.
pub(super) fn normalize(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match normal.components().next_back() {
                Some(Component::Normal(_)) => {
                    normal.pop();
                }
                Some(Component::RootDir) => {}
                Some(Component::ParentDir | Component::CurDir | Component::Prefix(_)) | None => {
                    normal.push("..")
                }
            },
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => normal.push(component),
        }
    }
    normal
}

/// Why a file could not be read, as the end of a sentence.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}
