//! Lists of files that modelsmith wrote, kept beside them.

use std::collections::BTreeSet;
use std::io;

use super::file_set::is_plain;
use super::folder::Folder;

/// The file name of the list of what is there.
pub(crate) const NAME: &str = ".modelsmith-manifest";

/// What stands above it.
pub(super) const HEADER: &str =
    "# The files that modelsmith wrote here. It removes those that it no longer writes, and no others.";

/// The paths that are listed in the file `name`. A path that leaves the folder is none that modelsmith wrote.
pub(super) fn read(folder: &Folder<'_>, name: &str) -> io::Result<BTreeSet<String>> {
    let Some(bytes) = folder.read(name)? else { return Ok(BTreeSet::new()) };
    let text = String::from_utf8_lossy(&bytes);
    let paths = text.lines().filter(|line| !line.starts_with('#') && is_plain(line) && *line != NAME);
    Ok(paths.map(str::to_owned).collect())
}

/// The content of a list.
pub(super) fn text(header: &str, paths: &BTreeSet<String>) -> String {
    let mut text = format!("{header}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}
