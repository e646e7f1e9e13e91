//! Which side of a pair can be made from the other one, field by field.

use std::collections::HashMap;

use crate::ir::{
    Access, Conversion, Pair, PairOrigin, Presence, Property, PropertyKind, Rest, Shape, Struct, TypeId,
    TypeRef, Union,
};
use crate::limits::SPELLED_DEPTH;
use crate::resolve::draft::DraftGraph;

/// The conversions between the two types of each pair, in the order of the pairs. `map_type` is the type of maps that the
/// settings choose.
pub(super) fn conversions(draft: &DraftGraph, map_type: Option<&str>) -> Vec<Conversion> {
    let candidates: Vec<(Conversion, &Pair)> =
        draft.pairs.iter().filter(|pair| is_item(draft, pair.sent)).flat_map(ways).collect();
    let known = candidates.iter().enumerate().map(|(at, (it, _))| ((it.from, it.to), at)).collect();
    let converts_maps = map_type.is_none_or(|path| KNOWN_MAPS.iter().any(|known| path.starts_with(known)));
    let mut fails = vec![false; candidates.len()];
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); candidates.len()];
    let mut todo = Vec::new();
    for (at, (conversion, pair)) in candidates.iter().enumerate() {
        let mut check = Check { draft, known: &known, converts_maps, needs: Vec::new() };
        if check.converts(*conversion, pair) {
            check.needs.into_iter().for_each(|needed| needed_by[needed].push(at));
        } else {
            todo.push(at);
        }
    }
    // What needs a conversion that there is not cannot be converted either.
    while let Some(at) = todo.pop() {
        if !std::mem::replace(&mut fails[at], true) {
            todo.extend(&needed_by[at]);
        }
    }
    candidates.into_iter().zip(fails).filter(|(_, fails)| !fails).map(|((it, _), _)| it).collect()
}

/// Maps that are made of entries.
const KNOWN_MAPS: [&str; 2] = ["std::collections::", "indexmap::"];

/// Whether a type is an item that can have an implementation: what is spelled by its structure is converted in place.
fn is_item(draft: &DraftGraph, id: TypeId) -> bool {
    draft.get(id).shape.needs_name()
}

/// The conversions that a pair may have.
fn ways(pair: &Pair) -> Vec<(Conversion, &Pair)> {
    let Pair { read, sent, origin } = *pair;
    let into_sent = Conversion { from: read, to: sent };
    let into_read = Conversion { from: sent, to: read };
    match origin {
        PairOrigin::Document => vec![(into_read, pair), (into_sent, pair)],
        PairOrigin::Split => vec![(into_sent, pair)],
    }
}

/// Looks at one conversion on the assumption that the others are there.
struct Check<'d> {
    draft: &'d DraftGraph,
    known: &'d HashMap<(TypeId, TypeId), usize>,
    converts_maps: bool,
    /// The conversions that are assumed.
    needs: Vec<usize>,
}

impl Check<'_> {
    fn converts(&mut self, conversion: Conversion, pair: &Pair) -> bool {
        let Conversion { from, to } = conversion;
        match (&self.draft.get(from).shape, &self.draft.get(to).shape) {
            (Shape::Struct(from), Shape::Struct(to)) => self.structs(from, to, conversion.to == pair.sent),
            (Shape::Union(from), Shape::Union(to)) if pair.origin == PairOrigin::Split => {
                self.unions(from, to)
            }
            (Shape::Newtype { content: from, .. }, Shape::Newtype { content: to, .. }) => {
                self.same_use(*from, *to, 0)
            }
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::Newtype { .. }
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => false,
        }
    }

    fn structs(&mut self, from: &Struct, to: &Struct, is_sent: bool) -> bool {
        let same_rest = match (from.rest, to.rest) {
            (Rest::Keep(from), Rest::Keep(to)) => from == to,
            // What is kept on one side only would be lost on the other.
            (Rest::Keep(_), Rest::Ignore | Rest::Deny) => false,
            (Rest::Ignore | Rest::Deny, Rest::Ignore | Rest::Deny | Rest::Keep(_)) => true,
        };
        let nothing_is_lost = from.properties.iter().all(|property| match &property.kind {
            PropertyKind::Field { .. } => {
                let does_not_travel = is_sent && property.access == Access::ReadOnly;
                does_not_travel || find(to, &property.wire).is_some()
            }
            PropertyKind::Constant { .. } => true,
        });
        same_rest && nothing_is_lost && to.properties.iter().all(|property| self.can_be_made(from, property))
    }

    /// Whether a property can be taken over, or left out.
    fn can_be_made(&mut self, from: &Struct, property: &Property) -> bool {
        match (&property.kind, find(from, &property.wire).map(|source| &source.kind)) {
            (PropertyKind::Constant { .. }, _) => true,
            (PropertyKind::Field { presence, .. }, None) => *presence != Presence::Required,
            (
                PropertyKind::Field { ty, presence, .. },
                Some(PropertyKind::Field { ty: other, presence: from, .. }),
            ) => {
                let fits = same_rust(presence, from) || wraps(ty.nullable, presence, from);
                fits && *presence != Presence::ThreeState && self.same_use(*other, *ty, 0)
                    || fits && ty == other
            }
            (PropertyKind::Field { .. }, Some(PropertyKind::Constant { .. })) => false,
        }
    }

    fn unions(&mut self, from: &Union, to: &Union) -> bool {
        from.variants.len() == to.variants.len()
            && from.variants.iter().zip(&to.variants).all(|(from, to)| self.same_use(from.ty, to.ty, 0))
    }

    /// Whether a use of one type can be made from a use of the other.
    fn same_use(&mut self, from: TypeRef, to: TypeRef, depth: usize) -> bool {
        if from == to {
            return true;
        }
        let (Some(from), Some(to)) = (self.end(from), self.end(to)) else { return false };
        if from.nullable != to.nullable || depth > SPELLED_DEPTH {
            return false;
        }
        if from.id == to.id {
            return true;
        }
        if let Some(at) = self.known.get(&(from.id, to.id)) {
            self.needs.push(*at);
            return true;
        }
        match (&self.draft.get(from.id).shape, &self.draft.get(to.id).shape) {
            (Shape::List(from), Shape::List(to)) => self.same_use(*from, *to, depth + 1),
            (Shape::Map(from), Shape::Map(to)) => self.converts_maps && self.same_use(*from, *to, depth + 1),
            (Shape::Tuple(from), Shape::Tuple(to)) => {
                let are_whole = !from.may_be_short() && !to.may_be_short();
                let mut places = from.places.iter().zip(&to.places);
                are_whole
                    && from.places.len() == to.places.len()
                    && places.all(|(from, to)| self.same_use(*from, *to, depth + 1))
            }
            (
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::Alias(_)
                | Shape::Newtype { .. }
                | Shape::External(_)
                | Shape::Any(_),
                _,
            ) => false,
        }
    }

    /// The type behind aliases. None for a secret, whose content is not looked into.
    fn end(&self, at: TypeRef) -> Option<TypeRef> {
        let mut at = at;
        while let Shape::Alias(target) = self.draft.get(at.id).shape {
            if self.draft.get(at.id).secret {
                return None;
            }
            at = TypeRef { id: target.id, nullable: at.nullable || target.nullable };
        }
        Some(at)
    }
}

