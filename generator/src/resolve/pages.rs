//! How operations answer in pages: what the settings or extensions say, compared with their parameters and successes.
//!
//! | extension | what is read of it |
//! |---|---|
//! | `x-speakeasy-pagination` | `offsetLimit`, `cursor`, `url`; inputs among the parameters or in the body |
//! | `x-ms-pageable` | `nextLinkName`, unless another operation (`operationName`) gets the next page |
//! | `x-dropshot-pagination` | the parameter `page_token` and the property `next_page` |

use serde_json::Value;

use super::draft::DraftGraph;
use super::page_types::Wanted;
use super::passes::Context;
use super::rules::OperationAsked;
use crate::config::{PageSource, PagesRule};
use crate::diagnostics::{Diagnostic, Location, closest};
use crate::document;
use crate::ir::{
    self, Content, Moves, Operation, Pages, Paging, Parameter, PropertyKind, Rest, Shape, Status, TypeId, Way,
};

/// How an operation is said to answer in pages.
#[derive(Debug)]
pub(super) struct Asked {
    /// The operation, by its index.
    operation: usize,
    rule: PagesRule,
    origin: Origin,
}

/// Who says it.
#[derive(Debug)]
enum Origin {
    /// The settings, by the index of a rule.
    Settings(usize),
    /// The document.
    Extension(&'static str, Location),
}

/// Reads an extension.
type Extension = fn(&Value) -> Option<PagesRule>;

/// What is said of an operation: the settings come before the document.
pub(super) fn asked(
    operation: usize,
    lowered: &document::Operation,
    asked: &OperationAsked<'_>,
    at: &Location,
) -> Option<Asked> {
    if let Some((rule, pages)) = asked.pages {
        return Some(Asked { operation, rule: pages.clone(), origin: Origin::Settings(rule) });
    }
    let known: [(&'static str, Extension); 3] = [
        ("x-speakeasy-pagination", speakeasy),
        ("x-ms-pageable", pageable),
        ("x-dropshot-pagination", dropshot),
    ];
    known.into_iter().find_map(|(name, read)| {
        let rule = read(lowered.pages.get(name)?)?;
        Some(Asked { operation, rule, origin: Origin::Extension(name, at.key(name)) })
    })
}

/// `x-speakeasy-pagination`. Results that are found by more than a path of names are not requested.
fn speakeasy(value: &Value) -> Option<PagesRule> {
    let input = |kind: &str| {
        let inputs = value.get("inputs")?.as_array()?;
        let found = inputs.iter().find(|input| input.get("type").and_then(Value::as_str) == Some(kind))?;
        let name = found.get("name")?.as_str()?;
        let in_body = found.get("in").and_then(Value::as_str) == Some("requestBody");
        Some(if in_body { format!("{BODY}{name}") } else { name.to_owned() })
    };
    let output = |name: &str| json_path(value.get("outputs")?.get(name)?.as_str()?);
    match value.get("type")?.as_str()? {
        "offsetLimit" => {
            let (items, size) = (output("results"), input("limit"));
            match (input("page"), input("offset")) {
                (Some(parameter), _) => Some(PagesRule::Number {
                    parameter,
                    first: 1,
                    items,
                    size,
                    pages: output("numPages"),
                    more: None,
                }),
                (None, Some(parameter)) => {
                    Some(PagesRule::Offset { parameter, items, size, total: None, more: None })
                }
                (None, None) => None,
            }
        }
        "cursor" => Some(PagesRule::Cursor {
            parameter: input("cursor")?,
            next: PageSource::Property(output("nextCursor")?),
            more: None,
        }),
        "url" => Some(PagesRule::Link(PageSource::Property(output("nextUrl")?))),
        _ => None,
    }
}

/// `x-ms-pageable`: `null` says that there is one page.
fn pageable(value: &Value) -> Option<PagesRule> {
    let next = value.get("nextLinkName")?.as_str()?;
    let is_own = value.get("operationName").is_none_or(Value::is_null);
    is_own.then(|| PagesRule::Link(PageSource::Property(next.to_owned())))
}

/// `x-dropshot-pagination`, which says that the framework's own names are meant.
fn dropshot(value: &Value) -> Option<PagesRule> {
    value.is_object().then(|| PagesRule::Cursor {
        parameter: "page_token".to_owned(),
        next: PageSource::Property("next_page".to_owned()),
        more: None,
    })
}

/// A JSONPath that only goes down: `$.data[-1].id`, also as `$.data[(@.length-1)].id`.
fn json_path(text: &str) -> Option<String> {
    let path = text.strip_prefix('$')?.replace("[(@.length-1)]", "[-1]").replace("[-1:]", "[-1]");
    let path = path.strip_prefix('.').unwrap_or(&path);
    let is_plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.' | '[' | ']' | '@');
    (!text.contains("..") && path.chars().all(is_plain)).then(|| path.to_owned())
}

/// What stands before the name of a property of the body.
const BODY: &str = "body.";

/// Compares what was said with the operations, when their types are known.
pub(super) fn run(draft: &mut DraftGraph, cx: &mut Context<'_>) {
    for Asked { operation, rule, origin } in std::mem::take(&mut draft.pages) {
        let found = Search { draft, operation: &draft.operations[operation] }.pages(&rule);
        match (found, origin) {
            (Ok(pages), origin) => {
                draft.operations[operation].pages = pages;
                // Without calls nobody turns them.
                if let (Origin::Settings(index), true) = (origin, cx.options.calls) {
                    cx.rules.used(index);
                }
            }
            (Err((message, help)), Origin::Settings(index)) => cx.rules.fault(index, message, help),
            (Err((message, help)), Origin::Extension(name, at)) => {
                let finding = Diagnostic::warning("unfit-pages", at, message);
                let help = if help.is_empty() { String::new() } else { format!("{help}; ") };
                cx.sink
                    .push(finding.help(format!("{help}`{name}` is ignored: the setting `pages` can say it")));
            }
        }
    }
}

/// What does not fit, and what to do about it.
type Unfit = (String, String);

struct Search<'s> {
    draft: &'s DraftGraph,
    operation: &'s Operation,
}

impl Search<'_> {
    fn pages(&self, rule: &PagesRule) -> Result<Option<Pages>, Unfit> {
        let (parameter, paging) = match rule {
            PagesRule::Never => return Ok(None),
            PagesRule::Cursor { parameter, next, more } => {
                let more = self.property(more.as_deref(), Wanted::Flag)?;
                (Some(parameter), Paging::Cursor { next: self.source(next, Wanted::Value)?, more })
            }
            PagesRule::Number { parameter, first, items, size, pages, more } => {
                let (pages, more) = (
                    self.property(pages.as_deref(), Wanted::Value)?,
                    self.property(more.as_deref(), Wanted::Flag)?,
                );
                let items = match items {
                    None if pages.is_some() || more.is_some() => None,
                    items => Some(self.items(items.as_deref())?),
                };
                let size = self.size(size.as_deref())?;
                (Some(parameter), Paging::Number { first: *first, items, size, pages, more })
            }
            PagesRule::Offset { parameter, items, size, total, more } => {
                let (total, more) = (
                    self.property(total.as_deref(), Wanted::Value)?,
                    self.property(more.as_deref(), Wanted::Flag)?,
                );
                let (items, size) = (self.items(items.as_deref())?, self.size(size.as_deref())?);
                (Some(parameter), Paging::Offset { items, size, total, more })
            }
            PagesRule::Link(source) => (None, Paging::Link(self.source(source, Wanted::Text)?)),
        };
        self.page()?;
        let moves = parameter.map(|parameter| self.moves(parameter)).transpose()?;
        Ok(Some(Pages { moves, paging }))
    }

