//! Says what is missing once: a lint is silent about what another that it names in `unless` reports.

use crate::finding::Finding;
use crate::lint::{Lint, Subject};

/// Who found something, and what it is about.
#[derive(Debug)]
pub(super) struct Told<'m> {
    pub lint: &'m Lint<'m>,
    pub subject: Subject,
}

/// Takes out of `findings`, from number `first` on, each that another says, and gives the lints that it takes some of.
/// `told` says whose they are, in their order; what follows is left alone.
pub(super) fn silence<'m>(findings: &mut Vec<Finding>, first: usize, told: &[Told<'m>]) -> Vec<&'m str> {
    let mut silenced = Vec::new();
    // What is silent itself silences all the same: it was said by a third.
    let covered: Vec<bool> = told.iter().map(|one| is_covered(one, told, findings, first)).collect();
    let mut number = 0_usize;
    findings.retain(|_| {
        let index = number;
        number += 1;
        let said = index.checked_sub(first).and_then(|index| Some((*covered.get(index)?, told.get(index)?)));
        match said {
            Some((true, one)) => {
                if !silenced.contains(&one.lint.name) {
                    silenced.push(one.lint.name);
                }
                false
            }
            _ => true,
        }
    });
    silenced
}

fn is_covered(one: &Told<'_>, told: &[Told<'_>], findings: &[Finding], first: usize) -> bool {
    let Some(case) = one.lint.cases.get(one.subject.case) else { return false };
    let mut others = told.iter().enumerate().filter(|(_, other)| case.unless.contains(&other.lint.name));
    // Of a lint whose findings are cut, those that are not shown count as well.
    others.any(|(index, other)| {
        one.subject.is_covered_by(&other.subject)
            || findings.get(first + index).is_some_and(|finding| finding.truncated.is_some())
    })
}
