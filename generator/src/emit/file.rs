//! An emitted file while it is written: its items and imports.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::docs::{self, Text};
use super::runtime::Checks;
use super::spelling::is_complex;
use super::text::WIDTH;
use crate::config::{ClientFeature, DeepArrays, Layout};
use crate::ir::{Docs, Graph, Overrides, Owner, Shape, Type, TypeId};
use crate::naming::{self, Names, same_words};

/// The attribute of items that the document declares as deprecated.
pub(super) const DEPRECATED: &str = "#[deprecated]";

/// The attribute of emitted code that uses deprecated items, without `#[` and `]`.
pub(super) const ALLOW_DEPRECATED: &str =
    "allow(deprecated, reason = \"what is deprecated is still read and written\")";

/// The traits that the macros `object!` and `union!` implement.
const BY_MACROS: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// The attribute of types that derive `Hash`: `Hash` and the `PartialEq` of the macros use the same fields.
const ALLOW_HASH: &str = "#[allow(clippy::derived_hash_with_manual_eq, reason = \"both take all fields\")]";

/// The attribute of emitted code with a type that clippy finds too complex, without `#[` and `]`.
pub(super) const ALLOW_COMPLEX: &str =
    "allow(clippy::type_complexity, reason = \"the document nests its types so\")";

/// The input of every file.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) graph: &'a Graph,
    pub(super) names: &'a Names,
    pub(super) layout: Layout,
    /// For each type, whether it can contain a secret.
    pub(super) secrets: &'a [bool],
    /// Whether operations can be called.
    pub(super) client: bool,
    /// Whether structs have `new`.
    pub(super) constructors: bool,
    /// Whether unions have conversions from their variants, `tag` and accessors.
    pub(super) union_methods: bool,
    /// How calls write lists inside of deep objects.
    pub(super) deep_arrays: DeepArrays,
    /// The enabled features of the client.
    pub(super) features: &'a [ClientFeature],
    /// Whether values can be checked.
    pub(super) checks: bool,
}

impl<'a> Context<'a> {
    /// The struct that `new` takes, if there is one.
    pub(super) fn required_ident(self, id: TypeId) -> Option<&'a str> {
        self.names.required_ident(id).filter(|_| self.constructors)
    }

    /// The enabled features, unless the features of a package decide.
    pub(super) fn switched_on(self) -> Option<&'a [ClientFeature]> {
        (self.layout != Layout::Crate).then_some(self.features)
    }

    /// Whether a copy of the runtime can check values.
    pub(super) fn checked(self) -> Checks {
        match (self.checks, self.layout) {
            (false, _) => Checks::Off,
            (true, Layout::Crate) => Checks::Feature,
            (true, Layout::Module | Layout::SingleFile) => Checks::On,
        }
    }
}

/// A file.
pub(super) struct File<'a> {
    pub(super) cx: Context<'a>,
    /// The owner of the file. Paths to other types are relative to it.
    pub(super) owner: Owner,
    pub(super) body: String,
    /// Types of other component schemas, by name.
    imports: BTreeSet<&'a str>,
    pub(super) uses_runtime: bool,
    /// Whether clippy finds a type too complex, which the root allows.
    pub(super) is_complex: bool,
    uses_models: bool,
    /// For a file outside of the module tree: the name of its root.
    outside: Option<&'a str>,
}

impl<'a> File<'a> {
    pub(super) fn new(cx: Context<'a>, owner: Owner) -> Self {
        Self {
            cx,
            owner,
            body: String::new(),
            imports: BTreeSet::new(),
            uses_runtime: false,
            is_complex: false,
            uses_models: false,
            outside: None,
        }
    }

    /// A file outside of the emitted module tree, whose root is called `root`.
    pub(super) fn outside(cx: Context<'a>, root: &'a str) -> Self {
        Self { outside: Some(root), ..Self::new(cx, Owner::Component(0)) }
    }

    /// The path to an item of an operation from outside of the module tree.
    pub(super) fn operation_item(&mut self, index: usize, item: &str) -> String {
        self.imports.insert("operations");
        format!("operations::{}::{item}", self.cx.names.operation(index).module)
    }

    /// The path to a named type from this file.
    pub(super) fn path(&mut self, id: TypeId) -> Option<String> {
        let ident = self.cx.names.type_ident(id)?;
        let home = self.cx.names.owner(id)?;
        if self.outside.is_some() {
            self.imports.insert(match home {
                Owner::Component(_) => ident,
                Owner::Operation(_) => "operations",
            });
            return self.cx.names.type_path(id);
        }
        Some(match (self.owner, home) {
            (here, there) if here == there => ident.to_owned(),
            (Owner::Component(_), Owner::Component(_)) => {
                self.imports.insert(ident);
                ident.to_owned()
            }
            (Owner::Operation(_), Owner::Component(_)) => match self.cx.layout {
                Layout::Crate | Layout::Module => {
                    self.uses_models = true;
                    format!("models::{ident}")
                }
                // The file is included in a module whose name is not known.
                Layout::SingleFile => format!("super::super::{ident}"),
            },
            (Owner::Operation(_), Owner::Operation(other)) => {
                format!("super::{}::{ident}", self.cx.names.operation(other).module)
            }
            (Owner::Component(_), Owner::Operation(other)) => {
                let root = self.root();
                format!("{root}operations::{}::{ident}", self.cx.names.operation(other).module)
            }
        })
    }

