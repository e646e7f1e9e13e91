//! Describes changes in words.

use super::model::{Change, Effect, Kind, Level, On, Severity};

/// A function that marks up code in a text.
pub(super) type Mark = fn(&str) -> String;

/// A level as a word.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Patch => "patch",
        Level::Minor => "minor",
        Level::Major => "major",
    }
}

/// The change as a clause.
pub(super) fn sentence(change: &Change, mark: Mark) -> String {
    let subject = subject(change, mark);
    let before = change.before.as_deref().map(mark).unwrap_or_default();
    let after = change.after.as_deref().map(mark).unwrap_or_default();
    let both = format!("{before} -> {after}");
    match change.change {
        Kind::Added if after.is_empty() => format!("{subject} added"),
        Kind::Added if before.is_empty() => format!("{subject} added: {after}"),
        Kind::Added => format!("{subject} added: {both}"),
        Kind::Removed if before.is_empty() => format!("{subject} removed"),
        Kind::Removed if after.is_empty() => format!("{subject} removed: {before}"),
        Kind::Removed => format!("{subject} removed: {both}"),
        Kind::Renamed => format!("{} renamed: {both}", noun(change.on)),
        Kind::Retyped => format!("{subject} has another type: {both}"),
        Kind::MadeOptional => with(format!("{subject} made optional"), change, &both),
        Kind::MadeRequired => with(format!("{subject} made required"), change, &both),
        Kind::MadeNullable => with(format!("{subject} may be null"), change, &both),
        Kind::MadeNonNull => with(format!("{subject} may no longer be null"), change, &both),
        Kind::DefaultChanged => with(format!("{subject} has another default"), change, &both),
        Kind::Boxed => with(format!("{subject} is boxed"), change, &both),
        Kind::Unboxed => with(format!("{subject} is no longer boxed"), change, &both),
        Kind::ValueChanged if change.on == On::Field => {
            format!("{subject} has another name on the wire: {both}")
        }
        Kind::ValueChanged => format!("{subject} has another value on the wire: {both}"),
        Kind::Reshaped => format!("is another kind of type: {both}"),
        Kind::Redirected => format!("stands for another type: {both}"),
        Kind::BecameAlias => format!("is now another name for {after}"),
        Kind::BecameType => format!("is now a type of its own, was another name for {before}"),
        Kind::Treated => format!("{subject} are treated differently: {both}"),
        Kind::Split => format!("{before} is now {}", roles(change.after.as_deref(), mark)),
        Kind::United => format!("{} are now {after}", roles(change.before.as_deref(), mark)),
        Kind::Reassigned => format!("the name means another operation: {both}"),
        Kind::Changed => with(format!("{subject} changed"), change, &both),
    }
}

/// Names with their roles, as in `PetInput (sent) and PetOutput (read)`.
fn roles(text: Option<&str>, mark: Mark) -> String {
    let marked = text.unwrap_or_default().split(" and ").map(|part| match part.split_once(' ') {
        Some((name, role)) => format!("{} {role}", mark(name)),
        None => mark(part),
    });
    marked.collect::<Vec<_>>().join(" and ")
}

fn with(clause: String, change: &Change, both: &str) -> String {
    match (&change.before, &change.after) {
        (Some(before), Some(after)) if before != after => format!("{clause}: {both}"),
        (Some(_) | None, _) => clause,
    }
}

fn subject(change: &Change, mark: Mark) -> String {
    match &change.name {
        Some(name) => format!("{} {}", noun(change.on), mark(name)),
        None => noun(change.on).to_owned(),
    }
}

pub(super) fn noun(on: On) -> &'static str {
    match on {
        On::Type => "type",
        On::Field => "field",
        On::Constant => "constant",
        On::UnknownFields => "properties that the schema does not declare",
        On::Default => "`Default`",
        On::New => "`new`",
        On::Conversion => "conversion",
        On::Derive => "derive",
        On::Attribute => "attribute",
        On::Variant => "variant",
        On::Accessor => "accessor",
        On::Tag => "how a variant is found",
        On::Value => "value",
        On::UnknownValues => "values that the document does not declare",
        On::Operation => "operation",
        On::Method => "method",
        On::Path => "path",
        On::Parameter => "parameter",
        On::Body => "body",
        On::Response => "response",
        On::Header => "response header",
        On::Call => "`call`",
        On::Security => "security",
        On::Server => "server",
        On::Pages => "how pages follow each other",
        On::Documentation => "documentation",
    }
}

/// The plural of a part.
pub(super) fn plural(on: On) -> String {
    match on {
        On::UnknownFields | On::UnknownValues | On::Call | On::Security | On::Pages => noun(on).to_owned(),
        On::Body => "bodies".to_owned(),
        On::Type
        | On::Field
        | On::Constant
        | On::Default
        | On::New
        | On::Conversion
        | On::Derive
        | On::Attribute
        | On::Variant
        | On::Accessor
        | On::Tag
        | On::Value
        | On::Operation
        | On::Method
        | On::Path
        | On::Parameter
        | On::Response
        | On::Header
        | On::Server
        | On::Documentation => format!("{}s", noun(on)),
    }
}

/// The distinct effects of a change, one line each.
pub(super) fn effects(change: &Change) -> Vec<String> {
    let source = [("reading", change.source.reading), ("writing", change.source.writing)];
    let wire = [
        ("old code with the new server", change.wire.old_code),
        ("new code with the old server", change.wire.new_code),
    ];
    [source, wire].iter().flat_map(grouped).collect()
}

fn grouped(effects: &[(&str, Option<Effect>); 2]) -> Vec<String> {
    let breaks = |effect: &Effect| match effect.severity {
        Severity::Notice => false,
        Severity::BreaksWithoutRest | Severity::Breaks => true,
    };
    let line = |who: &str, effect: Effect| format!("{who}: {}", effect.why);
    match effects.map(|(who, effect)| (who, effect.filter(breaks))) {
        [(one, Some(first)), (other, Some(second))] if first == second => {
            vec![line(&format!("{one}, {other}"), first)]
        }
        both => both.into_iter().filter_map(|(who, effect)| Some(line(who, effect?))).collect(),
    }
}

/// The text on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

/// A number with its noun.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}