/// Whether fields of one type and these presences are spelled alike.
fn same_rust(a: &Presence, b: &Presence) -> bool {
    let is_plain = |presence: &Presence| match presence {
        Presence::Required | Presence::Default(_) => true,
        Presence::Optional | Presence::ThreeState => false,
    };
    let is_patch = |presence: &Presence| *presence == Presence::ThreeState;
    is_plain(a) == is_plain(b) && is_patch(a) == is_patch(b)
}

/// Whether what is always there on one side may be absent on the other.
fn wraps(nullable: bool, to: &Presence, from: &Presence) -> bool {
    match (to, from) {
        (Presence::Optional, Presence::Required | Presence::Default(_)) => !nullable,
        (Presence::Optional, Presence::Optional | Presence::ThreeState)
        | (Presence::Required | Presence::Default(_) | Presence::ThreeState, _) => false,
    }
}

fn find<'s>(of: &'s Struct, wire: &str) -> Option<&'s Property> {
    of.properties.iter().find(|property| property.wire == wire)
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn the_side_with_fewer_demands_is_made_from_the_other() {
        check!(
            "conversions",
            "
                Pet-Input: { type: object, properties: { name: { type: string }, age: { type: integer } } }
                Pet-Output: { type: object, required: [name], properties: { name: { type: string }, age: { type: integer } } }
            ",
            @r"
            conversions
              Pet-Input: struct, has a default
                name: string, optional
                age: integer, optional
              Pet-Output: struct
                name: string, required
                age: integer, optional
              Pet-Output is sent as Pet-Input
            + Pet-Input from Pet-Output
            "
        );
    }

    #[test]
    fn what_is_sent_is_made_from_what_is_read_through_lists_and_unions() {
        check!(
            "conversions",
            r#"
                paths:
                  /shops:
                    post:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Shop' } } } }
                      responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Shop' } } } } }
                    put:
                      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Club' } } } }
                      responses: { "200": { description: Made, content: { application/json: { schema: { $ref: '#/components/schemas/Club' } } } } }
                components:
                  schemas:
                    Shop: { type: object, properties: { pets: { type: array, items: { $ref: '#/components/schemas/Animal' } } } }
                    Animal: { anyOf: [{ $ref: '#/components/schemas/Pet' }, { type: string }] }
                    Pet: { type: object, required: [id], properties: { id: { type: integer, readOnly: true }, name: { type: string } } }
                    Club: { type: object, properties: { by: { $ref: '#/components/schemas/User' } } }
                    User: { type: object, required: [name, pin], properties: { name: { type: string }, pin: { type: integer, writeOnly: true } } }
            "#,
            @r"
            conversions
              Shop: struct, has a default
                pets: [Animal], optional
              Animal: union
                | Pet
                | string: string
                string: string
                object: Pet
              Pet: struct
                id: integer, required, only read
                name: string, optional
              Club: struct, has a default
                by: User, optional
              User: struct
                name: string, required
                pin: secret alias of integer, optional, required when sent
              Shop.Write: struct, has a default
                pets: [Animal.Write], optional
              Animal.Write: union
                | Pet.Write
                | string: string
                string: string
                object: Pet.Write
              Pet.Write: struct, has a default
                name: string, optional
              Club.Write: struct, has a default
                by: User.Write, optional
              User.Write: struct
                name: string, required
                pin: secret alias of integer, required, required when sent
              PUT /shops
                body application/json: Club.Write
                Code(200) application/json: Club
              POST /shops
                body application/json: Shop.Write
                Code(200) application/json: Shop
              Shop is sent as Shop.Write
              Animal is sent as Animal.Write
              Pet is sent as Pet.Write
              Club is sent as Club.Write
              User is sent as User.Write
              [Animal] is sent as [Animal.Write]
            + Shop.Write from Shop
            + Animal.Write from Animal
            + Pet.Write from Pet
            "
        );
    }
}
