//! Writes settings as the text of a `modelsmith.toml`.

use std::fmt::Write as _;

use super::{
    Action, Allow, ClientOptions, Config, DateTimes, DeepArrays, DiscriminatorRule, Entry, Integers, Layout,
    ReadWrite, Rule, Runtime, Target, ThreeStates, Traffic, UnknownFields, UnknownValues, WriteDefaults,
};

impl Config {
    /// The settings as a `modelsmith.toml`, including defaults. The text is equivalent to the one that was read, in a
    /// normal form: paths are relative to the working folder, and each rule is one line.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        let mut line = |key: &str, value: String| {
            let _ = writeln!(out, "{key} = {value}");
        };
        if let Some(name) = &self.rust.crate_name {
            line("crate-name", text(name));
        }
        line("crate-version", text(&self.rust.crate_version));
        line("layout", text(layout(self.rust.layout)));
        if let Some(command) = &self.rust.command {
            line("command", text(command));
        }
        line("tests", tests(self.rust.tests, &self.input.traffic));
        line("client", client(self.rust.client, &self.rust.client_options));
        line("checks", self.rust.checks.to_string());
        line("deep-arrays", text(deep_arrays(self.rust.deep_arrays)));
        line("constructors", self.rust.constructors.to_string());
        line("union-methods", self.rust.union_methods.to_string());
        line("runtime", runtime(&self.rust.runtime));
        line("unions", text(openness(self.types.unions)));
        line("enums", text(openness(self.types.enums)));
        line("unknown-fields", text(unknown_fields(self.types.unknown_fields)));
        line("three-states", text(three_states(self.types.three_states)));
        line("read-write", text(read_write(self.types.read_write)));
        line("write-defaults", text(write_defaults(self.types.write_defaults)));
        line("date-time", text(date_time(self.types.date_time)));
        line("integers", text(integers(self.types.integers)));
        if let Some(map_type) = &self.types.map_type {
            line("map-type", text(map_type));
        }
        line("docs", (!self.types.without_docs).to_string());
        line("allow-outside", self.input.allow_outside.to_string());
        line("overlays", list(self.input.overlays.iter().map(|path| path.display().to_string())));
        line("include", list(self.select.include.iter().map(Entry::to_string)));
        line("exclude", list(self.select.exclude.iter().map(Entry::to_string)));
        line("allow", list(codes(&self.allow, None)));
        let mut within: Vec<&str> = self.allow.iter().filter_map(|allow| allow.within.as_deref()).collect();
        within.sort_unstable();
        within.dedup();
        for place in within {
            line(&format!("schema.{}.allow", text(place)), list(codes(&self.allow, Some(place))));
        }
        for rule in &self.types.rules {
            line(&rule_key(rule), rule_value(&rule.action));
        }
        for (table, entries) in [
            ("package", &self.rust.package),
            ("dependencies", &self.rust.dependencies),
            ("features", &self.rust.features),
        ] {
            for (name, value) in entries {
                line(&format!("{table}.{}", text(name)), value.clone());
            }
        }
        out
    }
}

/// The codes of the warnings that are expected in a place.
fn codes<'a>(allow: &'a [Allow], within: Option<&'a str>) -> impl Iterator<Item = String> + 'a {
    allow.iter().filter(move |allow| allow.within.as_deref() == within).map(|allow| allow.code.clone())
}

fn rule_key(rule: &Rule) -> String {
    let key = rule.action.key();
    match &rule.target {
        Target::Format(format) => format!("types.{}", text(&format!("format:{format}"))),
        Target::Schema(pattern) => format!("schema.{}.{key}", text(pattern)),
        Target::Operation(name) => format!("operation.{}.{key}", text(name)),
        Target::Member { schema, kind, name } => {
            format!("schema.{}.{}.{}.{key}", text(schema), kind.key(), text(name))
        }
    }
}

fn rule_value(action: &Action) -> String {
    match action {
        Action::Type(value) | Action::Rename(value) => text(value),
        Action::Derives(values) | Action::Attributes(values) => list(values.iter().cloned()),
        Action::Unions(value) | Action::Enums(value) => text(openness(*value)),
        Action::UnknownFields(value) => text(unknown_fields(*value)),
        Action::WriteDefaults(value) => text(write_defaults(*value)),
        Action::ThreeStates(value) | Action::Boxed(value) | Action::Newtype(value) | Action::Docs(value) => {
            value.to_string()
        }
        Action::Discriminator(rule) => discriminator(rule),
        Action::Exclude => "true".to_owned(),
        Action::Stream(value) | Action::Done(value) => text(value),
        Action::Pages(rule) => rule.to_toml(),
    }
}

