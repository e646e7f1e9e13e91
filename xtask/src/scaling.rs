//! `cargo xtask scaling`: whether compiling the models takes time in proportion to their size.

use std::ffi::OsString;

use serde_json::{Value, json};

use crate::ScalingArguments;
use crate::cargo::{Workspace, touch};
use crate::generation;
use crate::measure::{self, Taken};
use crate::table::Table;

/// How many schemas the smallest document has. It has the same runtime as the others, whose lines take less time than
/// those of models: what it takes is not part of what a further line takes.
const BASE: usize = FAMILY;

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
    /// Microseconds of processor time for each line that the smallest document does not have.
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 lines")]
    fn per_line(&self, base: &Self) -> f64 {
        (self.check.user - base.check.user) * 1e6 / (self.lines - base.lines) as f64
    }
}

/// Measures, prints a table, and tells whether the limit is kept.
pub(crate) fn run(arguments: &ScalingArguments) -> Result<bool, String> {
    let workspace = Workspace::new("scaling", None)?;
    let sizes = [BASE].into_iter().chain(SIZES);
    let packages = sizes.map(|schemas| Package::new(&workspace, schemas));
    let packages = packages.collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
    workspace.members(&names)?;
    for package in &packages {
        // The first time builds the dependencies too.
        package.check(&workspace)?;
    }
    let mut checks: Vec<Vec<Taken>> = vec![Vec::new(); packages.len()];
    for _ in 0..arguments.rounds.max(1) {
        // The sizes take turns: what slows the machine slows all of them.
        for (package, checks) in packages.iter().zip(&mut checks) {
            eprintln!("checking {}", package.name);
            touch(&workspace.package(&package.name).join("src/lib.rs"))?;
            checks.push(package.check(&workspace)?);
        }
    }
    let rows = packages.iter().zip(checks).filter_map(|(package, mut checks)| {
        checks.sort_by(|one, other| one.user.total_cmp(&other.user));
        let check = *checks.get(checks.len() / 2)?;
        Some(Row { schemas: package.schemas, lines: package.lines, check })
    });
    match rows.collect::<Vec<_>>().as_slice() {
        [base, rows @ ..] => report(base, rows, arguments),
        [] => Err("nothing was measured".to_owned()),
    }
}

fn report(base: &Row, rows: &[Row], arguments: &ScalingArguments) -> Result<bool, String> {
    let mut table =
        Table::new(&["schemas", "lines", "check", "user", "µs per further line", "rustc's memory"]);
    for row in [base].into_iter().chain(rows) {
        table.row(vec![
            row.schemas.to_string(),
            row.lines.to_string(),
            format!("{:.1} s", row.check.seconds),
            format!("{:.1} s", row.check.user),
            if row.schemas == base.schemas { String::new() } else { format!("{:.0}", row.per_line(base)) },
            format!("{:.0} MiB", row.check.peak),
        ]);
    }
    let ratio = match (rows.first(), rows.last()) {
        (Some(first), Some(last)) => last.per_line(base) / first.per_line(base),
        (None, _) | (_, None) => f64::NAN,
    };
    let text = format!("{table}\nfrom the first to the last: {ratio:.2} times (at most {LIMIT})\n");
    println!("{text}");
    if let Some(path) = &arguments.markdown {
        std::fs::write(path, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(ratio <= LIMIT)
}

/// The emitted package of a synthetic document.
struct Package {
    name: String,
    schemas: usize,
    lines: usize,
}

impl Package {
    /// Generates from a document of this size.
    fn new(workspace: &Workspace, schemas: usize) -> Result<Self, String> {
        let name = format!("scaling-{schemas}");
        let document = workspace.result(&format!("{name}.json"));
        std::fs::write(&document, document_of(schemas).to_string()).map_err(|error| error.to_string())?;
        let known = generation::measured(&document, &workspace.package(&name), &name, false)?;
        match known.error {
            Some(error) => Err(error),
            None => Ok(Self { name, schemas, lines: known.lines + known.runtime_lines }),
        }
    }

    /// Runs `cargo check`.
    fn check(&self, workspace: &Workspace) -> Result<Taken, String> {
        let mut command: Vec<OsString> =
            ["cargo", "check", "--package", &self.name].map(OsString::from).to_vec();
        command.extend(["--manifest-path".into(), workspace.root.join("Cargo.toml").into()]);
        command.extend(["--target-dir".into(), workspace.root.join("target").into()]);
        let log = workspace.result(&format!("{}.log", self.name));
        let taken = measure::taken(&command, &log)?;
        if taken.is_ok {
            return Ok(taken);
        }
        Err(format!("{} does not compile: see {}", self.name, log.display()))
    }
}

/// How many schemas refer to each other. In real documents, too, not everything is reached from everything.
const FAMILY: usize = 25;

/// A document with this many schemas: objects that refer to others of their family, every tenth a union of three of
/// them, and an operation for every fifth.
fn document_of(schemas: usize) -> Value {
    let reference = |index: usize| json!({"$ref": format!("#/components/schemas/{}", name(index))});
    let relative = |index: usize, step: usize| reference(index - index % FAMILY + (index + step) % FAMILY);
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
                "next": relative(index, 3),
                "others": {"type": "array", "items": relative(index, 11)},
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
