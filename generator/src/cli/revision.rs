//! Reads files from a revision of a Git repository with `git`.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use modelsmith::load::{DiskReader, ReadFile};

/// Reads paths that start with the name of the revision (`HEAD~1:spec/api.json`) from it, and all others from the disk.
pub(super) struct Revision {
    /// The name of the revision, as given by the user.
    name: String,
    /// The commit, so that all files are read from the same one even if a branch moves meanwhile.
    commit: String,
    root: PathBuf,
}

impl Revision {
    /// The revision in `at`; `None` if `at` is the path of a file.
    ///
    /// # Errors
    /// If it is neither a file nor in an existing revision.
    pub fn of(at: &Path) -> Result<Option<Self>, String> {
        if at.exists() {
            return Ok(None);
        }
        let Some((name, path)) = at.to_str().and_then(|text| text.split_once(':')) else { return Ok(None) };
        // For URLs the loader has a better message: nothing is fetched.
        if path.starts_with("//") {
            return Ok(None);
        }
        let whole = format!("{name}^{{commit}}");
        let found = git(["rev-parse", "--verify", "--quiet", "--end-of-options", whole.as_str()])?;
        // Outside of a repository Git prints an error in spite of `--quiet`.
        if !found.status.success() {
            let shown = at.display();
            let reason = last_line(&found.stderr);
            let reason = if reason.is_empty() { format!("`{name}` is not a Git revision") } else { reason };
            return Err(format!("`{shown}` is not a file, and cannot be read as REVISION:PATH: {reason}"));
        }
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        // As in Git, a path is relative to the root of the repository unless it starts with a dot.
        let path = if path.starts_with("./") || path.starts_with("../") {
            let prefix = git(["rev-parse", "--show-prefix"])?;
            format!("{}{path}", String::from_utf8_lossy(&prefix.stdout).trim_end_matches('\n'))
        } else {
            path.to_owned()
        };
        let Some(path) = plain(Path::new(&path)) else {
            return Err(format!("`{}` leads out of the repository", at.display()));
        };
        // The path gets a folder, so that relative paths keep the revision.
        let folder = if path.contains('/') { "" } else { "./" };
        let root = PathBuf::from(format!("{name}:{folder}{path}"));
        Ok(Some(Self { name: name.to_owned(), commit, root }))
    }

    /// The path of the root document, for this reader.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path in the repository, if the path starts with the revision.
    fn inner(&self, path: &Path) -> Option<io::Result<String>> {
        let inner = path.to_str()?.strip_prefix(&self.name)?.strip_prefix(':')?;
        Some(
            plain(Path::new(inner))
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it leads out of the repository")),
        )
    }
}

impl ReadFile for Revision {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let Some(inner) = self.inner(path) else { return DiskReader.read(path) };
        let object = format!("{}:{}", self.commit, inner?);
        let kind = git(["cat-file", "-t", object.as_str()]).map_err(io::Error::other)?;
        match String::from_utf8_lossy(&kind.stdout).trim() {
            "blob" => {}
            "tree" => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
            "" => return Err(io::ErrorKind::NotFound.into()),
            other => return Err(io::Error::other(format!("it is a {other}, not a file"))),
        }
        let blob = git(["cat-file", "blob", object.as_str()]).map_err(io::Error::other)?;
        if blob.status.success() { Ok(blob.stdout) } else { Err(io::Error::other(last_line(&blob.stderr))) }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self.inner(path) {
            // No file on the disk has such a path. Symbolic links in a revision are not followed.
            Some(inner) => Ok(Path::new("/").join(format!("{}:", self.commit)).join(inner?)),
            None => DiskReader.canonicalize(path),
        }
    }
}

/// The path without `.` and `..`, with `/`; `None` if it leads out of its base folder.
fn plain(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

fn git<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, String> {
    let mut command = Command::new("git");
    command.args(arguments.into_iter().map(OsStr::new)).stdin(Stdio::null());
    command
        .output()
        .map_err(|error| format!("`git`, which is needed to read revisions, cannot be run: {error}"))
}

fn last_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().lines().last().unwrap_or_default().to_owned()
}
