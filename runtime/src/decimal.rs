//! Decimal numbers: digits and a power of ten. Checks use these instead of binary floating point, in which 0.3 is not a
//! multiple of 0.1.

use super::scalar::Scalar;
use std::cmp::Ordering;

/// A decimal number. The digits do not end in a zero, so that a number has one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    is_negative: bool,
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// The number of a value, if it is one.
    pub(super) fn of(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Int(int) => Some(Self::new(int < 0, int.unsigned_abs(), 0)),
            // The shortest digits of this number, which are usually those that it was written with.
            Scalar::Float(float) if float.is_finite() => Self::parse(&format!("{float:e}")),
            Scalar::Float(_) | Scalar::Null | Scalar::Bool(_) | Scalar::Str(_) => None,
        }
    }

    /// An integer that an `i128` cannot represent.
    pub(super) fn unsigned(int: u128) -> Self {
        Self::new(false, int, 0)
    }

    /// A 32-bit number, which has fewer digits than the same number in 64 bits.
    pub(super) fn single(float: f32) -> Option<Self> {
        if float.is_finite() { Self::parse(&format!("{float:e}")) } else { None }
    }

    /// Parses the output of `{:e}`.
    fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = text.split_once('e')?;
        let (is_negative, digits) = match digits.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, digits),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = i32::try_from(fraction.len()).ok()?;
        let exponent = exponent.parse::<i32>().ok()?.checked_sub(places)?;
        Some(Self::new(is_negative, format!("{whole}{fraction}").parse().ok()?, exponent))
    }

    fn new(is_negative: bool, mut digits: u128, mut exponent: i32) -> Self {
        if digits == 0 {
            return Decimal { is_negative: false, digits: 0, exponent: 0 };
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        Decimal { is_negative, digits, exponent }
    }

    /// Whether it is an integer times `step`. Only 0 is a multiple of 0.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return self.digits == 0;
        }
        // The digits do not end in a zero, so a number with more decimal places than `step` is not a multiple of it.
        let Ok(power) = u32::try_from(self.exponent - step.exponent) else { return false };
        let modulus = step.digits;
        product(self.digits % modulus, power_of_ten(power, modulus), modulus) == 0
    }

    /// The position of the first digit: 1 for 5, 0 for 0.5.
    fn magnitude(self, digits: &str) -> i64 {
        i64::try_from(digits.len()).unwrap_or(i64::MAX).saturating_add(self.exponent.into())
    }

    /// Compares without the signs.
    fn compare(self, other: Self) -> Ordering {
        if self.digits == 0 || other.digits == 0 {
            return self.digits.cmp(&other.digits);
        }
        let (own, others) = (self.digits.to_string(), other.digits.to_string());
        // If the first digits have the same position, digits compare like texts, since they do not end in zeros.
        self.magnitude(&own).cmp(&other.magnitude(&others)).then_with(|| own.cmp(&others))
    }

    /// A text that is the same for numbers that are equal.
    pub(super) fn canonical(self, out: &mut String) {
        if self.is_negative {
            out.push('-');
        }
        out.push_str(&format!("{}e{}", self.digits, self.exponent));
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, false) => self.compare(*other),
            (true, true) => other.compare(*self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

/// A product modulo a number, whatever its size.
fn product(mut factor: u128, mut other: u128, modulus: u128) -> u128 {
    if let Some(product) = factor.checked_mul(other) {
        return product % modulus;
    }
    let add = |a: u128, b: u128| if a >= modulus - b { a - (modulus - b) } else { a + b };
    let mut sum = 0;
    while other > 0 {
        if other & 1 == 1 {
            sum = add(sum, factor);
        }
        factor = add(factor, factor);
        other >>= 1;
    }
    sum
}

fn power_of_ten(mut exponent: u32, modulus: u128) -> u128 {
    let (mut power, mut base) = (1 % modulus, 10 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = product(power, base, modulus);
        }
        base = product(base, base, modulus);
        exponent >>= 1;
    }
    power
}
