//! Random valid values of a schema, the same for the same seed.

mod scalars;

use std::collections::{HashMap, HashSet};

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::parts::{Parts, Union};
use crate::{Document, pointer};

/// From this depth on only what is required.
const DEEP: usize = 7;
/// Here the generator gives up.
const DEEPEST: usize = 24;
/// Values of one instance, from which on only what is required.
const LARGE: usize = 250;

type Address = *const Map<String, Value>;

/// `count` different valid instances of the schema at `schema`, or as many as can be found.
pub fn instances(document: &Document, schema: &str, count: usize, seed: u64) -> Vec<Value> {
    let mut generator = Generator::new(document, seed);
    let mut found = Vec::new();
    let mut texts = HashSet::new();
    let Some(root) = document.schema(schema) else { return found };
    for attempt in 0..count * 3 + 10 {
        if found.len() >= count {
            break;
        }
        let fill = match attempt {
            0 => Fill::Required,
            1 => Fill::All,
            _ => Fill::Some,
        };
        let Some(value) = generator.instance(root, fill) else { continue };
        if document.allows(schema, &value) && texts.insert(value.to_string()) {
            found.push(value);
        }
    }
    found
}

/// A valid instance of the schema at `root` in which the schema at `place`, somewhere inside, stands for `value`.
pub fn around(document: &Document, root: &str, place: &str, value: &Value, seed: u64) -> Option<Value> {
    let rest = place.strip_prefix(root)?;
    if rest.is_empty() {
        return document.allows(root, value).then(|| value.clone());
    }
    let schema = document.schema(root)?;
    let mut generator = Generator::new(document, seed);
    let mut at = root.to_owned();
    generator.path.extend(schema.as_object().map(std::ptr::from_ref));
    for step in rest.split('/').skip(1) {
        at = format!("{at}/{step}");
        generator.path.extend(document.schema(&at).and_then(Value::as_object).map(std::ptr::from_ref));
    }
    generator.forced = Some((document.schema(place)?.as_object()?, value));
    (0..12).find_map(|attempt| {
        let fill = if attempt % 2 == 0 { Fill::Required } else { Fill::Some };
        generator.used = false;
        let made = generator.instance(schema, fill)?;
        (generator.used && document.allows(root, &made)).then_some(made)
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fill {
    Required,
    Some,
    All,
}

struct Generator<'d> {
    document: &'d Document,
    rng: Rng,
    fill: Fill,
    made: usize,
    /// How often each choice was made, so that every branch and every value has its turn.
    turns: HashMap<usize, usize>,
    /// A schema and the value that stands for it.
    forced: Option<(&'d Map<String, Value>, &'d Value)>,
    /// Schemas that must be visited.
    path: HashSet<Address>,
    used: bool,
    /// Components by the component that their `allOf` refers to.
    children: HashMap<Address, Vec<(String, &'d Value)>>,
}

/// A property and the value by which a discriminator tells the schema.
type Tag<'d> = (&'d str, String);

impl<'d> Generator<'d> {
    fn new(document: &'d Document, seed: u64) -> Self {
        Self {
            document,
            rng: Rng::with_seed(seed),
            fill: Fill::Some,
            made: 0,
            turns: HashMap::new(),
            forced: None,
            path: HashSet::new(),
            used: false,
            children: children(document),
        }
    }

    fn instance(&mut self, schema: &'d Value, fill: Fill) -> Option<Value> {
        self.fill = fill;
        self.made = 0;
        let parts = Parts::of(self.document, schema);
        let own = parts.target.unwrap_or(schema);
        self.value(parts, Some(own), 0)
    }

    /// The next of `count` choices at `place`.
    fn turn(&mut self, place: usize, count: usize) -> usize {
        let first = self.rng.usize(0..count.max(1));
        let turn = self.turns.entry(place).or_insert(first);
        *turn = turn.wrapping_add(1);
        *turn % count.max(1)
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(0..100) < percent
    }

    fn sparse(&self, depth: usize) -> bool {
        self.fill == Fill::Required || depth >= DEEP || self.made >= LARGE
    }

    fn value(&mut self, mut parts: Parts<'d>, own: Option<&'d Value>, depth: usize) -> Option<Value> {
        self.made += 1;
        if depth > DEEPEST || parts.never {
            return None;
        }
        if let Some((place, value)) = self.forced
            && parts.each.iter().any(|part| std::ptr::eq(*part, place))
        {
            self.used = true;
            return Some(value.clone());
        }
        let mut tags = Vec::new();
        self.inherit(&mut parts, own, &mut tags);
        self.settle_unions(&mut parts, &mut tags)?;
        if parts.never {
            return None;
        }
        if let Some(values) = parts.values() {
            let place = values.first().map_or(0, |value| std::ptr::from_ref(*value).addr());
            let turn = self.turn(place, values.len());
            return values.get(turn).map(|value| (*value).clone());
        }
        match self.pick_type(&parts, depth) {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool(self.rng.bool())),
            "integer" => scalars::integer(&mut self.rng, &parts),
            "number" if scalars::is_whole(&parts) => scalars::integer(&mut self.rng, &parts),
            "number" => scalars::number(&mut self.rng, &parts),
            "string" => scalars::string(&mut self.rng, &parts),
            "array" => self.array(&parts, depth),
            "object" => self.object(&parts, &tags, depth),
            _ => Some(scalars::anything(&mut self.rng)),
        }
    }

    /// A parent with a discriminator stands for one of its children.
    fn inherit(&mut self, parts: &mut Parts<'d>, own: Option<&'d Value>, tags: &mut Vec<Tag<'d>>) {
        let heads: Vec<_> = parts.each.iter().copied().filter(|part| is_parent(part)).collect();
        for head in heads {
            let Some(property) = tag_property(head) else { continue };
            let Some(own) = own else { continue };
            let is_own = own.as_object().is_some_and(|own| std::ptr::eq(own, head));
            let children = self.children.get(&std::ptr::from_ref(head)).cloned().unwrap_or_default();
            if is_own && !children.is_empty() && self.forced.is_none() {
                let turn = self.turn(std::ptr::from_ref(head).addr(), children.len());
                if let Some((name, child)) = children.get(turn) {
                    parts.join(Parts::of(self.document, child));
                    tags.push((property, tag_value(head, name)));
                }
            } else if let Some(place) = self.document.place_of(own) {
                tags.push((property, tag_value(head, &pointer::last(place))));
            }
        }
    }

    /// Takes one branch of every union.
    fn settle_unions(&mut self, parts: &mut Parts<'d>, tags: &mut Vec<Tag<'d>>) -> Option<()> {
        let mut done: Vec<*const Value> = Vec::new();
        while let Some(union) = parts.unions().find(|union| !done.contains(&union.branches.as_ptr())) {
            done.push(union.branches.as_ptr());
            if done.len() > 40 {
                return None;
            }
            let branch = self.branch(union)?;
            if let (Some(property), Some(reference)) =
                (tag_property(union.owner), branch.get("$ref").and_then(Value::as_str))
            {
                tags.push((property, tag_value(union.owner, &pointer::last(reference))));
            }
            parts.join(Parts::of(self.document, branch));
        }
        Some(())
    }

    fn branch(&mut self, union: Union<'d>) -> Option<&'d Value> {
        let on_path = union.branches.iter().find(|branch| {
            branch.as_object().is_some_and(|branch| self.path.contains(&std::ptr::from_ref(branch)))
        });
        if on_path.is_some() {
            return on_path;
        }
        let turn = self.turn(union.branches.as_ptr().addr(), union.branches.len());
        union.branches.get(turn)
    }

    fn pick_type(&mut self, parts: &Parts<'d>, depth: usize) -> &'d str {
        let Some(mut types) = parts.types() else { return implied_type(parts) };
        if types.len() > 1 && types.contains(&"null") {
            if self.fill != Fill::All && self.chance(20) || depth > DEEP + 3 {
                return "null";
            }
            types.retain(|name| *name != "null");
        }
        if types.len() > 1
            && types.contains(&"object")
            && implied_type(parts) == "object"
            && self.forced.is_some()
        {
            return "object";
        }
        self.rng.choice(types).unwrap_or("never")
    }

    fn object(&mut self, parts: &Parts<'d>, tags: &[Tag<'d>], depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let required = parts.required();
        for name in parts.property_names() {
            let property = parts.property(self.document, name)?;
            let on_path = property.each.iter().any(|part| self.path.contains(&std::ptr::from_ref(*part)));
            let needed = required.contains(&name);
            let tag = tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| Value::from(value.as_str()));
            let wanted = match self.fill {
                Fill::Required => false,
                Fill::Some => self.chance(50),
                Fill::All => true,
            };
            if !(needed || on_path || tag.is_some() || wanted && !self.sparse(depth)) {
                continue;
            }
            if let Some(tag) = tag
                && property.values().is_none_or(|values| values.contains(&&tag))
            {
                members.insert(name.to_owned(), tag);
                continue;
            }
            let own = property.target.or_else(|| only(&property, self.document));
            match self.value(property, own, depth + 1) {
                Some(value) => {
                    members.insert(name.to_owned(), value);
                }
                None if needed => return None,
                None => {}
            }
        }
        self.further(parts, &required, &mut members, depth)?;
        Some(Value::Object(members))
    }

    /// Required properties that no part describes, and those that only `additionalProperties` does.
    fn further(
        &mut self,
        parts: &Parts<'d>,
        required: &[&str],
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Option<()> {
        for name in required {
            if !members.contains_key(*name) {
                let property = parts.property(self.document, name).unwrap_or_default();
                let value = self.value(property, None, depth + 1)?;
                members.insert((*name).to_owned(), value);
            }
        }
        let open = parts.all("additionalProperties").next().is_some()
            && parts.all("additionalProperties").all(|schema| *schema != false);
        let least = parts.all("minProperties").filter_map(Value::as_u64).max().unwrap_or(0);
        let most = parts.all("maxProperties").filter_map(Value::as_u64).min().unwrap_or(u64::MAX);
        let wanted = if !open || self.sparse(depth) { 0 } else { self.rng.usize(0..3) };
        for index in 0..wanted.max(usize::try_from(least).ok()?.saturating_sub(members.len()).min(20)) {
            if members.len() as u64 >= most {
                break;
            }
            let name = self.name(parts, index)?;
            if parts.names(&name) || !open && least == 0 {
                continue;
            }
            let property = parts.property(self.document, &name).unwrap_or_default();
            if let Some(value) = self.value(property, None, depth + 1) {
                members.insert(name, value);
            }
        }
        Some(())
    }

    fn name(&mut self, parts: &Parts<'d>, index: usize) -> Option<String> {
        if let Some(names) = parts.all("propertyNames").next() {
            let names = Parts::of(self.document, names);
            if let Some(Value::String(name)) = self.value(names, None, DEEP)
                && !name.is_empty()
            {
                return Some(name);
            }
        }
        Some(format!("extra key {index}"))
    }

    fn array(&mut self, parts: &Parts<'d>, depth: usize) -> Option<Value> {
        let least = parts.all("minItems").filter_map(Value::as_u64).max().unwrap_or(0).min(200);
        let most = parts.all("maxItems").filter_map(Value::as_u64).min().unwrap_or(200).max(least);
        let prefix = parts.all("prefixItems").filter_map(Value::as_array).map(Vec::len).max().unwrap_or(0);
        let least = usize::try_from(least).ok()?;
        let most = usize::try_from(most).ok()?;
        let item = parts.item(self.document, prefix);
        let on_path = item
            .as_ref()
            .is_some_and(|item| item.each.iter().any(|part| self.path.contains(&std::ptr::from_ref(*part))));
        let wanted = match (self.sparse(depth), on_path) {
            (_, true) => least.max(1),
            (true, false) => least,
            (false, false) => (least + self.rng.usize(0..3)).max(usize::from(self.fill == Fill::All)),
        };
        let unique = parts.all("uniqueItems").any(|value| *value == true);
        let count = wanted.max(prefix).min(most);
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..count * 3 {
            if items.len() >= count {
                break;
            }
            let Some(item) = parts.item(self.document, items.len()) else {
                items.push(scalars::anything(&mut self.rng));
                continue;
            };
            let own = item.target.or_else(|| only(&item, self.document));
            match self.value(item, own, depth + 1) {
                Some(value) if unique && items.contains(&value) => {}
                Some(value) => items.push(value),
                None if items.len() < least.max(prefix) => return None,
                None => break,
            }
        }
        Some(json!(items))
    }
}

/// The schema of a property or item that is described in one place only.
fn only<'d>(parts: &Parts<'d>, document: &'d Document) -> Option<&'d Value> {
    let reference = parts.each.iter().find_map(|part| crate::parts::reference(document, part));
    reference.filter(|target| target.is_object())
}

fn implied_type<'d>(parts: &Parts<'d>) -> &'d str {
    let says = |keys: &[&str]| keys.iter().any(|key| parts.all(key).next().is_some());
    if says(&["properties", "required", "additionalProperties", "patternProperties", "minProperties"]) {
        "object"
    } else if says(&["items", "prefixItems", "minItems", "maxItems"]) {
        "array"
    } else if says(&["pattern", "minLength", "maxLength", "format"]) {
        "string"
    } else if says(&["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]) {
        "number"
    } else {
        "any"
    }
}

fn is_parent(part: &Map<String, Value>) -> bool {
    part.contains_key("discriminator") && !part.contains_key("oneOf") && !part.contains_key("anyOf")
}

fn tag_property(owner: &Map<String, Value>) -> Option<&str> {
    owner.get("discriminator")?.get("propertyName")?.as_str()
}

/// What the discriminator of `owner` says for the component `name`.
fn tag_value(owner: &Map<String, Value>, name: &str) -> String {
    let mapping =
        owner.get("discriminator").and_then(|found| found.get("mapping")).and_then(Value::as_object);
    let key = mapping.into_iter().flatten().find_map(|(key, target)| {
        let target = target.as_str()?;
        (target == name || pointer::last(target) == name).then(|| key.clone())
    });
    key.unwrap_or_else(|| name.to_owned())
}

fn children(document: &Document) -> HashMap<Address, Vec<(String, &Value)>> {
    let mut children: HashMap<Address, Vec<_>> = HashMap::new();
    for (name, at) in document.components() {
        let Some(schema) = document.schema(at) else { continue };
        let all = schema.as_object().map(|schema| crate::parts::list(schema, "allOf")).unwrap_or_default();
        for branch in all.iter().filter_map(Value::as_object) {
            if let Some(Value::Object(parent)) = crate::parts::reference(document, branch)
                && is_parent(parent)
            {
                children.entry(std::ptr::from_ref(parent)).or_default().push((name.clone(), schema));
            }
        }
    }
    children
}

#[cfg(test)]
mod tests;
