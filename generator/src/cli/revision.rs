//! Files as they are in a revision of a Git repository, read with `git`.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use modelsmith::load::{DiskReader, ReadFile};

/// Reads from one revision what starts with its name (`HEAD~1:spec/api.json`), and anything else from the disk.
pub(super) struct Revision {
    /// The revision as the user names it.
    name: String,
    /// The commit that it is, so that all files are read from one even if a branch moves meanwhile.
    commit: String,
    root: PathBuf,
}

impl Revision {
    /// The revision that `at` speaks of; `None` when it is the path of a file.
    ///
    /// # Errors
    /// When it is neither a file nor in a revision that there is.
    pub fn of(at: &Path) -> Result<Option<Self>, String> {
        if at.exists() {
            return Ok(None);
        }
        let Some((name, path)) = at.to_str().and_then(|text| text.split_once(':')) else { return Ok(None) };
        // Of a URL the loader says that nothing is fetched.
        if path.starts_with("//") {
            return Ok(None);
        }
        let whole = format!("{name}^{{commit}}");
        let found = git(["rev-parse", "--verify", "--quiet", "--end-of-options", whole.as_str()])?;
        // Without a repository there is something on standard error in spite of `--quiet`.
        if !found.status.success() {
            let shown = at.display();
            let reason = last_line(&found.stderr);
            let reason = if reason.is_empty() { format!("`{name}` is not a Git revision") } else { reason };
            return Err(format!("`{shown}` is not a file, and cannot be read as REVISION:PATH: {reason}"));
        }
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        // As in Git, a path counts from the top of the repository unless it starts with a dot.
        let path = if path.starts_with("./") || path.starts_with("../") {
            let prefix = git(["rev-parse", "--show-prefix"])?;
            format!("{}{path}", String::from_utf8_lossy(&prefix.stdout).trim_end_matches('\n'))
        } else {
            path.to_owned()
        };
        let Some(path) = plain(Path::new(&path)) else {
            return Err(format!("`{}` leads out of the repository", at.display()));
        };
        // With a folder, so that paths that count from it keep the revision.
        let folder = if path.contains('/') { "" } else { "./" };
        let root = PathBuf::from(format!("{name}:{folder}{path}"));
        Ok(Some(Self { name: name.to_owned(), commit, root }))
    }

    /// The path of the root document, as this reader takes it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path in the repository, for one that starts with the revision.
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
            // No file of the disk has such a path, and links are not followed in a revision.
            Some(inner) => Ok(Path::new("/").join(format!("{}:", self.commit)).join(inner?)),
            None => DiskReader.canonicalize(path),
        }
    }
}

/// The path without `.` and `..`, with `/`; `None` when it leads upward out of where it counts from.
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
    command.output().map_err(|error| format!("`git` cannot be run, which reads revisions: {error}"))
}

fn last_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().lines().last().unwrap_or_default().to_owned()
}
