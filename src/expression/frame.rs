//! What an evaluation sees besides its expression.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::sync::Arc;

use super::{Spot, Table, Unknown, Value};
use crate::facts::{Facts, Sight};
use crate::manifest::Manifest;
use crate::schema::Schema;
use crate::source::{Source, Span};
use crate::units::Date;

/// How many steps one evaluation may take: a thousand times what a large lint takes on a large manifest.
const STEPS: u32 = 2_000_000;

/// How many steps all evaluations over one manifest may take together: some lints hold every item against every other,
/// and a manifest of 30,000 lines may reach it. A loop within a loop of a lint has its bound here.
const ALL_STEPS: u64 = 10_000_000;

/// What an evaluation sees besides its expression: the manifest, the day, the tables, and the values of loop variables.
#[derive(Debug)]
pub struct Frame<'m> {
    /// The format.
    pub schema: &'static Schema,
    /// The manifest that is judged.
    pub manifest: &'m Manifest,
    /// The workspace that it belongs to, where it belongs to one.
    facts: Option<&'m Facts<'m>>,
    /// What it sees of its repository, where that is known.
    sight: Option<&'m Sight<'m>>,
    /// The day of the check.
    pub today: Date,
    pub(super) tables: &'m [Table],
    locals: Vec<Local<'m>>,
    steps: Cell<u32>,
    blind: Cell<bool>,
    all_steps: Cell<u64>,
    wants: Option<RefCell<Vec<Cow<'static, str>>>>,
    /// What was looked at last in a file of the repository, where that is kept.
    witness: Option<RefCell<Option<Witness>>>,
    conditions: RefCell<Vec<Known>>,
}

/// A place in a file: its text and the bytes.
pub type Witness = (Arc<Source>, Span);

/// What a shared condition without a parameter came to. It is the same wherever it is asked for, and nearly every lint
/// asks whether the system is in production.
#[derive(Debug)]
struct Known {
    name: &'static str,
    value: Result<bool, Unknown>,
    wants: Vec<Cow<'static, str>>,
}

