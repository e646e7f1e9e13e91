//! UUIDs of the crate `uuid`.

use super::dates::parsed;
use super::error::Error;
use super::read::Read;
use super::source::{BYTES, Source};
use super::tape::Token;
use super::view::{Text, View, Viewed};
use ::uuid::Uuid;
use std::fmt;

impl Read for Uuid {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        const EXPECTED: &str = "a UUID";
        if source.peek() != BYTES {
            return parsed(source, EXPECTED, |text| Uuid::try_parse(text).ok());
        }
        let (at, token) = (source.at, source.token());
        let (Some(Token::Bytes(begin, end)), Some(tape)) = (token, source.tape) else {
            return Err(source.refuse(&EXPECTED));
        };
        source.at += 1;
        Uuid::from_slice(tape.bytes(begin, end)).map_err(|_| {
            Error::new(format_args!("invalid length {}, expected 16 bytes", end - begin)).or_at(at)
        })
    }
}

impl View for Uuid {
    fn view(&self) -> Viewed<'_> {
        Viewed::Text(self)
    }
}

impl Text for Uuid {
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }

    fn bytes(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}
