//! How an operation is paginated, by settings and extensions.

use std::collections::BTreeMap;

/// How an operation is paginated.
///
/// A property is named by its path in the page: `meta.next`, `data[-1].id`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagesRule {
    /// Not at all, even if the document says that it is.
    Never,
    /// Each page has the cursor of the next one.
    Cursor {
        /// The parameter for the cursor.
        parameter: String,
        /// Where a page has the next cursor.
        next: PageSource,
        /// The property that is `false` on the last page.
        more: Option<String>,
    },
    /// Pages are numbered.
    Number {
        /// The parameter for the number.
        parameter: String,
        /// The number of the first page.
        first: u64,
        /// The property with the items of a page.
        items: Option<String>,
        /// The parameter for the size of a page.
        size: Option<String>,
        /// The property with the number of pages.
        pages: Option<String>,
        /// The property that is `false` on the last page.
        more: Option<String>,
    },
    /// Each page starts at an offset.
    Offset {
        /// The parameter for the offset.
        parameter: String,
        /// The property with the items of a page.
        items: Option<String>,
        /// The parameter for the size of a page.
        size: Option<String>,
        /// The property with the total number of items.
        total: Option<String>,
        /// The property that is `false` on the last page.
        more: Option<String>,
    },
    /// Each page has the URL of the next one.
    Link(PageSource),
}

/// Where a page has the cursor or the URL of the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageSource {
    /// A property.
    Property(String),
    /// A header. If the header is `Link` (RFC 8288), its link `next`.
    Header(String),
}

const HELP: &str = "write `\"link\"`, `false`, or a table such as `{ cursor = \"after\", next = \"meta.next\" }`, \
                    `{ page = \"page\", items = \"data\" }`, `{ offset = \"offset\", items = \"data\" }` or `{ link = \"next\" }`";

/// Reads a value of `pages`.
pub(super) fn read(value: toml::Value) -> Result<PagesRule, String> {
    match value {
        toml::Value::Boolean(false) => Ok(PagesRule::Never),
        toml::Value::String(text) if text == "link" => {
            Ok(PagesRule::Link(PageSource::Header("Link".to_owned())))
        }
        toml::Value::Table(table) => Keys::new(table)?.rule(),
        _ => Err(format!("this is not a description of pages: {HELP}")),
    }
}

/// The keys of a table that have not been read yet.
struct Keys(BTreeMap<String, String>);

const KNOWN: [&str; 11] =
    ["cursor", "page", "offset", "link", "next", "header", "more", "items", "size", "pages", "total"];

impl Keys {
    fn new(table: toml::Table) -> Result<Self, String> {
        let mut keys = BTreeMap::new();
        for (key, value) in table {
            let value = match value {
                toml::Value::String(text) if KNOWN.contains(&key.as_str()) && !text.is_empty() => text,
                toml::Value::Integer(first) if key == "first" && first >= 0 => first.to_string(),
                _ if key == "first" => {
                    return Err("`first` is the number of the first page, such as 0".to_owned());
                }
                _ if KNOWN.contains(&key.as_str()) => {
                    return Err(format!("`{key}` must name a parameter or a property"));
                }
                _ => return Err(format!("`pages` does not have a key `{key}`: {HELP}")),
            };
            keys.insert(key, value);
        }
        Ok(Self(keys))
    }

    fn take(&mut self, key: &str) -> Option<String> {
        self.0.remove(key)
    }

    fn rule(mut self) -> Result<PagesRule, String> {
        let kinds: Vec<&str> = ["cursor", "page", "offset", "link"]
            .into_iter()
            .filter(|kind| self.0.contains_key(*kind))
            .collect();
        let [kind] = kinds[..] else {
            return Err(format!("one of `cursor`, `page`, `offset` and `link` is needed: {HELP}"));
        };
        let parameter = self.take(kind).unwrap_or_default();
        let rule = match kind {
            "cursor" => PagesRule::Cursor { parameter, next: self.next()?, more: self.take("more") },
            "page" => PagesRule::Number {
                parameter,
                first: self.take("first").and_then(|first| first.parse().ok()).unwrap_or(1),
                items: self.take("items"),
                size: self.take("size"),
                pages: self.take("pages"),
                more: self.take("more"),
            },
            "offset" => PagesRule::Offset {
                parameter,
                items: self.take("items"),
                size: self.take("size"),
                total: self.take("total"),
                more: self.take("more"),
            },
            _ => PagesRule::Link(PageSource::Property(parameter)),
        };
        match self.0.keys().next() {
            Some(other) => Err(format!("`{other}` cannot be combined with `{kind}`")),
            None => Ok(rule),
        }
    }

