//! A few lines of YAML and recorded values, and the overlay that makes the models read them.

mod answers;
mod merging;
mod required;
mod types;
mod unions;

/// Checks which actions make the models read values. `document` is what follows `openapi` and `info`. With the overlay
/// no value is refused, and a second run changes nothing.
macro_rules! check {
    ($version:literal, $document:expr, [$($name:literal: $value:tt),* $(,)?], @$expected:literal) => {
        super::check!($version, $document, "", [$($name: $value),*], @$expected)
    };
    ($version:literal, $document:expr, $settings:expr, [$($name:literal: $value:tt),* $(,)?], @$expected:literal) => {{
        let recorded = [$(($name, serde_json::json!($value))),*];
        let document = crate::testing::recorded::whole($version, $document);
        let asked = crate::verify::overlay::Asked::default();
        let text = crate::testing::recorded::actions(&document, $settings, &recorded, asked);
        insta::with_settings!({ description => $document, omit_expression => true }, {
            insta::assert_snapshot!(text, @$expected);
        });
    }};
}
use check;
