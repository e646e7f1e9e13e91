//! Descriptions as they come and the rustdoc that they become.

use super::*;

fn rendered(description: &str) -> String {
    render(&Docs { description: Some(description.to_owned()), ..Docs::default() }, &[]).0
}

#[track_caller]
fn check(description: &str, expected: &str) {
    let once = rendered(description);
    assert_eq!(once.trim_end(), expected);
    assert_eq!(rendered(&once), once, "what was written reads as itself");
}

#[test]
fn prose_stays() {
    check("A pet's name (short).", "A pet's name (short).");
    check("Two\nlines.", "Two lines.");
    check("One.\n\nTwo.", "One.\n\nTwo.");
    check("snake_case and a * b < c & d", "snake_case and a \\* b < c & d");
    check("**bold** and _slanted_ `code`", "**bold** and *slanted* `code`");
}

#[test]
fn code_is_never_a_test() {
    check("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```");
    check("```rust\npanic!()\n```", "```text\npanic!()\n```");
    check("```rust2018,should-panic\nx\n```", "```text\nx\n```");
    check("~~~ JSON title\n{}\n~~~", "```json\n{}\n```");
    check("Run:\n\n    rm -rf\n      x", "Run:\n\n```text\nrm -rf\n  x\n```");
    check("```\nnever closed", "```text\nnever closed\n```");
    check("````\n```\n````", "````text\n```\n````");
}

#[test]
fn brackets_and_html_are_text() {
    check("[T] and [a][b] and [x]: y", "\\[T] and \\[a]\\[b] and \\[x]: y");
    check("Vec<T> of <token>", "Vec`<T>` of `<token>`");
    check("<p>One <b> bold</b></p><p>Two<br/>three</p>", "One **bold**\n\nTwo\\\nthree");
    check("<ul><li>a</li><li>b</ul>c", "- a\n- b\n\nc");
    check("For example, <li>a,</li><li>b.</li><br/>c", "For example,\n\n- a,\n- b.\n\nc");
    check("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>c", "- a | b\n- 1\n\nc");
    check("<pre>\n  &lt;x&gt;\n</pre>", "```text\n  <x>\n```");
    check("a <!-- b --> c", "a c");
    check("`a` ` b", "`a` \\` b");
    check("&#60;</code>!x &amp;</code>lt;", "\\<!x \\&lt;");
}

#[test]
fn links_lead_somewhere() {
    check("See https://a.example/x_y(z).", "See <https://a.example/x_y(z)>.");
    check("<https://a.example>", "<https://a.example>");
    check("[docs](https://a.example)", "[docs](https://a.example)");
    check("[docs](#/part) [Foo](Foo)", "docs (`#/part`) Foo (`Foo`)");
    check("![logo](https://a.example/l.png)", "[logo](https://a.example/l.png)");
    check("[a][1]\n\n[1]: https://a.example", "[a](https://a.example)");
    check("<a href=\"https://a.example\">there</a>", "[there](https://a.example)");
    check("[HTTP](HTTPS://a.example)", "[HTTP](HTTPS://a.example)");
}

#[test]
fn links_that_could_do_something_are_text() {
    check("[run](javascript:alert(1))", "run (`javascript:alert(1)`)");
    check("[run](JavaScript://a.example/%0aalert(1))", "run (`JavaScript://a.example/%0aalert(1)`)");
    check("[x](data:text/html,x) [y](vbscript:z)", "x (`data:text/html,x`) y (`vbscript:z`)");
    check("<javascript:alert(1)>", "`javascript:alert(1)`");
    check("<a href=\"javascript:alert(1)\">run</a>", "run (`javascript:alert(1)`)");
    check("![i](file:///etc/passwd)", "i (`file:///etc/passwd`)");
    check("[a][1]\n\n[1]: ftp://a.example", "a (`ftp://a.example`)");
    check("[a](http:x) [b](mailto:x)", "a (`http:x`) b (`mailto:x`)");
}

