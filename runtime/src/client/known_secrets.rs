//! Removes secrets from recordings: values with names that the document declares as secret, values with common names of
//! secrets, and values that look like credentials.

use std::borrow::Cow;

/// The text that replaces a secret.
pub const REDACTED: &str = "(redacted)";

/// Parts of common names of credentials, without separators.
const NAMES: [&str; 21] = [
    "accesskey",
    "apikey",
    "authorization",
    "bearer",
    "cookie",
    "credential",
    "csrf",
    "jwt",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "pwd",
    "secret",
    "sessionid",
    "sessionkey",
    "signature",
    "signingkey",
    "token",
];

/// Prefixes of credentials.
const FORMS: [&str; 16] = [
    "-----BEGIN",
    "AIza",
    "AKIA",
    "Basic ",
    "Bearer ",
    "eyJ",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "pk_live_",
    "rk_live_",
    "sk-",
    "sk_",
    "xox",
];

/// Whether a value with this name is secret. `secrets` are the names that the document declares as secret.
pub fn is_secret_name(secrets: &[&str], name: &str) -> bool {
    let name = compared_name(name);
    let is_known = |known: &&str| compared_name(known) == name;
    secrets.iter().any(is_known) || NAMES.iter().any(|known| name.contains(known))
}

/// Whether a text looks like a credential.
pub fn is_credential(text: &str) -> bool {
    text.len() > 12 && FORMS.iter().any(|form| text.starts_with(form))
}

/// A name in lower case, without separators.
pub fn compared_name(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How much of a value is secret.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Secrecy {
    None,
    /// Strings: the name is a common one of secrets. The number of tokens is not a secret.
    Strings,
    /// Everything: the document declares it.
    All,
}

fn secrecy(secrets: &[&str], name: &str) -> Secrecy {
    let compared = compared_name(name);
    if secrets.iter().any(|known| compared_name(known) == compared) {
        Secrecy::All
    } else if is_secret_name(&[], name) {
        Secrecy::Strings
    } else {
        Secrecy::None
    }
}

/// An array or an object around the place in the text.
struct Around {
    is_object: bool,
    /// Whether a string that comes next is a name.
    is_name_next: bool,
    /// The secrecy of the whole, and of the next member.
    secrecy: Secrecy,
    next: Secrecy,
}

/// A JSON text with secrets replaced: strings by strings, dates by dates and numbers by numbers, so that the same types
/// can read it. Everything else is unchanged. `None` if the text is not JSON.
pub fn redacted_json(text: &str, secrets: &[&str]) -> Option<String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let bytes = text.as_bytes();
    let (mut out, mut around) = (String::with_capacity(text.len()), Vec::<Around>::new());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let end = match byte {
            b'"' => end_of_string(bytes, at),
            b'-' | b'0'..=b'9' => at + bytes.iter().skip(at).take_while(|byte| is_of_number(**byte)).count(),
            _ => at + 1,
        };
        let token = text.get(at..end)?;
        at = end;
        let inside = around.last().map_or(Secrecy::None, |last| last.secrecy.max(last.next));
        match (byte, around.last_mut()) {
            (b'"', Some(last)) if last.is_name_next => {
                let name: Cow<'_, str> = serde_json::from_str(token).ok()?;
                last.next = secrecy(secrets, &name);
                out.push_str(token);
            }
            (b'"', _)
                if inside > Secrecy::None && token.len() > 2 || is_credential(token.trim_matches('"')) =>
            {
                let stand_in = stand_in(token.trim_matches('"'));
                out.push_str(&format!("\"{stand_in}\""));
            }
            (b'-' | b'0'..=b'9', _) if inside == Secrecy::All => out.push('0'),
            (b'{' | b'[', _) => {
                let is_object = *byte == b'{';
                let next = Secrecy::None;
                around.push(Around { is_object, is_name_next: is_object, secrecy: inside, next });
                out.push_str(token);
            }
            (b'}' | b']', _) => {
                around.pop();
                out.push_str(token);
            }
            (b':', Some(last)) => {
                last.is_name_next = false;
                out.push_str(token);
            }
            (b',', Some(last)) => {
                (last.is_name_next, last.next) = (last.is_object, Secrecy::None);
                out.push_str(token);
            }
            _ => out.push_str(token),
        }
    }
    Some(out)
}

/// The replacement of a secret text. A text in a form that types require keeps the form.
fn stand_in(text: &str) -> &'static str {
    const FORMS: [(&str, &str); 2] = [
        ("xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "00000000-0000-0000-0000-000000000000"),
        ("dddd-dd-dd", "1970-01-01"),
    ];
    let whole = FORMS.iter().find(|(form, _)| has_form(text, form));
    match (whole, text.get(..16)) {
        (Some((_, stand_in)), _) => stand_in,
        (None, Some(start)) if has_form(start, "dddd-dd-ddTdd:dd") => "1970-01-01T00:00:00Z",
        (None, _) => REDACTED,
    }
}

/// Whether a text has a form: `d` is a digit, `x` a hexadecimal digit, `T` the separator before a time.
fn has_form(text: &str, form: &str) -> bool {
    let is_it = |(char, wanted): (char, char)| match wanted {
        'd' => char.is_ascii_digit(),
        'x' => char.is_ascii_hexdigit(),
        'T' => matches!(char, 'T' | 't' | ' '),
        _ => char == wanted,
    };
    text.len() == form.len() && text.chars().zip(form.chars()).all(is_it)
}

fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
}

/// The end of the string that begins here.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}
