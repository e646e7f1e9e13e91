//! What the library that stands for dates makes of a text: whether it reads it, and what it writes of it.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, SecondsFormat, Timelike as _};

use crate::ir::{DateLibrary, JIFF_END};

/// Why a text is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It does not have the form.
    Form,
    /// It is a time that the library does not have.
    Reach,
}

/// What is written of a date-time: exactly that, except for leap seconds, of which only chrono writes any.
pub(super) fn date_time(library: DateLibrary, text: &str) -> Result<String, Refused> {
    let found = parsed(text).ok_or(Refused::Form)?;
    match library {
        DateLibrary::Chrono => Ok(found.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        DateLibrary::Time => time(found),
        DateLibrary::Jiff => jiff(found, text),
    }
}

/// Whether it is read, whatever is written of it.
pub(super) fn is_date_time(library: DateLibrary, text: &str) -> bool {
    match library {
        DateLibrary::Chrono => parsed(text).is_some(),
        DateLibrary::Time | DateLibrary::Jiff => date_time(library, text).is_ok(),
    }
}

fn parsed(text: &str) -> Option<DateTime<FixedOffset>> {
    // Most are in the form of RFC 3339 as they are.
    let as_it_is = DateTime::parse_from_rfc3339(text).ok().filter(|_| text.is_ascii());
    as_it_is.or_else(|| DateTime::parse_from_rfc3339(&rfc3339_of(text)?).ok())
}

/// The date-time in the form of RFC 3339. Servers also write it with a space or a lower-case `t` between date and time,
/// with a lower-case `z`, and without an offset, which means UTC.
fn rfc3339_of(text: &str) -> Option<String> {
    if !text.is_ascii() {
        return None;
    }
    let (date, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let end =
        time.find(|char: char| !(char.is_ascii_digit() || char == ':' || char == '.')).unwrap_or(time.len());
    let (time, offset) = time.split_at(end);
    let offset = if matches!(offset, "" | "z") { "Z" } else { offset };
    Some(format!("{date}T{time}{offset}"))
}

/// What is written of a date.
pub(super) fn date(library: DateLibrary, text: &str) -> Result<String, Refused> {
    let found = text.parse::<NaiveDate>().map_err(|_| Refused::Form)?;
    match library {
        DateLibrary::Chrono => Ok(found.to_string()),
        // chrono also reads months of one digit and spaces. The others read more than a date (`20240102`), which is
        // not one in RFC 3339.
        DateLibrary::Time | DateLibrary::Jiff if is_full_date(text) => Ok(text.to_owned()),
        DateLibrary::Time | DateLibrary::Jiff => Err(Refused::Form),
    }
}

/// Whether it is read, whatever is written of it.
pub(super) fn is_date(library: DateLibrary, text: &str) -> bool {
    match library {
        DateLibrary::Chrono => text.parse::<NaiveDate>().is_ok(),
        DateLibrary::Time | DateLibrary::Jiff => date(library, text).is_ok(),
    }
}

/// `time` knows leap seconds at the end of a month only, and ends with the year 9999.
fn time(found: DateTime<FixedOffset>) -> Result<String, Refused> {
    let utc = found.naive_utc();
    if is_leap(&found) {
        let is_last = utc.date().succ_opt().is_some_and(|next| next.day() == 1);
        return match (is_last, utc.hour(), utc.minute()) {
            (true, 23, 59) => Ok(rfc3339(&found)),
            _ => Err(Refused::Reach),
        };
    }
    if (0..=9999).contains(&utc.year()) { Ok(rfc3339(&found)) } else { Err(Refused::Reach) }
}

/// jiff ends before the year 10000, and writes everything in UTC.
fn jiff(found: DateTime<FixedOffset>, text: &str) -> Result<String, Refused> {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    match found.timestamp() < JIFF_END {
        true if digits <= 9 => Ok(rfc3339(&found.to_utc().fixed_offset())),
        true => Err(Refused::Form),
        false => Err(Refused::Reach),
    }
}

/// With as many digits of a second as are needed. A leap second is written as the second before it.
fn rfc3339(at: &DateTime<FixedOffset>) -> String {
    let mut text = at.format("%Y-%m-%dT%H:%M:").to_string();
    text.push_str(&format!("{:02}", at.second()));
    let fraction = format!("{:09}", at.nanosecond() % 1_000_000_000);
    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text + &if at.offset().local_minus_utc() == 0 { "Z".to_owned() } else { at.offset().to_string() }
}

fn is_leap(at: &DateTime<FixedOffset>) -> bool {
    at.nanosecond() >= 1_000_000_000
}

/// `YYYY-MM-DD`.
fn is_full_date(text: &str) -> bool {
    let form =
        |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the libraries themselves make of a text, as emitted code calls them.
    fn by_library(library: DateLibrary, text: &str) -> Option<String> {
        use ::time::format_description::well_known::Rfc3339;
        match library {
            DateLibrary::Chrono => unreachable!("it is asked itself"),
            DateLibrary::Jiff => text.parse::<::jiff::Timestamp>().ok().map(|at| at.to_string()),
            DateLibrary::Time => {
                let at = ::time::OffsetDateTime::parse(text, &Rfc3339).ok()?;
                Some(at.format(&Rfc3339).expect("it can be written"))
            }
        }
    }

    #[test]
    fn date_times_are_judged_as_the_libraries_do() {
        let mut count = 0;
        let days = [
            "2024-02-29",
            "2023-02-29",
            "0000-01-01",
            "0001-01-01",
            "2016-12-31",
            "9999-12-30",
            "9999-12-31",
        ];
        let times = [
            "00:00:00",
            "03:04:05",
            "03:04:05.1",
            "03:04:05.100",
            "03:04:05.123456789",
            "03:04:05.1234567891",
            "22:59:60",
            "23:59:60",
            "23:59:60.5",
            "23:59:61",
            "23:59:59",
            "23:59:59.999999999",
            "24:00:00",
            "3:04:05",
        ];
        let offsets = [
            "Z",
            "z",
            "",
            "+00:00",
            "-00:00",
            "+01:00",
            "-01:00",
            "+23:59",
            "-23:59",
            "+24:00",
            "+0100",
            "\u{2212}01:00",
        ];
        for (day, time) in days.iter().flat_map(|day| times.map(|time| (day, time))) {
            for (separator, offset) in
                ["T", "t", " "].iter().flat_map(|mark| offsets.map(|offset| (mark, offset)))
            {
                let text = format!("{day}{separator}{time}{offset}");
                for library in [DateLibrary::Time, DateLibrary::Jiff] {
                    let judged = date_time(library, &text);
                    // The runtime hands the form of RFC 3339 to the library.
                    let found = rfc3339_of(&text).and_then(|text| by_library(library, &text));
                    // What is said to be read is read, and what is said to stay as it is does.
                    if let Ok(written) = &judged {
                        let same = found.as_ref().map(|found| *found == text);
                        assert_eq!(same, Some(*written == text), "{library:?} {text}: {judged:?} {found:?}");
                        count += 1;
                    }
                    // Nothing that RFC 3339 has is left out for nothing.
                    let is_common =
                        day.starts_with("20") && separator == &"T" && time.len() < 19 && offset.is_ascii();
                    if is_common && !["+0100", "+24:00"].contains(&offset) {
                        assert_eq!(
                            judged.is_ok(),
                            found.is_some(),
                            "{library:?} {text}: {judged:?} {found:?}"
                        );
                    }
                }
            }
        }
        assert!(count > 1000, "{count}");
    }

    #[test]
    fn date_times_may_lack_what_servers_leave_out() {
        for (text, written) in [
            ("2024-01-02T03:04:05", "2024-01-02T03:04:05Z"),
            ("2024-01-02 03:04:05.25", "2024-01-02T03:04:05.25Z"),
            ("2024-01-02t03:04:05z", "2024-01-02T03:04:05Z"),
            ("2024-01-02 03:04:05-00:30", "2024-01-02T03:04:05-00:30"),
        ] {
            assert_eq!(date_time(DateLibrary::Time, text).as_deref(), Ok(written), "{text}");
        }
        for text in [
            "",
            "2024-01-02",
            "2024-01-02T03:04",
            "2024-01-02T",
            "2024-01-02_03:04:05",
            "2024-01-02T03:04:05 Z",
        ] {
            for library in [DateLibrary::Chrono, DateLibrary::Time, DateLibrary::Jiff] {
                assert_eq!(date_time(library, text), Err(Refused::Form), "{text}");
            }
        }
    }

    #[test]
    fn dates_are_judged_as_the_libraries_do() {
        use ::time::format_description::well_known::Iso8601;
        for text in ["2024-02-29", "0000-01-01", "0001-01-01", "9999-12-31"] {
            for library in [DateLibrary::Chrono, DateLibrary::Time, DateLibrary::Jiff] {
                assert_eq!(date(library, text).as_deref(), Ok(text));
            }
            assert_eq!(text.parse::<::jiff::civil::Date>().expect("it is read").to_string(), text);
            let read = ::time::Date::parse(text, &Iso8601::DATE).expect("it is read");
            assert_eq!(read.format(&Iso8601::DATE).expect("it can be written"), text);
        }
        assert_eq!(date(DateLibrary::Chrono, "2024-1-2").as_deref(), Ok("2024-01-02"));
        for text in [
            "2024-1-2",
            "20240102",
            "2024-W01-1",
            "2024-01-02T03:04:05",
            "2023-02-29",
            "2024-01-02 ",
            "-024-01-02",
        ] {
            for library in [DateLibrary::Time, DateLibrary::Jiff] {
                assert_eq!(date(library, text), Err(Refused::Form), "{text}");
            }
        }
    }
}
