//! Repairs everything that may be repaired, round by round, until nothing changes.

use std::sync::Arc;

use super::apply::overlap;
use super::trial::{Held, holds};
use super::{Judge, Judged, allowed};
use crate::finding::{Applicability, Finding, Fix};
use crate::lint::Lint;
use crate::source::Source;

/// A repair may uncover what another can repair; more rounds than this nobody follows.
const MAX_ROUNDS: usize = 10;

/// Fixes that are tried one by one, for all rounds together: a hostile text could ask for very many.
const MAX_TRIALS: usize = 2_000;

/// A text in which everything was repaired that may be.
#[derive(Debug)]
pub struct Fixed {
    /// The text; the one that was given where nothing could be repaired.
    pub source: Arc<Source>,
    /// What it came to.
    pub judged: Judged,
    /// The name of each lint whose finding was repaired, and what was done, in the order of the work.
    pub made: Vec<(String, String)>,
    /// Whether it stopped before every fix was tried.
    pub stopped: bool,
}

/// Makes every fix of `source` that is at most as daring as `most`, of the findings that are `wanted`. Findings that
/// something accepts are left alone. `late` is asked before each fix is tried; where it says yes, what was made so far is
/// the answer.
pub fn all(
    source: &Arc<Source>,
    most: Applicability,
    lints: &[Lint],
    wanted: &dyn Fn(&Finding) -> bool,
    judge: &Judge<'_>,
    late: &dyn Fn() -> bool,
) -> Fixed {
    let mut fixed = Fixed { source: Arc::clone(source), judged: judge(source), made: Vec::new(), stopped: false };
    let mut trials = 0;
    for _ in 0..MAX_ROUNDS {
        let before = fixed.made.len();
        if late() {
            fixed.stopped = true;
            break;
        }
        together(&mut fixed, most, lints, wanted, judge);
        one_by_one(&mut fixed, most, lints, wanted, judge, late, &mut trials);
        if fixed.made.len() == before || fixed.stopped {
            break;
        }
    }
    fixed
}

/// The findings that may be repaired, with what may be written for each, which is worked out when its turn comes.
fn open<'f>(
    fixed: &'f Fixed,
    most: Applicability,
    wanted: &dyn Fn(&Finding) -> bool,
) -> impl Iterator<Item = (&'f Finding, Vec<Fix>)> {
    let open = fixed.judged.findings.iter().filter(move |finding| finding.suppression.is_none() && wanted(finding));
    let fixes = move |finding: &Finding| -> Vec<Fix> {
        finding.fixes.iter().filter(|fix| allowed(fix, most)).cloned().collect()
    };
    open.map(move |finding| (finding, fixes(finding))).filter(|(_, fixes)| !fixes.is_empty())
}

/// Makes the safe fixes that do not overlap in one go, if all of them hold together.
fn together(
    fixed: &mut Fixed,
    most: Applicability,
    lints: &[Lint],
    wanted: &dyn Fn(&Finding) -> bool,
    judge: &Judge<'_>,
) {
    let open: Vec<_> = open(fixed, Applicability::Safe.min(most), wanted).collect();
    let mut chosen: Vec<(&Finding, &Fix)> = Vec::new();
    for (finding, fixes) in &open {
        let Some(fix) = fixes.first() else { continue };
        if !chosen.iter().any(|(_, other)| overlap(fix, other)) {
            chosen.push((finding, fix));
        }
    }
    if chosen.len() < 2 {
        return;
    }
    if let Some(held) = holds(&chosen, &fixed.judged.known(&fixed.source, lints), judge) {
        let made = chosen.iter().map(|(finding, fix)| (finding.name.to_string(), fix.title.clone())).collect();
        keep(fixed, held, made);
    }
}

/// Tries the fixes of each finding one after the other, and keeps the first that holds.
fn one_by_one(
    fixed: &mut Fixed,
    most: Applicability,
    lints: &[Lint],
    wanted: &dyn Fn(&Finding) -> bool,
    judge: &Judge<'_>,
    late: &dyn Fn() -> bool,
    trials: &mut usize,
) {
    let mut failed: Vec<(String, String)> = Vec::new();
    loop {
        let mut kept = None;
        let mut stopped = false;
        let known = fixed.judged.known(&fixed.source, lints);
        'search: for (finding, fixes) in open(fixed, most, wanted) {
            // What may be written for a finding takes its time as well, though nothing of it is tried any more.
            if late() {
                stopped = true;
                break;
            }
            let key = (finding.name.to_string(), format!("{} {}", finding.pointer, finding.message));
            if failed.contains(&key) {
                continue;
            }
            for fix in &fixes {
                if *trials >= MAX_TRIALS || late() {
                    stopped = true;
                    break 'search;
                }
                *trials += 1;
                if let Some(held) = holds(&[(finding, fix)], &known, judge) {
                    kept = Some((held, vec![(finding.name.to_string(), fix.title.clone())]));
                    break 'search;
                }
            }
            failed.push(key);
        }
        match kept {
            Some((held, made)) => keep(fixed, held, made),
            None => {
                fixed.stopped = stopped;
                return;
            }
        }
    }
}

fn keep(fixed: &mut Fixed, held: Held, made: Vec<(String, String)>) {
    fixed.source = Source::new(fixed.source.name(), held.text);
    fixed.judged = held.judged;
    fixed.made.extend(made);
}
