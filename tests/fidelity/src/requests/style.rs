//! The table of styles (OpenAPI 3.1.1 §4.8.12.4, RFC 6570 §3.2), read backwards.

use super::operation::Style;
use super::percent::decoded;

/// What a text in some style says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// One value.
    Text(String),
    /// A list.
    List(Vec<Decoded>),
    /// An object.
    Object(Vec<(String, Decoded)>),
}

/// What is expected: a style does not say whether `a,b` is a list or an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Shape {
    Text,
    List,
    Object,
}

/// A value as it stands in a path or a header: the raw text, and how it was written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The parameter's name.
    pub name: &'a str,
    /// The style.
    pub style: Style,
    /// Whether parts stand one by one.
    pub explode: bool,
    /// Whether nothing is percent-encoded, as in headers.
    pub plain: bool,
}

/// Reads a value that stands by itself: in a path, in a header, or behind `name=` in a query.
///
/// # Errors
/// When the text is not one of the style.
pub fn decode(text: &str, shape: Shape, how: Written<'_>) -> Result<Decoded, String> {
    match how.style {
        Style::Json => read(text, how).map(Decoded::Text),
        Style::Simple | Style::Form => joined(text, ",", shape, how),
        Style::Space => joined(text, "%20", shape, how),
        Style::Pipe => joined(text, "%7C", shape, how),
        Style::Deep => Err("a deep object has no value of its own".to_owned()),
        Style::Label => {
            let rest = text.strip_prefix('.').ok_or_else(|| format!("`{text}` is not a label"))?;
            joined(rest, if how.explode { "." } else { "," }, shape, how)
        }
        Style::Matrix => matrix(text, shape, how),
    }
}

fn read(text: &str, how: Written<'_>) -> Result<String, String> {
    if how.plain { Ok(text.to_owned()) } else { decoded(text) }
}

fn joined(text: &str, between: &str, shape: Shape, how: Written<'_>) -> Result<Decoded, String> {
    match shape {
        Shape::Text => read(text, how).map(Decoded::Text),
        Shape::List => {
            let items = text.split(between).map(|item| read(item, how).map(Decoded::Text));
            items.collect::<Result<_, _>>().map(Decoded::List)
        }
        Shape::Object if how.explode => {
            let pair = |part: &str| {
                let (key, value) =
                    part.split_once('=').ok_or_else(|| format!("`{part}` in `{text}` is not a pair"))?;
                Ok((read(key, how)?, Decoded::Text(read(value, how)?)))
            };
            text.split(between).map(pair).collect::<Result<_, String>>().map(Decoded::Object)
        }
        Shape::Object => {
            let parts: Vec<&str> = text.split(between).collect();
            let pair = |pair: &[&str]| match pair {
                [key, value] => Ok((read(key, how)?, Decoded::Text(read(value, how)?))),
                _ => Err(format!("`{text}` has a key without a value")),
            };
            parts.chunks(2).map(pair).collect::<Result<_, _>>().map(Decoded::Object)
        }
    }
}

/// `;name=value`, of which an exploded list repeats the name, and an exploded object has its keys instead.
fn matrix(text: &str, shape: Shape, how: Written<'_>) -> Result<Decoded, String> {
    let rest = text.strip_prefix(';').ok_or_else(|| format!("`{text}` has no `;`"))?;
    let mut pairs = Vec::new();
    for part in rest.split(';') {
        // A name alone is an empty value.
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        pairs.push((decoded(key)?, value));
    }
    if shape == Shape::Object && how.explode {
        let pair = |(key, value): (String, &str)| Ok((key, Decoded::Text(read(value, how)?)));
        return pairs.into_iter().map(pair).collect::<Result<_, String>>().map(Decoded::Object);
    }
    if let Some((key, _)) = pairs.iter().find(|(key, _)| key != how.name) {
        return Err(format!("`{text}` has `{key}` in it, which is not its name"));
    }
    match (shape, &pairs[..]) {
        (Shape::List, _) if how.explode => {
            let items = pairs.iter().map(|(_, value)| read(value, how).map(Decoded::Text));
            items.collect::<Result<_, _>>().map(Decoded::List)
        }
        (_, [(_, value)]) => joined(value, ",", shape, Written { explode: false, ..how }),
        _ => Err(format!("`{text}` has its name more than once")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "blue";

    fn text(text: &str) -> Decoded {
        Decoded::Text(text.to_owned())
    }

    fn list() -> Decoded {
        Decoded::List(["blue", "black", "brown"].map(text).to_vec())
    }

    fn object() -> Decoded {
        let pair = |(key, value): (&str, &str)| (key.to_owned(), text(value));
        Decoded::Object([("R", "100"), ("G", "200"), ("B", "150")].map(pair).to_vec())
    }

    fn read(style: Style, explode: bool, shape: Shape, written: &str) -> Decoded {
        let how = Written { name: "color", style, explode, plain: false };
        decode(written, shape, how).unwrap_or_else(|error| panic!("{style:?} {explode} {written}: {error}"))
    }

    /// The rows of the specification's table: what stands for a string, a list and an object. What stands before a value
    /// in a query, its name, is not part of it.
    #[test]
    fn the_table_of_the_specification() {
        let rows = [
            (
                Style::Matrix,
                false,
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ),
            (
                Style::Matrix,
                true,
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ),
            (Style::Label, false, ".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
            (Style::Label, true, ".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
            (Style::Simple, false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
            (Style::Simple, true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"),
            (Style::Form, false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"),
            (Style::Space, false, "", "blue", "blue%20black%20brown", "R%20100%20G%20200%20B%20150"),
            (Style::Pipe, false, "", "blue", "blue%7Cblack%7Cbrown", "R%7C100%7CG%7C200%7CB%7C150"),
        ];
        for (style, explode, empty, one, many, fields) in rows {
            assert_eq!(read(style, explode, Shape::Text, empty), text(""), "{style:?} {explode}");
            assert_eq!(read(style, explode, Shape::Text, one), text(TEXT), "{style:?} {explode}");
            assert_eq!(read(style, explode, Shape::List, many), list(), "{style:?} {explode}");
            assert_eq!(read(style, explode, Shape::Object, fields), object(), "{style:?} {explode}");
        }
    }

    #[test]
    fn delimiters_in_values_are_encoded_and_others_are_errors() {
        assert_eq!(
            read(Style::Simple, false, Shape::List, "b%2Cc,d"),
            Decoded::List(vec![text("b,c"), text("d")])
        );
        assert_eq!(read(Style::Form, false, Shape::Text, "a+b%20%C3%A9"), text("a+b é"));
        let how = |style, explode| Written { name: "color", style, explode, plain: false };
        for (style, explode, shape, written) in [
            (Style::Label, false, Shape::Text, "blue"),
            (Style::Matrix, false, Shape::Text, "color=blue"),
            (Style::Matrix, true, Shape::List, ";color=a;other=b"),
            (Style::Simple, true, Shape::Object, "R,100"),
            (Style::Simple, false, Shape::Object, "R,100,G"),
            (Style::Simple, false, Shape::Text, "100%"),
            (Style::Simple, false, Shape::Text, "%FF"),
        ] {
            assert!(decode(written, shape, how(style, explode)).is_err(), "{style:?} {written}");
        }
    }
}
