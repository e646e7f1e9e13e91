//! One of everything.

use super::*;

pub fn everything() -> Graph {
    let mut b = Builder::new();
    let text = b.scalar(Scalar::String);
    let flag = b.scalar(Scalar::Boolean);
    let count = b.scalar(Scalar::Integer(IntegerKind::I64));
    let ratio = b.scalar(Scalar::Float(FloatKind::F64));
    let risk = b.component(
        "SecurityRisk",
        strings(true, &["LOW", "high", "-created", "unknown", "1.0", "10"]),
        false,
    );
    let closed = b.component("order", strings(false, &["asc", "desc"]), false);
    // Names that the macros could mean something else by.
    let d = b.component("D", strings(true, &["Err", "error", "S", "self"]), false);
    b.component("Error", strings(false, &["Err"]), false);
    let a = b.component("A", object(vec![field("D", some(d), Presence::Optional)]), true);
    b.component("S", union(vec![variant(a)], VariantSelection::Single(0)), false);
    b.component("T", enumeration(EnumKind::Integer, false, vec![Literal::Integer(1)]), false);
    b.component("E", enumeration(EnumKind::Mixed, false, vec![Literal::Float(1.5), string("E")]), false);
    let level = b.component(
        "Level",
        enumeration(EnumKind::Integer, true, vec![Literal::Integer(1), Literal::Integer(-1)]),
        false,
    );
    let mixed = b.component(
        "Mixed",
        enumeration(EnumKind::Mixed, true, vec![string("a"), Literal::Integer(1), Literal::Bool(true)]),
        false,
    );
    let never =
        b.component("NeverConfirm", object(vec![constant("kind", string("NeverConfirm"), true)]), true);
    let risky = b.component(
        "ConfirmRisky",
        object(vec![
            described(
                field("threshold", some(risk), Presence::Default(Literal::EnumValue(risk, 1))),
                "From where up.",
            ),
            constant("kind", string("ConfirmRisky"), false),
            field("confirm_unknown", some(flag), Presence::Default(Literal::Bool(true))),
            field(
                "odd",
                some(risk),
                Presence::Default(Literal::UnknownEnumValue(risk, Box::new(string("odd")))),
            ),
        ]),
        true,
    );
    let policy = b.component(
        "pkg__policies__ConfirmationPolicyBase",
        union(
            vec![variant(never), variant(risky)],
            tagged("kind", vec![arm("NeverConfirm", 0), arm("ConfirmRisky", 1)], Otherwise::Unknown),
        ),
        false,
    );
    let closed_policy = b.component(
        "ClosedPolicy",
        union(
            vec![variant(never), called(variant(risky), "risky one")],
            tagged("kind", vec![arm("NeverConfirm", 0), arm("ConfirmRisky", 1)], Otherwise::Refuse),
        ),
        false,
    );
    let texts = b.ty(None, Shape::List(some(text)), true);
    let numbers = b.ty(None, Shape::Map(nullable(ratio)), true);
    let input = b.component(
        "Input",
        Shape::Union(Union {
            variants: vec![
                variant(text),
                variant(count),
                variant(texts),
                variant(never),
                variant(risky),
                variant(flag),
            ],
            reading: TypeSelection {
                boolean: vec![5],
                integer: vec![1],
                number: vec![],
                string: vec![0],
                array: vec![2],
                object: VariantSelection::BestMatch(vec![candidate(3, &["kind"]), candidate(4, &[])]),
            },
        }),
        false,
    );
    let by_tag = b.component(
        "ByTag",
        union(
            vec![variant(never), variant(risky)],
            VariantSelection::Tagged(Tagged {
                property: "kind".to_owned(),
                arms: vec![
                    arm("NeverConfirm", 0),
                    TagArm {
                        value: TagValue::Integer(1),
                        variants: vec![candidate(0, &["kind"]), candidate(1, &["threshold", "kind"])],
                    },
                    TagArm { value: TagValue::Boolean(true), variants: vec![candidate(1, &[])] },
                ],
                missing: vec![candidate(1, &[])],
                otherwise: Otherwise::Variant(1),
            }),
        ),
        false,
    );
    let tree = b.component("Tree", Shape::Any(AnyReason::Unconstrained), true);
    let trees = b.ty(None, Shape::List(some(tree)), true);
    b.parts.types[tree.0 as usize].shape = Shape::Newtype { content: some(trees), boxed: false };
    let node = b.component("Node", Shape::Any(AnyReason::Unconstrained), true);
    let nodes = b.ty(None, Shape::List(some(node)), true);
    b.parts.types[node.0 as usize].shape = object(vec![
        boxed(field("next", some(node), Presence::Optional)),
        field("children", some(nodes), Presence::Default(Literal::List(Vec::new()))),
    ]);
    let maybe = b.component("MaybeText", Shape::Alias(nullable(text)), true);
    let deep = deep_list(&mut b, text, 7);
    values(&mut b, &[text, flag, count, ratio, texts, numbers, policy, maybe, deep, risk, never, risky]);
    let everything = b.parts.components.len() - 1;
    let inline = b.inside(Owner::Component(everything), &["inner thing"], object(vec![]), true);
    let tuple = b.ty(None, Shape::Tuple(modelsmith::ir::Tuple::of(vec![some(text), nullable(count)])), true);
    b.component("Names", Shape::List(nullable(text)), true);
    b.component("Pair", Shape::Tuple(modelsmith::ir::Tuple::of(vec![some(inline), some(tuple)])), true);
    b.same("io.k8s.api.core.v1.Other", nullable(texts));
    let shared =
        b.component("Thing-Input", object(vec![field("type", some(text), Presence::Required)]), false);
    b.same("Thing-Output", some(shared));
    let all = b.component(
        "All",
        Shape::Struct(Struct {
            properties: vec![
                field("self", some(closed), Presence::Required),
                field("level", nullable(level), Presence::Required),
                field("mixed", some(mixed), Presence::Optional),
                field("closed policy", some(closed_policy), Presence::Required),
                field("input", some(input), Presence::Required),
                field("by-tag", nullable(by_tag), Presence::ThreeState),
                field("tree", some(tree), Presence::Required),
                field("maybe", nullable(maybe), Presence::Optional),
                field("+1", some(count), Presence::Required),
                field("-1", some(count), Presence::Required),
                field("tuple", some(tuple), Presence::Required),
                field("additional_properties", some(deep), Presence::Required),
            ],
            rest: Rest::Keep(some(count)),
            closed: false,
        }),
        false,
    );
    b.parts.types[all.0 as usize].docs = docs(DESCRIPTION);
    operations(&mut b, all, never, texts, text, count);
    b.graph()
}

