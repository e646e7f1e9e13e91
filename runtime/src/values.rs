//! How values without a model are read and shown.

use super::error::{Error, Step};
use super::number;
use super::read::Read;
use super::scalar::Scalar;
use super::source::Source;
use super::tape::{Token, Wide};
use super::view::{Items, View, Viewed};
use serde_json::{Map, Number, Value};

impl Read for String {
    #[inline]
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        if source.peek() == b'"' {
            source.string().map(std::borrow::Cow::into_owned)
        } else {
            Err(source.refuse(&"a string"))
        }
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        if source.peek() == b'"' { source.string().map(drop) } else { Err(source.refuse(&"a string")) }
    }
}

impl View for String {
    fn view(&self) -> Viewed<'_> {
        Viewed::Scalar(Scalar::Str(self))
    }
}

impl Read for bool {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        if matches!(source.peek(), b't' | b'f') { source.boolean() } else { Err(source.refuse(&"a boolean")) }
    }
}

impl View for bool {
    fn view(&self) -> Viewed<'_> {
        Viewed::Scalar(Scalar::Bool(*self))
    }
}

impl Read for () {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        if source.peek() == b'n' { source.null() } else { Err(source.refuse(&"null")) }
    }
}

impl View for () {
    fn view(&self) -> Viewed<'_> {
        Viewed::Scalar(Scalar::Null)
    }
}

/// Reads an integer, which may be written as `1.0` or `1e3` if that is exact.
fn integer(source: &mut Source<'_>, expected: &'static str) -> Result<i128, Error> {
    source.peek();
    let at = source.at;
    let found = source.scalar(&expected)?;
    match found.get() {
        Scalar::Int(int) => return Ok(int),
        Scalar::Float(float) => {
            if let Some(int) = source.exact(at, float) {
                return Ok(int);
            }
        }
        Scalar::Str(text) if source.name => {
            if let Some(Scalar::Int(int)) = number::whole(text) {
                return Ok(int);
            }
        }
        Scalar::Null | Scalar::Bool(_) | Scalar::Str(_) => {}
    }
    Err(found.get().refuse(expected).or_at(at))
}

#[cold]
fn out_of_range(int: i128, expected: &'static str, at: usize) -> Error {
    let value = format!(" `{int}`");
    Error::showing("invalid value: integer", &value, "", format_args!(", expected {expected}")).or_at(at)
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        impl Read for $int {
            fn read(source: &mut Source<'_>) -> Result<Self, Error> {
                source.peek();
                let at = source.at;
                let int = integer(source, stringify!($int))?;
                int.try_into().map_err(|_| out_of_range(int, stringify!($int), at))
            }
        }

        impl View for $int {
            fn view(&self) -> Viewed<'_> {
                Viewed::Scalar(Scalar::Int(i128::from(*self)))
            }
        }
    )*};
}
integers!(i8 i16 i32 i64 i128 u8 u16 u32 u64);

impl Read for u128 {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        source.peek();
        let at = source.at;
        let wide = match (source.token(), source.tape) {
            (Some(Token::Wide(index)), Some(tape)) => tape.wide(index),
            _ => Wide::Signed(0),
        };
        if let Wide::Unsigned(int) = wide {
            source.at += 1;
            return Ok(int);
        }
        // Integers that an `i128` cannot represent are read only without a fraction and an exponent.
        let digits = source.text.get(at..).unwrap_or_default();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        match digits
            .get(..end)
            .filter(|digits| digits.len() == 39 && !digits.starts_with('0'))
            .map(str::parse)
        {
            Some(Ok(int)) if !matches!(digits.as_bytes().get(end), Some(b'.' | b'e' | b'E')) => {
                source.at += end;
                Ok(int)
            }
            _ => {
                let int = integer(source, "u128")?;
                int.try_into().map_err(|_| out_of_range(int, "u128", at))
            }
        }
    }
}

impl View for u128 {
    fn view(&self) -> Viewed<'_> {
        i128::try_from(*self).map_or(Viewed::Unsigned(*self), |int| Viewed::Scalar(Scalar::Int(int)))
    }
}

/// Reads a number. An integer is converted to the closest number in one step, so that it is rounded once.
fn decimal<T>(
    source: &mut Source<'_>,
    expected: &'static str,
    of_integer: fn(i128) -> T,
    of_float: fn(f64) -> T,
) -> Result<T, Error> {
    source.peek();
    let at = source.at;
    let found = source.scalar(&expected)?;
    let number = match found.get() {
        Scalar::Str(text) if source.name => number::whole(text),
        found => Some(found),
    };
    match number {
        Some(Scalar::Int(int)) => Ok(of_integer(int)),
        Some(Scalar::Float(float)) => Ok(of_float(float)),
        Some(Scalar::Null | Scalar::Bool(_) | Scalar::Str(_)) | None => {
            Err(found.get().refuse(expected).or_at(at))
        }
    }
}

