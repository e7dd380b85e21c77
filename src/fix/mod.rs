//! Edits that repair findings, tried before they are offered, and outlines of what is missing.
//!
//! Text, manifest and findings go in, edits come out; no file is read or written here. A fix that is offered parses,
//! removes its finding and brings none: that is not reasoned about but tried, on the text itself, by whoever asks. A plain
//! check asks for nothing and pays for nothing.
//!
//! No fix decides anything that the text does not say: what is missing is asked for by an [`outline`], keys without values,
//! which takes no finding away.

use std::sync::Arc;

use crate::check::{self, Reading};
use crate::finding::{Applicability, Edit, Finding, Fix};
use crate::lint::Lint;
use crate::manifest::Manifest;
use crate::source::Source;

mod answer;
mod apply;
mod candidates;
mod fix_all;
mod fixable;
mod insertion_point;
mod outline;
mod trial;

pub use answer::{Place, answer, confirm, place_of};
pub use apply::apply;
pub use fix_all::{Fixed, all};
pub use fixable::of_lint;
pub use outline::{Outlined, outline, outline_all};

/// What a text came to.
#[derive(Debug)]
pub struct Judged {
    /// The text as it was read.
    pub reading: Reading,
    /// Everything that was found in it.
    pub findings: Vec<Finding>,
}

/// Reads and judges another text in place of the first: with the same options, and the facts of the same workspace.
pub type Judge<'j> = dyn Fn(&Arc<Source>) -> Judged + 'j;

/// A text with what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Diagnosed<'k> {
    /// The text.
    pub source: &'k Arc<Source>,
    /// The manifest that it holds; none where it cannot be read.
    pub manifest: Option<&'k Manifest>,
    /// Everything that was found in it, waived findings among them.
    pub findings: &'k [Finding],
    /// The lints that were run.
    pub lints: &'k [Lint<'k>],
}

/// The fixes of one finding, the likeliest first: each was tried, removes the finding and brings no other.
///
/// What the reader itself reports may hide what lints have to say of the same place, so that the fix of such a finding is
/// held to the reader's findings alone.
pub fn of(finding: &Finding, known: &Diagnosed<'_>, judge: &Judge<'_>) -> Vec<Fix> {
    let mut fixes = untried(finding);
    fixes.retain(|fix| holds(finding, fix, known, judge));
    fixes
}

/// What may be written for one finding, each once: what may be made without asking first, and then the likeliest.
pub fn untried(finding: &Finding) -> Vec<Fix> {
    let mut fixes: Vec<Fix> = Vec::new();
    for candidate in &finding.fixes {
        if !fixes.iter().any(|fix| same_edits(fix, candidate)) {
            fixes.push(candidate.clone());
        }
    }
    fixes.sort_by_key(|fix| fix.applicability);
    fixes
}

/// Whether a fix parses, removes its finding and brings no other.
pub fn holds(finding: &Finding, fix: &Fix, known: &Diagnosed<'_>, judge: &Judge<'_>) -> bool {
    trial::holds(&[(finding, fix)], known, judge).is_some()
}

/// Whether two fixes write the same.
fn same_edits(one: &Fix, other: &Fix) -> bool {
    let key = |edit: &Edit| (edit.span, edit.text.clone());
    one.edits.iter().map(key).eq(other.edits.iter().map(key))
}

/// Whether a fix of this applicability may be made where `most` is the most that is allowed.
fn allowed(fix: &Fix, most: Applicability) -> bool {
    fix.applicability <= most
}

/// Whether the program itself raises findings of this name.
fn raised(name: &str, lints: &[Lint]) -> bool {
    lints.iter().any(|lint| lint.name == name && lint.cases.is_empty())
}

impl Judged {
    /// A text that is judged alone.
    pub fn alone(source: &Arc<Source>, options: &check::Options<'_>) -> Self {
        let reading = check::read(source, options);
        let findings = check::judge(&reading, None, options).findings;
        Self { reading, findings }
    }

    /// What is known of `source`, which was judged so.
    pub fn known<'k>(&'k self, source: &'k Arc<Source>, lints: &'k [Lint<'k>]) -> Diagnosed<'k> {
        Diagnosed { source, manifest: self.reading.manifest.as_deref(), findings: &self.findings, lints }
    }
}
