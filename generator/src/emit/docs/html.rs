//! HTML in descriptions: what has a like in Markdown becomes that, every other tag is shown as it stands.

use super::escape;
use super::markdown::{Renderer, SpanKind};
use super::wrap::LINE_BREAK;

impl Renderer {
    /// Reads a piece of HTML: one tag, or a whole block with text between the tags.
    pub(super) fn html(&mut self, html: &str) {
        let mut rest = html;
        // Looked for once: a text of nothing but `<` must not be searched to its end for each.
        let last = html.rfind('>').unwrap_or(0);
        while let Some(start) = rest.find('<') {
            self.text(&decoded(&rest[..start]));
            rest = &rest[start..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let is_tag = rest[1..]
                .starts_with(|next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
            let is_tag = is_tag && html.len() - rest.len() < last;
            let Some(end) = is_tag.then(|| rest.find('>')).flatten() else {
                self.text("<");
                rest = &rest[1..];
                continue;
            };
            let (tag, after) = rest.split_at(end + 1);
            rest = after;
            if name(tag) == ("pre", false) {
                let is_close = |at: &[u8]| at.eq_ignore_ascii_case(b"</pre>");
                let close = rest.as_bytes().windows("</pre>".len()).position(is_close).unwrap_or(rest.len());
                self.preformatted(&rest[..close]);
                rest = rest.get(close + "</pre>".len()..).unwrap_or("");
            } else {
                self.tag(tag);
            }
        }
        self.text(&decoded(rest));
    }

    fn preformatted(&mut self, html: &str) {
        self.flush(false);
        let mut code = String::new();
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            code.push_str(&rest[..start]);
            rest = rest[start..].find('>').map_or("", |end| &rest[start + end + 1..]);
        }
        code.push_str(rest);
        let code = decoded(code.trim_matches('\n'));
        if !code.trim().is_empty() {
            self.layout.block(&escape::fenced(&code, &escape::language("")), true);
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, closes) = name(tag);
        match (name.to_ascii_lowercase().as_str(), closes) {
            ("br", _) => self.inline.push(LINE_BREAK),
            ("p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "section", _) => {
                self.flush(true)
            }
            ("hr", _) => {
                self.flush(true);
                self.layout.block("***", true);
            }
            ("b" | "strong", false) => self.open(SpanKind::Strong),
            ("i" | "em", false) => self.open(SpanKind::Emphasis),
            ("code" | "tt" | "kbd" | "samp", false) => self.open(SpanKind::Code),
            ("a", false) => self.open(SpanKind::Link(decoded(attribute(tag, "href")))),
            ("b" | "strong", true) => self.close_if(|kind| matches!(kind, SpanKind::Strong)),
            ("i" | "em", true) => self.close_if(|kind| matches!(kind, SpanKind::Emphasis)),
            ("code" | "tt" | "kbd" | "samp", true) => self.close_if(|kind| matches!(kind, SpanKind::Code)),
            ("a", true) => self.close_if(|kind| matches!(kind, SpanKind::Link(_))),
            ("ul" | "ol" | "table", false) => {
                self.flush(true);
                self.lists.push(name.eq_ignore_ascii_case("ol").then_some(1));
            }
            ("ul" | "ol" | "table", true) => {
                self.end_item(true);
                self.lists.pop();
                self.layout.gap();
            }
            // A table's rows as a list: cells may hold what a Markdown table cannot.
            ("li" | "tr", false) => {
                self.end_item(true);
                if self.lists.is_empty() {
                    self.flush(false);
                    self.layout.before_item();
                }
                self.start_item(true);
            }
            ("li" | "tr", true) => {
                self.end_item(true);
                // Items without a list around them: what follows may be text, which Markdown would read as their own.
                if self.lists.is_empty() {
                    self.layout.after_item();
                }
            }
            ("td" | "th", false) => {
                if !self.inline.trim().is_empty() {
                    self.inline.push_str(" | ");
                }
            }
            ("td" | "th" | "thead" | "tbody" | "caption", _) => {}
            ("span" | "small" | "font" | "center" | "u" | "sup" | "sub" | "nobr" | "pre", _) => {}
            ("img", _) => {
                self.open(SpanKind::Link(decoded(attribute(tag, "src"))));
                self.text(&decoded(attribute(tag, "alt")));
                self.close();
            }
            _ => self.push_marked(&escape::code_span(tag)),
        }
    }

    /// Closes the spans up to the innermost of this kind, if there is one.
    fn close_if(&mut self, is_kind: impl Fn(&SpanKind) -> bool) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let Some(at) = self.spans.iter().rposition(|span| is_kind(&span.kind)) {
            while self.spans.len() > at {
                self.close();
            }
        }
    }
}

/// The tag's name, and whether it is a closing one.
fn name(tag: &str) -> (&str, bool) {
    let inner = tag.trim_start_matches('<');
    let (inner, closes) = match inner.strip_prefix('/') {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let end = inner.find(|char: char| !char.is_ascii_alphanumeric()).unwrap_or(inner.len());
    (&inner[..end], closes)
}

/// The value of an attribute; empty if the attribute is missing.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let Some(at) = tag.find(&format!(" {name}=")) else { return "" };
    let value = &tag[at + name.len() + 2..];
    let quote = value.chars().next().filter(|char| matches!(char, '"' | '\''));
    match quote {
        Some(quote) => value[1..].split(quote).next().unwrap_or(""),
        None => value.split([' ', '>']).next().unwrap_or(""),
    }
}

/// With the entities replaced that HTML cannot do without.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&nbsp;", " ")];
    let text = entities.iter().fold(text.to_owned(), |text, (entity, char)| text.replace(entity, char));
    text.replace("&amp;", "&")
}
