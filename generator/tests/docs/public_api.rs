//! The public interface of the library, read from its sources: what a user's code can name, without what is hidden from
//! the documentation. A change of it shows up as a changed snapshot.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Attribute, ImplItem, Item, ItemImpl, ItemUse, UseTree, Visibility};

/// The items of each module, by its path from the root of the crate (`diff::model`).
#[derive(Default)]
struct Crate {
    modules: BTreeMap<String, Vec<Item>>,
}

fn joined(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether there is an attribute `name(of)`.
fn has(attributes: &[Attribute], name: &str, of: &str) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list();
        attribute.path().is_ident(name) && list.is_ok_and(|list| list.tokens.to_string() == of)
    })
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    has(attributes, "doc", "hidden") || has(attributes, "cfg", "test")
}

/// Whether there is a comment of documentation.
fn is_documented(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("doc") && attribute.meta.require_name_value().is_ok())
}

impl Crate {
    /// Reads the file of a module and those of the modules below it.
    fn read(&mut self, file: &Path, folder: &Path, module: &str) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let items = syn::parse_file(&text).expect("a source file is Rust").items;
        for item in &items {
            if let Item::Mod(inner) = item
                && inner.content.is_none()
                && !has(&inner.attrs, "cfg", "test")
            {
                let name = inner.ident.to_string();
                let below = folder.join(&name);
                let beside = folder.join(format!("{name}.rs"));
                let file = if beside.is_file() { beside } else { below.join("mod.rs") };
                self.read(&file, &below, &joined(module, &name));
            }
        }
        self.modules.insert(module.to_owned(), items);
    }

    /// Where an item is defined that is called `name` in a module.
    fn find(&self, module: &str, name: &str) -> Option<(String, &Item)> {
        let items = self.modules.get(module)?;
        if let Some(item) = items.iter().find(|item| name_of(item).is_some_and(|own| own == name)) {
            return Some((module.to_owned(), item));
        }
        let uses =
            items.iter().filter_map(|item| if let Item::Use(found) = item { Some(found) } else { None });
        uses.flat_map(names).find(|(own, _)| own == name).and_then(|(_, path)| self.follow(module, &path))
    }

    /// The item at a path that is written in a module.
    fn follow(&self, module: &str, path: &[String]) -> Option<(String, &Item)> {
        let (name, above) = path.split_last()?;
        let mut at = module.to_owned();
        for (index, segment) in above.iter().enumerate() {
            at = match segment.as_str() {
                "crate" => String::new(),
                "self" => at,
                "super" => at.rsplit_once("::").map_or_else(String::new, |(above, _)| above.to_owned()),
                _ if index == 0 && !self.modules.contains_key(&joined(&at, segment)) => segment.clone(),
                _ => joined(&at, segment),
            };
        }
        self.find(&at, name)
    }
}

/// What an item is called, imports and implementations aside.
fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// The names that an import gives, and the paths behind them.
fn names(found: &ItemUse) -> Vec<(String, Vec<String>)> {
    fn collect(tree: &UseTree, path: &[String], all: &mut Vec<(String, Vec<String>)>) {
        let with = |name: &syn::Ident| [path, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(inner) => collect(&inner.tree, &with(&inner.ident), all),
            UseTree::Name(name) => all.push((name.ident.to_string(), with(&name.ident))),
            UseTree::Rename(name) => all.push((name.rename.to_string(), with(&name.ident))),
            UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, path, all)),
            UseTree::Glob(_) => panic!("an import of everything from {path:?} hides what is public"),
        }
    }
    let mut all = Vec::new();
    collect(&found.tree, &[], &mut all);
    all
}

/// What is public, module by module.
struct Listing<'c> {
    of: &'c Crate,
    text: String,
    count: usize,
}

