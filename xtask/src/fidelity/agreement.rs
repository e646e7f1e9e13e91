//! Whether `modelsmith verify` says of a value what the compiled types do with it: read it, as which variant, or refuse it.

use modelsmith::ir::accept::{Accepted, Content, Interpreter};
use modelsmith::verify::Checker;
use serde_json::Value;

use super::cases::Case;
use super::harness::{Answer, Readers};
use written::difference;

#[path = "../../../tests/fixtures/agreement.rs"]
mod written;

/// The interpreter behind `verify`, for the types that were compiled.
pub(super) struct Verify<'r> {
    readers: &'r Readers,
    checker: Checker<'r>,
    interpreter: Interpreter<'r>,
}

impl<'r> Verify<'r> {
    pub(super) fn new(readers: &'r Readers) -> Self {
        let graph = &readers.read.graph;
        let interpreter = Interpreter::new(graph.types(), graph.libraries().dates);
        Self { readers, checker: Checker::new(graph, &readers.read.documents), interpreter }
    }

    /// Whether both say the same, or what they say. `None` if there is no type, or nothing to compare with.
    pub(super) fn agrees(&mut self, case: &Case, answer: &Answer) -> Option<Result<(), String>> {
        let component = self.readers.component(&case.root)?;
        let value: Value = serde_json::from_str(&case.text).ok()?;
        let faults = self.checker.faults(component.ty, &component.location, &value);
        let refused = faults.iter().find(|fault| fault.kind.is_refused());
        let accepted = self.interpreter.accept(component.ty, &value);
        if refused.is_some() == accepted.is_ok() {
            return Some(Err(format!("`verify` finds {refused:?}, and the interpreter {accepted:?}")));
        }
        Some(match (answer, accepted) {
            (Answer::NoType, _) => return None,
            (Answer::Refused(_), Err(_)) => Ok(()),
            (Answer::Refused(error), Ok(_)) => Err(format!("`verify` reads what is refused: {error}")),
            (Answer::Written { .. }, Err(misfit)) => Err(format!("`verify` refuses what is read: {misfit}")),
            (Answer::Written { value: written, shown }, Ok(accepted)) => {
                self.same(&accepted, &value, written, shown)
            }
        })
    }

    fn same(&self, accepted: &Accepted, value: &Value, written: &Value, shown: &str) -> Result<(), String> {
        let graph = &self.readers.read.graph;
        if let Some(wrong) = difference(graph, accepted, value, written) {
            return Err(wrong);
        }
        if let Content::Variant(id, index, _) = &accepted.content {
            let name = self.readers.names.member(graph.definition(*id), *index);
            if shown != name {
                return Err(format!("`verify` takes it for a {name}, and it is read as {shown}"));
            }
        }
        Ok(())
    }
}
