//! Decides where the document is in the new crate: where it already is, if that is in the folder of the crate, or in
//! `spec/` as a copy.

use std::path::{Component, Path, PathBuf};

use modelsmith::diagnostics::Sources;

use crate::cli::shell;

/// The document and the files that it refers to.
pub(super) struct Place {
    /// The path of the document in the folder of the crate, with `/`.
    pub within: String,
    /// The files to copy: the source, and the path in the folder of the crate.
    pub copies: Vec<(PathBuf, String)>,
}

impl Place {
    /// Decides for the document `spec`, whose files are `sources`.
    pub(super) fn new(spec: &Path, folder: &Path, sources: &Sources) -> Result<Self, String> {
        if let Some(within) = inside(spec, folder)? {
            return Ok(Self { within, copies: Vec::new() });
        }
        let home = spec.parent().unwrap_or(Path::new(""));
        let mut copies = Vec::new();
        for (_, source) in sources.iter() {
            let path = PathBuf::from(&source.path);
            // By default the loader reads nothing outside of the folder of the document.
            let relative = inside(&path, if home.as_os_str().is_empty() { Path::new(".") } else { home })?
                .ok_or_else(|| format!("`{}` is not in the folder of the document", source.path))?;
            copies.push((path, format!("spec/{relative}")));
        }
        let name = spec.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { within: format!("spec/{name}"), copies })
    }

    /// The command that regenerates the models, run in the folder of the crate.
    pub(super) fn command(&self) -> String {
        format!("modelsmith generate {} -o .", shell::word(&self.within))
    }
}

/// The path of an existing file relative to a folder, with `/`; `None` if it is not in the folder.
///
/// # Errors
/// If the settings, the README and commands cannot contain the path.
fn inside(path: &Path, folder: &Path) -> Result<Option<String>, String> {
    let (Ok(path), Ok(folder)) = (path.canonicalize(), folder.canonicalize()) else { return Ok(None) };
    let Ok(within) = path.strip_prefix(&folder) else { return Ok(None) };
    let part = |part: Component<'_>| match part.as_os_str().to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        Some(_) | None => {
            Err(format!("{within:?} has a name that is not UTF-8 or contains control characters: rename it"))
        }
    };
    let parts = within.components().map(part).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(parts.join("/")))
}
