//! Merges several modules of the runtime into one file. Each module of the package has one idea; modules that are only
//! needed together become one file in an emitted crate.

use std::collections::{BTreeMap, BTreeSet};

use syn::{ItemUse, UseTree};

use super::file::use_names;

/// A module, and the name of its file.
pub(super) struct Module<'a> {
    pub(super) name: &'a str,
    pub(super) file: &'a str,
    pub(super) text: String,
}

/// The text of a file: the documentation, the imports and the items of its modules. `all` has the file of each module.
pub(super) fn merged(members: &[&Module<'_>], all: &[Module<'_>]) -> String {
    let (mut docs, mut uses, mut bodies) = (Vec::new(), BTreeMap::new(), Vec::new());
    for member in members {
        let mut parts = Parts::of(&member.text);
        for statement in &parts.uses {
            for import in flattened(statement) {
                add(&mut uses, import, member.file, all, &mut parts.body);
            }
        }
        parts.body = with_files(&parts.body, member.file, all);
        docs.push(parts.docs);
        bodies.push(parts.body);
    }
    format!("{}\n{}\n{}", docs.join("//!\n"), statements(&uses), bodies.join("\n"))
}

/// The text with its paths to other modules changed to paths between files. Modules in `file` are in the same file.
fn with_files(text: &str, file: &str, all: &[Module<'_>]) -> String {
    const ABOVE: &str = "super::";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ABOVE) {
        let (before, after) = rest.split_at(at + ABOVE.len());
        let is_part = |char: char| char.is_ascii_alphanumeric() || char == '_';
        let (name, behind) = after.split_at(after.find(|char| !is_part(char)).unwrap_or(after.len()));
        match all.iter().find(|module| module.name == name && behind.starts_with("::")) {
            Some(module) if module.file == file => {
                out.push_str(&before[..at]);
                out.push_str("self");
                rest = behind;
            }
            Some(module) => {
                out.push_str(before);
                out.push_str(module.file);
                rest = behind;
            }
            None => {
                out.push_str(before);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A text in three parts: its documentation, its imports, and the rest.
struct Parts {
    docs: String,
    uses: Vec<String>,
    body: String,
}

impl Parts {
    fn of(text: &str) -> Self {
        let mut parts = Self { docs: String::new(), uses: Vec::new(), body: String::new() };
        let mut is_open = false;
        for line in text.lines() {
            let is_before = parts.body.is_empty();
            if is_before && parts.uses.is_empty() && line.starts_with("//!") {
                parts.docs.push_str(line);
                parts.docs.push('\n');
            } else if is_open {
                parts.uses.last_mut().expect("a statement is open").push_str(line);
                is_open = !line.ends_with(';');
            } else if is_before && line.starts_with("use ") {
                parts.uses.push(line.to_owned());
                is_open = !line.ends_with(';');
            } else if !(is_before && line.is_empty()) {
                parts.body.push_str(line);
                parts.body.push('\n');
            }
        }
        parts
    }
}

/// An imported path and name.
type Import = (Vec<String>, String);

/// The single imports of a `use` statement.
pub(super) fn flattened(statement: &str) -> Vec<Import> {
    let mut found = Vec::new();
    if let Ok(item) = syn::parse_str::<ItemUse>(statement) {
        let mut path = Vec::new();
        if item.leading_colon.is_some() {
            path.push(String::new());
        }
        flatten(&item.tree, &mut path, &mut found);
    }
    found
}

fn flatten(tree: &UseTree, path: &mut Vec<String>, found: &mut Vec<Import>) {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            flatten(&inner.tree, path, found);
            path.pop();
        }
        // `fmt::{self}` is `fmt`.
        UseTree::Name(name) if name.ident == "self" => {
            if let Some((last, before)) = path.split_last() {
                found.push((before.to_vec(), last.clone()));
            }
        }
        UseTree::Name(name) => found.push((path.clone(), name.ident.to_string())),
        UseTree::Rename(renamed) => {
            found.push((path.clone(), format!("{} as {}", renamed.ident, renamed.rename)));
        }
        UseTree::Glob(_) => found.push((path.clone(), "*".to_owned())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, path, found)),
    }
}

/// Adds an import, adjusted to the files: a module of the same file needs no import, and the module of another file is
/// that file.
fn add(
    uses: &mut BTreeMap<String, BTreeSet<String>>,
    (mut path, name): Import,
    file: &str,
    all: &[Module<'_>],
    body: &mut String,
) {
    let home = |name: &str| all.iter().find(|module| module.name == name);
    match &path[..] {
        // The module itself.
        [root] if root == "super" => {
            if let Some(module) = home(&name) {
                let is_here = module.file == file;
                let named = if is_here { "self" } else { module.file };
                *body = with_path(body, &format!("{name}::"), &format!("{named}::"));
                if !is_here {
                    uses.entry("super".to_owned()).or_default().insert(module.file.to_owned());
                }
                return;
            }
        }
        [root, first, rest @ ..] if root == "super" => {
            if let Some(module) = home(first) {
                let is_plain = rest.is_empty() && !name.contains(" as ");
                match (module.file == file, is_plain) {
                    (true, true) => return,
                    (true, false) => path = [&["self".to_owned()], rest].concat(),
                    (false, _) => path[1] = module.file.to_owned(),
                }
            }
        }
        _ => {}
    }
    uses.entry(path.join("::")).or_default().insert(name);
}

/// Replaces the beginning of paths in a text.
fn with_path(text: &str, old: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(old) {
        out.push_str(before);
        let is_inside = out.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ':'));
        out.push_str(if is_inside { old } else { new });
        rest = after;
    }
    out + rest
}

