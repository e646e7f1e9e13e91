//! Compares the parameters of requests.

use std::borrow::Cow;

use serde_json::Value;

use super::{Call, Examiner, NOTHING, Shown};
use crate::ir::{Parameter, ParameterPlace, Presence, SecretPlace};
use crate::verify::fault::FaultKind;
use crate::verify::secrets::Secrecy;
use crate::verify::subject::Part;
use crate::verify::written::{Given, parameter};

impl<'a> Examiner<'a> {
    /// Compares the parameters of a request.
    pub(super) fn parameters(&mut self, call: Call<'a, '_>) {
        let parameters = &call.operation.parameters;
        let query = call.url.pairs();
        let headers = call.exchange.request.headers.as_deref();
        let cookies = cookies(call.exchange.request.header("cookie").unwrap_or_default());
        let in_query = parameters.iter().filter(|it| it.place == ParameterPlace::Query);
        let names: Vec<&str> = in_query.map(|it| it.wire.as_str()).collect();
        let given = Given {
            path: call.path,
            query: &query,
            cookies: &cookies,
            headers: headers.unwrap_or_default(),
            names: &names,
        };
        for found in parameters {
            let is_known = match found.place {
                // An exchange that names its operation may have no path.
                ParameterPlace::Path => !call.path.is_empty(),
                ParameterPlace::Query => !call.exchange.url.is_empty(),
                ParameterPlace::Header => headers.is_some() && !is_ignored(&found.wire),
                // Browsers leave cookies out of recordings.
                ParameterPlace::Cookie => !cookies.is_empty(),
            };
            if is_known {
                self.parameter(call, found, &given);
            }
        }
        if self.shared.unknown {
            self.unknown_parameters(call, &query);
        }
    }

    fn parameter(&mut self, call: Call<'a, '_>, found: &'a Parameter, given: &Given<'_, '_>) {
        let part = Part::Parameter(found.place, &found.wire);
        match parameter(&mut self.types, found, given) {
            Ok(Some(value)) => {
                let schema = self.checker.schema_of_parameter(&found.location);
                self.value(Some(call.operation), part, found.ty, &schema, &value);
            }
            Ok(None) if found.presence == Presence::Required => {
                let kind = FaultKind::MissingParameter(found.wire.clone());
                self.of_operation(call, part, kind, found.location.clone(), NOTHING);
            }
            Ok(None) => {}
            Err(_) => self.of_operation(call, part, FaultKind::NotJson, found.location.clone(), NOTHING),
        }
    }

    /// Reports names in the query that are neither parameters, nor parts of parameters, nor secrets.
    fn unknown_parameters(&mut self, call: Call<'a, '_>, query: &[(Cow<'_, str>, &str)]) {
        let is_scheme = |name: &str| {
            self.shared.graph.api().schemes.iter().any(|scheme| match &scheme.place {
                SecretPlace::Query(known) => known == name,
                SecretPlace::Bearer
                | SecretPlace::Basic
                | SecretPlace::Authorization(_)
                | SecretPlace::Header(_)
                | SecretPlace::Cookie(_) => false,
            })
        };
        let in_query: Vec<&Parameter> =
            call.operation.parameters.iter().filter(|it| it.place == ParameterPlace::Query).collect();
        let is_named = |name: &str| {
            let outer = name.split('[').next().unwrap_or_default();
            in_query
                .iter()
                .any(|it| it.wire == name || it.wire == outer || self.types.has_member(it.ty, name))
        };
        let unknown: Vec<&str> = query
            .iter()
            .map(|(name, _)| &**name)
            .filter(|name| !is_named(name) && !is_scheme(name))
            .collect();
        for name in unknown {
            let value = query.iter().find(|(found, _)| found == name).map_or(&"", |(_, value)| value);
            let kind = FaultKind::UnnamedParameter(name.to_owned());
            let part = Part::Parameter(ParameterPlace::Query, name);
            let value = (Value::from(*value), Shown::Value(Secrecy::None));
            self.of_operation(call, part, kind, call.operation.location.clone(), value);
        }
    }
}

/// Whether OpenAPI ignores parameters for this header (OpenAPI 3.1.1 §4.8.12).
fn is_ignored(name: &str) -> bool {
    ["accept", "authorization", "content-type"].iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

fn cookies(header: &str) -> Vec<(&str, &str)> {
    let pairs = header.split(';').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim())).collect()
}
