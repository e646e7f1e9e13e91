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

    /// What is in a folder, in the order of the names. Only recorded traffic is looked for in folders.
    ///
    /// # Errors
    /// When the path is not a folder ([`io::ErrorKind::NotADirectory`]), or cannot be read. Readers that have no folders
    /// take every path for a file, which this does if it is not overridden.
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        let _ = path;
        Err(io::ErrorKind::NotADirectory.into())
    }
}

/// A file or a folder in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// Its name, without the folders around it.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_folder: bool,
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

    /// Links to folders are left out, since they may form a loop, and so is what is neither a file nor a folder.
    fn list(&self, path: &Path) -> io::Result<Vec<FolderEntry>> {
        if !std::fs::metadata(path)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let is_folder = entry.file_type()?.is_dir();
            // A name that is not Unicode leads nowhere then, which whoever reads the file says.
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_folder || entry.path().is_file() {
                found.push(FolderEntry { name, is_folder });
            }
        }
        found.sort();
        Ok(found)
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
