//! Writes the reference from an overlay to the document that it extends (Overlay 1.0 §4.4.1), as a relative reference
//! (RFC 3986 §4.2).

use std::path::{Component, Path, PathBuf};

use crate::load::ReadFile;

/// The reference from an overlay to a document. If no relative path exists, only the name of the document.
pub(super) fn reference(reader: &dyn ReadFile, overlay: &Path, document: &Path) -> String {
    let (from, to) = (folder(reader, overlay), folder(reader, document));
    let name = document.file_name().map(|name| encoded(&name.to_string_lossy())).unwrap_or_default();
    let steps = match (from, to) {
        (Some(from), Some(to)) => steps(&from, &to),
        (_, None) | (None, _) => String::new(),
    };
    steps + &name
}

/// The absolute folder of a file, without symbolic links.
fn folder(reader: &dyn ReadFile, file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    reader.canonicalize(folder).or_else(|_| std::path::absolute(folder)).ok()
}

/// The steps from one folder to another, each followed by a slash.
fn steps(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let is_plain = |step: &&Component<'_>| matches!(step, Component::Normal(_));
    let (up, down) = (from.get(shared..).unwrap_or_default(), to.get(shared..).unwrap_or_default());
    // There is no path from one drive to another.
    if !up.iter().chain(down).all(|step| is_plain(&step)) {
        return String::new();
    }
    let down = down.iter().map(|step| encoded(&step.as_os_str().to_string_lossy()) + "/");
    "../".repeat(up.len()) + &down.collect::<String>()
}

/// A segment of a path, percent-encoded.
fn encoded(segment: &str) -> String {
    let mut out = String::new();
    for byte in segment.bytes() {
        match byte {
            // Unreserved characters (RFC 3986 §2.3), and a few that have no meaning in a path.
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'+' | b'@' | b',' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::DiskReader;

    #[test]
    fn an_overlay_refers_to_its_document() {
        for (overlay, document, expected) in [
            ("fix.yaml", "api.yaml", "api.yaml"),
            ("/nowhere/a/fix.yaml", "/nowhere/a/my api: 1.yaml", "my%20api%3A%201.yaml"),
            ("/nowhere/overlays/b/fix.yaml", "/nowhere/spec/api.yaml", "../../spec/api.yaml"),
            ("overlays-nowhere/fix.yaml", "api.yaml", "../api.yaml"),
            ("fix.yaml", "spec-nowhere/é/api.yaml", "spec-nowhere/%C3%A9/api.yaml"),
        ] {
            let found = reference(&DiskReader, overlay.as_ref(), document.as_ref());
            assert_eq!(found, expected, "{overlay} {document}");
        }
    }
}
