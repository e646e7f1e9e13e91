//! The payloads that the readers are compared on.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use fidelity::{Document, examples, pointer};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Subject;
use crate::documents;

/// Payloads of a document.
pub(super) struct Payloads {
    pub(super) title: &'static str,
    pub(super) document: Subject,
    /// The component schema of each, and its text without white space.
    pub(super) texts: Vec<(String, String)>,
}

impl Payloads {
    /// All of them; those that are not the project's own are in `folder`.
    pub(super) fn all(folder: &Path) -> Result<[Self; 3], String> {
        Ok([events()?, webhooks(folder)?, stripe(folder)?])
    }

    /// The texts with the properties of every object in reverse order: tags are among the first ones as recorded, or
    /// the last, and are at the other end now.
    pub(super) fn reversed(&self) -> Result<Vec<String>, String> {
        self.texts
            .iter()
            .map(|(_, text)| reversed(text))
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())
    }
}

fn events() -> Result<Payloads, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = |name: &str| minified(&read(&root.join("tests/payloads").join(name))?);
    Ok(Payloads {
        title: "agent server, pages of events",
        document: Subject { name: "agent server", path: root.join("spec/agent-server.openapi.json") },
        texts: ["search_events_1.json", "search_events_3.json"]
            .into_iter()
            .map(|name| Ok(("EventPage".to_owned(), page(name)?)))
            .collect::<Result<_, String>>()?,
    })
}

#[derive(Deserialize)]
struct Webhook<'a> {
    event: String,
    #[serde(borrow)]
    examples: Vec<&'a RawValue>,
}

fn webhooks(folder: &Path) -> Result<Payloads, String> {
    let path = folder.join("github-webhooks.json");
    let document = Document::new(documents::read(&path)?).map_err(|error| error.to_string())?;
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("payloads/github-webhooks"))
        .map_err(|error| error.to_string())?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    let mut texts = Vec::new();
    for file in files {
        let text = read(&file)?;
        let recorded: Webhook<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        for example in examples::of_github_webhooks(&document, &value) {
            let index = (0..recorded.examples.len())
                .find(|index| example.source == format!("{}[{index}]", recorded.event));
            let reference = document.schema(&example.schema).and_then(|schema| schema.get("$ref"));
            let component = reference.and_then(|target| pointer::of_reference(target.as_str()?));
            if let (Some(index), Some(component)) = (index, component) {
                let name = component.rsplit('/').next().unwrap_or_default().to_owned();
                texts.push((name, minified(recorded.examples[index].get())?));
            }
        }
    }
    Ok(Payloads { title: "GitHub, webhooks", document: Subject { name: "github-webhooks", path }, texts })
}

#[derive(Deserialize)]
struct Fixtures<'a> {
    #[serde(borrow)]
    resources: BTreeMap<String, &'a RawValue>,
}

fn stripe(folder: &Path) -> Result<Payloads, String> {
    let path = folder.join("stripe.yaml");
    let text = read(&folder.join("payloads/stripe-fixtures3.json"))?;
    let fixtures: Fixtures<'_> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let texts = fixtures.resources.into_iter().map(|(name, value)| Ok((name, minified(value.get())?)));
    let texts = texts.collect::<Result<_, String>>()?;
    Ok(Payloads { title: "Stripe, one of each resource", document: Subject { name: "stripe", path }, texts })
}

/// The text with its members in their order, without white space.
fn minified(text: &str) -> Result<String, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut out = Vec::new();
    serde_transcode::transcode(&mut reader, &mut serde_json::Serializer::new(&mut out))
        .map_err(|error| error.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The members of an object in their order, each as its text.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

/// The text with the members of every object in reverse order.
fn reversed(text: &str) -> serde_json::Result<String> {
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text)?;
            let members = members.iter().rev();
            let members = members.map(|(name, value)| {
                Ok(format!("{}:{}", serde_json::to_string(name)?, reversed(value.get())?))
            });
            format!("{{{}}}", members.collect::<serde_json::Result<Vec<_>>>()?.join(","))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            let items = items.iter().map(|item| reversed(item.get()));
            format!("[{}]", items.collect::<serde_json::Result<Vec<_>>>()?.join(","))
        }
        _ => text.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::reversed;

    #[test]
    fn members_change_their_order_and_nothing_else() {
        let text = r#"{"a":1.50,"b":[{"c":"x\n","d":null},2],"a":{}}"#;
        let turned = r#"{"a":{},"b":[{"d":null,"c":"x\n"},2],"a":1.50}"#;
        assert_eq!(reversed(text).unwrap(), turned);
        assert_eq!(reversed(turned).unwrap(), text);
    }
}
