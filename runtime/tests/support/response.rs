//! What becomes of any answer.

use modelsmith_runtime::{Answers, Error};

#[derive(Debug)]
pub struct Response;

impl Answers for Response {
    type Success = ();

    fn read(_: u16, _: Option<&str>, _: &[u8]) -> Result<Self, Error> {
        Ok(Response)
    }

    fn success(self) -> Result<(), Self> {
        Ok(())
    }
}
