//! Numbers and JSON texts at random, the same ones each time.

#![allow(dead_code, reason = "not every test needs all of them")]

/// A generator of numbers.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        texts[self.below(texts.len())]
    }

    /// Some digits.
    pub fn digits(&mut self, most: usize) -> String {
        (0..1 + self.below(most)).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    /// White space, or none.
    pub fn space(&mut self) -> &'static str {
        self.one_of(&["", "", "", "", " ", "\n", "\t", "\r\n  "])
    }

    /// A string with its quotes: short or long, with characters of every length and every way to escape them.
    pub fn string(&mut self) -> String {
        let pieces = [
            "a",
            "kind",
            "plain text of some length",
            "é",
            "漢字",
            "😀",
            "\u{7f}",
            "\u{2028}",
            "\\n",
            "\\\"",
            "\\\\",
            "\\/",
            "\\b",
            "\\f",
            "\\r",
            "\\t",
            "\\u0000",
            "\\u00e9",
            "\\uFFFF",
            "\\ud83d\\ude00",
            "\\uDBFF\\uDFFF",
            "/",
            "'",
            "{",
            "]",
            ":",
            ",",
        ];
        let inside: String = (0..self.below(6)).map(|_| self.one_of(&pieces)).collect();
        format!("\"{inside}\"")
    }

    /// A number.
    pub fn number(&mut self) -> String {
        let sign = self.one_of(&["", "", "-"]);
        let whole = match self.below(3) {
            0 => "0".to_owned(),
            _ => {
                let most = if self.below(4) == 0 { 40 } else { 6 };
                format!("{}{}", 1 + self.below(9), self.digits(most))
            }
        };
        let fraction = if self.below(3) == 0 { format!(".{}", self.digits(20)) } else { String::new() };
        let exponent = if self.below(4) == 0 {
            format!("{}{}{}", self.one_of(&["e", "E"]), self.one_of(&["", "+", "-"]), self.digits(2))
        } else {
            String::new()
        };
        format!("{sign}{whole}{fraction}{exponent}")
    }

    /// Any value, nested at most so many levels.
    pub fn value(&mut self, levels: usize) -> String {
        let inner = levels.saturating_sub(1);
        let value = match self.below(if levels == 0 { 5 } else { 9 }) {
            0 => self.one_of(&["null", "true", "false"]).to_owned(),
            1 | 2 => self.number(),
            3 | 4 => self.string(),
            5 | 6 => {
                let items: Vec<String> = (0..self.below(5)).map(|_| self.value(inner)).collect();
                if items.is_empty() {
                    format!("[{}]", self.space())
                } else {
                    format!("[{}]", items.join(","))
                }
            }
            _ => {
                // Names are repeated now and then.
                let entries: Vec<String> = (0..self.below(5))
                    .map(|_| {
                        let name = if self.below(2) == 0 { "\"a\"".to_owned() } else { self.string() };
                        format!("{}{name}{}:{}", self.space(), self.space(), self.value(inner))
                    })
                    .collect();
                if entries.is_empty() {
                    format!("{{{}}}", self.space())
                } else {
                    format!("{{{}}}", entries.join(","))
                }
            }
        };
        format!("{}{value}{}", self.space(), self.space())
    }

    /// A value that every format and `serde_json::Value` keep as it is: no name twice, and no number that is rounded.
    pub fn tree(&mut self, levels: usize) -> String {
        let inner = levels.saturating_sub(1);
        match self.below(if levels == 0 { 4 } else { 8 }) {
            0 => self.one_of(&["null", "true", "false"]).to_owned(),
            1 => (self.next() as i32).to_string(),
            2 | 3 => self.string(),
            4 | 5 => {
                let items: Vec<String> = (0..self.below(4)).map(|_| self.tree(inner)).collect();
                format!("[{}]", items.join(", "))
            }
            _ => {
                let entries: Vec<String> = (0..self.below(4))
                    .map(|index| {
                        format!("\"{}{index}\":{}", self.one_of(&["", "kind", "é"]), self.tree(inner))
                    })
                    .collect();
                format!("{{{}}}", entries.join(","))
            }
        }
    }
}
