//! Runs a lint over a manifest.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Case, LabelForm, Lint, Loop, Subject, option, shifted};
use crate::expression::{
    Frame, List, Location, LoopScope, Unknown, all_hold, candidates, foreseen, holds, items, location, location_of,
    reasons,
};
use crate::finding::{Finding, Kind, Label, Severity, Truncated};
use crate::manifest::Why;

/// What a lint says of one manifest.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What it found.
    pub findings: Vec<Finding>,
    /// What each of them is about, in their order.
    pub subjects: Vec<Subject>,
    /// The rounds in which it passed.
    pub passed: usize,
    /// The places of the format that it reads and that are not written, where it could not judge.
    pub missing_inputs: Vec<String>,
    /// Whether some round could not be judged.
    pub unknown: bool,
    /// Whether it stopped because the lints take too many steps on this manifest.
    pub spent: bool,
}

/// What a lint comes to for one manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// What it asks for does not hold somewhere.
    Fail,
    /// It could not judge, because something that it reads is not written.
    NotAssessable,
    /// It applies, and what it asks for holds everywhere.
    Pass,
    /// It applies nowhere in this manifest.
    NotApplicable,
}

impl Verdict {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::NotAssessable => "not-assessable",
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl Outcome {
    /// The verdict over all rounds: one that fails decides, then one that could not be judged, then one that passed.
    pub fn verdict(&self) -> Verdict {
        if !self.findings.is_empty() {
            Verdict::Fail
        } else if self.unknown || self.spent {
            Verdict::NotAssessable
        } else if self.passed > 0 {
            Verdict::Pass
        } else {
            Verdict::NotApplicable
        }
    }
}

/// The facts of a manifest that move severities.
#[derive(Debug, Clone, Copy, Default)]
pub struct SeverityContext {
    /// The stage, as written.
    pub stage: Option<&'static str>,
    /// The risk tier, as written.
    pub risk: Option<&'static str>,
}

/// Options that a workspace sets: lint, option, and the text in place of the default.
#[derive(Debug, Clone, Default)]
pub struct SetOptions {
    /// What is set. The texts were held to [`super::LintOption::admits`].
    pub set: Vec<(String, String, String)>,
}

impl SetOptions {
    pub(super) fn get(&self, lint: &str, option: &str) -> Option<&str> {
        self.set.iter().rev().find(|(of, name, _)| of == lint && name == option).map(|(.., text)| &**text)
    }
}

/// What one round of a case comes to.
enum CaseResult {
    NotApplicable,
    Passed,
    Failed,
    Unknown,
}

/// Findings of one lint beyond this many say nothing new, and a hostile manifest could have millions.
const MAX_FINDINGS: usize = 100;

/// Labels beyond this many help nobody to see what is wrong.
const MAX_LABELS: usize = 50;

/// Runs `lint` in `frame`, which has no variables.
pub fn run<'m>(lint: &'m Lint<'m>, set: &'m SetOptions, standing: SeverityContext, frame: &mut Frame<'m>) -> Outcome {
    let mut outcome = Outcome::default();
    let mut missing_inputs = Vec::new();
    let mut frame = frame.lint_scope();
    for option in lint.options {
        frame.push(option::local(set.get(lint.name, option.name).unwrap_or(option.default)));
    }
    for (number, case) in lint.cases.iter().enumerate() {
        let mut runner = Runner {
            lint,
            case,
            number,
            standing,
            outcome: &mut outcome,
            missing_inputs: &mut missing_inputs,
            done: false,
        };
        runner.loops(case.loops, Some(PendingConditions::all()), &mut frame);
        if runner.done {
            break;
        }
    }
    if outcome.unknown {
        frame.retain_places(&mut missing_inputs);
        outcome.missing_inputs = missing_inputs.into_iter().map(Cow::into_owned).collect();
    }
    outcome
}

struct Runner<'o, 'm> {
    lint: &'m Lint<'m>,
    case: &'m Case<'m>,
    /// The number of the case.
    number: usize,
    standing: SeverityContext,
    outcome: &'o mut Outcome,
    missing_inputs: &'o mut Vec<Cow<'m, str>>,
    done: bool,
}

/// The conditions of a case that are still to be asked in each round, by their numbers: one that holds for all rounds of a
/// loop is asked once.
#[derive(Debug, Clone, Copy)]
struct PendingConditions(u64);

impl PendingConditions {
    fn all() -> Self {
        Self(u64::MAX)
    }

    /// Conditions that are too many to count are asked each time.
    fn has(self, number: usize) -> bool {
        number >= 64 || self.0 & (1 << number) != 0
    }

    fn without(self, number: usize) -> Self {
        if number >= 64 { self } else { Self(self.0 & !(1 << number)) }
    }
}

