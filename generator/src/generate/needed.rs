//! Which of some corrections are needed, found with few trials.
//!
//! A trial leaves some of them out and says what is wrong then. One correction after the other would take as many trials as
//! there are corrections, each as long as all that was recorded. So [`surely`] numbers them, and leaves out for each binary
//! digit first those that have it and then the others: what is wrong whenever one correction is out, and never when it is
//! in, tells which one that is. What this does not tell is tried in halves ([`Halves`]).

use std::collections::HashMap;
use std::hash::Hash;

/// So few are tried in halves right away.
const FEW: usize = 8;

/// Tries to leave corrections out, by their numbers.
pub(super) trait Trial {
    /// What tells two faults apart, in whichever trial they are met.
    type Fault: Eq + Hash;
    /// Why a trial failed.
    type Error;

    /// What is wrong without these that is right with all. `None` if it cannot be told: others count on them.
    fn without(&mut self, out: &[usize]) -> Result<Option<Vec<Self::Fault>>, Self::Error>;
}

/// The corrections, of so many, without which something is wrong for sure. Of the others that is not known.
pub(super) fn surely<T: Trial>(count: usize, trial: &mut T) -> Result<Vec<bool>, T::Error> {
    let mut needed = vec![false; count];
    if count <= FEW {
        return Ok(needed);
    }
    let digits = usize::BITS - (count - 1).leading_zeros();
    // For each fault the digits of which one half, and the other one, met it.
    let mut met: HashMap<T::Fault, (usize, usize)> = HashMap::new();
    for digit in 0..digits {
        for has_it in [true, false] {
            let out: Vec<usize> = (0..count).filter(|number| (number >> digit & 1 == 1) == has_it).collect();
            for fault in trial.without(&out)?.unwrap_or_default() {
                let (with, without) = met.entry(fault).or_default();
                *(if has_it { with } else { without }) |= 1 << digit;
            }
        }
    }
    let all = (1 << digits) - 1;
    for (with, without) in met.into_values() {
        // Met in exactly one half of each digit: these are the digits of its number.
        if with ^ without == all
            && with & without == 0
            && let Some(needed) = needed.get_mut(with)
        {
            *needed = true;
        }
    }
    Ok(needed)
}

/// Leaves corrections out: all at once, and halves of them as long as one is needed.
pub(super) struct Halves<'t, T> {
    pub(super) trial: &'t mut T,
    /// How many trials are left. What is not tried stays.
    pub(super) trials: usize,
    /// Whether what was found is left out in the trials that follow, too.
    pub(super) adds_up: bool,
    /// What is not needed.
    pub(super) found: Vec<usize>,
}

impl<T: Trial> Halves<'_, T> {
    /// Finds those of these that are not needed.
    pub(super) fn among(&mut self, some: &[usize]) -> Result<(), T::Error> {
        if some.is_empty() || self.trials == 0 {
            return Ok(());
        }
        self.trials -= 1;
        let mut out = some.to_vec();
        if self.adds_up {
            out.extend(&self.found);
        }
        if self.trial.without(&out)?.is_some_and(|faults| faults.is_empty()) {
            self.found.extend(some);
            return Ok(());
        }
        if some.len() == 1 {
            return Ok(());
        }
        let (one, other) = some.split_at(some.len() / 2);
        // The later ones first: they may be what made earlier ones count for nothing, or count on these.
        self.among(other)?;
        self.among(one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corrections, and faults that are there when all of one of their lists are out.
    struct Faults {
        faults: Vec<(&'static str, Vec<Vec<usize>>)>,
        trials: usize,
    }

    impl Trial for Faults {
        type Fault = &'static str;
        type Error = std::convert::Infallible;

        fn without(&mut self, out: &[usize]) -> Result<Option<Vec<&'static str>>, Self::Error> {
            self.trials += 1;
            let is_there =
                |lists: &[Vec<usize>]| lists.iter().any(|all| all.iter().all(|one| out.contains(one)));
            let found = self.faults.iter().filter(|(_, lists)| is_there(lists)).map(|(name, _)| *name);
            Ok(Some(found.collect()))
        }
    }

    fn unneeded(count: usize, adds_up: bool, trial: &mut Faults) -> Vec<usize> {
        let Ok(needed) = surely(count, trial);
        let open: Vec<usize> = (0..count).filter(|number| !needed[*number]).collect();
        let mut halves = Halves { trial, trials: usize::MAX, adds_up, found: Vec::new() };
        let Ok(()) = halves.among(&open);
        let mut found = halves.found;
        found.sort_unstable();
        found
    }

    #[test]
    fn what_is_needed_is_found_in_few_trials() {
        let names: Vec<&'static str> = (0..1000).map(|number| &*format!("{number}").leak()).collect();
        let mut faults: Vec<_> =
            names.iter().enumerate().map(|(one, name)| (*name, vec![vec![one]])).collect();
        let mut all = Faults { faults: faults.clone(), trials: 0 };
        assert_eq!((unneeded(1000, true, &mut all), all.trials), (vec![], 20));
        // 5 and 700 stand in for each other; 6 needs no one; without 7 or 8 the same is wrong.
        faults.retain(|(name, _)| !["5", "700", "6", "7", "8"].contains(name));
        faults.push(("either", vec![vec![5, 700]]));
        faults.push(("both", vec![vec![7], vec![8]]));
        let mut some = Faults { faults, trials: 0 };
        assert_eq!(unneeded(1000, true, &mut some), [6, 700]);
        assert!(some.trials < 40, "{}", some.trials);
        some.trials = 0;
        assert_eq!(unneeded(1000, false, &mut some), [5, 6, 700]);
    }
}
