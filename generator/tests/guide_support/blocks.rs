//! The blocks of a page, and what each of them requires.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// A fenced block, or a comment that is not shown.
#[derive(Debug)]
pub struct Block<'p> {
    pub kind: Kind<'p>,
    /// The line of the page that it begins in.
    pub line: usize,
    /// Where in the page its text is, without the fences.
    pub range: Range<usize>,
}

/// What is done with a block.
#[derive(Debug, PartialEq)]
pub enum Kind<'p> {
    /// `# pets.yaml` or `// build.rs` in its first line: written to the folder, that line included.
    File { path: &'p str, text: &'p str },
    /// `// from pets/src/models/pet.rs` in its first line: the other lines stand in that file.
    Excerpt { path: &'p str, text: &'p str },
    /// `// from examples/src/lib.rs in this repository`: the other lines stand in that file of the repository.
    OfRepository { path: &'p str, text: &'p str },
    /// `http`: a request, and what the server that stands for the API answers to it from then on.
    Exchange { request: &'p str, answer: &'p str },
    /// Rust that uses an emitted crate: compiled and run.
    Snippet { krate: &'p str, text: &'p str },
    /// `console`: commands after `$ `, each followed by what it prints.
    Console(&'p str),
    /// `sh`, and `<!-- sh` in a comment: commands, of which each ends well.
    Commands(&'p str),
    /// `diff`: a change of the files, which is made.
    Change(&'p str),
}

/// The blocks of a page in their order. What no test would take is an error.
pub fn blocks(page: &str) -> Result<Vec<Block<'_>>, String> {
    let mut blocks = Vec::new();
    for (event, range) in Parser::new(page).into_offset_iter() {
        let (language, range) = match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                (language.into_string(), inside(page, range))
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => (String::new(), range),
            Event::Start(Tag::HtmlBlock) => {
                let Some(text) = page[range.clone()].strip_prefix("<!-- sh\n") else {
                    return Err(at(page, range.start, "HTML that is not `<!-- sh`"));
                };
                let Some((text, _)) = text.split_once("-->") else {
                    return Err(at(page, range.start, "a comment without an end"));
                };
                let start = range.start + "<!-- sh\n".len();
                ("sh".to_owned(), start..start + text.len())
            }
            _ => continue,
        };
        let text = &page[range.clone()];
        let kind = kind(&language, text).map_err(|error| at(page, range.start, error))?;
        blocks.push(Block { kind, line: line(page, range.start), range });
    }
    Ok(blocks)
}

/// The text between two fences.
fn inside(page: &str, range: Range<usize>) -> Range<usize> {
    let block = &page[range.clone()];
    let first = block.find('\n').map_or(block.len(), |end| end + 1);
    let last = block.trim_end().rfind('\n').map_or(first, |end| end + 1);
    range.start + first..range.start + last.max(first)
}

fn kind<'p>(language: &str, text: &'p str) -> Result<Kind<'p>, &'static str> {
    match language {
        "console" if text.starts_with("$ ") => Ok(Kind::Console(text)),
        "console" => Err("a console block begins with `$ ` and a command"),
        "sh" => Ok(Kind::Commands(text)),
        "diff" => Ok(Kind::Change(text)),
        "http" => match text.split_once("\n\n") {
            Some((request, answer)) if answer.starts_with("HTTP/1.1 ") && request.split(' ').count() == 2 => {
                Ok(Kind::Exchange { request, answer })
            }
            _ => {
                Err("an http block is a method and a path, an empty line, and an answer from `HTTP/1.1 ` on")
            }
        },
        "rust" | "toml" | "yaml" => {
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            let comment = if language == "rust" { "// " } else { "# " };
            match first.strip_prefix(comment) {
                Some(path) if is_path(path) => Ok(Kind::File { path, text }),
                Some(words) => {
                    match words.strip_prefix("from ").map(|path| (path, path.strip_suffix(REPOSITORY))) {
                        Some((_, Some(path))) if is_path(path) => Ok(Kind::OfRepository { path, text: rest }),
                        Some((path, None)) if is_path(path) => Ok(Kind::Excerpt { path, text: rest }),
                        _ => Err("a comment in the first line that is neither a path nor `from` and a path"),
                    }
                }
                None => match used_crate(text) {
                    Some(krate) if language == "rust" => Ok(Kind::Snippet { krate, text }),
                    _ => Err("a block without a path in its first line (in Rust also: without `use`)"),
                },
            }
        }
        _ => Err("a language that no test takes: rust, toml, yaml, console, sh, diff, http"),
    }
}

