//! Percent-encoding (RFC 3986 §2.1).

/// The text that an encoded text stands for. A `+` is a plus.
pub(super) fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else {
            return Err(format!("`{text}` has a `%` that encodes nothing"));
        };
        bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
    }
    String::from_utf8(bytes).map_err(|_| format!("`{text}` is not UTF-8"))
}

/// Whether a text has only characters that may stand in a query (RFC 3986 §3.4).
pub(super) fn check_query(text: &str) -> Result<(), String> {
    let may_stand = |char: char| char.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%[]".contains(char);
    match text.chars().find(|char| !may_stand(*char)) {
        Some(char) => Err(format!("the query has {char:?} in it: {text}")),
        None => Ok(()),
    }
}

/// Whether a text has only characters that may stand in a path (RFC 3986 §3.3).
pub(super) fn check_path(text: &str) -> Result<(), String> {
    let may_stand = |char: char| char.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%".contains(char);
    match text.chars().find(|char| !may_stand(*char)) {
        Some(char) => Err(format!("the path has {char:?} in it: {text}")),
        None => Ok(()),
    }
}
