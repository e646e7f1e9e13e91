//! Emits the module `client`: servers, credentials and the client.

use std::collections::BTreeSet;

use super::file::{Context, File, use_list};
use super::server;
use super::text::{code, quoted};
use crate::config::Layout;
use crate::ir::{Graph, OperationKind, Owner, SecretPlace, SecurityScheme, secret_names};

/// The items of the runtime that users need: without features of the package, and with them.
const OF_THE_RUNTIME: [&str; 9] =
    ["Answers", "Base", "Basic", "Call", "Credential", "Endpoint", "HeaderValues", "Operation", "Retry"];
const OF_THE_CLIENT: [&str; 10] = [
    "BoxError",
    "BoxFuture",
    "Chunks",
    "Client",
    "Failure",
    "Incoming",
    "Recorder",
    "Reply",
    "Transport",
    "Unreadable",
];

/// The same for streams.
const OF_STREAMS: [&str; 8] =
    ["BadItem", "Decoder", "Event", "Format", "Position", "ReadItems", "StreamError", "Streams"];
const OF_CLIENT_STREAMS: [&str; 4] = ["BlockingItems", "FollowError", "Following", "Items"];

/// The same for pages.
const OF_PAGES: [&str; 2] = ["Paged", "Pages"];
const OF_CLIENT_PAGES: [&str; 2] = ["BlockingPages", "PageResult"];

/// Whether the module is emitted: calls are enabled, and there are operations.
pub(super) fn is_needed(graph: &Graph, asked: bool) -> bool {
    asked && graph.operations().iter().any(|operation| operation.kind == OperationKind::Path)
}

/// Whether an operation responds with a stream.
pub(super) fn has_streams(graph: &Graph) -> bool {
    graph.operations().iter().any(|operation| operation.stream.is_some())
}

/// The text of the module, without a header.
pub(super) fn module(cx: Context<'_>) -> String {
    let mut file = File::new(cx, Owner::Operation(0));
    if !cx.graph.api().schemes.is_empty() {
        file.line(0, "use super::runtime;");
    }
    let mut of_the_runtime = BTreeSet::from(OF_THE_RUNTIME);
    let mut of_the_client = BTreeSet::from(OF_THE_CLIENT);
    if has_streams(cx.graph) {
        of_the_runtime.extend(OF_STREAMS);
        of_the_client.extend(OF_CLIENT_STREAMS);
    }
    if cx.graph.operations().iter().any(|operation| operation.pages.is_some()) {
        of_the_runtime.extend(OF_PAGES);
        of_the_client.extend(OF_CLIENT_PAGES);
    }
    file.body.push_str(&use_list("pub use", "super::runtime::client", &of_the_runtime));
    if cx.layout == Layout::Crate {
        file.line(0, "#[cfg(feature = \"client\")]");
    }
    if cx.layout == Layout::Crate || !cx.features.is_empty() {
        file.body.push_str(&use_list("pub use", "super::runtime::client", &of_the_client));
    }
    file.gap();
    server::servers(&mut file);
    if !cx.graph.api().schemes.is_empty() {
        file.gap();
        credentials(&mut file);
    }
    if cx.layout == Layout::Crate || !cx.features.is_empty() {
        file.gap();
        secrets(&mut file);
    }
    file.body
}

/// Emits the names of secrets as one text, since a list could be formatted in several ways.
fn secrets(file: &mut File<'_>) {
    let names: Vec<String> = secret_names(file.cx.graph).into_iter().collect();
    file.line(0, "/// The names of what the document calls secret: a `Recorder` leaves it out.");
    file.line(0, format!("pub const SECRETS: &str = {};", quoted(&names.join(" "))));
}

fn credentials(file: &mut File<'_>) {
    let schemes = &file.cx.graph.api().schemes;
    let names = file.cx.names.client().schemes.clone();
    file.line(
        0,
        "/// The secrets that operations require. Each operation gets only those that the document gives for it.",
    );
    file.line(0, "#[derive(Clone, Debug, Default, PartialEq, Eq)]");
    file.line(0, "pub struct Credentials {");
    for (scheme, name) in schemes.iter().zip(&names) {
        file.docs(1, &scheme.docs, &[place_note(scheme)]);
        let ty = match scheme.place {
            SecretPlace::Basic => "Basic".to_owned(),
            SecretPlace::Bearer
            | SecretPlace::Authorization(_)
            | SecretPlace::Header(_)
            | SecretPlace::Query(_)
            | SecretPlace::Cookie(_) => format!("{}::Secret<String>", file.runtime()),
        };
        file.line(1, format!("pub {name}: Option<{ty}>,"));
    }
    file.line(0, "}");
    let runtime = file.runtime();
    file.line(0, format!("{runtime}::credentials!(Credentials {{"));
    for (scheme, name) in schemes.iter().zip(&names) {
        let place = match &scheme.place {
            SecretPlace::Bearer => "Bearer".to_owned(),
            SecretPlace::Basic => "Basic".to_owned(),
            SecretPlace::Authorization(name) => format!("Authorization({})", quoted(name)),
            SecretPlace::Header(name) => format!("Header({})", quoted(name)),
            SecretPlace::Query(name) => format!("Query({})", quoted(name)),
            SecretPlace::Cookie(name) => format!("Cookie({})", quoted(name)),
        };
        file.line(1, format!("{name}: {} {place};", quoted(&scheme.name)));
    }
    file.line(0, "});");
}

fn place_note(scheme: &SecurityScheme) -> String {
    match &scheme.place {
        SecretPlace::Bearer => "Sent in the header `Authorization` as a bearer token.".to_owned(),
        SecretPlace::Basic => "Sent in the header `Authorization` as a name and a password.".to_owned(),
        SecretPlace::Authorization(name) => {
            format!("Sent in the header `Authorization` behind {}.", code(name))
        }
        SecretPlace::Header(name) => format!("Sent in the header {}.", code(name)),
        SecretPlace::Query(name) => format!("Sent in the query as {}.", code(name)),
        SecretPlace::Cookie(name) => format!("Sent in the cookie {}.", code(name)),
    }
}
