//! What a wrong name was probably meant to be.

/// How much a text is like the wanted one, from 0 to 1; `None` when it is not like it at all.
pub(crate) fn likeness(wanted: &str, text: &str) -> Option<f64> {
    const LIKE: f64 = 0.8;
    const PART: f64 = 0.9;
    let (wanted, text) = (start_of(wanted).to_lowercase(), start_of(text).to_lowercase());
    // A part of a name says more than letters that happen to be the same.
    let part = if !wanted.is_empty() && text.contains(&wanted) { PART } else { 0.0 };
    Some(strsim::jaro_winkler(&wanted, &text).max(part)).filter(|score| *score >= LIKE)
}

/// What of a text is compared, since a comparison takes as long as both lengths multiplied.
fn start_of(text: &str) -> &str {
    const COMPARED: usize = 128;
    text.char_indices().nth(COMPARED).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// The text that is most like the wanted one, when one is like it at all; the first of those that are equally like it.
pub(crate) fn closest<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let scored = known.filter_map(|text| Some((likeness(wanted, text)?, text)));
    let best = scored.reduce(|best, other| if best.0 >= other.0 { best } else { other });
    best.map(|(_, text)| text)
}