impl<'m> Runner<'_, 'm> {
    /// Runs the rounds of loops. `open` is none when the case applies in none of them: the lists of inner loops are looked
    /// at all the same, since one that cannot be read leaves the case unknown.
    fn loops(&mut self, loops: &'m [Loop<'m>], open: Option<PendingConditions>, frame: &mut Frame<'m>) {
        let Some((first, rest)) = loops.split_first() else { return self.round(open, frame) };
        let mut rounds = match rounds(first, frame) {
            Ok(rounds) => rounds,
            Err(_) => return self.unknown(frame),
        };
        let open = open.and_then(|open| self.settled(open, frame));
        if rest.is_empty() {
            let Some(open) = open else { return };
            rounds.chosen = self.chosen(open, &rounds, frame);
        }
        while let Some(mut round) = rounds.enter_next(frame) {
            self.loops(rest, open, &mut round);
            if self.done {
                return;
            }
        }
    }

    /// The conditions that are open when those are asked which read no further loop variable; none when one is false.
    fn settled(&self, mut open: PendingConditions, frame: &Frame<'m>) -> Option<PendingConditions> {
        let depth = frame.locals().len();
        for (number, (condition, reads)) in self.case.conditions().iter().zip(self.case.reads).enumerate() {
            if usize::from(*reads) > depth || !open.has(number) {
                continue;
            }
            match foreseen(condition, frame) {
                Some(true) => open = open.without(number),
                Some(false) => return None,
                None => {}
            }
        }
        Some(open)
    }

    /// The rounds of the innermost loop in which the case may apply, where an index tells.
    fn chosen(&self, open: PendingConditions, rounds: &Rounds<'m>, frame: &Frame<'m>) -> Option<Vec<u32>> {
        let variable = u8::try_from(frame.locals().len()).ok().filter(|_| !rounds.pairs)?;
        let conditions = self.case.conditions().iter().enumerate();
        let mut open = conditions.filter(|(number, _)| open.has(*number)).map(|(_, condition)| condition);
        open.find_map(|condition| candidates(condition, variable, &rounds.items, frame))
    }

    fn round(&mut self, open: Option<PendingConditions>, frame: &mut Frame<'m>) {
        if frame.is_spent() {
            (self.outcome.spent, self.done) = (true, true);
            return;
        }
        match self.judge(open, frame) {
            CaseResult::NotApplicable => {}
            CaseResult::Passed => self.outcome.passed += 1,
            CaseResult::Unknown => self.unknown(frame),
            CaseResult::Failed => {
                let finding = self.word(frame);
                // What the words read in vain is no input of the lint.
                frame.take_missing_inputs();
                self.outcome.findings.extend(finding);
                self.done = self.case.first;
                if self.outcome.findings.len() >= MAX_FINDINGS {
                    self.done = true;
                    let last = self.outcome.findings.last_mut();
                    last.into_iter().for_each(|last| last.truncate(Truncated::Perhaps));
                }
            }
        }
    }

    fn judge(&self, open: Option<PendingConditions>, frame: &Frame<'m>) -> CaseResult {
        let Some(open) = open else { return CaseResult::NotApplicable };
        let conditions = self.case.conditions().iter().enumerate();
        let conditions = conditions.filter(|(number, _)| open.has(*number)).map(|(_, condition)| condition);
        match all_hold(conditions, frame) {
            Some(true) => {}
            Some(false) => return CaseResult::NotApplicable,
            None => return CaseResult::Unknown,
        }
        match holds(&self.case.require, frame) {
            Some(true) => CaseResult::Passed,
            Some(false) => CaseResult::Failed,
            None => CaseResult::Unknown,
        }
    }

    fn unknown(&mut self, frame: &Frame<'m>) {
        self.outcome.unknown = true;
        frame.move_missing_inputs(self.missing_inputs);
    }

    /// Words the finding of the present round. `None` when no label has a place, which a checked lint does not come to.
    fn word(&mut self, frame: &mut Frame<'m>) -> Option<Finding> {
        let mut labels = Vec::new();
        for form in self.case.labels {
            label(form, form.loops, frame, &mut labels);
        }
        // The finding belongs to this manifest, whatever is told of others first.
        let here = labels.iter().position(|(label, _)| Arc::ptr_eq(&label.source, frame.manifest.source()));
        if labels.is_empty() {
            return None;
        }
        let (primary, first) = labels.remove(here.unwrap_or(0));
        let severity = self.severity();
        let message = self.case.message.fill(frame);
        let mut finding = Finding::new(
            self.lint.name.to_owned(),
            self.lint.category.to_owned(),
            self.lint.kind,
            severity,
            message,
            primary,
        );
        let undecided: Vec<Label> =
            std::iter::once(&first).chain(labels.iter().map(|(_, place)| place)).filter_map(in_place_of).collect();
        self.outcome.subjects.push(self.subject(&first, &labels, frame));
        finding.reader = self.case.reader;
        finding.labels = labels.into_iter().map(|(label, _)| label).collect();
        for label in undecided {
            let known = |other: &Label| Arc::ptr_eq(&other.source, &label.source) && other.span == label.span;
            if !finding.labels.iter().any(known) {
                finding.labels.push(label);
            }
        }
        finding.pointer = first.pointer;
        if self.lint.kind == Kind::MissingPiece && !first.written {
            finding.missing_section = first.missing_section.map(str::to_owned);
        }
        finding.notes = self.case.notes.iter().map(|note| note.fill(frame)).collect();
        finding.help = self.case.help.as_ref().map(|help| help.fill(frame));
        finding.because = self.case.when.as_ref().map(|when| reasons(when, frame)).unwrap_or_default();
        Some(finding)
    }

    /// What the finding of the present round is about.
    fn subject(&self, primary: &Location, labels: &[(Label, Location)], frame: &Frame<'m>) -> Subject {
        let variables = frame.locals().get(self.lint.options.len()..).unwrap_or_default();
        let items = match self.case.unless {
            [] => Vec::new(),
            _ => variables
                .iter()
                .filter_map(|variable| location_of(variable, frame))
                .map(|found| found.pointer)
                .collect(),
        };
        let places = std::iter::once(primary).chain(labels.iter().map(|(_, found)| found));
        Subject { case: self.number, items, places: places.map(|found| found.pointer.clone()).collect() }
    }

    fn severity(&self) -> Severity {
        let default = self.case.severity.unwrap_or(self.lint.severity);
        let named = self.lint.severity_in.iter().find(|(stage, _)| Some(*stage) == self.standing.stage);
        match named {
            Some((_, severity)) => *severity,
            None => shifted(self.lint.kind, default, self.standing.stage, self.standing.risk),
        }
    }
}

