//! Writes dates and times as expressions of their types.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};
use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::file::File;
use crate::ir::DateLibrary;

/// The last nanosecond of a second: only chrono has leap seconds.
const LAST: u32 = 999_999_999;

/// A date. `resolve` has checked that the text parses; otherwise the default of the type is used.
pub(super) fn date(file: &mut File<'_>, text: &str) -> TokenStream {
    let Ok(date) = text.parse::<NaiveDate>() else { return quote!(Default::default()) };
    let year = Token::i32_unsuffixed(date.year().abs());
    let year = if date.year() < 0 { quote!(-#year) } else { quote!(#year) };
    let (month, day) = (Token::u32_unsuffixed(date.month()), Token::u32_unsuffixed(date.day()));
    match file.cx.graph.libraries().dates {
        DateLibrary::Chrono => {
            quote!(const { chrono::NaiveDate::from_ymd_opt(#year, #month, #day).unwrap() })
        }
        DateLibrary::Jiff => quote!(const { jiff::civil::date(#year, #month, #day) }),
        DateLibrary::Time => {
            file.runtime();
            quote!(const { runtime::Date::constant(#year, #month, #day) })
        }
    }
}

/// A date and time.
pub(super) fn date_time(file: &mut File<'_>, text: &str) -> TokenStream {
    let Ok(at) = DateTime::<FixedOffset>::parse_from_rfc3339(text) else {
        return quote!(Default::default());
    };
    let seconds = number(at.timestamp());
    let nanoseconds = at.timestamp_subsec_nanos();
    let offset = number(at.offset().local_minus_utc().into());
    let without_leap = Token::u32_unsuffixed(nanoseconds.min(LAST));
    let nanoseconds = Token::u32_unsuffixed(nanoseconds);
    match file.cx.graph.libraries().dates {
        DateLibrary::Chrono => quote! {
            const { chrono::DateTime::from_timestamp(#seconds, #nanoseconds).unwrap() }
                .with_timezone(&const { chrono::FixedOffset::east_opt(#offset).unwrap() })
        },
        DateLibrary::Jiff => quote!(const { jiff::Timestamp::constant(#seconds, #without_leap) }),
        DateLibrary::Time => {
            file.runtime();
            quote!(const { runtime::DateTime::constant(#seconds, #without_leap, #offset) })
        }
    }
}

fn number(value: i64) -> TokenStream {
    let text = Token::u64_unsuffixed(value.unsigned_abs());
    if value < 0 { quote!(-#text) } else { quote!(#text) }
}
