//! Writes the graph as Rust. This stage is total: it cannot fail, and decides only the text.
//!
//! | file | what it emits |
//! |---|---|
//! | `checks` | the constraints of values as tables |
//! | `call`, `client` | the macro calls that make operations callable, and the module `client` |
//! | `stream` | the macro calls for streams and pages |
//! | `file` | a file while it is written: lines, imports, documentation |
//! | `spelling` | how a use of a type is spelled |
//! | `object`, `union`, `constants`, `operation`, `body`, `response`, `headers` | one kind of item each, and its macro call |
//! | `description` | traits that describe types, with schemas as `json_text`, `openapi_schema` or `typescript` |
//! | `conversion` | `From` between the types of a pair |
//! | `examples` | the test that reads and writes the document's examples |
//! | `traffic` | the test that reads and writes recorded traffic |
//! | `difference` | the comparison of JSON that these tests share |
//! | `methods` | conversions and accessors of unions |
//! | `constructor` | `Default` and `new` of structs and parameters |
//! | `unsent` | defaults that are not written, as JSON |
//! | `literal`, `dates` | constant values as expressions |
//! | `docs` | descriptions as rustdoc |
//! | `format` | tokens to text |
//! | `package` | the files around the items, and the root |
//! | `modules` | the lists of modules, and what they export |
//! | `manifest` | `Cargo.toml`, and what it depends on |
//! | `server` | the servers of an API |
//! | `secrets` | which types contain secrets |
//! | `runtime`, `merge` | the copy of the runtime: which of its modules, and which of these in one file |

mod body;
mod call;
mod checks;
mod client;
mod constants;
mod constructor;
mod conversion;
mod dates;
mod description;
mod difference;
mod docs;
mod examples;
mod file;
mod format;
mod headers;
mod json_text;
mod literal;
mod manifest;
mod merge;
mod methods;
mod modules;
mod object;
mod openapi_schema;
mod operation;
mod package;
mod response;
mod runtime;
mod secrets;
mod server;
mod spelling;
mod stream;
mod text;
mod traffic;
mod typescript;
mod union;
mod unsent;

use std::collections::BTreeSet;

use crate::config::{Layout, RustOptions};
use crate::file_set::FileSet;
use crate::ir::{Docs, Graph, Owner, Shape, TypeId};
use crate::naming::{self, Names};
use crate::parallel;
use file::{Context, File};

pub use manifest::{crate_name, dependencies, missing_dependencies};

/// The file of [`Layout::SingleFile`].
pub const SINGLE_FILE: &str = "models.rs";

/// The tests of the examples in [`Layout::SingleFile`] and [`Layout::Module`]: the content of a module next to the
/// models.
pub const EXAMPLES_FILE: &str = "examples.rs";

/// The same for recorded traffic, which is in [`TRAFFIC_DATA`].
pub const TRAFFIC_FILE: &str = "traffic.rs";

/// The recorded traffic: a comment line, followed by one exchange per line.
pub const TRAFFIC_DATA: &str = "traffic.jsonl";

/// Emits the graph with the names of [`naming::assign`].
pub fn emit(graph: &Graph, options: &RustOptions) -> FileSet {
    emit_named(graph, &naming::assign(graph), options)
}

/// Emits the graph with these names, which must be those of the graph.
pub fn emit_named(graph: &Graph, names: &Names, options: &RustOptions) -> FileSet {
    let secrets = secrets::holders(graph);
    let cx = Context {
        graph,
        names,
        layout: options.layout,
        secrets: &secrets,
        client: options.client,
        constructors: options.constructors,
        union_methods: options.union_methods,
        deep_arrays: options.deep_arrays,
        features: &options.client_options.features,
        checks: options.checks,
    };
    let units = units(cx);
    let header = package::header(graph, options);
    match options.layout {
        Layout::Crate => package::files(cx, options, &header, units),
        Layout::Module => package::module(cx, options, &header, units),
        Layout::SingleFile => package::single_file(cx, options, &header, &units),
    }
}

