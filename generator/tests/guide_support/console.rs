//! Console blocks: what is typed and what comes out.

/// A command and what a page shows of its output.
#[derive(Debug, PartialEq)]
pub struct Typed<'p> {
    pub command: &'p str,
    pub output: &'p str,
    /// Where in the block the output begins.
    pub at: usize,
}

/// Splits a console block into commands and their output.
pub fn typed(text: &str) -> Vec<Typed<'_>> {
    let mut starts: Vec<usize> = text.match_indices("\n$ ").map(|(at, _)| at + 1).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces = starts.iter().zip(ends).map(|(&start, end)| {
        let piece = &text[start..end];
        let (command, output) = piece.split_once('\n').unwrap_or((piece, ""));
        Typed { command: command.strip_prefix("$ ").unwrap_or(command), output, at: end - output.len() }
    });
    pieces.collect()
}

/// Puts what was printed in place of what is shown, if they differ in more than times.
///
/// A line that differs in nothing else keeps its time, so that an update changes no more than it must.
pub fn updated(shown: &str, printed: &str) -> Option<String> {
    let same = |one: &str, other: &str| without_times(one) == without_times(other);
    // A block ends with a line end, what is printed need not.
    if same(shown.trim_end_matches('\n'), printed.trim_end_matches('\n')) {
        return None;
    }
    let kept = |line: &str| shown.lines().find(|old| same(old, line)).unwrap_or(line).to_owned() + "\n";
    Some(printed.lines().map(kept).collect())
}

/// A text with `(… ms)` for each `(33 ms)`.
fn without_times(text: &str) -> String {
    let mut pieces = text.split(" ms)");
    let mut result = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let head = result.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        if result[..head].ends_with('(') && head < result.len() {
            result.truncate(head);
            result.push('…');
        }
        result.push_str(" ms)");
        result.push_str(piece);
    }
    result
}

#[test]
fn a_block_is_commands_and_their_outputs() {
    let block = "$ a b\nout\n\nput\n$ c\n$ d\nend\n";
    let shown = typed(block);
    assert!(shown.iter().all(|typed| block[typed.at..].starts_with(typed.output)));
    let pairs: Vec<_> = shown.iter().map(|typed| (typed.command, typed.output)).collect();
    assert_eq!(pairs, [("a b", "out\n\nput\n"), ("c", ""), ("d", "end\n")]);
}

#[test]
fn only_times_may_differ() {
    assert_eq!(updated("2 files (33 ms)\n", "2 files (1 ms)\n"), None);
    let new = updated("one\n2 files (33 ms)\n", "two\n2 files (1 ms)\n");
    assert_eq!(new.as_deref(), Some("two\n2 files (33 ms)\n"));
    assert_eq!(updated("2 files (33 ms)\n", "3 files (33 ms)\n").as_deref(), Some("3 files (33 ms)\n"));
    assert_eq!(updated("no end\n", "no end"), None);
    assert_eq!(updated("(x ms)\n", "(y ms)\n").as_deref(), Some("(y ms)\n"));
}
