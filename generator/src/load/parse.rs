//! Parses the bytes of a file into a tree.

use std::path::Path;

use super::Tree;
use super::position::Position;
use super::reader::{Bound, Options, Reader, Step};
use super::yaml::{self, FaultKind};
use crate::diagnostics::{Diagnostic, FileId, Location, Pointer, Sink, Syntax};
use crate::limits::{JSON_DEPTH, YAML_DEPTH};
use crate::number;

/// The text of a file without its byte order mark. Invalid UTF-8 is replaced, and the offset of the first invalid byte
/// is returned.
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<usize>) {
    let (mut text, invalid) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(offset))
        }
    };
    let mark = '\u{feff}'.len_utf8();
    if text.starts_with('\u{feff}') {
        text.drain(..mark);
        return (text, invalid.map(|offset| offset.saturating_sub(mark)));
    }
    (text, invalid)
}

/// The error for text that is not UTF-8 from `offset` on.
pub(super) fn not_utf8(file: FileId, text: &str, offset: usize) -> Diagnostic {
    let error = Diagnostic::error("invalid-utf8", top(file), "the file is not valid UTF-8").at_offset(offset);
    if offset == 0 && text.as_bytes().contains(&0) {
        error.help("it looks like UTF-16: save it as UTF-8")
    } else {
        error.help("save it as UTF-8, or remove the bytes at this place")
    }
}

/// Decides by the text, and by the file name if the text is ambiguous.
pub(super) fn syntax(path: &Path, text: &str) -> Syntax {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => Syntax::Json,
        // A text that fails as JSON is tried again as YAML.
        _ if text.trim_start().starts_with(['{', '[']) => Syntax::Json,
        _ => Syntax::Yaml,
    }
}

/// Reads `text`. Returns its syntax.
pub(super) fn parse(
    file: FileId,
    path: &Path,
    text: &str,
    position: Position,
    keep_ignored_keys: bool,
    sink: &mut Sink,
) -> (Syntax, Option<Tree>) {
    if text.trim().is_empty() {
        sink.push(empty(file));
        return (Syntax::Json, None);
    }
    if is_prose(path) {
        return (Syntax::Yaml, Some(Tree::String(text.into())));
    }
    let budget = text.len().saturating_add(1 << 20);
    let options = Options { position, keep_ignored_keys, depth: JSON_DEPTH, budget, is_marked: false };
    let mut syntax = syntax(path, text);
    let mut outcome = match syntax {
        Syntax::Json => read_json(file, text, options),
        Syntax::Yaml => read_yaml(file, text, options),
    };
    let is_json_file = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if syntax == Syntax::Json && !is_json_file && outcome.as_ref().is_err_and(|error| error.code == SYNTAX) {
        (syntax, outcome) = (Syntax::Yaml, read_yaml(file, text, options));
    }
    match outcome {
        Ok((tree, duplicates)) => {
            duplicates.into_iter().for_each(|steps| sink.push(duplicate(file, steps)));
            if tree == Tree::Null {
                sink.push(empty(file));
                return (syntax, None);
            }
            (syntax, Some(tree))
        }
        Err(error) => {
            sink.push(*error);
            (syntax, None)
        }
    }
}

/// Whether the file is Markdown: some documents keep descriptions in separate files.
fn is_prose(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["md", "markdown"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

const SYNTAX: &str = "syntax";

type Outcome = Result<(Tree, Vec<Vec<Step>>), Box<Diagnostic>>;

/// Reads JSON. Integers beyond 64 bits keep their digits. Errors refer to the original text.
fn read_json(file: FileId, text: &str, options: Options) -> Outcome {
    let Some(marked) = number::with_marks(text) else { return read_plain_json(file, text, options) };
    // A string that looks marked, before any integer is marked.
    if number::may_have_marks(text) {
        read_plain_json(file, text, options)?;
    }
    let read = read_plain_json(file, &marked, Options { is_marked: true, ..options });
    read.or_else(|_| read_plain_json(file, text, options))
}

fn read_plain_json(file: FileId, text: &str, options: Options) -> Outcome {
    let mut reader = Reader::new(options);
    let mut from = serde_json::Deserializer::from_str(text);
    // The reader has its own bound.
    from.disable_recursion_limit();
    let read = reader.read(&mut from).and_then(|tree| from.end().map(|()| tree));
    read.map_err(|error| {
        let line =
            text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let offset = (line + error.column().saturating_sub(1)).min(text.len());
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string().replacen(&place, "", 1);
        Box::new(fault(file, reader.bound, "JSON", &message, Some(offset)))
    })
    .map(|tree| (tree, reader.into_duplicates()))
}

fn read_yaml(file: FileId, text: &str, options: Options) -> Outcome {
    let mut reader = Reader::new(Options { depth: YAML_DEPTH, ..options });
    let tree = yaml::read(text, &mut reader).map_err(|error| {
        let (bound, message) = match error.kind {
            FaultKind::Syntax(message) => (None, message),
            FaultKind::Bound(bound) => (Some(bound), String::new()),
            FaultKind::SeveralDocuments => {
                let error = Diagnostic::error(SYNTAX, top(file), "the file contains several YAML documents");
                return Box::new(error.help("keep one of them (documents are separated by `---`)"));
            }
        };
        Box::new(fault(file, bound, "YAML", &message, error.offset))
    })?;
    Ok((tree, reader.into_duplicates()))
}

fn fault(
    file: FileId,
    bound: Option<Bound>,
    syntax: &str,
    message: &str,
    offset: Option<usize>,
) -> Diagnostic {
    let depth = if syntax == "YAML" { YAML_DEPTH } else { JSON_DEPTH };
    let error = match bound {
        None => Diagnostic::error(SYNTAX, top(file), format!("invalid {syntax}: {message}")),
        Some(Bound::Depth) => Diagnostic::error(
            "too-deep",
            top(file),
            format!("values are nested more than {depth} levels deep"),
        ),
        Some(Bound::Budget) => Diagnostic::error(
            "too-large",
            top(file),
            "aliases (`*name`) expand to far more than the file contains",
        )
        .help("write the repeated parts as components and refer to them by `$ref`"),
        Some(Bound::Reserved) => Diagnostic::error(
            "reserved-string",
            top(file),
            "modelsmith uses this string internally for an integer beyond 64 bits",
        )
        .help("write another string"),
    };
    Diagnostic { offset, ..error }
}

fn empty(file: FileId) -> Diagnostic {
    Diagnostic::error("empty-document", top(file), "the file does not contain a document")
}

fn duplicate(file: FileId, steps: Vec<Step>) -> Diagnostic {
    let key = match steps.last() {
        Some(Step::Key(key)) => key.to_string(),
        Some(Step::Index(_)) | None => String::new(),
    };
    let pointer = steps.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Key(key) => pointer.key(key),
        Step::Index(index) => pointer.index(*index),
    });
    let message = format!("the object has several members `{key}`; the last one is used");
    Diagnostic::warning("duplicate-key", Location::new(file, pointer), message).help("remove all but one")
}

fn top(file: FileId) -> Location {
    Location::new(file, Pointer::root())
}
