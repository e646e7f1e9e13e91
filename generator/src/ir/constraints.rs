//! What narrows the values of a type (JSON Schema validation §6). Nothing of it decides what a type is; it is there only where
//! values are to be checked.

use std::cmp::Ordering;

/// Constraints that hold at once, of each kind one, except for patterns and steps.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    all: Vec<Constraint>,
    /// Of an object: whether what its further properties have to keep depends on their names (`patternProperties`).
    pub values_differ: bool,
}

/// A constraint.
#[derive(Debug, Clone, PartialEq)]
pub enum Constraint {
    /// `minimum`, or `exclusiveMinimum`.
    Minimum {
        /// The bound.
        bound: Number,
        /// Whether the bound itself is not allowed.
        exclusive: bool,
    },
    /// `maximum`, or `exclusiveMaximum`.
    Maximum {
        /// The bound.
        bound: Number,
        /// Whether the bound itself is not allowed.
        exclusive: bool,
    },
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minLength`, in code points.
    MinLength(usize),
    /// `maxLength`, in code points.
    MaxLength(usize),
    /// `pattern`, a regular expression of ECMA-262.
    Pattern(String),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
}

/// The JSON types that constraints are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constrained {
    /// Numbers, integers among them.
    Numbers,
    /// Strings.
    Strings,
    /// Arrays.
    Arrays,
    /// Objects.
    Objects,
}

/// A number as the document writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer.
    Integer(i128),
    /// A number with a fraction, or beyond the integers.
    Decimal(f64),
}

impl Number {
    /// The number that a double is: an integer where it is certain which.
    pub fn of(float: f64) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
        if float.fract() == 0.0 && float.abs() <= EXACT {
            Number::Integer(float as i128)
        } else {
            Number::Decimal(float)
        }
    }

    fn as_f64(self) -> f64 {
        match self {
            Number::Integer(int) => int as f64,
            Number::Decimal(float) => float,
        }
    }

    fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Number::Integer(int), Number::Integer(other)) => int.cmp(&other),
            (Number::Integer(_) | Number::Decimal(_), _) => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

impl Constraint {
    /// The JSON types that it is about. Values of other types keep it.
    pub fn about(&self) -> Constrained {
        match self {
            Constraint::Minimum { .. } | Constraint::Maximum { .. } | Constraint::MultipleOf(_) => {
                Constrained::Numbers
            }
            Constraint::MinLength(_) | Constraint::MaxLength(_) | Constraint::Pattern(_) => {
                Constrained::Strings
            }
            Constraint::MinItems(_) | Constraint::MaxItems(_) | Constraint::UniqueItems => {
                Constrained::Arrays
            }
            Constraint::MinProperties(_) | Constraint::MaxProperties(_) => Constrained::Objects,
        }
    }

    /// Whether every value keeps it.
    fn is_idle(&self) -> bool {
        match self {
            Constraint::MinLength(0) | Constraint::MinItems(0) | Constraint::MinProperties(0) => true,
            // The specification requires more than 0.
            Constraint::MultipleOf(step) => step.as_f64() <= 0.0,
            Constraint::Minimum { .. }
            | Constraint::Maximum { .. }
            | Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => false,
        }
    }

    /// The constraint that says the same as both of these together, if one does.
    fn joined(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (
                Constraint::Minimum { bound, exclusive },
                Constraint::Minimum { bound: other, exclusive: others },
            ) => match bound.compare(*other) {
                Ordering::Greater => self.clone(),
                Ordering::Less => Constraint::Minimum { bound: *other, exclusive: *others },
                Ordering::Equal => Constraint::Minimum { bound: *bound, exclusive: *exclusive || *others },
            },
            (
                Constraint::Maximum { bound, exclusive },
                Constraint::Maximum { bound: other, exclusive: others },
            ) => match bound.compare(*other) {
                Ordering::Less => self.clone(),
                Ordering::Greater => Constraint::Maximum { bound: *other, exclusive: *others },
                Ordering::Equal => Constraint::Maximum { bound: *bound, exclusive: *exclusive || *others },
            },
            (Constraint::MinLength(a), Constraint::MinLength(b)) => Constraint::MinLength(*a.max(b)),
            (Constraint::MaxLength(a), Constraint::MaxLength(b)) => Constraint::MaxLength(*a.min(b)),
            (Constraint::MinItems(a), Constraint::MinItems(b)) => Constraint::MinItems(*a.max(b)),
            (Constraint::MaxItems(a), Constraint::MaxItems(b)) => Constraint::MaxItems(*a.min(b)),
            (Constraint::MinProperties(a), Constraint::MinProperties(b)) => {
                Constraint::MinProperties(*a.max(b))
            }
            (Constraint::MaxProperties(a), Constraint::MaxProperties(b)) => {
                Constraint::MaxProperties(*a.min(b))
            }
            (one, other) if one == other => one.clone(),
            (
                Constraint::Minimum { .. }
                | Constraint::Maximum { .. }
                | Constraint::MultipleOf(_)
                | Constraint::MinLength(_)
                | Constraint::MaxLength(_)
                | Constraint::Pattern(_)
                | Constraint::MinItems(_)
                | Constraint::MaxItems(_)
                | Constraint::UniqueItems
                | Constraint::MinProperties(_)
                | Constraint::MaxProperties(_),
                _,
            ) => return None,
        })
    }
}

impl Constraints {
    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All of them, in the order in which the document has them.
    pub fn iter(&self) -> std::slice::Iter<'_, Constraint> {
        self.all.iter()
    }

    /// Adds one that holds too: of two of a kind the tighter one is left.
    pub fn add(&mut self, added: Constraint) {
        if added.is_idle() {
            return;
        }
        for known in &mut self.all {
            if let Some(both) = known.joined(&added) {
                *known = both;
                return;
            }
        }
        self.all.push(added);
    }

    /// Adds others that hold too.
    pub fn extend(&mut self, others: Constraints) {
        self.values_differ |= others.values_differ;
        others.all.into_iter().for_each(|constraint| self.add(constraint));
    }

    /// Those for which a condition holds.
    #[must_use]
    pub fn filtered(mut self, keep: impl FnMut(&Constraint) -> bool) -> Self {
        self.all.retain(keep);
        self
    }
}

impl<'a> IntoIterator for &'a Constraints {
    type Item = &'a Constraint;
    type IntoIter = std::slice::Iter<'a, Constraint>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(all: impl IntoIterator<Item = Constraint>) -> Vec<Constraint> {
        let mut constraints = Constraints::default();
        all.into_iter().for_each(|constraint| constraints.add(constraint));
        constraints.all
    }

    #[test]
    fn of_a_kind_the_tightest_is_left() {
        let low = |bound: f64, exclusive| Constraint::Minimum { bound: Number::of(bound), exclusive };
        let high = |bound: f64, exclusive| Constraint::Maximum { bound: Number::of(bound), exclusive };
        assert_eq!(joined([low(1.0, false), low(2.5, false), low(2.0, true)]), [low(2.5, false)]);
        assert_eq!(joined([low(1.0, false), low(1.0, true), low(1.0, false)]), [low(1.0, true)]);
        assert_eq!(joined([high(3.0, false), high(2.0, true), high(2.0, false)]), [high(2.0, true)]);
        let lengths = [Constraint::MinLength(1), Constraint::MaxLength(9), Constraint::MinLength(3)];
        assert_eq!(joined(lengths), [Constraint::MinLength(3), Constraint::MaxLength(9)]);
        let patterns = ["a", "b", "a"].map(|pattern| Constraint::Pattern(pattern.to_owned()));
        assert_eq!(joined(patterns.clone()), patterns[..2]);
        let steps = [2.0, 3.0].map(|step| Constraint::MultipleOf(Number::of(step)));
        assert_eq!(joined(steps.clone()), steps);
    }

    #[test]
    fn what_every_value_keeps_is_left_out() {
        let idle =
            [Constraint::MinItems(0), Constraint::MultipleOf(Number::Integer(0)), Constraint::MinLength(0)];
        assert_eq!(joined(idle), []);
    }

    #[test]
    fn integers_are_those_that_a_double_holds() {
        assert_eq!(Number::of(-3.0), Number::Integer(-3));
        assert_eq!(Number::of(0.5), Number::Decimal(0.5));
        assert_eq!(Number::of(1e300), Number::Decimal(1e300));
    }
}