/// Behind the path of an excerpt that is not of the page's own folder.
const REPOSITORY: &str = " in this repository";

/// Whether a comment is a path within the folder.
fn is_path(text: &str) -> bool {
    let leads_out = text.starts_with('/') || text.split('/').any(|part| part == "..");
    text.contains('.') && !text.contains(' ') && !text.ends_with('.') && !leads_out
}

/// The crate that a snippet uses in its first line.
fn used_crate(text: &str) -> Option<&str> {
    text.strip_prefix("use ")?.split_once("::").map(|(krate, _)| krate)
}

fn line(page: &str, at: usize) -> usize {
    page[..at].matches('\n').count()
}

fn at(page: &str, at: usize, what: &str) -> String {
    format!("line {}: {what}", line(page, at))
}

#[cfg(test)]
mod tests {
    use super::{Kind, blocks};

    fn kinds(page: &str) -> Vec<Kind<'_>> {
        blocks(page).expect("it is a page").into_iter().map(|block| block.kind).collect()
    }

    #[test]
    fn each_block_says_what_is_done_with_it() {
        let page = "# Page\n\n```yaml\n# a/b.yaml\nx: 1\n```\n```rust\n// from src/lib.rs\nmod a;\n```\n\
            ```rust\nuse pets::Pet;\n```\n```console\n$ ls\n```\n<!-- sh\nls\n-->\n\n```sh\nls\n```\n```diff\n-a\n```\n\
            ```rust\n// from src/a.rs in this repository\nmod b;\n```\n```http\nGET /a\n\nHTTP/1.1 200 OK\n\nb\n```\n";
        assert_eq!(
            kinds(page),
            [
                Kind::File { path: "a/b.yaml", text: "# a/b.yaml\nx: 1\n" },
                Kind::Excerpt { path: "src/lib.rs", text: "mod a;\n" },
                Kind::Snippet { krate: "pets", text: "use pets::Pet;\n" },
                Kind::Console("$ ls\n"),
                Kind::Commands("ls\n"),
                Kind::Commands("ls\n"),
                Kind::Change("-a\n"),
                Kind::OfRepository { path: "src/a.rs", text: "mod b;\n" },
                Kind::Exchange { request: "GET /a", answer: "HTTP/1.1 200 OK\n\nb\n" },
            ]
        );
        assert_eq!(blocks(page).expect("it is a page")[1].line, 7);
    }

    #[test]
    fn what_no_test_would_take_is_refused() {
        let cases = [
            ("```json\n{}\n```\n", "line 1: a language that no test takes"),
            ("```\nplain\n```\n", "a language"),
            ("text\n\n    indented\n", "a language"),
            ("```console\nls\n```\n", "begins with `$ `"),
            ("```yaml\nx: 1\n```\n", "without a path"),
            ("```rust\nlet x = 1;\n```\n", "without a path"),
            ("```rust\n// Some words.\nuse pets::Pet;\n```\n", "neither a path"),
            ("```toml\n# /etc/passwd.toml\n```\n", "neither a path"),
            ("```toml\n# ../up.toml\n```\n", "neither a path"),
            ("```rust\n// from ../up.rs in this repository\n```\n", "neither a path"),
            ("```http\nGET /a\n\n200\n```\n", "an http block"),
            ("<!-- note -->\n", "HTML"),
        ];
        for (page, message) in cases {
            let error = blocks(page).expect_err(page);
            assert!(error.contains(message), "{page}: {error}");
        }
    }
}