/// The value of a variable.
#[derive(Debug, Clone)]
pub enum Local<'m> {
    /// A value of the manifest, with its place.
    Spot(Spot<'m>),
    /// A value that an expression made.
    Value(Value<'m>),
    /// No value.
    Unknown(Unknown),
}

impl<'m> Frame<'m> {
    /// A frame without loop variables and tables.
    pub fn new(schema: &'static Schema, manifest: &'m Manifest, today: Date) -> Self {
        Self {
            schema,
            manifest,
            facts: None,
            sight: None,
            today,
            tables: &[],
            locals: Vec::new(),
            steps: Cell::new(0),
            blind: Cell::new(false),
            all_steps: Cell::new(0),
            wants: None,
            witness: None,
            conditions: RefCell::default(),
        }
    }

    /// The same frame with the tables that expressions were compiled with.
    #[must_use]
    pub fn with_tables(mut self, tables: &'m [Table]) -> Self {
        self.tables = tables;
        self
    }

    /// The same frame with the workspace that the manifest belongs to.
    #[must_use]
    pub fn within(mut self, facts: Option<&'m Facts<'m>>) -> Self {
        self.facts = facts;
        self
    }

    /// The same frame with what the manifest sees of its repository.
    #[must_use]
    pub fn seeing(mut self, sight: Option<&'m Sight<'m>>) -> Self {
        self.sight = sight;
        self
    }

    /// The same frame, which also keeps the places that were read and are not written.
    #[must_use]
    pub fn keeping_wants(mut self) -> Self {
        self.wants = Some(RefCell::default());
        self
    }

    /// The same frame, which also keeps what was looked at last in a file of the repository.
    #[must_use]
    pub fn keeping_witnesses(mut self) -> Self {
        self.witness = Some(RefCell::default());
        self
    }

    /// The place in a file of the repository that was looked at last, since the last call.
    pub fn take_witness(&self) -> Option<Witness> {
        self.witness.as_ref()?.take()
    }

    /// Keeps a place as the one that was looked at last, where it stands in a file of the repository.
    pub(super) fn look_at(&self, spot: Spot<'m>) {
        if let Some(witness) = &self.witness
            && self.is_evidence(spot.home)
        {
            let span = spot.home.tree.span(spot.item.node);
            let line = spot.home.source().slice(span).lines().next().unwrap_or_default().len();
            witness.replace(Some((Arc::clone(spot.home.source()), span.part(0..line))));
        }
    }

    /// Whether a document is what a file of the repository says.
    pub(super) fn is_evidence(&self, home: &Manifest) -> bool {
        self.sight.is_some_and(|sight| sight.path_of(home).is_some())
    }

    /// Adds the value of the next loop variable.
    pub fn push(&mut self, local: Local<'m>) {
        self.locals.push(local);
    }

    /// Forgets all loop variables but the first `count`.
    pub fn truncate(&mut self, count: usize) {
        self.locals.truncate(count);
    }

    /// The values of the loop variables.
    pub fn locals(&self) -> &[Local<'m>] {
        &self.locals
    }

    /// The places of the format that evaluations since the last call read and found unwritten, each once.
    pub fn take_wants(&self) -> Vec<Cow<'static, str>> {
        let Some(wants) = &self.wants else { return Vec::new() };
        let mut found = std::mem::take(&mut *wants.borrow_mut());
        let mut seen = HashSet::new();
        // What a variable of a macro stands for has no path of its own in the format.
        let root = self.schema.record(Schema::ROOT);
        found.retain(|want| want.split(['.', '[']).next().is_some_and(|first| root.field(first).is_some()));
        found.retain(|want| seen.insert(want.clone()));
        found
    }

    /// Whether evaluations since the last call asked for other systems or for files where no workspace and no repository
    /// is known.
    pub fn take_blind(&self) -> bool {
        self.blind.take()
    }

    pub(super) fn facts(&self) -> Option<&'m Facts<'m>> {
        if self.facts.is_none() {
            self.blind.set(true);
        }
        self.facts
    }

    pub(super) fn sight(&self) -> Option<&'m Sight<'m>> {
        if self.sight.is_none() {
            self.blind.set(true);
        }
        self.sight
    }

    pub(super) fn want(&self, place: &'static str) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().push(Cow::Borrowed(place));
        }
    }

    /// As [`Frame::want`], for a place that the manifest itself names.
    pub(super) fn want_named(&self, place: &str) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().push(Cow::Owned(place.to_owned()));
        }
    }

    /// How many places are kept; [`Frame::forget_wants`] goes back to it when an unknown turns out not to matter.
    pub(super) fn wants(&self) -> usize {
        self.wants.as_ref().map_or(0, |wants| wants.borrow().len())
    }

    pub(super) fn forget_wants(&self, count: usize) {
        if let Some(wants) = &self.wants {
            wants.borrow_mut().truncate(count);
        }
    }

    /// What the condition of this name came to before.
    pub(super) fn known_condition(&self, name: &'static str) -> Option<Result<bool, Unknown>> {
        let known = self.conditions.borrow();
        let known = known.iter().find(|known| known.name == name)?;
        if let Some(wants) = &self.wants {
            wants.borrow_mut().extend_from_slice(&known.wants);
        }
        Some(known.value)
    }

    /// Keeps what a condition came to; it wanted what was kept after the first `wants`.
    pub(super) fn keep_condition(&self, name: &'static str, value: Result<bool, Unknown>, wants: usize) {
        let wants = self.wants.as_ref().and_then(|all| Some(all.borrow().get(wants..)?.to_vec())).unwrap_or_default();
        self.conditions.borrow_mut().push(Known { name, value, wants });
    }

    pub(super) fn begin(&self) {
        self.steps.set(0);
    }

    /// Whether all evaluations over this manifest have taken what they may take together. Nothing is refused then: it is
    /// for the caller to ask for no more.
    pub fn is_spent(&self) -> bool {
        self.all_steps.get() > ALL_STEPS
    }

    pub(super) fn step(&self) -> Result<(), Unknown> {
        self.steps_taken(1)
    }

    /// Counts the work of a function over so many items.
    pub(super) fn steps_taken(&self, count: usize) -> Result<(), Unknown> {
        self.all_steps.set(self.all_steps.get().saturating_add(count as u64));
        let taken = self.steps.get().saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.steps.set(taken);
        if taken > STEPS { Err(Unknown::TooLong) } else { Ok(()) }
    }
}