    /// What is set to get another page.
    fn moves(&self, name: &str) -> Result<Moves, Unfit> {
        if let (None, Some(property)) = (self.index(name), name.strip_prefix(BODY)) {
            // A body that is one of several, or a form, has no properties that can be set from a page.
            let body = self.operation.body.as_ref().filter(|body| !body.is_choice());
            let body = body.and_then(|body| match body.main.content {
                Content::Json(ty) => Some(ty),
                Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => None,
            });
            let Some(body) =
                body.filter(|ty| self.draft.get(self.draft.unaliased(ty.id)).shape.as_struct().is_some())
            else {
                return Err(self.missing("a JSON object as its only body", String::new()));
            };
            self.step(body.id, property)
                .map_err(|known| self.unknown("the body", property, property, &known))?;
            return Ok(Moves::Property(property.to_owned()));
        }
        Ok(Moves::Parameter(self.parameter(name)?))
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.operation.parameters.iter().position(|parameter| parameter.wire == name)
    }

    /// A parameter, whose type must be one that can be set to what a page says.
    fn parameter(&self, name: &str) -> Result<usize, Unfit> {
        let parameters: &[Parameter] = &self.operation.parameters;
        let Some(index) = self.index(name) else {
            let help = match closest(name, parameters.iter().map(|parameter| parameter.wire.as_str())) {
                Some(other) => format!("did you mean `{other}`?"),
                None => String::new(),
            };
            return Err(self.missing(&format!("a parameter `{name}`"), help));
        };
        if Wanted::Value.may_be(self.draft, parameters[index].ty.id) {
            return Ok(index);
        }
        let message =
            format!("the parameter `{name}` of `{}` is neither a text nor a number", self.operation.place);
        Err((message, "pages follow each other by a cursor, a number or an offset".to_owned()))
    }

