//! Renders a comparison as Markdown, for a comment on a pull request.

use std::fmt::Write as _;

use super::group::{Detail, groups, names};
use super::model::{Change, Diff, Item};
use super::outline::{MOST_NEW, Outline};
use super::phrase::{counted, level, noun, one_line, plural};

/// The comparison as Markdown. Breaking changes are visible, the rest is collapsed.
pub fn markdown(diff: &Diff) -> String {
    let outline = Outline::of(diff);
    let (old, new) = (&diff.old, &diff.new);
    let mut out = if diff.items.is_empty() {
        "### Models: unchanged\n".to_owned()
    } else {
        format!("### Models: {}\n", level(diff.verdict))
    };
    let _ = write!(out, "\n{} {} -> ", code(&old.title), code(&old.version));
    if old.title != new.title {
        let _ = write!(out, "{} ", code(&new.title));
    }
    let _ = writeln!(out, "{}", code(&new.version));
    if diff.items.is_empty() {
        return out;
    }
    let (breaking, compatible) = outline.counts;
    let _ = writeln!(
        out,
        "\n{}, {}. For source code: {}; on the wire: {}.",
        counted(breaking, "change breaks something", "changes break something"),
        counted(compatible, "does not", "do not"),
        level(diff.source),
        level(diff.wire),
    );
    list(&mut out, "Gone", &outline.removed);
    if !outline.breaking.is_empty() {
        out.push_str("\n#### Breaks\n\n");
        items(&mut out, &outline.breaking);
    }
    additions(&mut out, &outline.additions);
    if !outline.compatible.is_empty() {
        out.push_str("\n<details><summary>Breaks nothing</summary>\n\n");
        items(&mut out, &outline.compatible);
        out.push_str("\n</details>\n");
    }
    if outline.added.len() <= MOST_NEW {
        list(&mut out, "New", &outline.added);
    } else {
        let _ = writeln!(out, "\n**New:** {}", outline.added_in_short());
    }
    if outline.documented > 0 {
        let count = counted(outline.documented, "type or operation", "types and operations");
        let _ = writeln!(out, "\nDocumentation changed: {count}.");
    }
    out
}

fn list(out: &mut String, title: &str, items: &[&Item]) {
    if !items.is_empty() {
        let names: Vec<String> = items.iter().map(|item| code(&item.path)).collect();
        let _ = writeln!(out, "\n**{title}:** {}", names.join(", "));
    }
}

fn items(out: &mut String, items: &[(&Item, Vec<&Change>)]) {
    for (item, changes) in items {
        match &item.was {
            Some(was) => drop(writeln!(out, "- {} (was {})", code(&item.path), code(was))),
            None => drop(writeln!(out, "- {}", code(&item.path))),
        }
        for group in groups(changes) {
            for clause in group.clauses(code, Detail::Summary) {
                let _ = writeln!(out, "  - {clause}");
            }
            for effect in group.effects() {
                let _ = writeln!(out, "    - {effect}");
            }
        }
    }
}

/// Writes added fields and parameters, one line for each type, because all break the same code.
fn additions(out: &mut String, items: &[(&Item, Vec<&Change>)]) {
    if items.is_empty() {
        return;
    }
    out.push_str(
        "\n#### Breaks code that names every field\n\nPatterns and literals without `..` lack what is added; what `new` \
         takes is lacking in all literals.\n\n",
    );
    for (item, changes) in items {
        let what = noun(changes[0].on);
        let what = if changes.len() == 1 { what.to_owned() } else { plural(changes[0].on) };
        let _ =
            writeln!(out, "- {}: {what} {} added", code(&item.path), names(changes, code, Detail::Summary));
    }
}

/// The text as a code span, whatever characters it contains (CommonMark §6.1).
fn code(text: &str) -> String {
    let text = one_line(text);
    let runs = text.split(|char| char != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    // CommonMark removes a space at each end, which separates backticks of the text from the fence.
    if text.starts_with('`') || text.ends_with('`') || text.is_empty() {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}
