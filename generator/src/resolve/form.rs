//! How parameters and the fields of forms are written: `style`, `explode`, `allowReserved`, `content` (OpenAPI 3.1.1
//! §4.8.12, §4.8.15).

use super::media::{self, Kind};
use crate::document::{Holds, MediaType, Parameter, ParameterPlace, PathStyle, QueryStyle};
use crate::ir::{FormField, ParameterForm, ParameterStyle};

/// How a parameter is written.
pub(super) fn of_parameter(parameter: &Parameter) -> ParameterForm {
    let (style, reserved) = match &parameter.place {
        ParameterPlace::Query { style, allow_reserved, .. } => (query_style(*style), *allow_reserved),
        ParameterPlace::Path(PathStyle::Simple) | ParameterPlace::Header => (ParameterStyle::Simple, false),
        ParameterPlace::Path(PathStyle::Label) => (ParameterStyle::Label, false),
        ParameterPlace::Path(PathStyle::Matrix) => (ParameterStyle::Matrix, false),
        ParameterPlace::Cookie => (ParameterStyle::Form, false),
    };
    let style = match &parameter.holds {
        Holds::Content(content) if content.keys().next().is_some_and(|name| is_json(name)) => {
            ParameterStyle::Json
        }
        Holds::Content(_) | Holds::Schema(_) => style,
    };
    ParameterForm { style, explode: parameter.explode.unwrap_or(style == ParameterStyle::Form), reserved }
}

/// What the encoding object says of the fields of a form.
pub(super) fn of_fields(media: &MediaType) -> Vec<FormField> {
    let fields = media.encoding.iter().map(|(property, encoding)| {
        let style = encoding.style.map(query_style);
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

fn query_style(style: QueryStyle) -> ParameterStyle {
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
