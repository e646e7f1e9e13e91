//! Appends actions to the text of an overlay, in YAML or JSON. The existing actions, their order and the comments are
//! kept.

use std::path::Path;

use super::{Correction, object, string};
use crate::diagnostics::{Sink, Syntax};
use crate::load::{self, Object, Tree};

/// The header of a new overlay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The title of the document.
    pub title: String,
    /// The file name of the document.
    pub extends: String,
}

/// An overlay with corrections appended. `text` is the existing overlay, `None` for a new one. The extension of the
/// path selects JSON or YAML.
///
/// `None` if the text is not an overlay.
pub fn appended(
    path: &Path,
    text: Option<&str>,
    header: &Header,
    corrections: &[Correction],
) -> Option<String> {
    if corrections.is_empty() {
        return text.map(str::to_owned);
    }
    let text = text.filter(|text| !text.trim().is_empty());
    let Some(text) = text else {
        return Some(match syntax(path) {
            Syntax::Json => json(&with_actions(&new(header), &described(corrections))?),
            Syntax::Yaml => new_yaml(header) + &yaml_actions(corrections, "  "),
        });
    };
    let before = parsed(path, text)?;
    match syntax(path) {
        Syntax::Json => Some(json(&with_actions(&before, &described(corrections))?)),
        Syntax::Yaml => {
            let actions: Vec<Tree> = plain_actions(corrections);
            let wanted = with_actions(&before, &actions)?;
            let inserted = inserted(text, corrections).filter(|text| parsed(path, text) == Some(wanted));
            // If the actions are not a list in block style, the overlay is written anew: it loses its comments, but no
            // action.
            inserted.or_else(|| yaml(&with_actions(&before, &described(corrections))?))
        }
    }
}

/// The actions of an overlay, in order.
pub fn actions_of(path: &Path, text: &str) -> Option<Vec<Tree>> {
    parsed(path, text)?.get("actions")?.as_array().map(<[Tree]>::to_vec)
}

/// The overlay with only some of its actions, as JSON. `None` if no action is left.
pub fn without(path: &Path, text: &str, is_left: &dyn Fn(usize) -> bool) -> Option<String> {
    let tree = parsed(path, text)?;
    let actions = tree.get("actions")?.as_array()?;
    let left = actions.iter().enumerate().filter(|(index, _)| is_left(*index));
    let left: Vec<Tree> = left.map(|(_, action)| action.clone()).collect();
    (!left.is_empty()).then(|| {
        json(&super::schema::with(
            tree.as_object().unwrap_or(&Object::default()),
            "actions",
            Tree::Array(left),
        ))
    })
}

fn syntax(path: &Path) -> Syntax {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json { Syntax::Json } else { Syntax::Yaml }
}

fn parsed(path: &Path, text: &str) -> Option<Tree> {
    let mut sink = Sink::default();
    load::parse_value(path, text, &mut sink).filter(|_| !sink.has_errors())
}

fn new(header: &Header) -> Tree {
    let title = format!("Corrections of {} learned from recorded traffic", header.title);
    let info = object(vec![("title", string(&title)), ("version", string("1.0.0"))]);
    Tree::Object(object(vec![
        ("overlay", string("1.0.0")),
        ("info", Tree::Object(info)),
        ("extends", string(&header.extends)),
    ]))
}

fn new_yaml(header: &Header) -> String {
    let head = yaml(&new(header)).unwrap_or_default();
    format!(
        "# Where recorded traffic does not fit the document. Each correction says why it is needed, and how often that was\n\
         # recorded.\n{head}actions:\n"
    )
}

/// The overlay with actions appended.
fn with_actions(overlay: &Tree, more: &[Tree]) -> Option<Tree> {
    let members = overlay.as_object()?;
    let known = members.get("actions").and_then(Tree::as_array).unwrap_or_default();
    let all = known.iter().chain(more).cloned().collect();
    Some(super::schema::with(members, "actions", Tree::Array(all)))
}

fn plain_actions(corrections: &[Correction]) -> Vec<Tree> {
    corrections.iter().flat_map(|correction| &correction.actions).map(super::Action::tree).collect()
}

/// The actions for JSON, which has no comments: the first action of a correction has the reasons as its `description`.
fn described(corrections: &[Correction]) -> Vec<Tree> {
    let mut found = Vec::new();
    for correction in corrections {
        for (index, action) in correction.actions.iter().enumerate() {
            let Tree::Object(members) = action.tree() else { continue };
            let mut all = members.iter().map(|(key, value)| (key, value.clone())).collect::<Vec<_>>();
            if index == 0 {
                all.insert(1, ("description", string(&correction.reasons.join(" "))));
            }
            found.push(Tree::Object(object(all)));
        }
    }
    found
}

fn json(tree: &Tree) -> String {
    let text = serde_json::to_string_pretty(tree).unwrap_or_default();
    crate::number::without_marks(&text).into_owned() + "\n"
}

