//! What each lint came to for one manifest.

use super::{Checked, Options};
use crate::finding::Kind;
use crate::lint::Verdict;

/// What one lint came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The lint.
    pub lint: String,
    /// Whether it asks for evidence from the repository.
    pub evidence: bool,
    /// Its verdict. A waived failure is a failure.
    pub verdict: Verdict,
    /// Whether it failed and a waiver accepts everything that it found.
    pub waived: bool,
    /// The places of the format that it wanted and that are not written, where it could not judge.
    pub wants: Vec<String>,
}

impl Checked {
    /// The outcome of every lint that was wanted, in the order of `options.lints`. Of a text that could not be read only
    /// the failures are known, and the rest is not assessable.
    pub fn outcomes(&self, options: &Options<'_>) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(options.lints.len());
        for (index, lint) in options.lints.iter().enumerate() {
            if !options.selection.admits(lint) || options.levels.off(lint) {
                continue;
            }
            let mut found = self.findings.iter().filter(|finding| finding.name == lint.name).peekable();
            let failed = found.peek().is_some();
            let verdict = match self.verdicts.get(index) {
                _ if failed => Verdict::Fail,
                _ if self.verdicts.is_empty() => Verdict::NotAssessable,
                _ if lint.category == "waivers" && !self.waivers => Verdict::NotApplicable,
                // What the program itself raises is looked for in every manifest.
                _ if lint.cases.is_empty() => Verdict::Pass,
                Some(verdict) => *verdict,
                None => Verdict::NotAssessable,
            };
            let wants = self.skipped.iter().find(|(name, _)| *name == lint.name).map(|(_, wants)| wants.clone());
            outcomes.push(Outcome {
                lint: lint.name.to_owned(),
                evidence: lint.kind == Kind::Evidence,
                verdict,
                waived: failed && found.all(|finding| finding.suppression.is_some()),
                wants: wants.unwrap_or_default(),
            });
        }
        outcomes
    }
}
