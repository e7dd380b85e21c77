//! An edit in the editor: one letter of a long manifest is another one, and the findings are wanted.

use std::hint::black_box;

use mlsystem::check::{facts_of, judge, read};
use mlsystem::source::Source;

use super::{head, manifests, median, row, steps};

const ROUNDS: usize = 101;

/// Microseconds in which the findings have to be there.
const BOUND: f64 = 10_000.0;

/// Times everything between the changed text and the findings, as a language server does it: the manifest is read anew,
/// and judged as a member of its workspace.
pub fn run() {
    let text = manifests::of_lines(3_000);
    let settings = steps::Settings::default();
    let options = steps::options(&settings);
    let changed = (0..ROUNDS).map(|round| {
        let letter = ["a", "b"][round % 2];
        text.replacen("owner: support-content", &format!("owner: support-content-{letter}"), 1)
    });
    let times = changed.map(|text| {
        steps::timed(&|| {
            let readings = [read(&Source::new("mlsystem.yaml", text.clone()), &options)];
            let facts = facts_of(&readings, None, options.schema, true);
            _ = black_box(judge(&readings[0], Some(&facts), &options));
        })
    });
    let times: Vec<f64> = times.collect();
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let middle = median(times);
    head("an edit, in units of 10 ms");
    row(&format!("{} lines: median, {middle:.0} microseconds", text.lines().count()), middle / BOUND, 1.0);
    row(&format!("{} lines: slowest of {ROUNDS}, {slowest:.0}", text.lines().count()), slowest / BOUND, 1.0);
}
