//! Counts what was read and came back the same, and lists what did not.

use std::collections::BTreeMap;

use fidelity::Document;
use fidelity::equivalence::{Difference, Kind, differences};
use serde_json::Value;

use super::agreement::Verify;
use super::cases::{Case, Cases, Group};
use super::harness::{Answer, Readers};

/// How the values of one group fared.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    valid: usize,
    read: usize,
    same: usize,
}

/// The outcome for one document.
#[derive(Default)]
pub(super) struct Tally {
    /// Documents that could not be tried.
    pub(super) broken: usize,
    seen: usize,
    /// Valid examples that could not be put into an outer value.
    homeless: usize,
    components: usize,
    barren: Vec<String>,
    few: usize,
    examples: Count,
    payloads: Count,
    instances: Count,
    refused: usize,
    accepted: usize,
    /// Mutations that the selection order does not promise to refuse.
    unpromised: usize,
    /// Refused values whose formats the schema would refuse too.
    wrong_format: usize,
    /// Without a type to read them with.
    no_type: usize,
    /// Values that `verify` judged, too, and those of which it said something else.
    verified: usize,
    disagreed: usize,
    /// Allowed differences by kind.
    allowed: BTreeMap<&'static str, usize>,
    /// What went wrong: kind, then what it looks like, then the cases.
    failures: BTreeMap<&'static str, BTreeMap<String, Vec<String>>>,
}

/// What a difference is called in the report.
fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Changed => "value changed",
        Kind::Lost => "property lost",
        Kind::OneWay => "property of the other side dropped",
        Kind::Added => "property added",
        Kind::ConstantWritten => "absent constant written",
        Kind::Unnamed => "unnamed property dropped",
    }
}

impl Tally {
    pub(super) const HEAD: [&str; 16] = [
        "document",
        "components",
        "no instance",
        "examples seen",
        "valid",
        "read",
        "same",
        "payloads",
        "instances",
        "read",
        "same",
        "refused",
        "accepted",
        "format",
        "verified",
        "disagree",
    ];

    pub(super) fn of(document: &Document, cases: &Cases, answers: &[Answer], readers: &Readers) -> Self {
        let mut verify = Verify::new(readers);
        let mut tally = Self {
            seen: cases.seen.values().sum(),
            homeless: cases.homeless,
            components: cases.components,
            barren: cases.barren.clone(),
            few: cases.few,
            ..Self::default()
        };
        for (case, answer) in cases.all.iter().zip(answers) {
            tally.case(document, case, answer, readers.is_half(&case.root));
            if let Some(agrees) = verify.agrees(case, answer) {
                tally.verified += 1;
                if let Err(what) = agrees {
                    tally.disagreed += 1;
                    tally.fail("verify disagrees", signature(&what), case, &what);
                }
            }
        }
        tally
    }

    fn case(&mut self, document: &Document, case: &Case, answer: &Answer, is_half: bool) {
        let count = match case.group {
            Group::Example | Group::Default => &mut self.examples,
            Group::Payload => &mut self.payloads,
            Group::Instance => &mut self.instances,
            Group::Mutation { promised } => return self.mutation(promised, case, answer),
        };
        if let Answer::Refused(_) = answer
            && !document.allows_formats(&case.root, &case.value)
        {
            self.wrong_format += 1;
            return;
        }
        count.valid += 1;
        let after = match answer {
            Answer::NoType => {
                self.no_type += 1;
                let why = "no type for this schema".to_owned();
                return self.fail("no type", why, case, "");
            }
            Answer::Refused(error) => {
                let more = format!("{error}{}", around(error, &case.text));
                return self.fail("refused", signature(error), case, &more);
            }
            Answer::Written { value, .. } => value,
        };
        count.read += 1;
        let (allowed, wrong): (Vec<Difference>, Vec<Difference>) =
            differences(document, &case.root, &case.value, after)
                .into_iter()
                .partition(|it| it.kind.is_allowed() || is_half && it.kind == Kind::OneWay);
        if wrong.is_empty() {
            count.same += 1;
        }
        for difference in allowed {
            *self.allowed.entry(title(difference.kind)).or_default() += 1;
        }
        if let Some(first) = wrong.first() {
            let shape = if is_nearly_equal(first) {
                "a double lost its last digit".to_owned()
            } else {
                format!("{:?} {} at {}", first.kind, types(first), signature(&first.pointer))
            };
            let more = format!(
                "{:?} at {}: {} -> {}",
                first.kind,
                first.pointer,
                shown(&first.before),
                shown(&first.after)
            );
            self.fail("changed", shape, case, &more);
        }
    }

    /// A value that was spoiled: whether the types promise to refuse it, and did.
    fn mutation(&mut self, promised: bool, case: &Case, answer: &Answer) {
        match (promised, answer) {
            (_, Answer::NoType) => {}
            (true, Answer::Refused(_)) => self.refused += 1,
            (true, Answer::Written { value: after, .. }) => {
                self.accepted += 1;
                let more = format!("written {after}");
                self.fail("mutation accepted", signature(&case.source), case, &more);
            }
            (false, Answer::Refused(_) | Answer::Written { .. }) => self.unpromised += 1,
        }
    }

