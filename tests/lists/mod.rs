//! Lists that build scripts write beside what they emit: which function makes which operation's request and reads its
//! replies, and which reads and writes which component's type. Tests go through all of them.

use std::fmt::Write as _;
use std::path::Path;

use modelsmith::ir::Side;
use modelsmith::{Output, report};

#[path = "callers.rs"]
mod callers;

/// Which function makes the request of which operation, and which reads its replies, for tests that do it for all of them.
#[derive(Default)]
pub struct Callers {
    modules: String,
    callers: String,
    repliers: String,
}

impl Callers {
    /// Adds those of a document. `root` is the module that has its operations.
    pub fn add(&mut self, name: &str, document: &Path, root: &str, (output, done): (&Output, &str)) {
        let (calls, replies) = (callers::callers(output, root, done), callers::repliers(output, root));
        let _ = writeln!(
            self.modules,
            "#[allow(deprecated)]\nmod {name} {{\n    use fidelity::replies::Replier;\n    use fidelity::requests::Caller;\n\n    \
             pub static CALLERS: &[(&str, Caller)] = &[\n{calls}    ];\n\n    \
             #[allow(dead_code, reason = \"not every test needs them\")]\n    \
             pub static REPLIERS: &[(&str, Replier)] = &[\n{replies}    ];\n}}\n"
        );
        let _ = writeln!(self.callers, "    ({document:?}, {name}::CALLERS),");
        let _ = writeln!(self.repliers, "    ({document:?}, {name}::REPLIERS),");
    }

    pub fn text(&self) -> String {
        let table = |name: &str, of: &str, rows: &str| {
            format!(
                "#[allow(dead_code, reason = \"not every test needs each\")]\n\
                 pub static {name}: &[(&str, &[(&str, {of})])] = &[\n{rows}];\n"
            )
        };
        self.modules.clone()
            + &table("CALLERS", "Caller", &self.callers)
            + &table("REPLIERS", "Replier", &self.repliers)
    }
}

/// Which function reads and writes the type of which component, for tests that judge all of them.
#[derive(Default)]
pub struct Readers {
    modules: String,
    list: String,
    shown: String,
    sides: String,
}

impl Readers {
    /// Adds those of a document. `types` is the module that has its types.
    pub fn add(&mut self, name: &str, document: &Path, types: &str, output: &Output) {
        let (mut rows, mut shown) = (String::new(), String::new());
        let (mut read, mut sent) = (String::new(), String::new());
        for (row, component) in
            report::type_rows(&output.graph, &output.names).iter().zip(output.graph.components())
        {
            let used = |path: &str| if row.nullable { format!("Option<{path}>") } else { path.to_owned() };
            let ty = used(&row.rust_path);
            let line = |ty: &str| format!("        ({:?}, again::<{ty}>),\n", component.name);
            rows += &line(&ty);
            match output.graph.side_of(component.ty.id) {
                None => {}
                Some(Side::Read) => read += &line(&ty),
                Some(Side::Sent) => sent += &line(&ty),
            }
            sent += &row.sent_as.as_deref().map(|path| line(&used(path))).unwrap_or_default();
            let _ = writeln!(shown, "        ({:?}, shown::<{ty}>),", component.name);
        }
        let _ = writeln!(
            self.modules,
            "#[allow(deprecated)]\nmod {name} {{\n    #[allow(unused_imports)]\n    use {types}::*;\n    #[allow(unused_imports)]\n    use fidelity::judge::{{Again, again, shown}};\n\n    \
             pub static READERS: &[(&str, Again)] = &[\n{rows}    ];\n    \
             pub static SHOWN: &[(&str, Again)] = &[\n{shown}    ];\n    \
             #[allow(dead_code, reason = \"not every document has them\")]\n    \
             pub static READ: &[(&str, Again)] = &[\n{read}    ];\n    \
             #[allow(dead_code, reason = \"not every document has them\")]\n    \
             pub static SENT: &[(&str, Again)] = &[\n{sent}    ];\n}}\n"
        );
        for (rows, name_of_rows, keyword) in [(read, "READ", "writeOnly"), (sent, "SENT", "readOnly")] {
            if !rows.is_empty() {
                let _ = writeln!(self.sides, "    ({document:?}, {keyword:?}, {name}::{name_of_rows}),");
            }
        }
        let _ = writeln!(self.list, "    ({document:?}, {name}::READERS),");
        let _ = writeln!(self.shown, "    ({document:?}, {name}::SHOWN),");
    }

    pub fn text(&self) -> String {
        let table = |name: &str, rows: &str| {
            format!(
                "#[allow(dead_code, reason = \"not every test uses each\")]\n\
                 pub static {name}: &[(&str, &[(&str, Again)])] = &[\n{rows}];\n"
            )
        };
        let sides = format!(
            "/// Types of which the document says more: with the keyword of what they lack.\n\
             #[allow(dead_code, reason = \"not every test uses each\")]\n\
             #[allow(clippy::type_complexity, reason = \"a table\")]\n\
             pub static SIDES: &[(&str, &str, &[(&str, Again)])] = &[\n{}];\n",
            self.sides
        );
        self.modules.clone() + &table("ALL", &self.list) + &table("SHOWN", &self.shown) + &sides
    }
}
