//! What is emitted for hand-built graphs.

use std::path::Path;

use modelsmith::config::{Config, Layout, RustOptions};
use modelsmith::emit;
use modelsmith::ir::*;
use modelsmith::load::MemoryReader;
use modelsmith::write::FileSet;

use crate::emit_graph::everything::everything;
use crate::emit_graph::*;

/// The text of a file, with the version that changes with each release left out.
#[track_caller]
fn text(files: &FileSet, path: &str) -> String {
    let text = files.get(path).unwrap_or_else(|| panic!("{path} is not emitted"));
    text.replace(concat!("modelsmith ", env!("CARGO_PKG_VERSION")), "modelsmith <version>")
}

#[test]
fn files_of_a_crate() {
    let files = emit::emit(&everything(), &RustOptions::default());
    for path in [
        "Cargo.toml",
        "src/lib.rs",
        "src/models.rs",
        "src/models/confirm_risky.rs",
        "src/models/confirmation_policy_base.rs",
        "src/models/input.rs",
        "src/models/by_tag.rs",
        "src/models/security_risk.rs",
        "src/models/everything.rs",
        "src/models/all.rs",
        "src/operations.rs",
        "src/operations/create_pet.rs",
        "src/operations/move_.rs",
    ] {
        insta::assert_snapshot!(path.replace('/', "__"), text(&files, path));
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let first = emit::emit(&everything(), &RustOptions::default());
    assert_eq!(emit::emit(&everything(), &RustOptions::default()), first);
}

#[test]
fn a_single_file_has_no_inner_attributes_at_its_top() {
    let mut options = RustOptions::default();
    options.layout = Layout::SingleFile;
    let files = emit::emit(&everything(), &options);
    assert_eq!(files.iter().map(|(path, _)| path).collect::<Vec<_>>(), [emit::SINGLE_FILE]);
    let text = text(&files, emit::SINGLE_FILE);
    let at_top = text.lines().take_while(|line| !line.starts_with("pub mod operations"));
    assert!(at_top.clone().all(|line| !line.starts_with("//!") && !line.starts_with("#!")));
    insta::assert_snapshot!(text.lines().take(60).collect::<Vec<_>>().join("\n"));
}

/// rustc resolves globs again for each glob: with one per schema, compiling takes time in their number squared.
#[test]
fn everything_is_exported_by_name() {
    for layout in [Layout::Crate, Layout::Module] {
        let mut options = RustOptions::default();
        options.layout = layout;
        let files = emit::emit(&everything(), &options);
        for (path, text) in files.iter().filter(|(path, _)| !path.contains("runtime")) {
            assert!(!text.contains("::*"), "{path}:\n{text}");
        }
        let root = files.get("src/lib.rs").or(files.get("mod.rs")).expect("a root");
        assert!(root.contains("pub use models::{\n    A, "), "{root}");
    }
}

/// The lists are wrapped as rustfmt wraps them: within 100 columns, the names in order.
#[test]
fn long_lists_of_exports_are_wrapped() {
    let mut b = Builder::new();
    for index in (0..14).rev() {
        b.component(&format!("Component{index:02}"), object(Vec::new()), true);
    }
    let files = emit::emit(&b.graph(), &RustOptions::default());
    assert!(text(&files, "src/lib.rs").ends_with(
        "\npub use models::{\n    \
         Component00, Component01, Component02, Component03, Component04, Component05, Component06,\n    \
         Component07, Component08, Component09, Component10, Component11, Component12, Component13,\n};\n"
    ));
    assert!(text(&files, "src/models.rs").ends_with(
        "mod component00;\n\n\
         pub use self::component13::Component13;\n\
         pub use self::component12::Component12;\n\
         pub use self::component11::Component11;\n\
         pub use self::component10::Component10;\n\
         pub use self::component09::Component09;\n\
         pub use self::component08::Component08;\n\
         pub use self::component07::Component07;\n\
         pub use self::component06::Component06;\n\
         pub use self::component05::Component05;\n\
         pub use self::component04::Component04;\n\
         pub use self::component03::Component03;\n\
         pub use self::component02::Component02;\n\
         pub use self::component01::Component01;\n\
         pub use self::component00::Component00;\n"
    ));
}

#[test]
fn titles_that_try_to_get_out_of_a_comment() {
    let mut b = Builder::new();
    b.parts.api.title = "x\n#![forbid(unsafe_code)]\u{202e} \"\\".to_owned();
    b.parts.api.source = "a\nb//c.json".to_owned();
    let files = emit::emit(&b.graph(), &RustOptions::default());
    for path in ["src/lib.rs", "src/models.rs"] {
        let text = text(&files, path);
        assert!(text.lines().all(|line| !line.starts_with("#!") && !line.contains('\u{202e}')), "{text}");
    }
    insta::assert_snapshot!(text(&files, "Cargo.toml"));
}

#[test]
fn packages_are_named_by_the_title() {
    for (title, name) in [
        ("Agent Server", "agent-server-models"),
        ("Pet Models", "pet-models"),
        ("Models", "api-models"),
        ("test", "test-models"),
        ("serde json", "serde-json-models"),
        ("", "api-models"),
        ("3D Printer", "api-3d-printer-models"),
        ("Ünïcode API", "unicode-api-models"),
    ] {
        let mut b = Builder::new();
        b.parts.api.title = title.to_owned();
        let files = emit::emit(&b.graph(), &RustOptions::default());
        let manifest = text(&files, "Cargo.toml");
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{title:?}:\n{manifest}");
    }
}

/// Components that are other names for types: they refer to what is there and define nothing twice.
#[test]
fn aliases_of_components() {
    let mut b = Builder::new();
    let text_type = b.scalar(Scalar::String);
    let list = b.ty(None, Shape::List(some(text_type)), true);
    let pet = b.component("Pet", object(Vec::new()), true);
    b.same("Animal", some(pet));
    b.same("Tags", nullable(list));
    let files = emit::emit(&b.graph(), &RustOptions::default());
    assert!(text(&files, "src/models/animal.rs").ends_with("use super::Pet;\n\npub type Animal = Pet;\n"));
    assert!(text(&files, "src/models/tags.rs").ends_with("\npub type Tags = Option<Vec<String>>;\n"));
}

#[test]
fn headers_name_the_file_in_which_a_schema_stands() {
    let reader = MemoryReader::new()
        .with(
            "api/openapi.json",
            r#"{"openapi": "3.1.0", "components": {"schemas": {"Pet": {"$ref": "parts/pet.json#/Pet"}}}}"#,
        )
        .with("api/parts/pet.json", r#"{"Pet": {"properties": {"owner": {"$ref": "../../owner.json"}}}}"#)
        .with("owner.json", r#"{"type": "string", "enum": ["a"]}"#);
    let mut config = Config::default();
    config.input.allow_outside = true;
    let output = modelsmith::generate(Path::new("api/openapi.json"), &reader, &config).expect("it is read");
    let header =
        |path| output.files.get(path).expect("it is emitted").lines().next().expect("a header").to_owned();
    assert!(
        header("src/models/pet.rs").contains(" from parts/pet.json#/Pet. "),
        "{}",
        header("src/models/pet.rs")
    );
    assert!(
        header("src/models/owner.rs").contains(" from ../owner.json#. "),
        "{}",
        header("src/models/owner.rs")
    );
}
