//! What a wrong name was probably meant to be.

/// The text that is most like the wanted one, when one is like it at all.
pub(crate) fn closest<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    const LIKE: f64 = 0.8;
    let wanted = wanted.to_lowercase();
    let scored = known.map(|text| (strsim::jaro_winkler(&wanted, &text.to_lowercase()), text));
    let best = scored.fold(None, |best: Option<(f64, &str)>, (score, text)| match best {
        Some((top, _)) if top >= score => best,
        Some(_) | None => Some((score, text)),
    });
    best.filter(|(score, _)| *score >= LIKE).map(|(_, text)| text)
}
