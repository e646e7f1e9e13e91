//! Emits the constructors of structs: `Default` if no value is required, otherwise `new` with the required values.

use super::file::File;
use super::literal;
use super::spelling::is_complex;
use super::text::{WIDTH, wrapped};
use crate::ir::{
    Literal, MOST_ARGUMENTS, Operation, Parameter, PropertyKind, Scalar, Shape, Struct, TypeId, TypeRef,
    fills_itself,
};

/// An argument of `new`: a name and a type.
struct Argument {
    name: String,
    ty: String,
}

/// The text after the name of a struct in its macro call: `: Default` or `: new(…)`.
pub(super) fn making(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Struct) -> String {
    let given = file.cx.graph.given(id);
    if given.is_empty() {
        return if file.cx.graph.get(id).has_default { ": Default".to_owned() } else { String::new() };
    }
    if !file.cx.constructors || !file.cx.graph.has_base(id) {
        return String::new();
    }
    match file.cx.required_ident(id) {
        Some(required) => {
            let names: Vec<&str> = given.iter().map(|&index| file.cx.names.member(id, index)).collect();
            let spelled = pattern(required, &names);
            let line = format!("runtime::object!({}{ident}: new({spelled}) {{", file.secret(id));
            if line.len() > WIDTH {
                format!(": new(\n{},\n)", wrapped(&format!("    {spelled}"), 2))
            } else {
                format!(": new({spelled})")
            }
        }
        None => {
            let arguments = arguments(file, id, shape, argument_type);
            let spelled = listed(&arguments);
            let line = format!("runtime::object!({}{ident}: new({spelled}) {{", file.secret(id));
            if line.len() > WIDTH {
                let lines: Vec<String> =
                    arguments.iter().map(|it| format!("    {}: {},\n", it.name, it.ty)).collect();
                format!(": new(\n{})", lines.concat())
            } else {
                format!(": new({spelled})")
            }
        }
    }
}

/// Emits the struct that `new` takes, if too many values are required.
pub(super) fn required_of(file: &mut File<'_>, id: TypeId, ident: &str, shape: &Struct) {
    if let Some(required) = file.cx.required_ident(id) {
        let fields = arguments(file, id, shape, given_type);
        required_struct(file, required, ident, &fields);
    }
}

