//! What properties, values, schemas and operations are called in Rust.

use modelsmith::ir::*;
use modelsmith::naming::{self, Names};

use crate::emit_graph::*;

/// The fields of a struct with these properties.
fn fields(wires: &[&str]) -> Vec<String> {
    let mut b = Builder::new();
    let text = b.scalar(Scalar::String);
    let properties = wires.iter().map(|wire| field(wire, some(text), Presence::Required)).collect();
    let id = b.component("Thing", object(properties), false);
    members(&naming::assign(&b.graph()), id, wires.len())
}

/// The variants of an enum with these values, the fallback last.
fn values(wires: &[&str]) -> Vec<String> {
    let mut b = Builder::new();
    let id = b.component("Thing", strings(true, wires), false);
    let names = naming::assign(&b.graph());
    let mut members = members(&names, id, wires.len());
    members.push(names.extra(id).to_owned());
    members
}

fn members(names: &Names, id: TypeId, count: usize) -> Vec<String> {
    (0..count).map(|index| names.member(id, index).to_owned()).collect()
}

/// The names and the modules of these schemas, each with a type of its own.
fn schemas(wires: &[&str]) -> (Vec<String>, Vec<String>) {
    let mut b = Builder::new();
    for wire in wires {
        b.component(wire, object(Vec::new()), true);
    }
    let names = naming::assign(&b.graph());
    let all = 0..wires.len();
    let idents = all.clone().map(|at| names.component_ident(at).unwrap_or_default().to_owned()).collect();
    (idents, all.map(|at| names.component_module(at).unwrap_or_default().to_owned()).collect())
}

