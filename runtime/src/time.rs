//! Dates and times of the crate `time`, in the form of RFC 3339. The crate's own implementations of `serde` write
//! another form.

use super as runtime;
use super::dates::{DATE, DATE_TIME, is_full_date, parsed, rfc3339, text};
use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{Text, View, Viewed};
use ::time::format_description::well_known::{Iso8601, Rfc3339};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A date and time with its offset from UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateTime(pub ::time::OffsetDateTime);

/// A date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(pub ::time::Date);

impl DateTime {
    /// The time this many seconds and nanoseconds after 1970, at an offset in seconds.
    #[doc(hidden)]
    pub const fn constant(seconds: i64, nanoseconds: u32, offset: i32) -> Self {
        let nanoseconds = seconds as i128 * 1_000_000_000 + nanoseconds as i128;
        let at = ::time::OffsetDateTime::from_unix_timestamp_nanos(nanoseconds);
        match (at, ::time::UtcOffset::from_whole_seconds(offset)) {
            (Ok(at), Ok(offset)) => Self(at.to_offset(offset)),
            _ => panic!("no time of the years from -9999 to 9999"),
        }
    }
}

impl Date {
    /// The date with these numbers.
    #[doc(hidden)]
    pub const fn constant(year: i32, month: u8, day: u8) -> Self {
        let mut name = ::time::Month::January;
        let mut rest = month;
        while rest > 1 {
            name = name.next();
            rest -= 1;
        }
        match ::time::Date::from_calendar_date(year, name, day) {
            Ok(date) => Self(date),
            Err(_) => panic!("no date of the calendar"),
        }
    }
}

/// The methods that both have.
macro_rules! wrapper {
    ($name:ident, $inner:path, $what:expr, $default:expr) => {
        impl Default for $name {
            fn default() -> Self {
                $default
            }
        }

        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl DerefMut for $name {
            fn deref_mut(&mut self) -> &mut $inner {
                &mut self.0
            }
        }

        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text().map_err(|_| fmt::Error)?)
            }
        }

        runtime::serde!($name);
        text!($name, $what, |text| $name::parse(text), |value, out| {
            out.write_str(&value.text().map_err(|_| fmt::Error)?)
        });
    };
}

wrapper!(DateTime, ::time::OffsetDateTime, DATE_TIME, Self(::time::OffsetDateTime::UNIX_EPOCH));
wrapper!(Date, ::time::Date, DATE, Self::constant(1970, 1, 1));

impl DateTime {
    fn text(&self) -> Result<String, ::time::error::Format> {
        self.0.format(&Rfc3339)
    }

    fn parse(text: &str) -> Option<Self> {
        ::time::OffsetDateTime::parse(&rfc3339(text), &Rfc3339).map(Self).ok()
    }
}

impl Date {
    fn text(&self) -> Result<String, ::time::error::Format> {
        self.0.format(&Iso8601::DATE)
    }

    fn parse(text: &str) -> Option<Self> {
        // ISO 8601 also allows dates without dashes, and dates with a time, which would be lost.
        ::time::Date::parse(text, &Iso8601::DATE).map(Self).ok().filter(|_| is_full_date(text))
    }
}