/// What is to be said of a place that is written and decides nothing.
fn in_place_of(place: &Location) -> Option<Label> {
    let (span, why) = place.undecided?;
    let words = match why {
        Why::Draft => "but this is a draft, and counts as not written",
        _ => "but this is a placeholder, and counts as not written",
    };
    Some(Label::new(&place.source, span, words))
}

/// The rounds of a loop, each with the values of its one or two variables. A pair is made when its round comes: there
/// may be very many.
pub(super) struct Rounds<'m> {
    items: List<'m>,
    pairs: bool,
    /// The numbers of the items to visit, where it is not all of them and not pairs.
    chosen: Option<Vec<u32>>,
    first: usize,
    second: usize,
}

pub(super) fn rounds<'m>(over: &'m Loop<'m>, frame: &Frame<'m>) -> Result<Rounds<'m>, Unknown> {
    let (list, pairs) = match over {
        Loop::Each(list) => (list, false),
        Loop::Pairs(list) => (list, true),
    };
    Ok(Rounds { items: items(list, frame)?, pairs, chosen: None, first: 0, second: 0 })
}

impl<'m> Rounds<'m> {
    /// Gives the variables their values for the next round, if there is one more. They hold as long as the scope.
    pub(super) fn enter_next<'f>(&mut self, frame: &'f mut Frame<'m>) -> Option<LoopScope<'f, 'm>> {
        let mut scope = frame.loop_scope();
        if self.pairs { self.enter_pair(&mut scope) } else { self.enter_one(&mut scope) }?;
        Some(scope)
    }

    fn enter_one(&mut self, frame: &mut Frame<'m>) -> Option<()> {
        let number = match &self.chosen {
            Some(chosen) => *chosen.get(self.first)? as usize,
            None => self.first,
        };
        frame.push(self.items.get(number)?);
        self.first += 1;
        Some(())
    }

    fn enter_pair(&mut self, frame: &mut Frame<'m>) -> Option<()> {
        self.second += 1;
        if self.second >= self.items.len() {
            self.first += 1;
            self.second = self.first + 1;
        }
        let second = self.items.get(self.second)?;
        frame.push(self.items.get(self.first)?);
        frame.push(second);
        Some(())
    }
}

pub(super) fn label<'m>(
    form: &'m LabelForm<'m>,
    loops: &'m [Loop<'m>],
    frame: &mut Frame<'m>,
    labels: &mut Vec<(Label, Location)>,
) {
    if let Some((first, rest)) = loops.split_first() {
        let Ok(mut rounds) = rounds(first, frame) else { return };
        while labels.len() < MAX_LABELS
            && let Some(mut round) = rounds.enter_next(frame)
        {
            label(form, rest, &mut round, labels);
        }
        return;
    }
    let stands = form.when.as_ref().is_none_or(|when| holds(when, frame) == Some(true));
    if !stands {
        return;
    }
    if let Some(found) = location(&form.at, frame) {
        let (text, known) = form.text.as_ref().map_or_else(|| (String::new(), true), |text| text.fill_known(frame));
        // What a label would say of a value that cannot be read was said where it was read.
        if !known && !labels.is_empty() {
            return;
        }
        labels.push((Label { source: Arc::clone(&found.source), span: found.span, text }, found));
    }
}
