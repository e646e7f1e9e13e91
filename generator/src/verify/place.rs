//! Writes places in values that stand for the same place in every element of an array.

use std::borrow::Cow;

use crate::diagnostics::Pointer;

/// A place in a value, with `*` for the indices of array elements. `name` gives the text of a property's name.
pub(super) fn generalised(at: &Pointer, name: impl Fn(&str) -> Cow<'_, str>) -> String {
    let mut text = String::new();
    for token in at.tokens() {
        text.push('/');
        let is_index = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
        if is_index {
            text.push('*');
        } else {
            text.push_str(&name(&token));
        }
    }
    text
}
