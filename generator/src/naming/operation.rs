//! Names of operations: the module, the fields of parameters, the variants of responses, and the types inside.

use super::Names;
use super::operation_module::operation_modules;
use super::reserved;
use super::scope::Scope;
use super::types::{inline_candidates, required_of};
use super::words::{self, Case};
use crate::ir::{Body, Content, Graph, Operation, Owner, Response, ResponseContent, Status, TypeId, TypeRef};
use crate::words::media_word;

/// The names of an operation.
#[derive(Debug, Clone, Default)]
pub struct OperationNames {
    /// The module, which is also the file name.
    pub module: String,
    /// The fields of `Params`, by parameter.
    pub parameters: Vec<String>,
    /// The variants of `Response`, by response and content.
    pub responses: Vec<Vec<String>>,
    /// The variants of `Body` for several media types, by content.
    pub bodies: Vec<String>,
    /// The fields of `Headers`, by header.
    pub headers: Vec<String>,
}

/// Names everything in operations.
pub(super) fn assign(graph: &Graph, names: &mut Names) {
    let modules = modules(graph);
    for (operation, module) in graph.operations().iter().zip(modules) {
        let mut parameters = Scope::new(Case::Field, &[]);
        let mut responses = Scope::new(Case::Variant, &[&["Other"]]);
        let mut headers = Scope::new(Case::Field, &[]);
        names.operations.push(OperationNames {
            module,
            parameters: parameters.claim_all(operation.parameters.iter().map(|it| it.wire.as_str())),
            responses: operation.responses.iter().map(|it| variants(it, &mut responses)).collect(),
            bodies: operation.body.as_ref().filter(|body| body.is_choice()).map(bodies).unwrap_or_default(),
            headers: headers.claim_all(operation.headers.iter().map(|it| it.wire.as_str())),
        });
    }
    inline_of_operations(graph, names);
}

/// The modules of all operations. Operations that are left out keep their modules.
fn modules(graph: &Graph) -> Vec<String> {
    let labels = graph.operations().iter().map(Operation::label).chain(graph.left_out().iter().cloned());
    operation_modules(&labels.collect::<Vec<_>>())
}

/// Names the types inside operations, in the modules of the operations.
fn inline_of_operations(graph: &Graph, names: &mut Names) {
    let mut scopes: Vec<Option<Scope>> = Vec::new();
    scopes.resize_with(graph.operations().len(), || None);
    for (index, ty) in graph.types().iter().enumerate() {
        let owner = ty.name.as_ref().map(|hint| hint.owner);
        if let (Some(Owner::Operation(owner)), Some(name)) = (owner, &ty.overrides.name) {
            let scope = scopes[owner].get_or_insert_with(|| operation_scope(&graph.operations()[owner]));
            names.types[index].ident = Some(scope.claim_first([super::given_name(name)]));
            names.types[index].owner = Some(Owner::Operation(owner));
        }
    }
    for (index, operation) in graph.operations().iter().enumerate() {
        if let Some(id) = body_type(graph, operation, index) {
            names.types[id.0 as usize].ident = Some("Body".to_owned());
            names.types[id.0 as usize].owner = Some(Owner::Operation(index));
        }
        if let Some(id) = item_type(graph, operation, index)
            && names.types[id.0 as usize].ident.is_none()
        {
            names.types[id.0 as usize].ident = Some("Item".to_owned());
            names.types[id.0 as usize].owner = Some(Owner::Operation(index));
        }
    }
    for (index, ty) in graph.types().iter().enumerate() {
        let Some(hint) = &ty.name else { continue };
        let Owner::Operation(owner) = hint.owner else { continue };
        let (Some(operation), None) = (graph.operations().get(owner), &names.types[index].ident) else {
            continue;
        };
        let scope = scopes[owner].get_or_insert_with(|| operation_scope(operation));
        let whole = || words::spell(&operation.name, Case::Type);
        let ident = match hint.path.split_first() {
            Some((first, rest)) => {
                let short = inline_candidates(&words::spell(first, Case::Type), rest);
                let long = std::iter::once_with(|| inline_candidates(&whole(), &hint.path)).flatten();
                scope.claim_first(short.into_iter().chain(long))
            }
            None => scope.claim_first([whole(), words::joined([whole().as_str(), "Model"])]),
        };
        names.types[index].ident = Some(ident);
        names.types[index].owner = Some(Owner::Operation(owner));
    }
    for (index, ty) in graph.types().iter().enumerate() {
        let Some(Owner::Operation(owner)) = ty.name.as_ref().map(|hint| hint.owner) else { continue };
        let Some(operation) = graph.operations().get(owner) else { continue };
        let scope = scopes[owner].get_or_insert_with(|| operation_scope(operation));
        required_of(graph, names, index, scope);
    }
}

