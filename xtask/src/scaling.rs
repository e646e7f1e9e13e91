//! `cargo xtask scaling`: whether compiling the models takes time in proportion to their size.

use std::ffi::OsString;

use serde_json::{Value, json};

use crate::ScalingArguments;
use crate::cargo::{Workspace, touch};
use crate::generation;
use crate::measure::{self, Taken};
use crate::table::Table;

/// How many schemas the documents have.
const SIZES: [usize; 3] = [250, 1_000, 4_000];

/// How much longer a line of the largest document may take than one of the smallest.
const LIMIT: f64 = 1.3;

/// What `cargo check` took for one document.
struct Row {
    schemas: usize,
    lines: usize,
    check: Taken,
}

impl Row {
    /// Microseconds of processor time for each line. Other work on the machine hardly changes it.
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 lines")]
    fn per_line(&self) -> f64 {
        self.check.user * 1e6 / self.lines as f64
    }
}

/// Measures, prints a table, and tells whether the limit is kept.
pub(crate) fn run(arguments: &ScalingArguments) -> Result<bool, String> {
    let workspace = Workspace::new("scaling", None)?;
    let rows = SIZES.iter().map(|&schemas| measured(&workspace, schemas, arguments.rounds));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let mut table = Table::new(&["schemas", "lines", "check", "user", "µs per line", "rustc's memory"]);
    for row in &rows {
        table.row(vec![
            row.schemas.to_string(),
            row.lines.to_string(),
            format!("{:.1} s", row.check.seconds),
            format!("{:.1} s", row.check.user),
            format!("{:.0}", row.per_line()),
            format!("{:.0} MiB", row.check.peak),
        ]);
    }
    let ratio = match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => last.per_line() / first.per_line(),
        (None, _) | (_, None) => f64::NAN,
    };
    let text = format!("{table}\nfrom the first to the last: {ratio:.2} times (at most {LIMIT})\n");
    println!("{text}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(ratio <= LIMIT)
}

/// Generates from a document of this size, and checks the package when its dependencies are built.
fn measured(workspace: &Workspace, schemas: usize, rounds: usize) -> Result<Row, String> {
    let name = format!("scaling-{schemas}");
    let document = workspace.result(&format!("{name}.json"));
    std::fs::write(&document, document_of(schemas).to_string()).map_err(|error| error.to_string())?;
    let folder = workspace.package(&name);
    let known = generation::measured(&document, &folder, &name)?;
    if let Some(error) = known.error {
        return Err(error);
    }
    workspace.members(std::slice::from_ref(&name))?;
    let manifest = workspace.root.join("Cargo.toml");
    let target = workspace.root.join("target");
    let command: Vec<OsString> = [
        "cargo".into(),
        "check".into(),
        "--package".into(),
        OsString::from(&name),
        "--manifest-path".into(),
        manifest.into(),
        "--target-dir".into(),
        target.into(),
    ]
    .into();
    let log = workspace.result(&format!("{name}.log"));
    let check = || measure::taken(&command, &log);
    // The first time builds the dependencies too.
    if !check()?.is_ok {
        return Err(format!("{name} does not compile: see {}", log.display()));
    }
    let mut checks = Vec::new();
    for _ in 0..rounds.max(1) {
        eprintln!("checking {name}");
        touch(&folder.join("src/lib.rs"))?;
        checks.push(check()?);
    }
    checks.sort_by(|one, other| one.user.total_cmp(&other.user));
    let check = checks.swap_remove(checks.len() / 2);
    Ok(Row { schemas, lines: known.lines + known.runtime_lines, check })
}

/// A document with this many schemas: objects that refer to each other, every tenth a union of three of them, and an
/// operation for every fifth.
fn document_of(schemas: usize) -> Value {
    let reference = |index: usize| json!({"$ref": format!("#/components/schemas/{}", name(index % schemas))});
    let schema = |index: usize| match index % 10 {
        9 => json!({"oneOf": (1..4).map(|step| reference(index - step)).collect::<Vec<_>>()}),
        _ => json!({
            "type": "object",
            "description": format!("The object number {index} of {schemas}."),
            "required": ["id", format!("own{index}")],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                format!("own{index}"): {"type": "integer"},
                "label": {"type": "string", "description": "What it is called."},
                "state": {"type": "string", "enum": ["new", "open", format!("closed-{index}")]},
                "next": reference(index * 7 + 3),
                "others": {"type": "array", "items": reference(index * 13 + 5)},
            },
        }),
    };
    let operation = |index: usize| {
        let content = json!({"application/json": {"schema": reference(index)}});
        json!({"post": {
            "operationId": format!("send{}", name(index)),
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "requestBody": {"required": true, "content": content},
            "responses": {"200": {"description": "It was taken.", "content": content}},
        }})
    };
    let all: serde_json::Map<String, Value> =
        (0..schemas).map(|index| (name(index), schema(index))).collect();
    let paths: serde_json::Map<String, Value> =
        (0..schemas).step_by(5).map(|index| (format!("/{}", name(index)), operation(index))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Scaling test", "version": "1"},
        "paths": paths,
        "components": {"schemas": all},
    })
}

fn name(index: usize) -> String {
    format!("Object{index}")
}
