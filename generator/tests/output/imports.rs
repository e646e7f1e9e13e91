//! What a file of the models imports, it uses: the compiler would warn of anything else in the user's own crate.

use std::collections::BTreeSet;

use modelsmith::load::DiskReader;
use syn::visit::Visit;

use crate::fixture_documents::{with_each, without_runtime};

/// The names that a file imports from its parent, and all others that are in it, in the arguments of macros too.
#[derive(Default)]
struct Names {
    imported: BTreeSet<String>,
    mentioned: BTreeSet<String>,
}

impl Names {
    fn import(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree),
            syn::UseTree::Name(name) => drop(self.imported.insert(name.ident.to_string())),
            syn::UseTree::Rename(name) => drop(self.imported.insert(name.rename.to_string())),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree)),
            syn::UseTree::Glob(_) => {}
        }
    }

    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Group(group) => self.tokens(group.stream()),
                proc_macro2::TokenTree::Ident(ident) => drop(self.mentioned.insert(ident.to_string())),
                proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'f> Visit<'f> for Names {
    fn visit_item_use(&mut self, item: &'f syn::ItemUse) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.import(&item.tree);
        }
    }

    fn visit_ident(&mut self, ident: &'f proc_macro2::Ident) {
        self.mentioned.insert(ident.to_string());
    }

    fn visit_macro(&mut self, call: &'f syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }
}

#[test]
fn every_import_is_used() {
    let found = with_each(|path| {
        let mut config = without_runtime();
        config.rust.client = true;
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let output = modelsmith::generate(path, &DiskReader, &config).expect("the fixture is right");
        let (mut files, mut unused) = (0, Vec::new());
        for (file, text) in output.files.iter().filter(|(file, _)| file.starts_with("src/models/")) {
            let mut names = Names::default();
            names.visit_file(&syn::parse_file(text).expect("it is Rust"));
            let lost = names.imported.difference(&names.mentioned);
            unused.extend(lost.map(|import| format!("{name}: {file} imports `{import}`")));
            files += 1;
        }
        (files, unused)
    });
    let files: usize = found.iter().map(|(files, _)| files).sum();
    let unused: Vec<&String> = found.iter().flat_map(|(_, unused)| unused).collect();
    assert!(files > 500, "only {files} files were looked at");
    assert!(unused.is_empty(), "{unused:#?}");
}
