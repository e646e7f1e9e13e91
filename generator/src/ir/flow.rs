//! Which way a type travels: what a program reads, and what it writes.

use super::{Body, Operation, OperationKind, Type, TypeId};

/// Which way something travels, seen from the program that uses the models.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flow {
    pub(crate) read: bool,
    pub(crate) written: bool,
}

impl Flow {
    pub(crate) const BOTH: Self = Self { read: true, written: true };
    pub(crate) const READ: Self = Self { read: true, written: false };
    pub(crate) const WRITTEN: Self = Self { read: false, written: true };

    pub(crate) fn or(self, other: Self) -> Self {
        Self { read: self.read || other.read, written: self.written || other.written }
    }

    /// The ways that both go.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { read: self.read && other.read, written: self.written && other.written }
    }

    /// A type that no operation leads to may travel either way.
    pub(crate) fn or_both(self) -> Self {
        if self.read || self.written { self } else { Self::BOTH }
    }

    /// What a request's parts are to the program: it calls, or is called.
    pub(crate) fn of_request(kind: OperationKind) -> Self {
        match kind {
            OperationKind::Path => Self::WRITTEN,
            OperationKind::Webhook | OperationKind::Callback => Self::READ,
        }
    }

    /// What a response is to the program.
    pub(crate) fn of_response(kind: OperationKind) -> Self {
        match kind {
            OperationKind::Path => Self::READ,
            OperationKind::Webhook | OperationKind::Callback => Self::WRITTEN,
        }
    }
}

/// By type: which way it travels.
pub(crate) fn flows(types: &[Type], operations: &[Operation]) -> Vec<Flow> {
    let mut flows = vec![Flow::default(); types.len()];
    let mut todo: Vec<(TypeId, Flow)> = Vec::new();
    for operation in operations {
        let (request, response) = (Flow::of_request(operation.kind), Flow::of_response(operation.kind));
        todo.extend(operation.parameters.iter().map(|parameter| (parameter.ty.id, request)));
        let bodies = operation.body.iter().flat_map(Body::contents);
        todo.extend(bodies.filter_map(|body| Some((body.content.ty()?.id, request))));
        let contents = operation.responses.iter().flat_map(|it| &it.contents);
        todo.extend(contents.filter_map(|it| Some((it.content.ty()?.id, response))));
        todo.extend(operation.headers.iter().map(|header| (header.ty.id, response)));
        todo.extend(operation.stream.iter().filter_map(|it| Some((it.item.ty()?.id, response))));
    }
    while let Some((id, flow)) = todo.pop() {
        let known = &mut flows[id.0 as usize];
        let united = known.or(flow);
        if std::mem::replace(known, united) != united {
            todo.extend(types[id.0 as usize].shape.mentions().into_iter().map(|id| (id, united)));
        }
    }
    flows
}
