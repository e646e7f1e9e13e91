//! Tables for the terminal, in Markdown.

use std::fmt::Write as _;

/// A table whose first row is its head.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with this head.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.into_iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect());
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(3)
        };
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = String::from("|");
            for column in 0..columns {
                let cell = row.get(column).map_or("", String::as_str);
                let _ = if column == 0 {
                    write!(line, " {cell:<width$} |", width = width(column))
                } else {
                    write!(line, " {cell:>width$} |", width = width(column))
                };
            }
            writeln!(f, "{line}")?;
            if index == 0 {
                let lines = (0..columns).map(|column| {
                    let dashes = "-".repeat(width(column));
                    if column == 0 { format!(" {dashes} |") } else { format!(" {}: |", &dashes[1..]) }
                });
                writeln!(f, "|{}", lines.collect::<String>())?;
            }
        }
        Ok(())
    }
}
