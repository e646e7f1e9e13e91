//! Numbers in JSON text.

use super::scalar::Scalar;

/// The end of a number, and the end of its integer part; or the place of the error.
pub(super) fn end(text: &[u8], begin: usize) -> Result<(usize, usize), usize> {
    let digits = |mut at: usize| {
        let first = at;
        while text.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        if at == first { Err(at) } else { Ok(at) }
    };
    let unsigned = begin + usize::from(text.get(begin) == Some(&b'-'));
    let whole = digits(unsigned)?;
    if text.get(unsigned) == Some(&b'0') && whole > unsigned + 1 {
        return Err(unsigned + 1);
    }
    let mut end = whole;
    if text.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        end = digits(end + 1 + usize::from(matches!(text.get(end + 1), Some(b'+' | b'-'))))?;
    }
    Ok((end, whole))
}

/// A number and its end, or the error and its place.
pub(super) fn scan_number(
    text: &str,
    begin: usize,
) -> Result<(Scalar<'static>, usize), (&'static str, usize)> {
    let (end, whole) = end(text.as_bytes(), begin).map_err(|at| ("invalid number", at))?;
    let number = text.get(begin..end).unwrap_or_default();
    // `-0` has a sign, which an integer zero cannot have.
    let int = if whole == end && number != "-0" { number.parse().ok() } else { None };
    if let Some(int) = int {
        return Ok((Scalar::Int(int), end));
    }
    match number.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok((Scalar::Float(float), end)),
        _ => Err(("number out of range", begin)),
    }
}

/// The number in a whole text: the name of a property.
pub(super) fn whole(text: &str) -> Option<Scalar<'static>> {
    scan_number(text, 0).ok().filter(|(_, end)| *end == text.len()).map(|(number, _)| number)
}

/// The integer that is exactly equal to a number: `1.0`, `1e3`, `0.5e1`.
pub(super) fn exact(number: &str) -> Option<i128> {
    let (negative, unsigned) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let exponent = exponent.trim_start_matches('+').parse::<i64>().ok()?;
    let shift = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let digits = match usize::try_from(shift) {
        // An i128 has 39 digits.
        Ok(zeros) if zeros < 40 => digits.to_owned() + &"0".repeat(zeros),
        Ok(_) => return None,
        Err(_) => {
            let cut = usize::try_from(shift.unsigned_abs()).ok()?;
            let (kept, lost) = digits.split_at_checked(digits.len().checked_sub(cut)?)?;
            if lost.bytes().any(|digit| digit != b'0') {
                return None;
            }
            kept.to_owned()
        }
    };
    format!("{}{digits}", if negative { "-" } else { "" }).parse().ok()
}
