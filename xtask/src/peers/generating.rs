//! Time and memory of the generation, whole process.

use super::Bench;
use super::tool::Tool;
use crate::measure::{Taken, median};
use crate::table::Table;

/// The table. The tools take turns, so that what disturbs the machine disturbs all alike.
pub(super) fn compare(bench: &Bench) -> Result<String, String> {
    let mut table = Table::new(&["document", "tool", "time", "memory", "times ours", "memory, times ours"]);
    // Output of an earlier run makes work, since it is compared, and so does removing it just before: ext4 passes over
    // inodes that were freed within the last seconds, one by one.
    let fresh = bench.workspace.root.join("fresh");
    for subject in &bench.subjects {
        eprintln!("generating from {}", subject.name);
        let mut taken: Vec<(Tool, Vec<Taken>)> =
            bench.programs.iter().map(|(tool, _)| (*tool, Vec::new())).collect();
        for round in 0..bench.rounds {
            for ((tool, program), (_, taken)) in bench.programs.iter().zip(&mut taken) {
                let out = fresh.join(format!("{}-{}-{round}", tool.name(), subject.name));
                taken.push(bench.generate(*tool, program, &subject.path, &out)?);
            }
        }
        let ours = taken.first().map(|(_, taken)| taken.clone()).unwrap_or_default();
        let (time, memory) = (median(&ours, |one| one.seconds), median(&ours, |one| one.peak));
        for (tool, taken) in &taken {
            if taken.iter().any(|one| !one.is_ok) {
                table.row(vec![subject.name.to_owned(), tool.title(), "fails".to_owned()]);
                continue;
            }
            let (seconds, peak) = (median(taken, |one| one.seconds), median(taken, |one| one.peak));
            table.row(vec![
                subject.name.to_owned(),
                tool.title(),
                format!("{:.0} ms", seconds * 1000.0),
                format!("{peak:.0} MiB"),
                format!("{:.1}", seconds / time),
                format!("{:.1}", peak / memory),
            ]);
        }
    }
    std::fs::remove_dir_all(&fresh).map_err(|error| error.to_string())?;
    Ok(format!("### Generation\n\nMedians of {}, files written.\n\n{table}\n", bench.rounds))
}
