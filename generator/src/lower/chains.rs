//! Follows references to references to their end. Where a chain ends is found once for all of its links: documents may
//! refer into it at each of them.

use std::collections::{HashMap, HashSet};

use super::hoist::Kind;
use super::refs::{self, Broken, MAX_SHOWN, Target, lone_reference};
use super::{Lowering, NodeId};
use crate::diagnostics::Location;

/// The ends of chains, by what is expected there and a link.
pub(super) type Ends<'t> = HashMap<(Kind, NodeId<'t>), Result<Target<'t>, NoEnd>>;

/// Why a chain has no end.
#[derive(Clone, Copy)]
pub(super) enum NoEnd {
    Missing,
    Loop,
}

/// The first node on the way from `start` that is a component or not only a reference.
pub fn follow_on<'t>(
    lowering: &mut Lowering<'t, '_>,
    kind: Kind,
    start: Target<'t>,
) -> Result<Target<'t>, Broken> {
    let mut links = HashSet::new();
    let mut at = start.clone();
    let end = loop {
        if lowering.registry.name(kind, at.tree).is_some() {
            break Ok(at);
        }
        let Some(next) = lone_reference(kind, at.tree) else { break Ok(at) };
        if let Some(known) = lowering.ends.get(&(kind, NodeId(at.tree))) {
            break known.clone();
        }
        if !links.insert(NodeId(at.tree)) {
            break Err(NoEnd::Loop);
        }
        match refs::locate(lowering, at.file, at.resource, next) {
            Some(target) => at = target,
            None => break Err(NoEnd::Missing),
        }
    };
    lowering.ends.extend(links.into_iter().map(|link| ((kind, link), end.clone())));
    end.map_err(|reason| match reason {
        NoEnd::Missing => Broken::Missing,
        NoEnd::Loop => Broken::Loop(loop_from(lowering, kind, start).into()),
    })
}

/// The places of a chain that leads back to itself, as far as they are shown.
fn loop_from<'t>(lowering: &mut Lowering<'t, '_>, kind: Kind, start: Target<'t>) -> Vec<Location> {
    let mut places = Vec::new();
    let mut links = HashSet::new();
    let mut at = Some(start);
    while let Some(link) = at {
        places.push(link.location());
        if places.len() > MAX_SHOWN || !links.insert(NodeId(link.tree)) {
            break;
        }
        at = lone_reference(kind, link.tree)
            .and_then(|next| refs::locate(lowering, link.file, link.resource, next));
    }
    places
}
