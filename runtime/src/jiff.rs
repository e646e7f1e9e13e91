//! Dates and times of the crate `jiff`.

use super::dates::{DATE, DATE_TIME, parsed, rfc3339, text};
use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{Text, View, Viewed};
use ::jiff::{Timestamp, civil::Date};
use std::fmt;

text!(Timestamp, DATE_TIME, |text| rfc3339(text).parse().ok(), |at, out| write!(out, "{at}"));
text!(
    Date,
    DATE, // A time after the date would be lost.
    |text| text.parse().ok().filter(|_| text.len() <= 10),
    |date, out| write!(out, "{date}")
);
