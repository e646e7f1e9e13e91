//! Renders a comparison as text for a terminal.

use std::fmt::Write as _;

use super::group::{Detail, groups, is_in_every_literal, names};
use super::model::{Change, Diff, Item};
use super::outline::{MOST_NEW, Outline};
use super::phrase::{counted, level, noun, one_line, plural};

/// Up to this many compatible changes are listed.
const MOST_COMPATIBLE: usize = 12;

/// The comparison as text: breaking changes by type, and the number of other changes if there are many. Ends with a
/// line break.
pub fn text(diff: &Diff) -> String {
    told(diff, Detail::Summary)
}

/// The comparison as text with all changes. Ends with a line break.
pub fn text_in_full(diff: &Diff) -> String {
    told(diff, Detail::Full)
}

fn told(diff: &Diff, detail: Detail) -> String {
    let outline = Outline::of(diff);
    let mut out = headline(diff, &outline);
    list(&mut out, "Gone:", &outline.removed);
    section(&mut out, "Breaks:", &outline.breaking, detail);
    additions(&mut out, &outline.additions, detail);
    let compatible: usize = outline.compatible.iter().map(|(_, changes)| changes.len()).sum();
    if compatible <= detail.most(MOST_COMPATIBLE) {
        section(&mut out, "Breaks nothing:", &outline.compatible, detail);
    } else {
        let items = counted(outline.compatible.len(), "type or operation", "types and operations");
        let _ = writeln!(out, "\nBreaks nothing: {compatible} changes of {items} (`--all` lists them)");
    }
    if outline.added.len() <= detail.most(MOST_NEW) {
        list(&mut out, "New:", &outline.added);
    } else {
        let _ = writeln!(out, "\nNew: {} (`--all` lists them)", outline.added_in_short());
    }
    if outline.documented > 0 {
        let count = counted(outline.documented, "type or operation", "types and operations");
        let _ = writeln!(out, "\nDocumentation changed: {count}");
    }
    out
}

fn headline(diff: &Diff, outline: &Outline<'_>) -> String {
    let (old, new) = (&diff.old, &diff.new);
    let name = if old.title == new.title {
        format!("{} {} -> {}", new.title, old.version, new.version)
    } else {
        format!("{} {} -> {} {}", old.title, old.version, new.title, new.version)
    };
    if diff.items.is_empty() {
        return format!("{}: the models are the same\n", one_line(&name));
    }
    let (breaking, compatible) = outline.counts;
    format!(
        "{}: {} (source {}, wire {})\n{}, {}\n",
        one_line(&name),
        level(diff.verdict),
        level(diff.source),
        level(diff.wire),
        counted(breaking, "change breaks something", "changes break something"),
        counted(compatible, "does not", "do not"),
    )
}

/// Writes the names of items, as many on a line as fit.
fn list(out: &mut String, title: &str, items: &[&Item]) {
    const WIDTH: usize = 100;
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "\n{title}\n ");
    let mut column = 1;
    for (index, item) in items.iter().enumerate() {
        let comma = if index + 1 < items.len() { "," } else { "" };
        if column > 1 && column + item.path.len() + 2 > WIDTH {
            out.push_str("\n ");
            column = 1;
        }
        let _ = write!(out, " {}{comma}", item.path);
        column += item.path.len() + 1 + comma.len();
    }
    out.push('\n');
}

fn section(out: &mut String, title: &str, items: &[(&Item, Vec<&Change>)], detail: Detail) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for (item, changes) in items {
        match &item.was {
            Some(was) => drop(writeln!(out, "  {} (was {was})", item.path)),
            None => drop(writeln!(out, "  {}", item.path)),
        }
        for group in groups(changes) {
            for clause in group.clauses(marked, detail) {
                let _ = writeln!(out, "    {clause}");
            }
            for effect in group.effects() {
                let _ = writeln!(out, "      {effect}");
            }
        }
    }
}

/// Writes added fields and parameters, one line for each type, because all break the same code.
fn additions(out: &mut String, items: &[(&Item, Vec<&Change>)], detail: Detail) {
    if items.is_empty() {
        return;
    }
    out.push_str("\nBreaks code that names every field:\n");
    for (item, changes) in items {
        let what = noun(changes[0].on);
        let what = if changes.len() == 1 { what.to_owned() } else { plural(changes[0].on) };
        let _ = writeln!(out, "  {}: {what} {} added", item.path, names(changes, marked, detail));
    }
    out.push_str("    reading: patterns without `..` lack them\n");
    if items.iter().flat_map(|(_, changes)| changes).all(|change| !is_in_every_literal(change)) {
        out.push_str("    writing: literals without `..` lack them\n");
    } else {
        out.push_str("    writing: literals without `..` lack them; all do where `new` takes them\n");
    }
}

fn marked(code: &str) -> String {
    format!("`{}`", one_line(code))
}
