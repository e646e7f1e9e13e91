//! Regular expressions of schemas: asked, and samples of what they match.

use std::cell::RefCell;
use std::collections::HashMap;

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind, Repetition};

/// More than the smallest number of repetitions, at most.
const FURTHER: u32 = 3;

/// Whether `pattern` is found in `text`. A pattern that cannot be read is found nowhere.
pub fn matches(pattern: &str, text: &str) -> bool {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Option<jsonschema::Validator>>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let validator = known
            .entry(pattern.to_owned())
            .or_insert_with(|| jsonschema::draft202012::new(&serde_json::json!({"pattern": pattern})).ok());
        validator.as_ref().is_some_and(|validator| validator.is_valid(&text.into()))
    })
}

/// A text that most probably matches `pattern`; `None` for patterns that this cannot read.
pub fn sample(pattern: &str, rng: &mut Rng) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new().build().parse(&ascii(pattern)).ok()?;
    let mut text = String::new();
    write(&hir, rng, &mut text, 0)?;
    Some(text)
}

/// `\d` and `\w` of JSON Schema are ASCII.
fn ascii(pattern: &str) -> String {
    pattern.replace("\\d", "[0-9]").replace("\\w", "[A-Za-z0-9_]").replace("\\/", "/")
}

fn write(hir: &Hir, rng: &mut Rng, text: &mut String, depth: usize) -> Option<()> {
    if depth > 50 || text.len() > 4000 {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class, rng)?),
        HirKind::Repetition(Repetition { min, max, sub, .. }) => {
            let most = max.unwrap_or(min + FURTHER).min(min + FURTHER);
            for _ in 0..rng.u32(*min..=most.max(*min)) {
                write(sub, rng, text, depth + 1)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, rng, text, depth + 1)?,
        HirKind::Concat(all) => {
            for hir in all {
                write(hir, rng, text, depth + 1)?;
            }
        }
        HirKind::Alternation(any) => write(rng.choice(any)?, rng, text, depth + 1)?,
    }
    Some(())
}

fn character(class: &Class, rng: &mut Rng) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let printable =
        |range: &&regex_syntax::hir::ClassUnicodeRange| range.end() >= ' ' && range.start() <= '~';
    let ranges: Vec<_> = class.ranges().iter().filter(printable).collect();
    match rng.choice(&ranges) {
        Some(range) => {
            let (low, high) = (u32::from(range.start()).max(0x20), u32::from(range.end()).min(0x7e));
            char::from_u32(rng.u32(low..=high.max(low)))
        }
        None => Some(class.ranges().first()?.start()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_match() {
        let mut rng = Rng::with_seed(1);
        for pattern in ["^[a-z]{3}-\\d+$", "^(ab|cd)?x*$", "^#[0-9A-Fa-f]{6}$", "^\\S+@\\S+\\.[a-z]{2,4}$"] {
            for _ in 0..20 {
                let text = sample(pattern, &mut rng).unwrap();
                assert!(matches(pattern, &text), "{text:?} does not match {pattern}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_has_no_sample() {
        assert_eq!(sample("(?=x)y", &mut Rng::with_seed(1)), None);
        assert!(!matches("(", "("));
    }
}
