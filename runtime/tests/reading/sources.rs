//! Documents made at random, their properties in any order, are read alike from every source, and written back whole.

use modelsmith_runtime as runtime;

use crate::models::Node;
use crate::random::Random;
use serde::Deserialize;
use serde_json::Value;

/// An object with these properties, and some that no model names, in any order, at times with an escape in a name.
fn object(random: &mut Random, mut properties: Vec<(&str, String)>) -> String {
    for name in ["other", "Kind", "deep"] {
        if random.below(4) == 0 {
            let levels = if name == "deep" { 4 } else { 1 };
            properties.push((name, random.tree(levels)));
        }
    }
    let mut texts = Vec::new();
    while !properties.is_empty() {
        let (name, value) = properties.remove(random.below(properties.len()));
        let (first, others) = name.split_at(1);
        let name = match random.below(8) {
            0 => format!("\\u{:04x}{others}", first.as_bytes()[0]),
            _ => name.to_owned(),
        };
        texts.push(format!("{}\"{name}\"{}:{}{value}", random.space(), random.space(), random.space()));
    }
    format!("{{{}{}}}", texts.join(","), random.space())
}

fn node(random: &mut Random, levels: usize) -> String {
    let inner = levels.saturating_sub(1);
    let (kind, mut properties) = match random.below(if levels == 0 { 3 } else { 7 }) {
        0 | 1 => ("leaf", leaf(random)),
        2 => ("unheard of", Vec::new()),
        3 | 4 => {
            let nodes: Vec<String> = (0..random.below(4)).map(|_| node(random, inner)).collect();
            ("branch", vec![("left", node(random, inner)), ("inner", format!("[{}]", nodes.join(", ")))])
        }
        _ => ("holder", vec![("content", content(random, inner)), ("either", either(random, inner))]),
    };
    properties.push(("kind", format!("\"{kind}\"")));
    object(random, properties)
}

fn leaf(random: &mut Random) -> Vec<(&'static str, String)> {
    let values: Vec<String> = (0..random.below(4)).map(|_| format!("-{}.5", random.below(999))).collect();
    let mut properties = vec![
        ("id", random.below(1 << 40).to_string()),
        ("values", format!("[{}]", values.join(&format!(",{}", random.space())))),
    ];
    if random.below(2) == 0 {
        properties.push(("note", random.string()));
    }
    properties
}

fn content(random: &mut Random, levels: usize) -> String {
    let properties = match random.below(2) {
        0 => vec![("type", "\"text\"".to_owned()), ("text", random.string())],
        _ => vec![("type", "\"tree\"".to_owned()), ("node", node(random, levels))],
    };
    object(random, properties)
}

fn either(random: &mut Random, levels: usize) -> String {
    let other = match random.below(4) {
        0 => ("left", "true".to_owned()),
        1 => ("right", "false".to_owned()),
        2 => ("left", "[true, false]".to_owned()),
        _ => return random.string(),
    };
    let properties = vec![("node", node(random, levels)), other];
    object(random, properties)
}

#[test]
fn every_source_reads_the_same() {
    let mut random = Random(0xC0FF_EE00_1234_5678);
    let (mut largest, mut total) = (0, 0);
    for _ in 0..1500 {
        let text = node(&mut random, 5);
        (largest, total) = (largest.max(text.len()), total + text.len());
        let value: Value = serde_json::from_str(&text).unwrap();
        let read: Node = runtime::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        let mut cbor = Vec::new();
        ciborium::into_writer(&value, &mut cbor).unwrap();
        let others = [
            runtime::from_slice(text.as_bytes()).ok(),
            runtime::from_value(&value).ok(),
            serde_json::from_str(&text).ok(),
            serde_json::from_slice(text.as_bytes()).ok(),
            serde_json::from_reader(text.as_bytes()).ok(),
            serde_json::from_value(value.clone()).ok(),
            Node::deserialize(&value).ok(),
            ciborium::from_reader(cbor.as_slice()).ok(),
            serde_yaml::from_str(&serde_yaml::to_string(&value).unwrap()).ok(),
        ];
        for (index, other) in others.iter().enumerate() {
            assert_eq!(other.as_ref(), Some(&read), "source {index}: {text}");
        }
        // Everything that is not a field is kept, so nothing is lost.
        let written = runtime::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value, "{text}");
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        // Cut off anywhere it is refused.
        let cut = random.below(text.len());
        if let Some(part) = text.get(..cut) {
            assert!(runtime::from_str::<Node>(part).is_err(), "{part}");
        }
    }
    assert!(largest > 2000 && total > 500_000, "{largest}, {total}");
}

/// Documents that are changed at random are refused by all, or read as the same by all, and with the same message.
#[test]
fn damaged_documents_are_read_alike() {
    let mut random = Random(0x5EED_0F0D_DBA1_1001);
    let alphabet = b"{}[]\",:\\u0019-truefalsn kidodt";
    let (mut read, mut refused) = (0, 0);
    for _ in 0..4000 {
        let mut text = node(&mut random, 3).into_bytes();
        for _ in 0..1 + random.below(2) {
            let at = random.below(text.len());
            let byte = alphabet[random.below(alphabet.len())];
            match random.below(4) {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                2 => drop(text.drain(at..(at + 1 + random.below(12)).min(text.len()))),
                _ => {
                    // A piece of the text once more, somewhere else.
                    let end = (at + 1 + random.below(40)).min(text.len());
                    let piece = text[at..end].to_vec();
                    let place = random.below(text.len());
                    text.splice(place..place, piece);
                }
            }
            if text.is_empty() {
                break;
            }
        }
        if crate::models::alike(&text) { read += 1 } else { refused += 1 }
    }
    assert!(read > 200 && refused > 1000, "{read} read, {refused} refused");
}
