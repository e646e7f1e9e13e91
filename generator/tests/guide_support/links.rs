//! Where pages lead.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The targets of all links of a page.
pub fn of(page: &str) -> Vec<String> {
    let links = Parser::new(page).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    links.collect()
}

/// The names by which GitHub lets links lead to the headings of a page.
pub fn anchors(page: &str) -> impl Iterator<Item = String> {
    let (mut headings, mut open) = (Vec::new(), None);
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut open {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings.into_iter().map(|heading| {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    })
}
