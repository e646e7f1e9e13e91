//! A comparison as text for a terminal.

use std::fmt::Write as _;

use super::model::{Change, Diff, Item};
use super::outline::Outline;
use super::phrase::{counted, effects, level, one_line, sentence};

/// The comparison as text: short, type by type, what breaks first. Ends with a line break.
pub fn text(diff: &Diff) -> String {
    let outline = Outline::of(diff);
    let mut out = headline(diff, &outline);
    list(&mut out, "Gone:", &outline.removed);
    section(&mut out, "Breaks:", &outline.breaking);
    section(&mut out, "Breaks nothing:", &outline.compatible);
    list(&mut out, "New:", &outline.added);
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

/// The names of whole items, as many on a line as fit.
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

fn section(out: &mut String, title: &str, items: &[(&Item, Vec<&Change>)]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{title}");
    for (item, changes) in items {
        match &item.was {
            Some(was) => drop(writeln!(out, "  {} (was {was})", item.path)),
            None => drop(writeln!(out, "  {}", item.path)),
        }
        for change in changes {
            let _ = writeln!(out, "    {}", sentence(change, marked));
            for effect in effects(change) {
                let _ = writeln!(out, "      {effect}");
            }
        }
    }
}

fn marked(code: &str) -> String {
    format!("`{}`", one_line(code))
}