/// The content of a file: the items of a component schema or of an operation.
struct Unit<'a> {
    owner: Owner,
    /// The module's name.
    module: String,
    /// The imports of the items, if the file is a module.
    uses: String,
    /// The exported names.
    exports: BTreeSet<&'a str>,
    /// Whether the items need the runtime.
    uses_runtime: bool,
    /// Whether clippy finds one of its types too complex.
    is_complex: bool,
    /// The items.
    body: String,
}

/// All units: the component schemas in document order, then the operations.
fn units(cx: Context<'_>) -> Vec<Unit<'_>> {
    let owned = owned_types(cx);
    let components = (0..cx.graph.components().len())
        .filter(|&index| cx.names.component_module(index).is_some())
        .map(Owner::Component);
    let operations = (0..cx.graph.operations().len()).map(Owner::Operation);
    let owners: Vec<Owner> = components.chain(operations).collect();
    parallel::map(&owners, |&owner| {
        let types = match owner {
            Owner::Component(index) => &owned.components[index],
            Owner::Operation(index) => &owned.operations[index],
        };
        unit(cx, owner, types)
    })
}

/// The named types by the owner of their file, with the owner's own type first.
struct Owned {
    components: Vec<Vec<TypeId>>,
    operations: Vec<Vec<TypeId>>,
}

fn owned_types(cx: Context<'_>) -> Owned {
    let mut owned = Owned {
        components: vec![Vec::new(); cx.graph.components().len()],
        operations: vec![Vec::new(); cx.graph.operations().len()],
    };
    for (index, ty) in cx.graph.types().iter().enumerate() {
        let id = TypeId(index as u32);
        let types = match cx.names.owner(id) {
            Some(Owner::Component(owner)) => &mut owned.components[owner],
            Some(Owner::Operation(owner)) => &mut owned.operations[owner],
            None => continue,
        };
        let own = ty.name.as_ref().is_some_and(|hint| hint.path.is_empty());
        if own { types.insert(0, id) } else { types.push(id) }
    }
    owned
}

fn unit<'a>(cx: Context<'a>, owner: Owner, types: &[TypeId]) -> Unit<'a> {
    let mut file = File::new(cx, owner);
    let module = match owner {
        Owner::Operation(index) => {
            operation::operation(&mut file, index, &cx.graph.operations()[index]);
            cx.names.operation(index).module.clone()
        }
        Owner::Component(index) => {
            component_alias(&mut file, index, types);
            cx.names.component_module(index).unwrap_or_default().to_owned()
        }
    };
    for &id in types {
        file.gap();
        item(&mut file, id);
    }
    let exports = modules::exports(cx, owner, types);
    let (uses, uses_runtime, is_complex) = (file.uses(), file.uses_runtime, file.is_complex);
    Unit { owner, module, uses, exports, uses_runtime, is_complex, body: file.body }
}

/// Emits the alias of a component whose type is emitted elsewhere or has no item.
fn component_alias(file: &mut File<'_>, index: usize, types: &[TypeId]) {
    let (graph, names) = (file.cx.graph, file.cx.names);
    let Some(ident) = names.component_ident(index) else { return };
    if types.iter().any(|&id| names.type_ident(id) == Some(ident)) {
        return;
    }
    let ty = graph.components()[index].ty;
    let docs = match names.type_ident(ty.id) {
        Some(_) => Docs::default(),
        None => graph.get(ty.id).docs.clone(),
    };
    let content = file.type_ref(ty);
    constants::alias(file, ident, &docs, &content);
}

/// Emits a named type.
fn item(file: &mut File<'_>, id: TypeId) {
    let ty = file.cx.graph.get(id);
    match &ty.shape {
        Shape::Struct(shape) => object::object(file, id, ty, shape),
        Shape::Union(shape) => union::union(file, id, ty, shape),
        Shape::Enum(shape) => constants::constants(file, id, ty, shape),
        Shape::Newtype { content, boxed } => constants::newtype(file, id, ty, *content, *boxed),
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => {
            let ident = file.cx.names.type_ident(id).unwrap_or_default();
            let content = file.structure(id, 0);
            constants::alias(file, ident, &ty.docs, &content);
        }
    }
}
