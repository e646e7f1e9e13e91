//! Reads an Overlay document into its actions.

use super::super::{Object, Tree};
use super::query::Query;
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink};

/// The versions that are distinguished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0.x: targets are objects and arrays; what an array is updated with is one element.
    V1_0,
    /// 1.1.x.
    V1_1,
}

/// One action that was understood.
pub(super) struct Action<'t> {
    /// Where it stands.
    pub at: Location,
    /// What it is applied to, and how that is written.
    pub target: (Query, &'t str),
    pub change: Change<'t>,
}

/// What an action does to its targets.
pub(super) enum Change<'t> {
    Remove,
    Update(&'t Tree),
    Copy(Query, &'t str),
    Nothing,
}

const EXPECTED: &str =
    "an overlay is an object with `overlay` (1.0.x or 1.1.x) and `actions`, a list of at least one action";

/// The actions of the overlay `tree`; `None` when there is something wrong with any of it, which `sink` is told.
pub(super) fn read<'t>(file: FileId, tree: &'t Tree, sink: &mut Sink) -> Option<(Version, Vec<Action<'t>>)> {
    let top = Location::new(file, Pointer::root());
    let (version, items) = match outline(tree, &top) {
        Ok(outline) => outline,
        Err(error) => {
            sink.push(*error);
            return None;
        }
    };
    let mut actions = Vec::new();
    for (index, item) in items.iter().enumerate() {
        match action(item, version, top.keyword("actions").index(index)) {
            Ok(action) => actions.push(action),
            Err(error) => sink.push(*error),
        }
    }
    (actions.len() == items.len()).then_some((version, actions))
}

type Fault = Box<Diagnostic>;

fn outline<'t>(tree: &'t Tree, top: &Location) -> Result<(Version, &'t [Tree]), Fault> {
    let no_overlay = |at: Location, what: &str| -> Fault {
        let message = format!("this is not an OpenAPI Overlay document: {what}");
        Box::new(Diagnostic::error("not-overlay", at, message).help(EXPECTED))
    };
    let Some(object) = tree.as_object() else {
        return Err(no_overlay(top.clone(), &format!("it is {}", tree.kind())));
    };
    let Some(overlay) = object.get("overlay") else {
        let is_api = object.get("openapi").or(object.get("swagger")).is_some();
        let what = if is_api { "it is an OpenAPI document" } else { "it has no member `overlay`" };
        return Err(no_overlay(top.clone(), what));
    };
    let version = version(overlay).map_err(|written| {
        let message = format!("`overlay: {written}` is a version that modelsmith does not know");
        let at = top.keyword("overlay");
        Box::new(Diagnostic::error("unsupported-version", at, message).help("it knows 1.0.x and 1.1.x"))
    })?;
    match object.get("actions") {
        None => Err(no_overlay(top.clone(), "it has no member `actions`")),
        Some(Tree::Array(items)) if items.is_empty() => {
            Err(no_overlay(top.keyword("actions"), "`actions` is empty"))
        }
        Some(Tree::Array(items)) => Ok((version, items)),
        Some(other) => Err(no_overlay(top.keyword("actions"), &format!("`actions` is {}", other.kind()))),
    }
}

/// The version, or how it is written.
fn version(overlay: &Tree) -> Result<Version, String> {
    let text = match overlay {
        Tree::String(text) => text.to_string(),
        // YAML without quotes.
        Tree::Number(number) => number.to_string(),
        Tree::Null | Tree::Bool(_) | Tree::Array(_) | Tree::Object(_) => {
            return Err(overlay.kind().to_owned());
        }
    };
    let is =
        |line: &str| text.strip_prefix(line).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    match () {
        () if is("1.0") => Ok(Version::V1_0),
        () if is("1.1") => Ok(Version::V1_1),
        () => Err(text),
    }
}

fn action<'t>(tree: &'t Tree, version: Version, at: Location) -> Result<Action<'t>, Fault> {
    let Some(object) = tree.as_object() else {
        return Err(fault(at, format!("an action must be an object but is {}", tree.kind())));
    };
    let target = match object.get("target") {
        Some(target) => json_path(target, &at, "target")?,
        None => return Err(fault(at, "the action has no `target`".to_owned())),
    };
    let change = change(object, version, &at)?;
    Ok(Action { at, target, change })
}

fn change<'t>(action: &'t Object, version: Version, at: &Location) -> Result<Change<'t>, Fault> {
    match action.get("remove") {
        Some(Tree::Bool(true)) => return Ok(Change::Remove),
        None | Some(Tree::Bool(false)) => {}
        Some(other) => {
            let message = format!("`remove` must be a boolean but is {}", other.kind());
            return Err(fault(at.keyword("remove"), message));
        }
    }
    match (action.get("update"), action.get("copy"), version) {
        (None, None, _) => Ok(Change::Nothing),
        (Some(update), None, _) => Ok(Change::Update(update)),
        (_, Some(_), Version::V1_0) => {
            Err(fault(at.keyword("copy"), "`copy` needs `overlay: 1.1.0`".to_owned()))
        }
        (Some(_), Some(_), Version::V1_1) => {
            let message = "the action has both `update` and `copy`: make two actions of it";
            Err(fault(at.keyword("copy"), message.to_owned()))
        }
        (None, Some(copy), Version::V1_1) => {
            let (query, text) = json_path(copy, at, "copy")?;
            Ok(Change::Copy(query, text))
        }
    }
}

fn json_path<'t>(value: &'t Tree, action: &Location, key: &'static str) -> Result<(Query, &'t str), Fault> {
    let at = action.keyword(key);
    let Some(text) = value.as_str() else {
        return Err(fault(at, format!("`{key}` must be a JSONPath but is {}", value.kind())));
    };
    let query = Query::parse(text).map_err(|reason| {
        let message = format!("`{text}` is not a JSONPath expression: {reason}");
        let error = Diagnostic::error("invalid-json-path", at, message);
        Box::new(
            error.help("a path begins with `$`; names that are not plain words are quoted: `$['x-name']`"),
        )
    })?;
    Ok((query, text))
}

fn fault(at: Location, message: String) -> Fault {
    let error = Diagnostic::error("overlay-action", at, message);
    Box::new(error.help("an action has a `target` and one of `update`, `copy` (1.1) and `remove: true`"))
}
