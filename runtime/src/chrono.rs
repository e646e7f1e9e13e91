//! Dates and times of the crate `chrono`.

use super::dates::{DATE, DATE_TIME, parsed, rfc3339, text};
use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{Text, View, Viewed};
use ::chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use std::fmt;

text!(
    DateTime<FixedOffset>,
    DATE_TIME,
    |text| DateTime::parse_from_rfc3339(&rfc3339(text)).ok(),
    |at, out| out.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
);
text!(NaiveDate, DATE, |text| text.parse().ok(), |date, out| write!(out, "{date}"));
