//! The list of the files that modelsmith wrote, kept beside them.

use std::collections::BTreeSet;
use std::io;

use super::file_set::is_plain;
use super::folder::Folder;

/// The list's file name.
pub(super) const NAME: &str = ".modelsmith-manifest";

const HEADER: &str =
    "# The files that modelsmith wrote here. It removes those that it no longer writes, and no others.";

/// The paths that are listed. A path that leaves the folder is none that modelsmith wrote.
pub(super) fn read(folder: &Folder<'_>) -> io::Result<BTreeSet<String>> {
    let Some(bytes) = folder.read(NAME)? else { return Ok(BTreeSet::new()) };
    let text = String::from_utf8_lossy(&bytes);
    let paths = text.lines().filter(|line| !line.starts_with('#') && is_plain(line) && *line != NAME);
    Ok(paths.map(str::to_owned).collect())
}

/// The content of the list.
pub(super) fn text(paths: &BTreeSet<String>) -> String {
    let mut text = format!("{HEADER}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}