    fn size(&self, name: Option<&str>) -> Result<Option<usize>, Unfit> {
        name.map(|name| self.parameter(name)).transpose()
    }

    fn source(&self, source: &PageSource, wanted: Wanted) -> Result<ir::PageSource, Unfit> {
        match source {
            PageSource::Header(name) => Ok(ir::PageSource::Header(name.clone())),
            PageSource::Property(path) => {
                let way = self.property(Some(path), wanted)?.unwrap_or_default();
                Ok(ir::PageSource::Property(way))
            }
        }
    }

    /// The type of a page: what the only success holds, as JSON.
    fn page(&self) -> Result<TypeId, Unfit> {
        let is_success = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
        let mut successes = self.operation.responses.iter().filter(|response| is_success(response.status));
        let only = successes.next().filter(|_| successes.next().is_none());
        let content = only.and_then(|response| match &response.contents[..] {
            [only] => Some(only.content),
            _ => None,
        });
        match content {
            Some(Content::Json(ty)) => Ok(ty.id),
            Some(Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty)
            | None => {
                Err(self.missing("one success, as JSON", "a page is what the only success holds".to_owned()))
            }
        }
    }

    fn property(&self, path: Option<&str>, wanted: Wanted) -> Result<Option<Way>, Unfit> {
        let Some(path) = path else { return Ok(None) };
        let page = self.page()?;
        // A name may have a dot in it, as `@odata.nextLink` has.
        if let Ok(ty) = self.step(page, path) {
            return self.fitting(vec![path.to_owned()], path, ty, wanted);
        }
        let mut at = page;
        let way = way(path);
        for name in &way {
            at = match self.step(at, name) {
                Ok(Some(next)) => next,
                // Nothing is known of what lies below.
                Ok(None) => return Ok(Some(way)),
                Err(known) => return Err(self.unknown("a page", path, name, &known)),
            };
        }
        self.fitting(way, path, Some(at), wanted)
    }

    /// The way, if what it leads to may be what is wanted.
    fn fitting(
        &self,
        way: Way,
        path: &str,
        ty: Option<TypeId>,
        wanted: Wanted,
    ) -> Result<Option<Way>, Unfit> {
        if ty.is_none_or(|ty| wanted.may_be(self.draft, ty)) {
            return Ok(Some(way));
        }
        let message =
            format!("the property `{path}` of a page of `{}` is not {}", self.operation.place, wanted.name());
        Err((message, String::new()))
    }

