//! What operations' modules are called: what the settings say of it, what entries of `include` make of it, and what is
//! said when a module is another operation's.

use crate::cli_support::Folder;

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Shell, version: \"1\" }\npaths:\n";
const CLEAR: &str =
    "  /bash: { delete: { operationId: clear_bash_delete, responses: { '204': { description: Done } } } }\n";
const CLEAR_TALK: &str = "  /talks/{id}/bash: { delete: { operationId: clear_talks__id__bash_delete, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '204': { description: Done } } } }\n";
const LIST: &str =
    "  /items: { get: { operationId: listItems, responses: { '204': { description: None } } } }\n";

fn with(paths: &[&str]) -> Folder {
    let folder = Folder::new();
    write(&folder, paths);
    folder
}

fn write(folder: &Folder, paths: &[&str]) {
    folder.write("api.yaml", &format!("{HEAD}{}", paths.concat()));
}

fn modules(folder: &Folder) -> Vec<String> {
    let run = folder.run(&["generate", "api.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let files = folder.tree("out").into_iter();
    let modules =
        files.filter_map(|path| Some(path.strip_prefix("src/operations/")?.strip_suffix(".rs")?.to_owned()));
    modules.collect()
}

/// What `generate` says before its summary.
fn said(folder: &Folder) -> String {
    let run = folder.run(&["generate", "api.yaml", "-o", "out"]);
    let (before, _) = run.stderr.trim_end().rsplit_once('\n').unwrap_or_default();
    before.to_owned()
}

#[test]
fn a_name_that_two_could_have_is_given_up() {
    let folder = with(&[CLEAR]);
    assert_eq!(modules(&folder), ["clear"]);
    write(&folder, &[CLEAR_TALK, CLEAR]);
    assert_eq!(modules(&folder), ["clear_bash_delete", "clear_talks_id_bash_delete"]);
}

#[test]
fn settings_rename_by_identifier_or_by_method_and_path() {
    let folder = with(&[CLEAR, CLEAR_TALK, LIST]);
    folder.write(
        "modelsmith.toml",
        "[operation.\"DELETE /bash\"]\nrename = \"clear\"\n[operation.listItems]\nrename = \"items\"\n",
    );
    assert_eq!(modules(&folder), ["clear", "clear_talks_id_bash_delete", "items"]);
    assert_eq!(said(&folder), "");
}

#[test]
fn renames_without_an_effect_are_said() {
    let folder = with(&[CLEAR, LIST]);
    folder.write(
        "modelsmith.toml",
        "exclude = [\"operation:listItems\"]\n[operation.\"DELETE /bsh\"]\nrename = \"clear\"\n[operation.listItems]\n\
         rename = \"items\"\n",
    );
    insta::assert_snapshot!(said(&folder));
    folder.write(
        "modelsmith.toml",
        "[operation.clear_bash_delete]\nrename = \"same\"\n[operation.listItems]\nrename = \"same\"\n",
    );
    insta::assert_snapshot!("same_name_twice", said(&folder));
    folder.write("modelsmith.toml", "[operation.clear_bash_delete]\nrename = \"listItems\"\n");
    insta::assert_snapshot!("not_a_module", folder.run(&["generate", "api.yaml", "-o", "out"]).stderr);
}

#[test]
fn entries_name_modules_too_and_what_is_left_out_keeps_its_name() {
    let folder = with(&[CLEAR, CLEAR_TALK, LIST]);
    for (entry, kept) in [
        ("list_items", "list_items"),
        ("clear_talks_id_bash_delete", "clear_talks_id_bash_delete"),
        ("DELETE /bash", "clear_bash_delete"),
    ] {
        folder.write("modelsmith.toml", &format!("include = [\"operation:{entry}\"]\n"));
        assert_eq!(modules(&folder), [kept], "{entry}");
    }
    folder.write(
        "modelsmith.toml",
        "include = [\"operation:clear\"]\n[operation.\"DELETE /bash\"]\nrename = \"clear\"\n",
    );
    assert_eq!(modules(&folder), ["clear"]);
}

/// The only operation of this name is another one: nothing in the new document says so, but the old output does.
#[test]
fn a_module_that_is_another_operations_is_a_warning() {
    let folder = with(&[CLEAR]);
    for layout in ["crate", "single-file"] {
        folder.write("modelsmith.toml", &format!("layout = \"{layout}\"\n"));
        write(&folder, &[CLEAR]);
        assert_eq!(said(&folder), "");
        write(&folder, &[CLEAR_TALK]);
        insta::assert_snapshot!("moved", said(&folder));
        assert_eq!(said(&folder), "");
        folder.run(&["generate", "api.yaml", "-o", "out"]);
        std::fs::remove_dir_all(folder.root().join("out")).expect("the output can be removed");
    }
}

#[test]
fn build_scripts_warn_of_it_too() {
    let folder = with(&[CLEAR]);
    let lines = || {
        let script = modelsmith::build::models(folder.root().join("api.yaml"));
        let lines = script.generate_into(folder.root()).expect("the models can be made");
        lines.into_iter().filter(|line| line.starts_with("cargo::warning=")).collect::<Vec<_>>()
    };
    assert_eq!(lines(), Vec::<String>::new());
    write(&folder, &[CLEAR_TALK]);
    assert_eq!(
        lines(),
        ["cargo::warning=`operations::clear` was `DELETE /bash` and is now `DELETE /talks/{id}/bash`"]
    );
}

#[test]
fn webhooks_and_callbacks_have_places_of_their_own() {
    let folder = Folder::new();
    let called = "{ post: { responses: { '204': { description: Seen } } } }";
    let subscribe = |path: &str| {
        format!(
            "  {path}: {{ post: {{ responses: {{ '204': {{ description: Done }} }}, callbacks: {{ event: {{ '{{$request.body#/url}}': {called} }} }} }} }}\n"
        )
    };
    folder.write(
        "api.yaml",
        &format!("{HEAD}{}{}webhooks: {{ seen: {called} }}\n", subscribe("/a"), subscribe("/b")),
    );
    insta::assert_snapshot!(modules(&folder).join("\n"));
}

/// Nothing in the code that uses the module says so, not even to the compiler.
#[test]
fn diff_calls_a_name_of_another_operation_breaking() {
    let folder = with(&[CLEAR, LIST]);
    let renamed = "[operation.clear_talks__id__bash_delete]\nrename = \"clear\"\n[operation.clear_bash_delete]\nrename = \"clear_bash\"\n";
    for (name, paths, settings) in [
        ("the_first_is_gone", vec![CLEAR_TALK, LIST], ""),
        ("the_first_is_renamed", vec![CLEAR, CLEAR_TALK, LIST], renamed),
    ] {
        folder.write("new/modelsmith.toml", settings);
        folder.write("new/api.yaml", &format!("{HEAD}{}", paths.concat()));
        let run = folder.run(&["diff", "api.yaml", "new/api.yaml"]);
        assert_eq!(run.code, Some(1), "{run}");
        insta::assert_snapshot!(name, run.stdout);
    }
}