fn deep_list(b: &mut Builder, of: TypeId, depth: usize) -> TypeId {
    (0..depth).fold(of, |of, _| b.ty(None, Shape::List(some(of)), true))
}

/// A struct with a default of every kind.
fn values(b: &mut Builder, types: &[TypeId]) {
    let &[text, flag, count, ratio, texts, numbers, policy, maybe, deep, risk, never, risky] = types else {
        panic!("twelve types")
    };
    let uuid = b.scalar(Scalar::Uuid);
    let date = b.scalar(Scalar::Date);
    let instant = b.scalar(Scalar::DateTime);
    let bytes = b.scalar(Scalar::Base64);
    let secret = b.scalar(Scalar::Secret);
    let single = b.scalar(Scalar::Float(FloatKind::F32));
    let any = b.ty(None, Shape::Any(AnyReason::Unconstrained), true);
    let default = |wire: &str, ty, value| field(wire, ty, Presence::Default(value));
    let json = serde_json::json!({"a": [1, -2.5, null, "x", 18446744073709551615_u64], "b": {}});
    let long = (0..30).map(|at| string(&format!("value number {at}"))).collect();
    let inner = Literal::Struct(risky, vec![(2, Literal::Bool(false))], vec![]);
    let properties = vec![
        default("text", some(text), string("a \"quoted\" \\ text\n")),
        default("flag", nullable(flag), Literal::Bool(true)),
        default("count", some(count), Literal::Integer(-20)),
        default("ratio", some(ratio), Literal::Integer(8)),
        default("pi", some(ratio), Literal::Float(314.0 / 100.0)),
        default("e", some(single), Literal::Float(2718.0 / 1000.0)),
        default("large", some(ratio), Literal::Float(1e30)),
        default("texts", some(texts), Literal::List(long)),
        default(
            "numbers",
            some(numbers),
            Literal::Map(vec![("one".to_owned(), Literal::Float(1.0)), ("none".to_owned(), Literal::Null)]),
        ),
        default(
            "policy",
            some(policy),
            Literal::Variant(policy, 0, Box::new(Literal::Struct(never, vec![], vec![]))),
        ),
        default("inner", nullable(policy), Literal::Variant(policy, 1, Box::new(inner))),
        default("maybe", some(maybe), string("alias")),
        default("risk", some(risk), Literal::EnumValue(risk, 0)),
        default("id", some(uuid), string("67e55044-10b1-426f-9247-bb680e5fe0c8")),
        default("date", some(date), string("2024-02-29")),
        default("instant", some(instant), string("1969-07-20T20:17:40.5+02:00")),
        default("bytes", some(bytes), string("aGVsbG8=")),
        default("secret", nullable(secret), string("hush")),
        default("any", some(any), Literal::Any(json)),
        field("deep", some(deep), Presence::Required),
    ];
    b.component("com.example.values.Everything", object(properties), true);
}