#[test]
fn samples_of_python_are_code() {
    check(">>> f(1)\n2\n\nMore.", "```python\n>>> f(1)\n2\n```\n\nMore.");
    check(
        "Like:\n>>> for a in b:\n...     f(a)\nNone",
        "Like:\n\n```python\n>>> for a in b:\n...     f(a)\nNone\n```",
    );
    check("Example:\n    >>> f(1)\n    2\nEnd.", "Example:\n\n```python\n>>> f(1)\n2\n```\n\nEnd.");
    check("> a quote\n> of two", "> a quote of two");
}

#[test]
fn what_is_indented_below_a_colon_keeps_its_lines() {
    check(
        "Does it.\n\nArgs:\n    name: A name,\n        cut short.\n    size: In cm.\n\nReturns:\n    A `thing`.",
        "Does it.\n\nArgs:\n\n```text\nname: A name,\n    cut short.\nsize: In cm.\n```\n\nReturns:\n\n```text\nA `thing`.\n```",
    );
    check("Send:\n  {\n    \"a\": 1\n  }\n\nnow.", "Send:\n\n```text\n{\n  \"a\": 1\n}\n```\n\nnow.");
    check("Run:\n    ```\n    x\n    ```", "Run:\n\n````text\n```\nx\n```\n````");
    // A line that only hangs is a part of the sentence, and lists and fences have an indentation of their own.
    check("name: The name\n    of it", "name: The name of it");
    check("- a:\n  b\n- c", "- a: b\n- c");
    check("Code:\n\n    def f():\n        pass", "Code:\n\n```text\ndef f():\n    pass\n```");
    check("```\na:\n    b\n```", "```text\na:\n    b\n```");
    check("<pre>\na:\n    b\n</pre>", "```text\na:\n    b\n```");
}

#[test]
fn indented_lists_are_lists() {
    check("One of:\n    - a\n    - b\n      - c\n\nEnd.", "One of:\n\n- a\n- b\n  - c\n\nEnd.");
    check("One of:\n  * a\n  * b", "One of:\n\n- a\n- b");
    check("Steps:\n      1. a\n      2. b", "Steps:\n\n1. a\n2. b");
}

#[test]
fn fields_and_other_bullets_have_lines_of_their_own() {
    check(
        "Does it.\n:param a: One\n  of them.\n:returns: b",
        "Does it.\\\n:param a: One of them.\\\n:returns: b",
    );
    check("Does it.\n@param a One", "Does it.\\\n@param a One");
    check("Any of\n• a\n• b", "Any of\\\n• a\\\n• b");
    check("Ask\n@someone, or :) them", "Ask @someone, or :) them");
}

#[test]
fn lists_tables_and_quotes_are_regular() {
    check("* a\n* b\nlazy\n   * deep", "- a\n- b lazy\n  - deep");
    check("3) a\n4) b", "3. a\n4. b");
    check("- a\n\n        code\n- b", "- a\n\n  ```text\n    code\n  ```\n\n- b");
    check("> a\nlazy", "> a lazy");
    check("a|b\n-|-\n1|`x`", "| a | b |\n|---|---|\n| 1 | `x` |");
    check("# Head\ntext\nUnder\n---", "# Head\n\n## text Under");
    check("a\n\n---\nb", "a\n\n***\n\nb");
}

#[test]
fn a_line_never_starts_what_it_must_not() {
    let words = "word ".repeat(19);
    for marker in ["-", "+", "#", "##", ">", "1.", "22)", "|", "===", "---"] {
        let text = rendered(&format!("{words}abcd {marker} end"));
        let reread = rendered(&text);
        assert_eq!(reread, text, "{marker}");
        assert!(!text.contains("\n\n"), "{marker}: {text}");
    }
}

#[test]
fn what_is_invisible_is_named() {
    check("a\u{202e}b\u{0}c\u{1b}", "aU+202EbU+0000cU+001B");
    check("a\r\nb\rc\td", "a b c d");
    check("&#x202e;&#1;", "U+202EU+0001");
    check("x */ \"# //", "x \\*/ \"# //");
}