#[test]
fn fields_are_snake_case() {
    let table = [
        ("userName", "user_name"),
        ("user-name", "user_name"),
        ("User Name", "user_name"),
        ("HTTPStatus", "http_status"),
        ("userIDs", "user_ids"),
        ("type", "r#type"),
        ("Type", "r#type"),
        ("self", "self_"),
        ("Self", "self_"),
        ("crate", "crate_"),
        ("gen", "r#gen"),
        ("$ref", "ref"),
        ("@id", "id"),
        ("_links", "links"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("1m", "n1m"),
        ("200", "n200"),
        ("*", "star"),
        ("", "empty"),
        ("  ", "space_space"),
        ("[]", "bracket_bracket"),
        ("größe", "grosse"),
        ("名前", "ming_qian"),
        ("👍", "plus_1"),
        ("\u{e000}", "ue000"),
        ("x; fn f()", "x_fn_f"),
    ];
    for (wire, expected) in table {
        let expected = if wire == "$ref" { "r#ref" } else { expected };
        assert_eq!(fields(&[wire]), [expected], "{wire:?}");
    }
}

#[test]
fn values_are_pascal_case() {
    let table = [
        ("LOW", "Low"),
        ("in_progress", "InProgress"),
        ("MCPTool", "MCPTool"),
        ("-created_at", "MinusCreatedAt"),
        ("A+", "APlus"),
        ("A-", "AMinus"),
        ("C#", "CHash"),
        (">=", "GtEq"),
        ("!=", "NotEq"),
        ("1.0", "V1_0"),
        ("2022-11-28", "V2022_11_28"),
        ("self", "Self_"),
        ("", "Empty"),
        ("application/json", "ApplicationJson"),
    ];
    for (wire, expected) in table {
        assert_eq!(values(&[wire]), [expected, "Unknown"], "{wire:?}");
    }
    assert_eq!(values(&["unknown"]), ["Unknown", "Unrecognized"]);
    assert_eq!(values(&["unknown", "unrecognized"]), ["Unknown", "Unrecognized", "UnknownValue"]);
}

#[test]
fn a_name_as_it_stands_comes_first() {
    assert_eq!(fields(&["userName", "user_name"]), ["user_name_2", "user_name"]);
    assert_eq!(fields(&["a-b", "a_b", "a.b", "aB"]), ["a_minus_b", "a_b", "a_dot_b", "a_b_2"]);
    assert_eq!(fields(&["Name", "name", "NAME"]), ["name_2", "name", "name_3"]);
    assert_eq!(fields(&["$ref", "ref"]), ["dollar_ref", "r#ref"]);
    assert_eq!(fields(&["a_2", "A", "a"]), ["a_2", "a_3", "a"]);
    assert_eq!(values(&["low", "LOW", "Low"]), ["Low2", "Low3", "Low", "Unknown"]);
    assert_eq!(values(&["1", "-1", "+1"]), ["V1", "Minus1", "Plus1", "Unknown"]);
    assert_eq!(values(&["1.0", "1-0"]), ["V1_0", "V1Minus0", "Unknown"]);
}

#[test]
fn schemas_are_named_by_their_shortest_tail() {
    let table = [
        ("HTTPValidationError", "HTTPValidationError", "http_validation_error"),
        ("LLM", "LLM", "llm"),
        ("MCPToolAction", "MCPToolAction", "mcp_tool_action"),
        ("pkg__mod__Tool", "Tool", "tool"),
        ("io.k8s.api.core.v1.Pod", "Pod", "pod"),
        ("Foo.Bar.Baz", "Baz", "baz"),
        ("checkout.session", "CheckoutSession", "checkout_session"),
        ("api.V1", "ApiV1", "api_v1"),
        ("Page[Item]", "PageItem", "page_item"),
        ("Page[pkg.mod.Item]", "PageItem", "page_item"),
        ("A«B»", "AB", "ab"),
        ("Page_Item_", "PageItem", "page_item"),
        ("simple-user", "SimpleUser", "simple_user"),
        ("Option", "OptionModel", "option_model"),
        ("self", "Self_", "self_"),
        ("2FA", "V2fa", "v2fa"),
        ("x; fn f()", "XFnF", "x_fn_f"),
        ("Runtime", "Runtime", "runtime_model"),
        ("Con", "Con", "con_model"),
        ("Mod", "Mod", "mod_"),
        ("Type", "Type", "type_"),
    ];
    for (wire, ident, module) in table {
        assert_eq!(schemas(&[wire]), (vec![ident.to_owned()], vec![module.to_owned()]), "{wire:?}");
    }
}

#[test]
fn schemas_that_would_collide() {
    let (idents, modules) = schemas(&["a.v1.Pod", "b.v1.Pod", "b.v2.Pod", "Pod", "pod", "POD"]);
    assert_eq!(idents, ["V1Pod", "BV1Pod", "V2Pod", "Pod", "PodModel", "POD"]);
    assert_eq!(modules, ["v1_pod", "bv1_pod", "v2_pod", "pod", "pod_model", "pod_2"]);
}

#[test]
fn two_sides_of_one_model() {
    let mut b = Builder::new();
    let one = b.component("m__A-Input", object(Vec::new()), true);
    b.same("m__A-Output", some(one));
    b.component("B-Input", object(Vec::new()), true);
    b.component("B-Output", object(Vec::new()), true);
    b.component("C-Input", object(Vec::new()), true);
    let names = naming::assign(&b.graph());
    let idents: Vec<Option<&str>> = (0..5).map(|at| names.component_ident(at)).collect();
    assert_eq!(idents, [Some("A"), None, Some("BInput"), Some("BOutput"), Some("CInput")]);
    assert_eq!(names.component_module(1), None);
}

#[test]
fn types_inside_others() {
    let mut b = Builder::new();
    b.component("ActionEvent", object(Vec::new()), true);
    let source = b.inline(&["source"], strings(true, &["a"]), false);
    let kind = b.inline(&["event_type"], strings(true, &["a"]), false);
    let again = b.inline(&["event", "event"], object(Vec::new()), true);
    b.component("ActionEventSource", object(Vec::new()), true);
    b.operation("get_it", Method::Get, "/it");
    let filter = b.inside(Owner::Operation(0), &["params", "filter"], object(Vec::new()), true);
    let params = b.inside(Owner::Operation(0), &["params"], object(Vec::new()), true);
    let names = naming::assign(&b.graph());
    assert_eq!(names.type_path(source).as_deref(), Some("ActionEventSource2"));
    assert_eq!(names.type_path(kind).as_deref(), Some("ActionEventType"));
    assert_eq!(names.type_path(again).as_deref(), Some("ActionEventEventEvent"));
    assert_eq!(names.type_path(filter).as_deref(), Some("operations::get_it::ParamsFilter"));
    assert_eq!(names.type_path(params).as_deref(), Some("operations::get_it::GetItParams"));
}

/// rustc warns of an underscore in the middle of a type's name (`Self_Model`).
#[test]
fn self_has_an_underscore_only_where_nothing_follows() {
    let (idents, modules) =
        schemas(&["self", "self_model", "SelfModel", "self-Input", "a.Self", "Self[Pet]"]);
    assert_eq!(idents, ["Self_", "SelfUnderscoreModel", "SelfModel", "SelfInput", "ASelf", "SelfPet"]);
    assert_eq!(modules, ["self_", "self_underscore_model", "self_model", "self_input", "a_self", "self_pet"]);
    let mut b = Builder::new();
    let owner = b.component("self", object(Vec::new()), false);
    let inner = b.inside(Owner::Component(0), &["self", "model"], object(Vec::new()), false);
    let last = b.inside(Owner::Component(0), &["model", "self"], object(Vec::new()), false);
    let operation = b.operation("self", Method::Get, "/self").name.clone();
    let response = b.inside(Owner::Operation(0), &["self", "response"], object(Vec::new()), false);
    let names = naming::assign(&b.graph());
    let path = |id| names.type_path(id).unwrap_or_default();
    assert_eq!(
        [path(owner), path(inner), path(last), path(response)],
        ["Self_", "SelfSelfModel", "SelfModelSelf", "operations::self_::SelfResponse"],
        "{operation}"
    );
}

#[test]
fn operations_and_what_is_theirs() {
    let mut b = Builder::new();
    let text = b.scalar(Scalar::String);
    let first = b.operation("list pets", Method::Get, "/pets");
    first.id = Some("list_pets_pets_get".to_owned());
    first.parameters = vec![
        parameter("id", ParameterPlace::Path, some(text), Presence::Required),
        parameter("ID", ParameterPlace::Query, some(text), Presence::Required),
    ];
    first.responses = [Status::Code(200), Status::Code(299), Status::Range(4), Status::Default]
        .map(|status| response(status, Content::Empty))
        .into();
    b.operation("list_pets", Method::Get, "/v2/pets");
    b.operation("mod", Method::Get, "/mod");
    b.operation("list pets", Method::Get, "/v3/pets").id = None;
    let names = naming::assign(&b.graph());
    let modules: Vec<&str> = (0..4).map(|at| names.operation(at).module.as_str()).collect();
    assert_eq!(modules, ["list_pets_pets_get", "list_pets", "mod_", "get_v3_pets"]);
    assert_eq!(names.operation(0).parameters, ["id", "id_2"]);
    assert_eq!(names.operation(0).responses, [["Ok"], ["Status299"], ["Status4xx"], ["Default"]]);
}