    /// `[secret] ` for a type that contains secrets.
    pub(super) fn secret(&self, id: TypeId) -> &'static str {
        if self.cx.secrets.get(id.0 as usize).copied().unwrap_or_default() { "[secret] " } else { "" }
    }

    /// The name `runtime`, which is then imported.
    pub(super) fn runtime(&mut self) -> &'static str {
        self.uses_runtime = true;
        "runtime"
    }

    /// Writes a line at a depth of indentation.
    pub(super) fn line(&mut self, depth: usize, text: impl AsRef<str>) {
        for _ in 0..depth {
            self.body.push_str("    ");
        }
        self.body.push_str(text.as_ref());
        self.body.push('\n');
    }

    /// Allows a type that clippy finds too complex. Usually the root has this attribute for all files, but a single
    /// file, which is included, cannot have inner attributes.
    pub(super) fn allow_complex(&mut self, depth: usize, spelled: &str) {
        if !is_complex(spelled) {
            return;
        }
        match self.cx.layout {
            Layout::Crate | Layout::Module => self.is_complex = true,
            Layout::SingleFile => self.line(depth, format!("#[{ALLOW_COMPLEX}]")),
        }
    }

    /// Writes an empty line, unless the file is empty.
    pub(super) fn gap(&mut self) {
        if !self.body.is_empty() {
            self.body.push('\n');
        }
    }

    /// Writes documentation at a depth of indentation, with the notes as paragraphs after that of the document.
    /// Deprecated items also get the attribute.
    pub(super) fn docs(&mut self, depth: usize, docs: &Docs, notes: &[String]) {
        self.text(depth, &docs::render(docs, notes));
        if docs.deprecated {
            self.line(depth, DEPRECATED);
        }
    }

    /// Writes the documentation of a type, and the notes after it. A title that only repeats the name is left out.
    pub(super) fn type_docs(&mut self, ident: &str, docs: &Docs, notes: &[String]) {
        match &docs.title {
            Some(title) if same_words(title, ident) => {
                self.docs(0, &Docs { title: None, ..docs.clone() }, notes);
            }
            _ => self.docs(0, docs, notes),
        }
    }

    /// Writes our own documentation, in Markdown.
    pub(super) fn text(&mut self, depth: usize, text: &Text) {
        for line in text.lines() {
            let space = if line.is_empty() { "" } else { " " };
            self.line(depth, format!("///{space}{line}"));
        }
    }

    /// The lines that import what the items need. In a single file all models share one scope.
    pub(super) fn uses(&self) -> String {
        let mut out = String::new();
        let mut names = self.imports.clone();
        if self.uses_runtime {
            names.insert("runtime");
        }
        if let Some(root) = self.outside {
            return use_list("use", root, &names);
        }
        match (self.owner, self.cx.layout) {
            (Owner::Component(_), Layout::SingleFile) => {}
            (Owner::Component(_), Layout::Crate | Layout::Module) => {
                out.push_str(&use_list("use", "super", &names))
            }
            (Owner::Operation(_), _) => {
                let mut modules = BTreeSet::new();
                if self.uses_models {
                    modules.insert("models");
                }
                if self.uses_runtime {
                    modules.insert("runtime");
                }
                out.push_str(&use_list("use", "super::super", &modules));
            }
        }
        out
    }

    /// Writes the traits that an item derives, and its attributes. Traits that the macros `object!` and `union!`
    /// implement are not derived.
    pub(super) fn derives(&mut self, ty: &Type) {
        let mut derives = naming::derives(ty);
        if matches!(ty.shape, Shape::Struct(_) | Shape::Union(_)) {
            derives.retain(|name| !BY_MACROS.contains(name));
            if derives.iter().any(|name| name.rsplit("::").next() == Some("Hash")) {
                self.line(0, ALLOW_HASH);
            }
        }
        if !derives.is_empty() {
            self.line(0, format!("#[derive({})]", derives.join(", ")));
        }
        self.attributes(0, &ty.overrides);
    }

    /// Writes the configured attributes.
    pub(super) fn attributes(&mut self, depth: usize, overrides: &Overrides) {
        for attribute in &overrides.attributes {
            self.line(depth, format!("#[{attribute}]"));
        }
    }

    /// The path from this file to the root.
    fn root(&self) -> &'static str {
        match (self.owner, self.cx.layout) {
            (Owner::Component(_), Layout::SingleFile) => "",
            (Owner::Component(_), Layout::Crate | Layout::Module) | (Owner::Operation(_), _) => {
                "super::super::"
            }
        }
    }
}

/// `use path::{a, b};` or, as `keyword`, `pub use`: on one line if it fits, otherwise as many names on a line as fit,
/// as rustfmt does.
pub(super) fn use_list(keyword: &str, path: &str, names: &BTreeSet<&str>) -> String {
    use_names(keyword, path, &names.iter().copied().collect::<Vec<_>>())
}

/// The same for names in this order.
pub(super) fn use_names(keyword: &str, path: &str, all: &[&str]) -> String {
    let list = match all {
        [] => return String::new(),
        [one] => (*one).to_owned(),
        [_, _, ..] => format!("{{{}}}", all.join(", ")),
    };
    let one_line = format!("{keyword} {path}::{list};");
    if one_line.len() <= WIDTH || all.len() == 1 {
        return one_line + "\n";
    }
    let mut out = format!("{keyword} {path}::{{\n");
    let mut line = String::from("   ");
    for name in all {
        if line.len() + name.len() + 2 > WIDTH {
            let _ = writeln!(out, "{line}");
            line = String::from("   ");
        }
        let _ = write!(line, " {name},");
    }
    let _ = write!(out, "{line}\n}};\n");
    out
}
