//! Structs and unions that hold one another: read from a text, through `serde` and from a value they are the same. The
//! fuzz target `runtime_json` uses this file too.

use crate::runtime;
use serde::Deserialize;
use serde_json::{Map, Value};

macro_rules! object {
    ($name:ident { $($field:ident: $ty:ty),* } $($body:tt)+) => {
        pub struct $name {
            $(pub $field: $ty,)*
            pub rest: Map<String, Value>,
        }

        runtime::object!($name $($body)+);
    };
}

object!(Leaf { id: i64, note: Option<String>, values: Vec<f64> } {
    "kind" = "leaf";
    required id;
    optional note;
    default values = Vec::new();
    ..keep rest
});
object!(Branch { left: Box<Node>, inner: Option<Vec<Node>> } {
    "kind" = "branch";
    required left;
    optional inner;
    ..keep rest
});
object!(Holder { content: Content, either: Option<Either> } {
    "kind" = "holder";
    required content;
    optional either;
    ..keep rest
});
object!(Text { text: String } { "type" = "text"; required text; ..keep rest });
object!(Tree { node: Box<Node> } { "type" = "tree"; required node; ..keep rest });
object!(Left { node: Box<Node>, left: bool } { required node, left; ..keep rest });
object!(Right { node: Box<Node>, right: bool } { required node, right; ..keep rest });
object!(Both { node: Box<Node>, left: Vec<bool> } { required node, left; ..keep rest });

pub enum Node {
    Leaf(Leaf),
    Branch(Branch),
    Holder(Holder),
    Unknown(runtime::UnknownVariant),
}

runtime::tagged_union!(Node, tag = "kind", {
    "leaf" => Leaf,
    "branch" => Branch,
    "holder" => Holder,
} else Unknown);

pub enum Content {
    Text(Text),
    Tree(Tree),
}

runtime::tagged_union!(Content, tag = "type", { "text" => Text, "tree" => Tree });

pub enum Either {
    Left(Left),
    Right(Right),
    Both(Both),
    Name(String),
}

runtime::union!(Either {
    variants: [Left, Right, Both, Name],
    string: [Name],
    object: fit { Left ["node", "left"], Right ["node", "right"], Both ["node", "left"] }
});

/// Whether a text is a node. It is the same one, or none, by every way to read it that knows as much of the text.
#[allow(dead_code, reason = "not every test reads any bytes")]
#[track_caller]
pub fn alike(text: &[u8]) -> bool {
    let read = runtime::from_slice::<Node>(text);
    let shown = || String::from_utf8_lossy(text).chars().take(400).collect::<String>();
    let through = serde_json::from_slice::<Node>(text);
    assert_eq!(through.as_ref().ok(), read.as_ref().ok(), "through serde: {}", shown());
    let Ok(value) = serde_json::from_slice::<Value>(text) else {
        assert!(read.is_err(), "it is not JSON: {}", shown());
        return false;
    };
    // A value has each name once, and does not say whether an integer was rounded.
    let is_each_name_once = has_each_name_once(text, &value);
    if is_each_name_once && !may_be_rounded(text) {
        let recorded = runtime::from_value::<Node>(&value);
        assert_eq!(recorded.as_ref().ok(), read.as_ref().ok(), "{recorded:?} and {read:?}: {}", shown());
        let through = Node::deserialize(&value);
        assert_eq!(through.as_ref().ok(), read.as_ref().ok(), "{}", shown());
        if let (Err(recorded), Err(read)) = (recorded, &read) {
            assert_eq!((recorded.path(), recorded.message()), (read.path(), read.message()), "{}", shown());
        }
    }
    if let Ok(node) = &read {
        let written = runtime::to_vec(node).unwrap();
        assert_eq!(serde_json::to_vec(node).unwrap(), written);
        // Of a tag that stands there twice the first one counts, and an unknown object keeps the last.
        if is_each_name_once {
            assert_eq!(runtime::from_slice::<Node>(&written).as_ref(), Ok(node), "{}", shown());
        }
    }
    read.is_ok()
}

/// Whether there may be a number that `serde_json` rounds.
fn may_be_rounded(text: &[u8]) -> bool {
    text.iter().any(|byte| b".eE".contains(byte))
        || text.windows(19).any(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// Whether no name is repeated in an object: then as many colons stand outside of strings as the value has entries.
fn has_each_name_once(text: &[u8], value: &Value) -> bool {
    let (mut colons, mut inside, mut escaped) = (0, false, false);
    for byte in text {
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' => escaped = inside,
            b'"' => inside = !inside,
            b':' if !inside => colons += 1,
            _ => {}
        }
    }
    entries(value) == colons
}

fn entries(value: &Value) -> usize {
    match value {
        Value::Object(object) => object.len() + object.values().map(entries).sum::<usize>(),
        Value::Array(items) => items.iter().map(entries).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