    /// The type of a part of a value, if anything is known of it. The error is what parts it has.
    fn step(&self, id: TypeId, name: &str) -> Result<Option<TypeId>, Vec<String>> {
        let is_place = name.strip_prefix('-').unwrap_or(name).parse::<usize>().is_ok();
        match &self.draft.get(self.draft.unaliased(id)).shape {
            Shape::Struct(shape) => {
                let found = shape.properties.iter().find(|property| property.wire == name);
                match (found.map(|property| &property.kind), shape.rest) {
                    (Some(PropertyKind::Field { ty, .. }), _) => Ok(Some(ty.id)),
                    (Some(PropertyKind::Constant { .. }), _) => Ok(None),
                    (None, Rest::Keep(ty)) => Ok(Some(ty.id)),
                    (None, Rest::Ignore | Rest::Deny) => {
                        Err(shape.properties.iter().map(|property| property.wire.clone()).collect())
                    }
                }
            }
            Shape::List(item) if is_place => Ok(Some(item.id)),
            Shape::Map(value) => Ok(Some(value.id)),
            // Which variant it is, is known when it is there.
            Shape::Union(_) | Shape::External(_) | Shape::Any(_) => Ok(None),
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Enum(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. } => Err(Vec::new()),
        }
    }

    /// The list of a page: the one that is named, the page itself, or its only list.
    fn items(&self, path: Option<&str>) -> Result<Way, Unfit> {
        if let Some(way) = self.property(path, Wanted::List)? {
            return Ok(way);
        }
        let page = self.draft.unaliased(self.page()?);
        let is_list = |id: TypeId| matches!(self.draft.get(self.draft.unaliased(id)).shape, Shape::List(_));
        if is_list(page) {
            return Ok(Vec::new());
        }
        let properties = self.draft.get(page).shape.as_struct().map_or(&[][..], |shape| &shape.properties);
        let mut lists = properties.iter().filter(|property| match property.kind {
            PropertyKind::Field { ty, .. } => is_list(ty.id),
            PropertyKind::Constant { .. } => false,
        });
        match (lists.next(), lists.next()) {
            (Some(only), None) => Ok(vec![only.wire.clone()]),
            (None, _) | (Some(_), Some(_)) => {
                let message =
                    format!("which list of a page of `{}` has the items is not known", self.operation.place);
                Err((message, "`items` names it".to_owned()))
            }
        }
    }

    fn missing(&self, what: &str, help: String) -> Unfit {
        (format!("`{}` does not have {what}", self.operation.place), help)
    }

    /// That a way ends at a step that is not there.
    fn unknown(&self, what: &str, path: &str, step: &str, known: &[String]) -> Unfit {
        let help = match closest(step, known.iter().map(String::as_str)) {
            Some(other) => format!("did you mean `{other}`?"),
            None => String::new(),
        };
        (format!("{what} of `{}` does not have a property `{path}`", self.operation.place), help)
    }
}

/// The steps of `data[-1].id`.
fn way(path: &str) -> Way {
    let parts = path.split(['.', '[']).map(|part| part.trim_end_matches(']'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_that_go_down_are_read() {
        let path = |text: &str| json_path(text);
        assert_eq!(path("$.meta.next").as_deref(), Some("meta.next"));
        for last in ["$.data[-1].id", "$.data[-1:].id", "$.data[(@.length-1)].id"] {
            assert_eq!(
                path(last).map(|path| way(&path)),
                Some(vec!["data".into(), "-1".into(), "id".into()])
            );
        }
        assert_eq!(path("$").map(|path| way(&path)), Some(Vec::new()));
        for other in ["$..next", "$.data[*].id", "$.data[?(@.a)]", "next"] {
            assert_eq!(path(other), None, "{other}");
        }
    }
}
