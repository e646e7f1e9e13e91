//! Which properties of a multipart form are files (OpenAPI 3.0.4 §4.7.14.3).

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;

use super::contents::is_binary;
use super::media::{self, Kind};
use super::site::{Components, Node, Site};
use crate::document::{MediaType, SchemaRef};
use crate::limits;

/// The properties of a form that are files, or lists of files.
pub(super) fn of_form<'d>(components: &Components<'d>, form: Site<'d>, media: &MediaType) -> Vec<String> {
    let mut files = IndexSet::new();
    let mut open = vec![form];
    let mut seen = HashSet::new();
    let mut search = Search { components, known: HashMap::new() };
    while let Some(site) = open.pop() {
        let Some((schema, at)) = components.follow(&site) else { continue };
        if !seen.insert(schema.id) {
            continue;
        }
        let any = &schema.keywords;
        for (name, property) in &any.properties {
            let property = Site::new(property, at.keyword("properties").key(name));
            let encoding = media.encoding.get(name).and_then(|encoding| encoding.content_type.as_deref());
            let as_bytes = encoding.is_some_and(is_of_bytes);
            if search.is_file(&property, as_bytes, 0) {
                files.insert(name.clone());
            }
        }
        open.extend(any.all_of.iter().map(|part| Site::new(part, at.clone())));
    }
    files.into_iter().collect()
}

/// Whether all media types of a list stand for bytes.
fn is_of_bytes(media_types: &str) -> bool {
    media_types.split(',').all(|name| media::kind(&media::essence(name)) == Some(Kind::Bytes))
}

struct Search<'c, 'd> {
    components: &'c Components<'d>,
    /// The answers for components, and how deep they lay where the answer was found. The second key is whether the
    /// property is encoded as bytes.
    known: HashMap<(usize, bool), (bool, usize)>,
}

impl<'d> Search<'_, 'd> {
    /// Whether what is sent for a schema is a file, or a list of files.
    fn is_file(&mut self, site: &Site<'d>, as_bytes: bool, depth: usize) -> bool {
        let component = match site.node {
            Node::Schema(_) => None,
            Node::Reference(reference) => {
                self.components.find(reference).and_then(|index| self.components.end(index))
            }
        };
        let Some(component) = component else { return self.look(site, as_bytes, depth) };
        match self.known.get(&(component, as_bytes)) {
            // A file is one at any depth; what is none may be one only where it may be looked into further.
            Some((is_file, known)) if *is_file || *known <= depth => *is_file,
            Some(_) | None => {
                let is_file = self.look(site, as_bytes, depth);
                self.known.insert((component, as_bytes), (is_file, depth));
                is_file
            }
        }
    }

    fn look(&mut self, site: &Site<'d>, as_bytes: bool, depth: usize) -> bool {
        if self.components.is_beyond(&limits::FORM_FILES, depth, &site.at) {
            return false;
        }
        let Some((schema, at)) = self.components.follow(site) else { return false };
        let any = &schema.keywords;
        let mut inner =
            |schema: &'d SchemaRef| self.is_file(&Site::new(schema, at.clone()), as_bytes, depth + 1);
        match any.typ.as_deref() {
            Some("array") => any
                .items
                .as_ref()
                .is_some_and(|items| self.is_file(&Site::new(items, at.clone()), as_bytes, depth + 1)),
            Some("string") => is_binary(any) || any.format.is_none() && as_bytes,
            Some(_) => false,
            None => {
                is_binary(any)
                    || any.all_of.iter().any(&mut inner)
                    || [&any.any_of, &any.one_of]
                        .into_iter()
                        .any(|branches| !branches.is_empty() && branches.iter().all(&mut inner))
            }
        }
    }
}
