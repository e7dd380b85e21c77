//! Writes down what is wrong with the shape of a manifest, with its place and its pointer.

use std::collections::HashMap;
use std::sync::Arc;

use super::expansion::Expansion;
use super::undecided::{UndecidedPlace, Why};
use crate::edit;
use crate::finding::{Applicability, Finding, Fix, Kind, Label, Pointer, Severity, Truncated};
use crate::schema::{FieldPath, Record};
use crate::source::Span;
use crate::tree::{NodeId, Tree};
use crate::units::{self, ScalarError};

/// The category of everything that the reader reports.
pub const CATEGORY: &str = "format";

/// Findings of one name beyond this many say nothing new, and a hostile text could have millions.
const MAX_FINDINGS: usize = 100;

/// Of names that may have been meant, more than this are no help.
const MAX_NAMES: usize = 3;

/// Collects findings while somebody walks the document and tells where he is.
pub struct Reporter<'t> {
    /// The tree that is read.
    pub tree: &'t Arc<Tree>,
    findings: Vec<Finding>,
    /// How many findings there are of each name, those that were dropped among them.
    counts: HashMap<&'static str, usize>,
    /// Whether the finding that was reported last was dropped, and its help and labels with it.
    dropped: bool,
    trail: Vec<PathStep<'t>>,
    undecided: Vec<UndecidedPlace>,
}

