//! What a scalar is, by YAML's core schema: `null`, a boolean, a number or a string.

use std::str::FromStr;

use granit_parser::{ScalarStyle, Tag};
use serde::de::{Error, Visitor};

use super::Fault;
use crate::diagnostics::excerpt_of;
use crate::load::Tree;
use crate::load::position::Position;
use crate::load::reader::{Node, Reader};
use crate::number as wide;

/// Of the tags that YAML defines. `<<` has one too, which the core schema leaves out.
const NAMESPACE: &str = "tag:yaml.org,2002:";

/// Whether a key is YAML's merge key. In quotes it is a key like any other.
pub(super) fn is_merge_key(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    text == "<<"
        && match tag {
            None => style == ScalarStyle::Plain,
            Some(tag) => tag.suffix_in_namespace(NAMESPACE).as_deref() == Some("merge"),
        }
}

/// The tree of a scalar.
pub(super) fn read(
    reader: &mut Reader,
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Tree, Fault> {
    let node = Node { reader, position: Position::Value };
    let Some(tag) = tag else { return by_style(node, text, style) };
    let refused =
        |what: &str| Fault::custom(format!("`{}` is tagged as {what} and is not one", excerpt_of(text)));
    match tag.core_suffix() {
        Some("null") if is_null(text) => node.visit_unit(),
        Some("null") => {
            Err(Fault::custom(format!("`{}` is tagged as null and is not null", excerpt_of(text))))
        }
        Some("bool") => node.visit_bool(boolean(text).ok_or_else(|| refused("a boolean"))?),
        Some("int") => number(node, text).filter(is_integer).unwrap_or_else(|| Err(refused("an integer"))),
        Some("float") => {
            let number = serde_yaml::Number::from_str(text).ok().and_then(|number| number.as_f64());
            node.visit_f64(number.ok_or_else(|| refused("a number"))?)
        }
        Some(_) => node.visit_str(text),
        // `!` alone and YAML's further types, such as dates, are text. A tag of the author's says nothing.
        None if is_text_tag(tag) => node.visit_str(text),
        None => by_style(node, text, style),
    }
}

fn is_text_tag(tag: &Tag) -> bool {
    tag.parts() == ("", "!") || tag.suffix_in_namespace(NAMESPACE).is_some()
}

fn by_style(node: Node<'_>, text: &str, style: ScalarStyle) -> Result<Tree, Fault> {
    if style != ScalarStyle::Plain {
        return node.visit_str(text);
    }
    if text.is_empty() || is_null(text) {
        return node.visit_unit();
    }
    if let Some(value) = boolean(text) {
        return node.visit_bool(value);
    }
    let Node { reader, position } = node;
    match number(Node { reader: &mut *reader, position }, text) {
        Some(number) => number,
        None => Node { reader, position }.visit_str(text),
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL" | "~")
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The number that `text` spells, if it spells one.
fn number(node: Node<'_>, text: &str) -> Option<Result<Tree, Fault>> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return None;
    }
    let Ok(number) = serde_yaml::Number::from_str(text) else { return huge(node, text) };
    Some(match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(value), ..) => node.visit_u64(value),
        (None, Some(value), _) => node.visit_i64(value),
        (None, None, Some(value)) => node.visit_f64(value),
        (None, None, None) => return None,
    })
}

/// An integer that 64 bits do not hold. Zeros before other digits make text of it, however long.
fn huge(node: Node<'_>, text: &str) -> Option<Result<Tree, Fault>> {
    if text.trim_start_matches(['+', '-']).starts_with('0') {
        return None;
    }
    match (text.parse::<i128>(), text.parse::<u128>()) {
        (Ok(value), _) => Some(node.visit_i128(value)),
        (Err(_), Ok(value)) => Some(node.visit_u128(value)),
        (Err(_), Err(_)) => None,
    }
}

fn is_integer(number: &Result<Tree, Fault>) -> bool {
    match number {
        Ok(Tree::Number(number)) => number.is_i64() || number.is_u64(),
        Ok(Tree::String(text)) => wide::of_text(text).is_some(),
        Ok(_) => false,
        Err(_) => true,
    }
}