/// The scope of an operation's module. `Item` is reserved if the operation streams items.
fn operation_scope(operation: &Operation) -> Scope {
    match operation.stream {
        Some(_) => Scope::new(Case::Type, &[reserved::TYPES, reserved::OPERATION_TYPES, &["Item"]]),
        None => Scope::new(Case::Type, &[reserved::TYPES, reserved::OPERATION_TYPES]),
    }
}

/// The inline type that is the body of the operation, and is named `Body`.
fn body_type(graph: &Graph, operation: &Operation, index: usize) -> Option<TypeId> {
    // The contents of a body with several media types have their own names.
    let ty = match operation.body.as_ref().filter(|body| !body.is_choice())?.main.content {
        Content::Json(ty) | Content::Form(ty) => ty,
        Content::String | Content::Text | Content::Bytes | Content::Empty => return None,
    };
    own_type(graph, ty, index)
}

/// The inline type that is the item of the operation's stream, and is named `Item`.
fn item_type(graph: &Graph, operation: &Operation, index: usize) -> Option<TypeId> {
    own_type(graph, operation.stream.as_ref()?.item.ty()?, index)
}

/// The type, if it is inside the operation and is not renamed.
fn own_type(graph: &Graph, ty: TypeRef, index: usize) -> Option<TypeId> {
    let owned = graph.get(ty.id).name.as_ref().is_some_and(|hint| hint.owner == Owner::Operation(index));
    let is_renamed = graph.get(ty.id).overrides.name.is_some();
    (owned && !ty.nullable && !is_renamed).then_some(ty.id)
}

/// The variants of a response: named after the status and, except for the preferred one, after their media types.
fn variants(response: &Response, scope: &mut Scope) -> Vec<String> {
    let mut names = vec![String::new(); response.contents.len()];
    let mut claim = |is_main: bool, name: &dyn Fn(&ResponseContent) -> String| {
        for (slot, content) in
            names.iter_mut().zip(&response.contents).filter(|(_, it)| it.is_main == is_main)
        {
            *slot = scope.claim_first([name(content)]);
        }
    };
    claim(true, &|_| variant(response));
    claim(false, &|content| {
        let word = media_word(content.media_types.first().map_or("", String::as_str));
        format!("{}{}", variant(response), words::spell(&word, Case::Type))
    });
    names
}

/// The variants of a body, named after their media types.
fn bodies(body: &Body) -> Vec<String> {
    let mut scope = Scope::new(Case::Variant, &[]);
    let name = |media_type: &str| match media_type.split(';').next().unwrap_or_default().trim() {
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        essence => words::spell(&media_word(essence), Case::Variant),
    };
    body.contents().map(|it| scope.claim_first([name(&it.media_type)])).collect()
}

/// The name of a response's variant: the reason phrase of its status (RFC 9110 §15 and the IANA registry).
fn variant(response: &Response) -> String {
    match response.status {
        Status::Range(hundreds) => format!("Status{hundreds}xx"),
        Status::Default => "Default".to_owned(),
        Status::Code(code) => match reason(code) {
            Some(phrase) => phrase.to_owned(),
            None => format!("Status{code}"),
        },
    }
}

fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "SwitchingProtocols",
        102 => "Processing",
        103 => "EarlyHints",
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}
