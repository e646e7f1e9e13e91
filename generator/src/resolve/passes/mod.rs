//! What needs the whole graph: a list of passes, each of which decides one thing about the draft.
//!
//! A pass looks at a type once, or again when it learns more of it, and never along every way that leads to it: documents
//! have types that very many ways lead to.

mod accessors;
mod alias_chains;
mod alias_loops;
mod boxing;
mod branch_tag;
mod check_tags;
mod conversions;
mod dedup;
mod deep_objects;
mod default_loops;
mod default_trait;
mod defaults;
mod described;
mod enums;
mod files;
mod halves;
mod kinds;
mod loops;
mod mapped_variants;
mod newtypes;
mod overrides;
mod pairs;
mod prune;
mod redirect;
mod selection;
mod sent;
mod split;
mod tag_constants;
mod tag_values;
mod tagged;
mod three_states;
mod write_defaults;

use super::draft::DraftGraph;
use super::libraries;
use super::pages;
use super::rules::Rules;
use super::secrets;
use crate::config::{Action, TypeOptions, UnknownValues};
use crate::diagnostics::Sink;
use crate::ir::TypeId;

/// What passes ask besides the draft, and where they report.
pub(super) struct Context<'a> {
    pub options: &'a TypeOptions,
    /// The rules of the settings.
    pub rules: Rules<'a>,
    pub sink: &'a mut Sink,
}

impl Context<'_> {
    /// Whether a union keeps unknown tags.
    pub fn is_open(&self, draft: &DraftGraph, union: TypeId) -> bool {
        let own = self.rules.last(draft.subjects.get(&union), |action, _| {
            if let Action::Unions(openness) = action { Some(*openness) } else { None }
        });
        own.unwrap_or(self.options.unions) == UnknownValues::Open
    }
}

/// One step from the draft to the frozen graph.
pub(super) struct Pass {
    pub name: &'static str,
    pub run: fn(&mut DraftGraph, &mut Context<'_>),
    /// Why it stands where it stands.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "for those who read the table, and shown by failing tests")
    )]
    pub reason: &'static str,
}

/// All passes, in the one order in which they work.
pub(super) const PASSES: &[Pass] = &[
    Pass {
        name: "alias_chains",
        run: |draft, _| alias_chains::shorten(draft),
        reason: "Every later pass follows aliases, and takes one step where there was a chain.",
    },
    Pass {
        name: "files",
        run: |draft, _| files::run(draft),
        reason: "Files are strings until then, which `enums` would take for plain strings beside an enum.",
    },
    Pass {
        name: "secrets",
        run: |draft, _| secrets::mark_once(&mut draft.types),
        reason: "Which types hide their values themselves is known when all are made; `enums` keeps secrets apart.",
    },
    Pass {
        name: "enums",
        run: |draft, _| enums::run(draft),
        reason: "It takes variants away, and may make an enum of a union: tags are looked for in what is left.",
    },
    Pass {
        name: "tag_constants",
        run: |draft, cx| tag_constants::run(draft, cx.options.enums, cx.sink),
        reason: "Only the side of a pair that a union refers to gets a constant, which `pairs` has to know.",
    },
    Pass {
        name: "pairs",
        run: |draft, _| pairs::merge_pairs(draft),
        reason: "The selection names variants by their types, which are one type after it.",
    },
    Pass {
        name: "sent",
        run: |draft, _| sent::run(draft),
        reason: "Which types are only sent is known when pairs are one type; what is required decides the selection.",
    },
    Pass {
        name: "selection",
        run: selection::run,
        reason: "A default is a value of one variant, so `defaults` needs to know how a variant is selected.",
    },
    Pass {
        name: "halves",
        run: |draft, cx| halves::run(draft, cx.options.read_write),
        reason: "Which property is a tag, and so travels both ways, is known when unions can be read.",
    },
    Pass {
        name: "defaults",
        run: |draft, cx| defaults::run(draft, libraries(cx.options).dates, cx.sink),
        reason: "It matches JSON values with types, which do not change after this except in presence and boxes.",
    },
    Pass {
        name: "default_loops",
        run: |draft, cx| default_loops::run(draft, cx.sink),
        reason: "Only defaults that were matched say which structs they are made of.",
    },
    Pass {
        name: "three_states",
        run: |draft, cx| three_states::run(draft, cx.options.three_states, &cx.rules),
        reason: "It takes the defaults of changes away, which were checked until here.",
    },
    Pass {
        name: "deep_objects",
        run: deep_objects::run,
        reason: "It only warns, of types whose parts no later pass replaces.",
    },
    Pass {
        name: "newtypes",
        run: |draft, cx| newtypes::run(draft, &cx.rules),
        reason: "Where the settings make a newtype, no alias is left that could be on a loop.",
    },
    Pass {
        name: "alias_loops",
        run: |draft, cx| alias_loops::break_all(draft, cx.sink),
        reason: "It makes newtypes, which are what `cycles` may put a box into.",
    },
    Pass {
        name: "boxes_of_settings",
        run: |draft, cx| boxing::of_settings::run(draft, &cx.rules),
        reason: "Where the settings box, `cycles` may need no box any more.",
    },
    Pass {
        name: "cycles",
        run: |draft, _| boxing::cycles::run(draft),
        reason: "Sizes are finite only after it.",
    },
    Pass {
        name: "sizes",
        run: |draft, _| boxing::sizes::run(draft),
        reason: "It boxes what is still large where nothing has to be boxed.",
    },
    Pass {
        name: "default_trait",
        run: |draft, _| default_trait::run(draft),
        reason: "It asks which fields have defaults, which no later pass changes.",
    },
    Pass {
        name: "overrides",
        run: |draft, cx| overrides::run(draft, cx.options, &cx.rules, cx.sink),
        reason: "Rules name variants by their tags, and say what `dedup` must keep apart.",
    },
    Pass {
        name: "prune",
        run: |draft, _| prune::prune(draft),
        reason: "What other passes took the place of must not be what `dedup` keeps.",
    },
    Pass {
        name: "dedup",
        run: |draft, _| dedup::merge(draft),
        reason: "It compares types by all that is decided about them, and nothing looks into its aliases after it.",
    },
    Pass {
        name: "write_defaults",
        run: |draft, cx| write_defaults::run(draft, cx.options.write_defaults, &cx.rules),
        reason: "Types that are alike are one by then, which a request may reach although the first of them is in a response.",
    },
    Pass {
        name: "pages",
        run: pages::run,
        reason: "It looks for parameters and properties by their types, which are decided and redirected by then.",
    },
    Pass {
        name: "conversions",
        run: |draft, cx| {
            draft.conversions = conversions::conversions(draft, cx.options.map_type.as_deref());
        },
        reason: "It compares fields as they are emitted.",
    },
    Pass {
        name: "accessors",
        run: |draft, _| accessors::run(draft),
        reason: "It compares fields as they are emitted, and changes none.",
    },
];

/// Runs all passes.
pub(super) fn run(draft: &mut DraftGraph, cx: &mut Context<'_>) {
    for pass in PASSES {
        (pass.run)(draft, cx);
        debug_assert!(draft.is_linked(), "`{}` left a type that mentions one that does not exist", pass.name);
    }
}