fn discriminator(rule: &DiscriminatorRule) -> String {
    match rule {
        DiscriminatorRule::Ignore => "false".to_owned(),
        DiscriminatorRule::Use { property, mapping } => {
            let property = property.iter().map(|name| format!("property = {}", text(name)));
            let mapping = mapping.iter().map(|entries| {
                let entries = entries.iter().map(|(tag, target)| format!("{} = {}", text(tag), text(target)));
                format!("mapping = {{ {} }}", entries.collect::<Vec<_>>().join(", "))
            });
            format!("{{ {} }}", property.chain(mapping).collect::<Vec<_>>().join(", "))
        }
    }
}

fn text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(texts: impl Iterator<Item = String>) -> String {
    toml::Value::from(texts.collect::<Vec<_>>()).to_string()
}

fn layout(layout: Layout) -> &'static str {
    match layout {
        Layout::Crate => "crate",
        Layout::Module => "module",
        Layout::SingleFile => "single-file",
    }
}

fn tests(examples: bool, traffic: &[Traffic]) -> String {
    if traffic.is_empty() {
        return examples.to_string();
    }
    let traffic = toml::Value::Array(traffic.iter().map(Traffic::to_toml).collect());
    format!("{{ examples = {examples}, traffic = {traffic} }}")
}

fn client(is_on: bool, options: &ClientOptions) -> String {
    let features = options.features.iter().map(|feature| feature.name().to_owned());
    let features = (!options.features.is_empty()).then(|| format!("features = {}", list(features)));
    let server = options.server.iter().map(|server| format!("server = {}", text(server)));
    let keys: Vec<String> = features.into_iter().chain(server).collect();
    if is_on && !keys.is_empty() { format!("{{ {} }}", keys.join(", ")) } else { is_on.to_string() }
}

fn runtime(runtime: &Runtime) -> String {
    match runtime {
        Runtime::Embedded => text("embedded"),
        Runtime::Crate(dependency) if dependency.keys.is_empty() => text("crate"),
        Runtime::Crate(dependency) => {
            toml::Value::Table(dependency.keys.iter().cloned().collect()).to_string()
        }
    }
}

fn deep_arrays(arrays: DeepArrays) -> &'static str {
    match arrays {
        DeepArrays::Indexed => "indexed",
        DeepArrays::Brackets => "brackets",
    }
}

fn openness(openness: UnknownValues) -> &'static str {
    match openness {
        UnknownValues::Open => "open",
        UnknownValues::Closed => "closed",
    }
}

fn unknown_fields(what: UnknownFields) -> &'static str {
    match what {
        UnknownFields::Ignore => "ignore",
        UnknownFields::Keep => "keep",
        UnknownFields::Deny => "deny",
    }
}

fn read_write(types: ReadWrite) -> &'static str {
    match types {
        ReadWrite::Split => "split",
        ReadWrite::One => "one",
    }
}

fn write_defaults(places: WriteDefaults) -> &'static str {
    match places {
        WriteDefaults::Responses => "responses",
        WriteDefaults::Always => "always",
        WriteDefaults::Never => "never",
    }
}

fn three_states(places: ThreeStates) -> &'static str {
    match places {
        ThreeStates::Patches => "patches",
        ThreeStates::Everywhere => "everywhere",
        ThreeStates::Nowhere => "nowhere",
    }
}

fn date_time(library: DateTimes) -> &'static str {
    match library {
        DateTimes::Chrono => "chrono",
        DateTimes::Time => "time",
        DateTimes::Jiff => "jiff",
        DateTimes::String => "string",
    }
}

fn integers(width: Integers) -> &'static str {
    match width {
        Integers::Format => "format",
        Integers::I64 => "i64",
        Integers::Unsigned => "unsigned",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{keys, parse};

    /// The written text reads as the same settings, except for places in the text.
    fn assert_same(config: &Config) {
        let written = config.to_toml();
        let again = parse(&written).unwrap_or_else(|error| panic!("{}\n{written}", error.message));
        assert_eq!(again.to_toml(), written);
        let plain = |config: &Config| {
            let mut config = config.clone();
            config.types.rules.iter_mut().for_each(|rule| rule.place = None);
            let entries = config.select.include.iter_mut().chain(&mut config.select.exclude);
            entries.for_each(|entry| entry.offset = None);
            config.allow.iter_mut().for_each(|allow| allow.offset = None);
            config.rust.client_options.server_offset = None;
            config.rust.deep_arrays_offset = None;
            config.input.traffic.iter_mut().for_each(|traffic| traffic.offset = None);
            format!("{config:?}")
        };
        assert_eq!(plain(&again), plain(config));
    }

    #[test]
    fn what_is_shown_asks_for_the_same() {
        assert_same(&Config::default());
        for key in keys::KEYS {
            assert_same(&parse(key.example).expect("the examples are right"));
        }
        assert_same(
            &parse(
                "schema.\"a \\\"b\\\"\".discriminator = false\nschema.C.discriminator = { mapping = { x = \"Y\" } }\n\
                 crate-name = \"x\"\nunions = \"closed\"\n[features]\ndefault = [\"a\"]\na = []\n",
            )
            .expect("the text is right"),
        );
    }
}
