//! The comparison of JSON before reading and after writing, which the tests of examples and of recorded traffic share.

use super::package::indent;

/// The function `first`.
const HELPER: &str = include_str!("difference/helper.rs");

/// Where the tests find the module `difference`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a file that each of them declares: every file of tests is a crate.
    Declared,
    /// In the module that contains them.
    Outside,
    /// In each of them: a file that is included has to be complete.
    Inside,
}

/// The module as a file.
pub(super) fn file(header: &str) -> String {
    format!("{header}\n{HELPER}")
}

impl Place {
    /// The line at the start of a file of tests.
    pub(super) fn start(self) -> &'static str {
        match self {
            Self::Declared => "mod difference;\n\n",
            Self::Outside => "use super::difference;\n",
            Self::Inside => "",
        }
    }

    /// The lines at the end of a file of tests.
    pub(super) fn end(self) -> String {
        match self {
            Self::Declared | Self::Outside => String::new(),
            Self::Inside => {
                let mut out = String::from("\nmod difference {\n");
                indent(&mut out, HELPER, 1);
                out + "}\n"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    mod helper {
        include!("difference/helper.rs");
    }

    fn changed(except: &[&str], before: Value, after: Value) -> Option<String> {
        helper::first("", except, &before, &after)
            .map(|(at, before, after)| format!("{at}: {before} {after}"))
    }

    #[test]
    fn integers_are_compared_exactly() {
        let (one, next) = (9_007_199_254_740_993_u64, 9_007_199_254_740_992_u64);
        assert_eq!(one as f64, next as f64, "a double cannot tell them apart");
        assert_eq!(
            changed(&[], json!([one]), json!([next])).as_deref(),
            Some("/0: 9007199254740993 9007199254740992")
        );
        assert_eq!(changed(&[], json!(8), json!(8.0)), None);
        assert_eq!(changed(&[], json!(8.5), json!(8)).as_deref(), Some(": 8.5 8"));
    }

    #[test]
    fn more_may_be_written_and_null_may_be_left_out() {
        assert_eq!(changed(&[], json!({ "a": null }), json!({ "b": 1 })), None);
        assert_eq!(changed(&[], json!({ "a/~": 1 }), json!({})).as_deref(), Some("/a~1~0: 1 null"));
        assert_eq!(changed(&[], json!([1]), json!([1, 2])).as_deref(), Some(": [1] [1,2]"));
    }

    #[test]
    fn exceptions_are_for_elements_or_members() {
        let before = || json!({ "a": [{ "b": 1 }], "*": { "c": 1, "0": 1 } });
        assert_eq!(changed(&["/a/*/b", "/*/c", "/*/0"], before(), json!({ "a": [{}], "*": {} })), None);
        // A property called `*` excepts no other property.
        assert_eq!(changed(&["/*"], json!({ "x": 1 }), json!({})).as_deref(), Some("/x: 1 null"));
    }
}
