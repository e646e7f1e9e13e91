//! Emits the tests that read and write the examples of the document.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::difference::Place;
use super::file::{Context, File};
use super::modules;
use super::text::{WIDTH, is_harmless, one_line, quoted};
use crate::ir::{Owner, TypeId};

/// The helper function in every such file.
const HELPERS: &str = include_str!("examples/helpers.rs");

/// The name of the function in it, which no test can have.
const RESERVED: &str = "holds";

/// The file. `root` is the name of the root of the models.
pub(super) fn file(cx: Context<'_>, root: &str, difference: Place) -> String {
    let examples = cx.graph.examples();
    if examples.is_empty() {
        return "\n// The document has no examples that fit their schemas.\n".to_owned();
    }
    let mut file = File::outside(cx, root);
    let deprecated = modules::has_deprecated(cx.graph);
    let mut taken = BTreeSet::from([RESERVED.to_owned()]);
    for tests in examples.chunk_by(|one, next| one.owner == next.owner) {
        let Some(first) = tests.first() else { continue };
        let name = module(cx, first.owner, Some(first.ty.id)).unwrap_or_else(|| "example".to_owned());
        let name = unique(&name, &mut taken);
        file.gap();
        if deprecated {
            file.line(0, "#[allow(deprecated)]");
        }
        file.line(0, "#[test]");
        file.line(0, format!("fn {name}() {{"));
        for example in tests {
            let ty = file.type_ref(example.ty);
            let except: Vec<String> = example.except.iter().map(|pointer| quoted(pointer)).collect();
            let file_of = cx.graph.api().files.get(&example.location.file).map_or("", String::as_str);
            let place = quoted(&one_line(&format!("{file_of}#{}", example.location.pointer)));
            let (except, json) = (except.join(", "), raw(&example.json));
            let line = format!("holds::<{ty}>({place}, &[{except}], {json});");
            if line.len() + 4 <= WIDTH && !line.contains('\n') {
                file.line(1, line);
                continue;
            }
            file.line(1, format!("holds::<{ty}>("));
            for argument in [place, format!("&[{except}]"), json] {
                file.line(2, argument + ",");
            }
            file.line(1, ");");
        }
        file.line(0, "}");
    }
    let mut out = String::from("\n// The document's examples, read and written again.\n\n");
    out.push_str(difference.start());
    let uses = file.uses();
    if !uses.is_empty() {
        if deprecated {
            out.push_str("#[allow(deprecated)]\n");
        }
        let _ = writeln!(out, "{uses}");
    }
    out + &file.body + "\n" + HELPERS + &difference.end()
}

/// The name of the test for a value of a type: the module of its owner.
pub(super) fn module(cx: Context<'_>, owner: Owner, ty: Option<TypeId>) -> Option<String> {
    let component = |index| cx.names.component_module(index).map(str::to_owned);
    let own = match owner {
        Owner::Operation(index) => Some(cx.names.operation(index).module.clone()),
        Owner::Component(index) => component(index),
    };
    // The other side of a pair that became one type has no module.
    let of_type = || match cx.names.owner(ty?)? {
        Owner::Operation(_) => None,
        Owner::Component(index) => component(index),
    };
    own.or_else(of_type)
}

/// The name, with a number if it is taken.
pub(super) fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    // One of them is free: there are infinitely many.
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}

/// JSON as a raw string. Invisible characters, which can only be inside of JSON strings, are written as JSON escapes.
fn raw(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        if is_harmless(char) || char == '\n' {
            text.push(char);
        } else {
            let _ = write!(text, "\\u{:04x}", u32::from(char));
        }
    }
    let mut longest = 0;
    for after in text.split('"').skip(1) {
        longest = longest.max(after.bytes().take_while(|byte| *byte == b'#').count());
    }
    let fence = "#".repeat(longest + 1);
    format!("r{fence}\"{text}\"{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_raw_string_ends_where_the_json_ends() {
        assert_eq!(raw(r#"{"a": 1}"#), r##"r#"{"a": 1}"#"##);
        assert_eq!(raw("\"#\""), "r##\"\"#\"\"##");
        assert_eq!(raw("\"\u{202e}\""), "r#\"\"\\u202e\"\"#");
    }

    #[test]
    fn names_are_numbered_when_they_are_taken() {
        let mut taken = BTreeSet::from(["holds".to_owned()]);
        let names = ["pet", "holds", "pet"].map(|name| unique(name, &mut taken));
        assert_eq!(names, ["pet", "holds_2", "pet_2"]);
    }
}
