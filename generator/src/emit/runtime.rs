//! The part of the emitted crate that is the same for every document.

/// The runtime's files, by their paths under `src`.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The runtime as one module, its own modules inside it.
pub(super) fn one_module() -> String {
    let mut files = FILES.iter();
    let Some((_, root)) = files.next() else { return String::new() };
    let mut out = String::from("pub mod runtime {\n");
    for line in root.lines() {
        let inner = module(line).and_then(|name| {
            let path = format!("runtime/{name}.rs");
            FILES.iter().find(|(other, _)| *other == path)
        });
        match inner {
            Some((_, text)) => {
                out.push_str(line.trim_end_matches(';'));
                out.push_str(" {\n");
                out.push_str(text);
                out.push_str("}\n");
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out + "}\n"
}

/// The module that a line declares.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

/// The root first.
const FILES: &[(&str, &str)] = &[
    ("runtime.rs", include_str!("../runtime/mod.rs")),
    ("runtime/base64.rs", include_str!("../runtime/base64.rs")),
    ("runtime/choose.rs", include_str!("../runtime/choose.rs")),
    ("runtime/entries.rs", include_str!("../runtime/entries.rs")),
    ("runtime/enums.rs", include_str!("../runtime/enums.rs")),
    ("runtime/error.rs", include_str!("../runtime/error.rs")),
    ("runtime/object.rs", include_str!("../runtime/object.rs")),
    ("runtime/patch.rs", include_str!("../runtime/patch.rs")),
    ("runtime/read.rs", include_str!("../runtime/read.rs")),
    ("runtime/replay.rs", include_str!("../runtime/replay.rs")),
    ("runtime/response.rs", include_str!("../runtime/response.rs")),
    ("runtime/scalar.rs", include_str!("../runtime/scalar.rs")),
    ("runtime/secret.rs", include_str!("../runtime/secret.rs")),
    ("runtime/tape.rs", include_str!("../runtime/tape.rs")),
    ("runtime/union.rs", include_str!("../runtime/union.rs")),
    ("runtime/visit.rs", include_str!("../runtime/visit.rs")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_of_the_runtime_is_there() {
        let (_, root) = FILES[0];
        let declared = root.lines().filter_map(module).count();
        assert_eq!(declared, FILES.len() - 1);
        let one = one_module();
        for (path, _) in &FILES[1..] {
            let name = path.trim_start_matches("runtime/").trim_end_matches(".rs");
            assert!(one.contains(&format!("mod {name} {{\n")), "{name} is not in the single file");
        }
    }
}
