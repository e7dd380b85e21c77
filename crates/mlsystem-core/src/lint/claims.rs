//! What the repository bears out: the claims that lints of evidence look at, one by one, with what was found.

use std::sync::Arc;

use super::run::{label, rounds};
use super::{Case, Lint, Loop, SetOptions, option};
use crate::expression::{Frame, holds};
use crate::finding::Label;

/// One claim of a manifest, and what its repository says to it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The lint that looked.
    pub lint: String,
    /// The place of the claim for people, as in `serving.replicas`.
    pub path: String,
    /// Where the claim stands in the manifest.
    pub at: Label,
    /// What the repository says.
    pub proof: Proof,
    /// Where in the repository it says so, each with its one fact.
    pub shown: Vec<Label>,
    /// What is wrong, where something is.
    pub message: Option<String>,
}

/// What a repository says to a claim. Of several that are said of one place the last of this order holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// What it names exists, and what is in it was not held against the claim.
    Exists,
    /// A file bears the claim out.
    Proven,
    /// What would bear it out is present and could not be compared.
    NotCompared,
    /// Nothing shows it.
    Unproven,
    /// A file says otherwise.
    Disproved,
}

impl Proof {
    /// All of them, as they are counted: the best first.
    pub const ALL: [Self; 5] = [Self::Proven, Self::Exists, Self::NotCompared, Self::Unproven, Self::Disproved];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Exists => "exists",
            Self::NotCompared => "not-compared",
            Self::Unproven => "unproven",
            Self::Disproved => "disproved",
        }
    }
}

/// The most claims that are told of one lint.
const MAX_CLAIMS: usize = 100;

/// The claims that `lint` looks at in `frame`, which has no variables and notes evidence. Where a claim lacks a value it
/// is none.
pub fn claims<'m>(lint: &'m Lint<'m>, set: &'m SetOptions, frame: &mut Frame<'m>) -> Vec<Claim> {
    let mut found = Vec::new();
    let mut frame = frame.lint_scope();
    for option in lint.options {
        frame.push(option::local(set.get(lint.name, option.name).unwrap_or(option.default)));
    }
    for case in lint.cases {
        each(lint, case, case.loops, &mut frame, &mut found);
    }
    found
}

fn each<'m>(lint: &Lint<'_>, case: &'m Case<'m>, loops: &'m [Loop<'m>], frame: &mut Frame<'m>, found: &mut Vec<Claim>) {
    if found.len() >= MAX_CLAIMS || frame.is_spent() {
        return;
    }
    let Some((first, rest)) = loops.split_first() else {
        found.extend(claim(lint, case, frame));
        return;
    };
    let Ok(mut rounds) = rounds(first, frame) else { return };
    while let Some(mut round) = rounds.enter_next(frame) {
        each(lint, case, rest, &mut round, found);
    }
}

/// The claim of the present round, where there is one.
fn claim<'m>(lint: &Lint<'_>, case: &'m Case<'m>, frame: &mut Frame<'m>) -> Option<Claim> {
    frame.take_missing_inputs();
    if let Some(when) = &case.when
        && holds(when, frame) != Some(true)
    {
        return None;
    }
    frame.take_last_evidence();
    frame.take_missing_inputs();
    let outcome = holds(&case.require, frame);
    let evidence = frame.take_last_evidence();
    // What the manifest does not say it does not claim.
    if outcome.is_none() && !frame.take_missing_inputs().is_empty() {
        return None;
    }
    let mut labels = Vec::new();
    for form in case.labels {
        label(form, form.loops, frame, &mut labels);
    }
    frame.take_missing_inputs();
    let here = |label: &Label| Arc::ptr_eq(&label.source, frame.manifest.source());
    let at = labels.iter().position(|(label, place)| here(label) && place.written)?;
    let (at, place) = labels.remove(at);
    let mut shown: Vec<Label> = labels.into_iter().map(|(label, _)| label).filter(|label| !here(label)).collect();
    let proof = match outcome {
        Some(true) if evidence.is_some() => Proof::Proven,
        Some(true) => Proof::Exists,
        None => Proof::NotCompared,
        Some(false) if shown.is_empty() => Proof::Unproven,
        Some(false) => Proof::Disproved,
    };
    match proof {
        // The labels tell what would be wrong; what bears a claim out is what was looked at last.
        Proof::Proven => shown = evidence.map(|(source, span)| Label::new(&source, span, "")).into_iter().collect(),
        Proof::NotCompared => shown.iter_mut().for_each(|label| label.text.clear()),
        Proof::Exists => shown.clear(),
        Proof::Unproven | Proof::Disproved => {}
    }
    // One path that stands for a list of one is the field itself.
    let path = place.path.strip_suffix(".0").map(str::to_owned).unwrap_or(place.path);
    let message = (outcome == Some(false)).then(|| case.message.fill(frame));
    Some(Claim { lint: lint.name.to_owned(), path, at, proof, shown, message })
}