fn yaml(tree: &Tree) -> Option<String> {
    let text = serde_yaml::to_string(tree).ok()?;
    // Restores integers beyond 64 bits: the YAML writer has escaped the mark in the strings that carry them.
    Some(crate::number::without_marks(&text.replace("\"\\0integer ", "\"\\u0000integer ")).into_owned())
}

/// The actions as elements of a YAML list, each correction preceded by its reasons as a comment.
fn yaml_actions(corrections: &[Correction], indent: &str) -> String {
    let mut out = String::new();
    for correction in corrections {
        for reason in &correction.reasons {
            for line in wrapped(reason, 118 - indent.len()) {
                out.push_str(&format!("{indent}# {line}\n"));
            }
        }
        for action in &correction.actions {
            let text = yaml(&Tree::Array(vec![action.tree()])).unwrap_or_default();
            for line in text.lines() {
                out.push_str(if line.is_empty() { "" } else { indent });
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// The lines of a comment.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The text with the actions inserted after the last element of `actions`, if that is a list in block style.
fn inserted(text: &str, corrections: &[Correction]) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let head = lines.iter().position(|line| line.trim_end() == "actions:")?;
    let is_content = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let body = lines.get(head + 1..)?;
    let indent = depth(body.iter().find(|line| is_content(line))?);
    let is_inside =
        |line: &str| depth(line) > indent || depth(line) == indent && line.trim_start().starts_with('-');
    let end = body.iter().position(|line| is_content(line) && (!is_inside(line) || line.starts_with("---")));
    let inside = body.get(..end.unwrap_or(body.len()))?;
    let last = inside.iter().rposition(|line| is_content(line))?;
    let (before, after) = lines.split_at(head + 1 + last + 1);
    let mut out = before.concat();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&yaml_actions(corrections, &" ".repeat(indent)));
    out.push_str(&after.concat());
    Some(out)
}

/// A correction in an existing overlay: the range of its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The index of its first action.
    pub first: usize,
    /// The number of its actions.
    pub count: usize,
    /// The JSONPath of its first action.
    pub target: String,
}

/// Groups the actions of an overlay into corrections. An action that removes a node and the next one that adds a
/// replacement belong together: one without the other would leave out a part of the document or duplicate it.
pub fn kept(actions: &[Tree]) -> Vec<Kept> {
    let removes = |action: &Tree| action.get("remove").and_then(Tree::as_bool) == Some(true);
    let mut found: Vec<Kept> = Vec::new();
    // The nodes that the last actions removed and no action has replaced yet.
    let mut gone: Vec<String> = Vec::new();
    // References to the components that the last actions added.
    let mut added: Vec<String> = Vec::new();
    for (index, action) in actions.iter().enumerate() {
        let target = target_of(action);
        let belongs = if removes(action) {
            let mut later = actions.iter().skip(index + 1);
            gone.iter().any(|gone| owner(gone) == owner(&target))
                && later.find(|next| !removes(next)).is_some_and(|next| target_of(next) == owner(&target))
        } else {
            gone.iter().any(|gone| is_around(&target, gone))
                || added.iter().any(|reference| mentions(action, reference))
        };
        match found.last_mut() {
            Some(last) if belongs => last.count += 1,
            Some(_) | None => {
                found.push(Kept { first: index, count: 1, target: target.clone() });
                gone.clear();
                added.clear();
            }
        }
        added.extend(components_of(action, &target));
        // A name removed from `required` is not replaced.
        let is_name = target.ends_with(".required") || target.contains(".required[?");
        if removes(action) && !is_name {
            gone.push(target);
        }
    }
    found
}

/// References to the components that an action adds.
fn components_of(action: &Tree, target: &str) -> Vec<String> {
    let section = match target {
        "$.components.schemas" => "#/components/schemas/",
        "$.definitions" => "#/definitions/",
        _ => return Vec::new(),
    };
    let members = action.get("update").and_then(Tree::as_object);
    members.into_iter().flat_map(Object::iter).map(|(name, _)| format!("{section}{name}")).collect()
}

/// Whether a tree contains a text.
fn mentions(tree: &Tree, text: &str) -> bool {
    match tree {
        Tree::String(found) => **found == *text,
        Tree::Array(items) => items.iter().any(|item| mentions(item, text)),
        Tree::Object(members) => members.iter().any(|(_, value)| mentions(value, text)),
        Tree::Null | Tree::Bool(_) | Tree::Number(_) => false,
    }
}

fn target_of(action: &Tree) -> String {
    action.get("target").and_then(Tree::as_str).unwrap_or_default().trim().to_owned()
}

/// The parent of a target: the path without its last segment.
fn owner(target: &str) -> &str {
    let end = target.rfind(['.', '[']).unwrap_or(0);
    target.get(..end).unwrap_or_default()
}

/// Whether a target contains another one.
fn is_around(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '[']))
}
