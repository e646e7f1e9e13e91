//! Tuples: arrays with a type for each element.

use super::error::{Error, Step};
use super::read::Read;
use super::scalar::Scalar;
use super::source::Source;
use super::values::shown;
use super::view::{Items, View, Viewed};

/// A tuple, which is read element by element.
pub trait Places: Sized {
    /// How many elements the tuple has.
    const LEN: usize;
    /// Whether an element is secret.
    const SECRET: bool;

    /// Reads an array with at least this many elements.
    fn read_places(source: &mut Source<'_>, least: usize) -> Result<Self, Error>;

    /// Finds out whether such an array could be read.
    fn probe_places(source: &mut Source<'_>, least: usize) -> Result<(), Error>;
}

/// A tuple whose first `LEAST` elements are required. Elements that are missing at the end are `None`, and `None` at
/// the end is not written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Short<T, const LEAST: usize>(pub T);

impl<T: Places, const LEAST: usize> Read for Short<T, LEAST> {
    const SECRET: bool = T::SECRET;

    fn read(source: &mut Source<'_>) -> Result<Self, Error> {
        T::read_places(source, LEAST).map(Self)
    }

    fn probe(source: &mut Source<'_>) -> Result<(), Error> {
        T::probe_places(source, LEAST)
    }
}

impl<T: Items, const LEAST: usize> View for Short<T, LEAST> {
    fn view(&self) -> Viewed<'_> {
        Viewed::Items(self)
    }
}

impl<T: Items, const LEAST: usize> Items for Short<T, LEAST> {
    fn len(&self) -> usize {
        let is_there = |index: &usize| {
            self.0.at(*index).is_some_and(|item| !matches!(item.view(), Viewed::Scalar(Scalar::Null)))
        };
        (LEAST..self.0.len()).rev().find(is_there).map_or(LEAST, |last| last + 1)
    }

    fn at(&self, index: usize) -> Option<&dyn View> {
        if index < self.len() { self.0.at(index) } else { None }
    }
}

impl<'de, T: Places, const LEAST: usize> serde::Deserialize<'de> for Short<T, LEAST> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::serde_impls::deserialize(deserializer)
    }
}

impl<T: Items, const LEAST: usize> serde::Serialize for Short<T, LEAST> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        super::view::serialize(self, serializer)
    }
}

/// Reads an array element by element.
fn places(
    source: &mut Source<'_>,
    secret: bool,
    (least, len): (usize, usize),
    place: &mut dyn FnMut(usize, &mut Source<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    source.peek();
    let at = source.at;
    shown(source.open(b'[', &format_args!("an array of {len}")), secret)?;
    let mut first = true;
    for index in 0..len {
        if !source.more(&mut first, b']')? {
            return if index < least { Err(wrong_length(index, len).or_at(at)) } else { Ok(()) };
        }
        place(index, source).map_err(|error| error.inside(Step::Index(index)))?;
    }
    let mut more = 0;
    while source.more(&mut first, b']')? {
        source.skip()?;
        more += 1;
    }
    if more > 0 { Err(wrong_length(len + more, len).or_at(at)) } else { Ok(()) }
}

#[cold]
fn wrong_length(found: usize, expected: usize) -> Error {
    Error::new(format_args!("invalid length {found}, expected an array of {expected}"))
}

macro_rules! tuples {
    ($($len:literal: $($item:ident $at:tt),+;)*) => {$(
        impl<$($item: Read),+> Places for ($($item,)+) {
            const LEN: usize = $len;
            const SECRET: bool = $($item::SECRET)||+;

            fn read_places(source: &mut Source<'_>, least: usize) -> Result<Self, Error> {
                let mut read = ($(None::<$item>,)+);
                places(source, <Self as Places>::SECRET, (least, $len), &mut |index, source| match index {
                    $($at => {
                        read.$at = Some($item::read(source)?);
                        Ok(())
                    })+
                    _ => Ok(()),
                })?;
                match read {
                    #[allow(non_snake_case, reason = "named after the types")]
                    ($($item,)+) => match ($($item.or_else($item::missing),)+) {
                        ($(Some($item),)+) => Ok(($($item,)+)),
                        _ => Err(wrong_length(0, $len)),
                    },
                }
            }

            fn probe_places(source: &mut Source<'_>, least: usize) -> Result<(), Error> {
                places(source, <Self as Places>::SECRET, (least, $len), &mut |index, source| match index {
                    $($at => $item::probe(source),)+
                    _ => Ok(()),
                })
            }
        }

        impl<$($item: Read),+> Read for ($($item,)+) {
            const SECRET: bool = <Self as Places>::SECRET;

            fn read(source: &mut Source<'_>) -> Result<Self, Error> {
                Self::read_places(source, $len)
            }

            fn probe(source: &mut Source<'_>) -> Result<(), Error> {
                Self::probe_places(source, $len)
            }
        }

        impl<$($item: View),+> View for ($($item,)+) {
            fn view(&self) -> Viewed<'_> {
                Viewed::Items(self)
            }
        }

        impl<$($item: View),+> Items for ($($item,)+) {
            fn len(&self) -> usize {
                $len
            }

            fn at(&self, index: usize) -> Option<&dyn View> {
                match index {
                    $($at => Some(&self.$at),)+
                    _ => None,
                }
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
    9: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8;
    10: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9;
    11: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10;
    12: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11;
    13: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12;
    14: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13;
    15: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14;
    16: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11, M 12, N 13, O 14, P 15;
}