/// The required values, with types in the notation of `spell`.
fn arguments(
    file: &mut File<'_>,
    id: TypeId,
    shape: &Struct,
    spell: fn(&mut File<'_>, TypeRef, bool) -> String,
) -> Vec<Argument> {
    let mut arguments = Vec::new();
    for index in file.cx.graph.given(id) {
        if let PropertyKind::Field { ty, boxed, .. } = &shape.properties[index].kind {
            let ty = spell(file, *ty, *boxed);
            arguments.push(Argument { name: file.cx.names.member(id, index).to_owned(), ty });
        }
    }
    arguments
}

/// Emits the struct of the required values.
fn required_struct(file: &mut File<'_>, required: &str, ident: &str, fields: &[Argument]) {
    file.gap();
    file.line(0, format!("/// What `{ident}::new` takes."));
    file.line(0, format!("pub struct {required} {{"));
    for field in fields {
        file.allow_complex(1, &field.ty);
        file.line(1, format!("pub {}: {},", field.name, field.ty));
    }
    file.line(0, "}");
}

/// Emits `Params::new`, if parameters are required.
pub(super) fn params_constructor(
    file: &mut File<'_>,
    operation: &Operation,
    fields: &[(&Parameter, &String)],
) {
    let given = file.cx.graph.given_parameters(operation);
    if given.is_empty() || !file.cx.constructors {
        return;
    }
    let is_named = given.len() > MOST_ARGUMENTS;
    let mut arguments = Vec::with_capacity(given.len());
    for &index in &given {
        let (parameter, name) = fields[index];
        let ty = if is_named {
            given_type(file, parameter.ty, false)
        } else {
            argument_type(file, parameter.ty, false)
        };
        arguments.push(Argument { name: name.clone(), ty });
    }
    let list = if is_named {
        required_struct(file, "ParamsRequired", "Params", &arguments);
        let names: Vec<&str> = arguments.iter().map(|field| field.name.as_str()).collect();
        pattern("ParamsRequired", &names)
    } else {
        listed(&arguments)
    };
    file.gap();
    file.line(0, "impl Params {");
    file.line(1, "/// Parameters with these values; the others are absent or have their defaults.");
    if !is_named && let Some(complex) = arguments.iter().find(|argument| is_complex(&argument.ty)) {
        file.allow_complex(1, &complex.ty);
    }
    let open = format!("pub fn new({list}) -> Self {{");
    if open.len() + 4 <= WIDTH || is_named {
        file.line(1, open);
    } else {
        file.line(1, "pub fn new(");
        arguments.iter().for_each(|argument| file.line(2, format!("{}: {},", argument.name, argument.ty)));
        file.line(1, ") -> Self {");
    }
    let mut values = Vec::with_capacity(fields.len());
    for (index, (parameter, name)) in fields.iter().enumerate() {
        let argument = arguments.iter().find(|argument| argument.name == **name);
        values.push(match argument.filter(|_| given.contains(&index)) {
            Some(argument) if argument.ty.starts_with("impl ") => format!("{name}: {name}.into()"),
            Some(_) => (*name).clone(),
            None => format!("{name}: {}", parameter_value(file, parameter)),
        });
    }
    let one_line = format!("Self {{ {} }}", values.join(", "));
    if one_line.len() + 8 <= WIDTH && !one_line.contains('\n') {
        file.line(2, one_line);
    } else {
        file.line(2, "Self {");
        values.iter().for_each(|value| file.line(3, format!("{value},")));
        file.line(2, "}");
    }
    file.line(1, "}");
    file.line(0, "}");
}

/// The value of a parameter that is not an argument.
fn parameter_value(file: &mut File<'_>, parameter: &Parameter) -> String {
    match parameter.default_value() {
        Some(value) => {
            let value = value.clone();
            literal::expression(file, &value, parameter.ty, false, 3)
        }
        None if fills_itself(file.cx.graph.types(), parameter.ty) => "Default::default()".to_owned(),
        None => "None".to_owned(),
    }
}

/// The expression for a required field that has a default value.
pub(super) fn filled(file: &mut File<'_>, ty: TypeRef, boxed: bool) -> Option<String> {
    if !fills_itself(file.cx.graph.types(), ty) {
        return None;
    }
    let made = Literal::Struct(ty.id, Vec::new(), Vec::new());
    Some(literal::expression(file, &made, ty, boxed, 1))
}

/// The type of an argument: `impl Into<…>` if other types convert into it.
fn argument_type(file: &mut File<'_>, ty: TypeRef, boxed: bool) -> String {
    let spelled = given_type(file, ty, boxed);
    if boxed || !is_convertible(file, ty) { spelled } else { format!("impl Into<{spelled}>") }
}

/// The type of an argument for a field, without its box.
fn given_type(file: &mut File<'_>, ty: TypeRef, boxed: bool) -> String {
    // There is no conversion from `Option<T>` to `Option<Box<T>>`.
    let is_option = ty.nullable || file.cx.graph.unaliased(ty).nullable;
    file.boxed_type(ty, boxed && is_option, false)
}

/// Whether other types convert into this one: strings, a variant, JSON.
fn is_convertible(file: &File<'_>, ty: TypeRef) -> bool {
    let content = file.cx.graph.unaliased(ty);
    if content.nullable {
        return false;
    }
    if file.cx.graph.is_secret(ty.id) {
        return true;
    }
    match &file.cx.graph.get(content.id).shape {
        Shape::Scalar(Scalar::String | Scalar::Secret | Scalar::Base64 | Scalar::Binary) => true,
        Shape::Scalar(_) => false,
        Shape::Union(_) | Shape::Any(_) => true,
        // A value that the document allows and does not list is a string.
        Shape::Enum(shape) => shape.extensible,
        Shape::Struct(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Newtype { .. }
        | Shape::Alias(_)
        | Shape::External(_) => false,
    }
}

/// The arguments of a signature.
fn listed(arguments: &[Argument]) -> String {
    let all: Vec<String> = arguments.iter().map(|it| format!("{}: {}", it.name, it.ty)).collect();
    all.join(", ")
}

/// The pattern that destructures a struct argument.
fn pattern(required: &str, names: &[&str]) -> String {
    format!("{required} {{ {} }}: {required}", names.join(", "))
}
