//! How a change is put together and weighed.

use super::Options;
use super::model::{Change, Effect, Kind, Level, On, Severity, Source, Wire};
use crate::ir::flow::Flow;

impl Change {
    /// A change without effects; until [`Change::weighed`] its level is what it weighs by itself.
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

    /// Both reading and writing code no longer compile.
    pub(super) fn breaks_source(self, why: &'static str) -> Self {
        self.reading(Effect::breaks(why)).writing(Effect::breaks(why))
    }

    pub(super) fn on_wire(self, wire: Wire) -> Self {
        Self { wire, ..self }
    }

    /// With the level that its effects give it.
    pub(super) fn weighed(self, options: Options) -> Self {
        let level = self.level.max(self.source.level(options)).max(self.wire.level());
        Self { level, ..self }
    }
}

impl Source {
    /// The level of the effects; at most a patch without effects.
    pub(super) fn level(&self, options: Options) -> Level {
        worst(&[self.reading, self.writing], options)
    }
}

impl Wire {
    /// With what else happens; what is told first stays.
    pub(super) fn or(self, other: Self) -> Self {
        Self { old_code: self.old_code.or(other.old_code), new_code: self.new_code.or(other.new_code) }
    }

    pub(super) fn level(&self) -> Level {
        // No literal or pattern has a part in it.
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

/// What happens on the wire for each way that a value may travel.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cases {
    /// The old models read what a server of the new document sends.
    pub(super) read_by_old: Option<Effect>,
    /// The new models read what a server of the old document sends.
    pub(super) read_by_new: Option<Effect>,
    /// A server of the new document gets what the old models send.
    pub(super) written_by_old: Option<Effect>,
    /// A server of the old document gets what the new models send.
    pub(super) written_by_new: Option<Effect>,
}

impl Cases {
    /// With what else happens; what is told first stays.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            read_by_old: self.read_by_old.or(other.read_by_old),
            read_by_new: self.read_by_new.or(other.read_by_new),
            written_by_old: self.written_by_old.or(other.written_by_old),
            written_by_new: self.written_by_new.or(other.written_by_new),
        }
    }

    /// What applies to something that travels so.
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
