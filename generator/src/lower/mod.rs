//! Lowers JSON trees in Swagger 2.0 or OpenAPI 3.0, 3.1, 3.2 to one [`Document`].
//!
//! Dialects end here: what comes out follows one set of conventions, whatever went in. Every reference leads to a component,
//! `nullable` carries all nullability. Lowering is lenient and local: what cannot be read is dropped with a warning at its
//! place and the rest goes on.
//!
//! A place in the lowered document is the place in the source as long as its part has no `source` that says otherwise; from
//! there on the rest of the pointer counts.

mod bodies;
mod budget;
mod chains;
mod components;
mod dialect;
mod files;
mod hoist;
mod inline;
mod names;
mod node;
mod operations;
mod parameters;
mod paths;
mod place;
mod read;
mod refs;
mod scan;
mod schema;
mod security;
mod servers;
mod swagger2;
mod unsupported;
mod uri;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub use files::Files;

use crate::diagnostics::{FileId, Pointer, Sink};
use crate::document::{Components, Document, Ids, Info};
use crate::load::{Object, Tree};
use dialect::Dialect;
use hoist::{Kind, Registry};
use node::NodeId;
use place::At;
use refs::{Broken, Target};
use scan::Scan;

/// Lowers the loaded files. `None` when the root is not an OpenAPI document; the sink says why.
pub fn lower(files: &dyn Files, sink: &mut Sink) -> Option<Document> {
    let (dialect, root) = dialect::detect(files.tree(FileId(0))?, sink)?;
    let scan = Scan::run(files);
    let budget = budget::Budget::of(scan.nodes);
    let mut lowering = Lowering {
        files,
        sink,
        dialect,
        root,
        scan,
        sections: Vec::new(),
        budget,
        registry: Registry::default(),
        known_references: HashMap::new(),
        ends: HashMap::new(),
        shared: HashSet::new(),
        unsupported: unsupported::Counts::default(),
        suggestions: 20,
        callbacks: Vec::new(),
        following: Vec::new(),
        consumes: None,
        produces: None,
        ids: Ids::default(),
        out: Components::default(),
    };
    Some(lowering.document())
}

/// The state of one run.
struct Lowering<'t, 's> {
    files: &'t dyn Files,
    sink: &'s mut Sink,
    dialect: Dialect,
    root: &'t Object,
    scan: Scan<'t>,
    /// The sections of components that the document has.
    sections: Vec<(Kind, Target<'t>)>,
    budget: budget::Budget,
    registry: Registry<'t>,
    known_references: HashMap<ReferenceKey<'t>, Result<Rc<str>, Broken>>,
    ends: chains::Ends<'t>,
    /// The nodes that references lead to.
    shared: HashSet<NodeId<'t>>,
    unsupported: unsupported::Counts,
    /// How many times a name may still be suggested for a dangling reference.
    suggestions: usize,
    /// The callbacks that are being lowered, outermost first.
    callbacks: Vec<NodeId<'t>>,
    /// What is being read in place of a reference, outermost first.
    following: Vec<NodeId<'t>>,
    /// Swagger 2.0: the media types of the operation that is being lowered.
    consumes: Option<&'t Tree>,
    /// Likewise for its responses.
    produces: Option<&'t Tree>,
    /// The ids of schemas and references.
    ids: Ids,
    out: Components,
}

type ReferenceKey<'t> = (Kind, FileId, Option<u32>, &'t str);

impl<'t> Lowering<'t, '_> {
    fn document(&mut self) -> Document {
        let root = Pointer::root();
        let at = At::base(FileId(0), &root, None);
        components::register_components(self);
        hoist::find_shared(self);
        let info = self.info(&at);
        let paths = paths::paths(self, &at);
        let security = self.root.get("security").map(|value| security::requirements(self, value, &at));
        let servers = servers::servers_of_the_document(self, &at);
        security::security_schemes(self, &at);
        components::components(self);
        components::hoisted_components(self);
        components::break_alias_loops(self);
        unsupported::report_unsupported(self);
        Document { info, servers, paths, components: std::mem::take(&mut self.out), security }
    }

    fn info(&mut self, at: &At<'_>) -> Info {
        let mut info = Info::default();
        let Some(value) = self.root.get("info") else { return info };
        inline::members(self, value, at, "info", |this, members, at, _| {
            for (key, value) in members.iter() {
                match key {
                    "title" => info.title = this.text(value, at, key).unwrap_or_default(),
                    "version" => info.version = this.text(value, at, key).unwrap_or_default(),
                    "description" => info.description = this.text(value, at, key),
                    _ => {}
                }
            }
        });
        info
    }
}
