//! The items of a stream that was recorded as a whole: event streams (WHATWG HTML §9.2), JSON lines, JSON sequences.

/// An event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) retry: Option<u64>,
    /// Its data, with a line feed between lines.
    pub(super) data: String,
}

/// The events of an event stream. One that is cut off at the end is not one.
pub(super) fn events(text: &str) -> Vec<Event<'_>> {
    let mut found = Vec::new();
    let mut event = Event::default();
    let mut has_data = false;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for line in text.split_inclusive('\n').flat_map(returns) {
        if line.is_empty() {
            if std::mem::take(&mut has_data) {
                found.push(std::mem::take(&mut event));
            }
            event = Event::default();
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => event.name = Some(value),
            "id" => event.id = Some(value),
            "retry" => event.retry = value.parse().ok(),
            "data" => {
                if std::mem::replace(&mut has_data, true) {
                    event.data.push('\n');
                }
                event.data.push_str(value);
            }
            _ => {}
        }
    }
    found
}

/// The lines of a line: a carriage return ends one too.
fn returns(line: &str) -> std::str::Split<'_, char> {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line).split('\r')
}

/// The values of JSON lines, or of a JSON sequence (RFC 7464).
pub(super) fn records(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\u{1e}']).map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_names_and_lines_of_data() {
        let text = "\u{feff}: hello\nevent: a\ndata: 1\r\ndata:2\n\ndata\rid: 7\rretry: 5\r\revent: none\n\ndata: cut";
        let event = |name, id, retry, data: &str| Event { name, id, retry, data: data.to_owned() };
        assert_eq!(events(text), [event(Some("a"), None, None, "1\n2"), event(None, Some("7"), Some(5), "")]);
        assert_eq!(records("{}\n\n\u{1e}[1]\n\u{1e}2").collect::<Vec<_>>(), ["{}", "[1]", "2"]);
    }
}
