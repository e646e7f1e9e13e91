//! Writes a picture for Mermaid and for Graphviz.

use std::fmt::Write as _;

use super::{Edge, Node, NodeKind, Picture};

/// How many labels of an edge are shown.
const LABELS: usize = 4;

impl Picture {
    /// The picture as a Mermaid flowchart.
    pub fn to_mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for (index, node) in self.nodes.iter().enumerate() {
            let text = lines(node).iter().map(|line| mermaid(line)).collect::<Vec<_>>().join("<br>");
            let (open, close) = match node.kind {
                NodeKind::Struct => ("[", "]"),
                NodeKind::Union => ("{{", "}}"),
                NodeKind::Enum => ("([", "])"),
                NodeKind::Alias => ("[/", "/]"),
                NodeKind::Operation => ("[[", "]]"),
            };
            let _ = writeln!(out, "    n{index}{open}\"{text}\"{close}");
        }
        for edge in &self.edges {
            let label = mermaid(&label(edge));
            let label = if label.is_empty() { label } else { format!("|\"{label}\"|") };
            let _ = writeln!(out, "    n{} -->{label} n{}", edge.from, edge.to);
        }
        out
    }

    /// The picture as a Graphviz digraph.
    pub fn to_dot(&self) -> String {
        let mut out = String::from("digraph {\n    rankdir=LR;\n    node [fontname=\"sans-serif\"];\n");
        out.push_str("    edge [fontname=\"sans-serif\"];\n");
        for (index, node) in self.nodes.iter().enumerate() {
            let text = lines(node).iter().map(|line| dot(line)).collect::<Vec<_>>().join("\\n");
            let shape = match node.kind {
                NodeKind::Struct => "box",
                NodeKind::Union => "hexagon",
                NodeKind::Enum => "ellipse",
                NodeKind::Alias => "parallelogram",
                NodeKind::Operation => "component",
            };
            let _ = writeln!(out, "    n{index} [label=\"{text}\", shape={shape}];");
        }
        for edge in &self.edges {
            let _ = writeln!(out, "    n{} -> n{} [label=\"{}\"];", edge.from, edge.to, dot(&label(edge)));
        }
        out + "}\n"
    }
}

fn lines(node: &Node) -> Vec<String> {
    let kind = match node.kind {
        NodeKind::Struct => "struct",
        NodeKind::Union => "union",
        NodeKind::Enum => "enum",
        NodeKind::Alias => "alias",
        NodeKind::Operation => "operation",
    };
    let note = if node.note.is_empty() { kind.to_owned() } else { format!("{kind} {}", node.note) };
    let cut = node.cut.then(|| "leads further".to_owned());
    [node.name.clone(), note].into_iter().chain(cut).collect()
}

fn label(edge: &Edge) -> String {
    let mut shown: Vec<String> = edge.labels.iter().take(LABELS).cloned().collect();
    if edge.labels.len() > LABELS {
        shown.push(format!("{} more", edge.labels.len() - LABELS));
    }
    shown.join(", ")
}

/// A quoted text for Mermaid. Characters that are special in Mermaid, or in the HTML and Markdown that it renders, are
/// written as character codes.
fn mermaid(text: &str) -> String {
    let mut out = String::new();
    for char in shown(text) {
        match char {
            ' ' | ',' | '.' | ':' | '=' | '?' | '/' | '-' | '…' => out.push(char),
            char if char.is_alphanumeric() => out.push(char),
            // `_` is special in Markdown only next to spaces, which names do not have.
            '_' => out.push(char),
            char => {
                let _ = write!(out, "#{};", u32::from(char));
            }
        }
    }
    out
}

/// A quoted text for Graphviz.
fn dot(text: &str) -> String {
    let mut out = String::new();
    for char in shown(text) {
        if matches!(char, '"' | '\\') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

/// The characters of a text from the document. Line breaks and invisible characters are replaced.
fn shown(text: &str) -> impl Iterator<Item = char> {
    let is_hidden = |char: char| {
        char.is_control()
            || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(move |char| if is_hidden(char) { '\u{fffd}' } else { char })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_quotes() {
        let hostile = "a\"]; b\\\n<script>|{x}`#";
        assert_eq!(mermaid(hostile), "a#34;#93;#59; b#92;#65533;#60;script#62;#124;#123;x#125;#96;#35;");
        assert_eq!(dot(hostile), "a\\\"]; b\\\\\u{fffd}<script>|{x}`#");
    }

    #[test]
    fn many_labels_are_cut_short() {
        let labels = (0..7).map(|number| format!("l{number}")).collect();
        assert_eq!(label(&Edge { from: 0, to: 1, labels }), "l0, l1, l2, l3, 3 more");
    }
}