impl Read for f64 {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        decimal(source, "f64", |int| int as f64, |float| float)
    }
}

impl View for f64 {
    fn view(&self) -> Viewed<'_> {
        Viewed::Scalar(Scalar::Float(*self))
    }
}

impl Read for f32 {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        source.peek();
        let at = source.at;
        let float = decimal(source, "f32", |int| int as f32, |float| float as f32)?;
        // Rounding to 64 bits first could change the last of the 32 bits.
        match source.digits(at).map(str::parse::<f32>) {
            Some(Ok(exact)) if exact.is_finite() => Ok(exact),
            Some(Ok(_)) => Err(Error::new("number out of range").or_at(at)),
            Some(Err(_)) | None => Ok(float),
        }
    }
}

impl View for f32 {
    fn view(&self) -> Viewed<'_> {
        Viewed::Single(*self)
    }
}

impl<T: Read> Read for Option<T> {
    const SECRET: bool = T::SECRET;

    fn missing() -> Option<Self> {
        Some(None)
    }

    #[inline]
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        if source.peek() == b'n' { source.null().map(|()| None) } else { T::read(source).map(Some) }
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        if source.peek() == b'n' { source.null() } else { T::probe(source) }
    }
}

impl<T: View> View for Option<T> {
    fn view(&self) -> Viewed<'_> {
        match self {
            Some(value) => value.view(),
            None => Viewed::Scalar(Scalar::Null),
        }
    }
}

impl<T: Read> Read for Box<T> {
    const SECRET: bool = T::SECRET;

    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        T::read(source).map(Box::new)
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        T::probe(source)
    }
}

impl<T: View> View for Box<T> {
    fn view(&self) -> Viewed<'_> {
        (**self).view()
    }
}

/// The error, without the value that it shows if the expected value is secret.
#[inline]
pub(super) fn shown<T>(result: Result<T, Error>, secret: bool) -> Result<T, Error> {
    match result {
        Err(error) if secret => Err(error.redacted()),
        result => result,
    }
}

impl<T: Read> Read for Vec<T> {
    const SECRET: bool = T::SECRET;

    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        shown(source.open(b'[', &"an array"), T::SECRET)?;
        let (mut items, mut first) = (Vec::new(), true);
        while source.more(&mut first, b']')? {
            match T::read(source) {
                Ok(item) => items.push(item),
                Err(error) => return Err(error.inside(Step::Index(items.len()))),
            }
        }
        Ok(items)
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        shown(source.open(b'[', &"an array"), T::SECRET)?;
        let (mut index, mut first) = (0, true);
        while source.more(&mut first, b']')? {
            T::probe(source).map_err(|error| error.inside(Step::Index(index)))?;
            index += 1;
        }
        Ok(())
    }
}

impl<T: View> View for Vec<T> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Items(self)
    }
}

impl<T: View> Items for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn at(&self, index: usize) -> Option<&dyn View> {
        self.get(index).map(|item| item as &dyn View)
    }
}

impl Read for Value {
    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        Ok(match source.peek() {
            b'"' => Value::String(source.string()?.into_owned()),
            b'{' => Value::Object(Read::read(source)?),
            b'[' => Value::Array(Read::read(source)?),
            b't' | b'f' => Value::Bool(source.boolean()?),
            b'n' => source.null().map(|()| Value::Null)?,
            b'-' | b'0'..=b'9' => Value::Number(json_number(source)?),
            _ => return Err(source.refuse(&"any JSON value")),
        })
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        source.skip()
    }
}

fn json_number(source: &mut Source<'_>) -> Result<Number, Error> {
    let at = source.at;
    let scalar = source.number()?;
    let small = match scalar {
        Scalar::Int(int) => i64::try_from(int).ok(),
        Scalar::Null | Scalar::Bool(_) | Scalar::Float(_) | Scalar::Str(_) => None,
    };
    if let Some(int) = small {
        return Ok(int.into());
    }
    // `serde_json` decides what becomes of numbers that are long or have a fraction.
    let number = match (source.digits(at), scalar) {
        (Some(text), _) => text.parse().ok(),
        (None, Scalar::Int(int)) => Number::from_i128(int).or_else(|| Number::from_f64(int as f64)),
        (None, Scalar::Float(float)) => Number::from_f64(float),
        (None, Scalar::Null | Scalar::Bool(_) | Scalar::Str(_)) => None,
    };
    number.ok_or_else(|| Error::new("number out of range").or_at(at))
}

impl View for Value {
    fn view(&self) -> Viewed<'_> {
        Viewed::Value(self)
    }
}

impl View for Map<String, Value> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Map(self)
    }
}

impl View for Scalar<'_> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Scalar(*self)
    }
}