    fn next(&mut self) -> Result<PageSource, String> {
        match (self.take("next"), self.take("header")) {
            (Some(property), None) => Ok(PageSource::Property(property)),
            (None, Some(header)) => Ok(PageSource::Header(header)),
            (None, None) | (Some(_), Some(_)) => {
                Err("`cursor` needs the place of the next cursor: either `next` with a property, or `header`"
                    .to_owned())
            }
        }
    }
}

impl PagesRule {
    /// The rule as a value of `pages`.
    pub(super) fn to_toml(&self) -> String {
        let mut keys: Vec<(&str, Option<&str>)> = Vec::new();
        let mut number = None;
        match self {
            Self::Never => return "false".to_owned(),
            Self::Link(PageSource::Header(_)) => return "\"link\"".to_owned(),
            Self::Link(PageSource::Property(property)) => keys.push(("link", Some(property))),
            Self::Cursor { parameter, next, more } => {
                keys.push(("cursor", Some(parameter)));
                keys.push(match next {
                    PageSource::Property(property) => ("next", Some(property)),
                    PageSource::Header(header) => ("header", Some(header)),
                });
                keys.push(("more", more.as_deref()));
            }
            Self::Number { parameter, first, items, size, pages, more } => {
                number = Some(*first);
                keys.extend([("page", Some(parameter.as_str())), ("items", items.as_deref())]);
                keys.extend([("size", size.as_deref()), ("pages", pages.as_deref())]);
                keys.push(("more", more.as_deref()));
            }
            Self::Offset { parameter, items, size, total, more } => {
                keys.extend([("offset", Some(parameter.as_str())), ("items", items.as_deref())]);
                keys.extend([("size", size.as_deref()), ("total", total.as_deref())]);
                keys.push(("more", more.as_deref()));
            }
        }
        let texts =
            keys.into_iter().filter_map(|(key, text)| Some((key, toml::Value::from(text?).to_string())));
        let number = number.map(|first| ("first", first.to_string()));
        let entries: Vec<String> =
            texts.chain(number).map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{ {} }}", entries.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Result<PagesRule, String> {
        let table: toml::Table = format!("pages = {text}").parse().expect("it is TOML");
        read(table["pages"].clone())
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in [
            "false",
            "\"link\"",
            "{ link = \"next\" }",
            "{ cursor = \"after\", next = \"meta.next\" }",
            "{ cursor = \"after\", header = \"X-Next\", more = \"more\" }",
            "{ page = \"page\", items = \"data\", size = \"n\", pages = \"all\", more = \"more\", first = 0 }",
            "{ offset = \"at\", items = \"data\", size = \"n\", total = \"all\", more = \"more\" }",
        ] {
            assert_eq!(rule(text).expect("it is right").to_toml(), text);
        }
        assert!(matches!(rule("{ page = \"p\" }"), Ok(PagesRule::Number { first: 1, .. })));
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        let error = |text: &str| rule(text).expect_err("it is wrong");
        assert_eq!(
            error("{ cursor = \"a\", next = \"b\", total = \"c\" }"),
            "`total` cannot be combined with `cursor`"
        );
        assert_eq!(
            error("{ page = \"a\", first = -1 }"),
            "`first` is the number of the first page, such as 0"
        );
        assert_eq!(error("{ page = 1 }"), "`page` must name a parameter or a property");
        assert!(error("{ cursor = \"a\" }").starts_with("`cursor` needs the place of the next cursor"));
        assert!(
            error("{ cursor = \"a\", next = \"b\", header = \"c\" }").starts_with("`cursor` needs the place")
        );
        assert!(error("{ cursor = \"a\", page = \"b\" }").starts_with("one of `cursor`, `page`"));
        assert!(error("{ items = \"a\" }").starts_with("one of `cursor`, `page`"));
        assert!(error("{ curser = \"a\" }").starts_with("`pages` does not have a key `curser`"));
        assert!(error("true").starts_with("this is not a description of pages"));
        assert!(error("\"links\"").starts_with("this is not a description of pages"));
    }
}
