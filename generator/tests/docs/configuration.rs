//! Holds `docs/configuration.md` to what there is: its table is made from the keys, and its example has an effect.

use std::path::Path;

use modelsmith::config::keys;
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;
use modelsmith::settings;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/configuration.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_table_is_that_of_the_keys() {
    let page = page();
    let (_, table) = page.split_once("## All keys\n\n").expect("the table has its heading");
    assert_eq!(
        table,
        keys::markdown(),
        "replace the table by what `modelsmith config --explain --format markdown` prints"
    );
}

#[test]
fn every_link_of_an_explanation_leads_to_a_heading() {
    let page = page();
    for key in keys::KEYS {
        for (at, _) in key.does.match_indices("](#") {
            let target = key.does[at + 3..].split(')').next().unwrap_or_default();
            let is_heading = |line: &str| {
                line.strip_prefix("## ").is_some_and(|text| text.to_lowercase().replace(' ', "-") == target)
            };
            assert!(page.lines().any(is_heading), "{}: {target}", key.path);
        }
    }
}

/// The first block of a language.
fn block<'p>(page: &'p str, language: &str) -> &'p str {
    let (_, after) = page.split_once(&format!("```{language}\n")).expect("there is such a block");
    after.split("```").next().unwrap_or_default()
}

#[test]
fn the_example_has_an_effect_in_every_line() {
    let page = page();
    let text = block(&page, "toml").to_owned();
    let config = settings::parse(text, "modelsmith.toml".to_owned(), Path::new(""))
        .unwrap_or_else(|error| panic!("{error}"));
    let reader = MemoryReader::new().with("shop.yaml", block(&page, "yaml"));
    let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config)
        .unwrap_or_else(|failure| panic!("{}", render(&failure.diagnostics, &failure.sources, Style::PLAIN)));
    assert_eq!(render(&output.warnings, &output.sources, Style::PLAIN), "");
    let mut shown = String::new();
    for path in ["Cargo.toml", "src/models/order.rs", "src/models/money.rs", "src/models/payer.rs"] {
        let file = output.files.get(path).unwrap_or_else(|| panic!("{path} is missing"));
        let body = file.split_once('\n').map_or(file, |(_, body)| body);
        shown.push_str(&format!("// ---- {path}\n{body}"));
    }
    insta::assert_snapshot!(shown);
}
