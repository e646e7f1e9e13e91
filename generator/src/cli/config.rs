//! `modelsmith config`.

use std::path::Path;

use modelsmith::config::keys::{self, KEYS, Key};

use super::arguments::{Config, ExplainFormat};
use super::terminal::Terminal;
use super::{Failed, settings};

/// Explains keys, or prints the settings that apply.
pub(super) fn run(options: &Config) -> Result<(), Failed> {
    let terminal = Terminal::new(options.message_format);
    match (&options.explain, options.format) {
        (Some(None), ExplainFormat::Markdown) => terminal.print(&keys::markdown()),
        (Some(None), ExplainFormat::Text) => terminal.print(&explained(KEYS.iter())),
        (Some(Some(name)), _) => {
            let named: Vec<&Key> = KEYS.iter().filter(|key| key.is_named(name)).collect();
            if named.is_empty() {
                terminal.error(&unknown(name));
                return Err(Failed);
            }
            terminal.print(&explained(named.into_iter()))
        }
        (None, _) => print_settings(options, &terminal),
    }
}

fn explained<'k>(keys: impl Iterator<Item = &'k Key>) -> String {
    keys.map(Key::explained).collect::<Vec<_>>().join("\n")
}

fn unknown(name: &str) -> String {
    match modelsmith::settings::closest_key(name) {
        Some(meant) => format!("unknown key `{name}`: did you mean `{meant}`?"),
        None => format!("unknown key `{name}`, expected one of {}", keys::names().join(", ")),
    }
}

fn print_settings(options: &Config, terminal: &Terminal) -> Result<(), Failed> {
    let spec = options.spec.as_deref();
    if let Some(spec) = spec
        && let Err(error) = std::fs::metadata(spec)
    {
        terminal.error(&format!("`{}` cannot be read: {error}", spec.display()));
        return Err(Failed);
    }
    let found = options.config.clone().or_else(|| settings::beside(spec.unwrap_or(Path::new("."))));
    let config = settings::read_or_default(found.as_deref(), terminal)?;
    let from = match &found {
        Some(path) => format!("# from {}\n", path.display()),
        None => "# there is no modelsmith.toml: every key has its default\n".to_owned(),
    };
    terminal.print(&(from + &config.to_toml()))
}
