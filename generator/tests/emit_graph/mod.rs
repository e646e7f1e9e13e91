//! Graphs built by hand, for the tests of naming and of emitting.
#![allow(dead_code, reason = "each test uses a part")]

pub mod everything;

use modelsmith::diagnostics::{FileId, Location, Pointer};
use modelsmith::ir::*;

/// A graph while it is built.
#[derive(Default)]
pub struct Builder {
    pub parts: GraphParts,
}

pub fn here(pointer: &str) -> Location {
    Location::new(FileId::new(0), Pointer::parse(pointer))
}

pub fn docs(text: &str) -> Docs {
    Docs { title: None, description: Some(text.to_owned()), deprecated: false }
}

pub fn some(id: TypeId) -> TypeRef {
    TypeRef { id, nullable: false }
}

pub fn nullable(id: TypeId) -> TypeRef {
    TypeRef { id, nullable: true }
}

pub fn string(value: &str) -> Literal {
    Literal::String(value.to_owned())
}

pub fn field(wire: &str, ty: TypeRef, presence: Presence) -> Property {
    let kind = PropertyKind::Field { ty, presence, boxed: false };
    Property {
        wire: wire.to_owned(),
        docs: Docs::default(),
        location: here(""),
        kind,
        initial: None,
        required_when_sent: false,
        access: Access::Both,
        omits_default: false,
        overrides: Overrides::default(),
    }
}

pub fn boxed(mut property: Property) -> Property {
    if let PropertyKind::Field { boxed, .. } = &mut property.kind {
        *boxed = true;
    }
    property
}

pub fn described(mut property: Property, text: &str) -> Property {
    property.docs = docs(text);
    property
}

pub fn constant(wire: &str, value: Literal, required: bool) -> Property {
    let kind = PropertyKind::Constant { value, required };
    Property {
        wire: wire.to_owned(),
        docs: Docs::default(),
        location: here(""),
        kind,
        initial: None,
        required_when_sent: false,
        access: Access::Both,
        omits_default: false,
        overrides: Overrides::default(),
    }
}

pub fn object(properties: Vec<Property>) -> Shape {
    Shape::Struct(Struct { properties, rest: Rest::Ignore, closed: false })
}

pub fn variant(ty: TypeId) -> Variant {
    Variant {
        name: VariantName::OfType,
        asked: None,
        ty: some(ty),
        boxed: false,
        docs: Docs::default(),
        location: here(""),
    }
}

pub fn called(mut variant: Variant, words: &str) -> Variant {
    variant.name = VariantName::Words(words.to_owned());
    variant
}

pub fn candidate(variant: usize, required: &[&str]) -> Candidate {
    Candidate { variant, required: required.iter().map(|name| (*name).to_owned()).collect() }
}

pub fn arm(value: &str, variant: usize) -> TagArm {
    TagArm { value: TagValue::String(value.to_owned()), variants: vec![candidate(variant, &[])] }
}

pub fn tagged(property: &str, arms: Vec<TagArm>, otherwise: Otherwise) -> VariantSelection {
    VariantSelection::Tagged(Tagged { property: property.to_owned(), arms, missing: Vec::new(), otherwise })
}

pub fn union(variants: Vec<Variant>, object: VariantSelection) -> Shape {
    Shape::Union(Union { variants, reading: TypeSelection { object, ..TypeSelection::default() } })
}

pub fn enumeration(kind: EnumKind, open: bool, values: Vec<Literal>) -> Shape {
    let value = |wire| EnumValue { wire, name: None, asked: None, docs: Docs::default() };
    Shape::Enum(Enum { values: values.into_iter().map(value).collect(), kind, open, extensible: false })
}

pub fn strings(open: bool, values: &[&str]) -> Shape {
    enumeration(EnumKind::String, open, values.iter().map(|value| string(value)).collect())
}

impl Builder {
    pub fn new() -> Self {
        let mut builder = Self::default();
        builder.parts.api = Api {
            title: "Pet \"Store\"".to_owned(),
            version: "1.0".to_owned(),
            description: "Sells pets. See https://pets.example/docs.".to_owned(),
            source: "pets.json".to_owned(),
            ..Api::default()
        };
        builder
    }

    pub fn graph(&self) -> Graph {
        self.parts.clone().freeze()
    }

    pub fn ty(&mut self, name: Option<NameHint>, shape: Shape, has_default: bool) -> TypeId {
        let id = TypeId(self.parts.types.len() as u32);
        self.parts.types.push(Type {
            name,
            docs: Docs::default(),
            location: here(""),
            shape,
            has_default,
            overrides: Overrides::default(),
            secret: false,
            constraints: Default::default(),
        });
        id
    }

    pub fn scalar(&mut self, scalar: Scalar) -> TypeId {
        self.ty(None, Shape::Scalar(scalar), true)
    }

    /// A component schema with its type.
    pub fn component(&mut self, name: &str, shape: Shape, has_default: bool) -> TypeId {
        let owner = Owner::Component(self.parts.components.len());
        let id = self.ty(Some(NameHint { owner, path: Vec::new() }), shape, has_default);
        self.same(name, some(id));
        id
    }

    /// A component schema that is a type which is there already.
    pub fn same(&mut self, name: &str, ty: TypeRef) {
        let location = here("/components/schemas").key(name);
        self.parts.components.push(Component { name: name.to_owned(), ty, location });
    }

    /// A type written inside the last component.
    pub fn inline(&mut self, path: &[&str], shape: Shape, has_default: bool) -> TypeId {
        let owner = Owner::Component(self.parts.components.len() - 1);
        self.inside(owner, path, shape, has_default)
    }

    pub fn inside(&mut self, owner: Owner, path: &[&str], shape: Shape, has_default: bool) -> TypeId {
        let path = path.iter().map(|step| (*step).to_owned()).collect();
        self.ty(Some(NameHint { owner, path }), shape, has_default)
    }

    pub fn operation(&mut self, name: &str, method: Method, path: &str) -> &mut Operation {
        self.parts.operations.push(Operation {
            name: name.to_owned(),
            id: Some(name.to_owned()),
            rename: None,
            place: format!("{} {path}", method.as_str()),
            kind: OperationKind::Path,
            method,
            path: path.to_owned(),
            docs: Docs::default(),
            tags: Vec::new(),
            parameters: Vec::new(),
            body: None,
            responses: Vec::new(),
            headers: Vec::new(),
            stream: None,
            pages: None,
            security: Vec::new(),
            is_open: true,
            server: None,
            location: here("/paths"),
        });
        let last = self.parts.operations.len() - 1;
        &mut self.parts.operations[last]
    }
}

pub fn parameter(wire: &str, place: ParameterPlace, ty: TypeRef, presence: Presence) -> Parameter {
    Parameter {
        wire: wire.to_owned(),
        place,
        form: ParameterForm::of_place(place),
        docs: Docs::default(),
        ty,
        presence,
        initial: None,
        location: here(""),
    }
}

pub fn response(status: Status, content: Content) -> Response {
    let media_types: &[&str] = match content {
        Content::Json(_) => &["application/json"],
        Content::Form(_) => &["application/x-www-form-urlencoded"],
        Content::String => &["application/json", "text/plain"],
        Content::Text => &["text/plain"],
        Content::Bytes => &["application/octet-stream"],
        Content::Empty => &[],
    };
    let media_types = media_types.iter().map(|name| (*name).to_owned()).collect();
    Response {
        status,
        docs: Docs::default(),
        contents: vec![ResponseContent { content, media_types, is_main: true, boxed: false }],
        location: Location::default(),
    }
}
