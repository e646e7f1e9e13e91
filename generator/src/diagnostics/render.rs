//! Shows diagnostics to people.

use std::collections::HashMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, visible};
use super::{Diagnostic, Place, Places, Severity, Source, Sources, json_lines, locate};

/// How diagnostics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// To people: the place, the line and the help, one after the other.
    Human {
        /// Whether terminal colours are used.
        colour: bool,
        /// How many diagnostics with the same code are shown; the rest is counted.
        per_code: usize,
    },
    /// To machines: one JSON object a line, all of them.
    JsonLines,
}

impl Style {
    /// To people, without colours.
    pub const PLAIN: Self = Self::Human { colour: false, per_code: 10 };

    /// To people, with colours.
    pub const COLOURED: Self = Self::Human { colour: true, per_code: 10 };
}

/// Renders `diagnostics` in their order. The text is empty without diagnostics, and otherwise ends with a line break.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    match style {
        Style::JsonLines => {
            let all: Vec<&Diagnostic> = diagnostics.iter().collect();
            json_lines::render(&all, &locate(&all, sources), sources)
        }
        Style::Human { colour, per_code } => human(diagnostics, sources, colour, per_code),
    }
}

fn human(diagnostics: &[Diagnostic], sources: &Sources, colour: bool, per_code: usize) -> String {
    let (shown, rest) = cut(diagnostics, per_code);
    let base = if colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let renderer = base.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for (diagnostic, places) in shown.iter().zip(&locate(&shown, sources)) {
        let rendered = renderer.render(&report(diagnostic, places, sources));
        // Between an origin and its snippet the library puts two empty lines.
        let mut last = "";
        for line in
            rendered.lines().filter(|line| !(std::mem::replace(&mut last, line) == *line && is_empty(line)))
        {
            text.push_str(line);
            text.push('\n');
        }
        text.push('\n');
    }
    for (code, severity, count) in rest {
        let message = format!("{count} more of this kind");
        text.push_str(
            &renderer.render(&[Group::with_title(level(severity).primary_title(message).id(code))]),
        );
        text.push_str("\n\n");
    }
    // One line break at the end, not two.
    text.pop();
    text
}

/// Whether a line has nothing but the bar at its left.
fn is_empty(line: &str) -> bool {
    without_colours(line).trim() == "|"
}

/// A line without its colours.
fn without_colours(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.split_once('m').map_or("", |(_, text)| text));
    std::iter::once(first).chain(rest).collect()
}

/// What is shown, and how many more there are of each code.
fn cut(
    diagnostics: &[Diagnostic],
    per_code: usize,
) -> (Vec<&Diagnostic>, Vec<(&'static str, Severity, usize)>) {
    let mut counts: HashMap<(&str, Severity), usize> = HashMap::new();
    let (mut shown, mut order) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let count = counts.entry((diagnostic.code, diagnostic.severity)).or_default();
        *count += 1;
        if *count <= per_code {
            shown.push(diagnostic);
        } else if *count == per_code + 1 {
            order.push((diagnostic.code, diagnostic.severity));
        }
    }
    let rest = order.into_iter().map(|(code, severity)| {
        let count = counts.get(&(code, severity)).copied().unwrap_or_default();
        (code, severity, count - per_code)
    });
    (shown, rest.collect())
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

fn report<'a>(diagnostic: &'a Diagnostic, places: &Places, sources: &'a Sources) -> Vec<Group<'a>> {
    let own = level(diagnostic.severity);
    let title = own.clone().primary_title(visible(&diagnostic.message)).id(diagnostic.code);
    let mut report = Vec::new();
    if let Some(source) = sources.get(diagnostic.location.file) {
        show(&mut report, Group::with_title(title), own, source, places.primary, diagnostic.offset.is_none());
    } else {
        report.push(Group::with_title(title));
    }
    for note in &diagnostic.notes {
        let Some(last) = report.pop() else { break };
        report.push(last.element(Level::NOTE.message(visible(note))));
    }
    for ((location, label), place) in diagnostic.related.iter().zip(&places.related) {
        let Some(source) = sources.get(location.file) else { continue };
        let group = Group::with_title(Level::NOTE.secondary_title(visible(label)));
        show(&mut report, group, Level::NOTE, source, *place, true);
    }
    if let Some(help) = &diagnostic.help {
        let help = Level::HELP.message(visible(help));
        report = match report.pop() {
            // Below related places it would read as if it were about the last of them.
            Some(last) if diagnostic.related.is_empty() => {
                report.push(last.element(help));
                report
            }
            last => {
                report.extend(last);
                report.push(Group::with_title(
                    Level::HELP.secondary_title(visible(diagnostic.help.as_deref().unwrap_or_default())),
                ));
                report
            }
        };
    }
    report
}

/// Adds `group` with the place and the line of text, where there is one.
fn show<'a>(
    report: &mut Vec<Group<'a>>,
    group: Group<'a>,
    level: Level<'a>,
    source: &'a Source,
    place: Option<Place>,
    whole: bool,
) {
    let path = visible(&source.path);
    let Some(place) = place else {
        report.push(group.element(Origin::path(path)));
        return;
    };
    let excerpt = Excerpt::new(&source.text, place.offset, whole);
    let snippet = Snippet::source(excerpt.text)
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(excerpt.span));
    if excerpt.is_cut {
        // The library would count the column in what is left of the line.
        let origin = Origin::path(path).line(place.line).char_column(place.column);
        report.push(group.element(origin));
        report.push(Group::with_level(level).element(Element::from(snippet)));
    } else {
        report.push(group.element(snippet.path(path)));
    }
}