/// The `use` statements, those of the runtime's own modules first.
fn statements(uses: &BTreeMap<String, BTreeSet<String>>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (path, names) in uses {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") };
        // A module and its items are imported by one statement: `use std::fmt::{self, Write}`.
        let is_imported = path
            .rsplit_once("::")
            .is_some_and(|(before, last)| uses.get(before).is_some_and(|names| names.contains(last)));
        let own = names.iter().filter(|name| !uses.contains_key(&below(name))).map(String::as_str);
        let names: Vec<&str> = is_imported.then_some("self").into_iter().chain(own).collect();
        match path.as_str() {
            "" => lines.extend(names.iter().map(|name| format!("use {name};\n"))),
            _ => lines.push(use_names("use", path, &names)),
        }
    }
    lines.sort_by(|a, b| {
        let key = |line: &str| !line.starts_with("use super");
        key(a).cmp(&key(b)).then_with(|| a.cmp(b))
    });
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_same_file_is_not_imported() {
        let text = |text: &str| text.to_owned();
        let all = [
            Module {
                name: "a",
                file: "a",
                text: text(
                    "//! A.\n\nuse super::b::{self, B};\nuse super::c;\nuse super::d::D;\nuse std::fmt;\n\n\
                     fn f() { b::g(c::h()); abc::h(super::c::i, super::d::i); }\n",
                ),
            },
            Module {
                name: "b",
                file: "a",
                text: text(
                    "//! B,\n//! too.\n\nuse super as runtime;\nuse super::a::f;\nuse ::e::E;\nuse serde::de::{self, Visitor};\n\
                     use std::fmt::{self, Write as _};\n\npub struct B;\n",
                ),
            },
            Module { name: "c", file: "a", text: text("//! C.\n\npub fn h() {}\n") },
            Module { name: "d", file: "x", text: text("//! D.\n\nuse super::e::E;\n\npub struct D(E);\n") },
            Module { name: "e", file: "e", text: text("//! E.\n\nuse super::b::B;\n\npub struct E(B);\n") },
        ];
        let [a, b, c, d, e] = &all;
        insta::assert_snapshot!(merged(&[a, b, c], &all), @r"
        //! A.
        //!
        //! B,
        //! too.
        //!
        //! C.

        use super as runtime;
        use super::x::D;
        use ::e::E;
        use serde::de::{self, Visitor};
        use std::fmt::{self, Write as _};

        fn f() { self::g(self::h()); abc::h(self::i, super::x::i); }

        pub struct B;

        pub fn h() {}
        ");
        assert_eq!(merged(&[d], &all), d.text);
        assert_eq!(merged(&[e], &all), "//! E.\n\nuse super::a::B;\n\npub struct E(B);\n");
    }
}
