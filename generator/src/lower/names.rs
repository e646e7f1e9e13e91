//! Names for what is hoisted: from the last meaningful token of its pointer, or from the file.

use super::{Files, Target};
use crate::keywords::{Naming, keyword};
use crate::load::Tree;

/// Names to try, the shortest first.
pub(super) fn candidates(files: &dyn Files, target: &Target<'_>) -> Vec<String> {
    let tokens = target.pointer.tokens();
    let mut parts = Vec::new();
    let mut rest = tokens.as_slice();
    if let Some((operation, after)) = operation(files.tree(target.file), &tokens) {
        parts.push(operation);
        rest = after;
    }
    let mut tail = "";
    let mut named = false;
    for token in rest {
        if named && !is_index(token) {
            parts.push(token.clone());
            tail = "";
            named = false;
            continue;
        }
        match keyword(token).naming {
            Naming::Silent => named = false,
            Naming::NameFollows => named = true,
            Naming::Suffix(suffix) => (named, tail) = (false, suffix),
            Naming::Word if !is_noise(token) => {
                parts.push(token.clone());
                tail = "";
            }
            Naming::Word => {}
        }
    }
    if parts.is_empty()
        && let Some(name) = target.tree.get("in").and(target.tree.get("name")).and_then(Tree::as_str)
    {
        parts.push(name.to_owned());
    }
    if parts.is_empty() {
        parts.push(stem(files.path(target.file)).to_owned());
    }
    let mut candidates: Vec<String> = Vec::with_capacity(3);
    for count in 1..=parts.len().min(3) {
        let mut name = parts[parts.len() - count..].join("_");
        name.push_str(tail);
        candidates.push(name);
    }
    candidates
}

/// The name of the operation that the pointer goes through, and the tokens inside of it.
fn operation<'p>(root: Option<&Tree>, tokens: &'p [String]) -> Option<(String, &'p [String])> {
    let [section, path, method, rest @ ..] = tokens else { return None };
    if section != "paths" && section != "webhooks" {
        return None;
    }
    let item = root?.get(section)?.get(path)?;
    let operation = item.get(method)?;
    let id = operation.get("operationId").and_then(Tree::as_str);
    let mut name = id.map_or_else(|| words(&format!("{method} {path}")), str::to_owned);
    let rest = match rest {
        [what, rest @ ..] if what == "requestBody" => {
            name.push_str("_request");
            rest
        }
        [what, code, rest @ ..] if what == "responses" => {
            name.push_str("_response");
            if !code.starts_with('2') {
                name.push('_');
                name.push_str(code);
            }
            rest
        }
        [what, index, rest @ ..] if what == "parameters" => {
            let parameter = index.parse().ok().and_then(|index: usize| {
                operation.get("parameters")?.as_array()?.get(index)?.get("name")?.as_str()
            });
            name.push('_');
            name.push_str(parameter.unwrap_or(index));
            rest
        }
        rest => rest,
    };
    Some((name, rest))
}

fn words(text: &str) -> String {
    let words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

fn is_noise(token: &str) -> bool {
    token.contains('/') || is_index(token)
}

fn is_index(token: &str) -> bool {
    token.bytes().all(|byte| byte.is_ascii_digit())
}

/// The file's name without its folder and extensions.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = [".yaml", ".yml", ".json"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    name.strip_suffix(".schema").unwrap_or(name)
}