    fn fail(&mut self, kind: &'static str, shape: String, case: &Case, more: &str) {
        let text = format!(
            "- `{}` {} {}\n  {}\n  value: {}\n",
            case.root,
            match case.group {
                Group::Example => "example",
                Group::Default => "default",
                Group::Payload => "payload",
                Group::Instance => "instance",
                Group::Mutation { .. } => "mutation",
            },
            case.source,
            cut(more, 400),
            cut(&case.text, 500),
        );
        self.failures.entry(kind).or_default().entry(shape).or_default().push(text);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.broken += other.broken;
        self.seen += other.seen;
        self.homeless += other.homeless;
        self.components += other.components;
        self.barren.extend(other.barren.iter().cloned());
        self.few += other.few;
        for (sum, more) in [
            (&mut self.examples, other.examples),
            (&mut self.payloads, other.payloads),
            (&mut self.instances, other.instances),
        ] {
            sum.valid += more.valid;
            sum.read += more.read;
            sum.same += more.same;
        }
        self.refused += other.refused;
        self.accepted += other.accepted;
        self.unpromised += other.unpromised;
        self.wrong_format += other.wrong_format;
        self.no_type += other.no_type;
        self.verified += other.verified;
        self.disagreed += other.disagreed;
    }

    pub(super) fn is_perfect(&self) -> bool {
        let all_same = |count: &Count| count.same == count.valid;
        self.broken == 0
            && self.accepted == 0
            && self.disagreed == 0
            && all_same(&self.examples)
            && all_same(&self.payloads)
            && all_same(&self.instances)
    }

    pub(super) fn row(&self, name: &str) -> Vec<String> {
        let payloads = match self.payloads {
            Count { valid: 0, .. } => String::new(),
            Count { valid, read, same } => format!("{same}/{read}/{valid}"),
        };
        let numbers = [
            self.components,
            self.barren.len(),
            self.seen,
            self.examples.valid,
            self.examples.read,
            self.examples.same,
        ];
        let more = [
            self.instances.valid,
            self.instances.read,
            self.instances.same,
            self.refused,
            self.accepted,
            self.wrong_format,
            self.verified,
            self.disagreed,
        ];
        let mut row = vec![name.to_owned()];
        row.extend(numbers.iter().map(ToString::to_string));
        row.push(payloads);
        row.extend(more.iter().map(ToString::to_string));
        row
    }

    /// The failures, the most frequent first, `show` shapes of each kind.
    pub(super) fn failures(&self, name: &str, show: usize) -> String {
        let mut text = String::new();
        let unlucky = [
            (self.homeless, "valid examples found no valid outer value"),
            (self.few, "components have fewer different instances than requested"),
            (self.unpromised, "mutations are not promised to be refused"),
        ];
        let notes: Vec<String> = unlucky
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let allowed: Vec<String> =
            self.allowed.iter().map(|(what, count)| format!("{count} times: {what}")).collect();
        text.push_str(&format!("\n## {name}\n\n{}\n", [notes, allowed].concat().join("; ")));
        if !self.barren.is_empty() {
            text.push_str(&format!("\nNo instance: {}\n", cut(&self.barren.join(", "), 1000)));
        }
        for (kind, shapes) in &self.failures {
            let count: usize = shapes.values().map(Vec::len).sum();
            text.push_str(&format!("\n### {kind}: {count} in {} shapes\n\n", shapes.len()));
            let mut shapes: Vec<_> = shapes.iter().collect();
            shapes.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
            for (shape, cases) in shapes.into_iter().take(show) {
                text.push_str(&format!("{} x {}\n", cases.len(), cut(shape, 300)));
                for case in cases.iter().take(if show == usize::MAX { 5 } else { 1 }) {
                    text.push_str(case);
                }
            }
        }
        text
    }
}

/// A message without what differs from case to case.
fn signature(text: &str) -> String {
    let mut signature = String::new();
    let mut last_digit = false;
    for char in text.chars() {
        let digit = char.is_ascii_digit();
        if !(digit && last_digit) {
            signature.push(if digit { '#' } else { char });
        }
        last_digit = digit;
    }
    signature
}

/// The text around the column that an error of serde_json names.
fn around(error: &str, text: &str) -> String {
    let column = error.rsplit_once("column ").and_then(|(_, column)| column.trim().parse::<usize>().ok());
    let Some(column) = column else { return String::new() };
    let piece = |from: usize, to: usize| {
        let bytes = text.as_bytes().get(from.min(text.len())..to.min(text.len())).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    };
    format!("; there: {}⟨HERE⟩{}", piece(column.saturating_sub(120), column), piece(column, column + 30))
}

fn is_nearly_equal(difference: &Difference) -> bool {
    let number = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
    match (number(&difference.before), number(&difference.after)) {
        (Some(before), Some(after)) => (before - after).abs() <= before.abs() * 1e-14,
        _ => false,
    }
}

fn types(difference: &Difference) -> String {
    let name = |value: &Option<Value>| match value {
        None => "absent",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "boolean",
        Some(Value::Number(_)) => "number",
        Some(Value::String(_)) => "string",
        Some(Value::Array(_)) => "array",
        Some(Value::Object(_)) => "object",
    };
    format!("{} -> {}", name(&difference.before), name(&difference.after))
}

fn shown(value: &Option<Value>) -> String {
    value.as_ref().map_or_else(|| "absent".to_owned(), |value| cut(&value.to_string(), 160))
}

fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