impl Listing<'_> {
    fn module(&mut self, module: &str) {
        let shown = if module.is_empty() { "modelsmith" } else { module };
        self.text.push_str(&format!("\n// ---- {shown}\n"));
        let items = &self.of.modules[module];
        for item in items {
            match item {
                Item::Use(found) if is_public(&found.vis) && !is_hidden(&found.attrs) => {
                    for (name, path) in names(found) {
                        let (home, item) =
                            self.of.follow(module, &path).unwrap_or_else(|| panic!("{path:?}"));
                        assert_eq!(name_of(item), Some(name), "a public name is that of the item");
                        self.item(&home, item);
                    }
                }
                _ => self.item(module, item),
            }
        }
        for item in items {
            if let Item::Mod(inner) = item
                && is_public(&inner.vis)
                && !is_hidden(&inner.attrs)
            {
                self.module(&joined(module, &inner.ident.to_string()));
            }
        }
    }

    /// Writes an item down, without bodies and what is private in it.
    fn item(&mut self, home: &str, item: &Item) {
        let mut item = item.clone();
        let (attributes, visibility) = match &mut item {
            Item::Const(item) => (&mut item.attrs, &item.vis),
            Item::Enum(item) => {
                item.variants.iter_mut().for_each(|variant| {
                    variant.attrs.retain(is_told);
                    variant.fields.iter_mut().for_each(|field| field.attrs.retain(is_told));
                });
                (&mut item.attrs, &item.vis)
            }
            Item::Fn(item) => {
                item.block.stmts.clear();
                (&mut item.attrs, &item.vis)
            }
            Item::Static(item) => (&mut item.attrs, &item.vis),
            Item::Struct(item) => {
                public_fields(item);
                (&mut item.attrs, &item.vis)
            }
            Item::Trait(item) => {
                for inner in &mut item.items {
                    if let syn::TraitItem::Fn(inner) = inner {
                        inner.attrs.retain(is_told);
                        inner.default = None;
                    }
                }
                (&mut item.attrs, &item.vis)
            }
            Item::Type(item) => (&mut item.attrs, &item.vis),
            _ => return,
        };
        if !is_public(visibility) || is_hidden(attributes) {
            return;
        }
        assert!(is_documented(attributes), "{home}: {:?} has no documentation", name_of(&item));
        attributes_told(&mut item);
        self.count += 1;
        let name = name_of(&item).expect("it has a name");
        let is_type = matches!(item, Item::Enum(_) | Item::Struct(_) | Item::Trait(_));
        self.write(item);
        if is_type {
            self.implementations(home, &name);
        }
    }

    /// Writes down what is implemented for a type, wherever in the crate that stands.
    fn implementations(&mut self, home: &str, name: &str) {
        for (module, items) in &self.of.modules {
            for item in items {
                let Item::Impl(found) = item else { continue };
                let syn::Type::Path(own) = &*found.self_ty else { continue };
                let own = own.path.segments.last().expect("a path has a segment").ident.to_string();
                let is_it = own == name && self.of.find(module, &own).is_some_and(|(at, _)| at == home);
                if is_it && !is_hidden(&found.attrs) {
                    self.implementation(found.clone());
                }
            }
        }
    }

    fn implementation(&mut self, mut found: ItemImpl) {
        let of_trait = found.trait_.is_some();
        found.attrs.clear();
        if of_trait {
            found.items.clear();
        }
        found.items.retain_mut(|item| {
            let (attributes, visibility) = match item {
                ImplItem::Fn(item) => {
                    item.block.stmts.clear();
                    (&mut item.attrs, &item.vis)
                }
                ImplItem::Const(item) => (&mut item.attrs, &item.vis),
                _ => return false,
            };
            let is_shown = is_public(visibility) && !is_hidden(attributes);
            attributes.retain(is_told);
            is_shown
        });
        self.count += found.items.len();
        if of_trait || !found.items.is_empty() {
            self.write(Item::Impl(found));
        }
    }

    fn write(&mut self, item: Item) {
        let file = syn::File { shebang: None, attrs: Vec::new(), items: vec![item], frontmatter: None };
        self.text.push_str(&prettyplease::unparse(&file).replace(" {}\n", ";\n"));
    }
}

/// Attributes that users notice.
fn is_told(attribute: &Attribute) -> bool {
    ["derive", "non_exhaustive", "must_use", "default"].iter().any(|name| attribute.path().is_ident(name))
}

fn attributes_told(item: &mut Item) {
    let attributes = match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        _ => return,
    };
    attributes.retain(is_told);
}

/// Leaves out private fields, and those that are hidden from the documentation.
fn public_fields(item: &mut syn::ItemStruct) {
    let is_shown = |field: &syn::Field| is_public(&field.vis) && !is_hidden(&field.attrs);
    let keep = |fields: &mut syn::punctuated::Punctuated<syn::Field, syn::Token![,]>| {
        let kept = std::mem::take(fields).into_iter().filter(is_shown);
        *fields = kept
            .map(|mut field| {
                field.attrs.retain(is_told);
                field
            })
            .collect();
    };
    match &mut item.fields {
        syn::Fields::Named(fields) => keep(&mut fields.named),
        syn::Fields::Unnamed(fields) => keep(&mut fields.unnamed),
        syn::Fields::Unit => {}
    }
}

#[test]
fn the_public_interface_is_what_is_pinned() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Crate::default();
    all.read(&sources.join("lib.rs"), &sources, "");
    let mut listing = Listing { of: &all, text: String::new(), count: 0 };
    listing.module("");
    let Listing { text, count, .. } = listing;
    for word in ["openapiv3", "OpenAPI", "indexmap", "IndexMap", "serde_yaml", "toml ::", "syn ::"] {
        assert!(!text.contains(word), "`{word}` is the type of another crate, which may change:\n{text}");
    }
    insta::assert_snapshot!(format!("// {count} items and methods\n{text}"));
}
