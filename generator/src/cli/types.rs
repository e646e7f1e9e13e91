//! `modelsmith types`.

use clap::CommandFactory;
use clap::error::ErrorKind;

use modelsmith::Output;
use modelsmith::load::DiskReader;
use modelsmith::report::{OperationRow, TypeRow, find, operation_rows, picture, type_rows};
use serde::Serialize;

use super::arguments::{Arguments, Types, TypesFormat};
use super::table::columns;
use super::terminal::Terminal;
use super::{Failed, settings};

/// What to print.
enum Wanted<'a> {
    List { as_json: bool },
    Picture { of: &'a str, format: PictureFormat },
}

enum PictureFormat {
    Mermaid,
    Dot,
    Json,
}

/// A row of the JSON list; `kind` tells them apart.
#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Type(&'a TypeRow),
    Operation(&'a OperationRow),
}

/// Prints what each component schema and operation becomes, or a picture of one of them.
pub(super) fn run(options: &Types) -> Result<(), Failed> {
    let wanted = wanted(options);
    let terminal = Terminal::new(options.input.message_format);
    let mut config = settings::load(&options.input, &terminal)?;
    // Tests do not change types.
    config.input.traffic.clear();
    let output = modelsmith::generate(&options.input.spec, &DiskReader, &config)
        .map_err(|failure| terminal.failed(&failure))?;
    terminal.show(&output.warnings, &output.sources);
    match wanted {
        Wanted::List { as_json } => {
            let types = type_rows(&output.graph, &output.names);
            let operations = operation_rows(&output.graph, &output.names);
            if as_json {
                let rows = types.iter().map(Row::Type).chain(operations.iter().map(Row::Operation));
                terminal.print_json(&rows.collect::<Vec<_>>())
            } else {
                terminal.print(&table(&types, &operations, terminal.width()))
            }
        }
        Wanted::Picture { of, format } => draw(&output, of, &format, options, &terminal),
    }
}

/// What the options select. An invalid combination ends the process, as in clap.
fn wanted(options: &Types) -> Wanted<'_> {
    let (of, format) = match (&options.graph, options.format) {
        (None, None | Some(TypesFormat::Table)) => return Wanted::List { as_json: false },
        (None, Some(TypesFormat::Json)) => return Wanted::List { as_json: true },
        (None, Some(TypesFormat::Mermaid | TypesFormat::Dot)) => {
            usage("this format is for pictures: add `--graph NAME`")
        }
        (Some(_), Some(TypesFormat::Table)) => {
            usage("a picture cannot be printed as a table: remove `--format table`")
        }
        (Some(of), None | Some(TypesFormat::Mermaid)) => (of, PictureFormat::Mermaid),
        (Some(of), Some(TypesFormat::Dot)) => (of, PictureFormat::Dot),
        (Some(of), Some(TypesFormat::Json)) => (of, PictureFormat::Json),
    };
    Wanted::Picture { of, format }
}

fn usage(message: &str) -> ! {
    Arguments::command().error(ErrorKind::ArgumentConflict, message).exit()
}

fn draw(
    output: &Output,
    of: &str,
    format: &PictureFormat,
    options: &Types,
    terminal: &Terminal,
) -> Result<(), Failed> {
    let start = find(&output.graph, &output.names, of).map_err(|nearest| {
        let like: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
        let help = match &like[..] {
            [] => "`modelsmith types` without `--graph` lists the types".to_owned(),
            [only] => format!("did you mean {only}?"),
            [first @ .., last] => format!("did you mean {} or {last}?", first.join(", ")),
        };
        terminal.error(&format!(
            "`{}` has neither a type nor an operation `{of}`: {help}",
            options.input.spec.display()
        ));
        Failed
    })?;
    let picture = picture(&output.graph, &output.names, &start, options.depth);
    match format {
        PictureFormat::Mermaid => terminal.print(&picture.to_mermaid()),
        PictureFormat::Dot => terminal.print(&picture.to_dot()),
        PictureFormat::Json => terminal.print_json(&picture),
    }
}

/// How statuses that are not in the table are read.
const UNDOCUMENTED: &str = "A status that an operation does not list: a 2xx is read as its only 2xx if the media type \
    fits, and every other one is `Other`, with the body as it came.";

/// Wraps the text to the width of the terminal.
fn wrapped(text: &str, width: Option<u16>) -> String {
    let width = width.map_or(usize::MAX, usize::from);
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        if column > 0 && column + 1 + word.len() > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out + "\n"
}

/// The table of types, followed by that of operations.
fn table(types: &[TypeRow], operations: &[OperationRow], width: Option<u16>) -> String {
    let types = types.iter().map(|row| {
        let nullable = if row.nullable { "nullable " } else { "" };
        let sent = row.sent_as.as_ref().map(|path| format!("; sent as {path}")).unwrap_or_default();
        vec![row.pointer.clone(), row.rust_path.clone(), format!("{nullable}{}{sent}", row.became)]
    });
    let operations = operations.iter().map(|row| row.cells().to_vec());
    let mut tables = vec![columns(types.collect(), width), columns(operations.collect(), width)];
    if tables.last().is_some_and(|operations| !operations.is_empty()) {
        tables.push(wrapped(UNDOCUMENTED, width));
    }
    tables.retain(|table| !table.is_empty());
    tables.join("\n")
}
