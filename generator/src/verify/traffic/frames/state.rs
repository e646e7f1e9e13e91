//! Finds the end of a value. Recognises only strings and brackets.

use memchr::{memchr2, memchr3};

/// The position of the reader in a value.
pub(super) struct State {
    pub(super) depth: usize,
    pub(super) in_string: bool,
    pub(super) is_escaped: bool,
}

/// How a step ended.
pub(super) enum Outcome {
    More,
    End,
    /// A line ended inside of a string.
    BrokenLine,
}

impl State {
    /// Reads a chunk, and returns how many of its bytes belong to the value.
    pub(super) fn step(&mut self, chunk: &[u8], by_line: bool) -> (usize, Outcome) {
        let mut at = 0;
        if std::mem::take(&mut self.is_escaped) {
            at = 1;
        }
        while let Some(rest) = chunk.get(at..).filter(|rest| !rest.is_empty()) {
            if self.in_string {
                let Some(next) = special(rest, by_line) else { return (chunk.len(), Outcome::More) };
                at += next + 1;
                match rest.get(next) {
                    Some(b'"') => {
                        self.in_string = false;
                        if self.depth == 0 {
                            return (at, Outcome::End);
                        }
                    }
                    Some(b'\n') => return (at, Outcome::BrokenLine),
                    _ if at == chunk.len() => self.is_escaped = true,
                    _ => at += 1,
                }
                continue;
            }
            let Some(next) = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))
            else {
                return (chunk.len(), Outcome::More);
            };
            at += next + 1;
            match rest.get(next) {
                Some(b'"') => self.in_string = true,
                Some(b'{' | b'[') => self.depth += 1,
                _ => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (at, Outcome::End);
                    }
                }
            }
        }
        (chunk.len(), Outcome::More)
    }
}

/// How many bytes are searched word by word before `memchr` is used.
const NEAR: usize = 64;

/// The first special byte of a string: a quote, a backslash, and, with `by_line`, a line break. HAR has bodies as JSON
/// in strings, where a backslash comes every few bytes: calls of `memchr` would take most of the time.
fn special(bytes: &[u8], by_line: bool) -> Option<usize> {
    let near = bytes.get(..NEAR).unwrap_or(bytes);
    let (words, rest) = near.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let lines = if by_line { bytes_like(word, b'\n') } else { 0 };
        let found = bytes_like(word, b'"') | bytes_like(word, b'\\') | lines;
        if found != 0 {
            return Some(index * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\') || by_line && *byte == b'\n';
    if let Some(at) = rest.iter().position(is_special) {
        return Some(near.len() - rest.len() + at);
    }
    let far = bytes.get(near.len()..).unwrap_or_default();
    let found = if by_line { memchr3(b'"', b'\\', b'\n', far) } else { memchr2(b'"', b'\\', far) };
    found.map(|at| near.len() + at)
}

/// Sets the highest bit of each byte of a word that is equal to `byte`. Only the lowest such bit is exact.
fn bytes_like(word: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_ne_bytes([0x80; 8]);
    let other = word ^ (ONES * u64::from(byte));
    other.wrapping_sub(ONES) & !other & HIGHEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_special_byte_is_found_wherever_it_is() {
        for length in [0, 1, 7, 8, 9, 63, 64, 65, 200] {
            let plain = vec![b'!'; length];
            for by_line in [false, true] {
                assert_eq!(special(&plain, by_line), None);
                for at in 0..length {
                    for byte in [b'"', b'\\', b'\n', b'#', 0xDC, 0xA2] {
                        let mut text = plain.clone();
                        text[at] = byte;
                        *text.last_mut().expect("it has bytes") = if at + 1 == length { byte } else { b'"' };
                        let is_special = matches!(byte, b'"' | b'\\') || by_line && byte == b'\n';
                        let expected =
                            if is_special { Some(at) } else { (at + 1 < length).then_some(length - 1) };
                        assert_eq!(special(&text, by_line), expected, "{byte} at {at} of {length}");
                    }
                }
            }
        }
    }
}
