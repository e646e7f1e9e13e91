//! Lays out tables for the terminal.

use comfy_table::{ContentArrangement, Table, presets};

/// Columns separated by two spaces. With `width`, long cells are wrapped to fit.
pub(super) fn columns(rows: Vec<Vec<String>>, width: Option<u16>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).add_rows(rows);
    match width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        vec![
            row(["GET /pets", "operations::list_pets", "200 Vec<Pet>, 404 Error, default Problem"]),
            row(["DELETE /pets/{id}", "operations::delete_pet", "204 empty"]),
        ]
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        assert_eq!(
            columns(rows(), None),
            "GET /pets          operations::list_pets   200 Vec<Pet>, 404 Error, default Problem\n\
             DELETE /pets/{id}  operations::delete_pet  204 empty\n"
        );
        assert_eq!(columns(Vec::new(), None), "");
    }

    #[test]
    fn columns_are_no_wider_than_the_terminal() {
        for width in [30, 60, 72] {
            let text = columns(rows(), Some(width));
            assert!(text.lines().all(|line| line.chars().count() <= usize::from(width)), "{text}");
            let letters = |text: &str| {
                let mut all: Vec<char> = text.chars().filter(|char| !char.is_whitespace()).collect();
                all.sort_unstable();
                all
            };
            assert_eq!(letters(&text), letters(&columns(rows(), None)), "nothing is left out");
        }
    }
}
