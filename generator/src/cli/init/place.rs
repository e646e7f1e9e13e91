//! Where the document lies in the new crate: where it is, if that is in the crate's folder, or in `spec/` as a copy.

use std::path::{Component, Path, PathBuf};

use modelsmith::diagnostics::Sources;

use crate::cli::shell;

/// The document and the files that it refers to.
pub(super) struct Place {
    /// The document's path in the crate's folder, with `/`.
    pub within: String,
    /// What has to be copied: from where, and to which path in the crate's folder.
    pub copies: Vec<(PathBuf, String)>,
}

impl Place {
    /// Decides for the document `spec`, which was loaded with `sources`.
    pub(super) fn new(spec: &Path, folder: &Path, sources: &Sources) -> Result<Self, String> {
        if let Some(within) = inside(spec, folder)? {
            return Ok(Self { within, copies: Vec::new() });
        }
        let home = spec.parent().unwrap_or(Path::new(""));
        let mut copies = Vec::new();
        for (_, source) in sources.iter() {
            let path = PathBuf::from(&source.path);
            // The loader reads nothing outside of the document's folder unless it is told to.
            let relative = inside(&path, if home.as_os_str().is_empty() { Path::new(".") } else { home })?
                .ok_or_else(|| format!("`{}` is not in the document's folder", source.path))?;
            copies.push((path, format!("spec/{relative}")));
        }
        let name = spec.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { within: format!("spec/{name}"), copies })
    }

    /// The command that writes the models again, in the crate's folder.
    pub(super) fn command(&self) -> String {
        format!("modelsmith generate {} -o .", shell::word(&self.within))
    }
}

/// The path of an existing file from a folder that it lies in, with `/`; `None` where it does not lie there.
///
/// # Errors
/// When the settings, the README and commands cannot show the path.
fn inside(path: &Path, folder: &Path) -> Result<Option<String>, String> {
    let (Ok(path), Ok(folder)) = (path.canonicalize(), folder.canonicalize()) else { return Ok(None) };
    let Ok(within) = path.strip_prefix(&folder) else { return Ok(None) };
    let part = |part: Component<'_>| match part.as_os_str().to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        Some(_) | None => Err(format!("{within:?} has a name that is not plain text: rename it")),
    };
    let parts = within.components().map(part).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(parts.join("/")))
}
