//! A build script that looks after committed models.

use crate::cli_support::{Folder, PETS};

#[test]
fn committed_models_are_warned_of_and_watched() {
    let folder = Folder::with_pets();
    let root = folder.root();
    let script = modelsmith::build::models(root.join("pets.yaml"))
        .warn_if_stale(root.join("out"), "modelsmith generate pets.yaml -o out");
    let lines = || script.generate_into(root).expect("the models can be made");
    let warning = format!(
        "cargo::warning={} is stale; run `modelsmith generate pets.yaml -o out`",
        root.join("out").display()
    );
    assert!(lines().contains(&warning));

    assert_eq!(folder.run(&["generate", "pets.yaml", "-o", "out"]).code, Some(0));
    assert!(!lines().contains(&warning));
    // Otherwise Cargo would not run the script again, and repeat the warning that it has kept.
    for path in folder.tree("out").into_iter().chain(["src/runtime.rs".to_owned()]) {
        let watched = format!("cargo::rerun-if-changed={}", root.join("out").join(&path).display());
        assert!(lines().contains(&watched), "{path}");
    }

    folder.write("pets.yaml", &PETS.replace("    Free: {}\n", ""));
    assert!(lines().contains(&warning));
}
