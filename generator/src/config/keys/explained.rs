//! Documents the keys: as text for the command line, and as the table in docs/configuration.md.

use super::{KEYS, Key};

impl Key {
    /// The key without its tables.
    pub fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// Whether the text names the key: by its whole path, its own name, or one of its tables. For `<…>` in the path any
    /// name is accepted, as in `schema.Pet.rename`.
    pub fn is_named(&self, text: &str) -> bool {
        let (own, given): (Vec<&str>, Vec<&str>) =
            (self.path.split('.').collect(), text.split('.').collect());
        let is_same =
            |(own, given): (&&str, &&str)| own == given || (own.starts_with('<') && !given.is_empty());
        text == self.name() || (given.len() <= own.len() && own.iter().zip(&given).all(is_same))
    }

    /// The text that `config --explain` prints.
    pub fn explained(&self) -> String {
        let mut out = format!("{}\n  takes    {}\n  default  {}\n", self.path, self.takes, self.default);
        for line in wrapped(&plain(self.does), 78) {
            out.push_str(&format!("  {line}\n"));
        }
        out.push('\n');
        self.example.lines().for_each(|line| out.push_str(&format!("      {line}\n")));
        out
    }
}

/// The names of all keys, without duplicates, in the order of the documentation.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for name in KEYS.iter().map(Key::name) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// All keys as a Markdown table.
pub fn markdown() -> String {
    let cell = |text: &str| text.replace('|', "\\|");
    let code = |text: &str| {
        let is_code = |word: &str| word.starts_with('"') || matches!(word, "true" | "false");
        let words =
            text.split(", ").map(|word| if is_code(word) { format!("`{word}`") } else { word.to_owned() });
        cell(&words.collect::<Vec<_>>().join(", "))
    };
    let mut out = String::from("| key | takes | default | what it does |\n|---|---|---|---|\n");
    for key in KEYS {
        out.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            key.path,
            code(key.takes),
            code(key.default),
            cell(key.does)
        ));
    }
    out
}

/// The text without link targets.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (_, behind) = after.split_once(')').unwrap_or(("", after));
        let (head, link) = before.rsplit_once('[').unwrap_or((before, ""));
        out.push_str(head);
        out.push_str(&format!("\"{link}\" in docs/configuration.md"));
        rest = behind;
    }
    out + rest
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
