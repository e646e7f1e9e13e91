//! Reads files from the disk or from memory.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::limits;

/// Reads files. Paths are relative to the base of the reader, which for the disk is the working folder.
pub trait ReadFile {
    /// The content of the file, as bytes.
    ///
    /// # Errors
    /// If the file does not exist, is not a regular file, or cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The canonical absolute path of the file or folder, without symbolic links.
    ///
    /// # Errors
    /// If the file or folder does not exist, or its path cannot be resolved.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;

    /// The entries of a folder, sorted by name. Only recorded traffic is searched in folders.
    ///
    /// # Errors
    /// If the path is not a folder ([`io::ErrorKind::NotADirectory`]), or cannot be read. The default implementation
    /// treats every path as a file.
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let _ = path;
        Err(io::ErrorKind::NotADirectory.into())
    }
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// The name, without a path.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Reads regular files from the disk, up to 1 GiB.
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

    /// Leaves out links to folders, since they may form a loop, and anything that is neither a file nor a folder.
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        if !std::fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let is_folder = entry.file_type()?.is_dir();
            // A name that is not Unicode becomes a path that does not exist; reading the file reports it.
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_folder || entry.path().is_file() {
                found.push(FolderEntry { name, is_folder });
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Reads from memory, for tests and for documents that are not files.
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

/// The absolute path, with an invented working folder. The folder has a name, so that `..` leads out of it.
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

    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let path = absolute(path);
        let below: Vec<&Path> = self.files.keys().filter_map(|file| file.strip_prefix(&path).ok()).collect();
        let mut found = std::collections::BTreeSet::new();
        for file in below {
            let mut parts = file.components();
            match parts.next() {
                Some(first) => found.insert(FolderEntry {
                    name: first.as_os_str().to_string_lossy().into_owned(),
                    is_folder: parts.next().is_some(),
                }),
                None => return Err(io::ErrorKind::NotADirectory.into()),
            };
        }
        if found.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(found.into_iter().collect())
    }
}

/// The path without `.` and without `folder/..`, by its text alone.
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

/// Why a file could not be read, as a clause.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        _ => error.to_string(),
    }
}