fn operations(b: &mut Builder, all: TypeId, never: TypeId, texts: TypeId, text: TypeId, count: TypeId) {
    let body = b.inside(
        Owner::Operation(0),
        &["body"],
        object(vec![field("a", some(all), Presence::Required)]),
        false,
    );
    let item = b.inside(Owner::Operation(0), &["body", "item"], object(vec![]), true);
    let items = b.ty(None, Shape::List(some(item)), true);
    let operation = b.operation("create_pet", Method::Post, "/pets/{id}");
    operation.docs = docs("Creates a pet.\n\n    curl -X POST [id] <pet>");
    operation.parameters = vec![
        parameter("id", ParameterPlace::Path, some(text), Presence::Required),
        parameter("X-Trace", ParameterPlace::Header, some(text), Presence::Optional),
        parameter("limit", ParameterPlace::Query, some(count), Presence::Default(Literal::Integer(20))),
    ];
    operation.body = Some(Body {
        docs: Docs::default(),
        main: sent_as(Content::Json(some(body)), "application/json"),
        others: Vec::new(),
        required: true,
        location: Location::default(),
    });
    operation.responses = vec![
        in_box(response(Status::Code(200), Content::Json(nullable(all)))),
        response(Status::Code(201), Content::Json(some(items))),
        response(Status::Code(204), Content::Empty),
        response(Status::Range(4), Content::Json(some(never))),
        response(Status::Default, Content::Text),
    ];
    let operation = b.operation("move", Method::Get, "/move");
    operation.parameters = vec![
        parameter("tag", ParameterPlace::Query, some(texts), Presence::Default(Literal::List(Vec::new()))),
        parameter("offset", ParameterPlace::Query, some(count), Presence::Default(Literal::Integer(0))),
        parameter("name", ParameterPlace::Query, some(text), Presence::Default(string(""))),
        parameter("id", ParameterPlace::Path, some(text), Presence::Required),
    ];
    operation.body = Some(Body {
        docs: docs("What to move."),
        main: sent_as(Content::Form(some(all)), "multipart/form-data"),
        others: Vec::new(),
        required: false,
        location: Location::default(),
    });
    operation.responses =
        vec![response(Status::Code(200), Content::Bytes), response(Status::Range(5), Content::Empty)];
    let operation = b.operation("Models", Method::Query, "on_event");
    operation.kind = OperationKind::Webhook;
    operation.docs.deprecated = true;
}

const DESCRIPTION: &str = "All of it, see [Other] and <b>this</b> <Thing>: https://example.com/a_b.

    def python():
        return [x for x in y]

```
let unclosed = 1;
* a list
";

fn sent_as(content: Content, media_type: &str) -> BodyContent {
    let media_type = media_type.to_owned();
    BodyContent { content, media_type, files: Vec::new(), fields: Vec::new(), boxed: false }
}

/// The response with its content in a box.
fn in_box(mut response: Response) -> Response {
    response.contents.iter_mut().for_each(|found| found.boxed = true);
    response
}
