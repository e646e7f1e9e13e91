//! Tuples: arrays with a type for each place.

use super::error::{Error, Step};
use super::read::Read;
use super::source::Source;
use super::values::shown;
use super::view::{Items, View, Viewed};

/// Reads an array place by place.
fn places(
    source: &mut Source<'_>,
    secret: bool,
    len: usize,
    place: &mut dyn FnMut(usize, &mut Source<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    source.peek();
    let at = source.at;
    shown(source.open(b'[', &format_args!("an array of {len}")), secret)?;
    let mut first = true;
    for index in 0..len {
        if !source.more(&mut first, b']')? {
            return Err(wrong_length(index, len).or_at(at));
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
        impl<$($item: Read),+> Read for ($($item,)+) {
            const SECRET: bool = $($item::SECRET)||+;

            fn read(source: &mut Source<'_>) -> Result<Self, Error> {
                let mut read = ($(None::<$item>,)+);
                places(source, Self::SECRET, $len, &mut |index, source| match index {
                    $($at => {
                        read.$at = Some($item::read(source)?);
                        Ok(())
                    })+
                    _ => Ok(()),
                })?;
                match read {
                    #[allow(non_snake_case, reason = "named after the types")]
                    ($(Some($item),)+) => Ok(($($item,)+)),
                    _ => Err(wrong_length(0, $len)),
                }
            }

            fn probe(source: &mut Source<'_>) -> Result<(), Error> {
                places(source, Self::SECRET, $len, &mut |index, source| match index {
                    $($at => $item::probe(source),)+
                    _ => Ok(()),
                })
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
