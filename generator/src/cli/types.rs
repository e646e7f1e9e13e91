//! `modelsmith types`.

use modelsmith::load::DiskReader;
use modelsmith::report::type_rows;

use super::arguments::{Types, TypesFormat};
use super::terminal::Terminal;
use super::{Failed, settings};

/// Prints what each component schema becomes.
pub(super) fn run(options: &Types) -> Result<(), Failed> {
    let terminal = Terminal::new(options.input.message_format);
    let config = settings::load(&options.input, &terminal)?;
    let output = modelsmith::generate(&options.input.spec, &DiskReader, &config).map_err(|failure| {
        terminal.show(&failure.diagnostics, &failure.sources);
        Failed
    })?;
    terminal.show(&output.warnings, &output.sources);
    let rows = type_rows(&output.graph, &output.names);
    match options.format {
        TypesFormat::Json => terminal.print_json(&rows),
        TypesFormat::Table => {
            let width = |text: fn(&modelsmith::report::TypeRow) -> &str| {
                rows.iter().map(|row| text(row).chars().count()).max().unwrap_or_default()
            };
            let (left, middle) = (width(|row| &row.pointer), width(|row| &row.rust_path));
            let table: String = rows
                .iter()
                .map(|row| {
                    let nullable = if row.nullable { "nullable " } else { "" };
                    format!("{:left$}  {:middle$}  {nullable}{}\n", row.pointer, row.rust_path, row.became)
                })
                .collect();
            terminal.print(&table)
        }
    }
}
