//! Checks requests against the constraints of the document.

use super::super::checks::Checker;
use super::super::{Check, Error, Rules, Scalar, View, Violation, Violations};
use super::body::{Content, Sent};
use super::call::{Answers, Call};
use super::table::{Endpoint, Place, Target};

/// The violations of a request.
#[derive(Clone, PartialEq)]
pub struct Checked(Vec<Violation>);

impl Checked {
    /// Checks the parameters and the body of a request.
    pub(super) fn of(endpoint: &Endpoint, values: &[Option<&dyn View>], body: Option<&Sent<'_>>) -> Self {
        let mut checker = Checker::default();
        parameters(&mut checker, endpoint, values);
        if let Some(body) = body {
            content(&mut checker, endpoint, body);
        }
        Checked(checker.found)
    }

    /// Refuses a request that violates a constraint.
    pub(super) fn refuse(&self) -> Result<(), Error> {
        Violations::or_ok(self.0.clone()).map_err(|violations| Error::new(&violations))
    }
}

impl<R: Answers> Call<R> {
    /// The constraints that the parameters and the body violate. They were checked when the call was made.
    ///
    /// Pointers begin with the place of the value in the request: `/query/limit`, `/body/name`.
    ///
    /// # Errors
    /// [`Violations`] if a constraint is violated.
    pub fn check(&self) -> Result<(), Violations> {
        Violations::or_ok(self.checked.0.clone())
    }
}

/// Checks the parameters of an operation.
pub fn check_parameters(endpoint: &Endpoint, values: &[Option<&dyn View>]) -> Result<(), Violations> {
    let mut checker = Checker::default();
    parameters(&mut checker, endpoint, values);
    Violations::or_ok(checker.found)
}

fn parameters(checker: &mut Checker, endpoint: &Endpoint, values: &[Option<&dyn View>]) {
    for (place, value) in endpoint.parameters.iter().zip(values) {
        let Some(value) = value else { continue };
        let Place { name, to, .. } = place;
        let rules = endpoint.rules.named(&format!("{}/{name}", word(*to)));
        checker.within(&[word(*to), name], *value, rules.as_slice());
    }
}

/// The place of a value in the request, as the start of a pointer.
fn word(target: Target) -> &'static str {
    match target {
        Target::Path => "path",
        Target::Query => "query",
        Target::Header => "header",
        Target::Cookie => "cookie",
        Target::Field => "body",
    }
}

fn content(checker: &mut Checker, endpoint: &Endpoint, body: &Sent<'_>) {
    let rules: Option<&'static Rules> = endpoint.rules.named("body");
    let mut check = |value: &dyn View| checker.within(&["body"], value, rules.as_slice());
    match body.content {
        Content::Json(value) | Content::Form(value, _) => check(value),
        Content::Text(text) => check(&Scalar::Str(text)),
        Content::Bytes(_) => {}
        Content::Choice(body) => body.show(&mut |sent| content(checker, endpoint, sent)),
    }
}

/// Implements checking for the parameters of an operation.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no parameters")]
macro_rules! checked_params {
    ($params:ident [$($value:tt)*]) => {
        impl runtime::Check for $params {
            fn check(&self) -> Result<(), runtime::Violations> {
                runtime::check_parameters(<Operation as runtime::Operation>::ENDPOINT, &[$(
                    runtime::checked_params!(self $params $value)
                ),*])
            }
        }
    };
    ($self:ident $params:ident ($mode:ident $field:tt $how:tt $($initial:expr)?)) => {
        runtime::operation_part!(value $mode $self $params $field $how $($initial)?)
    };
}
pub(crate) use checked_params;
