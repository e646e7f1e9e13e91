//! Bytes in base64 (RFC 4648).

use super as runtime;
use super::error::Error;
use super::read::Read;
use super::source::Source;
use super::view::{View, Viewed};
use std::fmt;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A string that holds bytes in base64. The text is kept exactly as it was received, so that it is written back
/// unchanged even if it is not canonical base64, or is a `data:` URL, as some servers send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(String);

/// Why a text is not base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidBase64 {
    /// The first byte that is not base64; the length of the text if the text is too short.
    pub at: usize,
}

impl Base64 {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes. Reads the standard and the URL-safe alphabet, with or without padding and line breaks.
    pub fn decode(&self) -> Result<Vec<u8>, InvalidBase64> {
        let text = &self.0;
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        let (mut bits, mut sextets, mut padding) = (0_u32, 0_usize, 0_usize);
        for (at, byte) in text.bytes().enumerate() {
            let sextet = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                b'=' => {
                    padding += 1;
                    continue;
                }
                b' ' | b'\t' | b'\r' | b'\n' => continue,
                _ => return Err(InvalidBase64 { at }),
            };
            if padding > 0 {
                return Err(InvalidBase64 { at });
            }
            bits = bits << 6 | u32::from(sextet);
            sextets += 1;
            if sextets % 4 != 1 {
                bytes.push((bits >> (6 - (sextets - 1) % 4 * 2)) as u8);
            }
        }
        // A single sextet is not a byte. Padding may be missing, but must not be too long.
        if sextets % 4 == 1 || padding > (4 - sextets % 4) % 4 {
            return Err(InvalidBase64 { at: text.len() });
        }
        Ok(bytes)
    }
}

/// In the standard alphabet, padded.
impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for chunk in bytes.chunks(3) {
            let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for place in 0..4 {
                let sextet = (bits >> (18 - 6 * place)) & 63;
                text.push(if place > chunk.len() { '=' } else { char::from(ALPHABET[sextet as usize]) });
            }
        }
        Base64(text)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Base64::from(&bytes[..])
    }
}

/// Wraps a text that is already base64.
impl From<String> for Base64 {
    fn from(text: String) -> Self {
        Base64(text)
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid base64 at byte {}", self.at)
    }
}

impl std::error::Error for InvalidBase64 {}

impl Read for Base64 {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        String::read(source).map(Base64)
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        String::probe(source)
    }
}

impl View for Base64 {
    fn view(&self) -> Viewed<'_> {
        self.0.view()
    }
}

runtime::serde!(Base64);
