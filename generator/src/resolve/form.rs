//! How parameters and the fields of forms are written: `style`, `explode`, `allowReserved`, `content` (OpenAPI 3.1.1
//! §4.8.12, §4.8.15).

use openapiv3::{MediaType, Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle};

use super::media::{self, Kind};
use crate::ir::{FormField, ParameterForm, ParameterStyle};

/// How a parameter is written.
pub(super) fn of_parameter(parameter: &Parameter) -> ParameterForm {
    let data = parameter.parameter_data_ref();
    let (style, reserved) = match parameter {
        Parameter::Query { style, allow_reserved, .. } => (query_style(style), *allow_reserved),
        Parameter::Path { style: PathStyle::Simple, .. } | Parameter::Header { .. } => {
            (ParameterStyle::Simple, false)
        }
        Parameter::Path { style: PathStyle::Label, .. } => (ParameterStyle::Label, false),
        Parameter::Path { style: PathStyle::Matrix, .. } => (ParameterStyle::Matrix, false),
        Parameter::Cookie { .. } => (ParameterStyle::Form, false),
    };
    let style = match &data.format {
        ParameterSchemaOrContent::Content(content)
            if content.keys().next().is_some_and(|name| is_json(name)) =>
        {
            ParameterStyle::Json
        }
        ParameterSchemaOrContent::Content(_) | ParameterSchemaOrContent::Schema(_) => style,
    };
    ParameterForm { style, explode: data.explode.unwrap_or(style == ParameterStyle::Form), reserved }
}

/// What the encoding object says of the fields of a form.
pub(super) fn of_fields(media: &MediaType) -> Vec<FormField> {
    let fields = media.encoding.iter().map(|(property, encoding)| {
        let style = encoding.style.as_ref().map(query_style);
        // `lower` has filled in what `explode` is by default.
        let is_said = style.is_some() || !encoding.explode || encoding.allow_reserved;
        let form = ParameterForm {
            style: style.unwrap_or(ParameterStyle::Form),
            explode: encoding.explode,
            reserved: encoding.allow_reserved,
        };
        FormField {
            property: property.clone(),
            media_type: encoding.content_type.clone(),
            form: is_said.then_some(form),
        }
    });
    fields.collect()
}

fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

pub(super) fn is_json(media_type: &str) -> bool {
    media::kind(&media::essence(media_type)) == Some(Kind::Json)
}
