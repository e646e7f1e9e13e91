use super::*;
use crate::ir::GraphParts;

fn everything() -> Embedded {
    Embedded { left_out: vec!["sources"], features: None, checks: Checks::Feature }
}

#[test]
fn every_module_of_the_runtime_is_there() {
    let everything = everything();
    let inner = everything.inner();
    let root = everything.root(&inner);
    let declared: Vec<&str> = root.lines().filter_map(module).collect();
    let of_root = inner.keys().copied().filter(|name| !name.contains('/'));
    assert_eq!(declared, of_root.collect::<Vec<_>>());
    let of_folder = inner.keys().filter_map(|name| name.strip_prefix("client/"));
    let declared: Vec<&str> = inner[FOLDER].lines().filter_map(module).collect();
    assert_eq!(declared, of_folder.collect::<Vec<_>>());
    let one = everything.one_module();
    for (name, _) in SOURCES.iter().filter(|(name, _)| !["lib", "sources", FOLDER].contains(name)) {
        let text = inner.get(everything.file_of(name)).unwrap_or_else(|| panic!("{name} is in no file"));
        assert!(one.contains(text.as_str()), "{name} is not in the single file");
    }
    // What the package exports is exported, wherever it is.
    for name in ["Error", "Patch", "Secret", "from_slice", "Date", "Viewed", "probe_union"] {
        assert!(root.contains(name), "{name} is not exported:\n{root}");
    }
}

/// The files for a document with these items, without `runtime/` and `.rs`.
fn files(items: &[&str]) -> Vec<String> {
    let runtime = Embedded::of(&GraphParts::default().freeze(), items.iter().copied(), None, Checks::Off);
    let name = |path: String| path.trim_start_matches("runtime/").trim_end_matches(".rs").to_owned();
    runtime.files().skip(1).map(|(path, _)| name(path)).collect()
}

#[test]
fn a_small_document_has_few_files() {
    let always =
        ["object", "properties", "read", "scalar", "serde_impls", "source", "tape", "values", "view"];
    assert_eq!(files(&["runtime::object!(Pet { required name; });"]), always);
    let with_enum = files(&["runtime::string_enum!(Size { Small = \"small\" });"]);
    assert_eq!(with_enum.len(), always.len() + 1);
    let with_union = files(&["runtime::tagged_union!(Pet, tag = \"kind\", { Cat, Dog });"]);
    assert_eq!(with_union.len(), always.len() + 2);
}

#[test]
fn modules_that_are_in_one_file_are_those_of_the_package_and_not_too_long() {
    for (path, text) in everything().files() {
        assert!(text.lines().count() <= 500, "{path} is long: take it out of `TOGETHER`");
    }
    for file in TOGETHER {
        for name in *file {
            assert!(
                SOURCES.iter().any(|(found, _)| found == name),
                "the runtime does not have a module `{name}`"
            );
            assert_eq!(TOGETHER.iter().filter(|file| file.contains(name)).count(), 1, "{name}");
        }
    }
}

#[test]
fn features_and_exported_macros_are_those_of_the_package_only() {
    let everything = everything();
    for (path, text) in everything.files() {
        for word in ["macro_export", "cfg(feature", "mod sources", "SOURCES"] {
            let is_switch =
                word == "cfg(feature" && ["runtime.rs", "runtime/client.rs"].contains(&path.as_str());
            assert!(is_switch || !text.contains(word), "{path} has {word}");
        }
    }
    let root = everything.root(&everything.inner());
    let macros = root.lines().filter(|line| line.starts_with("pub(crate) use ")).count();
    assert!(macros > 0 && root.contains("\npub(crate) use serde_impls::serde;\n"), "{root}");
    // A macro of which the package forgets that it is exported would be missing there.
    for (name, text) in SOURCES {
        let exported = text.lines().filter_map(exported_macro).count();
        assert_eq!(exported, text.matches("#[macro_export]\n").count(), "{name}");
    }
}

#[test]
fn what_is_switched_on_is_emitted_where_there_are_no_features() {
    let one = |features: &[ClientFeature]| {
        let items = ["runtime::operation!();"].into_iter();
        Embedded::of(&GraphParts::default().freeze(), items, Some(features), Checks::Off).one_module()
    };
    let plain = one(&[]);
    let modules = ["send", "transport", "redirect", "reqwest", "ureq", "traced", "untraced"];
    let present = |text: &str| modules.map(|name| text.contains(&format!("mod {name} {{\n")));
    assert_eq!(present(&plain), [false; 7]);
    assert_eq!(present(&one(&[ClientFeature::Ureq])), [true, true, true, false, true, false, true]);
    let all = one(&[ClientFeature::Reqwest, ClientFeature::Tracing]);
    assert_eq!(present(&all), [true, true, true, true, false, true, false]);
    assert!(
        !plain.contains("cfg(feature") && !all.contains("cfg(feature") && !all.contains("cfg(all"),
        "{all}"
    );
    // What depends on the target stays so.
    assert!(all.contains("#[cfg(target_arch = \"wasm32\")]"), "{all}");
    assert!(all.contains("use traced::CallSpan;") && !all.contains("use untraced::CallSpan;"), "{all}");
}

#[test]
fn what_nothing_mentions_is_left_out() {
    let runtime = Embedded::of(
        &GraphParts::default().freeze(),
        ["pub name: runtime::Patch<String>,", "pub id: i64,"].into_iter(),
        None,
        Checks::Off,
    );
    let paths: Vec<String> = runtime.files().map(|(path, _)| path).collect();
    let has = |path: &str| paths.iter().any(|found| found == path);
    assert!(has("runtime/patch.rs") && !has("runtime/base64.rs"), "{paths:?}");
    let one = runtime.one_module();
    assert!(one.contains("mod patch {\n") && one.contains("pub use patch::Patch;\n"), "{one}");
    assert!(!one.contains("mod dates") && !one.contains("mod base64") && !one.contains("base64::"), "{one}");
}
