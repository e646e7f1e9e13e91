//! Finds which corrections are needed, with few trials.
//!
//! A trial leaves out some corrections and returns the faults. Trying one correction at a time would take as many
//! trials as there are corrections, and each trial reads all recordings. So [`surely`] numbers the corrections, and for
//! each binary digit leaves out first those whose number has it and then the others: a fault that occurs whenever one
//! correction is left out, and never otherwise, identifies that correction. The remaining corrections are tried in
//! halves ([`Halves`]).

use std::collections::HashMap;
use std::hash::Hash;

/// Up to this number, corrections are tried in halves right away.
const FEW: usize = 8;

/// Tries to leave out corrections, by number.
pub(super) trait Trial {
    /// The identity of a fault, the same in all trials.
    type Fault: Eq + Hash;
    /// The error of a trial.
    type Error;

    /// The faults that occur without these corrections and not with all. `None` if the trial is impossible, because
    /// other corrections depend on these.
    fn without(&mut self, out: &[usize]) -> Result<Option<Vec<Self::Fault>>, Self::Error>;
}

/// For each of `count` corrections, whether it is certainly needed.
pub(super) fn surely<T: Trial>(count: usize, trial: &mut T) -> Result<Vec<bool>, T::Error> {
    let mut needed = vec![false; count];
    if count <= FEW {
        return Ok(needed);
    }
    let digits = usize::BITS - (count - 1).leading_zeros();
    // For each fault, the digits for which it occurred without the one half, and without the other.
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
        // It occurred in exactly one half for each digit: these are the digits of the correction's number.
        if with ^ without == all
            && with & without == 0
            && let Some(needed) = needed.get_mut(with)
        {
            *needed = true;
        }
    }
    Ok(needed)
}

/// Tries to leave out all corrections at once, then halves of them.
pub(super) struct Halves<'t, T> {
    pub(super) trial: &'t mut T,
    /// How many trials are left. Corrections that are not tried are kept.
    pub(super) trials: usize,
    /// Whether corrections that are not needed are also left out in the following trials.
    pub(super) adds_up: bool,
    /// The corrections that are not needed.
    pub(super) found: Vec<usize>,
}

impl<T: Trial> Halves<'_, T> {
    /// Finds those among `some` that are not needed.
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
        // The later ones first: they may replace earlier ones, or depend on them.
        self.among(other)?;
        self.among(one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Faults, each with lists of corrections: it occurs if all of one list are left out.
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
        // 5 and 700 replace each other; 6 is not needed; without 7 or without 8 the same fault occurs.
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
