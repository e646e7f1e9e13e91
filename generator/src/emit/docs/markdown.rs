//! Markdown read as rustdoc reads it, and written anew in one form.

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use super::escape;
use super::layout::{Container, Layout};
use super::lines;
use super::wrap::{self, LINE_BREAK};

/// A text that is not Markdown, as a paragraph.
pub(super) fn plain(text: &str) -> String {
    let mut inline = String::new();
    escape::text(&mut inline, text.trim(), false);
    wrap::wrapped(&inline, 0)
}

/// Markdown in canonical form.
pub(super) fn render(text: &str) -> String {
    if is_prose(text) {
        return wrap::wrapped(text, 0);
    }
    let text = lines::kept(text);
    let mut renderer = Renderer::default();
    for event in TextMergeStream::new(Parser::new_ext(&text, Options::ENABLE_TABLES)) {
        renderer.event(event);
    }
    renderer.finish()
}

/// Whether nothing in the text means anything to Markdown: one line of words.
fn is_prose(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ,.;'\"()!?%$/-".contains(&byte);
    text.bytes().all(plain) && text.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// A span of inline content that is open, and where it starts.
pub(super) struct Span {
    pub(super) kind: SpanKind,
    pub(super) start: usize,
}

pub(super) enum SpanKind {
    Emphasis,
    Strong,
    Code,
    Link(String),
}

/// Spans inside more spans than this are not marked: each costs another copy of what is in it.
const DEEPEST: usize = 16;

#[derive(Default)]
pub(super) struct Renderer {
    pub(super) layout: Layout,
    /// The paragraph, heading or table cell that is being read.
    pub(super) inline: String,
    pub(super) spans: Vec<Span>,
    /// Spans that are open beyond [`DEEPEST`].
    pub(super) too_deep: usize,
    /// The code block or HTML block that is being read.
    raw: Option<String>,
    fence: String,
    heading: usize,
    /// The numbers of the lists that are open; `None` for bullets.
    pub(super) lists: Vec<Option<u64>>,
    row: Vec<String>,
    in_table: bool,
}

impl Renderer {
    fn finish(mut self) -> String {
        self.flush(true);
        self.layout.finish()
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(code) => self.push_marked(&escape::code_span(&code)),
            Event::Html(html) => match &mut self.raw {
                Some(raw) => raw.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.inline.push(' '),
            Event::HardBreak => self.inline.push(LINE_BREAK),
            Event::Rule => {
                self.flush(true);
                self.layout.block("***", true);
            }
            // Not among the extensions that are switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text)
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush(true);
                self.heading = heading_level(level);
            }
            Tag::BlockQuote(_) => {
                self.flush(true);
                self.layout.push(Container::quote());
            }
            Tag::CodeBlock(kind) => {
                self.flush(false);
                self.raw = Some(String::new());
                self.fence = match kind {
                    CodeBlockKind::Fenced(info) => escape::language(&info),
                    CodeBlockKind::Indented => escape::language(""),
                };
            }
            Tag::HtmlBlock => {
                self.flush(false);
                self.raw = Some(String::new());
            }
            Tag::List(first) => {
                self.flush(false);
                self.lists.push(first);
            }
            Tag::Item => self.start_item(false),
            Tag::Emphasis => self.open(SpanKind::Emphasis),
            Tag::Strong => self.open(SpanKind::Strong),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.open(SpanKind::Link(format!("mailto:{dest_url}")));
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.open(SpanKind::Link(dest_url.into_string()));
            }
            Tag::Table(_) => {
                self.flush(true);
                self.in_table = true;
                self.layout.gap();
            }
            Tag::Paragraph | Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            // Not among the extensions that are switched on.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(true),
            TagEnd::Heading(_) => {
                self.flush(true);
                self.heading = 0;
            }
            TagEnd::BlockQuote(_) => {
                self.flush(true);
                self.layout.pop(false);
            }
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default();
                self.layout.block(&escape::fenced(&code, &self.fence), true);
            }
            TagEnd::HtmlBlock => {
                let html = self.raw.take().unwrap_or_default();
                self.html(&html);
                self.flush(true);
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.layout.gap();
            }
            TagEnd::Item => self.end_item(false),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => self.close(),
            TagEnd::TableCell => {
                self.close_all();
                let cell = std::mem::take(&mut self.inline);
                self.row.push(wrap::one_line(&cell).replace('|', "\\|"));
            }
            TagEnd::TableHead => {
                let rule: Vec<&str> = self.row.iter().map(|_| "---").collect();
                let rule = format!("|{}|", rule.join("|"));
                self.end_row();
                self.layout.block(&rule, false);
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => {
                self.in_table = false;
                self.layout.gap();
            }
            TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        self.layout.block(&format!("| {} |", row.join(" | ")), false);
    }

    pub(super) fn text(&mut self, text: &str) {
        let spans = &self.spans;
        if spans.iter().any(|span| matches!(span.kind, SpanKind::Code)) {
            self.inline.push_str(text);
            return;
        }
        let linked = spans.iter().any(is_link);
        escape::text(&mut self.inline, text, linked);
    }

    /// Starts an item of the innermost list; `html` says that a tag did, and not the Markdown.
    pub(super) fn start_item(&mut self, html: bool) {
        self.flush(false);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            Some(None) | None => "- ".to_owned(),
        };
        self.layout.push(Container::item(marker, html));
    }

    pub(super) fn end_item(&mut self, html: bool) {
        self.flush(false);
        self.layout.pop(html);
    }

    /// Ends the paragraph or heading that is being read.
    pub(super) fn flush(&mut self, gap: bool) {
        self.close_all();
        if self.in_table {
            return;
        }
        let inline = std::mem::take(&mut self.inline);
        let inline = inline.trim_matches([' ', '\n', LINE_BREAK]);
        if inline.is_empty() {
            if gap {
                self.layout.gap();
            }
            return;
        }
        if self.heading > 0 {
            let text = wrap::one_line(inline).replace('#', "\\#");
            self.layout.block(&format!("{} {text}", "#".repeat(self.heading)), true);
        } else {
            let text = wrap::wrapped(inline, self.layout.width());
            self.layout.block(&text, gap);
        }
    }

    pub(super) fn open(&mut self, kind: SpanKind) {
        if self.spans.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.spans.push(Span { kind, start: self.inline.len() });
    }

    /// Closes the innermost span.
    pub(super) fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(span) = self.spans.pop() else { return };
        let inner = self.inline.split_off(span.start.min(self.inline.len()));
        let image_or_link_around = self.spans.iter().any(is_link);
        let marked = match span.kind {
            SpanKind::Emphasis => escape::marked(&inner, "*"),
            SpanKind::Strong => escape::marked(&inner, "**"),
            SpanKind::Code => escape::code_span(&inner),
            SpanKind::Link(to) => escape::link(&inner, &to, image_or_link_around),
        };
        self.push_marked(&marked);
    }

    /// Writes a span, separated from marks of the same kind before it.
    pub(super) fn push_marked(&mut self, span: &str) {
        let last = self.inline.chars().next_back();
        if last.is_some() && last == span.chars().next() && matches!(last, Some('`' | '*')) {
            self.inline.push(' ');
        }
        // A link after an exclamation mark would be an image.
        if last == Some('!') && span.starts_with('[') {
            self.inline.pop();
            self.inline.push_str("\\!");
        }
        self.inline.push_str(span);
    }

    fn close_all(&mut self) {
        self.too_deep = 0;
        while !self.spans.is_empty() {
            self.close();
        }
    }
}

/// Whether a span becomes a link.
fn is_link(span: &Span) -> bool {
    match &span.kind {
        SpanKind::Link(to) => escape::leads(to),
        SpanKind::Emphasis | SpanKind::Strong | SpanKind::Code => false,
    }
}

fn heading_level(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
