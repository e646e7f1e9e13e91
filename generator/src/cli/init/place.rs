//! Where the document lies in the new crate: where it is, if that is in the crate's folder, or in `spec/` as a copy.

use std::path::{Path, PathBuf};

use modelsmith::diagnostics::Sources;

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
        if let Some(within) = inside(spec, folder) {
            return Ok(Self { within, copies: Vec::new() });
        }
        let home = spec.parent().unwrap_or(Path::new(""));
        let mut copies = Vec::new();
        for (_, source) in sources.iter() {
            let path = PathBuf::from(&source.path);
            // The loader reads nothing outside of the document's folder unless it is told to.
            let relative = inside(&path, if home.as_os_str().is_empty() { Path::new(".") } else { home })
                .ok_or_else(|| format!("`{}` does not lie beside the document", source.path))?;
            copies.push((path, format!("spec/{relative}")));
        }
        let name = spec.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(Self { within: format!("spec/{name}"), copies })
    }

    /// The command that writes the models again, in the crate's folder.
    pub(super) fn command(&self) -> String {
        let quoted = |text: &str| {
            let plain = text.chars().all(|char| char.is_alphanumeric() || "/._-+".contains(char));
            if plain { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
        };
        format!("modelsmith generate {} -o .", quoted(&self.within))
    }
}

/// The path of an existing file from a folder that it lies in, with `/`.
fn inside(path: &Path, folder: &Path) -> Option<String> {
    let (path, folder) = (path.canonicalize().ok()?, folder.canonicalize().ok()?);
    let parts = path.strip_prefix(folder).ok()?.components();
    let parts: Vec<String> = parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Some(parts.join("/"))
}
