//! Finds the parameters of a request.

use super::Sent;
use super::operation::{Operation, Parameter, Place, Style};
use super::percent::{check_path, check_query, decoded};
use super::style::{Decoded, Shape, Written, decode};

/// The parts of a request, from which parameters are taken one by one.
pub(super) struct Request<'s> {
    path: &'s str,
    /// The pairs of the query as they stand.
    query: Vec<(&'s str, &'s str)>,
    headers: Vec<(String, &'s str)>,
    cookies: Vec<&'s str>,
}

impl<'s> Request<'s> {
    pub(super) fn of(sent: &'s Sent) -> Result<Self, String> {
        let (path, query) = sent.target.split_once('?').unwrap_or((&sent.target, ""));
        check_path(path)?;
        check_query(query)?;
        let headers = sent.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()));
        let (cookies, headers): (Vec<_>, Vec<_>) = headers.partition(|(name, _)| name == "cookie");
        if cookies.len() > 1 {
            return Err("there is more than one header `Cookie`".to_owned());
        }
        Ok(Request {
            path,
            query: pairs(query),
            headers,
            cookies: cookies.first().map(|(_, value)| value.split("; ").collect()).unwrap_or_default(),
        })
    }

    /// Takes what the template has fixed out of the query.
    pub(super) fn take_fixed(&mut self, template: &str) -> Result<(), String> {
        let Some((_, fixed)) = template.split_once('?') else { return Ok(()) };
        for pair in pairs(fixed) {
            let at = self.query.iter().position(|known| *known == pair);
            self.query.remove(at.ok_or_else(|| format!("`{fixed}` of the path is missing"))?);
        }
        Ok(())
    }

    /// Takes a parameter, which is `None` where it was not sent.
    pub(super) fn take(
        &mut self,
        operation: &Operation,
        parameter: &Parameter,
        shape: Shape,
    ) -> Result<Option<Decoded>, String> {
        let how = Written {
            name: &parameter.name,
            style: parameter.style,
            explode: parameter.explode,
            plain: parameter.place == Place::Header,
        };
        match parameter.place {
            Place::Path => {
                let raw = in_path(&operation.path, self.path, &parameter.name)?;
                decode(raw, shape, how).map(Some)
            }
            Place::Header => {
                let name = parameter.name.to_ascii_lowercase();
                let at = self.headers.iter().position(|(known, _)| *known == name);
                at.map(|at| self.headers.remove(at).1).map(|raw| decode(raw, shape, how)).transpose()
            }
            Place::Cookie => self.take_cookie(operation, parameter, shape, how),
            Place::Query => {
                let others = names(operation, Place::Query);
                take_pairs(&mut self.query, &others, shape, how)
            }
        }
    }

    /// A cookie is `name=value`; exploded parts are joined by `&`, as the style `form` has them.
    fn take_cookie(
        &mut self,
        operation: &Operation,
        parameter: &Parameter,
        shape: Shape,
        how: Written<'_>,
    ) -> Result<Option<Decoded>, String> {
        let others = names(operation, Place::Cookie);
        let is_own = |cookie: &&str| {
            let first = pairs(cookie).first().map(|(key, _)| decoded(key)).transpose();
            let first = first.ok().flatten();
            match first {
                Some(name) if name == parameter.name => true,
                Some(name) => shape == Shape::Object && how.explode && !others.contains(&name),
                None => false,
            }
        };
        let Some(at) = self.cookies.iter().position(is_own) else { return Ok(None) };
        let mut own = pairs(self.cookies.remove(at));
        let found = take_pairs(&mut own, &[], shape, how)?;
        if own.is_empty() {
            Ok(found)
        } else {
            Err(format!("the cookie `{}` has more in it", parameter.name))
        }
    }

    /// What is left when all parameters are taken.
    pub(super) fn rest(&self) -> Result<(), String> {
        if let Some(pair) = self.query.first() {
            return Err(format!("nobody gave `{}={}` in the query", pair.0, pair.1));
        }
        if let Some((name, _)) = self.headers.first() {
            return Err(format!("nobody gave the header `{name}`"));
        }
        self.cookies.first().map_or(Ok(()), |cookie| Err(format!("nobody gave the cookie `{cookie}`")))
    }
}

fn names(operation: &Operation, place: Place) -> Vec<String> {
    let own = operation.parameters.iter().filter(|parameter| parameter.place == place);
    own.map(|parameter| parameter.name.clone()).collect()
}

