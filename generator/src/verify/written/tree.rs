//! Parses names with brackets, as in `deepObject`: `name[key]`, `name[list][0]`, `name[list][]`.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Kind, Types};
use crate::ir::TypeRef;

/// The largest number of bracket pairs in a name.
const DEEPEST: usize = 32;

/// The values and the bracketed members of a name.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    /// The values of the name itself.
    values: Vec<Cow<'a, str>>,
    /// The members in brackets, in the order of their first occurrence.
    members: Vec<(String, Tree<'a>)>,
}

impl<'a> Tree<'a> {
    /// The tree of `name`; `None` if no pair has that name.
    pub(super) fn of<'p>(name: &str, pairs: impl Iterator<Item = (&'p str, Cow<'a, str>)>) -> Option<Self> {
        let mut tree = Self::default();
        let mut is_empty = true;
        for (found, value) in pairs {
            let Some(steps) = found.strip_prefix(name).and_then(steps) else { continue };
            is_empty = false;
            steps.into_iter().fold(&mut tree, Tree::member).values.push(value);
        }
        (!is_empty).then_some(tree)
    }

    fn member(&mut self, key: &str) -> &mut Self {
        let at = self.members.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
            self.members.push((key.to_owned(), Self::default()));
            self.members.len() - 1
        });
        &mut self.members[at].1
    }

    /// The value for a type.
    pub(super) fn value(&self, types: &mut Types<'_>, ty: Option<TypeRef>) -> Value {
        match ty.map(|ty| (ty, types.kind(ty))) {
            Some((ty, Kind::Union(variants))) => {
                let values = variants.into_iter().map(|variant| self.value(types, Some(variant))).collect();
                types.first_taken(ty, values).unwrap_or_default()
            }
            Some((_, Kind::List(item))) => self.list(types, &mut |_| Some(item)),
            Some((_, Kind::Tuple(places))) => self.list(types, &mut |at| places.get(at).copied()),
            Some((ty, Kind::Object)) => self.object(types, Some(ty)),
            Some((_, Kind::Text)) | None if self.members.is_empty() => {
                types.text(ty, self.values.last().map_or("", |text| text))
            }
            Some((_, Kind::Text)) | None => self.object(types, None),
        }
    }

    fn list(&self, types: &mut Types<'_>, item: &mut dyn FnMut(usize) -> Option<TypeRef>) -> Value {
        let mut found = Vec::new();
        for text in &self.values {
            let ty = item(found.len());
            found.push(types.text(ty, text));
        }
        for (key, member) in &self.members {
            // `name[]=a&name[]=b` are two elements.
            if key.is_empty() && member.members.is_empty() {
                for text in &member.values {
                    let ty = item(found.len());
                    found.push(types.text(ty, text));
                }
            } else {
                let ty = item(found.len());
                found.push(member.value(types, ty));
            }
        }
        Value::Array(found)
    }

    fn object(&self, types: &mut Types<'_>, ty: Option<TypeRef>) -> Value {
        let member = |(key, member): &(String, Tree<'_>)| {
            let ty = ty.and_then(|ty| types.member(ty, key));
            (key.clone(), member.value(types, ty))
        };
        Value::Object(self.members.iter().map(member).collect::<Map<_, _>>())
    }
}

/// The keys in brackets. `None` if the text has anything else.
fn steps(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (key, after) = rest.strip_prefix('[')?.split_once(']')?;
        found.push(key);
        rest = after;
        if found.len() > DEEPEST {
            return None;
        }
    }
    Some(found)
}
