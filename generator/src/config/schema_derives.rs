//! Derives of other crates that describe types (`schemars`, `utoipa`, `ts_rs`, `specta`). The derive macros read serde
//! attributes, which emitted types do not have, since macros of the runtime read and write them.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Meta, Token};

/// All such derives: the crate as in paths, the derive, and the schema language.
const SCHEMA_DERIVES: [(&str, &str, SchemaLanguage); 4] = [
    ("schemars", "JsonSchema", SchemaLanguage::JsonSchema),
    ("utoipa", "ToSchema", SchemaLanguage::OpenApi),
    ("ts_rs", "TS", SchemaLanguage::TypeScript),
    ("specta", "Type", SchemaLanguage::Specta),
];

/// The language in which a derive describes values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SchemaLanguage {
    /// JSON Schema.
    JsonSchema,
    /// OpenAPI schemas.
    OpenApi,
    /// TypeScript types.
    TypeScript,
    /// Rust types, which `specta` translates to other languages. They cannot express the schemas of a document.
    Specta,
}

impl SchemaLanguage {
    /// Whether modelsmith implements the trait from the document, instead of deriving it.
    pub fn is_implemented(self) -> bool {
        match self {
            Self::JsonSchema | Self::OpenApi | Self::TypeScript => true,
            Self::Specta => false,
        }
    }
}

/// The language of a derive, if it is one of these.
pub(crate) fn schema_derive(path: &str) -> Option<SchemaLanguage> {
    let (krate, name) = path.trim_start_matches("::").split_once("::")?;
    let name = name.rsplit("::").next()?.trim();
    let known = SCHEMA_DERIVES.into_iter().find(|known| (known.0, known.1) == (krate.trim(), name))?;
    Some(known.2)
}

/// An attribute, split into such derives and the rest.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Separated {
    /// The derives, each with its `cfg` condition.
    pub derives: Vec<(String, Option<String>)>,
    /// The rest of the attribute.
    pub rest: Option<String>,
}

/// Splits the derives that `is_meant` selects from an attribute: `derive(…)` or `cfg_attr(…, derive(…))`. `None` if it
/// has none.
pub(crate) fn separated(attribute: &str, is_meant: fn(SchemaLanguage) -> bool) -> Option<Separated> {
    let meta = syn::parse_str::<Meta>(attribute).ok()?;
    let mut separating = Separating { is_meant, derives: Vec::new() };
    let rest = separating.rest(meta, None);
    (!separating.derives.is_empty()).then_some(Separated { derives: separating.derives, rest })
}

struct Separating {
    is_meant: fn(SchemaLanguage) -> bool,
    derives: Vec<(String, Option<String>)>,
}

impl Separating {
    /// The rest of an attribute, after its derives are added to `self`. `condition` is its `cfg` condition.
    fn rest(&mut self, meta: Meta, condition: Option<&str>) -> Option<String> {
        let list = match &meta {
            Meta::List(list) => list,
            Meta::Path(_) | Meta::NameValue(_) => return Some(text(&meta)),
        };
        if list.path.is_ident("derive")
            && let Ok(paths) = list.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated)
        {
            let is_meant = self.is_meant;
            let (meant, others): (Vec<String>, Vec<String>) = paths
                .iter()
                .map(|path| text(path).replace(' ', ""))
                .partition(|path| schema_derive(path).is_some_and(is_meant));
            self.derives.extend(meant.into_iter().map(|path| (path, condition.map(str::to_owned))));
            return (!others.is_empty()).then(|| format!("derive({})", others.join(", ")));
        }
        if list.path.is_ident("cfg_attr")
            && let Ok(parts) = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            && let Some(own) = parts.first().map(text)
        {
            let both = condition.map_or_else(|| own.clone(), |outer| format!("all({outer}, {own})"));
            let rest = parts.into_iter().skip(1).filter_map(|part| self.rest(part, Some(&both)));
            let rest: Vec<String> = rest.collect();
            return (!rest.is_empty()).then(|| format!("cfg_attr({own}, {})", rest.join(", ")));
        }
        Some(text(&meta))
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_are_known_by_their_crate_and_name() {
        for (path, language) in [
            ("schemars::JsonSchema", SchemaLanguage::JsonSchema),
            ("::utoipa::ToSchema", SchemaLanguage::OpenApi),
            ("ts_rs::TS", SchemaLanguage::TypeScript),
            ("specta::Type", SchemaLanguage::Specta),
        ] {
            assert_eq!(schema_derive(path), Some(language), "{path}");
        }
        for path in ["JsonSchema", "other::JsonSchema", "schemars::Other", "Eq"] {
            assert_eq!(schema_derive(path), None, "{path}");
        }
    }

    #[test]
    fn derives_are_taken_out_of_attributes() {
        let of = |attribute: &str| {
            let found = separated(attribute, |_| true).expect("it has a derive of the kind");
            (found.derives, found.rest)
        };
        let schemars =
            |condition: Option<&str>| vec![("schemars::JsonSchema".to_owned(), condition.map(str::to_owned))];
        assert_eq!(of("derive(schemars::JsonSchema)"), (schemars(None), None));
        assert_eq!(
            of("cfg_attr(feature = \"schema\", derive(schemars::JsonSchema))"),
            (schemars(Some("feature = \"schema\"")), None)
        );
        assert_eq!(
            of("cfg_attr(a, derive(Eq, schemars::JsonSchema), must_use)"),
            (schemars(Some("a")), Some("cfg_attr(a, derive(Eq), must_use)".to_owned()))
        );
        assert_eq!(
            of("cfg_attr(a, cfg_attr(b, derive(schemars::JsonSchema)))"),
            (schemars(Some("all(a, b)")), None)
        );
        let is_implemented = SchemaLanguage::is_implemented;
        assert_eq!(separated("derive(specta::Type)", is_implemented), None);
        for other in ["must_use", "derive(Eq)", "cfg_attr(test, derive(arbitrary::Arbitrary))"] {
            assert_eq!(separated(other, |_| true), None, "{other}");
        }
    }
}
