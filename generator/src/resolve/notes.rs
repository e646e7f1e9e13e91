//! Titles and descriptions of several schemas that hold at once: those of one of them are shown.

use crate::ir::Docs;
use crate::words::same_words;

/// The titles and descriptions of the schemas of an `allOf`, each with its rank: the lower, the more it is about the
/// `allOf` as a whole.
#[derive(Default)]
pub(super) struct Notes<'d>(Vec<Note<'d>>);

struct Note<'d> {
    rank: u8,
    title: Option<&'d str>,
    description: Option<&'d str>,
}

impl<'d> Notes<'d> {
    /// Adds those of one schema.
    pub fn add(&mut self, rank: u8, title: Option<&'d str>, description: Option<&'d str>) {
        if title.is_some() || description.is_some() {
            self.0.push(Note { rank, title, description });
        }
    }

    /// The documentation of something called `name`: that of the first schema of the lowest rank that has some. A title
    /// that only repeats the name is not documentation.
    pub fn docs(&self, name: &str, deprecated: bool) -> Docs {
        let text = |text: Option<&str>| text.filter(|text| !text.trim().is_empty()).map(str::to_owned);
        let found = self.0.iter().filter_map(|note| {
            let title = text(note.title.filter(|title| !same_words(title, name)));
            let description = text(note.description);
            (title.is_some() || description.is_some()).then_some((note.rank, title, description))
        });
        match found.min_by_key(|(rank, ..)| *rank) {
            Some((_, title, description)) => Docs { title, description, deprecated },
            None => Docs { title: None, description: None, deprecated },
        }
    }
}
