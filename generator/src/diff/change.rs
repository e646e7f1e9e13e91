//! Builds changes and computes their levels.

use super::Options;
use super::model::{Change, Effect, Kind, Level, On, Severity, Source, Wire};
use crate::ir::flow::Flow;

impl Change {
    /// A change without effects. Its level is that of its kind until [`Change::weighed`] is called.
    pub(super) fn new(on: On, change: Kind) -> Self {
        let level = if on == On::Documentation { Level::Patch } else { Level::Minor };
        let (source, wire) = (Source::default(), Wire::default());
        Self { on, name: None, change, before: None, after: None, level, source, wire }
    }

    pub(super) fn named(self, name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..self }
    }

    pub(super) fn before(self, before: impl Into<String>) -> Self {
        Self { before: Some(before.into()), ..self }
    }

    pub(super) fn after(self, after: impl Into<String>) -> Self {
        Self { after: Some(after.into()), ..self }
    }

    pub(super) fn reading(self, reading: Option<Effect>) -> Self {
        Self { source: Source { reading, ..self.source }, ..self }
    }

    pub(super) fn writing(self, writing: Option<Effect>) -> Self {
        Self { source: Source { writing, ..self.source }, ..self }
    }

    /// Marks that code that reads and code that writes no longer compile.
    pub(super) fn breaks_source(self, why: &'static str) -> Self {
        self.reading(Effect::breaks(why)).writing(Effect::breaks(why))
    }

    pub(super) fn on_wire(self, wire: Wire) -> Self {
        Self { wire, ..self }
    }

    /// The change with the level of its effects.
    pub(super) fn weighed(self, options: Options) -> Self {
        let level = self.level.max(self.source.level(options)).max(self.wire.level());
        Self { level, ..self }
    }
}

impl Source {
    /// The level of the effects, or at most a patch if there are none.
    pub(super) fn level(&self, options: Options) -> Level {
        worst(&[self.reading, self.writing], options)
    }
}

impl Wire {
    /// Adds the effects of `other` where this one has none.
    pub(super) fn or(self, other: Self) -> Self {
        Self { old_code: self.old_code.or(other.old_code), new_code: self.new_code.or(other.new_code) }
    }

    pub(super) fn level(&self) -> Level {
        // The options concern literals and patterns, which do not matter on the wire.
        worst(&[self.old_code, self.new_code], Options::default())
    }
}

fn worst(effects: &[Option<Effect>], options: Options) -> Level {
    let levels = effects.iter().flatten().map(|effect| match effect.severity {
        Severity::Notice => Level::Patch,
        Severity::BreaksWithoutRest if options.assume_rest => Level::Minor,
        Severity::BreaksWithoutRest | Severity::Breaks => Level::Major,
    });
    levels.max().unwrap_or(Level::None)
}

/// The effects on the wire for each direction in which a value may be sent.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cases {
    /// For the old models when they read the values of a server with the new document.
    pub(super) read_by_old: Option<Effect>,
    /// For the new models when they read the values of a server with the old document.
    pub(super) read_by_new: Option<Effect>,
    /// For a server with the new document when it reads the values of the old models.
    pub(super) written_by_old: Option<Effect>,
    /// For a server with the old document when it reads the values of the new models.
    pub(super) written_by_new: Option<Effect>,
}

impl Cases {
    /// Adds the effects of `other` where this one has none.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            read_by_old: self.read_by_old.or(other.read_by_old),
            read_by_new: self.read_by_new.or(other.read_by_new),
            written_by_old: self.written_by_old.or(other.written_by_old),
            written_by_new: self.written_by_new.or(other.written_by_new),
        }
    }

    /// The effects that apply to a value sent in these directions.
    pub(super) fn along(self, flow: Flow) -> Wire {
        let pick = |read: Option<Effect>, written: Option<Effect>| {
            let read = read.filter(|_| flow.read);
            let written = written.filter(|_| flow.written);
            match (read, written) {
                (Some(read), Some(written)) => {
                    Some(if written.severity > read.severity { written } else { read })
                }
                (one, other) => one.or(other),
            }
        };
        Wire {
            old_code: pick(self.read_by_old, self.written_by_old),
            new_code: pick(self.read_by_new, self.written_by_new),
        }
    }
}