/// The pairs of a query, encoded.
pub(super) fn pairs(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).collect()
}

/// Takes a value out of pairs. `others` are the names of all values, which keys of an exploded object cannot be.
pub(super) fn take_pairs(
    all: &mut Vec<(&str, &str)>,
    others: &[String],
    shape: Shape,
    how: Written<'_>,
) -> Result<Option<Decoded>, String> {
    if how.style == Style::Deep && shape != Shape::Text {
        return deep(all, how.name);
    }
    if shape == Shape::Object && how.explode && how.style == Style::Form {
        let mut fields = Vec::new();
        let mut rest = Vec::new();
        for (key, value) in all.drain(..) {
            let name = decoded(key)?;
            if others.contains(&name) {
                rest.push((key, value));
            } else {
                fields.push((name, Decoded::Text(decoded(value)?)));
            }
        }
        *all = rest;
        return Ok((!fields.is_empty()).then_some(Decoded::Object(fields)));
    }
    let mut own = Vec::new();
    let mut rest = Vec::new();
    for (key, value) in all.drain(..) {
        if decoded(key)? == how.name { own.push(value) } else { rest.push((key, value)) }
    }
    *all = rest;
    match (&own[..], shape) {
        ([], _) => Ok(None),
        (_, Shape::List) if how.explode && how.style == Style::Form => {
            let items = own.iter().map(|value| decoded(value).map(Decoded::Text));
            items.collect::<Result<_, _>>().map(|items| Some(Decoded::List(items)))
        }
        ([value], _) => decode(value, shape, how).map(Some),
        _ => Err(format!("`{}` was sent {} times", how.name, own.len())),
    }
}

/// The keys that lead to a value, and the value.
type Nested = (Vec<String>, String);

/// `name[key][inner]=value`.
fn deep(all: &mut Vec<(&str, &str)>, name: &str) -> Result<Option<Decoded>, String> {
    let mut fields: Vec<Nested> = Vec::new();
    let mut rest = Vec::new();
    for (key, value) in all.drain(..) {
        let text = decoded(key)?;
        match text.strip_prefix(name).filter(|steps| steps.starts_with('[')) {
            Some(steps) => {
                let steps = steps.strip_suffix(']').ok_or_else(|| format!("`{text}` has no `]`"))?;
                fields.push((steps[1..].split("][").map(str::to_owned).collect(), decoded(value)?));
            }
            None => rest.push((key, value)),
        }
    }
    *all = rest;
    if fields.is_empty() { Ok(None) } else { nested(fields).map(Some) }
}

/// Puts paths of keys together again. Numbers from zero on are the places of a list.
fn nested(fields: Vec<Nested>) -> Result<Decoded, String> {
    let mut groups: Vec<(String, Vec<Nested>)> = Vec::new();
    for (mut steps, value) in fields {
        if steps.is_empty() {
            return if groups.is_empty() {
                Ok(Decoded::Text(value))
            } else {
                Err("a value has parts".to_owned())
            };
        }
        let step = steps.remove(0);
        match groups.iter_mut().find(|(known, _)| *known == step) {
            Some((_, group)) => group.push((steps, value)),
            None => groups.push((step, vec![(steps, value)])),
        }
    }
    let is_list = groups.iter().enumerate().all(|(index, (key, _))| *key == index.to_string());
    let mut parts = Vec::new();
    for (key, group) in groups {
        parts.push((key, nested(group)?));
    }
    Ok(match is_list {
        true => Decoded::List(parts.into_iter().map(|(_, part)| part).collect()),
        false => Decoded::Object(parts),
    })
}

/// What stands for `{name}` in a path.
fn in_path<'p>(template: &str, path: &'p str, name: &str) -> Result<&'p str, String> {
    let template = template.split('?').next().unwrap_or_default();
    let (template, parts): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != parts.len() {
        return Err(format!("the path `{path}` has another number of segments"));
    }
    let written = format!("{{{name}}}");
    for (template, part) in template.into_iter().zip(parts) {
        if let Some((before, after)) = template.split_once(&written) {
            let rest = part.strip_prefix(before).and_then(|part| part.strip_suffix(after));
            return rest.ok_or_else(|| format!("`{part}` is not `{template}`"));
        }
        if !template.contains('{') && decoded(part)? != decoded(template)? {
            return Err(format!("`{part}` is not `{template}`"));
        }
    }
    Err(format!("`{name}` has no place in the path"))
}