#[test]
fn a_million_characters_are_wrapped() {
    let text = rendered(&"many words ".repeat(100_000));
    assert!(text.lines().all(|line| line.len() <= 106));
    assert_eq!(text.split_whitespace().count(), 200_000);
    let nested = rendered(&">".repeat(100_000));
    assert!(nested.len() < 1_000);
    let brackets = rendered(&"[".repeat(100_000));
    assert_eq!(brackets.len(), 200_000);
}

#[test]
fn title_and_notes() {
    let docs =
        Docs { title: Some("A [title]".to_owned()), description: Some("Text.".to_owned()), deprecated: true };
    let text = render(&docs, &["Default: `1`.".to_owned()]).0;
    assert_eq!(text.trim_end(), "A \\[title]\n\nText. Default: `1`.");
}

#[test]
fn hostile_markup_takes_no_longer() {
    for piece in [
        "<",
        "<a",
        "a:\n  b\n",
        ">>> a\n\n",
        ":a:\n",
        "<pre></pre>",
        "<pre>",
        "<b>",
        "**a",
        "[",
        "`",
        "<ul><li>",
        "> - ",
        "http://a)",
        "&#",
        "a|",
    ] {
        let text = rendered(&piece.repeat(200_000 / piece.len()));
        assert!(text.len() < 2_000_000, "{piece}");
        let block = rendered(&format!("<p>{}", piece.repeat(200_000 / piece.len())));
        assert!(block.len() < 2_000_000, "{piece}");
    }
}

/// Whatever was read, rustdoc finds nothing to complain about: no code that is a test, no HTML, no link that leads
/// nowhere, no bare address.
#[test]
fn anything_becomes_harmless() {
    const PIECES: &[&str] = &[
        "a",
        "word",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "`",
        "``",
        "```",
        "~~~",
        "#",
        "# ",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "[",
        "]",
        "(",
        ")",
        "](",
        "<",
        ">",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<x y>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "&amp;",
        "&",
        ";",
        "|",
        "|-|-|",
        "---",
        "===",
        "\\",
        "!",
        "~",
        "https://a.example/b",
        "http://",
        "\"",
        "'",
        "<a href=\"https://a.example\">",
        "</a>",
        "\t",
        "rust",
        "\u{e9}",
        ":",
        "[a]: https://b.example",
        "<https://c.example>",
        "[d](javascript://e)",
        "<javascript:f>",
        "{",
        "}",
        "$",
        "^",
        "=",
        "\u{202e}",
        "[^1]",
        "[ ] ",
        "a_b",
        "&#60;",
    ];
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..40_000 {
        let text: String = (0..random(14)).map(|_| PIECES[random(PIECES.len())]).collect();
        harmless(&text, &rendered(&text));
    }
}

#[track_caller]
fn harmless(read: &str, written: &str) {
    use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let broken = |link: BrokenLink<'_>| panic!("{read:?} has the link {:?}:\n{written}", link.reference);
    let mut linked = 0;
    for event in Parser::new_with_broken_link_callback(written, options, Some(broken)) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => panic!("{read:?} has {event:?}:\n{written}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("{read:?} has a test:\n{written}")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                assert!(escape::language(&info) == *info, "{read:?} has a test:\n{written}");
                linked += 1;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = dest_url.to_ascii_lowercase();
                let leads = ["http://", "https://", "mailto:"].iter().any(|scheme| to.starts_with(scheme));
                assert!(leads, "{read:?}:\n{written}");
                linked += 1;
            }
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => linked -= 1,
            Event::Start(Tag::Strikethrough | Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                panic!("{read:?} has {event:?}:\n{written}")
            }
            Event::Text(text) if linked == 0 => {
                assert!(!text.contains("https://a"), "{read:?} has a bare address:\n{written}");
            }
            _ => {}
        }
    }
}