/// One step from the root of the document.
#[derive(Clone, Copy)]
pub enum PathStep<'t> {
    /// A key.
    Key(&'t str),
    /// An item of a list, by the name that its record is known by, else by its number.
    Item(usize, Option<&'t str>),
}

impl<'t> Reporter<'t> {
    /// Begins at the root.
    pub fn new(tree: &'t Arc<Tree>) -> Self {
        Self {
            tree,
            findings: Vec::new(),
            counts: HashMap::new(),
            dropped: false,
            trail: Vec::new(),
            undecided: Vec::new(),
        }
    }

    /// What was found. Of findings that were dropped, the last one of the same name says how many.
    pub fn finish(mut self) -> Vec<Finding> {
        let mut more: Vec<_> = self.counts.into_iter().filter(|(_, count)| *count > MAX_FINDINGS).collect();
        more.sort_unstable();
        for (name, count) in more {
            let last = self.findings.iter_mut().rev().find(|finding| *finding.name == *name);
            last.into_iter().for_each(|last| last.truncate(Truncated::By(count - MAX_FINDINGS)));
        }
        self.findings
    }

    /// Whether there are as many findings of this name as are shown. Then [`Self::suppress`] does instead of a report.
    pub fn is_full(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count >= MAX_FINDINGS)
    }

    /// Counts a finding that is not shown.
    pub fn suppress(&mut self, name: &'static str) {
        *self.counts.entry(name).or_default() += 1;
        self.dropped = true;
    }

    /// Notes that what is written at the present place decides nothing; `part` is what says so.
    pub fn undecided(&mut self, node: NodeId, part: Span, why: Why) {
        let (pointer, span) = (self.pointer(), self.tree.span(node));
        self.undecided.push(UndecidedPlace { node, pointer, key: None, span, part, why, told: false });
    }

    /// Leaves it to another finding to say that nothing is decided at a place.
    pub fn tells(&mut self, pointer: &Pointer) {
        self.undecided.iter_mut().filter(|place| place.pointer == *pointer).for_each(|place| place.told = true);
    }

    /// The places that decide nothing, each once: what a merge key brings in several times is read as often.
    pub fn take_undecided(&mut self) -> Vec<UndecidedPlace> {
        let mut places = std::mem::take(&mut self.undecided);
        let mut seen = std::collections::HashSet::new();
        places.retain(|place| seen.insert(place.node));
        places
    }

    /// How many findings there are, for [`Self::rollback_to`].
    pub fn count(&self) -> usize {
        self.findings.len()
    }

    /// Takes back the findings after the first `count`.
    pub fn rollback_to(&mut self, count: usize) {
        for forgotten in self.findings.drain(count..) {
            if let Some(count) = self.counts.get_mut(&*forgotten.name) {
                *count -= 1;
            }
        }
    }

    /// Steps down; [`Self::leave`] steps up again.
    pub fn enter(&mut self, step: PathStep<'t>) {
        self.trail.push(step);
    }

    /// Steps up.
    pub fn leave(&mut self) {
        self.trail.pop();
    }

    /// The place as a JSON pointer.
    pub fn pointer(&self) -> Pointer {
        self.trail.iter().fold(Pointer::default(), |pointer, step| match step {
            PathStep::Key(key) | PathStep::Item(_, Some(key)) => pointer.child(key),
            PathStep::Item(index, None) => pointer.index(*index),
        })
    }

    /// The innermost key, for messages; `the document` at the root.
    pub fn key(&self) -> &'t str {
        let keys = self.trail.iter().rev();
        let mut keys = keys.filter_map(|step| match step {
            PathStep::Key(key) => Some(*key),
            PathStep::Item(..) => None,
        });
        keys.next().unwrap_or("the document")
    }

    /// Whether the present place lies in the top-level section `section`.
    pub fn inside(&self, section: FieldPath) -> bool {
        matches!(self.trail.first(), Some(PathStep::Key(key)) if *key == section.text())
    }

    /// How an item of a list of `record` is called: by the field that its record is known by.
    pub fn item_step(&self, index: usize, node: NodeId, record: Option<&Record>) -> PathStep<'t> {
        let tree: &'t Tree = self.tree;
        let name = record.and_then(|record| {
            let known_by = record.known_by?;
            let entry = tree.get(node, record.at(known_by).name);
            let named = match entry {
                Some(entry) => tree.text(entry.value),
                None if record.short == Some(known_by) => tree.text(node),
                None => None,
            };
            let says = |name: &&str| !name.is_empty() && !units::is_bare_none(name) && !units::is_placeholder(name);
            named.map(str::trim).filter(says)
        });
        PathStep::Item(index, name)
    }

    /// Adds a finding at the present place.
    pub fn report(
        &mut self,
        name: &'static str,
        kind: Kind,
        severity: Severity,
        message: String,
        span: Span,
        label: &str,
    ) {
        if self.is_full(name) {
            return self.suppress(name);
        }
        let pointer = self.pointer();
        self.report_at(pointer, name, kind, severity, message, span, label);
    }

    /// Adds a finding at another place.
    #[allow(clippy::too_many_arguments, reason = "a finding has that many parts")]
    pub fn report_at(
        &mut self,
        pointer: Pointer,
        name: &'static str,
        kind: Kind,
        severity: Severity,
        message: String,
        span: Span,
        label: &str,
    ) {
        if self.is_full(name) {
            return self.suppress(name);
        }
        *self.counts.entry(name).or_default() += 1;
        self.dropped = false;
        let primary = Label::new(self.tree.source(), span, label);
        self.findings.push(Finding::new(name, CATEGORY, kind, severity, message, primary).at(pointer));
    }

    /// Adds help to the finding that was reported last.
    pub fn help(&mut self, help: impl Into<String>) {
        if let Some(finding) = self.findings.last_mut().filter(|_| !self.dropped) {
            finding.help = Some(help.into());
        }
    }

    /// Adds a fix to the finding that was reported last: to write `text` over `span`. What an alias brings in elsewhere too is
    /// left alone.
    pub fn fix(&mut self, title: impl Into<String>, applicability: Applicability, span: Span, text: impl Into<String>) {
        let source = self.tree.source();
        if self.tree.is_shared(span) {
            return;
        }
        if let Some(finding) = self.findings.last_mut().filter(|_| !self.dropped) {
            finding.fixes.push(Fix::write(title, applicability, source, span, text));
        }
    }

    /// Adds a fix of several edits to the finding that was reported last.
    pub fn add_fix(&mut self, fix: Fix) {
        if let Some(finding) = self.findings.last_mut().filter(|_| !self.dropped) {
            finding.fixes.push(fix);
        }
    }

    /// Adds fixes that write a scalar anew, likeliest first: each text, and whether it is certainly meant. What stands
    /// elsewhere and is brought in by an alias is left alone.
    pub fn rewrite(&mut self, span: Span, choices: &[(&str, bool)]) {
        let old = self.tree.source().slice(span).to_owned();
        let sure = choices.iter().filter(|(_, certain)| *certain).count() == 1;
        for (text, certain) in choices {
            if let Some(new) = edit::in_place_of(&old, text) {
                self.fix(format!("write `{text}`"), Applicability::when(sure && *certain), span, new);
            }
        }
    }

    /// Adds fixes that write one of the names that were probably meant over `name`, which stands somewhere in `span`.
    pub fn rename<'n>(&mut self, span: Span, name: &str, known: impl Iterator<Item = &'n str>) {
        let known: Vec<&str> = known.collect();
        let (near, certain) = match units::disguised_word(name, known.iter().copied()) {
            Some((meant, _)) => (vec![meant], true),
            None => units::meant(name, known.into_iter()),
        };
        let old = self.tree.source().slice(span);
        let Some(at) = old.rfind(name).filter(|_| !old.starts_with(['*', '|', '>'])) else { return };
        let part = span.part(at..at + name.len());
        let whole = old == name;
        for (index, near) in near.iter().take(MAX_NAMES).enumerate() {
            let text = if whole { edit::scalar(near) } else { (*near).to_owned() };
            self.fix(format!("write `{near}`"), Applicability::when(certain && index == 0), part, text);
        }
    }

    /// Adds a label to the finding that was reported last.
    pub fn label(&mut self, span: Span, text: impl Into<String>) {
        self.label_elsewhere(Label { source: Arc::clone(self.tree.source()), span, text: text.into() });
    }

    /// Adds a label in another file to the finding that was reported last.
    pub fn label_elsewhere(&mut self, label: Label) {
        if let Some(finding) = self.findings.last_mut().filter(|_| !self.dropped) {
            finding.labels.push(label);
        }
    }

    /// Reports a scalar that could not be read: `bad-quantity` for a quantity, `wrong-type` for anything else.
    pub fn wrong(&mut self, node: NodeId, quantity: bool, wrong: &ScalarError) {
        let (name, kind) = if quantity { ("bad-quantity", Kind::Quantity) } else { ("wrong-type", Kind::Reference) };
        if self.is_full(name) {
            return self.suppress(name);
        }
        if let Some(expansion) = Expansion::at(self.tree, node) {
            let span = self.tree.span(node);
            self.report(name, kind, Severity::Error, expansion.message(), span, "");
            return self.help(expansion.help("value"));
        }
        let span = self.part_of(node, wrong);
        self.report(name, kind, Severity::Error, wrong.message.clone(), span, "");
        if let Some(help) = help_for(wrong) {
            self.help(help);
        }
        self.propose(self.tree.span(node), wrong);
        let written = self.tree.span(node);
        let target = self.tree.span(self.tree.resolve(node));
        if written != target {
            self.label(target, "the value stands here");
        }
    }

    /// Adds the spellings that are proposed for the scalar at `span` as fixes, those with a gap for the author aside.
    pub fn propose(&mut self, span: Span, wrong: &ScalarError) {
        let whole = |proposal: &&units::Proposal| !proposal.gap;
        let choices = wrong.proposals.iter().filter(whole).map(|proposal| (&*proposal.text, proposal.certain));
        self.rewrite(span, &choices.collect::<Vec<_>>());
    }

    /// The bytes to underline: the wrong part, where the text stands in the source as it is.
    fn part_of(&self, node: NodeId, wrong: &ScalarError) -> Span {
        let span = self.tree.span(node);
        let Some(part) = wrong.part.clone() else { return span };
        let source = self.tree.source();
        let text = units::trimmed(self.tree.text(node).unwrap_or_default());
        match source.slice(span).find(text) {
            Some(offset) if self.tree.resolve(node) == node => span.part(part.start + offset..part.end + offset),
            _ => span,
        }
    }
}

/// The help line for a misspelt scalar.
pub fn help_for(wrong: &ScalarError) -> Option<String> {
    let quoted: Vec<String> = wrong.proposals.iter().map(|proposal| format!("`{}`", proposal.text)).collect();
    let write = match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("write {one}")),
        [most @ .., last] => Some(format!("write {} or {last}", most.join(", "))),
    };
    match (write, &wrong.advice) {
        (Some(write), Some(advice)) => Some(format!("{write}: {advice}")),
        (write, advice) => write.or_else(|| advice.clone()),
    }
}

/// The first line of a span, so that a whole section is not underlined.
pub fn first_line(tree: &Tree, span: Span) -> Span {
    let text = tree.source().slice(span);
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    Span::new(span.start as usize, span.start as usize + end)
}
