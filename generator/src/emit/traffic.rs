//! Emits the tests that read and write recorded traffic.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::difference::Place;
use super::examples::{module, unique};
use super::file::{Context, File};
use super::modules;
use super::package::indent;
use super::text::WIDTH;
use crate::ir::{Owner, Recorded};

/// The helpers in every such file.
const HELPERS: &str = include_str!("traffic/helpers.rs");

/// The lines before the first exchange.
const HEAD: usize = 1;

/// The file with the recorded exchanges.
pub(super) fn data(header: &str, recorded: &[Recorded]) -> String {
    recorded.iter().fold(header.to_owned(), |text, one| text + &one.line + "\n")
}

/// The tests. `root` is the name of the root of the models.
pub(super) fn file(cx: Context<'_>, recorded: &[Recorded], root: &str, difference: Place) -> String {
    if recorded.is_empty() {
        return "\n// Nothing was recorded that the models read.\n".to_owned();
    }
    let mut file = File::outside(cx, root);
    let deprecated = modules::has_deprecated(cx.graph);
    let mut taken = BTreeSet::new();
    let mut line = HEAD;
    for tests in recorded.chunk_by(|one, next| one.owner == next.owner) {
        let Some(first) = tests.first() else { continue };
        let name = module(cx, first.owner, first.value.map(|value| value.ty.id));
        let name = unique(&name.unwrap_or_else(|| "recorded".to_owned()), &mut taken);
        file.gap();
        if deprecated {
            file.line(0, "#[allow(deprecated)]");
        }
        file.line(0, "#[test]");
        file.line(0, format!("fn {name}() {{"));
        for alike in tests.chunk_by(is_read_alike) {
            let lines = (line + 1, line + alike.len());
            line += alike.len();
            checked(&mut file, first.owner, lines, alike);
        }
        file.line(0, "}");
    }
    let mut out = String::from("\n// Recorded traffic, read and written again.\n\n");
    out.push_str(difference.start());
    let uses = file.uses();
    if !uses.is_empty() {
        if deprecated {
            out.push_str("#[allow(deprecated)]\n");
        }
        let _ = writeln!(out, "{uses}");
    }
    out.push_str(&file.body);
    // In a separate module, to avoid name conflicts with the tests.
    out.push_str("\nmod recorded {\n");
    indent(&mut out, HELPERS, 1);
    out + "}\n" + &difference.end()
}

/// Whether the same code tests both.
fn is_read_alike(one: &Recorded, next: &Recorded) -> bool {
    (one.value, one.has_response) == (next.value, next.has_response)
}

/// Checks these lines, which are read alike.
fn checked(file: &mut File<'_>, owner: Owner, (from, to): (usize, usize), alike: &[Recorded]) {
    let Some(first) = alike.first() else { return };
    file.line(1, format!("recorded::check({from}..={to}, |exchange| {{"));
    if let Some(value) = first.value {
        let ty = file.type_ref(value.ty);
        let line = format!("exchange.holds::<{ty}>(\"{}\");", value.member);
        if line.len() + 8 > WIDTH {
            file.line(2, format!("exchange.holds::<\n            {ty},\n        >(\"{}\");", value.member));
        } else {
            file.line(2, line);
        }
    }
    if let (Owner::Operation(index), true) = (owner, first.has_response) {
        let response = file.operation_item(index, "Response");
        file.line(2, "exchange.answers(");
        file.line(3, format!("{response}::from_parts,"));
        file.line(3, format!("{response}::to_body,"));
        file.line(3, format!("|read| matches!(read, {response}::Other(..)),"));
        file.line(2, ");");
    }
    file.line(1, "});");
}
